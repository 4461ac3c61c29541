package admission

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Which scans of a pass count is worked out once for a book and pass, at the
// book's end: from the scans around those that are new, never from all that the
// pass has ever had.

// When something is taken back, its pass is worked out at once, so that the next
// scans are judged by it: so often for one pass, and in one book. Beyond, it is
// worked out at the end, with all others.
const (
	maxStopsOfPass = 4
	maxStops       = 32
)

// place is what a scan that came late or early is to the scans before it.
type place int

const (
	placeNew    place = iota // it counts
	placeRepeat              // the newest scan once more
	placeUnsure              // its neighbours have to be looked at
)

// wentThrough reports whether somebody went through the gate by a scan, or a voucher was
// taken, as far as the scan alone tells.
func (b *book) wentThrough(row *registry.Scan) bool {
	if row.VoidOf != "" || row.Training || !row.Admitted() || b.isVoid(row) {
		return false
	}
	p := b.byPass[row.Pass]
	if row.Direction == registry.Spend {
		return p != nil && !p.Test
	}
	return p == nil || p.Kind.Enters() && !p.Test
}

// take lets a scan count that does so by itself, unless it is a repeat.
func (b *book) take(row *registry.Scan) {
	p := b.byPass[row.Pass]
	if p == nil {
		b.move(row)
		return
	}
	switch b.placeOf(row, p) {
	case placeUnsure:
		b.touch(p.ID, row.CorrectedAt)
		b.move(row)
	case placeNew:
		b.move(row)
	}
}

// placeOf finds the place of a scan from the newest of its pass alone where that
// is enough: for scans that come in the order in which they were made.
func (b *book) placeOf(row *registry.Scan, p *store.GatePass) place {
	m, last := row.Movement(), &p.Presence.Last
	switch {
	case b.stopped[p.ID]:
		return placeUnsure
	case last.Scan == "":
		return placeNew
	case !m.After(last):
		return placeUnsure
	case row.ForcedBy != "" || !gate.Repeats(last.CorrectedAt, m.CorrectedAt):
		return placeNew
	case m.Device == last.Device && m.Direction == last.Direction:
		return placeRepeat
	}
	return placeUnsure
}

// touch notes that around an instant it is open which scans of a pass count.
func (b *book) touch(p registry.PassID, at int64) {
	b.touched[p] = append(b.touched[p], at)
}

// stop makes a scan count for nothing: it was taken back, or the phone had refused
// it by itself.
func (b *book) stop(ctx context.Context, s *registry.Scan) error {
	b.turn(s, false)
	p := b.byPass[s.Pass]
	if p == nil {
		return nil
	}
	b.open(s)
	b.stops[p.ID]++
	if b.stops[p.ID] > maxStopsOfPass || len(b.stops) > maxStops {
		return nil
	}
	return b.settlePasses(ctx, []registry.PassID{p.ID})
}

// settleAll settles all passes of which something is open.
func (b *book) settleAll(ctx context.Context) error {
	return b.settlePasses(ctx, slices.Sorted(maps.Keys(b.touched)))
}

// settlePasses decides which scans of passes count, and stores it with the scans
// that are new. Most scans that come late change nothing for the others: then it
// is enough to look at those that count. Where one of these does not count any
// more, all scans around are looked at, and the place of the pass is found anew.
func (b *book) settlePasses(ctx context.Context, passes []registry.PassID) error {
	open, err := b.settleAmong(ctx, passes)
	for reach := int64(gate.RepeatMS); err == nil && len(open) > 0; reach *= 2 {
		open, err = b.settleAround(ctx, open, reach)
	}
	if err != nil {
		return err
	}
	for _, id := range passes {
		delete(b.touched, id)
		delete(b.stopped, id)
	}
	if len(b.changed) == 0 {
		return nil
	}
	if err := b.saveScans(ctx); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(b.changed)) {
		if err := b.place(ctx, b.byPass[id], b.changed[id]); err != nil {
			return err
		}
	}
	clear(b.changed)
	return nil
}

// daysOf are the gate days of passes on which other scans count than before.
type daysOf map[registry.PassID]map[string]bool

