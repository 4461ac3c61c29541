package inspection

import (
	"fmt"
	"slices"

	"hoicho/internal/registry"
)

// Kind is who looks, and what for.
type Kind string

// The kinds.
const (
	Inspection Kind = "inspection"      // kiểm tra
	Self       Kind = "self_inspection" // tự kiểm tra of a body or commune
	Joint      Kind = "joint_check"     // kiểm tra liên ngành trước khi mở gian
	VendorSelf Kind = "vendor_check"    // cơ sở tự kiểm tra trước khi mở gian
)

// Kinds lists the kinds in the order shown to people.
var Kinds = []Kind{Inspection, Self, Joint, VendorSelf}

// Valid reports whether k is a known kind.
func (k Kind) Valid() bool { return slices.Contains(Kinds, k) }

// Subjects are what a record of the kind may be about.
func (k Kind) Subjects() []SubjectKind {
	switch k {
	case Self:
		return []SubjectKind{OfBody, OfEvent}
	case Joint:
		return []SubjectKind{OfBooth}
	case VendorSelf:
		return []SubjectKind{OfVendor}
	}
	return SubjectKinds
}

// About reports whether a record of the kind may be about such a subject.
func (k Kind) About(of SubjectKind) bool { return k.Valid() && slices.Contains(k.Subjects(), of) }

// AtEvent reports whether a record of the kind about such a subject needs an event: what
// stands at one, and what a vendor looks at before one opens.
func (k Kind) AtEvent(of SubjectKind) bool {
	return of == OfBooth || of == OfEvent || k == VendorSelf
}

// suffix ends the numbers of the kind's papers.
func (k Kind) suffix() string {
	switch k {
	case Self:
		return "BB-TKT"
	case VendorSelf:
		return "PTKT"
	}
	return "BB-KT"
}

// Finds reports whether what is not as it should be becomes a finding: what a vendor says of
// itself does not; it checks itself again.
func (k Kind) Finds() bool { return k != VendorSelf }

// SubjectKind is what is looked at.
type SubjectKind string

// The kinds of subject.
const (
	OfBooth  SubjectKind = "booth"
	OfVendor SubjectKind = "vendor"
	OfGoods  SubjectKind = "goods" // a group of products
	OfEvent  SubjectKind = "event"
	OfBody   SubjectKind = "body" // a body or commune
)

// SubjectKinds lists the kinds in the order shown to people.
var SubjectKinds = []SubjectKind{OfBooth, OfVendor, OfGoods, OfEvent, OfBody}

// Valid reports whether s is a known kind.
func (s SubjectKind) Valid() bool { return slices.Contains(SubjectKinds, s) }

// Subject is what a record is about. Name is how it was called on that day; what does not
// belong to the kind is empty, but an event may stand beside every one.
type Subject struct {
	Kind   SubjectKind
	Name   string
	Event  registry.EventID
	Booth  registry.BoothID
	Vendor registry.VendorID
	Body   registry.BodyID
	Goods  registry.ProductGroup
}

// Answer says how an item is met.
type Answer string

// The answers. "Not applicable" is an answer, not a gap.
const (
	OK    Answer = "ok"
	NotOK Answer = "not_ok"
	None  Answer = "not_applicable"
)

// Answers lists the answers in the order shown to people.
var Answers = []Answer{OK, NotOK, None}

// Valid reports whether a is a known answer.
func (a Answer) Valid() bool { return slices.Contains(Answers, a) }

// Said is an answer as it was given. An item may be answered again: the last one counts, and
// all are kept.
type Said struct {
	Item   string
	Answer Answer
	Note   string
	At     int64 // unix ms by the clock of whoever answered; 0 is not known
}

// Last keeps of answers the last one to each item, in the order of a checklist.
func Last(list Checklist, all []Said) (last []Said) {
	for _, item := range list.Items {
		for i := len(all) - 1; i >= 0; i-- {
			if all[i].Item == item.Code {
				last = append(last, all[i])
				break
			}
		}
	}
	return last
}

// Photo is a picture that a record names by the hash of what was taken. Before File it has
// not come.
type Photo struct {
	Hash    string // SHA-256 of the bytes as the phone holds them, hexadecimal
	Item    string // code of the item that it shows; Signature; "" the whole
	TakenAt int64  // unix ms; 0 is not known
	File    registry.FileID
	Lost    bool // it cannot come any more: said by whoever took it
}

// Signature is the item of a photo that is what the other side signed on the screen.
const Signature = "signature"

// Missing reports whether the photo is still to come.
func (p Photo) Missing() bool { return p.File == "" && !p.Lost }

// State says how far a record has come in.
type State string

// The states. The number is given with the second one.
const (
	Received State = "received"  // photos that it names are missing
	HandedIn State = "handed_in" // đã nộp
)

// Remark is what the server noticed about a record that it took all the same: what happened
// on the ground is never refused.
type Remark string

// The remarks.
const (
	EventStopped Remark = "event_stopped" // the event was postponed or cancelled by then
	OldChecklist Remark = "old_checklist" // it answers a checklist that was not the one of its day
	BoothGone    Remark = "booth_gone"    // the booth is no longer on the plan
	OtherVendor  Remark = "other_vendor"  // the booth has another vendor by now
	NoPhoto      Remark = "no_photo"      // something is not as it should be, and no photo shows it
	LostPhoto    Remark = "lost_photo"    // a photo could not be sent
)

