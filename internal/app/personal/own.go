package personal

import (
	"context"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	kept "hoicho/internal/store/personal"
)

// ownMost is how many rows of a part a person is given, the latest ones.
const ownMost = 20_000

// Own is the file with all that is kept of the account that is signed in. Limited for one
// that took it several times.
func (a *Service) Own(ctx context.Context, actor registry.Actor, lang string) (registry.File, error) {
	if actor.Account == "" {
		return registry.File{}, core.ErrHidden()
	}
	if _, err := a.taken.Take(a.DB.Now(), string(actor.Account)); err != nil {
		return registry.File{}, err
	}
	return a.ownFile(ctx, actor, actor.Account, lang, nil)
}

// OwnOf is that file for the account of whoever sent a request to see it, found by its phone
// or mail address, as the person has it. Invalid at "login"; Conflict for a request that asks
// for something else or is closed; NotFound for all but those who answer requests.
func (a *Service) OwnOf(ctx context.Context, actor registry.Actor, id personal.ID, login, lang string) (registry.File, error) {
	f, err := a.Request(ctx, actor, id)
	if err != nil {
		return registry.File{}, err
	}
	if f.Kind != personal.See || !f.State.Open() {
		return registry.File{}, registry.E(registry.Conflict, "personal.error.closed")
	}
	account, err := a.accountOf(ctx, login)
	if err != nil {
		return registry.File{}, err
	}
	return a.ownFile(ctx, actor, account, lang, fact.Facts{fact.Said("personal.number", f.Number())})
}

// accountOf finds an account by the phone or mail address that was typed.
func (a *Service) accountOf(ctx context.Context, login string) (id registry.AccountID, err error) {
	phone, email, bad := accounts.ParseLogin(login)
	if bad != nil {
		return "", registry.At("login", bad.Key, bad.Args...)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		account, err := tx.AccountByLogin(ctx, phone+email)
		id = account.ID
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		err = registry.At("login", "personal.error.no_account")
	}
	return id, err
}

// ownFile reads what is kept of an account, notes that it was handed out, and writes it.
func (a *Service) ownFile(ctx context.Context, actor registry.Actor, of registry.AccountID, lang string, more fact.Facts) (registry.File, error) {
	data := personal.OwnData{At: a.NowMS()}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		data.Parts, err = kept.Own(ctx, tx, of, ownMost)
		return err
	})
	if err != nil {
		return registry.File{}, err
	}
	f, err := report.OwnFile(lang, data)
	if err != nil {
		return registry.File{}, err
	}
	return f, a.Change(ctx, actor, func(*store.Tx) (registry.Change, error) {
		return registry.Change{Action: "personal.own", Object: "account", ID: string(of), Detail: append(fact.Facts{fact.Count("export_rows", data.Count())}, more...)}, nil
	})
}
