package web

import "github.com/gofiber/fiber/v2"

// faulty is what a page needs to show again what a person sent with what is wrong
// about it. Pages with forms embed it.
type faulty struct {
	Faults []FieldFault
	texts  map[string]string
}

// noteFault takes in a fault that a form can show and returns the status of the answer:
// 200 without a fault. Any other error comes back.
func (f *faulty) noteFault(c *fiber.Ctx, b *base, fault error, fields ...string) (status int, err error) {
	if fault == nil {
		return fiber.StatusOK, nil
	}
	texts, ok := faultTexts(*b, fault)
	if !ok {
		return 0, fault
	}
	b.HasError, f.texts, f.Faults = true, texts, summary(*b, texts, fields...)
	return faultStatus(c, fault), nil
}
