package frame

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/app/passes"
	"hoicho/internal/i18n"
)

// Limits of the page cache.
const (
	cacheFor   = 20 * time.Second // what depends on the hour is at most this old
	cachePages = 2000
	cacheBytes = 32 << 20
)

// cachedPage is an answer as bytes, ready to send.
type cachedPage struct {
	plain       []byte
	packed      map[coding]func() []byte // each made when it is first asked for
	contentType string
	etag        string
	changes     int64 // of the database when it was made
	made        time.Time
}

// room is about how much memory a page takes, in bytes.
func (p *cachedPage) room() int { return len(p.plain) * 3 / 2 }

// fresh reports whether a page is young enough. One from the future was made
// before the clock was set back.
func (p *cachedPage) fresh(now time.Time) bool { return isFresh(p.made, now) }

func isFresh(made, now time.Time) bool {
	age := now.Sub(made)
	return age >= 0 && age <= cacheFor
}

// pageCache keeps the public pages of anonymous readers as ready bytes. An entry
// dies as soon as a transaction changes what people see (store.DB.Changes), and
// by age for what changes with the hour or from another process.
type pageCache struct {
	mu    sync.RWMutex
	pages map[string]*cachedPage
	bytes int
}

func newPageCache() *pageCache { return &pageCache{pages: map[string]*cachedPage{}} }

func (p *pageCache) get(key string) *cachedPage {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.pages[key]
}

// put keeps a page. When the cache is full it starts anew, which is simpler than
// an order of age and as good: the pages in use come back at once.
func (p *pageCache) put(key string, page *cachedPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.pages) >= cachePages || p.bytes > cacheBytes {
		p.pages, p.bytes = map[string]*cachedPage{}, 0
	}
	if old := p.pages[key]; old != nil {
		p.bytes -= old.room()
	}
	p.pages[key] = page
	p.bytes += page.room()
}

// cacheKey names a page in a language and for whom its style is, or is "" where the reader is somebody:
// signed in, or just told something.
func (s *Server) cacheKey(c *fiber.Ctx) string {
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return ""
	}
	cookies := c.Get(fiber.HeaderCookie)
	if l := askedLang(c); l != "" && l != i18n.Match(c.Cookies(LangCookie)) {
		return "" // it gets a cookie
	}
	if strings.Contains(cookies, s.SessionCookie()+"=") || strings.Contains(cookies, flashCookie+"=") {
		return ""
	}
	key := c.OriginalURL()
	if readByScript(c) {
		key = "script " + key
	}
	if cookies != "" && c.Cookies(LangCookie) == "en" {
		return "en " + key
	}
	return "vi " + key
}

// serveCached answers from the cache before any other work is done.
func (s *Server) serveCached(c *fiber.Ctx) error {
	key := s.cacheKey(c)
	if key == "" {
		return c.Next()
	}
	page := s.cache.get(key)
	if page == nil || page.changes != s.App.DB.Changes() || !page.fresh(s.App.DB.Now()) {
		return c.Next()
	}
	s.metrics.cacheHit.Inc()
	s.noteOpening(c)
	return s.sendCached(c, page)
}

// noteOpening counts that the page of a printed pass was opened, which a page from the cache
// does not tell its handler.
func (s *Server) noteOpening(c *fiber.Ctx) {
	if typed, is := strings.CutPrefix(c.Path(), stallPath); is {
		if code, ok := passes.PassCode(typed); ok {
			s.App.Passes.Opened(code, s.ClientNet(c))
		}
	}
}

// stallPath is what the addresses of printed passes begin with.
const stallPath = "/t/"

func (s *Server) sendCached(c *fiber.Ctx, page *cachedPage) error {
	s.setHeaders(c)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderVary, "Accept-Encoding, Cookie, Sec-Fetch-Dest")
	c.Set(fiber.HeaderETag, page.etag)
	if api.Holds(c, page.etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, page.contentType)
	if as := takes(c); as != unpacked && len(page.plain) >= packLeast && packable(page.contentType) {
		c.Set(fiber.HeaderContentEncoding, string(as))
		return c.Send(page.packed[as]())
	}
	return c.Send(page.plain)
}

// localIndexed marks the requests of pages that are the same for everybody, which search
// engines may show.
const localIndexed = "indexed"

// cached makes a page once and keeps it. The count of changes is read before the
// page is made, so that a change during the making drops it.
func (s *Server) cached(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		key, changes, now := s.cacheKey(c), s.App.DB.Changes(), s.App.DB.Now()
		keepLang(c)
		c.Locals(localIndexed, true)
		if err := h(c); err != nil {
			return err
		}
		if key == "" || c.Response().StatusCode() != fiber.StatusOK || len(c.Response().Header.Peek(fiber.HeaderSetCookie)) > 0 {
			return nil
		}
		page := newCachedPage(bytes.Clone(c.Response().Body()), string(c.Response().Header.ContentType()))
		page.changes, page.made = changes, now
		s.cache.put(key, page)
		return s.sendCached(c, page)
	}
}

func newCachedPage(body []byte, contentType string) *cachedPage {
	packed := map[coding]func() []byte{}
	for _, as := range []coding{zipped, brotli} {
		packed[as] = sync.OnceValue(func() []byte { return squeeze(body, as, packPages) })
	}
	sum := sha256.Sum256(body)
	return &cachedPage{plain: body, packed: packed, contentType: contentType, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
}
