package admission_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestTwoGatesAtOnceTellOfACopy: a pass that was read at another gate a minute before is
// an alarm, unless it is practice, was typed in from paper or takes a scan back.
func TestTwoGatesAtOnceTellOfACopy(t *testing.T) {
	testkit.WithinADay(t)
	training := func(s *gate.SentScan) { s.Training = true }
	for claim, c := range map[string]struct {
		second func(*testing.T, *market, *testkit.Phone, gate.SentScan)
		want   int
	}{
		"read twice": {func(t *testing.T, m *market, b *testkit.Phone, _ gate.SentScan) { m.send(t, b, b.Scan(m.staff[0])) }, 1},
		"practised": {func(t *testing.T, m *market, b *testkit.Phone, _ gate.SentScan) {
			m.send(t, b, b.Scan(m.staff[0], training))
		}, 0},
		"taken back": {func(t *testing.T, m *market, b *testkit.Phone, first gate.SentScan) {
			m.send(t, b, b.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", first.ID, "nhầm thẻ" }))
		}, 0},
		"typed in": {func(t *testing.T, m *market, _ *testkit.Phone, _ gate.SentScan) {
			now := time.UnixMilli(m.App.NowMS()).In(time.FixedZone("+07", 7*3600))
			_, err := m.App.Admission.EnterTicked(t.Context(), chief, m.event.ID, admission.TickedInput{Day: m.event.OpensOn, Gate: 2,
				Rows: []admission.TickedRow{{Code: m.staff[0].Code, In: now.Format("15:04")}}})
			testkit.Works(t, err)
		}, 0},
		"out by the other gate": {func(t *testing.T, m *market, b *testkit.Phone, _ gate.SentScan) {
			m.send(t, b, b.Scan(m.staff[0], testkit.Going))
		}, 0},
	} {
		t.Run(claim, func(t *testing.T) {
			testkit.WithinADay(t)
			m := newMarket(t, testkit.Engine())
			a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Supervisor, 2)
			first := a.Scan(m.staff[0])
			m.send(t, a, first)
			m.Clock.Add(time.Minute)
			c.second(t, m, b, first)
			if n, err := m.App.Passes.RaiseAlarms(t.Context()); err != nil || n != c.want {
				t.Errorf("%d alarms, %v", n, err)
			}
		})
	}
	t.Run("vouchers at two booths", func(t *testing.T) {
		m := newMarket(t, testkit.Engine())
		voucher := m.Pack(m.event, 1)[0]
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(voucher, testkit.At("A05")))
		m.Clock.Add(time.Minute)
		m.send(t, p, p.Scan(voucher))
		if n, err := m.App.Passes.RaiseAlarms(t.Context()); err != nil || n != 0 {
			t.Errorf("%d alarms, %v", n, err)
		}
	})
}

func TestScansAreCountedByVerdictOnceTheyAreStored(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	first := p.Scan(m.staff[0])
	m.send(t, p, first, p.Scan(m.staff[1], func(s *gate.SentScan) { s.QR = "một tờ giấy" }))
	m.send(t, p, first)
	m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.VoidOf = "", first.ID }))
	n := m.App.Admission.ScansStored()
	if n[registry.VerdictOK] != 1 || n[registry.VerdictMalformed] != 1 || len(n) != 2 {
		t.Errorf("%v", n)
	}
}

// TestASupervisorTakesBackWhatAnotherPhoneDid: the line names that scan and its pass.
func TestASupervisorTakesBackWhatAnotherPhoneDid(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Supervisor, 2)
		entry := a.Scan(m.staff[0])
		m.send(t, a, entry)
		m.Clock.Add(time.Minute)
		void := b.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", entry.ID, "nhầm thẻ" })
		m.send(t, b, void)
		line := m.onlyLine(t, registry.DiffVoid)
		if line.Scan.ID != void.ID || line.Before == nil || line.Before.ID != entry.ID || line.Pass.Booth != "A05" || line.Device() != b.Device.ID {
			t.Errorf("%+v before %+v", line, line.Before)
		}
		if n := m.stats(t, a).Inside; n != 0 {
			t.Errorf("%d inside", n)
		}
	})
}

// TestWhatAPhoneIsToldWhenItPairs: how long it lives, and its name where it brings none.
func TestWhatAPhoneIsToldWhenItPairs(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	m.Pack(m.event, 1)
	seller, err := m.App.Vouchers.InviteSeller(t.Context(), chief, vouchers.SellerRef{Event: m.event.ID, Vendor: m.passes[0].Vendor}, "")
	testkit.Works(t, err)
	for claim, c := range map[string]struct {
		token, name string
		gates       int
	}{"a gate's by its gate": {m.invite(t, 2).Token, "Cổng B · A", 1}, "a seller's by its vendor": {seller.Token, m.passes[0].VendorName + " · A", 0}} {
		t.Run(claim, func(t *testing.T) {
			answer, err := m.App.Admission.Pair(t.Context(), "net", gate.PairRequest{Token: c.token})
			if err != nil || answer.Name != c.name || len(answer.Gates) != c.gates || answer.ServerTime != m.App.NowMS() {
				t.Errorf("%+v, %v", answer, err)
			}
			d, err := m.App.Admission.GateDevice(t.Context(), answer.Token)
			if err != nil || d.ExpiresAt != answer.ExpiresAt || answer.ExpiresAt <= m.event.EndsAt {
				t.Errorf("it is told to live until %d, and does until %d, %v", answer.ExpiresAt, d.ExpiresAt, err)
			}
		})
	}
	t.Run("a token of another length is no phone's", func(t *testing.T) {
		for _, token := range []string{strings.Repeat("0", 63), strings.Repeat("0", 65)} {
			_, err := m.App.Admission.GateDevice(t.Context(), token)
			testkit.Refused(t, "it", err, registry.Unauthenticated, "error.device_unknown")
		}
	})
	t.Run("a symbol of a text", func(t *testing.T) {
		if svg, err := admission.SymbolOf("http://may-chu/", "Địa chỉ"); err != nil || !strings.Contains(svg, "Địa chỉ") {
			t.Errorf("%.80s, %v", svg, err)
		}
	})
}

