package admission_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/core"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// differences are the lines that the filter takes.
func (m *market) differences(t *testing.T, f admission.DifferenceFilter) admission.Differences {
	t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	p, err := m.App.Admission.Differences(t.Context(), registry.SystemActor("t"), m.event.ID, f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// onlyLine is the one line of a market.
func (m *market) onlyLine(t *testing.T, kind registry.DifferenceKind) admission.Difference {
	t.Helper()
	p := m.differences(t, admission.DifferenceFilter{})
	if len(p.Lines) != 1 || p.Lines[0].Kind != kind || p.Open != 1 || p.ByKind[kind] != 1 {
		t.Fatalf("%d lines, by kind %v, want one %s", len(p.Lines), p.ByKind, kind)
	}
	return p.Lines[0]
}

// TestDoubleEntryIsOneLine: two gates let the same person in while cut off. There
// is one line that names both, whichever phone sends first.
func TestDoubleEntryIsOneLine(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		var keys []string
		for i, firstSends := range []bool{true, false} {
			a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
			first := a.Scan(m.staff[i], testkit.Offline(registry.VerdictOK))
			m.Clock.Add(10 * time.Minute)
			second := b.Scan(m.staff[i], testkit.Offline(registry.VerdictOK))
			m.Clock.Add(time.Minute)
			left := b.Scan(m.staff[i], testkit.Offline(registry.VerdictExitOK), testkit.Going)
			m.Clock.Add(time.Hour)
			if firstSends {
				m.send(t, a, first)
				m.send(t, b, second, left)
			} else {
				m.send(t, b, second, left)
				m.send(t, a, first)
			}
			p := m.differences(t, admission.DifferenceFilter{})
			if len(p.Lines) != i+1 {
				t.Fatalf("%d lines after %d double entries: %v", len(p.Lines), i+1, p.ByKind)
			}
			d := p.Lines[0]
			if d.Kind != registry.DiffDouble || d.Scan.ID != second.ID || d.Before.ID != first.ID || d.Scan.Gate != 2 || d.Before.Gate != 1 ||
				d.Pass.Booth != "A05" || d.Device() != b.Device.ID || p.Devices[d.Before.Device].ID != a.Device.ID {
				t.Errorf("line %+v of %+v after %+v", d, d.Scan, d.Before)
			}
			keys = append(keys, d.Key)
		}
		if keys[0] == keys[1] {
			t.Errorf("two lines share the name %s", keys[0])
		}
	})
}

// TestNoDoubleEntryWhereThePassWentOut: the phone of the exit sent first, so the
// server said already_inside to the entry before it; its time tells otherwise.
func TestNoDoubleEntryWhereThePassWentOut(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		in := a.Scan(m.staff[0], testkit.Offline(registry.VerdictOK))
		m.Clock.Add(10 * time.Minute)
		out := b.Scan(m.staff[0], testkit.Offline(registry.VerdictExitOK), testkit.Going)
		m.Clock.Add(10 * time.Minute)
		again := b.Scan(m.staff[0], testkit.Offline(registry.VerdictOKAgain))
		m.send(t, b, out, again)
		if v := m.verdict(t, a, in); v != registry.VerdictAlreadyInside {
			t.Fatalf("the late entry: %s", v)
		}
		if p := m.differences(t, admission.DifferenceFilter{}); len(p.Lines) != 0 {
			t.Errorf("lines %+v", p.Lines)
		}
	})
}

// TestDifferencesOfScans: each kind of scan that has to be looked at makes its
// line, and none of the others makes one.
func TestDifferencesOfScans(t *testing.T) {
	text := func(qr string) func(*gate.SentScan) {
		return func(s *gate.SentScan) { s.QR = qr }
	}
	code := func(digits string) func(*gate.SentScan) {
		return func(s *gate.SentScan) { s.QR, s.Code = "", digits }
	}
	markets(t, func(t *testing.T, m *market) {
		system := registry.SystemActor("t")
		if err := m.App.Passes.StepPass(t.Context(), system, m.staff[0].ID, registry.PassBlocked, "mất thẻ"); err != nil {
			t.Fatal(err)
		}
		p, officials := m.Phone(m.event.ID, registry.Supervisor, 1), m.Issued(m.event, registry.OfficialPass, 2)
		forged := p.Scan(m.staff[1])
		forged.QR = forged.QR[:len(forged.QR)-1] + string('0'+(forged.QR[len(forged.QR)-1]-'0'+1)%10)
		entered := p.Scan(m.staff[2])
		m.send(t, p, forged, entered,
			p.Scan(m.staff[0], testkit.Offline(registry.VerdictOK)),                   // let_in
			p.Scan(m.staff[3], testkit.Offline(registry.VerdictUnknown)),              // kept_out
			p.Scan(officials[0], func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }), // forced
			p.Scan(m.staff[1], text("https://example.vn/menu")),                       // malformed
			p.Scan(m.staff[1], code("000000000000")),                                  // unknown
			p.Scan(officials[1]),                                                      // none
			p.Scan(m.staff[0], func(s *gate.SentScan) { s.Training = true }),          // none
			p.Scan(m.staff[0]), // none: refused
			p.Scan(m.staff[1], func(s *gate.SentScan) { s.QR, s.VoidOf = "", entered.ID }),            // void
			p.Scan(m.staff[1], func(s *gate.SentScan) { s.QR, s.VoidOf = "", registry.ScanID(gone) })) // none
		page := m.differences(t, admission.DifferenceFilter{})
		want := map[registry.DifferenceKind]int{registry.DiffLetIn: 1, registry.DiffKeptOut: 1, registry.DiffForced: 1, registry.DiffForged: 1,
			registry.DiffMalformed: 1, registry.DiffUnknown: 1, registry.DiffVoid: 1}
		for _, kind := range registry.DifferenceKinds {
			if page.ByKind[kind] != want[kind] {
				t.Errorf("%d lines of %s, want %d", page.ByKind[kind], kind, want[kind])
			}
		}
		for _, d := range page.Lines {
			listed := d.Kind == registry.DiffLetIn || d.Kind == registry.DiffKeptOut || d.Kind == registry.DiffForced || d.Kind == registry.DiffVoid
			if d.Scan == nil || (d.Pass.Kind != "") != listed {
				t.Errorf("%s: scan %v, pass %+v", d.Kind, d.Scan, d.Pass)
			}
			if d.Kind == registry.DiffVoid && (d.Before == nil || d.Before.ID != entered.ID) {
				t.Errorf("what was taken back: %+v", d.Before)
			}
		}
	})
}

