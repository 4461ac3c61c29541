package admission_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

// truth is one thing that happened at a gate, as somebody who saw it would tell
// it: by true times, whatever phone told the server when.
type truth struct {
	id       registry.ScanID
	phone    int
	seq      int64
	pass     int // in the book of passes
	out      bool
	gate     int
	at       int64
	training bool
	forced   bool
	offline  bool // the phone decided
	admitted bool // by the phone when offline, else by the server
	amended  bool // the phone decided after it had asked
	voids    registry.ScanID
	reason   string
}

// teller knows the passes and phones of the histories, and tells from true times
// alone where they end. It shares nothing with the product but the gate day.
type teller struct {
	kinds  []registry.PassKind
	codes  []string
	phones []tellerPhone
	day    func(at int64) string
	fold   folding
}

type tellerPhone struct {
	id         registry.DeviceID
	supervisor bool
}

// folding is how truths are put together. Any but the zero value is wrong, and a
// control that the histories would show it.
type folding struct {
	asArrived bool // the last to arrive is the newest
	noRepeats bool // each reading of a symbol counts
	noVoids   bool // nothing is taken back
	anyVoid   bool // anybody takes back anything
	noAmends  bool // what the server said first stays
	training  bool // training counts
}

// ends is where histories end: each line is one pass, scan or counter.
func (w *teller) ends(truths []truth) []string {
	standing := w.standing(truths)
	if !w.fold.asArrived {
		slices.SortFunc(standing, w.order)
	}
	lines, hours := []string{}, map[string]int{}
	last, used := map[int]truth{}, map[int]map[string]truth{}
	for _, s := range standing {
		lines = append(lines, fmt.Sprintf("counts %s", s.id))
		direction := map[bool]string{false: "in", true: "out"}[s.out]
		hours[hourLine(s.at, s.gate, direction)]++
		last[s.pass] = s
		first, came := used[s.pass][w.day(s.at)]
		if s.out || came && cmp.Or(cmp.Compare(first.at, s.at), cmp.Compare(first.gate, s.gate)) <= 0 {
			continue
		}
		if used[s.pass] == nil {
			used[s.pass] = map[string]truth{}
		}
		used[s.pass][w.day(s.at)] = s
	}
	for pass, days := range used {
		for _, day := range slices.Sorted(maps.Keys(days)) {
			lines = append(lines, fmt.Sprintf("pass %s used %s %d %d", w.codes[pass], day, days[day].at, days[day].gate))
			if w.kinds[pass] == registry.VisitorPass {
				hours[hourLine(days[day].at, days[day].gate, "scan")]++
			}
		}
	}
	for pass, s := range last {
		if !s.out {
			lines = append(lines, fmt.Sprintf("pass %s inside %d %d", w.codes[pass], s.at, s.gate))
		}
	}
	for line, n := range hours {
		lines = append(lines, fmt.Sprintf("%s: %d", line, n))
	}
	slices.Sort(lines)
	return lines
}

// order is that of true times.
func (w *teller) order(a, b truth) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(w.phones[a.phone].id, w.phones[b.phone].id), cmp.Compare(a.seq, b.seq))
}

func hourLine(at int64, gate int, figure string) string {
	return fmt.Sprintf("hour %d gate %d %s", at/registry.HourMS, gate, figure)
}

// standing is what counts: admitted, meant, not taken back, and no second look of
// the camera.
func (w *teller) standing(truths []truth) (standing []truth) {
	voided := w.voided(truths)
	type way struct {
		phone, pass int
		out         bool
	}
	inTurn := slices.Clone(truths)
	slices.SortFunc(inTurn, func(a, b truth) int { return cmp.Or(cmp.Compare(a.phone, b.phone), cmp.Compare(a.seq, b.seq)) })
	repeat := map[registry.ScanID]bool{}
	before := map[way]int64{}
	counts := func(t truth) bool {
		enters := w.kinds[t.pass] != registry.BoothPass
		admitted := t.forced || t.admitted || w.fold.noAmends && t.amended
		return t.voids == "" && admitted && enters && !voided[t.id] && (!t.training || w.fold.training)
	}
	for _, t := range inTurn {
		if !counts(t) {
			continue
		}
		on := way{t.phone, t.pass, t.out}
		if at, seen := before[on]; seen && !t.forced && t.at-at < 3000 && !w.fold.noRepeats {
			repeat[t.id] = true
			continue
		}
		before[on] = t.at
	}
	for _, t := range truths {
		if counts(t) && !repeat[t.id] {
			standing = append(standing, t)
		}
	}
	return standing
}

// voided is what was taken back by somebody who might.
func (w *teller) voided(truths []truth) map[registry.ScanID]bool {
	voided := map[registry.ScanID]bool{}
	if w.fold.noVoids {
		return voided
	}
	by := map[registry.ScanID]truth{}
	for _, t := range truths {
		by[t.id] = t
	}
	for _, v := range truths {
		target, there := by[v.voids]
		if v.voids == "" || v.training || !there {
			continue
		}
		own := target.phone == v.phone && v.at-target.at < 15*60_000
		if own || w.phones[v.phone].supervisor && v.reason != "" || w.fold.anyVoid {
			voided[target.id] = true
		}
	}
	return voided
}

// historyMaker makes up histories.
type historyMaker struct {
	*rand.Rand
	w     *teller
	gates [][]int // of each phone
	next  func() registry.ScanID
}

