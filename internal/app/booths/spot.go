package booths

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Line is one of the reviewer's queues: the applications in some states, of one event
// or of every event that the actor reviews, longest waiting first.
type Line struct {
	Event  registry.EventID // "": of every event
	States []registry.ApplicationState
}

// Spot is where an application stands in a line.
type Spot struct {
	Place int        // from 1; 0 if it does not stand in it
	Of    int        // length of the line
	Prev  *Neighbour // nil at the head
	Next  *Neighbour // the one behind it; at the end the head of the line; nil if it has no other
}

// Neighbour is an application beside another in a line.
type Neighbour struct {
	ID     registry.ApplicationID
	Vendor string // name
}

// Spot tells where an application stands in a line, or would stand by the time at which
// it was sent. It is NotFound without the right to review.
func (a *Service) Spot(ctx context.Context, actor registry.Actor, line Line, app registry.Application) (s Spot, err error) {
	f, err := reviewFilter(actor, line)
	if err != nil {
		return s, err
	}
	cursor := store.ApplicationCursor(app)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if s.Of, err = tx.CountApplications(ctx, f); err != nil || s.Of == 0 {
			return err
		}
		before, after := f, f
		before.Before, before.Limit = cursor, 1
		after.After, after.Limit = cursor, 1
		if s.Prev, err = neighbour(ctx, tx, before, app.ID); err != nil {
			return err
		}
		if s.Next, err = neighbour(ctx, tx, after, app.ID); err != nil {
			return err
		}
		if s.Next == nil {
			if s.Next, err = neighbour(ctx, tx, limited(f, 1), app.ID); err != nil {
				return err
			}
		}
		if !line.holds(app) {
			return nil
		}
		n, err := tx.CountApplications(ctx, before)
		s.Place = n + 1
		return err
	})
	return s, err
}

func (l Line) holds(app registry.Application) bool {
	return slices.Contains(l.States, app.State) && (l.Event == "" || l.Event == app.Event)
}

// reviewFilter is what the actor may review of a line; NotFound if that is nothing.
func reviewFilter(actor registry.Actor, line Line) (registry.ApplicationFilter, error) {
	f := registry.ApplicationFilter{Event: line.Event, States: line.States, Office: true}
	if !actor.CanSomewhere(registry.ReviewApplications) {
		return f, registry.E(registry.NotFound, "error.not_found")
	}
	if codes, all := actor.Reach(registry.ReviewApplications); !all {
		f.Areas = append([]string{}, codes...)
	}
	return f, nil
}

func limited(f registry.ApplicationFilter, n int) registry.ApplicationFilter {
	f.Limit = n
	return f
}

// neighbour is the first application that a filter chooses, nil if that is none or the
// one that is stood at.
func neighbour(ctx context.Context, tx *store.Tx, f registry.ApplicationFilter, but registry.ApplicationID) (*Neighbour, error) {
	rows, err := tx.ApplicationRows(ctx, f)
	if err != nil || len(rows) == 0 || rows[0].ID == but {
		return nil, err
	}
	return &Neighbour{rows[0].ID, rows[0].VendorName}, nil
}
