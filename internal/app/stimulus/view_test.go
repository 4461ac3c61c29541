package stimulus_test

import (
	"slices"
	"strings"
	"testing"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestTheDeskOfMeasuresAndOffers(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	f.Measure(f.Fair)
	f.Measure(f.Fair, func(m *stimulus.Measure) { m.DroppedAt = 7 })
	f.Offer(f.Fair, f.p.Product, func(o *stimulus.Offer) { o.To = o.From })
	f.sent(func(in *stim.OfferInput) { in.From = f.Fair.ClosesOn })
	f.Applied(registry.AppSubmitted)
	officer := func(role registry.Role) registry.Actor { actor, _ := f.Officer(role, "19"); return actor }
	for name, c := range map[string]struct {
		actor                   registry.Actor
		manages, reviews, types bool
	}{
		"an organiser": {f.Reviewer, true, true, true},
		"a reviewer":   {officer(registry.Reviewer), false, true, true},
		"a viewer":     {officer(registry.Viewer), false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := f.App.Stimulus.Desk(t.Context(), c.actor, f.Fair.ID)
			if err != nil || d.Manages != c.manages || d.Reviews != c.reviews || d.Types != c.types || !d.Open || (len(d.Vendors) == 1) != c.types {
				t.Errorf("manages %v, reviews %v, types %v, open %v, %d vendors, %v", d.Manages, d.Reviews, d.Types, d.Open, len(d.Vendors), err)
			}
			if len(d.Measures) != 2 || len(d.Offers) != 2 || d.Tally == (stimulus.Tally{}) {
				t.Errorf("%d measures, %d offers, %+v", len(d.Measures), len(d.Offers), d.Tally)
			}
			events := []registry.Event{f.Fair, f.Event()}
			if tallies, err := f.App.Stimulus.Tallies(t.Context(), c.actor, events); err != nil || len(tallies) != 1 || tallies[f.Fair.ID] != d.Tally {
				t.Errorf("tallies %v, %v", tallies, err)
			}
		})
	}
	t.Run("nobody elsewhere counts them", func(t *testing.T) {
		far, _ := f.Officer(registry.Viewer, "01")
		if tallies, err := f.App.Stimulus.Tallies(t.Context(), far, []registry.Event{f.Fair}); err != nil || len(tallies) != 0 {
			t.Errorf("tallies %v, %v", tallies, err)
		}
	})
	t.Run("after the event no vendor is offered", func(t *testing.T) {
		over := f.Event(testkit.InState(registry.Ended))
		f.Application(over, f.p.Vendor.ID, testkit.Standing(registry.AppApproved))
		if d, err := f.App.Stimulus.Desk(t.Context(), f.Reviewer, over.ID); err != nil || d.Open || len(d.Vendors) != 0 {
			t.Errorf("open %v, %d vendors, %v", d.Open, len(d.Vendors), err)
		}
	})
}

func TestOffersThatWait(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	other := f.Applied(registry.AppApproved)
	far := f.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "01843"}))
	over := f.Event(testkit.InState(registry.Ended))
	f.sent()
	f.Offer(f.Fair, other.Product, testkit.OfferIn(stimulus.Submitted))
	f.Offer(far, other.Product, testkit.OfferIn(stimulus.Submitted))
	f.Offer(over, other.Product, testkit.OfferIn(stimulus.Submitted))
	f.Offer(f.Fair, other.Product)
	commune, _ := f.Officer(registry.Reviewer, testkit.BaBe.Code)
	viewer, _ := f.Officer(registry.Viewer, "19")
	owner := commune
	owner.Members = append(owner.Members, registry.Membership{Vendor: other.Vendor.ID, Role: registry.Owner})
	for name, c := range map[string]struct {
		actor registry.Actor
		waits string
	}{
		"where the actor reviews":        {f.Reviewer, "2 1"},
		"in the commune of the actor":    {commune, "2"},
		"but for those of its own goods": {owner, "1"},
		"none for a viewer":              {viewer, ""},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := f.App.Stimulus.Waiting(t.Context(), c.actor)
			var waits []string
			for _, w := range list {
				waits = append(waits, vn.Count(int64(w.N)))
			}
			slices.Sort(waits)
			slices.Reverse(waits)
			if got := strings.Join(waits, " "); err != nil || got != c.waits {
				t.Errorf("%q wait, want %q, %v", got, c.waits, err)
			}
		})
	}
}

