package store_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestOfferComesBackAsStored(t *testing.T) {
	t.Parallel()
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved)
	want := s.Offer(s.Fair, p.Product, func(o *stimulus.Offer) {
		o.Quantity, o.Condition, o.Basis, o.Explained, o.OnPaper = 50, "mua từ 2 kg", registry.PromotionConcentrated, "giá cũ là giá sỉ", true
		o.State, o.Reason = stimulus.Returned, "Giá trước chưa khớp"
	})
	got := s.StoredOffer(want.ID)
	if got.Offer != want {
		t.Errorf("got %+v, want %+v", got.Offer, want)
	}
	if got.Goods.Name != p.Product.Name || got.VendorName != p.Vendor.Name || got.EventTitle != s.Fair.Title || got.Application != registry.AppApproved ||
		len(got.Days) != len(s.Fair.Days) {
		t.Errorf("what it stands on: %+v", got)
	}
}

func TestStaleOfferIsAConflict(t *testing.T) {
	t.Parallel()
	s := testkit.NewStage(t)
	o := s.Offer(s.Fair, s.Applied(registry.AppApproved).Product)
	late := o
	s.Write(func(tx *store.Tx) error { return tx.SaveOffer(t.Context(), &o) })
	err := s.App.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveOffer(t.Context(), &late) })
	if registry.KindOf(err) != registry.Conflict {
		t.Errorf("a second save of one version: %v", err)
	}
}

func TestMeasureComesBackAsStored(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event()
	want := k.Measure(e)
	k.Write(func(tx *store.Tx) error {
		want.Kind, want.Text, want.DroppedAt = stimulus.Gifts, "100 phần quà", 5
		return tx.SaveMeasure(t.Context(), &want)
	})
	k.Read(func(tx *store.Tx) error {
		got, err := tx.Measure(t.Context(), want.ID)
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		return err
	})
}

func TestListedPriceIsKeptWithItsDays(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	p := k.Product(k.Vendor())
	today := k.App.Today()
	save := func(dong int64) {
		p.PriceDong = dong
		k.Write(func(tx *store.Tx) error { return tx.SaveProduct(t.Context(), &p) })
	}
	save(85000) // as before
	save(90000)
	save(0)
	k.Read(func(tx *store.Tx) error {
		got, err := tx.RegularPrices(t.Context(), p.ID)
		want := []stimulus.RegularPrice{{Dong: 85000, Unit: "kg", From: today, Until: today, Listed: true}, {Dong: 90000, Unit: "kg", From: today, Until: today, Listed: true}}
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("prices %+v", got)
		}
		return err
	})
}

func TestTallyOfAStimulusSession(t *testing.T) {
	t.Parallel()
	s := testkit.NewStage(t)
	product := s.Applied(registry.AppApproved).Product
	for _, state := range []stimulus.State{stimulus.Submitted, stimulus.Submitted, stimulus.Accepted, stimulus.Returned, stimulus.Withdrawn} {
		s.Offer(s.Fair, product, testkit.OfferIn(state))
	}
	s.Measure(s.Fair)
	s.Measure(s.Fair, func(m *stimulus.Measure) { m.DroppedAt = 7 })
	other := s.Event()
	s.Read(func(tx *store.Tx) error {
		got, err := tx.StimulusTallies(t.Context(), []registry.EventID{s.Fair.ID, other.ID})
		if want := (stimulus.Tally{Measures: 1, Waiting: 2, Accepted: 1, Returned: 1}); got[s.Fair.ID] != want || len(got) != 1 {
			t.Errorf("tallies %+v", got)
		}
		return err
	})
}
