// Package stall is the door of a vendor's members: its record, products, certificates,
// members, applications, passes and sales. Officers act on a vendor's behalf through the
// same forms, so the doors of the office may import this one.
//
// What everybody sees of a vendor belongs to package public, what officers decide about
// it to package office.
package stall

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
