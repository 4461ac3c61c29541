package known

import (
	"slices"
	"strings"
	"sync"

	"hoicho/internal/registry"
)

// Bounds of the gate lists that are kept ready: rows of all events, and ms after which a
// list is read anew whole. The age bounds how long a name that another server changed stays
// as it was; names that this server changes are seen at once.
const (
	maxListed = 100_000
	maxAge    = 10 * 60_000
)

// Listed is a line of an event's gate list.
type Listed struct {
	Code    string
	Change  int64  // number of the newest change of the pass or of where its bearer is
	Voucher bool   // of a pack: the only lines that sellers' phones get
	JSON    []byte // the gate.Pass
}

// ListState is what a list is kept for. Where Epoch or Seen differ, it is read anew.
type ListState struct {
	Event  registry.EventID
	Epoch  int64 // of restores
	Seen   int64 // what DB.ChangesOf said, before the transaction began, of what passes are read from
	Change int64 // how far the list has come, in this transaction
	Now    int64 // unix ms
}

// Lists keeps gate lists ready, so that what one phone asks for is not read again for the
// next. The zero value keeps none.
type Lists struct {
	mu     sync.Mutex
	events map[registry.EventID]*list
	rows   int
}

type list struct {
	mu    sync.Mutex // whoever reads what is new; the others wait for it
	state ListState
	read  int64    // unix ms, when it was read whole; 0 is never
	rows  []Listed // in the order of codes
	size  int      // rows as Lists counts them, guarded by its lock
}

// Since returns the lines of an event's list that changed after a change number, all after
// -1, as JSON in the order of codes. read returns those changed after a number, all after
// -1, as the transaction sees them. The result may hold newer changes than the state's.
func (l *Lists) Since(now ListState, change int64, vouchers bool, read func(change int64) ([]Listed, error)) ([][]byte, error) {
	e := l.of(now.Event)
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.refresh(now, read); err != nil {
		return nil, err
	}
	l.count(now.Event, e)
	var lines [][]byte
	for i := range e.rows {
		if r := &e.rows[i]; r.Change > change && (r.Voucher || !vouchers) {
			lines = append(lines, r.JSON)
		}
	}
	return lines, nil
}

func (l *Lists) of(event registry.EventID) *list {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.events[event]
	if e == nil {
		e = &list{}
		if l.events == nil {
			l.events = map[registry.EventID]*list{}
		}
		l.events[event] = e
	}
	return e
}

// count notes how long a list has become, and forgets all others when they are too long
// together.
func (l *Lists) count(event registry.EventID, e *list) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.events[event] != e {
		return // forgotten meanwhile
	}
	l.rows += len(e.rows) + 1 - e.size
	e.size = len(e.rows) + 1
	if l.rows > maxListed {
		l.events, l.rows = map[registry.EventID]*list{event: e}, e.size
	}
}

// refresh brings a list to where the transaction sees it; one that has come further stays.
func (e *list) refresh(now ListState, read func(change int64) ([]Listed, error)) error {
	whole := e.read == 0 || e.state.Epoch != now.Epoch || e.state.Seen < now.Seen || now.Now-e.read >= maxAge || now.Now < e.read
	if !whole && now.Change <= e.state.Change {
		return nil
	}
	from := e.state.Change
	if whole {
		from = -1
	}
	rows, err := read(from)
	if err != nil {
		return err
	}
	slices.SortFunc(rows, byCode)
	if whole {
		e.rows, e.read = rows, now.Now
	} else {
		e.rows = merge(e.rows, rows)
	}
	e.state = now
	return nil
}

func byCode(a, b Listed) int { return strings.Compare(a.Code, b.Code) }

// merge lays changed lines over a list; both are in the order of codes.
func merge(rows, changed []Listed) []Listed {
	var more []Listed
	for _, c := range changed {
		if at, ok := slices.BinarySearchFunc(rows, c, byCode); ok {
			rows[at] = c
		} else {
			more = append(more, c)
		}
	}
	if len(more) == 0 {
		return rows
	}
	rows = append(rows, more...)
	slices.SortFunc(rows, byCode)
	return rows
}
