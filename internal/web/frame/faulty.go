package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/view"
)

// Faulty is what a page needs to show again what a person sent with what is wrong
// about it. Pages with forms embed it.
type Faulty struct {
	Faults []view.FieldFault
	Texts  map[string]string
}

// NoteFault takes in a fault that a form can show and returns the status of the answer:
// 200 without a fault. Any other error comes back.
func (f *Faulty) NoteFault(c *fiber.Ctx, b *view.Base, fault error, fields ...string) (status int, err error) {
	if fault == nil {
		return fiber.StatusOK, nil
	}
	texts, ok := view.FaultTexts(*b, fault)
	if !ok {
		return 0, fault
	}
	b.HasError, f.Texts, f.Faults = true, texts, view.Summary(*b, texts, fields...)
	return FaultStatus(c, fault), nil
}
