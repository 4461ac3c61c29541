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
	return one(ctx, tx, registry.E(registry.NotFound, "error.not_found"), scanAccount,
		`SELECT `+accountColumns+` FROM accounts WHERE id = $1`, string(id))
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

// Actor returns an account with its grants and memberships, for checking rights.
func (tx *Tx) Actor(ctx context.Context, a registry.Account) (registry.Actor, error) {
	actor := registry.Actor{Account: a.ID, Name: a.Name}
	var err error
	actor.Grants, err = collect(ctx, tx, func(row scanner) (g registry.Grant, err error) {
		err = row.Scan(&g.Role, &g.Area)
		return g, err
	}, `SELECT role, area FROM grants WHERE account_id = $1 ORDER BY role, area`, string(a.ID))
	if err != nil {
		return actor, err
	}
	actor.Members, err = collect(ctx, tx, func(row scanner) (m registry.Membership, err error) {
		err = row.Scan(&m.Vendor, &m.Role)
		return m, err
	}, `SELECT vendor_id, role FROM vendor_members WHERE account_id = $1 ORDER BY added_at, vendor_id`, string(a.ID))
	return actor, err
}
