package admission

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// GateToDo is what waits for a gate chief at an event, and how its phones are.
type GateToDo struct {
	Event       registry.Event
	Differences int               // lines of the reconciliation that are open
	Paired      bool              // a phone or list was ever paired: else nothing is known of the gates
	Active      int               // phones that may call
	Silent      []registry.Device // of them, those out of contact; none unless the event is running
	HeardAt     int64             // unix ms, when a gate's phone was heard last; 0: never
}

// GateWaiting counts what waits at the gates of one event. Without a phone there is
// nothing to count.
func (a *Service) GateWaiting(ctx context.Context, tx *store.Tx, e registry.Event) (todo GateToDo, err error) {
	todo.Event = e
	devices, err := tx.Devices(ctx, e.ID)
	if todo.Paired = len(devices) > 0; err != nil || !todo.Paired {
		return todo, err
	}
	lines, err := findDifferences(ctx, tx, e.ID)
	if err != nil {
		return todo, err
	}
	if todo.Differences, _ = waitingLines(lines); e.State != registry.Running {
		return todo, nil
	}
	tellings, err := a.deviceTellings(ctx, tx, e.ID)
	for _, d := range devices {
		d.LastSeenAt = max(d.LastSeenAt, tellings[d.ID].At)
		if d.Role != registry.Seller && !d.Paper() {
			todo.HeardAt = max(todo.HeardAt, d.LastSeenAt)
		}
		if !d.Paper() && d.State == registry.DeviceActive && tx.NowMS() < d.ExpiresAt {
			todo.Active++
			if d.OutOfContact(tx.NowMS()) {
				todo.Silent = append(todo.Silent, d)
			}
		}
	}
	return todo, err
}

// InsideNow counts the people with passes who are inside an event.
func (a *Service) InsideNow(ctx context.Context, tx *store.Tx, event registry.EventID) (int, error) {
	desk, err := a.desk(ctx, tx, event)
	if err != nil {
		return 0, err
	}
	return tx.PeopleInside(ctx, event, desk.register.GateDay(tx.NowMS()))
}

// waitingLines counts the lines that wait for the gate chief; grave are those of
// double entries, forged passes and wrong admissions.
func waitingLines(lines []Difference) (waiting, grave int) {
	for i := range lines {
		if lines[i].Closing.Closed() {
			continue
		}
		waiting++
		switch lines[i].Kind {
		case registry.DiffDouble, registry.DiffForged, registry.DiffLetIn:
			grave++
		}
	}
	return waiting, grave
}
