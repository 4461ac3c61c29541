package print

import (
	"io"

	"hoicho/internal/i18n"
	"hoicho/internal/pass"
)

// TipReceipt is what whoever sent a tip keeps of it: the code that follows it, and nothing of
// what it says.
type TipReceipt struct {
	Code  string // grouped for reading
	URL   string // of the tracking page
	On    string // day on which it was received, as people read it
	Event string // "" where the tip names none
}

// WriteTipReceipt writes a receipt as a PDF of one A6 page, which a phone shows whole.
func WriteTipReceipt(w io.Writer, lang string, r TipReceipt) error {
	symbol, err := pass.NewSymbol(r.URL)
	if err != nil {
		return err
	}
	title := i18n.T(lang, "print.receipt.title")
	p := newPaper(lang, title, 105, 148)
	p.page()
	const edge, wide = 9.0, 105 - 2*9.0
	p.block(box{edge, 8, wide, 8}, style{bold: true, size: 15, least: 9, colour: ink, align: centre}, title)
	p.block(box{edge, 16, wide, 9}, style{size: 9, least: 6.5, lines: 2, colour: grey, align: centre}, p.t("print.receipt.on", r.On, r.Event))
	const side = 56.0
	p.symbol((105-side)/2, 26, side, symbol)
	p.block(box{edge, 83, wide, 5}, style{size: 9, least: 7, colour: grey, align: centre}, p.t("tip.code"))
	p.block(box{edge, 88, wide, 16}, style{bold: true, size: 15, least: 12, lines: 2, colour: ink, align: centre, middle: true}, r.Code)
	p.block(box{edge, 107, wide, 32}, style{size: 9, least: 6.5, lines: 7, colour: ink}, p.t("print.receipt.keep"))
	return p.write(w)
}
