package registry

// Due returns the state into which dates alone carry the event at an instant
// (unix ms), one step at a time; the present state if none is due. A moved event
// stays one until it begins, so that everybody sees it. A stopped event goes
// nowhere by itself.
func (e *Event) Due(now int64) EventState {
	switch e.State {
	case Announced, Open, Closed, Moved:
		if now >= e.BeginsAt {
			return Running
		}
	case Running:
		if now >= e.EndsAt {
			return Ended
		}
	}
	return e.dueWindow(now)
}

// Lands returns the event as its dates leave it when it steps to a state at an
// instant (unix ms).
func (e Event) Lands(to EventState, now int64) Event {
	for e.State = to; e.Due(now) != e.State; e.State = e.Due(now) {
	}
	return e
}

// dueWindow is Due for the window of applications.
func (e *Event) dueWindow(now int64) EventState {
	switch {
	case e.ApplyUntil == 0:
	case (e.State == Announced || e.State == Open) && now >= e.ApplyUntil:
		return Closed
	case e.State == Announced && now >= e.ApplyFrom:
		return Open
	}
	return e.State
}
