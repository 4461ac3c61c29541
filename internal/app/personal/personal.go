// Package personal holds the use cases of what people ask about their own data: they send a
// request without an account and follow it by a code; administrators answer within clocks;
// the words are destroyed some time after it is closed.
//
// An account is erased here too; to carry out what else is asked belongs to the room of what
// is changed.
package personal

import (
	"context"
	"encoding/json"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/personal"
	"hoicho/internal/vn"
)

// Service runs the use cases. New makes one.
type Service struct {
	*core.Core
	sent  *core.Limiter // by network
	taken *core.Limiter // files of what is kept, by account
}

// New makes a Service on what all share.
func New(c *core.Core) *Service {
	return &Service{c, core.NewLimiter(20, 2*time.Minute), core.NewLimiter(3, 10*time.Minute)}
}

// Input is what the form of a request holds, as it was typed.
type Input struct {
	Kind string `form:"kind"`
	Name string `form:"name"`
	Way  string `form:"contact"`
	Text string `form:"text" lines:"many"`
	Net  string // where it comes from; strangers send a few alone
}

// Sent is a request that has come in.
type Sent struct {
	personal.Request
	Code string // that follows it; told once
}

// place binds the sealed words of a request to it.
func place(id personal.ID) string { return "personal/" + string(id) }

// Send takes in a request of anybody. Invalid at a field; Limited for a network that has sent
// several.
func (a *Service) Send(ctx context.Context, in Input) (sent Sent, err error) {
	r := core.Input{Today: a.Today()}
	kind := personal.Kind(in.Kind)
	r.Faults.Check(kind.Valid(), "kind", "error.choose")
	words := personal.Words{Name: r.Needed("name", in.Name, personal.MaxName), Way: r.Needed("contact", in.Way, personal.MaxWay),
		Text: needed(&r, "text", in.Text, personal.MaxText)}
	r.Faults.Check(words.Way == "" || personal.Reachable(words.Way), "contact", "personal.error.contact")
	if err := r.Faults.Err(); err != nil {
		return sent, err
	}
	if _, err := a.sent.Take(a.DB.Now(), in.Net); err != nil {
		return sent, err
	}
	return a.take(ctx, registry.Actor{}, kind, words)
}

// take stores a request that has come in, of a stranger or of the account that is signed in.
func (a *Service) take(ctx context.Context, actor registry.Actor, kind personal.Kind, words personal.Words) (sent Sent, err error) {
	raw, err := json.Marshal(words)
	if err != nil {
		return sent, err
	}
	sent.Request, sent.Code = personal.New(kind, a.Today()), pass.NewTrackingCode()
	sent.ID, sent.CodeHash, sent.Account = store.NewID[personal.ID](), core.HashToken(sent.Code), string(actor.Account)
	sent.Sealed = a.Seals.Seal(string(raw), place(sent.ID))
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		err := kept.Insert(ctx, tx, &sent.Request)
		return change(registry.Change{Action: "personal.send"}, &sent.Request), err
	})
	return sent, err
}

// needed reads a text of several lines that has to be there.
func needed(r *core.Input, field, typed string, most int) string {
	before := len(r.Faults)
	text := r.Text(field, typed, most)
	r.Faults.Check(text != "" || len(r.Faults) > before, field, "error.required")
	return text
}

// change is a line of the audit log: it names the request and no word of the person.
func change(c registry.Change, r *personal.Request, more ...fact.Fact) registry.Change {
	c.Object, c.ID, c.Detail = "personal", string(r.ID), append(fact.Facts{fact.Said("personal.number", r.Number())}, more...)
	return c
}

// Follow returns the request that a code follows. Malformed and unknown codes are NotFound.
func (a *Service) Follow(ctx context.Context, typed string) (r personal.Request, err error) {
	code, err := pass.ParseTrackingCode(typed)
	if err != nil {
		return r, registry.E(registry.NotFound, "personal.error.code")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		r, err = kept.ByCode(ctx, tx, core.HashToken(code))
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		err = registry.E(registry.NotFound, "personal.error.code")
	}
	return r, err
}

// ReadCode reads the code of a request as it was typed; ok is false for anything else.
func ReadCode(typed string) (code string, ok bool) {
	code, err := pass.ParseTrackingCode(typed)
	return code, err == nil
}

// ShowCode groups the code of a request for reading.
func ShowCode(code string) string { return pass.FormatTrackingCode(code) }

// answers reports whether the actor answers requests: an administrator of the whole
// installation, as they may be about anything that is kept.
func answers(actor registry.Actor) bool { return actor.Can(registry.ManageSettings, nil) }

// listMost is how many requests the inbox shows.
const listMost = 200

// Inbox is the requests as the office reads them.
type Inbox struct {
	personal.Tally
	Rows     []personal.Request               // the open ones first; listMost of them
	Erasures map[personal.ID]personal.Erasure // that wait or are put off, by their requests
}

// Inbox returns the requests, the open ones first. NotFound without ManageSettings for the
// whole country.
func (a *Service) Inbox(ctx context.Context, actor registry.Actor) (in Inbox, err error) {
	if !answers(actor) {
		return in, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if in.Tally, err = kept.Tally(ctx, tx, a.Today()); err != nil {
			return err
		}
		if in.Rows, err = kept.List(ctx, tx, listMost); err != nil {
			return err
		}
		open, err := kept.OpenErasures(ctx, tx)
		in.Erasures = map[personal.ID]personal.Erasure{}
		for _, e := range open {
			in.Erasures[e.Request] = e
		}
		return err
	})
	return in, err
}

