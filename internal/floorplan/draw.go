package floorplan

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
)

// unit3 is how many centimetres are one unit of a drawing: a stand is 100 units wide.
const unit3 = 3

// Units turns centimetres into units of a drawing.
func Units(cm int) int { return int(math.Round(float64(cm) / unit3)) }

// Paint is how a booth is drawn.
type Paint struct {
	Class string // "assigned", "assigned hit"
	Title string // what it is, in words
	Href  string // where it leads; "" nowhere
	Lines []string
	Attrs string // of the lines, such as their language
}

// Sketch says how a plan is drawn.
type Sketch struct {
	Label string
	Words func(Kind) string // what an object without a label is called
	Booth func(Object) Paint
	Show  func(Object) string // where an object that is no booth leads; nil: nowhere
	Grid  bool                // metres
}

// Piece is a part of a drawing, where it stands in its units.
type Piece struct {
	Object     Object
	X, Y, W, H int
	SVG        string // without a link
	linked     string
}

// Drawing is a drawn plan.
type Drawing struct {
	Width, Height int
	Pieces        []Piece // in the order in which they cover each other
	ground        string
	label         string
	grid          bool
}

// layers are the kinds from the lowest up.
var layers = []Kind{Zone, Path, Fire, Table, Gate, Power, WC, Aid, Booth, Text}

// Draw draws a plan.
func (l Layout) Draw(s Sketch) Drawing {
	d := Drawing{Width: Units(l.W), Height: Units(l.H), ground: l.groundPath(), label: s.Label, grid: s.Grid}
	objects := slices.Clone(l.Objects)
	slices.SortStableFunc(objects, func(a, b Object) int {
		return cmp.Compare(slices.Index(layers, a.Kind), slices.Index(layers, b.Kind))
	})
	for _, o := range objects {
		d.Pieces = append(d.Pieces, s.piece(o))
	}
	return d
}

// groundPath is the edge of the ground.
func (l Layout) groundPath() string {
	out := &strings.Builder{}
	for i, p := range l.ground() {
		fmt.Fprintf(out, "%s%d %d", map[bool]string{true: "M", false: "L"}[i == 0], Units(int(p.x)), Units(int(p.y)))
	}
	return out.String() + "z"
}

// piece draws an object.
func (s Sketch) piece(o Object) Piece {
	left, top, right, bottom := o.Bounds()
	p := Piece{Object: o, X: Units(left), Y: Units(top), W: Units(right) - Units(left), H: Units(bottom) - Units(top)}
	if o.Kind == Booth {
		paint := s.Booth(o)
		p.SVG = `<g class="b ` + paint.Class + `">` + o.shape() + boothWords(p, o, paint) + `</g>`
		p.linked = link(paint.Href, "b "+paint.Class, `<title>`+html.EscapeString(paint.Title)+`</title>`+o.shape()+boothWords(p, o, paint))
		return p
	}
	body := o.shape()
	if o.Kind == Text {
		body = ""
	}
	body += words(p, cmp.Or(o.Label, s.Words(o.Kind)))
	p.SVG = `<g class="o ` + string(o.Kind) + `">` + body + `</g>`
	if p.linked = p.SVG; s.Show != nil {
		p.linked = link(s.Show(o), "o "+string(o.Kind), `<title>`+html.EscapeString(cmp.Or(o.Label, s.Words(o.Kind)))+`</title>`+body)
	}
	return p
}

func link(href, class, body string) string {
	if href == "" {
		return `<g class="` + class + `">` + body + `</g>`
	}
	return `<a class="` + class + `" href="` + html.EscapeString(href) + `">` + body + `</a>`
}

// shape is the box of an object.
func (o Object) shape() string {
	x, y, w, h, turn := Units(o.X), Units(o.Y), Units(o.X+o.W)-Units(o.X), Units(o.Y+o.H)-Units(o.Y), ""
	if o.Turn != 0 {
		turn = fmt.Sprintf(` transform="rotate(%d %d %d)"`, o.Turn, x+w/2, y+h/2)
	}
	return fmt.Sprintf(`<rect x="%d" y="%d" width="%d" height="%d"%s/>`, x, y, w, h, turn)
}

// boothWords are the number of a booth and the lines under it, as far as there is room.
func boothWords(p Piece, o Object, paint Paint) string {
	lines := paint.Lines
	if p.W < 88 || p.H < 60 {
		lines = nil
	}
	lines = lines[:min(len(lines), max(0, (p.H-46)/14))]
	x, y := p.X+p.W/2, p.Y+p.H/2+7-8*len(lines)
	out := fmt.Sprintf(`<text x="%d" y="%d">%s</text>`, x, y, html.EscapeString(cmp.Or(o.Code, "?")))
	for i, line := range lines {
		out += fmt.Sprintf(`<text class="s"%s x="%d" y="%d">%s</text>`, paint.Attrs, x, y+17+14*i, html.EscapeString(line))
	}
	return out
}

