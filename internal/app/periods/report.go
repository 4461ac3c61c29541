package periods

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// File is a report as its page shows it.
type File struct {
	period.Report
	rights
	Unit       Unit
	Province   registry.AreaRef
	Gate       period.Gate
	Figures    []period.Figure
	Counted    period.Values   // by the registers, now
	Now        period.Values   // with what was typed
	Changes    []period.Change // rows since it was handed in, or since its last addendum
	Doubts     []period.Doubt  // of Now
	Held       []period.Held   // by phones, before the report is handed in
	Exceptions []period.Exception
	Addenda    []period.Addendum
}

// toldNow are figures of now as a reader is told them: whoever does not see the sales of single vendors learns of a
// sum that has moved since the report was handed in only that it did. The difference may be that of
// one vendor.
func toldNow(figures []period.Figure, sales bool, filed, now period.Values) period.Values {
	if filed == nil || sales {
		return now
	}
	shown := maps.Clone(now)
	for _, f := range figures {
		if f.Secret && filed[f.Code] != now[f.Code] {
			shown[f.Code] = period.Value{Withheld: true}
		}
	}
	return shown
}

// MayType lists the figures that may be typed.
func (f File) MayType() []period.Figure {
	return slices.DeleteFunc(slices.Clone(f.Figures), func(x period.Figure) bool { return !x.MayType(f.Counted) })
}

// Writes reports whether the actor may write the report as it stands.
func (f File) Writes() bool { return f.Files && f.Gate.Write() == nil }

// Accepts reports whether the actor may accept the report as it stands.
func (f File) Accepts() bool { return f.Above && f.Gate.Decide(period.Accepted) == nil }

// Returns reports whether the actor may give the report back.
func (f File) Returns() bool { return f.Above && f.Gate.Decide(period.Returned) == nil }

// Excepts reports whether the actor may let the unit file in spite of lock or deadline.
func (f File) Excepts() bool { return f.Above && excusable(f.Gate) }

// Adds reports whether the actor may write an addendum: the report is locked, and rows came since.
func (f File) Adds() bool {
	return (f.Files || f.Above) && f.Gate.Standing() == period.Locked && f.Values != nil && len(f.Changes) > 0
}

// Report returns a report, with the figures as the registers have them now beside those that were
// handed in. NotFound for whoever may not read it.
func (a *Service) Report(ctx context.Context, actor registry.Actor, k period.Key) (f File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f, err = a.report(ctx, tx, actor, k)
		return err
	})
	return f, err
}

func (a *Service) report(ctx context.Context, tx *store.Tx, actor registry.Actor, k period.Key) (f File, err error) {
	s, err := a.see(ctx, tx, actor, k)
	if err != nil {
		return f, err
	}
	f = File{Report: s.gate.Report, rights: s.rights, Unit: s.unit, Province: s.province, Gate: s.gate, Exceptions: s.exceptions,
		Figures: a.Forms.Figures(k.Form, k.Period)}
	counted, lines, err := a.counted(ctx, tx, k, f.Figures)
	if err != nil {
		return f, err
	}
	f.Counted, f.Now = counted, counted.WithTyped(f.Figures, f.Typed)
	f.Doubts = period.Doubts(f.Figures, k.Period.Part, f.Now)
	if f.Writes() {
		if f.Held, err = stored.Held(ctx, tx, ask(k), []string{k.Unit}); err != nil {
			return f, err
		}
	}
	if f.Addenda, err = addendaOf(ctx, tx, k); err != nil || f.Values == nil {
		return f, err
	}
	base, err := stored.BaseLines(ctx, tx, f.Report)
	f.Changes = period.Changes(base, lines)
	return f, err
}

func addendaOf(ctx context.Context, tx *store.Tx, k period.Key) ([]period.Addendum, error) {
	all, err := stored.Addenda(ctx, tx, k.Form, k.Period)
	return slices.DeleteFunc(all, func(a period.Addendum) bool { return a.Unit != k.Unit }), err
}

// Rows are the rows behind a figure.
type Rows struct {
	Unit   Unit
	Figure period.Figure
	Sum    period.Value
	Lines  []period.Line
	Hidden bool // what single rows add is not shown: it would tell of single vendors
}

// Rows returns the rows behind a figure of a report, as the registers have them now. NotFound for
// whoever may not read the report, and for a figure that has no rows.
func (a *Service) Rows(ctx context.Context, actor registry.Actor, k period.Key, code period.Code) (r Rows, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := a.see(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		figures := a.Forms.Figures(k.Form, k.Period)
		i := slices.IndexFunc(figures, func(f period.Figure) bool { return f.Code == code })
		if i < 0 || figures[i].Unit != period.Share && !stored.Counts(k.Form, code) {
			return core.ErrHidden()
		}
		values, lines, err := a.counted(ctx, tx, k, figures)
		if err != nil {
			return err
		}
		r = Rows{Unit: s.unit, Figure: figures[i], Sum: values[code]}
		r.Lines = slices.DeleteFunc(lines, func(l period.Line) bool { return l.Adds[r.Figure.Rows()] == 0 })
		r.Hidden = r.Figure.Secret && !s.Sales
		return nil
	})
	return r, err
}