func TestPapersHaveAPageForEachGate(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	m.Gates(m.event.ID, 1)
	bare := m.Kit.Event(testkit.InState(registry.Running))
	for claim, c := range map[string]struct {
		event registry.EventID
		gate  int
		pages int
	}{"all gates": {m.event.ID, 0, 3}, "one of them": {m.event.ID, 2, 1}, "an event without gates": {bare.ID, 0, 1}} {
		t.Run(claim, func(t *testing.T) {
			f, err := m.App.Admission.TallyPaper(t.Context(), chief, c.event, admission.GateQuery{Lang: "vi", Gate: c.gate})
			if n := bytes.Count(f.Data, []byte("/Type /Page\n")); err != nil || n != c.pages {
				t.Errorf("%d pages, %v", n, err)
			}
		})
	}
	t.Run("nor has the sheet of an event without gates one", func(t *testing.T) {
		s, err := m.App.Admission.TallySheet(t.Context(), chief, bare.ID, admission.GateQuery{})
		if err != nil || s.Gate != 0 || len(s.Hours) == 0 {
			t.Errorf("gate %d, %v", s.Gate, err)
		}
	})
}

// TestWhoIsOnTheListOfADay: passes of other days, revoked ones, and what belongs to a
// booth that the vendor has no more.
func TestWhoIsOnTheListOfADay(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	later := m.Issued(m.event, registry.OfficialPass, 1)[0]
	lorry := testkit.PassesOfKind(m.passes, registry.VehiclePass)[0]
	has := func(day string, row registry.PassRow) bool {
		return slices.ContainsFunc(m.list(t, day, 1).Passes, func(r registry.PassRow) bool { return r.Code == row.Code })
	}
	m.policy(t, func(in *admission.PolicyInput) {
		for _, day := range []string{"2026-11-20", "2026-11-21", "2026-11-26", "2026-11-27"} {
			in.LoadDays, in.LoadFrom, in.LoadUntil = append(in.LoadDays, day), append(in.LoadFrom, "05:00"), append(in.LoadUntil, "07:00")
		}
	})
	for day, want := range map[string][2]bool{"2026-11-20": {false, false}, "2026-11-21": {true, false}, "2026-11-22": {true, true}, "2026-11-25": {true, true},
		"2026-11-26": {true, false}, "2026-11-27": {false, false}} {
		t.Run(day, func(t *testing.T) {
			if got := [2]bool{has(day, lorry), has(day, later)}; got != want {
				t.Errorf("a lorry and an official: %v, want %v", got, want)
			}
		})
	}
	t.Run("what stands without a booth comes last", func(t *testing.T) {
		l := m.list(t, "2026-11-22", 1).Passes
		if l[len(l)-1].Code != later.Code || l[len(l)-2].Code != lorry.Code || l[len(l)-2].BoothCode != "A05" {
			t.Errorf("%+v", l[len(l)-2:])
		}
	})
}

func TestThePageBehindAPoster(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	with := func(e *registry.Event) {
		e.Items = []registry.ProgrammeItem{{Day: e.Days[0].Day, Title: "Khai mạc"}, {Day: e.Days[1].Day, Title: "Hát then"}}
	}
	for claim, c := range map[string]struct {
		state registry.EventState
		items int
		today bool
	}{"today's programme": {registry.Running, 1, true}, "all of it where it is not today": {registry.Open, 2, false}} {
		t.Run(claim, func(t *testing.T) {
			e := m.Kit.Event(testkit.InState(c.state), with)
			v, err := m.App.Admission.Arrival(t.Context(), m.Gates(e.ID, 1)[0].Code)
			if err != nil || len(v.Items) != c.items || (v.Day != "") != c.today || v.Items[0].Title != "Khai mạc" {
				t.Errorf("%+v on %q, %v", v.Items, v.Day, err)
			}
		})
	}
	t.Run("nothing happens today at an event that is called off", func(t *testing.T) {
		e := m.Kit.Event(testkit.InState(registry.Cancelled), testkit.OnDays(m.App.Today(), 2))
		v, err := m.App.Admission.Arrival(t.Context(), m.Gates(e.ID, 1)[0].Code)
		if err != nil || v.Day != "" {
			t.Errorf("on %q, %v", v.Day, err)
		}
		if _, err := m.App.Admission.Arrive(t.Context(), v, admission.NewPhone(), "market"); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%v", err)
		}
	})
	t.Run("the poster's own code alone leads there", func(t *testing.T) {
		if _, err := m.App.Admission.Arrival(t.Context(), pass.NewGateCode()); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%v", err)
		}
	})
}
