package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/view"
)

// PushAsk offers notifications on the device of a request to whoever is signed in there;
// nil where they are switched off. Mailed says that a letter goes out without them.
func (s *Server) PushAsk(c *fiber.Ctx, b view.Base, mailed bool) (*view.PushAsk, error) {
	in, ok := SignedIn(c)
	if !ok || !s.App.PushOn() {
		return nil, nil
	}
	key, _, err := s.App.PushKey(c.UserContext())
	if err != nil {
		return nil, err
	}
	list, err := s.App.Accounts.PushPhones(c.UserContext(), in)
	ask := &view.PushAsk{Base: b, Key: key.Public, Mailed: mailed && !s.App.NoMail}
	for _, p := range list {
		ask.Here = ask.Here || p.Session == in.Session.ID
	}
	return ask, err
}
