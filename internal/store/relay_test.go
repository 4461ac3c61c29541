package store_test

import (
	"errors"
	"maps"
	"slices"
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

// What mirror.go makes of the little that a relay is told: rows that can be read like
// any other, and the same rows when it is told again. A new column of an event, a
// gate, a vendor, a booth or a pass that fails here has no value for a relay yet.
func TestMirroredRowsAreWhole(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		event := registry.Event{ID: "e", Number: 1, Slug: "e", Kind: registry.Fair, Level: registry.CommuneLevel, State: registry.Running, Title: "Chợ",
			Area: testkit.BaBe, Legal: registry.LegalBasis{Registration: registry.RegistrationNotNeeded},
			Days: []registry.EventDay{{Day: "2026-12-17", OpensAt: 1, ClosesAt: 2}}}
		gate := registry.Gate{Event: "e", Number: 1, Name: "Cổng 1", Code: "111"}
		key := registry.PassKey{ID: 1, State: registry.KeyActive, Public: make([]byte, 32), CreatedAt: 1}
		booth := registry.RelayPass{BoothCode: "A05", VendorName: "Hộ Nông Thị Sỹ", Pass: registry.Pass{ID: "p", Event: "e", Code: "100000000001",
			Kind: registry.BoothPass, State: registry.PassValid, Booth: "b", Vendor: "v", Label: "A05", FirstDay: "2026-12-17", Days: 1, KeyID: 1}}
		visitor := registry.RelayPass{Pass: registry.Pass{ID: "q", Event: "e", Code: "100000000002", Kind: registry.VisitorPass,
			State: registry.PassRevoked, ReplacedBy: "r", Bearer: "p", FirstDay: "2026-12-17", Days: 1, KeyID: 1}}
		mirror := func(change int64, passes ...registry.RelayPass) {
			t.Helper()
			mustWrite(t, db, func(tx *store.Tx) error {
				scope := registry.Scope{event.Area.Code}
				return errors.Join(tx.MirrorEvent(t.Context(), &event, scope), tx.MirrorGate(t.Context(), gate),
					tx.MirrorPassKeys(t.Context(), []registry.PassKey{key}), tx.MirrorPasses(t.Context(), passes, change))
			})
		}
		mirror(1, booth, visitor)
		event.Title, gate.Name, booth.VendorName, booth.Label, booth.BoothCode = "Phiên chợ", "Cổng chính", "Hộ Sỹ", "B01", "B01"
		visitor.State, visitor.ReplacedBy = registry.PassValid, ""
		mirror(2, booth, visitor)
		mustRead(t, db, func(tx *store.Tx) error {
			e, err1 := tx.Event(t.Context(), "e")
			gates, err2 := tx.Gates(t.Context(), "e")
			v, err3 := tx.Vendor(t.Context(), "v")
			b, err4 := tx.Booth(t.Context(), "e", "b")
			p, err5 := tx.Pass(t.Context(), "p")
			q, err6 := tx.Pass(t.Context(), "q")
			if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
				return err
			}
			got := []string{e.Title, gates[0].Name, v.Name, b.Code, p.Label, string(p.Bearer), string(q.State), string(q.ReplacedBy), string(q.Bearer)}
			if want := []string{"Phiên chợ", "Cổng chính", "Hộ Sỹ", "B01", "B01", "p", "revoked", "r", "p"}; !slices.Equal(got, want) {
				t.Errorf("the relay holds %q, want %q", got, want)
			}
			return nil
		})
	})
}
