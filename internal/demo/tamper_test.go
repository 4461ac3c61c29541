package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// edits are changes of single rows by hand, no two of one row: a table, the column
// that names the row, which row, and what is changed in it.
var edits = []struct{ table, key, row, set string }{
	{"passes", "id", `SELECT MIN(id) FROM passes WHERE kind = 'staff'`, `state = 'revoked'`},
	{"passes", "id", `SELECT MIN(id) FROM passes WHERE kind = 'booth'`, `proof = 'A2bcdefgh'`},
	{"passes", "id", `SELECT MIN(id) FROM passes WHERE kind = 'official'`, `days = days + 10`},
	{"scans", "id", `SELECT id FROM scans WHERE verdict = 1 ORDER BY n LIMIT 1`, `verdict = 13`},
	{"scans", "id", `SELECT id FROM scans WHERE verdict = 1 ORDER BY n DESC LIMIT 1`, `corrected_at = corrected_at + 60000`},
	{"scans", "id", `SELECT id FROM scans WHERE verdict NOT IN (1, 3) ORDER BY n LIMIT 1`, `moves = 1 - moves`},
	{"counts", "id", `SELECT MIN(id) FROM counts`, `n = n + 1`},
	{"taps", "phone", `SELECT MIN(phone) FROM taps`, `hour_at = hour_at + 3600000`},
	{"tallies", "id", `SELECT MIN(id) FROM tallies`, `n = n + 100`},
	{"accounts", "id", `SELECT MIN(id) FROM accounts`, `password_hash = 'x'`},
	{"accounts", "id", `SELECT MAX(id) FROM accounts`, `totp_secret = 'x'`},
	{"grants", "account_id", `SELECT MIN(account_id) FROM grants WHERE role = 'viewer'`, `role = 'admin'`},
	{"vendor_members", "account_id", `SELECT MIN(account_id) FROM vendor_members`, `role = CASE role WHEN 'owner' THEN 'member' ELSE 'owner' END`},
	{"events", "id", `SELECT MIN(id) FROM events`, `state = 'cancelled'`},
	{"event_days", "event_id", `SELECT MAX(event_id) FROM event_days`, `closes_at = closes_at - 1`},
	{"vendors", "id", `SELECT MIN(id) FROM vendors`, `tax_code = '0100109106'`},
	{"products", "id", `SELECT MIN(id) FROM products`, `evidence = CASE evidence WHEN 'confirmed' THEN 'declared' ELSE 'confirmed' END`},
	{"certificates", "id", `SELECT MIN(id) FROM certificates`, `valid_to = '2099-12-31'`},
	{"applications", "id", `SELECT MIN(id) FROM applications WHERE state <> 'approved'`, `state = 'approved', granted_n = 1`},
	{"booths", "id", `SELECT MIN(id) FROM booths WHERE state = 'assigned'`, `application_id = (SELECT MAX(id) FROM applications)`},
	{"booth_days", "booth_id", `SELECT MIN(booth_id) FROM booth_days`, `state = CASE state WHEN 'no_show' THEN 'occupied' ELSE 'no_show' END`},
	{"pass_keys", "id", `SELECT MIN(id) FROM pass_keys`, `killed_at = 1`},
	{"gates", "event_id", `SELECT MIN(event_id) FROM gates`, `kinds = 'visitor'`},
	{"devices", "id", `SELECT MIN(id) FROM devices`, `role = CASE role WHEN 'steward' THEN 'supervisor' ELSE 'steward' END`},
	{"tips", "id", `SELECT MIN(id) FROM tips`, `text = 'không có gì'`},
	{"sales_returns", "vendor_id", `SELECT MIN(vendor_id) FROM sales_returns`, `contracts_dong = contracts_dong + 1000000`},
	{"reports", "event_id", `SELECT MIN(event_id) FROM reports WHERE figures <> ''`, `figures = '{}'`},
	{"settings", "key", `SELECT 'code_blocks'`, `value = value || '1'`},
}

// removals are rows taken away by hand, as many as stand there.
var removals = map[string]struct {
	row string
	n   int64
}{
	"scans":      {`n IN (SELECT n FROM scans WHERE verdict = 3 ORDER BY n DESC LIMIT 3)`, 3},
	"counts":     {`id IN (SELECT MAX(id) FROM counts)`, 1},
	"tallies":    {`id IN (SELECT MAX(id) FROM tallies)`, 1},
	"taps":       {`phone IN (SELECT MAX(phone) FROM taps)`, 1},
	"booth_days": {`booth_id IN (SELECT MAX(booth_id) FROM booth_days)`, 1},
}

