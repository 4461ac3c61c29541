package app_test

import (
	"slices"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// permutations are all orders of n things.
func permutations(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, p := range permutations(n - 1) {
		for i := range n {
			all = append(all, slices.Insert(slices.Clone(p), i, n-1))
		}
	}
	return all
}

// TestLinesInWhateverOrder: a visitor comes and goes at two gates that are cut off.
// In whatever order the phones send, the same scans make the same lines.
func TestLinesInWhateverOrder(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Supervisor, 1), m.Phone(m.event.ID, registry.Steward, 2)
		visitors := m.Issued(m.event, registry.VisitorPass, 41)
		for _, test := range []struct {
			way         string // i in, o out
			double, let int
		}{{"ii", 1, 0}, {"io", 0, 0}, {"ioi", 0, 1}, {"oii", 1, 0}, {"ioii", 1, 1}} {
			for _, order := range permutations(len(test.way)) {
				before := m.differences(t, app.DifferenceFilter{})
				var scans []gate.SentScan
				for i, c := range test.way {
					m.Clock.Add(10 * time.Second)
					p := []*testkit.Phone{a, b}[i%2]
					s := p.Scan(visitors[0], testkit.Offline(registry.VerdictOK))
					if c == 'o' {
						s.Direction, s.Verdict = registry.Out, registry.VerdictExitOK
					}
					scans = append(scans, s)
				}
				for _, i := range order {
					m.send(t, []*testkit.Phone{a, b}[i%2], scans[i])
				}
				after := m.differences(t, app.DifferenceFilter{})
				double := after.ByKind[registry.DiffDouble] - before.ByKind[registry.DiffDouble]
				let := after.ByKind[registry.DiffLetIn] - before.ByKind[registry.DiffLetIn]
				if double != test.double || let != test.let || after.Open-before.Open != double+let {
					t.Errorf("%s sent as %v: %d double entries and %d let in, want %d and %d", test.way, order, double, let, test.double, test.let)
				}
				if visitors = visitors[1:]; len(visitors) == 0 {
					t.Fatal("too few visitors")
				}
			}
		}
	})
}
