package registry

import "time"

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
