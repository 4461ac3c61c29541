package demo

import (
	"context"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// cutOff lets the gates of the running session lose the network for a while this
// morning: one of the staff comes in at both, a blocked pass and a forged one are
// tried, a supervisor lets somebody in, one phone's clock is slow and some of its
// scans are still on it. The chief has looked at one of the lines.
func (f *filler) cutOff(ctx context.Context, s *session) error {
	staff, officials := s.passes[registry.StaffPass], s.passes[registry.OfficialPass]
	if len(s.phones) < 2 || len(staff) < 8 || len(officials) < 2 {
		return nil
	}
	a, b := s.phones[0], s.phones[1]
	forged := f.scanAt(a, officials[0], 25)
	forged.QR = pass.Text(f.app.BaseURL, officials[0].Code, officials[1].Proof)
	wrong := f.scanAt(a, staff[7], 12)
	admitted := func(s gate.SentScan) gate.SentScan {
		s.Mode, s.Verdict = registry.Offline, registry.VerdictOK
		return s
	}
	forced := f.scanAt(a, s.lost, 9)
	forced.Mode, forced.Verdict, forced.ForcedBy = registry.Offline, registry.VerdictBlocked, f.facts.madeUp.Defaults["supervisor"]
	void := f.scanAt(a, staff[7], 11)
	void.QR, void.VoidOf = "", wrong.ID
	if err := f.upload(ctx, a, 0, admitted(f.scanAt(a, staff[3], 38)), forged, admitted(wrong), void, forced); err != nil {
		return err
	}
	b.scans, b.unsent = b.scans+2, true
	if err := f.upload(ctx, b, 7*time.Minute, admitted(f.scanAt(b, staff[3], 31)), admitted(f.scanAt(b, s.lost, 22))); err != nil {
		return err
	}
	return f.closeOne(ctx, s)
}

// scanAt is the next scan of a pass on a phone, some minutes ago.
func (f *filler) scanAt(p *phone, row registry.PassRow, minutes int) gate.SentScan {
	return gate.SentScan{ID: store.NewID[registry.ScanID](), QR: pass.Text(f.app.BaseURL, row.Code, row.Proof), Direction: registry.In,
		Gate: p.device.Gates[0], At: f.clock.Now().Add(-time.Duration(minutes) * time.Minute).UnixMilli(), Mode: registry.Online}
}

// upload sends scans of a phone whose clock is slow, as they were made.
func (f *filler) upload(ctx context.Context, p *phone, slow time.Duration, scans ...gate.SentScan) error {
	batch := gate.ScanBatch{Boot: "demo", SentAt: f.clock.Now().Add(-slow).UnixMilli(), Scans: scans}
	for i := range scans {
		p.scans++
		scans[i].Seq = p.scans
		scans[i].At -= slow.Milliseconds()
	}
	batch.DeviceSeqFrom = scans[0].Seq
	_, err := f.app.Admission.Scan(ctx, p.device, batch)
	return err
}

// closeOne lets the chief close the line of the forged pass.
func (f *filler) closeOne(ctx context.Context, s *session) error {
	chief := f.gateChief(s)
	found, err := f.app.Admission.Differences(ctx, chief, s.event.ID, admission.DifferenceFilter{Kind: registry.DiffForged, Limit: 1})
	if err != nil || len(found.Lines) == 0 {
		return err
	}
	return f.app.Admission.CloseDifference(ctx, chief, s.event.ID, admission.DifferenceInput{Key: found.Lines[0].Key, Word: registry.WordHandled,
		Note: f.facts.madeUp.Defaults["forged_pass"]})
}

// tell lets the phones tell of themselves: their batteries go down over the day,
// and what the second one has not sent waits in its queue.
func (f *filler) tell(ctx context.Context, s *session, hour int) error {
	for i, p := range s.phones {
		t := registry.DeviceTelling{App: f.facts.madeUp.Defaults["gate_app"], Battery: max(9, 96-hour*(5+3*i))}
		if i == 1 && p.unsent {
			t.Queue = 2
		}
		f.app.Admission.HearDevice(p.device.ID, t)
		if err := f.app.Admission.NoteDevice(ctx, p.device); err != nil {
			return err
		}
	}
	return nil
}
