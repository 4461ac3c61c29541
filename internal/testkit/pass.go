package testkit

import (
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
)

// StallOf makes a running event with booth A05 given to a vendor that brings two
// products and a lorry, through the use case that issues passes.
func StallOf(t *testing.T) (k *Kit, event registry.Event, organiser registry.Actor, passes []registry.PassRow) {
	t.Helper()
	k = NewApp(t)
	event = k.Event(InState(registry.Running))
	organiser, _ = k.Officer(registry.Organiser, "19")
	vendor := k.Vendor()
	application := k.Application(event, vendor.ID, Standing(registry.AppApproved),
		Bringing(k.Product(vendor), k.Product(vendor)), func(a *registry.Application) {
			a.StaffN, a.Vehicles = 6, []string{"97C-123.45"}
		})
	booth := k.Booths(event.ID, "A", 5)[4]
	if err := k.App.Booths.AssignBooth(t.Context(), organiser, booths.BoothRef{Event: event.ID, Booth: booth.ID}, application.ID); err != nil {
		t.Fatal(err)
	}
	return k, event, organiser, AllPasses(t, k, organiser, event.ID)
}

// AllPasses lists every pass of an event.
func AllPasses(t *testing.T, k *Kit, actor registry.Actor, event registry.EventID) []registry.PassRow {
	t.Helper()
	_, rows, _, err := k.App.Passes.EventPasses(t.Context(), actor, registry.PassFilter{Event: event})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// CountKinds counts the passes in a state by kind.
func CountKinds(rows []registry.PassRow, state registry.PassState) map[registry.PassKind]int {
	n := map[registry.PassKind]int{}
	for _, r := range rows {
		if r.State == state {
			n[r.Kind]++
		}
	}
	return n
}
