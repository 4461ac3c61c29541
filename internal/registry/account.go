package registry

import "time"

// AccountState says whether a person may sign in.
type AccountState string

// The states of an account.
const (
	AccountActive   AccountState = "active"
	AccountDisabled AccountState = "disabled"
	AccountErased   AccountState = "erased" // for good: nothing that is personal is left
)

// Account is a person who signs in by phone or e-mail with a password.
type Account struct {
	ID           AccountID
	Name         string
	Phone        string // 0xxxxxxxxx, unique if set
	Email        string // lower case, unique if set
	State        AccountState
	PasswordHash string // argon2id PHC string
	TOTPSecret   string // sealed; empty: not set up
	TOTPStep     int64  // last time step accepted, so that a code is not used twice
	Lang         string // "vi" or "en"
	Consent      Consent
	CreatedAt    int64
	EnteredAt    int64 // first sign-in, 0: never
	Version      int64
}

// Consent proves that a person agreed to the use of their data: which text, and
// when. Luật 91/2025/QH15: it must be given, never assumed, and be provable.
// Accounts made by an officer in the course of duty have none.
type Consent struct {
	Version string // of the text agreed to
	At      int64  // unix ms
}

// Login is what the person signs in with: the phone if there is one, else the
// e-mail.
func (a Account) Login() string {
	if a.Phone != "" {
		return a.Phone
	}
	return a.Email
}

// ClockSlack is how far the server's clock may be set back without what was written
// before counting as written in the future: no session and no try does.
const ClockSlack = 5 * time.Minute

// Session is a signed-in browser. The token itself is never stored.
type Session struct {
	TokenHash  string
	ID         SessionID // names the session to its owner
	Account    AccountID
	CreatedAt  int64
	SeenAt     int64
	ExpiresAt  int64
	SecondStep bool   // the second factor, where it is needed, has been passed
	Device     string // "Chrome, Android", for the owner to recognise it
}

// ResetChannel says how a one-time code reaches its person.
type ResetChannel string

// The channels.
const (
	ResetByMail  ResetChannel = "mail"  // a link in a mail
	ResetOnPaper ResetChannel = "paper" // digits on paper from an officer
	ResetSetup   ResetChannel = "setup" // the link printed at first start: makes the first admin
	ResetEmail   ResetChannel = "email" // a link in a mail to an address that is to become the account's
)

// ResetCode lets a person set a password, or confirm an address, once, until it
// expires. Only its hash
// is stored.
type ResetCode struct {
	Hash      string
	Account   AccountID // "" for ResetSetup
	Channel   ResetChannel
	Email     string    // of ResetEmail: the address that the link was sent to
	IssuedBy  AccountID // the officer, "" for mail and the command line
	CreatedAt int64
	ExpiresAt int64
}
