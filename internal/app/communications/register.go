package communications

import (
	"context"
	"fmt"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Query asks for the register of a year, or of a quarter of it, narrowed by a filter
// whose days and reach are set here.
type Query struct {
	Year    int
	Quarter int // 1 to 4; 0 is the whole year
	Filter  committee.CommunicationFilter
}

// Span is the first and last day asked for.
func (q Query) Span() (from, until string) {
	if q.Quarter == 0 {
		return fmt.Sprintf("%04d-01-01", q.Year), fmt.Sprintf("%04d-12-31", q.Year)
	}
	last := []string{"03-31", "06-30", "09-30", "12-31"}[q.Quarter-1]
	return fmt.Sprintf("%04d-%02d-01", q.Year, 3*q.Quarter-2), fmt.Sprintf("%04d-%s", q.Year, last)
}

// before is the same time of the year before.
func (q Query) before() Query {
	q.Year--
	return q
}

// Row is an entry as lists show it.
type Row struct {
	committee.Communication
	ChannelIs committee.Channel
	BodyName  string
}

// ChannelLine is what was done through a channel, beside what was planned and what was
// done a year before.
type ChannelLine struct {
	committee.Channel
	Goal   int64 // 0 is none
	Done   committee.Tally
	Before committee.Tally
}

// Register is the register of a time as far as the actor reads it.
type Register struct {
	Total    committee.Tally
	Before   committee.Tally // a year before
	Channels []ChannelLine   // those with a goal or a row in either year
	All      []committee.Channel
	Plan     *committee.Plan // of the year; nil is none, or none that the actor reads
	Goal     int64           // of the plan for all channels; 0 is none
	Goals    bool            // the actor may set those of the channels
	By       map[committee.Audience]committee.Tally
	Units    map[string]committee.Tally // by the codes of today's units
	Rows     []Row
	N        int // rows in all
	Up       int // of those in the time, still hanging
	NoPhoto  int
	Asked    int
	Photos   []Row // the newest with a photo
	Bodies   []committee.Body
	Task     string // title of the task asked for, "" if the actor reads none such
	Enters   bool
	Keeps    bool // the actor keeps the register somewhere, channels included
}

// photosShown is how many photos the register shows.
const photosShown = 5

// Register returns a time of the register with its figures. NotFound for whoever reads
// none of it.
func (a *Service) Register(ctx context.Context, actor registry.Actor, q Query) (r Register, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		kept, everywhere := keepsReach(actor)
		r = Register{Enters: actor.CanSomewhere(registry.Communicate), Keeps: everywhere || len(kept) > 0}
		if err := narrow(ctx, tx, actor, &q.Filter); err != nil {
			return err
		}
		q.Filter.From, q.Filter.Until = q.Span()
		if r.All, err = tx.Channels(ctx); err != nil {
			return err
		}
		if err := a.plan(ctx, tx, actor, q, &r); err != nil {
			return err
		}
		if err := a.figures(ctx, tx, q, &r); err != nil {
			return err
		}
		if r.Task, err = a.taskTitle(ctx, tx, actor, q.Filter.Task); err != nil {
			return err
		}
		return a.rows(ctx, tx, q.Filter, &r)
	})
	return r, err
}

// plan finds the plan of the year that the actor reads: the one of the province before
// those of communes.
func (a *Service) plan(ctx context.Context, tx *store.Tx, actor registry.Actor, q Query, r *Register) error {
	codes, all := actor.Reach(registry.ViewPlan)
	if all {
		codes = nil
	} else if len(codes) == 0 {
		return nil
	}
	plans, err := tx.Plans(ctx, codes)
	i := slices.IndexFunc(plans, func(p committee.Plan) bool { return p.Year == q.Year })
	if err != nil || i < 0 {
		return err
	}
	p, err := tx.Plan(ctx, plans[i].ID)
	if err != nil {
		return err
	}
	r.Plan, r.Goals = &p, actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area))
	for _, t := range p.Targets {
		if t.Strand == committee.Communications {
			r.Goal = t.Goal
		}
	}
	return nil
}

// figures adds up the time and the same one a year before.
func (a *Service) figures(ctx context.Context, tx *store.Tx, q Query, r *Register) error {
	done, err := tx.TallyChannels(ctx, q.Filter)
	if err != nil {
		return err
	}
	last := q.Filter
	last.From, last.Until = q.before().Span()
	before, err := tx.TallyChannels(ctx, last)
	if err != nil {
		return err
	}
	goals := map[committee.ChannelID]int64{}
	if r.Plan != nil {
		listed, err := tx.ChannelGoals(ctx, r.Plan.ID)
		if err != nil {
			return err
		}
		for _, g := range listed {
			goals[g.Channel] = g.Goal
		}
	}
	for _, c := range r.All {
		line := ChannelLine{c, goals[c.ID], done[c.ID], before[c.ID]}
		r.Total, r.Before = r.Total.Add(line.Done), r.Before.Add(line.Before)
		if line.Goal > 0 || line.Done.Rows > 0 || line.Before.Rows > 0 {
			r.Channels = append(r.Channels, line)
		}
	}
	if r.By, err = tx.TallyAudiences(ctx, q.Filter); err != nil {
		return err
	}
	r.Units, err = tx.TallyAreas(ctx, q.Filter)
	return err
}

