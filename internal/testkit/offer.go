package testkit

import (
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// Proven makes the goods such as may be offered: an officer has read their papers.
func Proven(p *registry.Product) {
	p.Evidence, p.EvidenceBy, p.EvidenceNote = registry.Checked, "officer", "Đã đối chiếu giấy tờ với nhãn"
}

// Offer stores an accepted offer of a product at an event, on all of its days: 85.000 đ
// a kilo becomes 68.000 đ. Options change it.
func (k *Kit) Offer(event registry.Event, product registry.Product, options ...func(*stimulus.Offer)) stimulus.Offer {
	k.T.Helper()
	o := stimulus.Offer{Event: event.ID, Vendor: product.Vendor, Product: product.ID, State: stimulus.Accepted, SubmittedBy: "vendor",
		SubmittedAt: k.App.NowMS(), DecidedBy: "officer", DecidedAt: k.App.NowMS(),
		Terms: stimulus.Terms{BeforeDong: 85000, HereDong: 68000, Unit: "kg", From: event.OpensOn, To: event.ClosesOn}}
	for _, change := range options {
		change(&o)
	}
	k.Write(func(tx *store.Tx) error { return tx.InsertOffer(k.T.Context(), &o) })
	return o
}

// OfferIn puts an offer into a state.
func OfferIn(state stimulus.State) func(*stimulus.Offer) {
	return func(o *stimulus.Offer) {
		if o.State = state; state == stimulus.Returned {
			o.Reason = "Giá trước chưa khớp bảng giá niêm yết"
		}
	}
}

// Measure stores a measure of an event on all of its days. Options change it.
func (k *Kit) Measure(event registry.Event, options ...func(*stimulus.Measure)) stimulus.Measure {
	k.T.Helper()
	m := stimulus.Measure{Event: event.ID, Kind: stimulus.FreeBooths, Text: "20 gian hàng miễn phí cho cơ sở của xã", Quantity: 20, ValueDong: 30_000_000,
		Provider: "Trung tâm Xúc tiến thương mại", From: event.OpensOn, To: event.ClosesOn}
	for _, change := range options {
		change(&m)
	}
	k.Write(func(tx *store.Tx) error { return tx.InsertMeasure(k.T.Context(), &m) })
	return m
}

// StoredOffer returns an offer as it is stored.
func (k *Kit) StoredOffer(id registry.OfferID) (row stimulus.Row) {
	k.T.Helper()
	k.Read(func(tx *store.Tx) (err error) {
		row, err = tx.Offer(k.T.Context(), id)
		return err
	})
	return row
}
