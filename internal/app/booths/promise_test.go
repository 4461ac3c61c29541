package booths_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// A place that was promised cannot be taken away under who waits for it.
func TestPromisedPlaceStays(t *testing.T) {
	s := testkit.NewStage(t)
	b := s.Booths(s.Fair.ID, "A", 4)
	s.Applied(registry.AppApproved)
	s.Applied(registry.AppOffered)
	testkit.Works(t, s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(b[0])))
	remove := func(booths ...registry.Booth) error {
		var ids []registry.BoothID
		for _, b := range booths {
			ids = append(ids, b.ID)
		}
		return s.App.Booths.DeleteBooths(t.Context(), s.Reviewer, s.Fair.ID, ids)
	}
	testkit.Refused(t, "deleting two of three", remove(b[1], b[2]), registry.Conflict, "error.booth.promised")
	testkit.Works(t, remove(b[1]))
	testkit.Refused(t, "blocking", s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(b[2])), registry.Conflict, "error.booth.promised")
	testkit.Refused(t, "deleting", remove(b[2]), registry.Conflict, "error.booth.promised")
	if got := s.Booth(b[2].ID); got.State != registry.BoothFree {
		t.Errorf("the booth is %s", got.State)
	}
	testkit.Works(t, remove(b[0])) // it was blocked, so nobody counts on it
}

// Of one who promises the last place and one who removes it, one comes too late.
func TestLastPlaceIsPromisedOrRemoved(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 1)
	s.Applied(registry.AppApproved)
	for _, zone := range []string{"B", "C", "D", "E"} {
		b := s.Booths(s.Fair.ID, zone, 1)[0]
		p := s.Applied(registry.AppSubmitted)
		d := s.Now(p, 1, "")
		won := testkit.Race(t, 2, func(i int) error {
			if i == 0 {
				return s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, d)
			}
			return s.App.Booths.DeleteBooths(t.Context(), s.Reviewer, s.Fair.ID, []registry.BoothID{b.ID})
		}, registry.Conflict)
		if won != 1 {
			t.Errorf("%d of two had the last place", won)
		}
	}
}
