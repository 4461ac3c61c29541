package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/view"
)

// NoteFault begins the form of a page with a fault that it can show, and returns the
// status of the answer: 200 without a fault. Any other error comes back.
func NoteFault(c *fiber.Ctx, b *view.Base, form *view.Form, fault error) (status int, err error) {
	if fault == nil {
		return fiber.StatusOK, nil
	}
	texts, ok := view.FaultTexts(*b, fault)
	if !ok {
		return 0, fault
	}
	*form = view.NewForm(b, texts)
	return FaultStatus(c, fault), nil
}
