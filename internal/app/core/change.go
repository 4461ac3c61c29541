package core

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Change runs a use case in one transaction and writes the audit line that it
// returns. Nothing is written when it returns an error.
func (a *Core) Change(ctx context.Context, actor registry.Actor, fn func(*store.Tx) (registry.Change, error)) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		c, err := fn(tx)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, actor, c)
	})
}
