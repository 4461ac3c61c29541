package app_test

import (
	"slices"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// waiting makes a vendor that has waited since a minute of the day.
func (s *stage) waiting(minute int, options ...func(*registry.Application)) applicant {
	s.t.Helper()
	options = append(options, func(a *registry.Application) {
		a.WaitSince = testkit.Start.Add(time.Duration(minute) * time.Minute).UnixMilli()
	})
	return s.applied(registry.AppWaitlisted, options...)
}

func TestFreedPlaceGoesToWhoWaitsLongest(t *testing.T) {
	for what, free := range map[string]func(s *stage, p applicant, b []registry.Booth) error{
		"withdrawal": func(s *stage, p applicant, _ []registry.Booth) error {
			return s.App.WithdrawApplication(s.t.Context(), p.owner, p.id)
		},
		"decline": func(s *stage, p applicant, _ []registry.Booth) error {
			return s.App.DeclineApplication(s.t.Context(), s.officer, p.id, s.now(p, 0, "Hết hạn giấy tờ"))
		},
		"a booth added": func(s *stage, _ applicant, _ []registry.Booth) error {
			_, err := s.App.AddBooths(s.t.Context(), s.officer, s.event.ID, grid("B", 1, 1))
			return err
		},
		"an offer taken back": func(s *stage, _ applicant, b []registry.Booth) error {
			offered := s.applied(registry.AppOffered)
			works(s.t, s.App.UnblockBooth(s.t.Context(), s.officer, s.ref(b[1])))
			defer s.state(offered, registry.AppWaitlisted)
			return s.App.WaitlistApplication(s.t.Context(), s.officer, offered.id, s.now(offered, 0, ""))
		},
		"a booth unblocked": func(s *stage, _ applicant, b []registry.Booth) error {
			return s.App.UnblockBooth(s.t.Context(), s.officer, s.ref(b[1]))
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := newStage(t)
			b := s.Booths(s.event.ID, "A", 2)
			p := s.applied(registry.AppApproved)
			works(t, s.App.BlockBooth(t.Context(), s.officer, s.ref(b[1])))
			late, early := s.waiting(2), s.waiting(1)
			works(t, free(s, p, b))
			a := s.state(early, registry.AppOffered)
			s.state(late, registry.AppWaitlisted)
			if want := testkit.Start.Add(48 * time.Hour).UnixMilli(); a.OfferUntil != want || a.Granted != 1 {
				t.Errorf("offered %d booths until %d, want 1 until %d", a.Granted, a.OfferUntil, want)
			}
			if got := s.mail(early); !slices.Equal(got, []string{"application.mail.offered"}) {
				t.Errorf("who is offered a place was told %v", got)
			}
		})
	}
}

// Who is put back on the list does not get the same place again, though nobody
// else waits.
func TestOfferTakenBackStaysBack(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 2)
	p := s.applied(registry.AppOffered)
	works(t, s.App.WaitlistApplication(t.Context(), s.officer, p.id, s.now(p, 0, "Chờ xếp lại khu")))
	s.state(p, registry.AppWaitlisted)
}

func TestPlacesKeptBackAreNotOffered(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 9)
	first, second := s.waiting(1), s.waiting(2)
	p := s.applied(registry.AppApproved)
	works(t, s.App.WithdrawApplication(t.Context(), p.owner, p.id))
	s.state(first, registry.AppOffered)
	s.state(second, registry.AppWaitlisted)
	q := s.applied(registry.AppSubmitted)
	works(t, s.App.WithdrawApplication(t.Context(), q.owner, q.id))
	s.state(second, registry.AppWaitlisted)
}

func TestOfferIsAccepted(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 2)
	leaving := s.applied(registry.AppApproved, testkit.Wishing(2))
	p := s.waiting(1, testkit.Wishing(3))
	works(t, s.App.WithdrawApplication(t.Context(), leaving.owner, leaving.id))
	if a := s.state(p, registry.AppOffered); a.Granted != 2 {
		t.Errorf("offered %d of the 2 booths that went free", a.Granted)
	}
	won := race(t, 10, func(int) error { return s.App.AcceptOffer(t.Context(), p.owner, p.id) })
	if a := s.state(p, registry.AppApproved); won != 1 || a.Granted != 2 || a.OfferUntil != 0 {
		t.Errorf("accepted %d times as %+v", won, a)
	}
}

