package passes

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"sync"

	"hoicho/internal/registry"
)

// watch counts, within an hour and in memory alone, how often the pages of passes are opened
// and from how many networks, and remembers where gates read passes last. Networks are kept
// as hashes with a salt that lives an hour; of a phone nothing is kept.
type watch struct {
	mu     sync.Mutex
	hourAt int64 // unix ms; what is counted is of this hour
	salt   [16]byte
	opened map[string]*openings // by the code of the pass
	read   map[string]reading   // the same
	found  []registry.PassAlarm // by gates; written with the next look
}

// openings are how often a page was opened, in all and by network.
type openings struct {
	n    int
	nets map[uint64]int
}

// reading is where and when a gate read a pass.
type reading struct {
	event registry.EventID
	gate  int
	at    int64 // unix ms
}

// renew begins a new hour.
func (w *watch) renew(now int64) {
	if hour := registry.HourOf(now); hour != w.hourAt || w.opened == nil {
		w.hourAt, w.opened = hour, map[string]*openings{}
		rand.Read(w.salt[:]) // never fails
	}
	if w.read == nil || len(w.read) >= registry.AlarmMostWatched {
		w.read = map[string]reading{}
	}
}

// Opened notes that the page of a pass that exists was opened from a network. It costs
// next to nothing; RaiseAlarms looks at what was counted.
func (a *Service) Opened(code, net string) {
	w := &a.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	w.renew(a.NowMS())
	o := w.opened[code]
	if o == nil {
		if len(w.opened) >= registry.AlarmMostWatched {
			return
		}
		o = &openings{nets: map[uint64]int{}}
		w.opened[code] = o
	}
	o.n++
	sum := sha256.Sum256(append(w.salt[:], net...))
	key := binary.BigEndian.Uint64(sum[:])
	if _, known := o.nets[key]; known || len(o.nets) < registry.AlarmMostNetworks {
		o.nets[key]++
	}
}

// ReadAt notes that a gate of an event read a pass, going in or out, at an instant (unix ms),
// and finds whether another gate has read it too shortly before.
func (a *Service) ReadAt(code string, in bool, event registry.EventID, gate int, at int64) {
	w := &a.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	w.renew(a.NowMS())
	last, known := w.read[code]
	if in || !known {
		w.read[code] = reading{event, gate, at}
	}
	gap := max(at-last.at, last.at-at)
	found := registry.PassAlarm{At: at, N: gate, OtherN: last.gate, Place: string(event), OtherPlace: string(last.event)}
	switch {
	case !known:
		return
	case last.event != event && gap <= registry.AlarmEventGapMS:
		found.Kind = registry.AlarmTwoEvents
	case in && last.event == event && last.gate != gate && gap <= registry.AlarmGateGapMS:
		found.Kind = registry.AlarmTwoGates
	default:
		return
	}
	if found.Pass = registry.PassID(code); len(w.found) < registry.AlarmMostNetworks {
		w.found = append(w.found, found)
	}
}

// suspects are the codes of the pages that are opened so often that they are worth a look,
// with everything that was counted, and what gates found. Codes stand where ids belong.
func (w *watch) suspects(now int64) (codes []string, all map[string]openings, found []registry.PassAlarm) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.renew(now)
	all = make(map[string]openings, len(w.opened))
	for code, o := range w.opened {
		nets, busiest := make(map[uint64]int, len(o.nets)), 0
		for key, n := range o.nets {
			nets[key], busiest = n, max(busiest, n)
		}
		all[code] = openings{o.n, nets}
		if o.n >= registry.AlarmOpens || busiest >= registry.AlarmOutside && o.n >= registry.AlarmOutside+registry.AlarmInside {
			codes = append(codes, code)
		}
	}
	found, w.found = w.found, nil
	return codes, all, found
}
