package app

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// CloneInput says what is different about the copy of an event.
type CloneInput struct{ Title, Area, FirstDay string }

// CloneEvent makes a draft like an event on other days: days, hours, programme
// and the window of applications move along. A registration is not copied, since
// it holds for one event; a decision that makes it needless is.
func (a *App) CloneEvent(ctx context.Context, actor registry.Actor, id registry.EventID, in CloneInput) (registry.Event, error) {
	source, err := a.OfficeEvent(ctx, actor, registry.ManageEvents, id)
	if err != nil {
		return source, err
	}
	first, err := vn.ParseDate(in.FirstDay, a.Today())
	if err != nil {
		return source, registry.At("first_day", err.Error())
	}
	all := shiftInput(EventInputOf(source), vn.DaysBetween(source.OpensOn, first))
	all.Title, all.Area = in.Title, in.Area
	if source.Legal.Registration != registry.RegistrationNotNeeded {
		all.Registration, all.LegalNumber, all.LegalIssuer = string(registry.RegistrationToFile), "", ""
		all.LegalIssuedOn, all.LegalFiledOn = "", ""
	}
	e := registry.Event{State: registry.Draft, CreatedBy: actor.Account, ClonedFrom: source.ID, Cover: source.Cover}
	if err := a.fillEvent(actor, all, &e); err != nil {
		return e, err
	}
	return e, a.insertEvent(ctx, actor, &e, all, "event.clone")
}

// AreaFor carries a unit over to the edition of a date: the unit itself, or the
// one that it became or came from; the zero AreaRef where there are several.
func (a *App) AreaFor(ref registry.AreaRef, date string) registry.AreaRef {
	edition := registry.EditionOn(date)
	if ref.Edition == edition {
		return ref
	}
	related := a.Areas.Successors(ref)
	if edition == registry.Edition2025Before {
		related = a.Areas.Predecessors(ref)
	}
	related = slices.DeleteFunc(related, func(s registry.Succession) bool {
		_, ok := a.Areas.At(s.Ref, date)
		return !ok
	})
	if len(related) != 1 {
		return registry.AreaRef{}
	}
	return related[0].Ref
}
