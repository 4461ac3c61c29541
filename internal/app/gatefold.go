package app

import (
	"context"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// crowdMS is how near in corrected time two scans of a pass must lie for one to be
// looked at as a repeat of the other: far more than gate.RepeatMS, because the
// corrected times of one phone differ a little from upload to upload.
const crowdMS = 60_000

// place is what a scan that came late or early is to the scans before it.
type place int

const (
	placeNew    place = iota // it counts
	placeRepeat              // the newest scan once more
	placeUnsure              // its neighbours have to be looked at
)

// wentThrough reports whether somebody went through the gate by a scan, as far as the
// scan alone tells.
func (b *book) wentThrough(row *registry.Scan) bool {
	if row.VoidOf != "" || row.Training || !row.Admitted() || b.isVoid(row) {
		return false
	}
	p := b.byPass[row.Pass]
	return p == nil || p.Kind.Enters() && !p.Test
}

// take lets a scan count that does so by itself, unless it is a repeat.
func (b *book) take(row *registry.Scan) {
	p := b.byPass[row.Pass]
	if p == nil {
		b.move(row)
		return
	}
	switch placeOf(row, &p.Presence.Last) {
	case placeUnsure:
		b.crowded = append(b.crowded, row)
		b.move(row)
	case placeNew:
		b.move(row)
	}
}

// placeOf finds the place of a scan from the newest of its pass alone where that
// is enough: for scans that come in the order in which they were made.
func placeOf(row *registry.Scan, last *registry.Movement) place {
	m := row.Movement()
	switch {
	case last.Scan == "":
		return placeNew
	case !m.After(last):
		return placeUnsure
	case row.ForcedBy != "":
		return placeNew
	case !sameGate(&m, last):
		if m.CorrectedAt-last.CorrectedAt < crowdMS {
			return placeUnsure
		}
		return placeNew
	case row.At < last.At:
		return placeUnsure
	case gate.Repeats(last.At, row.At):
		return placeRepeat
	}
	return placeNew
}

// sameGate reports whether two scans are of one phone in one direction.
func sameGate(a, b *registry.Movement) bool {
	return a.Device == b.Device && a.Direction == b.Direction
}

// settleCrowded looks at the neighbours of the scans whose place was not clear, in
// one statement for all, and works out anew the passes where that changes
// something.
func (b *book) settleCrowded(ctx context.Context) error {
	if len(b.crowded) == 0 {
		return nil
	}
	near := make([]store.Near, len(b.crowded))
	for i, row := range b.crowded {
		near[i] = store.Near{Pass: row.Pass, FromAt: row.CorrectedAt - crowdMS, UntilAt: row.CorrectedAt + crowdMS}
	}
	stored, err := b.tx.ScansNear(ctx, near)
	if err != nil {
		return err
	}
	for i := range stored {
		b.keep(&stored[i])
	}
	around := b.byItsPass()
	for _, row := range b.crowded {
		if !settled(row, around[row.Pass]) {
			if err := b.refold(ctx, b.byPass[row.Pass]); err != nil {
				return err
			}
		}
	}
	return nil
}

// byItsPass is the scans of this book by their pass.
func (b *book) byItsPass() map[registry.PassID][]*registry.Scan {
	all := make(map[registry.PassID][]*registry.Scan, len(b.passes))
	for _, s := range b.scans {
		if s.Pass != "" {
			all[s.Pass] = append(all[s.Pass], s)
		}
	}
	return all
}

// settled reports whether a scan that counts has no other within gate.RepeatMS
// that makes one of them a repeat.
func settled(row *registry.Scan, around []*registry.Scan) bool {
	m := row.Movement()
	for _, s := range around {
		other := s.Movement()
		if s != row && s.Moves && sameGate(&m, &other) && (gate.Repeats(other.At, row.At) || gate.Repeats(row.At, other.At)) {
			return false
		}
	}
	return true
}

// refold works out anew what the scans of a pass come to, from all of them in the
// order in which they were made.
func (b *book) refold(ctx context.Context, p *store.GatePass) error {
	scans, err := b.allScans(ctx, p)
	if err != nil {
		return err
	}
	elsewhere, err := b.tx.MirroredPresence(ctx, p.ID)
	if err != nil {
		return err
	}
	b.addVisits(p, p.Presence.Used, -1)
	p.Presence.Last, p.Presence.Answer, p.Presence.Used = elsewhere.Last, "", elsewhere.Used
	b.addVisits(p, p.Presence.Used, 1)
	for _, s := range b.standing(scans) {
		b.turn(s, true)
		b.enter(p, s)
	}
	b.moved[p.ID] = p
	return nil
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

// allScans returns the scans of a pass that may count, in the order in which each
// phone made them, with what takes them back.
func (b *book) allScans(ctx context.Context, p *store.GatePass) ([]*registry.Scan, error) {
	stored, err := b.tx.ScansOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	for i := range stored {
		b.keep(&stored[i])
	}
	var scans []*registry.Scan
	var still []registry.ScanID // those that a void may have stopped
	for _, s := range b.scans {
		if s.Pass == p.ID && s.VoidOf == "" && !s.Training {
			scans = append(scans, s)
			if !s.Moves && s.Admitted() {
				still = append(still, s.ID)
			}
		}
	}
	slices.SortFunc(scans, registry.CompareScans)
	if len(still) == 0 {
		return scans, nil
	}
	if err := b.findVoids(ctx, still); err != nil {
		return nil, err
	}
	return scans, b.openDevices(ctx, nil)
}

// standing turns off the scans that do not count, and returns those that do.
func (b *book) standing(scans []*registry.Scan) (counting []*registry.Scan) {
	type way struct {
		device    registry.DeviceID
		direction registry.Direction
	}
	before := map[way]*registry.Scan{}
	for _, s := range scans {
		on := way{s.Device, s.Direction}
		first := before[on]
		repeat := first != nil && s.ForcedBy == "" && gate.Repeats(first.At, s.At)
		if !b.wentThrough(s) || repeat {
			b.turn(s, false)
			continue
		}
		before[on] = s
		counting = append(counting, s)
	}
	return counting
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
	b.add(s.Event, s.CorrectedAt, s.Gate, directionFigure(s.Direction), n)
}

// stop makes a scan count for nothing: it was taken back, or the phone had refused
// it by itself.
func (b *book) stop(ctx context.Context, s *registry.Scan) error {
	p := b.byPass[s.Pass]
	if p == nil {
		b.turn(s, false)
		return nil
	}
	return b.refold(ctx, p)
}
