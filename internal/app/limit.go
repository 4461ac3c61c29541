package app

import (
	"crypto/sha256"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"hoicho/internal/registry"
)

// Client is the browser that a request comes from, as far as limits and the list
// of sessions need it. Nothing of it is trusted.
type Client struct {
	Net     string // its network, /24 or /64
	Device  string // "Chrome, Android"
	Address string // its whole address, only where failed sign-ins are to be logged with it
	Browser string // the token that an earlier sign-in left in it, if any
}

// limiter is token buckets by key, in memory: a restart forgives. Keys are kept as
// their hashes, because strangers choose how long they are. Buckets that are full
// again are forgotten.
type limiter struct {
	mu      sync.Mutex
	every   rate.Limit
	burst   int
	buckets map[bucketKey]*rate.Limiter
	sweepAt int // how many buckets are held before full ones are looked for
}

type bucketKey [16]byte

// keyOf is half a SHA-256, which is enough that nobody finds two alike.
func keyOf(key string) bucketKey {
	sum := sha256.Sum256([]byte(key))
	return bucketKey(sum[:16])
}

// newLimiter allows burst tries at once and one more after each interval.
func newLimiter(burst int, interval time.Duration) *limiter {
	return &limiter{every: rate.Every(interval), burst: burst, buckets: map[bucketKey]*rate.Limiter{}, sweepAt: maxBuckets}
}

// maxBuckets is how many keys are held before full ones are forgotten.
const maxBuckets = 10000

// take counts one try of a key. It is Limited, with how long to wait, when there
// were too many. Cancelling what it returns takes the try back.
func (l *limiter) take(now time.Time, key string) (*rate.Reservation, error) {
	r := l.bucket(now, key).ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return nil, registry.TooSoon(wait)
	}
	return r, nil
}

// owed is Limited, with how long to wait, while a key has used up its tries. It
// counts none, and keeps nothing of a key that has made none.
func (l *limiter) owed(now time.Time, key string) error {
	l.mu.Lock()
	b := l.buckets[keyOf(key)]
	l.mu.Unlock()
	if b == nil {
		return nil
	}
	if tokens := b.TokensAt(now); tokens < 1 {
		return registry.TooSoon(time.Duration((1 - tokens) / float64(l.every) * float64(time.Second)))
	}
	return nil
}

// charge counts n tries that have been made; more than are left have to be waited
// for.
func (l *limiter) charge(now time.Time, key string, n int) {
	b := l.bucket(now, key)
	for range n {
		b.ReserveN(now, 1)
	}
}

func (l *limiter) bucket(now time.Time, key string) *rate.Limiter {
	k := keyOf(key)
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.buckets[k]
	if !ok {
		l.sweep(now)
		b = rate.NewLimiter(l.every, l.burst)
		l.buckets[k] = b
	}
	return b
}

// sweep forgets the full buckets, and when few are, waits until twice as many are
// held: looking through all of them for each new one would be work without end.
func (l *limiter) sweep(now time.Time) {
	if len(l.buckets) < l.sweepAt {
		return
	}
	for key, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.burst) {
			delete(l.buckets, key)
		}
	}
	l.sweepAt = max(maxBuckets, 2*len(l.buckets))
}

// limits are what strangers may do how often. A network is a key of its own only
// where there is no account to go by, and then wide: a whole market or a class
// of vendors signing up sits behind one address. A browser that has signed in to
// an account before is never held up for its network.
type limits struct {
	signIn  *limiter // failed sign-ins by login and network
	failed  *limiter // failed sign-ins by network, over all logins
	signUp  *limiter // sign-ups by network
	reset   *limiter // mails asked for, by network
	mailing *limiter // mails sent, by address
	invite  *limiter // logins looked for to add members, by account
	// letters that try the way of mail, by account
	mailTrial *limiter
	join      *limiter // join codes tried, by account

	pairing  *limiter // wrong pairing tokens, by network
	pairings *limiter // wrong pairing tokens, from everywhere
	taps     *limiter // visitors who say that they came, by network

	typed   *limiter // codes of no pass typed at a gate, by phone
	seeker  *limiter // printed codes that are none, by browser in a network
	seekers *limiter // printed codes that are none, by network

	tips      *limiter // citizens' tips, by network: a whole market sits behind one
	tipAgents *limiter // citizens' tips, by kind of browser in a network
}

func newLimits() limits {
	return limits{
		signIn:    newLimiter(10, 90*time.Second),
		failed:    newLimiter(200, 18*time.Second),
		signUp:    newLimiter(60, time.Minute),
		reset:     newLimiter(30, 2*time.Minute),
		mailing:   newLimiter(3, 20*time.Minute),
		invite:    newLimiter(20, 3*time.Minute),
		mailTrial: newLimiter(5, 3*time.Minute),
		join:      newLimiter(20, time.Minute),

		pairing:  newLimiter(20, 30*time.Second),
		pairings: newLimiter(300, 5*time.Second),
		taps:     newLimiter(1000, 200*time.Millisecond),

		typed:   newLimiter(30, 6*time.Second),
		seeker:  newLimiter(30, 10*time.Second),
		seekers: newLimiter(1000, time.Second),

		tips:      newLimiter(400, 2*time.Second),
		tipAgents: newLimiter(150, 10*time.Second),
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
