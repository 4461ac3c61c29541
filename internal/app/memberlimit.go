package app

import "time"

// memberLimits are what an account may try how often to bring people to a vendor.
type memberLimits struct {
	invite *limiter // logins looked for to add members, by account
	join   *limiter // join codes tried, by account
}

// setUpVendors makes ready what this process keeps for vendors.
func (a *App) setUpVendors() {
	a.memberLimits = memberLimits{
		invite: newLimiter(20, 3*time.Minute),
		join:   newLimiter(20, time.Minute),
	}
}