// tampered shows that check-db finds what somebody changes who has nothing but the
// database. It leaves the database changed.
func (d *filled) tampered(t *testing.T) {
	if c := d.check(t); !c.OK() || !c.Keyed {
		t.Fatalf("an untouched database is not clean: %v, line %d, %v", c.Edits, c.AuditBroken, c.Problems)
	}
	t.Run("old state put back", d.oldState)
	t.Run("end of the log cut off", d.cutLog)
	t.Run("chain rebuilt without the key", d.rebuiltChain)
	t.Run("rows", d.editedRows)
	t.Run("accepted", d.accepted)
	t.Run("head", d.changedHead)
}

func (d *filled) check(t *testing.T) store.Checked {
	t.Helper()
	c, err := d.k.DB.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// oldState: a row is put back with the mark that it had then; a changed row stays
// found when the program writes over it.
func (d *filled) oldState(t *testing.T) {
	hand := d.k.Tamper()
	set := func(value string) {
		d.k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", value) })
	}
	found := func(want ...store.Edit) {
		t.Helper()
		if c := d.check(t); !slices.Equal(c.Edits, want) {
			t.Errorf("check-db found %v, want %v", c.Edits, want)
		}
	}
	set("one")
	old := hand.Look(`SELECT value, mark FROM settings WHERE key = 'x'`)[0]
	set("two")
	hand.Do(1, `UPDATE settings SET value = $1, mark = $2 WHERE key = 'x'`, old...)
	found(store.Edit{Table: "settings", Fault: store.RowsOld})
	hand.Do(1, `UPDATE settings SET value = 'three' WHERE key = 'x'`)
	set("four")
	found(store.Edit{Table: "settings", Row: "key=x", Fault: store.RowChanged})
	hand.Do(1, `DELETE FROM settings WHERE key = 'x'`)
	set("five")
	if _, err := d.k.DB.AcceptEdits(t.Context(), "kiểm thử"); err != nil {
		t.Fatal(err)
	}
	found()
}

// cutLog: lines go from the end of the log, with and without its sealed head moved
// back to where it stood then.
func (d *filled) cutLog(t *testing.T) {
	hand, sealed := d.k.Tamper(), any(nil)
	head := func() (h registry.AuditHead) {
		d.k.Read(func(tx *store.Tx) (err error) {
			h, err = tx.AuditHead(t.Context())
			return err
		})
		return h
	}
	before := head()
	sealed = hand.Look(`SELECT sealed FROM audit_head`)[0][0]
	d.k.Write(func(tx *store.Tx) error {
		return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.do", Object: "test"})
	})
	after := head()
	hand.Do(1, `DELETE FROM audit WHERE seq > $1`, before.Lines)
	if c := d.check(t); c.AuditBroken != after.Lines {
		t.Errorf("a line gone from the end: broken from %d, want %d", c.AuditBroken, after.Lines)
	}
	hand.Do(1, `UPDATE audit_head SET sealed = $1`, sealed)
	if c := d.check(t); !c.OK() {
		t.Errorf("the whole database of a moment before is clean by itself: %v %d", c.Edits, c.AuditBroken)
	}
	lacks, err := d.k.DB.Lacking(t.Context(), []store.Witness{{Name: "before", Head: before}, {Name: "after", Head: after}})
	if err != nil || len(lacks) != 1 || lacks[0].Name != "after" || lacks[0].Restored != 0 {
		t.Errorf("the heads written down outside: %v, %v; want the later one missing", lacks, err)
	}
}

// rebuiltChain: a line is changed and all hashes from there on are made anew, as far
// as that goes without the key.
func (d *filled) rebuiltChain(t *testing.T) {
	hand := d.k.Tamper()
	lines := hand.Look(`SELECT seq, at, account_id, name, action, object, object_id, area, detail, prev, hash FROM audit ORDER BY seq DESC LIMIT 5`)
	slices.Reverse(lines)
	prev := lines[0][9]
	for _, l := range lines {
		row, err := json.Marshal([]any{prev, l[0], l[1], l[2], "ai đó", l[4], l[5], l[6], l[7], l[8]})
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(row)
		hash := hex.EncodeToString(sum[:])
		hand.Do(1, `UPDATE audit SET name = 'ai đó', prev = $1, hash = $2 WHERE seq = $3`, prev, hash, l[0])
		prev = hash
	}
	if c := d.check(t); c.AuditBroken != lines[0][0] {
		t.Errorf("broken from line %d, want %d", c.AuditBroken, lines[0][0])
	}
	for _, l := range lines {
		hand.Do(1, `UPDATE audit SET name = $1, prev = $2, hash = $3 WHERE seq = $4`, l[3], l[9], l[10], l[0])
	}
	if c := d.check(t); !c.OK() {
		t.Errorf("with the log as it was: line %d, %v", c.AuditBroken, c.Edits)
	}
}

func (d *filled) editedRows(t *testing.T) {
	hand, want := d.k.Tamper(), map[[2]string]bool{} // table and "key=row"
	for _, e := range edits {
		row := hand.Look(e.row)[0][0]
		name := fmt.Sprint(row)
		if raw, bytes := row.([]byte); bytes {
			name = hex.EncodeToString(raw)
		}
		want[[2]string{e.table, e.key + "=" + name}] = true
		hand.Do(-1, `UPDATE `+e.table+` SET `+e.set+` WHERE `+e.key+` = $1`, row)
	}
	admin := hand.Look(`SELECT MAX(id) FROM accounts WHERE id NOT IN (SELECT account_id FROM grants WHERE role = 'admin')`)[0][0]
	hand.Do(1, `INSERT INTO grants (account_id, role, area, granted_by, granted_at) VALUES ($1, 'admin', '', '', 0)`, admin)
	want[[2]string{"grants", fmt.Sprint("account_id=", admin)}] = true
	for table, r := range removals {
		hand.Do(r.n, `DELETE FROM `+table+` WHERE `+r.row)
	}
	hand.Do(-1, `UPDATE gate_hours SET n = n + 100 WHERE n = (SELECT MAX(n) FROM gate_hours)`)
	c, missing := d.check(t), map[string]int64{}
	is := func(e store.Edit, row [2]string) bool { return e.Table == row[0] && strings.Contains(e.Row, row[1]) }
	for row := range want {
		if !slices.ContainsFunc(c.Edits, func(e store.Edit) bool { return is(e, row) }) {
			t.Errorf("check-db does not find %s", row)
		}
	}
	for _, e := range c.Edits {
		switch {
		case e.Fault == store.RowsMissing:
			missing[e.Table] = e.N
		case e.Fault == store.SumsChanged:
			missing[e.Table]++
		case !slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(row [2]string) bool { return is(e, row) }):
			t.Errorf("check-db found what nobody did: %s", e)
		}
	}
	if missing["gate_hours"] != 1 {
		t.Error("check-db does not find a counter that was changed")
	}
	for table, r := range removals {
		if missing[table] != r.n {
			t.Errorf("%s: %d rows found missing, want %d", table, missing[table], r.n)
		}
	}
}

// accepted: after somebody has looked and said why, the rows count as they are, and
// the log names them.
func (d *filled) accepted(t *testing.T) {
	found, err := d.k.DB.AcceptEdits(t.Context(), "đã đối chiếu với bản giấy")
	if err != nil || len(found) < len(edits) {
		t.Fatalf("%d accepted, %v", len(found), err)
	}
	if c := d.check(t); !c.OK() {
		t.Errorf("afterwards: %v", c.Edits)
	}
	d.k.Read(func(tx *store.Tx) error {
		last, err := tx.LastLine(t.Context())
		if last.Action != store.AcceptAction || !strings.Contains(last.Detail, "đối chiếu") || strings.Count(last.Detail, "by hand") != len(found) {
			t.Errorf("the log says %s", last.Detail)
		}
		return err
	})
}

// changedHead: the sealed head is no head any more. The program goes on, and check-db
// goes on saying so.
func (d *filled) changedHead(t *testing.T) {
	d.k.Tamper().Do(1, `UPDATE audit_head SET sealed = NULL`)
	for _, want := range []string{"before", "after"} {
		if c := d.check(t); c.OK() {
			t.Errorf("%s the program went on: a head that was wiped is not found", want)
		}
		d.k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", "six") })
	}
}
