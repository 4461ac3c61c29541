package admission

import (
	"bytes"
	"context"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// mayType is Limited when a batch holds typed codes that no pass of the event has,
// and the phone has sent too many of these. The phone keeps the scans and sends them
// later. Codes of the event's passes are never limited: the phone's own list has them
// all, so they tell it nothing.
func (a *Service) mayType(ctx context.Context, device registry.Device, batch gate.ScanBatch) error {
	var typed []string
	for i := range batch.Scans {
		if text := batch.Scans[i].Code; text != "" {
			code, _ := pass.ParseCode(text)
			typed = append(typed, code) // empty for what is no code
		}
	}
	if len(typed) == 0 {
		return nil
	}
	limited := a.gateLimits.typed.Owed(a.DB.Now(), string(device.ID))
	if limited == nil {
		return nil
	}
	slices.Sort(typed)
	typed = slices.Compact(typed)
	var known []string
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		known, err = tx.CodesOf(ctx, device.Event, typed)
		return err
	})
	if err == nil && len(known) < len(typed) {
		err = limited
	}
	return err
}

var verdictUnknown = []byte(`"verdict":"` + string(registry.VerdictUnknown) + `"`)

// noteTyped counts the typed codes of a batch that are of no pass.
func (a *Service) noteTyped(device registry.Device, batch gate.ScanBatch, answer GateAnswer) {
	n := 0
	for i, result := range answer.Results {
		if batch.Scans[i].Code != "" && bytes.Contains(result, verdictUnknown) {
			n++
		}
	}
	if n > 0 {
		a.gateLimits.typed.Charge(a.DB.Now(), string(device.ID), n)
	}
}
