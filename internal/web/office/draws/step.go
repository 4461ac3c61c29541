package draws

import (
	"github.com/gofiber/fiber/v2"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/draw"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// stepForm is what the forms of a draw send, each some of it.
type stepForm struct {
	Draw    draw.ID `form:"draw"`
	Version int64   `form:"version"`
	Hall    bool    `form:"hall"` // it was sent from the big screen
	Mark    string  `form:"mark"`
	Digits  string  `form:"digits"`
	Reason  string  `form:"reason"`
	appdraw.Input
	appdraw.CallInput
	appdraw.MendInput
}

func (f stepForm) ref(c *fiber.Ctx) appdraw.Ref {
	return appdraw.Ref{Event: frame.EventParam(c), ID: f.Draw, Version: f.Version}
}

// step handles a form of a draw and goes back to where it was sent from.
func (s *Door) step(flash string, do func(*fiber.Ctx, stepForm) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form stepForm
		err := frame.Bind(c, &form)
		if err == nil {
			err = do(c, form)
		}
		if err != nil {
			return s.show(c, form, err)
		}
		frame.Flash(c, flash)
		to := view.DrawRoot(frame.EventParam(c))
		if form.Hall {
			to += "/man-hinh"
		}
		return c.Redirect(to, fiber.StatusSeeOther)
	}
}

func (s *Door) prepare(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Prepare(c.UserContext(), frame.Actor(c), frame.EventParam(c), f.Input)
}

func (s *Door) edit(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Edit(c.UserContext(), frame.Actor(c), f.ref(c), f.Input)
}

func (s *Door) drop(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Drop(c.UserContext(), frame.Actor(c), f.ref(c))
}

func (s *Door) lock(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Lock(c.UserContext(), frame.Actor(c), f.ref(c), f.Mark)
}

func (s *Door) call(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Call(c.UserContext(), frame.Actor(c), f.ref(c), f.CallInput)
}

func (s *Door) mend(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Mend(c.UserContext(), frame.Actor(c), f.ref(c), f.MendInput)
}

func (s *Door) reveal(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Reveal(c.UserContext(), frame.Actor(c), f.ref(c))
}

func (s *Door) source(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Source(c.UserContext(), frame.Actor(c), f.ref(c), f.Digits)
}

func (s *Door) stop(c *fiber.Ctx, f stepForm) error {
	return s.App.Draws.Stop(c.UserContext(), frame.Actor(c), f.ref(c), f.Reason)
}
