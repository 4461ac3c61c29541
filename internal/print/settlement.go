package print

import (
	"io"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

// Settlement is what is paid to a vendor for the vouchers that it took (bảng quyết toán).
type Settlement struct {
	Sheet
	Vendor string
	Booths string
	Lines  []SettledPack
	Count  string
	Sum    string
	Words  string       // the sum in words
	Open   []OpenTaking // not in the sum
}

// OpenTaking is a voucher that was taken and is not in the sum: taken before, or against a
// rule.
type OpenTaking struct {
	Pack, Serial        int
	At, Booth           string
	Verdict             registry.VerdictCode // why
	FirstAt, FirstBooth string               // where it was taken before
}

// SettledPack is the vouchers of one pack in a settlement.
type SettledPack struct {
	Pack              int
	Title             string
	Value, Count, Sum string
	Serials           string // "0001–0012, 0015"
}

var settleColumns = []column{
	{46, "print.settle.pack"}, {28, "print.settle.value"}, {62, "print.settle.serials"}, {20, "print.settle.count"}, {30, "print.settle.sum"},
}

// WriteSettlements writes settlements as a PDF, each from a page of its own on, all in the
// language of the first. It fails when w does.
func WriteSettlements(w io.Writer, lang string, list []Settlement) error {
	title := i18n.T(lang, "print.settle.title")
	p := newPaper(lang, title, a4Width, a4Height)
	if len(list) == 0 {
		p.page()
	}
	for i := range list {
		p.settlement(&list[i], title)
	}
	return p.write(w)
}

// settled is the height of one pack, by how much there is to say of its serials.
func settled(l *SettledPack) float64 {
	lines := len(fit(l.Serials, serialStyle, settleColumns[2].width-2, 1000).lines)
	return max(9, float64(lines)*serialStyle.size*lineHeight*mmPerPoint+2.5)
}

var serialStyle = style{size: 8.5, least: 8.5, lines: 60, colour: ink, middle: true}

// settlement draws one vendor's, on as many pages as it needs.
func (p *paper) settlement(s *Settlement, title string) {
	pages := settlePages(s)
	for n, part := range pages {
		head := s.Sheet
		head.Gate, head.Day = s.Vendor, s.Booths
		p.head(&head, title, n+1, len(pages))
		p.signature("print.settle.paid_by", "print.settle.vendor")
		y := p.settleTable(part)
		if n == len(pages)-1 {
			p.settleEnd(s, y)
		}
	}
}

// settlePages cuts the packs of a settlement into pages.
func settlePages(s *Settlement) (pages [][]SettledPack) {
	room := 0.0
	for i := range s.Lines {
		h := settled(&s.Lines[i])
		if len(pages) == 0 || h > room {
			pages, room = append(pages, nil), 175
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], s.Lines[i])
		room -= h
	}
	if len(pages) == 0 {
		pages = [][]SettledPack{nil}
	}
	return pages
}

// settleTable draws the packs of a page and gives where it ends.
func (p *paper) settleTable(lines []SettledPack) (y float64) {
	xs := p.heads(sheetTop, listHead, settleColumns)
	y = sheetTop + listHead
	for i := range lines {
		l := &lines[i]
		b := box{sheetEdge, y, sheetWidth, settled(l)}
		p.rowLine(b, false)
		cell := func(i int) box { return box{xs[i] + 1, b.y, xs[i+1] - xs[i] - 2, b.h} }
		st := style{size: 9, least: 6, lines: 2, colour: ink, middle: true}
		p.block(cell(0), st, p.t("print.voucher.pack", l.Pack, l.Title))
		p.block(cell(2), serialStyle, l.Serials)
		st.align = right
		p.block(cell(1), st, l.Value)
		p.block(cell(3), st, l.Count)
		st.bold = true
		p.block(cell(4), st, l.Sum)
		y += b.h
	}
	p.rowLine(box{sheetEdge, y, sheetWidth, 0}, true)
	p.grid(xs, sheetTop, y)
	return y
}

// settleEnd draws the sum and what is not in it.
func (p *paper) settleEnd(s *Settlement, y float64) {
	p.block(box{sheetEdge, y + 2, sheetWidth, 7}, style{bold: true, size: 12, least: 8, colour: ink, align: right}, p.t("print.settle.total", s.Count, s.Sum))
	p.block(box{sheetEdge, y + 9, sheetWidth, 6}, style{size: 9.5, least: 7, colour: ink, align: right}, p.t("print.settle.words", s.Words))
	if len(s.Open) == 0 {
		return
	}
	y += 17
	p.block(box{sheetEdge, y, sheetWidth, 5}, style{bold: true, size: 9.5, least: 7, colour: ink}, p.t("print.settle.open", len(s.Open)))
	for i, line := range s.Open {
		y += 5
		if y > sheetBottom-8 && i < len(s.Open)-1 {
			p.block(box{sheetEdge, y, sheetWidth, 4.8}, style{size: 8.5, least: 6, colour: ink}, p.t("print.settle.more", len(s.Open)-i))
			return
		}
		p.block(box{sheetEdge, y, sheetWidth, 4.8}, style{size: 8.5, least: 6, colour: ink}, p.openLine(&line))
	}
}

func (p *paper) openLine(o *OpenTaking) string {
	if o.FirstAt != "" {
		return p.t("print.settle.double", o.Pack, serialText(o.Serial), o.At, o.Booth, o.FirstAt, o.FirstBooth)
	}
	return p.t("print.settle.faulty", o.Pack, serialText(o.Serial), o.At, o.Booth, p.t("gate.app.verdict."+string(o.Verdict)))
}
