package accounts

import (
	"context"
	"slices"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// apiTokenPrefix lets people and scanners of secrets see what a token is.
const apiTokenPrefix = "hoicho_"

// maxTokenDays is how long a token may last.
const maxTokenDays = 365

// NewAPIToken is a token to be made.
type NewAPIToken struct {
	Name   string // what uses it
	Days   int    // from now
	Scopes []registry.APIScope
}

// CreateAPIToken makes a token with which a program acts with the rights of the
// actor in the parts of the API that its scopes open, and returns it; it is shown
// this once. Invalid at name, days or scopes. It is Forbidden while the second step
// is owed: else a stolen password would be enough to act with the rights of an office.
func (a *Service) CreateAPIToken(ctx context.Context, actor registry.Actor, in NewAPIToken) (token string, err error) {
	if actor.Account == "" {
		return "", registry.E(registry.Unauthenticated, "error.sign_in_first")
	}
	if actor.Owes {
		return "", errSecondStepFirst
	}
	name, ok := vn.CleanLine(in.Name)
	var f registry.Faults
	f.Check(ok && name != "", "name", "error.required")
	f.Check(len([]rune(name)) <= 80, "name", "error.too_long", 80)
	f.Check(in.Days >= 1 && in.Days <= maxTokenDays, "days", "error.apitoken.days", maxTokenDays)
	strange := slices.ContainsFunc(in.Scopes, func(s registry.APIScope) bool { return !s.Valid() })
	f.Check(len(in.Scopes) > 0 && !strange, "scopes", "error.apitoken.scopes")
	if err := f.Err(); err != nil {
		return "", err
	}
	secret, _ := core.NewToken()
	token = apiTokenPrefix + secret
	t := registry.APIToken{ID: store.NewID[string](), TokenHash: core.HashToken(token), Account: actor.Account, Name: name, Scopes: in.Scopes,
		CreatedAt: a.NowMS(), ExpiresAt: a.After(time.Duration(in.Days) * 24 * time.Hour)}
	return token, a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return registry.Change{Action: "account.api_token", Object: "account", ID: string(actor.Account),
			Detail: fact.Facts{fact.Said("name", name), fact.Code("scopes", fact.APIScope, in.Scopes...), fact.Handle("token", t.ID)}}, tx.InsertAPIToken(ctx, t)
	})
}

// APITokens lists the actor's own tokens.
func (a *Service) APITokens(ctx context.Context, actor registry.Actor) (tokens []registry.APIToken, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		tokens, err = tx.APITokens(ctx, actor.Account)
		return err
	})
	return tokens, err
}

// RevokeAPIToken ends a token of the actor at once. NotFound for any other.
func (a *Service) RevokeAPIToken(ctx context.Context, actor registry.Actor, id string) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return registry.Change{Action: "account.api_token_revoked", Object: "account", ID: string(actor.Account),
			Detail: fact.Facts{fact.Handle("token", id)}}, tx.RevokeAPIToken(ctx, actor.Account, id)
	})
}

// AuthenticateAPI returns who a token acts for: Unauthenticated for one that is
// unknown, revoked, over, or of a disabled account, and Forbidden when it has none
// of the scopes.
func (a *Service) AuthenticateAPI(ctx context.Context, token string, scopes ...registry.APIScope) (registry.Actor, error) {
	none := registry.E(registry.Unauthenticated, "error.apitoken.none")
	if !strings.HasPrefix(token, apiTokenPrefix) {
		return registry.Actor{}, none
	}
	var actor registry.Actor
	var t registry.APIToken
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if t, err = tx.APIToken(ctx, core.HashToken(token)); err != nil {
			return err
		}
		account, err := tx.Account(ctx, t.Account)
		if err == nil && account.State != registry.AccountActive {
			err = none
		}
		if err != nil {
			return err
		}
		actor, err = tx.Actor(ctx, account)
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		return registry.Actor{}, none
	}
	if err == nil && !t.Opens(scopes) {
		return registry.Actor{}, registry.E(registry.Forbidden, "error.apitoken.scope", joinScopes(scopes))
	}
	if err == nil && a.NowMS()-t.UsedAt > seenSpacing.Milliseconds() {
		err = a.DB.Write(ctx, func(tx *store.Tx) error { return tx.TouchAPIToken(ctx, t.ID) })
		if registry.KindOf(err) == registry.Unavailable {
			err = nil // a full disk must not lock programs out of reading
		}
	}
	return actor, err
}

// joinScopes writes scopes for a message.
func joinScopes(scopes []registry.APIScope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}
