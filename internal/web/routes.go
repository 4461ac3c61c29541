package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/web/frame"
)

// Routes is the one table of routes, joined from those of the doors;
// testdata/routes.txt lists them all with their policies.
func (s *Server) Routes() []frame.Route {
	table := slices.Concat(s.CommonRoutes(), s.account.Routes(), s.public.Routes(), s.stall.Routes(), s.phone.Routes(),
		s.office.Routes(), s.events.Routes(), s.booths.Routes(), s.floorplans.Routes(), s.gates.Routes(), s.vouchers.Routes(), s.campaign.Routes(), s.communications.Routes(),
		s.articles.Routes(), s.places.Routes(), s.planning.Routes(), s.surveys.Routes(), s.procurement.Routes(), s.costs.Routes(), s.draws.Routes(), s.imports.Routes(), s.supervision.Routes(), s.inspections.Routes(), s.periods.Routes(), s.personal.Routes(), s.apiRoutes())
	if s.Relay != nil {
		return append(s.relay.Routes(), slices.DeleteFunc(table, func(r frame.Route) bool { return !atRelays(r.Path) })...)
	}
	return table
}

// apiRoutes are the JSON API and what gate phones call.
func (s *Server) apiRoutes() (table []frame.Route) {
	policies := map[api.Access]frame.Policy{api.Public: frame.Public, api.Token: frame.Token, api.Device: frame.Device, api.Session: frame.Session}
	for _, r := range api.Routes(s.App, s.ClientNet) {
		if r.Access == api.Session {
			act := r.For
			r.Handler = func(c *fiber.Ctx) error { return act(c, frame.Actor(c)) }
		}
		table = append(table, frame.Route{Method: r.Method, Path: r.Path, Policy: policies[r.Access], Handler: r.Handler})
	}
	return table
}

// atRelays reports whether a relay answers a path as every server does: what gate
// phones call, and what pages need.
func atRelays(path string) bool {
	return path == "/cong" || strings.HasPrefix(path, "/cong/") ||
		strings.HasPrefix(path, "/api/v1/gate/") && path != "/api/v1/gate/relay" ||
		slices.Contains([]string{"/healthz", "/static/+", "/ngon-ngu/:lang"}, path)
}
