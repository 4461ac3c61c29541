package admission

import (
	"time"

	"hoicho/internal/app/core"
)

// gateLimits are what phones and visitors may do how often at the gates.
type gateLimits struct {
	pairing  *core.Limiter // wrong pairing tokens, by network
	pairings *core.Limiter // wrong pairing tokens, from everywhere
	taps     *core.Limiter // visitors who say that they came, by network
	typed    *core.Limiter // codes of no pass typed at a gate, by phone
}

func newGateLimits() gateLimits {
	return gateLimits{
		pairing:  core.NewLimiter(20, 30*time.Second),
		pairings: core.NewLimiter(300, 5*time.Second),
		taps:     core.NewLimiter(1000, 200*time.Millisecond),
		typed:    core.NewLimiter(30, 6*time.Second),
	}
}
