package store

import (
	"context"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const costColumns = `c.id, c.n, COALESCE(c.plan_id, ''), COALESCE(c.event_id, ''), c.kind, c.source, c.title, c.estimate_dong, c.spent_dong,
	c.paper, c.paper_on, COALESCE(c.photo, ''), c.entered_by, c.entered_as, c.entered_at, c.struck_at, c.struck_as, c.struck_why,
	c.version`

func scanCost(row scanner) (c committee.Cost, err error) {
	var spent *int64
	err = row.Scan(&c.ID, &c.N, &c.Plan, &c.Event, &c.Kind, &c.Source, &c.Title, &c.Estimate, &spent,
		&c.Paper, &c.PaperOn, &c.Photo, &c.Entered.By, &c.Entered.As, &c.Entered.At, &c.Struck.At, &c.Struck.By, &c.Struck.Why,
		&c.Version)
	if spent != nil {
		c.Paid, c.Spent = true, *spent
	}
	return c, err
}

// spentOf is how what was spent is stored: NULL where nobody said it.
func spentOf(c *committee.Cost) any {
	if !c.Paid {
		return nil
	}
	return c.Spent
}

// InsertCost stores a new line of cost under the next number, with the events that it is
// shared over.
func (tx *Tx) InsertCost(ctx context.Context, c *committee.Cost) error {
	if c.ID == "" {
		c.ID = NewID[registry.CostID]()
	}
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM costs`)
	if err != nil {
		return err
	}
	c.N, c.Entered.At, c.Version = int64(last+1), tx.NowMS(), 1
	_, err = tx.exec(ctx, `
		INSERT INTO costs (id, n, plan_id, event_id, kind, source, title, estimate_dong, spent_dong, paper, paper_on, photo,
			entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, '', '', 1)`,
		string(c.ID), c.N, null(c.Plan), null(c.Event), string(c.Kind), string(c.Source), c.Title, c.Estimate, spentOf(c), c.Paper, c.PaperOn,
		null(c.Photo), string(c.Entered.By), c.Entered.As, c.Entered.At)
	if err != nil {
		return err
	}
	return tx.saveCostShares(ctx, c)
}

// SaveCost stores a line of cost that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveCost(ctx context.Context, c *committee.Cost) error {
	err := tx.must(ctx, errStale(), `
		UPDATE costs
		SET kind = $3, source = $4, title = $5, estimate_dong = $6, spent_dong = $7, paper = $8, paper_on = $9, photo = $10,
			version = version + 1
		WHERE id = $1 AND version = $2`,
		string(c.ID), c.Version, string(c.Kind), string(c.Source), c.Title, c.Estimate, spentOf(c), c.Paper, c.PaperOn, null(c.Photo))
	if err != nil {
		return err
	}
	c.Version++
	return tx.saveCostShares(ctx, c)
}

func (tx *Tx) saveCostShares(ctx context.Context, c *committee.Cost) error {
	if _, err := tx.exec(ctx, `DELETE FROM cost_shares WHERE cost_id = $1`, string(c.ID)); err != nil {
		return err
	}
	var args []any
	for i, s := range c.Shares {
		args = append(args, string(c.ID), string(s.Event), i, s.Parts)
	}
	return tx.insertRows(ctx, `INSERT INTO cost_shares (cost_id, event_id, position, parts) VALUES `, 4, args)
}

// StrikeCost strikes out a line of cost as its Struck says, or counts it again. It is a
// Conflict if it has changed since.
func (tx *Tx) StrikeCost(ctx context.Context, c *committee.Cost) error {
	return tx.strike(ctx, "costs", string(c.ID), &c.Version, &c.Struck)
}

// Cost returns a line of cost, or NotFound.
func (tx *Tx) Cost(ctx context.Context, id registry.CostID) (committee.Cost, error) {
	c, err := one(ctx, tx, scanCost, `SELECT `+costColumns+` FROM costs c WHERE c.id = $1`, string(id))
	if err != nil {
		return c, err
	}
	list := []committee.Cost{c}
	err = tx.fillCosts(ctx, list)
	return list[0], err
}

// CostsOfPlan returns the lines of a plan, those struck out too, by number.
func (tx *Tx) CostsOfPlan(ctx context.Context, id registry.PlanID) ([]committee.Cost, error) {
	return tx.costs(ctx, `c.plan_id = $1`, string(id))
}

// CostsOfEvent returns the lines of an event and those that are shared with it, those struck
// out too, by number.
func (tx *Tx) CostsOfEvent(ctx context.Context, id registry.EventID) ([]committee.Cost, error) {
	return tx.costs(ctx, `c.event_id = $1 OR EXISTS (SELECT 1 FROM cost_shares s WHERE s.cost_id = c.id AND s.event_id = $1)`, string(id))
}

// CostsOfEvents returns the lines of events of their own, those struck out too, by number;
// what is only shared with them is left out.
func (tx *Tx) CostsOfEvents(ctx context.Context, ids []registry.EventID) ([]committee.Cost, error) {
	w := &where{}
	if err := among(tx, w, "c.event_id", ids); err != nil {
		return nil, err
	}
	return tx.costs(ctx, strings.TrimPrefix(w.String(), " WHERE "), w.args...)
}

func (tx *Tx) costs(ctx context.Context, cond string, args ...any) ([]committee.Cost, error) {
	list, err := collect(ctx, tx, scanCost, `SELECT `+costColumns+` FROM costs c WHERE `+cond+` ORDER BY c.n`, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, tx.fillCosts(ctx, list)
}

// fillCosts reads the events that lines of cost are shared over.
func (tx *Tx) fillCosts(ctx context.Context, list []committee.Cost) error {
	at, w := map[registry.CostID]*committee.Cost{}, &where{}
	ids := make([]registry.CostID, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	in(w, "cost_id", ids)
	return each(ctx, tx, func(row scanner) error {
		var id registry.CostID
		var s committee.CostShare
		if err := row.Scan(&id, &s.Event, &s.Parts); err != nil {
			return err
		}
		at[id].Shares = append(at[id].Shares, s)
		return nil
	}, `SELECT cost_id, event_id, parts FROM cost_shares`+w.String()+` ORDER BY cost_id, position`, w.args...)
}
