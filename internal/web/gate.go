package web

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
)

// gatePage is the gate app: one page whose screens its script shows one at a time.
type gatePage struct {
	base
	Texts string // what the script says, JSON by key
}

// showGateApp sends the gate app. It holds nothing of any event: a phone learns
// all of that when it is paired.
func (s *Server) showGateApp(c *fiber.Ctx) error {
	texts, err := json.Marshal(i18n.Texts(lang(c), "gate.app."))
	if err != nil {
		return err
	}
	return s.render(c, layoutGate, "gate", gatePage{base: s.page(c, "gate.app.title"), Texts: string(texts)})
}
