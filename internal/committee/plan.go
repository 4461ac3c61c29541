package committee

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// Strand is one of the fields of work (mảng việc) that a plan of the campaign has.
type Strand string

// The strands.
const (
	Steering       Strand = "steering"       // chỉ đạo
	Communications Strand = "communications" // tuyên truyền
	Fairs          Strand = "fairs"          // hội chợ
	Sessions       Strand = "sessions"       // phiên chợ
	Inspection     Strand = "inspection"     // kiểm tra, tự kiểm tra
	Supervision    Strand = "supervision"    // giám sát
	Procurement    Strand = "procurement"    // mua sắm công
	Support        Strand = "support"        // hỗ trợ sản xuất
	Outlets        Strand = "outlets"        // điểm bán hàng Việt Nam
)

// Strands lists the strands in the order of a plan.
var Strands = []Strand{Steering, Communications, Fairs, Sessions, Inspection, Supervision, Procurement, Support, Outlets}

// Valid reports whether s is a known strand.
func (s Strand) Valid() bool { return slices.Contains(Strands, s) }

// PlanState is a step in the life of a plan.
type PlanState string

// The states. A plan in force is changed too, with every change in the log.
const (
	PlanDraft   PlanState = "draft"    // dự thảo
	PlanInForce PlanState = "in_force" // đã ban hành
	PlanClosed  PlanState = "closed"   // đã tổng kết
)

// PlanStates lists the states in the order of life.
var PlanStates = []PlanState{PlanDraft, PlanInForce, PlanClosed}

var planEdges = map[PlanState][]PlanState{
	PlanDraft:   {PlanInForce},
	PlanInForce: {PlanDraft, PlanClosed},
	PlanClosed:  {PlanInForce},
}

// CanBecome reports whether a plan in state s may step to next.
func (s PlanState) CanBecome(next PlanState) bool { return slices.Contains(planEdges[s], next) }

// Paper is a dated paper that a plan or an event rests on.
type Paper struct {
	Number   string
	IssuedOn string // YYYY-MM-DD; "" is not said
	Issuer   string
	Title    string
}

// Plan is what a committee sets out to do in a year.
type Plan struct {
	ID         registry.PlanID
	Year       int
	Area       registry.AreaRef // in the edition of its time
	Number     string           // số hiệu; "" in a draft
	IssuedOn   string           // YYYY-MM-DD; "" in a draft
	Issuer     registry.BodyID
	Standing   registry.BodyID // cơ quan thường trực; "" is not said
	Title      string
	Objectives string          // of several lines
	Parent     registry.PlanID // the province's plan that a commune's hangs on
	State      PlanState
	Papers     []Paper
	Targets    []Target // at most one a strand
	ClonedFrom registry.PlanID
	Version    int64
}

// Target is what a plan wants to reach in a strand.
type Target struct {
	Strand  Strand
	Measure string // what is counted, such as "cuộc" or "xã tự kiểm tra"
	Goal    int64
}

// MaxGoal bounds a target, far above what any province does in a year.
const MaxGoal = 10_000_000

// Progress is what was reached of a goal.
type Progress struct {
	Goal      int64 // 0 is none set
	Done      int64
	Scheduled int64 // has a date in the time that is left
	Counted   bool  // Done and Scheduled were counted from rows; else nothing can be counted
}

// Verdict is how a strand stands against its goal.
type Verdict string

// The verdicts.
const (
	NoGoal      Verdict = "no_goal"     // chưa có chỉ tiêu
	Reached     Verdict = "reached"     // đạt
	OnSchedule  Verdict = "on_schedule" // đủ nếu đúng lịch
	OnPace      Verdict = "on_pace"     // sát nhịp: as far as the year is
	Short       Verdict = "short"       // thiếu: even with what has a date
	ShortBehind Verdict = "behind"      // thiếu, and behind the year by more than a tenth of the goal
)

// Judge compares progress with the share of the time that has gone, in parts of a
// thousand. What is done and scheduled together decides before the pace does.
func (p Progress) Judge(gone int64) Verdict {
	pace := p.Goal * gone / 1000
	switch {
	case p.Goal == 0:
		return NoGoal
	case p.Done >= p.Goal:
		return Reached
	case p.Done+p.Scheduled >= p.Goal:
		return OnSchedule
	case p.Done >= pace:
		return OnPace
	case (pace-p.Done)*10 > p.Goal:
		return ShortBehind
	}
	return Short
}

// Missing is how much of the goal neither is done nor has a date.
func (p Progress) Missing() int64 { return max(0, p.Goal-p.Done-p.Scheduled) }

// Target returns what the plan wants to reach in a strand; without a goal it is none.
func (p Plan) Target(s Strand) Target {
	for _, t := range p.Targets {
		if t.Strand == s {
			return t
		}
	}
	return Target{Strand: s}
}

// PlanOf finds the plan of a unit for a year among plans; a draft is none.
func PlanOf(plans []Plan, area registry.AreaRef, year int) (Plan, bool) {
	i := slices.IndexFunc(plans, func(p Plan) bool { return p.Year == year && p.State != PlanDraft && p.Area == area })
	if i < 0 {
		return Plan{}, false
	}
	return plans[i], true
}

// FirstDay is the first day of the plan's year, YYYY-MM-DD.
func (p Plan) FirstDay() string { return fmt.Sprintf("%04d-01-01", p.Year) }

// LastDay is the last day of the plan's year, YYYY-MM-DD.
func (p Plan) LastDay() string { return fmt.Sprintf("%04d-12-31", p.Year) }

// Gone is the share of the plan's year that has passed by a day, in parts of a thousand.
func (p Plan) Gone(day string) int64 {
	switch {
	case day < p.FirstDay():
		return 0
	case day > p.LastDay():
		return 1000
	}
	days := registry.DaysBetween(p.FirstDay(), day) + 1
	return int64(days) * 1000 / int64(registry.DaysBetween(p.FirstDay(), p.LastDay())+1)
}

// NextYear is the draft of the year after, without what belongs to this year alone:
// number, day, the plan above.
func (p Plan) NextYear() Plan {
	next := Plan{Year: p.Year + 1, Area: p.Area, Issuer: p.Issuer, Standing: p.Standing, Objectives: p.Objectives, State: PlanDraft,
		Papers: slices.Clone(p.Papers), Targets: slices.Clone(p.Targets), ClonedFrom: p.ID}
	next.Title = strings.ReplaceAll(p.Title, strconv.Itoa(p.Year), strconv.Itoa(next.Year))
	return next
}

// The states in which an event has counted for a plan, and those in which it still can.
var (
	DoneEvents      = []registry.EventState{registry.Ended, registry.Reported}
	ScheduledEvents = []registry.EventState{registry.Planned, registry.Announced, registry.Open, registry.Closed, registry.Running, registry.Moved}
)

// EventKind is the kind of event that a strand counts; false for the strands that count
// none.
func (s Strand) EventKind() (registry.EventKind, bool) {
	switch s {
	case Fairs:
		return registry.Fair, true
	case Sessions:
		return registry.MarketSession, true
	}
	return "", false
}
