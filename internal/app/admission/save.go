package admission

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/app/admission/known"
	"hoicho/internal/registry"
)

// save writes all that the works came to.
func (b *book) save(ctx context.Context, works []*gateWork) error {
	if err := b.settleAll(ctx); err != nil {
		return err
	}
	if err := b.savePresences(ctx); err != nil {
		return err
	}
	if err := b.saveScans(ctx); err != nil {
		return err
	}
	counts := make([]registry.Count, len(b.newCounts))
	for i, c := range b.newCounts {
		counts[i] = *c
	}
	if err := b.tx.InsertCounts(ctx, counts); err != nil {
		return err
	}
	if err := b.saveHours(ctx); err != nil {
		return err
	}
	if err := b.logRelay(ctx, works); err != nil {
		return err
	}
	return b.acknowledge(ctx, works)
}

// savePresences stores the passes that moved, those of an event under one new
// change number.
func (b *book) savePresences(ctx context.Context) error {
	changes := map[registry.EventID]int64{}
	var presences []*registry.Presence
	for _, id := range slices.Sorted(maps.Keys(b.moved)) {
		p := &b.moved[id].Presence
		if _, counted := changes[p.Event]; !counted {
			n, err := b.tx.NextChange(ctx, p.Event)
			if err != nil {
				return err
			}
			changes[p.Event] = n
			b.known[p.Event].Moved(n)
		}
		presences = append(presences, p)
	}
	if err := b.tx.SavePresences(ctx, presences, changes); err != nil {
		return err
	}
	for _, p := range presences {
		p.Version++
	}
	return nil
}

// saveScans stores the scans that are new and what has become of others. It may be
// called again when there is more.
func (b *book) saveScans(ctx context.Context) error {
	scans := make([]registry.Scan, 0, len(b.fresh))
	for _, s := range b.newScans {
		if b.fresh[s] {
			scans = append(scans, *s)
		}
	}
	for _, s := range b.amended {
		if !b.fresh[s] {
			if err := b.tx.AmendScan(ctx, *s); err != nil {
				return err
			}
		}
	}
	for s := range b.turned {
		if !b.fresh[s] {
			if err := b.tx.TurnScan(ctx, *s); err != nil {
				return err
			}
		}
	}
	clear(b.turned)
	clear(b.fresh)
	return b.tx.InsertScans(ctx, scans)
}

func (b *book) saveHours(ctx context.Context) error {
	var hours []registry.GateHour
	for h, n := range b.hours {
		if n != 0 {
			h.N = n
			hours = append(hours, h)
		}
	}
	slices.SortFunc(hours, registry.CompareGateHours)
	return b.tx.AddGateHours(ctx, hours)
}

// acknowledge finds out up to where everything of each phone is stored now. What
// lies below the smallest seq that a phone still has will never come: after a
// restore it has dropped what an older backup held.
//
// While many send, that is stored once a second: but at once what others read there, the
// numbers of a list from paper and what a relay is answered, and a phone's first scan, by
// which pages know that it has any.
func (b *book) acknowledge(ctx context.Context, works []*gateWork) error {
	for _, s := range b.newScans {
		if d := b.devices[s.Device]; d != nil {
			d.Newest = max(d.Newest, s.Seq)
		}
	}
	atOnce := len(works) == 1
	for _, w := range works {
		d := b.devices[w.device.ID]
		if d == nil {
			continue
		}
		had := d.AckedSeq
		if err := b.acknowledgeWork(ctx, w, d); err != nil {
			return err
		}
		atOnce = atOnce || !w.direct || had == 0 && d.AckedSeq > 0
		d.LastSeenAt = b.tx.NowMS()
		b.known[w.event].Mark(d.Device)
	}
	var marks []registry.Device
	for _, id := range slices.Sorted(maps.Keys(b.known)) {
		marks = append(marks, b.known[id].Marks(b.tx.NowMS(), atOnce)...)
	}
	return b.tx.SaveWatermarks(ctx, marks)
}

// acknowledgeWork finds out up to where everything of a phone is stored that has sent a
// work.
func (b *book) acknowledgeWork(ctx context.Context, w *gateWork, d *known.Phone) (err error) {
	if len(w.scans) > 0 {
		d.AckedSeq = b.walk(max(d.AckedSeq, w.seqFrom-1), w)
		if d.AckedSeq < d.Newest {
			d.AckedSeq, err = b.tx.ScansUpTo(ctx, d.ID, d.AckedSeq)
		}
		w.acked, w.backedUp = d.AckedSeq, d.BackedUpSeq
	}
	if err == nil && len(w.counts) > 0 {
		d.CountAckedSeq, err = b.tx.CountsUpTo(ctx, d.ID, max(d.CountAckedSeq, w.seqFrom-1))
		w.acked, w.backedUp = d.CountAckedSeq, d.CountBackedUpSeq
	}
	return err
}

// walk counts on from after over the numbers of a request's scans, as they are
// stored: they rise within it.
func (b *book) walk(after int64, w *gateWork) int64 {
	for i := range w.scans {
		if b.scans[scanKey{w.scans[i].sent.ID, w.device.ID}].Seq == after+1 {
			after++
		}
	}
	return after
}