func (d daysOf) note(s *registry.Scan) {
	if d[s.Pass] == nil {
		d[s.Pass] = map[string]bool{}
	}
	d[s.Pass][s.Day] = true
}

// settleAmong looks at the scans that count around what is open. It returns what
// changed, and the passes for which that is not enough.
func (b *book) settleAmong(ctx context.Context, passes []registry.PassID) (open []registry.PassID, err error) {
	var near []store.Near
	for _, id := range passes {
		if b.stopped[id] {
			open = append(open, id)
		} else {
			near = append(near, b.stretches(id, gate.RepeatMS)...)
		}
	}
	if err := b.load(ctx, near, true); err != nil {
		return nil, err
	}
	known := b.byItsPass()
	for _, id := range passes {
		if b.stopped[id] {
			continue
		}
		stretches := b.stretches(id, gate.RepeatMS)
		wrong := b.fold(known[id], stretches)
		if slices.ContainsFunc(wrong, func(s *registry.Scan) bool { return !b.fresh[s] || atEnd(s.CorrectedAt, stretches) }) {
			open = append(open, id)
			continue
		}
		b.turnAll(wrong)
	}
	return open, nil
}

// turnAll turns scans round.
func (b *book) turnAll(scans []*registry.Scan) {
	for _, s := range scans {
		b.turn(s, !s.Moves)
		b.changed.note(s)
	}
}

// settleAround looks at all scans so far behind what is open, and returns the
// passes for which something changes still at the end of that.
func (b *book) settleAround(ctx context.Context, passes []registry.PassID, reach int64) (open []registry.PassID, err error) {
	var near []store.Near
	for _, id := range passes {
		near = append(near, b.stretches(id, reach)...)
	}
	if err := b.load(ctx, near, false); err != nil {
		return nil, err
	}
	known := b.byItsPass()
	for _, id := range passes {
		stretches := b.stretches(id, reach)
		wrong := b.fold(known[id], stretches)
		b.turnAll(wrong)
		if slices.ContainsFunc(wrong, func(s *registry.Scan) bool { return atEnd(s.CorrectedAt, stretches) }) {
			open = append(open, id)
		}
	}
	return open, nil
}

// stretches is the time around what is open of a pass, so far ahead of it: those
// that overlap are one.
func (b *book) stretches(id registry.PassID, ahead int64) (all []store.Near) {
	for _, at := range slices.Sorted(slices.Values(b.touched[id])) {
		n := store.Near{Pass: id, FromAt: at - gate.RepeatMS, UntilAt: at + ahead}
		if last := len(all) - 1; last >= 0 && n.FromAt <= all[last].UntilAt {
			all[last].UntilAt = n.UntilAt
			continue
		}
		all = append(all, n)
	}
	return all
}

// atEnd reports whether a change is so near to the end of its stretch that scans
// behind it may change too.
func atEnd(at int64, stretches []store.Near) bool {
	return slices.ContainsFunc(stretches, func(n store.Near) bool {
		return n.FromAt <= at && at <= n.UntilAt && n.UntilAt-at < gate.RepeatMS
	})
}

// load reads the stored scans of stretches: those that count alone, or all that
// may, with what takes them back.
func (b *book) load(ctx context.Context, near []store.Near, counting bool) error {
	if len(near) == 0 {
		return nil
	}
	stored, err := b.tx.ScansNear(ctx, near, counting)
	if err != nil {
		return err
	}
	var fresh []registry.ScanID
	for i := range stored {
		s := &stored[i]
		if b.scans[scanKey{s.ID, s.Device}] == nil {
			b.keep(s)
			fresh = append(fresh, s.ID)
		}
	}
	if counting || len(fresh) == 0 {
		return nil
	}
	if err := b.findVoids(ctx, fresh); err != nil {
		return err
	}
	return b.openVoiders(ctx)
}

// byItsPass is the scans that the book knows of the passes of which something is
// open, by time.
func (b *book) byItsPass() map[registry.PassID][]*registry.Scan {
	all := make(map[registry.PassID][]*registry.Scan, len(b.touched))
	for _, s := range b.scans {
		if len(b.touched[s.Pass]) > 0 {
			all[s.Pass] = append(all[s.Pass], s)
		}
	}
	for _, scans := range all {
		slices.SortFunc(scans, registry.CompareScans)
	}
	return all
}

