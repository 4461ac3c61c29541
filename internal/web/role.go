package web

import "hoicho/internal/registry"

// roleLine is a role in an area, as people read it.
type roleLine struct {
	Role string
	Area string
}

// roleLine names a role and its area.
func (s *Server) roleLine(b base, g registry.Grant) roleLine {
	line := roleLine{Role: b.T("role." + string(g.Role)), Area: b.T("account.whole_country")}
	if g.Area != "" {
		line.Area = s.areaName(registry.AreaRef{Edition: registry.Edition2025, Code: g.Area})
	}
	return line
}
