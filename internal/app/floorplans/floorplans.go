// Package floorplans holds the use cases of drawn plans: an event's plan is drawn as a draft,
// looked over, and published, which makes the booths of the event what is drawn.
//
// What a plan may hold and what is wrong with it belongs to package floorplan, what becomes of
// booths and passes to the rooms of booths and passes.
package floorplans

import (
	"context"
	"errors"
	"slices"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/fact"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/floorplan"
)

// Service runs the use cases of drawn plans. New makes one.
type Service struct {
	*core.Core
	Events *events.Service
	Booths *booths.Service
}

// New makes a Service on what all share, which changes booths by their own room.
func New(c *core.Core, e *events.Service, b *booths.Service) *Service {
	return &Service{Core: c, Events: e, Booths: b}
}

// Plan is a version of the plan of an event, and State a step of it.
type (
	Plan  = kept.Plan
	State = kept.State
)

// The states of a version.
const (
	Draft     = kept.Draft
	Checked   = kept.Checked
	Published = kept.Published
	Past      = kept.Past
)

// versions is how many versions of a plan are listed.
const versions = 30

// Ref names the version of a plan, and its change, from which somebody edits. N is 0 before there
// is any plan.
type Ref struct {
	Event   registry.EventID
	N       int
	Version int64
}

// Desk is the plan of an event as its office works on it.
type Desk struct {
	Event    registry.Event
	Working  *kept.Plan // the draft, nil where there is none
	InForce  *kept.Plan // the published plan, nil where there is none
	Versions []kept.Plan
	Booths   []registry.Booth
	Vendors  map[registry.BoothID]registry.BoothVendor
	Findings []floorplan.Finding // of what is shown
	Undo     *kept.Undo          // the change of the draft that can be taken back, nil where there is none
	removed  []kept.Removed      // booths that published plans have removed
	named    map[registry.BoothID]bool
	MayEdit  bool // the actor may change the plan now
	Over     bool // nobody may any more
}

// Shown is the plan that is worked on: the draft, else the published one, else nil.
func (d Desk) Shown() *kept.Plan {
	if d.Working != nil {
		return d.Working
	}
	return d.InForce
}

// Ref is what an edit of what is shown begins from.
func (d Desk) Ref() Ref {
	r := Ref{Event: d.Event.ID}
	if p := d.Shown(); p != nil {
		r.N, r.Version = p.N, p.Version
	}
	return r
}

// Desk returns the plan of an event for its office. It is NotFound for whoever does not see the
// office of its area.
func (s *Service) Desk(ctx context.Context, actor registry.Actor, event registry.EventID) (d Desk, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		if d.Event, err = s.Events.EventFor(ctx, tx, actor, registry.ViewOffice, event); err != nil {
			return err
		}
		d.Over = booths.GivesBooths(d.Event) != nil
		d.MayEdit = !d.Over && actor.Can(registry.ManageBooths, s.Areas.Scope(d.Event.Area))
		return d.read(ctx, tx)
	})
	d.look(nil)
	return d, err
}

// look finds what is wrong with what is shown, unless somebody has looked at the same already. It may take long:
// nobody should wait for it.
func (d *Desk) look(before *Desk) {
	p := d.Shown()
	switch {
	case p == nil:
	case before != nil && before.Shown() != nil && floorplan.Equal(before.Shown().Layout, p.Layout) && slices.Equal(before.Given(), d.Given()):
		d.Findings = before.Findings
	default:
		d.Findings = floorplan.Check(p.Layout, d.Given())
	}
}

func (d *Desk) read(ctx context.Context, tx *store.Tx) (err error) {
	if d.Working, err = kept.Working(ctx, tx, d.Event.ID); err != nil {
		return err
	}
	if d.InForce, err = kept.InForce(ctx, tx, d.Event.ID); err != nil {
		return err
	}
	if d.Working != nil {
		if d.Undo, err = kept.LastChange(ctx, tx, *d.Working); err != nil {
			return err
		}
	}
	if d.Versions, err = kept.Versions(ctx, tx, d.Event.ID, versions); err != nil {
		return err
	}
	if d.Booths, err = tx.Booths(ctx, d.Event.ID); err != nil {
		return err
	}
	if d.removed, err = kept.AllRemoved(ctx, tx, d.Event.ID); err != nil {
		return err
	}
	if d.named, err = kept.Named(ctx, tx, d.Event.ID); err != nil {
		return err
	}
	codes := booths.CodesOf(d.Booths)
	for _, p := range []*kept.Plan{d.Working, d.InForce} {
		if p != nil {
			p.Layout = p.Layout.Relinked(codes)
		}
	}
	vendors, err := tx.BoothVendors(ctx, d.Event.ID)
	d.Vendors = make(map[registry.BoothID]registry.BoothVendor, len(vendors))
	for _, v := range vendors {
		d.Vendors[v.Booth] = v
	}
	return err
}

