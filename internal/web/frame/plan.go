package frame

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/fonts"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// Measures of the plan in units of its drawing.
const (
	planCellW  = 92
	planCellH  = 62
	planPitch  = 100 // from booth to booth of a row
	planMargin = 20
	planBack   = 6  // between two rows that stand back to back
	planLane   = 40 // between two pairs of rows
	planAisle  = 64 // between two zones
	planHead   = 30 // name of a zone
	planGate   = 34
)

// planCell is how a booth is drawn: its size, how far the next one is, and how deep its code stands.
type planCell struct{ w, h, pitch, code int }

// namedCell is that of booths with the names of their vendors.
var namedCell = planCell{planCellW, planCellH, planPitch, 24}

// codedCell is that of booths with their codes alone, as wide as the longest of them.
func codedCell(booths []registry.Booth) planCell {
	letters := 3
	for _, b := range booths {
		letters = max(letters, len(b.Code))
	}
	return planCell{w: 15*letters + 1, h: 52, pitch: 15*letters + 5, code: 32}
}

// PlanView is a plan ready for the partial "plan".
type PlanView struct {
	SVG    template.HTML
	Size   string // class of its width
	Legend []planKey
	Near   *PlanNear // of one booth, where it was asked for

	Undrawn string // numbers of booths that a drawing does not have
}

// planKey is a line of the legend.
type planKey struct {
	Class string
	Text  string
	Count int
}

// PlanDrawing draws the booths of an event from their rows and columns. Colour
// and hatch come from the class of each booth, the state in words stands in it.
type PlanDrawing struct {
	view.Base
	Plan booths.Plan
	Href func(registry.Booth) string // where a booth leads; nil: nowhere
	Hit  func(registry.Booth) bool   // what is looked at or was searched for

	// Coded draws codes without names, so that ten booths stand side by side on a phone.
	Coded bool

	// Show is the code of a booth that is drawn once more by itself, with its
	// neighbours, the way to it and where it is; "" none.
	Show string

	out    strings.Builder
	cell   planCell
	y      int
	cols   int
	lines  int // of booths so far
	pieces []planPiece
}

// planPiece is what the drawing holds, where: a booth, or a gate without a code.
type planPiece struct {
	code       string
	zone       string
	line       int // of booths, from the head of the plan
	row        int // within its zone
	x, y, w, h int
	svg        string // without a link
}

// Draw returns the plan with its legend.
func (d *PlanDrawing) Draw() PlanView {
	if d.Plan.Layout != nil && !d.Coded {
		return d.drawn(*d.Plan.Layout)
	}
	for _, b := range d.Plan.Booths {
		d.cols = max(d.cols, b.Col)
	}
	if d.cell = namedCell; d.Coded {
		d.cell = codedCell(d.Plan.Booths)
	}
	d.cols = max(d.cols, 4)
	d.y = planMargin
	for i, zone := range planZones(d.Plan.Booths) {
		if i > 0 {
			d.aisle()
		}
		d.zone(zone)
	}
	d.drawGates()
	return PlanView{SVG: d.svg(), Size: d.size(), Legend: d.legend(), Near: d.near()}
}

// planZones parts the booths, which are in order, by zone.
func planZones(booths []registry.Booth) (zones [][]registry.Booth) {
	for zone := range slices.Chunk(zoneStarts(booths), 2) {
		zones = append(zones, booths[zone[0]:zone[1]])
	}
	return zones
}

// zoneStarts lists where each zone begins and ends.
func zoneStarts(booths []registry.Booth) (at []int) {
	for i := range booths {
		if i == 0 || booths[i].Zone != booths[i-1].Zone {
			if i > 0 {
				at = append(at, i)
			}
			at = append(at, i)
		}
	}
	if len(booths) > 0 {
		at = append(at, len(booths))
	}
	return at
}

func (d *PlanDrawing) width() int {
	return d.cols*d.cell.pitch - (d.cell.pitch - d.cell.w) + 2*planMargin
}

