package accounts

import (
	"context"

	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Consent is the text of consent that holds today.
func (a *Service) Consent() personal.TextVersion {
	return personal.TextOn(personal.TextVersions, personal.SignUp, a.Today())
}

// OwesConsent reports whether somebody agreed to an older text than the one that holds. Whoever
// was never asked, as an officer whose account was made in the course of duty, owes none.
func (a *Service) OwesConsent(in SignedIn) bool {
	agreed := in.Account.Consent.Version
	return agreed != "" && agreed != a.Consent().Version
}

// Agree notes that somebody agrees to the text that holds, of the version that was shown. It
// is a Conflict where another one holds by now.
func (a *Service) Agree(ctx context.Context, in SignedIn, version string) error {
	if version != a.Consent().Version {
		return registry.E(registry.Conflict, "personal.error.text_changed")
	}
	return a.Change(ctx, in.Actor, func(tx *store.Tx) (registry.Change, error) {
		c := accountChange("account.agree", in.Account.ID)
		c.Detail = fact.Facts{fact.Difference(fact.Said("account.consent_version", in.Account.Consent.Version), fact.Said("account.consent_version", version))}
		return c, tx.SaveConsent(ctx, in.Account.ID, registry.Consent{Version: version, At: tx.NowMS()})
	})
}
