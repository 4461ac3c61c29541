package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// What a relay keeps of the server that it stands in for: rows under their own
// ids, as little of each as the gate needs. They only ever go forward.

// MirrorEvent stores an event as it is at the server, with its days.
func (tx *Tx) MirrorEvent(ctx context.Context, e *registry.Event, scope registry.Scope) error {
	held, err := tx.Event(ctx, e.ID)
	switch registry.KindOf(err) {
	case registry.None:
		e.CreatedAt, e.Version = held.CreatedAt, held.Version
		return tx.SaveEvent(ctx, e, scope)
	case registry.NotFound:
		e.CreatedAt, e.UpdatedAt, e.Version = tx.NowMS(), tx.NowMS(), 1
		setSpan(e)
		if err := tx.insertEvent(ctx, e); err != nil {
			return fmt.Errorf("mirror event %s: %w", e.ID, err)
		}
		return tx.insertEventParts(ctx, e, scope)
	default:
		return err
	}
}

// MirrorGate stores a gate as it is at the server.
func (tx *Tx) MirrorGate(ctx context.Context, g registry.Gate) error {
	_, err := tx.exec(ctx, `
		INSERT INTO gates (event_id, number, name, code, kinds, version)
		VALUES ($1, $2, $3, $4, $5, 1)
		ON CONFLICT (event_id, number) DO UPDATE
		SET name = excluded.name, kinds = excluded.kinds, version = gates.version + 1`,
		string(g.Event), g.Number, g.Name, g.Code, joinKinds(g.Kinds))
	return err
}

// MirrorPassKeys stores the public halves of the signing keys as they are at the
// server. The one that signs comes last: there is room for one.
func (tx *Tx) MirrorPassKeys(ctx context.Context, keys []registry.PassKey) error {
	slices.SortStableFunc(keys, func(a, b registry.PassKey) int {
		return flag(a.State == registry.KeyActive) - flag(b.State == registry.KeyActive)
	})
	for _, k := range keys {
		if _, err := tx.exec(ctx, `
			INSERT INTO pass_keys (id, state, public, sealed, created_at, activated_at, retired_at, killed_at)
			VALUES ($1, $2, $3, $4, $5, 0, 0, 0)
			ON CONFLICT (id) DO UPDATE
			SET state = excluded.state, public = excluded.public, created_at = excluded.created_at
			WHERE pass_keys.state <> 'dead' OR pass_keys.created_at <> excluded.created_at`,
			k.ID, string(k.State), k.Public, []byte("none"), k.CreatedAt); err != nil {
			return err
		}
	}
	return nil
}

// MirrorPasses stores passes as they are at the server under a change number,
// with the booths and vendors that they name. One that is revoked stays so.
func (tx *Tx) MirrorPasses(ctx context.Context, passes []registry.RelayPass, change int64) error {
	booths, vendors := map[registry.BoothID]bool{}, map[registry.VendorID]bool{}
	for _, p := range passes {
		if p.Vendor != "" && !vendors[p.Vendor] {
			vendors[p.Vendor] = true
			if err := tx.mirrorVendor(ctx, p); err != nil {
				return err
			}
		}
		if p.Booth != "" && !booths[p.Booth] {
			booths[p.Booth] = true
			if err := tx.mirrorBooth(ctx, p); err != nil {
				return err
			}
		}
		if err := tx.mirrorPass(ctx, p, change); err != nil {
			return fmt.Errorf("mirror pass %s: %w", p.Code, err)
		}
	}
	return nil
}

func (tx *Tx) mirrorVendor(ctx context.Context, p registry.RelayPass) error {
	_, err := tx.exec(ctx, `
		INSERT INTO vendors (id, slug, kind, state, state_reason, name, name_fold, search_fold, name_sort, tax_code,
			representative, phone, phone_public, email, area_edition, area_code, village, about, logo,
			created_by, created_at, updated_at, version)
		VALUES ($1, $1, 'household', 'active', '', $2, $3, $3, $4, NULL, '', '', 0, '', '', '', '', '', '', '', $5, $5, 1)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_fold = excluded.name_fold, name_sort = excluded.name_sort`,
		string(p.Vendor), p.VendorName, vn.Fold(p.VendorName), vn.SortKey(p.VendorName), tx.NowMS())
	return err
}