func TestWhoDecidesReadsWhatBearsOnIt(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	first := f.sent()
	f.Clock.Add(1000)
	var goods []registry.Product
	for range 2 {
		goods = append(goods, f.Applied(registry.AppApproved).Product)
	}
	second := f.Offer(f.Fair, goods[0], testkit.OfferIn(stimulus.Submitted), func(o *stimulus.Offer) { o.SubmittedAt += 5000 })
	third := f.Offer(f.Fair, goods[1], testkit.OfferIn(stimulus.Submitted), func(o *stimulus.Offer) { o.SubmittedAt += 3000 })
	viewer, _ := f.Officer(registry.Viewer, "19")
	own := f.Reviewer
	own.Members = append(own.Members, registry.Membership{Vendor: f.p.Vendor.ID, Role: registry.Owner})
	for name, c := range map[string]struct {
		actor          registry.Actor
		id, next       registry.OfferID
		reviews, types bool
	}{
		"of the first the next is the earlier one": {f.Reviewer, first.ID, third.ID, true, true},
		"of another the first":                     {f.Reviewer, second.ID, first.ID, true, true},
		"a viewer only reads":                      {viewer, first.ID, third.ID, false, false},
		"of one's own goods nothing is decided":    {own, first.ID, third.ID, false, true},
		"and one's own is not the next":            {own, second.ID, third.ID, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := f.App.Stimulus.OfferFile(t.Context(), c.actor, f.Fair.ID, c.id)
			if err != nil || file.Next != c.next || file.Reviews != c.reviews || file.Types != c.types || !file.Open || file.Earlier != nil {
				t.Errorf("next %q, reviews %v, types %v, open %v, earlier %v, %v", file.Next, file.Reviews, file.Types, file.Open, file.Earlier, err)
			}
			if (len(file.History) > 0) != (c.id == first.ID) {
				t.Errorf("%d lines of the log", len(file.History))
			}
		})
	}
	t.Run("under another event there is none", func(t *testing.T) {
		if _, err := f.App.Stimulus.OfferFile(t.Context(), f.Reviewer, f.Event().ID, first.ID); registry.KindOf(err) != registry.NotFound {
			t.Errorf("it gives %v", err)
		}
	})
	t.Run("a return of just enough words is told", func(t *testing.T) {
		testkit.Works(t, f.decide(first, stimulus.Returned, func(d *stim.Decision) { d.Reason = "sửa giá ạ!" }))
		if keys := f.Mail(f.p); !slices.Contains(keys, "offer.mail.returned") {
			t.Errorf("told are %v", keys)
		}
		if line := f.Audited("offer.decide"); len(line) != 1 || !strings.Contains(line[0].Detail, "sửa giá ạ!") {
			t.Errorf("the log says %+v", line)
		}
	})
	t.Run("with one word less it is refused", func(t *testing.T) {
		o := f.StoredOffer(second.ID)
		if err := f.decide(o, stimulus.Returned, func(d *stim.Decision) { d.Reason = "sửa giá ạ" }); at(err, "reason") != "offer.error.reason" {
			t.Errorf("it gives %v", err)
		}
	})
}

