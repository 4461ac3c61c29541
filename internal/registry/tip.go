package registry

import "slices"

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
type Tip struct {
	ID         TipID
	Code       string // 12 digits, the last one checks the others: follows the tip
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
}

// TipStep is a turn that a tip took, and who did it.
type TipStep struct {
	At    int64 // unix ms
	By    string
	State TipState
	Body  string // whom it was handed to
	Told  string // to the public
	Note  string // for the office only
}

// TipRow is a tip as the office's list shows it.
type TipRow struct {
	Tip
	EventTitle  string
	BoothCode   string
	VendorName  string
	ProductName string
}

// TipFilter chooses tips for a list, newest first.
type TipFilter struct {
	States []TipState // empty: every state
	Event  EventID
	Areas  []string // codes of today's units; nil: every area
	Before TipID    // cursor: the last one already shown
	Limit  int
}
