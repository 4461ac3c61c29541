package print

import (
	"fmt"
	"io"
	"strings"

	"hoicho/internal/pass"
)

// Sign is the sign of a booth: the booth's pass, made to be hung.
type Sign struct {
	Event Event
	Card  PassCard
	Goods string // what is sold, one line; may be empty
}

// WriteBoothSigns writes booth signs as a PDF, one A4 page each.
func WriteBoothSigns(w io.Writer, lang string, signs []Sign, progress func(done, total int)) error {
	title := ""
	if len(signs) > 0 {
		title = signs[0].Event.Title
	}
	p := newPaper(lang, title, a4Width, a4Height)
	if len(signs) == 0 {
		p.page()
	}
	for i := range signs {
		symbol, err := pass.NewSymbol(signs[i].Card.QRText)
		if err != nil {
			return fmt.Errorf("sign of booth %s: %w", signs[i].Card.Booth, err)
		}
		p.page()
		p.sign(&signs[i], symbol)
		if progress != nil {
			progress(i+1, len(signs))
		}
	}
	return p.write(w)
}

func (p *paper) sign(s *Sign, symbol pass.Symbol) {
	const edge = 16.0
	inner := box{edge, 0, a4Width - 2*edge, 0}
	p.header(box{0, 0, a4Width, 30}, 9, style{bold: true, size: 24, least: 12, lines: 2, colour: white, middle: true, align: centre}, s.Event.Title)

	p.block(box{inner.x, 45, inner.w, 10}, style{size: 18, least: 12, colour: grey, align: centre}, p.t("print.booth"))
	p.block(box{inner.x, 48, inner.w, 58}, style{bold: true, size: 120, least: 30, colour: ink, align: centre, middle: true}, s.Card.Booth)
	p.block(box{inner.x, 102, inner.w, 38}, style{bold: true, size: 38, least: 14, lines: 2, colour: red, align: centre, middle: true}, s.Card.Vendor)
	p.block(box{inner.x, 140, inner.w, 14}, style{size: 16, least: 10, lines: 2, colour: ink, align: centre}, s.Goods)

	const side = 92.0
	p.symbol(edge-4, 163, side, symbol)
	p.digits(box{edge - 4, 163 + side - 3, side, 9}, 17, s.Card.Code)
	p.invitation(box{edge + side + 2, 170, a4Width - 2*edge - side - 2, 84}, "print.sign.scan", "print.sign.who", "print.sign.goods", "print.sign.report")

	p.pen(0.3, line)
	p.pdf.Line(edge, 273, a4Width-edge, 273)
	p.block(box{inner.x, 275, inner.w, 8}, style{bold: true, size: 13, least: 8, colour: ink, align: centre}, daysText(s.Card.FirstDay, s.Card.Days))
	p.block(box{inner.x, 282, inner.w, 7}, style{size: 11, least: 7, colour: grey, align: centre}, s.Event.Venue)
	if s.Card.Test {
		p.rect(box{0, 289, a4Width, 8}, black)
		p.block(box{inner.x, 289, inner.w, 8}, style{bold: true, size: 12, least: 8, colour: white, align: centre, middle: true}, p.t("print.test"))
	}
}

// invitation draws a heading and the points that the symbol leads to.
func (p *paper) invitation(b box, heading string, points ...string) {
	y := b.y + p.block(box{b.x, b.y, b.w, 24}, style{bold: true, size: 22, least: 12, lines: 2, colour: navy}, p.t(heading)) + 4
	for _, key := range points {
		p.pdf.SetFillColor(gold[0], gold[1], gold[2])
		p.shape(b.x, y+1, polygon{2.2, 0.4, 4.4, 2.6, 2.2, 4.8, 0, 2.6}, "F")
		y += p.block(box{b.x + 7, y, b.w - 7, 24}, style{size: 16, least: 9, lines: 3, colour: ink}, p.t(key)) + 4.5
	}
}

// PosterSize is the paper of a gate poster.
type PosterSize string

// The sizes.
const (
	PosterA4 PosterSize = "a4"
	PosterA3 PosterSize = "a3"
)

