package gate

import (
	"time"

	"hoicho/internal/registry"
)

// GateDay is the day that a scan counts for: the event day whose opening hours
// hold it, else the one whose set-up time does, else the calendar day. So who
// packs up after midnight is still in the last day. An instant before 1970, which a
// broken clock alone names, counts for the first day of 1970.
func (s *Snapshot) GateDay(now int64) string {
	for _, d := range s.Event.Days {
		if d.Hours.Holds(now) {
			return d.Day
		}
	}
	for _, d := range s.Event.Days {
		if s.withSetup(d).Holds(now) {
			return d.Day
		}
	}
	return time.UnixMilli(max(0, now)).In(local).Format(time.DateOnly)
}

// withSetup widens a day's hours by the time for setting up and packing up.
func (s *Snapshot) withSetup(d Day) registry.TimeWindow {
	setup := minutes(s.Policy.SetupMinutes)
	return registry.TimeWindow{FromAt: d.Hours.FromAt - setup, UntilAt: d.Hours.UntilAt + setup}
}

// staffWindows are when staff may come in.
func (s *Snapshot) staffWindows() []registry.TimeWindow {
	windows := make([]registry.TimeWindow, len(s.Event.Days))
	for i, d := range s.Event.Days {
		windows[i] = s.withSetup(d)
	}
	return windows
}

// loadWindows are when vehicles may move.
func (s *Snapshot) loadWindows() []registry.TimeWindow {
	if len(s.Policy.LoadWindows) > 0 {
		return s.Policy.LoadWindows
	}
	windows := make([]registry.TimeWindow, 0, 2*len(s.Event.Days))
	for _, d := range s.Event.Days {
		wide := s.withSetup(d)
		windows = append(windows,
			registry.TimeWindow{FromAt: wide.FromAt, UntilAt: d.Hours.FromAt},
			registry.TimeWindow{FromAt: d.Hours.UntilAt, UntilAt: wide.UntilAt})
	}
	return windows
}

// held reports whether one of the windows holds now. If none does, next is the
// one that begins first after now; it is empty when there is none.
func held(windows []registry.TimeWindow, now int64) (ok bool, next registry.TimeWindow) {
	for _, w := range windows {
		if w.Holds(now) {
			return true, registry.TimeWindow{}
		}
		if w.FromAt > now && w.FromAt < w.UntilAt && (next.FromAt == 0 || w.FromAt < next.FromAt) {
			next = w
		}
	}
	return false, next
}
