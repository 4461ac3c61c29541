package draw

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// changes are what has happened to applications since a list was locked. The draw is not touched by them.
type changes struct {
	Late []draw.Entry // owed a booth, not in the list
	Gone []draw.Entry // in the list, withdrawn, suspended or not approved any more
}

// changesSince compares a locked list with the applications of now.
func changesSince(ctx context.Context, tx *store.Tx, r *draw.Record) (c changes, err error) {
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: r.Event, States: []registry.ApplicationState{registry.AppApproved}})
	if err != nil {
		return c, err
	}
	list, stays := r.List(), map[string]bool{}
	for _, row := range rows {
		number := strconv.FormatInt(row.Number, 10)
		if stays[number] = !row.Blocked; !row.Blocked && row.Granted > 0 && row.DecidedAt >= r.LockedAt && !drawsIn(list, number) {
			c.Late = append(c.Late, draw.Entry{ID: number, Name: row.VendorName})
		}
	}
	for _, e := range list.Entries {
		if !stays[draw.ApplicationOf(e.ID)] {
			c.Gone = append(c.Gone, e)
		}
	}
	return c, nil
}

// freeze keeps with a draw that ends what has happened until then: minutes that are printed later say the same.
func freeze(ctx context.Context, tx *store.Tx, r *draw.Record) error {
	c, err := changesSince(ctx, tx, r)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(c)
	r.Changes = string(raw)
	return err
}

// hadResult reports whether a draw of an event had a result.
func hadResult(all []draw.Record) bool {
	return slices.ContainsFunc(all, func(r draw.Record) bool { return r.State == draw.Revealed })
}

// counting is the latest draw with a result, which is the one that counts; nil for none. The latest of all comes first.
func counting(all []draw.Record) *draw.Record {
	i := slices.IndexFunc(all, func(o draw.Record) bool { return o.State == draw.Revealed })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// replacedBy is the latest draw with a result after one, nil for none.
func replacedBy(all []draw.Record, r *draw.Record) *draw.Record {
	if c := counting(all); c != nil && c.N > r.N {
		return c
	}
	return nil
}

// notesOn are what has to be said of a draw beside its list, numbers and result; all are the draws of the event, the latest first.
func notesOn(ctx context.Context, tx *store.Tx, all []draw.Record, r *draw.Record) (list []draw.Note, err error) {
	add := func(key string, args ...any) { list = append(list, draw.Note{Key: key, Args: args}) }
	if later := replacedBy(all, r); later != nil && r.State == draw.Revealed {
		add("draw.note.replaced", later.N, later.Again)
	}
	earlier := earlierNotes(all, r)
	if len(earlier) > 0 {
		add("draw.note.earlier", len(earlier))
		list = append(list, earlier...)
	}
	if r.Again != "" {
		add("draw.note.again", r.Again)
	}
	if c := counting(all); c != nil && c.N < r.N && r.State != draw.Revealed {
		add("draw.note.counts", c.N)
	}
	if r.State == draw.Revealed {
		list = append(list, laterVoids(all, r)...)
	}
	if r.State == draw.Prepared {
		return list, nil
	}
	now, err := changesSince(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	then := now
	if r.State.Over() {
		then = changes{}
		if err := json.Unmarshal([]byte(r.Changes), &then); err != nil {
			return nil, err
		}
	}
	if len(then.Late) > 0 {
		add("draw.minutes.late", names(then.Late))
	}
	if len(then.Gone) > 0 {
		add("draw.minutes.gone", names(then.Gone))
	}
	after := slices.DeleteFunc(now.Gone, func(e draw.Entry) bool { return slices.Contains(then.Gone, e) })
	if len(after) > 0 && r.State == draw.Revealed {
		add("draw.note.left_since", names(after))
	}
	return list, nil
}

// earlierNotes say how each published draw before one has ended, the first of all first.
func earlierNotes(all []draw.Record, r *draw.Record) (list []draw.Note) {
	for _, o := range slices.Backward(all) {
		switch {
		case o.N >= r.N:
		case o.State == draw.Revealed:
			list = append(list, draw.Note{Key: "draw.note.had_result", Args: []any{o.N, core.ShowInstant(o.EndedAt)}})
		case o.State == draw.Void:
			list = append(list, draw.Note{Key: "draw.note.was_void", Args: []any{o.N, core.ShowInstant(o.EndedAt), o.Reason}})
		}
	}
	return list
}

// laterVoids say which draws after one were stopped.
func laterVoids(all []draw.Record, r *draw.Record) (list []draw.Note) {
	for _, o := range slices.Backward(all) {
		if o.N > r.N && o.State == draw.Void {
			list = append(list, draw.Note{Key: "draw.note.was_void", Args: []any{o.N, core.ShowInstant(o.EndedAt), o.Reason}})
		}
	}
	return list
}

// Moved is a booth that another vendor has now than the one that drew it.
type Moved struct {
	Booth, Drew string
	Has         string // "" for one that is suspended, which nobody is shown
}

// movedOf finds the booths of a result that have gone to others, but for those that a later result gave to whom has them now.
// all are the draws of the event.
func movedOf(ctx context.Context, tx *store.Tx, all []draw.Record, r *draw.Record) (list []Moved, err error) {
	booths, err := tx.Booths(ctx, r.Event)
	if err != nil {
		return nil, err
	}
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: r.Event})
	if err != nil {
		return nil, err
	}
	byID, has, later := map[registry.ApplicationID]registry.ApplicationRow{}, map[string]registry.ApplicationRow{}, map[[2]string]bool{}
	for _, x := range rows {
		byID[x.ID] = x
	}
	for _, b := range booths {
		if x, ok := byID[b.Application]; ok && b.State == registry.BoothAssigned {
			has[b.Code] = x
		}
	}
	for _, o := range all {
		for _, g := range o.Log.Result {
			later[[2]string{g.Booth, draw.ApplicationOf(g.Entry)}] = later[[2]string{g.Booth, draw.ApplicationOf(g.Entry)}] || o.State == draw.Revealed && o.N > r.N
		}
	}
	for _, g := range r.Log.Result {
		x, taken := has[g.Booth]
		number := strconv.FormatInt(x.Number, 10)
		if !taken || number == draw.ApplicationOf(g.Entry) || later[[2]string{g.Booth, number}] {
			continue
		}
		if x.Blocked {
			x.VendorName = ""
		}
		list = append(list, Moved{Booth: g.Booth, Drew: g.Name, Has: x.VendorName})
	}
	return list, nil
}
