package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Channels returns all channels: those built in, then those added, by their time.
func (tx *Tx) Channels(ctx context.Context) ([]committee.Channel, error) {
	own, err := collect(ctx, tx, func(row scanner) (c committee.Channel, err error) {
		var retired int64
		err = row.Scan(&c.ID, &c.Name, &c.Unit, &c.Counts, &c.Hangs, &retired)
		c.Retired = retired > 0
		return c, err
	}, `SELECT id, name, unit, counts, hangs, retired_at FROM channels ORDER BY added_at, id`)
	return append(append([]committee.Channel{}, committee.Channels...), own...), err
}

// InsertChannel stores a channel of one's own. It is a Conflict if there is one of that
// name.
func (tx *Tx) InsertChannel(ctx context.Context, c *committee.Channel, by registry.AccountID) error {
	c.ID = NewID[committee.ChannelID]()
	return tx.must(ctx, registry.E(registry.Conflict, "channel.error.twice"), `
		INSERT INTO channels (id, name, name_fold, unit, counts, hangs, added_by, added_at, retired_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
		ON CONFLICT (name_fold) DO NOTHING`,
		string(c.ID), c.Name, vn.Fold(c.Name), c.Unit, flag(c.Counts), flag(c.Hangs), string(by), tx.NowMS())
}

// RetireChannel ends or, with retired false, takes up again that a channel of one's own
// is offered. NotFound if there is none.
func (tx *Tx) RetireChannel(ctx context.Context, id committee.ChannelID, retired bool) error {
	at := int64(0)
	if retired {
		at = tx.NowMS()
	}
	return tx.must(ctx, errNotFound(), `UPDATE channels SET retired_at = $2 WHERE id = $1`, string(id), at)
}

// ChannelGoals returns what a plan wants done through each channel.
func (tx *Tx) ChannelGoals(ctx context.Context, plan registry.PlanID) (goals []committee.ChannelGoal, err error) {
	return collect(ctx, tx, func(row scanner) (g committee.ChannelGoal, err error) {
		err = row.Scan(&g.Channel, &g.Goal)
		return g, err
	}, `SELECT channel, goal FROM channel_goals WHERE plan_id = $1 ORDER BY channel`, string(plan))
}

// SaveChannelGoals replaces what a plan wants done through each channel.
func (tx *Tx) SaveChannelGoals(ctx context.Context, plan registry.PlanID, goals []committee.ChannelGoal) error {
	if _, err := tx.exec(ctx, `DELETE FROM channel_goals WHERE plan_id = $1`, string(plan)); err != nil {
		return err
	}
	var args []any
	for _, g := range goals {
		args = append(args, string(plan), string(g.Channel), g.Goal)
	}
	return tx.insertRows(ctx, `INSERT INTO channel_goals (plan_id, channel, goal) VALUES `, 3, args)
}
