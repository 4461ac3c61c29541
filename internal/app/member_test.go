package app_test

import (
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestOwnersRunTheListOfMembers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	other := k.Account("Nông Văn Dền")
	add := func(login string) error { return k.App.AddMember(t.Context(), owner, v.ID, login, registry.Member) }
	if err := add("0399999999"); faultsAt(err)["login"] != "error.member.no_account" {
		t.Errorf("an unknown phone: %v", err)
	}
	if err := add(other.Phone); err != nil {
		t.Fatal(err)
	}
	if err := add(other.Email); registry.KindOf(err) != registry.Conflict {
		t.Errorf("added twice: %v", err)
	}
	member := k.ActorOf(other.ID)
	for what, err := range map[string]error{
		"add":    k.App.AddMember(t.Context(), member, v.ID, other.Email, registry.Member),
		"role":   k.App.SetMemberRole(t.Context(), member, v.ID, other.ID, registry.Owner),
		"remove": k.App.RemoveMember(t.Context(), member, v.ID, owner.Account),
		"code":   second(k.App.IssueJoinCode(t.Context(), member, v.ID, registry.Member)),
	} {
		if registry.KindOf(err) != registry.Forbidden {
			t.Errorf("a plain member may %s: %v", what, err)
		}
	}
	if err := k.App.RemoveMember(t.Context(), owner, v.ID, owner.Account); faultsAt(err)[""] != "error.member.last_owner" {
		t.Errorf("the last owner left: %v", err)
	}
	if err := k.App.SetMemberRole(t.Context(), owner, v.ID, other.ID, registry.Owner); err != nil {
		t.Fatal(err)
	}
	if err := k.App.RemoveMember(t.Context(), owner, v.ID, owner.Account); err != nil {
		t.Errorf("one of two owners could not leave: %v", err)
	}
	if k.ActorOf(owner.Account).Owns(v.ID) {
		t.Error("who left is still a member")
	}
	if err := k.App.RemoveMember(t.Context(), k.ActorOf(other.ID), v.ID, owner.Account); registry.KindOf(err) != registry.NotFound {
		t.Errorf("removed somebody who is no member: %v", err)
	}
}

func TestJoinCodeEndsAndGuessesAreLimited(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	person, _ := k.VendorAccount()
	code, err := k.App.IssueJoinCode(t.Context(), owner, v.ID, registry.Member)
	if err != nil {
		t.Fatal(err)
	}
	k.Clock.Add(7*24*time.Hour + time.Minute)
	if _, err := k.App.JoinVendor(t.Context(), person, code); faultsAt(err)["code"] != "error.member.bad_code" {
		t.Errorf("a late code: %v", err)
	}
	limited := false
	for range 40 {
		_, err := k.App.JoinVendor(t.Context(), person, "AAAA-BBBB-CCCC")
		limited = limited || registry.KindOf(err) == registry.Limited
	}
	if !limited {
		t.Error("forty guesses were taken")
	}
}

