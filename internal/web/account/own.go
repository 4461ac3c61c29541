package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/frame"
)

// sendOwn hands out all that is kept of the account.
func (s *Door) sendOwn(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	f, err := s.App.Personal.Own(c.UserContext(), in.Actor, frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
