package reports_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestFactsOfVendorsAndGoods(t *testing.T) {
	h := newHarvest(t)
	communes := h.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	near := communes[slices.IndexFunc(communes, func(a registry.Area) bool { return a.Ref != h.Fair.Area })].Ref
	for _, area := range []registry.AreaRef{near, {Edition: registry.Edition2025, Code: "00004"}} {
		v := h.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Area = area }))
		h.Application(h.Fair, v.ID, testkit.Standing(registry.AppApproved))
	}
	in := h.told("1.000.000")
	in.Best = []registry.ProductID{h.seller.Product.ID}
	testkit.Works(t, h.file(h.seller.Owner, in))
	facts := h.report(h.Reviewer).Result.Facts
	t.Run("whoever is from the province, from whatever commune", func(t *testing.T) {
		var here []bool
		for _, v := range facts.Vendors {
			here = append(here, v.InProvince)
			if v.InProvince != (v.Area.Code != "00004") || v.AreaName == "" {
				t.Errorf("vendor of %s (%q): in the province %v", v.Area.Code, v.AreaName, v.InProvince)
			}
		}
		if len(here) != 3 {
			t.Errorf("%d vendors", len(here))
		}
	})
	t.Run("goods have their vendor's name", func(t *testing.T) {
		if len(facts.Products) != 1 || facts.Products[0].VendorName != h.seller.Vendor.Name {
			t.Errorf("goods %+v", facts.Products)
		}
	})
	t.Run("best sellers are named", func(t *testing.T) {
		for _, s := range facts.Sales {
			if s.VendorName == h.seller.Vendor.Name && (fmt.Sprint(s.BestNames) != "["+h.seller.Product.Name+"]" || len(s.BestGroups) != 1) {
				t.Errorf("best sellers %v", s.BestNames)
			}
		}
	})
}

func TestStarsCountThatWereInForceOnEveryDay(t *testing.T) {
	for name, c := range map[string]struct{ first, last, want int }{
		"before the event to after it": {-30, 5, 4}, "to its first day": {-30, 0, 0}, "from its second day": {1, 30, 0}, "its days exactly": {0, 2, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := testkit.NewStage(t, testkit.InState(registry.Ended))
			v := s.Vendor()
			p := s.Product(v, func(p *registry.Product) {
				p.Ratings = []registry.Rating{{Stars: 4, Decision: "12/QĐ-UBND", IssuedOn: registry.AddDays(s.Fair.OpensOn, c.first), ValidTo: registry.AddDays(s.Fair.OpensOn, c.last)}}
			})
			s.Application(s.Fair, v.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(p))
			r, err := s.App.Reports.EventReport(t.Context(), s.Reviewer, s.Fair.ID)
			testkit.Works(t, err)
			if got := r.Result.Facts.Products[0].Stars; got != c.want {
				t.Errorf("%d stars, want %d", got, c.want)
			}
		})
	}
}

func TestVisitsAreOfADayAGateAndAWay(t *testing.T) {
	testkit.WithinADay(t)
	s := testkit.NewStage(t, testkit.InState(registry.Running))
	gates := s.Gates(s.Fair.ID, 2)
	for i, gate := range gates {
		p := s.Phone(s.Fair.ID, registry.Steward, gate.Number)
		for range 2 {
			testkit.Works(t, testkit.Second(s.App.Admission.Count(t.Context(), p.Device, p.Presses(i+2))))
			s.Clock.Add(time.Hour)
		}
	}
	r, err := s.App.Reports.EventReport(t.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	got := map[string]int64{}
	for _, v := range r.Result.Facts.Visits {
		got[v.Gate] += v.N
	}
	if len(r.Result.Facts.Visits) != 2 || got[gates[0].Name] != 4 || got[gates[1].Name] != 6 {
		t.Errorf("visits %+v, want one line a gate of 4 and 6", r.Result.Facts.Visits)
	}
}

func TestReportNamesTheEndOfTheLogOfItsTime(t *testing.T) {
	h := newHarvest(t)
	lines := func() int64 { return int64(h.report(h.Reviewer).Result.Log.Lines) }
	open := lines()
	testkit.StepEvent(t, h.Kit, h.Reviewer, new(h.Event(testkit.InState(registry.Draft))), registry.Planned)
	if later := lines(); open == 0 && later == 0 || later <= open {
		t.Errorf("while it is open the log ends at %d and then at %d", open, later)
	}
	testkit.Works(t, h.close())
	closed := lines()
	testkit.StepEvent(t, h.Kit, h.Reviewer, new(h.Event(testkit.InState(registry.Draft))), registry.Planned)
	if later := lines(); later != closed || closed == 0 {
		t.Errorf("closed at %d, later %d", closed, later)
	}
}

func TestWhatWaitsForItsNumber(t *testing.T) {
	h := newHarvest(t)
	is := func(want bool, when string) {
		t.Helper()
		if r := h.report(h.Reviewer); r.ToSign() != want {
			t.Errorf("%s it waits for a number: %v", when, r.ToSign())
		}
	}
	next := func(want int) {
		t.Helper()
		if x, err := h.App.Reports.ReopenEffect(t.Context(), h.Reviewer, h.Fair.ID); err != nil || x.Next != want {
			t.Errorf("opening it makes addendum %d (%v), want %d", x.Next, err, want)
		}
	}
	number := func(n string) {
		t.Helper()
		testkit.Works(t, h.App.Reports.NumberReport(t.Context(), h.Reviewer, h.Fair.ID, n, "20/11/2026"))
	}
	is(false, "open")
	testkit.Works(t, h.close())
	is(true, "closed")
	next(0)
	number("12/BC")
	is(false, "numbered")
	next(1)
	testkit.Works(t, h.reopen(h.Reviewer, "Thiếu phiếu"))
	is(false, "opened for an addendum")
	testkit.Works(t, h.close())
	is(true, "with a closed addendum")
	next(1)
	number("13/BC")
	is(false, "with a numbered addendum")
	next(2)
}

func TestNumberAndDateOfAReport(t *testing.T) {
	h := newHarvest(t)
	testkit.Works(t, h.close())
	for name, c := range map[string]struct{ number, date, want string }{
		"no number": {"", "20/11/2026", "number"}, "no date": {"12/BC", "", "signed_on"}, "neither": {"", "", "number"}, "no such date": {"12/BC", "31/2/2026", "signed_on"},
	} {
		t.Run(name, func(t *testing.T) {
			err := h.App.Reports.NumberReport(t.Context(), h.Reviewer, h.Fair.ID, c.number, c.date)
			if got := testkit.FieldsOf(err); fmt.Sprint(got) != "["+c.want+"]" {
				t.Errorf("refused at %v, want %s", got, c.want)
			}
		})
	}
}

func TestPublicIsToldNoFigureOfNothing(t *testing.T) {
	h := newHarvest(t)
	testkit.Works(t, h.close())
	lines, _, err := h.App.Reports.PublicResults(t.Context(), h.Fair.ID, "vi")
	var keys []reports.FigureKey
	for _, l := range lines {
		keys = append(keys, l.Key)
	}
	if err != nil || fmt.Sprint(keys) != "[vendors products]" {
		t.Errorf("told %v (%v)", keys, err)
	}
}
