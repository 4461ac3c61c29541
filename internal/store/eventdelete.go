package store

import (
	"context"

	"hoicho/internal/registry"
)

// What hangs on an event, in the order in which it can be removed. What holds an event
// is work or word of somebody else's: then it is called off, not removed. A test names
// every table that is in neither list.
var (
	eventGoes = []struct{ table, where string }{
		{"device_tellings", "device_id IN (SELECT id FROM devices WHERE event_id = $1)"},
		{"phone_clocks", "device_id IN (SELECT id FROM devices WHERE event_id = $1)"},
		{"phone_starts", "device_n IN (SELECT n FROM devices WHERE event_id = $1)"},
		{"devices", "event_id = $1"},
		{"pair_tokens", "event_id = $1"},
		{"pass_alarms", "event_id = $1"},
		{"passes", "event_id = $1"},
		{"placings", "event_id = $1"},
		{"draws", "event_id = $1"},
		{"floor_plan_saves", "event_id = $1"},
		{"floor_plans", "event_id = $1"},
		{"booths", "event_id = $1"},
		{"gates", "event_id = $1"},
		{"gate_policies", "event_id = $1"},
		{"event_secrets", "event_id = $1"},
		{"event_changes", "event_id = $1"},
		{"files", "event_id = $1"},
		{"event_reminders", "event_id = $1"},
		{"programme_items", "event_id = $1"},
		{"event_quotas", "event_id = $1"},
		{"event_areas", "event_id = $1"},
		{"event_days", "event_id = $1"},
		{"task_events", "event_id = $1"},
		{"text_takings", "event_id = $1"},
		{"measures", "event_id = $1"},
		{"series_events", "event_id = $1"},
	}
	eventHolds = []struct{ table, where string }{
		{"applications", "event_id = $1"},
		{"draws", "event_id = $1 AND state <> 'prepared'"},
		{"booth_days", "booth_id IN (SELECT id FROM booths WHERE event_id = $1)"},
		{"voucher_packs", "event_id = $1"},
		{"scans", "device_n IN (SELECT n FROM devices WHERE event_id = $1)"},
		{"presences", "event_n = (SELECT number FROM events WHERE id = $1)"},
		{"counts", "event_id = $1"},
		{"taps", "event_id = $1"},
		{"tallies", "event_id = $1"},
		{"gate_hours", "event_n = (SELECT number FROM events WHERE id = $1)"},
		{"tips", "event_id = $1"},
		{"sales_returns", "event_id = $1"},
		{"sales_days", "event_id = $1"},
		{"sales_best", "event_id = $1"},
		{"sales_reminders", "event_id = $1"},
		{"reports", "event_id = $1"},
		{"report_addenda", "event_id = $1"},
		{"difference_closings", "event_id = $1"},
		{"notices", "event_id = $1"},
		{"calls", "event_id = $1"},
		{"communications", "event_id = $1"},
		{"articles", "event_id = $1"},
		{"matchings", "event_id = $1"},
		{"supervisions", "event_id = $1"},
		{"costs", "event_id = $1"},
		{"cost_shares", "event_id = $1"},
		{"offers", "event_id = $1"},
		{"inspections", "event_id = $1"},
		{"inspection_rounds", "event_id = $1"},
		{"series", "pattern_id = $1"},
	}
)

// EventRemains counts what hangs on an event: what would go with it, and what holds
// it.
func (tx *Tx) EventRemains(ctx context.Context, id registry.EventID) (r registry.EventRemains, err error) {
	var list []counting
	count := func(table, where string) {
		list = append(list, counting{`SELECT COUNT(*) FROM ` + table + ` WHERE ` + where, []any{string(id)}})
	}
	own := []*int{&r.Booths, &r.Gates, &r.Passes, &r.Items, &r.Applications, &r.Phones}
	for _, table := range []string{"booths", "gates", "passes", "programme_items", "applications"} {
		count(table, "event_id = $1")
	}
	count("devices", "event_id = $1 AND state = 'active'")
	for _, t := range eventHolds {
		count(t.table, t.where)
	}
	counts, err := tx.countEach(ctx, list)
	for i, n := range counts {
		if i < len(own) {
			*own[i] = n
		} else {
			r.Held += n
		}
	}
	return r, err
}

// DeleteEvent removes an event that the public never knew, in the version that was
// read, with all that goes with it. It is a Conflict if it has changed since, or
// something holds it. Its number is never used again.
func (tx *Tx) DeleteEvent(ctx context.Context, e registry.Event) error {
	for _, t := range eventGoes {
		_, err := tx.exec(ctx, `DELETE FROM `+t.table+` WHERE `+t.where, string(e.ID))
		if isForeign(err) {
			return registry.E(registry.Conflict, "event.fault.held")
		}
		if err != nil {
			return err
		}
	}
	err := tx.must(ctx, errStale(), `DELETE FROM events WHERE id = $1 AND version = $2 AND published_at = 0`, string(e.ID), e.Version)
	if isForeign(err) {
		return registry.E(registry.Conflict, "event.fault.held")
	}
	if err != nil || e.Cover == "" {
		return err
	}
	n, err := tx.count(ctx, `SELECT COUNT(*) FROM events WHERE cover = $1`, string(e.Cover))
	if err != nil || n > 0 {
		return err // a copy shows it too
	}
	return tx.DeleteFile(ctx, e.Cover)
}
