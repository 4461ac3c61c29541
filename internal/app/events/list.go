package events

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// PublicStates are the states that visitors see.
var PublicStates = slices.DeleteFunc(slices.Clone(registry.EventStates), func(s registry.EventState) bool { return !s.Public() })

// PublicEvents returns a page of the events that visitors see and whether there
// are more, in the fields that are public. States of the filter that are not public are
// left out.
func (a *Service) PublicEvents(ctx context.Context, f registry.EventFilter) (events []registry.Event, more bool, err error) {
	f.Public = true
	if f.States == nil {
		f.States = PublicStates
	}
	f.States = slices.DeleteFunc(slices.Clone(f.States), func(s registry.EventState) bool { return !s.Public() })
	events, more, err = a.listEvents(ctx, f)
	for i, e := range events {
		events[i] = publicEvent(e)
	}
	return events, more, err
}

// OfficeEvents returns a page of the events in the actor's areas and whether
// there are more.
func (a *Service) OfficeEvents(ctx context.Context, actor registry.Actor, f registry.EventFilter) (events []registry.Event, more bool, err error) {
	codes, all := actor.Reach(registry.ViewOffice)
	f.Reach, f.Limited = codes, !all
	return a.listEvents(ctx, f)
}

// OfficeEventCount counts the events in the actor's areas that fit a filter.
func (a *Service) OfficeEventCount(ctx context.Context, actor registry.Actor, f registry.EventFilter) (n int, err error) {
	codes, all := actor.Reach(registry.ViewOffice)
	f.Reach, f.Limited = codes, !all
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.CountEvents(ctx, f)
		return err
	})
	return n, err
}

// OfficeFilters returns what the events in the actor's areas can be narrowed to: the
// years in which they begin, latest first, and the officers who made them.
func (a *Service) OfficeFilters(ctx context.Context, actor registry.Actor) (years []string, keepers []registry.EventKeeper, err error) {
	codes, all := actor.Reach(registry.ViewOffice)
	f := registry.EventFilter{Reach: codes, Limited: !all}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if years, err = tx.EventYears(ctx, f); err != nil {
			return err
		}
		keepers, err = tx.EventKeepers(ctx, f)
		return err
	})
	return years, keepers, err
}

// LastOrganised returns the latest event that the actor has made, else the latest in
// the actor's areas; false if there is none.
func (a *Service) LastOrganised(ctx context.Context, actor registry.Actor) (e registry.Event, found bool, err error) {
	for _, keeper := range []registry.AccountID{actor.Account, ""} {
		events, _, err := a.OfficeEvents(ctx, actor, registry.EventFilter{Keeper: keeper, Latest: true, Limit: 1})
		if err != nil {
			return e, false, err
		}
		if len(events) > 0 {
			e, err = a.OfficeEvent(ctx, actor, registry.ViewOffice, events[0].ID)
			return e, err == nil, err
		}
	}
	return e, false, nil
}

// AheadDays is how far the office looks ahead, and AddedMost how many events it adds up.
const (
	AheadDays = 30
	AddedMost = 200
)

// AheadFilter finds the events that begin within AheadDays.
func (a *Service) AheadFilter() registry.EventFilter {
	return registry.EventFilter{From: a.Today(), To: vn.AddDays(a.Today(), AheadDays), Limit: AddedMost,
		States: []registry.EventState{registry.Draft, registry.Planned, registry.Announced, registry.Open, registry.Closed, registry.Moved}}
}

func (a *Service) listEvents(ctx context.Context, f registry.EventFilter) (events []registry.Event, more bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		events, more, err = tx.Events(ctx, f)
		return err
	})
	return events, more, err
}

// EventFigures counts what events have to show today.
func (a *Service) EventFigures(ctx context.Context, events []registry.Event) (figures map[registry.EventID]registry.EventFigures, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		figures, err = tx.EventFigures(ctx, registry.IDsOf(events), a.Today())
		return err
	})
	return figures, err
}

// EventPlace names the unit of an event as it was on its first day, and what
// that unit is called in the other edition: today's units for an event of the
// past (Old), the former ones for an event of today.
type EventPlace struct {
	Short string // "xã Ba Bể"
	Name  string // "xã Ba Bể, Thái Nguyên"
	Other string // "" if nothing is known
	Old   bool
}

// EventPlace returns the names of the unit of an event.
func (a *Service) EventPlace(e registry.Event) EventPlace {
	area, ok := a.Areas.Lookup(e.Area)
	if !ok {
		return EventPlace{}
	}
	p := EventPlace{Short: a.Areas.FullName(area, e.OpensOn), Name: a.Areas.LongName(area, e.OpensOn), Old: e.Area.Edition == registry.Edition2025Before}
	related := a.Areas.Predecessors(e.Area)
	on := "2025-06-30"
	if p.Old {
		related, on = a.Areas.Successors(e.Area), a.Today()
	}
	if !e.Area.IsProvince() {
		p.Other = a.relatedNames(related, on)
	}
	return p
}

// relatedNames names units on a date, those of one parent together: "xã A, xã B,
// huyện C, D".
func (a *Service) relatedNames(related []registry.Succession, on string) string {
	names, parents := map[string][]string{}, []string{}
	for _, s := range related {
		area, ok := a.Areas.Lookup(s.Ref)
		if !ok {
			continue
		}
		parent := a.Areas.ParentName(area, on)
		if names[parent] == nil {
			parents = append(parents, parent)
		}
		names[parent] = append(names[parent], a.Areas.FullName(area, on))
	}
	groups := make([]string, len(parents))
	for i, parent := range parents {
		groups[i] = strings.Join(append(names[parent], parent), ", ")
	}
	return strings.Join(groups, "; ")
}
