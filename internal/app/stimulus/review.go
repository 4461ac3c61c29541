package stimulus

import (
	"context"
	"slices"
	"unicode/utf8"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// File is an offer as whoever decides on it reads it.
type File struct {
	stimulus.Row
	Whole    registry.Event
	Obstacle stimulus.Obstacle
	Earlier  *stimulus.RegularPrice // a regular price that stood lower shortly before; nil for none
	History  []registry.AuditEntry
	Reviews  bool // the actor may decide
	Types    bool // the actor may change it on the vendor's behalf
	Open     bool // the event takes decisions
	Next     registry.OfferID
}

// OfferFile returns an offer of an event for the office. It needs ViewOffice in the
// event's area, else it is NotFound.
func (s *Service) OfferFile(ctx context.Context, actor registry.Actor, event registry.EventID, id registry.OfferID) (f File, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Whole, f.Row, err = s.reviewed(ctx, tx, actor, registry.ViewOffice, Ref{Event: event, Offer: id}); err != nil {
			return err
		}
		scope := s.Areas.Scope(f.Whole.Area)
		f.Reviews = actor.Can(registry.ReviewApplications, scope) && !actor.Owns(f.Vendor)
		f.Types, f.Open = actor.Can(registry.ManageVendors, scope), stimulus.TakesOffers(f.Whole, s.Today())
		f.Obstacle = f.Row.Obstacle(s.Today())
		if f.Earlier, err = earlier(ctx, tx, f.Offer); err != nil {
			return err
		}
		if f.Next, err = nextWaiting(ctx, tx, actor, event, id); err != nil {
			return err
		}
		f.History, err = tx.AuditLines(ctx, store.AuditQuery{Object: "offer", ID: string(id), Limit: 50, Everywhere: true})
		return err
	})
	return f, err
}

// reviewed reads an offer of an event for a right in the event's area. An offer of
// another event is NotFound.
func (s *Service) reviewed(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, ref Ref) (e registry.Event, row stimulus.Row, err error) {
	if e, err = s.Events.EventFor(ctx, tx, actor, right, ref.Event); err != nil {
		return e, row, err
	}
	row, err = tx.Offer(ctx, ref.Offer)
	if err == nil && row.Event != ref.Event {
		err = core.ErrHidden()
	}
	return e, row, err
}

// earlier is the lower regular price that an offer has to explain.
func earlier(ctx context.Context, tx *store.Tx, o stimulus.Offer) (*stimulus.RegularPrice, error) {
	prices, err := tx.RegularPrices(ctx, o.Product)
	if err != nil {
		return nil, err
	}
	if p, found := o.Earlier(without(prices, o)); found {
		return &p, nil
	}
	return nil, nil
}

// without leaves out the price that the offer itself has put among the known ones.
func without(prices []stimulus.RegularPrice, o stimulus.Offer) []stimulus.RegularPrice {
	return slices.DeleteFunc(prices, func(p stimulus.RegularPrice) bool { return !p.Listed && p.Dong == o.BeforeDong && p.Unit == o.Unit })
}

// nextWaiting is the offer of an event that waits longest beside one, "" for none.
func nextWaiting(ctx context.Context, tx *store.Tx, actor registry.Actor, event registry.EventID, but registry.OfferID) (next registry.OfferID, err error) {
	rows, err := tx.Offers(ctx, stimulus.Filter{Event: event, States: []stimulus.State{stimulus.Submitted}})
	since := int64(0)
	for _, r := range rows {
		if r.ID != but && !actor.Owns(r.Vendor) && (next == "" || r.SubmittedAt < since) {
			next, since = r.ID, r.SubmittedAt
		}
	}
	return next, err
}

// Decision is what an officer decides on an offer. Field names of faults are its tags.
type Decision struct {
	Verdict string `form:"verdict"` // a stimulus.State: accepted or returned
	Reason  string `form:"reason"`  // of a return, told to the vendor
	Sure    bool   `form:"sure"`    // the earlier price was looked at
	Version int64  `form:"version"`
}

// Limits of the words of a return, in letters.
const (
	minReason = 10
	maxReason = 500
)

