package booths

import (
	"context"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// onBoothAssigned runs in the transaction that gives a booth to an application;
// b names the application. Passes are issued.
func (a *Service) onBoothAssigned(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	return a.Passes.IssueForBooth(ctx, tx, b)
}

// onBoothMoved runs in the transaction that moves an application to another booth;
// b is the new one and names the application. Passes are replaced, or issued where
// the old booth had none.
func (a *Service) onBoothMoved(ctx context.Context, tx *store.Tx, b registry.Booth, s passes.Swap) error {
	if len(s.Olds) == 0 {
		return a.Passes.IssueForBooth(ctx, tx, b)
	}
	return a.Passes.Replace(ctx, tx, s)
}

// onBoothReleased runs in the transaction that takes a booth away from an
// application; b is the booth as it was and still names the application. Its
// passes are revoked.
func (a *Service) onBoothReleased(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	return a.Passes.RevokeForBooth(ctx, tx, b)
}
