package vendors

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// How long a join code works: told to a colleague, or printed on the paper by
// which the office hands a vendor over.
const (
	joinByOwner  = 7 * 24 * time.Hour
	joinByOffice = 60 * 24 * time.Hour
)

// Members returns who acts for a vendor and which join codes still work, for its
// members and for officers with ManageVendors in its area.
func (a *Service) Members(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (members []registry.VendorMember, codes []registry.JoinCode, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if _, err = a.vendorFor(ctx, tx, actor, registry.ManageVendors, vendor); err != nil {
			return err
		}
		if members, err = tx.Members(ctx, vendor); err != nil {
			return err
		}
		codes, err = tx.JoinCodes(ctx, vendor)
		return err
	})
	return members, codes, err
}

// changeMembers runs a change to the members of a vendor that only its owners may
// make. To other members it is Forbidden, to everybody else NotFound.
func (a *Service) changeMembers(ctx context.Context, actor registry.Actor, vendor registry.VendorID, change func(*store.Tx, registry.Vendor) (registry.Change, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		switch {
		case actor.OwnerOf(vendor):
		case actor.Owns(vendor):
			return registry.Change{}, registry.E(registry.Forbidden, "error.member.owners_only")
		default:
			return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
		}
		v, err := tx.Vendor(ctx, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.LockVendor(ctx, vendor); err != nil {
			return registry.Change{}, err
		}
		return change(tx, v)
	})
}

// AddMember makes the account that signs in with a phone or e-mail a member. It is
// Invalid at the field login if there is no such account in use: then a join code
// is the way.
func (a *Service) AddMember(ctx context.Context, actor registry.Actor, vendor registry.VendorID, login string, role registry.MemberRole) error {
	phone, email, fault := accounts.ParseLogin(login)
	return a.changeMembers(ctx, actor, vendor, func(tx *store.Tx, v registry.Vendor) (registry.Change, error) {
		if fault != nil {
			return registry.Change{}, fault
		}
		if _, err := a.memberLimits.invite.Take(tx.Now(), string(actor.Account)); err != nil {
			return registry.Change{}, err
		}
		account, err := tx.AccountByLogin(ctx, phone+email)
		if registry.KindOf(err) == registry.NotFound || err == nil && account.State != registry.AccountActive {
			return registry.Change{}, registry.At("login", "error.member.no_account")
		}
		if err != nil {
			return registry.Change{}, err
		}
		return a.join(ctx, tx, v, registry.VendorMember{Account: account.ID, Role: role}, actor.Account)
	})
}

// join makes an account a member within the limit.
func (a *Service) join(ctx context.Context, tx *store.Tx, v registry.Vendor, m registry.VendorMember, by registry.AccountID) (registry.Change, error) {
	n, err := tx.CountMembers(ctx, v.ID)
	if err != nil {
		return registry.Change{}, err
	}
	if n >= maxMembersOf {
		return registry.Change{}, registry.E(registry.Conflict, "error.member.too_many", maxMembersOf)
	}
	return vendorChange("vendor.member_add", v, a.Areas.Scope(v.Area), memberFacts(m.Account, m.Role)),
		tx.InsertMember(ctx, v.ID, m.Account, m.Role, by)
}

// SetMemberRole makes a member an owner or an owner a plain member. The last owner
// stays one.
func (a *Service) SetMemberRole(ctx context.Context, actor registry.Actor, vendor registry.VendorID, account registry.AccountID, role registry.MemberRole) error {
	return a.changeMembers(ctx, actor, vendor, func(tx *store.Tx, v registry.Vendor) (registry.Change, error) {
		if err := isMember(ctx, tx, vendor, account); err != nil {
			return registry.Change{}, err
		}
		return vendorChange("vendor.member_role", v, a.Areas.Scope(v.Area), memberFacts(account, role)),
			tx.SaveMemberRole(ctx, vendor, account, role)
	})
}

