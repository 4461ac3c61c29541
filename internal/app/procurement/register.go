package procurement

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Query chooses the reports of a period.
type Query struct {
	committee.Period
	Filter committee.ProcurementFilter
}

// filter are the reports whose period lies in the one that is asked for.
func (q Query) filter() committee.ProcurementFilter {
	f := q.Filter
	f.Year, f.Parts = q.Year, nil
	if q.Part != committee.WholeYear {
		f.Parts = q.Part.Within()
	}
	return f
}

// Row is a report with the name of its body.
type Row struct {
	committee.Purchase
	BodyName string
}

// GroupLine is what was bought of a group of goods, and in the year before.
type GroupLine struct {
	committee.GoodsGroup
	Sum    committee.ProcurementSum
	Before committee.ProcurementSum
}

// Missing is a body that has not reported.
type Missing struct {
	committee.Body
	Writes bool // the actor may enter its report
}

// Register is the reports of a period with what they add up to.
type Register struct {
	Query
	All     []committee.GoodsGroup
	Groups  []GroupLine
	Total   committee.ProcurementSum
	Before  committee.ProcurementSum // of the year before, the same part
	Due     int                      // bodies that are to report
	Missing []Missing                // of them
	Across  int                      // reports that lie over the period and not in it: they are in no figure
	Rows    []Row
	N       int // rows that fit
	Enters  bool
	Manages bool   // the actor manages plans in Unit
	Unit    string // code of the unit whose period can be closed; "" has none
	Closing *committee.ProcurementClosing
	Bodies  []committee.Body // for the filter by body
}

// Sent is how many of the bodies that are to report have done so.
func (r Register) Sent() int { return r.Due - len(r.Missing) }

// Register returns a page of the reports of a period with its figures. NotFound for whoever
// neither reads plans nor acts for a body.
func (a *Service) Register(ctx context.Context, actor registry.Actor, q Query) (r Register, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &q.Filter); err != nil {
			return err
		}
		r = Register{Query: q, Enters: actor.CanSomewhere(registry.ManagePlan) || len(q.Filter.Bodies) > 0}
		if r.All, err = tx.GoodsGroups(ctx); err != nil {
			return err
		}
		if err := a.figuresOf(ctx, tx, &r); err != nil {
			return err
		}
		if err := a.bodiesOf(ctx, tx, actor, &r); err != nil {
			return err
		}
		if r.Rows, err = named(ctx, tx, q.filter()); err != nil {
			return err
		}
		if r.N, err = tx.CountProcurements(ctx, q.filter()); err != nil {
			return err
		}
		return a.closingOf(ctx, tx, actor, &r)
	})
	return r, err
}

// figuresOf adds up a period and the same one of the year before, and counts what lies
// across it.
func (a *Service) figuresOf(ctx context.Context, tx *store.Tx, r *Register) error {
	f := r.filter()
	sums, err := tx.SumProcurements(ctx, f)
	if err != nil {
		return err
	}
	f.Year--
	before, err := tx.SumProcurements(ctx, f)
	if err != nil {
		return err
	}
	for _, g := range r.All {
		line := GroupLine{g, sums[g.ID], before[g.ID]}
		r.Total, r.Before = r.Total.Add(line.Sum), r.Before.Add(line.Before)
		if line.Sum.Rows > 0 || line.Before.Rows > 0 {
			r.Groups = append(r.Groups, line)
		}
	}
	f = r.Filter
	f.Year, f.Parts, f.Counts = r.Year, []committee.Part{}, true
	for _, part := range committee.Parts {
		if part.Overlaps(r.Part) && !r.Part.Contains(part) {
			f.Parts = append(f.Parts, part)
		}
	}
	r.Across, err = tx.CountProcurements(ctx, f)
	return err
}

// bodiesOf finds the bodies that are to report, and those that have not: what stands on the
// last day of the period, or today while it lasts, in a unit of that day, and uses the
// budget. Nobody is to report
// of a period that has not begun. What only narrows the rows counts for nothing here.
func (a *Service) bodiesOf(ctx context.Context, tx *store.Tx, actor registry.Actor, r *Register) error {
	all, err := tx.Bodies(ctx, nil)
	if err != nil {
		return err
	}
	seen, err := a.seen(ctx, tx, r.Filter, all)
	if err != nil {
		return err
	}
	f := r.Filter
	f.Group, f.Body = "", ""
	sent, err := sentBodies(ctx, tx, all, f, r.Period)
	if err != nil {
		return err
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return err
	}
	day := min(r.LastDay(), a.Today())
	for _, b := range seen {
		if _, there := a.Areas.At(b.Area, day); !there || !b.Kind.UsesBudget() || !b.StandsOn(day) || r.FirstDay() > a.Today() {
			continue
		}
		r.Due++
		if !sent[b.ID] {
			writes := slices.Contains(own, b.ID) || actor.Can(registry.ManagePlan, a.Areas.Scope(b.Area))
			r.Missing = append(r.Missing, Missing{b, writes})
		}
	}
	r.Bodies = seen
	return nil
}