// zone draws the rows of a zone in pairs that stand back to back, so that every
// booth looks onto a lane.
func (d *PlanDrawing) zone(booths []registry.Booth) {
	fmt.Fprintf(&d.out, `<text class="zone" x="%d" y="%d">%s</text>`, planMargin, d.y+18,
		html.EscapeString(d.T("booth.plan.zone", booths[0].Zone)))
	d.y += planHead
	nth, row := 0, booths[0].Row
	d.lines++
	for _, b := range booths {
		if b.Row != row {
			d.lines++
			nth, row = nth+1, b.Row
			d.y += d.cell.h + planBack
			if nth%2 == 0 {
				d.y += planLane - planBack
			}
		}
		d.booth(b, nth)
	}
	d.y += d.cell.h
}

func (d *PlanDrawing) aisle() {
	fmt.Fprintf(&d.out, `<path class="aisle" d="M%d %dh%dm0 %dh-%d"/><text class="note" x="%d" y="%d">%s</text>`,
		planMargin, d.y+18, d.width()-2*planMargin, planAisle-24, d.width()-2*planMargin,
		d.width()/2, d.y+18+(planAisle-24)/2+6, html.EscapeString(d.T("booth.plan.aisle")))
	d.y += planAisle + 8
}

// booth draws a booth that stands in a row of its zone.
func (d *PlanDrawing) booth(b registry.Booth, row int) {
	class := string(b.State)
	if d.Hit != nil && d.Hit(b) {
		class += " hit"
	}
	tag, link := "g", ""
	if d.Href != nil {
		tag, link = "a", ` href="`+html.EscapeString(d.Href(b))+`"`
	}
	x, y := planMargin+(b.Col-1)*d.cell.pitch, d.y
	name, lines := d.boothText(b)
	if d.Coded {
		lines = nil
	}
	body := &strings.Builder{}
	fmt.Fprintf(body, `<rect x="%d" y="%d" width="%d" height="%d" rx="6"/><text x="%d" y="%d">%s</text>`,
		x, y, d.cell.w, d.cell.h, x+d.cell.w/2, y+d.cell.code, html.EscapeString(b.Code))
	for i, line := range lines {
		fmt.Fprintf(body, `<text class="s"%s x="%d" y="%d">%s</text>`, d.spoken(b), x+d.cell.w/2, y+41+14*i, html.EscapeString(line))
	}
	fmt.Fprintf(&d.out, `<%s class="b %s"%s><title>%s</title>%s</%s>`, tag, class, link, html.EscapeString(name), body, tag)
	d.pieces = append(d.pieces, planPiece{code: b.Code, zone: b.Zone, line: d.lines, row: row, x: x, y: y, w: d.cell.w, h: d.cell.h,
		svg: `<g class="b ` + class + `">` + body.String() + `</g>`})
}

// boothText says whose a booth is or how it stands: in full for the link, in one
// or two short lines for the drawing.
func (d *PlanDrawing) boothText(b registry.Booth) (name string, lines []string) {
	state := d.T("booth.state." + string(b.State))
	if v, ok := d.Plan.Vendors[b.ID]; ok {
		if b.State == registry.BoothHeld {
			return b.Code + ": " + v.Name + " (" + state + ")", []string{state}
		}
		return b.Code + ": " + v.Name, twoLines(v.Name)
	}
	return b.Code + ": " + state, []string{state}
}

// spoken marks the text in a booth that is the name of its vendor.
func (d *PlanDrawing) spoken(b registry.Booth) template.HTMLAttr {
	if _, named := d.Plan.Vendors[b.ID]; named && b.State != registry.BoothHeld {
		return d.Vi()
	}
	return ""
}

// planLine is how wide a line in a booth may be, in units of the drawing, and planSmall how large its letters are.
const (
	planLine  = planCellW - 8
	planSmall = 12.5
)

// textWidth is how wide a small line is, in units of the drawing.
func textWidth(s string) float64 {
	return fonts.Face{}.Width(fonts.Clean(s), planSmall) / fonts.MMPerPoint
}