// TestNobodyElseTouchesAVendor is the matrix of rights: every use case of a vendor
// by everybody who has no business with it.
func TestNobodyElseTouchesAVendor(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	p, c := k.Product(v), k.Certificate(v)
	_, sibling, _ := k.OwnVendor()
	elsewhere, _ := k.Officer(registry.Reviewer, naRi.Code)
	stranger, _ := k.VendorAccount()
	ref := app.ProductRef{Vendor: v.ID, Product: p.ID}
	ctx, a := t.Context(), k.App
	for who, actor := range map[string]registry.Actor{"sibling": sibling, "officer of another area": elsewhere, "stranger": stranger, "anonymous": {}} {
		for what, err := range map[string]error{
			"OwnVendor":           second(a.OwnVendor(ctx, actor, v.ID)),
			"VendorDesk":          second(a.VendorDesk(ctx, actor, v.ID)),
			"OfficeVendor":        second(a.OfficeVendor(ctx, actor, v.ID)),
			"OfficeProduct":       second(a.OfficeProduct(ctx, actor, ref)),
			"EditVendor":          a.EditVendor(ctx, actor, v.ID, 1, vendorInput()),
			"BlockVendor":         a.BlockVendor(ctx, actor, v.ID, "lý do"),
			"SetVendorLogo":       a.SetVendorLogo(ctx, actor, v.ID, []byte("x")),
			"RemoveVendorLogo":    a.RemoveVendorLogo(ctx, actor, v.ID),
			"AddMember":           a.AddMember(ctx, actor, v.ID, "0912345678", registry.Owner),
			"RemoveMember":        a.RemoveMember(ctx, actor, v.ID, owner.Account),
			"SetMemberRole":       a.SetMemberRole(ctx, actor, v.ID, owner.Account, registry.Member),
			"IssueJoinCode":       second(a.IssueJoinCode(ctx, actor, v.ID, registry.Owner)),
			"CreateProduct":       second(a.CreateProduct(ctx, actor, v.ID, productInput())),
			"EditProduct":         a.EditProduct(ctx, actor, ref, 1, productInput()),
			"AddProductPhoto":     a.AddProductPhoto(ctx, actor, ref, []byte("x")),
			"RemoveProductPhoto":  a.RemoveProductPhoto(ctx, actor, ref, "file"),
			"LeadProductPhoto":    a.LeadProductPhoto(ctx, actor, ref, "file"),
			"AddRating":           a.AddRating(ctx, actor, ref, ratingInput()),
			"RemoveRating":        a.RemoveRating(ctx, actor, ref, "2025-01-01"),
			"ConfirmRating":       a.ConfirmRating(ctx, actor, ref, "2025-01-01"),
			"DecideEvidence":      a.DecideEvidence(ctx, actor, ref, 1, app.EvidenceInput{Evidence: "confirmed", Note: "đã xem tận nơi"}),
			"AddCertificate":      second(a.AddCertificate(ctx, actor, v.ID, paperInput())),
			"ReplaceCertificate":  second(a.ReplaceCertificate(ctx, actor, v.ID, c.ID, paperInput())),
			"WithdrawCertificate": a.WithdrawCertificate(ctx, actor, v.ID, c.ID),
			"CheckCertificate":    a.CheckCertificate(ctx, actor, v.ID, c.ID),
		} {
			if registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s by %s: %v, want not found", what, who, err)
			}
		}
	}
}

// TestChildrenOfSiblingsAreNotFound mixes the ids of two vendors of one owner.
func TestChildrenOfSiblingsAreNotFound(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	one, owner, _ := k.OwnVendor()
	two := k.Vendor(testkit.OwnedBy(owner))
	owner = k.ActorOf(owner.Account)
	reviewer, _ := k.Officer(registry.Reviewer, "")
	ref := app.ProductRef{Vendor: one.ID, Product: k.Product(two).ID}
	c := k.Certificate(two)
	foreign := paperInput()
	foreign.Product = string(ref.Product)
	ctx, a := t.Context(), k.App
	for what, err := range map[string]error{
		"EditProduct":         a.EditProduct(ctx, owner, ref, 1, productInput()),
		"AddRating":           a.AddRating(ctx, owner, ref, ratingInput()),
		"OfficeProduct":       second(a.OfficeProduct(ctx, reviewer, ref)),
		"DecideEvidence":      a.DecideEvidence(ctx, reviewer, ref, 1, app.EvidenceInput{Evidence: "confirmed", Note: "đã xem tận nơi"}),
		"ReplaceCertificate":  second(a.ReplaceCertificate(ctx, owner, one.ID, c.ID, paperInput())),
		"WithdrawCertificate": a.WithdrawCertificate(ctx, owner, one.ID, c.ID),
		"CheckCertificate":    a.CheckCertificate(ctx, reviewer, one.ID, c.ID),
	} {
		if registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s: %v, want not found", what, err)
		}
	}
	if _, err := a.AddCertificate(ctx, owner, one.ID, foreign); faultsAt(err)["product"] == "" {
		t.Errorf("a paper was tied to the product of another vendor: %v", err)
	}
}

func TestLimitsOfWhatPilesUp(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	for range 10 {
		k.Vendor(testkit.OwnedBy(actor))
	}
	if _, err := k.App.CreateVendor(t.Context(), actor, vendorInput()); faultsAt(err)[""] != "error.vendor.too_many" {
		t.Errorf("an eleventh vendor: %v", err)
	}
	v := k.Vendor(testkit.OwnedBy(actor))
	k.Write(func(tx *store.Tx) error {
		for range 200 {
			p := registry.Product{Vendor: v.ID, Name: "Miến dong", Group: registry.FoodGroup, Origin: registry.MadeIn, Evidence: registry.Declared}
			if err := tx.InsertProduct(t.Context(), &p); err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := k.App.CreateProduct(t.Context(), k.ActorOf(actor.Account), v.ID, productInput()); faultsAt(err)[""] != "error.product.too_many" {
		t.Errorf("the 201st product: %v", err)
	}
}
