package admission_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// market is a running session with two gates, one stall and its passes.
type market struct {
	*testkit.Kit
	event  registry.Event
	passes []registry.PassRow
	staff  []registry.PassRow
}

// newMarket makes a market on an engine.
func newMarket(t testing.TB, engine string) *market {
	t.Helper()
	k := testkit.NewAppOn(t, engine)
	m := &market{Kit: k, event: k.Event(testkit.InState(registry.Running))}
	k.Gates(m.event.ID, 2)
	m.passes = k.Stall(m.event, 5)
	m.staff = testkit.PassesOfKind(m.passes, registry.StaffPass)
	return m
}

// markets runs a test on a market of each engine.
func markets(t *testing.T, test func(*testing.T, *market)) {
	t.Helper()
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) { test(t, newMarket(t, engine)) })
	}
}

// send sends scans in one batch and returns the results.
func (m *market) send(t *testing.T, p *testkit.Phone, scans ...gate.SentScan) []gate.ScanResult {
	t.Helper()
	results, _ := m.sent(t, p, scans...)
	return results
}

func (m *market) sent(t *testing.T, p *testkit.Phone, scans ...gate.SentScan) ([]gate.ScanResult, admission.GateAnswer) {
	t.Helper()
	answer, err := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(scans...))
	if err != nil {
		t.Fatal(err)
	}
	results := make([]gate.ScanResult, len(answer.Results))
	for i, raw := range answer.Results {
		if err := json.Unmarshal(raw, &results[i]); err != nil {
			t.Fatal(err)
		}
	}
	return results, answer
}

// verdict sends one scan and returns the verdict.
func (m *market) verdict(t *testing.T, p *testkit.Phone, s gate.SentScan) registry.VerdictCode {
	t.Helper()
	return m.send(t, p, s)[0].Verdict
}

func (m *market) stats(t *testing.T, p *testkit.Phone) gate.Stats {
	t.Helper()
	s, err := m.App.Admission.GateStats(t.Context(), p.Device)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEntryThenAlreadyInsideAtTheOtherGate(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		entered := m.App.NowMS()
		if got := m.send(t, a, a.Scan(m.staff[0]))[0]; got.Verdict != registry.VerdictOK || got.Detail.Booth != "A05" ||
			got.Detail.Kind != registry.StaffPass || got.Code != m.staff[0].Code {
			t.Fatalf("first: %+v", got)
		}
		m.Clock.Add(time.Minute)
		got := m.send(t, b, b.Scan(m.staff[0]))[0]
		if got.Verdict != registry.VerdictAlreadyInside || got.First == nil || got.First.At != entered || got.First.Gate != 1 {
			t.Errorf("second gate: %+v, first %+v", got, got.First)
		}
		if s := m.stats(t, b); s.Inside != 1 || len(s.Gates) != 1 || s.Gates[0].In != 1 {
			t.Errorf("stats %+v", s)
		}
		if v := m.verdict(t, b, b.Scan(m.staff[0], testkit.Going)); v != registry.VerdictExitOK {
			t.Errorf("out: %s", v)
		}
		m.Clock.Add(time.Minute)
		if v := m.verdict(t, a, a.Scan(m.staff[0])); v != registry.VerdictOKAgain {
			t.Errorf("in again: %s", v)
		}
		if s := m.stats(t, a); s.Inside != 1 || len(s.Hours) != 1 || s.Hours[0].In != 2 || s.Hours[0].Out != 1 {
			t.Errorf("stats after %+v", s)
		}
	})
}

// TestScanIsAnsweredOnce sends a batch five times, at once and after the server
// was stopped between commit and answer: the same bytes come back, and the person
// is counted once.
func TestScanIsAnsweredOnce(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		batch := p.Batch(p.Scan(m.staff[0]), p.Scan(m.staff[1]))
		var wg sync.WaitGroup
		answers := make([]admission.GateAnswer, 5)
		for i := range answers {
			wg.Go(func() {
				var err error
				if answers[i], err = m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		m.Restart() // the answer may have been lost with the process
		late, err := m.App.Admission.Scan(t.Context(), p.Device, batch)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range append(answers, late) {
			for j := range a.Results {
				if string(a.Results[j]) != string(answers[0].Results[j]) {
					t.Errorf("answer %d: %s, first %s", i, a.Results[j], answers[0].Results[j])
				}
			}
			if a.AckedSeq != 2 {
				t.Errorf("answer %d acknowledges %d, want 2", i, a.AckedSeq)
			}
		}
		if s := m.stats(t, p); s.Inside != 2 || s.Gates[0].In != 2 {
			t.Errorf("stats %+v", s)
		}
	})
}

// raceFor lets 200 gates scan at the same instant, on two servers of one
// database, and returns how often each verdict came.
func (m *market) raceFor(t *testing.T, pick func(i int) registry.PassRow) (map[registry.VerdictCode]int, []gate.ScanResult) {
	t.Helper()
	phones := []*testkit.Phone{m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)}
	servers := []*app.App{m.App, m.Another()}
	results := make([]gate.ScanResult, 200)
	batches := make([]gate.ScanBatch, len(results))
	for i := range results {
		apart := int64(len(results)-i) * gate.RepeatMS // none is a repeat
		batches[i] = phones[i%2].Batch(phones[i%2].Scan(pick(i), func(s *gate.SentScan) { s.At -= apart }))
	}
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() {
			a, err := servers[i/2%2].Admission.Scan(t.Context(), phones[i%2].Device, batches[i])
			if err == nil {
				err = json.Unmarshal(a.Results[0], &results[i])
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	n := map[registry.VerdictCode]int{}
	for _, r := range results {
		n[r.Verdict]++
	}
	return n, results
}

func TestOneEntryOutOfTwoHundred(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		n, results := m.raceFor(t, func(int) registry.PassRow { return m.staff[0] })
		if n[registry.VerdictOK] != 1 || n[registry.VerdictAlreadyInside] != 199 {
			t.Errorf("verdicts %v, want one ok and 199 already_inside", n)
		}
		for _, r := range results {
			if r.Verdict == registry.VerdictAlreadyInside && (r.First == nil || r.First.At == 0 || r.First.Gate == 0) {
				t.Fatalf("no first time and gate: %+v", r)
			}
		}
		if s := m.stats(t, m.Phone(m.event.ID, registry.Steward, 1)); s.Inside != 1 || s.Hours[0].In != 1 {
			t.Errorf("stats %+v", s)
		}
	})
}

