package relay

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// verdict is what a phone was answered to its only scan.
func verdict(t *testing.T, a admission.GateAnswer) registry.VerdictCode {
	t.Helper()
	var r gate.ScanResult
	if err := json.Unmarshal(a.Results[0], &r); err != nil {
		t.Fatal(err)
	}
	return r.Verdict
}

// TestGatesOnBothSidesOfACut: while there is a network the relay knows what gates
// elsewhere saw. Without it both sides let the same guest in, both entries stay,
// and the reconciliation names them.
func TestGatesOnBothSidesOfACut(t *testing.T) {
	s := newSite(t)
	near, far := s.relay.Phone(s.event.ID, registry.Steward, 1), s.server.Phone(s.event.ID, registry.Steward, 2)
	there := func(g registry.PassRow) {
		t.Helper()
		if _, err := s.server.App.Admission.Scan(t.Context(), far.Device, far.Batch(far.Scan(g))); err != nil {
			t.Fatal(err)
		}
		s.server.Clock.Add(time.Minute)
	}
	there(s.guests[0])
	s.sync(t)
	if v := verdict(t, s.send(t, near, near.Scan(s.guests[0]))); v != registry.VerdictAlreadyInside && v != registry.VerdictAlreadyUsed {
		t.Errorf("a guest who came in elsewhere: %s", v)
	}
	s.wire.Cut()
	there(s.guests[1])
	if v := verdict(t, s.send(t, near, near.Scan(s.guests[1]))); v != registry.VerdictOK {
		t.Errorf("a guest who came in elsewhere since the cut: %s", v)
	}
	s.server.Clock.Add(time.Minute)
	s.wire.Mend()
	s.sync(t)
	s.sync(t)
	d, err := s.server.App.Admission.Differences(t.Context(), chief, s.event.ID, admission.DifferenceFilter{Limit: 10})
	if err != nil || d.ByKind[registry.DiffDouble] != 1 {
		t.Errorf("differences %+v, %v: want one double entry", d.ByKind, err)
	}
	near2, far2 := s.known(t, s.relay), s.known(t, s.server)
	for _, g := range s.guests[:2] {
		a, b := near2.Presences[g.Code], far2.Presences[g.Code]
		if a.Last != b.Last || len(a.Used) != 1 || a.Used[0] != b.Used[0] {
			t.Errorf("guest %s: the relay knows %+v, the server %+v", g.Code, a, b)
		}
	}
}

// TestTakingBackKeepsWhatOthersSaw: a void at the relay works the pass out anew,
// with what gates elsewhere saw of it.
func TestTakingBackKeepsWhatOthersSaw(t *testing.T) {
	s := newSite(t)
	near, far := s.relay.Phone(s.event.ID, registry.Steward, 1), s.server.Phone(s.event.ID, registry.Steward, 2)
	if _, err := s.server.App.Admission.Scan(t.Context(), far.Device, far.Batch(far.Scan(s.guests[0]))); err != nil {
		t.Fatal(err)
	}
	s.sync(t)
	s.server.Clock.Add(time.Minute)
	forced := near.Scan(s.guests[0], func(sc *gate.SentScan) { sc.ForcedBy = "Tổ trưởng" })
	s.send(t, near, forced)
	near.Seq++
	s.send(t, near, gate.SentScan{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: near.Seq, VoidOf: forced.ID, Direction: registry.In,
		Gate: 1, At: forced.At, Mode: registry.Online})
	s.sync(t)
	a, b := s.known(t, s.relay).Presences[s.guests[0].Code], s.known(t, s.server).Presences[s.guests[0].Code]
	if a.Last != b.Last || a.Last.Device != far.Device.ID || len(a.Used) != 1 {
		t.Errorf("the relay knows %+v, the server %+v", a, b)
	}
}

// TestPhonePairedAnewAtTheRelay: what a phone did at its gate before is handed on,
// and what comes after it too.
func TestPhonePairedAnewAtTheRelay(t *testing.T) {
	s := newSite(t)
	p := s.relay.Phone(s.event.ID, registry.Steward, 2)
	before := p.Scan(s.guests[0], testkit.Offline(registry.VerdictOK))
	before.Gate = 1
	s.send(t, p, before)
	press := p.Presses(1)
	press.Counts[0].Gate = 1
	if _, err := s.relay.App.Admission.Count(t.Context(), p.Device, press); err != nil {
		t.Fatal(err)
	}
	s.send(t, p, p.Scan(s.guests[1]))
	s.sync(t)
	if diff := s.differences(t); diff != "" || len(s.known(t, s.server).Scans) != 2 {
		t.Errorf("relay and server (-relay +server):\n%s", diff)
	}
}

