package gates

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// sendVisits sends what was counted at the gates of an event as a file: on the day of the
// address, on all days where it names none.
func (s *Door) sendVisits(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ViewFigures, frame.EventParam(c))
		if err != nil {
			return registry.File{}, err
		}
		day := frame.AskedIf(c, "ngay", e.HasDay(c.Query("ngay")))
		return s.App.Lists.VisitFile(c.UserContext(), frame.Actor(c), e.ID, day, lists.Ask{Form: form, Lang: lang, Filter: day})
	})
}
