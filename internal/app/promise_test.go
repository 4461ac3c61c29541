package app_test

import (
	"testing"

	"hoicho/internal/registry"
)

// A place that was promised cannot be taken away under who waits for it.
func TestPromisedPlaceStays(t *testing.T) {
	s := newStage(t)
	b := s.Booths(s.event.ID, "A", 4)
	s.applied(registry.AppApproved)
	s.applied(registry.AppOffered)
	works(t, s.App.BlockBooth(t.Context(), s.officer, s.ref(b[0])))
	remove := func(booths ...registry.Booth) error {
		var ids []registry.BoothID
		for _, b := range booths {
			ids = append(ids, b.ID)
		}
		return s.App.DeleteBooths(t.Context(), s.officer, s.event.ID, ids)
	}
	refused(t, "deleting two of three", remove(b[1], b[2]), registry.Conflict, "error.booth.promised")
	works(t, remove(b[1]))
	refused(t, "blocking", s.App.BlockBooth(t.Context(), s.officer, s.ref(b[2])), registry.Conflict, "error.booth.promised")
	refused(t, "deleting", remove(b[2]), registry.Conflict, "error.booth.promised")
	if got := s.booth(b[2].ID); got.State != registry.BoothFree {
		t.Errorf("the booth is %s", got.State)
	}
	works(t, remove(b[0])) // it was blocked, so nobody counts on it
}

// Of one who promises the last place and one who removes it, one comes too late.
func TestLastPlaceIsPromisedOrRemoved(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 1)
	s.applied(registry.AppApproved)
	for _, zone := range []string{"B", "C", "D", "E"} {
		b := s.Booths(s.event.ID, zone, 1)[0]
		p := s.applied(registry.AppSubmitted)
		d := s.now(p, 1, "")
		won := race(t, 2, func(i int) error {
			if i == 0 {
				return s.App.ApproveApplication(t.Context(), s.officer, p.id, d)
			}
			return s.App.DeleteBooths(t.Context(), s.officer, s.event.ID, []registry.BoothID{b.ID})
		}, registry.Conflict)
		if won != 1 {
			t.Errorf("%d of two had the last place", won)
		}
	}
}
