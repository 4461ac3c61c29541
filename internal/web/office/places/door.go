// Package places is the door of places where Vietnamese goods are sold all the year: their
// list with its map, the form of a place, its page, by which it also ends.
//
// What everybody reads of them is a page of the public door.
package places

import (
	"embed"

	"github.com/gofiber/fiber/v2"

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

const root = "/quan-ly/diem-ban"

func href(id registry.PlaceID) string { return root + "/" + string(id) }

func placeParam(c *fiber.Ctx) registry.PlaceID { return registry.PlaceID(c.Params("place")) }

// Routes are the pages of places.
func (s *Door) Routes() []frame.Route {
	reads, enters := frame.Office(registry.ViewPlan), frame.Office(registry.Communicate)
	return []frame.Route{
		frame.Get(root, reads, s.showList),
		frame.Get(root+"/moi", enters, s.showNew),
		frame.Post(root+"/moi", enters, s.create),
		frame.Get(root+"/xuat/:form", reads, s.export),
		frame.Get(root+"/:place", reads, s.showPlace),
		frame.Get(root+"/:place/sua", enters, s.showEdit),
		frame.Post(root+"/:place/sua", enters, s.save),
		frame.Post(root+"/:place/thoi", enters, s.end),
		frame.Post(root+"/:place/mo-lai", enters, s.reopen),
	}
}
