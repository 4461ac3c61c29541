package core_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// stamped is the name of a timed backup of an instant.
func stamped(at time.Time) string { return "hoicho-" + at.UTC().Format("20060102T150405Z") + ".db" }

// TestThinning fills a folder with what may lie there and makes one more backup:
// only timed ones of the past beyond the number kept go, with their manifests.
func TestThinning(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	dir, now := t.TempDir(), k.Clock.Now()
	put := func(name string) string {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	var old, stays []string
	for i := range 100 {
		name := stamped(now.Add(-time.Duration(i+1) * 15 * time.Minute))
		put(name)
		put(name + ".json")
		if i >= 95 {
			old = append(old, name, name+".json")
		} else {
			stays = append(stays, name, name+".json")
		}
	}
	old = append(old, put(stamped(now.Add(-2*time.Hour-time.Minute))+".12.part"))
	for i := range 200 { // of a clock that ran ahead
		stays = append(stays, put(stamped(now.Add(time.Duration(i+1)*time.Hour))))
	}
	for _, name := range []string{"manual-20200101T000000Z.db", "manual-20200101T000000Z.db.json", "hoicho-20200101-000000.db", "hoicho-truoc-cho.db",
		"hoicho.db", "ghi-chu.txt", stamped(now.Add(-time.Minute-time.Second)) + ".7.part"} {
		stays = append(stays, put(name))
	}
	if err := k.App.BackupTo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	left := files(t, dir)
	for _, name := range append(stays, stamped(now), stamped(now)+".json") {
		if !slices.Contains(left, name) {
			t.Errorf("%s is gone", name)
		}
	}
	for _, name := range old {
		if slices.Contains(left, name) {
			t.Errorf("%s is still there", name)
		}
	}
}

// TestBackupsOfOneSecond: none overwrites another, and each has its manifest.
func TestBackupsOfOneSecond(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	dir := t.TempDir()
	for range 3 {
		if err := k.App.BackupTo(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	first := strings.TrimSuffix(stamped(k.Clock.Now()), ".db")
	want := []string{first + "-2.db", first + "-2.db.json", first + "-3.db", first + "-3.db.json", first + ".db", first + ".db.json"}
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestBackupFaultIsRemembered until one goes well again.
func TestBackupFaultIsRemembered(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	dir := filepath.Join(t.TempDir(), "backup")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := core.CheckBackupFolder(dir); err == nil || !strings.Contains(err.Error(), "--backup-dir") {
		t.Errorf("a file in the place of the folder: %v", err)
	}
	if err := k.App.BackupTo(t.Context(), dir); err == nil {
		t.Fatal("a backup went into a file")
	}
	if at, fault := k.App.Backups(); at != 0 || fault == nil {
		t.Errorf("last good %d, %v", at, fault)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := k.App.BackupTo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if at, fault := k.App.Backups(); at != k.Clock.Now().UnixMilli() || fault != nil {
		t.Errorf("last good %d, %v", at, fault)
	}
	if err := core.CheckBackupFolder(dir); err != nil || len(files(t, dir)) != 2 {
		t.Errorf("%v; the folder holds %v", err, fmt.Sprint(files(t, dir)))
	}
}

// TestEditedDatabaseIsStillBackedUp: with rows that somebody changed by hand a backup
// is written, the older ones stay, and the fault is told until the rows are accepted.
// Such a backup is restored only by whoever says so.
func TestEditedDatabaseIsStillBackedUp(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	a := k.Account("Hà")
	dir := t.TempDir()
	old := stamped(k.Clock.Now().Add(-24 * time.Hour))
	for i := range 97 {
		if err := os.WriteFile(filepath.Join(dir, stamped(k.Clock.Now().Add(-time.Duration(i)*15*time.Minute))), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k.Clock.Add(time.Minute)
	k.Tamper().Do(1, `INSERT INTO grants (account_id, role, area, granted_by, granted_at) VALUES ($1, 'admin', '', '', 0)`, string(a.ID))
	err := k.App.BackupTo(t.Context(), dir)
	if err == nil || !strings.Contains(err.Error(), "grants") || !strings.Contains(err.Error(), "put in by hand") {
		t.Errorf("a backup with a role put in by hand: %v", err)
	}
	if _, fault := k.App.Backups(); fault == nil {
		t.Error("nobody is told of it")
	}
	made := stamped(k.Clock.Now())
	if left := files(t, dir); !slices.Contains(left, made) || !slices.Contains(left, made+".json") || !slices.Contains(left, old) {
		t.Errorf("the folder holds %v", left)
	}
	to := filepath.Join(t.TempDir(), "b.db")
	o := store.RestoreOptions{Guard: testkit.GuardOf}
	if _, err := store.Restore(t.Context(), filepath.Join(dir, made), to, o); err == nil || !strings.Contains(err.Error(), "--edited") {
		t.Errorf("it was restored: %v", err)
	}
	o.Edited = true
	if _, err := store.Restore(t.Context(), filepath.Join(dir, made), to, o); err != nil {
		t.Errorf("it was not restored with --edited: %v", err)
	}
	if _, err := k.DB.AcceptEdits(t.Context(), "kiểm thử"); err != nil {
		t.Fatal(err)
	}
	k.Clock.Add(time.Minute)
	if err := k.App.BackupTo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if left := files(t, dir); slices.Contains(left, old) {
		t.Errorf("afterwards the oldest stay: %v", left)
	}
}

// TestAuditHeadIsLogged: what check-db --head takes stands in the server's own log.
func TestAuditHeadIsLogged(t *testing.T) {
	k := testkit.NewApp(t)
	k.Account("Hà")
	k.Write(func(tx *store.Tx) error {
		return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.do", Object: "test"})
	})
	var log bytes.Buffer
	k.LogTo(&log)
	if err := k.App.LogAuditHead(t.Context()); err != nil {
		t.Fatal(err)
	}
	var line struct {
		Msg, Head string
		Lines     int64
	}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil || line.Msg != "audit log" {
		t.Fatalf("%v: %s", err, log.String())
	}
	head, err := registry.ParseAuditHead(line.Head)
	if err != nil || head.Lines != line.Lines || head.Lines == 0 {
		t.Errorf("%s: %v", log.String(), err)
	}
	if lacks, err := k.DB.Lacking(t.Context(), []store.Witness{{Name: "log", Head: head}}); err != nil || len(lacks) != 0 {
		t.Errorf("the log does not hold its own head: %v, %v", lacks, err)
	}
}
