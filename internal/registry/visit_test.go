package registry

import (
	"slices"
	"testing"
)

func TestHourOfAnInstant(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"an hour begins at its first instant": HourOf(5*HourMS) == 5*HourMS,
		"and ends before the next":            HourOf(6*HourMS-1) == 5*HourMS,
	})
}

func TestOrderOfCounters(t *testing.T) {
	t.Parallel()
	want := []GateHour{
		{Event: "a", HourAt: 2, Gate: 2, Figure: FigureOut}, {Event: "b", HourAt: 1, Gate: 2, Figure: FigureOut},
		{Event: "b", HourAt: 2, Gate: 1, Figure: FigureOut}, {Event: "b", HourAt: 2, Gate: 2, Figure: FigureIn}, {Event: "b", HourAt: 2, Gate: 2, Figure: FigureOut},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, CompareGateHours)
	if !slices.Equal(got, want) {
		t.Errorf("by event, hour, gate and figure: %v", got)
	}
}