func TestPriceSignsAreOfWhatHolds(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	other := f.NewVendor()
	other.Product = f.Product(other.Vendor, testkit.Proven)
	other = f.Apply(other, registry.AppApproved)
	f.Offer(f.Fair, f.p.Product)
	f.Offer(f.Fair, other.Product)
	f.Offer(f.Fair, other.Product, testkit.OfferIn(stimulus.Submitted))
	viewer, _ := f.Officer(registry.Viewer, "19")
	for name, c := range map[string]struct {
		actor  registry.Actor
		vendor registry.VendorID
		signs  int
	}{
		"the office prints all":             {viewer, "", 2},
		"or those of one":                   {viewer, f.p.Vendor.ID, 1},
		"a vendor its own":                  {f.p.Owner, f.p.Vendor.ID, 1},
		"and no others":                     {f.p.Owner, other.Vendor.ID, 0},
		"nor all":                           {f.p.Owner, "", 0},
		"there is no paper without any":     {viewer, f.Vendor().ID, 0},
		"nobody who has nothing to do here": {registry.Actor{}, f.p.Vendor.ID, 0},
	} {
		t.Run(name, func(t *testing.T) {
			words := 0
			file, err := f.App.Stimulus.PriceSigns(t.Context(), c.actor, stim.SignInput{Event: f.Fair.ID, Vendor: c.vendor, Lang: "vi",
				Words: func(stimulus.Row) print.PriceSign { words++; return print.PriceSign{} }})
			if words != c.signs || (err == nil) != (c.signs > 0) || c.signs == 0 && registry.KindOf(err) != registry.NotFound {
				t.Errorf("%d signs, %v", words, err)
			}
			if c.signs > 0 && !strings.HasPrefix(string(file.Data), "%PDF") {
				t.Errorf("the file is %s", file.ContentType)
			}
		})
	}
}

func TestAVendorReadsItsOffersByEvent(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	next := f.Event()
	over, before := f.Event(testkit.InState(registry.Ended)), f.Event(testkit.InState(registry.Ended), testkit.OnDays(vn.AddDays(f.Fair.OpensOn, -30), 2))
	waiting, idle := f.Event(), f.Event(testkit.InState(registry.Ended))
	for e, state := range map[*registry.Event]registry.ApplicationState{&next: registry.AppApproved, &over: registry.AppApproved, &before: registry.AppApproved, &waiting: registry.AppSubmitted, &idle: registry.AppApproved} {
		f.Application(*e, f.p.Vendor.ID, testkit.Standing(state))
	}
	f.Offer(over, f.p.Product)
	f.Offer(before, f.p.Product)
	f.Offer(f.Fair, f.p.Product, func(o *stimulus.Offer) { o.From, o.To = f.Fair.Days[2].Day, f.Fair.Days[3].Day })
	f.Offer(f.Fair, f.p.Product, func(o *stimulus.Offer) { o.From, o.To = f.Fair.Days[0].Day, f.Fair.Days[1].Day })
	t.Run("what takes offers first, then the latest", func(t *testing.T) {
		v, stops, err := f.App.Stimulus.VendorOffers(t.Context(), f.p.Owner, f.p.Vendor.ID)
		var got []registry.EventID
		var open, offers []int
		for _, stop := range stops {
			got, offers = append(got, stop.Event.Event), append(offers, len(stop.Offers))
			if stop.Open {
				open = append(open, len(got))
			}
		}
		if err != nil || v.ID != f.p.Vendor.ID || !slices.Equal(got, []registry.EventID{f.Fair.ID, next.ID, over.ID, before.ID}) || !slices.Equal(open, []int{1, 2}) || !slices.Equal(offers, []int{2, 0, 1, 1}) {
			t.Errorf("events %v, open %v, offers %v, %v", got, open, offers, err)
		}
	})
	t.Run("everybody reads those of the stall and of the product, the first one first", func(t *testing.T) {
		stall, err := f.App.Stimulus.OfStall(t.Context(), f.Fair.ID, f.p.Vendor.ID)
		product, errProduct := f.App.Stimulus.OfProduct(t.Context(), f.p.Product.ID)
		if err != nil || errProduct != nil || len(stall) != 2 || len(product) != 2 || product[0].From != f.Fair.OpensOn {
			t.Errorf("%d and %d offers, %v %v", len(stall), len(product), err, errProduct)
		}
	})
	for name, ref := range map[string]stim.Ref{"of no event": {Vendor: f.p.Vendor.ID}, "of no vendor": {Event: f.Fair.ID}} {
		t.Run(name+" there is none", func(t *testing.T) {
			if rows, err := f.App.Stimulus.OfStall(t.Context(), ref.Event, ref.Vendor); err != nil || len(rows) != 0 {
				t.Errorf("%d offers, %v", len(rows), err)
			}
		})
	}
}

