package accounts

import "hoicho/internal/registry"

// The steps at which a sign-in fails.
const (
	passwordStep = "password"
	secondStep   = "second_step"
)

// SignInSteps are the steps at which a sign-in fails.
var SignInSteps = []string{passwordStep, secondStep}

// signInFailed counts a sign-in that failed at a step, and logs it. The address is
// in the log only where that was asked for.
func (a *Service) signInFailed(step string, id registry.AccountID, c Client) {
	a.failedSignIns.Add(step)
	attrs := []any{"step", step, "account", string(id)}
	if c.Net != "" {
		attrs = append(attrs, "network", c.Net)
	}
	if c.Address != "" {
		attrs = append(attrs, "address", c.Address)
	}
	a.Log.Info("sign-in failed", attrs...)
}

// FailedSignIns counts the sign-ins that failed since this process began, by step
// ("password", "second_step").
func (a *Service) FailedSignIns() map[string]int64 { return a.failedSignIns.Counts() }
