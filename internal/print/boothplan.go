package print

import (
	"fmt"
	"io"
	"slices"
	"time"

	"hoicho/internal/registry"
)

// BoothPlan is the plan of an event's booths on one A4 page.
type BoothPlan struct {
	Lang      string
	Event     Event
	Booths    []ListedBooth // in the order of the plan
	Gates     []string
	PrintedAt time.Time // in the time of the event
	Large     bool      // on A3
}

// Measures of a plan in units of its drawing, those of the page of the plan.
const (
	planWide, planHigh = 92.0, 62.0
	planStep           = 100.0 // from booth to booth of a row
	planBack           = 6.0   // between two rows that stand back to back
	planLane           = 40.0  // between two pairs of rows
	planZoneHead       = 30.0
	planGap            = 70.0 // between zones
)

// planZone is a zone with where it lies, in units.
type planZone struct {
	booths     []ListedBooth
	x, y, w, h float64
}

// WriteBoothPlan writes the plan as a PDF of one A4 page, upright or across, with zones beside each other where that makes
// the booths larger. It fails when w does.
func WriteBoothPlan(w io.Writer, plan BoothPlan) error {
	const edge, top, foot = 12.0, 30.0, 24.0
	best, scale, across := []planZone(nil), 0.0, false
	for _, wide := range []bool{true, false} {
		paperW, paperH := plan.sheet(wide)
		for perLine := 1; perLine <= max(1, len(zonesOf(plan.Booths))); perLine++ {
			zones, width, height := layZones(plan.Booths, perLine)
			if s := min((paperW-2*edge)/width, (paperH-top-foot)/height, plan.most(0.42)); s > scale+1e-9 {
				best, scale, across = zones, s, wide
			}
		}
	}
	paperW, paperH := plan.sheet(across)
	p := plan.begin(paperW, paperH, edge)
	bottom := top
	for i := range best {
		p.planZone(&best[i], edge, top, scale)
		bottom = max(bottom, top+(best[i].y+best[i].h)*scale)
	}
	p.planGates(plan.Gates, box{edge, min(bottom+8, paperH-foot+3), paperW - 2*edge, 8})
	p.planKey(plan.Booths, box{edge, paperH - 10, paperW - 2*edge, 6})
	return p.write(w)
}

// zonesOf parts the booths, which are in order, by zone.
func zonesOf(booths []ListedBooth) (zones [][]ListedBooth) {
	for i := range booths {
		if i == 0 || booths[i].Zone != booths[i-1].Zone {
			zones = append(zones, nil)
		}
		zones[len(zones)-1] = append(zones[len(zones)-1], booths[i])
	}
	return zones
}

// layZones places zones so many to a line, and returns how large all is.
func layZones(booths []ListedBooth, perLine int) (zones []planZone, width, height float64) {
	x, y, high := 0.0, 0.0, 0.0
	for i, list := range zonesOf(booths) {
		if i > 0 && i%perLine == 0 {
			x, y, high = 0, y+high+planGap, 0
		}
		z := planZone{booths: list, x: x, y: y}
		for _, b := range list {
			z.w = max(z.w, float64(b.Col)*planStep)
		}
		z.h = planZoneHead + rowTop(list, list[len(list)-1].Row) + planHigh
		zones = append(zones, z)
		x, high = x+z.w+planGap, max(high, z.h)
		width, height = max(width, z.x+z.w), max(height, z.y+z.h)
	}
	return zones, max(width, 1), max(height, 1)
}

// rowTop is how far a row lies below the first: rows stand in pairs, back to back.
func rowTop(booths []ListedBooth, row int) (y float64) {
	var rows []int
	for _, b := range booths {
		if !slices.Contains(rows, b.Row) {
			rows = append(rows, b.Row)
		}
	}
	for i, r := range rows {
		if i > 0 {
			y += planHigh + planBack
			if i%2 == 0 {
				y += planLane - planBack
			}
		}
		if r == row {
			break
		}
	}
	return y
}

