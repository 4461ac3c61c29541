package period

import (
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// State is how far a report is.
type State string

// The states that are stored. Locked is none: a period is locked as a whole.
const (
	Open      State = "open"      // not handed in
	Submitted State = "submitted" // handed in, waits for the level above
	Returned  State = "returned"  // given back by the level above, to be mended
	Accepted  State = "accepted"
	Locked    State = "locked" // its period takes nothing more; never stored
)

// States lists the states in the order in which they need attention.
var States = []State{Open, Returned, Submitted, Accepted, Locked}

// Key names a report: one for each unit or body, form and period.
type Key struct {
	Form   FormCode
	Period Period
	Unit   string // code of a commune in the edition of the period, or id of a body
}

// Report is the report of a unit or body for a period.
type Report struct {
	Key
	State       State
	Typed       map[Code]int64 // what was typed, kept while it is open too
	Words       Words          // what was written, kept while it is open too
	Said        Words          // what was written, as it was handed in
	Values      Values         // as they were handed in; nil before the first time
	Lines       []Line         // the rows behind them; read with a single report alone
	SubmittedAt int64          // unix ms
	SubmittedBy string
	DecidedAt   int64 // accepted or given back, unix ms
	DecidedBy   string
	Reason      string // why it was given back
	Version     int64  // 0: nothing was written yet
}

// Filed reports whether the report has figures that count: those that were handed in, and not
// given back since.
func (r Report) Filed(locked bool) bool {
	return r.Values != nil && (locked || r.State == Submitted || r.State == Accepted)
}

// Standing is the state of a report as people see it: in a locked period it is locked, unless it
// may be mended still.
func (r Report) Standing(locked, excepted bool) State {
	if locked && !excepted {
		return Locked
	}
	if r.State == "" {
		return Open
	}
	return r.State
}

// Lock says that a period takes no more reports of a form from the units of a province.
type Lock struct {
	Form     FormCode
	Period   Period
	Province string // code of a province in the edition of the period
	At       int64  // unix ms
	By       string
	Reason   string // why although not all had been accepted; "" if they had
	Missing  int    // reports that were not accepted
}

// Kept is what a lock holds fast beside the reports that were handed in, so that the paper of a
// period says the same whenever it is read.
type Kept struct {
	Units  map[string]string `json:"u"` // names of those that were to report, by their keys
	Own    Values            `json:"o"` // what lies in no commune; nil for a form of bodies
	Filed  int               `json:"f"` // reports that were handed in
	Before Values            `json:"b"` // sums of the year before, of those that were handed in
	Plan   Plan              `json:"p"`
}

// Plan is the plan of a year that a paper speaks of.
type Plan struct {
	Number   string         `json:"n,omitempty"` // "" is none in force
	IssuedOn string         `json:"d,omitempty"` // YYYY-MM-DD
	Goals    map[Code]int64 `json:"g,omitempty"` // of the whole year
}

// Exception lets one unit or body file, or mend, a report after the deadline or in a locked
// period.
type Exception struct {
	Key
	N       int
	Reason  string
	Until   string // last day, YYYY-MM-DD
	At      int64  // unix ms
	By      string
	EndedAt int64 // unix ms; 0 unless it was ended before its day
}

// Holds reports whether the exception is in force on a day.
func (e Exception) Holds(day string) bool { return e.N > 0 && e.EndedAt == 0 && day <= e.Until }

// MaxExceptionDays is how long an exception may last.
const MaxExceptionDays = 60

// Move is how a figure came to differ from the locked report.
type Move struct {
	Code Code  `json:"c"`
	Was  int64 `json:"w"`
	Is   int64 `json:"i"`
}

// Addendum is what came after a report was locked: the report stays as it is, the addendum
// stands beside it.
type Addendum struct {
	Key
	N      int
	Reason string
	Moves  []Move
	Lines  []Line // the rows of that moment, from which the next addendum counts
	At     int64  // unix ms
	By     string
}

// Limits of what is typed with a report, in characters.
const MaxReason = 300

// MaxTyped is the largest figure that may be typed.
const MaxTyped = 1_000_000_000

// Gate is all that decides whether a report may be written.
type Gate struct {
	Calendar  Calendar
	Report    Report
	Lock      *Lock
	Exception *Exception // nil: none in force
	Today     string
}

// Standing is the state of the report as people see it.
func (g Gate) Standing() State { return g.Report.Standing(g.Lock != nil, g.Exception != nil) }

// Late reports whether the deadline has passed and no exception puts it off.
func (g Gate) Late() bool { return g.Today > g.Calendar.Due && g.Exception == nil }

// Write says why the report may not be written or handed in: the period is locked, the report
// was accepted, it lies with the level above, it is not open yet, or the deadline has passed;
// each is a Conflict of its own. Nil where it may.
func (g Gate) Write() error {
	switch r := g.Report; {
	case g.Lock != nil && g.Exception == nil:
		return registry.E(registry.Conflict, "period.error.locked", onDay(g.Lock.At), g.Lock.By)
	case r.State == Accepted:
		return registry.E(registry.Conflict, "period.error.accepted", onDay(r.DecidedAt), r.DecidedBy)
	case r.State == Submitted:
		return registry.E(registry.Conflict, "period.error.submitted", onDay(r.SubmittedAt), r.SubmittedBy)
	case g.Today < g.Calendar.Opens:
		return registry.E(registry.Conflict, "period.error.not_open", vn.ShowDate(g.Calendar.Opens))
	case g.Late():
		return registry.E(registry.Conflict, "period.error.late", vn.ShowDate(g.Calendar.Due))
	}
	return nil
}

// Decide says why the level above may not accept or give back the report; nil where it may.
// Accepting takes one that waits, giving back one that waits or was accepted.
func (g Gate) Decide(to State) error {
	r := g.Report
	switch {
	case g.Lock != nil && g.Exception == nil:
		return registry.E(registry.Conflict, "period.error.locked", onDay(g.Lock.At), g.Lock.By)
	case r.State == Submitted || r.State == Accepted && to == Returned:
		return nil
	case r.State == Accepted:
		return registry.E(registry.Conflict, "period.error.accepted", onDay(r.DecidedAt), r.DecidedBy)
	}
	return registry.E(registry.Conflict, "period.error.not_submitted")
}

// onDay is the day of a moment in unix ms, as people read it.
func onDay(ms int64) string { return vn.ShowDate(vn.DateOf(time.UnixMilli(ms))) }