// Waiting counts what waits in the inbox; nothing for whoever does not answer requests.
func (a *Service) Waiting(ctx context.Context, actor registry.Actor) (n personal.Tally, err error) {
	if !answers(actor) {
		return n, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		n, err = kept.Tally(ctx, tx, a.Today())
		return err
	})
	return n, err
}

// File is a request with its words, empty once they are destroyed.
type File struct {
	personal.Request
	Words personal.Words
}

// Request returns a request with what the person wrote. Rights are those of Inbox.
func (a *Service) Request(ctx context.Context, actor registry.Actor, id personal.ID) (f File, err error) {
	if !answers(actor) {
		return f, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		f.Request, err = kept.ByID(ctx, tx, id)
		return err
	})
	if err != nil || f.Sealed == "" {
		return f, err
	}
	raw, err := a.Seals.Open(f.Sealed, place(id))
	if err != nil {
		return f, err
	}
	return f, json.Unmarshal([]byte(raw), &f.Words)
}

// step changes a request as it was read. Conflict where a colleague was quicker, or it is
// closed.
func (a *Service) step(ctx context.Context, actor registry.Actor, id personal.ID, version int64, do func(*store.Tx, *personal.Request) (registry.Change, error)) error {
	if !answers(actor) {
		return core.ErrHidden()
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, err := kept.ByID(ctx, tx, id)
		switch {
		case err != nil:
			return none, err
		case r.Version != version:
			return none, registry.E(registry.Conflict, "error.stale")
		case !r.State.Open():
			return none, registry.E(registry.Conflict, "personal.error.closed")
		}
		line, err := do(tx, &r)
		if err != nil {
			return none, err
		}
		return line, kept.Save(ctx, tx, &r)
	})
}

// Confirm notes that the person was told that its request has come. Rights are those of
// Inbox; Conflict as in step, and where it was noted before.
func (a *Service) Confirm(ctx context.Context, actor registry.Actor, id personal.ID, version int64) error {
	return a.step(ctx, actor, id, version, func(_ *store.Tx, r *personal.Request) (registry.Change, error) {
		if r.State != personal.Received {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		r.State, r.ConfirmedAt, r.ConfirmedAs = personal.Confirmed, a.NowMS(), actor.Name
		return change(registry.Change{Action: "personal.confirm"}, r), nil
	})
}

// Extend puts off until when a request is to be done, once, for a reason that the person
// reads. Invalid at "why"; Conflict where it was put off before or is late already.
func (a *Service) Extend(ctx context.Context, actor registry.Actor, id personal.ID, version int64, why string) error {
	in := core.Input{}
	if why = needed(&in, "why", why, personal.MaxReason); in.Faults.Err() != nil {
		return a.orHidden(actor, in.Faults.Err())
	}
	return a.step(ctx, actor, id, version, func(_ *store.Tx, r *personal.Request) (registry.Change, error) {
		if !r.Extends(a.Today()) {
			return registry.Change{}, registry.E(registry.Conflict, "personal.error.extended")
		}
		was := r.DueOn
		r.DueOn = r.Later(vn.DateOf(time.UnixMilli(r.ReceivedAt)))
		r.ExtendedAt, r.ExtendedAs, r.ExtendedWhy = a.NowMS(), actor.Name, why
		return change(registry.Change{Action: "personal.extend"}, r, fact.Difference(fact.Date("personal.due_on", was), fact.Date("personal.due_on", r.DueOn))), nil
	})
}

// Outcome ends a request: done, or refused on a ground; the person reads the answer.
type Outcome struct {
	Outcome string `form:"outcome"` // "done", or a ground
	Answer  string `form:"answer" lines:"many"`
	Version int64  `form:"version"`
}

// Close ends a request. Invalid at a field: a refusal says on what ground and why.
func (a *Service) Close(ctx context.Context, actor registry.Actor, id personal.ID, out Outcome) error {
	in := core.Input{}
	ground := personal.Ground(out.Outcome)
	in.Faults.Check(out.Outcome == string(personal.Done) || ground.Valid(), "outcome", "error.choose")
	answer := needed(&in, "answer", out.Answer, personal.MaxReason)
	if err := in.Faults.Err(); err != nil {
		return a.orHidden(actor, err)
	}
	return a.step(ctx, actor, id, out.Version, func(tx *store.Tx, r *personal.Request) (registry.Change, error) {
		planned, err := kept.Erasures(ctx, tx, id)
		if err == nil && len(planned) > 0 && planned[0].State.Open() {
			err = registry.E(registry.Conflict, "erase.error.waits")
		}
		if err != nil {
			return registry.Change{}, err
		}
		r.ClosedAt, r.ClosedAs, r.Answer = a.NowMS(), actor.Name, answer
		if !ground.Valid() {
			r.State = personal.Done
			return change(registry.Change{Action: "personal.done"}, r), nil
		}
		r.State, r.Ground = personal.Refused, ground
		return change(registry.Change{Action: "personal.refuse"}, r), nil
	})
}

// orHidden is a fault of a form for whoever may send it.
func (a *Service) orHidden(actor registry.Actor, fault error) error {
	if !answers(actor) {
		return core.ErrHidden()
	}
	return fault
}
