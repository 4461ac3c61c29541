// Package events is the door of officers who run an event: typing it in, changing it, its
// steps, calls, sales and result report.
//
// Its booths and passes belong to package office/booths, its gates to office/gates.
package events

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
