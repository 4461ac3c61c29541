package campaign

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// sendTasks sends the list of tasks as a file.
func (s *Door) sendTasks(c *fiber.Ctx) error {
	return s.SendList(c, func(form, lang string) (registry.File, error) {
		return s.App.Lists.TaskFile(c.UserContext(), frame.Actor(c), readTasks(c), lists.Ask{Form: form, Lang: lang})
	})
}
