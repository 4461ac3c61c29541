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
	AppWithdrawn  ApplicationState = "withdrawn" // by the vendor
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
	AppApproved:   {AppWithdrawn, AppDeclined, AppCancelled},
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
	Booths        int    // wished for, 1 to 4
	Zone          string // wished for, may be empty
	NeedsPower    bool
	Note          string
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

// ApplicationNote is a remark on an application. Internal notes are for the
// office only.
type ApplicationNote struct {
	At       int64
	Author   string
	Internal bool
	Text     string
}

// FindingKind says how a paper of an applicant fails.
type FindingKind string

// The kinds of finding.
const (
	Missing FindingKind = "missing" // no such paper
	Lapses  FindingKind = "lapses"  // ends before the last day of the event
	Weak    FindingKind = "weak"    // origin does not count as Vietnamese by itself, or is disputed
)

// Finding is one thing that is missing or lapses before the last day.
type Finding struct {
	Kind    FindingKind
	Paper   CertificateKind // for Missing and Lapses
	Product string          // name, empty if it concerns the vendor
	On      string          // YYYY-MM-DD on which it lapses
}
