package print

import (
	"fmt"
	"io"
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// VouchersASheet is how many vouchers stand on an A4 sheet.
const VouchersASheet = columns * rows

// Voucher is a voucher to be printed.
type Voucher struct {
	Code   string // 12 digits
	QRText string // the whole text of the symbol
	Serial int
}

// VoucherSheet is vouchers of one pack to be printed in one file. Nothing in it is
// personal.
type VoucherSheet struct {
	Lang     string // of i18n
	Event    Event
	Pack     int
	Title    string // village or group
	Value    string // "50.000 đ"
	Words    string // "Năm mươi nghìn đồng"
	FirstDay string // YYYY-MM-DD
	Days     int
	Scope    registry.PackScope
	Groups   []registry.ProductGroup
	Booths   []string // codes
	Test     bool
	Vouchers []Voucher
	Progress func(done, total int) // called after each, by one goroutine; may be nil
}

// WriteVouchers writes vouchers as a PDF, eight on a sheet, to be cut. It fails for a code
// or text that no symbol holds and when w does.
func WriteVouchers(w io.Writer, sheet VoucherSheet) error {
	p := newPaper(sheet.Lang, i18n.T(sheet.Lang, "print.voucher.title")+" · "+sheet.Title, a4Width, a4Height)
	if len(sheet.Vouchers) == 0 {
		p.page()
	}
	for from := 0; from < len(sheet.Vouchers); from += symbolsAhead {
		part := sheet.Vouchers[from:min(from+symbolsAhead, len(sheet.Vouchers))]
		cards := make([]PassCard, len(part))
		for i, v := range part {
			cards[i] = PassCard{Code: v.Code, QRText: v.QRText}
		}
		symbols, err := symbolsOf(cards)
		if err != nil {
			return err
		}
		for i := range part {
			p.placeVoucher(from+i, &sheet, &part[i], symbols[i])
			if sheet.Progress != nil {
				sheet.Progress(from+i+1, len(sheet.Vouchers))
			}
		}
	}
	return p.write(w)
}

// placeVoucher draws the n-th voucher of a file.
func (p *paper) placeVoucher(n int, sheet *VoucherSheet, v *Voucher, symbol pass.Symbol) {
	place := n % VouchersASheet
	if place == 0 {
		p.page()
		p.cutMarks(
			[]float64{marginX, marginX + cardWidth, marginX + 2*cardWidth},
			[]float64{marginY, marginY + cardHeight, marginY + 2*cardHeight, marginY + 3*cardHeight, marginY + 4*cardHeight},
		)
	}
	p.voucher(marginX+float64(place%columns)*cardWidth, marginY+float64(place/columns)*cardHeight, sheet, v, symbol)
}

// voucher draws a voucher with its upper left corner at x, y.
func (p *paper) voucher(x, y float64, sheet *VoucherSheet, v *Voucher, symbol pass.Symbol) {
	const edge, column, side = 3.0, 44.0, 38.8
	p.header(box{x, y, cardWidth, 9.5}, 2.6, style{bold: true, size: 10, least: 5.5, lines: 2, colour: white, middle: true, align: centre}, sheet.Event.Title)
	p.symbol(x+edge-1, y+14.2, side, symbol)
	p.digits(box{x + edge - 1, y + 14.2 + side, side, 5}, 10, v.Code)

	right := box{x + column, y + 14.2, cardWidth - column - edge, 0}
	at := func(from, height float64) box { return box{right.x, right.y + from, right.w, height} }
	p.block(at(0, 4.6), style{bold: true, size: 8.5, least: 6, colour: grey}, p.t("print.voucher.title"))
	p.block(at(4.4, 10), style{bold: true, size: 22, least: 12, colour: ink, middle: true}, sheet.Value)
	p.block(at(14.6, 7.4), style{size: 8, least: 5.5, lines: 2, colour: ink}, sheet.Words)
	p.block(at(22.2, 9.2), style{bold: true, size: 9, least: 5.5, lines: 2, colour: ink}, sheet.Title)
	p.block(at(31.4, 4.4), style{bold: true, size: 9, least: 6, colour: ink}, p.t("print.voucher.serial", sheet.Pack, serialText(v.Serial)))
	p.block(at(36, 4.4), style{bold: true, size: 9, least: 6, colour: ink}, daysText(sheet.FirstDay, sheet.Days))
	p.block(at(40.4, 6.2), style{size: 6.5, least: 4.5, lines: 2, colour: grey}, p.where(sheet))
	foot := words{note: p.t("print.voucher.note")}
	p.foot(box{x, y + 61, cardWidth, 7}, &card{PassCard: PassCard{Test: sheet.Test}}, foot, 6.5)
}

// where says which booths take a voucher.
func (p *paper) where(sheet *VoucherSheet) string {
	switch sheet.Scope {
	case registry.PackByGroups:
		names := make([]string, len(sheet.Groups))
		for i, g := range sheet.Groups {
			names[i] = p.t("product.group." + string(g))
		}
		return p.t("print.voucher.where.groups", strings.Join(names, ", "))
	case registry.PackAtBooths:
		return p.t("print.voucher.where.booths", strings.Join(sheet.Booths, ", "))
	}
	return p.t("print.voucher.where.all")
}

// serialText is a serial with the zeros that keep a column of them even.
func serialText(n int) string { return fmt.Sprintf("%04d", n) }

// HandoutSheet is the list with which a pack is handed out: numbers and signatures, no
// names of its own.
type HandoutSheet struct {
	Sheet
	Pack        int
	Title       string // village or group
	Value       string
	From, Until int // serials
}

// handoutRows is how many lines stand on a page of a list for handing out.
const handoutRows = 22

var handoutColumns = []column{
	{16, "print.list.no"}, {38, "print.voucher.serials"}, {22, "print.voucher.count"}, {70, "print.voucher.who"}, {40, "print.voucher.signed"},
}

// WriteHandout writes the list with which the vouchers of a pack are handed out as a PDF:
// a line for each of them, to be joined by hand for who gets several. It fails when w does.
func WriteHandout(w io.Writer, sheet HandoutSheet) error {
	title := i18n.T(sheet.Lang, "print.voucher.handout")
	p := newPaper(sheet.Lang, title+" · "+sheet.Title, a4Width, a4Height)
	n := sheet.Until - sheet.From + 1
	pages := max(1, (n+handoutRows-1)/handoutRows)
	for page := range pages {
		p.handoutHead(&sheet, title, page+1, pages)
		xs := p.heads(sheetTop, listHead, handoutColumns)
		p.grid(xs, sheetTop, sheetTop+listHead+handoutRows*listRow)
		for row := range handoutRows {
			b := box{sheetEdge, sheetTop + listHead + float64(row)*listRow, sheetWidth, listRow}
			p.rowLine(b, false)
			serial := sheet.From + page*handoutRows + row
			if serial > sheet.Until {
				continue
			}
			cell := func(i int) box { return box{xs[i] + 1, b.y, xs[i+1] - xs[i] - 2, b.h} }
			p.block(cell(0), style{size: 8, least: 5, colour: grey, align: centre, middle: true}, fmt.Sprint(serial-sheet.From+1))
			p.block(cell(1), style{bold: true, size: 11, least: 7, colour: ink, align: centre, middle: true}, serialText(serial))
		}
	}
	return p.write(w)
}

// handoutHead is the frame of a sheet with the pack in the place of the gate.
func (p *paper) handoutHead(s *HandoutSheet, title string, page, pages int) {
	head := s.Sheet
	head.Gate, head.Day = p.t("print.voucher.pack", s.Pack, s.Title), s.Value
	p.head(&head, title, page, pages)
	p.signature("print.voucher.handed_by", "print.voucher.village_head")
	p.block(box{sheetEdge, 29.5, sheetWidth, 8.5}, style{size: 8.5, least: 6, lines: 2, colour: ink}, p.t("print.voucher.handout_lead"))
}
