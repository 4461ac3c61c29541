package core

import (
	"context"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// jobFailedFor is how long a job that failed is counted.
const jobFailedFor = 24 * time.Hour

// Figures are what stands in the database for an operator.
type Figures struct {
	Mail  registry.OutboxFigures
	Jobs  registry.JobFigures
	Bytes int64 // of the database
}

// Figures counts mail, jobs and bytes. Unavailable when the database is.
func (a *Core) Figures(ctx context.Context) (f Figures, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Mail, err = tx.OutboxFigures(ctx); err != nil {
			return err
		}
		if f.Jobs, err = tx.JobFigures(ctx, a.NowMS()-jobFailedFor.Milliseconds()); err != nil {
			return err
		}
		f.Bytes, err = tx.Bytes(ctx)
		return err
	})
	return f, err
}
