package gates

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// sendVisits sends what was counted at the gates of an event as a file: on the day of the
// address, on all days where it names none.
func (s *Door) sendVisits(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ViewFigures, frame.EventParam(c))
		if err != nil {
			return frame.ListFile{}, err
		}
		day := frame.AskedIf(c, "ngay", e.HasDay(c.Query("ngay")))
		return s.App.Lists.VisitFile(c.UserContext(), frame.Actor(c), e.ID, day, ask)
	})
}

// sendPhones sends the phones of an event's gates as a file.
func (s *Door) sendPhones(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.PhoneFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), ask)
	})
}
