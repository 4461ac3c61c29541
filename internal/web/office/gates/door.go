// Package gates is the door of officers at the running gate: phones, live view, rules,
// lists, differences, counts.
//
// What a phone itself shows belongs to package phone.
package gates

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
