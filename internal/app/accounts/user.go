package accounts

import (
	"context"
	"errors"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// AccountLine is an account in a list, with its roles.
type AccountLine = store.AccountLine

// UserFilter narrows Users. Empty fields do not.
type UserFilter struct {
	Text  string // part of a name, or a whole phone or e-mail
	All   bool   // vendors too, not only officers
	State registry.AccountState
	After string // cursor
	Limit int
}

// Users returns accounts by name, of the areas in which the actor manages users.
// Who searches by a whole phone or e-mail also finds an account that holds
// nothing yet. next is the cursor of the page after, "" on the last.
func (a *Service) Users(ctx context.Context, actor registry.Actor, f UserFilter) (lines []AccountLine, next string, err error) {
	if !actor.CanSomewhere(registry.ManageUsers) {
		return nil, "", registry.E(registry.NotFound, "error.not_found")
	}
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	_, _, notLogin := ParseLogin(f.Text)
	q := store.AccountQuery{Text: vn.NFC(f.Text), Login: loginKey(f.Text), Office: !f.All && notLogin != nil,
		State: f.State, After: f.After, Limit: f.Limit + 1}
	q.Areas, q.Everywhere = a.reachDown(actor)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		lines, err = tx.Accounts(ctx, q)
		return err
	})
	if len(lines) > f.Limit {
		lines = lines[:f.Limit]
		next = lines[f.Limit-1].Cursor
	}
	return lines, next, err
}

// reachDown returns the codes of the areas in which the actor manages users, and
// of all below them.
func (a *Service) reachDown(actor registry.Actor) (codes []string, all bool) {
	top, all := actor.Reach(registry.ManageUsers)
	for _, code := range top {
		codes = append(codes, code)
		for _, child := range a.Areas.Children(registry.AreaRef{Edition: registry.Edition2025, Code: code}) {
			codes = append(codes, child.Ref.Code)
		}
	}
	return codes, all
}

// User is an account as an officer who manages users sees it.
type User struct {
	registry.Account
	Grants  []UserGrant
	Vendors int
	Covered bool // the actor may disable it and hand out codes
}

// UserGrant is a role of an account.
type UserGrant struct {
	registry.Grant
	Mine bool // the actor may take it away
}

// User returns an account, or NotFound if the actor may not see it.
func (a *Service) User(ctx context.Context, actor registry.Actor, id registry.AccountID) (u User, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		h, err := readHoldings(ctx, tx, id)
		if err != nil {
			return err
		}
		if !actor.CanSomewhere(registry.ManageUsers) || !a.seen(actor, h) {
			return registry.E(registry.NotFound, "error.not_found")
		}
		u = User{Account: h.account, Vendors: len(h.vendors), Covered: a.covers(actor, h)}
		for _, g := range h.grants {
			u.Grants = append(u.Grants, UserGrant{g, actor.Can(registry.ManageUsers, a.areaScope(g.Area))})
		}
		return nil
	})
	return u, err
}

// NewOfficer is an officer to be added.
type NewOfficer struct {
	Name  string
	Login string
	Role  registry.Role
	Area  string // code of today's edition, "" for the whole country
	Lang  string
}

// AddOfficer makes the account of an officer with a role and returns the one-time
// code with which the officer sets a password. Faults are at the fields name,
// login, role and area; a login that has an account is a Conflict there: find it
// and give it a role.
func (a *Service) AddOfficer(ctx context.Context, actor registry.Actor, in NewOfficer) (id registry.AccountID, code string, err error) {
	account, f := a.newAccount(in.Name, in.Login)
	account.Lang = in.Lang
	g := registry.Grant{Role: in.Role, Area: in.Area}
	a.checkGrant(&f, actor, g)
	if err := f.Err(); err != nil {
		return "", "", err
	}
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if err := tx.InsertAccount(ctx, account); err != nil {
			return registry.Change{}, atLogin(err)
		}
		if err := tx.InsertGrant(ctx, account.ID, g, actor.Account); err != nil {
			return registry.Change{}, err
		}
		code, err = a.paperCode(ctx, tx, actor, account.ID)
		return a.grantChange("account.add", account.ID, g), err
	})
	return account.ID, code, err
}

