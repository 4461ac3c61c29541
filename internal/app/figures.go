package app

import (
	"context"
	"maps"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// counts are what an operator watches, since this process began.
type counts struct {
	mu      sync.Mutex
	scans   map[registry.VerdictCode]int64
	signIns map[string]int64 // failed, by step
}

// The steps at which a sign-in fails.
const (
	passwordStep = "password"
	secondStep   = "second_step"
)

// SignInSteps are the steps at which a sign-in fails.
var SignInSteps = []string{passwordStep, secondStep}

// signInFailed counts a sign-in that failed at a step, and tells it. The address is
// in the log only where that was asked for.
func (a *App) signInFailed(step string, id registry.AccountID, c Client) {
	a.sinceStart.mu.Lock()
	if a.sinceStart.signIns == nil {
		a.sinceStart.signIns = map[string]int64{}
	}
	a.sinceStart.signIns[step]++
	a.sinceStart.mu.Unlock()
	attrs := []any{"step", step, "account", string(id)}
	if c.Net != "" {
		attrs = append(attrs, "network", c.Net)
	}
	if c.Address != "" {
		attrs = append(attrs, "address", c.Address)
	}
	a.log.Info("sign-in failed", attrs...)
}

// noteScans counts the scans of a book once they are durable. A void is none.
func (b *book) noteScans() {
	t := &b.app.sinceStart
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.scans == nil {
		t.scans = map[registry.VerdictCode]int64{}
	}
	for _, s := range b.newScans {
		if s.VoidOf == "" {
			t.scans[s.Verdict]++
		}
	}
}

// SinceStart is what happened since this process began: scans that it stored, by the
// server's verdict, and sign-ins that failed, by step ("password", "second_step").
func (a *App) SinceStart() (scans map[registry.VerdictCode]int64, signIns map[string]int64) {
	a.sinceStart.mu.Lock()
	defer a.sinceStart.mu.Unlock()
	return maps.Clone(a.sinceStart.scans), maps.Clone(a.sinceStart.signIns)
}

// jobFailedFor is how long a job that failed is counted.
const jobFailedFor = 24 * time.Hour

// Figures are what stands in the database for an operator.
type Figures struct {
	Mail  registry.OutboxFigures
	Jobs  registry.JobFigures
	Bytes int64 // of the database
}

// Figures counts mail, jobs and bytes. Unavailable when the database is.
func (a *App) Figures(ctx context.Context) (f Figures, err error) {
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
