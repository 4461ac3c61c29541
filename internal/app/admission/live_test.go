package admission_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func (m *market) live(t *testing.T) admission.GateLive {
	t.Helper()
	l, err := m.App.Admission.GateLive(t.Context(), chief, m.event.ID)
	testkit.Works(t, err)
	return l
}

func (m *market) evacuation(t *testing.T) admission.Evacuation {
	t.Helper()
	e, err := m.App.Admission.Evacuation(t.Context(), chief, m.event.ID)
	testkit.Works(t, err)
	return e
}

// TestTheLivePageShowsWhatGoesOn: two staff, a guest and a lorry come in by two gates.
func TestTheLivePageShowsWhatGoesOn(t *testing.T) {
	testkit.WithinADay(t)
	m := newMarket(t, testkit.Engine())
	m.policy(t, func(in *admission.PolicyInput) { in.Capacity = 3 })
	lorry := testkit.PassesOfKind(m.passes, registry.VehiclePass)[0]
	guest := m.Issued(m.event, registry.VisitorPass, 1)[0]
	a, b := m.Phone(m.event.ID, registry.Supervisor, 1), m.Phone(m.event.ID, registry.Steward, 2)
	m.send(t, a, a.Scan(m.staff[0]))
	m.Clock.Add(time.Second)
	m.send(t, b, b.Scan(guest), b.Scan(m.staff[1]))
	m.Clock.Add(time.Second)
	m.send(t, a, a.Scan(lorry, func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }))
	m.Clock.Add(time.Second)
	m.send(t, a, a.Scan(m.staff[2], func(s *gate.SentScan) { s.QR = "một tờ giấy" }))
	m.press(t, b, b.Presses(2))
	live := m.live(t)
	t.Run("people inside and how full it is", func(t *testing.T) {
		if live.Inside != 3 || live.Capacity != 3 || live.Fill != registry.FillFull || !live.Manage || len(live.Gates) != 2 {
			t.Errorf("%d of %d, %q, %d gates", live.Inside, live.Capacity, live.Fill, len(live.Gates))
		}
	})
	t.Run("the figures of the day by hour and gate", func(t *testing.T) {
		want := []gate.GateStats{{Number: 1, In: 2}, {Number: 2, In: 2, Visits: 3}}
		if !slices.Equal(live.ByGate, want) || live.Visits.Total != 3 || len(live.Hours) != 1 || live.Hours[0].In != 4 || live.Hours[0].Visits != 3 {
			t.Errorf("%+v, %+v, %+v", live.ByGate, live.Visits, live.Hours)
		}
	})
	t.Run("the newest scans with what they are of, the last first", func(t *testing.T) {
		var of []string
		for _, s := range live.Newest {
			of = append(of, string(s.Of.Kind)+" "+s.Of.Label)
		}
		if len(of) != 5 || of[0] != " " || of[1] != "vehicle "+lorry.Label || !strings.HasPrefix(of[4], "staff") || live.Newest[4].Of.Vendor == "" || live.Newest[4].Device != "Máy của Lan" {
			t.Errorf("%q", of)
		}
	})
	t.Run("lines that wait", func(t *testing.T) {
		if live.Waiting != 2 || live.Grave != 0 {
			t.Errorf("%d, %d of them grave", live.Waiting, live.Grave)
		}
	})
	t.Run("of the newest scans a dozen", func(t *testing.T) {
		for range 12 {
			m.Clock.Add(time.Second)
			m.send(t, b, b.Scan(m.staff[3], func(s *gate.SentScan) { s.QR = "một tờ giấy" }))
		}
		if l := m.live(t); len(l.Newest) != 12 || l.Newest[0].CorrectedAt != m.App.NowMS() || l.Newest[11].Device == "" {
			t.Errorf("%d scans", len(l.Newest))
		}
	})
	t.Run("a phone that never sent and was not heard for a day shows nothing", func(t *testing.T) {
		m.Clock.Add(24 * time.Hour)
		if l := m.live(t); len(l.Newest) != 12 {
			t.Errorf("%d scans", len(l.Newest))
		}
	})
}

