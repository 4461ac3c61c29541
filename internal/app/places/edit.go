package places

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// whole is everything that the form of a place holds, in its order. Who is in charge is
// compared, and never kept in the log.
func whole(p committee.Place) fact.Facts {
	return fact.Facts{fact.Said("place.name", p.Name), fact.Code("place.kind", fact.PlaceKind, p.Kind), fact.Place("place.area", p.Area),
		fact.Said("place.address", p.Address), fact.Said("place.organisation", p.Organisation), fact.Hidden("place.keeper", p.Keeper),
		fact.Hidden("place.phone", p.Phone), fact.Yes("place.agreed", p.Agreed), fact.List("place.group", fact.ProductGroup, p.Groups...),
		fact.Said("place.goods", p.Goods), fact.Said("place.hours", p.Hours), fact.Date("place.since_on", p.From),
		fact.Said("place.paper", p.Paper), fact.Ref("place.body", "body", p.Body), fact.Hidden("place.photo", string(p.Photo))}
}

func (a *Service) change(action string, p committee.Place, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "place", ID: string(p.ID), Scope: a.Areas.Scope(p.Area), Detail: fact.Facts(facts)}
}

// mayWrite refuses a unit in which the actor does not enter places, and a body that is
// not offered. The body that the place has already is not asked about again.
func (a *Service) mayWrite(ctx context.Context, tx *store.Tx, actor registry.Actor, was, p committee.Place) error {
	var faults registry.Faults
	faults.Check(keeps(actor, a.Areas.Scope(p.Area)), "area", "register.error.area_not_yours")
	if p.Body != "" && p.Body != was.Body {
		b, err := tx.Body(ctx, p.Body)
		if err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		faults.Check(err == nil && keeps(actor, a.Areas.Scope(b.Area)), "body", "register.error.body")
	}
	return faults.Err()
}

// preparePhoto makes a file of a photo that was sent; everybody may see it. The zero File
// without one.
func preparePhoto(ctx context.Context, raw []byte) (f registry.File, err error) {
	if len(raw) == 0 {
		return f, nil
	}
	f, err = core.PreparePhoto(ctx, "photo", raw)
	f.Public = true
	return f, err
}

// Create enters a place. The actor needs Communicate and ViewPlan in its commune. Invalid
// at a field.
func (a *Service) Create(ctx context.Context, actor registry.Actor, in Input) (p committee.Place, err error) {
	if !actor.CanSomewhere(registry.Communicate) || !actor.CanSomewhere(registry.ViewPlan) {
		return p, core.ErrHidden()
	}
	if err := a.fill(in, &p); err != nil {
		return p, err
	}
	photo, err := preparePhoto(ctx, in.Photo)
	if err != nil {
		return p, err
	}
	p.EnteredBy, p.EnteredAs = actor.Account, actor.Name
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		if err := a.mayWrite(ctx, tx, actor, committee.Place{}, p); err != nil {
			return none, err
		}
		if len(photo.Data) > 0 {
			if p.Photo, err = tx.InsertFile(ctx, photo); err != nil {
				return none, err
			}
		}
		if err := tx.InsertPlace(ctx, &p, a.Areas.Scope(p.Area)); err != nil {
			return none, err
		}
		return a.change("place.create", p, fact.Said("place.name", p.Name), fact.Code("place.kind", fact.PlaceKind, p.Kind),
			fact.Place("place.area", p.Area), fact.Date("place.since_on", p.From)), nil
	})
	return p, err
}

// Save corrects a place as it was read; a new photo takes the place of the old one, which
// is destroyed. NotFound for whoever may not change it; Invalid at a field; Conflict where
// a colleague was quicker.
func (a *Service) Save(ctx context.Context, actor registry.Actor, id registry.PlaceID, in Input) error {
	err := a.DB.Read(ctx, func(tx *store.Tx) error { // before work is done for whoever may not
		_, err := a.placeFor(ctx, tx, actor, id, true)
		return err
	})
	if err != nil {
		return err
	}
	photo, err := preparePhoto(ctx, in.Photo)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.placeFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		p := was
		p.Version = in.Version
		if err := a.fill(in, &p); err != nil {
			return none, err
		}
		if err := a.mayWrite(ctx, tx, actor, was, p); err != nil {
			return none, err
		}
		if err := savePhoto(ctx, tx, &p, photo, in.DropPhoto); err != nil {
			return none, err
		}
		if err := tx.SavePlace(ctx, &p, a.Areas.Scope(p.Area)); err != nil {
			return none, err
		}
		if was.Photo != "" && was.Photo != p.Photo {
			if err := tx.DeleteFile(ctx, was.Photo); err != nil {
				return none, err
			}
		}
		return a.change("place.save", p, fact.Differences(whole(was), whole(p))...), nil
	})
}

// savePhoto stores a new photo of a place, or lets go of the one it has.
func savePhoto(ctx context.Context, tx *store.Tx, p *committee.Place, photo registry.File, drop bool) (err error) {
	switch {
	case len(photo.Data) > 0:
		p.Photo, err = tx.InsertFile(ctx, photo)
	case drop:
		p.Photo = ""
	}
	return err
}

// EndInput is the form by which a place gives up.
type EndInput struct {
	Day     string `form:"ended_on"`
	Reason  string `form:"reason"`
	Version int64  `form:"version"`
}

// End says that a place gave up, with its last day and the reason: it stays in the list
// and counts for no day after. NotFound for whoever may not change it; Invalid at a field;
// Conflict where a colleague was quicker, or it has ended.
func (a *Service) End(ctx context.Context, actor registry.Actor, id registry.PlaceID, in EndInput) error {
	r := core.Input{Today: a.Today()}
	reason := r.Needed("reason", in.Reason, committee.MaxEndReason)
	if in.Day == "" {
		r.Faults.Add("ended_on", "error.required")
	}
	day := r.Date("ended_on", in.Day)
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		p, err := a.placeFor(ctx, tx, actor, id, true)
		switch {
		case err != nil:
			return none, err
		case p.Until != "" || p.Version != in.Version:
			return none, registry.E(registry.Conflict, "error.stale")
		}
		faults := append(registry.Faults{}, r.Faults...)
		faults.Check(day == "" || p.From <= day, "ended_on", "place.error.end_before", p.From)
		if err := faults.Err(); err != nil {
			return none, err
		}
		p.Until, p.EndReason = day, reason
		return a.change("place.end", p, fact.Date("place.ended_on", day), fact.Said("reason", reason)), tx.SavePlace(ctx, &p, a.Areas.Scope(p.Area))
	})
}

// Reopen takes back that a place gave up. NotFound for whoever may not change it; Conflict
// where a colleague was quicker, or it goes on.
func (a *Service) Reopen(ctx context.Context, actor registry.Actor, id registry.PlaceID, version int64) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		p, err := a.placeFor(ctx, tx, actor, id, true)
		switch {
		case err != nil:
			return none, err
		case p.Until == "" || p.Version != version:
			return none, registry.E(registry.Conflict, "error.stale")
		}
		was := p.Until
		p.Until, p.EndReason = "", ""
		return a.change("place.reopen", p, fact.Date("place.ended_on", was)), tx.SavePlace(ctx, &p, a.Areas.Scope(p.Area))
	})
}
