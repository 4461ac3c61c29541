package committee

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// TaskKind is what a task asks of whoever leads it (S27 of the campaign's plans).
type TaskKind string

// The kinds of task.
const (
	Guide   TaskKind = "guide"   // hướng dẫn
	Urge    TaskKind = "urge"    // đôn đốc
	Inspect TaskKind = "inspect" // kiểm tra
	Carry   TaskKind = "carry"   // triển khai
)

// TaskKinds lists the kinds in the order shown to people.
var TaskKinds = []TaskKind{Carry, Guide, Urge, Inspect}

// Valid reports whether k is a known kind.
func (k TaskKind) Valid() bool { return slices.Contains(TaskKinds, k) }

// TaskState is how far a task is. That it is overdue follows from its day.
type TaskState string

// The states.
const (
	TaskOpen       TaskState = "open"
	TaskInProgress TaskState = "in_progress"
	TaskDone       TaskState = "done"
	TaskDropped    TaskState = "dropped" // with reason: no longer wanted
)

// TaskStates lists the states in the order of life.
var TaskStates = []TaskState{TaskOpen, TaskInProgress, TaskDone, TaskDropped}

var taskEdges = map[TaskState][]TaskState{
	TaskOpen:       {TaskInProgress, TaskDone, TaskDropped},
	TaskInProgress: {TaskDone, TaskDropped},
	TaskDone:       {TaskInProgress},
	TaskDropped:    {TaskOpen},
}

// CanBecome reports whether a task in state s may step to next.
func (s TaskState) CanBecome(next TaskState) bool { return slices.Contains(taskEdges[s], next) }

// Over reports whether nothing is left to do.
func (s TaskState) Over() bool { return s == TaskDone || s == TaskDropped }

// Source says which rows are counted for a task.
type Source string

// The sources of a count. What is tied to the task counts, nothing else; of procurement and
// support all that lies in the unit and year of its plan, because none of it is done for a single task.
const (
	NoSource            Source = "none"           // không đếm được, ghi bằng lời
	EventsSource        Source = "events"         // fairs and sessions
	CommunicationSource Source = "communications" // sessions held (cuộc)
	ProcurementSource   Source = "procurement"    // bodies that reported, in the plan's unit and year
	SupportSource       Source = "support"        // producers supported, in the plan's unit and year
	ChildSource         Source = "children"       // tasks below it
	InspectionSource    Source = "inspections"    // inspections and self-inspections handed in
	SupervisionSource   Source = "supervisions"   // supervisions by the Front and organisations
	StimulusSource      Source = "stimulus"       // events with a measure or an accepted offer
	OfferSource         Source = "offers"         // accepted offers at events
)

// Sources lists the sources in the order shown to people.
var Sources = []Source{NoSource, EventsSource, StimulusSource, OfferSource, CommunicationSource, InspectionSource, SupervisionSource, ProcurementSource, SupportSource, ChildSource}

// Valid reports whether s is a known source.
func (s Source) Valid() bool { return slices.Contains(Sources, s) }

// Task is a piece of a plan that a body answers for.
type Task struct {
	ID         registry.TaskID
	Plan       registry.PlanID
	N          int // number within the plan, never used twice
	Strand     Strand
	Kind       TaskKind
	Title      string
	Content    string // of several lines
	Lead       registry.BodyID
	Supporting []registry.BodyID
	Watching   []registry.BodyID // theo dõi
	Parent     registry.TaskID
	AssignedOn string // YYYY-MM-DD
	DueOn      string // YYYY-MM-DD; "" has no day
	Source     Source
	Measure    string // what is counted
	Goal       int64  // 0 is none
	State      TaskState
	Percent    int      // typed, only where nothing can be counted
	Result     string   // in words
	Movements  []string // lồng ghép với
	UpdatedAt  int64    // unix ms of the last word about it
	EnteredAt  int64    // unix ms
	Version    int64
}

// Limits of a task, in characters.
const (
	MaxTaskTitle = 200
	MaxTaskText  = 4000
	MaxMovements = 10
)

// Overdue reports whether the task should have been done before a day.
func (t Task) Overdue(today string) bool { return !t.State.Over() && t.DueOn != "" && t.DueOn < today }

// Bodies lists every body that has a part in the task, the lead first.
func (t Task) Bodies() []registry.BodyID {
	return slices.Concat([]registry.BodyID{t.Lead}, t.Supporting, t.Watching)
}

// EntryKind is what an entry of a task's log tells.
type EntryKind string

