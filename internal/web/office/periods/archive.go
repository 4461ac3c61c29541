package periods

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/archive"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// archiveRoot is the archive of a year, which its address names.
const archiveRoot = root + "/luu-tru"

// sendArchive sends the archive of a year, from the disk.
func (s *Door) sendArchive(c *fiber.Ctx) error {
	year, err := strconv.Atoi(c.Params("year"))
	if err != nil {
		return registry.E(registry.NotFound, "error.not_found")
	}
	f, err := s.App.Archive.Open(c.UserContext(), frame.Actor(c), year)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Attachment(archive.Name(year))
	return c.SendStream(f, int(f.Bytes))
}
