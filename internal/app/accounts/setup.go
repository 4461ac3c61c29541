package accounts

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// SetupLink makes the one-time link with which the first admin is made, and ends
// the link printed before it. needed is false once there is an admin of any area.
// The link lives for a day; only its hash is stored.
func (a *Service) SetupLink(ctx context.Context) (link string, needed bool, err error) {
	token, hash := core.NewToken()
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		has, err := tx.HasAdmin(ctx)
		if needed = !has; err != nil || has {
			return err
		}
		return tx.InsertResetCode(ctx, registry.ResetCode{Hash: hash, Channel: registry.ResetSetup,
			ExpiresAt: tx.Now().Add(setupCodeFor).UnixMilli()})
	})
	return a.BaseURL + "/thiet-lap/" + token, needed, err
}

// CheckSetupLink reports whether a set-up link can still be used; else it is
// NotFound.
func (a *Service) CheckSetupLink(ctx context.Context, token string) error {
	return a.checkCode(ctx, token, registry.ResetSetup)
}

// SetUp is what the first admin fills in.
type SetUp struct {
	Name     string
	Login    string
	Password string
	Lang     string
}

// SetUp makes the first admin, of the whole country, with the one-time link. A
// link that cannot be used (any more) is NotFound; faults are at the fields name,
// login and password. Of many callers exactly one succeeds.
func (a *Service) SetUp(ctx context.Context, token string, in SetUp) error {
	account, f := a.newAccount(in.Name, in.Login)
	checkPassword(&f, in.Password, in.Name, account.Phone, account.Email)
	if err := f.Err(); err != nil {
		return err
	}
	hash, err := a.passwords.hash(ctx, in.Password)
	if err != nil {
		return err
	}
	account.PasswordHash, account.Lang, account.EnteredAt = hash, in.Lang, a.NowMS()
	return a.DB.Write(ctx, func(tx *store.Tx) error { return saveSetUp(ctx, tx, core.HashToken(token), account) })
}

func saveSetUp(ctx context.Context, tx *store.Tx, code string, account registry.Account) error {
	if err := tx.AdminTurn(ctx); err != nil {
		return err
	}
	_, err := tx.SpendResetCode(ctx, code, registry.ResetSetup)
	if registry.KindOf(err) == registry.NotFound {
		return errDeadLink
	}
	if err != nil {
		return err
	}
	has, err := tx.HasAdmin(ctx)
	if err != nil {
		return err
	}
	if has {
		return errDeadLink
	}
	if err := tx.InsertAccount(ctx, account); err != nil {
		return atLogin(err)
	}
	if err := tx.InsertGrant(ctx, account.ID, registry.Grant{Role: registry.Admin}, account.ID); err != nil {
		return err
	}
	actor := registry.Actor{Account: account.ID, Name: account.Name}
	return tx.Audit(ctx, actor, accountChange("account.set_up", account.ID))
}
