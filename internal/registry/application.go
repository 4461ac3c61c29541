package registry

import "slices"

// ApplicationState is a step of a vendor's application to an event.
type ApplicationState string

// The states.
const (
	AppDraft      ApplicationState = "draft"
	AppSubmitted  ApplicationState = "submitted"
	AppNeedsInfo  ApplicationState = "needs_info" // the reviewer asked for more
	AppApproved   ApplicationState = "approved"
	AppWaitlisted ApplicationState = "waitlisted"
	AppOffered    ApplicationState = "offered" // from the waiting list, until OfferUntil
	AppDeclined   ApplicationState = "declined"
	AppWithdrawn  ApplicationState = "withdrawn" // by the vendor, or an offer left without an answer
	AppCancelled  ApplicationState = "cancelled" // with the event
)

// ApplicationStates lists every state in the order of life.
var ApplicationStates = []ApplicationState{AppDraft, AppSubmitted, AppNeedsInfo, AppApproved, AppWaitlisted, AppOffered, AppDeclined, AppWithdrawn, AppCancelled}

var applicationEdges = map[ApplicationState][]ApplicationState{
	AppDraft:      {AppSubmitted, AppWithdrawn, AppCancelled},
	AppSubmitted:  {AppNeedsInfo, AppApproved, AppWaitlisted, AppDeclined, AppWithdrawn, AppCancelled},
	AppNeedsInfo:  {AppSubmitted, AppApproved, AppWaitlisted, AppDeclined, AppWithdrawn, AppCancelled},
	AppWaitlisted: {AppOffered, AppApproved, AppDeclined, AppWithdrawn, AppCancelled},
	AppOffered:    {AppApproved, AppWaitlisted, AppDeclined, AppWithdrawn, AppCancelled},
	AppApproved:   {AppSubmitted, AppWithdrawn, AppDeclined, AppCancelled},
	AppWithdrawn:  {AppSubmitted},
}

// CanBecome reports whether an application in state s may step to next.
func (s ApplicationState) CanBecome(next ApplicationState) bool {
	return slices.Contains(applicationEdges[s], next)
}

// Editable reports whether the vendor may still change what it asked for.
func (s ApplicationState) Editable() bool {
	return s == AppDraft || s == AppSubmitted || s == AppNeedsInfo || s == AppWithdrawn
}

// MaxBoothsEach is how many booths one application may ask for.
const MaxBoothsEach = 4

// Application is a vendor's wish to take part in an event. There is at most one
// per vendor and event.
type Application struct {
	ID            ApplicationID
	Number        int64 // told to the vendor
	Event         EventID
	Vendor        VendorID
	State         ApplicationState
	Days          []string // YYYY-MM-DD, days of the event on which the vendor comes
	Products      []ProductID
	Booths        int    // wished for, 1 to MaxBoothsEach
	Granted       int    // booths promised by an approval or an offer, at most as many as wished
	Zone          string // wished for, may be empty
	NeedsPower    bool
	Note          string
	Promotion     Promotion
	StaffN        int
	Vehicles      []string // plates
	PledgeVersion string   // version of the pledge text agreed to
	PledgedAt     int64
	OnPaper       bool // typed in by an officer from a paper form
	SubmittedAt   int64
	DecidedAt     int64
	DecidedBy     AccountID
	Reason        string // told to the vendor: why declined, what is missing
	OfferUntil    int64  // unix ms, for AppOffered
	WaitSince     int64
	CreatedBy     AccountID
	CreatedAt     int64
	UpdatedAt     int64
	Version       int64
}

// LastDay is the last day on which the vendor wants to come, "" without days.
func (a *Application) LastDay() string {
	last := ""
	for _, d := range a.Days {
		last = max(last, d)
	}
	return last
}

// ApplicationNote is a step in the story of an application: a turn that it took,
// with the reason told to the vendor, or a remark. Internal ones are for the
// office only.
type ApplicationNote struct {
	Application ApplicationID
	At          int64
	AuthorID    AccountID
	Author      string
	State       ApplicationState // the state stepped to, empty for a remark
	Internal    bool
	Text        string
}

// ApplicationRow is an application as lists show it.
type ApplicationRow struct {
	Application
	VendorName string
	VendorSlug string
	VendorKind VendorKind
	Blocked    bool // the vendor is: visitors do not see it
	EventTitle string
	EventSlug  string
	OpensOn    string   // first day of the event
	ClosesOn   string   // last day of the event
	ComesUntil string   // last day on which the vendor comes, the event's while none is chosen
	Goods      []string // names of the products
}

// ApplicationFilter chooses applications for a list, oldest submission first.
type ApplicationFilter struct {
	Event  EventID
	Vendor VendorID
	States []ApplicationState // empty: every state
	Areas  []string           // codes of today's units; nil: every area
	Office bool               // as the office sees them: without the drafts that vendors write themselves
	After  string             // cursor: ApplicationRow.Cursor of the last row seen
	Before string             // cursor: only what stands before it, nearest first
	Limit  int

	Number     int64  // the one that has it
	VendorName string // words of it
	Latest     bool   // the latest submission first; no cursor goes with it
}

// Places counts what an event has to give: booths that are not blocked, and how
// many of them are promised to approved and offered applications.
type Places struct {
	Booths   int
	Promised int
}

// Left is how many booths nobody has been promised. It is negative when booths
// were blocked or removed after the promise.
func (p Places) Left() int { return p.Booths - p.Promised }
