package view

import (
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
)

// OfferPrice is a price before and a price at an event, as the partial "offer-price"
// draws them.
type OfferPrice struct {
	Before string
	Here   string
	Unit   string
	Cut    string // "giảm 20 %"
}

// OfferLine is an offer as lists show it.
type OfferLine struct {
	OfferPrice
	Name   string
	Href   string // of the product; "" draws no link
	Stall  string // vendor and booths
	Terms  []string
	Chips  []Chip
	Do     string // address of what the reader may do with it
	DoText string
}

// OfferPrice writes the prices of an offer.
func (b Base) OfferPrice(t stimulus.Terms) OfferPrice {
	return OfferPrice{Before: vn.Dong(t.BeforeDong), Here: vn.Dong(t.HereDong), Unit: t.Unit, Cut: b.T("offer.cut", t.Percent())}
}

// OfferTerms says until when, how many and on what condition the price holds.
func (b Base) OfferTerms(r stimulus.Row) (terms []string) {
	days := b.T("offer.days", vn.ShowRange(r.From, r.To))
	terms = append(terms, days)
	if r.Quantity > 0 {
		terms = append(terms, b.T("offer.quantity", vn.Count(r.Quantity)))
	}
	if r.Condition != "" {
		terms = append(terms, r.Condition)
	}
	return terms
}

// OfferHolds says to the public until when the price holds, and on what condition.
func (b Base) OfferHolds(r stimulus.Row, today string) (terms []string) {
	if r.From > today {
		terms = append(terms, b.T("offer.days", vn.ShowRange(r.From, r.Last())))
	} else {
		terms = append(terms, b.T("offer.until", ShortDate(r.Last())))
	}
	return append(terms, b.OfferTerms(r)[1:]...)
}

var offerTones = map[stimulus.State][2]string{stimulus.Submitted: {"wait", "clock"}, stimulus.Accepted: {"go", "circle-check"},
	stimulus.Returned: {"stop", "rotate-ccw"}, stimulus.Withdrawn: {"off", "ban"}}

// OfferChips say how an offer stands, and why an accepted one, or one that waits, is not
// shown.
func (b Base) OfferChips(r stimulus.Row, today string) []Chip {
	tone := offerTones[r.State]
	chips := []Chip{{Class: tone[0], Icon: tone[1], Label: b.T("offer.state." + string(r.State))}}
	if o := r.Obstacle(today); o != "" && r.State.Alive() {
		chips = append(chips, Chip{Class: "stop", Icon: "triangle-alert", Label: b.T("offer.obstacle.short." + string(o))})
	} else if r.State == stimulus.Accepted && r.Last() < today {
		chips = append(chips, Chip{Class: "off", Label: b.T("offer.over")})
	}
	return chips
}

// OfferBasis names why the price may be cut beyond the ceiling, "" where it is not.
func (b Base) OfferBasis(basis registry.PromotionBasis) string {
	if basis == registry.PromotionPlain {
		return ""
	}
	return b.T("application.promo." + string(basis))
}

// MeasureLine is a measure as lists show it.
type MeasureLine struct {
	Kind     string
	Text     string
	Notes    []string // how many, worth, who pays, days
	Href     string   // of its form; "" for whoever may not
	DropHref string
	Dropped  bool
}

// MeasureLine writes a measure. The days are left out where they are those of the event.
func (b Base) MeasureLine(m stimulus.Measure, e registry.Event) MeasureLine {
	line := MeasureLine{Kind: b.T("measure.kind." + string(m.Kind)), Text: m.Text, Dropped: !m.Holds()}
	if m.Quantity > 0 {
		line.Notes = append(line.Notes, b.T("measure.quantity", vn.Count(m.Quantity)))
	}
	if m.ValueDong > 0 {
		line.Notes = append(line.Notes, b.T("measure.value", vn.Dong(m.ValueDong)))
	}
	line.Notes = append(line.Notes, b.T("measure.provider", m.Provider))
	if m.From != e.OpensOn || m.To != e.ClosesOn {
		line.Notes = append(line.Notes, vn.ShowRange(m.From, m.To))
	}
	return line
}
