package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestClocksThatAreOff: phones an hour ahead, a day behind, and one whose clock is
// set back between its scans, which it sends apart by the clock that each was made
// with. The times that count are the true ones, and the reconciliation page tells of
// each clock that was off by more than two minutes. The control is a phone that is
// off by less.
func TestClocksThatAreOff(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		start := m.App.NowMS()
		m.Clock.Add(30 * time.Minute)
		now := m.App.NowMS()
		wrong := map[registry.DeviceID]bool{}
		for i, off := range []int64{registry.HourMS, -24 * registry.HourMS, 119_000, -119_000} {
			p := m.Phone(m.event.ID, registry.Steward, 1)
			wrong[p.Device.ID] = i < 2
			scan := p.Scan(m.staff[i], testkit.Offline(registry.VerdictOK), func(s *gate.SentScan) { s.At = start + off })
			batch := p.Batch(scan)
			batch.SentAt = now + off
			if _, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil {
				t.Fatal(err)
			}
			if s := m.scans(t, scan.ID)[0]; s.CorrectedAt != start || s.At != start+off {
				t.Errorf("off by %d: corrected by %d, at %d", off, s.CorrectedAt-start, s.At-start)
			}
		}
		back := m.Phone(m.event.ID, registry.Steward, 2)
		wrong[back.Device.ID] = true
		in := back.Scan(m.passes[len(m.passes)-1], testkit.Offline(registry.VerdictOK), func(s *gate.SentScan) { s.At = start + registry.HourMS })
		out := back.Scan(m.passes[len(m.passes)-1], testkit.Going, testkit.Offline(registry.VerdictExitOK), func(s *gate.SentScan) { s.At = start + 60_000 })
		first, second := back.Batch(in), back.Batch(out)
		first.SentAt, second.SentAt = now+registry.HourMS, now
		for _, b := range []gate.ScanBatch{second, first} {
			if _, err := m.App.Admission.Scan(t.Context(), back.Device, b); err != nil {
				t.Fatal(err)
			}
		}
		rows := m.scans(t, in.ID, out.ID)
		if rows[0].CorrectedAt != start || rows[1].CorrectedAt != start+60_000 {
			t.Errorf("set back: in %d, out %d after the start", rows[0].CorrectedAt-start, rows[1].CorrectedAt-start)
		}
		page, err := m.App.Admission.Differences(t.Context(), registry.SystemActor("t"), m.event.ID, admission.DifferenceFilter{All: true, Kind: registry.DiffClock, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range page.Lines {
			if line.Kind == registry.DiffClock && !wrong[line.Device()] {
				t.Errorf("a clock that was right enough is told of: %+v", line.Skew)
			}
			delete(wrong, line.Device())
		}
		for id, was := range wrong {
			if was {
				t.Errorf("nobody is told of the clock of %s", id)
			}
		}
	})
}

// TestWhatChangedWhileAPhoneWasAway: a phone lets four passes in by an old list; in
// the meantime one was revoked, one issued anew, the key of one killed. What
// happened is kept, with what the server says of it. A pass of a key that was only
// rotated is as good as before, and so is one that nothing happened to: the control.
func TestWhatChangedWhileAPhoneWasAway(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		system := registry.SystemActor("t")
		p := m.Phone(m.event.ID, registry.Steward, 1)
		before, _, err := m.GateSnapshot(p.Device, "", "")
		if err != nil {
			t.Fatal(err)
		}
		if err := m.App.Passes.StepPass(t.Context(), system, m.staff[0].ID, registry.PassRevoked, "mất thẻ"); err != nil {
			t.Fatal(err)
		}
		if _, err := m.App.Passes.ReissuePass(t.Context(), system, m.staff[1].ID, "rách thẻ"); err != nil {
			t.Fatal(err)
		}
		if err := m.App.Passes.RotateKey(t.Context(), system); err != nil {
			t.Fatal(err)
		}
		fresh := m.Issued(m.event, registry.OfficialPass, 1)[0] // by the next key, which the phone does not have
		scans := []gate.SentScan{}
		for _, row := range []registry.PassRow{m.staff[0], m.staff[1], m.staff[2], fresh} {
			scans = append(scans, p.Scan(row, testkit.Offline(registry.VerdictOK)))
		}
		want := []registry.VerdictCode{registry.VerdictRevoked, registry.VerdictRevoked, registry.VerdictOK, registry.VerdictOK}
		for i, r := range m.send(t, p, scans...) {
			if s := m.scans(t, r.ID)[0]; r.Verdict != want[i] || !s.Admitted() || !s.Moves || s.DeviceVerdict != registry.VerdictOK {
				t.Errorf("%d: %s, want %s; stored %+v", i, r.Verdict, want[i], s)
			}
		}
		m.killFirstKey(t)
		dead := p.Scan(m.staff[3], testkit.Offline(registry.VerdictOK))
		if r := m.send(t, p, dead)[0]; r.Verdict != registry.VerdictRevoked || r.Detail.Reason != gate.ReasonKeyDead {
			t.Errorf("a pass of a dead key: %+v", r)
		}
		if s := m.scans(t, dead.ID)[0]; !s.Admitted() || !s.Moves {
			t.Errorf("let in before the phone heard of it: %+v", s)
		}
		after, _, err := m.GateSnapshot(p.Device, before.Cursor, "")
		if err != nil || !after.Partial || after.Passes[m.staff[0].Code].State != registry.PassRevoked || after.Passes[m.staff[1].Code].State != registry.PassRevoked {
			t.Errorf("what the phone is told: partial %v, %+v, %v", after.Partial, after.Passes[m.staff[0].Code], err)
		}
	})
}

