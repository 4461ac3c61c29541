package registry

import (
	"slices"
	"strconv"
	"strings"
)

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

// ApplicationsOver are the states in which nothing is asked for any more.
var ApplicationsOver = []ApplicationState{AppDeclined, AppWithdrawn, AppCancelled}

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
	Reason        string  // told to the vendor: why declined, what is missing
	Asks          []Asked // what it was last asked to mend or add; stays as it answers
	OfferUntil    int64   // unix ms, for AppOffered
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
	Asks        []Asked // of the application from this step on
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

// AskAbout says what a thing that an officer asks of a vendor is part of.
type AskAbout string

// What can be asked about.
const (
	AskField   AskAbout = "application" // a field of the application
	AskVendor  AskAbout = "vendor"      // a field of the vendor's profile
	AskProduct AskAbout = "product"     // what is told of a product that the application brings
	AskPaper   AskAbout = "paper"       // a paper of the vendor, or of one such product
)

// AskWhy says what is wrong with a paper that is asked for.
type AskWhy string

// What can be wrong with a paper.
const (
	PaperMissing    AskWhy = "missing"
	PaperLapses     AskWhy = "lapses" // before the last day on which the vendor comes
	PaperUnreadable AskWhy = "unreadable"
)

// AskWhys lists what can be wrong with a paper.
var AskWhys = []AskWhy{PaperMissing, PaperLapses, PaperUnreadable}

// MaxAsks is how many things one decision may ask for.
const MaxAsks = 40

// Asked is one thing that a vendor has to mend or add before its application is decided on.
type Asked struct {
	About   AskAbout  `json:"about"`
	Name    string    `json:"name,omitempty"`    // of the field, or the kind of paper
	Why     AskWhy    `json:"why,omitempty"`     // of a paper
	Product ProductID `json:"product,omitempty"` // the product, or the one that the paper is of
	Goods   string    `json:"goods,omitempty"`   // the name of that product when it was asked about

	// Was is how the thing stood then, so that what has changed is seen: the values of its
	// fields, or of each paper by its id how long it is in force and its scan.
	Was map[string]string `json:"was,omitempty"`
}

// Key names the thing asked for, as forms and programs send it: "application:days",
// "product:" with its id, "paper:food_cert:missing", with ":" and the id of a product
// where the paper is of one.
func (a Asked) Key() string {
	parts := []string{string(a.About)}
	for _, part := range []string{a.Name, string(a.Why), string(a.Product)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ":")
}

// Said names the texts of a thing asked for: a sentence about what has the other key, which
// may be "", and about the product Goods.
func (a Asked) Said() (sentence, label string) {
	switch {
	case a.About == AskField:
		return "ask.line.application", "application.label." + a.Name
	case a.About == AskVendor:
		return "ask.line.vendor", "vendor.field." + a.Name
	case a.About == AskProduct:
		return "ask.line.product", ""
	case a.Product != "":
		return "ask.line." + string(a.Why) + "_of", "certificate.kind." + a.Name
	}
	return "ask.line." + string(a.Why), "certificate.kind." + a.Name
}

// ParseAsk reads a Key. It knows the kinds of paper, but not the fields of a vendor and
// the products of an application.
func ParseAsk(key string) (a Asked, ok bool) {
	p := append(strings.Split(key, ":"), "", "", "")
	n := len(p) - 3
	switch a.About = AskAbout(p[0]); {
	case n == 2 && a.About == AskProduct:
		a.Product = ProductID(p[1])
		return a, p[1] != ""
	case n == 2 && (a.About == AskField || a.About == AskVendor):
		a.Name = p[1]
		return a, p[1] != ""
	case (n == 3 || n == 4 && p[3] != "") && a.About == AskPaper:
		a.Name, a.Why, a.Product = p[1], AskWhy(p[2]), ProductID(p[3])
		return a, CertificateKind(p[1]).Valid() && slices.Contains(AskWhys, a.Why)
	}
	return a, false
}

// AskOf is what a finding asks of the vendor; products are those of the application.
func AskOf(f Finding, products []Product) Asked {
	a := Asked{About: AskProduct}
	if i := slices.IndexFunc(products, func(p Product) bool { return p.Name == f.Product }); i >= 0 {
		a.Product, a.Goods = products[i].ID, f.Product
	}
	switch f.Kind {
	case Missing:
		a.About, a.Name, a.Why = AskPaper, string(f.Paper), PaperMissing
	case Lapses:
		a.About, a.Name, a.Why = AskPaper, string(f.Paper), PaperLapses
	case OverCeiling:
		a.About, a.Name = AskField, "promo_percent"
	}
	return a
}

// Alternatives are the kinds of paper of which one does where a kind is asked for, the
// kind itself among them.
func (k CertificateKind) Alternatives() []CertificateKind {
	for _, rule := range PaperRules {
		if slices.Contains(rule.AnyOf, k) {
			return rule.AnyOf
		}
	}
	return []CertificateKind{k}
}

// ApplicationFields are the fields of an application in the order of its form; the basis
// of a price cut goes with the cut.
var ApplicationFields = []string{"days", "products", "booths", "zone", "needs_power", "staff_n", "vehicles", "promo_percent", "note"}

// Field is what an application says at one of ApplicationFields, in the words of the
// database; a list has a line for each. It is "" for any other name.
func (a *Application) Field(name string) string {
	switch name {
	case "days":
		return strings.Join(a.Days, "\n")
	case "products":
		return strings.Join(texts(a.Products), "\n")
	case "booths":
		return strconv.Itoa(a.Booths)
	case "zone":
		return a.Zone
	case "needs_power":
		return map[bool]string{true: "yes", false: "no"}[a.NeedsPower]
	case "staff_n":
		return strconv.Itoa(a.StaffN)
	case "vehicles":
		return strings.Join(a.Vehicles, "\n")
	case "promo_percent":
		return strings.TrimSpace(strconv.Itoa(a.Promotion.Percent) + " " + string(a.Promotion.Basis))
	case "note":
		return a.Note
	}
	return ""
}

// texts are ids in an order of their own.
func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	slices.Sort(out)
	return out
}
