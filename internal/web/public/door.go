// Package public is the door of everybody: home, events and their calendars, vendors,
// products, the map, search, what a printed code opens, citizens' reports.
//
// A page that only some may open belongs to package account, stall or office.
package public

import (
	"embed"

	"hoicho/internal/web/frame"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS
