package web_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/config"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/relay"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// relayed is a relay with its pages, and the server that it stands in for.
type relayed struct {
	server *testkit.Kit
	event  registry.Event
	wire   *testkit.Wire
	relay  *testkit.Kit
	link   relay.Link
	base   string
}

// newRelayed makes a relay that has joined but holds no list yet.
func newRelayed(t *testing.T) *relayed {
	t.Helper()
	r := &relayed{server: testkit.NewApp(t)}
	r.event = r.server.Event(testkit.InState(registry.Running))
	r.server.Gates(r.event.ID, 2)
	r.wire = testkit.NewWire(t, r.server.Serve())
	r.relay = testkit.NewRelay(t, r.server.Clock)
	r.link = relay.Link{App: r.relay.App}
	code, err := r.server.App.Admission.NewPairing(t.Context(), registry.SystemActor("test"), r.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: registry.Relay})
	if err != nil {
		t.Fatal(err)
	}
	if err := relay.Join(t.Context(), r.relay.App, r.wire.Base(), code.Token, "Máy tính cổng"); err != nil {
		t.Fatal(err)
	}
	r.base = serveRelay(t, r.relay)
	return r
}

func serveRelay(t *testing.T, k *testkit.Kit) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	base := "http://localhost:" + port
	one := func() []string { return []string{"https://192.168.7.1:8443"} }
	s, err := web.New(frame.Options{App: k.App, Config: config.Config{Addr: l.Addr().String(), BaseURL: base}, Relay: &frame.RelayDoor{Secure: one, Plain: one, Issuer: []byte("PEM")}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return base
}

func (r *relayed) sync() { r.relay.App.Admission.NoteServer(r.link.Sync(context.Background())) }

// TestRelayPageTellsHowItStands: before the first list, with the server, without
// it, and when the server has shut the relay out.
func TestRelayPageTellsHowItStands(t *testing.T) {
	testkit.WithinADay(t)
	r := newRelayed(t)
	c := testkit.NewClient(t, r.base)
	c.Get("/ngon-ngu/en")
	says := func(step, text string) {
		t.Helper()
		if page := c.Get("/"); page.Status != 200 || !strings.Contains(page.Body, text) {
			t.Errorf("%s: %d, want %q on the page", step, page.Status, text)
		}
	}
	says("joined", "Fetching the list of passes for the first time")
	r.wire.Cut()
	r.sync()
	says("no network at first", "No list of passes has come yet")
	if got := c.Post("/ghep", url.Values{"gates": {"1"}, "role": {"steward"}}); got.Status != 409 {
		t.Errorf("a phone was invited before the list came: %d", got.Status)
	}
	r.wire.Mend()
	r.sync()
	says("with the server", "Connected to the server")
	r.wire.Cut()
	r.sync()
	says("without it", "No answer from the server since 09:00")
	r.wire.Mend()
	home, err := r.relay.App.Admission.RelayHome(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := r.relay.Phone(r.event.ID, registry.Steward, 1)
	if err := r.server.App.Admission.RevokeDevice(t.Context(), registry.SystemActor("test"), r.event.ID, home.Device); err != nil {
		t.Fatal(err)
	}
	r.sync()
	says("shut out", "The server has shut this relay out")
	if _, err := r.relay.App.Admission.GateDevice(t.Context(), p.Token); err == nil || !strings.Contains(err.Error(), "device_revoked") {
		t.Errorf("a phone of a relay that was shut out: %v", err)
	}
}

// TestPhonePairsWithRelay: the page makes a code at the relay's own address, the
// phone spends it, scans, and is shut out there or at the server.
func TestPhonePairsWithRelay(t *testing.T) {
	r := newRelayed(t)
	r.sync()
	c := testkit.NewClient(t, r.base)
	for field, form := range map[string]url.Values{"gates": {"role": {"supervisor"}}, "role": {"gates": {"2"}, "role": {"relay"}}} {
		got := c.Post("/ghep", form)
		if got.Status != 422 {
			t.Errorf("%s missing or wrong: %d", field, got.Status)
			continue
		}
		if back := testkit.Page(t, got.Body).Form("/ghep").Fields; back.Get("gates") != form.Get("gates") {
			t.Errorf("%s missing or wrong: the form shows %v", field, back)
		}
	}
	page := c.Post("/ghep", url.Values{"gates": {"1", "2"}, "role": {"supervisor"}})
	token := testkit.Page(t, page.Body).In("#token").Text()
	answer := c.Do(http.MethodPost, "/api/v1/gate/pair", "application/json", strings.NewReader(`{"token":"`+token+`","name":"Máy của Lan"}`))
	var paired gate.PairAnswer
	if err := json.Unmarshal([]byte(answer.Body), &paired); err != nil || len(paired.Gates) != 2 || paired.Role != registry.Supervisor {
		t.Fatalf("paired: %s, %v", answer.Body, err)
	}
	r.sync()
	if got := c.Get("/"); !strings.Contains(got.Body, "Máy của Lan") {
		t.Error("the phone is not on the relay's page")
	}
	office, err := r.server.App.Admission.GateOffice(t.Context(), registry.SystemActor("test"), r.event.ID)
	if err != nil || len(office.Devices) != 2 || office.Devices[0].ID != paired.DeviceID && office.Devices[1].ID != paired.DeviceID {
		t.Errorf("the office sees %+v, %v", office.Devices, err)
	}
	if got := c.Post("/may/"+string(paired.DeviceID)+"/go", url.Values{}); got.Status != 303 {
		t.Errorf("revoke: %d", got.Status)
	}
	r.sync()
	r.server.Read(func(tx *store.Tx) error {
		d, err := tx.DevicesByID(t.Context(), []registry.DeviceID{paired.DeviceID})
		if err == nil && d[0].State != registry.DeviceRevoked {
			t.Error("the server does not know that the relay shut the phone out")
		}
		return err
	})
}

// TestRelayPageIsForTheLaptopAlone: whoever comes by another name than the
// machine's own is led to the gate app, and may not make codes.
func TestRelayPageIsForTheLaptopAlone(t *testing.T) {
	r := newRelayed(t)
	r.sync()
	ask := func(method, path, host string) int {
		req, err := http.NewRequest(method, r.base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	for _, c := range []struct {
		method, path, host string
		status             int
	}{
		{"GET", "/", "localhost", 200},
		{"GET", "/", "192.168.7.1:8080", 303},
		{"GET", "/", "rebound.example", 303},
		{"POST", "/ghep", "rebound.example", 404},
		{"POST", "/may/x/go", "192.168.7.1", 404},
		{"GET", "/cong", "192.168.7.1", 200},
		{"GET", "/chung-chi.crt", "192.168.7.1", 200},
		{"GET", "/readyz", "192.168.7.1", 200},
		{"GET", "/quan-ly", "localhost", 404},
		{"GET", "/api/v1/events", "localhost", 404},
		{"GET", "/api/v1/gate/relay", "localhost", 404},
	} {
		if got := ask(c.method, c.path, c.host); got != c.status {
			t.Errorf("%s %s at %s: %d, want %d", c.method, c.path, c.host, got, c.status)
		}
	}
}
