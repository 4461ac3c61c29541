// Package accounts holds the use cases of people who sign in: sign-up, sign-in with
// its second step, sessions, passwords and their resets, e-mail links, API tokens,
// roles and what an account may do.
//
// What a vendor's members may do for it belongs to package vendors.
package accounts

import (
	"time"

	"hoicho/internal/app/core"
)

// Service runs the use cases of accounts. New makes one.
type Service struct {
	*core.Core

	passwords     passwordHasher
	accountLimits accountLimits
	failedSignIns core.Counter[string] // by step
	pushTries     *core.Limiter        // browsers subscribed, by account
}

// New makes a Service on what all share. cheapPasswords makes hashing quick, for tests
// only.
func New(c *core.Core, cheapPasswords bool) *Service {
	return &Service{Core: c, passwords: newPasswordHasher(cheapPasswords), accountLimits: newAccountLimits(),
		pushTries: core.NewLimiter(20, time.Minute)}
}
