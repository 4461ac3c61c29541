package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	_ "hoicho/internal/testkit/site"
	"hoicho/internal/vn"
)

var officer = registry.SystemActor("test")

// fair is a fair of these days with its server, which a relay may be cut from.
type fair struct {
	*testkit.Kit
	wire   *testkit.Wire
	event  registry.Event
	guests []registry.PassRow
}

func newFair(t *testing.T) *fair {
	t.Helper()
	f := &fair{Kit: testkit.NewAppOn(t, "sqlite")}
	f.DB.Now = testkit.MachineNow
	f.event = f.Event(func(e *registry.Event) {
		e.State, e.Days = registry.Running, nil
		for d := -1; d <= 1; d++ {
			e.Days = append(e.Days, registry.EventDay{Day: vn.AddDays(vn.DateOf(testkit.MachineNow()), d), ClosesAt: 1440})
		}
	})
	f.Gates(f.event.ID, 2)
	f.guests = f.Issued(f.event, registry.VisitorPass, 120)
	f.wire = testkit.NewWire(t, f.Serve())
	return f
}

// relayCode makes a pairing code for a relay.
func (f *fair) relayCode(t *testing.T) string {
	t.Helper()
	p, err := f.App.Admission.NewPairing(t.Context(), officer, f.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: registry.Relay})
	if err != nil {
		t.Fatal(err)
	}
	return p.Token
}

// laptop is a relay in a process of its own.
type laptop struct {
	t    *testing.T
	db   string
	base string
	args []string
	cmd  *exec.Cmd
}

func newLaptop(t *testing.T, f *fair) *laptop {
	t.Helper()
	l := &laptop{t: t, db: filepath.Join(t.TempDir(), "relay.db")}
	plain, secure := freeAddr(t), freeAddr(t)
	_, port, _ := net.SplitHostPort(plain)
	l.base = "http://localhost:" + port
	l.args = []string{"relay", "--db", l.db, "--addr", plain, "--tls-addr", secure}
	t.Cleanup(l.kill)
	return l
}

