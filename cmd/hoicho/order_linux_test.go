package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// orderSite is a server process with an administrator, an organiser and a reviewer,
// who all have signed in. The path of its database is longer than a socket's address may be.
func orderSite(t *testing.T) (s *crashSite, login string, officer *testkit.Client) {
	t.Helper()
	k := testkit.NewAppOn(t, "sqlite")
	k.Clock.Set(testkit.MachineNow())
	k.Officer(registry.Admin, "")
	actor, token := k.Officer(registry.Organiser, "19")
	var account registry.Account
	k.Read(func(tx *store.Tx) (err error) {
		account, err = tx.Account(t.Context(), actor.Account)
		return err
	})
	dir := filepath.Join(t.TempDir(), strings.Repeat("dài-", 20))
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s = &crashSite{t: t, dir: dir, db: filepath.Join(dir, "a.db"), addr: freeAddr(t)}
	if _, err := k.DB.Backup(t.Context(), s.db); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "master.key"), []byte(strings.Repeat("5e", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start()
	t.Cleanup(s.kill)
	officer = testkit.NewClient(t, "http://"+s.addr)
	officer.SignInAs(token)
	return s, account.Phone, officer
}

// TestLongOfficerIsShutOutWhileTheServerRuns gives each order to a server process: what
// they do holds for the next request.
func TestLongOfficerIsShutOutWhileTheServerRuns(t *testing.T) {
	need.Long(t)
	s, login, officer := orderSite(t)
	if a := officer.Get("/quan-ly"); a.Status != http.StatusOK {
		t.Fatalf("the officer gets %d", a.Status)
	}
	if out, err := hoicho(t, s.db, "user", "disable", login); err != nil || !strings.Contains(out, "signed out everywhere") {
		t.Fatalf("disable: %v\n%s", err, out)
	}
	if a := officer.Get("/quan-ly"); a.Status != http.StatusUnauthorized {
		t.Errorf("after that the officer gets %d", a.Status)
	}
	if _, err := hoicho(t, s.db, "user", "disable", login); err == nil || !strings.Contains(err.Error(), "disabled already") {
		t.Errorf("disabling again: %v; want a refusal in words", err)
	}
	if _, err := hoicho(t, s.db, "user", "disable", "0999999999"); err == nil || !strings.Contains(err.Error(), "no account") {
		t.Errorf("nobody: %v", err)
	}
	out, err := hoicho(t, s.db, "user", "add", "--role", "reviewer", "--name", "Hà Thị Cán", "--login", "0912345678")
	code := regexp.MustCompile(`\d{4} \d{4} \d{4}`).FindString(out)
	if err != nil || code == "" || !strings.Contains(out, "http://localhost:") {
		t.Fatalf("add: %v\n%s", err, out)
	}
	if out, err := hoicho(t, s.db, "user", "list"); err != nil || !strings.Contains(out, "Hà Thị Cán") || !strings.Contains(out, "reviewer") {
		t.Errorf("list: %v\n%s", err, out)
	}
	if out, err := hoicho(t, s.db, "user", "reset-code", "0912345678"); err != nil || strings.Contains(out, code) {
		t.Errorf("reset-code: %v\n%s", err, out)
	}
	if out, err := hoicho(t, s.db, "check-db"); err != nil || !strings.Contains(out, "all well") {
		t.Errorf("check-db: %v\n%s", err, out)
	}
	version = "dev-later" // the program was replaced, and the server was not started anew
	if _, err := hoicho(t, s.db, "user", "list"); err == nil || !strings.Contains(err.Error(), "restart the server") {
		t.Errorf("a newer program: %v", err)
	}
	version = "dev"
	if s.kill(); strings.Count(s.output.String(), `"msg":"command"`) != 7 {
		t.Errorf("the server's log does not tell of seven commands:\n%s", s.output.String())
	}
	// What a killed server left behind stands in nobody's way.
	if out, err := hoicho(t, s.db, "user", "list"); err != nil || !strings.Contains(out, "Hà Thị Cán") {
		t.Errorf("without the server: %v\n%s", err, out)
	}
	s.start()
	if out, err := hoicho(t, s.db, "user", "list"); err != nil || !strings.Contains(out, "Hà Thị Cán") {
		t.Errorf("with the next server: %v\n%s", err, out)
	}
	if err := s.server.Process.Signal(syscall.SIGTERM); err != nil || s.server.Wait() != nil {
		t.Errorf("the server did not stop well: %v\n%s", err, s.output.String())
	}
	if _, err := os.Stat(s.db + ".sock"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket outlives the server: %v", err)
	}
}

// TestOrdersAreForTheOwnerAlone connects to a server's socket as another account of
// the machine, and sends it what it does not know.
func TestOrdersAreForTheOwnerAlone(t *testing.T) {
	s := startServer(t)
	path := s.db + ".sock"
	if info, err := os.Stat(path); err != nil || info.Mode() != fs.ModeSocket|0o600 {
		t.Errorf("the socket is %v, %v", info, err)
	}
	for name, want := range map[string]string{"user fly": "does not know the command", "user add": "could not read"} {
		if err := give(&env{ctx: t.Context(), out: s.out}, s.db, name, unreadable{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for dir := filepath.Dir(path); dir != os.TempDir() && len(dir) > 1; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	asStranger(t, func() {
		conn, err := dialSocket(t.Context(), path)
		if err == nil {
			conn.Close()
		}
		if !errors.Is(err, fs.ErrPermission) {
			t.Errorf("a stranger: %v, want no permission", err)
		}
	})
}

// asStranger does something with the rights of an account that owns nothing. Only
// root can try that.
func asStranger(t *testing.T, do func()) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Log("only root can try it as somebody else")
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, err := unix.SetfsuidRetUid(65534); err != nil {
		t.Fatal(err)
	}
	do()
	if _, err := unix.SetfsuidRetUid(0); err != nil {
		t.Fatal(err)
	}
}

// TestFirstStartInAClosedFolder: it is the folder of the database that is named, not
// that of the backups in it, and nothing is written.
func TestFirstStartInAClosedFolder(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.Chmod(dir, 0o755), os.Chmod(filepath.Dir(dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(dir, "a.db")
	asStranger(t, func() {
		for _, args := range [][]string{{"serve"}, {"demo"}, {"serve", "--make-folder"}} {
			at := db
			if len(args) > 1 {
				at = filepath.Join(dir, "below", "a.db")
			}
			_, err := hoicho(t, at, append(args, "--addr", "127.0.0.1:0")...)
			if err == nil || !strings.Contains(err.Error(), dir) || strings.Contains(err.Error(), "backup") || !strings.Contains(err.Error(), "another place with --db") {
				t.Errorf("%v: %v", args, err)
			}
		}
	})
	if got := listed(t, dir); len(got) != 0 {
		t.Errorf("it wrote %v", got)
	}
}

// unreadable is an order that no server can read.
type unreadable struct{ order }

func (unreadable) MarshalJSON() ([]byte, error) { return json.Marshal("x") }
