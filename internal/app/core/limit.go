package core

import (
	"crypto/sha256"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"hoicho/internal/registry"
)

// Limiter is token buckets by key, in memory: a restart forgives. Keys are kept as
// their hashes, because strangers choose how long they are. buckets that are full
// again are forgotten.
type Limiter struct {
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

// NewLimiter allows burst tries at once and one more after each interval.
func NewLimiter(burst int, interval time.Duration) *Limiter {
	return &Limiter{every: rate.Every(interval), burst: burst, buckets: map[bucketKey]*rate.Limiter{}, sweepAt: maxBuckets}
}

// maxBuckets is how many keys are held before full ones are forgotten.
const maxBuckets = 10000

// Take counts one try of a key. It is Limited, with how long to wait, when there
// were too many. Cancelling what it returns takes the try back.
func (l *Limiter) Take(now time.Time, key string) (*rate.Reservation, error) {
	r := l.bucket(now, key).ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return nil, registry.TooSoon(wait)
	}
	return r, nil
}

// Owed is Limited, with how long to wait, while a key has used up its tries. It
// counts none, and keeps nothing of a key that has made none.
func (l *Limiter) Owed(now time.Time, key string) error {
	if wait := l.Owes(now, key); wait > 0 {
		return registry.TooSoon(wait)
	}
	return nil
}

// Owes is how long a key has to wait for its next try, 0 while it has some left. It
// counts none, as Owed.
func (l *Limiter) Owes(now time.Time, key string) time.Duration {
	l.mu.Lock()
	b := l.buckets[keyOf(key)]
	l.mu.Unlock()
	if b == nil {
		return 0
	}
	if tokens := b.TokensAt(now); tokens < 1 {
		return time.Duration((1 - tokens) / float64(l.every) * float64(time.Second))
	}
	return 0
}

// Charge counts n tries that have been made; more than are left have to be waited
// for.
func (l *Limiter) Charge(now time.Time, key string, n int) {
	b := l.bucket(now, key)
	for range n {
		b.ReserveN(now, 1)
	}
}

func (l *Limiter) bucket(now time.Time, key string) *rate.Limiter {
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
func (l *Limiter) sweep(now time.Time) {
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
