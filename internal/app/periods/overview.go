package periods

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// Against is what figures are compared with.
type Against string

// What figures are compared with.
const (
	LastYear   Against = ""         // the same period of the year before
	LastPeriod Against = "ky-truoc" // the period before of the same form
	Goals      Against = "chi-tieu" // the goals of the year's plan
)

// AgainstAll lists what figures are compared with.
var AgainstAll = []Against{LastYear, LastPeriod, Goals}

// Query chooses what an overview shows.
type Query struct {
	Form     period.FormCode
	Period   period.Period    // zero is the one that is being filed
	Province registry.AreaRef // in the edition of the period; zero is that of the actor, or the site's
	Against  Against
	Today    bool // a period of the time before July 2025 by today's units
	locking  bool // the period counts as locked, which it is about to be
}

// asked fills in the calendar of a query and checks that it speaks of something; NotFound if not.
func (a *Service) asked(q Query) (c period.Calendar, province registry.AreaRef, err error) {
	c, ok := a.Forms.Calendar(q.Form, q.Period)
	unit, known := a.Areas.Lookup(q.Province)
	if !ok || !known || !unit.Ref.IsProvince() || unit.Ref.Edition != q.Period.Edition() {
		return c, province, core.ErrHidden()
	}
	return c, q.Province, nil
}

// Row is a unit with its report, as the overview shows it.
type Row struct {
	Unit
	Report    period.Report
	State     period.State
	Filed     bool // Values are those that were handed in; else those of the registers, now
	Values    period.Values
	Before    period.Values // what they are compared with
	Exception *period.Exception
	Files     bool     // the actor files it
	Moved     int      // addenda
	Of        []string // names of the units that were added up, in a view by today's units
}

// Turn is a period of the form in the same year.
type Turn struct {
	period.Period
	Locked bool
}

// Overview is the reports of a form for a period.
type Overview struct {
	Query
	period.Calendar
	Provinces []registry.Area // that reported in the period and make up the province of today
	Turns     []Turn
	Figures   []period.Figure
	Rows      []Row
	Own       *Row // what lies in no commune; nil for a form of bodies, and where not all is read
	Sum       period.Values
	SumBefore period.Values
	Goals     map[period.Code]int64
	Counts    map[period.State]int
	Filed     int
	// FiledBefore is how many of the reports compared with were handed in.
	FiledBefore int
	Whole       bool // the actor reads the whole province
	Above       bool
	Lock        *period.Lock
	Kept        period.Kept        // of the lock
	Exceptions  []period.Exception // those that hold, or of a locked period
	Addenda     []period.Addendum
	Names       map[string]string // of units by their keys
	Chase       []Chase
}

// Late reports whether the deadline has passed.
func (o Overview) Late(today string) bool { return today > o.Due }

// Missing counts the reports that were not accepted.
func (o Overview) Missing() int { return len(o.Rows) - o.Counts[period.Accepted] }

// home fills in what a query leaves open: the period that is being filed, the province of the
// actor, else that of the site.
func (a *Service) home(ctx context.Context, actor registry.Actor, q *Query) error {
	if q.Period == (period.Period{}) {
		current, ok := a.Forms.Current(q.Form, a.Today())
		if !ok {
			return core.ErrHidden()
		}
		q.Period = current.Period
	}
	if !q.Province.IsZero() {
		return nil
	}
	today, err := a.OwnProvince(ctx, actor)
	if err != nil {
		return err
	}
	q.Province = today
	if before := a.Areas.Predecessors(today); q.Period.Edition() != today.Edition && len(before) > 0 {
		q.Province = before[0].Ref
	}
	return nil
}

// OwnProvince is the province of today in which the actor works.
func (a *Service) OwnProvince(ctx context.Context, actor registry.Actor) (registry.AreaRef, error) {
	codes, all := actor.Reach(registry.ViewTasks)
	if all || len(codes) == 0 {
		set, err := a.SiteSettings(ctx)
		codes = []string{set.Province}
		if err != nil {
			return registry.AreaRef{}, err
		}
	}
	province, ok := a.Areas.Province(registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]})
	if !ok {
		return registry.AreaRef{}, core.ErrHidden()
	}
	return province.Ref, nil
}

