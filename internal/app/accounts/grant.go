package accounts

import (
	"context"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// areaScope is the scope of the area of a grant: nil, which only a grant for the
// whole country reaches, for the whole country.
func (a *Service) areaScope(code string) registry.Scope {
	if code == "" {
		return nil
	}
	return a.Areas.Scope(registry.AreaRef{Edition: registry.Edition2025, Code: code})
}

// checkGrant notes what is wrong with a role and the area it is to be given in,
// at the fields role and area. The area must be one in which the actor manages
// users: nobody gives what lies above their own.
func (a *Service) checkGrant(f *registry.Faults, actor registry.Actor, g registry.Grant) {
	f.Check(g.Role.Valid(), "role", "error.choose")
	if g.Area != "" && len(a.areaScope(g.Area)) == 0 {
		f.Add("area", "error.account.area")
		return
	}
	f.Check(actor.Can(registry.ManageUsers, a.areaScope(g.Area)), "area", "error.account.area_above")
}

// holdings is what an account holds: its roles and the areas of its vendors.
type holdings struct {
	account registry.Account
	grants  []registry.Grant
	vendors map[registry.VendorID]registry.Scope
}

func readHoldings(ctx context.Context, tx *store.Tx, id registry.AccountID) (h holdings, err error) {
	if h.account, err = tx.Account(ctx, id); err == nil && h.account.State == registry.AccountErased {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return h, err
	}
	actor, err := tx.Actor(ctx, h.account)
	if err != nil {
		return h, err
	}
	h.grants = actor.Grants
	h.vendors, err = tx.VendorAreas(ctx, id)
	return h, err
}

// seen reports whether some of it lies where the actor manages users, or the
// account holds nothing at all yet.
func (a *Service) seen(actor registry.Actor, h holdings) bool {
	if len(h.grants)+len(h.vendors) == 0 {
		return true
	}
	for _, g := range h.grants {
		if actor.Can(registry.ManageUsers, a.areaScope(g.Area)) {
			return true
		}
	}
	for _, scope := range h.vendors {
		if actor.Can(registry.ManageUsers, scope) {
			return true
		}
	}
	return false
}

// covers reports whether all of it lies where the actor manages users. Who may
// disable an account or set its password becomes what it is, so a single role
// outside the actor's areas forbids it.
func (a *Service) covers(actor registry.Actor, h holdings) bool {
	for _, g := range h.grants {
		if !actor.Can(registry.ManageUsers, a.areaScope(g.Area)) {
			return false
		}
	}
	for _, scope := range h.vendors {
		if !actor.Can(registry.ManageUsers, scope) {
			return false
		}
	}
	return true
}

// managed reads an account that the actor may change as a whole. It is NotFound
// if the actor may not see it, and Forbidden if parts of it lie outside.
func (a *Service) managed(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.AccountID) (holdings, error) {
	h, err := readHoldings(ctx, tx, id)
	if err != nil {
		return h, err
	}
	if !actor.CanSomewhere(registry.ManageUsers) || !a.seen(actor, h) {
		return h, registry.E(registry.NotFound, "error.not_found")
	}
	if !a.covers(actor, h) {
		return h, registry.E(registry.Forbidden, "error.account.elsewhere")
	}
	return h, nil
}

// GrantRole gives an account a role in an area where the actor manages users.
// Faults are at the fields role and area; an account the actor may not see is
// NotFound. Giving it again changes nothing.
//
// The first role of an account that signed up by itself also ends its password,
// second step, sessions and API tokens, and code is a one-time code for the officer
// to hand over: whoever typed that phone or e-mail into sign-up need not be the
// officer.
func (a *Service) GrantRole(ctx context.Context, actor registry.Actor, id registry.AccountID, g registry.Grant) (code string, err error) {
	var f registry.Faults
	a.checkGrant(&f, actor, g)
	if err := f.Err(); err != nil {
		return "", err
	}
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		h, err := readHoldings(ctx, tx, id)
		if err != nil {
			return registry.Change{}, err
		}
		if !a.seen(actor, h) {
			return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
		}
		if code, err = a.firstGrant(ctx, tx, actor, h); err != nil {
			return registry.Change{}, err
		}
		return a.grantChange("account.grant", id, g), tx.InsertGrant(ctx, id, g, actor.Account)
	})
	return code, err
}

// firstGrant makes an account without a role safe to be given one.
func (a *Service) firstGrant(ctx context.Context, tx *store.Tx, actor registry.Actor, h holdings) (code string, err error) {
	if len(h.grants) > 0 {
		return "", nil
	}
	if !a.covers(actor, h) {
		return "", registry.E(registry.Forbidden, "error.account.elsewhere")
	}
	if err := tx.SavePassword(ctx, h.account.ID, h.account.PasswordHash, ""); err != nil {
		return "", err
	}
	if h.account.Phone != "" { // the e-mail could bring a stranger in again; the phone stays as the login
		if err := tx.SaveEmail(ctx, h.account.ID, ""); err != nil {
			return "", err
		}
	}
	if err := dropTOTP(ctx, tx, h.account); err != nil {
		return "", err
	}
	if _, err := endAccess(ctx, tx, h.account.ID, nil); err != nil {
		return "", err
	}
	return a.paperCode(ctx, tx, actor, h.account.ID)
}

// RevokeRole takes a role in an area from an account. It is NotFound if the
// account has no such role, Forbidden if the area is not the actor's, and a
// Conflict if nobody would be left to manage the whole country.
func (a *Service) RevokeRole(ctx context.Context, actor registry.Actor, id registry.AccountID, g registry.Grant) error {
	if !actor.Can(registry.ManageUsers, a.areaScope(g.Area)) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if err := tx.AdminTurn(ctx); err != nil {
			return registry.Change{}, err
		}
		if err := tx.DeleteGrant(ctx, id, g); err != nil {
			return registry.Change{}, err
		}
		if g == (registry.Grant{Role: registry.Admin}) {
			if err := keepAnAdmin(ctx, tx); err != nil {
				return registry.Change{}, err
			}
		}
		return a.grantChange("account.revoke", id, g), nil
	})
}

// keepAnAdmin is a Conflict when no active admin of the whole country is left.
func keepAnAdmin(ctx context.Context, tx *store.Tx) error {
	n, err := tx.Admins(ctx)
	if err == nil && n == 0 {
		return registry.E(registry.Conflict, "error.account.last_admin")
	}
	return err
}

// grantChange is the audit line of a role given or taken.
func (a *Service) grantChange(action string, id registry.AccountID, g registry.Grant) registry.Change {
	c := accountChange(action, id)
	where := fact.Code("area", fact.WholeCountry, "whole_country")
	if g.Area != "" {
		where = fact.Place("area", registry.AreaRef{Edition: registry.Edition2025, Code: g.Area})
	}
	c.Scope, c.Detail = a.areaScope(g.Area), fact.Facts{fact.Code("role", fact.AccountRole, g.Role), where}
	return c
}
