package print

import (
	"cmp"
	"io"
	"math"
	"slices"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/internal/floorplan"
	"hoicho/internal/i18n"
)

// a3Width and a3Height are a sheet of A3 in mm.
const (
	a3Width  = 297
	a3Height = 420
)

// sheet is how large the paper is, upright or across.
func (plan *BoothPlan) sheet(across bool) (w, h float64) {
	w, h = a4Width, a4Height
	if plan.Large {
		w, h = a3Width, a3Height
	}
	if across {
		return h, w
	}
	return w, h
}

// most is the largest scale that is used on A4, made larger for A3.
func (plan *BoothPlan) most(a4 float64) float64 {
	if plan.Large {
		return a4 * math.Sqrt2
	}
	return a4
}

// begin makes the sheet with its head.
func (plan *BoothPlan) begin(w, h, edge float64) *paper {
	title := i18n.T(plan.Lang, "booth.plan.heading")
	p := newPaper(plan.Lang, title+" · "+plan.Event.Title, w, h)
	p.page()
	p.block(box{edge, 9, w - 2*edge - 50, 6}, style{size: 10, least: 7, colour: ink}, plan.Event.Title)
	p.block(box{edge, 14, w - 2*edge - 50, 10}, style{bold: true, size: 17, least: 10, colour: ink}, title)
	p.block(box{w - edge - 50, 9, 50, 6}, style{size: 8, least: 6, colour: ink, align: right}, p.t("print.sheet.printed", plan.PrintedAt.Format("15:04 02/01/2006")))
	return p
}

// drawnPlan is a drawn plan on its way onto a sheet.
type drawnPlan struct {
	*paper
	left, top float64 // of the ground
	scale     float64 // mm of the sheet to a centimetre of the ground
	listed    map[string]*ListedBooth
}

// WriteDrawnPlan writes the plan as it was drawn as a PDF of one page, upright or across, to scale. It fails when w
// does.
func WriteDrawnPlan(w io.Writer, plan BoothPlan, l floorplan.Layout) error {
	const edge, top, foot = 12.0, 30.0, 20.0
	best, across := 0.0, false
	for _, wide := range []bool{true, false} {
		paperW, paperH := plan.sheet(wide)
		if s := min((paperW-2*edge)/float64(l.W), (paperH-top-foot)/float64(l.H), plan.most(0.12)); s > best+1e-9 {
			best, across = s, wide
		}
	}
	paperW, paperH := plan.sheet(across)
	d := &drawnPlan{paper: plan.begin(paperW, paperH, edge), top: top, scale: best, listed: map[string]*ListedBooth{}}
	d.left = max(edge, (paperW-float64(l.W)*best)/2)
	for i := range plan.Booths {
		d.listed[string(plan.Booths[i].ID)] = &plan.Booths[i]
	}
	d.ground(l)
	objects := slices.Clone(l.Objects)
	slices.SortStableFunc(objects, func(a, b floorplan.Object) int {
		return cmp.Compare(slices.Index(printLayers, a.Kind), slices.Index(printLayers, b.Kind))
	})
	for _, o := range objects {
		d.object(o)
	}
	d.planKey(plan.Booths, box{edge, paperH - 10, paperW - 2*edge, 6})
	d.ruler(box{paperW - edge - 60, paperH - 10, 60, 6})
	return d.write(w)
}

// printLayers are the kinds from the lowest up.
var printLayers = []floorplan.Kind{floorplan.Zone, floorplan.Path, floorplan.Fire, floorplan.Table, floorplan.Gate, floorplan.Power, floorplan.WC,
	floorplan.Aid, floorplan.Booth, floorplan.Text}

