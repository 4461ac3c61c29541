package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// binaryDir holds the binary once it has been built.
var binaryDir string

// binary is the program itself, built once for all tests of the run.
var binary = sync.OnceValues(func() (path string, err error) {
	if binaryDir, err = os.MkdirTemp("", "hoicho-binary-"); err != nil {
		return "", err
	}
	path = filepath.Join(binaryDir, "hoicho")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, err
})

// TestMain removes the binary.
func TestMain(m *testing.M) {
	code := m.Run()
	if binaryDir != "" {
		os.RemoveAll(binaryDir)
	}
	os.Exit(code)
}

// crashSite is a database with a running event, phones and passes, and a
// server process that is made to die.
type crashSite struct {
	t       *testing.T
	dir, db string
	addr    string
	event   registry.EventID
	phones  []*crashPhone
	passes  []string // codes of officials, who may always leave
	server  *exec.Cmd
	output  bytes.Buffer
	wrapper []string // program and arguments before the server's own
}

// newCrashSite fills a database for so many phones.
func newCrashSite(t *testing.T, phones int) *crashSite {
	t.Helper()
	k := testkit.NewAppOn(t, "sqlite")
	k.Clock.Set(testkit.MachineNow())
	event := k.Event(testkit.InState(registry.Running), testkit.OnDays(vn.DateOf(testkit.MachineNow()), 3))
	k.Gates(event.ID, 2)
	s := &crashSite{t: t, dir: t.TempDir(), event: event.ID}
	for _, row := range k.Issued(event, registry.OfficialPass, 40) {
		s.passes = append(s.passes, row.Code)
	}
	for i := range phones {
		p := k.Phone(event.ID, registry.Steward, 1+i%2)
		s.phones = append(s.phones, &crashPhone{site: s, token: p.Token, device: p.Device.ID, gate: 1 + i%2, acked: map[registry.ScanID]string{}})
	}
	s.db = filepath.Join(s.dir, "a.db")
	if _, err := k.DB.Backup(t.Context(), s.db); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	l.Close()
	t.Cleanup(s.kill)
	return s
}

// start starts the server and waits until it answers.
func (s *crashSite) start() {
	s.t.Helper()
	path, err := binary()
	if err != nil {
		s.t.Fatal(err)
	}
	args := append(append([]string{}, s.wrapper...), path, "serve", "--db", s.db, "--addr", s.addr)
	s.server = exec.Command(args[0], args[1:]...)
	ownGroup(s.server)
	s.server.Env = append(os.Environ(), "HOICHO_MASTER_KEY="+strings.Repeat("5e", 32))
	s.output.Reset()
	s.server.Stdout, s.server.Stderr = &s.output, &s.output
	if err := s.server.Start(); err != nil {
		s.t.Fatal(err)
	}
	for end := testkit.MachineNow().Add(30 * time.Second); testkit.MachineNow().Before(end); time.Sleep(5 * time.Millisecond) {
		if res, err := http.Get("http://" + s.addr + "/readyz"); err == nil {
			res.Body.Close()
			return
		}
	}
	s.kill()
	s.t.Fatalf("the server did not start:\n%s", s.output.String())
}

// kill ends the server and all that was started with it, at once.
func (s *crashSite) kill() {
	if s.server == nil {
		return
	}
	killGroup(s.server)
	_ = s.server.Wait() // it was killed: that is no news
	s.server = nil
}

// look opens a copy of the database and checks it.
func (s *crashSite) look(fn func(*store.Tx) error) map[string]int64 {
	s.t.Helper()
	copied := filepath.Join(s.dir, fmt.Sprintf("copy-%d.db", testkit.MachineNow().UnixNano()))
	m, err := store.BackupFile(context.Background(), s.db, store.Place{Dir: s.dir, Name: filepath.Base(copied)}, testkit.GuardOf)
	if err != nil || !m.Checked.OK() {
		s.t.Fatalf("the database is not whole: %v, %v", err, m.Checked.Edits)
	}
	db, err := store.Open(context.Background(), copied)
	if err != nil {
		s.t.Fatal(err)
	}
	err = errors.Join(db.Read(context.Background(), fn), db.Close(), os.Remove(copied))
	if err != nil {
		s.t.Fatal(err)
	}
	return m.Checked.Rows
}

// stored returns what is stored of scans, by id.
func (s *crashSite) stored(ids []registry.ScanID) (found map[registry.ScanID]registry.Scan, rows map[string]int64) {
	s.t.Helper()
	found = map[registry.ScanID]registry.Scan{}
	rows = s.look(func(tx *store.Tx) error {
		scans, err := tx.ScansByID(context.Background(), ids)
		for _, scan := range scans {
			if _, twice := found[scan.ID]; twice {
				s.t.Errorf("scan %s is stored twice", scan.ID)
			}
			found[scan.ID] = scan
		}
		return err
	})
	return found, rows
}

