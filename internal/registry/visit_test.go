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

func TestHowFullAnEventIs(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"under nine tenths there is room":            FillOf(899, 1000) == FillFree,
		"from nine tenths on it is nearly full":      FillOf(900, 1000) == FillNear,
		"one place left is nearly full":              FillOf(999, 1000) == FillNear,
		"at the capacity it is full":                 FillOf(1000, 1000) == FillFull,
		"beyond it is full":                          FillOf(1200, 1000) == FillFull,
		"without a capacity there is no alarm":       FillOf(5000, 0) == FillFree,
		"nobody inside fills nothing":                FillOf(0, 0) == FillFree,
		"one of one is full":                         FillOf(1, 1) == FillFull,
		"a phone that tells no battery is not empty": NoBattery < 0,
	})
}
