// Package office is the door of officers: the first page, vendors, products, tips, users,
// keys, settings, mail, the audit log.
//
// The pages of one event belong to office/events, those from applications to passes to
// office/booths, those of the running gate to office/gates.
package office

import (
	"embed"

	"hoicho/internal/web/frame"
	"hoicho/internal/web/office/events"
	"hoicho/internal/web/stall"
)

// Door answers the requests of this door.
type Door struct {
	*frame.Server
	events *events.Door
	stall  *stall.Door
}

// New makes the door of a server.
func New(s *frame.Server, events *events.Door, stall *stall.Door) *Door {
	return &Door{s, events, stall}
}

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS
