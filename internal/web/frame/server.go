package frame

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/config"
)

// bodyLimit is the most a request may carry: photos are shrunk in the browser.
const bodyLimit = 1 << 20

// requestTimeout bounds the work on one request.
const requestTimeout = 15 * time.Second

// Options are what a Server is made of.
type Options struct {
	App    *app.App
	Config config.Config
	Log    *slog.Logger
	// Version of the program, for the metrics.
	Version string
	// Relay makes the server that of a relay; nil for every other.
	Relay *RelayDoor
	// Dev reads templates from disk on every request.
	Dev bool
	// Pages are set by web.New.
	Pages *Pages
}

// RelayDoor is what the pages of a relay are told beside its App: how phones reach
// it.
type RelayDoor struct {
	// Secure gives the addresses at which phones reach the relay by https, the
	// likeliest first; Plain those by http, in the same order.
	Secure, Plain func() []string
	// Issuer is the certificate that phones may trust, in PEM; empty where the
	// relay was given one that they trust already.
	Issuer []byte
}

// WaysIn are the pages that lead into an account, which the door of accounts has.
type WaysIn struct {
	// SignIn answers a request that needs an account.
	SignIn func(*fiber.Ctx) error
	// SecondStep leads whoever owes the second step to it.
	SecondStep func(*fiber.Ctx, Carry) error
}

// Server answers browsers and gate phones.
type Server struct {
	App     *app.App
	Config  config.Config
	log     *slog.Logger
	fiber   *fiber.App
	Pages   *Pages
	cache   *pageCache
	lane    *lane
	rush    map[string]*cachedPage // by language: that too many wait
	proxies proxyList
	metrics *metrics
	bodies  *bodies
	Relay   *RelayDoor // nil unless this is a relay
	// province is what the header shows under the name, until a change.
	province atomic.Pointer[provinceShown]
	Ways     WaysIn
	lists    map[string]bool // routes of the pages whose list goes out as a file
}

// NewServer builds a server without routes.
func NewServer(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	proxies, err := o.Config.Proxies()
	if err != nil {
		return nil, err
	}
	s := &Server{App: o.App, Config: o.Config, log: o.Log, Pages: o.Pages, cache: newPageCache(), lane: newLane(), proxies: proxies, Relay: o.Relay,
		metrics: newMetrics(o.App, o.Version), bodies: newBodies()}
	s.fiber = fiber.New(fiber.Config{
		Immutable: true,
		BodyLimit: bodyLimit,
		// takeBody and the routes that stream read bodies, not the engine: it would
		// make room for what is declared, and unpack forms before any of our code.
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		ReadTimeout:                  10 * time.Second,
		WriteTimeout:                 60 * time.Second,
		IdleTimeout:                  75 * time.Second,
		ReadBufferSize:               16 << 10,
		StrictRouting:                false,
		CaseSensitive:                true,
		DisableStartupMessage:        true,
		ErrorHandler:                 s.answerError,
	})
	s.fiber.Server().HeaderReceived = s.noteBegin
	if s.rush, err = s.rushPages(); err != nil {
		return nil, err
	}
	return s, nil
}

// Fiber gives the underlying app, for tests that walk its routes.
func (s *Server) Fiber() *fiber.App { return s.fiber }

// Serve answers on listeners until ctx ends, then finishes what is under way. It
// closes the listeners itself too: a stop that comes before the engine has begun to
// accept would otherwise be forgotten.
func (s *Server) Serve(ctx context.Context, listeners ...net.Listener) error {
	done := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { done <- s.fiber.Listener(l) }()
	}
	var errs []error
	left := len(listeners)
	select {
	case err := <-done:
		errs, left = append(errs, err), left-1
	case <-ctx.Done():
	}
	errs = append(errs, unlessClosed(s.fiber.ShutdownWithTimeout(requestTimeout)))
	for _, l := range listeners {
		errs = append(errs, unlessClosed(l.Close()))
	}
	for range left {
		errs = append(errs, unlessClosed(<-done))
	}
	return errors.Join(errs...)
}

// unlessClosed drops the error of a listener that was closed already.
func unlessClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
