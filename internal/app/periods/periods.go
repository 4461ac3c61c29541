// Package periods holds the use cases of what communes and branches report for parts of years:
// figures counted from the registers, reports handed in, accepted, given back and locked, and
// what they add up to.
//
// What an event's own result report says belongs to package reports.
package periods

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// Service runs the use cases. New makes one.
type Service struct {
	*core.Core
	Forms period.Forms
}

// New makes a Service on what all share, with the forms (package data).
func New(c *core.Core, forms period.Forms) *Service { return &Service{c, forms} }

// Unit is who reports: a commune, or a body.
type Unit struct {
	Key   string
	Name  string
	Ref   registry.AreaRef // of a commune; of a body where it works
	Body  registry.BodyID  // "" of a commune
	Phone string           // of a body
	scope registry.Scope
}

// reports are the kinds of body that report to the committee.
var reports = []committee.BodyKind{committee.StandingBody, committee.MemberBranch, committee.MemberOrg}

// units are all that report on a period in a province: its communes as they were on the last
// day, or the branches and organisations of the province that stood then.
func (a *Service) units(ctx context.Context, tx *store.Tx, form period.FormCode, p period.Period, province registry.AreaRef) (units []Unit, err error) {
	if form == period.CommuneForm {
		for _, c := range a.Areas.Communes(province) {
			if c.Ref.Edition == p.Edition() && (c.ValidTo == "" || p.LastDay() <= c.ValidTo) && c.ValidFrom <= p.LastDay() {
				units = append(units, a.commune(c.Ref, p))
			}
		}
		return units, nil
	}
	bodies, err := tx.Bodies(ctx, a.Areas.Scope(province))
	for _, b := range bodies {
		if a.reportsAs(b, p) && slices.Equal(a.Areas.Scope(b.Area), a.Areas.Scope(province)) && (b.Area.Edition == province.Edition && b.Area == province || b.Area.Edition != province.Edition) {
			units = append(units, a.ofBody(b))
		}
	}
	return units, err
}

// reportsAs reports whether a body hands in a report of branches for a period.
func (a *Service) reportsAs(b committee.Body, p period.Period) bool {
	return slices.Contains(reports, b.Kind) && b.StandsOn(p.LastDay()) && b.Area.IsProvince()
}

func (a *Service) commune(ref registry.AreaRef, p period.Period) Unit {
	unit, _ := a.Areas.At(ref, p.LastDay())
	return Unit{Key: ref.Code, Name: unit.FullName(), Ref: ref, scope: a.Areas.Scope(ref)}
}

func (a *Service) ofBody(b committee.Body) Unit {
	return Unit{Key: string(b.ID), Name: b.Name, Ref: b.Area, Body: b.ID, Phone: b.Phone, scope: a.Areas.Scope(b.Area)}
}

// unit finds who a key speaks of, with the province to which it reports; NotFound for nobody.
func (a *Service) unit(ctx context.Context, tx *store.Tx, k period.Key) (u Unit, province registry.AreaRef, err error) {
	if k.Form == period.CommuneForm {
		ref := registry.AreaRef{Edition: k.Period.Edition(), Code: k.Unit}
		above, ok := a.Areas.Province(ref)
		if unit, known := a.Areas.At(ref, k.Period.LastDay()); !ok || !known || unit.Name == "" || !ref.IsCommune() {
			return u, province, core.ErrHidden()
		}
		return a.commune(ref, k.Period), above.Ref, nil
	}
	b, err := tx.Body(ctx, registry.BodyID(k.Unit))
	if err == nil && !a.reportsAs(b, k.Period) {
		err = core.ErrHidden()
	}
	return a.ofBody(b), b.Area, err
}

// rights are what the actor may do with the report of a unit.
type rights struct {
	Reads   bool // whoever reads plans in the unit's area, or acts for the body
	Files   bool // whoever keeps the figures of the commune, or acts for the body or manages its plans
	Above   bool // the level above: whoever manages plans in the whole province
	Sales   bool // sees sums of sales however few vendors stand behind them
	Contact bool // sees the telephones of officers
}

