package accounts

import (
	"context"
	"errors"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// endAccess ends everything by which an account could be entered or acted for
// until now: its sessions, API tokens, reset links, codes from paper and pending
// links to a new e-mail address. Whatever changes a credential - password, e-mail,
// second step, the state of the account - calls it in the same transaction,
// because what was opened with the old credential, or asked for by whoever held
// it, must not outlive it.
//
// The session of own, if any, goes on under a new token, which is returned; it is
// NotFound when that session has ended meanwhile.
func endAccess(ctx context.Context, tx *store.Tx, id registry.AccountID, own *registry.Session) (token string, err error) {
	keep := ""
	if own != nil {
		if token, err = renewSession(ctx, tx, *own); err != nil {
			return "", err
		}
		keep = core.HashToken(token)
	}
	return token, errors.Join(tx.EndSessions(ctx, id, keep), tx.RevokeAPITokens(ctx, id), tx.DropResetCodes(ctx, id))
}

// renewSession gives a session a new token and saves whether it has passed the
// second step.
func renewSession(ctx context.Context, tx *store.Tx, s registry.Session) (token string, err error) {
	token, hash := core.NewToken()
	return token, tx.RenewSession(ctx, s.TokenHash, hash, s.SecondStep)
}
