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
)

// TestNewestScansOfAPhoneWithAGap: nothing is acknowledged of it yet, so it shows for a
// day after it was heard.
func TestNewestScansOfAPhoneWithAGap(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	p.Seq = 4
	batch := p.Batch(p.Scan(m.staff[0]))
	batch.DeviceSeqFrom = 1
	m.hand(t, p, batch)
	for _, c := range []struct {
		after time.Duration
		shown int
	}{{24*time.Hour - time.Millisecond, 1}, {time.Millisecond, 0}} {
		m.Clock.Add(c.after)
		if n := len(m.live(t).Newest); n != c.shown {
			t.Errorf("%d scans, want %d", n, c.shown)
		}
	}
}

func TestTypedCodesForSupervisorsAlone(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	m.policy(t, func(in *admission.PolicyInput) { in.TypedSupervised = true })
	steward, boss := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Supervisor, 1)
	typed := func(row registry.PassRow) func(*gate.SentScan) {
		return func(s *gate.SentScan) { s.QR, s.Code = "", row.Code }
	}
	for claim, c := range map[string]struct {
		phone *testkit.Phone
		scan  gate.SentScan
		want  registry.VerdictCode
	}{
		"not a steward's":              {steward, steward.Scan(m.staff[0], typed(m.staff[0])), registry.VerdictNeedsSupervisor},
		"a supervisor's":               {boss, boss.Scan(m.staff[1], typed(m.staff[1])), registry.VerdictOK},
		"a steward's with the PIN":     {steward, steward.Scan(m.staff[2], typed(m.staff[2]), func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }), registry.VerdictOK},
		"a symbol that a steward read": {steward, steward.Scan(m.staff[3]), registry.VerdictOK},
	} {
		t.Run(claim, func(t *testing.T) {
			if v := m.verdict(t, c.phone, c.scan); v != c.want {
				t.Errorf("%s, want %s", v, c.want)
			}
		})
	}
}

// TestWhatNoPhoneSendsIsNamed: the line and its field.
func TestWhatNoPhoneSendsIsNamed(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	presses := p.Presses(2)
	presses.Counts[1].Gate = 3
	_, counted := m.App.Admission.Count(t.Context(), p.Device, presses)
	_, scanned := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(p.Scan(m.staff[0]), p.Scan(m.staff[1], func(s *gate.SentScan) { s.Gate = 3 })))
	for what, err := range map[string]error{"a press": counted, "a scan": scanned} {
		if registry.KindOf(err) != registry.Malformed || !strings.Contains(err.Error(), "[2 gate]") {
			t.Errorf("%s at gate 3: %v", what, err)
		}
	}
	if s := m.stats(t, p); s.Inside != 0 || len(s.Hours) != 0 {
		t.Errorf("something was stored: %+v", s)
	}
}

// TestTakenBackAndInAgainInOneBatch: the next scan is judged by what is left.
func TestTakenBackAndInAgainInOneBatch(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		entry := p.Scan(m.staff[0])
		m.send(t, p, entry)
		m.Clock.Add(time.Minute)
		void := p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.VoidOf = "", entry.ID })
		if got := m.send(t, p, void, p.Scan(m.staff[0])); got[1].Verdict != registry.VerdictOK {
			t.Errorf("%s", got[1].Verdict)
		}
	})
}

// TestAServerHearsOfNewKeys: one that has read proofs before reads those of a key that was
// made at another one.
func TestAServerHearsOfNewKeys(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p, other := m.Phone(m.event.ID, registry.Steward, 1), m.Another()
	here := m.App
	m.App = other
	m.send(t, p, p.Scan(m.staff[0]))
	m.App = here
	testkit.Works(t, m.App.Passes.RotateKey(t.Context(), chief))
	fresh := m.Issued(m.event, registry.OfficialPass, 1)[0]
	m.App = other
	if v := m.verdict(t, p, p.Scan(fresh)); v != registry.VerdictOK {
		t.Errorf("a pass of the new key: %s", v)
	}
}

