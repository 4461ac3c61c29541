package registry

// AccountState says whether a person may sign in.
type AccountState string

// The states of an account.
const (
	AccountActive   AccountState = "active"
	AccountDisabled AccountState = "disabled"
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
	FailedN      int    // sign-ins failed in a row
	RetryAt      int64  // unix ms before which no sign-in is tried
	CreatedAt    int64
	Version      int64
}

// Session is a signed-in browser. The token itself is never stored.
type Session struct {
	TokenHash  string
	Account    AccountID
	CreatedAt  int64
	SeenAt     int64
	ExpiresAt  int64
	SecondStep bool // the second factor, where it is needed, has been passed
}
