// Package account is the door of the way into an account and the pages about oneself: sign-up, sign-in with its second
// step, resets, profile, sessions, API tokens.
package account

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