func TestTheFormsShowWhatIsStored(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	for name, quantity := range map[string]string{"a number": "1.200", "no number": ""} {
		t.Run("an offer with "+name, func(t *testing.T) {
			o := f.sent(func(in *stim.OfferInput) { in.Quantity, in.Condition = quantity, "mua 2 kg" })
			in := stim.OfferInputOf(o.Offer)
			if in.Quantity != quantity || in.Before != "85.000" || in.Here != "68.000" {
				t.Errorf("the form shows %+v", in)
			}
			_, err := f.App.Stimulus.SubmitOffer(t.Context(), f.p.Owner, f.ref(o.ID), in)
			testkit.Works(t, err)
			if got := f.StoredOffer(o.ID); got.Terms != o.Terms {
				t.Errorf("it became %+v from %+v", got.Terms, o.Terms)
			}
			testkit.Works(t, f.App.Stimulus.WithdrawOffer(t.Context(), f.p.Owner, f.ref(o.ID), o.Version+1))
			if err := f.App.Stimulus.WithdrawOffer(t.Context(), f.p.Owner, f.ref(o.ID), o.Version+2); registry.KindOf(err) != registry.Conflict {
				t.Errorf("withdrawn again: %v", err)
			}
		})
	}
	for name, in := range map[string]stim.MeasureInput{"in full": measureTyped(), "without figures": {Kind: "transport", Text: "Xe đưa đón", Provider: "UBND xã"}} {
		t.Run("a measure "+name, func(t *testing.T) {
			testkit.Works(t, f.App.Stimulus.AddMeasure(t.Context(), f.Reviewer, f.Fair.ID, in))
			d, err := f.App.Stimulus.Desk(t.Context(), f.Reviewer, f.Fair.ID)
			testkit.Works(t, err)
			m := d.Measures[slices.IndexFunc(d.Measures, func(m stimulus.Measure) bool { return m.Text == in.Text })]
			shown := stim.MeasureInputOf(m)
			if (shown.Quantity == "") != (in.Quantity == "") || (shown.Value == "") != (in.Value == "") {
				t.Errorf("the form shows %+v", shown)
			}
			testkit.Works(t, f.App.Stimulus.EditMeasure(t.Context(), f.Reviewer, f.Fair.ID, m.ID, shown))
		})
	}
	t.Run("each change is a line of the log", func(t *testing.T) {
		for action, n := range map[string]int{"offer.submit": 2, "offer.edit": 2, "offer.withdraw": 2, "measure.add": 2, "measure.edit": 2} {
			if lines := f.Audited(action); len(lines) != n {
				t.Errorf("%d lines of %s", len(lines), action)
			}
		}
	})
}

