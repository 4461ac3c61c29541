// Package vouchers is the door of officers to the vouchers of an event: packs, their
// papers, what was taken, the settlement.
//
// The phones that take vouchers belong to package office/gates.
package vouchers

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
