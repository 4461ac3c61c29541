package frame

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// proxyList is the addresses whose X-Forwarded-For is believed.
type proxyList []netip.Prefix

func (p proxyList) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(r netip.Prefix) bool { return r.Contains(a) })
}

// forwardedFor is the whole forwarded list: some proxies add a line of their own
// behind the one that the client sent, instead of going on with it.
func forwardedFor(c *fiber.Ctx) (hops []string) {
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	return hops
}

// clientAddr is the address a request came from; ok is false where none is known.
// The forwarded list is walked from the right over trusted proxies, because
// everything left of the first stranger may be invented.
func (s *Server) clientAddr(c *fiber.Ctx) (addr netip.Addr, ok bool) {
	if addr, ok = netip.AddrFromSlice(c.Context().RemoteIP()); !ok {
		return addr, false
	}
	addr = addr.Unmap()
	hops := forwardedFor(c)
	for i := len(hops) - 1; i >= 0 && s.proxies.trusts(addr); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = next.Unmap()
	}
	return addr, true
}

// ClientNet is the network a request came from: the /24 or /64 of its address. It is
// only ever one of several keys of a limit: a whole market sits behind one address.
func (s *Server) ClientNet(c *fiber.Ctx) string {
	addr, ok := s.clientAddr(c)
	if !ok {
		return "unknown"
	}
	bits := 64
	if addr.Is4() {
		bits = 24
	}
	p, err := addr.Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return p.String()
}

// LoggedAddr is the address of a request for the log, "" unless that was asked for.
func (s *Server) LoggedAddr(c *fiber.Ctx) string {
	if addr, ok := s.clientAddr(c); ok && s.Config.LogSignInIP {
		return addr.WithZone("").String()
	}
	return ""
}
