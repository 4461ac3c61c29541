package booths

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// asked is what a file is wanted as, and what narrows it.
func asked(c *fiber.Ctx, form, lang string) lists.Ask {
	return lists.Ask{Form: form, Lang: lang, Filter: frame.ListFilter(c)}
}

// sendApplications sends the applications of a tab of the queue as a file.
func (s *Door) sendApplications(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		state := cmp.Or(frame.OneOf(c, "state", queueTabs...), registry.AppSubmitted)
		event := registry.EventID(cmp.Or(c.Params("id"), c.Query("event")))
		return s.App.Lists.ApplicationFile(c.UserContext(), frame.Actor(c), registry.ApplicationFilter{Event: event, States: queueStates(state)}, asked(c, form, lang))
	})
}

// sendBooths sends the booths of an event as a file.
func (s *Door) sendBooths(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		return s.App.Lists.BoothFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), asked(c, form, lang))
	})
}

// sendPasses sends the passes of an event as a file.
func (s *Door) sendPasses(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		event, q := frame.EventParam(c), readPassQuery(c)
		booth, err := s.boothByCode(c, event, q.Booth)
		if err != nil {
			return registry.File{}, err
		}
		if q.Booth != "" && booth == "" {
			frame.CannotRead(c, "gian")
		}
		return s.App.Lists.PassFile(c.UserContext(), frame.Actor(c), registry.PassFilter{Event: event, Kind: q.Kind, State: q.State, Text: q.Text, Stall: booth,
			Unprinted: q.Unprinted}, asked(c, form, lang))
	})
}
