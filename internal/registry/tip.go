package registry

import (
	"fmt"
	"slices"
	"strconv"
)

// TipKind is what a tip is about.
type TipKind string

// The kinds of tip.
const (
	Counterfeit TipKind = "counterfeit"  // hàng giả
	Imitation   TipKind = "imitation"    // hàng nhái
	PoorQuality TipKind = "poor_quality" // hàng kém chất lượng
	WrongOrigin TipKind = "wrong_origin" // sai xuất xứ
	WrongPrice  TipKind = "price"        // giá sai, không niêm yết
)

// TipKinds lists the kinds in the order shown to people.
var TipKinds = []TipKind{Counterfeit, Imitation, PoorQuality, WrongOrigin, WrongPrice}

// TipState is a step of a tip. Whoever sent it sees the state by its code.
type TipState string

// The states.
const (
	TipReceived   TipState = "received"
	TipSorted     TipState = "sorted"      // an officer has read it and it is being looked into
	TipHandedOver TipState = "handed_over" // to market surveillance (quản lý thị trường)
	TipChecked    TipState = "checked"     // somebody has been there
	TipClosed     TipState = "closed"      // final
)

// TipStates lists the states in the order of life.
var TipStates = []TipState{TipReceived, TipSorted, TipHandedOver, TipChecked, TipClosed}

// tipEdges says which step may follow which. Every tip is sorted first; what an
// officer settles at the stall need not be handed over.
var tipEdges = map[TipState][]TipState{
	TipReceived:   {TipSorted},
	TipSorted:     {TipHandedOver, TipChecked, TipClosed},
	TipHandedOver: {TipChecked, TipClosed},
	TipChecked:    {TipClosed},
}

// CanBecome reports whether a tip in state s may step to next.
func (s TipState) CanBecome(next TipState) bool { return slices.Contains(tipEdges[s], next) }

// Next lists the steps that may follow s.
func (s TipState) Next() []TipState { return slices.Clone(tipEdges[s]) }

// NeedsOutcome reports whether stepping to s asks for words to the public.
func (s TipState) NeedsOutcome() bool { return s == TipChecked || s == TipClosed }

// Limits of a tip, in characters, and how many photos and contacts the same words
// sent again may add to it.
const (
	MaxTipText    = 2000
	MaxTipPlace   = 200
	MaxTipContact = 120
	MaxTipExtras  = 20
)

// Tip is a citizen's report (phản ánh) of goods that are not what they are said
// to be. It is no denunciation in law (tố giác): nobody has to say who they are.
// Whoever sent it follows it by a code of which only the hash is stored.
type Tip struct {
	ID         TipID
	N          int64 // under which the office speaks of it; Number writes it
	Kind       TipKind
	State      TipState
	Place      string  // what and where, in the sender's words
	Text       string  // in the sender's words
	Event      EventID // empty: not said or not known
	Booth      BoothID
	Vendor     VendorID
	Product    ProductID
	PassCode   string // as sent, also when no such pass is known
	SentN      int    // how often the same words were sent
	ReceivedAt int64  // unix ms
	StateAt    int64
	Version    int64
	Photos     []FileID
	ContactsN  int   // sealed ways to reach senders
	WipedAt    int64 // unix ms when they were wiped; 0: never, or there were none
	Lead       TipID // the tip that it is joined to, whose way it goes; empty: none
}

// Number is the number of a tip as the office and its papers write it.
func (t Tip) Number() string { return TipNumber(t.N) }

// TipNumber writes the number of a tip.
func TipNumber(n int64) string { return "PA-" + strconv.FormatInt(n, 10) }

// TipAct is what a line of a tip's story tells.
type TipAct string

// The acts.
const (
	TipStepped TipAct = "step"   // it took the state of the line
	TipNoted   TipAct = "note"   // an officer wrote something down; the state stays
	TipJoined  TipAct = "joined" // it was joined to another tip, whose way it goes from then on
	TipSplit   TipAct = "split"  // it was joined by mistake and goes its own way again
)

// TipStep is a line of a tip's story: a turn that it took, and who did it. N is the version
// of the tip that it made.
type TipStep struct {
	N     int64
	Act   TipAct
	At    int64 // unix ms
	By    string
	State TipState
	Body  string // whom it was handed to
	Told  string // to the public
	Note  string // for the office only
}

// TipSlip is the paper by which a tip is handed over (phiếu chuyển), numbered within its year.
type TipSlip struct {
	Tip         TipID
	Year, N     int
	Body        string // whom it goes to
	Ask         string // what that body is asked to do
	DueOn       string // by when an answer is awaited
	IssuedAt    int64  // unix ms
	By          string // who handed it over
	AnsweredOn  string // "" while no answer is in
	AnswerPaper string // number of the paper that answers
	Reminded    string // the last reminder: "3" days ahead, "0" overdue; "" none
}

// Number is the number of a slip: "05/2026/PC".
func (s TipSlip) Number() string { return fmt.Sprintf("%02d/%d/PC", s.N, s.Year) }

// Open reports whether an answer is awaited.
func (s TipSlip) Open() bool { return s.N > 0 && s.AnsweredOn == "" }

// SlipSoonDays is how many days before an answer is due the office is reminded of it. The
// house's own rule.
const SlipSoonDays = 3

// ReminderOn is the reminder of an answer that is due on a day: "3" from three days before,
// "0" once the day has passed; "" for none, or one that was written.
func (s TipSlip) ReminderOn(today string) string {
	stage := ""
	switch {
	case !s.Open():
	case today > s.DueOn:
		stage = "0"
	case today >= AddDays(s.DueOn, -SlipSoonDays):
		stage = "3"
	}
	if stage == s.Reminded || s.Reminded == "0" {
		return ""
	}
	return stage
}

// TipRow is a tip as the office's list shows it.
type TipRow struct {
	Tip
	EventTitle  string
	BoothCode   string
	VendorName  string
	ProductName string
	LeadN       int64  // number of the tip that it is joined to
	JoinedN     int    // how many are joined to it
	AnswerDueOn string // by when a slip is to be answered; "" without one that is open
}

// LeadNumber is the number of the tip that it is joined to.
func (t TipRow) LeadNumber() string { return TipNumber(t.LeadN) }

// TipGist is what the public may know of a tip that somebody else sent: what it is about,
// its day and where it stands; nothing of its words, its sender or its outcome.
type TipGist struct {
	ID         TipID
	Kind       TipKind
	State      TipState
	ReceivedAt int64 // unix ms
}

// TipJoin says which tips a list holds, by whether they are joined to another.
type TipJoin int

// The choices.
const (
	TipsOwnWay TipJoin = iota // those that go their own way
	TipsJoined                // those that are joined to another
	TipsAll
)

// TipCounts is how many tips there are of each sort.
type TipCounts struct {
	Own     map[TipState]int // of those that go their own way; a state without any is left out
	Joined  int              // those that are joined to another
	Awaited int              // of those that go their own way, handed over and not answered
	DueSoon int              // of these, those whose answer is due within SlipSoonDays or was due
}

// TipFilter chooses tips for a list, newest first.
type TipFilter struct {
	States []TipState // empty: every state
	Event  EventID
	Areas  []string // codes of today's units; nil: every area
	Join   TipJoin
	Vendor VendorID
	Lead   TipID  // those joined to this one; with TipsJoined
	LateOn string // those whose answer was due before this day; "" for any
	Before TipID  // cursor: the last one already shown
	Limit  int
}
