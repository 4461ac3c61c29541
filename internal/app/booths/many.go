package booths

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ManyDo is what can be done with several booths at once.
type ManyDo string

// What can be done; a kind is named by itself.
const (
	ManyBlock    ManyDo = "block"
	ManyUnblock  ManyDo = "unblock"
	ManyStandard ManyDo = ManyDo(registry.StandardBooth)
	ManySpecial  ManyDo = ManyDo(registry.SpecialBooth)
	ManyCommon   ManyDo = ManyDo(registry.CommonBooth)
	ManyPower    ManyDo = "power_on"
	ManyNoPower  ManyDo = "power_off"
)

// ManyDos lists them in the order shown to people.
var ManyDos = []ManyDo{ManyBlock, ManyUnblock, ManyStandard, ManySpecial, ManyCommon, ManyPower, ManyNoPower}

// ManyInput asks for a change of several booths of an event.
type ManyInput struct {
	Event  registry.EventID
	Booths []registry.BoothID
	Do     ManyDo
}

// Many is what such a change would do.
type Many struct {
	Change []registry.Booth // as they are now
	Same   []registry.Booth // that are so already
	Had    []registry.Booth // that somebody has or holds, and that can therefore not be kept from being given
	Lose   []registry.Booth // whose vendors need the power that would go
	Places registry.Places  // afterwards
}

// Codes names booths.
func Codes(booths []registry.Booth) string {
	codes := make([]string, len(booths))
	for i, b := range booths {
		codes[i] = b.Code
	}
	return strings.Join(codes, ", ")
}

// PreviewMany tells what a change of several booths would do; nothing is changed. The actor needs ManageBooths. Invalid at
// booths without one, or where none would change; NotFound with a booth of another event; Conflict as in ChangeMany.
func (a *Service) PreviewMany(ctx context.Context, actor registry.Actor, in ManyInput) (m Many, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, in.Event)
		if err != nil {
			return err
		}
		if err := givesBooths(e); err != nil {
			return err
		}
		m, err = in.look(ctx, tx)
		return err
	})
	return m, err
}

// ChangeMany changes several booths, and returns how many. Those that are so already or cannot change stay. It is a Conflict
// if a place that was promised would go, and once the event is over or called off. Places that are used again are offered to who waits
// longest.
func (a *Service) ChangeMany(ctx context.Context, actor registry.Actor, in ManyInput) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.lockPlan(ctx, tx, actor, in.Event)
		if err != nil {
			return registry.Change{}, err
		}
		m, err := in.look(ctx, tx)
		if err != nil {
			return registry.Change{}, err
		}
		codes := make([]string, len(m.Change))
		for i, b := range m.Change {
			codes[i] = b.Code
			if err := in.apply(ctx, tx, b); err != nil {
				return registry.Change{}, err
			}
		}
		n = len(codes)
		change := registry.Change{Action: "booth.change_many", Object: "event", ID: string(in.Event), Scope: a.Areas.Scope(e.Area),
			Detail: fact.Facts{in.fact(), fact.Count("count", n), fact.List("codes", fact.Text, codes...)}}
		if in.Do == ManyUnblock {
			return change, a.offerPlaces(ctx, tx, e, n)
		}
		return change, nil
	})
	return n, err
}

// fact says what was done.
func (in *ManyInput) fact() fact.Fact {
	switch in.Do {
	case ManyBlock, ManyUnblock:
		return fact.Yes("blocked", in.Do == ManyBlock)
	case ManyPower, ManyNoPower:
		return fact.Yes("power", in.Do == ManyPower)
	}
	return fact.Code("kind", fact.BoothKind, registry.BoothKind(in.Do))
}

// look sorts the booths by what would become of them.
func (in *ManyInput) look(ctx context.Context, tx *store.Tx) (m Many, err error) {
	if len(in.Booths) == 0 {
		return m, registry.At("booths", "error.booth.choose")
	}
	if !slices.Contains(ManyDos, in.Do) {
		return m, registry.At("do", "placing.error.batch_kind")
	}
	if m.Places, err = tx.Places(ctx, in.Event); err != nil {
		return m, err
	}
	was := m.Places
	for i, id := range in.Booths {
		if slices.Contains(in.Booths[:i], id) {
			continue
		}
		b, err := tx.Booth(ctx, in.Event, id)
		if err != nil {
			return m, err
		}
		if err := in.sort(ctx, tx, &m, b); err != nil {
			return m, err
		}
	}
	if len(m.Change) == 0 {
		return m, registry.At("booths", "placing.error.batch_same", Codes(append(m.Same, m.Had...)))
	}
	switch in.Do {
	case ManyBlock:
		m.Places.Booths -= len(m.Change)
	case ManyUnblock:
		m.Places.Booths += len(m.Change)
	}
	if m.Places.Booths < was.Booths && m.Places.Left() < 0 {
		return m, registry.E(registry.Conflict, "error.booth.promised", m.Places.Promised, m.Places.Booths)
	}
	return m, nil
}

// sort puts one booth where it belongs.
func (in *ManyInput) sort(ctx context.Context, tx *store.Tx, m *Many, b registry.Booth) error {
	same := map[ManyDo]bool{ManyBlock: b.State == registry.BoothBlocked, ManyUnblock: b.State != registry.BoothBlocked,
		ManyPower: b.Power, ManyNoPower: !b.Power, ManyDo(b.Kind): true}[in.Do]
	switch {
	case same:
		m.Same = append(m.Same, b)
	case in.Do == ManyBlock && b.State != registry.BoothFree:
		m.Had = append(m.Had, b)
	default:
		m.Change = append(m.Change, b)
		if in.Do != ManyNoPower || b.Application == "" {
			return nil
		}
		app, err := tx.Application(ctx, b.Application)
		if err == nil && app.NeedsPower {
			m.Lose = append(m.Lose, b)
		}
		return err
	}
	return nil
}

// apply changes one booth.
func (in *ManyInput) apply(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	switch in.Do {
	case ManyBlock:
		if err := keptForDraw(ctx, tx, b.Event, b.Code); err != nil {
			return err
		}
		return tx.BlockBooth(ctx, b.ID)
	case ManyUnblock:
		return tx.UnblockBooth(ctx, b.ID)
	case ManyPower, ManyNoPower:
		b.Power = in.Do == ManyPower
	default:
		b.Kind = registry.BoothKind(in.Do)
	}
	return tx.SetBoothFacts(ctx, b)
}
