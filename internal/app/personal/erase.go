package personal

import (
	"cmp"
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/personal"
	"hoicho/internal/vn"
)

// ErasePlan is what the erasure of an account would do.
type ErasePlan struct {
	Account   registry.AccountID
	Name      string // masked
	Asked     bool   // the account itself sent the request
	Effects   personal.Effects
	Obstacles []personal.Obstacle // none: it can be planned
	DueOn     string              // YYYY-MM-DD
	Days      int                 // until then
	Lang      string              // of the account
	mail      string
}

// PlanErase says what it would do to erase the account that a person signed in to with a phone
// or mail address. Rights are those of Inbox; Invalid at "login" or "compared"; Conflict for a request
// that asks for something else or is closed, or where an erasure waits.
func (a *Service) PlanErase(ctx context.Context, actor registry.Actor, id personal.ID, ask EraseAsk) (p ErasePlan, err error) {
	if !answers(actor) {
		return p, core.ErrHidden()
	}
	account, _, fault := a.accountOf(ctx, ask.Login)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := erasable(ctx, tx, id)
		if err != nil {
			return err
		}
		if fault != nil {
			return fault
		}
		if p, err = a.planIn(ctx, tx, actor, r, account); err != nil {
			return err
		}
		_, err = ask.compared(p)
		return err
	})
	return p, err
}

// compared is how it was found out who asks. Invalid where that is not said of an account that did
// not ask itself.
func (ask EraseAsk) compared(p ErasePlan) (string, error) {
	in := core.Input{}
	said := in.Line("compared", ask.Compared, personal.MaxCheck)
	in.Faults.Check(said != "" || len(in.Faults) > 0 || p.Asked, "compared", "erase.error.compared")
	return said, in.Faults.Err()
}

// erasable reads a request to erase that is open.
func erasable(ctx context.Context, tx *store.Tx, id personal.ID) (personal.Request, error) {
	r, err := kept.ByID(ctx, tx, id)
	if err == nil && (r.Kind != personal.Erase || !r.State.Open()) {
		err = registry.E(registry.Conflict, "personal.error.closed")
	}
	return r, err
}

func (a *Service) planIn(ctx context.Context, tx *store.Tx, actor registry.Actor, r personal.Request, account registry.AccountID) (p ErasePlan, err error) {
	of, err := tx.Account(ctx, account)
	switch {
	case err != nil:
		return p, err
	case account == actor.Account:
		return p, registry.At("login", "erase.error.oneself")
	case r.Account != "" && r.Account != string(account):
		return p, registry.At("login", "erase.error.other_account")
	}
	planned, err := kept.Erasures(ctx, tx, r.ID)
	if err != nil {
		return p, err
	}
	if len(planned) > 0 && planned[0].State.Open() {
		return p, registry.E(registry.Conflict, "erase.error.planned")
	}
	if _, err := kept.ErasureOf(ctx, tx, account); registry.KindOf(err) != registry.NotFound {
		return p, cmp.Or(err, error(registry.E(registry.Conflict, "erase.error.planned")))
	}
	set, err := a.SettingsIn(ctx, tx)
	if err != nil {
		return p, err
	}
	p = ErasePlan{Account: account, Name: personal.MaskedName(of.Name), Asked: r.Account != "", Days: set.EraseDays, Lang: of.Lang, mail: of.Email}
	if !p.Asked {
		p.Days = max(p.Days, personal.LeastWait)
	}
	p.DueOn = personal.EraseOn(a.Today(), p.Days)
	if p.Obstacles, err = kept.Obstacles(ctx, tx, account); err != nil {
		return p, err
	}
	p.Effects, err = kept.EraseEffects(ctx, tx, account)
	return p, err
}

// EraseAsk is whose data is to be destroyed, as it was typed.
type EraseAsk struct {
	Login    string `form:"login"`    // telephone number or mail address of the account
	Compared string `form:"compared"` // how it was found out that the account is of whoever asks; needed unless the account itself asked
	Version  int64  `form:"version"`  // of the request
}

// Erase has the data of an account destroyed once the days of the setting have passed, a day at
// least where the account itself did not ask; the account is written to. Errors are those of
// PlanErase; Invalid at "compared"; Conflict where the request has changed since a version, or
// something stands against it.
func (a *Service) Erase(ctx context.Context, actor registry.Actor, id personal.ID, ask EraseAsk) error {
	if !answers(actor) {
		return core.ErrHidden()
	}
	account, _, fault := a.accountOf(ctx, ask.Login)
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, err := erasable(ctx, tx, id)
		switch {
		case err != nil:
			return none, err
		case r.Version != ask.Version:
			return none, registry.E(registry.Conflict, "error.stale")
		case fault != nil:
			return none, fault
		}
		p, err := a.planIn(ctx, tx, actor, r, account)
		if err != nil {
			return none, err
		}
		compared, err := ask.compared(p)
		if err == nil && len(p.Obstacles) > 0 {
			err = registry.E(registry.Conflict, "erase.error.hindered")
		}
		if err != nil {
			return none, err
		}
		e := personal.Erasure{Request: id, Account: string(account), DueOn: p.DueOn, PlannedBy: string(actor.Account), PlannedAs: actor.Name, Effects: p.Effects}
		if err := a.announce(ctx, tx, &e, p); err != nil {
			return none, err
		}
		line := change(registry.Change{Action: "personal.erase_plan"}, &r, append(numbers(p.Effects), fact.Date("erase_due_on", p.DueOn), fact.Said("personal.compared", compared))...)
		return line, kept.Save(ctx, tx, &r)
	})
}

