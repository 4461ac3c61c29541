// Package booths is the door of officers who turn applications into booths: queue, review,
// plan, waiting list, passes.
//
// What a vendor fills in is the form of package stall, shown here on its behalf.
package booths

import (
	"embed"

	"hoicho/internal/web/frame"
	"hoicho/internal/web/stall"
)

// Door answers the requests of this door.
type Door struct {
	*frame.Server
	stall *stall.Door
}

// New makes the door of a server.
func New(s *frame.Server, stall *stall.Door) *Door {
	return &Door{s, stall}
}

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS
