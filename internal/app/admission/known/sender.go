package known

import (
	"sync"

	"hoicho/internal/registry"
)

// maxSenders bounds the phones that are remembered by their tokens.
const maxSenders = 12_000

// Senders are the phones that sent something, by the hashes of their tokens: a
// phone sends all day, and need not be looked up for each scan. Anything that
// changes what phones are looked up in, such as shutting one out, makes this process look
// again; what another process changed shows when the work is written. The zero value
// knows no phone.
type Senders struct {
	mu      sync.RWMutex
	changes int64 // of the database, when the phones were looked up
	by      map[string]registry.Device
}

// Get returns the phone with the hash of a token, looked up when DB.ChangesOf
// said as now.
func (s *Senders) Get(hash string, changes int64) (d registry.Device, known bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.changes == changes {
		d, known = s.by[hash]
	}
	return d, known
}

// Keep remembers a phone that was looked up after DB.ChangesOf had said so.
func (s *Senders) Keep(hash string, changes int64, d registry.Device) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes != changes || s.by == nil || len(s.by) >= maxSenders {
		s.changes, s.by = changes, map[string]registry.Device{}
	}
	s.by[hash] = d
}
