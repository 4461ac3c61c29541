// Package relay is the door of whoever sits at a relay: the one page that only relays have.
//
// The pairing that it shares with the office belongs to package office/gates, what a relay
// keeps and hands on to packages admission and internal/relay.
package relay

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
