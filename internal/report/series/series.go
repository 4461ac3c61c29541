// Package series makes the paper of a series of sessions out of the closed reports of its sessions.
// It is pure: app reads the rows, package report has counted them.
package series

import (
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// Key names a figure: one of the report of an event, or of a series alone.
type Key = report.Key

// Standing says how far a session of a series has come.
type Standing string

// How far a session may have come.
const (
	SessionReported  Standing = "reported"  // its report is closed
	SessionReopened  Standing = "reopened"  // its report is closed, and an addendum to it open
	SessionMissing   Standing = "missing"   // it was held, and has no closed report
	SessionRunning   Standing = "running"   // it is being held
	SessionAhead     Standing = "ahead"     // it is still to come
	SessionPostponed Standing = "postponed" // it is still to come, without a day
	SessionCancelled Standing = "cancelled" // it does not take place
)

// Session is a session of a series as the paper of the series has it. Only one whose report
// is closed has figures.
type Session struct {
	Event      registry.EventID
	Title      string
	Place      string // the unit that it lies in, as it was called on its first day
	OpensOn    string // YYYY-MM-DD
	Standing   Standing
	Reason     string       // why it was called off or put off
	Told       *report.Told // nil: it has no closed report
	Addenda    int          // closed ones
	Registers  map[Key]int64
	Assessment string // of its report; paragraphs
}

// StandingOf says how far a session has come: its report counts once it is closed, whatever the
// event did since.
func StandingOf(state registry.EventState, closed, reopened bool) Standing {
	switch {
	case closed && (reopened || state != registry.Reported):
		return SessionReopened
	case closed:
		return SessionReported
	case state == registry.Ended || state == registry.Reported:
		return SessionMissing
	case state == registry.Running:
		return SessionRunning
	case state == registry.Postponed:
		return SessionPostponed
	case state == registry.Cancelled:
		return SessionCancelled
	}
	return SessionAhead
}

// Counts reports whether the figures of the session are in the paper.
func (s *Session) Counts() bool { return s.Told != nil }

// Name is the session within a text: "10/01/2027, xã Ba Bể".
func (s *Session) Name() string { return strings.Trim(vn.ShowDate(s.OpensOn)+", "+s.Place, ", ") }

// N is a figure of the session; told is false where it has no closed report, where single vendors'
// sales could be worked out of it, and where the reader is not told what registers hold.
func (s *Session) N(key Key) (n int64, told bool) {
	if s.Told == nil {
		return 0, false
	}
	if _, is := report.AboutOf(key); is {
		return s.Told.N(key)
	}
	n, told = s.Registers[key]
	return n, told
}

// Figure is a figure of a whole series.
type Figure struct {
	Key  Key
	N    int64
	Told bool // of one session at least
	Of   int  // sessions that tell it
}

// standings are the figures that count sessions, by the standings that they count; nil is all.
var standings = []struct {
	key Key
	of  []Standing
}{
	{"sessions", nil},
	{"sessions_held", []Standing{SessionReported, SessionReopened, SessionMissing, SessionRunning}},
	{"sessions_reported", []Standing{SessionReported, SessionReopened}},
	{"sessions_missing", []Standing{SessionMissing, SessionRunning}},
	{"sessions_ahead", []Standing{SessionAhead, SessionPostponed}},
	{"sessions_cancelled", []Standing{SessionCancelled}},
}

// Registers are the figures that registers hold of a session, in the order of the paper.
var Registers = []Key{"costs_estimate", "costs_dong", "communications", "comm_people", "inspections", "self_checks", "findings", "findings_open"}

// Vendors is how many vendors took part in any session, each counted once.
const Vendors Key = "vendors_distinct"

// Keys lists every figure of the paper of a series in its order.
func Keys() (keys []Key) {
	for _, s := range standings {
		keys = append(keys, s.key)
	}
	for _, key := range report.Keys() {
		if key == "vendors" {
			keys = append(keys, Vendors)
		}
		keys = append(keys, key)
	}
	return append(keys, Registers...)
}

// SessionKeys lists every figure that a session may tell, in the order of the paper.
func SessionKeys() []Key { return append(report.Keys(), Registers...) }

// with returns the sessions that stand in one of some ways, all for none.
func (p *Result) with(of ...Standing) []*Session {
	var list []*Session
	for i := range p.Sessions {
		if s := &p.Sessions[i]; len(of) == 0 || slices.Contains(of, s.Standing) {
			list = append(list, s)
		}
	}
	return list
}

// counted are the sessions whose figures are in the paper, by their days.
func (p *Result) counted() []*Session {
	return p.with(SessionReported, SessionReopened)
}

// Of are the sessions that a figure counts, or is the sum of; false if there is no such figure.
func (p *Result) Of(key Key) ([]*Session, bool) {
	for _, s := range standings {
		if s.key == key {
			return p.with(s.of...), true
		}
	}
	return p.counted(), slices.Contains(Keys(), key)
}

// moneyUnit is what sums of money are counted in.
const moneyUnit = "report.unit.dong"

// IsMoney reports whether a figure is a sum of money, in đồng.
func IsMoney(key Key) bool {
	if a, is := report.AboutOf(key); is {
		return a.Unit == moneyUnit
	}
	return IsCost(key)
}

// IsCost reports whether a figure is a sum of lines of cost.
func IsCost(key Key) bool { return key == "costs_dong" || key == "costs_estimate" }

// CountsSessions reports whether a figure says how many sessions there are.
func CountsSessions(key Key) bool {
	return slices.ContainsFunc(standings, func(s struct {
		key Key
		of  []Standing
	}) bool {
		return s.key == key
	})
}

// Figure is a figure of the whole series. A sum is that of the sessions that tell the figure
// themselves, so that no sum less another gives what is not told.
func (p *Result) Figure(key Key) Figure {
	of, ok := p.Of(key)
	switch {
	case !ok:
		return Figure{Key: key}
	case CountsSessions(key):
		return Figure{Key: key, N: int64(len(of)), Told: true, Of: len(of)}
	case key == Vendors:
		return Figure{Key: key, N: p.Vendors, Told: true, Of: len(of)}
	}
	return sumOf(key, of)
}

// sumOf adds a figure up over sessions; of none it is a told 0 only where it is no secret.
func sumOf(key Key, of []*Session) Figure {
	f := Figure{Key: key}
	for _, s := range of {
		if n, told := s.N(key); told {
			f.N, f.Of, f.Told = f.N+n, f.Of+1, true
		}
	}
	return f
}

// Figures lists every figure that is told, in the order of the paper.
func (p *Result) Figures() (list []Figure) {
	for _, key := range Keys() {
		if f := p.Figure(key); f.Told {
			list = append(list, f)
		}
	}
	return list
}

// Draft reports whether the paper says less than it will: some session that takes place has no
// closed report, or its report is open again.
func (p *Result) Draft() bool {
	done := p.with(SessionReported, SessionCancelled)
	return len(done) < len(p.Sessions) || len(p.counted()) == 0
}

// IsOfEvent reports whether a figure is one of the report of each session.
func IsOfEvent(key Key) bool {
	_, is := report.AboutOf(key)
	return is
}
