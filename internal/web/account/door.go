// Package account is the door of anyone with an account, or on the way to one: sign-up,
// sign-in with its second step, resets, profile, sessions, API tokens.
//
// What an officer does to the account of somebody else belongs to package office.
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
