package periods_test

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// earned is an event of the commune that is over, at which each vendor told its sales.
func (o *office) earned(amounts ...string) (earn func(amount string)) {
	o.t.Helper()
	day := vn.AddDays(o.App.Today(), -3)
	reviewer, _ := o.Officer(registry.Organiser, "19")
	stage := &testkit.Stage{Kit: o.Kit, T: o.t, Reviewer: reviewer, Fair: o.Event(testkit.InState(registry.Ended), testkit.OnDays(day, 1))}
	stalls := o.Booths(stage.Fair.ID, "A", len(amounts)+2)
	n := 0
	earn = func(amount string) {
		o.t.Helper()
		v := stage.Applied(registry.AppApproved)
		stage.Assign(stalls[n], stage.StoredApplication(v.ID))
		n++
		testkit.Works(o.t, o.App.Reports.FileSales(o.t.Context(), v.Owner, v.Vendor.ID, stage.Fair.ID,
			reports.SalesInput{Days: []reports.SalesDayInput{{Day: day, Amount: amount}}}))
	}
	for _, amount := range amounts {
		earn(amount)
	}
	return earn
}

// TestAReportGivenBackTellsNoSingleSale: whoever does not see the sales of single vendors learns
// of a sum that has moved since the report was handed in only that it did, on no page and in no file.
func TestAReportGivenBackTellsNoSingleSale(t *testing.T) {
	o := newOffice(t)
	earn := o.earned("1000000", "1000000", "1000000")
	testkit.Works(t, o.submit(o.filer, 0))
	earn("777000")
	testkit.Works(t, o.App.Periods.Return(t.Context(), o.above, o.key, periods.ReturnInput{Reason: "Thiếu.", Until: vn.ShowDate(vn.AddDays(o.App.Today(), 3)), Version: o.file().Version}))
	admin, _ := o.Officer(registry.Admin, "")
	for _, c := range []struct {
		by   registry.Actor
		sees bool
	}{{o.viewer, false}, {admin, true}} {
		p, err := o.App.Periods.UnitPaper(t.Context(), c.by, o.key)
		testkit.Works(t, err)
		told := fmt.Sprint(p.Document())
		list, err := o.App.Periods.Overview(t.Context(), c.by, o.query())
		testkit.Works(t, err)
		for _, row := range list.Rows {
			told += fmt.Sprintln(row.Values)
		}
		whole, err := o.App.Periods.Paper(t.Context(), c.by, o.query())
		testkit.Works(t, err)
		told += fmt.Sprint(whole.Document())
		if has := strings.Contains(told, "3777000"); has != c.sees {
			t.Errorf("%s reads the new sum: %v", c.by.Name, has)
		}
	}
}

// TestWithheldSalesAreNotNone: where the only sales are those of fewer than three vendors, the paper
// of the committee says that it does not tell them, not that there are none.
func TestWithheldSalesAreNotNone(t *testing.T) {
	o := newOffice(t)
	o.earned("5000000")
	testkit.Works(t, o.submit(o.filer, 0))
	text := said(o.paper())
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(line, "không ghi nhận") && strings.Contains(line, "doanh thu khai báo") {
			t.Errorf("it says that there are none: %s", line)
		}
	}
	says(t, "the paper", text, "Không nêu, vì có dưới 3 cơ sở kê khai: doanh thu khai báo")
}
