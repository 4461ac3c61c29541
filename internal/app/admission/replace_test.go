package admission_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// reissued issues a pass anew and returns the new one.
func (m *market) reissued(t *testing.T, old registry.PassRow) registry.PassRow {
	t.Helper()
	id, err := m.App.Passes.ReissuePass(t.Context(), registry.SystemActor("t"), old.ID, "rách thẻ")
	testkit.Works(t, err)
	return m.passNow(t, id)
}

func (m *market) passNow(t *testing.T, id registry.PassID) registry.PassRow {
	t.Helper()
	rows := testkit.AllPasses(t, m.Kit, registry.SystemActor("t"), m.event.ID)
	i := slices.IndexFunc(rows, func(r registry.PassRow) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no pass %s", id)
	}
	return rows[i]
}

// ofEachKind is a pass of each kind that enters.
func (m *market) ofEachKind(t *testing.T) map[registry.PassKind]registry.PassRow {
	t.Helper()
	testkit.Works(t, m.App.Admission.SaveGatePolicy(t.Context(), registry.SystemActor("t"), m.event.ID, admission.PolicyInput{MaxInside: 4, SetupMinutes: 720, VisitorRule: registry.VisitorOnce,
		LoadDays: []string{m.event.OpensOn}, LoadFrom: []string{"00:00"}, LoadUntil: []string{"23:59"}}))
	return map[registry.PassKind]registry.PassRow{
		registry.StaffPass: m.staff[0], registry.VehiclePass: testkit.PassesOfKind(m.passes, registry.VehiclePass)[0],
		registry.OfficialPass: m.Issued(m.event, registry.OfficialPass, 1)[0], registry.VisitorPass: m.Issued(m.event, registry.VisitorPass, 1)[0],
	}
}

// TestReissueTakesTheBearerAlong: a pass of each kind is issued anew, twice, while
// its bearer is inside. Phones learn with the next list that the new one is inside;
// it is refused a second entry, lets its bearer out and, where the rules let anybody
// in again, in again. Nobody is counted twice, and the evacuation sheet names nobody
// who is out.
func TestReissueTakesTheBearerAlong(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		for kind, old := range m.ofEachKind(t) {
			if v := m.verdict(t, p, p.Scan(old)); v != registry.VerdictOK {
				t.Fatalf("%s: in %s", kind, v)
			}
			held, _ := m.snapshot(t, p, "", "")
			now := m.reissued(t, m.reissued(t, old))
			delta, _ := m.snapshot(t, p, held.Cursor, "")
			if was, is := delta.Passes[old.Code], delta.Passes[now.Code]; was.Inside != nil || was.Used != nil || is.Inside == nil || len(is.Used) != 1 {
				t.Errorf("%s: phones hold the old one as %+v, the new one as %+v", kind, was, is)
			}
			m.Clock.Add(time.Minute)
			again, want := registry.VerdictAlreadyInside, registry.VerdictOKAgain
			if kind == registry.VisitorPass {
				again, want = registry.VerdictAlreadyUsed, registry.VerdictAlreadyUsed
			}
			if v := m.verdict(t, p, p.Scan(now)); v != again {
				t.Errorf("%s: the new one in while its bearer is inside: %s", kind, v)
			}
			if r := m.send(t, p, p.Scan(now, testkit.Going))[0]; r.Verdict != registry.VerdictExitOK || r.Detail.Reason != "" {
				t.Errorf("%s: the new one out: %+v", kind, r)
			}
			m.Clock.Add(time.Minute)
			if v := m.verdict(t, p, p.Scan(now)); v != want {
				t.Errorf("%s: the new one in again: %s", kind, v)
			}
			m.verdict(t, p, p.Scan(now, testkit.Going))
			if s := m.stats(t, p); s.Inside != 0 {
				t.Errorf("%s: %d inside who went out", kind, s.Inside)
			}
		}
		e, err := m.App.Admission.Evacuation(t.Context(), registry.SystemActor("t"), m.event.ID)
		if err != nil || e.People != 0 || len(e.Booths) != 0 || len(e.Others) != 0 {
			t.Errorf("evacuation %+v, %v", e, err)
		}
		if s := m.stats(t, p); len(s.Visits) != 1 || s.Visits[0].N != 1 {
			t.Errorf("visits %+v, one guest came", s.Visits)
		}
	})
}

