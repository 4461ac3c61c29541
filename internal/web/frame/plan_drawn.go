package frame

import (
	"cmp"
	"html/template"
	"strings"

	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
)

// drawn is the plan as it was drawn and published: every booth where it stands.
func (d *PlanDrawing) drawn(l floorplan.Layout) PlanView {
	booths := make(map[string]registry.Booth, len(d.Plan.Booths))
	for _, b := range d.Plan.Booths {
		booths[string(b.ID)] = b
	}
	drawing := l.Draw(floorplan.Sketch{Label: d.T("booth.plan.label", d.Plan.Event.Title),
		Words: func(k floorplan.Kind) string { return d.T("floor_plan.kind." + string(k)) },
		Booth: func(o floorplan.Object) floorplan.Paint { return d.paint(booths[o.Booth]) }})
	v := PlanView{SVG: template.HTML(drawing.SVG()), Size: PlanSize(drawing.Width), Legend: d.legend(), Near: d.nearDrawn(l, drawing)}
	if codes := d.Plan.Undrawn(); len(codes) > 0 {
		v.Undrawn = d.T("floor_plan.undrawn", strings.Join(codes, ", "))
	}
	return v
}

// PlanSize says how wide a drawing of so many units has to be so that codes stay readable.
func PlanSize(units int) string {
	switch columns := units / planPitch; {
	case columns <= 6:
		return "plan-s"
	case columns <= 10:
		return "plan-m"
	case columns <= 20:
		return "plan-l"
	}
	return "plan-xl"
}

// paint says how a booth is drawn.
func (d *PlanDrawing) paint(b registry.Booth) floorplan.Paint {
	p := floorplan.Paint{Class: string(b.State), Attrs: string(d.spoken(b))}
	if d.Hit != nil && d.Hit(b) {
		p.Class += " hit"
	}
	if d.Href != nil {
		p.Href = d.Href(b)
	}
	p.Title, p.Lines = d.boothText(b)
	return p
}

// nearDrawn shows the booth that was asked for by itself, nil without one.
func (d *PlanDrawing) nearDrawn(l floorplan.Layout, drawing floorplan.Drawing) *PlanNear {
	booth, ok := drawing.Find(d.Show)
	if !ok {
		return nil
	}
	win := drawing.Around(booth, nearW, nearH)
	near := &PlanNear{Detail: template.HTML(drawing.Detail(win, d.T("booth.plan.near", d.Show))),
		Whole: template.HTML(drawing.Whole(booth, win, d.T("booth.plan.whole", d.Show)))}
	if gate, cm, ok := l.Nearest(booth.Object, floorplan.Gate); ok {
		near.Way = d.T("floor_plan.way", cmp.Or(gate.Label, d.T("floor_plan.kind.gate")), d.Show, (cm+50)/100)
	}
	return near
}
