package admission_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func (m *market) tick(t *testing.T, rows ...admission.TickedRow) (admission.Ticked, error) {
	t.Helper()
	return m.App.Admission.EnterTicked(t.Context(), chief, m.event.ID, admission.TickedInput{Day: "2026-11-22", Gate: 1, Rows: rows})
}

func (m *market) ticked(t *testing.T, rows ...admission.TickedRow) admission.Ticked {
	t.Helper()
	done, err := m.tick(t, rows...)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// presence is where a pass is.
func (m *market) presence(t *testing.T, row registry.PassRow) *registry.Presence {
	t.Helper()
	var p registry.Presence
	m.Read(func(tx *store.Tx) error {
		passes, err := tx.GatePasses(t.Context(), []string{row.Code})
		p = passes[0].Presence
		return err
	})
	return &p
}

// evening sets the clock to the end of the market's first day.
func (m *market) evening(t *testing.T) {
	t.Helper()
	at := time.Date(2026, 11, 22, 21, 0, 0, 0, time.FixedZone("+07", 7*3600))
	m.Clock.Add(at.Sub(m.App.DB.Now()))
}

// TestTickedListCountsAsScans: the passes are where the paper says, the figures say
// so too, and the same list typed again, by a double click or another hand, counts
// nothing.
func TestTickedListCountsAsScans(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		visitor := m.Issued(m.event, registry.VisitorPass, 1)[0]
		m.evening(t)
		rows := []admission.TickedRow{
			{Code: m.staff[0].Code, In: "0812, 13h05", Out: "11:40"},
			{Code: passes.ShowPassCode(m.staff[1].Code), In: "7h30"},
			{Code: m.staff[2].Code},
			{Code: visitor.Code, In: "09:15"},
		}
		if done := m.ticked(t, rows...); done != (admission.Ticked{New: 5}) {
			t.Fatalf("first: %+v", done)
		}
		for range 2 {
			if done := m.ticked(t, rows...); done != (admission.Ticked{Known: 5}) {
				t.Errorf("again: %+v", done)
			}
		}
		if p := m.presence(t, m.staff[0]); p.Inside() == nil || clock(p.Inside().At) != "13:05" || len(p.Used) != 1 || clock(p.Used[0].At) != "08:12" {
			t.Errorf("presence %+v", p)
		}
		if n := m.visits(t); n[registry.CountPaper] != 1 || n[registry.CountScan] != 0 {
			t.Errorf("visits %v", n)
		}
		f, err := m.App.Admission.GateFigures(t.Context(), chief, m.event.ID, "2026-11-22")
		if err != nil {
			t.Fatal(err)
		}
		sums := map[registry.Figure]int{}
		for _, h := range f.Hours {
			sums[h.Figure] += h.N
		}
		if sums[registry.FigureIn] != 4 || sums[registry.FigureOut] != 1 {
			t.Errorf("figures %v", sums)
		}
		var lines []registry.AuditEntry
		m.Read(func(tx *store.Tx) (err error) {
			lines, err = tx.AuditLines(t.Context(), store.AuditQuery{Action: "gate.ticked", Limit: 5, Everywhere: true})
			return err
		})
		if len(lines) != 1 || !strings.Contains(lines[0].Detail, m.staff[0].Code+" in ") {
			t.Errorf("audit %+v", lines)
		}
	})
}

func clock(at int64) string {
	return time.UnixMilli(at).In(time.FixedZone("+07", 7*3600)).Format("15:04")
}

// TestTickedListKeepsWhatTheRulesRefuse: whoever was let in was let in; the line
// goes to the differences with both verdicts.
func TestTickedListKeepsWhatTheRulesRefuse(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		if err := m.App.Passes.StepPass(t.Context(), chief, m.staff[0].ID, registry.PassBlocked, "mất"); err != nil {
			t.Fatal(err)
		}
		stranger := "314159265358"
		m.evening(t)
		for c := '0'; c <= '9'; c++ { // the digit that checks the others
			if code, ok := passes.PassCode(stranger[:11] + string(c)); ok {
				stranger = code
			}
		}
		done := m.ticked(t, admission.TickedRow{Code: m.staff[0].Code, In: "0812"}, admission.TickedRow{Code: stranger, In: "0900"}, admission.TickedRow{Code: m.staff[1].Code, In: "0815"})
		if done != (admission.Ticked{New: 3, Differ: 2}) {
			t.Errorf("%+v", done)
		}
		if p := m.presence(t, m.staff[0]); p.Inside() == nil {
			t.Error("who was let in with a blocked pass is not inside")
		}
		d, err := m.App.Admission.Differences(t.Context(), chief, m.event.ID, admission.DifferenceFilter{Limit: 10})
		if err != nil || len(d.Lines) != 2 {
			t.Fatalf("%d differences, %v", len(d.Lines), err)
		}
		for _, l := range d.Lines {
			if got := d.Devices[l.Scan.Device].Name; got != "Danh sách giấy" {
				t.Errorf("device %q", got)
			}
		}
		office, err := m.App.Admission.GateOffice(t.Context(), chief, m.event.ID)
		if err != nil || len(office.Devices) != 0 {
			t.Errorf("the list is shown as a phone: %+v, %v", office.Devices, err)
		}
	})
}

