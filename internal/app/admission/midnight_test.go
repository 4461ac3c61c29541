package admission_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// at sets the clock to a time of a day of November 2026.
func (m *market) at(day, hour, minute int) {
	m.Clock.Set(time.Date(2026, 11, day, hour, minute, 0, 0, time.FixedZone("+07", 7*3600)))
}

func TestVisitsBelongToTheDayOfTheirHour(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	code := m.gates(t)[0].Code
	for _, c := range []struct{ day, hour, minute int }{{22, 0, 0}, {22, 23, 59}, {23, 0, 0}} {
		m.at(c.day, c.hour, c.minute)
		if first, err := m.arrive(t, code, admission.NewPhone()); err != nil || !first {
			t.Fatalf("on the %d. at %d: %v, %v", c.day, c.hour, first, err)
		}
	}
	for day, want := range map[int]int{22: 2, 23: 1, 24: 0} {
		t.Run(fmt.Sprintf("%d on day %d", want, day), func(t *testing.T) {
			m.at(day, 12, 0)
			v, err := m.App.Admission.Visits(t.Context(), m.event.ID)
			if err != nil || v.Today.Total != want || v.Total.Total != 3 {
				t.Errorf("public: %d of %d, %v", v.Today.Total, v.Total.Total, err)
			}
			f, err := m.App.Admission.GateFigures(t.Context(), chief, m.event.ID, fmt.Sprintf("2026-11-%d", day))
			if err != nil || f.Visits.Total != want || f.Total.Total != 3 || f.Day != fmt.Sprintf("2026-11-%d", day) {
				t.Errorf("figures of %s: %d of %d, %v", f.Day, f.Visits.Total, f.Total.Total, err)
			}
			if l := m.live(t); l.Visits.Total != want {
				t.Errorf("live: %d", l.Visits.Total)
			}
		})
	}
	for asked, c := range map[string]struct {
		today int
		want  string
	}{"the last day begun": {23, "2026-11-23"}, "the last of all": {29, "2026-11-25"}, "the first before it begins": {20, "2026-11-22"}} {
		t.Run("where no day is named, "+asked, func(t *testing.T) {
			m.at(c.today, 12, 0)
			f, err := m.App.Admission.GateFigures(t.Context(), chief, m.event.ID, "")
			if err != nil || f.Day != c.want {
				t.Errorf("%s, %v", f.Day, err)
			}
		})
	}
}

// TestListsGoOnAfterMidnight: packing up goes on until three in the morning.
func TestListsGoOnAfterMidnight(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	m.policy(t, func(in *admission.PolicyInput) { in.SetupMinutes = 360 })
	m.at(23, 12, 0)
	m.ticked(t, admission.TickedRow{Code: m.staff[0].Code, In: "19:30", Out: "01:59"}, admission.TickedRow{Code: m.staff[1].Code, In: "02:00"},
		admission.TickedRow{Code: m.staff[2].Code, In: "02:59"}, admission.TickedRow{Code: m.staff[3].Code, In: "13:30"})
	l := m.typedList(t, admission.TickedQuery{GateQuery: admission.GateQuery{Day: "2026-11-22", Gate: 1}})
	got := map[string]string{}
	for _, row := range l.Rows {
		for _, s := range row.Scans {
			at := time.UnixMilli(s.CorrectedAt).In(time.FixedZone("+07", 7*3600))
			got[row.Code] = strings.TrimSpace(got[row.Code] + " " + at.Format("2 15:04"))
		}
	}
	for i, want := range []string{"22 19:30 23 01:59", "22 02:00", "22 02:59", "22 13:30"} {
		t.Run(want, func(t *testing.T) {
			if got[m.staff[i].Code] != want {
				t.Errorf("it is %q", got[m.staff[i].Code])
			}
		})
	}
	t.Run("a scan of the night stands on the list of the evening", func(t *testing.T) {
		m.at(24, 1, 0)
		p := m.Phone(m.event.ID, registry.Supervisor, 1)
		m.send(t, p, p.Scan(m.staff[3], func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }))
		l := m.typedList(t, admission.TickedQuery{GateQuery: admission.GateQuery{Day: "2026-11-23", Gate: 1}})
		n := 0
		for _, row := range l.Rows {
			n += len(row.Scans)
		}
		if n != 2 { // and the exit after midnight, by its instant
			t.Errorf("%d scans", n)
		}
	})
}

