package admission

import (
	"context"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// dayBounds are the first instant of a day in Vietnam and of the next, unix ms.
func dayBounds(day string) (from, until int64) {
	start, _ := vn.StartOf(day)
	return start.UnixMilli(), start.UnixMilli() + 24*registry.HourMS
}

// GateStats returns what a gate phone shows of the day so far; to a seller's phone what its
// vendor took and nothing of the gates.
func (a *Service) GateStats(ctx context.Context, device registry.Device) (gate.Stats, error) {
	s := gate.Stats{ServerTime: a.NowMS(), Visits: []registry.VisitsBy{}, Hours: []gate.HourStats{}, Gates: []gate.GateStats{}}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		desk, err := a.desk(ctx, tx, device.Event)
		if err != nil {
			return err
		}
		if device.Role == registry.Seller {
			s.Taken = &gate.Taken{}
			s.Taken.N, s.Taken.Dong, err = tx.VouchersTaken(ctx, device.Event, device.Vendor)
			return err
		}
		if s.Inside, err = tx.PeopleInside(ctx, device.Event, desk.register.GateDay(s.ServerTime)); err != nil {
			return err
		}
		hours, err := a.gateHours(ctx, tx, device.Event)
		s.Capacity = desk.capacity()
		s.Fill = registry.FillOf(s.Inside, s.Capacity)
		s.Alarm = s.Fill == registry.FillFull
		s.Visits = append(s.Visits, registry.VisitsOf(hours).By...)
		s.Hours, s.Gates = byHour(hours), byGate(hours)
		return err
	})
	return s, err
}

// byHour sums up counters by hour.
func byHour(hours []registry.GateHour) []gate.HourStats {
	out := []gate.HourStats{}
	for _, h := range hours {
		i := slices.IndexFunc(out, func(o gate.HourStats) bool { return o.FromAt == h.HourAt })
		if i < 0 {
			i = len(out)
			out = append(out, gate.HourStats{FromAt: h.HourAt})
		}
		switch h.Figure {
		case registry.FigureIn:
			out[i].In += h.N
		case registry.FigureOut:
			out[i].Out += h.N
		default:
			out[i].Visits += h.N
		}
	}
	return out
}

// byGate sums up counters by gate; what was counted at no single gate is left out.
func byGate(hours []registry.GateHour) []gate.GateStats {
	sums := map[int]gate.GateStats{}
	for _, h := range hours {
		g := sums[h.Gate]
		switch g.Number = h.Gate; h.Figure {
		case registry.FigureIn:
			g.In += h.N
		case registry.FigureOut:
			g.Out += h.N
		default:
			g.Visits += h.N
		}
		sums[h.Gate] = g
	}
	delete(sums, 0)
	out := []gate.GateStats{}
	for _, g := range sums {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b gate.GateStats) int { return a.Number - b.Number })
	return out
}

// EventVisits is how many visits an event had, and how they were counted.
type EventVisits struct {
	Today registry.Visits
	Total registry.Visits
}

// Visits returns the visits of an event. Whoever asks has seen that the event is
// public.
func (a *Service) Visits(ctx context.Context, event registry.EventID) (v EventVisits, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		hours, err := tx.GateHours(ctx, event, 0, 1<<62)
		v.Total = registry.VisitsOf(hours)
		from, until := dayBounds(a.Today())
		v.Today = registry.VisitsOf(slices.DeleteFunc(hours, func(h registry.GateHour) bool { return h.HourAt < from || h.HourAt >= until }))
		return err
	})
	return v, err
}

// VisitsToday counts the visits of today at several events together.
func (a *Service) VisitsToday(ctx context.Context, tx *store.Tx, events []registry.Event) (int, error) {
	from, until := dayBounds(a.Today())
	hours, err := tx.HoursOfAll(ctx, registry.IDsOf(events), from, until)
	return registry.VisitsOf(hours).Total, err
}

// GateFigures are the figures of one day at an event's gates.
type GateFigures struct {
	Event   registry.Event
	Gates   []registry.Gate
	Day     string // one of the event's
	Hours   []registry.GateHour
	Visits  registry.Visits // of the day
	Total   registry.Visits // of the event
	Inside  int             // people with passes inside now
	Tallies []registry.Tally
	Enter   bool // the actor may type in tallies
}

// GateFigures returns the figures of a day of an event: today's if day is none of
// the event's, or the nearest to it. The actor needs ViewFigures in the event's
// area.
func (a *Service) GateFigures(ctx context.Context, actor registry.Actor, id registry.EventID, day string) (f GateFigures, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		f.Day = nearestDay(&f.Event, day, a.Today())
		f.Enter = actor.Can(registry.ManageGate, a.Areas.Scope(f.Event.Area))
		desk, err := a.desk(ctx, tx, id)
		if err != nil {
			return err
		}
		f.Gates = desk.gates
		if f.Inside, err = tx.PeopleInside(ctx, id, desk.register.GateDay(tx.NowMS())); err != nil {
			return err
		}
		return a.readFigures(ctx, tx, &f)
	})
	return f, err
}

func (a *Service) readFigures(ctx context.Context, tx *store.Tx, f *GateFigures) error {
	all, err := tx.GateHours(ctx, f.Event.ID, 0, 1<<62)
	if err != nil {
		return err
	}
	f.Total = registry.VisitsOf(all)
	from, until := dayBounds(f.Day)
	for _, h := range all {
		if h.HourAt >= from && h.HourAt < until {
			f.Hours = append(f.Hours, h)
		}
	}
	f.Visits = registry.VisitsOf(f.Hours)
	f.Tallies, err = tx.Tallies(ctx, f.Event.ID)
	return err
}

// nearestDay is the day asked for if the event has it, else the last of its days
// that has begun, else its first.
func nearestDay(e *registry.Event, asked, today string) string {
	if e.HasDay(asked) {
		return asked
	}
	day := e.OpensOn
	for _, d := range e.Days {
		if d.Day <= today {
			day = d.Day
		}
	}
	return day
}