func TestOfferLapsesToTheNext(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 1)
	leaving := s.applied(registry.AppApproved)
	first, second := s.waiting(1), s.waiting(2)
	works(t, s.App.WithdrawApplication(t.Context(), leaving.owner, leaving.id))
	s.expire(0)
	s.Clock.Add(48 * time.Hour)
	refused(t, "an offer that ran out", s.App.AcceptOffer(t.Context(), first.owner, first.id), registry.Conflict, "error.application.offer_over")
	s.expire(1)
	s.expire(0)
	s.state(first, registry.AppWithdrawn)
	s.state(second, registry.AppOffered)
	if got := s.mail(first); !slices.Equal(got, []string{"application.mail.offered", "application.mail.lapsed"}) {
		t.Errorf("who did not answer was told %v", got)
	}
}

func (s *stage) expire(want int) {
	s.t.Helper()
	n, err := s.App.ExpireOffers(s.t.Context())
	if err != nil || n != want {
		s.t.Errorf("%d offers ended (%v), want %d", n, err, want)
	}
}

func TestParallelExpiryOffersOnce(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 1)
	leaving := s.applied(registry.AppApproved)
	list := []applicant{s.waiting(1), s.waiting(2), s.waiting(3)}
	works(t, s.App.WithdrawApplication(t.Context(), leaving.owner, leaving.id))
	s.Clock.Add(48 * time.Hour)
	race(t, 8, func(int) error { return second(s.App.ExpireOffers(t.Context())) })
	s.state(list[0], registry.AppWithdrawn)
	s.state(list[1], registry.AppOffered)
	s.state(list[2], registry.AppWaitlisted)
}

func TestAnsweringAndExpiringHaveOneWinner(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 1)
	leaving := s.applied(registry.AppApproved)
	p := s.waiting(1)
	works(t, s.App.WithdrawApplication(t.Context(), leaving.owner, leaving.id))
	won := race(t, 12, func(i int) error {
		if i%2 == 0 {
			return s.App.AcceptOffer(t.Context(), p.owner, p.id)
		}
		return s.App.WithdrawApplication(t.Context(), p.owner, p.id)
	})
	a := s.read(p.id)
	if a.State != registry.AppApproved && a.State != registry.AppWithdrawn || won > 2 {
		t.Errorf("%d answers were taken, it ends %s", won, a.State)
	}
	s.Read(func(tx *store.Tx) error {
		places, err := tx.Places(t.Context(), s.event.ID)
		if want := 0; a.State == registry.AppApproved && places.Left() != want || places.Left() < 0 {
			t.Errorf("%s leaves %d places", a.State, places.Left())
		}
		return err
	})
}

func TestOffersEndWhenTheEventBegins(t *testing.T) {
	s := newStage(t)
	s.Booths(s.event.ID, "A", 1)
	p := s.applied(registry.AppApproved)
	next := s.waiting(1)
	s.Clock.Set(time.UnixMilli(s.event.BeginsAt).Add(-time.Hour))
	works(t, s.App.WithdrawApplication(t.Context(), p.owner, p.id))
	if a := s.state(next, registry.AppOffered); a.OfferUntil != s.event.BeginsAt {
		t.Errorf("offered until %d, want the beginning %d", a.OfferUntil, s.event.BeginsAt)
	}
	s.Clock.Set(time.UnixMilli(s.event.BeginsAt))
	s.expire(1)
	last := s.waiting(2)
	works(t, s.App.DeclineApplication(t.Context(), s.officer, s.applied(registry.AppApproved).id, app.Decision{Version: 1, Reason: "Vắng"}))
	s.state(last, registry.AppWaitlisted)
}

func TestSettingsChangeTheTerms(t *testing.T) {
	s := newStage(t, selfPick)
	s.Write(func(tx *store.Tx) error {
		for key, v := range map[string]string{"offer.hours": "6", "booth.hold_minutes": "30", "review.overdue_days": "2"} {
			if err := tx.SaveSetting(t.Context(), key, v); err != nil {
				return err
			}
		}
		return nil
	})
	b := s.Booths(s.event.ID, "A", 2)
	p, next := s.applied(registry.AppApproved), s.waiting(1)
	until, err := s.App.HoldBooth(t.Context(), p.owner, p.id, b[0].ID)
	if want := testkit.Start.Add(30 * time.Minute).UnixMilli(); err != nil || until != want {
		t.Errorf("held until %d, want %d (%v)", until, want, err)
	}
	works(t, s.App.WithdrawApplication(t.Context(), p.owner, p.id))
	if a := s.state(next, registry.AppOffered); a.OfferUntil != testkit.Start.Add(6*time.Hour).UnixMilli() {
		t.Errorf("offered until %d", a.OfferUntil)
	}
	s.applied(registry.AppSubmitted)
	s.Clock.Add(49 * time.Hour)
	if q, err := s.App.ReviewQueue(t.Context(), s.officer, app.QueueFilter{}); err != nil || q.Overdue != 1 {
		t.Errorf("%d overdue (%v), want 1", q.Overdue, err)
	}
}
