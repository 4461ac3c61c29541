package draw

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

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
		l.Head = draw.Head{ID: string(r.ID), Turn: r.N, Event: e.Slug, Title: e.Title, Place: r.Place, LockedAt: stamp(tx), Callers: r.Callers,
			Source: r.Source, Again: r.Again}
		secret := make([]byte, draw.SecretBytes)
		rand.Read(secret)
		if len(l.Lines()) > draw.MostLines {
			return registry.Change{}, registry.E(registry.Conflict, "draw.error.too_long", draw.MostLines)
		}
		g, err := draw.Lock(l, secret)
		var form draw.FormError
		if errors.As(err, &form) {
			return registry.Change{}, registry.E(registry.Conflict, "draw.error.list_form", form.Line, form.Text)
		}
		if err == nil {
			err = r.SetLog(g)
		}
		if errors.Is(err, draw.ErrTooLong) || len(r.Raw) > draw.MostBytes/3 { // its result will be about as long again
			err = registry.E(registry.Conflict, "draw.error.too_long", draw.MostLines)
		}
		if err != nil {
			return registry.Change{}, err
		}
		r.State, r.LockedAt, r.Sealed = draw.Locked, tx.NowMS(), a.Seals.Seal(hex.EncodeToString(secret), sealedAt(r.ID))
		return registry.Change{Action: "draw.lock", Detail: fact.Facts{fact.Count("lots", len(l.Entries)), fact.Count("booths", len(l.Booths)),
			fact.Handle("list_code", g.ListCode), fact.Handle("promise", g.Commitment)}}, stored.Save(ctx, tx, r)
	})
}

// line reads a line that goes into a log: what a log cannot hold is refused while it can be typed anew.
func line(f *core.Input, field, s string, most int) string {
	s = f.Line(field, s, most)
	f.Faults.Check(draw.Clean(s), field, "draw.error.sign")
	return s
}

// needed reads a line that goes into a log and may not be left out.
func needed(f *core.Input, field, s string, most int) string {
	s = f.Needed(field, s, most)
	f.Faults.Check(draw.Clean(s), field, "draw.error.sign")
	return s
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
	return a.change(ctx, actor, ref, func(tx *store.Tx, e registry.Event, r *draw.Record) (registry.Change, error) {
		if over(e) || r.State != draw.Locked || r.Called() {
			return registry.Change{}, errStep()
		}
		f := core.Input{}
		c := draw.Call{Name: needed(&f, "name", in.Name, MaxName), Role: line(&f, "role", in.Role, MaxName), Number: readNumber(&f, "number", in.Number)}
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

// MendInput puts right what was taken down wrong.
type MendInput struct {
	What   string `form:"call"` // number of a call and a part of it: "1 name"; "0 source" for the digits of the public source
	Now    string `form:"now"`
	Reason string `form:"why"`
}

// what reads which part is to be mended.
func (in MendInput) what(g draw.Log) (call int, part draw.Part, ok bool) {
	number, name, _ := strings.Cut(in.What, " ")
	call, err := strconv.Atoi(number)
	part = draw.Part(name)
	switch {
	case err != nil:
	case part == draw.PartSource:
		return call, part, call == 0 && g.Source != ""
	case part == draw.PartNumber || part == draw.PartName || part == draw.PartRole:
		return call, part, call >= 1 && call <= len(g.Calls)
	}
	return 0, "", false
}

// mended reads what a part is to be, and puts it there.
func (in MendInput) mended(f *core.Input, r *draw.Record, call int, part draw.Part) (g draw.Log, now string) {
	g = r.Log
	g.Calls = slices.Clone(g.Calls)
	if part == draw.PartSource {
		g.Source = readDigits(f, "now", in.Now, r.Source)
		return g, g.Source
	}
	c := &g.Calls[call-1]
	switch part {
	case draw.PartNumber:
		c.Number = readNumber(f, "now", in.Now)
	case draw.PartName:
		c.Name = needed(f, "now", in.Now, MaxName)
		for i, o := range g.Calls {
			f.Faults.Check(i == call-1 || !draw.SamePerson(o.Name, c.Name), "now", "draw.error.same_person")
		}
	case draw.PartRole:
		c.Role = line(f, "now", in.Now, MaxName)
	}
	return g, g.Part(call, part)
}

// Mend puts a number, its caller or the digits of the public source right, with a reason for the minutes, before the secret is opened.
func (a *Service) Mend(ctx context.Context, actor registry.Actor, ref Ref, in MendInput) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, e registry.Event, r *draw.Record) (registry.Change, error) {
		call, part, ok := in.what(r.Log)
		if over(e) || r.State != draw.Locked || !ok {
			return registry.Change{}, errStep()
		}
		f := core.Input{}
		g, now := in.mended(&f, r, call, part)
		m := draw.Mend{Call: call, Part: part, Was: r.Log.Part(call, part), Now: now, Reason: needed(&f, "why", in.Reason, MaxReason)}
		f.Faults.Check(len(f.Faults) > 0 || m.Was != m.Now, "now", "draw.error.same_number")
		if err := f.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		g.Mends = append(slices.Clip(g.Mends), m)
		if err := r.SetLog(g); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.mend", Detail: fact.Facts{fact.Number("call", m.Call), fact.Moved(string(part), fact.Text, m.Was, m.Now),
			fact.Said("reason", m.Reason)}}, stored.Save(ctx, tx, r)
	})
}

