package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/testkit/need"
)

// smallGate is a gate of a demo that is quickly filled.
func smallGate(t *testing.T) *gateBench {
	b := &gateBench{gateOptions: gateOptions{serve: binary(t), growth: 3000, scale: scale{gates: 12, passes: 300, turn: 100 * time.Millisecond}}, dir: t.TempDir()}
	if err := b.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}

// said is the value of a row of the table.
func (b *gateBench) said(t *testing.T, what string) string {
	t.Helper()
	for _, r := range b.rows {
		if strings.HasPrefix(r.what, what) {
			return r.value
		}
	}
	t.Errorf("no row of %q", what)
	return ""
}

// TestLongGateMeasuresBytesAndBackup goes through the steps that count bytes, and loads a
// server while it makes its backup. How long anything took is not looked at.
func TestLongGateMeasuresBytesAndBackup(t *testing.T) {
	need.Long(t)
	b := smallGate(t)
	if err := b.logged(t.Context()); err != nil {
		t.Error(err)
	}
	for _, what := range []string{"log per scan, passes in their order", "log per scan, passes as people come"} {
		var bytes, each int // the server's own commits in between make a few less than 64 a commit, more of them the slower the machine is
		if got := b.said(t, what); !scanned(got, "%d bytes, %d a commit", &bytes, &each) || bytes == 0 || each < 32 || each > 64 {
			t.Errorf("%s: %s", what, got)
		}
	}
	if err := b.server.stop(); err != nil {
		t.Fatal(err)
	}
	if err := b.storedBytes(t.Context()); err != nil {
		t.Error(err)
	}
	if got := b.said(t, "stored per scan"); strings.HasPrefix(got, "0 ") || strings.Contains(got, "row 0)") {
		t.Errorf("stored: %s", got)
	}
	if err := b.grown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := b.said(t, "a backup under this load"); !strings.Contains(got, " GB in ") {
		t.Errorf("a backup: %s", got)
	}
	b.said(t, "p99 with 3000 scans")
}

// scanned reads a text of a form; false where it has another one.
func scanned(text, form string, into ...any) bool {
	n, err := fmt.Sscanf(text, form, into...)
	return err == nil && n == len(into)
}

// TestLogIsCountedByFramesAndCommits counts the log of a file into which three transactions
// went, and sees that a log that began anew is refused.
func TestLogIsCountedByFramesAndCommits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)&_pragma=page_size(4096)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{`CREATE TABLE a (b TEXT)`, `PRAGMA wal_checkpoint(TRUNCATE)`, `INSERT INTO a VALUES ('1')`, `INSERT INTO a VALUES ('2')`,
		`INSERT INTO a VALUES (printf('%20000s', ''))`} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	l, err := countWAL(raw)
	// a page each of two, and the third one's page with five that it flows over into
	if frames := l.bytes / (4096 + frameHead); err != nil || l.commits != 3 || frames != 8 || l.bytes != len(raw)-walHead {
		t.Errorf("%d frames, %d commits, %d of %d bytes, %v", frames, l.commits, l.bytes, len(raw), err)
	}
	raw[len(raw)-4096-frameHead+8]++ // as a frame of an older log
	if _, err := countWAL(raw); err == nil {
		t.Error("a log that was written over is counted")
	}
}

// TestScansAfterTheBackupAreLeftOut: of four scans, 5 ms apart, one was not due and one not
// answered before the backup was made.
func TestScansAfterTheBackupAreLeftOut(t *testing.T) {
	began := time.Now()
	times := []time.Duration{time.Millisecond, 20 * time.Millisecond, 3 * time.Millisecond, time.Millisecond}
	if in := inTime(times, began, began.Add(14*time.Millisecond)); len(in) != 2 || in[0] != times[0] || in[1] != times[2] {
		t.Errorf("%v", in)
	}
	if in := inTime(times, began, time.Time{}); len(in) != 4 {
		t.Errorf("while it is being made: %v", in)
	}
}
