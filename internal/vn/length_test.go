package vn_test

import (
	"testing"

	"hoicho/internal/vn"
)

// TestMetresAreWholeCentimetres: every length is read as it is written, and nothing is rounded in silence.
func TestMetresAreWholeCentimetres(t *testing.T) {
	for text, want := range map[string]int{"3": 300, "3,5": 350, "3.05": 305, " 0,25 ": 25, "-1,5": -150, "-0,5": -50, "0": 0, "100,00": 10_000} {
		if got, ok := vn.ParseMetres(text); !ok || got != want {
			t.Errorf("%q is read as %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", ",5", "3,", "3,456", "2,3,4", "1.000,5", "1e3", "0x10", "NaN", "Inf", "+3", "3 m", "٣", "12345678"} {
		if got, ok := vn.ParseMetres(text); ok {
			t.Errorf("%q is read as %d", text, got)
		}
	}
	for cm := -1000; cm <= 12_345; cm++ {
		if got, ok := vn.ParseMetres(vn.ShowMetres(cm)); !ok || got != cm {
			t.Fatalf("%d is shown as %q and read as %d", cm, vn.ShowMetres(cm), got)
		}
	}
	if got := vn.ShowSize(300, 350); got != "3 × 3,5 m" {
		t.Error(got)
	}
}
