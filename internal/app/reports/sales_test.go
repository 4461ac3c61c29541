package reports_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// harvest is an event that is over, with a vendor that owes its sales.
type harvest struct {
	*testkit.Stage
	seller testkit.Applicant
	days   []string
}

func newHarvest(t *testing.T, options ...testkit.EventOption) *harvest {
	t.Helper()
	s := testkit.NewStage(t, append([]testkit.EventOption{testkit.InState(registry.Ended)}, options...)...)
	h := &harvest{Stage: s, seller: s.Applied(registry.AppApproved)}
	s.Assign(s.Booths(s.Fair.ID, "A", 3)[0], s.StoredApplication(h.seller.ID))
	for _, d := range s.Fair.Days {
		h.days = append(h.days, d.Day)
	}
	return h
}

// told is a return with an amount for each day in turn; "" is not told.
func (h *harvest) told(amounts ...string) reports.SalesInput {
	in := reports.SalesInput{}
	for i, amount := range amounts {
		in.Days = append(in.Days, reports.SalesDayInput{Day: h.days[i], Amount: amount})
	}
	return in
}

func (h *harvest) file(actor registry.Actor, in reports.SalesInput) error {
	return h.App.Reports.FileSales(h.T.Context(), actor, h.seller.Vendor.ID, h.Fair.ID, in)
}

func (h *harvest) stored() (r registry.SalesReturn) {
	h.T.Helper()
	h.Read(func(tx *store.Tx) (err error) {
		r, err = tx.Sales(h.T.Context(), h.Fair.ID, h.seller.Vendor.ID)
		return err
	})
	return r
}

func TestVendorFilesAndMends(t *testing.T) {
	h := newHarvest(t)
	in := h.told("3.200.000", "", "0")
	in.Best, in.Contracts, in.ContractsDong = []registry.ProductID{h.seller.Product.ID}, "2", "60.000.000 đ"
	if err := h.file(h.seller.Owner, in); err != nil {
		t.Fatal(err)
	}
	r := h.stored()
	if r.Dong() != 3_200_000 || len(r.Days) != 2 || r.ContractsN != 2 || r.ContractsDong != 60_000_000 || len(r.Best) != 1 || r.OnPaper {
		t.Errorf("stored %+v", r)
	}
	dues, err := h.App.Reports.SalesDue(t.Context(), h.seller.Owner, h.seller.Vendor.ID)
	if err != nil || len(dues) != 1 || dues[0].Complete() || len(dues[0].Told) != 2 || len(dues[0].Days) != 3 || fmt.Sprint(dues[0].Booths) != "[A01]" {
		t.Errorf("due %+v, %v", dues, err)
	}
	in = h.told("3.200.000", "", "100.000")
	in.Days[1].Band, in.Version = registry.BandTo5, r.Version
	if err := h.file(h.seller.Owner, in); err != nil {
		t.Fatal(err)
	}
	if r = h.stored(); r.Dong() != 3_200_000+4_000_000+100_000 || len(r.Best) != 0 || r.Version != 2 {
		t.Errorf("mended %+v", r)
	}
	if err := h.file(h.seller.Owner, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old version was taken: %v", err)
	}
}

