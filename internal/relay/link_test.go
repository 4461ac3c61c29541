package relay

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	_ "hoicho/internal/testkit/site"
)

// site is a fair with its server, a relay at the gates, and the network between
// them.
type site struct {
	server, relay *testkit.Kit
	wire          *testkit.Wire
	link          *Link
	event         registry.Event
	staff, guests []registry.PassRow
	ids           []registry.ScanID // of the scans made
	mu            sync.Mutex
}

var chief = registry.SystemActor("test")

// newSite makes a fair of today with a relay that has joined and holds the list.
func newSite(t *testing.T) *site {
	t.Helper()
	return newSiteOn(t, testkit.Engine())
}

// newSiteOn is newSite with the server's database on an engine.
func newSiteOn(t *testing.T, engine string) *site {
	t.Helper()
	s := &site{server: testkit.NewAppOn(t, engine)}
	s.event = s.server.Event(testkit.InState(registry.Running))
	s.server.Gates(s.event.ID, 2)
	s.staff = testkit.PassesOfKind(s.server.Stall(s.event, 5), registry.StaffPass)
	s.guests = s.server.Issued(s.event, registry.VisitorPass, 30)
	s.wire = testkit.NewWire(t, s.server.Serve())
	s.relay = testkit.NewRelay(t, s.server.Clock)
	s.reopen()
	s.join(t, s.code(t, registry.Relay))
	s.sync(t)
	return s
}

