package admission_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
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
				before := m.differences(t, admission.DifferenceFilter{})
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
				after := m.differences(t, admission.DifferenceFilter{})
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

// TestHeavyCrowdInWhateverOrder: staff of a booth that may have one inside come and go at
// gates that are cut off, and are refused by phones that know too little. In whatever
// order the phones send, the same scans make the same lines.
func TestHeavyCrowdInWhateverOrder(t *testing.T) {
	need.Long(t)
	markets(t, func(t *testing.T, m *market) {
		m.policy(t, func(p *admission.PolicyInput) { p.MaxInside = 1 })
		a, b := m.Phone(m.event.ID, registry.Supervisor, 1), m.Phone(m.event.ID, registry.Steward, 2)
		stalls := 0
		for way, want := range map[string][2]int{ // of a and b: i in, o out, x refused; let in and kept out wrongly
			"ai bi": {1, 0}, "ai ao bi": {0, 0}, "ai bi ao": {1, 0}, "ai bi ao bo": {1, 0}, "ai bx": {0, 0}, "ai ao bx": {0, 1},
			"bx bi": {0, 1}, "ai ax ao ax": {0, 1}, "ax ai bx": {0, 1},
		} {
			steps := strings.Fields(way)
			for n, order := range permutations(len(steps)) {
				stalls++
				staff := testkit.PassesOfKind(m.Stall(m.event, 10+stalls), registry.StaffPass)
				before := m.differences(t, admission.DifferenceFilter{})
				var scans []gate.SentScan
				for i, step := range steps {
					m.Clock.Add(10 * time.Second)
					s := []*testkit.Phone{a, b}[i%2].Scan(staff[step[0]-'a'], testkit.Offline(registry.VerdictOK))
					switch step[1] {
					case 'o':
						s.Direction, s.Verdict = registry.Out, registry.VerdictExitOK
					case 'x':
						s.Verdict = registry.VerdictAlreadyInside
					}
					scans = append(scans, s)
				}
				for _, i := range order {
					m.send(t, []*testkit.Phone{a, b}[i%2], scans[i])
				}
				after := m.differences(t, admission.DifferenceFilter{})
				got := [2]int{after.ByKind[registry.DiffLetIn] - before.ByKind[registry.DiffLetIn], after.ByKind[registry.DiffKeptOut] - before.ByKind[registry.DiffKeptOut]}
				if got != want || after.Open-before.Open != want[0]+want[1] {
					t.Errorf("%s sent as %v (%d): let in and kept out wrongly %v, want %v; %d lines", way, order, n, got, want, after.Open-before.Open)
				}
			}
		}
	})
}