// readDigits reads the digits of a public source that was named.
func readDigits(f *core.Input, field, s, source string) string {
	digits := core.PlainCode(s)
	f.Faults.Check(draw.SourceFits(source, digits), field, "draw.error.digits", draw.MostSource)
	return digits
}

// Source takes down the digits of the public source, once all have called: everybody reads them before the secret is opened.
func (a *Service) Source(ctx context.Context, actor registry.Actor, ref Ref, digits string) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, e registry.Event, r *draw.Record) (registry.Change, error) {
		if over(e) || !r.Called() || r.Source == "" || r.Log.Source != "" {
			return registry.Change{}, errStep()
		}
		f, g := core.Input{}, r.Log
		g.Source = readDigits(&f, "digits", digits, r.Source)
		if err := f.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		if err := r.SetLog(g); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.source", Detail: fact.Facts{fact.Said("source", g.Source)}}, stored.Save(ctx, tx, r)
	})
}

// Reveal opens the secret once all have called and the digits of the public source stand, where one was named. The result never
// changes again.
func (a *Service) Reveal(ctx context.Context, actor registry.Actor, ref Ref) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, e registry.Event, r *draw.Record) (registry.Change, error) {
		switch {
		case over(e):
			return registry.Change{}, errStep()
		case !r.Called():
			return registry.Change{}, registry.E(registry.Conflict, "draw.error.numbers_missing", r.Callers)
		case !r.Ready():
			return registry.Change{}, registry.E(registry.Conflict, "draw.error.source_missing")
		}
		secret, err := a.secretOf(r)
		if err != nil {
			return registry.Change{}, err
		}
		g, err := r.Log.Reveal(secret, stamp(tx))
		if err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.reveal", Detail: fact.Facts{fact.Count("booths", len(g.Result)), fact.Count("waiting", len(g.Waiting)),
			fact.Handle("record_code", g.RecordCode)}}, end(ctx, tx, actor, r, g)
	})
}

// secretOf opens the secret of a locked draw.
func (a *Service) secretOf(r *draw.Record) ([]byte, error) {
	opened, err := a.Seals.Open(r.Sealed, sealedAt(r.ID))
	if err != nil {
		return nil, err
	}
	return hex.DecodeString(opened)
}

// end closes a draw with its last log: what has happened to applications until now is kept with it, its sealed secret is not.
func end(ctx context.Context, tx *store.Tx, actor registry.Actor, r *draw.Record, g draw.Log) error {
	if err := r.SetLog(g); err != nil {
		return err
	}
	if err := freeze(ctx, tx, r); err != nil {
		return err
	}
	if r.State = draw.Revealed; g.Void != "" {
		r.State, r.Reason = draw.Void, g.Void
	}
	r.Sealed, r.EndedAt, r.EndedBy = "", tx.NowMS(), actor.Account
	return stored.Save(ctx, tx, r)
}

// Stop ends a locked draw without a result: it stays on record as void, with the reason. Once a number was called its secret is
// opened in the log, with what would have come out where all numbers are there; before, it is deleted unopened.
func (a *Service) Stop(ctx context.Context, actor registry.Actor, ref Ref, reason string) error {
	return a.change(ctx, actor, ref, func(tx *store.Tx, _ registry.Event, r *draw.Record) (registry.Change, error) {
		if r.State != draw.Locked {
			return registry.Change{}, errStep()
		}
		f := core.Input{}
		reason := needed(&f, "reason", reason, MaxReason)
		if err := f.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		secret, err := a.secretOf(r)
		if err != nil {
			return registry.Change{}, err
		}
		g, err := r.Log.Stop(secret, reason, stamp(tx))
		if err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "draw.stop", Detail: fact.Facts{fact.Said("reason", reason)}}, end(ctx, tx, actor, r, g)
	})
}
