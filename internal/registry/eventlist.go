package registry

// EventFilter says which events a list shows and in which order. Zero fields do
// not filter.
type EventFilter struct {
	IDs     []EventID // nil: any
	Area    string    // code of today's unit
	Reach   []string  // codes of today's units, any of which may hold the event
	Limited bool      // filter by Reach, even if it is empty, which finds nothing
	Public  bool      // only those that the public has known
	Copies  EventID   // only copies of this event
	Single  bool      // without the sessions of series
	Series  EventID   // only sessions of series that copy the same event as the one of this session
	Keeper  AccountID // who made it
	Kind    EventKind
	Boosted bool         // only stimulus sessions, as stimulus.Tally has it
	States  []EventState // nil: any
	From    string       // last day on or after, YYYY-MM-DD
	To      string       // first day on or before
	Text    string       // words of the title
	Latest  bool         // latest first; else earliest first
	After   EventCursor
	Limit   int // 0: 50
}

// IDsOf are the ids of events.
func IDsOf(events []Event) []EventID {
	ids := make([]EventID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	return ids
}

// EventKeeper is an officer who made events.
type EventKeeper struct {
	Account AccountID
	Name    string
}

// EventCursor names the last event of a page of a list.
type EventCursor struct {
	OpensOn string
	ID      EventID
}

// Cursor is where a list goes on after the event.
func (e *Event) Cursor() EventCursor { return EventCursor{OpensOn: e.OpensOn, ID: e.ID} }

// EventFigures is what an event has to show.
type EventFigures struct {
	Booths   int // not blocked
	Promised int // booths promised to approved and offered applications
	Vendors  int // with an approved application
	Products int // that they bring
	Rated    int // of these, with an OCOP rank in force
}

// Left is how many booths nobody has been promised, at least 0.
func (f EventFigures) Left() int { return max(0, f.Booths-f.Promised) }

// EventWork counts how far the office of an event is, and what it has still to do there.
type EventWork struct {
	Given     int // booths that have a vendor
	Overdue   int // applications that have waited for a decision too long
	Boothless int // approved applications that have not all their booths
	Unprinted int // valid passes that the office has not put on paper
	Reissued  int // of these, those that took the place of another pass
	Gates     int
	ToCall    int // vendors that nobody has told something
	Sales     int // vendors that have not told the sales of all their days
}
