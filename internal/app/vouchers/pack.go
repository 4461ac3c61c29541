package vouchers

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Bounds of what is printed on a voucher.
const (
	maxTitle  = 60
	maxReason = 200
	minValue  = 1_000
	maxValue  = 10_000_000
	maxBooths = 200
)

// PackInput is what a person says of a new pack.
type PackInput struct {
	Title    string // the village or group
	Value    string // đồng, as people type it
	Count    string
	FirstDay string // as people type it; a day of the event
	LastDay  string
	Scope    registry.PackScope
	Groups   []registry.ProductGroup // of PackByGroups
	Booths   []string                // codes, of PackAtBooths
	Test     bool
}

// read checks an input against its event; the faults stand at its fields.
func (in *PackInput) read(event *registry.Event, booths []registry.PackBooth, today string) (registry.Pack, error) {
	typed := core.Input{Today: today}
	p := registry.Pack{Event: event.ID, Title: typed.Needed("title", in.Title, maxTitle), ValueDong: typed.Money("value", in.Value, maxValue),
		Count: typed.Count("count", in.Count), FirstDay: typed.Date("first_day", in.FirstDay), Scope: in.Scope, Test: in.Test}
	f := &typed.Faults
	f.Check(p.ValueDong >= minValue && p.ValueDong%500 == 0, "value", "voucher.error.value", minValue, maxValue)
	f.Check(p.Count >= 1 && p.Count <= registry.MaxPackSheet, "count", "voucher.error.count", vn.Count(registry.MaxPackSheet))
	last := typed.Date("last_day", in.LastDay)
	days := registry.DaysBetween(p.FirstDay, last) + 1
	f.Check(p.FirstDay != "" && p.FirstDay >= event.OpensOn && p.FirstDay <= event.ClosesOn, "first_day", "voucher.error.days")
	f.Check(last >= p.FirstDay && last <= event.ClosesOn && days <= 255, "last_day", "voucher.error.days")
	p.Days = max(1, days)
	in.scope(&p, booths, f)
	return p, f.Err()
}

// scope reads which booths take the vouchers.
func (in *PackInput) scope(p *registry.Pack, booths []registry.PackBooth, f *registry.Faults) {
	switch in.Scope {
	case registry.PackAtAll:
	case registry.PackByGroups:
		p.Groups = slices.Compact(slices.Sorted(slices.Values(in.Groups)))
		f.Check(len(p.Groups) > 0, "groups", "voucher.error.groups")
		for _, g := range p.Groups {
			f.Check(g.Valid(), "groups", "error.choose")
		}
	case registry.PackAtBooths:
		p.Booths = slices.Compact(slices.Sorted(slices.Values(in.Booths)))
		f.Check(len(p.Booths) > 0 && len(p.Booths) <= maxBooths, "booths", "voucher.error.booths")
		for _, code := range p.Booths {
			f.Check(slices.ContainsFunc(booths, func(b registry.PackBooth) bool { return b.Code == code }), "booths", "voucher.error.booth_gone", code)
		}
	default:
		f.Add("scope", "error.choose")
	}
}

// Plan is what a new pack would come to, for the person to look at before it is made.
type Plan struct {
	Event  registry.Event
	Pack   registry.Pack
	Sheets int   // of A4
	Dong   int64 // all vouchers together
	Booths int   // that would take them now
}

// PlanPack reads what a person says of a new pack and makes nothing. The actor needs
// ManageEvents in the event's area. Invalid at a field; Conflict when the event does not
// take place.
func (a *Service) PlanPack(ctx context.Context, actor registry.Actor, id registry.EventID, in PackInput) (p Plan, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		p, err = a.plan(ctx, tx, actor, id, in)
		return err
	})
	return p, err
}

