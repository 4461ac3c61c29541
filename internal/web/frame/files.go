package frame

import (
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/registry"
	"hoicho/static"
)

// staticFile serves an embedded file. Addresses carry the content's hash, so
// browsers may keep them for a year.
func (s *Server) staticFile(c *fiber.Ctx) error {
	f, ok := static.Open(c.Params("+"))
	if !ok {
		return registry.E(registry.NotFound, "error.not_found")
	}
	if !runs(f.ContentType) {
		plainHeaders(c)
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderETag, f.ETag)
	c.Set(fiber.HeaderVary, "Accept-Encoding")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	if api.Holds(c, f.ETag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	if f.Gzip == nil { // packing does not pay
		return c.Send(f.Data)
	}
	as := takes(c)
	if as != unpacked {
		c.Set(fiber.HeaderContentEncoding, string(as))
	}
	switch as {
	case brotli:
		return c.Send(packedFile(c.Params("+"), f.Data))
	case zipped:
		return c.Send(f.Gzip)
	}
	return c.Send(f.Data)
}

// runs reports whether a static file may be a worker, whose policy is that of its own file.
func runs(contentType string) bool { return strings.HasPrefix(contentType, "text/javascript") }

// plainHeaders leaves out what a browser heeds of pages and workers alone: half a kilobyte for
// each style, picture and typeface is a tenth of a first visit. A drawing opened by itself
// may still do nothing.
func plainHeaders(c *fiber.Ctx) {
	for _, h := range securityHeaders {
		if h[0] != fiber.HeaderXContentTypeOptions {
			c.Response().Header.Del(h[0])
		}
	}
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
}

// storedFile serves a photo or paper that the reader may see. Public photos may
// be kept by browsers: their bytes never change.
func (s *Server) storedFile(c *fiber.Ctx) error {
	f, err := s.App.File(c.UserContext(), Actor(c), registry.FileID(c.Params("id")), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	disposition := "attachment"
	if strings.HasPrefix(f.ContentType, "image/") || c.Query("xem") == "1" && f.ContentType == "application/pdf" {
		disposition = "inline"
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if f.Public {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	return c.Send(f.Data)
}

// SendFile sends a file that was made for this request, to be kept by the reader.
func SendFile(c *fiber.Ctx, f registry.File) error {
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	return c.Send(f.Data)
}