// Overview returns the reports of a form for a period: those that the actor reads, with what they
// add up to for whoever reads the whole province. NotFound for whoever has no part in plans.
func (a *Service) Overview(ctx context.Context, actor registry.Actor, q Query) (o Overview, err error) {
	if !actor.CanSomewhere(registry.ViewTasks) {
		return o, core.ErrHidden()
	}
	if err := a.home(ctx, actor, &q); err != nil {
		return o, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		o, err = a.overview(ctx, tx, actor, q)
		return err
	})
	return o, err
}

// overview reads what a query chooses that leaves nothing open.
func (a *Service) overview(ctx context.Context, tx *store.Tx, actor registry.Actor, q Query) (o Overview, err error) {
	calendar, province, err := a.asked(q)
	if err != nil {
		return o, err
	}
	scope := a.Areas.Scope(province)
	o = Overview{Query: q, Calendar: calendar, Figures: a.Forms.Figures(q.Form, q.Period), Counts: map[period.State]int{}, Names: map[string]string{},
		Whole: actor.Can(registry.ViewPlan, scope), Above: actor.Can(registry.ManagePlan, scope)}
	o.Provinces = a.provinces(province)
	fills := []func(context.Context, *store.Tx, registry.Actor, *Overview) error{a.fillLock, a.fillRows, a.fillAfter, a.fillBefore, a.fillGoals, a.fillChase}
	for _, fill := range fills {
		if err := fill(ctx, tx, actor, &o); err != nil {
			return o, err
		}
	}
	a.sum(&o)
	return o, nil
}

// provinces are the provinces of the edition of one that make up the same province of today.
func (a *Service) provinces(ref registry.AreaRef) (list []registry.Area) {
	if ref.Edition == registry.Edition2025 {
		return nil
	}
	for _, code := range a.Areas.Scope(ref) {
		for _, p := range a.Areas.Predecessors(registry.AreaRef{Edition: registry.Edition2025, Code: code}) {
			unit, _ := a.Areas.Lookup(p.Ref)
			list = append(list, unit)
		}
	}
	return list
}

// tally is what the registers count of a period, by unit.
type tally struct {
	form    period.FormCode
	figures []period.Figure
	sums    map[string]map[period.Code]int64
	sellers map[string]int64
}

func (a *Service) tally(ctx context.Context, tx *store.Tx, asks stored.Ask, figures []period.Figure) (t tally, err error) {
	t = tally{form: asks.Form, figures: figures}
	if t.sums, err = stored.Totals(ctx, tx, asks); err == nil {
		t.sellers, err = stored.Sellers(ctx, tx, asks)
	}
	return t, err
}

// of are the figures of some units together.
func (t tally) of(units ...string) period.Values {
	sums, sellers := map[period.Code]int64{}, int64(0)
	for _, u := range units {
		for code, n := range t.sums[u] {
			sums[code] += n
		}
		sellers += t.sellers[u]
	}
	if len(units) > 1 {
		sellers = min(sellers, period.Fewest-1) // one vendor may stand behind several: never shown
	}
	return period.Of(t.figures, counts(t.form), sums, sellers)
}

// fillLock reads whether the period is locked, with what the lock holds fast, and which other
// periods of the year are.
func (a *Service) fillLock(ctx context.Context, tx *store.Tx, _ registry.Actor, o *Overview) error {
	locks, err := stored.LocksOf(ctx, tx, o.Query.Form, o.Query.Period.Year)
	if err != nil {
		return err
	}
	for _, part := range a.Forms.Parts(o.Query.Form, o.Query.Period.Year) {
		turn := period.Period{Year: o.Query.Period.Year, Part: part}
		o.Turns = append(o.Turns, Turn{turn, locks.Of(turn, o.Province.Code) != nil})
	}
	if o.Lock = locks.Of(o.Query.Period, o.Province.Code); o.Lock != nil {
		o.Kept, err = stored.Kept(ctx, tx, *o.Lock)
	}
	return err
}

