package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"hoicho/internal/app/planning"
	"hoicho/internal/recurrence"
	"hoicho/internal/vn"
)

// market is a series of sessions: copies of one, every so many days after it. Its days count as
// those of the session that it copies.
type market struct {
	Of    string `json:"of"`    // key of the session
	Every int    `json:"every"` // days
	Times int    `json:"times"`
	Day   int    `json:"day"` // on which it was planned

	pattern *session
	id      recurrence.SeriesID
}

// markets plans the series. The sessions of each that have a story stand among the sessions.
func (f *filler) markets() error {
	for _, m := range f.facts.madeUp.Series {
		s, ok := f.session(m.Of)
		if !ok {
			return fmt.Errorf("no session %q", m.Of)
		}
		m.pattern = s
		f.line.add(f.day(m.Day), "14:00", "series of "+s.Title, func(ctx context.Context) error { return f.series(ctx, m) })
	}
	return nil
}

// series makes a draft of each session of a series.
func (f *filler) series(ctx context.Context, m *market) (err error) {
	s := m.pattern
	in := planning.Input{Pattern: string(s.event.ID), Kind: string(recurrence.Count), Every: strconv.Itoa(m.Every), Since: vn.ShowDate(s.on(0)),
		First: vn.ShowDate(s.on(m.Every)), Last: vn.ShowDate(s.on(m.Every * m.Times))}
	plan, err := f.app.Planning.Preview(ctx, f.organiser(s), in)
	if err != nil {
		return err
	}
	made, _, err := f.app.Planning.Create(ctx, f.organiser(s), in, plan.Clear())
	m.id = made.ID
	return err
}

// inSeries takes up a session that a series has made.
func (f *filler) inSeries(ctx context.Context, s *session) error {
	i := slices.IndexFunc(f.facts.madeUp.Series, func(m *market) bool { return m.Of == s.In })
	if i < 0 {
		return fmt.Errorf("%s: no series of %q", s, s.In)
	}
	file, err := f.app.Planning.Series(ctx, f.organiser(s), f.facts.madeUp.Series[i].id)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(file.Rows, func(r planning.Row) bool { return r.Key == s.on(0) && r.Made() })
	if n < 0 {
		return fmt.Errorf("%s: the series has no session on %s", s, s.on(0))
	}
	s.event = file.Rows[n].Event
	f.sessions = append(f.sessions, s)
	return nil
}