// TestAnEntryAfterMidnightIsOfTheEvening: when another entry of that gate day is taken
// back, the one of the night is the first.
func TestAnEntryAfterMidnightIsOfTheEvening(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		m.policy(t, func(in *admission.PolicyInput) { in.SetupMinutes = 360 })
		m.at(22, 20, 0)
		p := m.Phone(m.event.ID, registry.Supervisor, 1)
		evening := p.Scan(m.staff[0])
		m.send(t, p, evening)
		m.at(22, 20, 30)
		m.send(t, p, p.Scan(m.staff[0], testkit.Going))
		m.at(23, 0, 30)
		night := p.Scan(m.staff[0])
		m.send(t, p, night)
		if used := m.presence(t, m.staff[0]).Used; len(used) != 1 || used[0].At != evening.At {
			t.Fatalf("control: used %+v", used)
		}
		m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", evening.ID, "nhầm thẻ" }))
		if got := m.presence(t, m.staff[0]); len(got.Used) != 1 || got.Used[0].At != night.At || got.Used[0].Day != "2026-11-22" || got.Inside() == nil {
			t.Errorf("presence %+v", got)
		}
	})
}

// TestTicksAtTheirLimits: as much as a sheet may hold is taken.
func TestTicksAtTheirLimits(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	m.evening(t)
	times := make([]string, 12)
	for i := range times {
		times[i] = fmt.Sprintf("%d:%02d", 8+i/2, 1+i%2*30)
	}
	rows := make([]admission.TickedRow, 200)
	rows[7] = admission.TickedRow{Code: m.staff[0].Code, In: strings.Join(times, " ")}
	rows[8] = admission.TickedRow{Code: m.staff[1].Code, In: "8h", Out: "21:00"}
	t.Run("two hundred lines, twelve times, a bare hour with its h, and this minute", func(t *testing.T) {
		if done := m.ticked(t, rows...); done.New != 14 {
			t.Errorf("%+v", done)
		}
	})
	t.Run("the last gate", func(t *testing.T) {
		in := admission.TickedInput{Day: "2026-11-22", Gate: 2, Rows: []admission.TickedRow{{Code: m.staff[2].Code, In: "800"}}}
		if done, err := m.App.Admission.EnterTicked(t.Context(), chief, m.event.ID, in); err != nil || done.New != 1 {
			t.Errorf("%+v, %v", done, err)
		}
	})
	t.Run("gate 0 is none", func(t *testing.T) {
		in := admission.TickedInput{Day: "2026-11-22", Rows: []admission.TickedRow{{Code: m.staff[2].Code, In: "800"}}}
		if _, err := m.App.Admission.EnterTicked(t.Context(), chief, m.event.ID, in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%v", err)
		}
	})
	t.Run("an exit may be at the minute of the entry, not before", func(t *testing.T) {
		if _, err := m.tick(t, admission.TickedRow{Code: m.staff[3].Code, In: "9:00 8:00", Out: "8:00"}); err != nil {
			t.Errorf("%v", err)
		}
		if _, err := m.tick(t, admission.TickedRow{Code: m.staff[3].Code, Out: "7:59"}); testkit.FaultsAt(err)["out-0"] == "" {
			t.Errorf("%v", err)
		}
	})
	t.Run("the numbers of the paper go on without a gap", func(t *testing.T) {
		if d := m.differences(t, admission.DifferenceFilter{Kind: registry.DiffGap}); len(d.Lines) != 0 {
			t.Errorf("%+v", d.Lines)
		}
		s := m.presence(t, m.staff[3]).Last
		line := m.scans(t, s.Scan)[0]
		if line.Seq != 18 || line.Boot != chief.Name || line.DeviceVerdict != registry.VerdictOK {
			t.Errorf("%+v", line)
		}
	})
}

