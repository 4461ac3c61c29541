package admission

import (
	"context"
	"sync"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/changes"
)

// phoneTables are what a phone is looked up in, gateTables what passes at the gates are read
// from, and nameTables those of them whose changes have no number.
var (
	phoneTables = sync.OnceValue(func() changes.Set { return store.Tables("devices", "events") })
	gateTables  = sync.OnceValue(func() changes.Set { return store.Tables("passes", "booths", "vendors") })
	nameTables  = sync.OnceValue(func() changes.Set { return store.Tables("booths", "vendors") })
)

// GateSender is GateDevice for those who hand in scans or counts: the group commit
// looks at the phone once more.
func (a *Service) GateSender(ctx context.Context, token string) (registry.Device, error) {
	hash, changes := core.HashToken(token), a.DB.ChangesOf(phoneTables())
	if d, known := a.senders.Get(hash, changes); known && a.NowMS() < d.ExpiresAt {
		return d, nil
	}
	d, err := a.GateDevice(ctx, token)
	if err == nil {
		a.senders.Keep(hash, changes, d)
	}
	return d, err
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
