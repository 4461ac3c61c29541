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
		INSERT INTO files (id, content_type, name, sha256, data, small, stamp, vendor_id, event_id, public, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(id), f.ContentType, f.Name, hex.EncodeToString(sum[:]), f.Data, f.Small, f.Stamp,
		string(f.Owner), string(f.Event), flag(f.Public), tx.NowMS())
	return id, err
}

// File returns stored bytes in a size, where there is such a version, or NotFound.
func (tx *Tx) File(ctx context.Context, id registry.FileID, size registry.PhotoSize) (registry.File, error) {
	return one(ctx, tx, func(row scanner) (f registry.File, err error) {
		err = row.Scan(&f.ID, &f.ContentType, &f.Name, &f.SHA256, &f.Data, &f.Owner, &f.Event, &f.Public, &f.CreatedAt)
		return f, err
	}, `
		SELECT id, content_type, name, sha256, 
			CASE WHEN $2 = $3 AND stamp IS NOT NULL THEN stamp WHEN $2 = $4 AND small IS NOT NULL THEN small ELSE data END,
			vendor_id, event_id, public, created_at
		FROM files
		WHERE id = $1`, string(id), string(size), string(registry.PhotoStamp), string(registry.PhotoSmall))
}

// FileArea returns the unit of the vendor or event that a file belongs to; the
// zero AreaRef if it belongs to neither.
func (tx *Tx) FileArea(ctx context.Context, f registry.File) (registry.AreaRef, error) {
	return one(ctx, tx, orZero(func(row scanner) (ref registry.AreaRef, err error) {
		err = row.Scan(&ref.Edition, &ref.Code)
		return ref, err
	}), `
		SELECT area_edition, area_code FROM vendors WHERE id = $1
		UNION ALL
		SELECT area_edition, area_code FROM events WHERE id = $2`, string(f.Owner), string(f.Event))
}

// DeleteFile removes stored bytes for good. What points at them must have let go.
func (tx *Tx) DeleteFile(ctx context.Context, id registry.FileID) error {
	_, err := tx.exec(ctx, `DELETE FROM files WHERE id = $1`, string(id))
	return err
}
