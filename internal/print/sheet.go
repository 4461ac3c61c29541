package print

import (
	"strings"
	"time"
)

// Sheet is what stands above and below every page that is filled in by hand at a
// gate.
type Sheet struct {
	Lang      string // of i18n
	Event     Event
	Gate      string    // its name; empty = all gates together
	Day       string    // as people read it, with the weekday
	PrintedAt time.Time // in the time of the event
}

// The frame of a sheet: what is left of an A4 page for its table.
const (
	sheetEdge   = 12.0
	sheetWidth  = a4Width - 2*sheetEdge
	sheetTop    = 38.0
	sheetBottom = 272.0
)

// frame begins a page of a sheet: event, what it is, gate and day above, the
// signature below.
func (p *paper) frame(s *Sheet, title string, page, pages int) {
	p.head(s, title, page, pages)
	p.signature("print.sheet.shift", "print.sheet.steward")
}

// head is frame without what is signed below.
func (p *paper) head(s *Sheet, title string, page, pages int) {
	p.page()
	gate := s.Gate
	if gate == "" {
		gate = p.t("print.sheet.all_gates")
	}
	const side = 44.0
	wide := sheetWidth - side
	p.block(box{sheetEdge, 9, wide, 6}, style{size: 10, least: 7, colour: ink}, s.Event.Title)
	p.block(box{sheetEdge, 14, wide, 9}, style{bold: true, size: 17, least: 10, colour: ink}, title)
	p.block(box{sheetEdge, 22.5, wide, 7}, style{bold: true, size: 12, least: 8, colour: ink}, strings.TrimSuffix(gate+" · "+s.Day, " · "))
	number := style{size: 10, least: 7, colour: ink, align: right}
	p.block(box{a4Width - sheetEdge - side, 9, side, 6}, number, p.t("print.sheet.page", page, pages))
	number.size = 8
	p.block(box{a4Width - sheetEdge - side, 14.5, side, 5}, number, p.t("print.sheet.printed", s.PrintedAt.Format("15:04 02/01/2006")))
}

// signature draws where two sign, or write when the shift was.
func (p *paper) signature(leftKey, rightKey string) {
	const y = 274.0
	st := style{size: 9.5, least: 7, colour: ink}
	p.block(box{sheetEdge, y, 60, 6}, st, p.t(leftKey))
	p.dots(sheetEdge, y+11, 60)
	p.block(box{sheetEdge + 70, y, sheetWidth - 70, 6}, st, p.t(rightKey))
	p.dots(sheetEdge+70, y+11, sheetWidth-70)
}

// dots draws a dotted line to be written on.
func (p *paper) dots(x, y, w float64) {
	p.pen(0.25, grey)
	p.pdf.SetDashPattern([]float64{0.3, 1}, 0)
	p.pdf.Line(x, y, x+w, y)
	p.pdf.SetDashPattern(nil, 0)
}

// column is a column of a table on a sheet.
type column struct {
	width float64
	head  string // key of its heading
}

// heads draws the heading row of a table and returns where each column begins,
// and the right edge last.
func (p *paper) heads(y, height float64, columns []column) []float64 {
	p.rect(box{sheetEdge, y, sheetWidth, height}, shade)
	xs := make([]float64, 0, len(columns)+1)
	x := sheetEdge
	for _, c := range columns {
		xs = append(xs, x)
		p.block(box{x + 0.8, y, c.width - 1.6, height}, style{bold: true, size: 9, least: 6, lines: 2, colour: ink, align: centre, middle: true}, p.t(c.head))
		x += c.width
	}
	return append(xs, x)
}

// shade lies under headings: light enough for a worn printer.
var shade = colour{232, 232, 232}

// grid draws the lines between columns from top to bottom, and the edge.
func (p *paper) grid(xs []float64, top, bottom float64) {
	p.pen(0.2, grey)
	for _, x := range xs {
		p.pdf.Line(x, top, x, bottom)
	}
	p.pen(0.4, ink)
	p.pdf.Rect(xs[0], top, xs[len(xs)-1]-xs[0], bottom-top, "D")
}
