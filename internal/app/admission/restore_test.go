package admission_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// keeper is a phone that keeps what ours keeps: a scan until the server has
// acknowledged it, and a copy until that is in a backup.
type keeper struct {
	*testkit.Phone
	m      *market
	kept   []gate.SentScan
	answer map[registry.ScanID]registry.VerdictCode
}

func (m *market) keeper(t *testing.T, gates ...int) *keeper {
	t.Helper()
	return &keeper{Phone: m.Phone(m.event.ID, registry.Steward, gates...), m: m, answer: map[registry.ScanID]registry.VerdictCode{}}
}

// scan scans a pass and sends it at once.
func (k *keeper) scan(t *testing.T, row registry.PassRow, options ...func(*gate.SentScan)) gate.ScanResult {
	t.Helper()
	k.m.Clock.Add(10 * time.Second)
	s := k.Scan(row, options...)
	k.kept = append(k.kept, s)
	return k.send(t, s)[0]
}

// send sends scans and drops what is in a backup.
func (k *keeper) send(t *testing.T, scans ...gate.SentScan) []gate.ScanResult {
	t.Helper()
	batch := k.Batch(scans...)
	batch.DeviceSeqFrom = k.kept[0].Seq
	a, err := k.m.App.Admission.Scan(t.Context(), k.Device, batch)
	if err != nil {
		t.Fatal(err)
	}
	results := make([]gate.ScanResult, len(a.Results))
	for i, raw := range a.Results {
		if err := json.Unmarshal(raw, &results[i]); err != nil {
			t.Fatal(err)
		}
		k.answer[results[i].ID] = results[i].Verdict
	}
	k.kept = slices.DeleteFunc(k.kept, func(s gate.SentScan) bool { return s.Seq <= a.BackedUpSeq })
	return results
}

// again sends all copies again, each with what was done at the gate.
func (k *keeper) again(t *testing.T, tell bool) {
	t.Helper()
	scans := slices.Clone(k.kept)
	for i := range scans {
		if tell && scans[i].Mode == registry.Online && scans[i].VoidOf == "" {
			scans[i].Verdict = k.answer[scans[i].ID]
		}
	}
	k.send(t, scans...)
}

// restore puts a backup in the place of the market's database, which is lost.
func (m *market) restore(t *testing.T, backup string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "restored.db")
	if _, err := store.Restore(t.Context(), backup, path, store.RestoreOptions{Guard: testkit.GuardOf}); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.Now = m.Clock.Now
	m.App.Close()
	if err := m.DB.Close(); err != nil {
		t.Fatal(err)
	}
	m.DB = db
	m.App = m.Another()
}

// drill is a market that was backed up, went on, and was lost.
type drill struct {
	*market
	a, b   *keeper
	backup string
	late   []registry.PassRow // issued after the backup
	before gate.Stats
	list   *gate.Snapshot
}

func newDrill(t *testing.T) *drill {
	t.Helper()
	m := newMarket(t, "sqlite")
	d := &drill{market: m, a: m.keeper(t, 1), b: m.keeper(t, 2)}
	officials := m.Issued(m.event, registry.OfficialPass, 20)
	for i, row := range officials[:6] {
		[]*keeper{d.a, d.b}[i%2].scan(t, row)
	}
	dir := t.TempDir()
	if err := m.App.BackupTo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.db"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	d.backup = found[0]
	d.late = m.Issued(m.event, registry.VisitorPass, 30)
	for i := 4; i < 20; i++ {
		[]*keeper{d.a, d.b}[i%2].scan(t, officials[i], map[bool]func(*gate.SentScan){true: testkit.Going, false: func(*gate.SentScan) {}}[i%5 == 0])
	}
	d.a.scan(t, m.staff[0])
	d.b.scan(t, m.staff[0]) // already inside
	d.a.scan(t, m.staff[1], testkit.Offline(registry.VerdictOK))
	wrong := d.a.kept[len(d.a.kept)-1].ID
	d.a.scan(t, m.staff[1], func(s *gate.SentScan) { s.QR, s.VoidOf = "", wrong })
	d.b.scan(t, d.late[0])
	d.before = m.stats(t, d.a.Phone)
	if d.list, _, err = m.GateSnapshot(d.a.Device, "", ""); err != nil {
		t.Fatal(err)
	}
	return d
}

// rows are the scans of both phones, with what counts.
func (d *drill) rows(t *testing.T) map[registry.ScanID]bool {
	t.Helper()
	rows := map[registry.ScanID]bool{}
	for _, k := range []*keeper{d.a, d.b} {
		var ids []registry.ScanID
		for id := range k.answer {
			ids = append(ids, id)
		}
		for _, s := range d.scans(t, ids...) {
			if _, twice := rows[s.ID]; twice {
				t.Errorf("scan %s is there twice", s.ID)
			}
			rows[s.ID] = s.Moves
		}
	}
	return rows
}

