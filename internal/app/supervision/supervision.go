// Package supervision holds the use cases of how the Fatherland Front and organisations supervise
// the campaign (giám sát): what was looked at and recommended, and what was answered.
//
// What an authority inspects at stalls belongs to package inspections.
package supervision

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases. New makes one.
type Service struct{ *core.Core }

// New makes a Service on what all share.
func New(c *core.Core) *Service { return &Service{c} }

// Rights are what the actor may do with a supervision: whoever reads plans in its area reads it,
// and so do those who act for the body that supervised or was supervised; whoever manages plans
// there or acts for the first writes it; these and whoever acts for the second answer it.
type Rights struct{ Reads, Writes, Answers bool }

func (a *Service) rightsTo(actor registry.Actor, s *committee.SupervisionHeld, own []registry.BodyID) Rights {
	scope := a.Areas.Scope(s.Area)
	by, about := slices.Contains(own, s.By), s.Subject != "" && slices.Contains(own, s.Subject)
	writes := actor.Can(registry.ManagePlan, scope) || by
	return Rights{Reads: actor.Can(registry.ViewPlan, scope) || by || about, Writes: writes, Answers: writes || about}
}

// heldFor reads a supervision with what the actor may do with it; NotFound for whoever may not
// read it.
func (a *Service) heldFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.SupervisionID) (s committee.SupervisionHeld, r Rights, err error) {
	if s, err = tx.Supervision(ctx, id); err != nil {
		return s, r, err
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return s, r, err
	}
	if r = a.rightsTo(actor, &s, own); !r.Reads {
		return committee.SupervisionHeld{}, r, core.ErrHidden()
	}
	return s, r, nil
}

// narrow keeps of a filter what the actor may read: the areas in which it reads plans, or else
// its own bodies. NotFound for whoever reads nothing.
func narrow(ctx context.Context, tx *store.Tx, actor registry.Actor, f *committee.SupervisionFilter) error {
	reach, err := core.ReachOf(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return err
	}
	reach.Narrow(&f.Codes, &f.Bodies)
	return nil
}

// Register is a page of supervisions with how many there are in each state.
type Register struct {
	Rows   []committee.SupervisionHeld
	Names  map[registry.BodyID]string
	N      int // rows that fit
	Counts map[committee.SupervisionState]int
	All    int // of the year, those that count
	Enters bool
}

// Register returns a page of the supervisions that a filter chooses. NotFound for whoever reads
// none.
func (a *Service) Register(ctx context.Context, actor registry.Actor, f committee.SupervisionFilter) (l Register, err error) {
	f.Today, l.Counts = a.Today(), map[committee.SupervisionState]int{}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &f); err != nil {
			return err
		}
		if l.Rows, err = tx.Supervisions(ctx, f); err != nil {
			return err
		}
		if l.N, err = tx.CountSupervisions(ctx, f); err != nil {
			return err
		}
		each := f
		each.Counts = true
		for _, state := range committee.SupervisionStates {
			each.State = state
			if l.Counts[state], err = tx.CountSupervisions(ctx, each); err != nil {
				return err
			}
			l.All += l.Counts[state]
		}
		bodies, err := supervisors(ctx, tx, actor)
		l.Enters = len(bodies) > 0 || actor.CanSomewhere(registry.ManagePlan)
		if err != nil {
			return err
		}
		l.Names, err = bodyNames(ctx, tx)
		return err
	})
	return l, err
}

// Late counts the recommendations whose answer was due before today, among those that the actor
// reads.
func (a *Service) Late(ctx context.Context, actor registry.Actor) (n int, err error) {
	f := committee.SupervisionFilter{State: committee.SupervisionLate, Today: a.Today(), Counts: true}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &f); err != nil {
			return err
		}
		n, err = tx.CountSupervisions(ctx, f)
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return 0, nil
	}
	return n, err
}

// OfEvent counts the supervisions of an event, among those that the actor reads.
func (a *Service) OfEvent(ctx context.Context, actor registry.Actor, event registry.EventID) (n int, err error) {
	f := committee.SupervisionFilter{Event: event, Counts: true}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &f); err != nil {
			return err
		}
		n, err = tx.CountSupervisions(ctx, f)
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return 0, nil
	}
	return n, err
}

// bodyNames are the names of all bodies by id.
func bodyNames(ctx context.Context, tx *store.Tx) (map[registry.BodyID]string, error) {
	all, err := tx.Bodies(ctx, nil)
	names := make(map[registry.BodyID]string, len(all))
	for _, b := range all {
		names[b.ID] = b.Name
	}
	return names, err
}

// File is a supervision as its page shows it.
type File struct {
	committee.SupervisionHeld
	Rights
	ByName      string
	SubjectSaid string // the body or the words
	EventTitle  string
	TaskTitles  []string
}