func TestLimitsOfMeasuresAndOffersFromBothSides(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	for name, c := range map[string]struct {
		quantity string
		works    bool
	}{"as many as can be": {"1.000.000", true}, "one more": {"1.000.001", false}} {
		t.Run(name, func(t *testing.T) {
			m := measureTyped()
			m.Quantity = c.quantity
			err := f.App.Stimulus.AddMeasure(t.Context(), f.Reviewer, f.Fair.ID, m)
			if (err == nil) != c.works || !c.works && at(err, "quantity") != "error.number_too_big" {
				t.Errorf("a measure: %v", err)
			}
			_, err = f.send(f.typed(func(in *stim.OfferInput) { in.Quantity = c.quantity }))
			if (err == nil) != c.works || !c.works && at(err, "quantity") != "error.number_too_big" {
				t.Errorf("an offer: %v", err)
			}
		})
	}
	t.Run("a measure of one day", func(t *testing.T) {
		m := measureTyped()
		m.From, m.To = vn.ShowDate(f.Fair.ClosesOn), vn.ShowDate(f.Fair.ClosesOn)
		testkit.Works(t, f.App.Stimulus.AddMeasure(t.Context(), f.Reviewer, f.Fair.ID, m))
	})
	t.Run("no more measures than there may be", func(t *testing.T) {
		for range stimulus.MaxMeasures - 2 {
			f.Measure(f.Fair)
		}
		testkit.Refused(t, "one more", f.App.Stimulus.AddMeasure(t.Context(), f.Reviewer, f.Fair.ID, measureTyped()), registry.Conflict, "measure.error.too_many")
	})
	t.Run("none after the report", func(t *testing.T) {
		err := f.App.Stimulus.AddMeasure(t.Context(), f.Reviewer, f.Event(testkit.InState(registry.Reported)).ID, measureTyped())
		testkit.Refused(t, "a measure", err, registry.Conflict, "measure.error.closed")
	})
}

func TestTheSheetOffersWhatTheVendorBrings(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	spirit := f.Product(f.p.Vendor, testkit.Proven, func(p *registry.Product) { p.Group = registry.SpiritGroup })
	f.Product(f.p.Vendor, testkit.Proven, func(p *registry.Product) { p.Hidden = true })
	for name, c := range map[string]struct {
		brings         []registry.ProductID
		offers, barred int
	}{
		"what it names":        {[]registry.ProductID{f.p.Product.ID, spirit.ID}, 1, 1},
		"all where none named": {nil, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f.Write(func(tx *store.Tx) error {
				a, err := tx.Application(t.Context(), f.p.ID)
				a.Products = c.brings
				if err != nil {
					return err
				}
				return tx.SaveApplicationProducts(t.Context(), a)
			})
			sh, err := f.App.Stimulus.OfferSheet(t.Context(), f.p.Owner, f.ref(""))
			if err != nil || len(sh.Products) != c.offers || len(sh.Barred) != c.barred || len(sh.Days) != 4 || !sh.Own || sh.Shut != "" {
				t.Errorf("%d products, %d barred, %d days, own %v, shut %q, %v", len(sh.Products), len(sh.Barred), len(sh.Days), sh.Own, sh.Shut, err)
			}
		})
	}
	t.Run("the address of the offer alone is enough", func(t *testing.T) {
		o := f.Offer(f.Fair, f.p.Product)
		sh, err := f.App.Stimulus.OfferSheet(t.Context(), f.p.Owner, stim.Ref{Offer: o.ID})
		if err != nil || sh.Event.ID != f.Fair.ID || sh.Vendor.ID != f.p.Vendor.ID {
			t.Errorf("it is of %s and %s, %v", sh.Event.Title, sh.Vendor.Name, err)
		}
	})
	t.Run("a blocked vendor changes nothing", func(t *testing.T) {
		testkit.Works(t, f.App.Vendors.BlockVendor(t.Context(), registry.SystemActor("test"), f.p.Vendor.ID, "x"))
		if sh, err := f.App.Stimulus.OfferSheet(t.Context(), f.p.Owner, f.ref("")); err != nil || sh.Shut == "" {
			t.Errorf("shut %q, %v", sh.Shut, err)
		}
	})
	t.Run("who never applied finds nothing", func(t *testing.T) {
		p := f.NewVendor()
		if _, err := f.App.Stimulus.OfferSheet(t.Context(), p.Owner, stim.Ref{Vendor: p.Vendor.ID, Event: f.Fair.ID}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("it gives %v", err)
		}
	})
}
