package reports_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestSalesOfARunningEventAreOfDaysBegun(t *testing.T) {
	h := newHarvest(t, testkit.InState(registry.Running)) // four days from today on
	s, _ := h.sheet(h.seller.Owner)
	if !s.Open || fmt.Sprint(s.Days) != fmt.Sprint(h.days[:1]) {
		t.Errorf("days %v, open %v, want today alone", s.Days, s.Open)
	}
	h.Clock.Set(time.UnixMilli(h.Fair.BeginsAt))
	if s, _ := h.sheet(h.seller.Owner); !s.Open {
		t.Error("returns are not taken from the first minute on")
	}
	h.Clock.Set(time.UnixMilli(h.Fair.BeginsAt - 1))
	if s, _ := h.sheet(h.seller.Owner); s.Open {
		t.Error("returns are taken before the beginning")
	}
}

func TestGoodsOfASheetAreThoseBrought(t *testing.T) {
	h := newHarvest(t)
	h.Product(h.seller.Vendor)
	if s, _ := h.sheet(h.seller.Owner); len(s.Products) != 1 || s.Products[0].ID != h.seller.Product.ID {
		t.Errorf("%d goods, want the one brought", len(s.Products))
	}
	other := h.NewVendor()
	h.Product(other.Vendor)
	h.Application(h.Fair, other.Vendor.ID, testkit.Standing(registry.AppApproved))
	s, err := h.App.Reports.SalesSheet(t.Context(), other.Owner, other.Vendor.ID, h.Fair.ID)
	if err != nil || len(s.Products) != 2 {
		t.Errorf("%d goods of whoever named none (%v), want all of the vendor", len(s.Products), err)
	}
}

func TestEmptyReturns(t *testing.T) {
	nothing := func(h *harvest, actor registry.Actor) string {
		h.T.Helper()
		s, _ := h.sheet(actor)
		return testkit.FaultsAt(h.file(actor, reports.SalesInput{Version: s.Return.Version}))["amount-"+h.days[0]]
	}
	t.Run("say nothing at all", func(t *testing.T) {
		h := newHarvest(t)
		if got := nothing(h, h.seller.Owner); got != "error.sales.nothing" {
			t.Errorf("told %q", got)
		}
	})
	t.Run("do not take back what was told", func(t *testing.T) {
		h := newHarvest(t)
		testkit.Works(t, h.fill(h.seller.Owner, "1.000.000"))
		if got, r := nothing(h, h.seller.Owner), h.stored(); got != "error.sales.nothing" || r.Dong() != 1_000_000 {
			t.Errorf("told %q, stored %+v", got, r)
		}
	})
	t.Run("of an officer beside what others told", func(t *testing.T) {
		h := newHarvest(t)
		testkit.Works(t, h.fill(h.seller.Owner, "", "1.000.000"))
		if got := nothing(h, h.Reviewer); got != "error.sales.nothing" {
			t.Errorf("told %q", got)
		}
	})
	t.Run("are taken where no day has begun", func(t *testing.T) {
		s := testkit.NewStage(t, testkit.InState(registry.Running))
		p := s.Applied(registry.AppApproved, func(a *registry.Application) { a.Days = []string{s.Fair.Days[1].Day} })
		testkit.Works(t, s.App.Reports.FileSales(t.Context(), p.Owner, p.Vendor.ID, s.Fair.ID, reports.SalesInput{}))
		err := s.App.Reports.FileSales(t.Context(), s.Reviewer, p.Vendor.ID, s.Fair.ID, reports.SalesInput{})
		testkit.Refused(t, "an officer's", err, registry.Conflict, "error.sales.closed")
	})
}

func TestMostThatAReturnTakes(t *testing.T) {
	h := newHarvest(t)
	var goods []registry.ProductID
	for range registry.MaxBestSellers + 1 {
		goods = append(goods, h.Product(h.seller.Vendor).ID)
	}
	for name, c := range map[string]struct {
		contracts, worth string
		best             int
		field            string
	}{
		"the most of all":     {"10.000", "1.000.000.000.000", 3, ""},
		"too many contracts":  {"10.001", "1.000.000.000", 0, "contracts"},
		"contracts too great": {"1", "1.000.000.000.001", 0, "contracts_dong"},
		"too many goods":      {"", "", 4, "best"},
	} {
		t.Run(name, func(t *testing.T) {
			in := h.told("1.000.000")
			in.Contracts, in.ContractsDong, in.Best, in.Version = c.contracts, c.worth, goods[:c.best], h.stored().Version
			if got := strings.Join(testkit.FieldsOf(h.file(h.seller.Owner, in)), " "); got != c.field {
				t.Errorf("refused at %q, want %q", got, c.field)
			}
		})
	}
	t.Run("an answer to no doubt does no harm", func(t *testing.T) {
		in := h.told("1.100.000")
		in.Sure, in.Version = "x", h.stored().Version
		testkit.Works(t, h.file(h.seller.Owner, in))
	})
}