// Supervision returns a supervision to whoever may read it, else NotFound.
func (a *Service) Supervision(ctx context.Context, actor registry.Actor, id registry.SupervisionID) (f File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if f.SupervisionHeld, f.Rights, err = a.heldFor(ctx, tx, actor, id); err != nil {
			return err
		}
		names, err := bodyNames(ctx, tx)
		if err != nil {
			return err
		}
		f.ByName, f.SubjectSaid = names[f.By], names[f.Subject]+f.SubjectName
		if f.Event != "" {
			e, err := tx.Event(ctx, f.Event)
			if err != nil {
				return err
			}
			f.EventTitle = e.Title
		}
		for _, t := range f.Tasks {
			task, err := tx.Task(ctx, t)
			if err != nil {
				return err
			}
			f.TaskTitles = append(f.TaskTitles, task.Title)
		}
		return nil
	})
	return f, err
}

// Paper is which paper of a supervision is meant.
type Paper string

// The papers.
const (
	OfSupervision Paper = "giam-sat"
	OfAnswer      Paper = "tra-loi"
)

// Paper returns a paper of a supervision that the actor may read, or NotFound.
func (a *Service) Paper(ctx context.Context, actor registry.Actor, id registry.SupervisionID, which Paper) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, _, err := a.heldFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		file := map[Paper]registry.FileID{OfSupervision: s.Evidence, OfAnswer: s.AnswerFile}[which]
		if file == "" {
			return core.ErrHidden()
		}
		f, err = tx.File(ctx, file, registry.PhotoWhole)
		return err
	})
	return f, err
}

// Choices are what the form of a supervision offers.
type Choices struct {
	Supervisors []committee.Body // for which the actor may write
	Subjects    []committee.Body
	Events      []registry.Event // the newest
	Tasks       []committee.Task // that count supervisions and are not over
	Area        registry.AreaRef // of the only body of the actor; zero is not known
}

// eventsOffered is how many events a form offers.
const eventsOffered = 40

// Choices returns what the form of a supervision offers. NotFound for whoever may write none.
func (a *Service) Choices(ctx context.Context, actor registry.Actor) (c Choices, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if c.Supervisors, err = supervisors(ctx, tx, actor); err != nil {
			return err
		}
		stands := func(b committee.Body) bool { return !b.StandsOn(a.Today()) }
		c.Supervisors = slices.DeleteFunc(c.Supervisors, stands)
		if len(c.Supervisors) == 0 && !actor.CanSomewhere(registry.ManagePlan) {
			return core.ErrHidden()
		}
		if len(c.Supervisors) == 1 {
			c.Area = c.Supervisors[0].Area
		}
		all, err := tx.Bodies(ctx, nil)
		if err != nil {
			return err
		}
		c.Subjects = slices.DeleteFunc(all, stands)
		codes, whole := actor.Reach(registry.ViewTasks)
		events, _, err := tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !whole, Latest: true, Limit: eventsOffered})
		if err != nil {
			return err
		}
		c.Events = slices.DeleteFunc(events, func(e registry.Event) bool { return e.State == registry.Draft })
		c.Tasks, err = countingTasks(ctx, tx, actor)
		return err
	})
	return c, err
}

// supervisors are the bodies for which the actor may write: those it acts for, and the Front and
// organisations in the areas in which it manages plans.
func supervisors(ctx context.Context, tx *store.Tx, actor registry.Actor) (list []committee.Body, err error) {
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return nil, err
	}
	codes, all := actor.Reach(registry.ManagePlan)
	managed := []committee.Body{}
	if all || len(codes) > 0 {
		if all {
			codes = nil
		}
		if managed, err = tx.Bodies(ctx, codes); err != nil {
			return nil, err
		}
	}
	for _, b := range managed {
		if b.Kind.Supervises() {
			list = append(list, b)
		}
	}
	for _, id := range own {
		if slices.ContainsFunc(list, func(b committee.Body) bool { return b.ID == id }) {
			continue
		}
		b, err := tx.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		if b.Kind.Supervises() {
			list = append(list, b)
		}
	}
	return list, nil
}

// countingTasks are the tasks that count supervisions and are not over, of the plans that the
// actor reads or of its own bodies.
func countingTasks(ctx context.Context, tx *store.Tx, actor registry.Actor) (tasks []committee.Task, err error) {
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return nil, err
	}
	codes, all := actor.Reach(registry.ViewPlan)
	readable := map[registry.PlanID]bool{}
	if all || len(codes) > 0 {
		if all {
			codes = nil
		}
		plans, err := tx.Plans(ctx, codes)
		if err != nil {
			return nil, err
		}
		for _, p := range plans {
			readable[p.ID] = true
		}
	}
	found, err := tx.Tasks(ctx, committee.TaskFilter{States: []committee.TaskState{committee.TaskOpen, committee.TaskInProgress}})
	for _, t := range found {
		mine := slices.ContainsFunc(t.Bodies(), func(b registry.BodyID) bool { return slices.Contains(own, b) })
		if t.Source == committee.SupervisionSource && (readable[t.Plan] || mine) {
			tasks = append(tasks, t)
		}
	}
	return tasks, err
}