// TestAnswerThatCameTooLateAtTheRelay: what the phone then decided by itself is
// handed on too, after the scan itself was.
func TestAnswerThatCameTooLateAtTheRelay(t *testing.T) {
	s := newSite(t)
	p := s.relay.Phone(s.event.ID, registry.Steward, 1)
	scan := p.Scan(s.guests[0])
	s.send(t, p, scan)
	s.sync(t)
	testkit.Offline(registry.VerdictUnknown)(&scan)
	s.send(t, p, scan)
	s.sync(t)
	if diff := s.differences(t); diff != "" {
		t.Errorf("relay and server (-relay +server):\n%s", diff)
	}
	if e := s.known(t, s.server); e.Inside != 0 || e.Scans[0].Phone != registry.VerdictUnknown {
		t.Errorf("the server knows %+v", e.Scans)
	}
}

// TestServerRestoredFromBackup: the relay hands on again what the server lost. A
// phone may drop a scan only once the server has it too.
func TestServerRestoredFromBackup(t *testing.T) {
	s := newSiteOn(t, "sqlite") // PostgreSQL brings its own backups
	p := s.relay.Phone(s.event.ID, registry.Steward, 1)
	if a := s.send(t, p, p.Scan(s.guests[0])); a.AckedSeq != 1 || a.BackedUpSeq != 0 {
		t.Errorf("before it is handed on: acked %d, backed up %d", a.AckedSeq, a.BackedUpSeq)
	}
	s.sync(t)
	file, old := filepath.Join(t.TempDir(), "b.db"), filepath.Join(t.TempDir(), "restored.db")
	if _, err := s.server.DB.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if a := s.send(t, p, p.Scan(s.guests[1]), p.Scan(s.guests[2])); a.BackedUpSeq != 1 {
		t.Errorf("after it was handed on: backed up %d", a.BackedUpSeq)
	}
	s.sync(t)
	if _, err := store.Restore(t.Context(), file, old, store.RestoreOptions{Guard: testkit.GuardOf}); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.Now = s.server.Clock.Now
	s.server = &testkit.Kit{T: t, DB: db, Clock: s.server.Clock}
	s.server.Restart()
	s.wire.Cut()
	s.wire.Lead(s.server.Serve())
	s.wire.Mend()
	if s.differences(t) == "" {
		t.Error("the restored server lost nothing: the test shows nothing")
	}
	s.sync(t)
	s.sync(t)
	if diff := s.differences(t); diff != "" {
		t.Errorf("relay and server (-relay +server):\n%s", diff)
	}
}

