package store

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

const accountColumns = `id, name, COALESCE(phone, ''), COALESCE(email, ''), state, password_hash, totp_secret, totp_step,
	lang, consent_version, consent_at, created_at, entered_at, version`

func scanAccount(row scanner) (a registry.Account, err error) {
	err = row.Scan(&a.ID, &a.Name, &a.Phone, &a.Email, &a.State, &a.PasswordHash, &a.TOTPSecret, &a.TOTPStep,
		&a.Lang, &a.Consent.Version, &a.Consent.At, &a.CreatedAt, &a.EnteredAt, &a.Version)
	return a, err
}

// Account returns an account, or NotFound.
func (tx *Tx) Account(ctx context.Context, id registry.AccountID) (registry.Account, error) {
	return one(ctx, tx, scanAccount,
		`SELECT `+accountColumns+` FROM accounts WHERE id = $1`, string(id))
}

// AccountByLogin returns the account with a phone or an e-mail as stored, or
// NotFound.
func (tx *Tx) AccountByLogin(ctx context.Context, login string) (registry.Account, error) {
	return one(ctx, tx, scanAccount,
		`SELECT `+accountColumns+` FROM accounts WHERE phone = $1 OR email = $1`, login)
}

// InsertAccount stores a new account. A phone or an e-mail that another account
// has is a Conflict.
func (tx *Tx) InsertAccount(ctx context.Context, a registry.Account) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.account.taken"), `
		INSERT INTO accounts (id, name, name_fold, name_sort, phone, email, state, password_hash, totp_secret, totp_step,
			lang, consent_version, consent_at, created_at, entered_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
		ON CONFLICT DO NOTHING`,
		string(a.ID), a.Name, vn.Fold(a.Name), vn.SortKey(a.Name), null(a.Phone), null(a.Email), string(a.State),
		a.PasswordHash, a.TOTPSecret, a.TOTPStep, a.Lang, a.Consent.Version, a.Consent.At, a.CreatedAt, a.EnteredAt)
}

// ReviseSignUp gives a signed-up account that nobody has ever entered the name,
// password and consent of a new sign-up, so that a mistyped password is mended by
// signing up again. It is a Conflict when the account has been entered, was made
// by an officer, or holds a role or a vendor.
func (tx *Tx) ReviseSignUp(ctx context.Context, a registry.Account) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.account.taken"), `
		UPDATE accounts
		SET name = $2, name_fold = $3, name_sort = $4, password_hash = $5, lang = $6, consent_version = $7,
			consent_at = $8, version = version + 1
		WHERE id = $1 AND entered_at = 0 AND consent_version <> '' AND state = 'active'
			AND NOT EXISTS (SELECT 1 FROM grants WHERE account_id = accounts.id)
			AND NOT EXISTS (SELECT 1 FROM vendor_members WHERE account_id = accounts.id)`,
		string(a.ID), a.Name, vn.Fold(a.Name), vn.SortKey(a.Name), a.PasswordHash, a.Lang, a.Consent.Version, a.Consent.At)
}

// SaveAccount saves what the person may change of themselves: name and language.
// It is a Conflict when somebody else changed the account since it was read.
func (tx *Tx) SaveAccount(ctx context.Context, a registry.Account) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE accounts SET name = $3, name_fold = $4, name_sort = $5, lang = $6, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(a.ID), a.Version, a.Name, vn.Fold(a.Name), vn.SortKey(a.Name), a.Lang)
}

// SaveEmail gives an account an e-mail address, or with none takes it away. It is a
// Conflict when another account has it.
func (tx *Tx) SaveEmail(ctx context.Context, id registry.AccountID, email string) error {
	taken := registry.E(registry.Conflict, "error.account.taken")
	err := tx.must(ctx, taken, `
		UPDATE accounts SET email = $2, version = version + 1
		WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.email = $2 AND o.id <> $1)`, string(id), null(email))
	if isUnique(err) { // another one took it at the same moment
		return taken
	}
	return err
}

// SaveConsent notes what the person agreed to, and when.
func (tx *Tx) SaveConsent(ctx context.Context, id registry.AccountID, c registry.Consent) error {
	return tx.must(ctx, errNotFound(), `UPDATE accounts SET consent_version = $2, consent_at = $3, version = version + 1 WHERE id = $1`, string(id), c.Version, c.At)
}

// SaveLang keeps the language in which an account is written to.
func (tx *Tx) SaveLang(ctx context.Context, id registry.AccountID, lang string) error {
	_, err := tx.exec(ctx, `UPDATE accounts SET lang = $2 WHERE id = $1`, string(id), lang)
	return err
}

// SavePassword sets the hash of a password; "" lets nobody in until a new one is
// set with a one-time code. It is a Conflict when the hash is no longer old.
func (tx *Tx) SavePassword(ctx context.Context, id registry.AccountID, old, hash string) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE accounts SET password_hash = $3, version = version + 1 WHERE id = $1 AND password_hash = $2`,
		string(id), old, hash)
}

// SaveAccountState disables or enables an account. It is a Conflict when the
// account is in that state already.
func (tx *Tx) SaveAccountState(ctx context.Context, id registry.AccountID, state registry.AccountState) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE accounts SET state = $2, version = version + 1 WHERE id = $1 AND state <> $2`, string(id), string(state))
}

// NoteEntered notes the first sign-in of an account; later ones change nothing.
func (tx *Tx) NoteEntered(ctx context.Context, id registry.AccountID) error {
	_, err := tx.exec(ctx, `UPDATE accounts SET entered_at = $2 WHERE id = $1 AND entered_at = 0`, string(id), tx.NowMS())
	return err
}

// Actor returns an account with its grants and memberships, for checking rights.
func (tx *Tx) Actor(ctx context.Context, a registry.Account) (registry.Actor, error) {
	actor := registry.Actor{Account: a.ID, Name: a.Name}
	err := each(ctx, tx, func(row scanner) error {
		var of, role, where string
		var added int64
		err := row.Scan(&of, &added, &role, &where)
		if of == "grant" {
			actor.Grants = append(actor.Grants, registry.Grant{Role: registry.Role(role), Area: where})
		} else {
			actor.Members = append(actor.Members, registry.Membership{Vendor: registry.VendorID(where), Role: registry.MemberRole(role)})
		}
		return err
	}, `
		SELECT 'grant', 0, role, area FROM grants WHERE account_id = $1
		UNION ALL
		SELECT 'member', added_at, role, vendor_id FROM vendor_members WHERE account_id = $1
		ORDER BY 1, 2, 3, 4`, string(a.ID))
	return actor, err
}
