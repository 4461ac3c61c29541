package main

import (
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// pgTool runs one of PostgreSQL's own tools on the database of an address.
func pgTool(t *testing.T, address, tool string, args ...string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	args = append([]string{"-U", u.User.Username(), "-d", strings.TrimPrefix(u.Path, "/")}, args...)
	if host := u.Query().Get("host"); host != "" {
		args = append([]string{"-h", host}, args...)
	} else {
		args = append([]string{"-h", u.Hostname(), "-p", u.Port()}, args...)
	}
	if out, err := exec.Command(testkit.Need(t, tool), args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
}

// TestPostgresRestoredIsRenewed goes back to a dump of before passes were printed. After
// hoicho restored the phones see a new epoch, and no code of those passes is issued
// again; the control, without it, issues in their block under the old epoch.
func TestPostgresRestoredIsRenewed(t *testing.T) {
	address := testkit.MigratedPostgres(t)
	dump := filepath.Join(t.TempDir(), "dump")
	k := testkit.NewAppAt(t, address)
	event := k.Event(testkit.InState(registry.Running))
	k.Gates(event.ID, 1)
	k.Issued(event, registry.VisitorPass, 5)
	phone := k.Phone(event.ID, registry.Steward, 1)
	look := func() (epoch int64, block string) {
		list, _, err := k.GateSnapshot(phone.Device, "", "")
		if err != nil {
			t.Fatal(err)
		}
		rows := k.Issued(event, registry.VisitorPass, 5)
		return list.Epoch, rows[len(rows)-1].Code[:2]
	}
	shut := func() {
		k.App.Close()
		if err := k.DB.Close(); err != nil {
			t.Fatal(err)
		}
	}
	pgTool(t, address, "pg_dump", "-Fc", "-f", dump)
	epoch, block := look()
	used := []string{block}
	for _, renew := range []bool{false, true} {
		shut()
		pgTool(t, address, "pg_restore", "--clean", "--if-exists", dump)
		if renew {
			out, err := hoichoWith(t, map[string]string{"HOICHO_MASTER_KEY": strings.Repeat("5e", 32)}, "restored", "--db", address)
			if err != nil || !strings.Contains(out, "send again") {
				t.Fatalf("restored: %v\n%s", err, out)
			}
		}
		k = testkit.NewAppAt(t, address)
		var last registry.AuditEntry
		k.Read(func(tx *store.Tx) (err error) {
			last, err = tx.LastLine(t.Context())
			return err
		})
		if told := last.Action == store.RestoreAction; told != renew {
			t.Errorf("the audit log ends with %s, restored %t", last.Action, renew)
		}
		e, b := look()
		if !renew && (e != epoch || b != block) {
			t.Errorf("without restored: epoch %d and block %s, had %d and %s; the test shows nothing", e, b, epoch, block)
		}
		if renew && (e == epoch || slices.Contains(used, b)) {
			t.Errorf("after restored: epoch %d (had %d), block %s of %v", e, epoch, b, used)
		}
		if c, err := k.DB.Check(t.Context()); err != nil || !c.OK() {
			t.Errorf("check-db: %v, %v, line %d", err, c.Edits, c.AuditBroken)
		}
		used, epoch = append(used, b), e
	}
	shut()
	if _, err := hoichoWith(t, map[string]string{"HOICHO_MASTER_KEY": strings.Repeat("77", 32)}, "restored", "--db", address); err == nil {
		t.Error("it took another master key")
	}
	if _, err := hoicho(t, filepath.Join(t.TempDir(), "a.db"), "restored"); exitCode(err) != exitUsage {
		t.Errorf("a SQLite file: %v", err)
	}
}

// TestPostgresInUseIsLeftAloneByTheDemo: what it makes up does not get among what is real,
// and no password is printed.
func TestPostgresInUseIsLeftAloneByTheDemo(t *testing.T) {
	address := testkit.MigratedPostgres(t)
	t.Chdir(t.TempDir())
	key := map[string]string{"HOICHO_MASTER_KEY": strings.Repeat("5e", 32)}
	if out, err := hoichoWith(t, key, "user", "add", "--role", "admin", "--name", "Hà", "--login", "0912345678", "--db", address); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rows := func() (n int64) {
		db, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		c, err := db.Check(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range c.Rows {
			n += of
		}
		return n
	}
	before := rows()
	secret := strings.Replace(address, "postgres@", "postgres:geheim@", 1)
	_, err := hoichoWith(t, key, "demo", "--db", secret, "--addr", freeAddr(t))
	if err == nil || !strings.Contains(err.Error(), "has data already") || !strings.Contains(err.Error(), "--master-key-file") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("demo: %v", err)
	}
	if after := rows(); after != before {
		t.Errorf("%d rows before, %d after", before, after)
	}
}
