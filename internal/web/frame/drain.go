package frame

import (
	"io"
	"time"

	"github.com/gofiber/fiber/v2"
)

// How long and how much of a refused body is read and thrown away.
const (
	drainFor  = 20 * time.Second
	drainMost = 64 << 20
)

// drain throws away what has not been read of the body of a request that is
// refused, so that the answer arrives: a browser that is still sending a photo when
// the connection closes shows a broken line and not the page that says why.
func drain(c *fiber.Ctx) {
	stream := c.Context().RequestBodyStream()
	if stream == nil || c.Request().Header.ContentLength() > drainMost {
		return
	}
	if err := c.Context().SetReadDeadline(time.Now().Add(drainFor)); err == nil {
		_, _ = io.CopyN(io.Discard, stream, drainMost) // a line that is gone already has nothing to send
	}
}
