package frame

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"

	"hoicho/internal/api"
	"hoicho/internal/app/core"
	"hoicho/internal/app/passes"
	"hoicho/internal/i18n"
	"hoicho/internal/store/changes"
)

// Limits of the page cache.
const (
	cacheFor   = 20 * time.Second // what shows scans, or another process may have changed, is at most this old
	cacheLong  = 10 * time.Minute // and everything else this
	cachePages = 40_000
	cacheBytes = 96 << 20
)

// cachedPage is an answer as bytes, ready to send.
type cachedPage struct {
	contentType string
	etag        string
	packs       bool
	basis       *changes.Basis
	made        time.Time
	turns       time.Time // when it changes by itself: a day ends, an event opens
	room        int       // about how much memory it takes, in bytes

	mu   sync.Mutex
	body map[coding][]byte // as it was made, or as it was asked for since: one of them at least
}

// overhead is about what a page takes beside its body, in bytes.
const overhead = 600

// state is how far what a page shows is still so.
type state int

const (
	gone  state = iota // what people see has changed
	late               // but for scans and the like, or what another process may have changed: good enough under a rush
	fresh              // as if it were made now
)

// stateAt tells how far a page still shows what is so. One from the future was made before
// the clock was set back.
func (p *cachedPage) stateAt(now time.Time, alone bool) state {
	age := now.Sub(p.made)
	if age < 0 || age > cacheLong || !now.Before(p.turns) {
		return gone
	}
	seen, unseen := p.basis.Changed()
	switch {
	case seen:
		return gone
	case age <= cacheFor || alone && !unseen:
		return fresh
	}
	return late
}

func isFresh(made, now time.Time) bool {
	age := now.Sub(made)
	return age >= 0 && age <= cacheFor
}

// as returns the body packed in a way. Only what has been asked for is kept: once it is
// packed, the plain one, which is the largest, goes.
func (p *cachedPage) as(way coding) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if body, is := p.body[way]; is {
		return body, nil
	}
	plain, err := p.plain()
	if err != nil || way == unpacked {
		return plain, err // asked for seldom: made anew each time
	}
	p.body[way] = squeeze(plain, way, packPages)
	delete(p.body, unpacked)
	return p.body[way], nil
}

// plain is the body as it was made.
func (p *cachedPage) plain() ([]byte, error) {
	if body, is := p.body[unpacked]; is {
		return body, nil
	}
	if body, is := p.body[zipped]; is {
		return unsqueeze(body, zipped)
	}
	return unsqueeze(p.body[brotli], brotli)
}

// pageCache keeps the public pages of anonymous readers as ready bytes. An entry dies as
// soon as a transaction changes what people see of the tables that it was made from, and
// when what it shows changes with the time of day. What comes in without being entered in
// the audit log, such as scans, or from another process, shows a little later.
//
// It has two halves: pages that were asked for lately, and those from before. When the first
// is full it becomes the second, whose pages come back when somebody asks for them.
type pageCache struct {
	mu    sync.RWMutex
	pages map[string]*cachedPage
	older map[string]*cachedPage
	bytes int                // of pages
	made  singleflight.Group // pages that are being made, by key
}

func newPageCache() *pageCache { return &pageCache{pages: map[string]*cachedPage{}} }

func (p *pageCache) get(key string) *cachedPage {
	p.mu.RLock()
	page, older := p.pages[key], p.older[key]
	p.mu.RUnlock()
	if page == nil && older != nil {
		p.put(key, older)
		return older
	}
	return page
}

// put keeps a page.
func (p *pageCache) put(key string, page *cachedPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.pages) >= cachePages/2 || p.bytes > cacheBytes/2 {
		p.pages, p.older, p.bytes = map[string]*cachedPage{}, p.pages, 0
	}
	if old := p.pages[key]; old != nil {
		p.bytes -= old.room
	}
	p.pages[key] = page
	p.bytes += page.room
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
	if page == nil || s.stateOf(page) != fresh {
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
	return page.send(c)
}