// asLocked keeps, in a locked period, the units that were to report when it was locked, under
// their names of then.
func (o *Overview) asLocked(units []Unit, filed map[string]period.Report) (kept []Unit) {
	if o.Lock == nil {
		return units
	}
	for _, u := range units {
		name, then := o.Kept.Units[u.Key]
		if then {
			u.Name = name
		}
		if _, reported := filed[u.Key]; then || reported {
			kept = append(kept, u)
		}
	}
	return kept
}

// fillRows reads the units with their reports, and counts what was not handed in.
func (a *Service) fillRows(ctx context.Context, tx *store.Tx, actor registry.Actor, o *Overview) error {
	units, err := a.units(ctx, tx, o.Query.Form, o.Query.Period, o.Province)
	if err != nil {
		return err
	}
	var own []registry.BodyID
	if o.Query.Form == period.BranchForm {
		if own, err = core.OwnBodies(ctx, tx, actor, registry.ViewTasks); err != nil {
			return err
		}
	}
	filed, err := stored.Reports(ctx, tx, o.Query.Form, o.Query.Period)
	if err != nil {
		return err
	}
	all, err := stored.Exceptions(ctx, tx, o.Query.Form, o.Query.Period)
	if err != nil {
		return err
	}
	key := period.Key{Form: o.Query.Form, Period: o.Query.Period}
	now, err := a.tally(ctx, tx, ask(key), o.Figures)
	if err != nil {
		return err
	}
	for _, u := range o.asLocked(units, filed) {
		may := a.rightsTo(actor, u, o.Province, own)
		if !may.Reads {
			continue
		}
		row := Row{Unit: u, Report: filed[u.Key], Files: may.Files}
		mine, holds := ofUnit(all, u.Key, a.Today())
		row.Exception = holds
		row.State = row.Report.Standing(o.Lock != nil, holds != nil)
		o.Exceptions = append(o.Exceptions, mine...)
		if row.Filed = row.Report.Filed(o.Lock != nil || o.locking); row.Filed {
			row.Values, o.Filed = row.Report.Values, o.Filed+1
		} else {
			row.Values = toldNow(o.Figures, may.Sales, row.Report.Values, now.of(u.Key).WithTyped(o.Figures, row.Report.Typed))
		}
		stands := row.Report.Standing(false, false)
		o.Counts[stands]++
		o.Names[u.Key] = u.Name
		o.Rows = append(o.Rows, row)
	}
	if o.Whole && o.Query.Form == period.CommuneForm {
		o.Own = &Row{Unit: Unit{Ref: o.Province, scope: a.Areas.Scope(o.Province)}, Values: now.of(a.noCommune(o.Province)...)}
		if o.Lock != nil {
			o.Own.Values = o.Kept.Own
		}
	}
	return nil
}

// noCommune are the codes of what lies in a province and in no commune: its own, and those of its
// districts.
func (a *Service) noCommune(province registry.AreaRef) []string {
	codes := []string{province.Code}
	for _, d := range a.Areas.Children(province) {
		if d.Ref.IsDistrict() {
			codes = append(codes, d.Ref.Code)
		}
	}
	return codes
}

// fillAfter reads what came after reports were locked.
func (a *Service) fillAfter(ctx context.Context, tx *store.Tx, _ registry.Actor, o *Overview) error {
	all, err := stored.Addenda(ctx, tx, o.Query.Form, o.Query.Period)
	for _, add := range all {
		if _, read := o.Names[add.Unit]; read {
			o.Addenda = append(o.Addenda, add)
		}
	}
	for i := range o.Rows {
		for _, add := range o.Addenda {
			if add.Unit == o.Rows[i].Key {
				o.Rows[i].Moved++
			}
		}
	}
	return err
}
