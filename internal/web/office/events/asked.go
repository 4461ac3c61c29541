package events

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// askedPart is something that a copy of an event left to be answered: where, and
// what the event that it was copied from has there.
type askedPart struct{ Field, Href, Label, Former string }

// askedParts lists what a copy still lacks before it can be announced. The source is
// quoted only to who may see it.
func (s *Door) askedParts(c *fiber.Ctx, b view.Base, e registry.Event) (parts []askedPart, err error) {
	if len(e.Asked) == 0 {
		return nil, nil
	}
	former := map[string]string{}
	source, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), e.ClonedFrom)
	switch {
	case err == nil:
		former = events.FormerTexts(source)
	case registry.KindOf(err) != registry.NotFound:
		return nil, err
	}
	for _, name := range events.Fields.Names() {
		if slices.Contains(e.Asked, name) {
			parts = append(parts, askedPart{name, view.EventRoot(e.ID) + "/sua#f-" + name, b.T("event.field." + name), shortQuote(former[name])})
		}
	}
	return parts, nil
}

// askFields says at the fields of the form what a copy left out, and offers to say
// that there is none where that is an answer.
func (p *eventFormPage) askFields(parts []askedPart) {
	none := view.Field{Name: "none", Type: "checkboxes", Label: p.T("event.asked.none"), Hint: p.T("event.asked.none_hint")}
	for _, part := range parts {
		for g := range p.Groups {
			for i := range p.Groups[g].Fields {
				if f := &p.Groups[g].Fields[i]; f.Name == part.Field {
					f.Hint = askedHint(p.Base, part)
				}
			}
		}
		if slices.Contains(events.NoneOf, part.Field) {
			none.Options = append(none.Options, view.Option{Value: part.Field, Label: part.Label, Selected: slices.Contains(p.None, part.Field)})
		}
	}
	if len(none.Options) > 0 {
		p.AskNone = &none
	}
}

// askedHint says what stands in the event that a copy was made from.
func askedHint(b view.Base, part askedPart) string {
	if part.Former == "" {
		return b.T("event.asked.hint_blank")
	}
	return b.T("event.asked.hint", part.Former)
}

// shortQuote cuts a long text that is only to be recognised.
func shortQuote(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