func TestSheetsAtTheirLimits(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	t.Run("an untouched sheet has the hours that the day is open", func(t *testing.T) {
		s := m.sheet(t, 1)
		if n := len(s.Hours); n != 13 || s.Hours[0].Hour != 8 || s.Hours[n-1].Hour != 20 {
			t.Errorf("%+v", s.Hours)
		}
	})
	m.at(22, 23, 0)
	t.Run("a sheet of all hours, the last of which has just begun", func(t *testing.T) {
		s := m.sheet(t, 1)
		in := admission.TallySheetInput{GateQuery: admission.GateQuery{Day: s.Day, Gate: 1}, Version: s.Version}
		for h := range 24 {
			in.Hours, in.Adults, in.Children = append(in.Hours, h), append(in.Adults, "50.000"), append(in.Children, "0")
		}
		if n, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, in); err != nil || n != 24 {
			t.Errorf("%d hours, %v", n, err)
		}
		if n := m.visits(t)[registry.CountPaper]; n != 24*50_000 || len(m.sheet(t, 1).Hours) != 24 {
			t.Errorf("%d visits", n)
		}
	})
	t.Run("hours of another gate, of another day and of no sheet are not on it", func(t *testing.T) {
		for _, in := range []admission.TallyInput{{Day: "22/11/2026", Hour: 0, Gate: 2, Method: registry.CountPaper, N: 1}, {Day: "22/11/2026", Hour: 23, Gate: 1, Method: registry.CountEstimated, N: 1},
			{Day: "22/11/2026", Hour: 5, Gate: 0, Method: registry.CountEstimated, N: 100_000}} {
			testkit.Works(t, m.App.Admission.AddTally(t.Context(), chief, m.event.ID, in))
		}
		m.at(23, 0, 0)
		testkit.Works(t, m.App.Admission.AddTally(t.Context(), chief, m.event.ID, admission.TallyInput{Day: "23/11/2026", Hour: 0, Gate: 1, Method: registry.CountPaper, N: 1}))
		sum := 0
		for _, h := range m.sheet(t, 1).Hours {
			sum += h.N()
		}
		if other := m.sheet(t, 2).Hours; sum != 24*50_000 || other[0].Hour != 0 || other[0].N() != 1 {
			t.Errorf("%d, of gate 2 %+v", sum, other)
		}
	})
	t.Run("the log tells what each hour says now", func(t *testing.T) {
		s := m.sheet(t, 2)
		in := admission.TallySheetInput{GateQuery: admission.GateQuery{Day: s.Day, Gate: 2}, Version: s.Version, Hours: []int{0, 9}, Adults: []string{"", "3"}, Children: []string{"", "4"}}
		if n, err := m.App.Admission.SaveTallySheet(t.Context(), chief, m.event.ID, in); err != nil || n != 2 {
			t.Errorf("%d hours, %v", n, err)
		}
		if log := m.Audited("visit.tally_sheet"); !strings.Contains(log[0].Detail, "9 3 4") || !strings.Contains(log[0].Detail, "0 0 0") {
			t.Errorf("%s", log[0].Detail)
		}
	})
	t.Run("a gate beyond the last has none", func(t *testing.T) {
		for _, n := range []int{-1, 3} {
			q := admission.GateQuery{Day: "2026-11-22", Gate: n}
			if _, err := m.App.Admission.GateList(t.Context(), chief, m.event.ID, q); registry.KindOf(err) != registry.NotFound {
				t.Errorf("gate %d: %v", n, err)
			}
		}
	})
}
