// Package known is what the writer at the gates remembers of events from one group commit
// to the next, so that it does not ask the database for it again: passes and where they
// are, phones, how far their scans are stored and when their clocks began.
//
// A group commit takes what is remembered of its events, changes it as it goes on, and
// gives it back once it is durable. One that fails loses it, and the next one reads anew:
// so nothing is remembered that is not stored.
package known

import (
	"maps"
	"sync"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Bounds of what is remembered: passes of one event, and rows of all.
const (
	maxPasses = 20_000
	maxRows   = 60_000
)

// Memory is what this process remembers, by event. The zero value remembers nothing.
type Memory struct {
	mu      sync.Mutex
	events  map[registry.EventID]*Event // those that no group commit has
	rows    int                         // of them
	doubted map[registry.EventID]bool
}

// Event is what is remembered of an event. Its passes hold for one change number of the
// event: whatever is done to a pass or its presence, by whatever process, raises that. Its
// phones hold as long as turn follows on turn: whoever else writes scans at the event, or
// changes one of its phones, takes a turn.
type Event struct {
	held   store.Hold
	seen   int64 // changes in this process of what passes are read from: names and booths
	passes map[string]*store.GatePass
	booths map[registry.BoothID][]*store.GatePass // their staff who are inside, and perhaps others
	phones map[registry.DeviceID]*Phone
	late   map[registry.DeviceID]registry.Device // watermarks that are not stored yet
	marked int64                                 // unix ms, when watermarks were stored last; 0 is not known
	doubt  bool
}

// Take returns what is remembered of an event and still holds, for a group commit that
// holds its changes; seen is what DB.ChangesOf said before of what passes are read from.
func (m *Memory) Take(event registry.EventID, held store.Hold, seen int64) *Event {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.events[event]
	if e == nil {
		e = &Event{late: map[registry.DeviceID]registry.Device{}}
	} else {
		delete(m.events, event)
		m.rows -= e.rows()
	}
	if e.passes == nil || e.held.Change != held.Change || e.seen != seen || len(e.passes) >= maxPasses {
		e.passes, e.booths = map[string]*store.GatePass{}, map[registry.BoothID][]*store.GatePass{}
	}
	if e.phones == nil || e.held.Turn+1 != held.Turn || e.held.Epoch != held.Epoch {
		e.phones, e.marked = map[registry.DeviceID]*Phone{}, 0
	}
	if e.held.Epoch != held.Epoch {
		clear(e.late) // of a database that was put back since
	}
	e.held, e.seen, e.doubt = held, seen, m.doubted[event]
	return e
}

// Keep gives back what was taken, once all that was changed in it is durable.
func (m *Memory) Keep(events map[registry.EventID]*Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	more := 0
	for id, e := range events {
		more += e.rows()
		if was := m.events[id]; was != nil {
			m.rows -= was.rows()
		}
	}
	if m.events == nil || m.rows+more > maxRows {
		m.events, m.rows = map[registry.EventID]*Event{}, 0
	}
	maps.Copy(m.events, events)
	m.rows += more
}

// Doubt notes that a phone of one of these events gave an id of before to a scan that was
// taken for new by its number: from now on all their ids are looked up.
func (m *Memory) Doubt(events map[registry.EventID]*Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.doubted == nil {
		m.doubted = map[registry.EventID]bool{}
	}
	for id := range events {
		m.doubted[id] = true
	}
}

func (e *Event) rows() int { return 1 + len(e.passes) + len(e.phones) }

// Pass returns a remembered pass by its code, nil for none.
func (e *Event) Pass(code string) *store.GatePass { return e.passes[code] }

// KeepPass remembers a pass.
func (e *Event) KeepPass(p *store.GatePass) { e.passes[p.Code] = p }

// Booth returns the staff of a booth who are inside, and perhaps others; false when it is
// not remembered who is.
func (e *Event) Booth(id registry.BoothID) (staff []*store.GatePass, remembered bool) {
	staff, remembered = e.booths[id]
	return staff, remembered
}

// KeepBooth remembers the staff of a booth: all who are inside, and perhaps others.
func (e *Event) KeepBooth(id registry.BoothID, staff []*store.GatePass) { e.booths[id] = staff }

// Moved notes the change number under which this group commit stores presences.
func (e *Event) Moved(change int64) { e.held.Change = change }