// words are those of an object that is no booth, along its longer side; a zone has them at
// its head.
func words(p Piece, text string) string {
	x, y, turn := p.X+p.W/2, p.Y+p.H/2+6, ""
	if p.Object.Kind == Zone {
		y = p.Y + 18
	} else if 2*p.H > 3*p.W && len([]rune(text))*9 > p.W {
		turn = fmt.Sprintf(` transform="rotate(-90 %d %d)"`, x, y-6)
	}
	return fmt.Sprintf(`<text x="%d" y="%d"%s>%s</text>`, x, y, turn, html.EscapeString(text))
}

// Hatches are what the states of booths are told apart by without colours.
const Hatches = `<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8"/>` +
	`<rect width="3" height="8"/></pattern><pattern id="dots" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9"/>` +
	`<circle cx="4.5" cy="4.5" r="1.6"/></pattern></defs>`

// SVG is the whole drawing.
func (d Drawing) SVG() string {
	out := &strings.Builder{}
	fmt.Fprintf(out, `<svg viewBox="-4 -4 %d %d" role="group" aria-label="%s">%s<path class="ground" d="%s"/>`, d.Width+8, d.Height+8,
		html.EscapeString(d.label), Hatches, d.ground)
	if d.grid {
		out.WriteString(d.gridPath())
	}
	for _, p := range d.Pieces {
		out.WriteString(p.linked)
	}
	return out.String() + "</svg>"
}

// gridPath draws lines every five metres.
func (d Drawing) gridPath() string {
	out := &strings.Builder{}
	for cm := 500; Units(cm) < d.Width; cm += 500 {
		fmt.Fprintf(out, "M%d 0V%d", Units(cm), d.Height)
	}
	for cm := 500; Units(cm) < d.Height; cm += 500 {
		fmt.Fprintf(out, "M0 %dH%d", Units(cm), d.Width)
	}
	return `<path class="grid" d="` + out.String() + `"/>`
}

// Window is a part of the drawing.
type Window struct{ X, Y, W, H int }

// Around is the part of a drawing, so large at least, around a piece.
func (d Drawing) Around(p Piece, w, h int) Window {
	win := Window{W: min(w, d.Width), H: min(h, d.Height)}
	win.X = min(max(0, p.X+p.W/2-win.W/2), d.Width-win.W)
	win.Y = min(max(0, p.Y+p.H/2-win.H/2), d.Height-win.H)
	return win
}

// Detail draws what a window shows; the hatches are those of the whole drawing.
func (d Drawing) Detail(win Window, label string) string {
	out := &strings.Builder{}
	fmt.Fprintf(out, `<svg class="near" viewBox="%d %d %d %d" role="img" aria-label="%s"><path class="ground" d="%s"/>`,
		win.X, win.Y, win.W, win.H, html.EscapeString(label), d.ground)
	for _, p := range d.Pieces {
		if p.X < win.X+win.W && p.X+p.W > win.X && p.Y < win.Y+win.H && p.Y+p.H > win.Y {
			out.WriteString(p.SVG)
		}
	}
	return out.String() + "</svg>"
}

// Whole draws every booth and gate as a block, with a piece and a frame around what a window shows.
func (d Drawing) Whole(here Piece, win Window, label string) string {
	blocks, gates := &strings.Builder{}, &strings.Builder{}
	for _, p := range d.Pieces {
		switch p.Object.Kind {
		case Booth:
			fmt.Fprintf(blocks, "M%d %dh%dv%dh-%dz", p.X, p.Y, p.W, p.H, p.W)
		case Gate:
			fmt.Fprintf(gates, "M%d %dh%dv%dh-%dz", p.X, p.Y, p.W, p.H, p.W)
		}
	}
	return fmt.Sprintf(`<svg class="whole" viewBox="-4 -4 %d %d" role="img" aria-label="%s"><path class="ground" d="%s"/><path class="blocks" d="%s"/>`+
		`<path class="gates" d="%s"/><rect class="here" x="%d" y="%d" width="%d" height="%d"/><rect class="frame" x="%d" y="%d" width="%d" height="%d"/></svg>`,
		d.Width+8, d.Height+8, html.EscapeString(label), d.ground, blocks, gates, here.X, here.Y, here.W, here.H, win.X, win.Y, win.W, win.H)
}

// Find returns the piece of a booth by its number.
func (d Drawing) Find(code string) (Piece, bool) {
	i := slices.IndexFunc(d.Pieces, func(p Piece) bool { return p.Object.Kind == Booth && p.Object.Code == code })
	if code == "" || i < 0 {
		return Piece{}, false
	}
	return d.Pieces[i], true
}

// Nearest is the object of a kind that is nearest to another, and how far it is.
func (l Layout) Nearest(o Object, kind Kind) (near Object, cm int, ok bool) {
	for _, other := range l.Objects {
		if other.Kind != kind || other.ID == o.ID {
			continue
		}
		if far := Distance(o, other); !ok || far < cm {
			near, cm, ok = other, far, true
		}
	}
	return near, cm, ok
}
