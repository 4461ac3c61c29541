package stimulus

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Ref names an offer with the vendor and event under whose address it was asked for;
// without Offer it is a new one.
type Ref struct {
	Vendor registry.VendorID
	Event  registry.EventID
	Offer  registry.OfferID
}

// Sheet is an offer ready to be filled in.
type Sheet struct {
	Event    registry.Event
	Vendor   registry.Vendor
	Days     []string           // of the event on which the vendor comes
	Products []registry.Product // that it brings and may offer
	Barred   []registry.Product // that it brings and that are never promoted
	Row      stimulus.Row       // zero for a new one
	Own      bool               // the actor is one of the vendor's people
	Shut     string             // key of why nothing can be changed, "" where it can
}

// OfferInput is an offer as a form holds it. Field names of faults are its tags.
type OfferInput struct {
	Product   string `form:"product"`
	Before    string `form:"before"`
	Here      string `form:"here"`
	Unit      string `form:"unit"`
	From      string `form:"from"`
	To        string `form:"to"`
	Quantity  string `form:"quantity"`
	Condition string `form:"condition"`
	Basis     string `form:"basis"`
	Explained string `form:"explained"`
	Version   int64  `form:"version"`
}

// OfferInputOf is the form of a stored offer.
func OfferInputOf(o stimulus.Offer) OfferInput {
	in := OfferInput{Product: string(o.Product), Before: vn.Count(o.BeforeDong), Here: vn.Count(o.HereDong), Unit: o.Unit, From: o.From, To: o.To,
		Condition: o.Condition, Basis: string(o.Basis), Explained: o.Explained, Version: o.Version}
	if o.Quantity > 0 {
		in.Quantity = vn.Count(o.Quantity)
	}
	return in
}

// sheet reads what the form of an offer needs. The vendor's people may, and holders of
// ManageVendors in the event's area; for all others it is NotFound.
func (s *Service) sheet(ctx context.Context, tx *store.Tx, actor registry.Actor, ref Ref) (sh Sheet, err error) {
	if ref.Offer != "" {
		if sh.Row, err = tx.Offer(ctx, ref.Offer); err != nil {
			return sh, err
		}
		if ref.Event == "" {
			ref.Event = sh.Row.Event
		}
		if ref.Vendor == "" {
			ref.Vendor = sh.Row.Vendor
		}
		if sh.Row.Vendor != ref.Vendor || sh.Row.Event != ref.Event {
			return sh, core.ErrHidden()
		}
	}
	if sh.Event, err = tx.Event(ctx, ref.Event); err != nil {
		return sh, err
	}
	sh.Own = actor.Owns(ref.Vendor)
	if !sh.Own && !actor.Can(registry.ManageVendors, s.Areas.Scope(sh.Event.Area)) {
		return sh, core.ErrHidden()
	}
	if sh.Vendor, err = tx.Vendor(ctx, ref.Vendor); err != nil {
		return sh, err
	}
	app, err := tx.ApplicationOf(ctx, ref.Event, ref.Vendor)
	if err != nil && registry.KindOf(err) != registry.NotFound {
		return sh, err
	}
	if err != nil && ref.Offer == "" {
		return sh, core.ErrHidden() // it never asked to come
	}
	return sh, s.fillSheet(ctx, tx, &sh, app)
}

// fillSheet reads the goods that a vendor brings, and why nothing can be changed.
func (s *Service) fillSheet(ctx context.Context, tx *store.Tx, sh *Sheet, app registry.Application) (err error) {
	for _, day := range app.Days {
		if sh.Event.HasDay(day) {
			sh.Days = append(sh.Days, day)
		}
	}
	var brought []registry.Product
	if len(app.Products) > 0 {
		brought, err = tx.ProductsByID(ctx, app.Products)
	} else {
		brought, err = tx.VendorProducts(ctx, sh.Vendor.ID)
	}
	for _, p := range brought {
		switch {
		case p.Hidden || p.Evidence.Fallen():
		case !p.Group.Promotable():
			sh.Barred = append(sh.Barred, p)
		default:
			sh.Products = append(sh.Products, p)
		}
	}
	switch {
	case sh.Event.State.Stopped():
		sh.Shut = "offer.shut.stopped"
	case !stimulus.TakesOffers(sh.Event, s.Today()):
		sh.Shut = "offer.shut.over"
	case app.State != registry.AppApproved:
		sh.Shut = "offer.shut.not_approved"
	case sh.Vendor.State != registry.VendorActive:
		sh.Shut = "offer.shut.blocked"
	}
	return err
}

