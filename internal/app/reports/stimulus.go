package reports

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// stimulusFacts reads the measures of an event that hold, its vouchers, and the accepted
// offers of the vendors that took part, each on a day on which its vendor came.
func stimulusFacts(ctx context.Context, tx *store.Tx, f *registry.ResultFacts) error {
	measures, err := tx.Measures(ctx, f.Event.ID)
	if err != nil {
		return err
	}
	for _, m := range measures {
		if m.Holds() {
			f.Measures = append(f.Measures, registry.MeasureFact{Kind: string(m.Kind), Text: m.Text, Provider: m.Provider, Quantity: m.Quantity,
				ValueDong: m.ValueDong, From: m.From, To: m.To})
		}
	}
	offers, err := tx.Offers(ctx, stimulus.Filter{Event: f.Event.ID, States: []stimulus.State{stimulus.Accepted}})
	for _, o := range offers {
		if o.Application == registry.AppApproved && len(o.Within(o.Days)) > 0 {
			f.Offers = append(f.Offers, registry.OfferFact{Vendor: o.Vendor, VendorName: o.VendorName, Goods: o.Goods.Name, BeforeDong: o.BeforeDong,
				HereDong: o.HereDong, Unit: o.Unit, Percent: o.Percent(), From: o.From, To: o.To})
		}
	}
	if err != nil {
		return err
	}
	return voucherFacts(ctx, tx, f)
}

// voucherFacts reads the packs of vouchers of an event with what became of them.
func voucherFacts(ctx context.Context, tx *store.Tx, f *registry.ResultFacts) error {
	packs, err := tx.PackTotals(ctx, f.Event.ID)
	for _, p := range packs {
		if !p.Test {
			f.Vouchers = append(f.Vouchers, registry.VoucherFact{Pack: p.Number, Title: p.Title, ValueDong: p.ValueDong, Count: p.Count, Handed: p.HandedN,
				Spent: p.Spent, From: p.FirstDay, To: p.LastDay()})
		}
	}
	return err
}