// planZone draws a zone.
func (p *paper) planZone(z *planZone, left, top, scale float64) {
	at := func(x, y, w, h float64) box {
		return box{left + (z.x+x)*scale, top + (z.y+y)*scale, w * scale, h * scale}
	}
	p.block(at(0, 0, max(z.w, 300), planZoneHead), style{bold: true, size: max(17*scale/mmPerPoint, 8), least: 6, colour: ink}, p.t("booth.plan.zone", z.booths[0].Zone))
	for i := range z.booths {
		b := &z.booths[i]
		p.planBooth(at(float64(b.Col-1)*planStep, planZoneHead+rowTop(z.booths, b.Row), planWide, planHigh), scale, b)
	}
}

// leastName is the height of a booth in mm from which on names stand in it.
const leastName = 9.0

// planBooth draws a booth; what it says is made to fit.
func (p *paper) planBooth(b box, scale float64, l *ListedBooth) {
	p.boothShape(b, l.State)
	inside := b.inset(min(0.8, b.h/12))
	if b.h < leastName {
		p.block(inside, style{bold: true, size: 11, least: 3, colour: ink, align: centre, middle: true}, l.Code)
		return
	}
	head := inside.h * 0.42
	p.block(box{inside.x, inside.y, inside.w, head}, style{bold: true, size: 20 * scale / mmPerPoint, least: 5, colour: ink, align: centre, middle: true}, l.Code)
	said := l.Vendor
	if said == "" {
		said = p.t("booth.state." + string(l.State))
	}
	p.block(box{inside.x, inside.y + head, inside.w, inside.h - head}, style{size: 13 * scale / mmPerPoint, least: 3.5, lines: 3, colour: ink, align: centre, middle: true}, said)
}

// boothShape draws the edge of a booth and how it stands, told apart without colours: given is a thick edge, free a
// dashed one, held a double one, not used is hatched.
func (p *paper) boothShape(b box, state registry.BoothState) {
	p.pen(0.25, ink)
	switch state {
	case registry.BoothAssigned:
		p.rect(b, colour{232, 238, 245})
		p.pen(0.5, navy)
	case registry.BoothFree:
		p.pdf.SetDashPattern([]float64{1.2, 0.9}, 0)
	case registry.BoothHeld:
		in := b.inset(0.7)
		p.pdf.Rect(in.x, in.y, in.w, in.h, "D")
	case registry.BoothBlocked:
		p.pen(0.15, line)
		for x := 1.5; x < b.w+b.h; x += 1.8 {
			p.pdf.Line(b.x+max(0, x-b.h), b.y+min(x, b.h), b.x+min(x, b.w), b.y+max(0, x-b.w))
		}
		p.pen(0.25, grey)
	}
	p.pdf.Rect(b.x, b.y, b.w, b.h, "D")
	p.pdf.SetDashPattern(nil, 0)
	if state == registry.BoothBlocked {
		p.rect(b.inset(b.h*0.2), white)
	}
}

// planGates spreads the gates along the foot of the plan.
func (p *paper) planGates(gates []string, b box) {
	if len(gates) == 0 {
		return
	}
	step := b.w / float64(len(gates))
	for i, gate := range gates {
		w := min(step-4, 60)
		at := box{b.x + float64(i)*step + (step-w)/2, b.y, w, b.h}
		p.rect(at, red)
		p.block(at.inset(1), style{bold: true, size: 10, least: 6, colour: white, align: centre, middle: true}, gate)
	}
}

// planKey says what the edges mean, with how many booths there are of each.
func (p *paper) planKey(booths []ListedBooth, b box) {
	x := b.x
	for _, state := range []registry.BoothState{registry.BoothAssigned, registry.BoothFree, registry.BoothHeld, registry.BoothBlocked} {
		n := 0
		for i := range booths {
			if booths[i].State == state {
				n++
			}
		}
		if n == 0 {
			continue
		}
		p.boothShape(box{x, b.y + 0.5, 6, 4}, state)
		text := fmt.Sprintf("%s (%d)", p.t("booth.state."+string(state)), n)
		p.block(box{x + 8, b.y, 50, 5}, style{size: 9, least: 6, colour: ink}, text)
		x += 12 + faceOf(false).Width(clean(text), 9)
	}
}
