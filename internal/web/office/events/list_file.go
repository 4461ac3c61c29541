package events

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// read reads what the address of the list asks for.
func (p *officeEventsPage) read(c *fiber.Ctx) {
	var slugs []string
	for _, g := range officeStates {
		slugs = append(slugs, g.slug)
	}
	p.Query, p.State = frame.AskedText(c, "q"), frame.OneOf(c, "xem", slugs...)
	p.Kind = string(frame.OneOf(c, "loai", append(slices.Clone(registry.EventKinds), boosted)...))
}

// filter is what the list is narrowed to.
func (p *officeEventsPage) filter() registry.EventFilter {
	f := registry.EventFilter{Text: p.Query, Kind: registry.EventKind(p.Kind), Limit: officeEventsPerPage}
	if f.Boosted = f.Kind == boosted; f.Boosted {
		f.Kind = ""
	}
	for _, g := range officeStates {
		if g.slug == p.State {
			f.States, f.Latest = g.states, g.latest
		}
	}
	return f
}

// sendEvents sends the list of events as a file.
func (s *Door) sendEvents(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		var p officeEventsPage
		p.read(c)
		return s.App.Lists.EventFile(c.UserContext(), frame.Actor(c), p.filter(), lists.Ask{Form: form, Lang: lang, Filter: frame.ListFilter(c)})
	})
}

// sendSales sends who has told its sales at an event as a file.
func (s *Door) sendSales(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		return s.App.Lists.SalesFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), lists.Ask{Form: form, Lang: lang})
	})
}
