package admission

import (
	"context"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// When a scan was is told by its phone's monotonic clock from the start of the app
// on. When that start was is told by the quickest upload of it: what takes an upload
// long is the network and no clock. So a quicker one moves all that the start has
// told before, within these bounds.
const (
	clockStepMS   = 100   // what is less makes no difference to anybody
	maxClocks     = 8     // of one start: how often its clock is set
	maxClockMoves = 8     // of one clock
	maxClockRows  = 2_000 // that are moved at once; a start that has told more has had its quick upload
)

// start is one start of a phone's app.
type start struct {
	device registry.DeviceID
	boot   string
}

// phoneClock is a clock in a book.
type phoneClock struct {
	registry.PhoneClock
	earliest int64 // that the uploads of this book come to
	fresh    bool
}

// stamps calls fn with the stamps of what a work hands in, unix ms by the phone's
// clock and its monotonic one.
func (w *gateWork) stamps(fn func(at, mono int64)) {
	if !w.stamped() {
		return
	}
	for i := range w.scans {
		fn(w.scans[i].sent.At, w.scans[i].sent.MonoMS)
	}
	for i := range w.counts {
		fn(w.counts[i].At, w.counts[i].MonoMS)
	}
}

// stamped reports whether a phone's clocks tell when all of it was: not for what was
// typed in from paper, and a relay tells the time by itself.
func (w *gateWork) stamped() bool { return w.device.ID != "" && !w.device.Paper() && !w.relayed }

// openClocks finds out when the starts began that the works tell of, and moves what
// was told of them before.
func (b *book) openClocks(ctx context.Context, works []*gateWork) error {
	if err := b.readClocks(ctx, works); err != nil {
		return err
	}
	for _, w := range works {
		w.stamps(func(at, mono int64) { b.hear(w, at, mono) })
		if w.relayed {
			b.hearRelay(w)
		}
	}
	for _, clocks := range b.clocks {
		for _, c := range clocks {
			if err := b.setClock(ctx, c); err != nil {
				return err
			}
		}
	}
	for s := range b.retimed {
		if err := b.tx.RetimeScan(ctx, *s); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) readClocks(ctx context.Context, works []*gateWork) error {
	var devices []registry.DeviceID
	var boots []string
	for _, w := range works {
		s := start{w.device.ID, w.boot}
		if !w.stamped() || b.clocks[s] != nil {
			continue
		}
		b.clocks[s] = []*phoneClock{}
		var remembered bool
		if p := b.devices[s.device]; p != nil {
			var clocks []registry.PhoneClock
			clocks, remembered = p.Clocks(s.boot)
			b.addClocks(clocks)
		}
		if !remembered {
			devices, boots = append(devices, s.device), append(boots, s.boot)
		}
	}
	if len(devices) == 0 {
		return nil
	}
	stored, err := b.tx.PhoneClocks(ctx, devices, boots)
	// An answer may name a start that is remembered: another phone gave its own the same name.
	b.addClocks(slices.DeleteFunc(stored, func(c registry.PhoneClock) bool { return len(b.clocks[start{c.Device, c.Boot}]) > 0 }))
	return err
}

// addClocks takes clocks as they are stored into the book, if works tell of their starts.
func (b *book) addClocks(clocks []registry.PhoneClock) {
	for _, c := range clocks {
		if s := (start{c.Device, c.Boot}); b.clocks[s] != nil {
			b.clocks[s] = append(b.clocks[s], &phoneClock{PhoneClock: c, earliest: c.ZeroAt})
		}
	}
}

// hear takes in to when a stamp says that its start began.
func (b *book) hear(w *gateWork, at, mono int64) {
	began := at - mono + w.received - w.sentAt
	if c := b.clock(w, at, mono); c != nil {
		c.earliest = min(c.earliest, began)
		return
	}
	if s := (start{w.device.ID, w.boot}); len(b.clocks[s]) < maxClocks {
		c := registry.PhoneClock{Device: s.device, Boot: s.boot, Base: at - mono, ZeroAt: began}
		b.clocks[s] = append(b.clocks[s], &phoneClock{PhoneClock: c, earliest: began, fresh: true})
	}
}

// hearRelay moves scans of which a relay knows by now that they were earlier than it
// had said: those that are stored at once, those that come with this book when
// their row is made.
func (b *book) hearRelay(w *gateWork) {
	for i := range w.scans {
		sent := &w.scans[i].sent
		key := scanKey{sent.ID, w.device.ID}
		at, _ := gate.CorrectedAt(sent.At, w.sentAt, w.received)
		if s := b.scans[key]; s == nil {
			if known, ok := b.earlier[key]; !ok || at < known {
				b.earlier[key] = at
			}
		} else if at <= s.CorrectedAt-clockStepMS {
			b.retime(s, at)
		}
	}
}

// clock is the clock that made a stamp, nil for none that is known.
func (b *book) clock(w *gateWork, at, mono int64) *phoneClock {
	for _, c := range b.clocks[start{w.device.ID, w.boot}] {
		if c.Made(at, mono) {
			return c
		}
	}
	return nil
}

// setClock stores a clock that is new, or that began earlier than was known.
func (b *book) setClock(ctx context.Context, c *phoneClock) error {
	switch {
	case c.fresh:
		c.ZeroAt = c.earliest
	case c.earliest > c.ZeroAt-clockStepMS || c.Moves >= maxClockMoves:
		return nil
	default:
		if moved, err := b.moveStart(ctx, c); err != nil || !moved {
			return err
		}
	}
	return b.tx.SavePhoneClock(ctx, c.PhoneClock)
}

// moveStart moves what a start has told before; false when that is too much.
func (b *book) moveStart(ctx context.Context, c *phoneClock) (moved bool, err error) {
	scans, err := b.tx.ScansOfStart(ctx, c.Device, c.Boot, maxClockRows+1)
	if err != nil || len(scans) > maxClockRows {
		return false, err
	}
	counts, err := b.tx.CountsOfStart(ctx, c.Device, c.Boot, maxClockRows+1)
	if err != nil || len(counts) > maxClockRows {
		return false, err
	}
	c.ZeroAt, c.Moves = c.earliest, c.Moves+1
	if err := b.retimeScans(ctx, scans, c); err != nil {
		return false, err
	}
	return true, b.retimeCounts(ctx, counts, c)
}

// retimeScans notes when scans were, as it is known now. What takes scans back may
// be in time now.
func (b *book) retimeScans(ctx context.Context, scans []registry.Scan, c *phoneClock) error {
	var ids []registry.ScanID
	for i := range scans {
		ids = append(ids, scans[i].ID)
		if of := scans[i].VoidOf; of != "" {
			ids = append(ids, of)
		}
	}
	stored, err := b.tx.ScansByID(ctx, ids)
	if err != nil {
		return err
	}
	for i := range stored {
		b.keep(&stored[i])
	}
	for i := range scans {
		s := b.scans[scanKey{scans[i].ID, scans[i].Device}]
		if !c.Made(s.At, s.MonoMS) {
			continue
		}
		b.retime(s, min(c.ZeroAt+s.MonoMS, s.ReceivedAt))
		for _, target := range b.byID[s.VoidOf] {
			b.open(target)
		}
		if s.VoidOf != "" {
			b.voids[s.VoidOf] = append(b.voids[s.VoidOf], s)
		}
	}
	return b.findVoids(ctx, ids)
}

// retime notes when a scan was, as it is known now.
func (b *book) retime(s *registry.Scan, at int64) {
	if at == s.CorrectedAt {
		return
	}
	b.open(s) // where it was
	b.figure(s, -1)
	s.CorrectedAt, s.Day = at, b.desks[s.Event].register.GateDay(at)
	b.figure(s, 1)
	b.open(s) // and where it is
	b.retimed[s] = true
}

// open notes that all around a scan has to be found anew.
func (b *book) open(s *registry.Scan) {
	if s.Pass != "" {
		b.touch(s.Pass, s.CorrectedAt)
		b.changed.note(s)
		b.stopped[s.Pass] = true
	}
}

// figure counts a scan that counts, n times.
func (b *book) figure(s *registry.Scan, n int) {
	if s.Moves {
		b.addWay(s, n)
	}
}

// retimeCounts does the same for presses of the clicker.
func (b *book) retimeCounts(ctx context.Context, counts []registry.Count, clock *phoneClock) error {
	ids := make([]registry.ScanID, len(counts))
	for i := range counts {
		ids[i] = counts[i].ID
	}
	if err := b.findUndone(ctx, ids); err != nil {
		return err
	}
	for i := range counts {
		key := scanKey{counts[i].ID, counts[i].Device}
		if b.counts[key] == nil {
			b.counts[key] = &counts[i]
		}
		c := b.counts[key]
		at := min(clock.ZeroAt+c.MonoMS, c.ReceivedAt)
		if !clock.Made(c.At, c.MonoMS) || at == c.CorrectedAt {
			continue
		}
		if c.VoidOf == "" && !b.undone[key] {
			b.add(c.Event, c.CorrectedAt, c.Gate, registry.FigureOf(registry.CountClicker), -c.N)
			b.add(c.Event, at, c.Gate, registry.FigureOf(registry.CountClicker), c.N)
		}
		c.CorrectedAt = at
		if err := b.tx.RetimeCount(ctx, *c); err != nil {
			return err
		}
	}
	return nil
}

// correctScan puts a scan on the server's clock.
func (b *book) correctScan(w *gateWork, sent *gate.SentScan) int64 {
	at := b.correct(w, sent.At, sent.MonoMS)
	if earlier, ok := b.earlier[scanKey{sent.ID, w.device.ID}]; ok {
		return min(at, earlier)
	}
	return at
}

// correct puts a stamp of a phone on the server's clock.
func (b *book) correct(w *gateWork, at, mono int64) int64 {
	if c := b.clock(w, at, mono); c != nil && w.stamped() {
		return min(c.ZeroAt+mono, w.received)
	}
	corrected, _ := gate.CorrectedAt(at, w.sentAt, w.received)
	return corrected
}
