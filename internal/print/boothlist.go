package print

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

// BoothList is the booths of an event on paper: who stands where, or who brings what in when.
type BoothList struct {
	Lang      string
	Event     Event
	LoadIn    bool // the list of the load-in, to be ticked with the hour
	Rows      []ListedBooth
	PrintedAt time.Time // in the time of the event
}

// ListedBooth is a line of a booth list. Vendor, Goods and Vehicles may be empty.
type ListedBooth struct {
	registry.Booth
	Vendor   string
	Goods    string
	Vehicles []string // number plates
	Staff    int
}

// BoothListRows is how many booths stand on a page of a booth list.
const BoothListRows = 22

var (
	boothColumns = []column{{9, "print.list.no"}, {17, "print.list.booth"}, {62, "print.booths.who"}, {44, "print.booths.goods"}, {54, "print.booths.facts"}}
	loadColumns  = []column{{9, "print.list.no"}, {17, "print.list.booth"}, {56, "print.booths.who"}, {36, "print.booths.vehicles"}, {18, "print.booths.power"},
		{25, "print.booths.in"}, {25, "print.booths.out"}}
)

// WriteBoothList writes a booth list as a PDF of A4 pages. It fails when w does.
func WriteBoothList(w io.Writer, list BoothList) error {
	title, columns := i18n.T(list.Lang, "print.booths.title"), boothColumns
	if list.LoadIn {
		title, columns = i18n.T(list.Lang, "print.booths.load_title"), loadColumns
	}
	p := newPaper(list.Lang, title+" · "+list.Event.Title, a4Width, a4Height)
	given := 0
	for i := range list.Rows {
		if list.Rows[i].Vendor != "" {
			given++
		}
	}
	sheet := Sheet{Lang: list.Lang, Event: list.Event, Gate: i18n.T(list.Lang, "print.booths.sum", len(list.Rows), given), PrintedAt: list.PrintedAt}
	pages := max(1, (len(list.Rows)+BoothListRows-1)/BoothListRows)
	for page := range pages {
		rows := list.Rows[page*BoothListRows : min((page+1)*BoothListRows, len(list.Rows))]
		p.head(&sheet, title, page+1, pages)
		xs := p.heads(sheetTop, listHead, columns)
		p.grid(xs, sheetTop, sheetTop+listHead+float64(len(rows))*listRow)
		for i := range rows {
			b := box{sheetEdge, sheetTop + listHead + float64(i)*listRow, sheetWidth, listRow}
			p.listedBooth(b, xs, page*BoothListRows+i+1, &rows[i], list.LoadIn)
			p.rowLine(b, i > 0 && rows[i].Zone != rows[i-1].Zone)
		}
	}
	return p.write(w)
}

// listedBooth draws the line of a booth.
func (p *paper) listedBooth(b box, xs []float64, number int, l *ListedBooth, loadIn bool) {
	cell := func(i int) box { return box{xs[i] + 1, b.y + 0.5, xs[i+1] - xs[i] - 2, b.h - 1} }
	small := style{size: 8.5, least: 6, lines: 2, colour: ink, middle: true}
	p.block(cell(0), style{size: 8, least: 5, colour: grey, align: centre, middle: true}, strconv.Itoa(number))
	p.block(cell(1), style{bold: true, size: 12, least: 6, colour: ink, align: centre, middle: true}, l.Code)
	who := style{bold: true, size: 9.5, least: 6.5, lines: 2, colour: ink, middle: true}
	if l.Vendor == "" {
		p.block(cell(2), small, p.t("booth.state."+string(l.State)))
	} else {
		p.block(cell(2), who, l.Vendor)
	}
	if !loadIn {
		p.block(cell(3), small, l.Goods)
		p.block(cell(4), small, p.boothFacts(&l.Booth))
		return
	}
	what := strings.Join(l.Vehicles, ", ")
	if l.Staff > 0 {
		what = strings.TrimPrefix(what+" · "+p.t("print.booths.staff", l.Staff), " · ")
	}
	p.block(cell(3), small, what)
	power := "print.booths.no"
	if l.Power {
		power = "print.booths.yes"
	}
	p.block(cell(4), style{size: 8.5, least: 6, colour: ink, align: centre, middle: true}, p.t(power))
	p.tick(box{xs[5] + 1, b.y, xs[6] - xs[5] - 2, b.h})
	p.tick(box{xs[6] + 1, b.y, xs[7] - xs[6] - 2, b.h})
}

// boothFacts says in a line what a booth is like.
func (p *paper) boothFacts(b *registry.Booth) string {
	metres := func(cm int) string {
		return strings.Replace(strconv.FormatFloat(float64(cm)/100, 'f', -1, 64), ".", p.t("print.booths.point"), 1)
	}
	text := p.t("booth.kind."+string(b.Kind)) + fmt.Sprintf(" · %s × %s m", metres(b.WidthCM), metres(b.DepthCM))
	if b.Power {
		text += " · " + p.t("booth.power")
	}
	return text
}
