package admission_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

func (m *market) invite(t *testing.T, gates ...int) admission.Pairing {
	t.Helper()
	p, err := m.App.Admission.NewPairing(t.Context(), registry.SystemActor("t"), m.event.ID, admission.PairInput{Gates: gates, Role: registry.Steward})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPairingTokenWorksOnce(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		token := m.invite(t, 2).Token
		var won atomic.Int32
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				answer, err := m.App.Admission.Pair(t.Context(), "net", gate.PairRequest{Token: token, Name: " Máy  của Lan "})
				switch {
				case err == nil:
					won.Add(1)
					if len(answer.Gates) != 1 || answer.Gates[0].Name != "Cổng B" || answer.Event.Number != m.event.Number {
						t.Errorf("answer %+v", answer)
					}
				case registry.KindOf(err) != registry.NotFound:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d phones paired with one token", won.Load())
		}
		office, err := m.App.Admission.GateOffice(t.Context(), registry.SystemActor("t"), m.event.ID)
		if err != nil || len(office.Devices) != 1 || office.Devices[0].Name != "Máy của Lan" {
			t.Errorf("devices %+v, %v", office.Devices, err)
		}
	})
}

// TestPhonesWithoutNamesAreToldApart: each has its gate's name and the next letter
// there, also after one was shut out.
func TestPhonesWithoutNamesAreToldApart(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	pair := func(gateN int, name, want string) registry.DeviceID {
		t.Helper()
		answer, err := m.App.Admission.Pair(t.Context(), "net", gate.PairRequest{Token: m.invite(t, gateN).Token, Name: name})
		if err != nil || answer.Name != want {
			t.Errorf("%q, %v; want %q", answer.Name, err, want)
		}
		return answer.DeviceID
	}
	first := pair(1, "", "Cổng A · A")
	pair(1, "  ", "Cổng A · B")
	pair(2, "", "Cổng B · A")
	pair(1, " Máy  của Lan ", "Máy của Lan")
	pair(2, "Cổng B · B", "Cổng B · B")
	if err := m.App.Admission.RevokeDevice(t.Context(), registry.SystemActor("t"), m.event.ID, first); err != nil {
		t.Fatal(err)
	}
	pair(1, "", "Cổng A · C")
	pair(2, "", "Cổng B · C")
}

func TestPairingTokenIsOverAfterHalfAnHour(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	token := m.invite(t, 1).Token
	m.Clock.Add(30 * time.Minute)
	if _, err := m.App.Admission.Pair(t.Context(), "net", gate.PairRequest{Token: token, Name: "x"}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("after half an hour: %v", err)
	}
}