// twoLines breaks a name between words into at most two lines that fit a booth.
func twoLines(name string) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(name) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case len(lines) == 2 || textWidth(*last+" "+word) <= planLine:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	for i := range lines {
		lines[i] = cutText(lines[i])
	}
	return lines
}

// cutText ends a line that is too long with an ellipsis.
func cutText(s string) string {
	if textWidth(s) <= planLine {
		return s
	}
	r := []rune(s)
	for len(r) > 0 && textWidth(strings.TrimSpace(string(r))+"…") > planLine {
		r = r[:len(r)-1]
	}
	return strings.TrimSpace(string(r)) + "…"
}

// drawGates spreads the gates along the foot of the plan.
func (d *PlanDrawing) drawGates() {
	if len(d.Plan.Gates) == 0 {
		d.y += planMargin
		return
	}
	d.y += 22
	step := (d.width() - 2*planMargin) / len(d.Plan.Gates)
	w := min(step-8, 170)
	for i, gate := range d.Plan.Gates {
		x := planMargin + i*step + (step-w)/2
		svg := fmt.Sprintf(`<g class="way"><rect x="%d" y="%d" width="%d" height="%d" rx="6"/><text%s x="%d" y="%d">▲ %s</text></g>`,
			x, d.y, w, planGate, d.Vi(), x+w/2, d.y+23, html.EscapeString(gate.Name))
		d.out.WriteString(svg)
		d.pieces = append(d.pieces, planPiece{zone: gate.Name, x: x, y: d.y, w: w, h: planGate, svg: svg})
	}
	d.y += planGate + 12
}

// svg puts the drawing into its frame, with the hatches that tell the states apart
// without colours.
func (d *PlanDrawing) svg() template.HTML {
	frame := `<svg viewBox="0 0 %d %d" role="group" aria-label="%s"><defs>` +
		`<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8"/><rect width="3" height="8"/></pattern>` +
		`<pattern id="dots" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9"/><circle cx="4.5" cy="4.5" r="1.6"/></pattern></defs>` +
		`<rect class="ground" x="1" y="1" width="%d" height="%d" rx="10"/>%s</svg>`
	label := html.EscapeString(d.T("booth.plan.label", d.Plan.Event.Title))
	return template.HTML(fmt.Sprintf(frame, d.width(), d.y, label, d.width()-2, d.y-2, d.out.String()))
}

// tallPlan is from how many booths a plan that is no wider than a sheet has the sheet for
// itself.
const tallPlan = 100

// fitsPhone is how wide a drawing may be, in its own units, whose codes are still read on a phone.
const fitsPhone = 640

// size says how wide the drawing has to be so that codes stay readable.
func (d *PlanDrawing) size() string {
	switch {
	case d.Coded && d.width() <= fitsPhone:
		return "plan-fit"
	case d.cols <= 10 && len(d.Plan.Booths) >= tallPlan:
		return "plan-m plan-tall"
	case d.cols <= 6:
		return "plan-s"
	case d.cols <= 10:
		return "plan-m"
	case d.cols <= 20:
		return "plan-l"
	}
	return "plan-xl"
}

// legend lists the states that the plan shows, with how many booths are in each.
func (d *PlanDrawing) legend() (keys []planKey) {
	for _, state := range []registry.BoothState{registry.BoothAssigned, registry.BoothFree, registry.BoothHeld, registry.BoothBlocked, PreviewBooth} {
		if n := d.Plan.Count(state); n > 0 {
			keys = append(keys, planKey{Class: string(state), Text: d.T("booth.state." + string(state)), Count: n})
		}
	}
	if d.Hit != nil && slices.ContainsFunc(d.Plan.Booths, d.Hit) {
		keys = append(keys, planKey{Class: "hit", Text: d.T("booth.plan.hit")})
	}
	return keys
}

// PreviewBooth marks booths on a plan that are not there yet.
const PreviewBooth registry.BoothState = "new"