func TestSalesFaults(t *testing.T) {
	h := newHarvest(t)
	other := h.NewVendor()
	change := func(f func(*reports.SalesInput)) reports.SalesInput {
		in := h.told("3.200.000", "2.000.000", "1.000.000")
		f(&in)
		return in
	}
	for name, c := range map[string]struct {
		in    reports.SalesInput
		field string
	}{
		"nothing told":        {h.told("", "", ""), "amount-" + h.days[0]},
		"negative":            {h.told("-5"), "amount-" + h.days[0]},
		"not a number":        {h.told("", "ba triệu"), "amount-" + h.days[1]},
		"decimals":            {h.told("3,5"), "amount-" + h.days[0]},
		"more than there is":  {h.told("9.999.999.999.999"), "amount-" + h.days[0]},
		"both":                {change(func(in *reports.SalesInput) { in.Days[0].Band = registry.BandTo1 }), "amount-" + h.days[0]},
		"invented band":       {change(func(in *reports.SalesInput) { in.Days[0].Amount, in.Days[0].Band = "", "1_2" }), "amount-" + h.days[0]},
		"a day of others":     {change(func(in *reports.SalesInput) { in.Days[0].Day = "2026-01-01" }), ""},
		"a day twice":         {change(func(in *reports.SalesInput) { in.Days[1].Day = in.Days[0].Day }), ""},
		"four best sellers":   {change(func(in *reports.SalesInput) { in.Best = []registry.ProductID{"a", "b", "c", "d"} }), "best"},
		"one twice":           {change(func(in *reports.SalesInput) { in.Best = []registry.ProductID{h.seller.Product.ID, h.seller.Product.ID} }), "best"},
		"another's product":   {change(func(in *reports.SalesInput) { in.Best = []registry.ProductID{other.Product.ID} }), "best"},
		"value of no paper":   {change(func(in *reports.SalesInput) { in.ContractsDong = "5.000.000" }), "contracts"},
		"a million contracts": {change(func(in *reports.SalesInput) { in.Contracts = "1000000" }), "contracts"},
	} {
		err := h.file(h.seller.Owner, c.in)
		if registry.KindOf(err) != registry.Invalid || c.field != "" && !strings.Contains(err.Error(), "(field "+c.field+")") {
			t.Errorf("%s: %v, want Invalid at %q", name, err, c.field)
		}
	}
	if r := h.stored(); r.Version != 0 {
		t.Errorf("something was stored: %+v", r)
	}
}

// TestOutliersAreAsked sends figures with a nought too many, and in thousands: both
// are asked about and, once answered, taken; other figures are asked about again.
func TestOutliersAreAsked(t *testing.T) {
	h := newHarvest(t)
	in := h.told("39.999.999", "40.000.000", "500")
	err := h.file(h.seller.Owner, in)
	unsure, ok := errors.AsType[*reports.SalesUnsure](err)
	if !ok || len(unsure.Doubts) != 2 || unsure.Doubts[0].Times != 10 || unsure.Doubts[1].Times != 0 || registry.KindOf(err) != registry.Invalid {
		t.Fatalf("doubts %v", err)
	}
	in.Sure = unsure.Token
	in.Days[1].Amount = "400.000.000"
	if err := h.file(h.seller.Owner, in); err == nil {
		t.Error("the answer to one figure let another through")
	}
	in.Days[1].Amount = "40.000.000"
	if err := h.file(h.seller.Owner, in); err != nil {
		t.Errorf("answered, and still refused: %v", err)
	}
	if r := h.stored(); r.Dong() != 39_999_999+40_000_000+500 {
		t.Errorf("stored %d", r.Dong())
	}
}

