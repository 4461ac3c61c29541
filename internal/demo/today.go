package demo

import (
	"context"
	"fmt"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// aroundNow opens the running session while the demo is tried: whoever tries it
// before dawn or late at night finds the market open and something done today.
func (f *filler) aroundNow(s *session) {
	opens, closes := s.hours()
	here := f.now.In(vn.Zone).Hour()
	s.Opens = vn.ShowClock(60 * min(opens, max(0, here-3)))
	s.Closes = vn.ShowClock(60 * max(closes, min(24, here+2)))
}

// happenings plans what passes did at the gates of the running session, and who
// was seen at the booths.
func (f *filler) happenings(s *session) {
	if !s.runs() {
		return
	}
	f.line.add(s.on(-1), "10:00", "passes of "+s.Title, func(ctx context.Context) error { return f.issuePasses(ctx, s) })
	opens, closes := s.hours()
	for n := range s.Days {
		for hour := opens; hour < closes; hour++ {
			f.line.add(s.on(n), fmt.Sprintf("%d:50", hour), "gate of "+s.Title, func(ctx context.Context) error {
				return f.passThrough(ctx, s, n, hour-opens)
			})
			f.line.add(s.on(n), fmt.Sprintf("%d:52", hour), "taps of "+s.Title, func(ctx context.Context) error {
				return f.tap(ctx, s, n, crowd[(hour-opens)%len(crowd)]/3)
			})
		}
	}
	f.line.add(f.today, fmt.Sprintf("%d:10", opens+2), "hour without network at "+s.Title, func(ctx context.Context) error { return f.cutOff(ctx, s) })
	f.line.add(f.today, fmt.Sprintf("%d:20", opens+1), "look at the booths of "+s.Title, func(ctx context.Context) error { return f.mark(ctx, s) })
}

// issuePasses issues the passes that belong to no booth, and blocks one that was
// lost.
func (f *filler) issuePasses(ctx context.Context, s *session) error {
	d, o := f.facts.madeUp.Defaults, f.organiser(s)
	batches := []passes.IssueInput{{Kind: registry.OfficialPass, Count: s.Officials, Label: d["officials"]},
		{Kind: registry.VisitorPass, Count: s.Invitations, Label: d["invitations"]}}
	for left := f.options.Passes; left > 0; left -= passesAtOnce {
		batches = append(batches, passes.IssueInput{Kind: registry.VisitorPass, Count: min(left, passesAtOnce), Label: d["invitations"]})
	}
	for _, in := range batches {
		in.FirstDay, in.Days = s.on(0), s.Days
		if err := f.app.Passes.IssuePasses(ctx, o, s.event.ID, in); err != nil {
			return err
		}
	}
	_, rows, _, err := f.app.Passes.EventPasses(ctx, o, registry.PassFilter{Event: s.event.ID, State: registry.PassValid})
	if err != nil {
		return err
	}
	s.passes = map[registry.PassKind][]registry.PassRow{}
	for _, p := range rows {
		s.passes[p.Kind] = append(s.passes[p.Kind], p)
	}
	s.lost = s.passes[registry.StaffPass][0]
	s.passes[registry.StaffPass] = s.passes[registry.StaffPass][1:]
	return f.app.Passes.StepPass(ctx, o, s.lost.ID, registry.PassBlocked, d["lost_pass"])
}

// passesAtOnce is how many passes can be issued at once.
const passesAtOnce = 1000

// passThrough sends the passes that came and went in an hour of a day, the gates
// taking turns. Staff come in the first two hours, a third goes out at noon and
// comes back; invited visitors come all day.
func (f *filler) passThrough(ctx context.Context, s *session, day, hour int) error {
	var through []gate.SentScan
	add := func(p registry.PassRow, way registry.Direction) {
		through = append(through, gate.SentScan{QR: pass.Text(f.app.BaseURL, p.Code, p.Proof), Direction: way})
	}
	for i, p := range s.passes[registry.StaffPass] {
		switch {
		case i%4 == 3: // is at home, so that there is somebody to try the gate with
		case hour < 2 && i%2 == hour:
			add(p, registry.In)
		case hour == 5 && i%3 == 0:
			add(p, registry.Out)
		case hour == 6 && i%3 == 0:
			add(p, registry.In)
		}
	}
	for i, p := range s.passes[registry.OfficialPass] {
		if i%8 == hour {
			add(p, registry.In)
		}
	}
	for i := range min(s.Invitations, len(s.passes[registry.VisitorPass])) {
		if i%17 == hour && i%5 != day {
			add(s.passes[registry.VisitorPass][i], registry.In)
		}
	}
	if hour == 3 {
		add(s.lost, registry.In)
		add(s.passes[registry.StaffPass][1], registry.In)
		through = append(through, gate.SentScan{QR: "https://example.com/menu", Direction: registry.In})
	}
	if err := f.send(ctx, s, through); err != nil {
		return err
	}
	return f.tell(ctx, s, hour)
}

// send hands scans to the phones in turn, as if they had been made over the last
// forty minutes.
func (f *filler) send(ctx context.Context, s *session, scans []gate.SentScan) error {
	now := f.clock.Now()
	batches := make([]gate.ScanBatch, len(s.phones))
	for i, scan := range scans {
		n := i % len(s.phones)
		p := s.phones[n]
		p.scans++
		at := now.Add(-40*time.Minute + 40*time.Minute*time.Duration(i)/time.Duration(len(scans)))
		scan.ID, scan.Seq, scan.Gate, scan.At, scan.Mode = store.NewID[registry.ScanID](), p.scans, p.device.Gates[0], at.UnixMilli(), registry.Online
		batches[n].Scans = append(batches[n].Scans, scan)
	}
	for n, b := range batches {
		if len(b.Scans) == 0 {
			continue
		}
		b.Boot, b.SentAt, b.DeviceSeqFrom = "demo", now.UnixMilli(), b.Scans[0].Seq
		if _, err := f.app.Admission.Scan(ctx, s.phones[n].device, b); err != nil {
			return err
		}
	}
	return nil
}

// tap lets n visitors say at each gate that they came.
func (f *filler) tap(ctx context.Context, s *session, day, n int) error {
	office, err := f.app.Admission.GateOffice(ctx, f.gateChief(s), s.event.ID)
	if err != nil {
		return err
	}
	for i := range n {
		v, err := f.app.Admission.Arrival(ctx, office.Gates[i%len(office.Gates)].Code)
		if err != nil {
			return err
		}
		if _, err := f.app.Admission.Arrive(ctx, v, admission.NewPhone(), fmt.Sprintf("visitor %d %d", day, i)); err != nil {
			return err
		}
	}
	return nil
}

// mark notes who was seen at the booths today.
func (f *filler) mark(ctx context.Context, s *session) error {
	for _, p := range s.Vendors {
		if p.Booth == "" {
			continue
		}
		state := registry.BoothOccupied
		if p.NoShow {
			state = registry.BoothNoShow
		}
		if err := f.app.Booths.MarkBooth(ctx, f.organiser(s), s.booth(p.Booth), state); err != nil {
			return err
		}
	}
	return nil
}

// load makes the scans that a load test asks for: passes of staff and visitors go
// in and out from the opening until now.
func (f *filler) load(ctx context.Context, s *session) error {
	if f.options.Scans == 0 {
		return nil
	}
	p, err := f.pair(ctx, s, 1, "Máy thử tải")
	if err != nil {
		return err
	}
	passes := append(s.passes[registry.StaffPass], s.passes[registry.VisitorPass]...)
	opens, _ := vn.ParseClock(s.Opens)
	from, _ := vn.InstantOf(f.today, opens)
	span := f.now.Sub(from)
	for done := 0; done < f.options.Scans; {
		batch := gate.ScanBatch{Boot: "load", SentAt: f.now.UnixMilli(), DeviceSeqFrom: p.scans + 1}
		for range min(gate.MaxScans, f.options.Scans-done) {
			row, way := passes[done%len(passes)], registry.In
			if done/len(passes)%2 == 1 {
				way = registry.Out
			}
			at := from.Add(span * time.Duration(done) / time.Duration(f.options.Scans))
			done, p.scans = done+1, p.scans+1
			batch.Scans = append(batch.Scans, gate.SentScan{ID: store.NewID[registry.ScanID](), Seq: p.scans, Code: row.Code,
				Direction: way, Gate: 1, At: at.UnixMilli(), Mode: registry.Online})
		}
		if _, err := f.app.Admission.Scan(ctx, p.device, batch); err != nil {
			return err
		}
	}
	return nil
}
