package vendors

import (
	"time"

	"hoicho/internal/app/core"
)

// memberLimits are what an account may try how often to bring people to a vendor.
type memberLimits struct {
	invite *core.Limiter // logins looked for to add members, by account
	join   *core.Limiter // join codes tried, by account
}

func newMemberLimits() memberLimits {
	return memberLimits{
		invite: core.NewLimiter(20, 3*time.Minute),
		join:   core.NewLimiter(20, time.Minute),
	}
}