// OfferSheet returns an offer to be filled in, or read where nothing can be changed any
// more. The vendor's people may ask for it, and holders of ManageVendors in the event's
// area; for all others, and for a vendor that never applied, it is NotFound.
func (s *Service) OfferSheet(ctx context.Context, actor registry.Actor, ref Ref) (sh Sheet, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		sh, err = s.sheet(ctx, tx, actor, ref)
		return err
	})
	return sh, err
}

// read makes terms of what was filled in. The days are those of the vendor where none
// are named.
func (in OfferInput) read(r *core.Input, sh Sheet) (t stimulus.Terms) {
	t = stimulus.Terms{BeforeDong: price(r, "before", in.Before), HereDong: price(r, "here", in.Here), Unit: r.Line("unit", in.Unit, stimulus.MaxUnit),
		From: in.From, To: in.To, Quantity: int64(r.Count("quantity", in.Quantity)), Condition: r.Line("condition", in.Condition, stimulus.MaxCondition),
		Basis: registry.PromotionBasis(in.Basis), Explained: r.Line("explained", in.Explained, stimulus.MaxExplained)}
	r.Faults.Check(t.Quantity <= stimulus.MaxQuantity, "quantity", "error.number_too_big")
	if n := len(sh.Days); n > 0 {
		if t.From == "" {
			t.From = sh.Days[0]
		}
		if t.To == "" {
			t.To = sh.Days[n-1]
		}
	}
	return t
}

// price reads a price; none is a fault of its own.
func price(r *core.Input, field, text string) int64 {
	if text == "" {
		r.Faults.Add(field, "error.required")
		return 0
	}
	dong, err := vn.ParseDong(text)
	r.Note(field, err)
	return dong
}

// SubmitOffer hands in an offer, or one that was changed: it waits to be looked at, and
// until then the public sees nothing of it. The vendor's people may, and holders of
// ManageVendors in the event's area for what was told on paper. Invalid at a field with
// the paper that a rule stands in; Conflict where the event takes no offers, the vendor
// has no place, or somebody has changed the offer since it was read.
func (s *Service) SubmitOffer(ctx context.Context, actor registry.Actor, ref Ref, in OfferInput) (id registry.OfferID, err error) {
	err = s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		sh, err := s.sheet(ctx, tx, actor, ref)
		if err != nil {
			return registry.Change{}, err
		}
		was := sh.Row.Offer
		if sh.Shut != "" {
			return registry.Change{}, registry.E(registry.Conflict, sh.Shut)
		}
		if was.ID != "" && !was.State.CanBecome(stimulus.Submitted) {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		now, err := s.asked(ctx, tx, sh, in)
		if err != nil {
			return registry.Change{}, err
		}
		now.State, now.Reason, now.OnPaper = stimulus.Submitted, "", !sh.Own
		now.SubmittedBy, now.SubmittedAt, now.DecidedBy, now.DecidedAt = actor.Account, tx.NowMS(), "", 0
		action, facts := "offer.submit", terms(now)
		if was.ID == "" {
			err = tx.InsertOffer(ctx, &now)
		} else {
			now.Version = in.Version
			action, facts = "offer.edit", append(fact.Differences(terms(was), terms(now)), fact.Moved("state", fact.OfferState, was.State, now.State))
			err = tx.SaveOffer(ctx, &now)
		}
		id = now.ID
		return s.offerChange(action, sh.Event, now, facts), err
	})
	return id, err
}

