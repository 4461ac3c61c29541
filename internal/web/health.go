package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// healthz says that the process answers.
func (s *Server) healthz(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readyz says that the database answers.
func (s *Server) readyz(c *fiber.Ctx) error {
	if err := s.app.DB.Ping(c.UserContext()); err != nil {
		return registry.E(registry.Unavailable, "error.busy")
	}
	return c.SendString("ready\n")
}
