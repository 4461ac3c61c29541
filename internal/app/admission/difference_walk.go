package admission

import (
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// walker goes through movements in the order of true time, whatever order they were
// heard of in, and finds the entries that a gate judged wrongly by itself.
type walker struct {
	policy registry.GatePolicy
	inside map[passDay]bool
	staff  map[boothDay]int // inside
	came   map[passDay]bool
}

type passDay struct {
	pass registry.PassID
	day  string
}

type boothDay struct {
	booth registry.BoothID
	day   string
}

// walk returns the lines about entries beyond what a booth may have inside, and about
// entries that were refused and might have been.
func walk(policy registry.GatePolicy, scans []store.WalkedScan) (lines []Difference) {
	w := walker{policy, map[passDay]bool{}, map[boothDay]int{}, map[passDay]bool{}}
	for i := range scans {
		s := &scans[i]
		kind, verdict := w.step(s)
		if kind != "" {
			lines = append(lines, Difference{Key: scanLine(s.Ref), Kind: kind, At: s.At, scan: s.Ref, verdict: verdict})
		}
	}
	return lines
}

// step takes one scan, and says what is wrong with it and what is right.
func (w *walker) step(s *store.WalkedScan) (kind registry.DifferenceKind, verdict registry.VerdictCode) {
	who, booth := passDay{s.Pass, s.Day}, boothDay{s.Booth, s.Day}
	full := s.Kind == registry.StaffPass && s.Booth != "" && w.policy.MaxInside > 0 && w.staff[booth] >= w.policy.MaxInside
	switch {
	case s.Refused && !full && !w.mayNot(s):
		return registry.DiffKeptOut, registry.VerdictOK
	case s.Refused:
		return "", ""
	case s.Direction == registry.Out && w.inside[who]:
		w.inside[who] = false
		w.staff[booth]--
	case s.Direction == registry.In && !w.inside[who]:
		w.inside[who] = true
		w.staff[booth]++
		if full && !s.Forced {
			kind, verdict = registry.DiffLetIn, registry.VerdictTooManyInside
		}
	}
	if s.Direction == registry.In {
		w.came[w.stay(s)] = true
	}
	return kind, verdict
}

// mayNot reports whether a pass may not come in where it is.
func (w *walker) mayNot(s *store.WalkedScan) bool {
	if s.Kind == registry.VisitorPass {
		return w.came[w.stay(s)]
	}
	return w.inside[passDay{s.Pass, s.Day}]
}

// stay is what a visitor's pass is good for once: the event, or each day of it.
func (w *walker) stay(s *store.WalkedScan) passDay {
	if w.policy.VisitorRule == registry.VisitorDaily {
		return passDay{s.Pass, s.Day}
	}
	return passDay{pass: s.Pass}
}

// walked reports whether a difference is told by the walk and not by what the server
// said when it heard of the scan.
func walked(s *registry.Scan, kind registry.DifferenceKind) bool {
	if s.Direction == registry.Spend {
		// A phone that refuses a voucher as spent has heard of the taking; the one that
		// the server heard of first is told by its order.
		return kind == registry.DiffKeptOut && s.SaidThere() == registry.VerdictAlreadyUsed
	}
	return kind == registry.DiffLetIn && s.Verdict == registry.VerdictTooManyInside || kind == registry.DiffKeptOut && s.Verdict.Admits()
}
