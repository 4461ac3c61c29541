package booths_test

import (
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestABatchIsUndone: what can be taken back is counted with who is told, what cannot is named
// with why, and nobody takes back the batch of somebody else.
func TestABatchIsUndone(t *testing.T) {
	s, ctx := testkit.NewStage(t), t.Context()
	list := s.Booths(s.Fair.ID, "A", 4)
	one, two, given := waits(s), waits(s), waits(s)
	b := booths.Batch{To: registry.AppApproved}
	for _, p := range []testkit.Applicant{one, two, given} {
		b.Choices = append(b.Choices, booths.Choice{ID: p.ID, Version: s.StoredApplication(p.ID).Version})
	}
	done, err := s.App.Booths.DecideMany(ctx, s.Reviewer, b)
	if err != nil || done.Done != 3 {
		t.Fatalf("%+v (%v)", done, err)
	}
	s.Clock.Add(time.Minute)
	testkit.Works(t, s.App.Booths.AssignBooth(ctx, s.Reviewer, s.Ref(list[0]), given.ID))
	x, err := s.App.Booths.UndoEffect(ctx, s.Reviewer, done.Ref)
	if err != nil || x.Done != 2 || x.Booths != 2 || x.Told.Letters != 2 || len(x.Left) != 1 || x.Left[0].ID != given.ID {
		t.Fatalf("it would do %+v (%v)", x, err)
	}
	testkit.Refused(t, "with a booth", x.Left[0].Fault, registry.Conflict, "review.error.undo_moved")
	s.State(one, registry.AppApproved)
	other, _ := s.Officer(registry.Organiser, "19")
	if y, err := s.App.Booths.UndoEffect(ctx, other, done.Ref); err != nil || y.Done+len(y.Left) != 0 {
		t.Errorf("another officer finds %+v (%v)", y, err)
	}
	_, err = s.App.Booths.UndoEffect(ctx, one.Owner, done.Ref)
	testkit.Refused(t, "a vendor", err, registry.NotFound, "error.not_found")
	if y, err := s.App.Booths.UndoMany(ctx, other, x.Rows); err != nil || y.Done != 0 || len(y.Left) != 2 {
		t.Errorf("another officer did %+v (%v)", y, err)
	}
	undone, err := s.App.Booths.UndoMany(ctx, s.Reviewer, append(x.Rows, booths.Choice{ID: given.ID, Version: s.StoredApplication(given.ID).Version}))
	if err != nil || undone.Done != 2 || len(undone.Left) != 1 {
		t.Fatalf("it did %+v (%v)", undone, err)
	}
	s.State(one, registry.AppSubmitted)
	s.State(two, registry.AppSubmitted)
	s.State(given, registry.AppApproved)
	if lines := s.Audited("application.undo"); len(lines) != 2 {
		t.Errorf("%d lines of the log", len(lines))
	}
}

func TestABatchIsUndoneForTenMinutes(t *testing.T) {
	s := testkit.NewStage(t)
	p := waits(s)
	b := booths.Batch{To: registry.AppWaitlisted, Choices: []booths.Choice{{ID: p.ID, Version: s.StoredApplication(p.ID).Version}}}
	done, err := s.App.Booths.DecideMany(t.Context(), s.Reviewer, b)
	testkit.Works(t, err)
	s.Clock.Add(booths.UndoFor + time.Second)
	x, err := s.App.Booths.UndoEffect(t.Context(), s.Reviewer, done.Ref)
	if err != nil || x.Done != 0 || len(x.Left) != 1 {
		t.Fatalf("%+v (%v)", x, err)
	}
	testkit.Refused(t, "late", x.Left[0].Fault, registry.Conflict, "review.error.undo_late")
}
