package admission_test

import (
	"fmt"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

func (m *market) visits(t *testing.T) map[registry.CountMethod]int {
	t.Helper()
	v, err := m.App.Admission.Visits(t.Context(), m.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	n := map[registry.CountMethod]int{}
	for _, by := range v.Today.By {
		n[by.Method] = by.N
	}
	return n
}

func (m *market) press(t *testing.T, p *testkit.Phone, b gate.CountBatch) gate.CountAnswer {
	t.Helper()
	a, err := m.App.Admission.Count(t.Context(), p.Device, b)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A phone tells from where on it still has its presses: what lies below was dropped
// once an older backup had it, or was of an earlier pairing, and is not waited for.
func TestClickerPressesBelowTheKeptOnesAreNotAwaited(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 2)
		p.CountSeq = 6
		b := p.Presses(2)
		for _, told := range []struct{ from, acked int64 }{{0, 0}, {7, 8}, {0, 8}} {
			b.DeviceSeqFrom = told.from
			if a := m.press(t, p, b); a.AckedSeq != told.acked {
				t.Errorf("from %d on: everything up to %d, want %d", told.from, a.AckedSeq, told.acked)
			}
		}
	})
}

func TestClickerCountsEachPressOnce(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 2)
		b := p.Presses(3)
		b.Counts[1].N, b.Counts[1].Who = 12, registry.Group
		for range 3 {
			if a := m.press(t, p, b); a.AckedSeq != 3 || len(a.Results) != 3 || a.Results[0] != b.Counts[0].ID {
				t.Errorf("answer %+v", a)
			}
		}
		if n := m.visits(t); n[registry.CountClicker] != 14 {
			t.Errorf("visits %v, want 14", n)
		}
		void := p.Presses(1)
		void.Counts[0].N, void.Counts[0].VoidOf = 0, b.Counts[1].ID
		twice := p.Presses(1)
		twice.Counts[0].N, twice.Counts[0].VoidOf = 0, b.Counts[1].ID
		m.press(t, p, void)
		m.press(t, p, twice)
		if n := m.visits(t); n[registry.CountClicker] != 2 {
			t.Errorf("after taking the group back twice: %v, want 2", n)
		}
		other := m.Phone(m.event.ID, registry.Steward, 2)
		theirs := other.Presses(1)
		theirs.Counts[0].N, theirs.Counts[0].VoidOf = 0, b.Counts[0].ID
		m.press(t, other, theirs)
		if n := m.visits(t); n[registry.CountClicker] != 2 {
			t.Errorf("another phone took a press back: %v", n)
		}
	})
}

// TestPressTakenBackBeforeItCame: uploads may come in any order.
func TestPressTakenBackBeforeItCame(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	press, void := p.Presses(1), p.Presses(1)
	void.Counts[0].N, void.Counts[0].VoidOf = 0, press.Counts[0].ID
	if a := m.press(t, p, void); a.AckedSeq != 0 {
		t.Errorf("acknowledged up to %d with a gap", a.AckedSeq)
	}
	if a := m.press(t, p, press); a.AckedSeq != 2 {
		t.Errorf("acknowledged up to %d", a.AckedSeq)
	}
	if n := m.visits(t); n[registry.CountClicker] != 0 {
		t.Errorf("visits %v", n)
	}
}

func TestOnePhoneOneVisitADay(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		gates := m.gates(t)
		phone := admission.NewPhone()
		arrive := func(code, phone string) bool {
			t.Helper()
			first, err := m.arrive(t, code, phone)
			if err != nil {
				t.Fatal(err)
			}
			return first
		}
		if !arrive(gates[0].Code, phone) || arrive(gates[0].Code, phone) || arrive(gates[1].Code, phone) {
			t.Error("a phone is counted once, whatever gate it scans")
		}
		v, err := m.App.Admission.Arrival(t.Context(), gates[1].Code)
		if err != nil || v.Gate.Number != 2 || v.Day != "2026-11-22" {
			t.Errorf("arrival %+v, %v", v, err)
		}
		for p, want := range map[string]bool{phone: true, admission.NewPhone(): false, "": false} {
			if got, err := m.App.Admission.HasArrived(t.Context(), v, p); err != nil || got != want {
				t.Errorf("phone %q has arrived: %v, %v", p, got, err)
			}
		}
		m.Clock.Add(24 * time.Hour)
		if !arrive(gates[0].Code, phone) {
			t.Error("the next day is another visit")
		}
		if n := m.visits(t); n[registry.CountTap] != 1 {
			t.Errorf("visits today %v", n)
		}
	})
}

