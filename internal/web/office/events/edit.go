package events

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// showNewEvent shows the empty form.
func (s *Door) showNewEvent(c *fiber.Ctx) error {
	p := eventFormPage{Base: s.OfficePage(c, "event.office.add"), Action: "/quan-ly/su-kien/moi", Back: "/quan-ly/su-kien"}
	in := events.EventInput{Kind: string(registry.MarketSession), Level: string(registry.CommuneLevel), OpensAt: "07:30", ClosesAt: "17:00",
		Registration: string(registry.RegistrationNotNeeded), StaffPasses: "4"}
	last, found, err := s.App.Events.LastOrganised(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	if found {
		proposeFrom(&in, last)
		p.Proposed = p.T("event.office.proposed", last.Title)
	}
	p.fill(formOf(in, ""))
	return s.Render(c, frame.LayoutOffice, "events/edit", p)
}

// proposeFrom fills in who organises an event, and what it rests on, as the organiser's
// last event has it. The paper of an event that was registered is its own.
func proposeFrom(in *events.EventInput, last registry.Event) {
	was := events.EventInputOf(last)
	in.Organiser, in.Phone, in.Programme = was.Organiser, was.Phone, was.Programme
	if last.Legal.Registration == registry.RegistrationNotNeeded {
		in.LegalNumber, in.LegalIssuedOn, in.LegalIssuer, in.LegalOthers = was.LegalNumber, was.LegalIssuedOn, was.LegalIssuer, was.LegalOthers
	}
}

// proposedTitle names an event after its kind and unit, as its organiser would; "" where
// one of them is not known.
func (s *Door) proposedTitle(b view.Base, in events.EventInput) string {
	area, err := s.App.Areas.Find(in.Area)
	if err != nil || !slices.Contains(registry.EventKinds, registry.EventKind(in.Kind)) {
		return ""
	}
	return b.T("event.title_of."+in.Kind, area.Name)
}

// proposedTitles are the same by kind, for the script that proposes one while kind and unit
// are chosen: "{0}" stands for the name of the unit.
func proposedTitles(b view.Base) (titles []view.Option) {
	for _, kind := range registry.EventKinds {
		titles = append(titles, view.Option{Value: string(kind), Label: b.T("event.title_of."+string(kind), "{0}")})
	}
	return titles
}

// createEvent makes a draft.
func (s *Door) createEvent(c *fiber.Ctx) error {
	p := eventFormPage{Base: s.OfficePage(c, "event.office.add"), Action: "/quan-ly/su-kien/moi", Back: "/quan-ly/su-kien"}
	return s.takeEventForm(c, p, func(in events.EventInput) (registry.Event, string, error) {
		if strings.TrimSpace(in.Title) == "" {
			in.Title = s.proposedTitle(p.Base, in)
		}
		e, err := s.App.Events.CreateEvent(c.UserContext(), frame.Actor(c), in)
		return e, "event.flash.created", err
	})
}

// showEditEvent shows the form of an event.
func (s *Door) showEditEvent(c *fiber.Ctx) error {
	p, e, err := s.editPage(c)
	if err != nil {
		return err
	}
	p.fill(s.storedForm(e))
	return s.Render(c, frame.LayoutOffice, "events/edit", p)
}

// storedForm fills the form with a stored event.
func (s *Door) storedForm(e registry.Event) eventForm {
	return formOf(events.EventInputOf(e), s.App.Events.EventPlace(e).Name)
}

// editEvent saves an event.
func (s *Door) editEvent(c *fiber.Ctx) error {
	p, e, err := s.editPage(c)
	if err != nil {
		return err
	}
	return s.takeEventForm(c, p, func(in events.EventInput) (registry.Event, string, error) {
		saved, err := s.App.Events.EditEvent(c.UserContext(), frame.Actor(c), e.ID, in)
		return saved, "event.flash.saved", err
	})
}

func (s *Door) editPage(c *fiber.Ctx) (eventFormPage, registry.Event, error) {
	e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ManageEvents, frame.EventParam(c))
	if err != nil {
		return eventFormPage{}, e, err
	}
	p := eventFormPage{Base: s.OfficePage(c, "event.office.edit", e.Title), Action: view.EventRoot(e.ID) + "/sua", Back: view.EventRoot(e.ID)}
	if e.Cover != "" {
		p.Cover = "/tep/" + string(e.Cover) + "/nho"
	}
	head := s.EventHead(c, p.Base, e)
	p.Head = &head
	if p.Tells, err = s.changeTells(c, p.Base, e); err != nil {
		return p, e, err
	}
	p.Asked, err = s.askedParts(c, p.Base, e)
	return p, e, err
}

// takeEventForm reads the form and saves; a fault shows the form again as it was
// filled in.
func (s *Door) takeEventForm(c *fiber.Ctx, p eventFormPage, save func(events.EventInput) (registry.Event, string, error)) error {
	var form eventForm
	var place *registry.Error
	var e registry.Event
	unread, err := frame.BindOpen(c, &form)
	if err == nil {
		var in events.EventInput
		var done string
		if in, place, err = s.eventInput(&form); err == nil {
			in.Unread = unread
			e, done, err = save(in)
		}
		if err == nil {
			frame.Flash(c, done)
			return c.Redirect(view.EventRoot(e.ID), fiber.StatusSeeOther)
		}
	}
	texts, ok := view.FaultTexts(p.Base, err)
	if !ok {
		return err
	}
	if place != nil {
		texts["area"] = p.T(place.Key, place.Args...)
	}
	view.TellLostFile(p.Base, texts, "cover", form.Cover != nil)
	p.Form = view.NewForm(&p.Base, texts)
	p.fill(form)
	if view.IsStale(err) && e.Version > 0 {
		p.Stale = s.staleEvent(p, e)
	}
	return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutOffice, "events/edit", p)
}

// staleEvent compares the form of an event with what somebody else has saved.
func (s *Door) staleEvent(mine eventFormPage, e registry.Event) *view.Stale {
	theirs := eventFormPage{Base: mine.Base}
	theirs.fill(s.storedForm(e))
	fields := func(p eventFormPage) (all []view.Field) {
		for _, g := range p.Groups {
			all = append(all, g.Fields...)
		}
		return all
	}
	st := view.NewStale(mine.Base, e.Version, mine.Action, fields(mine), fields(theirs))
	st.Compare(st.T("event.field.days"), view.RowsSaid(mine.Days), view.RowsSaid(theirs.Days))
	st.Compare(st.T("event.field.quotas"), view.RowsSaid(mine.Quotas), view.RowsSaid(theirs.Quotas))
	st.Compare(st.T("event.group.programme"), view.RowsSaid(mine.Items), view.RowsSaid(theirs.Items))
	return st
}

// eventInput reads the unit by the first day and the rest of the form. A typed
// unit that is none, or several, comes back as a fault of its own: the event is
// then read without a unit, so that all other faults are found too.
func (s *Door) eventInput(form *eventForm) (in events.EventInput, place *registry.Error, err error) {
	on, err := vn.ParseDate(form.FirstDay, s.App.Today())
	if err != nil {
		on = s.App.Today()
	}
	area, place := s.PickedArea(form.Area, form.AreaRef, on)
	in, err = form.input(area)
	return in, place, err
}