// TestRestoredFromYesterday loses the server after a day and restores the backup
// of the evening before: the phones send again what they kept, and everything is
// there once and counts as it did, passes of today included, which the backup does
// not know. The control sends again without what had been answered: then an entry
// that was let in is lost.
func TestRestoredFromYesterday(t *testing.T) {
	for name, tell := range map[string]bool{"": true, "control": false} {
		t.Run(name, func(t *testing.T) {
			d := newDrill(t)
			want := d.rows(t)
			d.Clock.Add(20 * time.Hour)
			d.restore(t, d.backup)
			if lost := len(want) - len(d.rows(t)); lost < 20 {
				t.Fatalf("the backup lacks only %d scans", lost)
			}
			for range 2 { // the answer to the first may be lost
				d.b.again(t, tell)
				d.a.again(t, tell)
			}
			got, same := d.rows(t), true
			for id, counts := range want {
				moves, there := got[id]
				if !there {
					t.Errorf("scan %s is lost", id)
				}
				same = same && moves == counts
			}
			if same != tell {
				t.Errorf("all count as before: %v, want %v", same, tell)
			}
			d.Clock.Set(testkit.Start.Add(time.Hour))
			if s := d.stats(t, d.a.Phone); tell && (s.Inside != d.before.Inside-1 || s.Hours[0].In != d.before.Hours[0].In) {
				// a pass that the backup does not know has no place
				t.Errorf("stats %+v, before %+v", s, d.before)
			}
			if _, a := d.sent(t, d.a.Phone, d.a.Scan(d.staff[2])); a.AckedSeq != d.a.Seq {
				t.Errorf("acknowledged up to %d of %d", a.AckedSeq, d.a.Seq)
			}
		})
	}
}

// TestListAfterARestore: the epoch is new, so a phone takes the whole list although
// its version went back. A cursor of a version that the server never had, with its
// own epoch, gets the whole list too, which the phone then refuses.
func TestListAfterARestore(t *testing.T) {
	d := newDrill(t)
	d.restore(t, d.backup)
	after, _, err := d.GateSnapshot(d.a.Device, d.list.Cursor, "")
	if err != nil || after.Partial || after.Epoch == d.list.Epoch || after.Version >= d.list.Version || len(after.Passes) == 0 {
		t.Errorf("after the restore: partial %v, epoch %d, version %d (before %d), %v", after.Partial, after.Epoch, after.Version, d.list.Version, err)
	}
	ahead, _, err := d.GateSnapshot(d.a.Device, gate.Cursor(after.Epoch, after.Version+50, ""), "")
	if err != nil || ahead.Partial || ahead.Version != after.Version || len(ahead.Passes) != len(after.Passes) {
		t.Errorf("a list rolled back: partial %v, version %d, %v", ahead.Partial, ahead.Version, err)
	}
	same, _, err := d.GateSnapshot(d.a.Device, after.Cursor, "")
	if err != nil || same != nil {
		t.Errorf("control, the cursor of this list: %+v, %v; want nothing new", same, err)
	}
	d.restore(t, d.backup)
	if third, _, err := d.GateSnapshot(d.a.Device, after.Cursor, ""); err != nil || third.Epoch == after.Epoch || third.Partial {
		t.Errorf("restored once more: epoch %d again, %v", third.Epoch, err)
	}
}

// TestNoCodeIsPrintedTwice: codes issued after a restore lie in a block in which no
// code was issued before, so that none can be that of a pass which was printed and
// then forgotten. The control issues in the block of before, where it could.
func TestNoCodeIsPrintedTwice(t *testing.T) {
	d := newDrill(t)
	block := func(row registry.PassRow) string { return row.Code[:2] }
	printed := block(d.late[0])
	for _, row := range append(d.late, d.passes...) {
		if block(row) != printed {
			t.Fatalf("code %s is not in block %s", row.Code, printed)
		}
	}
	used := []string{printed}
	backup := d.backup
	for range 3 {
		d.restore(t, backup)
		fresh := d.Issued(d.event, registry.VisitorPass, 5)
		if now := block(fresh[len(fresh)-1]); slices.Contains(used, now) {
			t.Errorf("block %s is used again", now)
		} else {
			used = append(used, now)
		}
		dir := t.TempDir()
		if err := d.App.BackupTo(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
		found, _ := filepath.Glob(filepath.Join(dir, "*.db"))
		backup = found[0]
	}
	if again := d.Issued(d.event, registry.VisitorPass, 5); block(again[len(again)-1]) != used[len(used)-1] {
		t.Error("the block changed without a restore")
	}
}

// TestBackedUpSeqNeedsABackup: one that could not be written moves nothing, and a
// phone keeps its copies.
func TestBackedUpSeqNeedsABackup(t *testing.T) {
	m := newMarket(t, "sqlite")
	k := m.keeper(t, 1)
	k.scan(t, m.staff[0])
	none := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(none, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := m.App.BackupTo(t.Context(), none); err == nil {
		t.Fatal("a backup into a file that is no folder went well")
	}
	if k.scan(t, m.staff[1]); len(k.kept) != 2 {
		t.Errorf("the phone keeps %d of 2 scans that are in no backup", len(k.kept))
	}
	if err := m.App.BackupTo(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if k.scan(t, m.staff[2]); len(k.kept) != 1 {
		t.Errorf("control: the phone keeps %d of 1 scan", len(k.kept))
	}
}
