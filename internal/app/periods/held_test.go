package periods_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestAReportAsksAboutScansThatPhonesHold: a phone that says it holds scans of a day of the period is
// asked about before the report is handed in, until it has sent them, is shut out, or somebody ticks
// that the figures go without them.
func TestAReportAsksAboutScansThatPhonesHold(t *testing.T) {
	o := newOffice(t)
	event := o.Event(testkit.InState(registry.Running), testkit.OnDays(o.App.Today(), 2))
	o.Gates(event.ID, 1)
	phone := o.Phone(event.ID, registry.Steward, 1)
	tells := func(phone *testkit.Phone, queue int) {
		t.Helper()
		o.Write(func(tx *store.Tx) error {
			return tx.SaveTelling(t.Context(), registry.DeviceTelling{Device: phone.Device.ID, App: "1", Queue: queue, Battery: registry.NoBattery, At: tx.NowMS()})
		})
	}
	held := func() []period.Held {
		t.Helper()
		f, err := o.App.Periods.Report(t.Context(), o.filer, o.key)
		testkit.Works(t, err)
		return f.Held
	}
	if got := held(); len(got) != 0 {
		t.Errorf("nobody has told anything: %v", got)
	}
	tells(phone, 12)
	if got := held(); !slices.Equal(got, []period.Held{{Event: event.ID, Title: event.Title, Phones: 1, Scans: 12}}) {
		t.Errorf("12 scans are held: %v", got)
	}
	if got := testkit.FieldsOf(o.App.Periods.Submit(t.Context(), o.filer, o.key, periods.Input{})); !slices.Equal(got, []string{"sure"}) {
		t.Errorf("handed in without a question: %v", got)
	}
	tells(phone, 0)
	if got := held(); len(got) != 0 {
		t.Errorf("all are sent: %v", got)
	}
	lost := o.Phone(event.ID, registry.Steward, 1)
	tells(lost, 5)
	if got := held(); len(got) != 1 || got[0].Scans != 5 {
		t.Errorf("another phone holds 5: %v", got)
	}
	testkit.Works(t, o.App.Admission.RevokeDevice(t.Context(), registry.SystemActor("test"), event.ID, lost.Device.ID))
	if got := held(); len(got) != 0 {
		t.Errorf("it is shut out, and what it held is wiped: %v", got)
	}
	tells(phone, 3)
	testkit.Works(t, o.submit(o.filer, 0))
	if f := o.file(); f.State != period.Submitted || len(f.Held) != 0 {
		t.Errorf("ticked and handed in: %v, %v", f.State, f.Held)
	}
}
