package store

import (
	"context"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const planColumns = `p.id, p.year, p.area_edition, p.area_code, p.number, p.issued_on, p.issuer_id, COALESCE(p.standing_id, ''),
	p.title, p.objectives, COALESCE(p.parent_id, ''), p.state, p.cloned_from, p.version`

func scanPlan(row scanner) (p committee.Plan, err error) {
	err = row.Scan(&p.ID, &p.Year, &p.Area.Edition, &p.Area.Code, &p.Number, &p.IssuedOn, &p.Issuer, &p.Standing,
		&p.Title, &p.Objectives, &p.Parent, &p.State, &p.ClonedFrom, &p.Version)
	return p, err
}

// errPlanTwice is what a second plan of the same body and year is told.
func errPlanTwice() error { return registry.E(registry.Conflict, "plan.error.twice") }

// InsertPlan stores a new plan with its papers and targets, found under the units of
// its scope. It is a Conflict if its issuer has one of that year.
func (tx *Tx) InsertPlan(ctx context.Context, p *committee.Plan, scope registry.Scope, by registry.AccountID) error {
	if p.ID == "" {
		p.ID = NewID[registry.PlanID]()
	}
	p.Version = 1
	err := tx.must(ctx, errPlanTwice(), `
		INSERT INTO plans (id, year, area_edition, area_code, number, issued_on, issuer_id, standing_id, title, objectives,
			parent_id, state, cloned_from, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
		ON CONFLICT (year, issuer_id) DO NOTHING`,
		string(p.ID), p.Year, string(p.Area.Edition), p.Area.Code, p.Number, p.IssuedOn, string(p.Issuer), null(p.Standing),
		p.Title, p.Objectives, null(p.Parent), string(p.State), string(p.ClonedFrom), string(by), tx.NowMS())
	if err != nil {
		return err
	}
	return tx.savePlanParts(ctx, p, scope)
}

// SavePlan stores a plan that was read, with its papers and targets. It is a Conflict if
// it has changed since, or its issuer has another one of that year.
func (tx *Tx) SavePlan(ctx context.Context, p *committee.Plan, scope registry.Scope) error {
	n, err := tx.count(ctx, `SELECT COUNT(*) FROM plans WHERE year = $1 AND issuer_id = $2 AND id <> $3`, p.Year, string(p.Issuer), string(p.ID))
	if err != nil {
		return err
	}
	if n > 0 {
		return errPlanTwice()
	}
	err = tx.must(ctx, errStale(), `
		UPDATE plans
		SET year = $3, area_edition = $4, area_code = $5, number = $6, issued_on = $7, issuer_id = $8, standing_id = $9,
			title = $10, objectives = $11, parent_id = $12, state = $13, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(p.ID), p.Version, p.Year, string(p.Area.Edition), p.Area.Code, p.Number, p.IssuedOn, string(p.Issuer),
		null(p.Standing), p.Title, p.Objectives, null(p.Parent), string(p.State))
	if err != nil {
		return err
	}
	p.Version++
	return tx.savePlanParts(ctx, p, scope)
}

func (tx *Tx) savePlanParts(ctx context.Context, p *committee.Plan, scope registry.Scope) error {
	if err := tx.saveCodes(ctx, "plan_areas", "plan_id", string(p.ID), scope); err != nil {
		return err
	}
	if err := tx.savePapers(ctx, p); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM plan_targets WHERE plan_id = $1`, string(p.ID)); err != nil {
		return err
	}
	var args []any
	for _, t := range p.Targets {
		args = append(args, string(p.ID), string(t.Strand), t.Measure, t.Goal)
	}
	return tx.insertRows(ctx, `INSERT INTO plan_targets (plan_id, strand, measure, goal) VALUES `, 4, args)
}

// savePapers replaces the papers that a plan rests on.
func (tx *Tx) savePapers(ctx context.Context, plan *committee.Plan) error {
	if _, err := tx.exec(ctx, `DELETE FROM plan_papers WHERE plan_id = $1`, string(plan.ID)); err != nil {
		return err
	}
	var args []any
	for i, p := range plan.Papers {
		args = append(args, string(plan.ID), i+1, p.Number, p.IssuedOn, p.Issuer, p.Title)
	}
	return tx.insertRows(ctx, `INSERT INTO plan_papers (plan_id, position, number, issued_on, issuer, title) VALUES `, 6, args)
}

// Plan returns a plan with its papers and targets, or NotFound.
func (tx *Tx) Plan(ctx context.Context, id registry.PlanID) (p committee.Plan, err error) {
	if p, err = one(ctx, tx, scanPlan, `SELECT `+planColumns+` FROM plans p WHERE p.id = $1`, string(id)); err != nil {
		return p, err
	}
	return p, tx.fillPlan(ctx, &p)
}

// fillPlan reads the papers and the targets of a plan at once.
func (tx *Tx) fillPlan(ctx context.Context, p *committee.Plan) error {
	return each(ctx, tx, func(row scanner) error {
		var position int
		var paper committee.Paper
		var t committee.Target
		err := row.Scan(&position, &paper.Number, &paper.IssuedOn, &paper.Issuer, &paper.Title, &t.Strand, &t.Measure, &t.Goal)
		if t.Strand != "" {
			p.Targets = append(p.Targets, t)
		} else {
			p.Papers = append(p.Papers, paper)
		}
		return err
	}, `
		SELECT position, number, issued_on, issuer, title, '', '', 0 FROM plan_papers WHERE plan_id = $1
		UNION ALL
		SELECT 0, '', '', '', '', strand, measure, goal FROM plan_targets WHERE plan_id = $1
		ORDER BY 1, 6`, string(p.ID))
}

// Plans returns plans without papers and targets that are found under one of today's
// units, all for nil: the newest year first, in it those of provinces before those of
// communes.
func (tx *Tx) Plans(ctx context.Context, codes []string) ([]committee.Plan, error) {
	w := &where{}
	if codes != nil {
		under(w, "plan_areas", "plan_id = p.id", codes)
	}
	return collect(ctx, tx, scanPlan, `
		SELECT `+planColumns+` FROM plans p`+w.String()+`
		ORDER BY p.year DESC, LENGTH(p.area_code), p.area_code, p.id`, w.args...)
}

// PlanScope returns the codes of today's units under which a plan is found.
func (tx *Tx) PlanScope(ctx context.Context, id registry.PlanID) (registry.Scope, error) {
	return collect(ctx, tx, column[string], `SELECT code FROM plan_areas WHERE plan_id = $1 ORDER BY code`, string(id))
}

// planEvents keeps the events of a kind under one of today's units that open in a year
// and took place, or have a day and still can.
func planEvents(kind registry.EventKind, codes []string, year string) *where {
	w := &where{}
	w.add("e.kind = ?", string(kind))
	w.add("e.opens_on >= ?", year+"-01-01")
	w.add("e.opens_on <= ?", year+"-12-31")
	in(w, "e.state", slices.Concat(committee.DoneEvents, committee.ScheduledEvents))
	inAreas(w, codes)
	return w
}

// PlanEvents returns the events that count for a year of a unit, the first one first.
func (tx *Tx) PlanEvents(ctx context.Context, kind registry.EventKind, codes []string, year string) ([]registry.Event, error) {
	w := planEvents(kind, codes, year)
	return collect(ctx, tx, scanEvent, `SELECT `+eventColumns+` FROM events e`+w.String()+` ORDER BY e.opens_on, e.id`, w.args...)
}

// CountPlanEvents counts the events of PlanEvents: those that took place, and those that
// are still to.
func (tx *Tx) CountPlanEvents(ctx context.Context, kind registry.EventKind, codes []string, year string) (done, scheduled int64, err error) {
	w := planEvents(kind, codes, year)
	err = each(ctx, tx, func(row scanner) error {
		var state registry.EventState
		var n int64
		if err := row.Scan(&state, &n); err != nil {
			return err
		}
		if slices.Contains(committee.DoneEvents, state) {
			done += n
		} else {
			scheduled += n
		}
		return nil
	}, `SELECT e.state, COUNT(*) FROM events e`+w.String()+` GROUP BY e.state`, w.args...)
	return done, scheduled, err
}
