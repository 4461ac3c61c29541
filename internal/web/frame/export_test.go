package frame

import (
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hoicho/internal/config"
)

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

// Crowd has as many readers of one other network wait for pages of a server as may, and of
// further networks until so many wait in all, until release is called.
func Crowd(s *Server, all int) (release func()) {
	for range cap(s.lane.turns) {
		s.lane.turns <- struct{}{}
	}
	nets := []string{}
	for i := range all {
		net := strconv.Itoa(i / laneOneNet)
		if !s.lane.join(net) {
			panic("so many may not wait")
		}
		nets = append(nets, net)
	}
	return func() {
		for _, net := range nets {
			s.lane.part(net)
		}
		for range cap(s.lane.turns) {
			<-s.lane.turns
		}
	}
}

// LaneQueue and LaneOneNet are how many readers may wait, and how many of one network.
const (
	LaneQueue  = laneQueue
	LaneOneNet = laneOneNet
)

// Hurry lets a server that does not serve yet wait only this long for a request.
func Hurry(s *Server, wait time.Duration) { s.fiber.Server().ReadTimeout = wait }

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
	return (&Server{proxies: proxies}).ClientNet(c)
}