// TestServerRefusesWhatIsNotTheRelays: a phone's token, a phone of another relay,
// and batches that no relay sends; nothing of them is stored.
func TestServerRefusesWhatIsNotTheRelays(t *testing.T) {
	s := newSite(t)
	p, far := s.relay.Phone(s.event.ID, registry.Steward, 1), s.server.Phone(s.event.ID, registry.Steward, 1)
	s.send(t, p, p.Scan(s.guests[0]))
	home, _ := s.relay.App.Admission.RelayHome(t.Context())
	token, err := s.relay.App.Admission.RelayToken(home)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(s.wire.Base(), token)
	good, _, _, err := s.relay.App.Admission.RelayUnsent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*gate.RelayBatch){
		"403 phone of the server": func(b *gate.RelayBatch) { b.Phones[0].ID, b.Scans[0].Device = far.Device.ID, far.Device.ID },
		"400 phone unnamed":       func(b *gate.RelayBatch) { b.Phones = nil },
		"400 gate of nobody":      func(b *gate.RelayBatch) { b.Phones[0].Gates = []int{1, 7} },
		"400 role":                func(b *gate.RelayBatch) { b.Phones[0].Role = registry.Relay },
		"400 scan at no gate":     func(b *gate.RelayBatch) { b.Scans[0].Scan.Gate = 7 },
		"400 no verdict":          func(b *gate.RelayBatch) { b.Scans[0].Answered = "perhaps" },
		"400 no id":               func(b *gate.RelayBatch) { b.Scans[0].Scan.ID = "1" },
		"400 too many":            func(b *gate.RelayBatch) { b.Scans = make([]gate.RelayScan, 1001) },
	} {
		var b gate.RelayBatch
		raw, _ := json.Marshal(good)
		json.Unmarshal(raw, &b)
		spoil(&b)
		_, err := c.push(t.Context(), b)
		refused, ok := errors.AsType[*Refused](err)
		if !ok || !strings.HasPrefix(name, strconv.Itoa(refused.Status)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := newClient(s.wire.Base(), far.Token).push(t.Context(), good); err == nil {
		t.Error("a phone may hand on as a relay")
	}
	if _, err := newClient(s.wire.Base(), far.Token).list(t.Context(), ""); err == nil {
		t.Error("a phone gets the list of a relay")
	}
	if n := len(s.known(t, s.server).Scans); n != 0 {
		t.Errorf("%d scans of refused batches are stored", n)
	}
	if _, err := c.push(t.Context(), good); err != nil {
		t.Errorf("control: %v", err)
	}
}

// TestReissueReachesTheRelay: passes of people who are inside are issued anew at the
// server, one let in by the relay, one by the server. By the next list the relay
// knows the new ones inside, lets them out and, handed on, both ends say so.
func TestReissueReachesTheRelay(t *testing.T) {
	testkit.WithinADay(t)
	s := newSite(t)
	here, there := s.relay.Phone(s.event.ID, registry.Steward, 1), s.server.Phone(s.event.ID, registry.Steward, 2)
	s.send(t, here, here.Scan(s.staff[0]))
	if _, err := s.server.App.Admission.Scan(t.Context(), there.Device, there.Batch(there.Scan(s.staff[1]))); err != nil {
		t.Fatal(err)
	}
	s.sync(t)
	fresh := make([]registry.PassRow, 2)
	for i := range fresh {
		id, err := s.server.App.Passes.ReissuePass(t.Context(), chief, s.staff[i].ID, "rách thẻ")
		if err != nil {
			t.Fatal(err)
		}
		s.server.Read(func(tx *store.Tx) (err error) {
			fresh[i].Pass, err = tx.Pass(t.Context(), id)
			return err
		})
	}
	s.sync(t)
	s.server.Clock.Add(time.Minute)
	for i, row := range fresh {
		for _, direction := range []func(*gate.SentScan){func(*gate.SentScan) {}, testkit.Going} {
			answer := s.send(t, here, here.Scan(row, direction))
			want := map[bool]string{false: string(registry.VerdictExitOK), true: string(registry.VerdictAlreadyInside)}
			if got := string(answer.Results[0]); !strings.Contains(got, `"`+want[here.Seq%2 == 0]+`"`) || strings.Contains(got, "not_inside") {
				t.Errorf("pass %d at the relay: %s", i, got)
			}
		}
	}
	s.sync(t)
	for name, k := range map[string]*testkit.Kit{"relay": s.relay, "server": s.server} {
		if known := s.known(t, k); known.Inside != 0 {
			t.Errorf("%s: %d inside", name, known.Inside)
		}
	}
}

// TestRelayShowsWhatOthersCounted: clicks and taps of the server's own gates stand on
// the phones of a relay beside its own, each once: before its own are handed on and
// after, while the network is away, and after a restart.
func TestRelayShowsWhatOthersCounted(t *testing.T) {
	testkit.WithinADay(t)
	s := newSite(t)
	here, there := s.relay.Phone(s.event.ID, registry.Steward, 1), s.server.Phone(s.event.ID, registry.Steward, 2)
	press := func(k *testkit.Kit, p *testkit.Phone, n int) {
		t.Helper()
		if _, err := k.App.Admission.Count(t.Context(), p.Device, p.Presses(n)); err != nil {
			t.Fatal(err)
		}
	}
	tap := func(n int) {
		t.Helper()
		s.server.Write(func(tx *store.Tx) error {
			at := s.server.App.NowMS() / registry.HourMS * registry.HourMS
			return tx.AddGateHours(t.Context(), []registry.GateHour{{Event: s.event.ID, HourAt: at, Gate: 1, Figure: registry.FigureOf(registry.CountTap), N: n}})
		})
	}
	says := func(when, want string) {
		t.Helper()
		stats, err := s.relay.App.Admission.GateStats(t.Context(), here.Device)
		if got := fmt.Sprint(stats.Visits); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", when, got, err, want)
		}
	}
	press(s.server, there, 3)
	press(s.relay, here, 2)
	says("before the first list", "[{clicker 2}]")
	s.sync(t)
	says("when its own are handed on", "[{clicker 5}]")
	tap(7)
	s.sync(t)
	s.sync(t)
	says("when the server counted on", "[{tap 7} {clicker 5}]")
	s.wire.Cut()
	press(s.relay, here, 1)
	press(s.server, there, 4)
	says("while the network is away", "[{tap 7} {clicker 6}]")
	s.reopen()
	says("after a restart", "[{tap 7} {clicker 6}]")
	s.wire.Mend()
	s.sync(t)
	s.sync(t)
	says("when the network is back", "[{tap 7} {clicker 10}]")
	s.server.Clock.Add(24 * time.Hour)
	says("on the next day", "[]")
}
