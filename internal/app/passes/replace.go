package passes

import (
	"context"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Swap is passes and what is issued in their places, in the same order.
type Swap struct {
	Olds   []registry.PassRow
	Fresh  []registry.Pass // as the old ones with what is to differ; codes and proofs are given here
	By     registry.AccountID
	Reason string // why the old ones die
}

// Replace issues passes in the place of others, which die at once. Scans go by the
// bearer of a pass, so where somebody is and on which days they came in is the new
// one's from this transaction on. A pass that is blocked gets one that is blocked
// too, for when it is unblocked.
func (a *Service) Replace(ctx context.Context, tx *store.Tx, s Swap) error {
	if err := a.issue(ctx, tx, s.Fresh, s.By); err != nil {
		return err
	}
	for i, old := range s.Olds {
		if err := tx.ReplacePass(ctx, old.Pass, s.Fresh[i].ID, s.Reason); err != nil {
			return err
		}
		if old.State != registry.PassBlocked {
			continue
		}
		s.Fresh[i].State = registry.PassValid // as it was issued
		if err := tx.StepPass(ctx, s.Fresh[i], registry.PassBlocked, old.StateReason); err != nil {
			return err
		}
	}
	if len(s.Fresh) == 0 {
		return nil
	}
	_, err := tx.SyncHolds(ctx, s.Fresh[0].Event)
	return err
}

// MovedPasses are issued in the place of those of a booth that its application
// leaves for another one: whoever is inside with one of them is inside with the
// new one. Passes that died with their key live again; a booth that has none at
// all gets those of a booth that is given.
func (a *Service) MovedPasses(ctx context.Context, tx *store.Tx, from, to registry.Booth) (Swap, error) {
	rows, err := tx.Passes(ctx, registry.PassFilter{Event: from.Event, Booth: from.ID})
	s := Swap{Reason: "booth_moved"}
	for _, r := range rows {
		if r.Application != from.Application || !r.Replaceable() {
			continue
		}
		p := r.Pass
		p.Booth, p.Label = to.ID, to.Code
		s.Olds, s.Fresh = append(s.Olds, r), append(s.Fresh, p)
	}
	return s, err
}

// ReissueKilled issues passes in the place of those of an event that died with their
// key, and returns how many: where their bearers are stays with them. The actor needs
// ManagePasses there. Conflict where there is none, or the event does not take place.
func (a *Service) ReissueKilled(ctx context.Context, actor registry.Actor, id registry.EventID) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, id)
		if err != nil {
			return registry.Change{}, err
		}
		if event.State.Stopped() {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.event_stopped")
		}
		rows, err := tx.Passes(ctx, registry.PassFilter{Event: id, Killed: true})
		if err != nil {
			return registry.Change{}, err
		}
		if n = len(rows); n == 0 {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.step")
		}
		s := Swap{Olds: rows, By: actor.Account, Reason: registry.KeyKilled}
		for _, r := range rows {
			s.Fresh = append(s.Fresh, r.Pass)
		}
		c := registry.Change{Action: "pass.reissue_killed", Object: "event", ID: string(id), Scope: a.Areas.Scope(event.Area),
			Detail: fact.Facts{fact.Count("count", n)}}
		return c, a.Replace(ctx, tx, s)
	})
	return n, err
}
