package reports_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// sheet is the return as somebody has it before them: the days shown, and what is
// told of them.
func (h *harvest) sheet(actor registry.Actor) (s reports.SalesSheet, shown string) {
	h.T.Helper()
	s, err := h.App.Reports.SalesSheet(h.T.Context(), actor, h.seller.Vendor.ID, h.Fair.ID)
	testkit.Works(h.T, err)
	for _, day := range s.Days {
		if d, ok := s.Return.On(day); ok {
			shown += fmt.Sprintf("%s=%d ", day[8:], d.Dong)
		} else {
			shown += day[8:] + "=? "
		}
	}
	return s, shown + fmt.Sprintf("hidden=%d open=%t whole=%t", s.Hidden, s.Open, s.Whole)
}

// fill files amounts for the days that a sheet shows.
func (h *harvest) fill(actor registry.Actor, amounts ...string) error {
	h.T.Helper()
	s, _ := h.sheet(actor)
	in := reports.SalesInput{Version: s.Return.Version, Best: s.Return.Best}
	if s.Return.ContractsN > 0 {
		in.Contracts, in.ContractsDong = fmt.Sprint(s.Return.ContractsN), fmt.Sprint(s.Return.ContractsDong)
	}
	for i, amount := range amounts {
		in.Days = append(in.Days, reports.SalesDayInput{Day: s.Days[i], Amount: amount})
	}
	return h.file(actor, in)
}

// An officer completes what it typed from paper and mends it; a colleague adds the
// days that nobody told; neither sees nor loses what others told.
func TestOfficerCompletesAndMendsItsTyping(t *testing.T) {
	h := newHarvest(t)
	colleague, _ := h.Officer(registry.Organiser, "19")
	d := func(i int) string { return h.days[i][8:] }
	testkit.Works(t, h.fill(h.Reviewer, "2.000.000", "", ""))
	if _, got := h.sheet(h.Reviewer); got != d(0)+"=2000000 "+d(1)+"=? "+d(2)+"=? hidden=0 open=true whole=true" {
		t.Errorf("the typist reads %s", got)
	}
	if _, got := h.sheet(colleague); got != d(1)+"=? "+d(2)+"=? hidden=1 open=true whole=false" {
		t.Errorf("a colleague reads %s", got)
	}
	testkit.Works(t, h.fill(colleague, "1.500.000", ""))
	testkit.Works(t, h.fill(h.Reviewer, "2.200.000", "900.000")) // its first day, and the third
	if r := h.stored(); r.Dong() != 4_600_000 || !r.OnPaper || r.FiledBy != h.Reviewer.Account || len(r.Days) != 3 {
		t.Errorf("stored %+v", r)
	}
	if _, got := h.sheet(colleague); got != d(1)+"=1500000 hidden=2 open=true whole=false" {
		t.Errorf("the colleague mends %s", got)
	}
	in := h.told("2.200.000", "1.500.000", "9.000.000")
	in.Version = h.stored().Version
	testkit.Works(t, h.file(h.seller.Owner, in))
	if r := h.stored(); r.OnPaper || r.FiledBy != h.seller.Owner.Account || r.Dong() != 12_700_000 {
		t.Errorf("the vendor corrects the paper: %+v", r)
	}
	if _, got := h.sheet(h.Reviewer); got != d(0)+"=2200000 hidden=2 open=true whole=false" {
		t.Errorf("after the vendor told a day anew the typist reads %s", got)
	}
}

