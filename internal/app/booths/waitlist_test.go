package booths_test

import (
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// waiting makes a vendor that has waited since a minute of the day.
func waiting(s *testkit.Stage, minute int, options ...func(*registry.Application)) testkit.Applicant {
	s.T.Helper()
	options = append(options, func(a *registry.Application) {
		a.WaitSince = testkit.Start.Add(time.Duration(minute) * time.Minute).UnixMilli()
	})
	return s.Applied(registry.AppWaitlisted, options...)
}

func TestFreedPlaceGoesToWhoWaitsLongest(t *testing.T) {
	for what, free := range map[string]func(s *testkit.Stage, p testkit.Applicant, b []registry.Booth) error{
		"withdrawal": func(s *testkit.Stage, p testkit.Applicant, _ []registry.Booth) error {
			return s.App.Booths.WithdrawApplication(s.T.Context(), p.Owner, p.ID)
		},
		"decline": func(s *testkit.Stage, p testkit.Applicant, _ []registry.Booth) error {
			return s.App.Booths.DeclineApplication(s.T.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Hết hạn giấy tờ"))
		},
		"a booth added": func(s *testkit.Stage, _ testkit.Applicant, _ []registry.Booth) error {
			_, err := s.App.Booths.AddBooths(s.T.Context(), s.Reviewer, s.Fair.ID, testkit.TypedGrid("B", 1, 1))
			return err
		},
		"an offer taken back": func(s *testkit.Stage, _ testkit.Applicant, b []registry.Booth) error {
			offered := s.Applied(registry.AppOffered)
			testkit.Works(s.T, s.App.Booths.UnblockBooth(s.T.Context(), s.Reviewer, s.Ref(b[1])))
			defer s.State(offered, registry.AppWaitlisted)
			return s.App.Booths.WaitlistApplication(s.T.Context(), s.Reviewer, offered.ID, s.Now(offered, 0, ""))
		},
		"a booth unblocked": func(s *testkit.Stage, _ testkit.Applicant, b []registry.Booth) error {
			return s.App.Booths.UnblockBooth(s.T.Context(), s.Reviewer, s.Ref(b[1]))
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := testkit.NewStage(t)
			b := s.Booths(s.Fair.ID, "A", 2)
			p := s.Applied(registry.AppApproved)
			testkit.Works(t, s.App.Booths.BlockBooth(t.Context(), s.Reviewer, s.Ref(b[1])))
			late, early := waiting(s, 2), waiting(s, 1)
			testkit.Works(t, free(s, p, b))
			a := s.State(early, registry.AppOffered)
			s.State(late, registry.AppWaitlisted)
			if want := testkit.Start.Add(48 * time.Hour).UnixMilli(); a.OfferUntil != want || a.Granted != 1 {
				t.Errorf("offered %d booths until %d, want 1 until %d", a.Granted, a.OfferUntil, want)
			}
			if got := s.Mail(early); !slices.Equal(got, []string{"application.mail.offered"}) {
				t.Errorf("who is offered a place was told %v", got)
			}
			if lines := s.Audited("application.offered"); len(lines) != 1 {
				t.Errorf("the log has %d offers", len(lines))
			}
		})
	}
}

// Who is put back on the list does not get the same place again, though nobody
// else waits.
func TestOfferTakenBackStaysBack(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 2)
	p := s.Applied(registry.AppOffered)
	testkit.Works(t, s.App.Booths.WaitlistApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 0, "Chờ xếp lại khu")))
	s.State(p, registry.AppWaitlisted)
}

func TestPlacesKeptBackAreNotOffered(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 9)
	first, second := waiting(s, 1), waiting(s, 2)
	p := s.Applied(registry.AppApproved)
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID))
	s.State(first, registry.AppOffered)
	s.State(second, registry.AppWaitlisted)
	q := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), q.Owner, q.ID))
	s.State(second, registry.AppWaitlisted)
}

func TestOfferIsAccepted(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 2)
	leaving := s.Applied(registry.AppApproved, testkit.Wishing(2))
	p := waiting(s, 1, testkit.Wishing(3))
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), leaving.Owner, leaving.ID))
	if a := s.State(p, registry.AppOffered); a.Granted != 2 {
		t.Errorf("offered %d of the 2 booths that went free", a.Granted)
	}
	won := testkit.Race(t, 10, func(int) error { return s.App.Booths.AcceptOffer(t.Context(), p.Owner, p.ID) })
	if a := s.State(p, registry.AppApproved); won != 1 || a.Granted != 2 || a.OfferUntil != 0 {
		t.Errorf("accepted %d times as %+v", won, a)
	}
}

