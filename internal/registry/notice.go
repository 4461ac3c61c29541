package registry

import (
	"slices"
	"time"
)

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
	// Pushes is how many phones it goes to as a notification, PushedAt when a push service
	// took the first of them, OpenedAt when somebody opened one; 0: nobody yet.
	Pushes   int
	PushedAt int64
	OpenedAt int64
	Replaced bool // a later notice says all that it did
}

// ToCall reports whether only a call can tell the notice: there is no letter, or it does
// not go out, and nobody has opened a notification. That a push service took one proves
// nothing: the phone may be off, or lie in a drawer.
func (n Notice) ToCall() bool {
	return n.Call == "" && n.SentAt == 0 && n.OpenedAt == 0 && (!n.Mailed || n.Fault != "")
}

// NoticeChannel is a way by which a notice may reach a vendor.
type NoticeChannel string

// The channels. One by SMS or Zalo joins here, with its sender beside those of the
// outbox, its rows in outbox.channel, and its line in the log of deliveries.
const (
	ByPush NoticeChannel = "push" // a notification on a phone that asked for it; proof is that it was opened
	ByMail NoticeChannel = "mail" // a letter; proof is that the mail server took it
	ByCall NoticeChannel = "call" // somebody calls; proof is the call that was noted
)

// Delivery is one try to reach somebody with a notice, for the log of deliveries.
type Delivery struct {
	Channel  NoticeChannel
	To       string // mail address, or the device that was notified
	At       int64  // it was written
	Attempts int
	SentAt   int64  // taken by the mail server or the push service; 0: not
	Answer   string // what the push service answered
	OpenedAt int64  // somebody opened the notification; 0: not
	FailedAt int64  // given up; 0: not
	Fault    string // why the last try failed
	DueAt    int64  // the next try
}

// DeliveryQuery chooses notices of an event for the log of deliveries.
type DeliveryQuery struct {
	Event  EventID
	Vendor VendorID // "" for all
	Before NoticeID // those written before it; "" for the newest
	Limit  int
}

// DeliveryLine is a notice with all that was done to tell it.
type DeliveryLine struct {
	Notice
	VendorName string
	Tries      []Delivery
	Called     *Call // that told it
}

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
	Pushed []VendorID // of ToCall: whose phones get a notification, and who leaves the list by opening it
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

// NotePushed counts a vendor whose phones get a notification, and who has to be called
// until somebody opens it. It follows Add.
func (t *Told) NotePushed(vendor VendorID) {
	if slices.Contains(t.ToCall, vendor) && !slices.Contains(t.Pushed, vendor) {
		t.Pushed = append(t.Pushed, vendor)
	}
}

// Nobody reports whether nobody was told anything.
func (t *Told) Nobody() bool { return len(t.Mailed)+len(t.ToCall) == 0 }

// PushSubscription is a browser that an account lets the server notify while no page of
// it is open (RFC 8030). It ends when the session ends by which it was asked for: signed
// out, here or from another device. A session that merely lapsed leaves it.
type PushSubscription struct {
	ID        PushID
	Account   AccountID
	Session   SessionID
	Hash      string // keyed hash of the address at the push service, which tells two apart
	Sealed    string // PushAddress, sealed with the master key
	Service   string // host of the push service
	Device    string // as the account's sessions name it: "Chrome, Android"
	CreatedAt int64
	UsedAt    int64 // a push service took something for it last; 0: never
}

// PushAddress is where a browser hears, and with what key it reads. Whoever has the
// endpoint can have the phone woken, so it is kept sealed.
type PushAddress struct {
	Endpoint string `json:"endpoint"` // https address at the push service
	P256dh   string `json:"p256dh"`   // public key of the browser, base64url
	Auth     string `json:"auth"`     // 16 bytes shared with the browser, base64url
}

// PushKey is the pair by which push services know this server (RFC 8292). Browsers
// subscribe with the public half, and nobody can send to them without the private one.
type PushKey struct {
	ID        string
	Public    string // base64url of the uncompressed point
	Sealed    string // private half, sealed with the master key
	CreatedAt int64
}

// PushTarget is a subscription to which a notice to a vendor goes.
type PushTarget struct {
	ID   PushID
	Lang string // of its account
}

// Push is one message on its way to a push service.
type Push struct {
	To      PushAddress
	Public  string // of PushKey
	Private string // of PushKey, base64url
	Message Message
	Path    string // of the page that the notification opens
	Topic   string // at most 32 signs of base64url: a later push takes the place of one that still waits
	TTL     time.Duration
}

// PushAnswer is what a push service answered.
type PushAnswer struct {
	Status     int           // of HTTP; 201 means that the service took it, not that anybody read it
	Said       string        // for the log of deliveries: status and the service's own words
	RetryAfter time.Duration // as it asked for; 0: it did not
}

// Taken reports whether the push service took the message.
func (a PushAnswer) Taken() bool { return a.Status >= 200 && a.Status < 300 }

// Gone reports whether the subscription is no more.
func (a PushAnswer) Gone() bool { return a.Status == 404 || a.Status == 410 }

// Later reports whether it is worth while to try again.
func (a PushAnswer) Later() bool { return a.Status == 408 || a.Status == 429 || a.Status >= 500 }

// Why a push was given up, where the push service was not asked.
const (
	PushSuperseded = "superseded" // a later notice says all that this one did
	PushEnded      = "ended"      // the subscription ended meanwhile
)
