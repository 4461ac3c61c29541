package booths_test

import (
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// waits makes an application that its vendor has sent, with that step in its story.
func waits(s *testkit.Stage, options ...func(*registry.Application)) testkit.Applicant {
	p := s.Applied(registry.AppSubmitted, options...)
	s.Write(func(tx *store.Tx) error {
		return tx.InsertApplicationNote(s.T.Context(), registry.ApplicationNote{Application: p.ID, State: registry.AppSubmitted})
	})
	s.Clock.Add(time.Minute)
	return p
}

func TestDecisionsAreUndone(t *testing.T) {
	for to, decide := range map[registry.ApplicationState]func(*testkit.Stage, testkit.Applicant) error{
		registry.AppApproved: func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, ""))
		},
		registry.AppNeedsInfo: func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Gửi ảnh nhãn"))
		},
		registry.AppWaitlisted: func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.WaitlistApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, ""))
		},
		registry.AppDeclined: func(s *testkit.Stage, p testkit.Applicant) error {
			return s.App.Booths.DeclineApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Nhầm"))
		},
	} {
		t.Run(string(to), func(t *testing.T) {
			s := testkit.NewStage(t)
			p := waits(s)
			before := s.StoredApplication(p.ID)
			testkit.Works(t, decide(s, p))
			d, err := s.App.Booths.Decided(t.Context(), s.Reviewer, p.ID)
			if err != nil || d.UndoUntil != s.App.NowMS()+booths.UndoFor.Milliseconds() || d.Effect.Letters != 1 {
				t.Errorf("told %+v (%v), want ten minutes and one letter", d, err)
			}
			s.Clock.Add(booths.UndoFor)
			testkit.Works(t, s.App.Booths.UndoDecision(t.Context(), s.Reviewer, p.ID, d.Version))
			a := s.State(p, registry.AppSubmitted)
			if a.SubmittedAt != before.SubmittedAt || a.Granted != 0 || a.DecidedAt != 0 || a.DecidedBy != "" || a.Reason != "" || a.WaitSince != 0 {
				t.Errorf("it waits again as %+v", a)
			}
			if keys := s.Mail(p); len(keys) != 2 || keys[1] != "application.mail.undone" {
				t.Errorf("the vendor was sent %v, want the decision and that it no longer holds", keys)
			}
			if len(s.Audited("application.undo")) != 1 {
				t.Error("no line in the audit log")
			}
		})
	}
}

func TestUndoGivesThePlaceBack(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 1)
	p := waits(s)
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")))
	testkit.Works(t, s.App.Booths.UndoDecision(t.Context(), s.Reviewer, p.ID, s.StoredApplication(p.ID).Version))
	other := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, other.ID, s.Now(other, 1, "")))
}

