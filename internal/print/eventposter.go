package print

import (
	"fmt"
	"io"

	"hoicho/internal/pass"
)

// PosterMoment is what a poster of an event has to say about it.
type PosterMoment string

// The moments.
const (
	PosterAhead     PosterMoment = "ahead"
	PosterMoved     PosterMoment = "moved"
	PosterPostponed PosterMoment = "postponed"
	PosterCancelled PosterMoment = "cancelled"
)

// EventPoster is the poster by which an event is announced. It can be read when it is
// printed in black and white.
type EventPoster struct {
	Lang      string     // of i18n
	Size      PosterSize // A4 unless A3
	Event     Event
	Moment    PosterMoment
	Lunar     string // the days by the lunar calendar; may be empty
	Before    string // days and place before a move; may be empty
	Organiser string
	Phone     string // as people read it; may be empty
	QRText    string // address of the event's page
}

// WriteEventPoster writes the poster of an event as a PDF of one page.
func WriteEventPoster(w io.Writer, s EventPoster) error {
	symbol, err := pass.NewSymbol(s.QRText)
	if err != nil {
		return fmt.Errorf("poster of %s: %w", s.Event.Title, err)
	}
	scale := 1.0
	if s.Size == PosterA3 {
		scale = 297.0 / 210
	}
	p := newPaper(s.Lang, s.Event.Title, a4Width*scale, a4Height*scale)
	p.page()
	p.pdf.TransformBegin()
	p.pdf.TransformScaleXY(scale*100, 0, 0)
	p.eventPoster(&s, symbol)
	p.pdf.TransformEnd()
	return p.write(w)
}

// eventPoster draws a poster in the measures of A4.
func (p *paper) eventPoster(s *EventPoster, symbol pass.Symbol) {
	const edge = 16.0
	inner := box{edge, 0, a4Width - 2*edge, 0}
	p.rect(box{0, 0, a4Width, 26}, navy)
	p.block(box{inner.x, 6, inner.w, 14}, style{size: 17, least: 11, lines: 2, colour: white, align: centre, middle: true}, p.t("print.event_poster.campaign"))
	p.band(box{0, 26, a4Width, 11})
	p.block(box{inner.x, 46, inner.w, 52}, style{bold: true, size: 44, least: 18, lines: 3, colour: red, align: centre, middle: true}, s.Event.Title)

	stopped := s.Moment == PosterPostponed || s.Moment == PosterCancelled
	if s.Moment != PosterAhead {
		p.rect(box{inner.x, 102, inner.w, 16}, black)
		p.block(box{inner.x, 102, inner.w, 16}, style{bold: true, size: 28, least: 14, colour: white, align: centre, middle: true},
			p.t("print.event_poster."+string(s.Moment)))
	}
	days := eventDays(s.Event.Days)
	if s.Moment == PosterPostponed {
		days = p.t("print.event_poster.no_day")
	}
	p.block(box{inner.x, 121, inner.w, 24}, style{bold: true, size: 50, least: 20, colour: ink, align: centre, middle: true}, days)
	if !stopped {
		p.block(box{inner.x, 145, inner.w, 10}, style{size: 18, least: 10, colour: grey, align: centre}, s.Lunar)
		p.block(box{inner.x, 155, inner.w, 13}, style{bold: true, size: 28, least: 14, colour: navy, align: centre, middle: true}, eventHours(s.Event.Days))
	}
	p.block(box{inner.x, 169, inner.w, 18}, style{bold: true, size: 22, least: 12, lines: 2, colour: ink, align: centre, middle: true}, s.Event.Venue)
	if s.Before != "" {
		p.block(box{inner.x, 188, inner.w, 8}, style{size: 14, least: 9, colour: grey, align: centre}, p.t("print.event_poster.before", s.Before))
	}

	const side = 68.0
	p.symbol(edge-4, 199, side, symbol)
	p.invitation(box{edge + side + 2, 203, a4Width - 2*edge - side - 2, 60}, "print.event_poster.scan", "print.event_poster.who", "print.event_poster.way")
	p.pen(0.6, gold)
	p.pdf.Line(edge, 270, a4Width-edge, 270)
	foot := p.t("print.event_poster.organiser", s.Organiser)
	if s.Phone != "" {
		foot = p.t("print.event_poster.organiser_phone", s.Organiser, s.Phone)
	}
	p.block(box{inner.x, 272, inner.w, 14}, style{size: 14, least: 8, lines: 2, colour: ink, align: centre, middle: true}, foot)
	p.block(box{inner.x, 287, inner.w, 6}, style{size: 10, least: 6, colour: grey, align: centre}, withoutScheme(s.QRText))
}
