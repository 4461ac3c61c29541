package campaign

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// staleAfter is how long a task may go without a word before lists say so.
const staleAfter = 7 * 24 * time.Hour

// StrandRow is a strand of a plan with what was reached.
type StrandRow struct {
	committee.Target
	committee.Progress
	Verdict committee.Verdict
	Tasks   int
	Done    int // tasks
	Late    int // tasks
}

// Board is the year of a plan: its strands, and how its tasks stand.
type Board struct {
	PlanRow
	Gone     int64 // of the year, in parts of a thousand
	Strands  []StrandRow
	Late     int
	Open     int // not over, the late ones included
	Done     int
	Silent   int // open, without a word for a week
	Standing string
	Years    []committee.Plan // of the same issuer or its forerunners' area
}

// Board counts the year of a plan. NotFound without ViewPlan in its area.
func (a *Service) Board(ctx context.Context, actor registry.Actor, id registry.PlanID) (b Board, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err := a.planFor(ctx, tx, actor, registry.ViewPlan, id)
		if err != nil {
			return err
		}
		names, err := bodyNames(ctx, tx, slices.DeleteFunc([]registry.BodyID{p.Issuer, p.Standing}, func(id registry.BodyID) bool { return id == "" }))
		if err != nil {
			return err
		}
		b = Board{PlanRow: PlanRow{p, names[p.Issuer], actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area))}, Gone: p.Gone(a.Today()),
			Standing: names[p.Standing]}
		tasks, err := tx.Tasks(ctx, committee.TaskFilter{Plan: id})
		if err != nil {
			return err
		}
		b.countTasks(tasks, a.Today(), tx.Now().Add(-staleAfter).UnixMilli())
		for _, strand := range committee.Strands {
			row, err := a.strand(ctx, tx, p, strand, tasks)
			if err != nil {
				return err
			}
			b.Strands = append(b.Strands, row)
		}
		b.Years, err = a.siblings(ctx, tx, p)
		return err
	})
	return b, err
}

func (b *Board) countTasks(tasks []committee.Task, today string, silent int64) {
	for _, t := range tasks {
		switch {
		case t.State == committee.TaskDone:
			b.Done++
			continue
		case t.State == committee.TaskDropped:
			continue
		}
		b.Open++
		if t.Overdue(today) {
			b.Late++
		}
		if t.UpdatedAt < silent {
			b.Silent++
		}
	}
}

// siblings are the plans of other years for the same of today's units.
func (a *Service) siblings(ctx context.Context, tx *store.Tx, p committee.Plan) (years []committee.Plan, err error) {
	scope := a.Areas.Scope(p.Area)
	plans, err := tx.Plans(ctx, scope[:min(1, len(scope))])
	for _, other := range plans {
		if len(other.Area.Code) == len(p.Area.Code) && slices.Equal(a.Areas.Scope(other.Area), scope) {
			years = append(years, other)
		}
	}
	slices.Reverse(years)
	return years, err
}

// strand counts what was reached in a strand: in steering from its own tasks, in the others
// from their registers.
func (a *Service) strand(ctx context.Context, tx *store.Tx, p committee.Plan, s committee.Strand, tasks []committee.Task) (row StrandRow, err error) {
	row.Target = p.Target(s)
	row.Strand, row.Progress.Goal = s, row.Target.Goal
	for _, t := range tasks {
		if t.Strand != s || t.State == committee.TaskDropped {
			continue
		}
		row.Tasks++
		if t.State == committee.TaskDone {
			row.Done++
		}
		if t.Overdue(a.Today()) {
			row.Late++
		}
	}
	if row.Counted = true; s == committee.Steering {
		row.Progress.Done, row.Scheduled = int64(row.Done), int64(row.Tasks-row.Done-row.Late)
	} else {
		row.Progress.Done, row.Scheduled, err = a.registered(ctx, tx, p, s)
	}
	row.Verdict = row.Judge(p.Gone(a.Today()))
	return row, err
}

