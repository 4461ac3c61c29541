package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
)

const seriesColumns = `s.id, s.pattern_id, s.rule, s.created_by, s.created_at, s.version`

func scanSeries(row scanner) (s recurrence.Series, err error) {
	var rule string
	if err = row.Scan(&s.ID, &s.Pattern, &rule, &s.CreatedBy, &s.CreatedAt, &s.Version); err != nil {
		return s, err
	}
	if s.Rule, err = recurrence.Decode(rule); err != nil {
		return s, fmt.Errorf("series %s: %w", s.ID, err)
	}
	return s, nil
}

// InsertSeries stores a new series. CreatedBy says whose it is.
func (tx *Tx) InsertSeries(ctx context.Context, s *recurrence.Series) error {
	s.ID, s.CreatedAt, s.Version = NewID[recurrence.SeriesID](), tx.NowMS(), 1
	_, err := tx.exec(ctx, `INSERT INTO series (id, pattern_id, rule, created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, 1)`,
		string(s.ID), string(s.Pattern), s.Rule.Encode(), string(s.CreatedBy), s.CreatedAt)
	return err
}

// SaveSeries stores the rule of a series that was read. It is a Conflict if it has
// changed since.
func (tx *Tx) SaveSeries(ctx context.Context, s *recurrence.Series) error {
	err := tx.must(ctx, errStale(), `UPDATE series SET rule = $3, version = version + 1 WHERE id = $1 AND version = $2`,
		string(s.ID), s.Version, s.Rule.Encode())
	if err == nil {
		s.Version++
	}
	return err
}

// DeleteSeries removes a series that was read and has no events, with the cover of its paper. It is
// a Conflict if it has changed since.
func (tx *Tx) DeleteSeries(ctx context.Context, s recurrence.Series) error {
	if _, err := tx.exec(ctx, `DELETE FROM period_papers WHERE part = 'series' AND unit = $1`, string(s.ID)); err != nil {
		return err
	}
	return tx.must(ctx, errStale(), `DELETE FROM series WHERE id = $1 AND version = $2`, string(s.ID), s.Version)
}

// Series returns a series, or NotFound.
func (tx *Tx) Series(ctx context.Context, id recurrence.SeriesID) (recurrence.Series, error) {
	return one(ctx, tx, scanSeries, `SELECT `+seriesColumns+` FROM series s WHERE s.id = $1`, string(id))
}

// SeriesIn returns the series whose patterns are found under units of today, the newest
// first; nil codes are all.
func (tx *Tx) SeriesIn(ctx context.Context, codes []string) ([]recurrence.Series, error) {
	w := &where{}
	if codes != nil {
		under(w, "event_areas", "event_id = s.pattern_id", codes)
	}
	return collect(ctx, tx, scanSeries, `SELECT `+seriesColumns+` FROM series s`+w.String()+` ORDER BY s.id DESC`, w.args...)
}

// SeriesOf returns the series that an event is an occurrence of, or NotFound.
func (tx *Tx) SeriesOf(ctx context.Context, id registry.EventID) (recurrence.Series, error) {
	return one(ctx, tx, scanSeries, `
		SELECT `+seriesColumns+` FROM series s JOIN series_events x ON x.series_id = s.id WHERE x.event_id = $1`, string(id))
}

// CountSeriesFrom counts the series that copy an event.
func (tx *Tx) CountSeriesFrom(ctx context.Context, id registry.EventID) (int, error) {
	return tx.count(ctx, `SELECT COUNT(*) FROM series WHERE pattern_id = $1`, string(id))
}

// LinkOccurrence notes that an event is the session of an occurrence, by its key. No
// occurrence has two.
func (tx *Tx) LinkOccurrence(ctx context.Context, id recurrence.SeriesID, key string, event registry.EventID) error {
	_, err := tx.exec(ctx, `INSERT INTO series_events (series_id, key_on, event_id) VALUES ($1, $2, $3)`, string(id), key, string(event))
	return err
}

// MoveOccurrences gives the sessions of a series from a key on to another series.
func (tx *Tx) MoveOccurrences(ctx context.Context, from, to recurrence.SeriesID, first string) error {
	made, err := tx.SeriesEvents(ctx, from)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM series_events WHERE series_id = $1 AND key_on >= $2`, string(from), first); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(made)) {
		if key < first {
			continue
		}
		if err := tx.LinkOccurrence(ctx, to, key, made[key].ID); err != nil {
			return err
		}
	}
	return nil
}

// SeriesEvents returns the events of a series by the keys of their occurrences, without
// programme and quotas.
func (tx *Tx) SeriesEvents(ctx context.Context, id recurrence.SeriesID) (map[string]registry.Event, error) {
	type link struct {
		key   string
		event registry.EventID
	}
	links, err := collect(ctx, tx, func(row scanner) (l link, err error) {
		err = row.Scan(&l.key, &l.event)
		return l, err
	}, `SELECT key_on, event_id FROM series_events WHERE series_id = $1`, string(id))
	if err != nil {
		return nil, err
	}
	events, err := collect(ctx, tx, scanEvent, `
		SELECT `+eventColumns+` FROM events e JOIN series_events x ON x.event_id = e.id WHERE x.series_id = $1`, string(id))
	if err != nil {
		return nil, err
	}
	byID := map[registry.EventID]registry.Event{}
	for _, e := range events {
		byID[e.ID] = e
	}
	found := map[string]registry.Event{}
	for _, l := range links {
		found[l.key] = byID[l.event]
	}
	return found, nil
}