// send answers with the body in the way that whoever asks takes.
func (p *cachedPage) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, p.contentType)
	way := p.way(c)
	body, err := p.as(way)
	if err != nil {
		return err
	}
	if way != unpacked {
		c.Set(fiber.HeaderContentEncoding, string(way))
	}
	return c.Send(body)
}

// localIndexed marks the requests of pages that are the same for everybody, which search
// engines may show.
const localIndexed = "indexed"

// cached makes a page once and keeps it. Who asks for it meanwhile waits for it, unless it
// has changed by then. Where too many pages wait to be made, a late one is good enough.
func (s *Server) cached(h fiber.Handler) fiber.Handler {
	h = s.inLane(h)
	return func(c *fiber.Ctx) error {
		keepLang(c)
		c.Locals(localIndexed, true)
		key := s.cacheKey(c)
		if key == "" {
			return h(c)
		}
		mine := false
		made, err, _ := s.cache.made.Do(key, func() (any, error) {
			mine = true
			return s.make(c, key, h)
		})
		page := made.(*cachedPage)
		switch {
		case errors.Is(err, errCrowded):
			return s.sendLate(c, key, err)
		case mine && page == nil: // the answer stands, or the error
			return err
		case mine:
			return s.sendCached(c, page)
		case page != nil && s.stateOf(page) == fresh:
			s.noteOpening(c)
			return s.sendCached(c, page)
		}
		return h(c)
	}
}

// inLane has a handler answer when it is its turn.
func (s *Server) inLane(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		leave, err := s.lane.enter(c.UserContext(), s.ClientNet(c))
		if err != nil {
			return err
		}
		defer leave()
		return h(c)
	}
}

// sendLate sends a page that is late, if there is one; else the one that says that too many wait.
func (s *Server) sendLate(c *fiber.Ctx, key string, err error) error {
	page := s.cache.get(key)
	if page == nil || s.stateOf(page) == gone {
		return s.sendRush(c, err)
	}
	s.noteOpening(c)
	return s.sendCached(c, page)
}

// make has a handler answer and keeps its answer, if everybody may have it; else nil.
func (s *Server) make(c *fiber.Ctx, key string, h fiber.Handler) (*cachedPage, error) {
	now := s.App.DB.Now()
	turns, err := s.App.NextTurn(c.UserContext())
	if err != nil {
		return nil, err
	}
	ctx, basis := s.App.DB.Kept(c.UserContext())
	c.SetUserContext(core.ReadOnce(ctx))
	if err := h(c); err != nil {
		return nil, err
	}
	if c.Response().StatusCode() != fiber.StatusOK || len(c.Response().Header.Peek(fiber.HeaderSetCookie)) > 0 {
		return nil, nil
	}
	page := newCachedPage(c.Response().Body(), string(c.Response().Header.ContentType()))
	page.basis, page.made, page.turns = basis, now, turns
	if _, err := page.as(page.way(c)); err != nil {
		return nil, err
	}
	for _, body := range page.body {
		page.room += overhead + len(body)
	}
	s.cache.put(key, page)
	return page, nil
}

// stateOf tells how far a page still shows what is so. On SQLite nobody but this process
// changes the database.
func (s *Server) stateOf(page *cachedPage) state {
	return page.stateAt(s.App.DB.Now(), s.App.DB.Path() != "")
}

func newCachedPage(body []byte, contentType string) *cachedPage {
	sum := sha256.Sum256(body)
	return &cachedPage{contentType: contentType, etag: `"` + hex.EncodeToString(sum[:12]) + `"`,
		packs: len(body) >= packLeast && packable(contentType), body: map[coding][]byte{unpacked: bytes.Clone(body)}}
}

// way is how whoever asks gets a page.
func (p *cachedPage) way(c *fiber.Ctx) coding {
	if !p.packs {
		return unpacked
	}
	return takes(c)
}
