package committee

import (
	"fmt"

	"hoicho/internal/registry"
)

// SupervisionHeld is a supervision of the campaign by the Fatherland Front or an organisation
// (giám sát, S25): what was looked at, what was recommended, what was answered.
type SupervisionHeld struct {
	ID             registry.SupervisionID
	N              int64  // number in the register, never used twice
	Content        string // what was supervised
	By             registry.BodyID
	HeldOn         string           // YYYY-MM-DD
	Area           registry.AreaRef // where, in the edition of the day
	Subject        registry.BodyID  // that was supervised; "" is none of the list
	SubjectName    string           // in words; "" if Subject says it
	Event          registry.EventID // at which; "" is none
	Recommendation string           // kiến nghị; "" is none
	DueOn          string           // by when it is to be answered; "" without one
	Paper          string           // number of the paper of the supervision
	Evidence       registry.FileID  // that paper; "" is none
	Answer         string           // "" is none yet
	AnsweredOn     string
	AnswerPaper    string // number
	AnswerFile     registry.FileID
	AnsweredAs     string // who wrote the answer down
	Tasks          []registry.TaskID
	Entered        Entry
	Struck         Struck
	Version        int64
}

// Limits of a supervision, in characters.
const (
	MaxSupervisionLine = 200
	MaxSupervisionText = 2000
)

// Number is how people name it: "GS-12".
func (s SupervisionHeld) Number() string { return fmt.Sprintf("GS-%d", s.N) }

// SupervisionState is where a supervision stands.
type SupervisionState string

// The states.
const (
	SupervisionNoted    SupervisionState = "noted"    // nothing was recommended
	SupervisionAwaiting SupervisionState = "awaiting" // an answer is awaited
	SupervisionLate     SupervisionState = "late"     // it was due before today
	SupervisionAnswered SupervisionState = "answered"
)

// SupervisionStates lists the states in the order in which they need attention.
var SupervisionStates = []SupervisionState{SupervisionLate, SupervisionAwaiting, SupervisionAnswered, SupervisionNoted}

// State is where a supervision stands on a day.
func (s SupervisionHeld) State(today string) SupervisionState {
	switch {
	case s.Recommendation == "":
		return SupervisionNoted
	case s.AnsweredOn != "":
		return SupervisionAnswered
	case s.DueOn < today:
		return SupervisionLate
	}
	return SupervisionAwaiting
}

// SupervisionFilter chooses supervisions. Empty fields do not narrow.
type SupervisionFilter struct {
	Codes  []string          // found under one of today's units; nil is all
	Bodies []registry.BodyID // by or about one of these; nil is all
	Area   string            // code of a unit of today
	Year   int               // of its day; 0 is all
	By     registry.BodyID
	Event  registry.EventID
	Task   registry.TaskID
	State  SupervisionState // on Today
	Today  string
	Counts bool // without those struck out
	Skip   int  // rows to leave out
	Limit  int  // 0 is all
}

// Supervises reports whether bodies of the kind supervise: the Fatherland Front, which is the
// standing body, committees, and the organisations of the people.
func (k BodyKind) Supervises() bool {
	return k == SteeringCommittee || k == StandingBody || k == MemberOrg
}
