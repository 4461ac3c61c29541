package communications

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// newPage begins the form of a new entry.
func (s *Door) newPage(c *fiber.Ctx) entryPage {
	p := entryPage{Base: s.OfficePage(c, "communication.enter_title"), Action: enterRoot, Back: root, New: true, Send: sendRoot,
		Keep: string(frame.Actor(c).Account)}
	texts, err := json.Marshal(map[string]string{"waiting": p.T("communication.phone.waiting"), "written": p.T("communication.phone.written"),
		"look": p.T("communication.phone.look"), "offline": p.T("communication.phone.offline"), "edit": p.T("communication.phone.edit"),
		"right": p.T("communication.phone.right"), "drop": p.T("communication.phone.drop"), "signin": p.T("communication.phone.signin"),
		"people": p.T("communication.phone.people"), "kept": p.T("communication.phone.kept")})
	if err == nil {
		p.Texts = string(texts)
	}
	return p
}

// showEnter shows the form of a new entry, with what is most likely filled in.
func (s *Door) showEnter(c *fiber.Ctx) error {
	ch, err := s.App.Communications.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	in := communications.EntryInput{Client: uuid.NewString(), Channel: string(ch.Channel), Times: "1", Body: string(ch.Body),
		Day: vn.ShowDate(s.App.Today()), Event: c.Query("su-kien")}
	if !ch.Area.IsZero() {
		in.Area = ch.Area.String()
	}
	if asked := frame.OneOf(c, "kenh", channelIDs(ch)...); asked != "" {
		in.Channel = string(asked)
	}
	p := s.newPage(c)
	p.Form = view.NewForm(&p.Base, nil)
	if p.Open = in.Event != ""; p.Open {
		e, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), registry.EventID(in.Event))
		if err != nil {
			return err
		}
		p.Holds.Event, p.Holds.EventTitle = e.ID, e.Title
	}
	s.draw(&p, s.formOf(in), ch)
	return s.Render(c, frame.LayoutOffice, "communications/entry_form", p)
}

// channelIDs are the channels that an entry may have.
func channelIDs(ch communications.Choices) (ids []committee.ChannelID) {
	for _, c := range ch.Channels {
		if !c.Retired {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// enter writes an entry into the register.
func (s *Door) enter(c *fiber.Ctx) error {
	var form entryForm
	if err := frame.Bind(c, &form); err != nil {
		return s.reshowEntry(c, s.newPage(c), form, sent{err: err})
	}
	place := s.ReadArea(form.AreaText, &form.Area, form.Day)
	done, asked, err := s.App.Communications.Enter(c.UserContext(), frame.Actor(c), []communications.EntryInput{form.EntryInput})
	if err != nil || len(asked) > 0 {
		return s.reshowEntry(c, s.newPage(c), form, sent{err: err, place: place, asked: asked})
	}
	frame.Flash(c, "communication.flash.written")
	return c.Redirect(entryHref(done[0].ID), fiber.StatusSeeOther)
}

// sendAnswer tells the script of a phone what became of an entry.
type sendAnswer struct {
	State   string   `json:"state"` // "written" or "look"
	Number  string   `json:"number,omitempty"`
	Href    string   `json:"href,omitempty"`
	Reasons []string `json:"reasons,omitempty"`
	Asked   bool     `json:"asked,omitempty"` // it can be confirmed as it is
}

// send takes an entry that a phone has kept. One that cannot be written as it is comes
// back with the reasons, so that its sender can look at it again.
func (s *Door) send(c *fiber.Ctx) error {
	var form entryForm
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	place := s.ReadArea(form.AreaText, &form.Area, form.Day)
	done, asked, err := s.App.Communications.Enter(c.UserContext(), frame.Actor(c), []communications.EntryInput{form.EntryInput})
	b := s.OfficePage(c, "communication.enter_title")
	if kind := registry.KindOf(err); err != nil && kind != registry.Invalid {
		return err // a fault of the moment: the phone sends it again
	}
	texts, _ := sent{err: err, place: place}.texts(b)
	switch {
	case err != nil:
		answer := sendAnswer{State: "look"}
		for _, fault := range faultLines(b, texts) {
			answer.Reasons = append(answer.Reasons, fault.Text)
		}
		return c.JSON(answer)
	case len(asked) > 0:
		return c.JSON(sendAnswer{State: "look", Reasons: questions(b, asked), Asked: true})
	}
	return c.JSON(sendAnswer{State: "written", Number: done[0].Number(), Href: entryHref(done[0].ID)})
}

// faultLines puts the label of its field before each fault, as the form does.
func faultLines(b view.Base, texts map[string]string) []view.FieldFault {
	f := view.NewForm(&b, texts)
	for _, name := range []string{"channel", "times", "people", "area", "village", "day", "place", "topic", "down_on", "quantity", "minutes", "cost",
		"body", "event", "task", "link", "movements", "quality"} {
		f.Part(name, b.T("communication.field."+name))
	}
	return f.Faults()
}
