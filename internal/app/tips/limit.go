package tips

import (
	"time"

	"hoicho/internal/app/core"
)

// tipLimits are how many tips citizens may send, whole markets among them.
type tipLimits struct {
	tips   *core.Limiter // by network: a whole market sits behind one
	agents *core.Limiter // by kind of browser in a network
}

// setUpTips makes ready what this process keeps for tips.
func (a *Service) setUpTips() {
	a.tipLimits = tipLimits{
		tips:   core.NewLimiter(400, 2*time.Second),
		agents: core.NewLimiter(150, 10*time.Second),
	}
}
