package registry

import (
	"slices"
	"testing"
)

// claims runs a subtest for everything that is said of the package; what does not
// hold fails under its own words.
func claims(t *testing.T, said map[string]bool) {
	t.Helper()
	for claim, holds := range said {
		t.Run(claim, func(t *testing.T) {
			if !holds {
				t.Error("does not hold")
			}
		})
	}
}

// holdsFor claims that of all values something holds for these alone.
func holdsFor[V ~string](t *testing.T, claim string, all []V, holds func(V) bool, want ...V) {
	t.Helper()
	t.Run(claim, func(t *testing.T) {
		got := slices.DeleteFunc(slices.Clone(all), func(v V) bool { return !holds(v) })
		if !slices.Equal(got, want) {
			t.Errorf("holds for %q, not for %q", got, want)
		}
	})
}
