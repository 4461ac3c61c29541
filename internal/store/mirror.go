package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// What a relay keeps of the server that it stands in for: rows under their own
// ids, as little of each as the gate needs. They only ever go forward, and are made
// by the statements that make them at the server, so that a new column has one home.

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
	err := tx.SaveGate(ctx, g)
	if registry.KindOf(err) == registry.NotFound {
		return tx.InsertGate(ctx, g)
	}
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
	var unknown []registry.Pass
	for _, p := range passes {
		if p.Vendor != "" && !vendors[p.Vendor] {
			vendors[p.Vendor] = true
			if err := tx.mirrorVendor(ctx, p); err != nil {
				return fmt.Errorf("mirror vendor %s: %w", p.Vendor, err)
			}
		}
		if p.Booth != "" && !booths[p.Booth] {
			booths[p.Booth] = true
			if err := tx.mirrorBooth(ctx, p); err != nil {
				return fmt.Errorf("mirror booth %s: %w", p.BoothCode, err)
			}
		}
		held, err := tx.mirrorPass(ctx, p.Pass, change)
		if err != nil {
			return fmt.Errorf("mirror pass %s: %w", p.Code, err)
		}
		if !held {
			unknown = append(unknown, p.Pass)
		}
	}
	if err := tx.insertPassRows(ctx, unknown, change); err != nil {
		return fmt.Errorf("mirror %d new passes: %w", len(unknown), err)
	}
	return nil
}

// mirrorVendor stores a vendor of which a relay knows the name alone.
func (tx *Tx) mirrorVendor(ctx context.Context, p registry.RelayPass) error {
	v := registry.Vendor{ID: p.Vendor, Slug: string(p.Vendor), Kind: registry.Household, State: registry.VendorActive, Name: p.VendorName}
	held, err := tx.exec(ctx, `UPDATE vendors SET name = $2, name_fold = $3, search_fold = $4, name_sort = $5 WHERE id = $1`,
		string(v.ID), v.Name, vn.Fold(v.Name), vendorWords(&v), vn.SortKey(v.Name))
	if err != nil || held > 0 {
		return err
	}
	_, err = tx.insertVendorRow(ctx, &v)
	return err
}

// mirrorBooth stores a booth under its code, in a zone of its own. One that had the
// code before and has gone at the server steps aside.
func (tx *Tx) mirrorBooth(ctx context.Context, p registry.RelayPass) error {
	if _, err := tx.exec(ctx, `
		UPDATE booths SET code = id WHERE event_id = $1 AND code = $2 AND id <> $3`,
		string(p.Event), p.BoothCode, string(p.Booth)); err != nil {
		return err
	}
	held, err := tx.exec(ctx, `UPDATE booths SET code = $2 WHERE id = $1`, string(p.Booth), p.BoothCode)
	if err != nil || held > 0 {
		return err
	}
	return tx.InsertBooths(ctx, []registry.Booth{{ID: p.Booth, Event: p.Event, Code: p.BoothCode, Zone: string(p.Booth), Row: 1, Col: 1,
		WidthCM: 300, DepthCM: 300, Kind: registry.StandardBooth}})
}

// mirrorPass brings a pass that is held up to date; held is false if there is none.
func (tx *Tx) mirrorPass(ctx context.Context, p registry.Pass, change int64) (held bool, err error) {
	n, err := tx.exec(ctx, `
		UPDATE passes
		SET booth_id = $2, vendor_id = $3, label = $4, sort_key = $5, search_fold = $6, first_day = $7, days = $8,
			state = CASE WHEN state = 'revoked' THEN state ELSE $9 END,
			replaced_by = CASE WHEN $10 = '' THEN replaced_by ELSE $10 END,
			change_no = $11, version = version + 1
		WHERE id = $1`,
		string(p.ID), null(p.Booth), null(p.Vendor), p.Label, passSortKey(&p), passWords(&p), p.FirstDay, p.Days,
		string(p.State), string(p.ReplacedBy), change)
	return n > 0, err
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
