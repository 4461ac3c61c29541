package admission_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/passes"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// scans returns what is stored of scans, by id.
func (m *market) scans(t *testing.T, ids ...registry.ScanID) []registry.Scan {
	t.Helper()
	var rows []registry.Scan
	m.Read(func(tx *store.Tx) (err error) {
		rows, err = tx.ScansByID(t.Context(), ids)
		return err
	})
	slices.SortFunc(rows, func(a, b registry.Scan) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return rows
}

// TestOfflineAdmissionsAreKept: two gates let the same person in while cut off.
// Both stay admitted, with what the server would have said.
func TestOfflineAdmissionsAreKept(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		first := a.Scan(m.staff[0], testkit.Offline(registry.VerdictOK))
		m.Clock.Add(10 * time.Minute)
		second := b.Scan(m.staff[0], testkit.Offline(registry.VerdictOK))
		m.Clock.Add(time.Hour)
		if v := m.verdict(t, b, second); v != registry.VerdictOK {
			t.Errorf("uploaded first: %s", v)
		}
		if v := m.verdict(t, a, first); v != registry.VerdictAlreadyInside {
			t.Errorf("uploaded later: %s", v)
		}
		for _, s := range m.scans(t, first.ID, second.ID) {
			if !s.Admitted() || !s.Moves || s.DeviceVerdict != registry.VerdictOK || s.CorrectedAt != s.At {
				t.Errorf("stored %+v", s)
			}
		}
		m.Read(func(tx *store.Tx) error {
			read, err := tx.GatePasses(t.Context(), []string{m.staff[0].Code})
			if p := read[0].Presence; p.Inside().Gate != 2 || len(p.Used) != 1 || p.Used[0].Gate != 1 {
				t.Errorf("presence %+v", p)
			}
			return err
		})
	})
}

// TestAnswerThatCameTooLate: the server refused, but the phone had waited long
// enough and let in. What happened counts; the answer stays as it was.
func TestAnswerThatCameTooLate(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		m.policy(t, func(in *admission.PolicyInput) { in.MaxInside = 1 })
		p := m.Phone(m.event.ID, registry.Steward, 1)
		m.send(t, p, p.Scan(m.staff[0]))
		late := p.Scan(m.staff[1])
		refused := m.send(t, p, late)[0]
		if refused.Verdict != registry.VerdictTooManyInside {
			t.Fatalf("second of one: %s", refused.Verdict)
		}
		testkit.Offline(registry.VerdictOK)(&late)
		for range 2 {
			if again := m.send(t, p, late)[0]; !cmp.Equal(again, refused) {
				t.Errorf("the answer changed: %s", cmp.Diff(refused, again))
			}
		}
		if s := m.scans(t, late.ID)[0]; !s.Admitted() || !s.Moves || s.Mode != registry.Offline || s.Verdict != registry.VerdictTooManyInside {
			t.Errorf("stored %+v", s)
		}
		if s := m.stats(t, p); s.Inside != 2 || s.Hours[0].In != 2 {
			t.Errorf("stats %+v", s)
		}
	})
}

func TestCameraReadsASymbolManyTimes(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		first := m.send(t, p, p.Scan(m.staff[0]))[0]
		m.Clock.Add(2900 * time.Millisecond)
		again := m.send(t, p, p.Scan(m.staff[0]))[0]
		if again.Verdict != registry.VerdictOK || again.ID == first.ID || again.Detail.Booth != first.Detail.Booth {
			t.Errorf("within three seconds: %+v", again)
		}
		m.Clock.Add(200 * time.Millisecond)
		if v := m.verdict(t, p, p.Scan(m.staff[0])); v != registry.VerdictAlreadyInside {
			t.Errorf("after three seconds: %s", v)
		}
		if s := m.stats(t, p); s.Inside != 1 || s.Hours[0].In != 1 {
			t.Errorf("stats %+v", s)
		}
	})
}

