package admission

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// newestScans is how many scans the live page shows.
const newestScans = 12

// GateLive is what goes on at an event's gates right now.
type GateLive struct {
	Event    registry.Event
	Gates    []registry.Gate
	Now      int64 // unix ms
	Inside   int   // people with passes
	Unplaced int   // entries by which somebody may be inside whom no pass shows
	Capacity int   // 0 = none set
	Fill     registry.Fill
	Visits   registry.Visits // today
	Hours    []gate.HourStats
	ByGate   []gate.GateStats
	Newest   []LiveScan
	Waiting  int // lines that wait for the gate chief
	Grave    int // of them, double entries, forged passes and wrong admissions
	Devices  []registry.Device
	Tellings map[registry.DeviceID]registry.DeviceTelling
	Manage   bool // the actor is a gate chief of the event
}

// LiveScan is one of the newest scans.
type LiveScan struct {
	registry.Scan
	Of     ScannedPass
	Device string
}

// GateLive returns what goes on at an event's gates right now. The actor needs
// ViewFigures in the event's area.
func (a *Service) GateLive(ctx context.Context, actor registry.Actor, id registry.EventID) (l GateLive, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if l.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		l.Now, l.Manage = tx.NowMS(), actor.Can(registry.ManageGate, a.Areas.Scope(l.Event.Area))
		desk, err := a.desk(ctx, tx, id)
		if err != nil {
			return err
		}
		l.Gates, l.Capacity = desk.gates, desk.capacity()
		day := desk.register.GateDay(l.Now)
		if l.Inside, err = tx.PeopleInside(ctx, id, day); err != nil {
			return err
		}
		if l.Unplaced, err = countUnplaced(ctx, tx, id, day); err != nil {
			return err
		}
		l.Fill = registry.FillOf(l.Inside, l.Capacity)
		hours, err := a.gateHours(ctx, tx, id)
		if err != nil {
			return err
		}
		l.Visits, l.Hours, l.ByGate = registry.VisitsOf(hours), byHour(hours), byGate(hours)
		return a.readLive(ctx, tx, &l)
	})
	return l, err
}

// readLive reads the phones, their newest scans and what waits for the chief.
func (a *Service) readLive(ctx context.Context, tx *store.Tx, l *GateLive) (err error) {
	if l.Devices, err = tx.Devices(ctx, l.Event.ID); err != nil {
		return err
	}
	if l.Tellings, err = a.deviceTellings(ctx, tx, l.Event.ID); err != nil {
		return err
	}
	lines, err := findDifferences(ctx, tx, l.Event.ID)
	if err != nil {
		return err
	}
	l.Waiting, l.Grave = waitingLines(lines)
	return l.readNewest(ctx, tx)
}

// readNewest reads the newest scans of all phones.
func (l *GateLive) readNewest(ctx context.Context, tx *store.Tx) error {
	var ids []registry.DeviceID
	names := map[registry.DeviceID]string{}
	for _, d := range l.Devices {
		if d.AckedSeq > 0 || l.Now-d.LastSeenAt < 24*registry.HourMS {
			ids, names[d.ID] = append(ids, d.ID), d.Name
		}
	}
	scans, err := tx.NewestScans(ctx, ids, newestScans)
	if err != nil {
		return err
	}
	slices.SortFunc(scans, func(a, b registry.Scan) int {
		return cmp.Or(cmp.Compare(b.CorrectedAt, a.CorrectedAt), cmp.Compare(b.Device, a.Device), cmp.Compare(b.Seq, a.Seq))
	})
	codes := map[string]bool{}
	for i := range scans[:min(len(scans), newestScans)] {
		if scans[i].Pass != "" {
			codes[scans[i].Code] = true
		}
	}
	passes, err := scannedPasses(ctx, tx, codes)
	if err != nil {
		return err
	}
	for i := range scans[:min(len(scans), newestScans)] {
		newest := LiveScan{Scan: scans[i], Device: names[scans[i].Device]}
		if newest.Pass != "" {
			newest.Of = passes[newest.Code]
		}
		l.Newest = append(l.Newest, newest)
	}
	return nil
}

// Evacuation is who is inside an event, so that nobody is left behind.
type Evacuation struct {
	Event  registry.Event
	Gates  []registry.Gate
	At     int64 // unix ms
	Booths []BoothInside
	Others []OthersInside // passes of no booth, by kind
	People int            // with passes
	// Unplaced is how many entries there were by which somebody may be inside whom no
	// pass shows.
	Unplaced int
	Visits   registry.Visits // today, all gates
	ByGate   []gate.GateStats
}

// BoothInside is who is inside of a booth.
type BoothInside struct {
	Booth    string // code; empty: a vendor with lorries alone
	Vendor   string
	Staff    int
	Vehicles []string // number plates

	owner registry.VendorID
}

// OthersInside is a number of passes of no booth that are inside.
type OthersInside struct {
	Kind registry.PassKind
	N    int
}

// Evacuation returns who is inside an event now. The actor needs ViewFigures in
// the event's area.
func (a *Service) Evacuation(ctx context.Context, actor registry.Actor, id registry.EventID) (e Evacuation, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if e.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		desk, err := a.desk(ctx, tx, id)
		if err != nil {
			return err
		}
		e.Gates, e.At = desk.gates, tx.NowMS()
		day := desk.register.GateDay(e.At)
		inside, err := tx.InsidePasses(ctx, id, day)
		if err != nil {
			return err
		}
		e.gather(inside)
		if e.Unplaced, err = countUnplaced(ctx, tx, id, day); err != nil {
			return err
		}
		hours, err := a.gateHours(ctx, tx, id)
		e.Visits, e.ByGate = registry.VisitsOf(hours), byGate(hours)
		return err
	})
	return e, err
}

// gather sums up passes, which come by booth. Lorries have no booth: they stand
// with the first one of their vendor.
func (e *Evacuation) gather(inside []store.InsidePass) {
	others := map[registry.PassKind]int{}
	for _, p := range inside {
		if p.Kind != registry.VehiclePass {
			e.People++
		}
		switch {
		case p.Kind == registry.VehiclePass && p.Owner != "":
		case p.Booth == "":
			others[p.Kind]++
		default:
			e.booth(&p).Staff++
		}
	}
	for _, p := range inside {
		if p.Kind == registry.VehiclePass && p.Owner != "" {
			b := e.booth(&p)
			b.Vehicles = append(b.Vehicles, p.Label)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(others)) {
		e.Others = append(e.Others, OthersInside{kind, others[kind]})
	}
}

// booth is where a pass belongs.
func (e *Evacuation) booth(p *store.InsidePass) *BoothInside {
	i := slices.IndexFunc(e.Booths, func(b BoothInside) bool {
		return b.owner == p.Owner && (p.Booth == "" || b.Booth == p.Booth)
	})
	if i < 0 {
		i = len(e.Booths)
		e.Booths = append(e.Booths, BoothInside{Booth: p.Booth, Vendor: p.Vendor, owner: p.Owner})
	}
	return &e.Booths[i]
}
