package passes

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// IssueVouchers issues the vouchers of a pack in the transaction that makes it: one for
// each serial, with codes in the block that the pack gets.
func (a *Service) IssueVouchers(ctx context.Context, tx *store.Tx, event registry.Event, pack *registry.Pack) error {
	ring, err := a.signingRing(ctx, tx)
	if err != nil {
		return err
	}
	codes, err := newCodes(ctx, tx, pack.Count)
	if err != nil {
		return err
	}
	pack.Block = pass.Block(codes[0])
	vouchers := make([]registry.Pass, pack.Count)
	for i := range vouchers {
		vouchers[i] = registry.Pass{ID: store.NewID[registry.PassID](), Event: event.ID, EventNumber: event.Number, Code: codes[i],
			Kind: registry.VoucherPass, Pack: pack.Number, Ordinal: i + 1, OrdinalOf: pack.Count, FirstDay: pack.FirstDay, Days: pack.Days,
			Test: pack.Test, IssuedAt: tx.NowMS(), IssuedBy: pack.MadeBy}
	}
	if err := signAll(ring, vouchers); err != nil {
		return err
	}
	return tx.InsertPasses(ctx, vouchers)
}

// signAll signs passes with all processors: of thousands that is most of the work, and
// phones wait for whoever writes.
func signAll(ring *pass.KeyRing, passes []registry.Pass) error {
	workers := min(runtime.GOMAXPROCS(0), len(passes))
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() {
			for i := worker; i < len(passes) && errs[worker] == nil; i += workers {
				p := &passes[i]
				p.Proof, p.KeyID, errs[worker] = ring.Sign(pass.ClaimsOf(p))
			}
		})
	}
	wg.Wait()
	i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return errs[i]
}
