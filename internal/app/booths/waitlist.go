package booths

import (
	"context"
	"time"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// offerPlaces offers places that went free at an event to those who wait, longest
// waiting first: each is offered what it asked for or what there is of it. Nothing
// is offered once the event has begun or while it is off.
func (a *Service) offerPlaces(ctx context.Context, tx *store.Tx, e registry.Event, freed int) error {
	return a.offerToOthers(ctx, tx, e, freed, "")
}

// offerToOthers offers places as offerPlaces does, but none to the application
// that has just given them back.
func (a *Service) offerToOthers(ctx context.Context, tx *store.Tx, e registry.Event, freed int, from registry.ApplicationID) error {
	if err := tx.LockPlaces(ctx, e.ID); err != nil {
		return err
	}
	until, err := a.offerEnd(ctx, tx, e)
	if err != nil || until == 0 {
		return err
	}
	places, err := tx.Places(ctx, e.ID)
	if err != nil {
		return err
	}
	for left := min(freed, places.Left()); left > 0; {
		next, err := tx.NextWaitlisted(ctx, e.ID, from)
		if registry.KindOf(err) == registry.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		next.Granted, next.OfferUntil = min(next.Booths, left), until
		if err := a.offer(ctx, tx, e, next); err != nil {
			return err
		}
		left -= next.Granted
	}
	return nil
}

func (a *Service) offer(ctx context.Context, tx *store.Tx, e registry.Event, app registry.Application) error {
	system := registry.SystemActor("waitlist")
	if err := a.step(ctx, tx, app, turn{actor: system, event: e, to: registry.AppOffered}); err != nil {
		return err
	}
	facts := fact.Facts{fact.Count("granted", app.Granted), fact.Instant("until", app.OfferUntil)}
	return tx.Audit(ctx, system, a.applicationChange("application.offered", app, e, facts...))
}

// offerEnd is the instant until which an offer made now stands, at the latest the
// beginning of the event; 0 if no offers are made.
func (a *Service) offerEnd(ctx context.Context, tx *store.Tx, e registry.Event) (int64, error) {
	switch e.State {
	case registry.Announced, registry.Open, registry.Closed, registry.Moved:
	default:
		return 0, nil
	}
	if tx.NowMS() >= e.BeginsAt {
		return 0, nil
	}
	set, err := a.SettingsIn(ctx, tx)
	return min(tx.Now().Add(time.Duration(set.OfferHours)*time.Hour).UnixMilli(), e.BeginsAt), err
}

// AcceptOffer takes the place that was offered to a waiting vendor. *LackingPapers
// while a paper that the law asks for is missing or lapses: the vendor adds it, or
// the office approves with a reason. It is a Conflict once the offer has run out.
func (a *Service) AcceptOffer(ctx context.Context, actor registry.Actor, id registry.ApplicationID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.lockOwn(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if app.State != registry.AppOffered || app.OfferUntil <= tx.NowMS() {
			return registry.Change{}, registry.E(registry.Conflict, "error.application.offer_over")
		}
		if err := givesBooths(e); err != nil {
			return registry.Change{}, err
		}
		lacking, err := FindLacking(ctx, tx, app, e)
		if err != nil {
			return registry.Change{}, err
		}
		if len(lacking) > 0 {
			return registry.Change{}, &LackingPapers{Findings: lacking, Offer: true}
		}
		t := turn{actor: actor, event: e, to: registry.AppApproved}
		return a.applicationChange("application.accept", app, e, fact.Count("granted", app.Granted)), a.step(ctx, tx, app, t)
	})
}

// ExpireOffers ends the offers that ran out without an answer and offers their
// places to the next. It returns how many offers ended; doing it again changes
// nothing.
func (a *Service) ExpireOffers(ctx context.Context) (n int, err error) {
	var over []registry.ApplicationID
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		over, err = tx.OffersOver(ctx)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, id := range over {
		lapsed, err := a.expireOffer(ctx, id)
		if err != nil {
			return n, err
		}
		if lapsed {
			n++
		}
	}
	return n, nil
}

func (a *Service) expireOffer(ctx context.Context, id registry.ApplicationID) (lapsed bool, err error) {
	system := registry.SystemActor("waitlist")
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		app, e, err := a.lockApplication(ctx, tx, id)
		if err != nil {
			return err
		}
		if lapsed = app.State == registry.AppOffered && app.OfferUntil <= tx.NowMS(); !lapsed {
			return nil // answered in the meantime
		}
		if err := a.leave(ctx, tx, app, turn{actor: system, event: e, to: registry.AppWithdrawn, notice: "lapsed"}); err != nil {
			return err
		}
		return tx.Audit(ctx, system, a.applicationChange("application.lapse", app, e))
	})
	return lapsed, err
}