func TestScansOfWhatIsNoPassAreRows(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	other := m.Kit.Event(testkit.InState(registry.Running))
	stranger := testkit.PassesOfKind(m.Kit.Stall(other, 1), registry.StaffPass)[0]
	text := func(qr, code string) func(*gate.SentScan) {
		return func(s *gate.SentScan) { s.QR, s.Code = qr, code }
	}
	menu, forged := p.Scan(m.staff[0], text("https://example.vn/menu", "")), p.Scan(m.staff[0])
	forged.QR = forged.QR[:len(forged.QR)-1] + string('0'+(forged.QR[len(forged.QR)-1]-'0'+1)%10)
	sent := []gate.SentScan{
		menu, forged, p.Scan(stranger),
		p.Scan(m.staff[0], text("", "123456789012")), p.Scan(m.staff[0], text("", m.staff[0].Code)),
	}
	want := []registry.VerdictCode{registry.VerdictMalformed, registry.VerdictForged, registry.VerdictWrongEvent,
		registry.VerdictMalformed, registry.VerdictOK}
	for i, r := range m.send(t, p, sent...) {
		if r.Verdict != want[i] || r.ID != sent[i].ID {
			t.Errorf("%d: %+v, want %s", i, r, want[i])
		}
	}
	rows := m.scans(t, sent[0].ID, sent[1].ID, sent[2].ID, sent[4].ID)
	if rows[0].Code != "" || rows[1].Code != m.staff[0].Code || rows[1].Pass != "" || rows[2].Pass != "" || rows[3].Pass != m.staff[0].ID {
		t.Errorf("rows %+v", rows)
	}
	if s := m.stats(t, p); s.Inside != 1 {
		t.Errorf("%d inside", s.Inside)
	}
}

func TestWhatTheOfficeDoesReachesTheGateAtOnce(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		system := registry.SystemActor("t")
		if err := m.App.Passes.StepPass(t.Context(), system, m.staff[0].ID, registry.PassBlocked, "mất thẻ"); err != nil {
			t.Fatal(err)
		}
		if err := m.App.Passes.StepPass(t.Context(), system, m.staff[1].ID, registry.PassRevoked, "mất thẻ"); err != nil {
			t.Fatal(err)
		}
		if err := m.App.Admission.EditGate(t.Context(), system, m.event.ID, 1, admission.GateInput{Name: "Cổng xe", Kinds: []registry.PassKind{registry.VehiclePass, registry.StaffPass}}); err != nil {
			t.Fatal(err)
		}
		official := m.Issued(m.event, registry.OfficialPass, 1)[0]
		for i, want := range []struct {
			pass registry.PassRow
			code registry.VerdictCode
		}{{m.staff[0], registry.VerdictBlocked}, {m.staff[1], registry.VerdictRevoked}, {official, registry.VerdictWrongGate},
			{m.passes[0], registry.VerdictChecked}} {
			if v := m.verdict(t, p, p.Scan(want.pass)); v != want.code {
				t.Errorf("%d: %s, want %s", i, v, want.code)
			}
		}
		if err := m.App.Lifecycle.StepEvent(t.Context(), system, m.event.ID, lifecycle.StepInput{To: registry.Cancelled, Reason: "mưa lũ", Version: m.eventVersion(t)}); err != nil {
			t.Fatal(err)
		}
		if v := m.verdict(t, p, p.Scan(m.staff[2])); v != registry.VerdictEventStopped && v != registry.VerdictRevoked {
			t.Errorf("after the event was cancelled: %s", v)
		}
		s, _, err := m.GateSnapshot(p.Device, "", "")
		if err != nil || !s.Event.Stopped {
			t.Errorf("snapshot: stopped %v, %v", s.Event.Stopped, err)
		}
	})
}

func (m *market) eventVersion(t *testing.T) int64 {
	t.Helper()
	e, err := m.App.Events.Event(t.Context(), registry.SystemActor("t"), m.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	return e.Version
}

// TestTakingBack: a steward takes back an own scan within a quarter of an hour, a
// supervisor any with a reason; then it is as if it had not been.
func TestTakingBack(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		chief := m.Phone(m.event.ID, registry.Supervisor, 1, 2)
		void := func(of registry.ScanID, reason string) func(*gate.SentScan) {
			return func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", of, reason }
		}
		visitor := m.Issued(m.event, registry.VisitorPass, 1)[0]
		entry, wrong := a.Scan(visitor), a.Scan(m.staff[0])
		m.send(t, a, entry, wrong)
		if s := m.stats(t, a); s.Inside != 2 || len(s.Visits) != 1 || s.Visits[0].N != 1 {
			t.Fatalf("before: %+v", s)
		}
		for name, test := range map[string]struct {
			phone *testkit.Phone
			void  gate.SentScan
			want  registry.VerdictCode
		}{
			"another's": {b, b.Scan(visitor, void(entry.ID, "")), registry.VerdictNeedsSupervisor},
			"none":      {a, a.Scan(visitor, void("00000000-0000-4000-8000-000000000000", "")), registry.VerdictUnknown},
		} {
			if v := m.verdict(t, test.phone, test.void); v != test.want {
				t.Errorf("%s: %s, want %s", name, v, test.want)
			}
		}
		if v := m.verdict(t, a, a.Scan(visitor, void(entry.ID, ""))); v != registry.VerdictOK {
			t.Errorf("own: %s", v)
		}
		m.Clock.Add(20 * time.Minute)
		if v := m.verdict(t, a, a.Scan(visitor, void(wrong.ID, ""))); v != registry.VerdictNeedsSupervisor {
			t.Errorf("own after a quarter of an hour: %s", v)
		}
		if v := m.verdict(t, chief, chief.Scan(visitor, void(wrong.ID, "quét nhầm"))); v != registry.VerdictOK {
			t.Errorf("supervisor: %s", v)
		}
		if s := m.stats(t, a); s.Inside != 0 || len(s.Visits) != 0 || len(s.Hours) != 0 {
			t.Errorf("after: %+v", s)
		}
		if v := m.verdict(t, b, b.Scan(visitor)); v != registry.VerdictOK {
			t.Errorf("the visitor comes again: %s", v)
		}
	})
}