// arrive is a tap on the page behind a poster's code.
func (m *market) arrive(t *testing.T, code, phone string) (bool, error) {
	t.Helper()
	v, err := m.App.Admission.Arrival(t.Context(), code)
	if err != nil {
		return false, err
	}
	return m.App.Admission.Arrive(t.Context(), v, phone, "market")
}

func (m *market) gates(t *testing.T) []registry.Gate {
	t.Helper()
	office, err := m.App.Admission.GateOffice(t.Context(), registry.SystemActor("t"), m.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	return office.Gates
}

// TestHeavyVisitorsBehindOneAddress: five hundred visitors come through one address,
// and whoever taps by a script is stopped.
func TestHeavyVisitorsBehindOneAddress(t *testing.T) {
	need.Long(t)
	m := newMarket(t, testkit.Engine())
	code := m.gates(t)[0].Code
	for i := range 500 {
		if first, err := m.arrive(t, code, admission.NewPhone()); err != nil || !first {
			t.Fatalf("visitor %d: %v, %v", i+1, first, err)
		}
	}
	limited := false
	for range 1000 {
		_, err := m.arrive(t, code, admission.NewPhone())
		limited = limited || registry.KindOf(err) == registry.Limited
	}
	if n := m.visits(t); !limited || n[registry.CountTap] != 1000 {
		t.Errorf("limited %v after %v", limited, n)
	}
}

func TestArriveRefuses(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	code := m.gates(t)[0].Code
	later := m.Kit.Event()
	draft := m.Kit.Event(testkit.InState(registry.Draft))
	for name, c := range map[string]struct {
		code, phone string
		want        registry.Kind
	}{
		"no phone":    {code, "", registry.Malformed},
		"not random":  {code, "me", registry.Malformed},
		"no gate":     {"12345678", admission.NewPhone(), registry.NotFound},
		"mistyped":    {code[:7] + string('0'+(code[7]-'0'+1)%10), admission.NewPhone(), registry.NotFound},
		"not today":   {m.Gates(later.ID, 1)[0].Code, admission.NewPhone(), registry.Conflict},
		"not public":  {m.Gates(draft.ID, 1)[0].Code, admission.NewPhone(), registry.NotFound},
		"with spaces": {code[:4] + " " + code[4:], admission.NewPhone(), 0},
	} {
		if _, err := m.arrive(t, c.code, c.phone); registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestVisitorsAreForgotten: after the event nothing leads from a visit to a phone,
// and the number stays.
func TestVisitorsAreForgotten(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		code := m.gates(t)[0].Code
		if _, err := m.arrive(t, code, admission.NewPhone()); err != nil {
			t.Fatal(err)
		}
		secret := func() (s []byte) {
			m.Read(func(tx *store.Tx) (err error) {
				s, err = tx.StoredSecret(t.Context(), m.event.ID)
				return err
			})
			return s
		}
		if len(secret()) != 32 {
			t.Fatalf("the key has %d bytes", len(secret()))
		}
		m.Clock.Set(time.UnixMilli(m.event.EndsAt).Add(12 * time.Hour))
		if n, err := m.App.Admission.ForgetVisitors(t.Context()); n != 0 || err != nil {
			t.Errorf("too early: %d, %v", n, err)
		}
		m.Clock.Add(time.Millisecond)
		if n, err := m.App.Admission.ForgetVisitors(t.Context()); n != 1 || err != nil || secret() != nil {
			t.Errorf("forgot %d, %v", n, err)
		}
		v, err := m.App.Admission.Visits(t.Context(), m.event.ID)
		if err != nil || v.Total.Total != 1 {
			t.Errorf("visits %+v, %v", v, err)
		}
	})
}

func TestTalliesAreTypedInAndTakenBack(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		chief, _ := m.Officer(registry.GateChief, "19")
		in := admission.TallyInput{Day: "22/11/2026", Hour: 8, Gate: 1, Method: registry.CountPaper, N: 120, Note: "mất điện"}
		if err := m.App.Admission.AddTally(t.Context(), chief, m.event.ID, in); err != nil {
			t.Fatal(err)
		}
		f, err := m.App.Admission.GateFigures(t.Context(), chief, m.event.ID, "")
		if err != nil || f.Day != "2026-11-22" || f.Visits.Total != 120 || len(f.Tallies) != 1 || f.Hours[0].Gate != 1 || !f.Enter {
			t.Fatalf("figures %+v, %v", f, err)
		}
		for name, change := range map[string]func(*admission.TallyInput){
			"no day": func(in *admission.TallyInput) { in.Day = "31/02/2026" }, "another day": func(in *admission.TallyInput) { in.Day = "1/11/2026" },
			"hour 24": func(in *admission.TallyInput) { in.Hour = 24 }, "to come": func(in *admission.TallyInput) { in.Hour = 10 },
			"nobody": func(in *admission.TallyInput) { in.N = 0 }, "negative": func(in *admission.TallyInput) { in.N = -5 },
			"too many": func(in *admission.TallyInput) { in.N = 100_001 }, "gate 3": func(in *admission.TallyInput) { in.Gate = 3 },
			"by scan": func(in *admission.TallyInput) { in.Method = registry.CountScan },
		} {
			bad := in
			change(&bad)
			if err := m.App.Admission.AddTally(t.Context(), chief, m.event.ID, bad); registry.KindOf(err) != registry.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		for i, want := range []registry.Kind{0, registry.NotFound} {
			if err := m.App.Admission.DropTally(t.Context(), chief, m.event.ID, f.Tallies[0].ID); registry.KindOf(err) != want {
				t.Errorf("drop %d: %v", i+1, err)
			}
		}
		if n := m.visits(t); len(n) != 0 {
			t.Errorf("visits %v", n)
		}
		reporter, _ := m.Officer(registry.Reporter, "19")
		if f, err := m.App.Admission.GateFigures(t.Context(), reporter, m.event.ID, ""); err != nil || f.Enter {
			t.Errorf("reporter: %v, may enter %v", err, f.Enter)
		}
		if err := m.App.Admission.AddTally(t.Context(), reporter, m.event.ID, in); registry.KindOf(err) != registry.Forbidden {
			t.Errorf("a reporter typed in: %v", err)
		}
	})
}

// TestFiguresEqualTheirRows counts a mixed day anew from the rows.
func TestFiguresEqualTheirRows(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	visitors := m.Issued(m.event, registry.VisitorPass, 5)
	for i, v := range visitors {
		m.Clock.Add(20 * time.Minute)
		m.send(t, p, p.Scan(v), p.Scan(m.staff[i%4]))
		m.press(t, p, p.Presses(i+1))
		if _, err := m.arrive(t, m.gates(t)[i%2].Code, admission.NewPhone()); err != nil {
			t.Fatal(err)
		}
	}
	n := m.visits(t)
	want := map[registry.CountMethod]int{registry.CountScan: 5, registry.CountClicker: 15, registry.CountTap: 5}
	if fmt.Sprint(n) != fmt.Sprint(want) {
		t.Errorf("visits %v, want %v", n, want)
	}
	f, err := m.App.Admission.GateFigures(t.Context(), registry.SystemActor("t"), m.event.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	byHour := map[int64]int{}
	for _, h := range f.Hours {
		if h.Figure == registry.FigureOf(registry.CountScan) {
			byHour[h.HourAt] += h.N
		}
	}
	if len(byHour) != 2 {
		t.Errorf("scans by hour %v, want two hours", byHour)
	}
}
