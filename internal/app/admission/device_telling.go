package admission

import (
	"context"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// tellingSpacing is how often at most what a phone tells of itself is stored.
const tellingSpacing = 30 * time.Second

// tellings is what gate phones last told this process of themselves.
type tellings struct {
	mu    sync.Mutex
	heard map[registry.DeviceID]toldTwice
}

// toldTwice is what a phone told last, and when something of it was stored.
type toldTwice struct {
	registry.DeviceTelling
	savedAt int64
}

// HearDevice takes in what a phone tells of itself. It is kept in memory: a scan
// never waits for it.
func (a *Service) HearDevice(device registry.DeviceID, t registry.DeviceTelling) {
	t.Device, t.At = device, a.NowMS()
	a.tellings.mu.Lock()
	defer a.tellings.mu.Unlock()
	if a.tellings.heard == nil {
		a.tellings.heard = map[registry.DeviceID]toldTwice{}
	}
	a.tellings.heard[device] = toldTwice{t, a.tellings.heard[device].savedAt}
}

// due returns what a phone told if it is time to store it, and marks it as stored.
func (ts *tellings) due(device registry.DeviceID, now int64) (registry.DeviceTelling, bool) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	t, heard := ts.heard[device]
	if !heard || now-t.savedAt < tellingSpacing.Milliseconds() {
		return t.DeviceTelling, false
	}
	t.savedAt = now
	ts.heard[device] = t
	return t.DeviceTelling, true
}

// lay lays what this process has heard over what is stored.
func (ts *tellings) lay(stored []registry.DeviceTelling) map[registry.DeviceID]registry.DeviceTelling {
	all := make(map[registry.DeviceID]registry.DeviceTelling, len(stored))
	for _, t := range stored {
		all[t.Device] = t
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	for id, t := range ts.heard {
		if t.At >= all[id].At {
			all[id] = t.DeviceTelling
		}
	}
	return all
}

// deviceTellings returns what the phones of an event last told of themselves.
func (a *Service) deviceTellings(ctx context.Context, tx *store.Tx, event registry.EventID) (map[registry.DeviceID]registry.DeviceTelling, error) {
	stored, err := tx.Tellings(ctx, event)
	return a.tellings.lay(stored), err
}
