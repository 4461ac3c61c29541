package inspections

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/web/frame"
)

// minutes sends the minutes of a record in a form.
func (s *Door) minutes(form string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, err := s.App.Inspections.MinutesFile(c.UserContext(), frame.Actor(c), recordParam(c), inspections.MinutesAsked{Form: form, Lang: frame.Lang(c)})
		if err != nil {
			return err
		}
		return frame.SendFile(c, f)
	}
}

// blank sends the form of a subject, that of a booth unless another is asked for, to be
// filled in by hand.
func (s *Door) blank(form string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		subject := frame.OneOf(c, "doi-tuong", inspection.SubjectKinds...)
		if subject == "" {
			subject = inspection.OfBooth
		}
		f, err := s.App.Inspections.BlankMinutes(frame.Actor(c), subject, inspections.MinutesAsked{Form: form, Lang: frame.Lang(c)})
		if err != nil {
			return err
		}
		return frame.SendFile(c, f)
	}
}
