package registry

import "slices"

// EventKind is a fair (hội chợ) or a market session (phiên chợ).
type EventKind string

// The kinds of event.
const (
	Fair          EventKind = "fair"
	MarketSession EventKind = "market_session"
)

// EventKinds lists the kinds in the order shown to people.
var EventKinds = []EventKind{Fair, MarketSession}

// EventLevel is where an event stands, whatever the units of its time: the
// provincial centre, a (former) district, or a commune.
type EventLevel string

// The levels.
const (
	ProvinceLevel EventLevel = "province"
	DistrictLevel EventLevel = "district"
	CommuneLevel  EventLevel = "commune"
)

// EventLevels lists the levels in the order shown to people.
var EventLevels = []EventLevel{ProvinceLevel, DistrictLevel, CommuneLevel}

// EventState is a step in the life of an event.
type EventState string

// The states. Announced, Open, Closed, Running and Ended follow from dates once
// an event is announced; the others need a person.
const (
	Draft     EventState = "draft"     // only the office sees it
	Planned   EventState = "planned"   // in the office's plan; not yet public
	Announced EventState = "announced" // public; applications not open yet
	Open      EventState = "open"      // takes applications
	Closed    EventState = "closed"    // applications over, not begun
	Running   EventState = "running"
	Ended     EventState = "ended"
	Reported  EventState = "reported"
	Postponed EventState = "postponed" // with reason; new days to be named
	Moved     EventState = "moved"     // with reason; other place or days are set
	Cancelled EventState = "cancelled" // with reason; final
)

// EventStates lists every state in the order of life.
var EventStates = []EventState{Draft, Planned, Announced, Open, Closed, Running, Ended, Reported, Postponed, Moved, Cancelled}

// eventEdges says which step may follow which.
var eventEdges = map[EventState][]EventState{
	Draft:     {Planned, Announced, Cancelled},
	Planned:   {Draft, Announced, Postponed, Cancelled},
	Announced: {Draft, Open, Closed, Running, Postponed, Moved, Cancelled},
	Open:      {Draft, Closed, Running, Postponed, Moved, Cancelled},
	Closed:    {Draft, Open, Running, Postponed, Moved, Cancelled},
	Running:   {Ended, Postponed, Cancelled},
	Ended:     {Reported, Running},
	Reported:  {Ended},
	Postponed: {Planned, Announced, Moved, Cancelled},
	Moved:     {Announced, Open, Closed, Running, Postponed, Cancelled},
}

// CanBecome reports whether an event in state s may step to next.
func (s EventState) CanBecome(next EventState) bool { return slices.Contains(eventEdges[s], next) }

// Public reports whether visitors see an event in this state.
func (s EventState) Public() bool { return s != Draft && s != Planned }

// Upcoming reports whether an event in this state is public and not yet over.
func (s EventState) Upcoming() bool {
	return s.Public() && s != Ended && s != Reported && s != Cancelled
}

// Stopped reports whether the event does not take place as announced: no pass
// opens a gate then.
func (s EventState) Stopped() bool { return s == Postponed || s == Cancelled }

// NeedsReason reports whether stepping to s asks for a reason that applicants
// and visitors are told.
func (s EventState) NeedsReason() bool { return s == Postponed || s == Moved || s == Cancelled }

// Registration is where the registration of a fair with the department stands.
// A fair within a trade-promotion programme decided by the provincial People's
// Committee needs none (NĐ 81/2018/NĐ-CP, Điều 29).
type Registration string

// The states of registration.
const (
	RegistrationNotNeeded Registration = "not_needed"
	RegistrationToFile    Registration = "to_file"
	RegistrationFiled     Registration = "filed"
	RegistrationConfirmed Registration = "confirmed"
	RegistrationRefused   Registration = "refused"
)

// Registrations lists the states of registration in the order shown to people.
var Registrations = []Registration{RegistrationNotNeeded, RegistrationToFile, RegistrationFiled, RegistrationConfirmed, RegistrationRefused}

// LegalBasis is what an event rests on: a decision that exempts it, or its
// registration.
type LegalBasis struct {
	Registration Registration
	Number       string // số hiệu of the decision, plan or confirmation
	IssuedOn     string // YYYY-MM-DD, may be empty
	Issuer       string
	FiledOn      string // YYYY-MM-DD, set once filed
}