func TestOfferLapsesToTheNext(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 1)
	leaving := s.Applied(registry.AppApproved)
	first, second := waiting(s, 1), waiting(s, 2)
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), leaving.Owner, leaving.ID))
	expire(s, 0)
	s.Clock.Add(48 * time.Hour)
	testkit.Refused(t, "an offer that ran out", s.App.Booths.AcceptOffer(t.Context(), first.Owner, first.ID), registry.Conflict, "error.application.offer_over")
	expire(s, 1)
	expire(s, 0)
	s.State(first, registry.AppWithdrawn)
	s.State(second, registry.AppOffered)
	if got := s.Mail(first); !slices.Equal(got, []string{"application.mail.offered", "application.mail.lapsed"}) {
		t.Errorf("who did not answer was told %v", got)
	}
}

func expire(s *testkit.Stage, want int) {
	s.T.Helper()
	n, err := s.App.Booths.ExpireOffers(s.T.Context())
	if err != nil || n != want {
		s.T.Errorf("%d offers ended (%v), want %d", n, err, want)
	}
}

func TestParallelExpiryOffersOnce(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 1)
	leaving := s.Applied(registry.AppApproved)
	list := []testkit.Applicant{waiting(s, 1), waiting(s, 2), waiting(s, 3)}
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), leaving.Owner, leaving.ID))
	s.Clock.Add(48 * time.Hour)
	testkit.Race(t, 8, func(int) error { return testkit.Second(s.App.Booths.ExpireOffers(t.Context())) })
	s.State(list[0], registry.AppWithdrawn)
	s.State(list[1], registry.AppOffered)
	s.State(list[2], registry.AppWaitlisted)
}

func TestAnsweringAndExpiringHaveOneWinner(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 1)
	leaving := s.Applied(registry.AppApproved)
	p := waiting(s, 1)
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), leaving.Owner, leaving.ID))
	won := testkit.Race(t, 12, func(i int) error {
		if i%2 == 0 {
			return s.App.Booths.AcceptOffer(t.Context(), p.Owner, p.ID)
		}
		return s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID)
	})
	a := s.StoredApplication(p.ID)
	if a.State != registry.AppApproved && a.State != registry.AppWithdrawn || won > 2 {
		t.Errorf("%d answers were taken, it ends %s", won, a.State)
	}
	s.Read(func(tx *store.Tx) error {
		places, err := tx.Places(t.Context(), s.Fair.ID)
		if want := 0; a.State == registry.AppApproved && places.Left() != want || places.Left() < 0 {
			t.Errorf("%s leaves %d places", a.State, places.Left())
		}
		return err
	})
}

func TestOffersEndWhenTheEventBegins(t *testing.T) {
	s := testkit.NewStage(t)
	s.Booths(s.Fair.ID, "A", 1)
	p := s.Applied(registry.AppApproved)
	next := waiting(s, 1)
	s.Clock.Set(time.UnixMilli(s.Fair.BeginsAt).Add(-time.Hour))
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID))
	if a := s.State(next, registry.AppOffered); a.OfferUntil != s.Fair.BeginsAt {
		t.Errorf("offered until %d, want the beginning %d", a.OfferUntil, s.Fair.BeginsAt)
	}
	s.Clock.Set(time.UnixMilli(s.Fair.BeginsAt))
	expire(s, 1)
	last := waiting(s, 2)
	testkit.Works(t, s.App.Booths.DeclineApplication(t.Context(), s.Reviewer, s.Applied(registry.AppApproved).ID, booths.Decision{Version: 1, Reason: "Vắng"}))
	s.State(last, registry.AppWaitlisted)
}

func TestSettingsChangeTheTerms(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	s.Write(func(tx *store.Tx) error {
		for key, v := range map[string]string{"offer.hours": "6", "booth.hold_minutes": "30", "review.overdue_days": "2"} {
			if err := tx.SaveSetting(t.Context(), key, v); err != nil {
				return err
			}
		}
		return nil
	})
	b := s.Booths(s.Fair.ID, "A", 2)
	p, next := s.Applied(registry.AppApproved), waiting(s, 1)
	until, err := s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b[0].ID)
	if want := testkit.Start.Add(30 * time.Minute).UnixMilli(); err != nil || until != want {
		t.Errorf("held until %d, want %d (%v)", until, want, err)
	}
	testkit.Works(t, s.App.Booths.WithdrawApplication(t.Context(), p.Owner, p.ID))
	if a := s.State(next, registry.AppOffered); a.OfferUntil != testkit.Start.Add(6*time.Hour).UnixMilli() {
		t.Errorf("offered until %d", a.OfferUntil)
	}
	s.Applied(registry.AppSubmitted)
	s.Clock.Add(49 * time.Hour)
	if q, err := s.App.Booths.ReviewQueue(t.Context(), s.Reviewer, booths.QueueFilter{}); err != nil || q.Overdue != 1 {
		t.Errorf("%d overdue (%v), want 1", q.Overdue, err)
	}
}