func TestVisitorsCountOnce(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		visitors := m.Issued(m.event, registry.VisitorPass, 2)
		m.send(t, p, p.Scan(visitors[0]), p.Scan(visitors[1]))
		m.Clock.Add(time.Minute)
		if v := m.verdict(t, p, p.Scan(visitors[0])); v != registry.VerdictAlreadyUsed {
			t.Errorf("once: %s", v)
		}
		m.policy(t, func(in *admission.PolicyInput) { in.VisitorRule = registry.VisitorDaily })
		m.Clock.Add(24 * time.Hour)
		if v := m.verdict(t, p, p.Scan(visitors[0])); v != registry.VerdictOK {
			t.Errorf("the next day: %s", v)
		}
		visits, err := m.App.Admission.Visits(t.Context(), m.event.ID)
		if err != nil || visits.Today.Total != 1 || visits.Total.Total != 3 || visits.Total.By[0].Method != registry.CountScan {
			t.Errorf("visits %+v, %v", visits, err)
		}
	})
}

func TestTrainingCountsNowhere(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	training := func(s *gate.SentScan) { s.Training = true }
	if v := m.verdict(t, p, p.Scan(m.staff[0], training)); v != registry.VerdictOK {
		t.Errorf("training: %s", v)
	}
	in := passes.IssueInput{Kind: registry.OfficialPass, Count: 1, FirstDay: m.event.OpensOn, Days: 1, Test: true}
	if err := m.App.Passes.IssuePasses(t.Context(), registry.SystemActor("t"), m.event.ID, in); err != nil {
		t.Fatal(err)
	}
	test := m.Issued(m.event, registry.OfficialPass, 1)[0]
	if v := m.verdict(t, p, p.Scan(test)); v != registry.VerdictTestPass {
		t.Errorf("test pass at a live gate: %s", v)
	}
	if v := m.verdict(t, p, p.Scan(test, training)); v != registry.VerdictOK {
		t.Errorf("test pass in training: %s", v)
	}
	if v := m.verdict(t, p, p.Scan(test, testkit.Offline(registry.VerdictOK))); v != registry.VerdictTestPass {
		t.Errorf("test pass let in offline: %s", v)
	}
	if s := m.stats(t, p); s.Inside != 0 || len(s.Hours) != 0 {
		t.Errorf("stats %+v", s)
	}
}

// TestAcknowledgedWithoutGaps: a phone may drop a scan only when all before it are
// durable too.
func TestAcknowledgedWithoutGaps(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		s := make([]gate.SentScan, 6)
		for i := range s {
			s[i] = p.Scan(m.staff[i%4])
		}
		acked := func(batch gate.ScanBatch) int64 {
			batch.DeviceSeqFrom = min(batch.DeviceSeqFrom, 1)
			a, err := m.App.Admission.Scan(t.Context(), p.Device, batch)
			if err != nil {
				t.Fatal(err)
			}
			return a.AckedSeq
		}
		for i, step := range []struct {
			send []gate.SentScan
			want int64
		}{{s[1:2], 0}, {s[3:4], 0}, {s[0:1], 2}, {s[2:3], 4}, {s[5:6], 4}, {s[4:5], 6}} {
			if got := acked(p.Batch(step.send...)); got != step.want {
				t.Errorf("step %d: acknowledged up to %d, want %d", i, got, step.want)
			}
		}
		far := p.Scan(m.staff[0])
		far.Seq = 100
		batch := p.Batch(far) // the phone has nothing below it any more
		if a, err := m.App.Admission.Scan(t.Context(), p.Device, batch); err != nil || a.AckedSeq != 100 {
			t.Errorf("gap that stays: %d, %v", a.AckedSeq, err)
		}
	})
}

