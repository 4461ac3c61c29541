package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"hoicho/internal/registry"
)

// InsertFile stores bytes and returns their new id. A public file is for
// everybody; else Owner or Event says whose office or members may read it.
func (tx *Tx) InsertFile(ctx context.Context, f registry.File) (registry.FileID, error) {
	id := NewID[registry.FileID]()
	sum := sha256.Sum256(f.Data)
	_, err := tx.exec(ctx, `
		INSERT INTO files (id, content_type, name, sha256, data, small, vendor_id, event_id, public, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(id), f.ContentType, f.Name, hex.EncodeToString(sum[:]), f.Data, f.Small,
		string(f.Owner), string(f.Event), flag(f.Public), tx.NowMS())
	return id, err
}

// File returns stored bytes, or NotFound. With small it returns the version for
// lists where there is one.
func (tx *Tx) File(ctx context.Context, id registry.FileID, small bool) (registry.File, error) {
	return one(ctx, tx, registry.E(registry.NotFound, "error.not_found"), func(row scanner) (f registry.File, err error) {
		err = row.Scan(&f.ID, &f.ContentType, &f.Name, &f.SHA256, &f.Data, &f.Owner, &f.Event, &f.Public, &f.CreatedAt)
		return f, err
	}, `
		SELECT id, content_type, name, sha256, CASE WHEN $2 = 1 AND small IS NOT NULL THEN small ELSE data END,
			vendor_id, event_id, public, created_at
		FROM files
		WHERE id = $1`, string(id), flag(small))
}

// FileArea returns the unit of the vendor or event that a file belongs to; the
// zero AreaRef if it belongs to neither.
func (tx *Tx) FileArea(ctx context.Context, f registry.File) (registry.AreaRef, error) {
	return one(ctx, tx, nil, func(row scanner) (ref registry.AreaRef, err error) {
		err = row.Scan(&ref.Edition, &ref.Code)
		return ref, err
	}, `
		SELECT area_edition, area_code FROM vendors WHERE id = $1
		UNION ALL
		SELECT area_edition, area_code FROM events WHERE id = $2`, string(f.Owner), string(f.Event))
}

// DeleteFile removes stored bytes for good. What points at them must have let go.
func (tx *Tx) DeleteFile(ctx context.Context, id registry.FileID) error {
	_, err := tx.exec(ctx, `DELETE FROM files WHERE id = $1`, string(id))
	return err
}
