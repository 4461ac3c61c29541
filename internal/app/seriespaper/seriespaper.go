// Package seriespaper holds the use cases of what a series of sessions came to: the closed reports
// of its sessions added up to one paper, with what stands around it.
//
// What a single session came to belongs to package reports, the days of a series to planning, how a
// figure is counted and told to package report.
package seriespaper

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/app/templates"
	"hoicho/internal/papertemplate"
	"hoicho/internal/period"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/report/series"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/store/seriespaper"
)

// Service runs the use cases. New makes one.
type Service struct{ *core.Core }

// New makes a Service on what all share.
func New(c *core.Core) *Service { return &Service{c} }

// Paper is what a series came to, as its reader may see it.
type Paper struct {
	series.Result
	Series  recurrence.Series
	Pattern registry.Event
	Cover   period.Cover // what was written around it, else what it begins with
	Writes  bool         // the actor writes what stands around it
	People  []seriespaper.Vendor
	Owners  templates.Owners   // who may have a template for it
	Filled  bool               // one of them has
	lines   []stored.EventLine // of registers; none for whoever may not read plans
}

// seen is a series with its sessions by their days, as far as the actor may do something with all
// of them.
type seen struct {
	series  recurrence.Series
	pattern registry.Event
	events  []registry.Event
	plans   bool // the actor reads plans, costs and registers in the areas of all
	writes  bool
	owners  templates.Owners // who may have a template for its paper
}

// see reads a series for whoever has a right in the areas of its pattern and of all its sessions,
// as the paper of a period is for whoever reads the whole province. NotFound for all others.
func (a *Service) see(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id recurrence.SeriesID) (s seen, err error) {
	if s.series, err = tx.Series(ctx, id); err != nil {
		return s, err
	}
	if s.pattern, err = tx.Event(ctx, s.series.Pattern); err != nil {
		return s, err
	}
	made, err := tx.SeriesEvents(ctx, id)
	if err != nil {
		return s, err
	}
	for _, e := range made {
		s.events = append(s.events, e)
	}
	slices.SortFunc(s.events, func(x, y registry.Event) int { return strings.Compare(x.OpensOn+string(x.ID), y.OpensOn+string(y.ID)) })
	everywhere := func(right registry.Right) bool {
		out := func(e registry.Event) bool { return !actor.Can(right, a.Areas.Scope(e.Area)) }
		return !out(s.pattern) && !slices.ContainsFunc(s.events, out)
	}
	if s.plans, s.writes = everywhere(registry.ViewPlan), everywhere(registry.ManageEvents); !everywhere(right) {
		return seen{}, core.ErrHidden()
	}
	s.owners = templates.OfArea(a.Areas, s.pattern.Area, func(scope registry.Scope) bool { return s.writes && actor.Can(registry.ManageEvents, scope) })
	return s, nil
}

// Paper returns the paper of a series. It is a draft until every session that takes place has a
// closed report; whoever may not read plans is not told what registers hold. NotFound for whoever
// may not read the reports of all sessions.
func (a *Service) Paper(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, lang string) (p Paper, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := a.see(ctx, tx, actor, registry.ViewFigures, id)
		if err == nil {
			p, err = a.paper(ctx, tx, s, lang)
		}
		return err
	})
	return p, err
}

func (a *Service) paper(ctx context.Context, tx *store.Tx, s seen, lang string) (p Paper, err error) {
	p = Paper{Series: s.series, Pattern: s.pattern, Writes: s.writes, Owners: s.owners}
	p.Title, p.Rule, p.Until = s.pattern.Title, s.series.Rule.Sentence(lang), a.Today()
	reports, err := seriespaper.Reports(ctx, tx, s.series.ID)
	if err != nil {
		return p, err
	}
	for _, e := range s.events {
		session, err := a.session(e, reports[e.ID])
		if err != nil {
			return p, err
		}
		p.Sessions = append(p.Sessions, session)
	}
	if p.People, err = seriespaper.Vendors(ctx, tx, s.series.ID); err != nil {
		return p, err
	}
	p.Vendors = int64(len(p.People))
	if s.plans {
		if err := p.fillRegisters(ctx, tx); err != nil {
			return p, err
		}
	}
	if _, p.Filled, err = p.Owners.InUse(ctx, tx, papertemplate.OfSeries); err != nil {
		return p, err
	}
	p.Cover, err = a.coverOf(ctx, tx, s, lang)
	p.Result.Paper, p.To = p.Cover.ResultPaper, p.Cover.Addressees()
	return p, err
}