// Twin says whether another record of the same stall on the same day waits for a person.
type Twin string

// The steps.
const (
	NoTwin    Twin = ""
	TwinOpen  Twin = "open"  // a person decides whether they are joined
	TwinApart Twin = "apart" // a person said that they stay apart
)

// Person is somebody of a team, or who was there.
type Person struct {
	Name string `json:"name"`
	Body string `json:"body"` // that sends the person
}

// Record is an inspection that was handed in, with the papers that it makes.
type Record struct {
	ID       registry.InspectionID
	Client   string // id that the phone or form gave it
	Digest   string // of what was sent: another text under the same id is another record
	Device   string // that it belongs to; "" a form of the office
	Entered  registry.AccountID
	EnterAs  string // name at that time
	Kind     Kind
	Subject  Subject
	Area     registry.AreaRef
	Issuer   registry.BodyID // whose number it bears; "" is that of the unit
	Series   string          // of the number: issuer or unit, and kind of paper
	Year     int
	N        int64 // number in series and year; 0 has none yet
	Round    registry.RoundID
	Recheck  registry.InspectionID // the record that it looks at again
	On       string                // day, YYYY-MM-DD
	BeganAt  int64                 // unix ms by the phone's clock; 0 is not known
	EndedAt  int64
	Place    string
	People   []Person // who looked, the leader first
	Present  string   // who stood for the subject
	Opinion  string   // of the subject, in its own words
	Refusal  string   // why the subject did not sign; "" it did
	Witness  []string // who saw that it did not
	Note     string
	Paper    bool // typed from paper
	State    State
	Remarks  []Remark
	Bad      int // items that are not as they should be
	Lead     registry.InspectionID
	Twin     Twin
	List     Checklist // frozen
	Said     []Said    // all of them, in the order given
	Photos   []Photo
	Tasks    []registry.TaskID
	Received int64 // unix ms
	HandedAt int64 // unix ms; 0 not yet
	Version  int64
}

// Number is how people name the paper: "27/BB-KT"; "" before it has one.
func (r Record) Number() string { return Number(r.Kind, r.N) }

// Number is the number of a paper of a kind.
func Number(k Kind, n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%02d/%s", n, k.suffix())
}

// SeriesOf names the numbers that a record's is one of: those of the body that issues it, or
// of its unit.
func SeriesOf(k Kind, issuer registry.BodyID, area registry.AreaRef) string {
	if issuer != "" {
		return k.suffix() + " " + string(issuer)
	}
	return k.suffix() + " " + area.String()
}

// Missing counts the photos that are still to come.
func (r Record) Missing() (n int) {
	for _, p := range r.Photos {
		if p.Missing() {
			n++
		}
	}
	return n
}

// Counts reports whether the record counts: it is handed in and follows no other.
func (r Record) Counts() bool { return r.State == HandedIn && r.Lead == "" }

// Has reports whether the server noticed something about it.
func (r Record) Has(m Remark) bool { return slices.Contains(r.Remarks, m) }

// StepKind is what a line of a record's log tells. The log only grows.
type StepKind string

// The kinds of step.
const (
	StepReceived StepKind = "received"
	StepHandedIn StepKind = "handed_in"
	StepPhoto    StepKind = "photo"
	StepLost     StepKind = "photo_lost"
	StepTwin     StepKind = "twin" // another record of the stall came in
	StepJoined   StepKind = "joined"
	StepApart    StepKind = "apart"
	StepUnjoined StepKind = "unjoined"
)

// Step is a line of a record's log.
type Step struct {
	N    int
	At   int64 // unix ms
	By   string
	Kind StepKind
	Text string
}

// Limits of a record: characters, rows.
const (
	MaxLine    = 200
	MaxText    = 1000
	MaxSaid    = 400 // answers, changed ones too
	MaxPhotos  = 40
	MaxPeople  = 12
	MaxFound   = 40
	MaxWitness = 4
)

// Filter chooses records. Empty fields do not narrow.
type Filter struct {
	Codes    []string          // found under one of today's units; nil is all
	Bodies   []registry.BodyID // or of one of these bodies; with Codes nil and Bodies nil all
	Vendor   registry.VendorID
	Area     string // code of a unit of today
	Year     int
	Kind     Kind
	Subject  SubjectKind
	Event    registry.EventID
	Booth    registry.BoothID
	Body     registry.BodyID
	Round    registry.RoundID
	Task     registry.TaskID
	Finding  FindingState // has one in the state
	Late     string       // has one that is open and whose day is before this
	Twins    bool         // waits for a person
	Missing  bool         // photos are missing
	HandedIn bool
	Counts   bool // for a plan: handed in by officers and bodies, following no other
	Skip     int  // rows to leave out
	Limit    int  // 0 is all
}

// Row is a record as lists show it: without answers, photos and people.
type Row struct {
	Record
	Findings, Open, Late int // Late is filled where a day is given
}