// TestTickedLineTakenBack: the pass is where it was, twice is once, and the line
// may be typed again.
func TestTickedLineTakenBack(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		m.evening(t)
		row := admission.TickedRow{Code: m.staff[0].Code, In: "0812"}
		m.ticked(t, row)
		line := m.presence(t, m.staff[0]).Last.Scan
		for range 2 {
			if err := m.App.Admission.DropTicked(t.Context(), chief, m.event.ID, line, "nhập nhầm"); err != nil {
				t.Fatal(err)
			}
			if p := m.presence(t, m.staff[0]); p.Inside() != nil || len(p.Used) != 0 {
				t.Errorf("presence %+v", p)
			}
		}
		if d, err := m.App.Admission.Differences(t.Context(), chief, m.event.ID, admission.DifferenceFilter{Limit: 10}); err != nil || len(d.Lines) != 0 {
			t.Errorf("a slip of the hand is a difference: %+v, %v", d.Lines, err)
		}
		if done := m.ticked(t, row); done.New != 1 || m.presence(t, m.staff[0]).Inside() == nil {
			t.Errorf("typed again: %+v", done)
		}
		if done := m.ticked(t, row); done.Known != 1 {
			t.Errorf("and again: %+v", done)
		}
		p := m.Phone(m.event.ID, registry.Steward, 1)
		scanned := p.Scan(m.staff[1])
		m.send(t, p, scanned)
		for name, id := range map[string]registry.ScanID{"a phone's scan": scanned.ID, "nothing": "no"} {
			if err := m.App.Admission.DropTicked(t.Context(), chief, m.event.ID, id, "x"); registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s taken back: %v", name, err)
			}
		}
	})
}

// TestTickedListFaults: each at its field, and nothing is stored.
func TestTickedListFaults(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	m.evening(t)
	good, code := admission.TickedRow{Code: m.staff[1].Code, In: "0800"}, m.staff[0].Code
	p := m.Phone(m.event.ID, registry.Steward, 1)
	m.send(t, p, p.Scan(m.staff[2]))
	for name, c := range map[string]struct {
		row        admission.TickedRow
		field, key string
	}{
		"no time":             {admission.TickedRow{Code: code, In: "trưa"}, "in-1", "error.ticked.time"},
		"bare hour":           {admission.TickedRow{Code: code, Out: "8"}, "out-1", "error.ticked.time"},
		"ahead":               {admission.TickedRow{Code: code, In: "23h30"}, "in-1", "error.ticked.future"},
		"exit before entry":   {admission.TickedRow{Code: code, In: "0900", Out: "0815"}, "out-1", "error.ticked.order"},
		"exit before scanned": {admission.TickedRow{Code: m.staff[2].Code, Out: "0700"}, "out-1", "error.ticked.order"},
		"no code":             {admission.TickedRow{Code: "1234", In: "0900"}, "code-1", "error.ticked.code"},
		"too many":            {admission.TickedRow{Code: code, In: strings.Repeat("0800 ", 13)}, "in-1", "error.ticked.many"},
	} {
		_, err := m.tick(t, good, c.row)
		faults, ok := errors.AsType[registry.Faults](err)
		if !ok || len(faults) != 1 || faults[0].Field != c.field || faults[0].Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
		if m.presence(t, m.staff[1]).Inside() != nil {
			t.Fatalf("%s: the good line was stored", name)
		}
	}
	for name, in := range map[string]admission.TickedInput{
		"day":   {Day: "2026-10-01", Gate: 1, Rows: []admission.TickedRow{good}},
		"gate":  {Day: "2026-11-22", Gate: 9, Rows: []admission.TickedRow{good}},
		"empty": {Day: "2026-11-22", Gate: 1, Rows: []admission.TickedRow{{Code: code}}},
		"long":  {Day: "2026-11-22", Gate: 1, Rows: make([]admission.TickedRow, 201)},
	} {
		if _, err := m.App.Admission.EnterTicked(t.Context(), chief, m.event.ID, in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := m.App.Admission.EnterTicked(t.Context(), registry.Actor{}, m.event.ID, admission.TickedInput{}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("without the right: %v", err)
	}
	if _, err := m.tick(t, admission.TickedRow{Code: code, In: "0900", Out: "0900"}, admission.TickedRow{Code: m.staff[3].Code, Out: "0700"}); err != nil {
		t.Errorf("an exit of whom nobody saw coming in: %v", err)
	}
}

// TestTickedAndScannedTogether: the paper fills what the phones did not see, with
// numbers of its own and no gap.
func TestTickedAndScannedTogether(t *testing.T) {
	testkit.NamesDays(t)
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(m.staff[0]))
		scanned := m.presence(t, m.staff[0]).Last.CorrectedAt
		m.evening(t)
		m.ticked(t, admission.TickedRow{Code: m.staff[0].Code, Out: "19:00"})
		m.ticked(t, admission.TickedRow{Code: m.staff[0].Code, In: "19:30", Out: "20:10"}, admission.TickedRow{Code: m.staff[1].Code, In: "18:00"})
		pr := m.presence(t, m.staff[0])
		if pr.Inside() != nil || len(pr.Used) != 1 || pr.Used[0].At != scanned {
			t.Errorf("presence %+v", pr)
		}
		m.Read(func(tx *store.Tx) error {
			gaps, err := tx.SeqGaps(t.Context(), m.event.ID)
			if len(gaps) != 0 {
				t.Errorf("gaps %+v", gaps)
			}
			return err
		})
	})
}