func TestUndoIsRefused(t *testing.T) {
	approved := func(t *testing.T) (*testkit.Stage, testkit.Applicant) {
		s := testkit.NewStage(t)
		p := waits(s)
		testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")))
		return s, p
	}
	undo := func(s *testkit.Stage, p testkit.Applicant, actor registry.Actor) error {
		return s.App.Booths.UndoDecision(s.T.Context(), actor, p.ID, s.StoredApplication(p.ID).Version)
	}
	t.Run("after ten minutes", func(t *testing.T) {
		s, p := approved(t)
		s.Clock.Add(booths.UndoFor + time.Second)
		testkit.Refused(t, "late", undo(s, p, s.Reviewer), registry.Conflict, "review.error.undo_late")
	})
	t.Run("to another officer", func(t *testing.T) {
		s, p := approved(t)
		other, _ := s.Officer(registry.Organiser, "19")
		testkit.Refused(t, "another", undo(s, p, other), registry.Conflict, "review.error.undo_other")
	})
	t.Run("without the right", func(t *testing.T) {
		s, p := approved(t)
		viewer, _ := s.Officer(registry.Viewer, "19")
		testkit.Refused(t, "a viewer", undo(s, p, viewer), registry.Forbidden, "error.forbidden")
		testkit.Refused(t, "the vendor", undo(s, p, p.Owner), registry.NotFound, "error.not_found")
	})
	t.Run("as it was shown before", func(t *testing.T) {
		s, p := approved(t)
		err := s.App.Booths.UndoDecision(t.Context(), s.Reviewer, p.ID, s.StoredApplication(p.ID).Version-1)
		testkit.Refused(t, "stale", err, registry.Conflict, "error.stale")
	})
	t.Run("once a booth is given", func(t *testing.T) {
		s, p := approved(t)
		b := s.Booths(s.Fair.ID, "A", 1)[0]
		testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(b), p.ID))
		testkit.Refused(t, "with a booth", undo(s, p, s.Reviewer), registry.Conflict, "review.error.undo_moved")
	})
	t.Run("once the vendor has gone on", func(t *testing.T) {
		s := testkit.NewStage(t)
		p := waits(s)
		testkit.Works(t, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Gửi ảnh nhãn")))
		s.Clock.Add(time.Minute)
		in := booths.ApplicationInput{Booths: 2, StaffN: 1, Version: s.StoredApplication(p.ID).Version}
		testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in))
		testkit.Refused(t, "changed", undo(s, p, s.Reviewer), registry.Conflict, "review.error.undo_moved")
	})
	t.Run("where the vendor was not waiting for the office", func(t *testing.T) {
		s, p := approved(t)
		s.Clock.Add(time.Minute)
		testkit.Works(t, s.App.Booths.DeclineApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Hàng giả nhãn")))
		testkit.Refused(t, "from approved", undo(s, p, s.Reviewer), registry.Conflict, "review.error.undo_moved")
		if d, err := s.App.Booths.Decided(t.Context(), s.Reviewer, p.ID); err != nil || d.UndoUntil != 0 {
			t.Errorf("offered until %d (%v)", d.UndoUntil, err)
		}
	})
}

func TestSpotInTheQueue(t *testing.T) {
	s := testkit.NewStage(t)
	var line []testkit.Applicant
	for range 3 {
		line = append(line, s.Applied(registry.AppSubmitted))
		s.Clock.Add(time.Minute)
	}
	s.Applied(registry.AppApproved)
	all := booths.Line{States: []registry.ApplicationState{registry.AppSubmitted}}
	spot := func(t *testing.T, p testkit.Applicant, l booths.Line) booths.Spot {
		got, err := s.App.Booths.Spot(t.Context(), s.Reviewer, l, s.StoredApplication(p.ID))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	t.Run("in the middle", func(t *testing.T) {
		got := spot(t, line[1], all)
		if got.Place != 2 || got.Of != 3 || got.Prev.ID != line[0].ID || got.Next.ID != line[2].ID || got.Next.Vendor != line[2].Vendor.Name {
			t.Errorf("stands %+v", got)
		}
	})
	t.Run("at the end the way leads to the head", func(t *testing.T) {
		if got := spot(t, line[2], all); got.Place != 3 || got.Next.ID != line[0].ID {
			t.Errorf("stands %+v", got)
		}
	})
	t.Run("of one event", func(t *testing.T) {
		other := s.Application(s.Event(), s.NewVendor().Vendor.ID)
		got, err := s.App.Booths.Spot(t.Context(), s.Reviewer, booths.Line{Event: other.Event, States: all.States}, other)
		if err != nil || got.Of != 1 || got.Place != 1 || got.Next != nil || got.Prev != nil {
			t.Errorf("stands %+v (%v)", got, err)
		}
	})
	t.Run("outside the area of the reader", func(t *testing.T) {
		elsewhere, _ := s.Officer(registry.Organiser, "01")
		got, err := s.App.Booths.Spot(t.Context(), elsewhere, all, s.StoredApplication(line[1].ID))
		if err != nil || got.Of != 0 || got.Next != nil {
			t.Errorf("an officer elsewhere sees %+v (%v)", got, err)
		}
		_, err = s.App.Booths.Spot(t.Context(), line[0].Owner, all, s.StoredApplication(line[1].ID))
		testkit.Refused(t, "a vendor", err, registry.NotFound, "error.not_found")
	})
	t.Run("once it is decided on", func(t *testing.T) {
		testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, line[0].ID, s.Now(line[0], 1, "")))
		if got := spot(t, line[0], booths.Line{Event: s.Fair.ID, States: all.States}); got.Place != 0 || got.Of != 2 || got.Next.ID != line[1].ID {
			t.Errorf("stands %+v", got)
		}
	})
}

