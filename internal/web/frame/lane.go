package frame

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// How long a reader waits for the turn of a page, how many may wait, how many of one network,
// so that no single one takes the place of all others, and when whoever was sent away shall
// come back.
const (
	laneWait   = 2 * time.Second
	laneQueue  = 128
	laneOneNet = laneQueue / 2
	laneAgain  = 5 * time.Second
)

// lane lets few public pages be made at once, so that a rush of readers leaves the gates and
// the office their processors and their readers of the database: both go beside it.
type lane struct {
	turns chan struct{}

	mu      sync.Mutex
	waiting int
	of      map[string]int // of them, by network
}

// newLane makes a lane that leaves a processor to everything else, where there are several.
func newLane() *lane {
	return &lane{turns: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)), of: map[string]int{}}
}

// enter waits for a turn of a reader from a network and returns what ends it. Where too many
// wait already, or it takes too long, the error says so: Unavailable.
func (l *lane) enter(ctx context.Context, net string) (leave func(), err error) {
	leave = func() { <-l.turns }
	select {
	case l.turns <- struct{}{}:
		return leave, nil
	default:
	}
	if !l.join(net) {
		return nil, errCrowded
	}
	defer l.part(net)
	ctx, cancel := context.WithTimeout(ctx, laneWait)
	defer cancel()
	select {
	case l.turns <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, errCrowded
	}
}

// join reports whether one more of a network may wait, and counts it.
func (l *lane) join(net string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting >= laneQueue || l.of[net] >= laneOneNet {
		return false
	}
	l.waiting++
	l.of[net]++
	return true
}

// part takes one of a network, which has waited, out of the count.
func (l *lane) part(net string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting--
	if l.of[net]--; l.of[net] == 0 {
		delete(l.of, net)
	}
}

// errCrowded says that too many wait.
var errCrowded = crowded()

func crowded() *registry.Error {
	e := registry.E(registry.Unavailable, "layout.error.crowded")
	e.Wait = laneAgain
	return e
}

// sendRush tells an anonymous reader that too many wait, by a page that is drawn once in each
// language: in a rush it is asked for more often than any other.
func (s *Server) sendRush(c *fiber.Ctx, err error) error {
	s.App.Trouble.Refused(err, requestOf(c)...)
	s.setHeaders(c)
	c.Status(FaultStatus(c, err))
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderVary, "Accept-Encoding, Cookie")
	return s.rush[Lang(c)].send(c)
}

// rushPages draws the page of a rush in each language, before there is one. A server without
// pages, which answers programs alone, has none.
func (s *Server) rushPages() (map[string]*cachedPage, error) {
	if s.Pages == nil {
		return nil, nil
	}
	pages := map[string]*cachedPage{}
	for _, lang := range i18n.Languages {
		e := errCrowded
		b := view.Base{Lang: lang, Title: i18n.T(lang, "error.title.503"), LinksStyle: true, Site: view.Site{Name: s.Config.SiteName, BaseURL: s.Config.BaseURL}}
		body, err := s.Pages.Draw("rush", "frame/rush", errorsPage{Base: b, Heading: b.Title, Message: b.T(e.Key, e.Args...)})
		if err != nil {
			return nil, err
		}
		pages[lang] = newCachedPage(body, fiber.MIMETextHTMLCharsetUTF8)
	}
	return pages, nil
}
