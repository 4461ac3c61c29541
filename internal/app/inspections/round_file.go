package inspections

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// Goal is something that a round is to look at, and the record that did; nil none yet.
type Goal struct {
	Name   string
	Booth  registry.BoothID
	Body   registry.BodyID
	Record *inspection.Row
}

// RoundFile is a round as its page shows it.
type RoundFile struct {
	inspection.Round
	BodyName, EventTitle, TaskTitle string
	Goals                           []Goal // booths of its event, and the bodies that it names
	Done                            int    // of them
	Records                         []inspection.Row
	Writes                          bool
}

// Round returns a round with what is done and what is missing, to whoever may read it; else
// NotFound.
func (a *Service) Round(ctx context.Context, actor registry.Actor, id registry.RoundID) (f RoundFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Round, err = a.roundFor(ctx, tx, actor, id, false); err != nil {
			return err
		}
		f.Writes = actor.Can(registry.Inspect, a.Areas.Scope(f.Area))
		if f.Records, err = tx.Inspections(ctx, inspection.Filter{Round: id}); err != nil {
			return err
		}
		if err := a.nameRound(ctx, tx, &f); err != nil {
			return err
		}
		return a.goals(ctx, tx, &f)
	})
	return f, err
}

func (a *Service) nameRound(ctx context.Context, tx *store.Tx, f *RoundFile) error {
	if f.Body != "" {
		b, err := tx.Body(ctx, f.Body)
		if f.BodyName = b.Name; err != nil {
			return err
		}
	}
	if f.Event != "" {
		e, err := tx.Event(ctx, f.Event)
		if f.EventTitle = e.Title; err != nil {
			return err
		}
	}
	if f.Task != "" {
		t, err := tx.Task(ctx, f.Task)
		f.TaskTitle = t.Title
		return err
	}
	return nil
}

// goals lists what the round is to look at with the record that did.
func (a *Service) goals(ctx context.Context, tx *store.Tx, f *RoundFile) error {
	if f.Event != "" && f.Kind != inspection.Self {
		booths, err := a.stalls(ctx, tx, f.Event)
		if err != nil {
			return err
		}
		for _, b := range booths {
			f.Goals = append(f.Goals, Goal{Name: b.Code + " · " + b.Vendor.Name, Booth: b.ID})
		}
	}
	for _, id := range f.Bodies {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return err
		}
		f.Goals = append(f.Goals, Goal{Name: b.Name, Body: id})
	}
	for i := range f.Goals {
		g := &f.Goals[i]
		for n := range f.Records {
			s := f.Records[n].Subject
			if g.Booth != "" && s.Booth == g.Booth || g.Body != "" && s.Body == g.Body {
				g.Record = &f.Records[n]
			}
		}
		if g.Record != nil {
			f.Done++
		}
	}
	return nil
}

// Rounds lists the rounds of a filter that the actor reads. NotFound for whoever reads none.
func (a *Service) Rounds(ctx context.Context, actor registry.Actor, f inspection.RoundFilter) (rounds []inspection.Round, err error) {
	codes, all := actor.Reach(registry.ViewPlan)
	if !all && len(codes) == 0 {
		return nil, core.ErrHidden()
	}
	if f.Codes = codes; all {
		f.Codes = nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rounds, err = tx.Rounds(ctx, f)
		return err
	})
	return rounds, err
}

// RoundTable writes the rounds of a filter as a file in a language. NotFound for whoever reads
// none, and for another form.
func (a *Service) RoundTable(ctx context.Context, actor registry.Actor, f inspection.RoundFilter, form, lang string) (file report.ListFile, err error) {
	f.Skip, f.Limit = 0, 0
	rounds, err := a.Rounds(ctx, actor, f)
	if err != nil {
		return file, err
	}
	rows := make([]report.RoundRow, len(rounds))
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		for i, r := range rounds {
			whole, err := tx.Round(ctx, r.ID)
			if err != nil {
				return err
			}
			x := RoundFile{Round: whole}
			if err := a.nameRound(ctx, tx, &x); err != nil {
				return err
			}
			rows[i] = report.RoundRow{Number: r.Number, IssuedOn: r.IssuedOn, Title: r.Title, Kind: string(r.Kind), Body: x.BodyName, From: r.From, Until: r.Until,
				Event: x.EventTitle, Task: x.TaskTitle, Team: int64(len(x.Team)), Bodies: int64(len(x.Bodies))}
			if area, ok := a.Areas.At(r.Area, r.From); ok {
				rows[i].Area = area.FullName()
			}
		}
		return nil
	})
	if err != nil {
		return file, err
	}
	return report.RoundTable(lang, rows).List("dot-kiem-tra", form,
		registry.Change{Action: "round.export", Object: "round", Scope: actor.Scope(registry.ViewPlan)})
}
