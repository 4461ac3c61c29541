package periods

import (
	"context"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/templates"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/vn"
)

// UnitPaper is the report of a unit as the paper that it signs and sends to the committee.
type UnitPaper struct {
	report.UnitPaper
	Report File
	Cover  period.Cover     // what was written around it, else what it begins with
	Owners templates.Owners // who may have a template for it
	Filled bool             // one of them has
}

// Writes reports whether the actor writes what stands around the paper: whoever files the report.
func (p UnitPaper) Writes() bool { return p.Report.Files }

// UnitPaper returns the paper of a report. It is a draft until the report is handed in, and while it
// is given back; else it says the figures and words that were handed in. NotFound for whoever may not read the report.
func (a *Service) UnitPaper(ctx context.Context, actor registry.Actor, k period.Key) (p UnitPaper, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = a.unitPaper(ctx, tx, actor, k)
		return err
	})
	return p, err
}

func (a *Service) unitPaper(ctx context.Context, tx *store.Tx, actor registry.Actor, k period.Key) (p UnitPaper, err error) {
	f, err := a.report(ctx, tx, actor, k)
	if err != nil {
		return p, err
	}
	p.Report = f
	p.UnitPaper = report.UnitPaper{Form: k.Form, Period: k.Period, Unit: f.Unit.Name, Draft: !f.Filed(f.Gate.Lock != nil), Words: f.Report.Words, Until: min(k.Period.LastDay(), a.Today())}
	now := toldNow(f.Figures, f.Sales, f.Values, f.Now)
	if !p.Draft {
		now, p.Words = f.Values, f.Said
		p.Until = min(k.Period.LastDay(), vn.DateOf(time.UnixMilli(f.SubmittedAt)))
	}
	before, err := a.yearBefore(ctx, tx, k, f.Figures)
	if err != nil {
		return p, err
	}
	for _, figure := range f.Figures {
		r := report.Reported{Form: k.Form, Figure: figure, Own: true}
		r.Now, r.Known = now[figure.Code]
		r.Before, r.KnownBefore = before[figure.Code]
		r.Typed = r.Now.Typed
		p.Figures = append(p.Figures, r)
	}
	if p.Cover, err = coverOf(ctx, tx, k.Period, k.Unit, a.firstUnitCover(f)); err != nil {
		return p, err
	}
	p.Paper, p.To = p.Cover.ResultPaper, p.Cover.Addressees()
	p.Owners = a.unitOwners(f)
	if _, p.Filled, err = p.Owners.InUse(ctx, tx, unitKinds[k.Form]); err != nil {
		return p, err
	}
	p.Plan, err = a.planOf(ctx, tx, f)
	return p, err
}

// firstUnitCover is what stands around the first paper of a unit.
func (a *Service) firstUnitCover(f File) period.Cover {
	province, _ := a.Areas.Lookup(f.Province)
	place := province.Name
	if f.Unit.Body == "" {
		commune, _ := a.Areas.At(f.Unit.Ref, f.Period.LastDay())
		place = commune.Name
	}
	return period.Cover{ResultPaper: report.FirstUnitHead(f.Form, f.Unit.Name, place), To: report.UnitAddressee(province.FullName())}
}

// yearBefore are the figures of the same unit a year before: those that were handed in, else what
// the registers count; none where the communes of then were others.
func (a *Service) yearBefore(ctx context.Context, tx *store.Tx, k period.Key, figures []period.Figure) (period.Values, error) {
	before := period.Key{Form: k.Form, Period: k.Period.LastYear(), Unit: k.Unit}
	if k.Form == period.CommuneForm && before.Period.Edition() != k.Period.Edition() {
		return nil, nil
	}
	r, err := stored.Report(ctx, tx, before)
	if err != nil || r.Filed(false) {
		return r.Values, err
	}
	counted, err := a.tally(ctx, tx, ask(before), figures) // two statements, where the rows would take one for each register
	return counted.of(before.Unit), err
}

// planOf is the plan on which the report of a unit rests: that of its province.
func (a *Service) planOf(ctx context.Context, tx *store.Tx, f File) (period.Plan, error) {
	o := Overview{Query: Query{Form: f.Form, Period: f.Period, Province: f.Province}, Lock: f.Gate.Lock}
	if o.Lock != nil {
		var err error
		if o.Kept, err = stored.Kept(ctx, tx, *o.Lock); err != nil {
			return period.Plan{}, err
		}
	}
	return a.plan(ctx, tx, o)
}

// UnitPaperFile writes the paper of a report in one of its forms. NotFound as UnitPaper, and for
// another form.
func (a *Service) UnitPaperFile(ctx context.Context, actor registry.Actor, k period.Key, form string) (f registry.File, err error) {
	p, err := a.UnitPaper(ctx, actor, k)
	if err != nil {
		return f, err
	}
	return p.Document().File(unitFileName(k), form)
}

// unitFileName is how files of the paper of a report are called, without their ending.
func unitFileName(k period.Key) string { return "bao-cao-" + k.Period.String() + "-" + k.Unit }

// SaveUnitCover stores what stands around the paper of a report: number and day are known only
// when it is signed, so it is open after the report is handed in and locked. Invalid at a field;
// Conflict if a colleague was quicker; NotFound for whoever does not file the report.
func (a *Service) SaveUnitCover(ctx context.Context, actor registry.Actor, k period.Key, in HeadInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.see(ctx, tx, actor, k)
		if err == nil && !s.Files {
			err = core.ErrHidden()
		}
		if err != nil {
			return none, err
		}
		r := core.Input{Today: a.Today()}
		c := in.Cover(&r)
		c.Period, c.Unit, c.SavedBy = k.Period, k.Unit, actor.Name
		if err := r.Faults.Err(); err != nil {
			return none, err
		}
		return change("period.paper", s.unit, k.Period, fact.Said("paper.number", c.Number)), stored.SaveCover(ctx, tx, c, actor.Account)
	})
}