// gone is the id of no scan.
const gone = "00000000-0000-4000-8000-000000000000"

// TestDifferencesOfPhones: numbers that never came, and clocks that were wrong.
func TestDifferencesOfPhones(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(m.staff[0]))
		p.Seq += 3
		m.send(t, p, p.Scan(m.staff[1]))
		gap := m.onlyLine(t, registry.DiffGap)
		if gap.Gap.From != 2 || gap.Gap.Until != 4 || gap.Device() != p.Device.ID || gap.At != m.App.NowMS() {
			t.Errorf("gap %+v", gap)
		}
		p.Seq = 1
		m.send(t, p, p.Scan(m.staff[2]), p.Scan(m.staff[3]), p.Scan(m.passes[0]))
		if page := m.differences(t, admission.DifferenceFilter{}); len(page.Lines) != 0 {
			t.Fatalf("the gap is filled, but %+v", page.Lines)
		}
		p.Seq = 5
		for i, minutes := range []time.Duration{-2, 7, 61} {
			behind := (minutes * time.Minute).Milliseconds()
			batch := p.Batch(p.Scan(m.staff[i], testkit.Going))
			batch.SentAt -= behind
			batch.Scans[0].At -= behind
			if _, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil {
				t.Fatal(err)
			}
		}
		clock := m.onlyLine(t, registry.DiffClock).Skew
		if clock.Device != p.Device.ID || clock.N != 2 || clock.Least != 7*60_000 || clock.Most != 61*60_000 || clock.LastAt != m.App.NowMS() {
			t.Errorf("clock %+v", clock)
		}
	})
}

// TestDifferenceIsClosedOnce: many close the same line; one does. It can be opened
// again, and each step is in the audit log.
func TestDifferenceIsClosedOnce(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }))
		line := m.onlyLine(t, registry.DiffForced)
		chief, system := registry.Actor{Account: "chief", Name: "Hoàng Văn Cổng"}, registry.SystemActor("t")
		in := admission.DifferenceInput{Key: line.Key, Word: registry.WordRightPerson, Note: "người nhà chị Lan"}
		if err := m.App.Admission.CloseDifference(t.Context(), chief, m.event.ID, in); registry.KindOf(err) != registry.NotFound {
			t.Errorf("without the right: %v", err)
		}
		var wg sync.WaitGroup
		won := make(chan bool, 8)
		for range cap(won) {
			wg.Go(func() {
				err := m.App.Admission.CloseDifference(t.Context(), system, m.event.ID, in)
				if err != nil && registry.KindOf(err) != registry.Conflict {
					t.Error(err)
				}
				won <- err == nil
			})
		}
		wg.Wait()
		close(won)
		winners := 0
		for w := range won {
			if w {
				winners++
			}
		}
		closed := m.differences(t, admission.DifferenceFilter{Closed: true})
		if winners != 1 || len(closed.Lines) != 1 || closed.Open != 0 || closed.Lines[0].Closing.Word != in.Word ||
			closed.Lines[0].Closing.Note != in.Note || closed.Lines[0].Closing.By != system.Name || closed.Lines[0].Closing.At != m.App.NowMS() {
			t.Fatalf("%d winners, %+v", winners, closed)
		}
		version := closed.Lines[0].Closing.Version
		if err := m.App.Admission.ReopenDifference(t.Context(), system, m.event.ID, line.Key, version+1); registry.KindOf(err) != registry.Conflict {
			t.Errorf("opened again from an old page: %v", err)
		}
		if err := m.App.Admission.ReopenDifference(t.Context(), system, m.event.ID, line.Key, version); err != nil {
			t.Fatal(err)
		}
		if again := m.onlyLine(t, registry.DiffForced); again.Closing.Word != in.Word || !again.Closing.Open {
			t.Errorf("opened again: %+v", again.Closing)
		}
		log, err := m.App.Audit(t.Context(), system, core.AuditFilter{Action: "difference."})
		if err != nil || len(log) != 2 || log[0].Action != "difference.reopen" || !strings.Contains(log[1].Detail, `"right_person"`) {
			t.Errorf("audit %+v, %v", log, err)
		}
	})
}