func (a *Service) plan(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.EventID, in PackInput) (p Plan, err error) {
	if p.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ManageEvents, id); err != nil {
		return p, err
	}
	if p.Event.State.Stopped() {
		return p, registry.E(registry.Conflict, "error.pass.event_stopped")
	}
	booths, err := tx.PackBooths(ctx, id)
	if err != nil {
		return p, err
	}
	if p.Pack, err = in.read(&p.Event, booths, a.Today()); err != nil {
		return p, err
	}
	p.Sheets = Sheets(p.Pack.Count)
	p.Dong = int64(p.Pack.Count) * p.Pack.ValueDong
	for i := range booths {
		if p.Pack.Takes(&booths[i]) {
			p.Booths++
		}
	}
	return p, nil
}

// MakePack makes a pack of vouchers, each signed as a pass is, under the next number of
// its event. Rights and errors are those of PlanPack; Conflict also when all numbers are
// given.
func (a *Service) MakePack(ctx context.Context, actor registry.Actor, id registry.EventID, in PackInput) (number int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		p, err := a.plan(ctx, tx, actor, id, in)
		if err != nil {
			return registry.Change{}, err
		}
		packs, err := tx.Packs(ctx, id)
		if err != nil {
			return registry.Change{}, err
		}
		pack := p.Pack
		pack.Number, pack.MadeBy, pack.MadeAt = 1, actor.Account, tx.NowMS()
		if n := len(packs); n > 0 {
			pack.Number = packs[n-1].Number + 1
		}
		if number = pack.Number; number > registry.MaxPacks {
			return registry.Change{}, registry.E(registry.Conflict, "voucher.error.packs_full", registry.MaxPacks)
		}
		if err := a.Passes.IssueVouchers(ctx, tx, p.Event, &pack); err != nil {
			return registry.Change{}, err
		}
		c := a.change("voucher.make", p.Event, pack, fact.Said("voucher.title", pack.Title), fact.Amount("voucher.value", pack.ValueDong), fact.Count("count", pack.Count),
			fact.Days("days", pack.FirstDay, pack.LastDay()), fact.Code("voucher.scope", fact.PackScope, pack.Scope))
		return c, tx.InsertPack(ctx, pack)
	})
	return number, err
}

func (a *Service) change(action string, event registry.Event, pack registry.Pack, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "event", ID: string(event.ID), Scope: a.Areas.Scope(event.Area),
		Detail: append(fact.Facts{fact.Number("voucher.pack", pack.Number)}, facts...)}
}

// PackRef names a pack of an event.
type PackRef struct {
	Event  registry.EventID
	Number int
}

// changePack runs a use case of an actor with ManageEvents on a pack and writes the audit
// line that it returns.
func (a *Service) changePack(ctx context.Context, actor registry.Actor, ref PackRef,
	fn func(*store.Tx, registry.Event, registry.Pack) (registry.Change, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageEvents, ref.Event)
		if err != nil {
			return registry.Change{}, err
		}
		pack, err := tx.Pack(ctx, ref.Event, ref.Number)
		if err != nil {
			return registry.Change{}, err
		}
		return fn(tx, event, pack)
	})
}

// StepPack blocks a pack, makes a blocked one good again, or calls it in for good: its
// vouchers that are not spent are taken nowhere then. The actor needs ManageEvents in the
// event's area. Invalid at the reason, Conflict where the pack cannot take that step.
func (a *Service) StepPack(ctx context.Context, actor registry.Actor, ref PackRef, next registry.PassState, reason string) error {
	var typed core.Input
	if next == registry.PassValid {
		reason = typed.Line("reason", reason, maxReason)
	} else {
		reason = typed.Needed("reason", reason, maxReason)
	}
	return a.changePack(ctx, actor, ref, func(tx *store.Tx, event registry.Event, pack registry.Pack) (registry.Change, error) {
		if !pack.State.CanBecome(next) {
			return registry.Change{}, registry.E(registry.Conflict, "voucher.error.step")
		}
		if err := typed.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		c := a.change("voucher."+string(next), event, pack, fact.Code("was", fact.PassState, pack.State), fact.Said("reason", reason))
		return c, tx.StepPack(ctx, pack, next, reason)
	})
}

// RangeInput names vouchers of a pack by their serials, the ends included.
type RangeInput struct {
	From, Until string // as typed; Until empty: From alone
	Reason      string
}

