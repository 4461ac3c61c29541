package view_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

func TestOutlinesAreDrawnCoarser(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"M3670 2460l7-2 5-9 10 10-6 2z": "M1835 1230l4-1 2-4 5 5-3 1z",
		"M10 10l1 0 1 0 1 0 1 0z":       "M5 5l1 0 1 0z",
		"M4 4l-4-4zM100 100l2 2z":       "M2 2l-2-2zM50 50l1 1z",
		"":                              "",
	} {
		if got := string(view.DrawMap(registry.Box{}, []view.MapShape{{Path: path}})); !strings.Contains(got, ` d="`+want+`"`) {
			t.Errorf("%s is drawn as %s, want %s", path, got, want)
		}
	}
}
