// Package phone is the door of gate phones: the app that they load and keep, with its
// worker.
//
// What they send belongs to package api, pairing them to package office/gates.
package phone

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