func TestWhoMustLeave(t *testing.T) {
	testkit.WithinADay(t)
	m := newMarket(t, testkit.Engine())
	second := m.Stall(m.event, 2)
	officials := m.Issued(m.event, registry.OfficialPass, 2)
	guest := m.Issued(m.event, registry.VisitorPass, 1)[0]
	lorries := testkit.PassesOfKind(slices.Concat(m.passes, second), registry.VehiclePass)
	p := m.Phone(m.event.ID, registry.Supervisor, 1)
	forced := func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }
	in := []registry.PassRow{m.staff[0], m.staff[1], officials[0], officials[1], guest, lorries[0], lorries[1]}
	for _, row := range in {
		m.Clock.Add(time.Second)
		m.send(t, p, p.Scan(row, forced))
	}
	e := m.evacuation(t)
	t.Run("a lorry is no person", func(t *testing.T) {
		if e.People != 5 || e.At != m.App.NowMS() || len(e.Gates) != 2 {
			t.Errorf("%d people", e.People)
		}
	})
	t.Run("by booth the staff and the lorries of its vendor", func(t *testing.T) {
		if len(e.Booths) != 2 {
			t.Fatalf("%+v", e.Booths)
		}
		byCode := map[string]admission.BoothInside{}
		for _, b := range e.Booths {
			byCode[b.Booth] = b
		}
		with, without := byCode["A05"], byCode[""]
		if with.Staff != 2 || !slices.Equal(with.Vehicles, []string{lorries[0].Label}) || without.Staff != 0 || !slices.Equal(without.Vehicles, []string{lorries[1].Label}) {
			t.Errorf("%+v", e.Booths)
		}
	})
	t.Run("who has no booth by kind", func(t *testing.T) {
		want := []admission.OthersInside{{Kind: registry.OfficialPass, N: 2}, {Kind: registry.VisitorPass, N: 1}}
		if !slices.Equal(e.Others, want) {
			t.Errorf("%+v", e.Others)
		}
	})
	t.Run("with the figures of the day", func(t *testing.T) {
		if e.Visits.Total != 1 || len(e.ByGate) != 1 || e.ByGate[0].In != 7 {
			t.Errorf("%+v, %+v", e.Visits, e.ByGate)
		}
	})
}

func TestPostersOfTheGates(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	poster := func(size string) []byte {
		t.Helper()
		f, err := m.App.Admission.GatePosters(t.Context(), chief, m.event.ID, size, "vi")
		testkit.Works(t, err)
		if f.ContentType != "application/pdf" || !strings.Contains(f.Name, m.event.Slug) {
			t.Errorf("%s is %s", f.Name, f.ContentType)
		}
		return f.Data
	}
	width := func(pdf []byte) string {
		_, box, _ := bytes.Cut(pdf, []byte("/MediaBox [0 0 "))
		return strings.Fields(string(box))[0]
	}
	for size, want := range map[string]string{"a4": "595", "a3": "841", "": "595"} {
		t.Run("one page a gate on "+size, func(t *testing.T) {
			pdf := poster(size)
			if got := width(pdf); !strings.HasPrefix(got, want) || bytes.Count(pdf, []byte("/Type /Page\n")) != 2 {
				t.Errorf("%s points wide, %d pages", got, bytes.Count(pdf, []byte("/Type /Page\n")))
			}
		})
	}
	t.Run("none for an event without gates", func(t *testing.T) {
		bare := m.Kit.Event(testkit.InState(registry.Running))
		_, err := m.App.Admission.GatePosters(t.Context(), chief, bare.ID, "a4", "vi")
		testkit.Refused(t, "posters", err, registry.Conflict, "error.gate.none")
	})
}