// killFirstKey kills the key with which the market's first passes were signed.
func (m *market) killFirstKey(t *testing.T) {
	t.Helper()
	keys, err := m.App.Passes.Keys(t.Context(), registry.SystemActor("t"))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if k.ID == m.staff[0].KeyID {
			if err := m.App.Passes.KillKey(t.Context(), registry.SystemActor("t"), k.ID, k.Passes); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestPairedAnewForAnotherGate: what a phone did at its gate before it was paired
// for another one has happened, and is taken in. What it does now is at its own.
func TestPairedAnewForAnotherGate(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 2)
		at := func(gateN int) func(*gate.SentScan) { return func(s *gate.SentScan) { s.Gate = gateN } }
		before := p.Scan(m.staff[0], at(1), testkit.Offline(registry.VerdictOK))
		if v := m.verdict(t, p, before); v != registry.VerdictOK || m.scans(t, before.ID)[0].Gate != 1 {
			t.Errorf("let in at the gate before: %s", v)
		}
		m.Clock.Add(time.Minute)
		answered := p.Scan(m.staff[2], at(1), func(s *gate.SentScan) { s.Verdict = registry.VerdictOK }) // by a server that was restored since
		back := p.Scan(m.staff[2], at(1), func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", answered.ID, "nhầm" })
		if got := m.send(t, p, answered, back); got[0].Verdict != registry.VerdictOK || got[1].Verdict != registry.VerdictOK {
			t.Errorf("answered before a restore, and taken back: %+v", got)
		}
		press := func(gateN int) gate.CountBatch {
			b := p.Presses(3)
			for i := range b.Counts {
				b.Counts[i].Gate = gateN
			}
			return b
		}
		if _, err := m.App.Admission.Count(t.Context(), p.Device, press(1)); err != nil {
			t.Errorf("counted at the gate before: %v", err)
		}
		if s := m.stats(t, p); s.Inside != 1 || s.Gates[0].Number != 1 || s.Gates[0].In != 1 || s.Gates[0].Visits != 3 {
			t.Errorf("figures %+v", s)
		}
		for name, scan := range map[string]gate.SentScan{"now, at another gate": p.Scan(m.staff[1], at(1)),
			"at a gate that is none": p.Scan(m.staff[1], at(3), testkit.Offline(registry.VerdictOK))} {
			if _, err := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(scan)); registry.KindOf(err) != registry.Malformed || len(m.scans(t, scan.ID)) != 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := m.App.Admission.Count(t.Context(), p.Device, press(3)); registry.KindOf(err) != registry.Malformed {
			t.Errorf("counted at a gate that is none: %v", err)
		}
	})
}

// TestWhoIsInsideGetsOutThoughTheKeyWasKilled: the symbol of a pass whose key is dead
// lets nobody in and everybody out, as its typed code does; a lorry leaves too.
func TestWhoIsInsideGetsOutThoughTheKeyWasKilled(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		for _, row := range m.staff[:2] {
			m.verdict(t, p, p.Scan(row))
		}
		m.killFirstKey(t)
		if v := m.verdict(t, p, p.Scan(m.staff[0], testkit.Going)); v != registry.VerdictExitOK {
			t.Errorf("out by the symbol: %s", v)
		}
		typed := p.Scan(m.staff[1], testkit.Going)
		typed.QR, typed.Code = "", m.staff[1].Code
		if v := m.verdict(t, p, typed); v != registry.VerdictExitOK {
			t.Errorf("out by the typed code: %s", v)
		}
		if v := m.verdict(t, p, p.Scan(m.staff[0])); v != registry.VerdictRevoked {
			t.Errorf("in again: %s", v)
		}
		stats, err := m.App.Admission.GateStats(t.Context(), p.Device)
		if err != nil || stats.Inside != 0 {
			t.Errorf("%d inside, %v", stats.Inside, err)
		}
	})
}