// TestDifferenceBadInput: what no page of ours sends, and lines of others.
func TestDifferenceBadInput(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }))
	key := m.onlyLine(t, registry.DiffForced).Key
	other := m.Kit.Event(testkit.InState(registry.Running))
	system := registry.SystemActor("t")
	for name, test := range map[string]struct {
		event registry.EventID
		in    admission.DifferenceInput
		want  registry.Kind
	}{
		"a word of its own":    {m.event.ID, admission.DifferenceInput{Key: key, Word: "fine"}, registry.Invalid},
		"other without a note": {m.event.ID, admission.DifferenceInput{Key: key, Word: registry.WordOther, Note: "  "}, registry.Invalid},
		"a note too long":      {m.event.ID, admission.DifferenceInput{Key: key, Word: registry.WordHandled, Note: strings.Repeat("ạ", 201)}, registry.Invalid},
		"no such line":         {m.event.ID, admission.DifferenceInput{Key: key + "x", Word: registry.WordHandled}, registry.NotFound},
		"another event's":      {other.ID, admission.DifferenceInput{Key: key, Word: registry.WordHandled}, registry.NotFound},
		"an old page":          {m.event.ID, admission.DifferenceInput{Key: key, Word: registry.WordHandled, Version: 7}, registry.Conflict},
	} {
		err := m.App.Admission.CloseDifference(t.Context(), system, test.event, test.in)
		if kind := registry.KindOf(err); err == nil || kind != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := m.App.Admission.ReopenDifference(t.Context(), system, m.event.ID, "gap.x.1.2", 0); registry.KindOf(err) != registry.NotFound {
		t.Errorf("opening what is not there: %v", err)
	}
}

// TestDifferencesGoByPages: every line comes once, in the same order, however the
// list is cut.
func TestDifferencesGoByPages(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	for i := range 11 {
		m.Clock.Add(time.Duration(i%2) * time.Minute) // some at the same instant
		m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.QR = "https://example.vn" }))
	}
	whole := m.differences(t, admission.DifferenceFilter{})
	if len(whole.Lines) != 11 {
		t.Fatalf("%d lines", len(whole.Lines))
	}
	f, seen := admission.DifferenceFilter{Limit: 3}, 0
	for {
		page := m.differences(t, f)
		for _, d := range page.Lines {
			if d.Key != whole.Lines[seen].Key {
				t.Fatalf("line %d is %s, want %s", seen, d.Key, whole.Lines[seen].Key)
			}
			seen++
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	if seen != 11 {
		t.Errorf("%d lines by pages", seen)
	}
}

// TestIndexFindsEveryDifference: the condition of the index leaves out no scan
// that has to be looked at, whoever decided what.
func TestIndexFindsEveryDifference(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		var scans []registry.Scan
		want := map[registry.ScanRef]bool{}
		for _, server := range registry.VerdictCodes {
			for _, there := range append([]registry.VerdictCode{""}, registry.VerdictCodes...) {
				for _, s := range []registry.Scan{{Mode: registry.Offline, DeviceVerdict: there}, {Mode: registry.Online, DeviceVerdict: there},
					{Mode: registry.Paper, DeviceVerdict: there}, {Mode: registry.Online, DeviceVerdict: registry.VerdictOK, RelayVerdict: there},
					{Mode: registry.Online, ForcedBy: "Tổ trưởng"}, {Mode: registry.Offline, DeviceVerdict: there, Training: true}} {
					s.ID, s.Device, s.Event, s.Verdict = store.NewID[registry.ScanID](), p.Device.ID, m.event.ID, server
					s.Direction, s.Gate, s.Seq, s.Day = registry.In, 1, int64(len(scans)+1), m.event.OpensOn
					want[s.Ref()] = s.Difference() != ""
					scans = append(scans, s)
				}
			}
		}
		var found []registry.Scan
		m.Write(func(tx *store.Tx) error {
			for batch := range slices.Chunk(scans, 500) {
				if err := tx.InsertScans(t.Context(), batch); err != nil {
					return err
				}
			}
			var err error
			found, err = tx.DifferingScans(t.Context(), m.event.ID)
			return err
		})
		for i := range found {
			if (found[i].Difference() != "") != want[found[i].Ref()] {
				t.Errorf("read differently: %+v", found[i])
			}
			delete(want, found[i].Ref())
		}
		for _, s := range scans {
			if want[s.Ref()] {
				t.Errorf("not found: %+v", s)
			}
		}
	})
}
