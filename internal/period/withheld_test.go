package period_test

import (
	"testing"

	"hoicho/internal/period"
)

// TestRowsTellOfNoSingleVendor: a row behind which two vendors stand takes the sales out of all.
func TestRowsTellOfNoSingleVendor(t *testing.T) {
	figures := []period.Figure{{Code: "sales_filed"}, {Code: "sales_dong", Secret: true}}
	row := func(vendors, dong int64) period.Line {
		return period.Line{Adds: map[period.Code]int64{"sales_filed": vendors, "sales_dong": dong}}
	}
	for name, c := range map[string]struct {
		lines []period.Line
		told  bool
	}{
		"three each":     {[]period.Line{row(3, 90), row(4, 10)}, true},
		"two in one":     {[]period.Line{row(3, 90), row(2, 10)}, false},
		"one":            {[]period.Line{row(1, 90)}, false},
		"two of nothing": {[]period.Line{row(3, 90), row(2, 0)}, true},
	} {
		out := period.Withhold(figures, c.lines)
		if got := out[0].Adds["sales_dong"] == 90; got != c.told || out[0].Adds["sales_filed"] == 0 || c.lines[0].Adds["sales_dong"] != 90 {
			t.Errorf("%s: told is %v, want %v: %v", name, got, c.told, out)
		}
	}
}