func TestFiguresGoByTheNumbersOfGates(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	m.Gates(m.event.ID, 6)
	for n := 8; n > 0; n-- {
		p := m.Phone(m.event.ID, registry.Steward, n)
		m.press(t, p, p.Presses(1))
	}
	for range 5 {
		got := m.live(t).ByGate
		if len(got) != 8 || !slices.IsSortedFunc(got, func(a, b gate.GateStats) int { return a.Number - b.Number }) {
			t.Errorf("%+v", got)
		}
	}
}

// TestTwoPressesArePutInPlace: a quick upload moves all that the start has told.
func TestTwoPressesArePutInPlace(t *testing.T) {
	testkit.WithinADay(t)
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	m.Clock.Add(59*time.Minute + 57*time.Second)
	slow := p.Presses(3)
	m.Clock.Add(6 * time.Second)
	m.press(t, p, slow)
	m.press(t, p, p.Presses(1))
	if s := m.stats(t, p); len(s.Hours) != 2 || s.Hours[0].Visits != 3 || s.Hours[1].Visits != 1 {
		t.Errorf("%+v", s.Hours)
	}
	void := p.Presses(1)
	void.Counts[0].N, void.Counts[0].VoidOf = 0, slow.Counts[2].ID
	m.press(t, p, void)
	if s := m.stats(t, p); s.Hours[0].Visits != 2 || s.Hours[1].Visits != 1 {
		t.Errorf("one taken back: %+v", s.Hours)
	}
}

// TestWherePackingUpEnds: from then on a time of the sheet is one of its morning.
func TestWherePackingUpEnds(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	m.policy(t, func(in *admission.PolicyInput) { in.SetupMinutes = 240 })
	m.at(23, 12, 0)
	m.ticked(t, admission.TickedRow{Code: m.staff[0].Code, In: "00:59"}, admission.TickedRow{Code: m.staff[1].Code, In: "01:00"})
	for i, want := range []string{"23 00:59", "22 01:00"} {
		at := time.UnixMilli(m.presence(t, m.staff[i]).Last.CorrectedAt).In(time.FixedZone("+07", 7*3600))
		if got := at.Format("2 15:04"); got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
}

// TestAPhoneOfARelayHearsWhatTheServerHas: of scans and of presses, beside another phone
// that the server shut out.
func TestAPhoneOfARelayHearsWhatTheServerHas(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	one, two, three := o.relay.Phone(o.event.ID, registry.Steward, 1), o.relay.Phone(o.event.ID, registry.Steward, 2), o.relay.Phone(o.event.ID, registry.Steward, 2)
	o.scan(t, o.relay, one, one.Scan(o.guests[0]))
	o.press(t, o.relay, one, 2)
	o.press(t, o.relay, two, 3)
	o.sync(t)
	if answer, err := o.relay.App.Admission.Count(t.Context(), two.Device, two.Presses(1)); err != nil || answer.BackedUpSeq != 3 {
		t.Errorf("of presses alone %d, %v", answer.BackedUpSeq, err)
	}
	testkit.Works(t, o.server.App.Admission.RevokeDevice(t.Context(), chief, o.event.ID, three.Device.ID))
	testkit.Works(t, o.server.App.Admission.RevokeDevice(t.Context(), chief, o.event.ID, two.Device.ID))
	o.scan(t, o.relay, one, one.Scan(o.guests[1]))
	o.press(t, o.relay, one, 1)
	o.sync(t)
	answer, err := o.relay.App.Admission.Count(t.Context(), one.Device, one.Presses(1))
	if err != nil || answer.BackedUpSeq != 3 || answer.AckedSeq != 4 {
		t.Errorf("of presses %d of %d, %v", answer.BackedUpSeq, answer.AckedSeq, err)
	}
	scanned, err := o.relay.App.Admission.Scan(t.Context(), one.Device, one.Batch(one.Scan(o.guests[2])))
	if err != nil || scanned.BackedUpSeq != 2 || scanned.AckedSeq != 3 {
		t.Errorf("of scans %d of %d, %v", scanned.BackedUpSeq, scanned.AckedSeq, err)
	}
	for _, p := range []*testkit.Phone{two, three} {
		_, err := o.relay.App.Admission.GateDevice(t.Context(), p.Token)
		testkit.Refused(t, "who was shut out", err, registry.Unauthenticated, "error.device_revoked")
	}
}
