package lifecycle

import (
	"context"
	"slices"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// renewPasses replaces the passes of a moved event: their days are signed, so that
// those of the old days would open no gate on the new ones.
func (a *Service) renewPasses(ctx context.Context, tx *store.Tx, actor registry.Actor, was, e registry.Event) error {
	sameDay := func(x, y registry.EventDay) bool { return x.Day == y.Day }
	if slices.EqualFunc(was.Days, e.Days, sameDay) {
		return nil
	}
	rows, err := tx.Passes(ctx, registry.PassFilter{Event: e.ID})
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r registry.PassRow) bool { return r.State == registry.PassRevoked })
	if len(rows) == 0 {
		return nil
	}
	fresh := make([]registry.Pass, len(rows))
	for i, r := range rows {
		fresh[i] = onNewDays(r.Pass, was.Days, e.Days)
	}
	return a.Passes.Replace(ctx, tx, passes.Swap{Olds: rows, Fresh: fresh, By: actor.Account, Reason: "event_moved"})
}

// onNewDays is a pass for the days that its own have become.
func onNewDays(p registry.Pass, was, now []registry.EventDay) registry.Pass {
	var covered []string
	for _, d := range was {
		if d.Day >= p.FirstDay && d.Day <= p.LastDay() {
			covered = append(covered, d.Day)
		}
	}
	if len(covered) == 0 {
		covered = []string{was[0].Day}
	}
	days := shiftDays(covered, was, now)
	p.FirstDay, p.Days = days[0], registry.DaysBetween(days[0], days[len(days)-1])+1
	return p
}
