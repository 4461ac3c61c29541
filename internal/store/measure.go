package store

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
)

const measureColumns = `id, event_id, kind, text, quantity, value_dong, provider, from_on, to_on, dropped_at, created_by, created_at, version`

func scanMeasure(row scanner) (m stimulus.Measure, err error) {
	err = row.Scan(&m.ID, &m.Event, &m.Kind, &m.Text, &m.Quantity, &m.ValueDong, &m.Provider, &m.From, &m.To, &m.DroppedAt, &m.CreatedBy,
		&m.CreatedAt, &m.Version)
	return m, err
}

// Measures returns the measures of an event, dropped ones too, the first one first.
func (tx *Tx) Measures(ctx context.Context, event registry.EventID) ([]stimulus.Measure, error) {
	return collect(ctx, tx, scanMeasure, `SELECT `+measureColumns+` FROM measures WHERE event_id = $1 ORDER BY from_on, created_at, id`, string(event))
}

// Measure returns a measure, or NotFound.
func (tx *Tx) Measure(ctx context.Context, id registry.MeasureID) (stimulus.Measure, error) {
	return one(ctx, tx, scanMeasure, `SELECT `+measureColumns+` FROM measures WHERE id = $1`, string(id))
}

// InsertMeasure stores a new measure. It sets the id where there is none, time and
// version.
func (tx *Tx) InsertMeasure(ctx context.Context, m *stimulus.Measure) error {
	if m.ID == "" {
		m.ID = NewID[registry.MeasureID]()
	}
	m.CreatedAt, m.Version = tx.NowMS(), 1
	_, err := tx.exec(ctx, `
		INSERT INTO measures (id, event_id, kind, text, quantity, value_dong, provider, from_on, to_on, dropped_at, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
		string(m.ID), string(m.Event), string(m.Kind), m.Text, m.Quantity, m.ValueDong, m.Provider, m.From, m.To, m.DroppedAt,
		string(m.CreatedBy), m.CreatedAt)
	return err
}

// SaveMeasure stores a measure that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveMeasure(ctx context.Context, m *stimulus.Measure) error {
	err := tx.must(ctx, errStale(), `
		UPDATE measures
		SET kind = $3, text = $4, quantity = $5, value_dong = $6, provider = $7, from_on = $8, to_on = $9, dropped_at = $10, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(m.ID), m.Version, string(m.Kind), m.Text, m.Quantity, m.ValueDong, m.Provider, m.From, m.To, m.DroppedAt)
	if err == nil {
		m.Version++
	}
	return err
}

// StimulusTallies counts measures and offers of events. Events without any are left out.
func (tx *Tx) StimulusTallies(ctx context.Context, events []registry.EventID) (map[registry.EventID]stimulus.Tally, error) {
	tallies := map[registry.EventID]stimulus.Tally{}
	if len(events) == 0 {
		return tallies, nil
	}
	var w where
	in(&w, "event_id", events)
	type line struct {
		event registry.EventID
		what  string
		n     int
	}
	lines, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.event, &l.what, &l.n)
		return l, err
	}, `
		SELECT event_id, 'measure', COUNT(*) FROM measures`+w.String()+` AND dropped_at = 0 GROUP BY event_id
		UNION ALL SELECT event_id, state, COUNT(*) FROM offers`+w.String()+` GROUP BY event_id, state`, w.args...)
	for _, l := range lines {
		t := tallies[l.event]
		switch l.what {
		case "measure":
			t.Measures = l.n
		case string(stimulus.Submitted):
			t.Waiting = l.n
		case string(stimulus.Accepted):
			t.Accepted = l.n
		case string(stimulus.Returned):
			t.Returned = l.n
		}
		tallies[l.event] = t
	}
	return tallies, err
}
