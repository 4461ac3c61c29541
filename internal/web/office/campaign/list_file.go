package campaign

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/frame"
)

// sendTasks sends the list of tasks as a file.
func (s *Door) sendTasks(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.TaskFile(c.UserContext(), frame.Actor(c), readTasks(c), ask)
	})
}

// sendBodies sends the list of bodies as a file.
func (s *Door) sendBodies(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.BodyFile(c.UserContext(), frame.Actor(c), ask)
	})
}