func TestBackedUpSeqFollowsTheBackup(t *testing.T) {
	m := newMarket(t, "sqlite")
	p := m.Phone(m.event.ID, registry.Steward, 1)
	if _, a := m.sent(t, p, p.Scan(m.staff[0]), p.Scan(m.staff[1])); a.BackedUpSeq != 0 {
		t.Errorf("backed up to %d before any backup", a.BackedUpSeq)
	}
	if err := m.App.BackupTo(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if _, a := m.sent(t, p, p.Scan(m.staff[2])); a.BackedUpSeq != 2 || a.AckedSeq != 3 {
		t.Errorf("after a backup: backed up to %d, acknowledged to %d", a.BackedUpSeq, a.AckedSeq)
	}
}

func TestScansDropNoCachedPage(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	before := m.DB.Changes()
	m.send(t, p, p.Scan(m.staff[0]))
	if _, err := m.App.Admission.Count(t.Context(), p.Device, p.Presses(1)); err != nil {
		t.Fatal(err)
	}
	if got := m.DB.Changes(); got != before {
		t.Errorf("cached pages were dropped %d times", got-before)
	}
}

// TestHeavyAnyOrderOfUploadsEndsTheSame sends the same offline histories of two phones,
// with voids, in any order, split and repeated.
func TestHeavyAnyOrderOfUploadsEndsTheSame(t *testing.T) {
	need.Long(t)
	r := rand.New(rand.NewPCG(7, 7))
	for range 12 {
		histories := history(r)
		want := ""
		for try := range 3 {
			m := newMarket(t, testkit.Engine())
			got := m.upload(t, r, histories, try)
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("another order ends in\n%s\nnot in\n%s", got, want)
			}
		}
	}
}

// happening is one thing that happened at a gate: a scan of a staff pass, or the taking
// back of the step before.
type happening struct {
	phone, pass int
	out, void   bool
	minute      int
}

func history(r *rand.Rand) []happening {
	steps := make([]happening, 14)
	for i := range steps {
		steps[i] = happening{phone: r.IntN(2), pass: r.IntN(2), out: r.IntN(3) == 0, void: r.IntN(5) == 0, minute: i}
	}
	return steps
}

// upload sends the steps in an order of its own and returns where it ends.
func (m *market) upload(t *testing.T, r *rand.Rand, steps []happening, try int) string {
	t.Helper()
	phones := []*testkit.Phone{m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)}
	slices.SortFunc(phones, func(a, b *testkit.Phone) int { return strings.Compare(string(a.Device.ID), string(b.Device.ID)) })
	start := m.App.NowMS() - time.Hour.Milliseconds()
	last := map[int]registry.ScanID{}
	type sending struct {
		phone *testkit.Phone
		scan  gate.SentScan
	}
	var all []sending
	for _, s := range steps {
		p := phones[s.phone]
		scan := p.Scan(m.staff[s.pass], testkit.Offline(registry.VerdictOK))
		scan.At = start + int64(s.minute)*60_000
		if s.out {
			scan.Direction = registry.Out
		}
		if s.void && last[s.phone] != "" {
			scan.QR, scan.VoidOf, scan.Verdict = "", last[s.phone], ""
		} else {
			last[s.phone] = scan.ID
		}
		all = append(all, sending{p, scan})
	}
	if try > 0 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = append(all, all[:len(all)/2]...)
	}
	for _, s := range all {
		b := s.phone.Batch(s.scan)
		b.DeviceSeqFrom = 1
		if _, err := m.App.Admission.Scan(t.Context(), s.phone.Device, b); err != nil {
			t.Fatal(err)
		}
	}
	return m.ending(t, phones[0])
}

// ending is the state of the gates as one text.
func (m *market) ending(t *testing.T, p *testkit.Phone) string {
	t.Helper()
	var b strings.Builder
	m.Read(func(tx *store.Tx) error {
		rows, err := tx.GatePasses(t.Context(), []string{m.staff[0].Code, m.staff[1].Code})
		slices.SortFunc(rows, func(a, b store.GatePass) int { return a.Ordinal - b.Ordinal })
		for _, row := range []int{0, 1} {
			for _, g := range rows {
				if g.Code == m.staff[row].Code {
					fmt.Fprintf(&b, "%d: inside %v used %v\n", row, g.Presence.Inside(), g.Presence.Used)
				}
			}
		}
		return err
	})
	s := m.stats(t, p)
	raw, err := json.Marshal(struct{ Hours, Gates any }{s.Hours, s.Gates})
	if err != nil {
		t.Fatal(err)
	}
	b.Write(raw)
	return b.String()
}