// rows reads a page of entries, how many there are of each sort, and the newest photos.
func (a *Service) rows(ctx context.Context, tx *store.Tx, f committee.CommunicationFilter, r *Register) (err error) {
	names, err := bodyNames(ctx, tx)
	if err != nil {
		return err
	}
	r.Bodies = names.all
	if r.Rows, err = named(ctx, tx, f, r.All, names); err != nil {
		return err
	}
	for _, c := range []struct {
		n      *int
		narrow func(*committee.CommunicationFilter)
	}{
		{&r.N, func(*committee.CommunicationFilter) {}},
		{&r.Up, func(f *committee.CommunicationFilter) { f.Up = true }},
		{&r.NoPhoto, func(f *committee.CommunicationFilter) { f.NoPhoto = true }},
		{&r.Asked, func(f *committee.CommunicationFilter) { f.Asked = true }},
	} {
		narrowed := f
		c.narrow(&narrowed)
		if *c.n, err = tx.CountCommunications(ctx, narrowed); err != nil {
			return err
		}
	}
	f.Photo, f.Skip, f.Limit = true, 0, photosShown
	r.Photos, err = named(ctx, tx, f, r.All, names)
	return err
}

// taskTitle names a task whose plan the actor reads, or in which an own body has a part.
func (a *Service) taskTitle(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TaskID) (string, error) {
	t, err := tx.Task(ctx, id)
	if registry.KindOf(err) == registry.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	p, err := tx.Plan(ctx, t.Plan)
	if err != nil {
		return "", err
	}
	if actor.Can(registry.ViewPlan, a.Areas.Scope(p.Area)) {
		return t.Title, nil
	}
	own, err := core.OwnBodies(ctx, tx, actor, registry.Communicate)
	if !slices.ContainsFunc(t.Bodies(), func(b registry.BodyID) bool { return slices.Contains(own, b) }) {
		t.Title = ""
	}
	return t.Title, err
}

// bodies are the bodies of the country, by name and by id.
type bodies struct {
	all  []committee.Body
	name map[registry.BodyID]string
}

func bodyNames(ctx context.Context, tx *store.Tx) (b bodies, err error) {
	b.all, err = tx.Bodies(ctx, nil)
	b.name = make(map[registry.BodyID]string, len(b.all))
	for _, x := range b.all {
		b.name[x.ID] = x.Name
	}
	return b, err
}

// named reads entries with the names of their channels and bodies.
func named(ctx context.Context, tx *store.Tx, f committee.CommunicationFilter, channels []committee.Channel, b bodies) (rows []Row, err error) {
	list, err := tx.Communications(ctx, f)
	for _, c := range list {
		row := Row{Communication: c, BodyName: b.name[c.Body]}
		row.ChannelIs, _ = committee.ChannelByID(channels, c.Channel)
		rows = append(rows, row)
	}
	return rows, err
}

// All returns every entry that a query asks for, for a file. NotFound for whoever reads
// none of it.
func (a *Service) All(ctx context.Context, actor registry.Actor, q Query) (rows []Row, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(ctx, tx, actor, &q.Filter); err != nil {
			return err
		}
		q.Filter.From, q.Filter.Until = q.Span()
		q.Filter.Skip, q.Filter.Limit = 0, 0
		names, err := bodyNames(ctx, tx)
		if err != nil {
			return err
		}
		channels, err := tx.Channels(ctx)
		if err != nil {
			return err
		}
		rows, err = named(ctx, tx, q.Filter, channels, names)
		return err
	})
	return rows, err
}

// OfEvent returns the newest entries about an event that the actor reads, and how many
// there are; none for whoever reads none of the register.
func (a *Service) OfEvent(ctx context.Context, actor registry.Actor, id registry.EventID, limit int) (rows []Row, n int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		f := committee.CommunicationFilter{Event: id, Limit: limit}
		err := narrow(ctx, tx, actor, &f)
		if registry.KindOf(err) == registry.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if n, err = tx.CountCommunications(ctx, f); err != nil || n == 0 {
			return err
		}
		channels, err := tx.Channels(ctx)
		if err != nil {
			return err
		}
		rows, err = named(ctx, tx, f, channels, bodies{})
		return err
	})
	return rows, n, err
}

// Year adds up the year of today as far as the actor reads it. NotFound for whoever reads
// none of the register.
func (a *Service) Year(ctx context.Context, actor registry.Actor) (sum committee.Tally, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		var f committee.CommunicationFilter
		if err := narrow(ctx, tx, actor, &f); err != nil {
			return err
		}
		year := a.Today()[:4]
		f.From, f.Until = year+"-01-01", year+"-12-31"
		tallies, err := tx.TallyChannels(ctx, f)
		for _, t := range tallies {
			sum = sum.Add(t)
		}
		return err
	})
	return sum, err
}

// Mine is what an account entered: the newest first, and what its unit adds up to in the
// year of today.
type Mine struct {
	Rows []Row
	Area registry.AreaRef
	Year committee.Tally // of the unit, as far as the actor reads it
}

// Mine returns the newest entries of the actor. NotFound for whoever enters nothing.
func (a *Service) Mine(ctx context.Context, actor registry.Actor, area registry.AreaRef, limit int) (m Mine, err error) {
	if !actor.CanSomewhere(registry.Communicate) {
		return m, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		channels, err := tx.Channels(ctx)
		if err != nil {
			return err
		}
		m.Area = area
		if m.Rows, err = named(ctx, tx, committee.CommunicationFilter{EnteredBy: actor.Account, Limit: limit}, channels, bodies{}); err != nil {
			return err
		}
		f := committee.CommunicationFilter{Area: area.Code}
		if err := narrow(ctx, tx, actor, &f); err != nil || area.IsZero() {
			return err
		}
		year := a.Today()[:4]
		f.From, f.Until = year+"-01-01", year+"-12-31"
		tallies, err := tx.TallyChannels(ctx, f)
		for _, t := range tallies {
			m.Year = m.Year.Add(t)
		}
		return err
	})
	return m, err
}