// TestWhoSeesSales is the matrix of who may read and write a vendor's figures.
func TestWhoSeesSales(t *testing.T) {
	h := newHarvest(t)
	member, _ := h.VendorAccount()
	h.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), h.seller.Vendor.ID, member.Account, registry.Member, h.seller.Owner.Account)
	})
	member = h.ActorOf(member.Account)
	sibling := h.Applied(registry.AppApproved)
	officer := func(role registry.Role, area string) registry.Actor {
		actor, _ := h.Officer(role, area)
		return actor
	}
	if err := h.file(h.seller.Owner, h.told("3.200.000", "1.000.000", "1.000.000")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		actor registry.Actor
		reads bool
		sees  bool // the figures
		lists bool // who has filed
		files registry.Kind
	}{
		{"owner", h.seller.Owner, true, true, false, registry.None},
		{"member", member, true, true, false, registry.None},
		{"sibling vendor", sibling.Owner, false, false, false, registry.NotFound},
		{"anonymous", registry.Actor{}, false, false, false, registry.NotFound},
		{"reporter", officer(registry.Reporter, "19"), true, true, true, registry.None},
		{"admin", officer(registry.Admin, ""), true, true, true, registry.None},
		{"organiser", h.Reviewer, true, false, true, registry.Conflict},
		{"organiser of another area", officer(registry.Organiser, "01"), false, false, false, registry.NotFound},
		{"reporter of another area", officer(registry.Reporter, "01"), false, false, false, registry.NotFound},
		{"reviewer", officer(registry.Reviewer, "19"), false, false, false, registry.NotFound},
		{"inspector", officer(registry.Inspector, "19"), false, false, false, registry.NotFound},
		{"gate chief", officer(registry.GateChief, "19"), false, false, false, registry.NotFound},
		{"viewer", officer(registry.Viewer, "19"), false, false, false, registry.NotFound},
	} {
		s, err := h.App.Reports.SalesSheet(t.Context(), c.actor, h.seller.Vendor.ID, h.Fair.ID)
		if (err == nil) != c.reads || err != nil && registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s opens the return: %v, want %v", c.name, err, c.reads)
		}
		if sees := s.Return.Dong() > 0; sees != c.sees {
			t.Errorf("%s sees %d đồng, want %v", c.name, s.Return.Dong(), c.sees)
		}
		if _, err := h.App.Reports.MissingSales(t.Context(), c.actor, h.Fair.ID); (err == nil) != c.lists {
			t.Errorf("%s lists who has filed: %v, want %v", c.name, err, c.lists)
		}
		in := h.told("3.200.000", "1.000.000", "1.000.000")
		in.Version = h.stored().Version
		if err := h.file(c.actor, in); registry.KindOf(err) != c.files {
			t.Errorf("%s files: %v, want kind %d", c.name, err, c.files)
		}
		if _, err := h.App.Reports.SalesDue(t.Context(), c.actor, h.seller.Vendor.ID); (err == nil) != c.actor.Owns(h.seller.Vendor.ID) {
			t.Errorf("%s sees what is due: %v", c.name, err)
		}
	}
}

func TestWhenSalesAreTaken(t *testing.T) {
	for state, want := range map[registry.EventState]registry.Kind{
		registry.Open: registry.Conflict, registry.Closed: registry.Conflict, registry.Running: registry.None,
		registry.Ended: registry.None, registry.Reported: registry.Conflict, registry.Cancelled: registry.Conflict,
	} {
		h := newHarvest(t, testkit.InState(state))
		err := h.file(h.seller.Owner, h.told("1.000.000"))
		if state == registry.Open || state == registry.Closed { // its days have not begun
			want = registry.Conflict
		}
		if registry.KindOf(err) != want {
			t.Errorf("%s: %v, want kind %d", state, err, want)
		}
	}
	h := newHarvest(t, testkit.InState(registry.Running))
	if err := h.file(h.seller.Owner, h.told("1.000.000", "1.000.000")); registry.KindOf(err) != registry.Invalid {
		t.Errorf("sales of tomorrow: %v", err)
	}
	s, err := h.App.Reports.SalesSheet(t.Context(), h.seller.Owner, h.seller.Vendor.ID, h.Fair.ID)
	if err != nil || len(s.Days) != 1 || !s.Open {
		t.Errorf("on the first day: %v, %v", s.Days, err)
	}
}

// TestTwoOfOneVendorFile lets people of one vendor file at the same time: one
// return is kept, the others are told.
func TestTwoOfOneVendorFile(t *testing.T) {
	h := newHarvest(t)
	var won atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			err := h.file(h.seller.Owner, h.told("1.000.000"))
			switch {
			case err == nil:
				won.Add(1)
			case registry.KindOf(err) != registry.Conflict:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("%d returns were taken, want 1", won.Load())
	}
}

func TestSalesStayOutOfTheLog(t *testing.T) {
	h := newHarvest(t)
	if err := h.file(h.seller.Owner, h.told("3.217.000")); err != nil {
		t.Fatal(err)
	}
	lines, err := h.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Object: "sales"})
	if err != nil || len(lines) != 1 || strings.Contains(lines[0].Detail, "3217") {
		t.Errorf("log %+v, %v", lines, err)
	}
}