// announce stores an erasure that is planned, and writes to the account if it has an address.
func (a *Service) announce(ctx context.Context, tx *store.Tx, e *personal.Erasure, p ErasePlan) error {
	if err := kept.InsertErasure(ctx, tx, e); err != nil || p.mail == "" {
		return err
	}
	return tx.Notify(ctx, registry.Message{To: p.mail, Lang: p.Lang, Key: "account.mail.erase_planned", Args: []string{vn.ShowDate(p.DueOn)}})
}

// numbers are effects as the audit log tells them: of whom is not in it.
func numbers(e personal.Effects) fact.Facts {
	gone, stays := e.Total()
	return fact.Facts{fact.Count("erase_gone", gone), fact.Count("erase_stays", stays)}
}

// TakeBack takes back the erasure that waits for a request, for a reason. Invalid at "back_why";
// Conflict where it is over or has moved on since a version.
func (a *Service) TakeBack(ctx context.Context, actor registry.Actor, id personal.ID, version int64, why string) error {
	in := core.Input{}
	if why = needed(&in, "back_why", why, personal.MaxReason); in.Faults.Err() != nil {
		return a.orHidden(actor, in.Faults.Err())
	}
	if !answers(actor) {
		return core.ErrHidden()
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		r, err := kept.ByID(ctx, tx, id)
		if err != nil {
			return none, err
		}
		planned, err := kept.Erasures(ctx, tx, id)
		switch {
		case err != nil:
			return none, err
		case len(planned) == 0 || !planned[0].State.Open():
			return none, registry.E(registry.Conflict, "erase.error.over")
		case planned[0].Version != version:
			return none, registry.E(registry.Conflict, "error.stale")
		}
		e := planned[0]
		e.State, e.Obstacles = personal.TakenBack, nil
		e.TakenAt, e.TakenBy, e.TakenAs, e.TakenWhy = a.NowMS(), string(actor.Account), actor.Name, why
		return change(registry.Change{Action: "personal.erase_back"}, &r), kept.SaveErasure(ctx, tx, &e)
	})
}

// Erasures are what was planned for a request, the latest first. Rights are those of Inbox.
func (a *Service) Erasures(ctx context.Context, actor registry.Actor, id personal.ID) (all []personal.Erasure, err error) {
	if !answers(actor) {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = kept.Erasures(ctx, tx, id)
		return err
	})
	return all, err
}

// Pending is the erasure that waits for the account that is signed in; nil where none does.
func (a *Service) Pending(ctx context.Context, actor registry.Actor) (e *personal.Erasure, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := kept.ErasureOf(ctx, tx, actor.Account)
		switch registry.KindOf(err) {
		case registry.None:
			e = &found
		case registry.NotFound:
			return nil
		}
		return err
	})
	return e, err
}

// AskErase sends the request of the account that is signed in to have its data destroyed, in
// given words. Conflict where such a request of it is open.
func (a *Service) AskErase(ctx context.Context, actor registry.Actor, text string) (sent Sent, err error) {
	if actor.Account == "" {
		return sent, core.ErrHidden()
	}
	var of registry.Account
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if of, err = tx.Account(ctx, actor.Account); err != nil {
			return err
		}
		_, err := kept.OpenRequestOf(ctx, tx, actor.Account)
		if registry.KindOf(err) != registry.NotFound {
			return cmp.Or(err, error(registry.E(registry.Conflict, "erase.error.asked")))
		}
		return nil
	})
	if err != nil {
		return sent, err
	}
	if _, err := a.sent.Take(a.DB.Now(), string(actor.Account)); err != nil {
		return sent, err
	}
	return a.take(ctx, actor, personal.Erase, personal.Words{Name: of.Name, Way: of.Login(), Text: text})
}

// emptyVendors takes what is personal from the households of an account, and hides them. Their rows
// stay: figures count them. From its other vendors it takes what is of the person.
func (a *Service) emptyVendors(ctx context.Context, tx *store.Tx, of registry.Account) error {
	households, err := kept.Households(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	others, err := kept.Bearing(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	for _, id := range households {
		was, err := a.changeVendor(ctx, tx, id, empty)
		if err == nil {
			err = kept.HideVendor(ctx, tx, id, was.Logo)
		}
		if err != nil {
			return err
		}
	}
	for _, id := range others {
		if _, err := a.changeVendor(ctx, tx, id, func(v *registry.Vendor) { forget(v, of) }); err != nil {
			return err
		}
	}
	return nil
}

// changeVendor stores a vendor with a change, and returns it as it was.
func (a *Service) changeVendor(ctx context.Context, tx *store.Tx, id registry.VendorID, change func(*registry.Vendor)) (was registry.Vendor, err error) {
	if was, err = tx.Vendor(ctx, id); err != nil {
		return was, err
	}
	v := was
	change(&v)
	return was, tx.SaveVendor(ctx, &v, a.Areas.Scope(v.Area))
}

// empty takes all that is of a person from its household, and closes it.
func empty(v *registry.Vendor) {
	v.Name, v.State, v.StateReason = personal.ErasedVendor, registry.VendorBlocked, personal.ErasedName
	v.Representative, v.Phone, v.PhonePublic, v.Email, v.Village, v.About, v.Logo, v.TaxCode = "", "", false, "", "", "", "", ""
}

// forget takes the name, phone and address of an account from a vendor that stays.
func forget(v *registry.Vendor, of registry.Account) {
	if vn.Fold(v.Representative) == vn.Fold(of.Name) {
		v.Representative = ""
	}
	if v.Phone == of.Phone {
		v.Phone, v.PhonePublic = "", false
	}
	if v.Email == of.Email {
		v.Email = ""
	}
}
