package app

import "time"

// gateLimits are what phones and visitors may do how often at the gates.
type gateLimits struct {
	pairing  *limiter // wrong pairing tokens, by network
	pairings *limiter // wrong pairing tokens, from everywhere
	taps     *limiter // visitors who say that they came, by network
	typed    *limiter // codes of no pass typed at a gate, by phone
}

func newGateLimits() gateLimits {
	return gateLimits{
		pairing:  newLimiter(20, 30*time.Second),
		pairings: newLimiter(300, 5*time.Second),
		taps:     newLimiter(1000, 200*time.Millisecond),
		typed:    newLimiter(30, 6*time.Second),
	}
}
