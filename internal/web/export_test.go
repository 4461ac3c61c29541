package web

import (
	"slices"
	"time"

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
	Method, Path string
	Public       bool
	Right        registry.Right
}

// Policies lists every route with its policy.
func Policies(s *Server) []PolicyRoute {
	var out []PolicyRoute
	for _, r := range s.routes() {
		out = append(out, PolicyRoute{r.method, r.path, r.policy.kind == kindPublic || r.policy.kind == kindCached, r.policy.right})
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

// TakeRoom leaves no room for bodies above the size that is free, and lets none wait
// for it, until release is called.
func TakeRoom(s *Server) (release func()) {
	old := roomWait
	roomWait = time.Millisecond
	if !s.room.TryAcquire(bodyRoom) {
		panic("somebody else holds room")
	}
	return func() {
		s.room.Release(bodyRoom)
		roomWait = old
	}
}