func (l *laptop) start(more ...string) {
	l.t.Helper()
	program, err := binary()
	if err != nil {
		l.t.Fatal(err)
	}
	l.cmd = exec.Command(program, append(l.args, more...)...)
	var said bytes.Buffer
	l.cmd.Stderr = &said
	if err := l.cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	for range 500 {
		if ready := l.ready(); ready != nil && ready["ready"] == true {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	l.t.Fatalf("the relay did not become ready: %s", said.String())
}

// kill ends the relay as a power cut does.
func (l *laptop) kill() {
	if l.cmd != nil && l.cmd.Process != nil {
		l.cmd.Process.Kill()
		l.cmd.Wait()
	}
	l.cmd = nil
}

func (l *laptop) ready() map[string]any {
	res, err := http.Get(l.base + "/readyz")
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	var said map[string]any
	if json.NewDecoder(res.Body).Decode(&said) != nil {
		return nil
	}
	return said
}

var tokenShown = regexp.MustCompile(`id="token">([^<]+)<`)

// phone is a gate phone of the relay, which keeps a scan until it is acknowledged.
type phone struct {
	paired gate.PairAnswer
	sent   []gate.SentScan
	again  int // scans that had to be sent more than once
}

// pair pairs a phone through the relay's own page.
func (l *laptop) pair(gateN int) *phone {
	l.t.Helper()
	req, _ := http.NewRequest(http.MethodPost, l.base+"/ghep", strings.NewReader(url.Values{"gates": {fmt.Sprint(gateN)}, "role": {"steward"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		l.t.Fatal(err)
	}
	page, _ := io.ReadAll(res.Body)
	res.Body.Close()
	token := tokenShown.FindSubmatch(page)
	if token == nil {
		l.t.Fatalf("no pairing code on the relay's page: %s", res.Status)
	}
	p := &phone{}
	if err := l.call("pair", "", gate.PairRequest{Token: string(token[1]), Name: "Máy " + fmt.Sprint(gateN)}, &p.paired); err != nil {
		l.t.Fatal(err)
	}
	return p
}

func (l *laptop) call(path, token string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, _ := http.NewRequest(http.MethodPost, l.base+"/api/v1/gate/"+path, bytes.NewReader(raw))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// shift scans passes one after the other, sending each until it is acknowledged.
func (p *phone) shift(l *laptop, base string, guests []registry.PassRow) error {
	for _, g := range guests {
		now := testkit.MachineNow().UnixMilli()
		s := gate.SentScan{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: int64(len(p.sent) + 1), QR: pass.Text(base, g.Code, g.Proof),
			Direction: registry.In, Gate: p.paired.Gates[0].Number, At: now, MonoMS: now % 1e6, Mode: registry.Online}
		p.sent = append(p.sent, s)
		time.Sleep(4 * time.Millisecond) // so that the relay is killed in mid-shift
		for try := 0; ; try++ {
			var a gate.ScanAnswer
			batch := gate.ScanBatch{DeviceSeqFrom: s.Seq, Boot: "boot", SentAt: testkit.MachineNow().UnixMilli(), Scans: []gate.SentScan{s}}
			err := l.call("scans", p.paired.Token, batch, &a)
			if err == nil && a.AckedSeq >= s.Seq {
				break
			}
			p.again++
			if try > 300 {
				return fmt.Errorf("scan %d of %s: %w", s.Seq, p.paired.DeviceID, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return nil
}

// TestLongRelayIsKilledOnADayWithoutNetwork: a laptop without network serves three
// phones and is killed again and again. When the network is back, its server knows
// every scan once, as the phones made it.
func TestLongRelayIsKilledOnADayWithoutNetwork(t *testing.T) {
	need.Long(t)
	f := newFair(t)
	l := newLaptop(t, f)
	l.start("--upstream", f.wire.Base(), "--pair", f.relayCode(t))
	f.wire.Cut()
	phones := []*phone{l.pair(1), l.pair(2), l.pair(1)}
	var wg sync.WaitGroup
	for n, p := range phones {
		wg.Go(func() {
			if err := p.shift(l, f.App.BaseURL, f.guests[n*30:n*30+60]); err != nil {
				t.Error(err)
			}
		})
	}
	for range 3 {
		time.Sleep(60 * time.Millisecond)
		l.kill()
		l.start()
	}
	wg.Wait()
	if phones[0].again+phones[1].again+phones[2].again == 0 {
		t.Error("no phone noticed that the relay was killed: the test shows nothing")
	}
	if said := l.ready(); said["waiting"] != 180.0 || said["reachable"] != false {
		t.Errorf("with the wire cut the relay says %v, want 180 waiting", said)
	}
	f.wire.Mend()
	l.kill()
	l.start()
	for range 500 {
		if said := l.ready(); said["waiting"] == 0.0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	l.kill()
	f.compare(t, l, phones)
}

// place is what both ends must know of a pass.
type place struct {
	Newest registry.Movement
	Used   []registry.Mark
}

// compare holds the server against what the phones made and what the relay knows.
func (f *fair) compare(t *testing.T, l *laptop, phones []*phone) {
	t.Helper()
	for _, p := range phones {
		ids := make([]registry.ScanID, len(p.sent))
		for i, s := range p.sent {
			ids[i] = s.ID
		}
		var rows []registry.Scan
		f.Read(func(tx *store.Tx) (err error) {
			rows, err = tx.ScansByID(t.Context(), ids)
			return err
		})
		slices.SortFunc(rows, func(a, b registry.Scan) int { return int(a.CorrectedAt - b.CorrectedAt) })
		if len(rows) != len(p.sent) {
			t.Fatalf("the server has %d of %d scans of a phone", len(rows), len(p.sent))
		}
		for i, r := range rows {
			s := p.sent[i]
			if r.ID != s.ID || r.Seq != s.Seq || r.Device != p.paired.DeviceID || r.At != s.At || r.MonoMS != s.MonoMS || r.Gate != s.Gate || r.RelayVerdict == "" {
				t.Errorf("scan %d is %+v at the server", s.Seq, r)
			}
		}
	}
	relayDB, err := store.Open(t.Context(), l.db)
	if err != nil {
		t.Fatal(err)
	}
	defer relayDB.Close()
	at := map[string]any{}
	for name, db := range map[string]*store.DB{"relay": relayDB, "server": f.DB} {
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			at[name], err = f.figures(t.Context(), tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(at["relay"], at["server"]); diff != "" {
		t.Errorf("relay and server (-relay +server):\n%s", diff)
	}
}

// figures are the places of all passes and the counters of the event.
func (f *fair) figures(ctx context.Context, tx *store.Tx) (map[string]any, error) {
	rows, err := tx.GatePassesSince(ctx, f.event.ID, -1)
	if err != nil {
		return nil, err
	}
	places := map[string]place{}
	for _, r := range rows {
		places[r.Code] = place{r.Presence.Last, r.Presence.Used}
	}
	hours, err := tx.GateHours(ctx, f.event.ID, 0, 1<<62)
	return map[string]any{"places": places, "hours": hours}, err
}

// TestRelayRefusesWhatCannotWork: each wrong start ends with its own exit code and
// says what to do.
func TestRelayRefusesWhatCannotWork(t *testing.T) {
	f := newFair(t)
	code, other := f.relayCode(t), f.relayCode(t)
	phoneCode, err := f.App.Admission.NewPairing(t.Context(), officer, f.event.ID, admission.PairInput{Gates: []int{1}, Role: registry.Steward})
	if err != nil {
		t.Fatal(err)
	}
	stranger := http.Server{Handler: http.NotFoundHandler()}
	sl, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go stranger.Serve(sl)
	defer stranger.Close()
	l := newLaptop(t, f)
	l.start("--upstream", f.wire.Base(), "--pair", code)
	l.kill()
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	for _, c := range []struct {
		name string
		db   string
		args []string
		exit int
		says string
	}{
		{"not paired", fresh, nil, exitUsage, "is not paired yet"},
		{"code without server", fresh, []string{"--pair", other}, exitUsage, "--upstream"},
		{"no address", fresh, []string{"--pair", other, "--upstream", "hoicho.vn"}, exitUsage, "want https://host"},
		{"nobody there", fresh, []string{"--pair", other, "--upstream", "http://127.0.0.1:1"}, exitServer, "does not answer"},
		{"another site", fresh, []string{"--pair", other, "--upstream", "http://" + sl.Addr().String()}, exitServer, "no hoicho answers there"},
		{"wrong code", fresh, []string{"--pair", "1234 1234 1234", "--upstream", f.wire.Base()}, exitPairing, "pair with"},
		{"spent code", fresh, []string{"--pair", code, "--upstream", f.wire.Base()}, exitPairing, "pair with"},
		{"code of a phone", fresh, []string{"--pair", phoneCode.Token, "--upstream", f.wire.Base()}, exitPairing, "is for a phone"},
		{"second event", l.db, []string{"--pair", other, "--upstream", f.wire.Base()}, exitUsage, "is the relay of"},
		{"other server", l.db, []string{"--upstream", "http://127.0.0.1:1"}, exitUsage, "is the relay of"},
		{"postgres", "postgres://x/y", []string{"--pair", other}, exitUsage, "SQLite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := run(t.Context(), append([]string{"relay", "--db", c.db}, c.args...), func(string) string { return "" }, io.Discard)
			if err == nil || exitCode(err) != c.exit || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v: exit %d, want %d and %q", err, exitCode(err), c.exit, c.says)
			}
		})
	}
}