// TestNoMoreInsideThanTheBoothMay lets 200 scans of four people race for two
// places.
func TestNoMoreInsideThanTheBoothMay(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		m.policy(t, func(in *admission.PolicyInput) { in.MaxInside = 2 })
		n, _ := m.raceFor(t, func(i int) registry.PassRow { return m.staff[i/2%len(m.staff)] })
		if n[registry.VerdictOK] != 2 || n[registry.VerdictTooManyInside] == 0 ||
			n[registry.VerdictOK]+n[registry.VerdictTooManyInside]+n[registry.VerdictAlreadyInside] != 200 {
			t.Errorf("verdicts %v, want two ok", n)
		}
		if s := m.stats(t, m.Phone(m.event.ID, registry.Steward, 1)); s.Inside != 2 {
			t.Errorf("%d inside, want 2", s.Inside)
		}
	})
}

// policy changes the rules at the market's gates.
func (m *market) policy(t *testing.T, change func(*admission.PolicyInput)) {
	t.Helper()
	office, err := m.App.Admission.GateOffice(t.Context(), registry.SystemActor("t"), m.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	in := admission.PolicyInput{MaxInside: 4, SetupMinutes: 120, VisitorRule: registry.VisitorOnce, Version: office.Settings.Version}
	change(&in)
	if err := m.App.Admission.SaveGatePolicy(t.Context(), registry.SystemActor("t"), m.event.ID, in); err != nil {
		t.Fatal(err)
	}
}

// TestReadingFirstWouldLetAllIn is the control of the races: gates that look first
// and write later all let the same pass in.
func TestReadingFirstWouldLetAllIn(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		in := make([]bool, 20)
		var looked, wrote sync.WaitGroup
		looked.Add(len(in))
		presence := func(tx *store.Tx) registry.Presence {
			read, err := tx.GatePasses(t.Context(), []string{m.staff[0].Code})
			if err != nil {
				t.Error(err)
			}
			return read[0].Presence
		}
		for i := range in {
			wrote.Go(func() {
				m.Read(func(tx *store.Tx) error { s := presence(tx); in[i] = s.Inside() == nil; return nil })
				looked.Done()
				looked.Wait()
				if err := m.DB.Write(t.Context(), func(tx *store.Tx) error {
					s := presence(tx)
					s.Last = registry.Movement{Scan: "s", Device: p.Device.ID, Direction: registry.In, Gate: 1, Day: m.event.OpensOn, CorrectedAt: int64(i)}
					return tx.SavePresences(t.Context(), []*registry.Presence{&s}, map[registry.EventID]int64{m.event.ID: 9})
				}); err != nil {
					in[i] = false
				}
			})
		}
		wrote.Wait()
		n := 0
		for _, let := range in {
			if let {
				n++
			}
		}
		if n < 2 {
			t.Errorf("%d let in: the race does not bite", n)
		}
	})
}

// TestPresenceOfAnotherVersionIsNotOverwritten: what decides is the version on
// which a scan was judged.
func TestPresenceOfAnotherVersionIsNotOverwritten(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(m.staff[0]))
		m.send(t, p, p.Scan(m.staff[0], testkit.Going))
		for version, want := range map[int64]registry.Kind{0: registry.Conflict, 1: registry.Conflict, 3: registry.Conflict} {
			err := m.DB.Write(t.Context(), func(tx *store.Tx) error {
				read, err := tx.GatePasses(t.Context(), []string{m.staff[0].Code})
				if err != nil {
					return err
				}
				judged := read[0].Presence
				judged.Version = version
				return tx.SavePresences(t.Context(), []*registry.Presence{&judged}, map[registry.EventID]int64{m.event.ID: 99})
			})
			if registry.KindOf(err) != want {
				t.Errorf("a presence was overwritten by one judged on version %d: %v", version, err)
			}
		}
	})
}
