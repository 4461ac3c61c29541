package store

import (
	"context"

	"hoicho/internal/registry"
)

// InsertMember makes an account a member of a vendor. An account that is one
// already is a Conflict.
func (tx *Tx) InsertMember(ctx context.Context, vendor registry.VendorID, account registry.AccountID, role registry.MemberRole, by registry.AccountID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.member.already"), `
		INSERT INTO vendor_members (vendor_id, account_id, role, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (vendor_id, account_id) DO NOTHING`,
		string(vendor), string(account), string(role), string(by), tx.NowMS())
}

// Members returns who acts for a vendor, owners first, in the order of joining.
func (tx *Tx) Members(ctx context.Context, vendor registry.VendorID) ([]registry.VendorMember, error) {
	return collect(ctx, tx, func(row scanner) (m registry.VendorMember, err error) {
		err = row.Scan(&m.Account, &m.Name, &m.Phone, &m.Email, &m.Lang, &m.Role, &m.AddedAt)
		return m, err
	}, `
		SELECT a.id, a.name, COALESCE(a.phone, ''), COALESCE(a.email, ''), a.lang, m.role, m.added_at
		FROM vendor_members m
		JOIN accounts a ON a.id = m.account_id
		WHERE m.vendor_id = $1
		ORDER BY CASE m.role WHEN 'owner' THEN 0 ELSE 1 END, m.added_at, a.id`, string(vendor))
}

// DeleteMember ends a membership. The last owner cannot go: that is a Conflict, as
// is an account that is no member. Call LockVendor first, so that two owners who
// leave at the same moment cannot both find the other still there.
func (tx *Tx) DeleteMember(ctx context.Context, vendor registry.VendorID, account registry.AccountID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.member.last_owner"), `
		DELETE FROM vendor_members
		WHERE vendor_id = $1 AND account_id = $2 AND (role = 'member' OR EXISTS (
			SELECT 1 FROM vendor_members o WHERE o.vendor_id = $1 AND o.role = 'owner' AND o.account_id <> $2))`,
		string(vendor), string(account))
}

// SaveMemberRole changes what a member may do. The last owner stays one, as in
// DeleteMember.
func (tx *Tx) SaveMemberRole(ctx context.Context, vendor registry.VendorID, account registry.AccountID, role registry.MemberRole) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.member.last_owner"), `
		UPDATE vendor_members
		SET role = $3
		WHERE vendor_id = $1 AND account_id = $2 AND ($3 = 'owner' OR role = 'member' OR EXISTS (
			SELECT 1 FROM vendor_members o WHERE o.vendor_id = $1 AND o.role = 'owner' AND o.account_id <> $2))`,
		string(vendor), string(account), string(role))
}

// CountMemberships counts the vendors that an account acts for.
func (tx *Tx) CountMemberships(ctx context.Context, account registry.AccountID) (int, error) {
	return tx.count(ctx, `SELECT COUNT(*) FROM vendor_members WHERE account_id = $1`, string(account))
}

// CountMembers counts the members of a vendor.
func (tx *Tx) CountMembers(ctx context.Context, vendor registry.VendorID) (int, error) {
	return tx.count(ctx, `SELECT COUNT(*) FROM vendor_members WHERE vendor_id = $1`, string(vendor))
}

// InsertJoinCode stores the hash of a join code. Older codes of the same role stop
// working, so that a slip of paper that was lost is made worthless by a new one.
func (tx *Tx) InsertJoinCode(ctx context.Context, j registry.JoinCode) error {
	if _, err := tx.exec(ctx, `DELETE FROM join_codes WHERE vendor_id = $1 AND role = $2`, string(j.Vendor), string(j.Role)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO join_codes (code_hash, vendor_id, role, issued_by, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		j.Hash, string(j.Vendor), string(j.Role), string(j.IssuedBy), j.CreatedAt, j.ExpiresAt)
	return err
}

// TakeJoinCode spends a join code and returns what it opens. One that is unknown,
// spent or out of date is Invalid at the field code.
func (tx *Tx) TakeJoinCode(ctx context.Context, hash string) (registry.JoinCode, error) {
	bad := registry.At("code", "error.member.bad_code")
	code, err := one(ctx, tx, or(bad, func(row scanner) (j registry.JoinCode, err error) {
		err = row.Scan(&j.Vendor, &j.Role, &j.IssuedBy, &j.CreatedAt, &j.ExpiresAt)
		return j, err
	}), `
		SELECT vendor_id, role, issued_by, created_at, expires_at
		FROM join_codes WHERE code_hash = $1 AND expires_at > $2`, hash, tx.NowMS())
	if err != nil {
		return code, err
	}
	return code, tx.must(ctx, bad, `DELETE FROM join_codes WHERE code_hash = $1`, hash) // of many callers one
}

// JoinCodes returns the codes of a vendor that still work.
func (tx *Tx) JoinCodes(ctx context.Context, vendor registry.VendorID) ([]registry.JoinCode, error) {
	return collect(ctx, tx, func(row scanner) (j registry.JoinCode, err error) {
		err = row.Scan(&j.Vendor, &j.Role, &j.IssuedBy, &j.CreatedAt, &j.ExpiresAt)
		return j, err
	}, `
		SELECT vendor_id, role, issued_by, created_at, expires_at
		FROM join_codes
		WHERE vendor_id = $1 AND expires_at > $2
		ORDER BY role DESC`, string(vendor), tx.NowMS())
}
