package admission_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// TestPhoneShutOutSendsNothing: a phone that is remembered is refused from the
// moment it is shut out, and so is what it handed in just before.
func TestPhoneShutOutSendsNothing(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p := m.Phone(m.event.ID, registry.Steward, 1)
		for range 2 {
			if d, err := m.App.Admission.GateSender(t.Context(), p.Token); err != nil || d.ID != p.Device.ID {
				t.Fatalf("let in: %s, %v", d.ID, err)
			}
		}
		before := p.Scan(m.staff[0])
		m.send(t, p, before)
		if err := m.App.Admission.RevokeDevice(t.Context(), registry.SystemActor("t"), m.event.ID, p.Device.ID); err != nil {
			t.Fatal(err)
		}
		late := p.Scan(m.staff[1])
		_, found := m.App.Admission.GateSender(t.Context(), p.Token)
		_, sent := m.App.Admission.Scan(t.Context(), p.Device, p.Batch(late))
		_, counted := m.App.Admission.Count(t.Context(), p.Device, p.Presses(1))
		for what, err := range map[string]error{"found": found, "sent": sent, "counted": counted} {
			if registry.KindOf(err) != registry.Unauthenticated || !strings.Contains(err.Error(), "device_revoked") {
				t.Errorf("%s: %v", what, err)
			}
		}
		m.Read(func(tx *store.Tx) error {
			scans, err := tx.ScansByID(t.Context(), []registry.ScanID{before.ID, late.ID})
			if len(scans) != 1 || scans[0].ID != before.ID {
				t.Errorf("stored: %+v", scans)
			}
			return err
		})
	})
}
