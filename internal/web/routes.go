package web

import (
	"slices"
	"strings"

	"hoicho/internal/api"
)

// routes is the one table of routes, joined from those of the doors;
// testdata/routes.txt lists them all with their policies.
func (s *Server) routes() []route {
	table := slices.Concat(s.commonRoutes(), s.accountRoutes(), s.publicRoutes(), s.stallRoutes(), s.phoneRoutes(),
		s.officeRoutes(), s.eventRoutes(), s.boothRoutes(), s.gateRoutes(), s.apiRoutes())
	if s.relay != nil {
		return append(s.relayRoutes(), slices.DeleteFunc(table, func(r route) bool { return !atRelays(r.path) })...)
	}
	return table
}

// apiRoutes are the JSON API and what gate phones call.
func (s *Server) apiRoutes() (table []route) {
	policies := map[api.Access]policy{api.Public: public, api.Token: token, api.Device: device}
	for _, r := range api.Routes(s.app, s.clientNet) {
		table = append(table, route{method: r.Method, path: r.Path, policy: policies[r.Access], handler: r.Handler})
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
