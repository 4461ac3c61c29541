package planning

import (
	"context"
	"fmt"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/yearplan"
	"hoicho/internal/yearplan"
)

// Board is the year of a province as its officers plan it.
type Board struct {
	*yearplan.Year
	Province registry.Area
	Whole    bool                         // the actor sees the office of the whole province
	More     bool                         // the year has more events than were read
	Goals    map[registry.EventKind]int64 // of the plan in force; none where there is no plan
}

// yearMost bounds the events of a year that are read.
const yearMost = 6000

// Year returns the year of the province of the site, as far as the actor sees its office: the
// events of its areas over its communes, and what stands in their way. Invalid at "nam" for a year
// of which no dates are known; without a province of the site it is empty.
func (a *Service) Year(ctx context.Context, actor registry.Actor, number int) (b Board, err error) {
	if number < FirstYear || number > LastYear {
		return b, registry.Faults{registry.At("nam", "planning.error.year", fmt.Sprint(FirstYear), fmt.Sprint(LastYear))}
	}
	if b.Province, err = a.events.Province(ctx); err != nil {
		return b, err
	}
	codes, all := actor.Reach(registry.ViewOffice)
	b.Whole = actor.Can(registry.ViewOffice, a.Areas.Scope(b.Province.Ref))
	communes := slices.DeleteFunc(a.Areas.Communes(b.Province.Ref), func(x registry.Area) bool { return !actor.Can(registry.ViewOffice, a.Areas.Scope(x.Ref)) })
	f := registry.EventFilter{Area: b.Province.Ref.Code, Reach: codes, Limited: !all, From: fmt.Sprintf("%d-01-01", number), To: fmt.Sprintf("%d-12-31", number), Limit: yearMost}
	var sessions []*yearplan.Session
	var last map[string]string
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		list, more, err := tx.Events(ctx, f)
		if err != nil {
			return err
		}
		sessions, b.More = a.placed(list), more
		if b.Goals, err = a.goals(ctx, tx, b.Province.Ref, number); err != nil {
			return err
		}
		last, err = stored.LastHeld(ctx, tx, f.From)
		return err
	})
	if err != nil {
		return b, err
	}
	set, err := a.SiteSettings(ctx)
	b.Year = yearplan.Lay(number, communes, sessions, last)
	b.Find(yearplan.Judge{Today: a.Today(), Neighbours: a.neighbours, Rules: set.Filing})
	return b, err
}

// The years that are planned: those of which units and lunar days are known.
const (
	FirstYear = 2000
	LastYear  = 2100
)

// placed are events with the communes of today in which they lie.
func (a *Service) placed(list []registry.Event) (sessions []*yearplan.Session) {
	for _, e := range list {
		s := &yearplan.Session{Event: e}
		for _, code := range a.Areas.Scope(e.Area) {
			if (registry.AreaRef{Edition: registry.Edition2025, Code: code}).IsCommune() {
				s.Communes = append(s.Communes, code)
			}
		}
		sessions = append(sessions, s)
	}
	return sessions
}

// goals are how many events of a kind the plan in force asks for.
func (a *Service) goals(ctx context.Context, tx *store.Tx, province registry.AreaRef, year int) (map[registry.EventKind]int64, error) {
	plans, err := tx.Plans(ctx, a.Areas.Scope(province))
	if err != nil {
		return nil, err
	}
	listed, ok := committee.PlanOf(plans, province, year)
	if !ok {
		return nil, nil
	}
	plan, err := tx.Plan(ctx, listed.ID)
	return map[registry.EventKind]int64{registry.MarketSession: plan.Target(committee.Sessions).Goal, registry.Fair: plan.Target(committee.Fairs).Goal}, err
}
