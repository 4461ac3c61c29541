package registry

import "testing"

func TestStatesOfAnEvent(t *testing.T) {
	t.Parallel()
	holdsFor(t, "the office keeps drafts and plans to itself", EventStates, func(s EventState) bool { return !s.Public() }, Draft, Planned)
	holdsFor(t, "what is public and not over is upcoming", EventStates, EventState.Upcoming, Announced, Open, Closed, Running, Postponed, Moved)
	holdsFor(t, "no pass opens a gate of what does not take place", EventStates, EventState.Stopped, Postponed, Cancelled)
	holdsFor(t, "a change of plan is explained", EventStates, EventState.NeedsReason, Postponed, Moved, Cancelled)
	final := func(s EventState) bool { return len(eventEdges[s]) == 0 }
	holdsFor(t, "cancelled is final", EventStates, final, Cancelled)
}

func TestWhatAnEventTells(t *testing.T) {
	t.Parallel()
	e := Event{State: Announced, PublishedAt: 1, OpensOn: "2026-11-22", ID: "e", Days: []EventDay{{Day: "2026-11-22", OpensAt: 480}, {Day: "2026-11-23"}}}
	first, found := e.Day("2026-11-22")
	_, other := e.Day("2026-11-24")
	claims(t, map[string]bool{
		"a day has its hours":                         found && first.OpensAt == 480 && e.HasDay("2026-11-23"),
		"the day after the last is none of it":        !other && !e.HasDay("2026-11-24"),
		"visitors see what was published":             e.Public(),
		"what was called off in the plan they do not": !(&Event{State: Cancelled}).Public(),
		"what went back to the plan they do not":      !(&Event{State: Draft, PublishedAt: 1}).Public(),
		"it has not moved":                            !e.WasMoved(),
		"one that took place elsewhere has":           (&Event{Former: FormerPlan{OpensOn: "2026-10-01"}}).WasMoved(),
		"a latitude alone is a place":                 Point{LatE6: 1}.HasPlace(),
		"a longitude alone is a place":                Point{LonE6: -1}.HasPlace(),
		"without both there is none":                  !e.HasPlace(),
		"a list goes on after it":                     e.Cursor() == EventCursor{OpensOn: "2026-11-22", ID: "e"},
	})
}

func TestWindowOfApplications(t *testing.T) {
	t.Parallel()
	at := func(s EventState, now int64) bool {
		return (&Event{State: s, ApplyFrom: 10, ApplyUntil: 20}).AcceptsApplications(now)
	}
	claims(t, map[string]bool{
		"before its first instant nobody applies": !at(Open, 9),
		"at its first instant one may":            at(Open, 10),
		"up to its last instant":                  at(Open, 19),
		"at its end it is over":                   !at(Open, 20),
		"a moved event goes on taking them":       at(Moved, 15),
		"one that is only announced takes none":   !at(Announced, 15),
		"a postponed one takes none":              !at(Postponed, 15),
	})
}

// dated is an event whose applications run from 10 to 20 and which runs from 30 to 40.
func dated(s EventState) *Event {
	return &Event{State: s, ApplyFrom: 10, ApplyUntil: 20, BeginsAt: 30, EndsAt: 40}
}

func TestDatesCarryAnEventOn(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		from EventState
		now  int64
		want EventState
	}{
		"announced until applications open":      {Announced, 9, Announced},
		"open from their first instant":          {Announced, 10, Open},
		"open until their last":                  {Open, 19, Open},
		"closed from their end":                  {Open, 20, Closed},
		"closed though it never was open":        {Announced, 20, Closed},
		"closed until it begins":                 {Closed, 29, Closed},
		"running from its beginning":             {Closed, 30, Running},
		"an open one begins as well":             {Open, 30, Running},
		"running until its end":                  {Running, 39, Running},
		"ended from its end":                     {Running, 40, Ended},
		"a moved one stays so until it begins":   {Moved, 29, Moved},
		"a moved one begins":                     {Moved, 30, Running},
		"a plan goes nowhere by itself":          {Planned, 35, Planned},
		"a postponed one goes nowhere by itself": {Postponed, 35, Postponed},
		"what has ended is reported by a person": {Ended, 99, Ended},
	} {
		t.Run(claim, func(t *testing.T) {
			if got := dated(c.from).Due(c.now); got != c.want {
				t.Errorf("%s at %d: %s, want %s", c.from, c.now, got, c.want)
			}
		})
	}
}

func TestEventLandsWhereItsDatesAre(t *testing.T) {
	t.Parallel()
	windowless := Event{State: Announced, BeginsAt: 30, EndsAt: 40}
	claims(t, map[string]bool{
		"announced in the window it is open":      dated(Planned).Lands(Announced, 15).State == Open,
		"announced on its day it runs":            dated(Planned).Lands(Announced, 30).State == Running,
		"announced after all it has ended":        dated(Planned).Lands(Announced, 45).State == Ended,
		"postponed it stays so":                   dated(Running).Lands(Postponed, 35).State == Postponed,
		"without a window no applications open":   windowless.Due(15) == Announced,
		"without a window it begins all the same": windowless.Due(30) == Running,
	})
}
