package accounts

import (
	"time"

	"hoicho/internal/app/core"
)

// Client is the browser that a request comes from, as far as limits and the list
// of sessions need it. Nothing of it is trusted.
type Client struct {
	Net     string // its network, /24 or /64
	Device  string // "Chrome, Android"
	Address string // its whole address, only where failed sign-ins are to be logged with it
	Browser string // the token that an earlier sign-in left in it, if any
}

// accountLimits are what strangers may do how often at the door of accounts. A network
// is a key of its own only where there is no account to go by, and then wide: a whole
// market or a class of vendors signing up sits behind one address. A browser that has
// signed in to an account before is never held up for its network.
type accountLimits struct {
	signIn  *core.Limiter // failed sign-ins by login and network
	failed  *core.Limiter // failed sign-ins by network, over all logins
	signUp  *core.Limiter // sign-ups by network
	reset   *core.Limiter // mails asked for, by network
	mailing *core.Limiter // mails sent, by address
}

func newAccountLimits() accountLimits {
	return accountLimits{
		signIn:  core.NewLimiter(10, 90*time.Second),
		failed:  core.NewLimiter(200, 18*time.Second),
		signUp:  core.NewLimiter(60, time.Minute),
		reset:   core.NewLimiter(30, 2*time.Minute),
		mailing: core.NewLimiter(3, 20*time.Minute),
	}
}

// How tries at a secret are counted per account, in the database: the first few
// are free, then each waits twice as long as the one before, up to a quarter of
// an hour. Nobody is locked out for good, because that would be a weapon.
const (
	freeTries  = 5
	firstDelay = 5 * time.Second
	longDelay  = 15 * time.Minute
	forgetTry  = 24 * time.Hour
)

// delayAfter is how long to wait after the n-th failure in a row.
func delayAfter(n int) time.Duration {
	if n < freeTries {
		return 0
	}
	return min(firstDelay<<min(n-freeTries, 10), longDelay)
}