// PaperCode makes a one-time code with which the person sets a new password. It
// lives for three days, ends the code before it, and is shown once. It is NotFound
// or Forbidden unless the actor manages users wherever the account holds
// something, and a Conflict for one's own account: a session alone shall not be
// enough to set its password.
func (a *Service) PaperCode(ctx context.Context, actor registry.Actor, id registry.AccountID) (code string, err error) {
	if id == actor.Account {
		return "", registry.E(registry.Conflict, "error.account.oneself")
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		h, err := a.managed(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if h.account.State != registry.AccountActive {
			return registry.E(registry.Conflict, "error.account.disabled_first")
		}
		if code, err = a.paperCode(ctx, tx, actor, id); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, actor, accountChange("account.paper_code", id))
	})
	return code, err
}

// PaperCodeUntil is when a code made now expires, in unix milliseconds.
func (a *Service) PaperCodeUntil() int64 { return a.After(paperCodeFor) }

// paperCode stores a new code from paper and returns it as printed.
func (a *Service) paperCode(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.AccountID) (string, error) {
	code := core.NewCode()
	return core.GroupCode(code), tx.InsertResetCode(ctx, registry.ResetCode{Hash: a.paperHashOf(id, code), Account: id,
		Channel: registry.ResetOnPaper, IssuedBy: actor.Account, ExpiresAt: tx.Now().Add(paperCodeFor).UnixMilli()})
}

// DisableAccount ends all that opens an account and lets nobody in until it is
// enabled. It is a Conflict for one's own account, an account that is
// disabled already, and the last admin of the whole country.
func (a *Service) DisableAccount(ctx context.Context, actor registry.Actor, id registry.AccountID) error {
	if id == actor.Account {
		return registry.E(registry.Conflict, "error.account.oneself")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		change := accountChange("account.disable", id)
		if err := tx.AdminTurn(ctx); err != nil {
			return change, err
		}
		h, err := a.managed(ctx, tx, actor, id)
		if err != nil {
			return change, err
		}
		change.Scope = a.holdingScope(h)
		if err := tx.SaveAccountState(ctx, id, registry.AccountDisabled); err != nil {
			return change, err
		}
		if isAdmin(h) {
			if err := keepAnAdmin(ctx, tx); err != nil {
				return change, err
			}
		}
		_, err = endAccess(ctx, tx, id, nil)
		return change, err
	})
}

// isAdmin reports whether an account is admin of the whole country.
func isAdmin(h holdings) bool {
	for _, g := range h.grants {
		if g == (registry.Grant{Role: registry.Admin}) {
			return true
		}
	}
	return false
}

// holdingScope is where the audit line of a change to the whole account is read.
func (a *Service) holdingScope(h holdings) (scope registry.Scope) {
	for _, g := range h.grants {
		scope = append(scope, a.areaScope(g.Area)...)
	}
	for _, codes := range h.vendors {
		scope = append(scope, codes...)
	}
	return scope
}

// EnableAccount lets a disabled account sign in again; a Conflict if it may.
func (a *Service) EnableAccount(ctx context.Context, actor registry.Actor, id registry.AccountID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		h, err := a.managed(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		change := accountChange("account.enable", id)
		change.Scope = a.holdingScope(h)
		return change, tx.SaveAccountState(ctx, id, registry.AccountActive)
	})
}

// RemoveTOTP takes the second step off an account whose owner has lost phone and
// recovery codes, and ends all that opens the account but its password: at the next
// sign-in a new one is set up.
// It is a Conflict for one's own account and one without a second step.
func (a *Service) RemoveTOTP(ctx context.Context, actor registry.Actor, id registry.AccountID) error {
	if id == actor.Account {
		return registry.E(registry.Conflict, "error.account.oneself")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		change := accountChange("account.second_step_removed", id)
		h, err := a.managed(ctx, tx, actor, id)
		if err != nil {
			return change, err
		}
		change.Scope = a.holdingScope(h)
		if h.account.TOTPSecret == "" {
			return change, registry.E(registry.Conflict, "error.account.no_second_step")
		}
		if err := dropTOTP(ctx, tx, h.account); err != nil {
			return change, err
		}
		_, err = endAccess(ctx, tx, id, nil)
		return change, err
	})
}

// dropTOTP empties the second step of an account and its recovery codes.
func dropTOTP(ctx context.Context, tx *store.Tx, account registry.Account) error {
	old := account.TOTPSecret
	account.TOTPSecret, account.TOTPStep = "", 0
	return errors.Join(tx.SaveTOTP(ctx, account, old), tx.SaveRecoveryCodes(ctx, account.ID, nil))
}
