package app

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// onBoothAssigned runs in the transaction that gives a booth to an application;
// b names the application. Passes are issued.
func (a *App) onBoothAssigned(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	return a.issueForBooth(ctx, tx, b)
}

// onBoothMoved runs in the transaction that moves an application to another booth;
// b is the new one and names the application. Passes are replaced, or issued where
// the old booth had none.
func (a *App) onBoothMoved(ctx context.Context, tx *store.Tx, b registry.Booth, s swap) error {
	if len(s.olds) == 0 {
		return a.issueForBooth(ctx, tx, b)
	}
	return a.replace(ctx, tx, s)
}

// onBoothReleased runs in the transaction that takes a booth away from an
// application; b is the booth as it was and still names the application. Its
// passes are revoked.
func (a *App) onBoothReleased(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	return a.revokeForBooth(ctx, tx, b)
}
