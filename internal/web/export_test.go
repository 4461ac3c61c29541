package web

import (
	"net"
	"slices"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hoicho/internal/config"
	"hoicho/internal/registry"
)

// UnrenderedPages names the pages that nothing in this process has rendered.
func UnrenderedPages() []string {
	p, err := loadPages(false)
	if err != nil {
		panic(err)
	}
	var missed []string
	for name := range p.pages {
		if _, ok := rendered.Load(name); !ok {
			missed = append(missed, name)
		}
	}
	slices.Sort(missed)
	return missed
}

// PolicyRoute is a line of the table of routes, for tests that walk it.
type PolicyRoute struct {
	Method, Path, Policy string
	Public               bool
	Right                registry.Right
}

var policyNames = map[policyKind]string{
	kindPublic: "public", kindCached: "cached", kindEntering: "entering", kindAccount: "account", kindOffice: "office",
	kindDevice: "device", kindToken: "token", kindLocal: "local",
}

// Policies lists every route with its policy.
func Policies(s *Server) []PolicyRoute {
	var out []PolicyRoute
	for _, r := range s.routes() {
		out = append(out, PolicyRoute{r.method, r.path, policyNames[r.policy.kind], r.policy.kind == kindPublic || r.policy.kind == kindCached, r.policy.right})
	}
	return out
}

// NewGateBuild makes the servers that are started after it serve another version
// of the gate app, until the function it returns is called.
func NewGateBuild() (undo func()) {
	old := shellAssets
	shellAssets = append(slices.Clone(old), "band.svg")
	return func() { shellAssets = old }
}

// TakeRoom leaves no room for bodies above the size that is free until release is called;
// none waits for room from then on.
func TakeRoom(s *Server) (release func()) {
	const atOnce = time.Millisecond
	if s.bodies.wait != atOnce { // only the first time, before any request
		s.bodies.wait = atOnce
	}
	if !s.bodies.room.TryAcquire(bodyRoom) {
		panic("somebody else holds room")
	}
	return func() { s.bodies.room.Release(bodyRoom) }
}

// ClientNet is the network of a request from an address with lines of
// X-Forwarded-For, as a server sees it that trusts these proxies.
func ClientNet(t testing.TB, trusted []string, from string, lines ...string) string {
	proxies, err := (&config.Config{TrustedProxies: trusted}).Proxies()
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	var fctx fasthttp.RequestCtx
	fctx.Init(&fasthttp.Request{}, &net.TCPAddr{IP: net.ParseIP(from)}, nil)
	for _, line := range lines {
		fctx.Request.Header.Add("X-Forwarded-For", line)
	}
	c := app.AcquireCtx(&fctx)
	defer app.ReleaseCtx(c)
	return (&Server{proxies: proxies}).clientNet(c)
}
