package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// cloneEvery is how many days after an event its copy is proposed: a week later,
// or today if that has passed.
const cloneEvery = 7

// eventCloneForm says what is different about the copy of an event.
type eventCloneForm struct {
	Title    string `form:"title"`
	FirstDay string `form:"first_day"`
	Area     string `form:"area"`
	AreaRef  string `form:"area_ref"`
}

// showCloneEvent shows the form of a copy.
func (s *Server) showCloneEvent(c *fiber.Ctx) error {
	p, e, err := s.clonePage(c)
	if err != nil {
		return err
	}
	on := max(vn.AddDays(e.OpensOn, cloneEvery), s.app.Today())
	f := eventCloneForm{Title: e.Title, FirstDay: vn.ShowDate(on)}
	if a, ok := s.app.Areas.Lookup(s.app.AreaFor(e.Area, on)); ok {
		f.Area, f.AreaRef = s.app.Areas.LongName(a, on), a.Ref.String()
	}
	p.fillClone(f, nil)
	return s.render(c, layoutOffice, "eventmove", p)
}

func (s *Server) clonePage(c *fiber.Ctx) (eventMovePage, registry.Event, error) {
	e, err := s.app.OfficeEvent(c.UserContext(), actor(c), registry.ManageEvents, registry.EventID(c.Params("id")))
	if err != nil {
		return eventMovePage{}, e, err
	}
	p := eventMovePage{base: s.officePage(c, "event.clone.title", e.Title), Root: eventRoot(e), Action: eventRoot(e) + "/nhan-ban"}
	p.Head, p.Heading, p.Lead, p.Button = s.eventHead(c, p.base, e), p.T("event.clone.heading"), p.T("event.clone.lead"), p.T("event.clone.do")
	return p, e, nil
}

func (p *eventMovePage) fillClone(f eventCloneForm, texts map[string]string) {
	area := p.field("area", "area", f.Area, texts["area"])
	area.Ref, area.On = f.AreaRef, "first_day"
	p.Fields = []Field{p.field("title", "text", f.Title, texts["title"]), p.field("first_day", "date", f.FirstDay, texts["first_day"]), area}
}

// cloneEvent makes a copy and opens it.
func (s *Server) cloneEvent(c *fiber.Ctx) error {
	p, e, err := s.clonePage(c)
	if err != nil {
		return err
	}
	var f eventCloneForm
	var fault *registry.Error
	if err = bind(c, &f); err == nil {
		var area registry.AreaRef
		area, fault = s.pickedArea(f.Area, f.AreaRef, s.dayTyped(f.FirstDay))
		var made registry.Event
		if made, err = s.app.CloneEvent(c.UserContext(), actor(c), e.ID, app.CloneInput{Title: f.Title, Area: area.String(), FirstDay: f.FirstDay}); err == nil {
			flash(c, "event.flash.cloned")
			return c.Redirect(eventRoot(made), fiber.StatusSeeOther)
		}
	}
	texts, ok := faultTexts(p.base, err)
	if !ok {
		return err
	}
	if fault != nil {
		texts["area"] = p.T(fault.Key, fault.Args...)
	}
	p.HasError, p.Faults = true, summary(p.base, texts, fieldOrder...)
	p.fillClone(f, texts)
	return s.renderStatus(c, faultStatus(c, err), layoutOffice, "eventmove", p)
}
