package inspection

import "hoicho/internal/registry"

// Round is a plan of inspection (kế hoạch, quyết định kiểm tra): who looks at what, in which
// days.
type Round struct {
	ID       registry.RoundID
	Number   string // of the paper that it rests on; "" in a draft
	IssuedOn string // YYYY-MM-DD; "" is not said
	Title    string
	Kind     Kind
	Body     registry.BodyID // that carries it
	Area     registry.AreaRef
	From     string // first day, YYYY-MM-DD
	Until    string // last day
	Event    registry.EventID
	Task     registry.TaskID // of the campaign's plan, for which its records count
	Note     string
	Team     []Person          // the leader first
	Bodies   []registry.BodyID // that are to be looked at, or to look at themselves
	Entered  registry.AccountID
	EnterAs  string
	EnterAt  int64 // unix ms
	StruckAt int64 // unix ms; 0 counts
	StruckAs string
	StruckBy string // why
	Version  int64
}

// MaxRoundBodies is how many bodies a round names.
const MaxRoundBodies = 300

// RoundFilter chooses rounds. Empty fields do not narrow.
type RoundFilter struct {
	Codes []string // found under one of today's units; nil is all
	Area  string
	Year  int
	Event registry.EventID
	On    string // goes on on this day
	Skip  int
	Limit int // 0 is all
}
