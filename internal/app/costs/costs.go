// Package costs holds the use cases of what plans and events of the campaign cost: lines by
// kind and source, estimated and spent, of one event or of a plan and shared over several
// events.
//
// What bodies buy and producers are given belongs to package procurement, what vendors sell
// to package reports.
package costs

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

// Owner is what a line of cost is of: a plan or an event.
type Owner struct {
	Plan  registry.PlanID
	Event registry.EventID
}

// OwnerOf is what a line is of.
func OwnerOf(c committee.Cost) Owner { return Owner{c.Plan, c.Event} }

// owned is an owner as it was read for somebody.
type owned struct {
	Owner
	title  string
	area   registry.AreaRef
	year   int
	reads  bool
	writes bool
}

// ownerFor reads an owner with what the actor may do with its lines: whoever reads plans in
// its area reads them; whoever manages the plan, or the events there, writes them.
func (a *Service) ownerFor(ctx context.Context, tx *store.Tx, actor registry.Actor, o Owner) (w owned, err error) {
	w.Owner = o
	right := registry.ManagePlan
	if o.Event != "" {
		e, err := tx.Event(ctx, o.Event)
		if err != nil {
			return w, err
		}
		w.title, w.area, right = e.Title, e.Area, registry.ManageEvents
	} else {
		p, err := tx.Plan(ctx, o.Plan)
		if err != nil {
			return w, err
		}
		w.title, w.area, w.year = p.Title, p.Area, p.Year
	}
	scope := a.Areas.Scope(w.area)
	if w.reads, w.writes = actor.Can(registry.ViewPlan, scope), actor.Can(right, scope); !w.reads {
		return owned{}, core.ErrHidden()
	}
	return w, nil
}

// lineFor reads a line for whoever may read what it is of, or write it if that is asked; else
// it is NotFound.
func (a *Service) lineFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.CostID, write bool) (c committee.Cost, w owned, err error) {
	if c, err = tx.Cost(ctx, id); err != nil {
		return c, w, err
	}
	w, err = a.ownerFor(ctx, tx, actor, OwnerOf(c))
	if err == nil && write && !w.writes {
		err = core.ErrHidden()
	}
	return c, w, err
}

// Line is a line of cost as it stands in the costs of an event or plan.
type Line struct {
	committee.Cost       // with the event's piece of a line that is shared
	Whole          int64 // what the whole line estimates, where the event has a piece of it
	Shared         bool
	Readable       bool // the actor may open the line
}

// EventSum is what an event of a plan's year costs by its own lines.
type EventSum struct {
	Event registry.Event
	Own   committee.CostSum
}

// Book is the costs of an event or plan.
type Book struct {
	Owner
	Title    string
	Year     int // of a plan
	Lines    []Line
	ByKind   map[committee.CostKind]committee.CostSum // of the lines below
	BySource map[committee.CostSource]committee.CostSum
	Total    committee.CostSum // without fees that were waived; of a plan with its events
	Waived   committee.CostSum
	Events   []EventSum // of a plan: those of its year and unit with lines of their own
	Writes   bool
	Area     registry.AreaRef // in which the event or plan lies
}

func newBook(o Owner) Book {
	return Book{Owner: o, ByKind: map[committee.CostKind]committee.CostSum{}, BySource: map[committee.CostSource]committee.CostSum{}}
}

// add takes a line into the sums of a book. What is struck out counts nowhere.
func (b *Book) add(c committee.Cost) {
	if c.Struck.Is() {
		return
	}
	b.ByKind[c.Kind] = b.ByKind[c.Kind].Add(c.Sum())
	if !c.Kind.Spends() {
		b.Waived = b.Waived.Add(c.Sum())
		return
	}
	b.BySource[c.Source] = b.BySource[c.Source].Add(c.Sum())
	b.Total = b.Total.Add(c.Sum())
}

// Book returns the costs of an event or plan. NotFound for whoever reads no plan in its area.
func (a *Service) Book(ctx context.Context, actor registry.Actor, o Owner) (b Book, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := a.ownerFor(ctx, tx, actor, o)
		if err != nil {
			return err
		}
		b = newBook(o)
		b.Title, b.Year, b.Area, b.Writes = w.title, w.year, w.area, w.writes
		if o.Event != "" {
			return a.eventLines(ctx, tx, actor, &b)
		}
		return a.planLines(ctx, tx, w, &b)
	})
	return b, err
}