func (a *Service) rightsTo(actor registry.Actor, u Unit, province registry.AreaRef, own []registry.BodyID) rights {
	above := a.Areas.Scope(province)
	acts := u.Body != "" && slices.Contains(own, u.Body)
	files := acts || u.Body != "" && actor.Can(registry.ManagePlan, u.scope)
	if u.Body == "" {
		files = actor.Can(registry.FileSales, u.scope)
	}
	return rights{Reads: acts || actor.Can(registry.ViewPlan, u.scope), Files: files, Above: actor.Can(registry.ManagePlan, above),
		Sales: actor.Can(registry.ViewSales, u.scope), Contact: actor.Can(registry.ViewPersonal, above)}
}

// seen is a report with what decides on it, as the actor may see it.
type seen struct {
	unit     Unit
	province registry.AreaRef
	rights
	gate       period.Gate
	exceptions []period.Exception // of the unit
}

// see reads a report with what the actor may do. NotFound for whoever may not read it, and for a
// period that the form does not have.
func (a *Service) see(ctx context.Context, tx *store.Tx, actor registry.Actor, k period.Key) (s seen, err error) {
	calendar, ok := a.Forms.Calendar(k.Form, k.Period)
	if !ok {
		return s, core.ErrHidden()
	}
	if s.unit, s.province, err = a.unit(ctx, tx, k); err != nil {
		return s, err
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.ViewTasks)
	if err != nil {
		return s, err
	}
	if s.rights = a.rightsTo(actor, s.unit, s.province, own); !s.Reads {
		return seen{}, core.ErrHidden()
	}
	s.gate = period.Gate{Calendar: calendar, Today: a.Today()}
	if s.gate.Report, err = stored.Report(ctx, tx, k); err != nil {
		return s, err
	}
	locks, err := stored.LocksOf(ctx, tx, k.Form, k.Period.Year)
	if err != nil {
		return s, err
	}
	s.gate.Lock = locks.Of(k.Period, s.province.Code)
	all, err := stored.Exceptions(ctx, tx, k.Form, k.Period)
	s.exceptions, s.gate.Exception = ofUnit(all, k.Unit, a.Today())
	return s, err
}

// ofUnit are the exceptions of a unit, and the one that is in force.
func ofUnit(all []period.Exception, unit, today string) (own []period.Exception, holds *period.Exception) {
	for _, e := range all {
		if e.Unit != unit {
			continue
		}
		if own = append(own, e); e.Holds(today) {
			holds = &e
		}
	}
	return own, holds
}

// then reports whether rows of a period are counted by units as they were.
func then(p period.Period) bool { return p.Edition() == registry.Edition2025Before }

func ask(k period.Key) stored.Ask {
	return stored.Ask{Form: k.Form, Period: k.Period, Then: k.Form == period.CommuneForm && then(k.Period)}
}

// counts says which figures of a form some register knows.
func counts(form period.FormCode) func(period.Code) bool {
	return func(c period.Code) bool { return stored.Counts(form, c) }
}

// counted counts the figures of a report from its rows.
func (a *Service) counted(ctx context.Context, tx *store.Tx, k period.Key, figures []period.Figure) (period.Values, []period.Line, error) {
	lines, err := stored.Lines(ctx, tx, ask(k), []string{k.Unit})
	if err != nil {
		return nil, nil, err
	}
	sellers, err := stored.Sellers(ctx, tx, ask(k))
	return period.Sum(figures, counts(k.Form), lines, sellers[k.Unit]), lines, err
}

// change is a line of the audit log about a report.
func change(action string, u Unit, p period.Period, facts ...fact.Fact) registry.Change {
	who := fact.Place("area", u.Ref)
	if u.Body != "" {
		who = fact.Ref("period.body", "body", u.Body)
	}
	return registry.Change{Action: action, Object: "period", Scope: u.scope, Detail: append(fact.Facts{who, fact.Number("period.year", p.Year),
		fact.Code("period.part", fact.YearPart, p.Part)}, facts...)}
}