// mirrorBooth stores a booth under its code. One that had the code before and has
// gone at the server steps aside.
func (tx *Tx) mirrorBooth(ctx context.Context, p registry.RelayPass) error {
	if _, err := tx.exec(ctx, `
		UPDATE booths SET code = id WHERE event_id = $1 AND code = $2 AND id <> $3`,
		string(p.Event), p.BoothCode, string(p.Booth)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO booths (id, event_id, code, zone, row_n, col_n, width_cm, depth_cm, kind, power, fee_dong, state,
			application_id, held_until, assigned_at, version)
		VALUES ($1, $2, $3, $1, 1, 1, 300, 300, 'standard', 0, 0, 'free', NULL, 0, 0, 1)
		ON CONFLICT (id) DO UPDATE SET code = excluded.code`, string(p.Booth), string(p.Event), p.BoothCode)
	return err
}

func (tx *Tx) mirrorPass(ctx context.Context, p registry.RelayPass, change int64) error {
	_, err := tx.exec(ctx, `
		INSERT INTO passes (id, code, event_id, kind, booth_id, vendor_id, application_id, label, ordinal, ordinal_of,
			first_day, days, test, key_id, proof, state, state_reason, replaced_by, bearer_id, sort_key, search_fold, issued_by,
			issued_at, blocked_at, revoked_at, printed_at, change_no, version)
		VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, 0, 0, $8, $9, $10, $11, '', $12, '', $14, $15, '', '', '', 0, 0, 0, 0, $13, 1)
		ON CONFLICT (id) DO UPDATE
		SET booth_id = excluded.booth_id, vendor_id = excluded.vendor_id, label = excluded.label,
			first_day = excluded.first_day, days = excluded.days,
			state = CASE WHEN passes.state = 'revoked' THEN 'revoked' ELSE excluded.state END,
			replaced_by = CASE WHEN excluded.replaced_by = '' THEN passes.replaced_by ELSE excluded.replaced_by END,
			change_no = excluded.change_no, version = passes.version + 1`,
		string(p.ID), p.Code, string(p.Event), string(p.Kind), null(p.Booth), null(p.Vendor), p.Label, p.FirstDay, p.Days,
		flag(p.Test), p.KeyID, string(p.State), change, string(p.ReplacedBy), string(cmp.Or(p.Bearer, p.ID)))
	return err
}

// MirrorPresence notes what scans elsewhere come to for a pass.
func (tx *Tx) MirrorPresence(ctx context.Context, p registry.Presence) error {
	newest, err := json.Marshal(p.Last)
	if err != nil {
		return err
	}
	used, err := json.Marshal(p.Used)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO foreign_presences (pass_id, newest, used) VALUES ($1, $2, $3)
		ON CONFLICT (pass_id) DO UPDATE SET newest = excluded.newest, used = excluded.used`,
		string(p.Pass), string(newest), string(used))
	return err
}

// MirroredPresence returns what scans elsewhere come to for a pass: nothing on a
// server that is no relay.
func (tx *Tx) MirroredPresence(ctx context.Context, pass registry.PassID) (registry.Presence, error) {
	p := registry.Presence{Pass: pass}
	held, err := collect(ctx, tx, func(row scanner) (texts [2]string, err error) {
		err = row.Scan(&texts[0], &texts[1])
		return texts, err
	}, `SELECT newest, used FROM foreign_presences WHERE pass_id = $1`, string(pass))
	if err != nil || len(held) == 0 {
		return p, err
	}
	if err := json.Unmarshal([]byte(held[0][0]), &p.Last); err != nil {
		return p, fmt.Errorf("presence of %s elsewhere: %w", pass, err)
	}
	return p, json.Unmarshal([]byte(held[0][1]), &p.Used)
}
