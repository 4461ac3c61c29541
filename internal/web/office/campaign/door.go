// Package campaign is the door of a committee's year: plans with their board, tasks,
// and the bodies that carry them. People of a body see their own tasks here and nothing
// else.
//
// The register of communications, articles and the pages of events have doors of their
// own.
package campaign

import (
	"embed"

	"hoicho/internal/registry"
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

const (
	planRoot = "/quan-ly/ke-hoach"
	taskRoot = "/quan-ly/nhiem-vu"
	bodyRoot = "/quan-ly/co-quan"
)

func planHref(id registry.PlanID) string { return planRoot + "/" + string(id) }
func taskHref(id registry.TaskID) string { return taskRoot + "/" + string(id) }
func bodyHref(id registry.BodyID) string { return bodyRoot + "/" + string(id) }
