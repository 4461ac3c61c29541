package frame

import (
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// RoleLine is a role in an area, as people read it.
type RoleLine struct {
	Role string
	Area string
}

// RoleLine names a role and its area.
func (s *Server) RoleLine(b view.Base, g registry.Grant) RoleLine {
	line := RoleLine{Role: b.T("role." + string(g.Role)), Area: b.T("account.whole_country")}
	if g.Area != "" {
		line.Area = s.AreaName(registry.AreaRef{Edition: registry.Edition2025, Code: g.Area})
	}
	return line
}
