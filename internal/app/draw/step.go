package draw

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/draw"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/draw"
)

// sealedAt is the place for which the secret of a draw is sealed.
func sealedAt(id draw.ID) string { return "draw " + string(id) }

// Lock fixes the list of a draw and publishes it with its code and the promise of a secret that the server has just
// made and that nobody is shown. mark is that of the list that was looked at: a Conflict where another would be locked.
func (a *Service) Lock(ctx context.Context, actor registry.Actor, ref Ref, mark string) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, e registry.Event, r *draw.Record) (registry.Change, error) {
		if r.State != draw.Prepared {
			return registry.Change{}, errStep()
		}
		l, err := lotsOf(ctx, tx, e)
		if err == nil {
			err = lockable(e, l)
		}
		if err != nil {
			return registry.Change{}, err
		}
		if draw.CodeOf(l.Lines()) != mark {
			return registry.Change{}, registry.E(registry.Conflict, "draw.error.list_changed")
		}
		l.Head = draw.Head{ID: string(r.ID), Event: e.Slug, Title: e.Title, Place: r.Place, LockedAt: stamp(tx), Callers: r.Callers, Source: r.Source}
		secret := make([]byte, draw.SecretBytes)
		rand.Read(secret)
		g, err := draw.Lock(l, secret)
		if err != nil {
			return registry.Change{}, err
		}
		if err := r.SetLog(g); err != nil {
			return registry.Change{}, err
		}
		r.State, r.LockedAt, r.Sealed = draw.Locked, tx.NowMS(), a.Seals.Seal(hex.EncodeToString(secret), sealedAt(r.ID))
		return registry.Change{Action: "draw.lock", Detail: fact.Facts{fact.Count("lots", len(l.Entries)), fact.Count("booths", len(l.Booths)),
			fact.Handle("list_code", g.ListCode), fact.Handle("promise", g.Commitment)}}, stored.Save(ctx, tx, r)
	})
}

// CallInput is a number as it was called and typed in.
type CallInput struct {
	Name   string `form:"name"`
	Role   string `form:"role"`
	Number string `form:"number"`
}

// readNumber reads a number from 0 to the highest that is called, in a field of a name.
func readNumber(f *core.Input, name, s string) int {
	n, err := strconv.Atoi(s)
	f.Faults.Check(s != "", name, "error.required")
	f.Faults.Check(s == "" || err == nil && n >= 0 && n <= draw.MostNumber, name, "draw.error.number", draw.MostNumber)
	return n
}

// Call takes down the number that somebody has called. It is Invalid for a second number of the same person, and a
// Conflict once as many as was said have called.
func (a *Service) Call(ctx context.Context, actor registry.Actor, ref Ref, in CallInput) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		if r.State != draw.Locked || r.Called() {
			return registry.Change{}, errStep()
		}
		f := core.Input{}
		c := draw.Call{Name: f.Needed("name", in.Name, MaxName), Role: f.Line("role", in.Role, MaxName), Number: readNumber(&f, "number", in.Number)}
		twice := slices.ContainsFunc(r.Log.Calls, func(o draw.Call) bool { return draw.SamePerson(o.Name, c.Name) })
		f.Faults.Check(!twice, "name", "draw.error.same_person")
		if err := f.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		g := r.Log
		g.Calls = append(slices.Clip(g.Calls), c)
		if err := r.SetLog(g); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.call", Detail: fact.Facts{fact.Number("call", len(g.Calls)), fact.Said("name", c.Name),
			fact.Said("role", c.Role), fact.Said("number", strconv.Itoa(c.Number))}}, stored.Save(ctx, tx, r)
	})
}

// MendInput puts a number right that was taken down wrong.
type MendInput struct {
	Call   int    `form:"call"` // from 1
	Number string `form:"now"`
	Reason string `form:"why"`
}

// Mend puts a number right, with a reason for the minutes, before the secret is opened.
func (a *Service) Mend(ctx context.Context, actor registry.Actor, ref Ref, in MendInput) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		g := r.Log
		if r.State != draw.Locked || in.Call < 1 || in.Call > len(g.Calls) {
			return registry.Change{}, errStep()
		}
		f := core.Input{}
		m := draw.Mend{Call: in.Call, Was: g.Calls[in.Call-1].Number, Now: readNumber(&f, "now", in.Number), Reason: f.Needed("why", in.Reason, MaxReason)}
		f.Faults.Check(len(f.Faults) > 0 || m.Was != m.Now, "now", "draw.error.same_number")
		if err := f.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		g.Calls, g.Mends = slices.Clone(g.Calls), append(slices.Clip(g.Mends), m)
		g.Calls[in.Call-1].Number = m.Now
		if err := r.SetLog(g); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.mend", Detail: fact.Facts{fact.Number("call", m.Call), fact.Moved("number", fact.Text, strconv.Itoa(m.Was),
			strconv.Itoa(m.Now)), fact.Said("reason", m.Reason)}}, stored.Save(ctx, tx, r)
	})
}

// Reveal opens the secret once all have called; digits are those of the public source, where one was named. The result
// never changes again.
func (a *Service) Reveal(ctx context.Context, actor registry.Actor, ref Ref, digits string) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		if !r.Called() {
			return registry.Change{}, registry.E(registry.Conflict, "draw.error.numbers_missing", r.Callers)
		}
		g := r.Log
		if g.Source = core.PlainCode(digits); !draw.SourceFits(r.Source, g.Source) {
			return registry.Change{}, registry.At("digits", "draw.error.digits", draw.MostSource)
		}
		opened, err := a.Seals.Open(r.Sealed, sealedAt(r.ID))
		if err != nil {
			return registry.Change{}, err
		}
		secret, err := hex.DecodeString(opened)
		if err != nil {
			return registry.Change{}, err
		}
		if g, err = g.Reveal(secret, stamp(tx)); err != nil {
			return registry.Change{}, err
		}
		if err := r.SetLog(g); err != nil {
			return registry.Change{}, err
		}
		end(tx, actor, r, draw.Revealed)
		return registry.Change{Action: "draw.reveal", Detail: fact.Facts{fact.Count("booths", len(g.Result)), fact.Count("waiting", len(g.Waiting)),
			fact.Handle("record_code", g.RecordCode)}}, stored.Save(ctx, tx, r)
	})
}

// end closes a draw: its secret is not kept any longer.
func end(tx *store.Tx, actor registry.Actor, r *draw.Record, state draw.State) {
	r.State, r.Sealed, r.EndedAt, r.EndedBy = state, "", tx.NowMS(), actor.Account
}

// Stop ends a locked draw without a result: it stays on record as void, with the reason, and its secret is destroyed
// unopened.
func (a *Service) Stop(ctx context.Context, actor registry.Actor, ref Ref, reason string) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		if r.State != draw.Locked {
			return registry.Change{}, errStep()
		}
		f := core.Input{}
		r.Reason = f.Needed("reason", reason, MaxReason)
		if err := f.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		end(tx, actor, r, draw.Void)
		return registry.Change{Action: "draw.stop", Detail: fact.Facts{fact.Said("reason", r.Reason)}}, stored.Save(ctx, tx, r)
	})
}
