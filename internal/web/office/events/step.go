package events

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventStepPage asks for the reason of a step, and says what follows from it.
type eventStepPage struct {
	view.Base
	view.Form
	Head     frame.EventHead
	Root     string
	To       registry.EventState
	Heading  string
	Effects  []string
	Reason   view.Field
	Reasoned bool        // the step needs a reason
	Told     bool        // vendors and the public read it
	Printed  bool        // the reason stands in an addendum
	Asked    []askedPart // what keeps a copy from being announced
	Version  int64
	Button   string
}

// showEventStep shows the page of a step that is asked about first.
func (s *Door) showEventStep(c *fiber.Ctx) error {
	to := registry.EventState(c.Query("den"))
	p, e, err := s.stepPage(c, to)
	if err != nil {
		return err
	}
	if !asksNow(e.State, to) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	if to == registry.Announced {
		if p.Asked, err = s.askedParts(c, p.Base, e); err != nil {
			return err
		}
	}
	return s.Render(c, frame.LayoutOffice, "events/step", p)
}

func (s *Door) stepPage(c *fiber.Ctx, to registry.EventState) (eventStepPage, registry.Event, error) {
	desk, err := s.App.Lifecycle.EventDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return eventStepPage{}, desk.Event, err
	}
	e := desk.Event
	p := eventStepPage{Base: s.OfficeNav(c, s.Titled(c, e.Title)), Root: view.EventRoot(e.ID), To: to, Version: e.Version}
	p.Head = s.EventHead(c, p.Base, e)
	if asks, reason := lifecycle.StepAsks(e.State, to); asks {
		p.Reasoned = reason
		p.Heading, p.Button = p.T("event.ask."+string(to)), p.T("event.ask.do."+string(to))
		if e.State == registry.Reported {
			return s.reopenPage(c, p, e)
		}
		effect, err := s.App.Events.EventEffect(c.UserContext(), frame.Actor(c), e)
		if err != nil {
			return p, e, err
		}
		p.Effects = stepEffects(p.Base, desk, to, effect, e.Lands(to, s.App.NowMS()))
	}
	p.Told = to.NeedsReason() && e.PublishedAt > 0
	p.Reason = p.stepReason("")
	return p, e, nil
}

// stepReason asks why a step is taken, and says who will read it.
func (p eventStepPage) stepReason(value string) view.Field {
	f := reasonField(p.Base, value)
	switch {
	case p.Printed:
		f.Hint = p.T("event.hint.reason_addendum")
	case !p.Told:
		f.Hint = p.T("event.hint.reason_log")
	}
	return f
}

// reasonField asks for a reason that people are told.
func reasonField(b view.Base, value string) view.Field {
	return view.Field{Name: "reason", Type: "textarea", Value: value, Label: b.T("event.field.reason"), Hint: b.T("event.hint.reason"), Rows: 3}
}

// stepEvent takes a step. Without its reason the page that asks comes back.
func (s *Door) stepEvent(c *fiber.Ctx) error {
	var form struct {
		To      string `form:"to"`
		Reason  string `form:"reason"`
		Version int64  `form:"version"`
	}
	err := frame.Bind(c, &form)
	id, to := frame.EventParam(c), registry.EventState(form.To)
	was, gone := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ManageEvents, id)
	if gone != nil {
		return gone
	}
	if err == nil {
		err = s.App.Lifecycle.StepEvent(c.UserContext(), frame.Actor(c), id, lifecycle.StepInput{To: to, Reason: form.Reason, Version: form.Version})
	}
	if err == nil {
		if err := s.sayStep(c, was.State, to, id); err != nil {
			return err
		}
		return c.Redirect(view.EventRoot(id), fiber.StatusSeeOther)
	}
	p, e, gone := s.stepPage(c, to)
	if gone != nil {
		return gone
	}
	texts, ok := view.FaultTexts(p.Base, err)
	if !ok || !asksNow(e.State, to) {
		return err
	}
	p.Form = view.NewForm(&p.Base, texts)
	p.Reason = p.TakeOne(p.stepReason(form.Reason))
	return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutOffice, "events/step", p)
}

// sayStep tells what a step has done. An event that is announced goes on at once to
// where its dates call for: that is told too.
func (s *Door) sayStep(c *fiber.Ctx, was, to registry.EventState, id registry.EventID) error {
	e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ManageEvents, id)
	if err != nil {
		return err
	}
	key := "event.flash.step." + string(was) + "." + string(to)
	if to == registry.Announced {
		key += "." + whereItLands(e)
	}
	frame.FlashOn(c, key, dateToldAt(e))
	return nil
}

// whereItLands is the state of an event just announced, or that no window for
// applications will carry it on.
func whereItLands(e registry.Event) string {
	if e.State == registry.Announced && e.ApplyUntil == 0 {
		return "window_none"
	}
	return string(e.State)
}

// dateToldAt is the date that goes with a state.
func dateToldAt(e registry.Event) string {
	switch {
	case e.State == registry.Running || e.State == registry.Ended || e.ApplyUntil == 0:
		return e.ClosesOn
	case e.State == registry.Announced:
		return vn.DateOf(time.UnixMilli(e.ApplyFrom))
	}
	return vn.DateOf(time.UnixMilli(e.ApplyUntil - 1))
}

// eventMoveForm is the new plan of an event as it is sent.
type eventMoveForm struct {
	FirstDay   string `form:"first_day"`
	LastDay    string `form:"last_day"`
	OpensAt    string `form:"opens_at"`
	ClosesAt   string `form:"closes_at"`
	Area       string `form:"area"`
	AreaRef    string `form:"area_ref"`
	Venue      string `form:"venue"`
	Place      string `form:"place"`
	Directions string `form:"directions" lines:"many"`
	ApplyFrom  string `form:"apply_from"`
	ApplyUntil string `form:"apply_until"`
	Reason     string `form:"reason" lines:"many"`
	Version    int64  `form:"version"`
	Over       int64  `form:"over"`
}

