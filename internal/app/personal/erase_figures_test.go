package personal_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/reports"
	"hoicho/internal/period"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// told is a commune whose year is locked, with the sales of households at an event of it.
type told struct {
	*wanted
	stage *testkit.Stage
	above registry.Actor
	key   period.Key
}

// figures are those of the locked report as they are kept, as its rows say them now, those of the
// event, and the words of the papers of the period.
func (w *told) figures() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	put := func(name string, v any, err error) {
		w.t.Helper()
		testkit.Works(w.t, err)
		raw, err := json.Marshal(v)
		testkit.Works(w.t, err)
		all[name] = string(raw)
	}
	f, err := w.App.Periods.Report(w.t.Context(), w.above, w.key)
	put("kept and now", f, err)
	unit, err := w.App.Periods.UnitPaper(w.t.Context(), w.above, w.key)
	put("paper of the commune", fmt.Sprint(unit.Document()), err)
	whole, err := w.App.Periods.Paper(w.t.Context(), w.above, periods.Query{Form: w.key.Form, Period: w.key.Period})
	put("paper of the period", fmt.Sprint(whole.Document()), err)
	for _, form := range []string{"docx", "xlsx", "pdf"} {
		file, err := w.App.Periods.UnitPaperFile(w.t.Context(), w.above, w.key, form)
		put("file "+form, file.Data, err)
	}
	r, err := w.App.Reports.EventReport(w.t.Context(), w.admin, w.stage.Fair.ID)
	testkit.Works(w.t, err)
	put("figures of the event", fmt.Sprint(r.Figures()), nil)
	return all
}

func newTold(t *testing.T, vendors int) *told {
	t.Helper()
	w := &told{wanted: newWanted(t, "Nông Thị Sim")}
	at, _ := vn.InstantOf(w.App.Today()[:4]+"-12-08", 9*60)
	w.Clock.Set(at)
	w.above, _ = w.Officer(registry.Organiser, "19")
	filer, _ := w.Officer(registry.Reporter, testkit.BaBe.Code)
	year := 0
	fmt.Sscan(w.App.Today()[:4], &year)
	w.key = period.Key{Form: period.CommuneForm, Period: period.Period{Year: year, Part: period.WholeYear}, Unit: testkit.BaBe.Code}
	day := vn.AddDays(w.App.Today(), -3)
	w.stage = &testkit.Stage{Kit: w.Kit, T: t, Reviewer: w.above, Fair: w.Event(testkit.InState(registry.Ended), testkit.OnDays(day, 1))}
	stalls := w.Booths(w.stage.Fair.ID, "A", vendors+1)
	for i := range vendors {
		a := w.stage.NewVendor()
		if i == 0 {
			a.Vendor = w.household()
			a.Owner, a.Product = w.ActorOf(w.account.ID), w.Product(a.Vendor)
			w.Papers(a.Vendor, a.Product)
		}
		a = w.stage.Apply(a, registry.AppApproved)
		w.stage.Assign(stalls[i], w.stage.StoredApplication(a.ID))
		testkit.Works(t, w.App.Reports.FileSales(t.Context(), a.Owner, a.Vendor.ID, w.stage.Fair.ID,
			reports.SalesInput{Days: []reports.SalesDayInput{{Day: day, Amount: "1000000"}}}))
	}
	testkit.Works(t, w.App.Periods.Submit(t.Context(), filer, w.key, periods.Input{Sure: true}))
	f, err := w.App.Periods.Report(t.Context(), w.above, w.key)
	testkit.Works(t, err)
	testkit.Works(t, testkit.Second(w.App.Periods.Accept(t.Context(), w.above, w.key.Form, w.key.Period, []string{periods.Pick(f.Report)})))
	at, _ = vn.InstantOf(fmt.Sprint(year+1)+"-01-12", 9*60)
	w.Clock.Set(at)
	testkit.Works(t, w.App.Periods.Lock(t.Context(), w.above, periods.Query{Form: w.key.Form, Period: w.key.Period}, periods.LockInput{Reason: "Đến hạn tổng hợp.", Sure: true}))
	return w
}

// TestNoFigureMovesWhenAHouseholdIsErased: its results stand in a locked report, with enough other
// vendors that its sales are told and with so few that they are withheld.
func TestNoFigureMovesWhenAHouseholdIsErased(t *testing.T) {
	for vendors, what := range map[int]string{3: "told", 2: "withheld"} {
		t.Run(what, func(t *testing.T) {
			w := newTold(t, vendors)
			testkit.Works(t, w.plan())
			w.Clock.Add(7 * day)
			was := w.figures()
			if n := w.nightly(); n != 1 {
				t.Fatalf("%d erased: %+v", n, w.latest().Obstacles)
			}
			for name, text := range w.figures() {
				if !reflect.DeepEqual(text, was[name]) {
					t.Errorf("%s was\n%s\nand is\n%s", name, was[name], text)
				}
			}
			if n := w.latest().Effects.Of(personal.StayResults); n != 2 {
				t.Errorf("%d results are told to stay, want an application and its sales", n)
			}
			if c, err := w.DB.Check(t.Context()); err != nil || !c.OK() {
				t.Errorf("check-db: %+v, %v", c, err)
			}
		})
	}
}

// TestAFigureMovesWhereTheRowsGo shows that the figures above would tell: without the sales and
// the application of the household they are others.
func TestAFigureMovesWhereTheRowsGo(t *testing.T) {
	w := newTold(t, 3)
	was := w.figures()
	hand := w.Tamper()
	const of = ` WHERE vendor_id IN (SELECT id FROM vendors WHERE kind = 'household')`
	hand.Do(1, `DELETE FROM sales_days`+of)
	hand.Do(1, `DELETE FROM sales_returns`+of)
	w.Restart()
	is := w.figures()
	if was["figures of the event"] == is["figures of the event"] || was["kept and now"] == is["kept and now"] {
		t.Error("no figure tells that rows are gone")
	}
	if was["paper of the period"] != is["paper of the period"] {
		t.Error("the locked paper has changed")
	}
}
