package events

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// sendEvents sends the list of events as a file.
func (s *Door) sendEvents(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		p := officeEventsPage{Base: s.Page(c, "event.office.title")}
		if err := s.readListQuery(c, &p); err != nil {
			return registry.File{}, err
		}
		f := p.Query.filter(s.App.Events.AheadFilter())
		return s.App.Lists.EventFile(c.UserContext(), frame.Actor(c), f, lists.Ask{Form: form, Lang: lang, Filter: frame.ListFilter(c)})
	})
}

// sendSales sends who has told its sales at an event as a file.
func (s *Door) sendSales(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		return s.App.Lists.SalesFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), lists.Ask{Form: form, Lang: lang})
	})
}
