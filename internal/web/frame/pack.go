package frame

import (
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hoicho/internal/api"
)

// coding is how an answer is packed on its way, as Content-Encoding names it.
type coding string

const (
	unpacked coding = ""
	zipped   coding = "gzip"
	brotli   coding = "br"
)

// How hard answers are packed: those made for one reader quickly, those that many get
// well, those that never change as well as can be.
const (
	packOnce  = 4
	packPages = 7
	packFiles = 11
)

// packLeast is the size below which packing does not pay, in bytes.
const packLeast = 600

// takes is the best coding that whoever asks takes.
func takes(c *fiber.Ctx) coding {
	switch {
	case api.Takes(c, string(brotli)):
		return brotli
	case api.Takes(c, string(zipped)):
		return zipped
	}
	return unpacked
}

// squeeze packs a body. Gzip knows no level above 9.
func squeeze(body []byte, as coding, level int) []byte {
	if as == brotli {
		return fasthttp.AppendBrotliBytesLevel(nil, body, level)
	}
	return fasthttp.AppendGzipBytesLevel(nil, body, min(level+2, 9))
}

// unsqueeze unpacks what squeeze has packed.
func unsqueeze(body []byte, as coding) ([]byte, error) {
	if as == brotli {
		return fasthttp.AppendUnbrotliBytes(nil, body)
	}
	return fasthttp.AppendGunzipBytes(nil, body)
}

// packedFiles are the static files in brotli, each packed when it is first asked for.
var packedFiles sync.Map

// packedFile is a static file in brotli.
func packedFile(name string, data []byte) []byte {
	pack, _ := packedFiles.LoadOrStore(name, sync.OnceValue(func() []byte { return squeeze(data, brotli, packFiles) }))
	return pack.(func() []byte)()
}

// packing packs what a handler answers.
func (s *Server) packing(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := h(c); err != nil {
			return err // packed by answerError
		}
		s.pack(c)
		return nil
	}
}

// pack packs the answer of this request where that pays and gives nothing away. From the
// sizes of many answers that hold both a secret and a text of an attacker's choice, the
// secret can be guessed (BREACH). Nobody but the reader can choose the text where no
// cookie comes along, or where the browser says that the request was begun on this site
// or by hand; every other answer goes as it is.
func (s *Server) pack(c *fiber.Ctx) {
	r := c.Response()
	if r.IsBodyStream() || len(r.Header.ContentEncoding()) > 0 || len(r.Body()) < packLeast || !packable(string(r.Header.ContentType())) {
		return
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	as := takes(c)
	if as == unpacked || s.foreign(c) {
		return
	}
	r.SetBodyRaw(squeeze(r.Body(), as, packOnce))
	r.Header.SetContentEncoding(string(as))
}

// foreign reports whether another site may have made the browser send this request with
// a session of its reader.
func (s *Server) foreign(c *fiber.Ctx) bool {
	if c.Cookies(s.SessionCookie()) == "" {
		return false
	}
	site := c.Get("Sec-Fetch-Site")
	return site != "same-origin" && site != "none"
}

// packable reports whether what has a content type is text.
func packable(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind = strings.TrimSpace(kind); kind {
	case "application/json", "application/ld+json", "application/xml", "application/atom+xml", "application/manifest+json", "application/yaml", "image/svg+xml", "image/x-icon":
		return true
	}
	return strings.HasPrefix(kind, "text/")
}
