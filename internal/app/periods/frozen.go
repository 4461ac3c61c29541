package periods

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// Frozen is a report with the rows that stood behind it when it was handed in, and with what was
// added since. What rows would tell of single vendors is left out, whoever asks.
type Frozen struct {
	period.Report
	Figures []period.Figure
	Addenda []period.Addendum // without moves of figures that tell of single vendors
	Since   []period.Line     // the rows of the last addendum; none without one
}

// Frozen returns a report as it was handed in. NotFound for whoever may not read it, and for one
// that was not handed in.
func (a *Service) Frozen(ctx context.Context, actor registry.Actor, k period.Key) (f Frozen, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := a.see(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		if !s.gate.Report.Filed(s.gate.Lock != nil) {
			return core.ErrHidden()
		}
		f = Frozen{Report: s.gate.Report, Figures: a.Forms.Figures(k.Form, k.Period)}
		f.Lines = period.Withhold(f.Figures, f.Lines)
		return a.fillSince(ctx, tx, s.gate.Report, &f)
	})
	return f, err
}

// fillSince reads the addenda of a report, and the rows of the last one.
func (a *Service) fillSince(ctx context.Context, tx *store.Tx, r period.Report, f *Frozen) (err error) {
	if f.Addenda, err = addendaOf(ctx, tx, r.Key); err != nil || len(f.Addenda) == 0 {
		return err
	}
	secret := func(m period.Move) bool {
		return slices.ContainsFunc(f.Figures, func(x period.Figure) bool { return x.Code == m.Code && x.Secret })
	}
	for i := range f.Addenda {
		f.Addenda[i].Moves = slices.DeleteFunc(f.Addenda[i].Moves, secret)
	}
	lines, err := stored.BaseLines(ctx, tx, r)
	f.Since = period.WithholdAll(f.Figures, lines)
	return err
}
