package registry

import "slices"

// Notice is something that a vendor is to know: told by letter where it has an
// address, else by somebody who calls. Key and Args are those of its letters.
type Notice struct {
	ID     NoticeID
	Event  EventID // whose call list keeps it; "" for what concerns no event
	Vendor VendorID
	Topic  string // a later notice of the same topic says all that an earlier one did
	Key    string
	Args   []string
	At     int64
	Mailed bool   // letters were written
	SentAt int64  // the first of them was handed to a mail server; 0: not yet
	Fault  string // why the last try to send one failed
	Call   CallID // the call by which it was told
}

// ToCall reports whether only a call can tell the notice: there is no letter, or
// it does not go out.
func (n Notice) ToCall() bool { return n.Call == "" && n.SentAt == 0 && (!n.Mailed || n.Fault != "") }

// CallOutcome is what came of a call.
type CallOutcome string

// The outcomes of a call. The first three tell the vendor; after the others it is
// still to be called.
const (
	CallSpoken   CallOutcome = "spoken"
	CallTexted   CallOutcome = "texted"
	CallPassedOn CallOutcome = "passed_on" // through the village or a relative
	CallNoAnswer CallOutcome = "no_answer"
	CallBadPhone CallOutcome = "bad_phone"
)

// CallOutcomes lists the outcomes in the order in which they are offered.
var CallOutcomes = []CallOutcome{CallSpoken, CallTexted, CallPassedOn, CallNoAnswer, CallBadPhone}

// Told reports whether the vendor knows after a call with this outcome.
func (o CallOutcome) Told() bool {
	return o == CallSpoken || o == CallTexted || o == CallPassedOn
}

// Call is what an officer noted of calling a vendor.
type Call struct {
	ID      CallID
	Event   EventID // as in Notice
	Vendor  VendorID
	Outcome CallOutcome
	At      int64
	By      AccountID
	ByName  string
}

// Callee is a vendor as whoever calls it needs it.
type Callee struct {
	Vendor         VendorID
	Name           string
	Representative string
	Phones         []string // the vendor's own first, then those of its members
	Area           AreaRef
	Village        string
	Booths         []string // at the event, by code
}

// Told says whom the notices of a change reached, each vendor once.
type Told struct {
	Asked  bool       // somebody was to be told, were there anybody
	Mailed []VendorID // a letter is on its way
	ToCall []VendorID // nobody has told it: it has to be called
	Event  EventID    // of all the notices, whose call list has the vendors; "" for several and none

	several bool
}

// Add counts a vendor. Whom one letter does not reach has to be called, though
// another one does.
func (t *Told) Add(event EventID, vendor VendorID, mailed bool) {
	if t.several = t.several || !t.Nobody() && t.Event != event; t.several {
		event = ""
	}
	t.Event = event
	switch {
	case slices.Contains(t.ToCall, vendor):
	case !mailed:
		t.Mailed = slices.DeleteFunc(t.Mailed, func(v VendorID) bool { return v == vendor })
		t.ToCall = append(t.ToCall, vendor)
	case !slices.Contains(t.Mailed, vendor):
		t.Mailed = append(t.Mailed, vendor)
	}
}

// Nobody reports whether nobody was told anything.
func (t *Told) Nobody() bool { return len(t.Mailed)+len(t.ToCall) == 0 }
