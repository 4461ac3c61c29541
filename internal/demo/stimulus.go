package demo

import (
	"context"
	"fmt"
	"strconv"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
)

// measure is what the organiser of a session does so that people come and buy.
type measure struct {
	Kind     string `json:"kind"`
	Text     string `json:"text"`
	Quantity int    `json:"quantity"`
	Value    int64  `json:"value"`
	Provider string `json:"provider"`
	Dropped  bool   `json:"dropped"`
}

// offer is the price of a product at a session; days count from the first one.
type offer struct {
	Vendor    string `json:"vendor"`
	Good      string `json:"good"`
	Before    int64  `json:"before"` // none: the price on the page of the product
	Here      int64  `json:"here"`
	From      int    `json:"from"`
	To        int    `json:"to"`
	Quantity  int    `json:"quantity"`
	Condition string `json:"condition"`
	Basis     string `json:"basis"`
	Explained string `json:"explained"`
	State     string `json:"state"` // empty: accepted
	Reason    string `json:"reason"`
}

// stimulate plans the measures and offers of a session: before it begins, or
// yesterday evening where it has a while to go.
func (f *filler) stimulate(s *session) {
	date := min(s.on(-4), f.day(-1))
	for n, m := range s.Measures {
		f.line.add(date, fmt.Sprintf("17:%02d", 10+n), "measure of "+s.Title, func(ctx context.Context) error { return f.measure(ctx, s, m) })
	}
	for n, o := range s.Offers {
		on := date
		if o.State == string(stimulus.Submitted) {
			on = f.day(-1) // waits since
		}
		f.line.add(on, fmt.Sprintf("18:%02d", n), o.Vendor+" offers "+o.Good+" at "+s.Title, func(ctx context.Context) error { return f.offers(ctx, s, o) })
	}
}

func (f *filler) measure(ctx context.Context, s *session, m measure) error {
	actor := f.organiser(s)
	in := stim.MeasureInput{Kind: m.Kind, Text: m.Text, Provider: m.Provider}
	if m.Quantity > 0 {
		in.Quantity = strconv.Itoa(m.Quantity)
	}
	if m.Value > 0 {
		in.Value = strconv.FormatInt(m.Value, 10)
	}
	if err := f.app.Stimulus.AddMeasure(ctx, actor, s.event.ID, in); err != nil || !m.Dropped {
		return err
	}
	desk, err := f.app.Stimulus.Desk(ctx, actor, s.event.ID)
	if err != nil {
		return err
	}
	return f.app.Stimulus.DropMeasure(ctx, actor, s.event.ID, desk.Measures[len(desk.Measures)-1].ID, true)
}

// offers hands in an offer and takes it to where it stands.
func (f *filler) offers(ctx context.Context, s *session, o offer) error {
	stall := f.stalls[o.Vendor]
	if stall == nil {
		return fmt.Errorf("no vendor %q", o.Vendor)
	}
	actor := f.applicant(s, &participant{stall: stall})
	ref := stim.Ref{Vendor: stall.vendor.ID, Event: s.event.ID}
	in := stim.OfferInput{Here: strconv.FormatInt(o.Here, 10), From: s.on(o.From), To: s.on(o.To), Condition: o.Condition, Basis: o.Basis, Explained: o.Explained}
	for _, g := range stall.goods {
		if g.row["product"] == o.Good {
			in.Product, in.Before, in.Unit = string(g.product.ID), g.row["price"], g.row["unit"]
		}
	}
	if o.Before > 0 {
		in.Before = strconv.FormatInt(o.Before, 10)
	}
	if o.Quantity > 0 {
		in.Quantity = strconv.Itoa(o.Quantity)
	}
	var err error
	if ref.Offer, err = f.app.Stimulus.SubmitOffer(ctx, actor, ref, in); err != nil {
		return err
	}
	f.clock.tick()
	switch state := stimulus.State(o.State); state {
	case stimulus.Submitted:
		return nil
	case stimulus.Withdrawn:
		return f.app.Stimulus.WithdrawOffer(ctx, actor, ref, 1)
	case stimulus.Returned:
		return f.decideOffer(ctx, s, ref.Offer, stim.Decision{Verdict: string(state), Reason: o.Reason, Version: 1})
	}
	return f.decideOffer(ctx, s, ref.Offer, stim.Decision{Verdict: string(stimulus.Accepted), Sure: o.Explained != "", Version: 1})
}

func (f *filler) decideOffer(ctx context.Context, s *session, id registry.OfferID, d stim.Decision) error {
	return f.app.Stimulus.DecideOffer(ctx, f.organiser(s), s.event.ID, id, d)
}
