package admission

import (
	"context"
	"sync"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
)

// maxSenders bounds the phones that are remembered by their tokens.
const maxSenders = 10_000

// senders are the phones that sent something, by the hashes of their tokens: a
// phone sends all day, and need not be looked up for each scan. Anything that
// changes what people see, such as shutting a phone out, makes this process look
// again; what another process changed shows when the work is written.
type senders struct {
	mu      sync.RWMutex
	changes int64 // of the database, when the phones were looked up
	by      map[string]registry.Device
}

// GateSender is GateDevice for those who hand in scans or counts: the group commit
// looks at the phone once more.
func (a *Service) GateSender(ctx context.Context, token string) (registry.Device, error) {
	hash, changes := core.HashToken(token), a.DB.Changes()
	if d, known := a.senders.get(hash, changes); known && a.NowMS() < d.ExpiresAt {
		return d, nil
	}
	d, err := a.GateDevice(ctx, token)
	if err == nil {
		a.senders.keep(hash, changes, d)
	}
	return d, err
}

func (s *senders) get(hash string, changes int64) (d registry.Device, known bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.changes == changes {
		d, known = s.by[hash]
	}
	return d, known
}

func (s *senders) keep(hash string, changes int64, d registry.Device) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes != changes || s.by == nil || len(s.by) >= maxSenders {
		s.changes, s.by = changes, map[string]registry.Device{}
	}
	s.by[hash] = d
}

// let refuses the work of phones that have been shut out, and returns the others.
func (b *book) let(works []*gateWork) (in []*gateWork) {
	for _, w := range works {
		w.refused = nil
		if d := b.devices[w.device.ID]; w.direct && (d == nil || d.State != registry.DeviceActive) {
			w.refused = errShutOut
			continue
		}
		in = append(in, w)
	}
	return in
}

var errShutOut = registry.E(registry.Unauthenticated, "error.device_revoked")
