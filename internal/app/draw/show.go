package draw

import (
	"context"
	"slices"
	"strconv"

	"hoicho/internal/app/booths"
	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/draw"
)

// View is a draw as anybody may see it.
type View struct {
	Event  registry.Event
	Shown  *draw.Record  // nil where there was none yet
	Report draw.Report   // of Shown
	Others []draw.Record // of the same event, the latest first
	Notes  []draw.Note   // on Shown
	Moved  []Moved       // booths of Shown that others have now, though no later result gave them
	File   string        // name of its log
}

// Public returns the draws of an event that the reader may see; n chooses one; 0 is the one that is open, else the one whose result
// counts, else the latest. It is NotFound for an
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
		if n == 0 {
			n = first(all)
		}
		for i := range all {
			r := public(all[i])
			switch {
			case !r.State.Public():
			case n == r.N:
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
		v.File = fileName(v.Event, v.Shown.N) + ".json"
		if v.Notes, err = notesOn(ctx, tx, all, v.Shown); err == nil && v.Shown.State == draw.Revealed {
			v.Moved, err = movedOf(ctx, tx, all, v.Shown)
		}
		return err
	})
	return v, err
}

// first is the number of the draw that people see who ask for none, 0 where nobody may see one.
func first(all []draw.Record) int {
	published := slices.DeleteFunc(slices.Clone(all), func(r draw.Record) bool { return !r.State.Public() })
	switch {
	case len(published) == 0:
		return 0
	case published[0].State != draw.Locked && counting(published) != nil:
		return counting(published).N
	}
	return published[0].N
}

// List returns the published draws of an event that the reader may see, the latest first. NotFound as Public.
func (a *Service) List(ctx context.Context, actor registry.Actor, slug string) (list []draw.Record, err error) {
	e, err := a.Events.EventBySlug(ctx, actor, slug)
	if err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := stored.Of(ctx, tx, e.ID)
		list = nil
		for _, r := range all {
			if r.State.Public() {
				list = append(list, public(r))
			}
		}
		return err
	})
	return list, err
}

// public leaves out of a draw what is not for anybody.
func public(r draw.Record) draw.Record {
	r.Sealed, r.PreparedBy, r.EndedBy = "", "", ""
	return r
}

// Count returns how many draws of an event are published.
func (a *Service) Count(ctx context.Context, event registry.EventID) (n int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		n, err = stored.Published(ctx, tx, event)
		return err
	})
	return n, err
}

// File is the log of a published draw as anybody may download it, with a tag that another state of it has not. NotFound as Public.
func (a *Service) File(ctx context.Context, actor registry.Actor, slug string, n int) (f registry.File, tag string, err error) {
	e, err := a.Events.EventBySlug(ctx, actor, slug)
	if err != nil {
		return f, "", err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		log, err := stored.FileOf(ctx, tx, e.ID, n)
		f = registry.File{Name: fileName(e, n) + ".json", ContentType: "application/json", Data: []byte(log.Raw)}
		tag = strconv.Itoa(n) + "." + strconv.FormatInt(log.Version, 10)
		return err
	})
	return f, tag, err
}

func fileName(e registry.Event, n int) string { return "boc-tham-" + e.Slug + "-" + strconv.Itoa(n) }

// drawn is what a result gives to whom.
func drawn(r *draw.Record) (list []booths.Drawn) {
	for _, g := range r.Log.Result {
		number, _ := strconv.ParseInt(draw.ApplicationOf(g.Entry), 10, 64)
		list = append(list, booths.Drawn{Number: number, Vendor: g.Name, Booth: g.Booth})
	}
	return list
}

// result reads what a draw gives to whom. It is a Conflict for a draw without a result, and for one after which another had one.
func (a *Service) result(ctx context.Context, tx *store.Tx, event registry.EventID, n int) ([]booths.Drawn, error) {
	r, err := stored.Numbered(ctx, tx, event, n)
	if err != nil {
		return nil, err
	}
	if r.State != draw.Revealed {
		return nil, errStep()
	}
	all, err := stored.Of(ctx, tx, event)
	if err != nil {
		return nil, err
	}
	if later := replacedBy(all, &r); later != nil {
		return nil, registry.E(registry.Conflict, "draw.error.replaced", later.N)
	}
	return drawn(&r), nil
}

// PreviewGiving says which booths the result of a draw would give now, and why others not.
func (a *Service) PreviewGiving(ctx context.Context, actor registry.Actor, event registry.EventID, n int) (p booths.Placing, err error) {
	var list []booths.Drawn
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event); err != nil {
			return err
		}
		list, err = a.result(ctx, tx, event, n)
		return err
	})
	if err != nil {
		return p, err
	}
	return a.Booths.PreviewDrawn(ctx, actor, event, list)
}

// Give gives the booths as they were drawn, see booths.PlaceDrawn.
func (a *Service) Give(ctx context.Context, actor registry.Actor, event registry.EventID, n int, mark string) (int, error) {
	return a.Booths.PlaceDrawn(ctx, actor, event, mark, func(tx *store.Tx) ([]booths.Drawn, error) { return a.result(ctx, tx, event, n) })
}
