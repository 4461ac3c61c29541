package booths

import (
	"context"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Choice is an application as it was shown in a list.
type Choice struct {
	ID      registry.ApplicationID
	Version int64
}

// Left is an application that was chosen and that a batch passes over.
type Left struct {
	Choice
	Number int64  // 0: there is no such application
	Vendor string // name
	Fault  error  // *LackingPapers where a reason is needed
}

// Batch is one decision on many applications.
type Batch struct {
	To      registry.ApplicationState // approved, needs_info or waitlisted
	Choices []Choice
	Reason  string   // told to each; none in an approval
	Asks    []string // of each, as in Decision
	Found   bool     // of each what the program found lacking, as in Decision
}

// BatchDone says what became of a batch.
type BatchDone struct {
	Done int
	Left []Left // in the order of choice
	Ref  BatchRef
}

// BatchEffect is what a batch would do now.
type BatchEffect struct {
	BatchDone
	Rows   []Choice      // that would be decided on, in the order of choice
	Booths int           // that an approval promises
	Lacks  int           // of Rows, in which the program found something lacking
	Told   events.Effect // vendors that get a letter, and vendors to call
	Fairs  []BatchFair   // with booths, whose places an approval takes
}

// BatchFair is an event whose places a batch of approvals takes.
type BatchFair struct {
	Title        string
	Booths       int // 0: they are not laid out, any number may be approved
	Before, Left int // places left before the batch, and after it
}

// leave notes an application that is passed over for a fault of its own. A fault of ours is
// no reason to pass anybody over: it is returned, and ends the batch.
func (d *BatchDone) leave(l Left) error {
	switch registry.KindOf(l.Fault) {
	case registry.Internal, registry.Unavailable:
		return l.Fault
	}
	d.Left = append(d.Left, l)
	return nil
}

// oneByOne does something to each of the chosen applications that the actor may decide on.
func (a *Service) oneByOne(ctx context.Context, actor registry.Actor, choices []Choice, do func(Choice, registry.Application) error) (done BatchDone, err error) {
	for _, c := range choices {
		x, fault := a.chosen(ctx, actor, c.ID)
		if fault == nil {
			fault = do(c, x.app)
		}
		if fault == nil {
			done.Done++
			continue
		}
		if err := done.leave(Left{c, x.app.Number, x.vendor, fault}); err != nil {
			return done, err
		}
	}
	return done, nil
}

// DecideMany decides on applications one by one, an approval with the booths that each
// asks for, and says how many were decided on and which were left. An approval leaves
// whoever lacks a paper: it needs a reason of its own. It is Invalid at reason if the
// vendors are to be asked for nothing, and at decision for any other decision.
func (a *Service) DecideMany(ctx context.Context, actor registry.Actor, b Batch) (done BatchDone, err error) {
	if err := b.fault(); err != nil {
		return done, err
	}
	from := a.NowMS()
	done, err = a.oneByOne(ctx, actor, b.Choices, func(c Choice, app registry.Application) error {
		return a.decideOne(ctx, actor, b, c, app.Booths)
	})
	done.Ref = BatchRef{To: b.To, From: from, Until: a.NowMS()}
	return done, err
}

func (b Batch) fault() error {
	switch b.To {
	case registry.AppApproved, registry.AppWaitlisted, registry.AppNeedsInfo:
		d, err := Decision{Reason: b.Reason}.withReason(false)
		if err == nil && b.To == registry.AppNeedsInfo && d.Reason == "" && !b.names() {
			return registry.At("reason", "ask.error.nothing")
		}
		return err
	}
	return registry.At("decision", "error.choose")
}

// names reports whether things are asked for by name.
func (b Batch) names() bool { return len(b.Asks) > 0 || b.Found }

func (a *Service) decideOne(ctx context.Context, actor registry.Actor, b Batch, c Choice, booths int) error {
	d := Decision{Version: c.Version, Reason: b.Reason, Asks: b.Asks, Found: b.Found}
	switch b.To {
	case registry.AppWaitlisted:
		return a.WaitlistApplication(ctx, actor, c.ID, d)
	case registry.AppNeedsInfo:
		return a.AskForMore(ctx, actor, c.ID, d)
	}
	return a.ApproveApplication(ctx, actor, c.ID, Decision{Version: c.Version, Granted: booths}) // one reason for all is none
}

// BatchEffect tells what a batch would do and whom it would leave, without doing it.
func (a *Service) BatchEffect(ctx context.Context, actor registry.Actor, b Batch) (x BatchEffect, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		fairs := map[registry.EventID]int{}
		for _, c := range b.Choices {
			l := Left{Choice: c}
			if l.Fault = a.tryOne(ctx, tx, trial{actor, b, &l, fairs, &x}); l.Fault == nil {
				x.Rows, x.Done = append(x.Rows, c), x.Done+1
			} else if err := x.leave(l); err != nil {
				return err
			}
		}
		return nil
	})
	return x, err
}

