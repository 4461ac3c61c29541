package app

import "time"

// tipLimits are how many tips citizens may send, whole markets among them.
type tipLimits struct {
	tips   *limiter // by network: a whole market sits behind one
	agents *limiter // by kind of browser in a network
}

// setUpTips makes ready what this process keeps for tips.
func (a *App) setUpTips() {
	a.tipLimits = tipLimits{
		tips:   newLimiter(400, 2*time.Second),
		agents: newLimiter(150, 10*time.Second),
	}
}
