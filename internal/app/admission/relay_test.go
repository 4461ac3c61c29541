package admission_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// outpost is a fair of today with its server and a relay at the gates, which speak
// to each other without a network between them.
type outpost struct {
	server, relay *testkit.Kit
	event         registry.Event
	guests, staff []registry.PassRow
	device        registry.Device // the relay at the server
}

func newOutpost(t *testing.T) *outpost {
	t.Helper()
	testkit.WithinADay(t)
	o := &outpost{server: testkit.NewApp(t)}
	o.event = o.server.Event(testkit.InState(registry.Running))
	o.server.Gates(o.event.ID, 2)
	o.staff = testkit.PassesOfKind(o.server.Stall(o.event, 5), registry.StaffPass)
	o.guests = o.server.Issued(o.event, registry.VisitorPass, 6)
	o.relay = testkit.NewRelay(t, o.server.Clock)
	return o
}

// join pairs the relay with its server and lets them speak once.
func (o *outpost) join(t *testing.T) {
	t.Helper()
	invited, err := o.server.App.Admission.NewPairing(t.Context(), registry.SystemActor("test"), o.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: registry.Relay})
	testkit.Works(t, err)
	paired, err := o.server.App.Admission.Pair(t.Context(), "test", gate.PairRequest{Token: invited.Token, Name: "Máy tính cổng A"})
	testkit.Works(t, err)
	testkit.Works(t, o.relay.App.Admission.JoinServer(t.Context(), "http://may-chu", invited.Token, paired))
	home := o.home(t)
	token, err := o.relay.App.Admission.RelayToken(home)
	testkit.Works(t, err)
	if o.device, err = o.server.App.Admission.GateDevice(t.Context(), token); err != nil || !home.Joined() || !home.MadeWith(invited.Token) || home.MadeWith("x") {
		t.Fatalf("the relay is %+v, %v", home, err)
	}
	o.sync(t)
}

func (o *outpost) home(t *testing.T) admission.RelayHome {
	t.Helper()
	home, err := o.relay.App.Admission.RelayHome(t.Context())
	testkit.Works(t, err)
	return home
}

// sync fetches the list and hands on all that waits; it returns how many rows went.
func (o *outpost) sync(t *testing.T) (rows int) {
	t.Helper()
	list, err := o.server.App.Admission.RelayList(t.Context(), o.device, o.home(t).Cursor)
	testkit.Works(t, err)
	testkit.Works(t, o.relay.App.Admission.TakeRelayList(t.Context(), &list))
	for more := true; more; {
		var batch gate.RelayBatch
		var upTo int64
		batch, upTo, more, err = o.relay.App.Admission.RelayUnsent(t.Context())
		testkit.Works(t, err)
		batch.ReceivedAt = o.server.App.NowMS()
		answer, err := o.server.App.Admission.TakeRelay(t.Context(), o.device, batch)
		testkit.Works(t, err)
		again, err := o.relay.App.Admission.RelaySent(t.Context(), upTo, answer)
		testkit.Works(t, err)
		rows, more = rows+len(batch.Scans)+len(batch.Counts), more || again
	}
	return rows
}

func (o *outpost) scan(t *testing.T, k *testkit.Kit, p *testkit.Phone, s gate.SentScan) registry.VerdictCode {
	t.Helper()
	a, err := k.App.Admission.Scan(t.Context(), p.Device, p.Batch(s))
	testkit.Works(t, err)
	var r gate.ScanResult
	testkit.Works(t, json.Unmarshal(a.Results[0], &r))
	return r.Verdict
}

// visits is how many came in today, and who is inside, as a kit knows it.
func (o *outpost) visits(t *testing.T, k *testkit.Kit) (today int64) {
	t.Helper()
	v, err := k.App.Admission.Visits(t.Context(), o.event.ID)
	testkit.Works(t, err)
	return int64(v.Today.Total)
}