// registered counts the rows of a strand's register in the unit and year of a plan: those that
// are done, and those with a day ahead where the register knows of any.
func (a *Service) registered(ctx context.Context, tx *store.Tx, p committee.Plan, s committee.Strand) (done, scheduled int64, err error) {
	codes, n := a.codesOf(p.Area), 0
	switch s {
	case committee.Fairs, committee.Sessions:
		kind, _ := s.EventKind()
		return tx.CountPlanEvents(ctx, kind, codes, p.FirstDay()[:4])
	case committee.Outlets:
		return a.placesOf(ctx, tx, p)
	case committee.Communications:
		done, err = a.timesHeld(ctx, tx, p)
	case committee.Procurement:
		done, err = a.reported(ctx, tx, p)
	case committee.Support:
		done, err = a.supported(ctx, tx, p)
	case committee.Inspection:
		n, err = tx.CountInspections(ctx, inspection.Filter{Codes: codes, Year: p.Year, Counts: true})
		done = int64(n)
	case committee.Supervision:
		n, err = tx.CountSupervisions(ctx, committee.SupervisionFilter{Codes: codes, Year: p.Year, Counts: true})
		done = int64(n)
	default: // a figure of 0 would claim that nothing was done
		err = fmt.Errorf("no register counts for the strand %q", s)
	}
	return done, 0, err
}

// PlanEvents returns the events that count for a strand of a plan, the first one first.
// NotFound without ViewPlan in its area, and for a strand that counts no events.
func (a *Service) PlanEvents(ctx context.Context, actor registry.Actor, id registry.PlanID, s committee.Strand) (events []registry.Event, err error) {
	kind, counts := s.EventKind()
	if !counts {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err := a.planFor(ctx, tx, actor, registry.ViewPlan, id)
		if err != nil {
			return err
		}
		events, err = tx.PlanEvents(ctx, kind, a.codesOf(p.Area), p.FirstDay()[:4])
		return err
	})
	return events, err
}

// timesHeld adds up the times of the register in the unit and year of a plan.
func (a *Service) timesHeld(ctx context.Context, tx *store.Tx, p committee.Plan) (times int64, err error) {
	year := p.FirstDay()[:4]
	tallies, err := tx.TallyChannels(ctx, committee.CommunicationFilter{Codes: a.codesOf(p.Area), From: year + "-01-01", Until: year + "-12-31"})
	for _, t := range tallies {
		times += t.Times
	}
	return times, err
}

// placesOf counts the places of sale in the unit of a plan: those that sell on the last
// day of its year, or today as long as the year goes on, and those that begin after it in
// the year.
func (a *Service) placesOf(ctx context.Context, tx *store.Tx, p committee.Plan) (selling, coming int64, err error) {
	f := committee.PlaceFilter{Codes: a.codesOf(p.Area), State: committee.PlaceSelling, On: p.PlaceDay(a.Today())}
	now, err := tx.CountSalePlaces(ctx, f)
	if err != nil || f.On == p.LastDay() {
		return int64(now), 0, err
	}
	f.On = p.LastDay()
	then, err := tx.SalePlaces(ctx, f)
	for _, place := range then {
		if place.From > p.PlaceDay(a.Today()) {
			coming++
		}
	}
	return int64(now), coming, err
}

// reported counts the bodies in the unit of a plan that reported what they bought in its
// year.
func (a *Service) reported(ctx context.Context, tx *store.Tx, p committee.Plan) (int64, error) {
	n, err := procurement.ReportOn(ctx, tx, a.codesOf(p.Area), committee.Period{Year: p.Year, Part: committee.WholeYear})
	return int64(n), err
}

// supported counts the producers in the unit of a plan that were supported in its year.
func (a *Service) supported(ctx context.Context, tx *store.Tx, p committee.Plan) (int64, error) {
	return procurement.SupportedProducers(ctx, tx, a.codesOf(p.Area), p.Year)
}

// ofPlan counts the rows that count for every task of a plan with a source, because no tie
// of theirs says for which; false for the other sources.
func (a *Service) ofPlan(ctx context.Context, tx *store.Tx, s committee.Source, id registry.PlanID) (n int64, of bool, err error) {
	if s != committee.ProcurementSource && s != committee.SupportSource {
		return 0, false, nil
	}
	p, err := tx.Plan(ctx, id)
	if err != nil {
		return 0, true, err
	}
	if s == committee.SupportSource {
		n, err = a.supported(ctx, tx, p)
	} else {
		n, err = a.reported(ctx, tx, p)
	}
	return n, true, err
}

// codesOf are the codes under which all that lies in a unit is found: its own, or those
// of today's units that it became.
func (a *Service) codesOf(area registry.AreaRef) []string {
	if scope := a.Areas.Scope(area); len(scope) > 0 {
		return scope[:1]
	}
	return nil
}

// TaskQuery chooses the tasks of a list.
type TaskQuery struct {
	Plan   registry.PlanID
	Strand committee.Strand
	Body   registry.BodyID
	Mine   bool // of the bodies that the actor acts for
	Show   TaskShow
	Page   int // from 0
	Rows   int // of a page; 0 is as many as a page of the office has
}

