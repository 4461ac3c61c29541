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

// TestThinning fills a folder with what may lie there and makes one more backup: only
// timed ones of the past that are spent go, with their manifests.
func TestThinning(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	dir, now := t.TempDir(), k.Clock.Now()
	put := func(name string) string {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	var old, stays []string
	for i := range 20 {
		hours := now.Truncate(time.Hour).Add(-time.Duration(i+5) * time.Hour)
		newer, older := stamped(hours.Add(50*time.Minute)), stamped(hours.Add(5*time.Minute))
		old, stays = append(old, put(older), put(older+".json")), append(stays, put(newer), put(newer+".json"))
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

// manifest reads that of a backup.
func manifest(t *testing.T, dir, name string) store.Manifest {
	t.Helper()
	m, err := store.ReadManifest(filepath.Join(dir, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestNoBackupOfWhatHasNotChanged: where nothing has changed since the last one, none is
// made, and both the manifest and the server say until when it holds all there is. Looks
// at the room of the disk change nothing that counts; whatever else does, also past the
// program, and so does a copy that somebody removed.
func TestNoBackupOfWhatHasNotChanged(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	dir := t.TempDir()
	round := func(want int, why string) {
		t.Helper()
		k.Clock.Add(15 * time.Minute)
		if err := k.App.BackupTo(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
		left := slices.DeleteFunc(files(t, dir), func(name string) bool { return !strings.HasSuffix(name, ".db") })
		if len(left) != want {
			t.Errorf("%s: the folder holds %v, want %d backups", why, left, want)
		}
	}
	note := func() {
		k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", k.Clock.Now().String()) })
	}
	round(1, "the first")
	first, made := stamped(k.Clock.Now()), k.Clock.Now().UnixMilli()
	if err := k.DB.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	round(1, "nothing changed")
	round(1, "nothing changed")
	now := k.Clock.Now().UnixMilli()
	if b := k.App.Backups(); b.MadeAt != made || b.CurrentAt != now || b.File != first || b.Fault != nil {
		t.Errorf("the server says %+v; made %d, now %d", b, made, now)
	}
	if m := manifest(t, dir, first); m.CurrentAt != now || m.File != first {
		t.Errorf("the manifest says %d, want %d", m.CurrentAt, now)
	}
	note()
	round(2, "something changed")
	note()
	note()
	round(3, "something changed again")
	k.Tamper().Do(-1, `PRAGMA user_version = 7`)
	round(4, "another process wrote")
	if err := os.Remove(filepath.Join(dir, stamped(k.Clock.Now()))); err != nil {
		t.Fatal(err)
	}
	round(4, "the copy was removed, its manifest stays")
}

// TestBackupsOfOneSecond: none overwrites another, each has its manifest, and what was
// just made never goes at once.
func TestBackupsOfOneSecond(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	dir := t.TempDir()
	for i := range 3 {
		k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", fmt.Sprint(i)) })
		if err := k.App.BackupTo(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	first := strings.TrimSuffix(stamped(k.Clock.Now()), ".db")
	want := []string{first + "-2.db", first + "-2.db.json", first + ".db", first + ".db.json"} // the third has the name of the first, which was spent
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
	if b := k.App.Backups(); b.MadeAt != 0 || b.Fault == nil {
		t.Errorf("%+v", b)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := k.App.BackupTo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if b := k.App.Backups(); b.MadeAt != k.Clock.Now().UnixMilli() || b.Fault != nil {
		t.Errorf("%+v", b)
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
	old := stamped(k.Clock.Now().Add(-400 * 24 * time.Hour))
	if err := os.WriteFile(filepath.Join(dir, old), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	k.Clock.Add(time.Minute)
	k.Tamper().Do(1, `INSERT INTO grants (account_id, role, area, granted_by, granted_at) VALUES ($1, 'admin', '', '', 0)`, string(a.ID))
	err := k.App.BackupTo(t.Context(), dir)
	if err == nil || !strings.Contains(err.Error(), "grants") || !strings.Contains(err.Error(), "put in by hand") {
		t.Errorf("a backup with a role put in by hand: %v", err)
	}
	if k.App.Backups().Fault == nil {
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
