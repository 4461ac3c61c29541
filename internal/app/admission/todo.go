package admission

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// GateToDo is what waits for a gate chief at an event.
type GateToDo struct {
	Event       registry.Event
	Differences int // lines of the reconciliation that are open
	Phones      int // out of contact; 0 unless the event is running
}

// GateWaiting counts what waits at the gates of one event. Without a phone there is
// nothing to count.
func (a *Service) GateWaiting(ctx context.Context, tx *store.Tx, e registry.Event) (todo GateToDo, err error) {
	todo.Event = e
	devices, err := tx.Devices(ctx, e.ID)
	if err != nil || len(devices) == 0 {
		return todo, err
	}
	lines, err := findDifferences(ctx, tx, e.ID)
	if err != nil {
		return todo, err
	}
	todo.Differences, _ = waitingLines(lines)
	if e.State != registry.Running {
		return todo, nil
	}
	tellings, err := a.deviceTellings(ctx, tx, e.ID)
	for _, d := range devices {
		d.LastSeenAt = max(d.LastSeenAt, tellings[d.ID].At)
		if !d.Paper() && d.OutOfContact(tx.NowMS()) {
			todo.Phones++
		}
	}
	return todo, err
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