// fold returns the scans in stretches that count and should not, or the other way
// round. What stands before a stretch and in its first gate.RepeatMS is right, and
// tells what the next ones repeat.
func (b *book) fold(scans []*registry.Scan, stretches []store.Near) (wrong []*registry.Scan) {
	for _, n := range stretches {
		before := map[way]*registry.Scan{}
		from, _ := slices.BinarySearchFunc(scans, n.FromAt, func(s *registry.Scan, at int64) int { return cmp.Compare(s.CorrectedAt, at) })
		for _, s := range scans[from:] {
			if s.CorrectedAt > n.UntilAt {
				break
			}
			stands := s.Moves
			if s.CorrectedAt >= n.FromAt+gate.RepeatMS {
				stands = b.wentThrough(s) && !repeatOf(before[wayOf(s)], s)
			}
			if stands {
				before[wayOf(s)] = s
			}
			if stands != s.Moves {
				wrong = append(wrong, s)
			}
		}
	}
	return wrong
}

// way is a phone in a direction: only there one scan can repeat another.
type way struct {
	device    registry.DeviceID
	direction registry.Direction
}

func wayOf(s *registry.Scan) way { return way{s.Device, s.Direction} }

// repeatOf reports whether a scan is the one that stands before it once more.
func repeatOf(before, s *registry.Scan) bool {
	return before != nil && s.ForcedBy == "" && gate.Repeats(before.CorrectedAt, s.CorrectedAt)
}

// place finds anew, from what is stored, where a pass is and when it came in first
// on some days.
func (b *book) place(ctx context.Context, p *store.GatePass, days map[string]bool) error {
	b.addVisits(p, p.Presence.Used, -1)
	if err := placePass(ctx, b.tx, &p.Presence, days); err != nil {
		return err
	}
	b.addVisits(p, p.Presence.Used, 1)
	b.moved[p.ID] = p
	return nil
}

// placePass finds anew where a pass is, and when it came in first on some days:
// from the scans of this server that count and from what is known of others.
func placePass(ctx context.Context, tx *store.Tx, p *registry.Presence, days map[string]bool) error {
	elsewhere, err := tx.MirroredPresence(ctx, p.Pass)
	if err != nil {
		return err
	}
	concerned := func(m registry.Mark) bool { return days[m.Day] }
	p.Used = slices.DeleteFunc(slices.Clone(p.Used), concerned)
	for _, m := range elsewhere.Used {
		if concerned(m) {
			p.Used = append(p.Used, m)
		}
	}
	slices.SortFunc(p.Used, func(x, y registry.Mark) int { return strings.Compare(x.Day, y.Day) })
	p.Last, p.Verdict, p.Kept = elsewhere.Last, "", ""
	for _, day := range slices.Sorted(maps.Keys(days)) {
		from, until := dayBounds(day)
		around := registry.TimeWindow{FromAt: from - 24*registry.HourMS, UntilAt: until + 24*registry.HourMS}
		first, err := tx.FirstEntry(ctx, p.Pass, day, around)
		if err != nil {
			return err
		}
		for i := range first {
			p.Add(first[i].Movement())
		}
	}
	newest, err := tx.NewestScan(ctx, p.Pass)
	for i := range newest {
		if p.Add(newest[i].Movement()); p.Last.Scan == newest[i].ID && p.Last.Device == newest[i].Device {
			p.Verdict, p.Kept = newest[i].Verdict, newest[i].Kept
		}
	}
	return err
}

// addVisits counts the first entries of a visitor pass, n times each.
func (b *book) addVisits(p *store.GatePass, used []registry.Mark, n int) {
	if p.Kind != registry.VisitorPass {
		return
	}
	for _, mark := range used {
		b.add(p.Event, mark.At, mark.Gate, registry.FigureOf(mark.Method()), n)
	}
}

// turn lets a scan count from now on in the figures, or not any more.
func (b *book) turn(s *registry.Scan, moves bool) {
	if s.Moves == moves {
		return
	}
	n := -1
	if moves {
		n = 1
	}
	s.Moves = moves
	b.turned[s] = true
	b.addWay(s, n)
}
