package outline

import (
	"fmt"
	"testing"
)

func TestRings(t *testing.T) {
	for path, want := range map[string]string{
		"":                             "[]",
		"M3670 2460l7-2 5-9 0 3z":      "[[{3670 2460} {3677 2458} {3682 2449} {3682 2452}]]",
		"M1 2l3 4zM-5-6l1-1l2 2z":      "[[{1 2} {4 6}] [{-5 -6} {-4 -7} {-2 -5}]]",
		"M1,2 l3,4 z":                  "[[{1 2} {4 6}]]",
		"l1 2z":                        "error",
		"z":                            "[]",
		"M1z":                          "error",
		"M1 2 3 4z":                    "error",
		"M1 2l3z":                      "error",
		"M1 2c3 4z":                    "error",
		"M1 2L3 4z":                    "error",
		"M1 2l3 -z":                    "error",
		"M1 99999999999999999999l3 4z": "error",
	} {
		rings, err := Rings(path)
		got := fmt.Sprint(rings)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%q: %s (%v), want %s", path, got, err, want)
		}
	}
}
