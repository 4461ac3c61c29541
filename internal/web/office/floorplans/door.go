// Package floorplans is the door of officers who draw the plan of an event's ground: the draft as a
// table and a drawing, what keeps it from being published, its versions, and publishing it.
//
// The booths that a published plan makes are given in package office/booths.
package floorplans

import (
	"embed"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
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

// path is where the pages of a plan begin.
const path = "/quan-ly/su-kien/:id/mat-bang"

// Routes are the pages of the plan of an event.
func (s *Door) Routes() []frame.Route {
	reads, draws := frame.Office(registry.ViewOffice), frame.Office(registry.ManageBooths)
	table := []frame.Route{
		frame.Get(path, reads, s.showDesk),
		frame.Get(path+"/ban/:n", reads, s.showVersion),
		frame.Post(path+"/mau", draws, s.begin),
		frame.Post(path+"/luu", draws, s.save),
		frame.Post(path+"/sua", draws, s.mend),
		frame.Post(path+"/vat/:object/xoa", draws, s.remove),
		frame.Post(path+"/lui", draws, s.step("floor_plan.flash.back", s.App.FloorPlans.StepBack)),
		frame.Post(path+"/soat", draws, s.step("floor_plan.flash.checked", s.App.FloorPlans.Check)),
		frame.Post(path+"/cat", draws, s.step("floor_plan.flash.aside", s.App.FloorPlans.SetAside)),
		frame.Post(path+"/lay", draws, s.takeUp),
		frame.Get(path+"/cong-bo", draws, s.askPublish),
		frame.Post(path+"/cong-bo", draws, s.publish),
	}
	for _, t := range s.tools() {
		table = append(table, frame.Get(path+t.path, draws, t.show), frame.Post(path+t.path, draws, t.send))
	}
	return table
}

// refForm is what every form of a plan sends: from which version and change somebody edits.
type refForm struct {
	N       int   `form:"n"`
	Version int64 `form:"version"`
}

func (f refForm) ref(c *fiber.Ctx) floorplans.Ref {
	return floorplans.Ref{Event: frame.EventParam(c), N: f.N, Version: f.Version}
}

func root(event registry.EventID) string { return view.EventRoot(event) + "/mat-bang" }

// back leads to the plan after a change, at an object if there is one.
func back(c *fiber.Ctx, object string) error {
	href := root(frame.EventParam(c))
	if object != "" {
		href += "?vat=" + view.QueryEscape(object) + "#vat"
	}
	return c.Redirect(href, fiber.StatusSeeOther)
}

// numberParam is a number in an address; 0 is none.
func numberParam(c *fiber.Ctx, name string) int {
	n, err := strconv.Atoi(c.Params(name))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// kindName is a kind of object in words.
func kindName(b view.Base, k floorplan.Kind) string { return b.T("floor_plan.kind." + string(k)) }
