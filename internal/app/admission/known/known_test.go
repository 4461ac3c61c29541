package known

import (
	"fmt"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

const fair = registry.EventID("fair")

func phone(id registry.DeviceID) *Phone { return &Phone{Device: registry.Device{ID: id}} }

// taught is a memory that a group commit gave back at a turn.
func taught(m *Memory, held store.Hold) *Event {
	e := m.Take(fair, held, 7)
	e.KeepPhone(phone("a"))
	e.KeepPass(&store.GatePass{Pass: registry.Pass{Code: "1"}})
	m.Keep(map[registry.EventID]*Event{fair: e})
	return e
}

// TestWhatHolds: passes hold for a change number and a state of the process, phones for the
// very next turn of the same epoch; a group commit that fails gives nothing back.
func TestWhatHolds(t *testing.T) {
	was := store.Hold{Change: 3, Turn: 10, Epoch: "x"}
	for name, c := range map[string]struct {
		held         store.Hold
		seen         int64
		pass, phones bool
	}{
		"the next turn":         {store.Hold{Change: 3, Turn: 11, Epoch: "x"}, 7, true, true},
		"another's turn":        {store.Hold{Change: 3, Turn: 12, Epoch: "x"}, 7, true, false},
		"a turn that went back": {store.Hold{Change: 3, Turn: 10, Epoch: "x"}, 7, true, false},
		"another change":        {store.Hold{Change: 4, Turn: 11, Epoch: "x"}, 7, false, true},
		"a name was changed":    {store.Hold{Change: 3, Turn: 11, Epoch: "x"}, 8, false, true},
		"a restore":             {store.Hold{Change: 3, Turn: 11, Epoch: "y"}, 7, true, false},
	} {
		var m Memory
		taught(&m, was)
		e := m.Take(fair, c.held, c.seen)
		if pass, phones := e.Pass("1") != nil, e.Phone("a") != nil; pass != c.pass || phones != c.phones {
			t.Errorf("%s: pass remembered %v, phone %v", name, pass, phones)
		}
		if again := m.Take(fair, store.Hold{Change: c.held.Change, Turn: c.held.Turn + 1, Epoch: c.held.Epoch}, c.seen); again.Phone("a") != nil {
			t.Errorf("%s: what a group commit took is there still", name)
		}
	}
}

// TestMovedPassesHold: presences that this very group commit stored do not make it forget.
func TestMovedPassesHold(t *testing.T) {
	var m Memory
	taught(&m, store.Hold{Change: 3, Turn: 1}).Moved(4)
	if m.Take(fair, store.Hold{Change: 4, Turn: 2}, 7).Pass("1") == nil {
		t.Error("the pass is forgotten")
	}
}

// TestMarksAreLateForASecond: not longer, not where it is not known when they were stored
// last or the clock went back, and never over a restore. Nobody's is lost meanwhile.
func TestMarksAreLateForASecond(t *testing.T) {
	var m Memory
	held := store.Hold{Turn: 1}
	e := m.Take(fair, held, 0)
	sent := func(at int64, atOnce bool, id registry.DeviceID) int {
		e.Mark(registry.Device{ID: id})
		n := len(e.Marks(at, atOnce))
		m.Keep(map[registry.EventID]*Event{fair: e})
		held.Turn++
		e = m.Take(fair, held, 0)
		return n
	}
	for i, c := range []struct {
		at     int64
		atOnce bool
		id     registry.DeviceID
		want   int
	}{{5000, false, "a", 1}, {5001, false, "a", 0}, {5999, false, "b", 0}, {6000, false, "a", 2}, {6001, false, "a", 0}, {6002, true, "b", 2}, {5000, false, "a", 1}} {
		if got := sent(c.at, c.atOnce, c.id); got != c.want {
			t.Errorf("step %d: %d watermarks, want %d", i, got, c.want)
		}
	}
	sent(5001, false, "a")
	m.Keep(map[registry.EventID]*Event{fair: e})
	held.Turn += 2 // another server's
	e = m.Take(fair, held, 0)
	if got := sent(5002, false, "b"); got != 2 {
		t.Errorf("after another server's turn %d watermarks, want 2", got)
	}
	sent(5003, false, "a")
	m.Keep(map[registry.EventID]*Event{fair: e})
	held = store.Hold{Turn: held.Turn + 1, Epoch: "restored"}
	e = m.Take(fair, held, 0)
	if got := sent(5004, false, "b"); got != 1 {
		t.Errorf("after a restore %d watermarks, want 1", got)
	}
}

// TestCertainlyNew: above all that is stored, of a phone that is known, while nobody lies.
func TestCertainlyNew(t *testing.T) {
	var m Memory
	e := m.Take(fair, store.Hold{}, 0)
	p := phone("a")
	p.Newest = 5
	for seq, want := range map[int64]bool{1: false, 5: false, 6: true} {
		if e.CertainlyNew(p, seq) != want || e.CertainlyNew(nil, seq) {
			t.Errorf("seq %d after 5: certainly new %v", seq, !want)
		}
	}
	m.Doubt(map[registry.EventID]*Event{fair: e})
	if e = m.Take(fair, store.Hold{}, 0); e.CertainlyNew(p, 6) {
		t.Error("a liar is believed")
	}
}

// TestMemoryIsBounded: however many events there are.
func TestMemoryIsBounded(t *testing.T) {
	var m Memory
	for i := range maxRows {
		id := registry.EventID(fmt.Sprint(i))
		e := m.Take(id, store.Hold{}, 0)
		e.KeepPhone(phone("a"))
		m.Keep(map[registry.EventID]*Event{id: e})
	}
	rows := 0
	for _, e := range m.events {
		rows += e.rows()
	}
	if rows != m.rows || rows > maxRows || rows == 0 {
		t.Errorf("%d rows are remembered, %d counted, at most %d", rows, m.rows, maxRows)
	}
}
