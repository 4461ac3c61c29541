// Package gates is the door of the office's pages of the running gate: phones, live view, rules, lists, differences, counts.
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
