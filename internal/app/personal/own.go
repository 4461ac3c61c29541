package personal

import (
	"context"
	"fmt"
	"slices"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/report/own"
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

// OwnAsk is whose file is asked for, as it was typed.
type OwnAsk struct {
	Login    string `form:"login"`    // telephone number or mail address of the account
	Compared string `form:"compared"` // how it was found out that the account is of whoever asks; needed where the request names another way
	Lang     string
}

// OwnOf is that file for the account of whoever sent a request to see it, found by its phone
// or mail address. Where that is none of the ways that the request names, somebody has to have
// compared: what it did stands in the log. Invalid at "login" or "compared"; Conflict for a
// request that asks for something else or is closed; NotFound for all but those who answer
// requests.
func (a *Service) OwnOf(ctx context.Context, actor registry.Actor, id personal.ID, ask OwnAsk) (none registry.File, err error) {
	f, err := a.Request(ctx, actor, id)
	switch {
	case err != nil:
		return none, err
	case f.Kind != personal.See:
		return none, registry.E(registry.Conflict, "personal.error.not_see")
	case !f.State.Open():
		return none, registry.E(registry.Conflict, "personal.error.closed")
	}
	account, login, err := a.accountOf(ctx, ask.Login)
	if err != nil {
		return none, err
	}
	in := core.Input{}
	compared := in.Line("compared", ask.Compared, personal.MaxCheck)
	in.Faults.Check(compared != "" || len(in.Faults) > 0 || f.Words.Names(login), "compared", "personal.error.compared")
	if err := in.Faults.Err(); err != nil {
		return none, err
	}
	return a.ownFile(ctx, actor, account, ask.Lang, fact.Facts{fact.Said("personal.number", f.Number()), fact.Said("personal.compared", compared)})
}

// accountOf finds an account by the phone or mail address that was typed, and says how that is
// stored.
func (a *Service) accountOf(ctx context.Context, typed string) (id registry.AccountID, login string, err error) {
	phone, email, bad := accounts.ParseLogin(typed)
	if bad != nil {
		return "", "", registry.At("login", bad.Key, bad.Args...)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		account, err := tx.AccountByLogin(ctx, phone+email)
		id = account.ID
		return err
	})
	if registry.KindOf(err) == registry.NotFound {
		err = registry.At("login", "personal.error.no_account")
	}
	return id, phone + email, err
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
	data.Areas = a.areasIn(data.Parts)
	f, err := own.File(lang, data)
	if err != nil {
		return registry.File{}, err
	}
	return f, a.Change(ctx, actor, func(*store.Tx) (registry.Change, error) {
		return registry.Change{Action: "personal.own", Object: "account", ID: string(of), Detail: append(fact.Facts{fact.Count("export_rows", data.Count())}, more...)}, nil
	})
}

// areasIn names the areas that stand in the rows, in columns called area.
func (a *Service) areasIn(parts []personal.OwnPart) map[string]string {
	names := map[string]string{}
	for _, p := range parts {
		i := slices.Index(p.Columns, "area")
		if i < 0 {
			continue
		}
		for _, row := range p.Rows {
			code := fmt.Sprint(row[i])
			if ref, err := registry.ParseAreaRef(code); err == nil {
				if area, known := a.Areas.Lookup(ref); known {
					names[code] = area.FullName()
				}
			}
		}
	}
	return names
}
