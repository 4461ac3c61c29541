package store

import (
	"context"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// AccountQuery narrows Accounts. Areas are codes of today's units in which a role
// or a vendor of the account lies, unless Everywhere.
type AccountQuery struct {
	Text       string // in the name, or the whole of a phone or e-mail
	Login      string // Text as a phone or e-mail is stored, if it is one
	Office     bool   // only accounts with a role
	State      registry.AccountState
	Areas      []string
	Everywhere bool
	After      string // cursor: Cursor of the last line before
	Limit      int
}

// AccountLine is an account in a list, with its roles.
type AccountLine struct {
	registry.Account
	Grants []registry.Grant
	Cursor string
}

// Accounts returns accounts by name.
func (tx *Tx) Accounts(ctx context.Context, q AccountQuery) ([]AccountLine, error) {
	var w where
	w.add("state <> 'erased'")
	if q.Text != "" {
		w.add("(name_fold LIKE ? ESCAPE '!' OR phone = ? OR email = ?)", foldLike(vn.Fold(q.Text)), q.Login, q.Login)
	}
	if q.Office {
		w.add("EXISTS (SELECT 1 FROM grants WHERE account_id = accounts.id)")
	}
	if q.State != "" {
		w.add("state = ?", string(q.State))
	}
	if !q.Everywhere {
		w.within(q.Areas, q.Login)
	}
	if sort, id, ok := strings.Cut(q.After, "."); ok {
		w.add("(name_sort > ? OR (name_sort = ? AND id > ?))", sort, sort, id)
	}
	lines, err := collect(ctx, tx, scanAccountLine, `
		SELECT `+accountColumns+`, name_sort FROM accounts`+w.String()+`
		ORDER BY name_sort, id LIMIT `+w.arg(q.Limit), w.args...)
	if err != nil {
		return nil, err
	}
	return lines, tx.fillGrants(ctx, lines)
}

func scanAccountLine(row scanner) (l AccountLine, err error) {
	var sort string
	a := &l.Account
	err = row.Scan(&a.ID, &a.Name, &a.Phone, &a.Email, &a.State, &a.PasswordHash, &a.TOTPSecret, &a.TOTPStep,
		&a.Lang, &a.Consent.Version, &a.Consent.At, &a.CreatedAt, &a.EnteredAt, &a.Version, &sort)
	l.Cursor = sort + "." + string(a.ID)
	return l, err
}

// within keeps accounts with a role or a vendor in one of the areas, and the one
// of the login if it holds nothing yet.
func (w *where) within(areas []string, login string) {
	role := where{args: w.args}
	in(&role, "grants.area", areas)
	vendor := where{args: role.args}
	in(&vendor, "vendor_areas.code", areas)
	w.args = vendor.args
	mark := w.arg(login)
	w.conds = append(w.conds, `(EXISTS (SELECT 1 FROM grants WHERE account_id = accounts.id AND `+role.conds[0]+`)
		OR EXISTS (SELECT 1 FROM vendor_members m JOIN vendor_areas ON vendor_areas.vendor_id = m.vendor_id
			WHERE m.account_id = accounts.id AND `+vendor.conds[0]+`)
		OR ((phone = `+mark+` OR email = `+mark+`)
			AND NOT EXISTS (SELECT 1 FROM grants WHERE account_id = accounts.id)
			AND NOT EXISTS (SELECT 1 FROM vendor_members WHERE account_id = accounts.id)))`)
}

// fillGrants reads the roles of all lines at once.
func (tx *Tx) fillGrants(ctx context.Context, lines []AccountLine) error {
	at := map[registry.AccountID]int{}
	ids := make([]registry.AccountID, len(lines))
	for i, l := range lines {
		ids[i], at[l.ID] = l.ID, i
	}
	var w where
	in(&w, "account_id", ids)
	type line struct {
		id registry.AccountID
		registry.Grant
	}
	found, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.id, &l.Role, &l.Area)
		return l, err
	}, `SELECT account_id, role, area FROM grants`+w.String()+` ORDER BY account_id, role, area`, w.args...)
	for _, l := range found {
		lines[at[l.id]].Grants = append(lines[at[l.id]].Grants, l.Grant)
	}
	return err
}