// history is about a dozen truths around a few passes, in the order in which they
// happened. Online scans are such as the server answers alike whatever it heard
// before: exits, checks, training, and the only entry of the last pass.
func (m *historyMaker) history(passes []int, from int64) (truths []truth) {
	at, alone := from, passes[len(passes)-1]
	passes = passes[:len(passes)-1]
	for range 8 + m.IntN(8) {
		at += m.pause()
		t := m.scan(passes[m.IntN(len(passes))], at)
		switch {
		case len(truths) > 0 && m.IntN(6) == 0:
			t = m.void(t, truths)
		case len(truths) > 0 && m.IntN(3) == 0: // the same hand again
			last := truths[len(truths)-1]
			t.phone, t.pass, t.out, t.gate = last.phone, last.pass, last.out, last.gate
		}
		truths = append(truths, m.decided(t))
	}
	entry := m.scan(alone, at+m.pause())
	entry.out, entry.offline, entry.training = false, false, false
	return append(truths, entry)
}

// scan is somebody at a gate with a pass.
func (m *historyMaker) scan(pass int, at int64) truth {
	phone := m.IntN(len(m.w.phones))
	return truth{id: m.next(), phone: phone, pass: pass, out: m.IntN(3) == 0, at: at, gate: m.gates[phone][m.IntN(len(m.gates[phone]))],
		offline: m.IntN(4) > 0, admitted: true, training: m.IntN(12) == 0, forced: m.IntN(15) == 0}
}

// decided says who decided a scan, and how.
func (m *historyMaker) decided(t truth) truth {
	switch {
	case t.voids != "":
	case t.offline || m.w.kinds[t.pass] == registry.VehiclePass: // a vehicle may be kept in
		t.offline, t.admitted = true, m.IntN(6) > 0
	default:
		t.out = t.out || m.w.kinds[t.pass] != registry.BoothPass
		if m.IntN(2) == 0 { // the answer came too late
			t.offline, t.amended, t.admitted = true, true, m.IntN(2) > 0
		}
	}
	return t
}

// pause is the time until the next scan: often the camera's second look, seldom
// so long that a steward may take nothing back any more.
func (m *historyMaker) pause() int64 {
	switch m.IntN(8) {
	case 0, 1, 2:
		return int64(m.IntN(3500))
	case 3, 4, 5:
		return int64(m.IntN(70_000))
	case 6:
		return int64(m.IntN(30 * 60_000))
	}
	return int64(m.IntN(26)) * registry.HourMS / 4
}

// void turns a truth into the taking back of an earlier one.
func (m *historyMaker) void(t truth, earlier []truth) truth {
	target := earlier[m.IntN(len(earlier))]
	t.voids, t.pass, t.offline, t.forced = target.id, target.pass, false, false
	if m.IntN(2) == 0 {
		t.phone, t.gate = target.phone, target.gate
	}
	if m.IntN(2) == 0 {
		t.reason = "quét nhầm"
	}
	if m.IntN(20) == 0 {
		t.voids = m.next() // of a scan that nobody ever sends
	}
	return t
}

// firstDifference is the first line that two endings do not share.
func firstDifference(got, want []string) string {
	for _, line := range want {
		if _, found := slices.BinarySearch(got, line); !found {
			return "missing: " + line
		}
	}
	for _, line := range got {
		if _, found := slices.BinarySearch(want, line); !found {
			return "too much: " + line
		}
	}
	return ""
}

// TestTellerSeesEveryFault is the control: a server that put the same truths
// together in any of these wrong ways would end elsewhere.
func TestTellerSeesEveryFault(t *testing.T) {
	w := &teller{kinds: []registry.PassKind{registry.StaffPass, registry.VisitorPass, registry.BoothPass, registry.OfficialPass},
		codes: []string{"staff", "visitor", "booth", "official"}, phones: []tellerPhone{{"a", false}, {"b", false}, {"c", true}},
		day: func(at int64) string { return fmt.Sprint(at / (24 * registry.HourMS)) }}
	r := rand.New(rand.NewPCG(3, 4))
	n := 0
	m := &historyMaker{Rand: r, w: w, gates: [][]int{{1}, {2}, {1, 2}}, next: func() registry.ScanID {
		n++
		return registry.ScanID(fmt.Sprint("scan", n))
	}}
	for name, wrong := range map[string]folding{
		"as arrived": {asArrived: true}, "no repeats": {noRepeats: true}, "no voids": {noVoids: true},
		"any void": {anyVoid: true}, "no amendments": {noAmends: true}, "training counts": {training: true},
	} {
		seen := 0
		for range 100 {
			truths := m.history([]int{0, 1, 2, 3}, 0)
			for i := range truths {
				truths[i].seq = int64(i + 1)
			}
			w.fold = folding{}
			want := strings.Join(w.ends(truths), "\n")
			arrived := slices.Clone(truths)
			r.Shuffle(len(arrived), func(i, j int) { arrived[i], arrived[j] = arrived[j], arrived[i] })
			if got := strings.Join(w.ends(arrived), "\n"); got != want {
				t.Fatalf("the teller itself depends on the order:\n%s\nnot\n%s", got, want)
			}
			w.fold = wrong
			if strings.Join(w.ends(arrived), "\n") != want {
				seen++
			}
		}
		if seen < 10 {
			t.Errorf("%s: seen in %d of 100 histories only", name, seen)
		}
	}
}