// seen are the bodies that a filter reaches, by name.
func (a *Service) seen(ctx context.Context, tx *store.Tx, f committee.ProcurementFilter, all []committee.Body) (bodies []committee.Body, err error) {
	bodies = all
	if f.Codes != nil {
		if bodies, err = tx.Bodies(ctx, f.Codes); err != nil {
			return nil, err
		}
	}
	if f.Area != "" {
		in, err := tx.Bodies(ctx, []string{f.Area})
		if err != nil {
			return nil, err
		}
		bodies = slices.DeleteFunc(slices.Clone(bodies), func(b committee.Body) bool {
			return !slices.ContainsFunc(in, func(other committee.Body) bool { return other.ID == b.ID })
		})
	}
	if f.Bodies != nil {
		bodies = slices.DeleteFunc(slices.Clone(bodies), func(b committee.Body) bool { return !slices.Contains(f.Bodies, b.ID) })
	}
	return bodies, nil
}

// closingOf finds the unit whose period the actor can close: the one that is asked for, the
// only one of the actor, or the province of the installation; and how it is closed.
func (a *Service) closingOf(ctx context.Context, tx *store.Tx, actor registry.Actor, r *Register) error {
	codes, all := actor.Reach(registry.ManagePlan)
	switch {
	case r.Filter.Area != "":
		r.Unit = r.Filter.Area
	case len(codes) == 1 && !all:
		r.Unit = codes[0]
	case all:
		set, err := a.Events.Province(ctx)
		if err != nil {
			return err
		}
		r.Unit = set.Ref.Code
	}
	if r.Unit == "" {
		return nil
	}
	scope := a.Areas.Scope(registry.AreaRef{Edition: registry.Edition2025, Code: r.Unit})
	r.Manages = actor.Can(registry.ManagePlan, scope)
	closings, err := tx.ProcurementClosings(ctx, r.Year, scope)
	for i, c := range closings {
		if c.Period.Part.Contains(r.Part) {
			r.Closing = &closings[i]
		}
	}
	return err
}

// named reads reports with the names of their bodies.
func named(ctx context.Context, tx *store.Tx, f committee.ProcurementFilter) (rows []Row, err error) {
	list, err := tx.Procurements(ctx, f)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	bodies, err := tx.Bodies(ctx, nil)
	names := map[registry.BodyID]string{}
	for _, b := range bodies {
		names[b.ID] = b.Name
	}
	for _, p := range list {
		rows = append(rows, Row{p, names[p.Body]})
	}
	return rows, err
}

// Report is a report as its page shows it.
type Report struct {
	Row
	Area   registry.AreaRef // of the body
	Group  committee.GoodsGroup
	Fixes  []committee.ProcurementFix // the newest first
	Writes bool                       // the actor may correct it: not struck out, its period open
	Closed bool                       // its period takes no changes
}

// Report returns a report to whoever reads plans in the area of its body or acts for it,
// else NotFound.
func (a *Service) Report(ctx context.Context, actor registry.Actor, id registry.ProcurementID) (r Report, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f, err := a.reportFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		r = Report{Row: Row{f.Purchase, f.body.Name}, Area: f.body.Area}
		closed := a.stillOpen(ctx, tx, f)
		if closed != nil && registry.KindOf(closed) != registry.Conflict {
			return closed
		}
		r.Closed = closed != nil
		r.Writes = f.writes && !f.Struck() && !r.Closed
		groups, err := tx.GoodsGroups(ctx)
		if err != nil {
			return err
		}
		r.Group, _ = committee.GoodsGroupByID(groups, f.Purchase.Group)
		r.Fixes, err = tx.ProcurementFixes(ctx, id)
		return err
	})
	return r, err
}

// Photo returns the photo of the paper of a report that the actor may read, or NotFound.
func (a *Service) Photo(ctx context.Context, actor registry.Actor, id registry.ProcurementID, size registry.PhotoSize) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := a.reportFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		if r.Photo == "" {
			return core.ErrHidden()
		}
		f, err = tx.File(ctx, r.Photo, size)
		return err
	})
	return f, err
}

// Choices are what the form of a report offers.
type Choices struct {
	Bodies []committee.Body // that use the budget and for which the actor may write, those of the past last
	Groups []committee.GoodsGroup
}

// Choices returns what the form of a report offers the actor. NotFound for whoever enters
// none.
func (a *Service) Choices(ctx context.Context, actor registry.Actor) (c Choices, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
		if err != nil {
			return err
		}
		all, err := tx.Bodies(ctx, nil)
		if err != nil {
			return err
		}
		var past []committee.Body
		for _, b := range all {
			switch {
			case !b.Kind.UsesBudget() || !slices.Contains(own, b.ID) && !actor.Can(registry.ManagePlan, a.Areas.Scope(b.Area)):
			case b.StandsOn(a.Today()):
				c.Bodies = append(c.Bodies, b)
			default:
				past = append(past, b)
			}
		}
		if c.Bodies = append(c.Bodies, past...); len(c.Bodies) == 0 && !actor.CanSomewhere(registry.ManagePlan) {
			return core.ErrHidden()
		}
		groups, err := tx.GoodsGroups(ctx)
		c.Groups = slices.DeleteFunc(groups, func(g committee.GoodsGroup) bool { return g.Retired })
		return err
	})
	return c, err
}
