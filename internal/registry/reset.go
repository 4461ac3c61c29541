package registry

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
