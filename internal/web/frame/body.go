package frame

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/semaphore"

	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// errPacked refuses a body that would have to be unpacked. No client of ours packs
// what it sends, and a limit of size means nothing for what has still to grow: 400
// bytes may stand for a gigabyte.
func errPacked() *registry.Error { return registry.E(registry.Unsupported, "error.packed") }

// plainBodies is the first thing that looks at a request: with any
// Content-Encoding, or a Transfer-Encoding other than chunked, it goes no further
// and not a byte of it is decoded. It reads the header as it was sent, because the
// engine drops what means nothing to it and shows one of several lines.
func (s *Server) plainBodies(c *fiber.Ctx) error {
	for line := range bytes.Lines(c.Request().Header.RawHeaders()) {
		name, value, _ := bytes.Cut(line, []byte{':'})
		switch name = bytes.TrimSpace(name); {
		case bytes.EqualFold(name, []byte(fiber.HeaderContentEncoding)):
			return errPacked()
		case bytes.EqualFold(name, []byte(fiber.HeaderTransferEncoding)) && !bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked")):
			return errPacked()
		}
	}
	return c.Next()
}

// isPacked reports whether the engine itself refused a Transfer-Encoding; its error
// is only words by the time it comes here.
func isPacked(f *fiber.Error) bool {
	return strings.Contains(f.Message, strings.TrimPrefix(fasthttp.ErrUnsupportedTransferEncoding.Error(), "fasthttp: "))
}

// How bodies are read. Small ones, which is all but photos and batches of scans,
// are taken as they come; larger ones share a room, so that strangers take no
// memory by declaring lengths, nor more than the room by really sending. Whoever
// stops sending, or sends slower than a poor line, is let go.
const (
	freeBody  = 16 << 10         // read without asking for room
	bodyRoom  = 64 << 20         // for all larger ones together, until they are answered
	bodyPause = 10 * time.Second // longest silence
	bodyPace  = 8 << 10          // bytes a second at least, after the first pause
)

// takeBody reads the body of a request, so far as it may be long, before anything
// works on it. Routes that read it themselves, part by part, are left to do so.
func (s *Server) takeBody(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead || streams(c) {
		return c.Next()
	}
	share := Share{bodies: s.bodies}
	defer share.GiveBack()
	if err := s.takeWhole(c, &share); err != nil {
		return err
	}
	return c.Next()
}

// takeWhole reads the whole body, of at most a megabyte.
func (s *Server) takeWhole(c *fiber.Ctx, share *Share) error {
	stream, length := c.Context().RequestBodyStream(), c.Request().Header.ContentLength()
	if stream == nil {
		return nil
	}
	if length > bodyLimit {
		return registry.E(registry.TooLarge, "error.too_large")
	}
	body, err := share.read(newPaced(c, stream), bodyLimit)
	if err == nil && length >= 0 && len(body) != length { // the engine tells a line that broke like the end
		err = registry.E(registry.Malformed, "error.malformed")
	}
	if err != nil {
		return err
	}
	c.Request().SetBodyRaw(body)
	return nil
}

// bodies is the room that the large bodies of all requests share.
type bodies struct {
	room *semaphore.Weighted
	wait time.Duration // how long a body waits for room
}

func newBodies() *bodies {
	return &bodies{room: semaphore.NewWeighted(bodyRoom), wait: 5 * time.Second}
}

// Share is what one request holds of the room.
type Share struct {
	*bodies
	held int64
}

// NewShare is the share of one request, of which it holds nothing yet.
func (s *Server) NewShare() Share { return Share{bodies: s.bodies} }

// GiveBack frees what the request held of the room.
func (s *Share) GiveBack() { s.room.Release(s.held) }

// grow takes more of the room. Unavailable when there is none within a while.
func (s *Share) grow(n int64) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.wait)
	defer cancel()
	if s.room.Acquire(ctx, n) != nil {
		return registry.E(registry.Unavailable, "error.busy")
	}
	s.held += n
	return nil
}