// DecideOffer accepts an offer, or returns it with words, and tells the vendor. It needs
// ReviewApplications in the event's area; a member of the vendor cannot judge its own
// offers. Invalid at a field: a return without words; goods whose origin nobody has
// looked at; a price before that stood lower shortly before, until the officer says that
// it was looked at. Conflict if the offer has changed since it was read, cannot take the
// step, or the event takes no offers any more.
func (s *Service) DecideOffer(ctx context.Context, actor registry.Actor, event registry.EventID, id registry.OfferID, in Decision) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, row, err := s.reviewed(ctx, tx, actor, registry.ReviewApplications, Ref{Event: event, Offer: id})
		if err != nil {
			return registry.Change{}, err
		}
		if actor.Owns(row.Vendor) {
			return registry.Change{}, registry.E(registry.Forbidden, "error.vendor.own")
		}
		if !stimulus.TakesOffers(e, s.Today()) {
			return registry.Change{}, registry.E(registry.Conflict, "offer.shut.over")
		}
		to := stimulus.State(in.Verdict)
		if err := s.judge(ctx, tx, row, to, in); err != nil {
			return registry.Change{}, err
		}
		o, was := row.Offer, row.State
		if o.State, o.Reason, o.Version = to, "", in.Version; to == stimulus.Returned {
			o.Reason = in.Reason
		}
		o.DecidedBy, o.DecidedAt = actor.Account, tx.NowMS()
		if err := tx.SaveOffer(ctx, &o); err != nil {
			return registry.Change{}, err
		}
		if err := notePrice(ctx, tx, o); err != nil {
			return registry.Change{}, err
		}
		facts := fact.Facts{fact.Moved("state", fact.OfferState, was, to), fact.Said("reason", o.Reason), fact.Yes("price_looked_at", in.Sure)}
		return s.offerChange("offer.decide", e, o, facts), s.tellDecision(ctx, tx, row, o)
	})
}

// judge says why an offer cannot be decided on so.
func (s *Service) judge(ctx context.Context, tx *store.Tx, row stimulus.Row, to stimulus.State, in Decision) error {
	r := core.Input{Today: s.Today()}
	if to != stimulus.Accepted && to != stimulus.Returned {
		return registry.At("verdict", "error.choose")
	}
	if !row.State.CanBecome(to) {
		return registry.E(registry.Conflict, "error.stale")
	}
	if to == stimulus.Returned {
		r.Text("reason", in.Reason, maxReason)
		r.Faults.Check(utf8.RuneCountInString(in.Reason) >= minReason, "reason", "offer.error.reason", minReason)
		return r.Faults.Err()
	}
	if o := row.Obstacle(s.Today()); o != "" {
		r.Faults.Add("verdict", "offer.obstacle."+string(o))
	}
	for _, f := range row.Terms.Faults(row.Goods.Group, row.Days) {
		r.Faults.Add("verdict", f.Key, f.Args...)
	}
	before, err := earlier(ctx, tx, row.Offer)
	if err != nil {
		return err
	}
	r.Faults.Check(before == nil || in.Sure, "sure", "offer.error.sure")
	return r.Faults.Err()
}

// notePrice keeps the price before of an offer that was accepted: a later one of the
// product is compared with it.
func notePrice(ctx context.Context, tx *store.Tx, o stimulus.Offer) error {
	if o.State != stimulus.Accepted {
		return nil
	}
	now := stimulus.RegularPrice{Dong: o.BeforeDong, Unit: o.Unit, From: min(vn.DateOf(tx.Now()), o.From), Until: o.To}
	known, err := tx.RegularPrices(ctx, o.Product)
	if err != nil || slices.Contains(known, now) {
		return err
	}
	return tx.AddRegularPrice(ctx, o.Product, now)
}

// tellDecision tells the vendor's people. Args of the message: product, event, price
// before, price at the event, unit, days, reason, address of the offer.
func (s *Service) tellDecision(ctx context.Context, tx *store.Tx, row stimulus.Row, o stimulus.Offer) error {
	reason := o.Reason
	if reason == "" {
		reason = "–"
	}
	return s.Tell(ctx, tx, core.News{Event: o.Event, Vendor: o.Vendor, Topic: "offer " + string(o.ID), Key: "offer.mail." + string(o.State),
		Args: []string{row.Goods.Name, row.EventTitle, vn.Dong(o.BeforeDong), vn.Dong(o.HereDong), o.Unit, vn.ShowRange(o.From, o.To), reason,
			s.BaseURL + "/gian-hang/" + string(o.Vendor) + "/uu-dai/" + string(o.ID)}})
}
