package print

import (
	"fmt"

	"hoicho/internal/registry"
)

// words are what a card says, in the order of importance.
type words struct {
	label string // what big is: "Gian", "Biển số"
	big   string // booth code or number plate
	name  string // vendor, or the body of an official
	small string // the booth of a vehicle
	days  string
	note  string
}

func (p *paper) words(e *Event, c *card) words {
	w := words{
		label: p.t("print.booth"), big: clean(c.Booth), name: clean(c.Vendor),
		days: daysText(c.FirstDay, c.Days), note: p.t("print.note." + string(c.Kind)),
	}
	if w.name == "" {
		w.name = clean(c.Label)
	}
	if c.Kind == registry.VehiclePass && clean(c.Label) != "" {
		w.label, w.big = p.t("print.plate"), clean(c.Label)
		if c.Booth != "" {
			w.small = p.t("print.booth") + " " + clean(c.Booth)
		}
		if w.name == w.big {
			w.name = ""
		}
	}
	if w.big == "" && w.name == "" {
		w.small, w.name = p.t("print.invited"), clean(e.Title)
	}
	return w
}

func ordinal(c *card) string {
	switch {
	case c.Ordinal < 1:
		return ""
	case c.OrdinalOf < 1:
		return fmt.Sprint(c.Ordinal)
	}
	return fmt.Sprintf("%d/%d", c.Ordinal, c.OrdinalOf)
}

// header draws the title of the event on navy with the brocade band below it.
func (p *paper) header(b box, bandHeight float64, st style, title string) {
	p.rect(b, navy)
	p.block(b.inset(b.h*0.12), st, title)
	p.band(box{b.x, b.y + b.h, b.w, bandHeight})
}

// smallCard draws a card of A4x8 with its upper left corner at x, y.
func (p *paper) smallCard(x, y float64, e *Event, c *card) {
	const edge, column = 3.0, 44.0
	w := p.words(e, c)
	p.header(box{x, y, cardWidth, 9.5}, 2.6,
		style{bold: true, size: 10, least: 5.5, lines: 2, colour: white, middle: true, align: centre}, e.Title)

	const side = 38.8 // the symbol itself is 31.7 mm with 41 modules, 32.9 mm with 45
	p.symbol(x+edge-1, y+14.2, side, c.symbol)
	p.digits(box{x + edge - 1, y + 14.2 + side, side, 5}, 10, c.Code)

	right := box{x + column, y + 15, cardWidth - column - edge, 0}
	p.kindBand(box{right.x, right.y, right.w, 9}, c.Kind, ordinal(c))
	p.about(box{right.x, right.y + 10.5, right.w, 22.5}, w, aboutSizes{label: 6.5, big: 24, name: 10.5, least: 6})
	p.block(box{right.x, y + 48.5, right.w, 5}, style{bold: true, size: 10, least: 6, colour: ink}, w.days)
	p.block(box{right.x, y + 53.5, right.w, 6}, style{size: 6.5, least: 5, lines: 2, colour: grey}, e.Venue)
	p.foot(box{x, y + 61, cardWidth, 7}, c, w, 6.5)
}

// aboutSizes are the sizes of the middle of a card, in points.
type aboutSizes struct{ label, big, name, least float64 }

// about draws what the pass belongs to: booth or plate large, the name below it.
func (p *paper) about(b box, w words, size aboutSizes) {
	bottom := b.y + b.h
	if w.big != "" {
		b.y += p.block(box{b.x, b.y, b.w, 5}, style{size: size.label, least: size.label, colour: grey}, w.label)
		height := size.big * mmPerPoint
		// The large line has no stacked marks, so the room above it is taken back.
		b.y -= height * 0.16
		p.block(box{b.x, b.y, b.w, height * lineHeight}, style{bold: true, size: size.big, least: size.big / 3, colour: ink, middle: true}, w.big)
		b.y += height * 1.14
	}
	if w.small != "" {
		b.y += p.block(box{b.x, b.y, b.w, 5}, style{size: size.label, least: size.least, colour: grey}, w.small)
	}
	if w.big == "" {
		b.y, size.name = b.y+1, size.name*1.25
	}
	b.h = bottom - b.y
	p.block(b, style{bold: true, size: size.name, least: size.least, lines: 4, colour: ink}, w.name)
}

// foot draws what to do with the pass, or that it is for training.
func (p *paper) foot(b box, c *card, w words, size float64) {
	st := style{size: size, least: size / 2, lines: 1, colour: grey, align: centre, middle: true}
	if c.Test {
		p.rect(b, black)
		st.bold, st.colour = true, white
		p.block(b.inset(0.8), st, p.t("print.test"))
		return
	}
	p.pen(0.15, line)
	p.pdf.Line(b.x+3, b.y, b.x+b.w-3, b.y)
	p.block(b.inset(0.8), st, w.note)
}

// largeCard draws a card that fills an A6 page.
func (p *paper) largeCard(e *Event, c *card) {
	const edge = 7.0
	w := p.words(e, c)
	p.header(box{0, 0, a6Width, 18}, 4.4,
		style{bold: true, size: 14, least: 7, lines: 2, colour: white, middle: true, align: centre}, e.Title)
	inner := box{edge, 0, a6Width - 2*edge, 0}
	p.kindBand(box{inner.x, 26.5, inner.w, 12}, c.Kind, ordinal(c))
	p.about(box{inner.x, 40, inner.w * 0.6, 28}, w, aboutSizes{label: 8, big: 28, name: 12, least: 7})

	aside := box{inner.x + inner.w*0.64, 40.5, inner.w * 0.36, 11}
	aside.y += 0.8 + p.block(aside, style{bold: true, size: 11, least: 7, lines: 2, colour: ink, align: right}, w.days)
	aside.h = 16
	p.block(aside, style{size: 8.5, least: 6, lines: 4, colour: grey, align: right}, e.Venue)

	const side = 69.0
	p.symbol((a6Width-side)/2, 66.5, side, c.symbol)
	p.digits(box{edge, 66.5 + side - 3.5, inner.w, 6}, 14, c.Code)
	p.foot(box{0, 140.5, a6Width, 7.5}, c, w, 8)
}
