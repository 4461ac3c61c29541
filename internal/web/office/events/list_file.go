package events

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/frame"
)

// sendEvents sends the list of events as a file.
func (s *Door) sendEvents(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		p := officeEventsPage{Base: s.Page(c, "event.office.title")}
		if err := s.readListQuery(c, &p); err != nil {
			return frame.ListFile{}, err
		}
		f := p.Query.filter(s.App.Events.AheadFilter())
		return s.App.Lists.EventFile(c.UserContext(), frame.Actor(c), f, ask)
	})
}

// sendSales sends who has told its sales at an event as a file.
func (s *Door) sendSales(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.SalesFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), ask)
	})
}

// sendCalls sends the call list of an event as a file.
func (s *Door) sendCalls(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.CallFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), ask)
	})
}

// sendOffers sends the offers of an event as a file.
func (s *Door) sendOffers(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.OfferFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), readOfferState(c), ask)
	})
}
