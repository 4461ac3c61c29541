package floorplans

import (
	"cmp"
	"html/template"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// drawing is a plan as the office sees it.
type drawing struct {
	SVG  template.HTML
	Size string
}

// drawn draws a plan whose objects lead to their forms; one of them stands out, and what keeps it from being
// published is marked.
func drawn(b view.Base, d floorplans.Desk, l floorplan.Layout, object string) drawing {
	wrong := map[string]bool{}
	for _, f := range floorplan.Stops(d.Findings) {
		wrong[f.Object], wrong[f.Other] = true, true
	}
	booths := map[string]registry.Booth{}
	for _, booth := range d.Booths {
		booths[string(booth.ID)] = booth
	}
	href := func(o floorplan.Object) string {
		if !d.MayEdit {
			return ""
		}
		return root(d.Event.ID) + "/vat/" + o.ID
	}
	sketch := floorplan.Sketch{Label: b.T("floor_plan.drawing", d.Event.Title), Grid: true, Show: href,
		Words: func(k floorplan.Kind) string { return kindName(b, k) },
		Booth: func(o floorplan.Object) floorplan.Paint {
			booth, there := booths[o.Booth]
			vendor := d.Vendors[booth.ID].Name
			p := floorplan.Paint{Class: string(cmp.Or(booth.State, frame.PreviewBooth)), Href: href(o), Title: o.Name() + ": " + cmp.Or(vendor, stateName(b, booth, there))}
			if wrong[o.ID] {
				p.Class += " wrong"
			}
			if o.ID == object {
				p.Class += " hit"
			}
			return p
		}}
	svg := l.Draw(sketch)
	return drawing{SVG: template.HTML(svg.SVG()), Size: frame.PlanSize(svg.Width)}
}

// stateName says how a booth of the plan stands.
func stateName(b view.Base, booth registry.Booth, there bool) string {
	if !there {
		return b.T("floor_plan.new_booth")
	}
	return b.T("booth.state." + string(booth.State))
}
