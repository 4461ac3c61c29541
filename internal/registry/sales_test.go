package registry

import (
	"slices"
	"testing"
)

func TestTakingsOfAReturn(t *testing.T) {
	t.Parallel()
	r := SalesReturn{Days: []SalesDay{{Day: "2026-11-22", Dong: 300_000}, {Day: "2026-11-23"}, {Day: "2026-11-24", Dong: BandTo3.Dong(), Band: BandTo3}}}
	none, told := r.On("2026-11-23")
	_, untold := r.On("2026-11-25")
	claims(t, map[string]bool{
		"the days add up, bands by their middle": r.Dong() == 2_300_000,
		"a line with nothing is told":            told && none.Dong == 0,
		"a day without a line is not":            !untold,
		"a band is one of the list":              BandTo100.Valid() && !SalesBand("100_200").Valid(),
	})
}

func TestFiguresThatLookLikeASlip(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		dong   int64
		band   SalesBand
		booths int
		want   []SalesDoubt
	}{
		"the usual":                          {4_000_000, "", 1, nil},
		"just under ten times the usual":     {39_999_999, "", 1, nil},
		"ten times the usual":                {40_000_000, "", 1, []SalesDoubt{{Day: "2026-11-22", Dong: 40_000_000, Times: 10}}},
		"times are told in whole ones":       {47_000_000, "", 1, []SalesDoubt{{Day: "2026-11-22", Dong: 47_000_000, Times: 11}}},
		"two booths take twice as much":      {79_999_999, "", 2, nil},
		"and are doubted from twice as much": {80_000_000, "", 2, []SalesDoubt{{Day: "2026-11-22", Dong: 80_000_000, Times: 10}}},
		"a vendor without a booth is one":    {40_000_000, "", 0, []SalesDoubt{{Day: "2026-11-22", Dong: 40_000_000, Times: 10}}},
		"what counts in thousands":           {9_999, "", 1, []SalesDoubt{{Day: "2026-11-22", Dong: 9_999}}},
		"ten thousand is little, no slip":    {10_000, "", 1, nil},
		"nothing sold is no slip":            {0, "", 1, nil},
		"a band is chosen, not typed":        {75_000_000, BandTo100, 1, nil},
	} {
		t.Run(claim, func(t *testing.T) {
			r := SalesReturn{Days: []SalesDay{{Day: "2026-11-22", Dong: c.dong, Band: c.band}}}
			if got := r.Doubts(c.booths); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	contracts := func(dong int64) int { return len((&SalesReturn{ContractsDong: dong}).Doubts(1)) }
	claims(t, map[string]bool{
		"contracts of next to nothing": contracts(9_999) == 1 && contracts(1) == 1,
		"contracts of ten thousand":    contracts(10_000) == 0,
		"no contracts are no slip":     contracts(0) == 0,
	})
}

func TestReturnThatIsComplete(t *testing.T) {
	t.Parallel()
	d := SalesDue{Days: []string{"2026-11-22", "2026-11-23", "2026-11-24"}, Told: []string{"2026-11-22"}}
	done := SalesDue{Days: d.Days, Told: d.Days, FiledAt: 1}
	claims(t, map[string]bool{
		"the days without a line are missing": slices.Equal(d.Missing(""), []string{"2026-11-23", "2026-11-24"}),
		"up to a day, that day included":      slices.Equal(d.Missing("2026-11-23"), []string{"2026-11-23"}),
		"a day before them misses none":       d.Missing("2026-11-22") == nil,
		"with a day missing it is not whole":  !(&SalesDue{Days: d.Days, Told: d.Told, FiledAt: 1}).Complete(),
		"with all of them told it is":         done.Complete(),
		"what was never filed is not":         !(&SalesDue{}).Complete(),
	})
}
