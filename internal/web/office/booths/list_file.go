package booths

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// sendApplications sends the applications of a tab of the queue as a file.
func (s *Door) sendApplications(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		state := cmp.Or(frame.OneOf(c, "state", queueTabs...), registry.AppSubmitted)
		event := registry.EventID(cmp.Or(c.Params("id"), c.Query("event")))
		return s.App.Lists.ApplicationFile(c.UserContext(), frame.Actor(c), registry.ApplicationFilter{Event: event, States: queueStates(state)}, ask)
	})
}

// sendBooths sends the booths of an event as a file.
func (s *Door) sendBooths(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.BoothFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), ask)
	})
}

// sendPasses sends the passes of an event as a file.
func (s *Door) sendPasses(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		event, q := frame.EventParam(c), readPassQuery(c)
		booth, err := s.boothByCode(c, event, q.Booth)
		if err != nil {
			return frame.ListFile{}, err
		}
		if q.Booth != "" && booth == "" {
			frame.CannotRead(c, "gian")
		}
		return s.App.Lists.PassFile(c.UserContext(), frame.Actor(c), registry.PassFilter{Event: event, Kind: q.Kind, State: q.State, Text: q.Text, Stall: booth,
			Unprinted: q.Unprinted}, ask)
	})
}
