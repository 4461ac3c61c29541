package print

import (
	"fmt"
	"io"
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

// GateListRows is how many passes stand on a page of a gate list.
const GateListRows = 22

// minBlanks is how many empty lines a gate list has at least, for passes that are
// not on it.
const minBlanks = 3

// GateList is the list of passes (danh sách kiểm soát) that a gate works with when
// there is no power: who is expected on a day, to be ticked with the hour.
type GateList struct {
	Sheet
	Passes []ListedPass // in the order of the paper
}

// ListedPass is a line of a gate list. Booth, Vendor and Label may be empty.
type ListedPass struct {
	Booth              string // code, "A05"
	Vendor             string
	Kind               registry.PassKind
	Label              string // number plate, body
	Ordinal, OrdinalOf int    // 0 = not numbered
	Code               string // 12 digits
	Blocked            bool   // on the list so that it is not let in
}

// GateListPages is how many pages a gate list of n passes has.
func GateListPages(n int) int { return (n + minBlanks + GateListRows - 1) / GateListRows }

// The table of a gate list: two entries and exits for each pass.
var listColumns = []column{
	{8, "print.list.no"}, {14, "print.list.booth"}, {58, "print.list.who"}, {26, "print.list.code"},
	{20, "print.list.in"}, {20, "print.list.out"}, {20, "print.list.in_again"}, {20, "print.list.out_again"},
}

const (
	listRow  = 10.0 // mm, room for a pen
	listHead = 9.0
)

// WriteGateList writes a gate list as a PDF of A4 pages, with empty lines after
// the last pass. It fails when w does.
func WriteGateList(w io.Writer, list GateList) error {
	title := i18n.T(list.Lang, "print.list.title")
	p := newPaper(list.Lang, title+" · "+list.Event.Title, a4Width, a4Height)
	pages := GateListPages(len(list.Passes))
	for page := range pages {
		p.frame(&list.Sheet, title, page+1, pages)
		p.block(box{sheetEdge, 29.5, sheetWidth, 8.5}, style{size: 8.5, least: 6, lines: 2, colour: ink}, p.t("print.list.lead", len(list.Passes)))
		xs := p.heads(sheetTop, listHead, listColumns)
		p.grid(xs, sheetTop, sheetTop+listHead+GateListRows*listRow)
		for row := range GateListRows {
			n := page*GateListRows + row
			b := box{sheetEdge, sheetTop + listHead + float64(row)*listRow, sheetWidth, listRow}
			if n < len(list.Passes) {
				p.listed(b, xs, n+1, &list.Passes[n])
			} else {
				p.unlisted(b, xs)
			}
			p.rowLine(b, n > 0 && n < len(list.Passes) && list.Passes[n].Booth != list.Passes[n-1].Booth)
		}
	}
	return p.write(w)
}

// rowLine draws the line above a row, thicker where another booth begins.
func (p *paper) rowLine(b box, booth bool) {
	thick := 0.15
	if booth {
		thick = 0.5
	}
	p.pen(thick, ink)
	p.pdf.Line(b.x, b.y, b.x+b.w, b.y)
}

// listed draws the line of a pass.
func (p *paper) listed(b box, xs []float64, number int, l *ListedPass) {
	cell := func(i int) box { return box{xs[i] + 1, b.y, xs[i+1] - xs[i] - 2, b.h} }
	p.block(cell(0), style{size: 8, least: 5, colour: grey, align: centre, middle: true}, fmt.Sprint(number))
	p.block(cell(1), style{bold: true, size: 12, least: 6, colour: ink, align: centre, middle: true}, l.Booth)
	who, what := p.whoOf(l)
	at := cell(2)
	p.block(box{at.x, at.y + 0.7, at.w, 5}, style{bold: true, size: 9.5, least: 7, colour: ink}, who)
	p.block(box{at.x, at.y + 5.1, at.w, 4.6}, style{size: 8.5, least: 6, colour: ink}, what)
	at = cell(3)
	p.block(box{at.x, at.y + 0.3, at.w, 6}, style{bold: true, size: 13, least: 9, colour: ink, align: centre}, lastFour(l.Code))
	p.block(box{at.x, at.y + 6, at.w, 4}, style{size: 6.5, least: 5, colour: ink, align: centre}, inFours(l.Code))
	if l.Blocked {
		p.barred(b, xs)
		return
	}
	for i := 4; i < len(xs)-1; i++ {
		p.tick(cell(i))
	}
}

// whoOf is what a line says of a pass: whose it is, and which.
func (p *paper) whoOf(l *ListedPass) (who, what string) {
	what = p.t("print.kind." + string(l.Kind))
	if l.Ordinal > 0 {
		what += fmt.Sprintf(" %d/%d", l.Ordinal, l.OrdinalOf)
	}
	if l.Vendor == "" {
		return what, l.Label
	}
	if l.Label != "" {
		what += " · " + l.Label
	}
	return l.Vendor, what
}

// barred strikes a blocked pass out and says that it is.
func (p *paper) barred(b box, xs []float64) {
	p.pen(0.4, ink)
	p.pdf.Line(xs[1]+1, b.y+b.h/2, xs[4]-1, b.y+b.h/2)
	said := box{xs[4], b.y, xs[len(xs)-1] - xs[4], b.h}.inset(0.5)
	p.rect(said, white)
	p.block(said, style{bold: true, size: 10, least: 7, colour: ink, align: centre, middle: true}, p.t("print.list.blocked"))
}

// tick draws a box to be ticked, and the line for the hour beside it.
func (p *paper) tick(b box) {
	const side = 4.4
	p.pen(0.35, ink)
	p.pdf.Rect(b.x, b.y+(b.h-side)/2, side, side, "D")
	p.dots(b.x+side+1.6, b.y+(b.h+side)/2, b.w-side-1.6)
}

// unlisted draws an empty line, with room for a code.
func (p *paper) unlisted(b box, xs []float64) {
	p.dots(xs[2]+1.5, b.y+b.h-2.5, xs[4]-xs[2]-3)
	for i := 4; i < len(xs)-1; i++ {
		p.tick(box{xs[i] + 1, b.y, xs[i+1] - xs[i] - 2, b.h})
	}
}

// lastFour are the digits that a steward compares.
func lastFour(code string) string { return code[max(0, len(code)-4):] }

// inFours groups a code for reading.
func inFours(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), " ")
}
