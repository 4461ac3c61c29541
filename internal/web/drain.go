package web

import (
	"io"
	"time"

	"github.com/gofiber/fiber/v2"
)

// How long and how much of a refused body is read and thrown away.
const (
	drainFor   = 20 * time.Second
	drainMost  = 64 << 20
	drainPause = 300 * time.Millisecond
	readAhead  = 32 << 10 // what the engine may have read already
)

// drain throws away the body of a request that the engine refused to read, so that
// the answer arrives: a browser that is still sending a photo when the connection
// closes shows a broken line and not the page that says why.
func drain(c *fiber.Ctx) {
	length := c.Request().Header.ContentLength()
	conn := c.Context().Conn()
	if length <= 0 || length > drainMost || conn == nil {
		return
	}
	end := time.Now().Add(drainFor)
	_ = conn.SetReadDeadline(end) // a line that is gone already has nothing to send
	if _, err := io.CopyN(io.Discard, conn, int64(max(length-readAhead, 0))); err != nil {
		return
	}
	buf := make([]byte, readAhead)
	for time.Now().Before(end) {
		_ = conn.SetReadDeadline(time.Now().Add(drainPause))
		if _, err := conn.Read(buf); err != nil {
			return
		}
	}
}
