package registry

import (
	"slices"
	"testing"
)

func TestReportThatIsOut(t *testing.T) {
	t.Parallel()
	report := func(closed int64, number, signed string) ResultReport {
		return ResultReport{ClosedAt: closed, Paper: ResultPaper{Number: number, SignedOn: signed}}
	}
	two := ResultReport{Addenda: []ReportAddendum{{N: 1}, {N: 2}}}
	claims(t, map[string]bool{
		"a number puts it out":               report(1, "15/BC-XTTM", "").Signed(),
		"so does a day of signing":           report(1, "", "2026-12-01").Signed(),
		"closed alone it is not":             !report(1, "", "").Signed(),
		"an open one with a number is not":   !report(0, "15/BC-XTTM", "2026-12-01").Signed(),
		"an addendum is out with its number": (&ReportAddendum{ClosedAt: 1, Number: "16/BC-XTTM"}).Signed(),
		"without one it is not":              !(&ReportAddendum{ClosedAt: 1}).Signed(),
		"nor while it is open":               !(&ReportAddendum{Number: "16/BC-XTTM"}).Signed(),
		"the last addendum is the newest":    two.Last().N == 2,
		"without any there is no last one":   ResultReport{}.Last() == nil,
	})
}

func TestDaysWithoutSales(t *testing.T) {
	t.Parallel()
	f := SalesFact{OwedDays: []string{"2026-11-22", "2026-11-23", "2026-11-24"}, SalesReturn: SalesReturn{Days: []SalesDay{{Day: "2026-11-23"}}}}
	claims(t, map[string]bool{
		"those that were told are left out": slices.Equal(f.Untold(), []string{"2026-11-22", "2026-11-24"}),
		"asking takes none of them away":    len(f.OwedDays) == 3,
	})
}