// eventLines reads the lines of an event, with its pieces of those that are shared.
func (a *Service) eventLines(ctx context.Context, tx *store.Tx, actor registry.Actor, b *Book) error {
	list, err := tx.CostsOfEvent(ctx, b.Event)
	if err != nil {
		return err
	}
	for _, c := range list {
		piece, _ := c.For(b.Event)
		line := Line{Cost: piece, Whole: c.Estimate, Shared: c.Event == "", Readable: true}
		if line.Shared {
			_, err := a.ownerFor(ctx, tx, actor, OwnerOf(c))
			if err != nil && registry.KindOf(err) != registry.NotFound {
				return err
			}
			line.Readable = err == nil
		}
		b.Lines = append(b.Lines, line)
		b.add(piece)
	}
	return nil
}

// planLines reads the lines of a plan, and adds those of the events of its year and unit.
func (a *Service) planLines(ctx context.Context, tx *store.Tx, w owned, b *Book) error {
	list, err := tx.CostsOfPlan(ctx, b.Plan)
	if err != nil {
		return err
	}
	for _, c := range list {
		b.Lines = append(b.Lines, Line{Cost: c, Shared: len(c.Shares) > 0, Readable: true})
		b.add(c)
	}
	events, err := a.yearEvents(ctx, tx, w)
	if err != nil {
		return err
	}
	ids := make([]registry.EventID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	lines, err := tx.CostsOfEvents(ctx, ids)
	if err != nil {
		return err
	}
	for _, e := range events {
		sum := EventSum{Event: e}
		for _, c := range lines {
			if c.Event == e.ID && !c.Struck.Is() {
				b.add(c)
				if c.Kind.Spends() {
					sum.Own = sum.Own.Add(c.Sum())
				}
			}
		}
		if sum.Own.Rows > 0 {
			b.Events = append(b.Events, sum)
		}
	}
	return nil
}

// yearEvents are the events of a plan's year and unit, the first one first.
func (a *Service) yearEvents(ctx context.Context, tx *store.Tx, w owned) (events []registry.Event, err error) {
	scope := a.Areas.Scope(w.area)
	for _, kind := range registry.EventKinds {
		found, err := tx.PlanEvents(ctx, kind, scope[:min(1, len(scope))], committee.Plan{Year: w.year}.FirstDay()[:4])
		if err != nil {
			return nil, err
		}
		events = append(events, found...)
	}
	slices.SortStableFunc(events, func(x, y registry.Event) int { return registry.DaysBetween(y.OpensOn, x.OpensOn) })
	return events, nil
}

// EventSum is what an event costs, its pieces of shared lines too; false for whoever does not
// read it.
func (a *Service) EventSum(ctx context.Context, actor registry.Actor, e registry.Event) (sum committee.CostSum, reads bool, err error) {
	if !actor.Can(registry.ViewPlan, a.Areas.Scope(e.Area)) {
		return sum, false, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.CostsOfEvent(ctx, e.ID)
		b := newBook(Owner{Event: e.ID})
		for _, c := range list {
			piece, _ := c.For(e.ID)
			b.add(piece)
		}
		sum = b.Total
		return err
	})
	return sum, true, err
}

// LineFile is a line as its page shows it.
type LineFile struct {
	committee.Cost
	OwnerTitle string
	Events     map[registry.EventID]string // titles of the events that it is shared over
	Writes     bool
}

// Line returns a line to whoever reads plans where it belongs, else NotFound.
func (a *Service) Line(ctx context.Context, actor registry.Actor, id registry.CostID) (f LineFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, w, err := a.lineFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		f = LineFile{Cost: c, OwnerTitle: w.title, Writes: w.writes, Events: map[registry.EventID]string{}}
		for _, s := range c.Shares {
			e, err := tx.Event(ctx, s.Event)
			if err != nil {
				return err
			}
			f.Events[s.Event] = e.Title
		}
		return nil
	})
	return f, err
}

// Choices are what the form of a line offers: the events of a plan's year and unit; none of an
// event's. NotFound for whoever may not write it.
func (a *Service) Choices(ctx context.Context, actor registry.Actor, o Owner) (title string, events []registry.Event, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := a.ownerFor(ctx, tx, actor, o)
		if err == nil && !w.writes {
			err = core.ErrHidden()
		}
		if title = w.title; err != nil || o.Event != "" {
			return err
		}
		events, err = a.yearEvents(ctx, tx, w)
		return err
	})
	return title, events, err
}

// Photo returns the photo of the paper of a line that the actor may read, or NotFound.
func (a *Service) Photo(ctx context.Context, actor registry.Actor, id registry.CostID, size registry.PhotoSize) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, _, err := a.lineFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		if c.Photo == "" {
			return core.ErrHidden()
		}
		f, err = tx.File(ctx, c.Photo, size)
		return err
	})
	return f, err
}
