package demo

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// ErrNotEmpty says that the database has data of somebody, which the demo does
// not touch.
var ErrNotEmpty = errors.New("the database has data already: the demo fills an empty one only")

// Options say how much there shall be.
type Options struct {
	Files  fs.FS // data.Demo
	Gates  int   // of the running session; at least as many as its story tells of
	Passes int   // visitor passes of the running session on top of those of its story
	Scans  int   // scans at its gates today
}

// filler fills one database.
type filler struct {
	app      *app.App
	options  Options
	clock    *clock
	line     timeline
	now      time.Time // when the demo is started
	today    string
	facts    facts
	pictures *pictures
	admin    registry.Actor
	officers map[registry.Role]registry.Actor
	stalls   map[string]*stall
	order    []*stall
	sessions []*session                 // all events, in the order of their making
	bodies   map[string]registry.BodyID // of the campaign, by key
	tasks    map[string]committee.Task  // by title
}

// Fill fills an empty database. The clock of the database runs through the years
// of the story meanwhile and is put right at the end; nothing else may use the
// database until then. It returns what scripts need to drive the demo from
// outside. A database with data is ErrNotEmpty.
func Fill(ctx context.Context, a *app.App, o Options) (Manifest, error) {
	wall := a.DB.Now
	f := &filler{app: a, options: o, clock: &clock{}, now: wall(), today: vn.DateOf(wall()), officers: map[registry.Role]registry.Actor{}}
	var err error
	if f.facts, err = readFacts(o.Files); err != nil {
		return Manifest{}, err
	}
	if f.pictures, err = newPictures(); err != nil {
		return Manifest{}, err
	}
	if err := f.plan(); err != nil {
		return Manifest{}, err
	}
	a.DB.Now = f.clock.Now
	defer func() { a.DB.Now = wall }()
	if err := f.line.play(ctx, f.clock, f.now); err != nil {
		return Manifest{}, err
	}
	f.clock.set(f.now)
	if err := f.advance(ctx); err != nil {
		return Manifest{}, err
	}
	for _, s := range f.facts.madeUp.Sessions {
		if !s.runs() {
			continue
		}
		if err := f.load(ctx, s); err != nil {
			return Manifest{}, err
		}
	}
	return f.manifest(ctx)
}

// plan puts all that happened on the timeline.
func (f *filler) plan() error {
	f.line.add(installedOn, "8:00", "set up", f.setUp)
	f.line.add(installedOn, "8:30", "hire officers", f.hire)
	if err := f.lists(); err != nil {
		return err
	}
	f.trade()
	f.campaign()
	if err := f.archive(); err != nil {
		return err
	}
	for _, s := range f.facts.madeUp.Sessions {
		if err := f.schedule(s); err != nil {
			return err
		}
	}
	if err := f.markets(); err != nil {
		return err
	}
	f.line.add(f.day(-1), "16:30", "register of communications", f.communications)
	f.line.add(f.day(-1), "16:45", "places of sale", f.salePlaces)
	f.line.add(f.day(-1), "16:55", "surveys", f.surveys)
	f.line.add(f.day(-1), "16:50", "what offices bought", f.procurement)
	f.line.add(f.day(-1), "16:52", "support to producers", f.support)
	f.line.add(f.day(-1), "16:53", "supervisions", f.supervision)
	f.line.add(f.day(-1), "17:10", "inspections", f.inspections)
	f.line.add(f.day(-1), "17:00", "what plans and events cost", f.costs)
	f.line.add(f.day(-1), "18:30", "reports of periods", f.periodReports)
	f.asked()
	if err := f.articles(); err != nil {
		return err
	}
	if err := f.copies(); err != nil {
		return err
	}
	return f.tips()
}

// day is the date n days from today.
func (f *filler) day(n int) string { return vn.AddDays(f.today, n) }

// advance lets dates carry events on, as a job of the server does each minute.
func (f *filler) advance(ctx context.Context) error {
	_, err := f.app.Lifecycle.AdvanceEvents(ctx)
	return err
}