func TestRelayHandsOnWhatItsPhonesDid(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	near := o.relay.Phone(o.event.ID, registry.Steward, 1)
	for _, guest := range o.guests[:2] {
		if v := o.scan(t, o.relay, near, near.Scan(guest)); v != registry.VerdictOK {
			t.Errorf("a guest at the relay: %s", v)
		}
		o.relay.Clock.Add(time.Minute)
	}
	forged := near.Scan(o.guests[2])
	forged.QR = forged.QR[:len(forged.QR)-3] + "000"
	o.scan(t, o.relay, near, forged)
	void := near.Scan(o.guests[3])
	o.scan(t, o.relay, near, void)
	near.Seq++
	o.scan(t, o.relay, near, gate.SentScan{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: near.Seq, VoidOf: void.ID, Direction: registry.In, Gate: 1, At: void.At, Mode: registry.Online})
	testkit.Works(t, testkit.Second(o.relay.App.Admission.Count(t.Context(), near.Device, near.Presses(3))))
	waiting := func() (n int) {
		t.Helper()
		s, err := o.relay.App.Admission.RelayStatus(t.Context())
		testkit.Works(t, err)
		return s.Waiting
	}
	if n := waiting(); n != 8 {
		t.Errorf("%d rows wait, want five scans and three presses", n)
	}
	if n := o.sync(t); n != 8 || waiting() != 0 || o.sync(t) != 0 {
		t.Errorf("%d rows went, %d wait", n, waiting())
	}
	if here, there := o.visits(t, o.relay), o.visits(t, o.server); here != there || there == 0 {
		t.Errorf("the relay counts %d, the server %d", here, there)
	}
	office, err := o.server.App.Admission.GateOffice(t.Context(), registry.SystemActor("test"), o.event.ID)
	testkit.Works(t, err)
	if !slices.ContainsFunc(office.Devices, func(d registry.Device) bool { return d.ID == near.Device.ID && d.Relay == o.device.ID }) {
		t.Errorf("the server does not know the relay's phone among %d", len(office.Devices))
	}
	o.relay.Restart()
	home := o.home(t)
	if n := o.sync(t); n != 0 || !home.Joined() {
		t.Errorf("started anew the relay handed on %d rows again", n)
	}
}

func TestRelayKnowsWhatOtherGatesSaw(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	near, far := o.relay.Phone(o.event.ID, registry.Steward, 1), o.server.Phone(o.event.ID, registry.Steward, 2)
	o.scan(t, o.server, far, far.Scan(o.staff[0]))
	testkit.Works(t, testkit.Second(o.server.App.Admission.Count(t.Context(), far.Device, far.Presses(4))))
	o.sync(t)
	o.relay.Clock.Add(time.Minute)
	if v := o.scan(t, o.relay, near, near.Scan(o.staff[0])); v == registry.VerdictOK {
		t.Error("who is inside by another gate comes in again")
	}
	if v := o.scan(t, o.relay, near, near.Scan(o.staff[1])); v != registry.VerdictOK {
		t.Errorf("whoever is outside: %s", v)
	}
	o.relay.Clock.Add(time.Minute)
	o.scan(t, o.server, far, far.Scan(o.staff[0], testkit.Going))
	o.sync(t)
	o.relay.Clock.Add(time.Minute)
	if v := o.scan(t, o.relay, near, near.Scan(o.staff[0])); v != registry.VerdictOK && v != registry.VerdictOKAgain {
		t.Errorf("who left by another gate: %s", v)
	}
}

func TestRelayHearsOfPassesAndRules(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	chief := registry.SystemActor("test")
	near := o.relay.Phone(o.event.ID, registry.Steward, 1)
	testkit.Works(t, o.server.App.Passes.StepPass(t.Context(), chief, o.guests[0].ID, registry.PassRevoked, "mất thẻ"))
	testkit.Works(t, testkit.Second(o.server.App.Passes.ReissuePass(t.Context(), chief, o.guests[1].ID, "ướt mưa")))
	testkit.Works(t, o.server.App.Admission.AddGate(t.Context(), chief, o.event.ID, admission.GateInput{Name: "Cổng phụ"}))
	o.sync(t)
	for i, guest := range o.guests[:3] {
		if v := o.scan(t, o.relay, near, near.Scan(guest)); (v == registry.VerdictOK) != (i == 2) {
			t.Errorf("guest %d: %s", i, v)
		}
	}
	s, err := o.relay.App.Admission.RelayStatus(t.Context())
	if err != nil || len(s.Gates) != 3 || !s.Ready || len(s.Phones) != 1 || s.Waiting != 3 {
		t.Errorf("status: %d gates, ready %v, %d phones, %d rows (%v)", len(s.Gates), s.Ready, len(s.Phones), s.Waiting, err)
	}
}

