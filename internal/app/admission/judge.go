package admission

import (
	"context"
	"encoding/json"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// scan takes in one scan and returns its answer.
func (b *book) scan(ctx context.Context, w *gateWork, s *scanWork) (json.RawMessage, error) {
	if known := b.scans[scanKey{s.sent.ID, w.device.ID}]; known != nil {
		result, err := gate.Told(known.ID, known.Code, known.Verdict, known.Kept, b.namesOf(known))
		if err != nil {
			return nil, err
		}
		return result.Wire(), b.amend(ctx, s, known)
	}
	row := b.row(w, s)
	result, err := b.result(ctx, w, s, row)
	if err != nil {
		return nil, err
	}
	row.Verdict, row.Kept = result.Verdict, result.Keep(b.namesOf(row))
	b.keep(row)
	b.newScans, b.fresh[row] = append(b.newScans, row), true
	if b.wentThrough(row) {
		b.take(row)
	}
	return result.Wire(), nil
}

// namesOf is what an answer to a scan says of its pass as it is called today.
func (b *book) namesOf(s *registry.Scan) gate.Detail {
	p := b.passes[s.Code]
	if s.Pass == "" || p == nil {
		return gate.Detail{}
	}
	listed := gatePass(p)
	return b.desks[s.Event].register.Names(&listed)
}

// row begins the row of a new scan.
func (b *book) row(w *gateWork, s *scanWork) *registry.Scan {
	desk := b.desks[w.event]
	corrected := b.correctScan(w, &s.sent)
	row := &registry.Scan{ID: s.sent.ID, Device: w.device.ID, Event: w.event, Direction: s.sent.Direction, Gate: s.sent.Gate,
		Booth: s.sent.Booth, Vendor: desk.takerOf(&w.device, s.sent.Booth), Boot: w.boot, Seq: s.sent.Seq, At: s.sent.At, CorrectedAt: corrected, MonoMS: s.sent.MonoMS, ReceivedAt: w.received,
		Mode: s.sent.Mode, Training: s.sent.Training, DeviceVerdict: s.sent.Verdict, RelayVerdict: s.answered, ForcedBy: s.sent.ForcedBy,
		VoidOf: s.sent.VoidOf, VoidReason: s.sent.VoidReason, Day: desk.register.GateDay(corrected)}
	if s.sent.VoidOf != "" {
		return row
	}
	if s.keys != desk.mark.Keys {
		s.read, s.keys = desk.read(s.scan(&w.device)), desk.mark.Keys
	}
	row.Code = s.read.Code()
	return row
}

// result judges a new scan.
func (b *book) result(ctx context.Context, w *gateWork, s *scanWork, row *registry.Scan) (gate.ScanResult, error) {
	if row.VoidOf != "" {
		v, err := b.void(ctx, w, row)
		return gate.ResultOf(row.ID, "", v), err
	}
	desk, p := b.desks[w.event], b.passes[row.Code]
	list := b.snapshot(desk, &w.device, p)
	list.TakenAt = min(b.app.listAt(), row.CorrectedAt)
	v := list.Judge(s.scan(&w.device), s.read, row.CorrectedAt)
	if p == nil || p.Event != w.event || !genuine(v.Code) || !inPlace(row, p) {
		return gate.ResultOf(row.ID, row.Code, v), nil
	}
	row.Pass = p.ID
	if b.repeats(row, p) {
		return gate.Told(row.ID, row.Code, p.Presence.Verdict, p.Presence.Kept, b.namesOf(row))
	}
	return gate.ResultOf(row.ID, row.Code, v), nil
}

// genuine reports whether a verdict is on the pass of the register that has the
// code, and not on a text that only claims it.
func genuine(v registry.VerdictCode) bool {
	switch v {
	case registry.VerdictForged, registry.VerdictMalformed, registry.VerdictUnknown, registry.VerdictWrongEvent:
		return false
	}
	return true
}

// repeats reports whether a scan is the last one of its pass once more: a camera
// reads a symbol many times.
func (b *book) repeats(row *registry.Scan, p *store.GatePass) bool {
	return !row.Training && b.placeOf(row, p) == placeRepeat
}

// isVoid reports whether a scan has been taken back, perhaps before it came.
func (b *book) isVoid(row *registry.Scan) bool {
	for _, v := range b.voids[row.ID] {
		by := b.devices[v.Device]
		if by != nil && !v.Training && gate.Void(row, &by.Device, v.VoidReason, v.CorrectedAt).Group == registry.Admit {
			return true
		}
	}
	return false
}

// move lets a scan count.
func (b *book) move(row *registry.Scan) {
	row.Moves = true
	b.addWay(row, 1)
	p := b.byPass[row.Pass]
	if p == nil {
		return
	}
	b.moved[p.ID] = p
	b.enter(p, row)
}

// enter adds a movement to the presence of its pass, and to the visits when it is
// a visitor's first of the day.
func (b *book) enter(p *store.GatePass, row *registry.Scan) {
	came, earlier := p.Presence.Add(row.Movement())
	if p.Presence.Last.Scan == row.ID {
		p.Presence.Verdict, p.Presence.Kept = row.Verdict, row.Kept
	}
	if p.Kind != registry.VisitorPass {
		return
	}
	if earlier != nil {
		b.add(p.Event, earlier.At, earlier.Gate, registry.FigureOf(earlier.Method()), -1)
	}
	if came || earlier != nil {
		m := row.Movement()
		mark := m.Mark()
		b.add(p.Event, mark.At, mark.Gate, registry.FigureOf(mark.Method()), 1)
	}
}

func directionFigure(d registry.Direction) registry.Figure {
	if d == registry.Out {
		return registry.FigureOut
	}
	return registry.FigureIn
}

// void answers a scan that takes another one back, and takes it back.
func (b *book) void(ctx context.Context, w *gateWork, row *registry.Scan) (gate.Verdict, error) {
	b.voids[row.VoidOf] = append(b.voids[row.VoidOf], row)
	target := b.scans[scanKey{row.VoidOf, row.Device}]
	for _, other := range b.byID[row.VoidOf] {
		if target == nil && other.Event == row.Event {
			target = other
		}
	}
	if target == nil {
		target = &registry.Scan{}
	}
	v := gate.Void(target, &w.device, row.VoidReason, row.CorrectedAt)
	if v.Group != registry.Admit || row.Training || !target.Moves {
		return v, nil
	}
	return v, b.stop(ctx, target)
}

// amend takes in what a phone says of a scan that it sends once more: the answer
// came too late, and it decided by itself. What happened is never refused; the
// answer stays what it was.
func (b *book) amend(ctx context.Context, s *scanWork, known *registry.Scan) error {
	late := known.Mode == registry.Online && known.DeviceVerdict == "" && s.sent.Mode == registry.Offline && s.sent.Verdict != ""
	if !late || known.VoidOf != "" {
		return nil
	}
	known.Mode, known.DeviceVerdict = registry.Offline, s.sent.Verdict
	b.amended = append(b.amended, known)
	switch counts := b.wentThrough(known); {
	case counts && !known.Moves:
		b.take(known)
	case !counts && known.Moves:
		return b.stop(ctx, known)
	}
	return nil
}
