package frame

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
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
	return c.SendString("ready\n" + saidOfBackups(s.App.Backups()))
}

// saidOfBackups says when the last timed backup was made and until when nothing had
// changed since, in UTC; of why one failed the log tells.
func saidOfBackups(b core.Backups) (said string) {
	utc := func(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }
	if b.MadeAt > 0 {
		said = "last backup " + utc(b.MadeAt) + "\n"
	}
	if b.CurrentAt > b.MadeAt {
		said += "nothing changed since then until " + utc(b.CurrentAt) + "\n"
	}
	if b.Fault != nil {
		said += "the last backup failed: see the log\n"
	}
	return said
}

// Unready is why a server is not ready; the log has the rest.
func Unready(err error) error {
	if registry.KindOf(err) == registry.Unavailable {
		return err
	}
	return errors.Join(registry.E(registry.Unavailable, "error.busy"), err)
}