func (in *RangeInput) read(pack *registry.Pack, needed bool) (r registry.VoucherRange, reason string, err error) {
	var typed core.Input
	r = registry.VoucherRange{Event: pack.Event, Pack: pack.Number, From: typed.Count("from", in.From), Until: typed.Count("until", in.Until)}
	if in.Until == "" {
		r.Until = r.From
	}
	typed.Faults.Check(r.From >= 1 && r.From <= pack.Count, "from", "voucher.error.serial", pack.Count)
	typed.Faults.Check(r.Until >= r.From && r.Until <= pack.Count, "until", "voucher.error.serial", pack.Count)
	if needed {
		reason = typed.Needed("reason", in.Reason, maxReason)
	} else {
		reason = typed.Line("reason", in.Reason, maxReason)
	}
	return r, reason, typed.Faults.Err()
}

// BlockVouchers blocks vouchers of a pack that were lost, and returns how many there were
// to block and how many of the range had been spent by then. The actor needs ManageEvents
// in the event's area. Invalid at a field, Conflict when none of them can be blocked.
func (a *Service) BlockVouchers(ctx context.Context, actor registry.Actor, ref PackRef, in RangeInput) (n, spent int, err error) {
	err = a.changePack(ctx, actor, ref, func(tx *store.Tx, event registry.Event, pack registry.Pack) (registry.Change, error) {
		r, reason, err := in.read(&pack, true)
		if err != nil {
			return registry.Change{}, err
		}
		if n, err = tx.StepVouchers(ctx, r, registry.PassValid, registry.PassBlocked, reason); err != nil {
			return registry.Change{}, err
		}
		if n == 0 {
			return registry.Change{}, registry.E(registry.Conflict, "voucher.error.none_to_block")
		}
		spent, err = tx.SpentVouchers(ctx, r)
		return a.change("voucher.block_range", event, pack, fact.Number("voucher.from", r.From), fact.Number("voucher.until", r.Until), fact.Count("count", n),
			fact.Said("reason", reason)), err
	})
	return n, spent, err
}

// UnblockVouchers makes blocked vouchers of a pack good again, and returns how many.
// Rights and errors are those of BlockVouchers.
func (a *Service) UnblockVouchers(ctx context.Context, actor registry.Actor, ref PackRef, in RangeInput) (n int, err error) {
	err = a.changePack(ctx, actor, ref, func(tx *store.Tx, event registry.Event, pack registry.Pack) (registry.Change, error) {
		r, _, err := in.read(&pack, false)
		if err != nil {
			return registry.Change{}, err
		}
		if n, err = tx.StepVouchers(ctx, r, registry.PassBlocked, registry.PassValid, ""); err != nil {
			return registry.Change{}, err
		}
		if n == 0 {
			return registry.Change{}, registry.E(registry.Conflict, "voucher.error.none_blocked")
		}
		return a.change("voucher.unblock_range", event, pack, fact.Number("voucher.from", r.From), fact.Number("voucher.until", r.Until), fact.Count("count", n)), nil
	})
	return n, err
}

// HandedInput says how many vouchers of a pack were handed out.
type HandedInput struct {
	Handed  string // as typed
	Version int64  // of the pack that the page showed
}

// SayHanded notes how many vouchers of a pack were handed out. The actor needs ManageEvents in the event's area. Invalid at the
// field, Conflict when somebody changed the pack since.
func (a *Service) SayHanded(ctx context.Context, actor registry.Actor, ref PackRef, said HandedInput) error {
	var in core.Input
	n := in.Count("handed", said.Handed)
	return a.changePack(ctx, actor, ref, func(tx *store.Tx, event registry.Event, pack registry.Pack) (registry.Change, error) {
		in.Faults.Check(said.Handed != "" && n >= 0 && n <= pack.Count, "handed", "voucher.error.handed", pack.Count)
		if err := in.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		if pack.Version != said.Version {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		was := fact.Count("voucher.handed", pack.HandedN)
		return a.change("voucher.hand_out", event, pack, fact.Difference(was, fact.Count("voucher.handed", n))), tx.SavePackHanded(ctx, pack, n)
	})
}