// TestGuessingTokensIsLimited: wrong tokens are, and pairing forty phones behind
// one address is not.
func TestGuessingTokensIsLimited(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	for range 40 {
		if _, err := m.App.Admission.Pair(t.Context(), "market", gate.PairRequest{Token: m.invite(t, 1).Token, Name: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 21 {
		_, err := m.App.Admission.Pair(t.Context(), "guesser", gate.PairRequest{Token: pass.NewCode(), Name: "x"})
		want := registry.NotFound
		if i == 20 {
			want = registry.Limited
		}
		if registry.KindOf(err) != want {
			t.Errorf("guess %d: %v", i+1, err)
		}
	}
	if _, err := m.App.Admission.Pair(t.Context(), "market", gate.PairRequest{Token: m.invite(t, 1).Token, Name: "x"}); err != nil {
		t.Errorf("an honest phone elsewhere: %v", err)
	}
}

func TestRevokedAndExpiredPhones(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	system := registry.SystemActor("t")
	p := m.Phone(m.event.ID, registry.Steward, 1)
	other := m.Kit.Event(testkit.InState(registry.Running))
	if err := m.App.Admission.RevokeDevice(t.Context(), system, other.ID, p.Device.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("through another event: %v", err)
	}
	refused := func(token, key string) {
		t.Helper()
		_, err := m.App.Admission.GateDevice(t.Context(), token)
		if registry.KindOf(err) != registry.Unauthenticated || !strings.Contains(err.Error(), key) {
			t.Errorf("%v, want %s", err, key)
		}
	}
	refused(strings.Repeat("0", 64), "device_unknown")
	if err := m.App.Admission.RevokeDevice(t.Context(), system, m.event.ID, p.Device.ID); err != nil {
		t.Fatal(err)
	}
	refused(p.Token, "device_revoked")
	if err := m.App.Admission.RevokeDevice(t.Context(), system, m.event.ID, p.Device.ID); registry.KindOf(err) != registry.Conflict {
		t.Errorf("twice: %v", err)
	}
	late := m.Phone(m.event.ID, registry.Steward, 1)
	m.Clock.Set(time.UnixMilli(m.event.EndsAt).Add(12*time.Hour - time.Millisecond))
	if _, err := m.App.Admission.GateDevice(t.Context(), late.Token); err != nil {
		t.Errorf("just before twelve hours after the end: %v", err)
	}
	m.Clock.Add(time.Millisecond)
	refused(late.Token, "device_expired")
}

func TestOnlyTheOfficeOfTheAreaPairs(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	for name, c := range map[string]struct {
		role registry.Role
		area string
		want registry.Kind
	}{
		"gate chief": {registry.GateChief, "19", 0}, "viewer": {registry.Viewer, "19", registry.Forbidden},
		"elsewhere": {registry.Organiser, "01", registry.NotFound},
	} {
		actor, _ := m.Officer(c.role, c.area)
		_, err := m.App.Admission.NewPairing(t.Context(), actor, m.event.ID, admission.PairInput{Gates: []int{1}, Role: registry.Steward})
		if registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad := []admission.PairInput{{Role: registry.Steward}, {Gates: []int{3}, Role: registry.Steward}, {Gates: []int{1}, Role: "boss"}}
	for _, in := range bad {
		if _, err := m.App.Admission.NewPairing(t.Context(), registry.SystemActor("t"), m.event.ID, in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%+v: %v", in, err)
		}
	}
}

func (m *market) snapshot(t *testing.T, p *testkit.Phone, since, etag string) (*gate.Snapshot, string) {
	t.Helper()
	s, tag, err := m.GateSnapshot(p.Device, since, etag)
	if err != nil {
		t.Fatal(err)
	}
	return s, tag
}

func TestSnapshotTellsWhatChanged(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		whole, tag := m.snapshot(t, p, "", "")
		if whole.Partial || len(whole.Passes) != len(m.passes) || len(whole.Gates) != 2 || whole.Passes[m.staff[0].Code].Booth != "A05" {
			t.Fatalf("whole: %d passes, %+v", len(whole.Passes), whole.Gates)
		}
		for since, held := range map[string]string{whole.Cursor: "", "0.1": tag} {
			if s, again := m.snapshot(t, p, since, held); s != nil || again != tag {
				t.Errorf("nothing changed since %s: %+v, %s", since, s, again)
			}
		}
		m.send(t, p, p.Scan(m.staff[0]))
		delta, tag2 := m.snapshot(t, p, whole.Cursor, tag)
		if delta == nil || !delta.Partial || len(delta.Passes) != 1 || delta.Passes[m.staff[0].Code].Inside == nil || delta.Version <= whole.Version {
			t.Fatalf("after an entry: %+v", delta)
		}
		m.policy(t, func(in *admission.PolicyInput) { in.MaxInside = 7 })
		changed, tag3 := m.snapshot(t, p, delta.Cursor, tag2)
		if changed == nil || changed.Policy.MaxInside != 7 || len(changed.Passes) != 0 || tag3 == tag2 {
			t.Errorf("after a new policy: %+v", changed)
		}
		if s, _ := m.snapshot(t, p, "5.1", ""); s.Partial || len(s.Passes) != len(m.passes) {
			t.Errorf("a list of another epoch: partial %v, %d passes", s.Partial, len(s.Passes))
		}
		if s, _ := m.snapshot(t, p, gate.Cursor(0, 1<<40, ""), ""); s.Partial {
			t.Error("a list newer than the server's got a delta")
		}
		if _, _, err := m.GateSnapshot(p.Device, "x", ""); registry.KindOf(err) != registry.Malformed {
			t.Errorf("cursor x: %v", err)
		}
		verify(t, whole, m.staff[0])
	})
}

// verify decides with what a phone holds, as a phone would.
func verify(t *testing.T, held *gate.Snapshot, row registry.PassRow) {
	t.Helper()
	raw, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	var phone gate.Snapshot
	if err := json.Unmarshal(raw, &phone); err != nil {
		t.Fatal(err)
	}
	scan := gate.Scan{QR: pass.Text("http://localhost", row.Code, row.Proof), Direction: registry.In, Gate: 1}
	if v := gate.Decide(&phone, scan, held.TakenAt); v.Code != registry.VerdictOK {
		t.Errorf("a phone with the snapshot says %+v", v)
	}
}

// TestLongSnapshotIsSmall measures a fair of 2,000 booths with five passes each.
func TestLongSnapshotIsSmall(t *testing.T) {
	need.Long(t)
	m := newMarket(t, testkit.Engine())
	var vendors []registry.VendorID
	for range 300 {
		vendors = append(vendors, m.Vendor().ID)
	}
	booths := m.Booths(m.event.ID, "F", 2000)
	passes := make([]registry.Pass, 10_000)
	for i := range passes {
		passes[i] = m.staff[0].Pass
		passes[i].ID, passes[i].Bearer, passes[i].Code = store.NewID[registry.PassID](), "", pass.NewCode()
		passes[i].Booth, passes[i].Vendor, passes[i].Label = booths[i/5].ID, vendors[i/5%300], booths[i/5].Code
	}
	for chunk := range slices.Chunk(passes, 1000) {
		m.Write(func(tx *store.Tx) error { return tx.InsertPasses(t.Context(), chunk) })
	}
	p := m.Phone(m.event.ID, registry.Steward, 1)
	whole, tag := m.snapshot(t, p, "", "")
	if n := zipped(t, whole); len(whole.Passes) < 10_000 || n > 400_000 {
		t.Errorf("%d passes take %d bytes, want at most 400 kB", len(whole.Passes), n)
	}
	m.send(t, p, p.Scan(m.staff[0]))
	delta, _ := m.snapshot(t, p, whole.Cursor, tag)
	if n := zipped(t, delta); n > 2000 {
		t.Errorf("a quiet delta takes %d bytes, want at most 2 kB", n)
	}
}

func zipped(t *testing.T, v any) int {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Len()
}

func TestSupervisorPin(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	system := registry.SystemActor("t")
	for _, bad := range []string{"1234", "1234567", "12345x", "123456", "１２３４５６"} {
		if err := m.App.Admission.SetSupervisorPin(t.Context(), system, m.event.ID, bad); registry.KindOf(err) != registry.Invalid {
			t.Errorf("PIN %s: %v", bad, err)
		}
	}
	p := m.Phone(m.event.ID, registry.Steward, 1)
	if err := m.App.Admission.SetSupervisorPin(t.Context(), system, m.event.ID, "280593"); err != nil {
		t.Fatal(err)
	}
	if s, _ := m.snapshot(t, p, "", ""); s.Pin == nil || len(s.Pin.Salt) != 16 || len(s.Pin.Hash) != 32 {
		t.Errorf("pin %+v", s.Pin)
	}
	if err := m.App.Admission.SetSupervisorPin(t.Context(), system, m.event.ID, ""); err != nil {
		t.Fatal(err)
	}
	if s, _ := m.snapshot(t, p, "", ""); s.Pin != nil {
		t.Errorf("pin after taking it away: %+v", s.Pin)
	}
}

func TestGatesAreNumberedAndNeverLost(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	system := registry.SystemActor("t")
	add := func(name string, kinds ...registry.PassKind) error {
		return m.App.Admission.AddGate(t.Context(), system, m.event.ID, admission.GateInput{Name: name, Kinds: kinds})
	}
	for _, bad := range []error{add(""), add(strings.Repeat("ổ", 41)), add("C", "dog")} {
		if registry.KindOf(bad) != registry.Invalid {
			t.Errorf("taken: %v", bad)
		}
	}
	for i := 3; i <= 40; i++ {
		if err := add(fmt.Sprint("Cổng ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := add("Cổng 41"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("gate 41: %v", err)
	}
	office, err := m.App.Admission.GateOffice(t.Context(), system, m.event.ID)
	if err != nil || len(office.Gates) != 40 {
		t.Fatalf("%d gates, %v", len(office.Gates), err)
	}
	codes := map[string]bool{}
	for i, g := range office.Gates {
		if g.Number != i+1 || len(g.Code) != 8 || codes[g.Code] {
			t.Errorf("gate %+v", g)
		}
		codes[g.Code] = true
	}
}
