package known

import (
	"cmp"
	"maps"
	"slices"

	"hoicho/internal/registry"
)

// Phone is what is remembered of a phone, or of what stands in the place of one.
type Phone struct {
	registry.Device       // its row, but for LastSeenAt and ExpiresAt, which go on by themselves
	Newest          int64 // the largest seq of its scans that are stored

	boot   string // the start of its app that clocks are of
	clocks []registry.PhoneClock
}

// Phone returns a remembered phone, nil for none.
func (e *Event) Phone(id registry.DeviceID) *Phone { return e.phones[id] }

// KeepPhone remembers a phone.
func (e *Event) KeepPhone(p *Phone) { e.phones[p.ID] = p }

// CertainlyNew reports whether no scan of a phone can be stored under the id of one with
// this seq: it is above all that are. A phone that gives an id twice lies, see Doubt.
func (e *Event) CertainlyNew(p *Phone, seq int64) bool {
	return e != nil && p != nil && !e.doubt && seq > p.Newest
}

// Clocks returns the clocks of a start of a phone's app as they are stored, by base; false
// when they are not remembered.
func (p *Phone) Clocks(boot string) (clocks []registry.PhoneClock, remembered bool) {
	if boot == "" || p.boot != boot {
		return nil, false
	}
	return p.clocks, true
}

// KeepClocks remembers the clocks of a start, those of one at a time: a phone uploads the
// scans of its older starts first.
func (p *Phone) KeepClocks(boot string, clocks []registry.PhoneClock) {
	slices.SortFunc(clocks, func(x, y registry.PhoneClock) int { return cmp.Compare(x.Base, y.Base) })
	p.boot, p.clocks = boot, clocks
}

// markEvery is how often, in ms, watermarks are stored while many phones send.
const markEvery = 1000

// Mark notes up to where the scans and counts of a phone are stored, and that it called.
func (e *Event) Mark(d registry.Device) { e.late[d.ID] = d }

// Marks returns the watermarks to be stored now, unix ms, by phone: all that are late, or
// none. A watermark that is late says less than is true, and the scans themselves say the
// rest when their phone sends again: nobody is told less than before, and a phone never
// drops what is in no backup.
func (e *Event) Marks(now int64, atOnce bool) (marks []registry.Device) {
	if since := now - e.marked; !atOnce && e.marked != 0 && since >= 0 && since < markEvery {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(e.late)) {
		marks = append(marks, e.late[id])
	}
	clear(e.late)
	e.marked = now
	return marks
}