func TestRulesAtTheGates(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	t.Run("windows for loading are kept by time", func(t *testing.T) {
		m.policy(t, func(in *admission.PolicyInput) {
			in.LoadDays = []string{m.event.Days[1].Day, m.event.OpensOn, m.event.Days[1].Day}
			in.LoadFrom, in.LoadUntil = []string{"17:00", "05:00", "05:00"}, []string{"21:00", "07:00", "07:00"}
		})
		office, err := m.App.Admission.GateOffice(t.Context(), chief, m.event.ID)
		testkit.Works(t, err)
		windows := office.Settings.Policy.LoadWindows
		if len(windows) != 3 || !slices.IsSortedFunc(windows, func(x, y registry.TimeWindow) int { return int(x.FromAt - y.FromAt) }) {
			t.Errorf("%+v", windows)
		}
	})
	for name, in := range map[string]admission.PolicyInput{"a day": {LoadDays: []string{"x"}}, "a beginning": {LoadFrom: []string{"05:00"}}, "an end": {LoadUntil: []string{"05:00"}},
		"no end": {LoadDays: []string{m.event.OpensOn}, LoadFrom: []string{"05:00"}}} {
		t.Run("no window is "+name+" alone", func(t *testing.T) {
			err := m.App.Admission.SaveGatePolicy(t.Context(), chief, m.event.ID, in)
			if got := testkit.FaultsAt(err)["load_windows"]; got != "error.gate.load_line" {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("the log tells of a capacity that was set, and whether there is a PIN", func(t *testing.T) {
		m.policy(t, func(in *admission.PolicyInput) { in.Capacity = 0 })
		m.policy(t, func(in *admission.PolicyInput) { in.Capacity = 1 })
		testkit.Works(t, m.App.Admission.SetSupervisorPin(t.Context(), chief, m.event.ID, "280593"))
		testkit.Works(t, m.App.Admission.SetSupervisorPin(t.Context(), chief, m.event.ID, ""))
		rules, pins := m.Audited("gate.policy"), m.Audited("gate.pin")
		if strings.Contains(rules[1].Detail, "capacity") || !strings.Contains(rules[0].Detail, "capacity") {
			t.Errorf("%s, then %s", rules[1].Detail, rules[0].Detail)
		}
		if !strings.Contains(pins[1].Detail, `"yes"]`) || !strings.Contains(pins[0].Detail, `"no"]`) {
			t.Errorf("%s, then %s", pins[1].Detail, pins[0].Detail)
		}
	})
	t.Run("a PIN that everybody tries is none", func(t *testing.T) {
		for _, pin := range []string{"000000", "123456", "12345/", "12345:"} {
			if err := m.App.Admission.SetSupervisorPin(t.Context(), chief, m.event.ID, pin); registry.KindOf(err) != registry.Invalid {
				t.Errorf("%s: %v", pin, err)
			}
		}
		testkit.Works(t, m.App.Admission.SetSupervisorPin(t.Context(), chief, m.event.ID, "909090"))
	})
	t.Run("a gate for every kind is one without a choice", func(t *testing.T) {
		some := registry.PassKinds[:len(registry.PassKinds)-1]
		for n, kinds := range map[int][]registry.PassKind{0: registry.PassKinds, len(some): some} {
			testkit.Works(t, m.App.Admission.EditGate(t.Context(), chief, m.event.ID, 1, admission.GateInput{Name: "Cổng A", Kinds: kinds}))
			if got := m.gates(t)[0].Kinds; len(got) != n {
				t.Errorf("%d kinds kept as %v", len(kinds), got)
			}
		}
	})
	t.Run("no other gate than one of the event is changed", func(t *testing.T) {
		if err := m.App.Admission.EditGate(t.Context(), chief, m.event.ID, 3, admission.GateInput{Name: "Cổng C"}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%v", err)
		}
		if err := m.App.Admission.EditGate(t.Context(), chief, m.event.ID, 1, admission.GateInput{}); registry.KindOf(err) != registry.Invalid {
			t.Errorf("without a name: %v", err)
		}
	})
}

func TestAPhoneSeesEachPassByWhatTellsIt(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	list, _ := m.snapshot(t, p, "", "")
	lorry := testkit.PassesOfKind(m.passes, registry.VehiclePass)[0]
	if staff := list.Passes[m.staff[0].Code]; staff.Booth != "A05" || staff.Label != "" {
		t.Errorf("the booth is said twice: %+v", staff)
	}
	if got := list.Passes[lorry.Code]; got.Label != lorry.Label || got.Pack != 0 {
		t.Errorf("a lorry without its plate: %+v", got)
	}
}