func TestSalesThatOthersToldAreNotFiledAgain(t *testing.T) {
	h := newHarvest(t)
	testkit.Works(t, h.fill(h.seller.Owner, "1.000.000", "1.000.000", "1.000.000"))
	testkit.Refused(t, "an officer's", h.file(h.Reviewer, h.told("2.000.000")), registry.Conflict, "error.sales.filed")
}

func TestSalesDeskTellsWhoTypedAndHidesPhones(t *testing.T) {
	h := newHarvest(t)
	testkit.Works(t, h.fill(h.Reviewer, "1.000.000"))
	h.Applied(registry.AppApproved)
	reporter, _ := h.Officer(registry.Reporter, "19")
	for name, c := range map[string]struct {
		actor      registry.Actor
		mine       int
		masked, of bool
	}{"whoever typed": {h.Reviewer, 1, false, false}, "a reporter": {reporter, 0, true, true}} {
		t.Run(name, func(t *testing.T) {
			d, err := h.App.Reports.MissingSales(t.Context(), c.actor, h.Fair.ID)
			testkit.Works(t, err)
			mine := 0
			for _, due := range d.Dues {
				if due.Mine {
					mine++
				}
				if strings.Contains(due.Phone, "*") != c.masked || due.Phone == "" {
					t.Errorf("phone %q", due.Phone)
				}
			}
			if mine != c.mine || len(d.Dues) != 2 || len(d.Missing()) != 2 || d.Sees != c.of || !d.Open || d.Today != h.App.Today() {
				t.Errorf("%d typed of %d, %d missing, sees %v, open %v on %q", mine, len(d.Dues), len(d.Missing()), d.Sees, d.Open, d.Today)
			}
		})
	}
}

func TestChasesAreEventsOverOfWhichSalesAreMissing(t *testing.T) {
	h := newHarvest(t)
	whole := h.Event(testkit.InState(registry.Ended)) // nobody took part
	chases := func(role registry.Role, area string) []reports.SalesChase {
		t.Helper()
		officer, _ := h.Officer(role, area)
		list, err := h.App.Reports.SalesChases(t.Context(), officer)
		testkit.Works(t, err)
		return list
	}
	for name, c := range map[string]struct {
		role registry.Role
		area string
		want int
	}{
		"an organiser here": {registry.Organiser, "19", 1}, "an administrator": {registry.Admin, "", 1},
		"one elsewhere": {registry.Organiser, "01", 0}, "a viewer": {registry.Viewer, "19", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := chases(c.role, c.area)
			if len(got) != c.want || c.want == 1 && (got[0].Event.ID != h.Fair.ID || got[0].Missing != 1) {
				t.Errorf("chases %+v, want %d and not %q", got, c.want, whole.Title)
			}
		})
	}
	testkit.Works(t, h.fill(h.seller.Owner, "1.000.000", "1.000.000", "1.000.000"))
	if got := chases(registry.Organiser, "19"); len(got) != 0 {
		t.Errorf("with all told there are %d", len(got))
	}
}

func TestVendorIsRemindedAgainAfterTwentyHours(t *testing.T) {
	h := newHarvest(t)
	remind := func() reports.Reminded {
		t.Helper()
		done, err := h.App.Reports.RemindSales(t.Context(), h.Reviewer, h.Fair.ID)
		testkit.Works(t, err)
		return done
	}
	if done := remind(); len(done.Written) != 1 {
		t.Errorf("first: %+v", done)
	}
	h.Clock.Add(20*time.Hour - time.Millisecond)
	if done := remind(); len(done.Lately) != 1 {
		t.Errorf("a moment too early: %+v", done)
	}
	h.Clock.Add(time.Millisecond)
	if done := remind(); len(done.Written) != 1 {
		t.Errorf("after twenty hours: %+v", done)
	}
}
