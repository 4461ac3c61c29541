package periods

import (
	"context"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/archive"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// archiveRoot is the archive of a year, which its address names.
const archiveRoot = root + "/luu-tru"

// archiveTime is how long an archive may take to be made. That of a whole province is more than
// other requests have time for.
const archiveTime = 10 * time.Minute

// sendArchive sends the archive of a year, from the disk. It goes on when the reader has gone.
func (s *Door) sendArchive(c *fiber.Ctx) error {
	year, err := strconv.Atoi(c.Params("year"))
	if err != nil {
		return registry.E(registry.NotFound, "error.not_found")
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), archiveTime)
	defer cancel()
	f, err := s.App.Archive.Open(ctx, frame.Actor(c), year)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Attachment(archive.Name(year))
	return c.SendStream(f, int(f.Bytes))
}