// The kinds of entry. The log only grows.
const (
	EntryAssigned EntryKind = "assigned"
	EntryWords    EntryKind = "words"  // progress in words
	EntryState    EntryKind = "state"  // From, To are states
	EntryDue      EntryKind = "due"    // the day was moved: From, To are dates, Text the reason
	EntryRemind   EntryKind = "remind" // a reminder went out: To says of what
	EntryEdited   EntryKind = "edited"
	EntryFiled    EntryKind = "file"   // files were added: Text names them
	EntryUnfiled  EntryKind = "unfile" // a file was destroyed: Text names it
	EntryChased   EntryKind = "chase"  // bodies were urged: From letters, To their ids, Text their names
)

// TaskEntry is a line of a task's log.
type TaskEntry struct {
	N        int
	At       int64 // unix ms
	By       string
	Kind     EntryKind
	From, To string
	Text     string
}

// ReminderDays are how many days before its day a task is brought to mind; 0 stands for
// the first day on which it is overdue.
var ReminderDays = []int{7, 3, 1, 0}

// Attachment is a file that bears out a task, or the signed paper of a plan.
type Attachment struct {
	File registry.FileID
	N    int    // of a plan's: the newest has the highest number
	Name string // as it was called where it came from
	Type string // content type
	Size int64  // bytes
	By   registry.AccountID
	As   string // name at that time
	At   int64  // unix ms
}

// Limits of the files of a task: at once, and in all.
const (
	MaxFilesAtOnce = 5
	MaxTaskFiles   = 30
	MaxPlanFiles   = 20
)

// Voice is the last word of an account about a task.
type Voice struct {
	Task    registry.TaskID
	Account registry.AccountID
	At      int64 // unix ms
}

// TaskRow is a task as lists show it.
type TaskRow struct {
	Task
	Progress
}

// TaskFilter chooses tasks. Empty fields do not narrow.
type TaskFilter struct {
	Plan        registry.PlanID
	Strand      Strand
	Parent      registry.TaskID
	Body        registry.BodyID   // has any part
	Bodies      []registry.BodyID // one of them has any part
	Event       registry.EventID  // is tied to it
	States      []TaskState
	LateOn      string // its day is before this one
	SilentSince int64  // no word since (unix ms)
	Skip        int    // rows to leave out
	Limit       int    // 0 is none
}

// NextYear is the same task in the plan of the year after, not begun. The 29th of
// February becomes the 28th.
func (t Task) NextYear(plan registry.PlanID, assignedOn string) Task {
	next := t
	next.ID, next.Plan, next.N, next.Version = "", plan, 0, 0
	next.State, next.Percent, next.Result, next.AssignedOn = TaskOpen, 0, "", assignedOn
	if t.DueOn != "" {
		next.DueOn = yearLater(t.DueOn)
	}
	return next
}

// yearLater is the same day of the next year.
func yearLater(day string) string {
	year, rest, _ := strings.Cut(day, "-")
	n, err := strconv.Atoi(year)
	if err != nil {
		return day
	}
	if rest == "02-29" {
		rest = "02-28"
	}
	return fmt.Sprintf("%04d-%s", n+1, rest)
}

// ParentsFirst orders tasks so that each one stands behind the one above it. A parent
// that is not among them counts for nothing.
func ParentsFirst(tasks []Task) []Task {
	below := map[registry.TaskID][]Task{}
	known := map[registry.TaskID]bool{}
	for _, t := range tasks {
		known[t.ID] = true
	}
	for _, t := range tasks {
		parent := t.Parent
		if !known[parent] {
			parent = ""
		}
		below[parent] = append(below[parent], t)
	}
	var ordered []Task
	var visit func(registry.TaskID)
	visit = func(id registry.TaskID) {
		for _, t := range below[id] {
			ordered = append(ordered, t)
			visit(t.ID)
		}
	}
	visit("")
	return ordered
}

// ReminderOn says of which reminder a day is: "7", "3" or "1" for so many days before the
// task's day or fewer, "0" once it is overdue, "" for none. A task that was given later
// than a reminder would have been due is not reminded of it.
func (t Task) ReminderOn(today string) string {
	if t.State.Over() || t.DueOn == "" {
		return ""
	}
	left := registry.DaysBetween(today, t.DueOn)
	if left < 0 {
		return "0"
	}
	stage := ""
	for _, days := range ReminderDays {
		if days > 0 && left <= days && t.AssignedOn <= registry.AddDays(t.DueOn, -days) {
			stage = strconv.Itoa(days)
		}
	}
	return stage
}
