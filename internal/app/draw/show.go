package draw

import (
	"context"
	"strconv"

	"hoicho/internal/app/booths"
	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/draw"
)

// View is a draw as anybody may see it.
type View struct {
	Event   registry.Event
	Shown   *draw.Record  // nil where there was none yet
	Report  draw.Report   // of Shown
	Others  []draw.Record // of the same event, the latest first
	Changes Changes       // since the list of Shown was locked
}

// Public returns the draws of an event that the reader may see; n chooses one, 0 is the latest. It is NotFound for an
// event that the reader may not see, and for a number that no published draw has. Who prepared or ended a draw is not told.
func (a *Service) Public(ctx context.Context, actor registry.Actor, slug string, n int) (v View, err error) {
	if v.Event, err = a.Events.EventBySlug(ctx, actor, slug); err != nil {
		return v, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := stored.Of(ctx, tx, v.Event.ID)
		if err != nil {
			return err
		}
		for i := range all {
			r := public(all[i])
			switch {
			case !r.State.Public():
			case v.Shown == nil && (n == 0 || n == r.N):
				v.Shown = &r
			default:
				v.Others = append(v.Others, r)
			}
		}
		if v.Shown == nil {
			if n != 0 {
				return registry.E(registry.NotFound, "error.not_found")
			}
			return nil
		}
		v.Report = v.Shown.Log.Verify()
		v.Changes, err = changesSince(ctx, tx, v.Shown)
		return err
	})
	return v, err
}

// public leaves out of a draw what is not for anybody.
func public(r draw.Record) draw.Record {
	r.Sealed, r.PreparedBy, r.EndedBy = "", "", ""
	return r
}

// Count returns how many draws of an event are published.
func (a *Service) Count(ctx context.Context, event registry.EventID) (n int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := stored.Of(ctx, tx, event)
		for _, r := range all {
			if r.State.Public() {
				n++
			}
		}
		return err
	})
	return n, err
}

// File is the log of a published draw as anybody may download it. NotFound as Public.
func (a *Service) File(ctx context.Context, actor registry.Actor, slug string, n int) (registry.File, error) {
	v, err := a.Public(ctx, actor, slug, n)
	if err != nil {
		return registry.File{}, err
	}
	if v.Shown == nil {
		return registry.File{}, registry.E(registry.NotFound, "error.not_found")
	}
	return registry.File{Name: fileName(v.Event, v.Shown) + ".json", ContentType: "application/json", Data: []byte(v.Shown.Raw)}, nil
}

func fileName(e registry.Event, r *draw.Record) string {
	return "boc-tham-" + e.Slug + "-" + strconv.Itoa(r.N)
}

// drawn is what a result gives to whom.
func drawn(r *draw.Record) (list []booths.Drawn) {
	for _, g := range r.Log.Result {
		number, _ := strconv.ParseInt(numberOf(g.Entry), 10, 64)
		list = append(list, booths.Drawn{Number: number, Vendor: g.Name, Booth: g.Booth})
	}
	return list
}

// result reads a draw that has a result, for an officer with ManageBooths.
func (a *Service) result(ctx context.Context, actor registry.Actor, event registry.EventID, n int) (r draw.Record, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event); err != nil {
			return err
		}
		if r, err = stored.Numbered(ctx, tx, event, n); err == nil && r.State != draw.Revealed {
			return errStep()
		}
		return err
	})
	return r, err
}

// PreviewGiving says which booths the result of a draw would give now, and why others not.
func (a *Service) PreviewGiving(ctx context.Context, actor registry.Actor, event registry.EventID, n int) (booths.Placing, error) {
	r, err := a.result(ctx, actor, event, n)
	if err != nil {
		return booths.Placing{}, err
	}
	return a.Booths.PreviewDrawn(ctx, actor, event, drawn(&r))
}

// Give gives the booths as they were drawn, see booths.PlaceDrawn.
func (a *Service) Give(ctx context.Context, actor registry.Actor, event registry.EventID, n int, mark string) (int, error) {
	r, err := a.result(ctx, actor, event, n)
	if err != nil {
		return 0, err
	}
	return a.Booths.PlaceDrawn(ctx, actor, event, mark, drawn(&r))
}