// Event is a fair or market session.
type Event struct {
	ID          EventID
	Number      uint32 // in passes; never used twice
	Slug        string // in addresses; never changes, because it is printed
	Kind        EventKind
	Level       EventLevel
	State       EventState
	StateReason string // of the last stop or move, told to everybody
	StateAt     int64  // unix ms, when the state began
	Former      FormerPlan
	Title       string
	Summary     string // one or two sentences
	Body        string // plain text, paragraphs
	Area        AreaRef
	Venue       string
	Point       // on the map
	Directions  string
	Organiser   string
	CoOrganiser []string
	Phone       string // contact told to the public
	Legal       LegalBasis
	LegalOthers []string // further papers that it rests on, one an entry, in their own words
	Programme   string   // trade-promotion programme or scheme it belongs to
	OpensOn     string   // first day, YYYY-MM-DD
	ClosesOn    string   // last day
	BeginsAt    int64    // unix ms, 00:00 of the first day: vendors load in before the doors open
	EndsAt      int64    // unix ms, closing hour of the last day
	ApplyFrom   int64    // unix ms; 0 = not set
	ApplyUntil  int64
	SelfPick    bool // approved vendors may pick their booth
	SelfCheck   bool // a booth opens once its vendor has checked itself
	JointCheck  bool // a booth opens once it was looked at before
	BoothsN     int  // booths planned; 0 = not said
	StaffPasses int  // staff passes per booth
	Capacity    int  // people at once; 0 = no alarm
	Cover       FileID
	ClonedFrom  EventID
	Asked       []string // fields of its form that a copy left to be answered before it is announced
	PublishedAt int64    // unix ms, since when the public has known it; 0 = never
	CreatedBy   AccountID
	CreatedAt   int64
	UpdatedAt   int64
	Version     int64
	Days        []EventDay      // in order of the days
	Items       []ProgrammeItem // in order of day and hour
	Quotas      []Quota
}

// FormerPlan is where and when a moved event was to take place before, the zero
// value if it never moved.
type FormerPlan struct {
	OpensOn  string
	ClosesOn string
	Venue    string
}

// EventDay is one day of an event with its opening hours.
type EventDay struct {
	Day      string // YYYY-MM-DD
	OpensAt  int    // minutes after midnight
	ClosesAt int    // minutes after midnight, at most 1440
	Note     string
}

// ProgrammeItem is one entry of an event's programme.
type ProgrammeItem struct {
	Day      string
	StartsAt int // minutes after midnight
	EndsAt   int // 0 = open end
	Title    string
	Place    string
}

// Quota limits the booths of a product group at an event.
type Quota struct {
	Group ProductGroup
	Max   int
}

// HasDay reports whether day is a day of the event.
func (e *Event) HasDay(day string) bool {
	_, ok := e.Day(day)
	return ok
}

// Day returns the hours of a day of the event; false if it is none of its days.
func (e *Event) Day(day string) (EventDay, bool) {
	i := slices.IndexFunc(e.Days, func(d EventDay) bool { return d.Day == day })
	if i < 0 {
		return EventDay{}, false
	}
	return e.Days[i], true
}

// AcceptsApplications reports whether a vendor may apply now (unix ms). A moved
// event goes on taking applications inside its window.
func (e *Event) AcceptsApplications(now int64) bool {
	return (e.State == Open || e.State == Moved) && now >= e.ApplyFrom && now < e.ApplyUntil
}

// Public reports whether visitors see the event. One that was called off before it
// was ever announced stays with the office.
func (e *Event) Public() bool { return e.PublishedAt > 0 && e.State.Public() }

// WasMoved reports whether the event has been moved from other days or another
// place.
func (e *Event) WasMoved() bool { return e.Former.OpensOn != "" }

// EventRemains counts what hangs on an event that is to be removed.
type EventRemains struct {
	Booths       int
	Gates        int
	Phones       int // paired and not revoked
	Passes       int
	Items        int // of the programme
	Applications int
	Held         int // rows that belong to vendors, visitors or the record: with any, the event stays
}

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