// An officer adds a day to what the vendor filed itself: contracts, best sellers and
// the other days stay as the vendor told them.
func TestOfficerAddsToAVendorsReturn(t *testing.T) {
	h := newHarvest(t)
	in := h.told("3.200.000", "0")
	in.Best, in.Contracts, in.ContractsDong = []registry.ProductID{h.seller.Product.ID}, "2", "60.000.000"
	testkit.Works(t, h.file(h.seller.Owner, in))
	s, got := h.sheet(h.Reviewer)
	if got != h.days[2][8:]+"=? hidden=2 open=true whole=false" || s.Return.ContractsN != 0 || len(s.Return.Best) != 0 {
		t.Errorf("the officer reads %s, %+v", got, s.Return)
	}
	testkit.Works(t, h.fill(h.Reviewer, "700.000"))
	r := h.stored()
	if r.Dong() != 3_900_000 || r.OnPaper || r.FiledBy != h.seller.Owner.Account || r.ContractsN != 2 || len(r.Best) != 1 {
		t.Errorf("stored %+v", r)
	}
	over := reports.SalesInput{Version: r.Version, Days: []reports.SalesDayInput{{Day: h.days[0], Amount: "1"}}}
	if err := h.file(h.Reviewer, over); registry.KindOf(err) != registry.Invalid {
		t.Errorf("the officer overwrote what the vendor told: %v", err)
	}
	testkit.Works(t, h.fill(h.Reviewer, "")) // what it typed may be taken back
	if r := h.stored(); r.Dong() != 3_200_000 || len(r.Days) != 2 {
		t.Errorf("stored %+v", r)
	}
}

// A reminder says of each vendor that owes a day that is over whether it was
// written to, had been lately, or has to be called.
func TestRemindSalesTellsWhomItReached(t *testing.T) {
	h := newHarvest(t)
	full, bare := h.Applied(registry.AppApproved), h.Vendor()
	h.Application(h.Fair, bare.ID, func(a *registry.Application) { a.State = registry.AppApproved })
	testkit.Works(t, h.App.Reports.FileSales(t.Context(), full.Owner, full.Vendor.ID, h.Fair.ID, h.told("2.000.000", "0", "0")))
	done, err := h.App.Reports.RemindSales(t.Context(), h.Reviewer, h.Fair.ID)
	if err != nil || !slices.Equal(done.Written, []string{h.seller.Vendor.Name}) || !slices.Equal(done.ToCall, []string{bare.Name}) || len(done.Lately) != 0 {
		t.Errorf("reminded %+v (%v)", done, err)
	}
	if got := h.Mail(h.seller); !slices.Equal(got, []string{"sales.mail.remind"}) || len(h.Mail(full)) != 0 {
		t.Errorf("sent %v and %v", got, h.Mail(full))
	}
	done, err = h.App.Reports.RemindSales(t.Context(), h.Reviewer, h.Fair.ID)
	if err != nil || len(done.Written) != 0 || !slices.Equal(done.Lately, []string{h.seller.Vendor.Name}) {
		t.Errorf("reminded at once again: %+v (%v)", done, err)
	}
	h.Clock.Add(21 * time.Hour)
	if done, err = h.App.Reports.RemindSales(t.Context(), h.Reviewer, h.Fair.ID); err != nil || len(done.Written) != 1 {
		t.Errorf("reminded the next day: %+v (%v)", done, err)
	}
	desk, err := h.App.Reports.MissingSales(t.Context(), h.Reviewer, h.Fair.ID)
	testkit.Works(t, err)
	i := slices.IndexFunc(desk.Dues, func(d registry.SalesDue) bool { return d.Vendor == h.seller.Vendor.ID })
	if d := desk.Dues[i]; d.RemindedAt != h.App.NowMS() || d.Phone == "" || len(d.Missing(desk.Today)) != 3 {
		t.Errorf("the desk tells %+v", d)
	}
	for who, actor := range map[string]registry.Actor{"nobody": {}, "the vendor": h.seller.Owner} {
		_, err := h.App.Reports.RemindSales(t.Context(), actor, h.Fair.ID)
		testkit.Refused(t, who, err, registry.NotFound, "error.not_found")
	}
	h.Read(func(tx *store.Tx) error {
		missing, err := tx.MissingSales(t.Context(), []registry.EventID{h.Fair.ID})
		if missing[h.Fair.ID] != 2 {
			t.Errorf("%d vendors to chase, want 2", missing[h.Fair.ID])
		}
		return err
	})
}
