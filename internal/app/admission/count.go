package admission

import (
	"context"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// count takes in one press of a clicker.
func (b *book) count(w *gateWork, sent *gate.SentCount) {
	key := scanKey{sent.ID, w.device.ID}
	if b.counts[key] != nil {
		return
	}
	corrected := b.correct(w, sent.At, sent.MonoMS)
	c := &registry.Count{ID: sent.ID, Device: w.device.ID, Event: w.event, Gate: sent.Gate, N: sent.N, Who: sent.Who, Boot: w.boot,
		Seq: sent.Seq, At: sent.At, CorrectedAt: corrected, MonoMS: sent.MonoMS, ReceivedAt: w.received, VoidOf: sent.VoidOf}
	b.counts[key] = c
	b.newCounts = append(b.newCounts, c)
	switch {
	case c.VoidOf != "":
		b.undo(c)
	case !b.undone[key]:
		b.add(c.Event, c.CorrectedAt, c.Gate, registry.FigureOf(registry.CountClicker), c.N)
	}
}

// undo takes a press of the same phone back, once.
func (b *book) undo(c *registry.Count) {
	of := scanKey{c.VoidOf, c.Device}
	first := !b.undone[of]
	b.undone[of] = true
	if target := b.counts[of]; target != nil && target.VoidOf == "" && first {
		b.add(target.Event, target.CorrectedAt, target.Gate, registry.FigureOf(registry.CountClicker), -target.N)
	}
}

// tap takes in a visitor's "Tôi đã đến".
func (b *book) tap(ctx context.Context, w *gateWork) (err error) {
	if w.first, err = b.tx.InsertTap(ctx, *w.tap); err == nil && w.first {
		b.add(w.event, w.tap.HourAt, w.tap.Gate, registry.FigureOf(registry.CountTap), 1)
	}
	return err
}
