package inspections

import (
	"context"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// Register is the register of inspections as far as the actor reads it.
type Register struct {
	Rows     []inspection.Row
	N        int                             // rows in all
	Found    map[inspection.FindingState]int // findings of what was asked for
	Late     int                             // rows with something that should have been mended
	Twins    int                             // rows that wait for a person
	Missing  int                             // rows whose photos are missing
	Issuers  map[registry.BodyID]string      // names
	Events   map[registry.EventID]string     // titles of the events of the rows
	Enters   bool                            // the actor inspects somewhere, or acts for a body
	Inspects bool
}

// Register returns a page of the register. NotFound for whoever reads none of it.
func (a *Service) Register(ctx context.Context, actor registry.Actor, f inspection.Filter) (r Register, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &f); err != nil {
			return err
		}
		r = Register{Inspects: actor.CanSomewhere(registry.Inspect)}
		r.Enters = r.Inspects || len(f.Bodies) > 0
		if r.Rows, err = tx.Inspections(ctx, f); err != nil {
			return err
		}
		if r.Found, err = tx.CountFindings(ctx, f); err != nil {
			return err
		}
		for _, c := range []struct {
			n      *int
			narrow func(*inspection.Filter)
		}{
			{&r.N, func(*inspection.Filter) {}},
			{&r.Late, func(f *inspection.Filter) { f.Late, f.Year = a.Today(), 0 }},
			{&r.Twins, func(f *inspection.Filter) { f.Twins = true }},
			{&r.Missing, func(f *inspection.Filter) { f.Missing = true }},
		} {
			narrowed := f
			c.narrow(&narrowed)
			if *c.n, err = tx.CountInspections(ctx, narrowed); err != nil {
				return err
			}
		}
		return a.names(ctx, tx, &r)
	})
	return r, err
}

// names reads the titles of events and the names of issuers that the rows refer to.
func (a *Service) names(ctx context.Context, tx *store.Tx, r *Register) error {
	r.Issuers, r.Events = map[registry.BodyID]string{}, map[registry.EventID]string{}
	for _, row := range r.Rows {
		if id := row.Subject.Event; id != "" && r.Events[id] == "" {
			e, err := tx.Event(ctx, id)
			if r.Events[id] = e.Title; err != nil {
				return err
			}
		}
		if id := row.Issuer; id != "" && r.Issuers[id] == "" {
			b, err := tx.Body(ctx, id)
			if r.Issuers[id] = b.Name; err != nil {
				return err
			}
		}
	}
	return nil
}

// Count returns how many records of a filter the actor reads; 0 for whoever reads none.
func (a *Service) Count(ctx context.Context, actor registry.Actor, f inspection.Filter) (n int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		err := narrow(ctx, tx, actor, &f)
		if registry.KindOf(err) == registry.NotFound {
			return nil
		}
		if err == nil {
			n, err = tx.CountInspections(ctx, f)
		}
		return err
	})
	return n, err
}

// Waiting is what waits for whoever inspects.
type Waiting struct {
	Late, Twins, Missing int
}

// Waiting counts what waits in the areas where the actor inspects; nothing for everybody else.
func (a *Service) Waiting(ctx context.Context, actor registry.Actor) (w Waiting, err error) {
	codes, all := actor.Reach(registry.Inspect)
	if !all && len(codes) == 0 {
		return w, nil
	}
	if all {
		codes = nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		n, err := tx.CountEach(ctx, inspection.Filter{Codes: codes, Late: a.Today()}, inspection.Filter{Codes: codes, Twins: true},
			inspection.Filter{Codes: codes, Missing: true})
		if err == nil {
			w.Late, w.Twins, w.Missing = n[0], n[1], n[2]
		}
		return err
	})
	return w, err
}

// Table writes what a filter asks for as a file in a language, all rows of it. It names
// nobody who was there. NotFound for whoever reads none, and for another form.
func (a *Service) Table(ctx context.Context, actor registry.Actor, f inspection.Filter, form, lang string) (file report.ListFile, err error) {
	f.Skip, f.Limit = 0, 0
	var rows []inspection.Row
	var names Register
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &f); err != nil {
			return err
		}
		if rows, err = tx.Inspections(ctx, f); err != nil {
			return err
		}
		names.Rows = rows
		return a.names(ctx, tx, &names)
	})
	if err != nil {
		return file, err
	}
	listed := make([]report.InspectionRow, len(rows))
	for i, r := range rows {
		listed[i] = report.InspectionRow{Number: r.Number(), Day: r.On, Kind: string(r.Kind), Subject: string(r.Subject.Kind), Name: r.Subject.Name,
			Event: names.Events[r.Subject.Event], Issuer: names.Issuers[r.Issuer], Bad: int64(r.Bad), Findings: int64(r.Findings), Open: int64(r.Open),
			State: string(r.State), Joined: r.Lead != ""}
		if area, ok := a.Areas.At(r.Area, r.On); ok {
			listed[i].Area = area.FullName()
		}
	}
	return report.InspectionTable(lang, listed).List("kiem-tra", form,
		registry.Change{Action: "inspection.export", Object: "inspection", Scope: actor.Scope(registry.ViewTasks)})
}