// eventMovePage is the form of a move or of a copy.
type eventMovePage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Action  string
	Root    string
	Heading string
	Lead    string
	Button  string
	Tells   string // whom the step will reach
	Fields  []view.Field
	Version int64
	Stale   *view.Stale
}

// showMoveEvent shows the form that gives an event other days or another place.
func (s *Door) showMoveEvent(c *fiber.Ctx) error {
	p, e, err := s.movePage(c)
	if err != nil {
		return err
	}
	p.fill(s.moveFormOf(e))
	return s.Render(c, frame.LayoutOffice, "events/move", p)
}

// moveFormOf fills the form with the plan of an event.
func (s *Door) moveFormOf(e registry.Event) eventMoveForm {
	in := events.EventInputOf(e)
	return eventMoveForm{FirstDay: in.FirstDay, LastDay: in.LastDay, OpensAt: in.OpensAt, ClosesAt: in.ClosesAt,
		Area: s.App.Events.EventPlace(e).Name, AreaRef: in.Area, Venue: in.Venue, Place: in.Place, Directions: in.Directions,
		ApplyFrom: in.ApplyFrom, ApplyUntil: in.ApplyUntil, Version: e.Version}
}

func (s *Door) movePage(c *fiber.Ctx) (eventMovePage, registry.Event, error) {
	e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ManageEvents, frame.EventParam(c))
	if err == nil && !lifecycle.CanMove(e) {
		err = registry.E(registry.Conflict, "event.fault.step")
	}
	if err != nil {
		return eventMovePage{}, e, err
	}
	p := eventMovePage{Base: s.OfficePage(c, "event.move.title", e.Title), Root: view.EventRoot(e.ID), Action: view.EventRoot(e.ID) + "/doi"}
	p.Head, p.Heading, p.Lead, p.Button = s.EventHead(c, p.Base, e), p.T("event.move.heading"), p.T("event.move.lead"), p.T("event.move.do")
	p.Tells, err = s.changeTells(c, p.Base, e)
	return p, e, err
}

func (p *eventMovePage) fill(f eventMoveForm) {
	p.Version = f.Version
	p.Fields = append(p.Fields, p.TakeOne(reasonField(p.Base, f.Reason)))
	in := events.EventInput{FirstDay: f.FirstDay, LastDay: f.LastDay, OpensAt: f.OpensAt, ClosesAt: f.ClosesAt, Area: f.Area, Venue: f.Venue,
		Place: f.Place, Directions: f.Directions, ApplyFrom: f.ApplyFrom, ApplyUntil: f.ApplyUntil}
	for _, name := range []string{"first_day", "last_day", "opens_at", "closes_at", "area", "venue", "place", "directions", "apply_from", "apply_until"} {
		p.Fields = append(p.Fields, p.TakeOne(fieldNamed(p.Base, eventForm{EventInput: in, AreaRef: f.AreaRef}, name)))
	}
}

// moveEvent moves an event.
func (s *Door) moveEvent(c *fiber.Ctx) error {
	p, e, err := s.movePage(c)
	if err != nil {
		return err
	}
	var f eventMoveForm
	var fault *registry.Error
	if err = frame.Bind(c, &f); err == nil {
		var area registry.AreaRef
		area, fault = s.PickedArea(f.Area, f.AreaRef, s.dayTyped(f.FirstDay))
		in := lifecycle.MoveInput{FirstDay: f.FirstDay, LastDay: f.LastDay, OpensAt: f.OpensAt, ClosesAt: f.ClosesAt, Area: area.String(),
			Venue: f.Venue, Place: f.Place, Directions: f.Directions, ApplyFrom: f.ApplyFrom, ApplyUntil: f.ApplyUntil, Reason: f.Reason, Version: view.ReadAt(f.Version, f.Over)}
		if _, err = s.App.Lifecycle.MoveEvent(c.UserContext(), frame.Actor(c), e.ID, in); err == nil {
			frame.Flash(c, "event.flash.moved")
			return c.Redirect(p.Root, fiber.StatusSeeOther)
		}
		if view.IsStale(err) {
			mine, theirs := eventMovePage{Base: p.Base}, eventMovePage{Base: p.Base}
			mine.fill(f)
			theirs.fill(s.moveFormOf(e))
			p.Stale = view.NewStale(p.Base, e.Version, p.Action, mine.Fields[1:], theirs.Fields[1:]) // the reason is nobody else's
		}
	}
	return s.showMoveAgain(c, p, f, moveFault{err, fault})
}

// moveFault is why a move or a copy was refused; place is a fault of the unit.
type moveFault struct {
	err   error
	place *registry.Error
}

func (s *Door) showMoveAgain(c *fiber.Ctx, p eventMovePage, f eventMoveForm, why moveFault) error {
	texts, ok := view.FaultTexts(p.Base, why.err)
	if !ok {
		return why.err
	}
	if why.place != nil {
		texts["area"] = p.T(why.place.Key, why.place.Args...)
	}
	p.Form = view.NewForm(&p.Base, texts)
	p.fill(f)
	return s.RenderStatus(c, frame.FaultStatus(c, why.err), frame.LayoutOffice, "events/move", p)
}

// dayTyped is a typed day, today if it is none.
func (s *Door) dayTyped(text string) string {
	if day, err := vn.ParseDate(text, s.App.Today()); err == nil {
		return day
	}
	return s.App.Today()
}
