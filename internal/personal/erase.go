package personal

import (
	"slices"

	"hoicho/internal/vn"
)

// ErasureID names an erasure.
type ErasureID string

// ErasureState is where the erasure of an account stands.
type ErasureState string

// The states.
const (
	Waiting   ErasureState = "waiting"    // until its day; it can be taken back
	PutOff    ErasureState = "put_off"    // its day has come and something stands against it
	TakenBack ErasureState = "taken_back" // with a reason
	Erased    ErasureState = "done"
)

// Open reports whether the erasure is still to be carried out.
func (s ErasureState) Open() bool { return s == Waiting || s == PutOff }

// ErasedName stands wherever the name of an erased person stood. It is read in papers and
// lists of either language as it is; pages say it in one.
const ErasedName = "(đã xóa / erased)"

// ErasedVendor is the name of a household that bore its owner's.
const ErasedVendor = "Cơ sở " + ErasedName

// Emptied reports whether a vendor with a name and a reason of its state is a household that was
// emptied with its owner. It is never opened or filled again.
func Emptied(name, reason string) bool { return name == ErasedVendor && reason == ErasedName }

// LeastWait is how many days an erasure waits at least that the account itself did not ask for, so
// that its owner can hear of it.
const LeastWait = 1

// Part is something that is kept of an account, as an erasure counts it.
type Part string

// What an erasure destroys, in the order shown to people.
const (
	PartContact     Part = "contact"     // name, phone, mail address, consent
	PartSecrets     Part = "secrets"     // password, second step
	PartSessions    Part = "sessions"    // sign-ins
	PartCodes       Part = "codes"       // one-time and recovery codes
	PartPhones      Part = "phones"      // that get notifications
	PartPrograms    Part = "programs"    // API tokens
	PartRoles       Part = "roles"       // at the office
	PartBodies      Part = "bodies"      // that it acts for
	PartMemberships Part = "memberships" // of vendors
	PartVendors     Part = "vendors"     // households: name, contact, representative, village, tax number; hidden; of others what is of the person
	PartWords       Part = "words"       // of their applications: notes, answers, plates
	PartPasses      Part = "passes"      // names and plates on their passes
	PartLetters     Part = "letters"     // mail and notifications
	PartHabits      Part = "habits"      // how it reads in files
	PartNames       Part = "names"       // copies of the name beside what it did
)

// PartsGone lists what an erasure destroys.
var PartsGone = []Part{PartContact, PartSecrets, PartSessions, PartCodes, PartPhones, PartPrograms, PartRoles, PartBodies, PartMemberships, PartVendors,
	PartWords, PartPasses, PartLetters, PartHabits, PartNames}

// What an erasure leaves, each for a reason of its own, in the order shown to people.
const (
	StayResults   Part = "results"   // applications, booths, sales of its households: figures count them
	StayCompanies Part = "companies" // vendors that are companies or somebody else's too
	StayEvidence  Part = "evidence"  // certificates on which checked labels rest
	StayRecords   Part = "records"   // minutes of inspections: papers the law bids to keep
	StaySigned    Part = "signed"    // reports that it signed or closed
	StayProducts  Part = "products"  // of its households: inspections and figures rest on them; no page shows them
	StayShared    Part = "shared"    // a name without an account beside it, which another account bears too
	StayLog       Part = "log"       // lines of the audit log: a chain that breaks where one is changed
	StayImports   Part = "imports"   // rows of files, until they can no longer be taken back
	StayRequest   Part = "request"   // this request, for as long as the rule says
)

// PartsStaying lists what an erasure leaves.
var PartsStaying = []Part{StayResults, StayCompanies, StayEvidence, StayRecords, StaySigned, StayProducts, StayShared, StayLog, StayImports, StayRequest}

// Count is how many rows of a part there are.
type Count struct {
	Part Part `json:"part"`
	N    int  `json:"n"`
}

// Effects are what an erasure does, in numbers; parts of which there is nothing are left out.
type Effects struct {
	Gone  []Count `json:"gone"`
	Stays []Count `json:"stays"`
}

// Add counts rows of a part in: as destroyed, or as staying.
func (e *Effects) Add(part Part, n int) {
	to := &e.Gone
	if slices.Contains(PartsStaying, part) {
		to = &e.Stays
	}
	i := slices.IndexFunc(*to, func(c Count) bool { return c.Part == part })
	switch {
	case n == 0:
	case i < 0:
		*to = append(*to, Count{part, n})
	default:
		(*to)[i].N += n
	}
}

// Ordered is e with its parts in the order shown to people.
func (e Effects) Ordered() (sorted Effects) {
	for _, part := range append(slices.Clone(PartsGone), PartsStaying...) {
		sorted.Add(part, e.Of(part))
	}
	return sorted
}

// Of is how many rows of a part there are.
func (e Effects) Of(part Part) int {
	for _, c := range append(slices.Clone(e.Gone), e.Stays...) {
		if c.Part == part {
			return c.N
		}
	}
	return 0
}

// Total is how many rows are destroyed, and how many stay.
func (e Effects) Total() (gone, stays int) {
	for _, c := range e.Gone {
		gone += c.N
	}
	for _, c := range e.Stays {
		stays += c.N
	}
	return gone, stays
}

// Hindrance is why an account cannot be erased yet.
type Hindrance string

// The hindrances, each with something that can be done about it.
const (
	LastAdmin     Hindrance = "last_admin" // nobody else is administrator of the whole country
	OtherPeople   Hindrance = "others"     // a vendor of which it is the only owner is others' too, or has another representative
	RunningEvents Hindrance = "events"     // its vendor, of which it is the only owner, takes part in something that is not over
	OpenFindings  Hindrance = "findings"   // of that vendor: not remedied, or without an answer
	Minutes       Hindrance = "minutes"    // an inspection of that vendor, or its own, is not handed in
	TasksInHand   Hindrance = "tasks"      // of a body for which nobody else acts
	RunningWork   Hindrance = "work"       // a long job, or a file that is being taken in
)

// Hindrances lists them in the order shown to people.
var Hindrances = []Hindrance{LastAdmin, OtherPeople, RunningEvents, OpenFindings, Minutes, TasksInHand, RunningWork}

// Obstacle is a hindrance and what it concerns, by name.
type Obstacle struct {
	Why   Hindrance `json:"why"`
	Names []string  `json:"names,omitempty"`
}

// SameObstacles reports whether two lists hinder for the same reasons.
func SameObstacles(a, b []Obstacle) bool {
	return slices.EqualFunc(a, b, func(x, y Obstacle) bool { return x.Why == y.Why })
}

// Erasure is that the data of an account is destroyed on a day.
type Erasure struct {
	ID        ErasureID
	Request   ID
	Account   string // id
	State     ErasureState
	DueOn     string // YYYY-MM-DD
	PlannedAt int64  // unix ms
	PlannedBy string // id of the account
	PlannedAs string
	Obstacles []Obstacle // of one that is put off
	TriedAt   int64
	TakenAt   int64
	TakenBy   string
	TakenAs   string
	TakenWhy  string
	DoneAt    int64
	Effects   Effects // as planned; once it is done, as done
	Version   int64
}

// EraseOn is the day of an erasure that is planned on a day and waits a number of days.
func EraseOn(today string, wait int) string { return vn.AddDays(today, wait) }
