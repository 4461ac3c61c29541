// Package surveys holds the use cases of surveys: shares of people that somebody found by
// asking some of them, with method, sample and source, and what they may be compared with.
//
// What the program counts from its own rows belongs to the rooms of those rows: the two are
// never mixed.
package surveys

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Service runs the use cases of surveys. New makes one.
type Service struct{ *core.Core }

// New makes a Service on what all share.
func New(c *core.Core) *Service { return &Service{c} }

// keeps reports whether the actor enters surveys of an area.
func keeps(actor registry.Actor, scope registry.Scope) bool {
	return actor.Can(registry.Communicate, scope) && actor.Can(registry.ViewPlan, scope)
}

// sameUnit reports whether two units are the same of today's: a survey of an old province
// is one of what became of it only where nothing else did.
func (a *Service) sameUnit(x, y registry.AreaRef) bool {
	return x == y || x.Edition != y.Edition && slices.Equal(a.Areas.Scope(x), a.Areas.Scope(y)) && len(a.Areas.Predecessors(newer(x, y))) <= 1
}

// newer is the one of two units that is of today's edition.
func newer(x, y registry.AreaRef) registry.AreaRef {
	if x.Edition == registry.Edition2025 {
		return x
	}
	return y
}

// List returns the surveys of the areas whose plans the actor reads, those struck out too,
// the newest first, and whether the actor enters any. NotFound for whoever reads no plan.
func (a *Service) List(ctx context.Context, actor registry.Actor) (figures []committee.SurveyFigure, enters bool, err error) {
	codes, all := actor.Reach(registry.ViewPlan)
	switch {
	case all:
		codes = nil
	case len(codes) == 0:
		return nil, false, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Surveys(ctx, committee.SurveyFilter{Codes: codes})
		figures = committee.Figures(rows, rows, a.sameUnit)
		return err
	})
	return figures, actor.CanSomewhere(registry.Communicate), err
}

// Public returns the surveys that everybody may read, the newest first, compared with each
// other alone.
func (a *Service) Public(ctx context.Context) (figures []committee.SurveyFigure, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Surveys(ctx, committee.SurveyFilter{Public: true})
		figures = committee.Figures(rows, rows, a.sameUnit)
		return err
	})
	return figures, err
}

// OfPlan returns the surveys of the year and unit of a plan that were not struck out,
// compared with those of earlier years. NotFound without ViewPlan in the area of the plan.
func (a *Service) OfPlan(ctx context.Context, actor registry.Actor, p committee.Plan) (figures []committee.SurveyFigure, err error) {
	scope := a.Areas.Scope(p.Area)
	if !actor.Can(registry.ViewPlan, scope) {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f := committee.SurveyFilter{Codes: scope[:min(1, len(scope))], Stands: true}
		all, err := tx.Surveys(ctx, f)
		if err != nil {
			return err
		}
		var shown []committee.Survey
		for _, s := range all {
			if s.Year() == p.FirstDay()[:4] {
				shown = append(shown, s)
			}
		}
		figures = committee.Figures(shown, all, a.sameUnit)
		return nil
	})
	return figures, err
}

// File is a survey as its page shows it.
type File struct {
	committee.SurveyFigure
	Writes bool // the actor may change it
}

// surveyFor reads a survey for whoever reads plans in its area, or enters surveys there if
// that is asked; else it is NotFound.
func (a *Service) surveyFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.SurveyID, write bool) (committee.Survey, error) {
	s, err := tx.Survey(ctx, id)
	if err != nil {
		return s, err
	}
	scope := a.Areas.Scope(s.Area)
	if !actor.Can(registry.ViewPlan, scope) || write && !keeps(actor, scope) {
		return committee.Survey{}, core.ErrHidden()
	}
	return s, nil
}

// Survey returns a survey to whoever reads plans in its area, else NotFound.
func (a *Service) Survey(ctx context.Context, actor registry.Actor, id registry.SurveyID) (f File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := a.surveyFor(ctx, tx, actor, id, false)
		if err != nil {
			return err
		}
		codes, everywhere := actor.Reach(registry.ViewPlan)
		if everywhere {
			codes = nil
		}
		all, err := tx.Surveys(ctx, committee.SurveyFilter{Codes: codes, Stands: true})
		f = File{committee.Figures([]committee.Survey{s}, all, a.sameUnit)[0], keeps(actor, a.Areas.Scope(s.Area))}
		return err
	})
	return f, err
}
