package store

import (
	"context"

	"hoicho/internal/registry"
)

func (tx *Tx) insertProgramme(ctx context.Context, e *registry.Event) error {
	for i, p := range e.Items {
		if _, err := tx.exec(ctx, `
			INSERT INTO programme_items (event_id, position, day, starts_at, ends_at, title, place)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			string(e.ID), i, p.Day, p.StartsAt, p.EndsAt, p.Title, p.Place); err != nil {
			return err
		}
	}
	return nil
}