// Given are the booths of the event as the plan is held against them.
func (d *Desk) Given() (given []floorplan.Given) {
	for _, b := range d.Booths {
		g := floorplan.Given{ID: string(b.ID), Code: b.Code, W: b.WidthCM, H: b.DepthCM, Owner: d.Vendors[b.ID].Name, InUse: d.named[b.ID],
			Had: b.State == registry.BoothAssigned || b.State == registry.BoothHeld}
		given = append(given, g)
	}
	return given
}

// Version returns a version of an event's plan for its office.
func (s *Service) Version(ctx context.Context, actor registry.Actor, event registry.EventID, n int) (p kept.Plan, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if _, err = s.Events.EventFor(ctx, tx, actor, registry.ViewOffice, event); err != nil {
			return err
		}
		p, err = kept.Get(ctx, tx, event, n)
		return err
	})
	return p, err
}

// Input is a plan as somebody has edited it.
type Input struct {
	Ref
	Layout floorplan.Layout
	Chosen map[string]floorplan.Choice // whose change is kept where two changed one object
	Seen   Ref                         // the plan of the other when that was chosen
}

// Saved is what became of it.
type Saved struct {
	Plan kept.Plan
	Open []floorplan.Conflict // objects that somebody else changed too, with what was chosen: nothing was saved
	Mine floorplan.Layout     // the plan as it was to be
	By   string               // who did
	Told bool                 // somebody else's changes are in it too
}

// Save keeps a plan as the event's draft, which there is from then on. Where somebody else has saved since
// it was read, changes of different objects are both kept; where both changed one object, it is a Conflict
// with Saved.Open, until each is chosen. The actor needs ManageBooths; Invalid where the plan cannot be.
func (s *Service) Save(ctx context.Context, actor registry.Actor, in Input) (saved Saved, err error) {
	return s.save(ctx, actor, in, nil)
}

// errSame ends a transaction in which nothing has changed.
var errSame = errors.New("floor plan: nothing changed")

// Edit changes the plan from which a Ref says that it was shown, and saves it as Save does.
func (s *Service) Edit(ctx context.Context, actor registry.Actor, in Input, fn Edit) (Saved, error) {
	return s.save(ctx, actor, in, fn)
}

func (s *Service) save(ctx context.Context, actor registry.Actor, in Input, fn Edit) (saved Saved, err error) {
	err = s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		saved = Saved{}
		e, err := s.Booths.LockPlan(ctx, tx, actor, in.Event)
		if err != nil {
			return registry.Change{}, err
		}
		at, err := s.standing(ctx, tx, in.Ref)
		if err != nil {
			return registry.Change{}, err
		}
		list, err := tx.Booths(ctx, in.Event)
		if err != nil {
			return registry.Change{}, err
		}
		merged, err := at.merged(in, fn, booths.CodesOf(list), &saved)
		if err != nil {
			return registry.Change{}, err
		}
		saved.Plan, saved.Told = at.plan, !floorplan.Equal(at.base, at.theirs)
		if at.plan.N != 0 && floorplan.Equal(merged, at.theirs) {
			return registry.Change{}, errSame
		}
		added, gone, changed := floorplan.Differences(at.theirs, merged)
		p := at.plan
		p.Event, p.Layout, p.SavedBy, p.SavedAs = in.Event, merged, actor.Account, actor.Name
		if at.draft {
			err = kept.Save(ctx, tx, &p)
		} else {
			err = kept.Insert(ctx, tx, &p, at.from())
		}
		saved.Plan = p
		return s.change("floor_plan.save", e, p, fact.Count("added", added), fact.Count("gone", gone), fact.Count("changed", changed)), err
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return saved, err
}

// merged is what is kept of an edit and of what others have saved since it began; codes are the numbers of the event's booths.
// Where both changed one object and nobody has chosen yet, saved gets the question.
func (at *standing) merged(in Input, fn Edit, codes map[string]string, saved *Saved) (merged floorplan.Layout, err error) {
	at.base, at.theirs = at.base.Relinked(codes), at.theirs.Relinked(codes)
	mine := in.Layout
	if fn != nil {
		if mine, err = fn(at.base); err != nil {
			return merged, faultOf(err)
		}
	}
	if err := mine.Valid(); err != nil {
		return merged, faultOf(err)
	}
	mine = mine.Relinked(codes)
	merged, open := floorplan.Merge(at.base, at.theirs, mine, in.Chosen)
	n := floorplan.Open(open)
	if len(open) > 0 && (in.Seen.N != at.plan.N || in.Seen.Version != at.plan.Version) {
		n = len(open) // what was chosen was about another plan
	}
	if n > 0 {
		saved.Open, saved.By, saved.Plan, saved.Mine = open, at.by, at.plan, mine
		return merged, registry.E(registry.Conflict, "floor_plan.error.both", n, at.by)
	}
	merged = merged.Relinked(codes) // each may have drawn the same booth
	if err := merged.Valid(); err != nil {
		return merged, faultOf(err)
	}
	return merged, nil
}

