package print

import "io"

// PriceSignSize is the paper of a price sign, the long side across.
type PriceSignSize string

// The sizes.
const (
	PriceSignA5 PriceSignSize = "a5"
	PriceSignA6 PriceSignSize = "a6"
)

// PriceSign is the sign that stands beside goods on offer: what they cost before, struck
// through, and what they cost at the event.
type PriceSign struct {
	Event  Event
	Goods  string
	Stall  string // vendor and booth
	Before string // "85.000 ₫"
	Here   string // "68.000 ₫"
	Unit   string
	Cut    string // "giảm 20 %"
	Terms  string // days, how many, on what condition
	Law    string // ceiling or basis, with the paper
}

// WritePriceSigns writes price signs as a PDF, one page each: A6 unless A5.
func WritePriceSigns(w io.Writer, lang string, size PriceSignSize, signs []PriceSign) error {
	scale, title := 1.0, ""
	if size == PriceSignA5 {
		scale = 210.0 / a6Height
	}
	if len(signs) > 0 {
		title = signs[0].Event.Title
	}
	p := newPaper(lang, title, a6Height*scale, a6Width*scale)
	if len(signs) == 0 {
		p.page()
	}
	for i := range signs {
		p.page()
		p.pdf.TransformBegin()
		p.pdf.TransformScaleXY(scale*100, 0, 0)
		p.priceSign(&signs[i])
		p.pdf.TransformEnd()
	}
	return p.write(w)
}

// priceSign draws a sign in the measures of A6 across.
func (p *paper) priceSign(s *PriceSign) {
	const edge, wide, high = 7.0, a6Height, a6Width
	inner := box{edge, 0, wide - 2*edge, 0}
	p.header(box{0, 0, wide, 12}, 3.4, style{bold: true, size: 11, least: 6, lines: 1, colour: white, middle: true, align: centre}, s.Event.Title)
	p.block(box{inner.x, 18, inner.w, 19}, style{bold: true, size: 24, least: 10, lines: 2, colour: ink, align: centre, middle: true}, s.Goods)

	before := box{inner.x, 38, inner.w, 10}
	st := style{size: 19, least: 10, lines: 1, colour: grey, align: centre, middle: true}
	f := fit(clean(s.Before), st, before.w, before.h)
	p.block(before, st, s.Before)
	half := faceOf(false).Width(clean(s.Before), f.size)/2 + 1.5
	p.pen(0.7, red)
	p.pdf.Line(wide/2-half, before.y+before.h/2, wide/2+half, before.y+before.h/2)

	p.block(box{inner.x, 48, inner.w, 26}, style{bold: true, size: 50, least: 20, lines: 1, colour: red, align: centre, middle: true}, s.Here+"/"+s.Unit)
	p.block(box{inner.x, 74, inner.w, 8}, style{bold: true, size: 15, least: 9, lines: 1, colour: navy, align: centre, middle: true}, s.Cut)
	p.block(box{inner.x, 82, inner.w, 6}, style{size: 10, least: 6, lines: 1, colour: ink, align: centre, middle: true}, s.Terms)
	p.pen(0.2, line)
	p.pdf.Line(edge, 89.5, wide-edge, 89.5)
	p.block(box{inner.x, 90, inner.w, 6}, style{bold: true, size: 9, least: 6, lines: 1, colour: ink, align: centre, middle: true}, s.Stall)
	p.block(box{inner.x, high - 9, inner.w, 8}, style{size: 6.5, least: 5, lines: 2, colour: grey, align: centre, middle: true}, s.Law)
}