func TestBatchEffectIsWhatABatchDoes(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 3)
	one, two := s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted, testkit.Wishing(2))
	wide, bare := s.Applied(registry.AppSubmitted), s.Apply(s.Newcomer(), registry.AppSubmitted)
	stale := s.Applied(registry.AppSubmitted)
	b := booths.Batch{To: registry.AppApproved, Choices: []booths.Choice{{ID: one.ID, Version: 1}, {ID: bare.ID, Version: 1}, {ID: two.ID, Version: 1},
		{ID: wide.ID, Version: 1}, {ID: stale.ID, Version: 7}}}
	x, err := s.App.Booths.BatchEffect(t.Context(), s.Reviewer, b)
	if err != nil || x.Done != 2 || x.Booths != 3 || x.Told.Letters != 2 || len(x.Fairs) != 1 || x.Fairs[0].Before != 3 || x.Fairs[0].Left != 0 {
		t.Fatalf("it would do %+v (%v)", x, err)
	}
	s.State(one, registry.AppSubmitted)
	done, err := s.App.Booths.DecideMany(t.Context(), s.Reviewer, b)
	if err != nil || done.Done != x.Done || len(done.Left) != len(x.Left) {
		t.Fatalf("it did %+v, told %+v (%v)", done, x.BatchDone, err)
	}
	for i := range done.Left {
		if done.Left[i].ID != x.Left[i].ID || done.Left[i].Fault.Error() != x.Left[i].Fault.Error() {
			t.Errorf("left %+v, told %+v", done.Left[i], x.Left[i])
		}
	}
}

func TestBatchAsksAndPutsOff(t *testing.T) {
	for _, to := range []registry.ApplicationState{registry.AppNeedsInfo, registry.AppWaitlisted} {
		s := testkit.NewStage(t)
		one, two := s.Applied(registry.AppSubmitted), s.Apply(s.Newcomer(), registry.AppSubmitted)
		b := booths.Batch{To: to, Reason: "Gửi ảnh nhãn", Choices: []booths.Choice{{ID: one.ID, Version: 1}, {ID: two.ID, Version: 1}}}
		if done, err := s.App.Booths.DecideMany(t.Context(), s.Reviewer, b); err != nil || done.Done != 2 {
			t.Fatalf("%s: %+v (%v)", to, done, err)
		}
		for _, p := range []testkit.Applicant{one, two} {
			if a := s.State(p, to); a.Reason != "Gửi ảnh nhãn" {
				t.Errorf("%s: told %q", to, a.Reason)
			}
		}
	}
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	choices := []booths.Choice{{ID: p.ID, Version: 1}}
	_, err := s.App.Booths.DecideMany(t.Context(), s.Reviewer, booths.Batch{To: registry.AppNeedsInfo, Choices: choices})
	testkit.Refused(t, "asking for nothing", err, registry.Invalid, "ask.error.nothing")
	_, err = s.App.Booths.DecideMany(t.Context(), s.Reviewer, booths.Batch{To: registry.AppDeclined, Choices: choices, Reason: "Không"})
	testkit.Refused(t, "declining many", err, registry.Invalid, "error.choose")
	viewer, _ := s.Officer(registry.Viewer, "19")
	done, err := s.App.Booths.DecideMany(t.Context(), viewer, booths.Batch{To: registry.AppWaitlisted, Choices: choices})
	if err != nil || done.Done != 0 || len(done.Left) != 1 {
		t.Errorf("a viewer did %+v (%v)", done, err)
	}
	s.State(p, registry.AppSubmitted)
}
