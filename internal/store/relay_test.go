package store_test

import (
	"maps"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// A scan that was amended while it waited is one that waits, whichever of its rows
// were handed on.
func TestAmendedScanWaitsOnce(t *testing.T) {
	for _, engine := range testkit.EngineNames() {
		k := testkit.NewAppOn(t, engine)
		event := k.Event(testkit.InState(registry.Running))
		k.Gates(event.ID, 1)
		a, b := k.Phone(event.ID, registry.Steward, 1).Device.ID, k.Phone(event.ID, registry.Steward, 1).Device.ID
		rows := []registry.RelayRow{
			{Kind: registry.RelayScan, Device: a, Seq: 1, Payload: "{}"},
			{Kind: registry.RelayCount, Device: a, Seq: 1, Payload: "{}"},
			{Kind: registry.RelayScan, Device: b, Seq: 1, Payload: "{}"},
			{Kind: registry.RelayScan, Device: a, Seq: 1, Amends: true, Payload: "{}"},
		}
		k.Write(func(tx *store.Tx) error {
			if err := tx.AppendRelayLog(t.Context(), rows); err != nil {
				return err
			}
			for after, want := range []map[registry.DeviceID]int{{a: 2, b: 1}, {a: 2, b: 1}, {a: 1, b: 1}, {a: 1}, {}} {
				if got, err := tx.WaitingRelayRows(t.Context(), int64(after)); err != nil || !maps.Equal(got, want) {
					t.Errorf("after %d: %v wait, want %v (%v)", after, got, want, err)
				}
			}
			return nil
		})
	}
}
