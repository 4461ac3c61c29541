package frame

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// healthz says that the process answers.
func (s *Server) healthz(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readyz says that the database answers and takes writes. A timed backup that failed
// is told, but does not make the server one that is not ready.
func (s *Server) readyz(c *fiber.Ctx) error {
	if err := s.App.DB.Ready(c.UserContext()); err != nil {
		return Unready(err)
	}
	if _, fault := s.App.Backups(); fault != nil {
		return c.SendString("ready\nthe last backup failed: see the log\n")
	}
	return c.SendString("ready\n")
}

// Unready is why a server is not ready; the log has the rest.
func Unready(err error) error {
	if registry.KindOf(err) == registry.Unavailable {
		return err
	}
	return errors.Join(registry.E(registry.Unavailable, "error.busy"), err)
}
