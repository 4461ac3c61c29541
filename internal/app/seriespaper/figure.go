package seriespaper

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/period"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/report/series"
)

// The parts of a paper that pages show.
type (
	// FigureKey names a figure of a series.
	FigureKey = report.Key
	// Figure is a figure of a whole series.
	Figure = series.Figure
	// Session is a session of a series.
	Session = series.Session
)

// Opened is a figure of a paper with what it is the sum of.
type Opened struct {
	Paper
	Figure   Figure
	Label    string
	Counts   bool           // it says how many sessions there are
	Sessions []*Session     // that it counts, or is the sum of
	OfEvent  bool           // the report of each session opens its rows
	Vendors  bool           // it counts vendors, not sessions
	Lines    []period.Line  // rows of registers
	Costs    bool           // its rows are lines of cost
	Money    bool           // it is a sum of money, in đồng
	Reader   registry.Actor // who opens it
}

// Open opens a figure of the paper of a series: the sessions with what each tells of it, and the
// rows of registers. NotFound as Paper, and for another figure.
func (a *Service) Open(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, key FigureKey, lang string) (o Opened, err error) {
	if o.Paper, err = a.Paper(ctx, actor, id, lang); err != nil {
		return o, err
	}
	sessions, ok := o.Of(key)
	if !ok {
		return o, core.ErrHidden()
	}
	o.Figure, o.Label, o.Counts, o.Sessions = o.Result.Figure(key), series.Label(lang, key), series.CountsSessions(key), sessions
	o.Vendors, o.Costs, o.OfEvent = key == series.Vendors, series.IsCost(key), series.IsOfEvent(key)
	o.Lines, o.Money, o.Reader = o.Paper.Lines(key), series.IsMoney(key), actor
	return o, nil
}

// SessionKeys lists every figure that a session may tell.
func SessionKeys() []FigureKey { return series.SessionKeys() }

// SessionOf is the session that the key of a row speaks of; false for a figure.
func SessionOf(ref string) (registry.EventID, bool) { return series.SessionOf(ref) }
