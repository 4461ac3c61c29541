package frame

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"
)

// PlanNear shows one booth of a plan: with its neighbours, so large that its code is read
// on a phone, and where that is in the whole. Both are drawings with a view box of their
// own, so that the booth is in sight without scrolling and without a script.
type PlanNear struct {
	Detail template.HTML
	Whole  template.HTML
	Way    string // from the gate, in words; "" where no gate is drawn
}

// What the detail shows at least, in units of the drawing.
const (
	nearW = 4 * planPitch
	nearH = 260
)

// planWindow is a part of the drawing.
type planWindow struct{ x, y, w, h int }

// near draws the booth that is to be shown, nil without one.
func (d *PlanDrawing) near() *PlanNear {
	at := slices.IndexFunc(d.pieces, func(p planPiece) bool { return p.code != "" && p.code == d.Show })
	if at < 0 {
		return nil
	}
	booth := d.pieces[at]
	win := d.window(booth)
	route, way := d.route(booth)
	return &PlanNear{Detail: d.detail(booth, win, route), Whole: d.whole(booth, win, route), Way: way}
}

// window is the part of the drawing around a booth.
func (d *PlanDrawing) window(b planPiece) planWindow {
	win := planWindow{w: min(nearW, d.width()), h: min(nearH, d.y)}
	win.x = min(max(0, b.x+b.w/2-win.w/2), d.width()-win.w)
	win.y = min(max(0, b.y+b.h/2-win.h/2), d.y-win.h)
	return win
}

// meets reports whether a piece is seen in the window.
func (w planWindow) meets(p planPiece) bool {
	return p.x < w.x+w.w && p.x+p.w > w.x && p.y < w.y+w.h && p.y+p.h > w.y
}

// detail draws what the window shows; the hatches are those of the whole drawing.
func (d *PlanDrawing) detail(booth planPiece, win planWindow, route string) template.HTML {
	out := &strings.Builder{}
	fmt.Fprintf(out, `<svg class="near" viewBox="%d %d %d %d" role="img" aria-label="%s"><rect class="ground" x="1" y="1" width="%d" height="%d" rx="10"/>%s`,
		win.x, win.y, win.w, win.h, html.EscapeString(d.T("booth.plan.near", booth.code)), d.width()-2, d.y-2, route)
	for _, p := range d.pieces {
		if win.meets(p) {
			out.WriteString(p.svg)
		}
	}
	return template.HTML(out.String() + "</svg>")
}

// whole draws every booth as a block, with a frame around what the detail shows.
func (d *PlanDrawing) whole(booth planPiece, win planWindow, route string) template.HTML {
	blocks, gates := &strings.Builder{}, &strings.Builder{}
	for _, p := range d.pieces {
		to := blocks
		if p.code == "" {
			to = gates
		}
		fmt.Fprintf(to, "M%d %dh%dv%dh-%dz", p.x, p.y, p.w, p.h, p.w)
	}
	return template.HTML(fmt.Sprintf(`<svg class="whole" viewBox="0 0 %d %d" role="img" aria-label="%s"><rect class="ground" x="1" y="1" width="%d" height="%d" rx="10"/>`+
		`<path class="blocks" d="%s"/><path class="gates" d="%s"/>%s<rect class="here" x="%d" y="%d" width="%d" height="%d"/>`+
		`<rect class="frame" x="%d" y="%d" width="%d" height="%d"/></svg>`,
		d.width(), d.y, html.EscapeString(d.T("booth.plan.whole", booth.code)), d.width()-2, d.y-2, blocks, gates, route,
		booth.x, booth.y, booth.w, booth.h, win.x, win.y, win.w, win.h))
}

// route is the way from the nearest gate to a booth, along the foot of the plan, its side
// and the lane onto which the booth looks; and the same in words.
func (d *PlanDrawing) route(b planPiece) (path, words string) {
	middle := b.x + b.w/2
	gate, found := planPiece{}, false
	for _, p := range d.pieces {
		if p.code == "" && (!found || distance(p.x+p.w/2, middle) < distance(gate.x+gate.w/2, middle)) {
			gate, found = p, true
		}
	}
	if !found {
		return "", ""
	}
	lane, door := b.y-planLane/2, b.y
	if b.row%2 == 1 || b.line == d.lines { // looks down; the last row looks at the gates
		lane, door = b.y+b.h+planLane/4, b.y+b.h
	}
	side := planMargin / 2
	if middle > d.width()/2 {
		side = d.width() - planMargin/2
	}
	foot := gate.y - 11
	if b.line == d.lines {
		lane, side = foot, middle
	}
	path = fmt.Sprintf(`<path class="route" d="M%d %dV%dH%dV%dH%dV%d"/>`, gate.x+gate.w/2, gate.y, foot, side, lane, middle, door)
	nth := 1
	for _, p := range d.pieces {
		if p.code != "" && p.line == b.line && p.x < b.x {
			nth++
		}
	}
	return path, d.T("booth.plan.way", gate.zone, d.lines-b.line+1, nth, b.code)
}

func distance(a, b int) int { return max(a-b, b-a) }