// ground draws the edge of the ground.
func (d *drawnPlan) ground(l floorplan.Layout) {
	edge := l.Edge
	if len(edge) == 0 {
		edge = []floorplan.Point{{X: 0, Y: 0}, {X: l.W, Y: 0}, {X: l.W, Y: l.H}, {X: 0, Y: l.H}}
	}
	var points []fpdf.PointType
	for _, c := range edge {
		points = append(points, fpdf.PointType{X: d.left + float64(c.X)*d.scale, Y: d.top + float64(c.Y)*d.scale})
	}
	d.pen(0.3, grey)
	d.pdf.Polygon(points, "D")
}

// object draws what stands on the ground; turned things are turned, what they say is upright.
func (d *drawnPlan) object(o floorplan.Object) {
	b := box{d.left + float64(o.X)*d.scale, d.top + float64(o.Y)*d.scale, float64(o.W) * d.scale, float64(o.H) * d.scale}
	left, top, right, bottom := o.Bounds()
	around := box{d.left + float64(left)*d.scale, d.top + float64(top)*d.scale, float64(right-left) * d.scale, float64(bottom-top) * d.scale}
	if o.Kind == floorplan.Text {
		d.block(around, style{size: 9, least: 3, colour: ink, align: centre, middle: true}, o.Label)
		return
	}
	d.pdf.TransformBegin()
	d.pdf.TransformRotate(-float64(o.Turn), b.x+b.w/2, b.y+b.h/2)
	l := d.listed[o.Booth]
	if o.Kind == floorplan.Booth && l != nil {
		d.boothShape(b, l.State)
	} else {
		d.shape(o.Kind, b)
	}
	d.pdf.TransformEnd()
	if o.Kind == floorplan.Booth {
		d.boothWords(o, around, l)
		return
	}
	said := style{bold: o.Kind == floorplan.Gate || o.Kind == floorplan.Fire, size: 9, least: 3, colour: ink, align: centre, middle: o.Kind != floorplan.Zone}
	if o.Kind == floorplan.Gate {
		said.colour = white
	}
	d.block(around.inset(min(0.5, around.h/8)), said, cmp.Or(o.Label, d.t("floor_plan.kind."+string(o.Kind))))
}

// shape draws the edge of what is no booth.
func (d *drawnPlan) shape(kind floorplan.Kind, b box) {
	d.pen(0.2, grey)
	switch kind {
	case floorplan.Gate:
		d.rect(b, red)
		return
	case floorplan.Fire:
		d.pen(0.35, red)
		d.pdf.SetDashPattern([]float64{2.4, 1.2}, 0)
	case floorplan.Path:
		d.rect(b, cream)
	case floorplan.Zone:
		d.pdf.SetDashPattern([]float64{1.6, 1.2}, 0)
	}
	d.pdf.Rect(b.x, b.y, b.w, b.h, "D")
	d.pdf.SetDashPattern(nil, 0)
}

// boothWords writes the number of a booth and who has it.
func (d *drawnPlan) boothWords(o floorplan.Object, b box, l *ListedBooth) {
	inside := b.inset(min(0.6, b.h/12))
	if l == nil || l.Vendor == "" || b.h < leastName {
		d.block(inside, style{bold: true, size: 12, least: 2.5, colour: ink, align: centre, middle: true}, o.Code)
		return
	}
	head := inside.h * 0.42
	d.block(box{inside.x, inside.y, inside.w, head}, style{bold: true, size: 12, least: 4, colour: ink, align: centre, middle: true}, o.Code)
	d.block(box{inside.x, inside.y + head, inside.w, inside.h - head}, style{size: 8, least: 3, lines: 3, colour: ink, align: centre, middle: true}, l.Vendor)
}

// ruler shows how long ten metres are.
func (d *drawnPlan) ruler(b box) {
	long := min(1000*d.scale, b.w)
	d.pen(0.4, ink)
	d.pdf.Line(b.x+b.w-long, b.y+b.h, b.x+b.w, b.y+b.h)
	d.block(box{b.x, b.y, b.w, b.h - 1}, style{size: 8, least: 5, colour: ink, align: right}, "10 m")
}
