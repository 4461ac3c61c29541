package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/view"
)

// NoteFault begins the form of a page with a fault that it can show, and returns the
// status of the answer: 200 without a fault. Any other error comes back.
func NoteFault(c *fiber.Ctx, b *view.Base, form *view.Form, fault error) (status int, err error) {
	return NoteFaultOfPhoto(c, b, form, fault, nil)
}

// NoteFaultOfPhoto is NoteFault for a form with a field "photo", which says that a photo that
// came with it has to be chosen again.
func NoteFaultOfPhoto(c *fiber.Ctx, b *view.Base, form *view.Form, fault error, photo []byte) (status int, err error) {
	if fault == nil {
		return fiber.StatusOK, nil
	}
	texts, ok := view.FaultTexts(*b, fault)
	if !ok {
		return 0, fault
	}
	view.TellLostFile(*b, texts, "photo", len(photo) > 0)
	*form = view.NewForm(b, texts)
	return FaultStatus(c, fault), nil
}
