package store

import (
	"context"

	"hoicho/internal/registry"
)

// AddGateHours counts on. No two of the counters may be the same one.
func (tx *Tx) AddGateHours(ctx context.Context, hours []registry.GateHour) error {
	if len(hours) == 0 {
		return nil
	}
	m, err := tx.marking()
	if err != nil {
		return err
	}
	events, err := tx.eventKeys(ctx, distinct(hours, func(h *registry.GateHour) registry.EventID { return h.Event }))
	if err != nil {
		return err
	}
	const columns = 5
	args := make([]any, 0, len(hours)*columns)
	for _, h := range hours {
		m.hours.add(m.make, h)
		args = append(args, events[h.Event], h.HourAt, h.Gate, string(h.Figure), h.N)
	}
	m.dirty = true
	_, err = tx.execRows(ctx, `
		INSERT INTO gate_hours (event_n, hour_at, gate_n, figure, n)
		VALUES `, columns, args, `
		ON CONFLICT (event_n, hour_at, gate_n, figure) DO UPDATE SET n = gate_hours.n + excluded.n`)
	return err
}

// GateHours returns the counters of an event from an instant until another (unix
// ms), by hour, gate and figure.
func (tx *Tx) GateHours(ctx context.Context, event registry.EventID, from, until int64) ([]registry.GateHour, error) {
	return tx.HoursOfAll(ctx, []registry.EventID{event}, from, until)
}

// HoursOfAll returns what GateHours does, of several events.
func (tx *Tx) HoursOfAll(ctx context.Context, events []registry.EventID, from, until int64) ([]registry.GateHour, error) {
	w := &where{}
	in(w, "e.id", events)
	w.add("h.hour_at >= ? AND h.hour_at < ? AND h.n <> 0", from, until)
	return collect(ctx, tx, func(row scanner) (h registry.GateHour, err error) {
		err = row.Scan(&h.Event, &h.HourAt, &h.Gate, &h.Figure, &h.N)
		return h, err
	}, `
		SELECT e.id, h.hour_at, h.gate_n, h.figure, h.n FROM gate_hours h JOIN events e ON e.number = h.event_n
		`+w.String()+`
		ORDER BY h.hour_at, h.gate_n, h.figure`, w.args...)
}

// sumHours is the keyed sum of all counters.
func (tx *Tx) sumHours(ctx context.Context, m *marker) (all keyedSum, err error) {
	err = each(ctx, tx, func(row scanner) error {
		var h registry.GateHour
		err := row.Scan(&h.Event, &h.HourAt, &h.Gate, &h.Figure, &h.N)
		all.add(m, h)
		return err
	}, `SELECT e.id, h.hour_at, h.gate_n, h.figure, h.n FROM gate_hours h JOIN events e ON e.number = h.event_n`)
	return all, err
}
