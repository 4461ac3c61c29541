// Package planning is the door of officers who plan ahead: the year of a province, and series of
// sessions that come back by a rule.
//
// One event and its copies belong to package office/events.
package planning

import (
	"embed"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS

const root = view.SeriesRoot

func href(id recurrence.SeriesID) string { return view.SeriesHref(string(id)) }

func seriesParam(c *fiber.Ctx) recurrence.SeriesID { return recurrence.SeriesID(c.Params("series")) }

// Routes are the pages of the year and of series.
func (s *Door) Routes() []frame.Route {
	reads, manages := frame.Office(registry.ViewOffice), frame.Office(registry.ManageEvents)
	return []frame.Route{
		frame.Get(view.YearRoot, reads, s.showYear),
		frame.Get(pasteRoot, manages, s.showPaste),
		frame.Post(pasteRoot, manages, s.sendPaste),
		frame.Get(pasteRoot+"/:paste", manages, s.showPasted),
		frame.Post(pasteRoot+"/:paste/hoan-tac", manages, s.undoPasted),
		frame.Get(quickRoot, manages, s.showQuick),
		frame.Get(root+"/moi", manages, s.showNew),
		frame.Post(root+"/moi", manages, s.send),
		frame.Get(root+"/:series", reads, s.showSeries),
		frame.Get(root+"/:series/doi", manages, s.showChange),
		frame.Post(root+"/:series/doi", manages, s.sendChange),
		frame.Post(root+"/:series/bo", manages, s.skip),
		frame.Post(root+"/:series/lai", manages, s.putBack),
		frame.Post(root+"/:series/xoa", manages, s.remove),
	}
}
