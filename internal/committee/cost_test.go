package committee

import (
	"slices"
	"testing"

	"hoicho/internal/registry"
)

func TestPiecesAddUpToTheAmount(t *testing.T) {
	for _, c := range []struct {
		amount      int64
		parts, want []int64
	}{
		{100, []int64{1, 1, 1}, []int64{34, 33, 33}}, {10, []int64{3, 1}, []int64{8, 2}}, {0, []int64{1, 2}, []int64{0, 0}}, {7, nil, []int64{}},
		{5, []int64{0, 0}, []int64{0, 0}}, {1, []int64{0, 1, 1}, []int64{0, 1, 0}}, {10_000_000_000_000, []int64{1000, 1000, 1}, []int64{4_997_501_249_375, 4_997_501_249_375, 4_997_501_250}},
	} {
		got := Allot(c.amount, c.parts)
		var sum int64
		for _, p := range got {
			sum += p
		}
		if !slices.Equal(got, c.want) || len(c.parts) > 0 && c.want[0]+c.want[len(c.want)-1] > 0 && sum != c.amount {
			t.Errorf("%d by %v is %v, want %v", c.amount, c.parts, got, c.want)
		}
	}
}

func TestAnEventHasItsPieceOfASharedLine(t *testing.T) {
	shared := Cost{Plan: "p", Estimate: 90, Paid: true, Spent: 31, Shares: []CostShare{{"a", 2}, {"b", 1}}}
	a, ok := shared.For("a")
	b, okB := shared.For("b")
	if !ok || !okB || a.Estimate != 60 || b.Estimate != 30 || a.Spent+b.Spent != 31 {
		t.Errorf("%+v and %+v", a, b)
	}
	if _, ok := shared.For("c"); ok {
		t.Error("an event without a part has one")
	}
	own := Cost{Event: "a", Estimate: 5}
	if got, ok := own.For(registry.EventID("a")); !ok || got.Estimate != 5 || got.Sum().Unpaid != 1 {
		t.Errorf("its own line is %+v", got)
	}
}