// session is an event as the paper has it, with its closed report if there is one.
func (a *Service) session(e registry.Event, r *seriespaper.Report) (s series.Session, err error) {
	s = series.Session{Event: e.ID, Title: e.Title, OpensOn: e.OpensOn, Reason: e.StateReason,
		Standing: series.StandingOf(e.State, r != nil, r != nil && r.Reopened)}
	if unit, ok := a.Areas.Lookup(e.Area); ok {
		s.Place = a.Areas.FullName(unit, e.OpensOn)
	}
	if r == nil {
		return s, nil
	}
	kept := make([]*report.Snapshot, len(r.Kept))
	for i, figures := range r.Kept {
		then, err := report.Thaw(figures)
		if err != nil {
			return s, err
		}
		kept[i] = &then
	}
	told := report.Tell(kept...)
	s.Told, s.Addenda, s.Assessment = &told, len(kept)-1, r.Assessment
	return s, nil
}

// fillRegisters reads what registers hold of the sessions whose reports are closed.
func (p *Paper) fillRegisters(ctx context.Context, tx *store.Tx) error {
	var ids []string
	var events []registry.EventID
	at := map[string]map[report.Key]int64{}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		if !s.Counts() {
			continue
		}
		s.Registers = map[report.Key]int64{}
		for _, key := range series.Registers {
			s.Registers[key] = 0
		}
		ids, events, at[string(s.Event)] = append(ids, string(s.Event)), append(events, s.Event), s.Registers
	}
	if len(ids) == 0 {
		return nil
	}
	costs, err := tx.CostsOfEvents(ctx, events)
	if err != nil {
		return err
	}
	for _, c := range costs {
		if !c.Struck.Is() {
			at[string(c.Event)]["costs_estimate"] += c.Estimate
		}
	}
	p.lines, err = stored.EventLines(ctx, tx, ids)
	for _, l := range p.lines {
		for code, n := range l.Adds {
			if key := report.Key(code); slices.Contains(series.Registers, key) {
				at[l.Event][key] += n
			}
		}
	}
	return err
}

// Lines are the rows of registers behind a figure, for whoever may read them; the costs of an event
// have a page of their own.
func (p *Paper) Lines(key report.Key) (lines []period.Line) {
	for _, l := range p.lines {
		if l.Source != "event" && slices.Contains(series.Registers, key) && l.Adds[period.Code(key)] != 0 {
			lines = append(lines, l.Line)
		}
	}
	return lines
}

// File writes the paper of a series in one of its forms. NotFound as Paper, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, form, lang string) (f registry.File, err error) {
	p, err := a.Paper(ctx, actor, id, lang)
	if err != nil {
		return f, err
	}
	return p.Document(lang).File(p.fileName(), form)
}

// fileName is how files of the paper are called, without their ending.
func (p Paper) fileName() string { return "bao-cao-loat-" + p.Pattern.Slug }

// TemplatePaper is the paper of a series as a template sees it. NotFound as Paper.
func (a *Service) TemplatePaper(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, lang string) (t templates.Paper, err error) {
	p, err := a.Paper(ctx, actor, id, lang)
	if err != nil {
		return t, err
	}
	return templates.Paper{Kind: papertemplate.OfSeries, Owners: p.Owners, Fields: p.Fields(lang), Lang: lang, Name: p.fileName(), Object: "event", ID: string(p.Pattern.ID)}, nil
}

// Reads reports whether the actor may read the paper of a series.
func (a *Service) Reads(ctx context.Context, actor registry.Actor, id recurrence.SeriesID) (reads bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := a.see(ctx, tx, actor, registry.ViewFigures, id)
		if reads = err == nil; registry.KindOf(err) == registry.NotFound {
			return nil
		}
		return err
	})
	return reads, err
}

// Of is the series of an event whose paper the actor may read; "" if there is none.
func (a *Service) Of(ctx context.Context, actor registry.Actor, event registry.EventID) (id recurrence.SeriesID, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := tx.SeriesOf(ctx, event)
		if err == nil {
			_, err = a.see(ctx, tx, actor, registry.ViewFigures, s.ID)
		}
		if registry.KindOf(err) == registry.NotFound {
			return nil
		}
		id = s.ID
		return err
	})
	return id, err
}
