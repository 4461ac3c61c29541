package gates

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// gateQuery reads which day and gate a paper is for. What is no number is no gate.
func gateQuery(c *fiber.Ctx) admission.GateQuery {
	q := admission.GateQuery{Day: c.Query("ngay"), Lang: frame.Lang(c)}
	if text := c.Query("cong"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -1
		}
		q.Gate = n
	}
	return q
}

// sendPDF sends a paper of an event's gates as a PDF.
func (s *Door) sendPDF(write func(context.Context, registry.Actor, registry.EventID, admission.GateQuery) (registry.File, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, err := write(c.UserContext(), frame.Actor(c), frame.EventParam(c), gateQuery(c))
		if err != nil {
			return err
		}
		return frame.SendFile(c, f)
	}
}
