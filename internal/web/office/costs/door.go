// Package costs is the door of what plans and events cost: the lines of one with their sums
// by kind and source, the form of a line, its page.
//
// What bodies buy out of the budget has a door of its own, office/procurement.
package costs

import (
	"embed"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/costs"
	"hoicho/internal/committee"
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

// Where the pages stand.
const (
	eventRoot = "/quan-ly/su-kien/:id/kinh-phi"
	planRoot  = "/quan-ly/ke-hoach/:plan/kinh-phi"
	lineRoot  = "/quan-ly/kinh-phi"
)

// bookHref is the page of the costs of an event or plan.
func bookHref(o costs.Owner) string {
	if o.Event != "" {
		return view.EventRoot(o.Event) + "/kinh-phi"
	}
	return "/quan-ly/ke-hoach/" + string(o.Plan) + "/kinh-phi"
}

func lineHref(id registry.CostID) string { return lineRoot + "/" + string(id) }

// writeHref is the address below which a line is changed: that of what it is of, so that the
// right of the route is the one that it takes.
func writeHref(c committee.Cost) string { return bookHref(costs.OwnerOf(c)) + "/" + string(c.ID) }

func costParam(c *fiber.Ctx) registry.CostID { return registry.CostID(c.Params("cost")) }

// ownerParam is what the address is about.
func ownerParam(c *fiber.Ctx) costs.Owner {
	return costs.Owner{Plan: registry.PlanID(c.Params("plan")), Event: registry.EventID(c.Params("id"))}
}

// Routes are the pages of costs. Whoever reads plans reads them; those of an event are written
// by whoever manages events there, those of a plan by whoever manages it.
func (s *Door) Routes() []frame.Route {
	reads, plans, events := frame.Office(registry.ViewPlan), frame.Office(registry.ManagePlan), frame.Office(registry.ManageEvents)
	routes := []frame.Route{
		frame.Get(eventRoot, reads, s.showBook),
		frame.Get(eventRoot+"/ghi", events, s.showEnter),
		frame.Post(eventRoot+"/ghi", events, s.enter),
		frame.Get(eventRoot+"/xuat/:form", reads, s.export),
		frame.Get(planRoot, reads, s.showBook),
		frame.Get(planRoot+"/ghi", plans, s.showEnter),
		frame.Post(planRoot+"/ghi", plans, s.enter),
		frame.Get(planRoot+"/xuat/:form", reads, s.export),
		frame.Get(lineRoot+"/:cost", reads, s.showLine),
		frame.Get(lineRoot+"/:cost/anh/:size?", reads, s.photo),
	}
	for _, of := range []struct {
		root  string
		write frame.Policy
	}{{eventRoot, events}, {planRoot, plans}} {
		routes = append(routes, frame.Get(of.root+"/:cost/chinh-sua", of.write, s.showEdit), frame.Post(of.root+"/:cost/chinh-sua", of.write, s.save),
			frame.Post(of.root+"/:cost/gach", of.write, s.strike(false)), frame.Post(of.root+"/:cost/tinh-lai", of.write, s.strike(true)))
	}
	return routes
}