// checkFigures compares the counters with the scans that count.
func (s *crashSite) checkFigures() {
	s.t.Helper()
	var all []registry.ScanID
	for _, p := range s.phones {
		all = append(all, p.sent...)
	}
	counted := 0
	found, _ := s.stored(all)
	for _, scan := range found {
		if scan.Moves {
			counted++
		}
	}
	s.look(func(tx *store.Tx) error {
		hours, err := tx.GateHours(context.Background(), s.event, 0, 1<<60)
		for _, h := range hours {
			counted -= h.N
		}
		return err
	})
	if counted != 0 {
		s.t.Errorf("the counters are off by %d", counted)
	}
}

// crashPhone is a gate phone that sends scans one after the other, keeps what was
// not acknowledged, and remembers what was.
type crashPhone struct {
	site    *crashSite
	token   string
	device  registry.DeviceID
	gate    int
	seq     int64
	sent    []registry.ScanID
	queue   []gate.SentScan
	acked   map[registry.ScanID]string // with the answer
	fresh   []registry.ScanID          // acknowledged since the last look
	refused int                        // answers of 503
	given   []registry.ScanID          // refused, and never sent again
	givesUp bool                       // forgets what was refused, for a control
	forgot  atomic.Bool                // gave something up
	after   atomic.Int64               // answers of another kind, since it first gave something up
}

// run sends until the context ends.
func (p *crashPhone) run(ctx context.Context, r *rand.Rand) {
	for ctx.Err() == nil {
		for range 1 + r.IntN(3) {
			p.queue = append(p.queue, p.scan(r))
		}
		if !p.send(ctx) {
			time.Sleep(5 * time.Millisecond) // the server is gone or refuses
		}
	}
}

func (p *crashPhone) scan(r *rand.Rand) gate.SentScan {
	p.seq++
	s := gate.SentScan{ID: registry.ScanID(uuid.NewString()), Seq: p.seq, Code: p.site.passes[r.IntN(len(p.site.passes))],
		Direction: registry.In, Gate: p.gate, At: testkit.MachineNow().UnixMilli(), MonoMS: 1, Mode: registry.Online}
	if r.IntN(2) == 0 {
		s.Direction = registry.Out
	}
	p.sent = append(p.sent, s.ID)
	return s
}

// send sends the queue and reports whether it was taken.
func (p *crashPhone) send(ctx context.Context) bool {
	batch := gate.ScanBatch{DeviceSeqFrom: p.queue[0].Seq, Boot: "boot", SentAt: testkit.MachineNow().UnixMilli(), Scans: p.queue[:min(len(p.queue), 100)]}
	raw, err := json.Marshal(batch)
	if err != nil {
		p.site.t.Error(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "POST", "http://"+p.site.addr+"/api/v1/gate/scans", bytes.NewReader(raw))
	req.Header.Set("Authorization", "Bearer "+p.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return false
	}
	return p.hear(res.StatusCode, body, batch.Scans)
}

// hear takes in an answer.
func (p *crashPhone) hear(status int, body []byte, scans []gate.SentScan) bool {
	if status == http.StatusServiceUnavailable {
		p.refused++
		if p.givesUp {
			p.forgot.Store(true)
			for _, s := range scans {
				p.given = append(p.given, s.ID)
			}
			p.queue = p.queue[len(scans):]
		}
		return false
	}
	var answer struct{ Results []json.RawMessage }
	if err := json.Unmarshal(body, &answer); err != nil || status != http.StatusOK || len(answer.Results) != len(scans) {
		p.site.t.Errorf("answer %d %.200s", status, body)
		return false
	}
	for i, s := range scans {
		p.acked[s.ID] = string(answer.Results[i])
		p.fresh = append(p.fresh, s.ID)
	}
	p.queue = p.queue[len(scans):]
	if p.forgot.Load() {
		p.after.Add(1)
	}
	return true
}

// runPhones lets all phones send for a while, or until stop is called.
func (s *crashSite) runPhones(r *rand.Rand) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for _, p := range s.phones {
		own := rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
		wg.Go(func() { p.run(ctx, own) })
	}
	return func() { cancel(); wg.Wait() }
}

// checkAcknowledged looks for what was acknowledged since the last look, and
// returns how much of the queues was not stored, although it may have been sent.
func (s *crashSite) checkAcknowledged() (unstored int) {
	s.t.Helper()
	var ids []registry.ScanID
	for _, p := range s.phones {
		ids = append(ids, p.fresh...)
		for _, q := range p.queue {
			ids = append(ids, q.ID)
		}
	}
	found, _ := s.stored(ids)
	for _, p := range s.phones {
		for _, id := range p.fresh {
			if scan, there := found[id]; !there || scan.Device != p.device || !strings.Contains(p.acked[id], `"verdict":"`+string(scan.Verdict)+`"`) {
				s.t.Errorf("scan %s was acknowledged with %s; stored is %q", id, p.acked[id], scan.Verdict)
			}
		}
		for _, q := range p.queue {
			if _, there := found[q.ID]; !there {
				unstored++
			}
		}
		p.fresh = nil
	}
	return unstored
}