// trial is one application of a batch that is tried.
type trial struct {
	actor registry.Actor
	b     Batch
	left  *Left
	fairs map[registry.EventID]int // where an event stands in BatchEffect.Fairs
	x     *BatchEffect
}

// tryOne says why a decision of a batch would be refused; if it would not, it is
// counted.
func (a *Service) tryOne(ctx context.Context, tx *store.Tx, t trial) error {
	s, err := subjectOf(ctx, tx, t.left.ID)
	if err != nil {
		return err
	}
	app, e := s.app, s.event
	if err := a.mayReview(t.actor, app, e); err != nil {
		return err
	}
	t.left.Number, t.left.Vendor = app.Number, s.vendor
	switch {
	case app.Version != t.left.Version:
		return registry.E(registry.Conflict, "error.stale")
	case !app.State.CanBecome(t.b.To):
		return registry.E(registry.Conflict, "error.application.step")
	}
	if err := givesBooths(e); err != nil {
		return err
	}
	switch t.b.To {
	case registry.AppApproved:
		err = t.tryApproval(ctx, tx, app, e)
	case registry.AppNeedsInfo:
		err = t.tryAsking(ctx, tx, app, e)
	}
	if err != nil {
		return err
	}
	told, err := a.willReach(ctx, tx, app.ID)
	t.x.Told.Letters += told.Letters
	t.x.Told.Calls += told.Calls
	return err
}

// tryAsking says why a vendor would not be asked, and counts those in whose application
// the program found something lacking.
func (t trial) tryAsking(ctx context.Context, tx *store.Tx, app registry.Application, e registry.Event) error {
	g, err := groundsOf(ctx, tx, app, e)
	if err != nil {
		return err
	}
	if t.b.names() {
		if _, err := g.asked(Decision{Reason: t.b.Reason, Asks: t.b.Asks, Found: t.b.Found}); err != nil {
			return err
		}
	}
	if len(g.lacking()) > 0 {
		t.x.Lacks++
	}
	return nil
}

// tryApproval says why an approval would be refused after those before it; if it would
// not, its booths are taken.
func (t trial) tryApproval(ctx context.Context, tx *store.Tx, app registry.Application, e registry.Event) error {
	if err := mayCome(ctx, tx, app.Vendor, registry.AppApproved); err != nil {
		return err
	}
	lacking, err := FindLacking(ctx, tx, app, e)
	if err != nil {
		return err
	}
	fair, err := t.fair(ctx, tx, e)
	switch {
	case err != nil:
		return err
	case fair.Booths > 0 && fair.Left < app.Booths:
		return registry.E(registry.Conflict, "error.application.no_place", fair.Left)
	case len(lacking) > 0:
		return &LackingPapers{Findings: lacking}
	}
	if fair.Booths > 0 {
		fair.Left -= app.Booths
	}
	t.x.Booths += app.Booths
	return nil
}

// fair is the event of an application, with the places that those before it have left.
func (t trial) fair(ctx context.Context, tx *store.Tx, e registry.Event) (*BatchFair, error) {
	i, known := t.fairs[e.ID]
	if !known {
		places, err := tx.Places(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		i = len(t.x.Fairs)
		t.fairs[e.ID] = i
		t.x.Fairs = append(t.x.Fairs, BatchFair{e.Title, places.Booths, max(places.Left(), 0), max(places.Left(), 0)})
	}
	return &t.x.Fairs[i], nil
}

// chosen reads an application that was chosen, with the name of its vendor. It is
// NotFound unless the actor may see it.
func (a *Service) chosen(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (s subject, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := subjectOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := a.mayReview(actor, found.app, found.event); err != nil {
			return err
		}
		s = found
		return nil
	})
	return s, err
}

// subject is an application with its event and the name of its vendor.
type subject struct {
	app    registry.Application
	event  registry.Event
	vendor string
}

func subjectOf(ctx context.Context, tx *store.Tx, id registry.ApplicationID) (s subject, err error) {
	if s.app, err = tx.Application(ctx, id); err != nil {
		return s, err
	}
	if s.event, err = tx.Event(ctx, s.app.Event); err != nil {
		return s, err
	}
	v, err := tx.Vendor(ctx, s.app.Vendor)
	s.vendor = v.Name
	return s, err
}