func (s *site) code(t *testing.T, role registry.DeviceRole) string {
	t.Helper()
	p, err := s.server.App.Admission.NewPairing(t.Context(), chief, s.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return p.Token
}

func (s *site) join(t *testing.T, code string) {
	t.Helper()
	if err := Join(t.Context(), s.relay.App, s.wire.Base(), code, "Máy tính cổng A"); err != nil {
		t.Fatal(err)
	}
}

// reopen ends the relay and starts it again.
func (s *site) reopen() {
	s.relay.Restart()
	s.link = &Link{App: s.relay.App, Log: slog.New(slog.DiscardHandler)}
}

func (s *site) sync(t *testing.T) {
	t.Helper()
	if err := s.link.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// send sends scans to the relay.
func (s *site) send(t *testing.T, p *testkit.Phone, scans ...gate.SentScan) admission.GateAnswer {
	t.Helper()
	a, err := s.relay.App.Admission.Scan(t.Context(), p.Device, p.Batch(scans...))
	if err != nil {
		t.Error(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, scan := range scans {
		s.ids = append(s.ids, scan.ID)
	}
	return a
}

// day is what several phones do at once: guests and staff in and out, the same
// guest at two gates, forged texts, decisions of their own, uploads that come
// twice, voids, and the clicker.
func (s *site) day(t *testing.T, phones []*testkit.Phone, guests []registry.PassRow) {
	t.Helper()
	var wg sync.WaitGroup
	for n, p := range phones {
		wg.Go(func() { s.shift(t, n, p, guests) })
	}
	wg.Wait()
}

func (s *site) shift(t *testing.T, n int, p *testkit.Phone, guests []registry.PassRow) {
	for i, g := range guests {
		scan := p.Scan(g)
		switch {
		case i%7 == 3:
			testkit.Offline(registry.VerdictOK)(&scan)
		case i%7 == 5:
			scan.QR = scan.QR[:len(scan.QR)-3] + "000"
		}
		a := s.send(t, p, scan)
		if again := s.send(t, p, scan); string(again.Results[0]) != string(a.Results[0]) {
			t.Errorf("the same scan got another answer: %s, then %s", a.Results[0], again.Results[0])
		}
		if i%10 == n {
			void := gate.SentScan{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: p.Seq + 1, VoidOf: scan.ID, Direction: registry.In,
				Gate: scan.Gate, At: scan.At, Mode: registry.Online}
			p.Seq++
			s.send(t, p, void)
		}
		s.server.Clock.Add(time.Second)
	}
	for _, row := range s.staff {
		in := p.Scan(row)
		out := p.Scan(row, testkit.Going)
		out.At += 60_000
		s.send(t, p, in, out)
	}
	if _, err := s.relay.App.Admission.Count(t.Context(), p.Device, p.Presses(5+n)); err != nil {
		t.Error(err)
	}
}

// told is what of a scan must be the same at both ends.
type told struct {
	Device               registry.DeviceID
	ID                   registry.ScanID
	Seq                  int64
	Boot                 string
	Direction            registry.Direction
	Gate                 int
	At, Corrected, Mono  int64
	Mode                 registry.ScanMode
	Phone, Relay         registry.VerdictCode
	Code                 string
	Admitted, Moves      bool
	VoidOf               registry.ScanID
	ForcedBy, VoidReason string
}

// ends are all that the relay and the server know of the day.
type ends struct {
	Scans     []told
	Presences map[string]registry.Presence
	Hours     []registry.GateHour
	Inside    int
}

// known reads what one end knows, the scans in their order.
func (s *site) known(t *testing.T, k *testkit.Kit) (e ends) {
	t.Helper()
	k.Read(func(tx *store.Tx) error {
		rows, err := tx.ScansByID(t.Context(), s.ids)
		if err != nil {
			return err
		}
		for _, r := range rows {
			answered := r.RelayVerdict
			if k == s.relay {
				answered = r.Verdict
			}
			e.Scans = append(e.Scans, told{r.Device, r.ID, r.Seq, r.Boot, r.Direction, r.Gate, r.At, r.CorrectedAt, r.MonoMS, r.Mode,
				r.DeviceVerdict, answered, r.Code, r.Admitted(), r.Moves, r.VoidOf, r.ForcedBy, r.VoidReason})
		}
		slices.SortFunc(e.Scans, func(a, b told) int {
			return cmp3(a.Corrected-b.Corrected, string(a.Device), string(b.Device), a.Seq-b.Seq)
		})
		passes, err := tx.GatePassesSince(t.Context(), s.event.ID, -1)
		if err != nil {
			return err
		}
		e.Presences = map[string]registry.Presence{}
		for _, p := range passes {
			p.Presence.Version, p.Presence.Verdict, p.Presence.Kept = 0, "", ""
			e.Presences[p.Code] = p.Presence
		}
		if e.Hours, err = tx.GateHours(t.Context(), s.event.ID, 0, 1<<62); err != nil {
			return err
		}
		e.Inside, err = tx.PeopleInside(t.Context(), s.event.ID, s.event.OpensOn)
		return err
	})
	return e
}

func cmp3(at int64, a, b string, seq int64) int {
	switch {
	case at != 0:
		return int(at)
	case a != b:
		return map[bool]int{true: -1, false: 1}[a < b]
	}
	return int(seq)
}

// differences says what the two ends know differently; nothing when all is well.
func (s *site) differences(t *testing.T) string {
	t.Helper()
	return cmp.Diff(s.known(t, s.relay), s.known(t, s.server))
}

// TestDayWithoutNetwork: the server is cut off for the whole day, and the relay is
// ended and started in between. Afterwards the server knows what the relay knows:
// nothing lost, none double, the order kept, device, id and number those of the
// phones.
func TestDayWithoutNetwork(t *testing.T) {
	s := newSite(t)
	s.wire.Cut()
	var phones []*testkit.Phone
	for n := range 4 {
		phones = append(phones, s.relay.Phone(s.event.ID, registry.Steward, n%2+1))
	}
	s.day(t, phones[:2], s.guests[:15])
	if err := s.link.Sync(t.Context()); !errors.Is(err, ErrUnreachable) {
		t.Errorf("sync on a cut wire: %v", err)
	}
	s.reopen()
	s.day(t, phones, s.guests[10:])
	before := s.known(t, s.relay)
	if len(before.Scans) < 150 || len(s.known(t, s.server).Scans) != 0 {
		t.Fatalf("the day has %d scans, and the server knows %d", len(before.Scans), len(s.known(t, s.server).Scans))
	}
	s.wire.Mend()
	s.sync(t)
	s.server.Clock.Add(time.Hour)
	s.sync(t)
	if diff := s.differences(t); diff != "" {
		t.Errorf("relay and server (-relay +server):\n%s", diff)
	}
	if diff := cmp.Diff(before, s.known(t, s.relay)); diff != "" {
		t.Errorf("handing on changed the relay:\n%s", diff)
	}
	t.Run("repeats do no harm", func(t *testing.T) {
		s.forgetSent(t)
		s.sync(t)
		if diff := s.differences(t); diff != "" {
			t.Errorf("handed on twice:\n%s", diff)
		}
	})
	t.Run("control", func(t *testing.T) {
		s.pushUnderFreshIDs(t)
		if s.differences(t) == "" {
			t.Error("scans under fresh ids are not seen by the comparison: it cannot fail")
		}
	})
}

// forgetSent makes the relay hand on everything once more.
func (s *site) forgetSent(t *testing.T) {
	t.Helper()
	s.reopen()
	if _, err := s.relay.App.Admission.RelaySent(t.Context(), 0, gate.RelayAnswer{}); err != nil {
		t.Fatal(err)
	}
}

// pushUnderFreshIDs is what a careless relay would do.
func (s *site) pushUnderFreshIDs(t *testing.T) {
	t.Helper()
	s.forgetSent(t)
	batch, _, _, err := s.relay.App.Admission.RelayUnsent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	batch.Counts = nil
	for i := range batch.Scans {
		batch.Scans[i].Scan.ID = registry.ScanID(uuid.Must(uuid.NewV7()).String())
	}
	home, _ := s.relay.App.Admission.RelayHome(t.Context())
	token, err := s.relay.App.Admission.RelayToken(home)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newClient(s.wire.Base(), token).push(t.Context(), batch); err != nil {
		t.Fatal(fmt.Errorf("push: %w", err))
	}
}
