package store

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/registry"
)

// InsertPlacing stores that booths were given together, for the undo.
func (tx *Tx) InsertPlacing(ctx context.Context, p registry.PlacingBatch) error {
	raw, err := json.Marshal(p.Items)
	if err != nil {
		return fmt.Errorf("placing of %s: %w", p.Event, err)
	}
	_, err = tx.exec(ctx, `INSERT INTO placings (id, event_id, items, made_by, made_at, undone_at) VALUES ($1, $2, $3, $4, $5, 0)`,
		NewID[string](), string(p.Event), string(raw), string(p.By), tx.NowMS())
	return err
}

// LastPlacing returns the last time that booths of an event were given together; ok is false where there was none,
// or it was undone.
func (tx *Tx) LastPlacing(ctx context.Context, event registry.EventID) (p registry.PlacingBatch, ok bool, err error) {
	list, err := collect(ctx, tx, func(row scanner) (p registry.PlacingBatch, err error) {
		var raw string
		if err = row.Scan(&p.ID, &p.Event, &raw, &p.By, &p.At, &p.UndoneAt); err == nil {
			err = json.Unmarshal([]byte(raw), &p.Items)
		}
		return p, err
	}, `SELECT id, event_id, items, made_by, made_at, undone_at FROM placings WHERE event_id = $1 ORDER BY made_at DESC, id DESC LIMIT 1`, string(event))
	if err != nil || len(list) == 0 || list[0].UndoneAt > 0 {
		return p, false, err
	}
	return list[0], true, nil
}

// UndoPlacing notes that booths given together were taken back. It is a Conflict if they were already.
func (tx *Tx) UndoPlacing(ctx context.Context, id string) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `UPDATE placings SET undone_at = $2 WHERE id = $1 AND undone_at = 0`, id, tx.NowMS())
}

// SetBoothFacts says what a booth is for and whether it has power.
func (tx *Tx) SetBoothFacts(ctx context.Context, b registry.Booth) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE booths SET kind = $3, power = $4, version = version + 1 WHERE id = $1 AND version = $2`,
		string(b.ID), b.Version, string(b.Kind), flag(b.Power))
}
