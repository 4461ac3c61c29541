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

func (tx *Tx) programme(ctx context.Context, id registry.EventID) ([]registry.ProgrammeItem, error) {
	return collect(ctx, tx, func(row scanner) (p registry.ProgrammeItem, err error) {
		err = row.Scan(&p.Day, &p.StartsAt, &p.EndsAt, &p.Title, &p.Place)
		return p, err
	}, `
		SELECT day, starts_at, ends_at, title, place
		FROM programme_items
		WHERE event_id = $1
		ORDER BY position`, string(id))
}
