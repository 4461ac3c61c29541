package web

import "hoicho/internal/registry"

// UnrenderedPages names the pages that nothing in this process has rendered.
func UnrenderedPages() []string {
	p, err := embeddedPages()
	if err != nil {
		panic(err)
	}
	return p.Unrendered()
}

// PolicyRoute is a line of the table of routes, for tests that walk it.
type PolicyRoute struct {
	Method, Path, Policy string
	Public               bool
	Right                registry.Right
}

// Policies lists every route with its policy.
func Policies(s *Server) []PolicyRoute {
	var out []PolicyRoute
	for _, r := range s.Routes() {
		out = append(out, PolicyRoute{r.Method, r.Path, r.Policy.String(), r.Policy.Open(), r.Policy.Right})
	}
	return out
}
