package periods

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// fillBefore reads what the figures are compared with: those that were handed in then, else what
// the registers count of then, by the units of now.
func (a *Service) fillBefore(ctx context.Context, tx *store.Tx, _ registry.Actor, o *Overview) error {
	p := o.Query.Period.LastYear()
	switch o.Against {
	case Goals:
		return nil
	case LastPeriod:
		p = o.Query.Period.Before(a.Forms.Parts(o.Query.Form, o.Query.Period.Year))
	}
	same := p.Edition() == o.Query.Period.Edition() || o.Query.Form == period.BranchForm
	asks := stored.Ask{Form: o.Query.Form, Period: p, Then: same && o.Query.Form == period.CommuneForm && then(p)}
	before, err := a.tally(ctx, tx, asks, a.Forms.Figures(o.Query.Form, p))
	if err != nil {
		return err
	}
	filed := map[string]period.Report{}
	if same {
		if filed, err = stored.Reports(ctx, tx, o.Query.Form, p); err != nil {
			return err
		}
	}
	for i := range o.Rows {
		row := &o.Rows[i]
		if r := filed[row.Key]; r.Filed(false) {
			row.Before, o.FiledBefore = r.Values, o.FiledBefore+1
			continue
		}
		row.Before = before.of(row.Key)
	}
	if o.Own != nil {
		o.Own.Before = before.of(a.noCommune(o.Province)...)
	}
	return nil
}

// sum adds up what was handed in, and turns the rows into those of today's units if asked.
func (a *Service) sum(o *Overview) {
	var now, before []period.Values
	rows := o.Rows
	if o.Own != nil {
		rows = append(slices.Clone(rows), *o.Own)
	}
	for _, row := range rows {
		if row.Filed || row.Key == "" {
			now, before = append(now, row.Values), append(before, row.Before)
		}
	}
	if o.Whole {
		o.Sum, o.SumBefore = told(period.Add(o.Figures, now), o.Filed), told(period.Add(o.Figures, before), o.FiledBefore)
		if o.Lock != nil && o.Against == LastYear && o.Filed == o.Kept.Filed {
			o.SumBefore = o.Kept.Before
		}
	}
	if o.Today && then(o.Query.Period) && o.Query.Form == period.CommuneForm {
		a.byToday(o)
	}
}

// told leaves out of a sum to which no unit has reported what is 0: nobody said that it was none.
func told(sum period.Values, filed int) period.Values {
	if filed == 0 {
		maps.DeleteFunc(sum, func(_ period.Code, v period.Value) bool { return v.N == 0 })
	}
	return sum
}

// byToday adds up the rows of old communes into those of the commune of today that took them in;
// of one that was divided it is the first.
func (a *Service) byToday(o *Overview) {
	var rows []Row
	at := map[string]int{}
	for _, old := range o.Rows {
		next := a.Areas.Successors(old.Ref)
		if len(next) == 0 {
			continue
		}
		code := next[0].Ref.Code
		i, known := at[code]
		if !known {
			unit, _ := a.Areas.Lookup(next[0].Ref)
			i, at[code] = len(rows), len(rows)
			rows = append(rows, Row{Unit: Unit{Key: code, Name: unit.FullName(), Ref: next[0].Ref}, State: old.State, Filed: true})
		}
		row := &rows[i]
		row.Of = append(row.Of, old.Name)
		row.Values, row.Before = period.Add(o.Figures, []period.Values{row.Values, old.Values}), period.Add(o.Figures, []period.Values{row.Before, old.Before})
		row.Filed, row.Moved = row.Filed && old.Filed, row.Moved+old.Moved
		if slices.Index(period.States, old.State) < slices.Index(period.States, row.State) {
			row.State = old.State
		}
	}
	o.Rows = rows
}

// goalOf are the strands of a plan whose goal a figure reaches.
var goalOf = map[period.Code]committee.Strand{"sessions": committee.Sessions, "fairs": committee.Fairs, "communications": committee.Communications,
	"inspections": committee.Inspection, "supervisions": committee.Supervision, "outlets": committee.Outlets}

// fillGoals reads the goals of the year's plan of the province, where they are asked for.
func (a *Service) fillGoals(ctx context.Context, tx *store.Tx, _ registry.Actor, o *Overview) error {
	if o.Against != Goals || !o.Whole {
		return nil
	}
	plan, err := a.plan(ctx, tx, *o)
	o.Goals = plan.Goals
	return err
}

// plan is the plan of the province for the year of an overview, as a lock holds it fast; one
// without a number where none is in force.
func (a *Service) plan(ctx context.Context, tx *store.Tx, o Overview) (p period.Plan, err error) {
	if o.Lock != nil {
		return o.Kept.Plan, nil
	}
	p.Goals = map[period.Code]int64{}
	plans, err := tx.Plans(ctx, a.Areas.Scope(o.Province))
	if err != nil {
		return p, err
	}
	listed, ok := committee.PlanOf(plans, o.Province, o.Query.Period.Year)
	if !ok {
		return p, nil
	}
	p.Number, p.IssuedOn = listed.Number, listed.IssuedOn
	plan, err := tx.Plan(ctx, listed.ID)
	for code, strand := range goalOf {
		if goal := plan.Target(strand).Goal; goal > 0 {
			p.Goals[code] = goal
		}
	}
	return p, err
}

// kept is what the lock of a period holds fast.
func (a *Service) kept(ctx context.Context, tx *store.Tx, actor registry.Actor, q Query) (k period.Kept, err error) {
	q.Against, q.Today, q.locking = LastYear, false, true
	o, err := a.overview(ctx, tx, actor, q)
	if err != nil {
		return k, err
	}
	k = period.Kept{Units: o.Names, Filed: o.Filed, Before: o.SumBefore}
	if o.Own != nil {
		k.Own = o.Own.Values
	}
	k.Plan, err = a.plan(ctx, tx, o)
	return k, err
}
