package personal

import (
	"context"
	"strconv"
	"strings"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// onlyOwned are the vendors of which an account is the only owner; household those of them
// that are a person rather than a company: by their kind, or by a tax code of twelve digits.
const (
	onlyOwned = `SELECT v.id FROM vendors v JOIN vendor_members o ON o.vendor_id = v.id AND o.role = 'owner' AND o.account_id = :account
		WHERE NOT EXISTS (SELECT 1 FROM vendor_members x WHERE x.vendor_id = v.id AND x.role = 'owner' AND x.account_id <> :account)`
	household = onlyOwned + ` AND (v.kind = 'household' OR LENGTH(v.tax_code) = 12)`
)

// bearing are the other vendors of an account that have its name, phone or address as theirs.
const bearing = `SELECT v.id FROM vendors v JOIN vendor_members m ON m.vendor_id = v.id AND m.account_id = :account JOIN accounts c ON c.id = :account
	WHERE v.id NOT IN (` + household + `) AND (v.phone <> '' AND v.phone = c.phone OR v.email <> '' AND v.email = c.email
		OR v.representative <> '' AND v.representative = c.name)`

// erasing are rows of a part, and the statements that destroy what is personal of them. The
// same text counts and destroys. An act names the rows as {due}.
type erasing struct {
	part personal.Part
	due  string
	acts []string
}

// letters are mail to the account's addresses, also one that waits to be confirmed, and to those of
// its households; and notifications to its devices.
var letters = deleting(personal.PartLetters, "outbox", "id", `channel = 'mail' AND address IN (SELECT email FROM accounts WHERE id = :account AND email <> ''
		UNION SELECT email FROM reset_codes WHERE account_id = :account AND email <> '' UNION SELECT email FROM vendors WHERE id IN (`+household+`) AND email <> '')
	OR channel <> 'mail' AND address IN (SELECT id FROM push_subscriptions WHERE account_id = :account)`)

// erasingOf is what an erasure destroys, in the order in which it does: the account first, so that
// whoever signs in meanwhile waits and finds none; who is a member after what is found by it.
var erasingOf = []erasing{
	letters,
	{personal.PartContact, `SELECT id FROM accounts WHERE id = :account AND state <> 'erased'`, []string{`
		UPDATE accounts
		SET name = :erased, name_fold = :fold, name_sort = :sort, phone = NULL, email = NULL, state = 'erased', password_hash = '', totp_secret = '',
			totp_step = 0, consent_version = '', consent_at = 0, version = version + 1
		WHERE id = :account AND state <> 'erased'`}},
	{personal.PartWords, `SELECT id FROM applications WHERE vendor_id IN (` + household + `) AND (note <> '' OR vehicles <> '')`,
		[]string{`UPDATE applications SET note = '', vehicles = '', version = version + 1 WHERE id IN ({due})`}},
	{personal.PartWords, `SELECT id FROM application_notes WHERE author_id = :account AND text <> '' AND application_id IN (
		SELECT id FROM applications WHERE vendor_id IN (` + household + `))`, []string{`UPDATE application_notes SET text = '' WHERE id IN ({due})`}},
	{personal.PartPasses, `SELECT id FROM passes WHERE vendor_id IN (` + household + `) AND label <> ''`,
		[]string{`UPDATE passes SET label = '', sort_key = '', search_fold = '', version = version + 1 WHERE id IN ({due})`}},
	deleting(personal.PartCodes, "join_codes", "code_hash", `issued_by = :account OR vendor_id IN (`+household+`)`),
	{part: personal.PartVendors, due: household}, // by the caller, as those below
	{part: personal.PartVendors, due: bearing},
	ofAccount(personal.PartSessions, "sessions", "token_hash"),
	ofAccount(personal.PartCodes, "reset_codes", "code_hash"),
	ofAccount(personal.PartCodes, "recovery_codes", "code_hash"),
	ofAccount(personal.PartPhones, "push_subscriptions", "id"),
	ofAccount(personal.PartPrograms, "api_tokens", "id"),
	ofAccount(personal.PartRoles, "grants", "account_id"),
	ofAccount(personal.PartBodies, "body_people", "account_id"),
	ofAccount(personal.PartHabits, "import_habits", "account_id"),
	ofAccount(personal.PartMemberships, "vendor_members", "account_id"),
	{part: personal.PartSecrets, due: `SELECT id FROM accounts WHERE id = :account AND (password_hash <> '' OR totp_secret <> '')`},
}

func ofAccount(part personal.Part, table, key string) erasing {
	return deleting(part, table, key, `account_id = :account`)
}

func deleting(part personal.Part, table, key, where string) erasing {
	return erasing{part, `SELECT ` + key + ` FROM ` + table + ` WHERE ` + where, []string{`DELETE FROM ` + table + ` WHERE ` + where}}
}

// staying are rows that an erasure leaves, with the part that says why.
var staying = []erasing{
	{part: personal.StayResults, due: `SELECT id FROM applications WHERE vendor_id IN (` + household + `) AND state <> 'draft'
		UNION ALL SELECT event_id FROM sales_returns WHERE vendor_id IN (` + household + `)`},
	{part: personal.StayCompanies, due: `SELECT vendor_id FROM vendor_members WHERE account_id = :account AND vendor_id NOT IN (` + household + `)`},
	{part: personal.StayEvidence, due: `SELECT id FROM certificates WHERE vendor_id IN (` + household + `)`},
	{part: personal.StayRecords, due: `SELECT id FROM inspections WHERE vendor_id IN (` + household + `) OR entered_by = :account`},
	{part: personal.StayProducts, due: `SELECT id FROM products WHERE vendor_id IN (` + household + `)`},
	{part: personal.StayLog, due: `SELECT seq FROM audit WHERE account_id = :account OR object = 'account' AND object_id = :account
		OR object = 'vendor' AND object_id IN (` + household + `)`},
	{part: personal.StayImports, due: `SELECT p.n FROM import_parts p JOIN (` + household + `) h ON p.rows LIKE '%' || h.id || '%'`},
}

// filled gives a text its values: each :name becomes a placeholder.
func filled(query string, values map[string]any) (string, []any) {
	var args []any
	for _, name := range []string{":account", ":erased", ":fold", ":sort", ":name"} {
		if !strings.Contains(query, name) {
			continue
		}
		args = append(args, values[name])
		query = strings.ReplaceAll(query, name, "$"+strconv.Itoa(len(args)))
	}
	return query, args
}

func erasedValues(account registry.AccountID) map[string]any {
	return map[string]any{":account": string(account), ":erased": personal.ErasedName, ":fold": vn.Fold(personal.ErasedName), ":sort": vn.SortKey(personal.ErasedName)}
}

// countOf counts the rows of a text.
func countOf(ctx context.Context, tx *store.Tx, due string, values map[string]any) (int, error) {
	query, args := filled(`SELECT COUNT(*) FROM (`+due+`) due`, values)
	return store.One(ctx, tx, store.Column[int], query, args...)
}

// EraseEffects counts what an erasure of an account would destroy now, and what it leaves.
func EraseEffects(ctx context.Context, tx *store.Tx, account registry.AccountID) (e personal.Effects, err error) {
	values := erasedValues(account)
	for _, of := range [][]erasing{erasingOf, staying} {
		for _, x := range of {
			n, err := countOf(ctx, tx, x.due, values)
			if err != nil {
				return e, err
			}
			e.Add(x.part, n)
		}
	}
	if err := eachName(ctx, tx, account, func(name named, bears string, shared bool) error {
		part := personal.PartNames
		if shared {
			part = personal.StayShared
		}
		n, err := name.count(ctx, tx, account, bears)
		e.Add(part, n)
		return err
	}); err != nil {
		return e, err
	}
	n, err := signedBy(ctx, tx, account)
	e.Add(personal.StaySigned, n)
	e.Add(personal.StayRequest, 1)
	return e.Ordered(), err
}

// Households are the vendors that an erasure empties.
func Households(ctx context.Context, tx *store.Tx, account registry.AccountID) ([]registry.VendorID, error) {
	return vendorsOf(ctx, tx, household, account)
}

// Bearing are the other vendors of an account that have its name, phone or address as theirs.
func Bearing(ctx context.Context, tx *store.Tx, account registry.AccountID) ([]registry.VendorID, error) {
	return vendorsOf(ctx, tx, bearing, account)
}

func vendorsOf(ctx context.Context, tx *store.Tx, which string, account registry.AccountID) ([]registry.VendorID, error) {
	query, args := filled(which+` ORDER BY v.id`, erasedValues(account))
	return store.Collect(ctx, tx, store.Column[registry.VendorID], query, args...)
}

// HideVendor gives a vendor that was emptied an address without a name, and shows none of its
// pictures any more.
func HideVendor(ctx context.Context, tx *store.Tx, id registry.VendorID, logo registry.FileID) error {
	if _, err := store.Exec(ctx, tx, `UPDATE vendors SET slug = $2 WHERE id = $1`, string(id), "da-xoa-"+string(id)); err != nil {
		return err
	}
	if _, err := store.Exec(ctx, tx, `UPDATE files SET public = 0 WHERE vendor_id = $1 AND public = 1`, string(id)); err != nil {
		return err
	}
	_, err := store.Exec(ctx, tx, `DELETE FROM files WHERE id = $1 AND id <> ''`, string(logo))
	return err
}

// EraseLetters destroys the letters that EraseEffects counts, while the addresses are still known.
func EraseLetters(ctx context.Context, tx *store.Tx, account registry.AccountID) error {
	return carryOut(ctx, tx, letters, account)
}

func carryOut(ctx context.Context, tx *store.Tx, x erasing, account registry.AccountID) error {
	for _, act := range x.acts {
		query, args := filled(strings.Replace(act, "{due}", x.due, 1), erasedValues(account))
		if _, err := store.Exec(ctx, tx, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// Erase destroys what EraseEffects counts but the letters and the vendors, which the caller has.
func Erase(ctx context.Context, tx *store.Tx, account registry.AccountID) error {
	if err := eachName(ctx, tx, account, func(name named, bears string, shared bool) error {
		if shared {
			return nil
		}
		return name.erase(ctx, tx, account, bears)
	}); err != nil {
		return err
	}
	for _, x := range erasingOf {
		if err := carryOut(ctx, tx, x, account); err != nil {
			return err
		}
	}
	return nil
}

// hindering are the queries that name what stands against an erasure.
var hindering = map[personal.Hindrance]string{
	personal.LastAdmin: `SELECT '' FROM grants WHERE account_id = :account AND role = 'admin' AND area = '' AND NOT EXISTS (
		SELECT 1 FROM grants o JOIN accounts c ON c.id = o.account_id
		WHERE o.role = 'admin' AND o.area = '' AND c.state = 'active' AND o.account_id <> :account)`,
	personal.OtherPeople: `SELECT v.name || CASE WHEN v.representative = '' THEN '' ELSE ' · ' || v.representative END FROM vendors v
		WHERE v.id IN (` + onlyOwned + `) AND EXISTS (SELECT 1 FROM vendor_members x WHERE x.vendor_id = v.id AND x.account_id <> :account)
			OR v.id IN (` + household + `) AND v.representative <> '' AND v.representative <> (SELECT name FROM accounts WHERE id = :account)`,
	personal.RunningEvents: `SELECT v.name || ' · ' || e.title FROM applications a JOIN vendors v ON v.id = a.vendor_id JOIN events e ON e.id = a.event_id
		WHERE a.vendor_id IN (` + onlyOwned + `) AND a.state NOT IN ('draft', 'declined', 'withdrawn', 'cancelled')
			AND e.state NOT IN ('ended', 'reported', 'cancelled')
		UNION SELECT v.name || ' · ' || e.title FROM passes p JOIN vendors v ON v.id = p.vendor_id JOIN events e ON e.id = p.event_id
		WHERE p.vendor_id IN (` + onlyOwned + `) AND p.state = 'valid' AND e.state NOT IN ('ended', 'reported', 'cancelled')`,
	personal.OpenFindings: `SELECT DISTINCT v.name FROM findings f JOIN inspections i ON i.id = f.inspection_id JOIN vendors v ON v.id = i.vendor_id
		WHERE i.vendor_id IN (` + onlyOwned + `) AND (f.state IN ('open', 'escalated', 'remedied') OR f.state = 'handed_over' AND f.outcome = '')`,
	personal.Minutes: `SELECT DISTINCT i.subject_name FROM inspections i
		WHERE i.state = 'received' AND (i.entered_by = :account OR i.vendor_id IN (` + onlyOwned + `))`,
	personal.TasksInHand: `SELECT DISTINCT t.title FROM tasks t JOIN plans p ON p.id = t.plan_id JOIN task_bodies b ON b.task_id = t.id AND b.part = 'lead'
		WHERE t.state IN ('open', 'in_progress') AND p.state = 'in_force' AND b.body_id IN (SELECT body_id FROM body_people WHERE account_id = :account)
			AND NOT EXISTS (SELECT 1 FROM body_people x JOIN accounts c ON c.id = x.account_id
				WHERE x.body_id = b.body_id AND x.account_id <> :account AND c.state = 'active')`,
	personal.RunningWork: `SELECT file_name FROM imports WHERE created_by = :account AND state IN ('running', 'undoing')
		UNION ALL SELECT '' FROM jobs WHERE created_by = :account AND state IN ('queued', 'running')`,
}

// Obstacles are what stands against an erasure of an account now.
func Obstacles(ctx context.Context, tx *store.Tx, account registry.AccountID) (found []personal.Obstacle, err error) {
	for _, why := range personal.Hindrances {
		query, args := filled(hindering[why]+` ORDER BY 1`, erasedValues(account))
		names, err := store.Collect(ctx, tx, store.Column[string], query, args...)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			continue
		}
		o := personal.Obstacle{Why: why}
		for _, name := range names {
			if name != "" {
				o.Names = append(o.Names, name)
			}
		}
		found = append(found, o)
	}
	return found, nil
}