// read reads all there is, taking memory only for what has come. More than limit is
// TooLarge, a line that breaks or falls silent Malformed.
func (s *Share) read(from io.Reader, limit int) ([]byte, error) {
	buf := make([]byte, 0, freeBody/16)
	for {
		if len(buf) == cap(buf) {
			size := min(2*cap(buf), limit+1)
			if size > freeBody {
				if err := s.grow(int64(size - cap(buf))); err != nil {
					return nil, err
				}
			}
			buf = append(make([]byte, 0, size), buf...)
		}
		n, err := from.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case len(buf) > limit:
			return nil, registry.E(registry.TooLarge, "error.too_large")
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return nil, malformedUnless(err)
		}
	}
}

// paced reads a body from a line that has to keep going.
type paced struct {
	c       *fiber.Ctx
	from    io.Reader
	began   time.Time
	n       int
	allowed int // bytes that may still come; below zero: any number
}

func newPaced(c *fiber.Ctx, from io.Reader) *paced {
	return &paced{c: c, from: from, began: time.Now(), allowed: -1}
}

// allow lets so many bytes come from here on.
func (p *paced) allow(n int) { p.allowed = n }

// Read ends the line for good when it breaks or falls silent: nothing sensible
// follows, and the engine closes it. A line that brings too much is left open, so
// that the rest can be drained and the refusal arrives.
func (p *paced) Read(buf []byte) (int, error) {
	if p.allowed >= 0 {
		if buf = buf[:min(len(buf), p.allowed)]; len(buf) == 0 {
			return 0, registry.E(registry.Malformed, "error.malformed")
		}
	}
	due := p.began.Add(bodyPause + time.Duration(p.n)*time.Second/bodyPace)
	if silent := time.Now().Add(bodyPause); silent.Before(due) {
		due = silent
	}
	if err := p.c.Context().SetReadDeadline(due); err != nil {
		return 0, p.broken()
	}
	n, err := p.from.Read(buf)
	p.n += n
	if p.allowed >= 0 {
		p.allowed -= n
	}
	if err != nil && err != io.EOF {
		return n, p.broken()
	}
	return n, err
}

func (p *paced) broken() error {
	_ = p.c.Request().CloseBodyStream()
	return registry.E(registry.Malformed, "error.malformed")
}

// streamed are the forms of the office whose handlers read the body themselves: under a
// root, the ends of their addresses.
var streamed = []struct {
	root string
	ends []string
}{
	{"/quan-ly/bai-viet/", []string{"moi", "/sua"}},
	{"/quan-ly/diem-ban/", []string{"moi", "/sua"}},
	{"/quan-ly/mua-sam/", []string{"ghi", "/sua"}},
	{"/quan-ly/giam-sat/", []string{"ghi", "/sua", "/tra-loi"}},
	{"/quan-ly/su-kien/", []string{"/kinh-phi/ghi", "/chinh-sua"}},
	{"/quan-ly/ke-hoach/", []string{"/kinh-phi/ghi", "/chinh-sua"}},
	{"/quan-ly/nhiem-vu/", []string{"/cap-nhat"}},
	{"/quan-ly/ke-hoach/", []string{"/tep"}},
	{"/quan-ly/kiem-tra/", []string{"ghi"}},
}

// streams reports the requests whose handler reads the body itself: tips, and forms of the
// office with files, because those may be large and the words are kept without them.
func streams(c *fiber.Ctx) bool {
	path := c.Path()
	if c.Method() != fiber.MethodPost {
		return false
	}
	for _, form := range streamed {
		rest, below := strings.CutPrefix(path, form.root)
		if below && slices.ContainsFunc(form.ends, func(end string) bool { return strings.HasSuffix(rest, end) }) {
			return true
		}
	}
	return strings.TrimSuffix(path, "/") == view.ImportsRoot || path == "/phan-anh" || strings.HasPrefix(path, "/phan-anh/")
}