// TaskShow says which tasks a list shows.
type TaskShow string

// What lists of tasks show.
const (
	ShowOpen   TaskShow = ""
	ShowLate   TaskShow = "late"
	ShowSilent TaskShow = "silent"
	ShowDone   TaskShow = "done"
	ShowAll    TaskShow = "all"
)

// TaskShows lists what lists of tasks show.
var TaskShows = []TaskShow{ShowOpen, ShowLate, ShowSilent, ShowDone, ShowAll}

// taskPage is how many tasks a page of a list has.
const taskPage = 100

// TaskList is a page of tasks.
type TaskList struct {
	Rows   []committee.TaskRow
	Names  map[registry.BodyID]string
	Counts map[TaskShow]int
	Mine   []registry.BodyID // bodies that the actor acts for
	More   bool
}

var openStates = []committee.TaskState{committee.TaskOpen, committee.TaskInProgress}

// filter is a query as the store takes it.
func (q TaskQuery) filter(show TaskShow, today string, silent int64) committee.TaskFilter {
	f := committee.TaskFilter{Plan: q.Plan, Strand: q.Strand, Body: q.Body}
	switch show {
	case ShowOpen:
		f.States = openStates
	case ShowLate:
		f.States, f.LateOn = openStates, today
	case ShowSilent:
		f.States, f.SilentSince = openStates, silent
	case ShowDone:
		f.States = []committee.TaskState{committee.TaskDone}
	}
	return f
}

// Tasks lists tasks. Whoever reads plans in the area of the plan sees all of it; whoever
// only acts for bodies sees those in which they have a part, of every plan.
func (a *Service) Tasks(ctx context.Context, actor registry.Actor, q TaskQuery) (l TaskList, err error) {
	if !actor.CanSomewhere(registry.ViewTasks) {
		return l, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if l.Mine, err = tx.BodiesOf(ctx, actor.Account); err != nil {
			return err
		}
		own := q.Mine
		if q.Plan != "" && !own {
			_, err := a.planFor(ctx, tx, actor, registry.ViewPlan, q.Plan)
			if own = registry.KindOf(err) == registry.NotFound; err != nil && !own {
				return err
			}
		}
		own = own || q.Plan == ""
		silent := tx.Now().Add(-staleAfter).UnixMilli()
		filters := make([]any, len(TaskShows))
		for i, show := range TaskShows {
			f := q.filter(show, a.Today(), silent)
			if own {
				f.Bodies = append([]registry.BodyID{}, l.Mine...)
			}
			filters[i] = f
			if show != q.Show {
				continue
			}
			if err := a.fillList(ctx, tx, f, q, &l); err != nil {
				return err
			}
		}
		counts, err := tx.CountEach(ctx, filters...)
		l.Counts = map[TaskShow]int{}
		for i, n := range counts {
			l.Counts[TaskShows[i]] = n
		}
		return err
	})
	return l, err
}

func (a *Service) fillList(ctx context.Context, tx *store.Tx, f committee.TaskFilter, q TaskQuery, l *TaskList) error {
	rows := cmp.Or(q.Rows, taskPage)
	f.Skip, f.Limit = q.Page*rows, rows+1
	tasks, err := tx.Tasks(ctx, f)
	if err != nil {
		return err
	}
	if l.More = len(tasks) > rows; l.More {
		tasks = tasks[:rows]
	}
	if l.Rows, err = a.counted(ctx, tx, tasks); err != nil {
		return err
	}
	var ids []registry.BodyID
	for _, t := range tasks {
		ids = append(ids, t.Bodies()...)
	}
	l.Names, err = bodyNames(ctx, tx, ids)
	return err
}

// counted counts what was reached of tasks, from the rows that are tied to them.
func (a *Service) counted(ctx context.Context, tx *store.Tx, tasks []committee.Task) ([]committee.TaskRow, error) {
	ids := make([]registry.TaskID, len(tasks))
	for i, t := range tasks {
		ids[i] = t.ID
	}
	counts, err := tx.TaskCounts(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]committee.TaskRow, len(tasks))
	for i, t := range tasks {
		p := committee.Progress{Goal: t.Goal}
		if t.Source != committee.NoSource {
			n := counts[t.ID][t.Source]
			if done, of, err := a.ofPlan(ctx, tx, t.Source, t.Plan); err != nil {
				return nil, err
			} else if of {
				n.Done = done
			}
			p.Done, p.Scheduled, p.Counted = n.Done, n.Scheduled, true
		}
		rows[i] = committee.TaskRow{Task: t, Progress: p}
	}
	return rows, nil
}