// TestReissueKeepsTheLimitOfABooth: four of a booth inside, one pass issued anew, its
// bearer out and in: four are inside, and the fifth is refused for four.
func TestReissueKeepsTheLimitOfABooth(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		for _, row := range m.staff[:4] {
			m.verdict(t, p, p.Scan(row))
		}
		now := m.reissued(t, m.staff[0])
		for _, way := range []func(*gate.SentScan){testkit.Going, func(*gate.SentScan) {}} {
			m.Clock.Add(time.Minute)
			if v := m.verdict(t, p, p.Scan(now, way)); !v.Admits() {
				t.Errorf("the new pass: %s", v)
			}
		}
		if s := m.stats(t, p); s.Inside != 4 {
			t.Errorf("%d inside, want 4", s.Inside)
		}
		m.verdict(t, p, p.Scan(m.staff[1], testkit.Going))
		m.Clock.Add(time.Minute)
		if v := m.verdict(t, p, p.Scan(m.staff[1])); v != registry.VerdictOKAgain {
			t.Errorf("one out, one in: %s", v)
		}
	})
}

// TestOldPassOfAReissue: what was done with the old pass before and after counts for
// its bearer, whenever it arrives, and so does taking it back.
func TestOldPassOfAReissue(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		p, away := m.Phone(m.event.ID, registry.Supervisor, 1), m.Phone(m.event.ID, registry.Steward, 2)
		inside := func(want int, when string) {
			t.Helper()
			if s := m.stats(t, p); s.Inside != want {
				t.Errorf("%s: %d inside, want %d", when, s.Inside, want)
			}
		}
		late := away.Scan(m.staff[0], testkit.Offline(registry.VerdictOK))
		m.Clock.Add(time.Minute)
		now := m.reissued(t, m.staff[0])
		m.Clock.Add(time.Minute)
		m.send(t, away, late)
		inside(1, "in by the old one, told afterwards")
		if v := m.verdict(t, p, p.Scan(now)); v != registry.VerdictAlreadyInside {
			t.Errorf("in by the new one too: %s", v)
		}
		if r := m.send(t, p, p.Scan(m.staff[0], testkit.Going))[0]; r.Verdict != registry.VerdictExitOK || r.Detail.Reason != gate.ReasonRevoked {
			t.Errorf("out by the old one: %+v", r)
		}
		inside(0, "out by the old one")
		m.Clock.Add(time.Minute)
		in := p.Scan(now)
		m.send(t, p, in)
		inside(1, "in by the new one")
		m.Clock.Add(time.Minute)
		void := p.Scan(now, func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", in.ID, "nhầm người" })
		m.send(t, p, void)
		inside(0, "taken back")
		if v := m.verdict(t, p, p.Scan(m.staff[0])); v != registry.VerdictRevoked {
			t.Errorf("in by the old one: %s", v)
		}
	})
}

// TestMovedPassesTakeTheirBearersAlong: a swap of two booths and a postponed day
// while people are inside. Each bearer is inside by the new pass, at the new booth; a
// blocked pass stays blocked, and a revoked one gets no successor.
func TestMovedPassesTakeTheirBearersAlong(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		system, p := registry.SystemActor("t"), m.Phone(m.event.ID, registry.Steward, 1)
		other := testkit.PassesOfKind(m.Stall(m.event, 6), registry.StaffPass)
		m.verdict(t, p, p.Scan(m.staff[0]))
		testkit.Works(t, m.App.Passes.StepPass(t.Context(), system, m.staff[1].ID, registry.PassBlocked, "mất cắp"))
		testkit.Works(t, m.App.Passes.StepPass(t.Context(), system, m.staff[2].ID, registry.PassRevoked, "nghỉ việc"))
		testkit.Works(t, m.App.Booths.SwapBooths(t.Context(), system, booths.BoothRef{Event: m.event.ID, Booth: m.staff[0].Booth}, other[0].Booth))

		states := map[registry.PassState]int{}
		var now registry.PassRow
		for _, r := range testkit.PassesOfKind(testkit.AllPasses(t, m.Kit, system, m.event.ID), registry.StaffPass) {
			if r.Vendor == m.staff[0].Vendor && r.Booth == other[0].Booth {
				states[r.State]++
			}
			if r.Bearer == m.staff[0].ID && r.ReplacedBy == "" {
				now = r
			}
		}
		if states[registry.PassBlocked] != 1 || states[registry.PassRevoked] != 0 || states[registry.PassValid] != len(m.staff)-2 {
			t.Errorf("passes at the new booth: %v", states)
		}
		old := m.passNow(t, m.staff[0].ID)
		if now.BoothCode != "A06" || now.Label != "A06" || old.State != registry.PassRevoked || old.StateReason != "booth_moved" {
			t.Errorf("old %+v, new %+v", old, now)
		}
		m.Clock.Add(time.Minute)
		if v := m.verdict(t, p, p.Scan(now)); v != registry.VerdictAlreadyInside {
			t.Errorf("the new pass: %s", v)
		}
		e, err := m.App.Admission.Evacuation(t.Context(), system, m.event.ID)
		if err != nil || len(e.Booths) != 1 || e.Booths[0].Booth != "A06" || e.Booths[0].Staff != 1 || e.People != 1 {
			t.Errorf("evacuation %+v, %v", e.Booths, err)
		}
		if v := m.verdict(t, p, p.Scan(m.staff[0], testkit.Going)); v != registry.VerdictExitOK {
			t.Errorf("out by the old pass: %s", v)
		}
		if s := m.stats(t, p); s.Inside != 0 {
			t.Errorf("%d inside", s.Inside)
		}
	})
}