// Poster is the poster at a gate, from which visitors open the event's page.
type Poster struct {
	Size   PosterSize // A4 unless A3
	Event  Event
	Gate   string // its name
	QRText string // address of the gate's page
}

// WriteGatePosters writes gate posters as a PDF, one page each; all have the size
// of the first.
func WriteGatePosters(w io.Writer, lang string, posters []Poster) error {
	scale, title := 1.0, ""
	if len(posters) > 0 {
		title = posters[0].Event.Title
		if posters[0].Size == PosterA3 {
			scale = 297.0 / 210
		}
	}
	p := newPaper(lang, title, a4Width*scale, a4Height*scale)
	if len(posters) == 0 {
		p.page()
	}
	for i := range posters {
		symbol, err := pass.NewSymbol(posters[i].QRText)
		if err != nil {
			return fmt.Errorf("poster of gate %s: %w", posters[i].Gate, err)
		}
		p.page()
		p.pdf.TransformBegin()
		p.pdf.TransformScaleXY(scale*100, 0, 0)
		p.poster(&posters[i], symbol)
		p.pdf.TransformEnd()
	}
	return p.write(w)
}

// poster draws a poster in the measures of A4.
func (p *paper) poster(s *Poster, symbol pass.Symbol) {
	const edge = 16.0
	inner := box{edge, 0, a4Width - 2*edge, 0}
	p.rect(box{0, 0, a4Width, 78}, navy)
	p.block(box{inner.x, 13, inner.w, 10}, style{size: 18, least: 12, colour: gold, align: centre}, p.t("print.poster.welcome"))
	p.block(box{inner.x, 23, inner.w, 34}, style{bold: true, size: 36, least: 16, lines: 3, colour: white, align: centre, middle: true}, s.Event.Title)
	p.block(box{inner.x, 57, inner.w, 8}, style{bold: true, size: 15, least: 9, colour: white, align: centre}, when(&s.Event))
	p.block(box{inner.x, 65, inner.w, 8}, style{size: 13, least: 8, colour: white, align: centre}, s.Event.Venue)
	p.band(box{0, 78, a4Width, 11})

	const side = 116.0
	p.symbol((a4Width-side)/2, 93, side, symbol)
	p.block(box{inner.x, 208, inner.w, 13}, style{bold: true, size: 26, least: 14, colour: red, align: centre, middle: true}, p.t("print.poster.scan"))
	p.steps(box{inner.x, 226, inner.w, 34}, "print.poster.programme", "print.poster.goods", "print.poster.here")

	p.block(box{inner.x, 263, inner.w, 9}, style{size: 12, least: 8, lines: 1, colour: grey, align: centre, middle: true}, p.t("print.poster.private"))
	p.rect(box{0, 276, a4Width, 21}, navy)
	p.block(box{inner.x, 277, inner.w, 11}, style{bold: true, size: 20, least: 10, colour: white, align: centre, middle: true}, s.Gate)
	p.block(box{inner.x, 287, inner.w, 7}, style{size: 11, least: 6, colour: white, align: centre, middle: true}, withoutScheme(s.QRText))
}

func when(e *Event) string {
	text := eventDays(e.Days)
	if hours := eventHours(e.Days); hours != "" {
		text += " · " + hours
	}
	return text
}

// steps draws points side by side, each with its number.
func (p *paper) steps(b box, keys ...string) {
	const gap = 5.0
	w := (b.w - gap*float64(len(keys)-1)) / float64(len(keys))
	for i, key := range keys {
		x := b.x + float64(i)*(w+gap)
		p.pdf.SetFillColor(gold[0], gold[1], gold[2])
		p.pdf.Circle(x+w/2, b.y+5, 5, "F")
		p.block(box{x, b.y, w, 10}, style{bold: true, size: 15, least: 10, colour: navy, align: centre, middle: true}, fmt.Sprint(i+1))
		p.block(box{x, b.y + 12, w, b.h - 12}, style{size: 14, least: 9, lines: 3, colour: ink, align: centre}, p.t(key))
	}
}

// withoutScheme is an address as people type it.
func withoutScheme(url string) string {
	_, address, ok := strings.Cut(url, "://")
	if !ok {
		return url
	}
	return address
}
