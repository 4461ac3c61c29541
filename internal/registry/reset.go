package registry

// ResetChannel says how a one-time code reaches its person.
type ResetChannel string

// The channels.
const (
	ResetByMail  ResetChannel = "mail"  // a link in a mail
	ResetOnPaper ResetChannel = "paper" // digits on paper from an officer
	ResetSetup   ResetChannel = "setup" // the link printed at first start: makes the first admin
)

// ResetCode lets a person set a password once, until it expires. Only its hash
// is stored.
type ResetCode struct {
	Hash      string
	Account   AccountID // "" for ResetSetup
	Channel   ResetChannel
	IssuedBy  AccountID // the officer, "" for mail and the command line
	CreatedAt int64
	ExpiresAt int64
}
