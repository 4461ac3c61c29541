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
		"a latitude alone is a place":                 (&Event{LatE6: 1}).HasPlace(),
		"a longitude alone is a place":                (&Event{LonE6: -1}).HasPlace(),
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
