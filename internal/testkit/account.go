package testkit

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Password is the password of every account that the kit makes.
const Password = "cho phien ba be 2026"

// accountsMade numbers the accounts of this process, so that no phone stands twice.
var accountsMade atomic.Int64

// Officer makes an account with a role in an area (a code of today's edition, ""
// for the whole country) and signs it in, second step passed. The token is for
// Client.SignInAs.
func (k *Kit) Officer(role registry.Role, area string) (registry.Actor, string) {
	k.T.Helper()
	n := accountsMade.Add(1)
	return k.SignedIn(k.Account(fmt.Sprintf("Cán bộ %s %d", role, n), registry.Grant{Role: role, Area: area}))
}

// VendorAccount makes an account without a role and signs it in. Whoever makes
// the vendor makes it a member.
func (k *Kit) VendorAccount() (registry.Actor, string) {
	k.T.Helper()
	return k.SignedIn(k.Account(fmt.Sprintf("Chủ gian hàng %d", accountsMade.Add(1))))
}

// PhoneOnly makes an account with a phone and no e-mail.
func (k *Kit) PhoneOnly() registry.Account {
	k.T.Helper()
	a := k.Account("Chủ gian hàng có mỗi điện thoại")
	a.Email = ""
	k.Write(func(tx *store.Tx) error { return tx.SaveEmail(k.T.Context(), a.ID, "") })
	return a
}

// Account makes an account with a phone, an e-mail and Password.
func (k *Kit) Account(name string, grants ...registry.Grant) registry.Account {
	k.T.Helper()
	n := accountsMade.Add(1)
	hash, err := k.App.Accounts.HashPassword(k.T.Context(), Password)
	if err != nil {
		k.T.Fatal(err)
	}
	a := registry.Account{ID: store.NewID[registry.AccountID](), Name: name, Phone: fmt.Sprintf("09%08d", n),
		Email: fmt.Sprintf("a%d@vi-du.vn", n), State: registry.AccountActive, PasswordHash: hash, Lang: "vi",
		CreatedAt: k.App.NowMS(), EnteredAt: k.App.NowMS(), Version: 1}
	k.Write(func(tx *store.Tx) error {
		if err := tx.InsertAccount(k.T.Context(), a); err != nil {
			return err
		}
		for _, g := range grants {
			if err := tx.InsertGrant(k.T.Context(), a.ID, g, ""); err != nil {
				return err
			}
		}
		return nil
	})
	return a
}

// SignedIn opens a session for an account, second step passed, and returns who
// acts in it and its token.
func (k *Kit) SignedIn(a registry.Account) (registry.Actor, string) {
	k.T.Helper()
	token, hash := core.NewToken()
	now := k.App.NowMS()
	var actor registry.Actor
	k.Write(func(tx *store.Tx) (err error) {
		if actor, err = tx.Actor(k.T.Context(), a); err != nil {
			return err
		}
		return tx.InsertSession(k.T.Context(), registry.Session{TokenHash: hash, ID: store.NewID[registry.SessionID](),
			Account: a.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now + (30 * 24 * time.Hour).Milliseconds(),
			SecondStep: true, Device: "Chrome, Android"})
	})
	return actor, token
}

// ActorOf reads an account's actor anew, after its grants or memberships changed.
func (k *Kit) ActorOf(id registry.AccountID) registry.Actor {
	k.T.Helper()
	var actor registry.Actor
	k.Read(func(tx *store.Tx) error {
		a, err := tx.Account(k.T.Context(), id)
		if err != nil {
			return err
		}
		actor, err = tx.Actor(k.T.Context(), a)
		return err
	})
	return actor
}

// Write runs fn in a transaction and fails the test on an error.
func (k *Kit) Write(fn func(*store.Tx) error) {
	k.T.Helper()
	if err := k.DB.Write(k.T.Context(), fn); err != nil {
		k.T.Fatal(err)
	}
}

// Read runs fn in a read-only transaction and fails the test on an error.
func (k *Kit) Read(fn func(*store.Tx) error) {
	k.T.Helper()
	if err := k.DB.Read(k.T.Context(), fn); err != nil {
		k.T.Fatal(err)
	}
}

// OwnSession is a signed-in browser of an account.
func OwnSession(t *testing.T, k *Kit, a registry.Account) accounts.SignedIn {
	t.Helper()
	_, token := k.SignedIn(a)
	in, err := k.App.Accounts.Authenticate(t.Context(), token)
	Works(t, err)
	return in
}