// standing is where an edit begins and what it meets.
type standing struct {
	plan         kept.Plan // the draft, or the published plan that a draft begins from
	draft        bool
	base, theirs floorplan.Layout
	by           string // who saved last
}

// from is what a new draft begins from, nil where there is no plan yet.
func (at standing) from() *floorplan.Layout {
	if at.plan.N == 0 {
		return nil
	}
	return &at.theirs
}

// standing reads what an edit begins from, and what is kept now. An edit that begins from the published plan meets
// the draft that somebody else has begun since. Where it is not known any more what an edit began from, nobody can
// tell what it changed: it is a Conflict, and so is a first plan where there is one already.
func (s *Service) standing(ctx context.Context, tx *store.Tx, r Ref) (at standing, err error) {
	working, err := kept.Working(ctx, tx, r.Event)
	if err != nil {
		return at, err
	}
	inForce, err := kept.InForce(ctx, tx, r.Event)
	if err != nil {
		return at, err
	}
	switch {
	case working != nil:
		at.plan, at.draft = *working, true
	case inForce != nil:
		at.plan = *inForce
	default:
		at.plan.Layout = floorplan.New(floorplan.Empty, nil, 0, store.NewID[string])
	}
	at.theirs, at.by = at.plan.Layout, at.plan.SavedAs
	switch {
	case r.N == at.plan.N && r.Version == at.plan.Version:
		at.base = at.theirs
		return at, nil
	case r.N == 0:
		return at, errBase()
	}
	if at.base, err = begun(ctx, tx, r); err == nil && at.plan.N == 0 { // it was put aside
		err = errBase()
	}
	return at, err
}

// begun is the plan as it was at the change from which an edit begins.
func begun(ctx context.Context, tx *store.Tx, r Ref) (floorplan.Layout, error) {
	from, err := kept.Get(ctx, tx, r.Event, r.N)
	if err != nil {
		return floorplan.Layout{}, err
	}
	l, ok, err := kept.Base(ctx, tx, from, r.Version)
	switch {
	case err != nil || ok:
		return l, err
	case from.Version == r.Version:
		return from.Layout, nil
	}
	return l, errBase()
}

func errBase() error { return registry.E(registry.Conflict, errBaseKey) }

// errBaseKey says that it is not known what an edit began from.
const errBaseKey = "floor_plan.error.base"

// Lost reports whether an edit was refused because it is not known any more from which plan it began.
func Lost(err error) bool {
	e, ok := errors.AsType[*registry.Error](err)
	return ok && e.Key == errBaseKey
}

// fieldKeys say in words what cannot be.
var fieldKeys = map[string]string{"code": "floor_plan.error.code", "edge": "floor_plan.error.edge", "label": "floor_plan.error.label", "lane": "floor_plan.error.lane",
	"w": "floor_plan.error.width", "h": "floor_plan.error.depth", "x": "floor_plan.error.place", "y": "floor_plan.error.place", "turn": "floor_plan.error.turn",
	"kind": "error.choose", "booth": "floor_plan.error.twice", "objects": "floor_plan.error.many", "size": "floor_plan.error.many"}

// Read reads a plan that was sent as JSON.
func Read(raw []byte) (floorplan.Layout, error) {
	l, err := floorplan.Decode(raw)
	if err != nil {
		return l, faultOf(err)
	}
	return l, nil
}

// faultOf turns what package floorplan refuses into an error for people.
func faultOf(err error) error {
	f, ok := errors.AsType[floorplan.Fault](err)
	if !ok {
		return err
	}
	key, ok := fieldKeys[f.Field]
	if !ok {
		return registry.E(registry.Malformed, "floor_plan.error.form")
	}
	return registry.At(f.Field, key, floorplan.MaxObjects)
}

// change is the line of the audit log for a step of a plan.
func (s *Service) change(action string, e registry.Event, p kept.Plan, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "event", ID: string(e.ID), Scope: s.Areas.Scope(e.Area), Detail: append(fact.Facts{fact.Number("plan_n", p.N)}, facts...)}
}
