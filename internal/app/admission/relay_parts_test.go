package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestARelaysPhonesKeepTheirOwnStartsAndClocks: one batch of two starts of a phone and of
// another phone with its clock off tells of each what was.
func TestARelaysPhonesKeepTheirOwnStartsAndClocks(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	one, two := o.relay.Phone(o.event.ID, registry.Steward, 1), o.relay.Phone(o.event.ID, registry.Steward, 2)
	first := one.Scan(o.guests[0])
	o.scan(t, o.relay, one, first)
	o.relay.Clock.Add(time.Minute)
	one.Start(0)
	second := one.Scan(o.guests[1])
	o.scan(t, o.relay, one, second)
	o.relay.Clock.Add(time.Minute)
	two.Start(-registry.HourMS)
	third := two.Scan(o.guests[2])
	o.scan(t, o.relay, two, third)
	o.relay.Clock.Add(time.Minute)
	o.sync(t)
	here, there := &market{Kit: o.relay}, &market{Kit: o.server}
	for _, sent := range []registry.ScanID{first.ID, second.ID, third.ID} {
		a, b := here.scans(t, sent)[0], there.scans(t, sent)[0]
		if a.Boot != b.Boot || a.Device != b.Device || a.CorrectedAt != b.CorrectedAt || a.At != b.At || b.RelayVerdict != a.Verdict {
			t.Errorf("here %+v, there %+v", a, b)
		}
	}
	t.Run("a phone's new name is news, its old one is none", func(t *testing.T) {
		if n := len(o.server.Audited("device.relayed")); n != 2 {
			t.Errorf("%d lines", n)
		}
		o.sync(t)
		batch, _, _, err := o.relay.App.Admission.RelayUnsent(t.Context())
		testkit.Works(t, err)
		batch.Phones[0].Name, batch.ReceivedAt = "Máy mới", o.server.App.NowMS()
		testkit.Works(t, testkit.Second(o.server.App.Admission.TakeRelay(t.Context(), o.device, batch)))
		if n := len(o.server.Audited("device.relayed")); n != 3 {
			t.Errorf("%d lines", n)
		}
	})
	t.Run("what waits counts what does not come with the batch", func(t *testing.T) {
		o.scan(t, o.relay, one, one.Scan(o.guests[3]))
		o.press(t, o.relay, one, 2)
		batch, _, _, err := o.relay.App.Admission.RelayUnsent(t.Context())
		testkit.Works(t, err)
		batch.Waiting, batch.ReceivedAt = batch.Waiting+4, o.server.App.NowMS()
		testkit.Works(t, testkit.Second(o.server.App.Admission.TakeRelay(t.Context(), o.device, batch)))
		relay, err := o.server.App.Admission.GateDevice(t.Context(), o.token(t))
		if err != nil || relay.Waiting != 4 {
			t.Errorf("%d wait, %v", relay.Waiting, err)
		}
	})
}

// token is the relay's at its server.
func (o *outpost) token(t *testing.T) string {
	t.Helper()
	token, err := o.relay.App.Admission.RelayToken(o.home(t))
	testkit.Works(t, err)
	return token
}