// RemoveMember ends a membership: an owner's act on others, anybody's on their own.
// The last owner cannot go.
func (a *Service) RemoveMember(ctx context.Context, actor registry.Actor, vendor registry.VendorID, account registry.AccountID) error {
	remove := func(tx *store.Tx, v registry.Vendor) (registry.Change, error) {
		if err := isMember(ctx, tx, vendor, account); err != nil {
			return registry.Change{}, err
		}
		return vendorChange("vendor.member_remove", v, a.Areas.Scope(v.Area), memberFacts(account, "")),
			tx.DeleteMember(ctx, vendor, account)
	}
	if account != actor.Account || !actor.Owns(vendor) {
		return a.changeMembers(ctx, actor, vendor, remove)
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := tx.Vendor(ctx, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.LockVendor(ctx, vendor); err != nil {
			return registry.Change{}, err
		}
		return remove(tx, v)
	})
}

// isMember is NotFound unless the account acts for the vendor.
func isMember(ctx context.Context, tx *store.Tx, vendor registry.VendorID, account registry.AccountID) error {
	members, err := tx.Members(ctx, vendor)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Account == account {
			return nil
		}
	}
	return registry.E(registry.NotFound, "error.not_found")
}

// IssueJoinCode makes a code with which one person joins a vendor in a role. It is
// shown once: only its hash is kept. Owners may make one, and officers with
// ManageVendors in the vendor's area, who so hand over what they registered on
// paper; a new code makes an older one of the role worthless. If the office makes
// one for a vendor that has members, they are told.
func (a *Service) IssueJoinCode(ctx context.Context, actor registry.Actor, vendor registry.VendorID, role registry.MemberRole) (string, error) {
	code := rand.Text()[:12]
	err := a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if actor.Owns(vendor) && !actor.OwnerOf(vendor) {
			return registry.Change{}, registry.E(registry.Forbidden, "error.member.owners_only")
		}
		v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		lasts := joinByOwner
		if !actor.Owns(vendor) {
			lasts = joinByOffice
			warn := core.News{Vendor: vendor, Topic: "join_code", Key: "vendor.mail.join_code", Args: []string{v.Name, a.BaseURL + "/gian-hang/" + string(v.ID) + "/thanh-vien"}}
			if err := a.Confirm(ctx, tx, warn); err != nil {
				return registry.Change{}, err
			}
		}
		return vendorChange("vendor.join_code", v, a.Areas.Scope(v.Area), memberFacts("", role)),
			tx.InsertJoinCode(ctx, registry.JoinCode{Hash: joinHash(code), Vendor: vendor, Role: role,
				IssuedBy: actor.Account, CreatedAt: tx.NowMS(), ExpiresAt: tx.Now().Add(lasts).UnixMilli()})
	})
	if err != nil {
		return "", err
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:], nil
}

// joinHash is the stored form of a join code, however it was typed. The alphabet
// has no 0, 1, 8 and 9, so what people take for them is put right.
func joinHash(code string) string {
	code = strings.NewReplacer("-", "", " ", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(code))
	return core.HashToken("join " + code)
}

// JoinVendor makes the actor a member of the vendor that a join code opens, and
// spends the code. It is Invalid at the field code if the code is wrong, spent or
// out of date, and Limited after many tries.
func (a *Service) JoinVendor(ctx context.Context, actor registry.Actor, code string) (registry.VendorID, error) {
	if actor.Account == "" {
		return "", registry.E(registry.Unauthenticated, "error.sign_in_first")
	}
	if _, err := a.memberLimits.join.Take(a.DB.Now(), string(actor.Account)); err != nil {
		return "", err
	}
	var joined registry.VendorID
	err := a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		j, err := tx.TakeJoinCode(ctx, joinHash(code))
		if err != nil {
			return registry.Change{}, err
		}
		v, err := tx.Vendor(ctx, j.Vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.LockVendor(ctx, v.ID); err != nil {
			return registry.Change{}, err
		}
		joined = v.ID
		return a.join(ctx, tx, v, registry.VendorMember{Account: actor.Account, Role: j.Role}, j.IssuedBy)
	})
	return joined, err
}

// memberFacts are what the audit log keeps of a member; what is empty is left out.
func memberFacts(account registry.AccountID, role registry.MemberRole) fact.Facts {
	return fact.Facts{fact.Ref("account", "account", account), fact.Code("role", fact.MemberRole, role)}
}