// asked is the offer that a form asks for, with all that is wrong with it.
func (s *Service) asked(ctx context.Context, tx *store.Tx, sh Sheet, in OfferInput) (stimulus.Offer, error) {
	o := sh.Row.Offer
	o.Event, o.Vendor = sh.Event.ID, sh.Vendor.ID
	r := core.Input{Today: s.Today()}
	o.Terms = in.read(&r, sh)
	if o.ID == "" {
		o.Product = registry.ProductID(in.Product)
	}
	goods := slices.Concat(sh.Products, sh.Barred)
	i := slices.IndexFunc(goods, func(p registry.Product) bool { return p.ID == o.Product })
	if i < 0 {
		r.Faults.Add("product", "offer.error.not_brought")
		return o, r.Faults.Err()
	}
	for _, f := range o.Terms.Faults(goods[i].Group, sh.Days) {
		if !slices.ContainsFunc(r.Faults, func(known *registry.Error) bool { return known.Field == f.Field }) {
			r.Faults = append(r.Faults, f)
		}
	}
	if len(r.Faults) > 0 {
		return o, r.Faults.Err()
	}
	return o, s.checkOthers(ctx, tx, &o)
}

// checkOthers compares an offer with what is known of its product: other offers on the
// same days, and earlier prices.
func (s *Service) checkOthers(ctx context.Context, tx *store.Tx, o *stimulus.Offer) error {
	var f registry.Faults
	others, err := tx.Offers(ctx, stimulus.Filter{Event: o.Event, Product: o.Product})
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID != o.ID && other.State.Alive() && other.Overlaps(o.Terms) {
			f.Add("from", "offer.error.overlap", vn.ShowRange(other.From, other.To))
			break
		}
	}
	prices, err := tx.RegularPrices(ctx, o.Product)
	if err != nil {
		return err
	}
	earlier, found := o.Earlier(prices)
	if !found {
		o.Explained = "" // nothing was asked
	}
	if found && o.Explained == "" {
		rule, _ := registry.PromotionRuleOn(o.From)
		f.Add("explained", "offer.error.earlier", vn.Dong(earlier.Dong), earlier.Unit, vn.ShowDate(earlier.From), vn.Dong(o.BeforeDong), rule.Law)
	}
	return f.Err()
}

// terms are all that the form of an offer holds, in its order.
func terms(o stimulus.Offer) fact.Facts {
	return fact.Facts{fact.Amount("offer.before", o.BeforeDong), fact.Amount("offer.here", o.HereDong), fact.Said("offer.unit", o.Unit),
		fact.Date("offer.from", o.From), fact.Date("offer.to", o.To), fact.Some("offer.quantity", o.Quantity), fact.Said("offer.condition", o.Condition),
		fact.Code("offer.basis", fact.PromotionBasis, o.Basis), fact.Said("offer.explained", o.Explained), fact.Yes("on_paper", o.OnPaper)}
}

func (s *Service) offerChange(action string, e registry.Event, o stimulus.Offer, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "offer", ID: string(o.ID), Scope: s.Areas.Scope(e.Area),
		Detail: append(fact.Facts{fact.Ref("event", "event", e.ID), fact.Ref("vendor", "vendor", o.Vendor), fact.Ref("product", "product", o.Product)}, facts...)}
}

// WithdrawOffer takes an offer back; it can be handed in again. Rights are those of
// SubmitOffer; Conflict where it is withdrawn already or has changed since it was read.
func (s *Service) WithdrawOffer(ctx context.Context, actor registry.Actor, ref Ref, version int64) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		sh, err := s.sheet(ctx, tx, actor, ref)
		if err != nil {
			return registry.Change{}, err
		}
		o := sh.Row.Offer
		if o.ID == "" {
			return registry.Change{}, core.ErrHidden()
		}
		if !stimulus.TakesOffers(sh.Event, s.Today()) {
			return registry.Change{}, registry.E(registry.Conflict, "offer.shut.over")
		}
		if !o.State.CanBecome(stimulus.Withdrawn) {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		facts := fact.Facts{fact.Moved("state", fact.OfferState, o.State, stimulus.Withdrawn)}
		o.State, o.Version = stimulus.Withdrawn, version
		return s.offerChange("offer.withdraw", sh.Event, o, facts), tx.SaveOffer(ctx, &o)
	})
}
