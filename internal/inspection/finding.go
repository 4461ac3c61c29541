package inspection

import (
	"slices"

	"hoicho/internal/registry"
)

// FindingState is a step of what was found.
type FindingState string

// The states.
const (
	Open       FindingState = "open"
	Remedied   FindingState = "remedied" // the subject says that it is mended; nobody has looked
	Closed     FindingState = "closed"   // somebody has looked
	Escalated  FindingState = "escalated"
	HandedOver FindingState = "handed_over" // to market surveillance, with a dossier
)

// FindingStates lists the states in the order shown to people.
var FindingStates = []FindingState{Open, Remedied, Escalated, HandedOver, Closed}

// Valid reports whether s is a known state.
func (s FindingState) Valid() bool { return slices.Contains(FindingStates, s) }

// Settled reports whether nothing is left to do.
func (s FindingState) Settled() bool { return s == Closed }

// findingEdges says which step may follow which. Whatever was done has a way back.
var findingEdges = map[FindingState][]FindingState{
	Open:       {Remedied, Closed, Escalated, HandedOver},
	Remedied:   {Open, Closed, Escalated, HandedOver},
	Escalated:  {Open, Remedied, Closed, HandedOver},
	HandedOver: {Open, Closed},
	Closed:     {Open},
}

// CanBecome reports whether a finding in state s may step to next.
func (s FindingState) CanBecome(next FindingState) bool {
	return slices.Contains(findingEdges[s], next)
}

// Handover is a finding handed over to market surveillance (quản lý thị trường).
type Handover struct {
	On      string // day, YYYY-MM-DD; "" was not handed over
	To      string
	Dossier string // number of the dossier
	DueOn   string // day by which an answer is due
	Outcome string // what they did, in words; "" no answer yet
}

// Finding is something that was not as it should be.
type Finding struct {
	ID       registry.FindingID
	Record   registry.InspectionID
	N        int    // within its record
	Item     string // code of the checklist; "" beside it
	Words    string // what was seen
	Remedy   string // what is to be done
	DueOn    string // last day to do it, YYYY-MM-DD; "" at once
	Safety   bool
	Holds    bool // the booth does not open before it is closed
	State    FindingState
	Handover Handover
	MovedAt  int64 // unix ms of the last step
	Version  int64
}

// Due is the last day on which it may be mended: that of the record where at once was asked.
func (f Finding) Due(found string) string {
	if f.DueOn == "" {
		return found
	}
	return f.DueOn
}

// Late reports whether it should have been mended before a day.
func (f Finding) Late(found, today string) bool {
	return (f.State == Open || f.State == Escalated) && f.Due(found) < today
}

// FindingFilter chooses findings. Empty fields do not narrow.
type FindingFilter struct {
	Codes   []string          // found under one of today's units; nil is all
	Bodies  []registry.BodyID // or of one of these bodies
	Area    string            // code of a unit of today
	Issuer  registry.BodyID   // whose inspectors found it
	State   FindingState
	Settled bool   // those with nothing left to do too
	Late    string // should have been mended before this day
	Skip    int    // rows to leave out
	Limit   int    // 0 is all
}

// FindingRow is a finding with the record that it belongs to, without what fills that.
type FindingRow struct {
	Finding
	In Record
}

// FindingStep is a line of a finding's log, which only grows.
type FindingStep struct {
	N      int
	At     int64 // unix ms
	By     string
	State  FindingState
	Text   string
	Record registry.InspectionID // the re-check that found it so
}

// Shown says when the public reads of a finding that is not settled.
type Shown string

// The choices of the setting.
const (
	ShownLate   Shown = "after_deadline" // once its day has passed; what concerns safety at once
	ShownAtOnce Shown = "at_once"
	ShownSafety Shown = "safety_only" // what concerns safety alone
)

// Public reports whether the public reads of a finding today.
func (f Finding) Public(rule Shown, found, today string) bool {
	switch {
	case f.State.Settled():
		return false
	case f.Safety || rule == ShownAtOnce:
		return true
	case rule == ShownSafety:
		return false
	}
	return f.Due(found) < today
}