func TestPhoneOfARelayIsShutOutOnBothSides(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	chief := registry.SystemActor("test")
	one, two := o.relay.Phone(o.event.ID, registry.Steward, 1), o.relay.Phone(o.event.ID, registry.Steward, 2)
	o.sync(t)
	testkit.Works(t, o.relay.App.Admission.RevokeRelayed(t.Context(), one.Device.ID))
	testkit.Works(t, o.server.App.Admission.RevokeDevice(t.Context(), chief, o.event.ID, two.Device.ID))
	o.sync(t)
	for name, k := range map[string]*testkit.Kit{"the relay": o.relay, "the server": o.server} {
		office, err := k.App.Admission.GateOffice(t.Context(), chief, o.event.ID)
		testkit.Works(t, err)
		for _, d := range office.Devices {
			if (d.ID == one.Device.ID || d.ID == two.Device.ID) && d.State != registry.DeviceRevoked {
				t.Errorf("at %s phone %s is %s", name, d.ID, d.State)
			}
		}
	}
}

func TestRelayBeforeAndAfterItsTime(t *testing.T) {
	o := newOutpost(t)
	pair := func() error {
		return testkit.Second(o.relay.App.Admission.PairWithRelay(t.Context(), admission.PairInput{Gates: []int{1}, Role: registry.Steward}))
	}
	testkit.Refused(t, "before it has joined", pair(), registry.Conflict, "error.relay.not_ready")
	if s, err := o.relay.App.Admission.RelayStatus(t.Context()); err != nil || s.Ready || s.Reachable() || s.Home.Joined() {
		t.Errorf("before it has joined: %+v (%v)", s, err)
	}
	o.join(t)
	testkit.Works(t, pair())
	err := testkit.Second(o.relay.App.Admission.PairWithRelay(t.Context(), admission.PairInput{Gates: []int{1}, Role: registry.Relay}))
	if got := testkit.FaultsAt(err)["role"]; got != "error.choose" {
		t.Errorf("a relay of a relay: %v", err)
	}
	first := o.relay.App.NowMS()
	for i, fault := range []error{errors.New("no route"), errors.New("no route"), nil} {
		o.relay.App.Admission.NoteServer(fault)
		s, err := o.relay.App.Admission.RelayStatus(t.Context())
		want := first
		if fault == nil {
			want = 0
		}
		if err != nil || s.Reachable() != (fault == nil) || s.FaultAt != want {
			t.Errorf("call %d: reachable %v, since %d (%v)", i, s.Reachable(), s.FaultAt, err)
		}
		o.relay.Clock.Add(time.Second)
	}
	testkit.Works(t, o.relay.App.Admission.ShutRelay(t.Context()))
	testkit.Refused(t, "once it is shut out", pair(), registry.Conflict, "error.relay.not_ready")
	if s, err := o.relay.App.Admission.RelayStatus(t.Context()); err != nil || s.Ready || s.Home.RevokedAt == 0 {
		t.Errorf("once it is shut out: %+v (%v)", s.Home, err)
	}
}

func TestServerSpeaksWithRelaysAlone(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	phone := o.server.Phone(o.event.ID, registry.Steward, 1)
	_, err := o.server.App.Admission.RelayList(t.Context(), phone.Device, "")
	testkit.Refused(t, "a phone asks for the list", err, registry.Forbidden, "error.gate.no_relay")
	_, err = o.server.App.Admission.TakeRelay(t.Context(), phone.Device, gate.RelayBatch{})
	testkit.Refused(t, "a phone hands on", err, registry.Forbidden, "error.gate.no_relay")
	if _, err = o.server.App.Admission.RelayList(t.Context(), o.device, "x"); registry.KindOf(err) != registry.Malformed {
		t.Errorf("a cursor that is none: %v", err)
	}
	whole, err := o.server.App.Admission.RelayList(t.Context(), o.device, "")
	if err != nil || whole.Partial || len(whole.Passes) < 10 || len(whole.Head.Gates) != 2 || len(whole.Head.Event.Days) != len(o.event.Days) {
		t.Errorf("the whole list: %d passes, partial %v (%v)", len(whole.Passes), whole.Partial, err)
	}
	part, err := o.server.App.Admission.RelayList(t.Context(), o.device, whole.Cursor())
	if err != nil || !part.Partial || len(part.Passes) != 0 {
		t.Errorf("what changed: %d passes, partial %v (%v)", len(part.Passes), part.Partial, err)
	}
	whole.Head.Event.ID = "another"
	testkit.Refused(t, "the list of another event", o.relay.App.Admission.TakeRelayList(t.Context(), &whole), registry.Conflict, "error.relay.other_event")
}