// TestKeyNumbersAreUsedAgain: keys are turned until all numbers are in use; then one
// has to be killed, its number is used again, and so on for as long as one likes. The
// pass of the first key is told from a forged one to the end, and the active key can be
// replaced when it has leaked though nothing is free: its passes are issued anew and
// are good.
func TestKeyNumbersAreUsedAgain(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	k.Gates(event.ID, 1)
	admin, phone := registry.SystemActor("test"), k.Phone(event.ID, registry.Steward, 1)
	kill := func(state registry.PassKeyState) {
		t.Helper()
		keys, err := k.App.Passes.Keys(t.Context(), admin)
		testkit.Works(t, err)
		for _, key := range keys {
			if key.State == state {
				testkit.Works(t, k.App.Passes.KillKey(t.Context(), admin, key.ID, key.Passes))
				return
			}
		}
		t.Fatalf("no key is %s", state)
	}
	full := 0
	for range 40 {
		k.Clock.Add(time.Minute)
		err := k.App.Passes.RotateKey(t.Context(), admin)
		if registry.KindOf(err) == registry.Conflict {
			full++
			kill(registry.KeyVerifyOnly)
			err = k.App.Passes.RotateKey(t.Context(), admin)
		}
		testkit.Works(t, err)
	}
	if full < 20 {
		t.Errorf("full %d times: the numbers were never all in use", full)
	}
	old := passes[slices.IndexFunc(passes, func(r registry.PassRow) bool { return r.Kind == registry.StaffPass })]
	verdict := func(row registry.PassRow) registry.VerdictCode {
		t.Helper()
		answer, err := k.App.Admission.Scan(t.Context(), phone.Device, phone.Batch(phone.Scan(row)))
		testkit.Works(t, err)
		var r gate.ScanResult
		testkit.Works(t, json.Unmarshal(answer.Results[0], &r))
		return r.Verdict
	}
	if v := verdict(old); v != registry.VerdictRevoked {
		t.Errorf("a pass of the first key, whose number others had since: %s", v)
	}
	for range 3 { // leaked, and leaked again
		n, err := k.App.Passes.ReissueKilled(t.Context(), admin, event.ID)
		if testkit.Works(t, err); n != len(passes) {
			t.Errorf("%d passes issued anew of %d that died", n, len(passes))
		}
		k.Clock.Add(time.Minute)
		kill(registry.KeyActive)
	}
	_, err := k.App.Passes.ReissueKilled(t.Context(), admin, event.ID)
	testkit.Works(t, err)
	good := 0
	for _, r := range testkit.AllPasses(t, k, admin, event.ID) {
		if r.Kind != registry.StaffPass || r.State != registry.PassValid {
			continue
		}
		if good++; verdict(r) != registry.VerdictOK && good <= 4 {
			t.Errorf("pass %s of the newest key is refused", r.Code)
		}
	}
	if good == 0 {
		t.Error("no staff pass is valid")
	}
	snapshot, _, err := k.GateSnapshot(phone.Device, "", "")
	testkit.Works(t, err)
	raw, err := json.Marshal(snapshot.Keys)
	testkit.Works(t, err)
	if n := strings.Count(string(raw), `"public"`); n > registry.MaxPassKeys+5 {
		t.Errorf("phones get %d keys", n)
	}
}
