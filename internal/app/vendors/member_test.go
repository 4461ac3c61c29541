package vendors_test

import (
	"testing"
	"time"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestOwnersRunTheListOfMembers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	other := k.Account("Nông Văn Dền")
	add := func(login string) error {
		return k.App.Vendors.AddMember(t.Context(), owner, v.ID, login, registry.Member)
	}
	if err := add("0399999999"); testkit.FaultsAt(err)["login"] != "error.member.no_account" {
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
		"add":    k.App.Vendors.AddMember(t.Context(), member, v.ID, other.Email, registry.Member),
		"role":   k.App.Vendors.SetMemberRole(t.Context(), member, v.ID, other.ID, registry.Owner),
		"remove": k.App.Vendors.RemoveMember(t.Context(), member, v.ID, owner.Account),
		"code":   testkit.Second(k.App.Vendors.IssueJoinCode(t.Context(), member, v.ID, registry.Member)),
	} {
		if registry.KindOf(err) != registry.Forbidden {
			t.Errorf("a plain member may %s: %v", what, err)
		}
	}
	if err := k.App.Vendors.RemoveMember(t.Context(), owner, v.ID, owner.Account); testkit.FaultsAt(err)[""] != "error.member.last_owner" {
		t.Errorf("the last owner left: %v", err)
	}
	if err := k.App.Vendors.SetMemberRole(t.Context(), owner, v.ID, other.ID, registry.Owner); err != nil {
		t.Fatal(err)
	}
	if err := k.App.Vendors.RemoveMember(t.Context(), owner, v.ID, owner.Account); err != nil {
		t.Errorf("one of two owners could not leave: %v", err)
	}
	if k.ActorOf(owner.Account).Owns(v.ID) {
		t.Error("who left is still a member")
	}
	if err := k.App.Vendors.RemoveMember(t.Context(), k.ActorOf(other.ID), v.ID, owner.Account); registry.KindOf(err) != registry.NotFound {
		t.Errorf("removed somebody who is no member: %v", err)
	}
}

func TestJoinCodeEndsAndGuessesAreLimited(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	person, _ := k.VendorAccount()
	code, err := k.App.Vendors.IssueJoinCode(t.Context(), owner, v.ID, registry.Member)
	if err != nil {
		t.Fatal(err)
	}
	k.Clock.Add(7*24*time.Hour + time.Minute)
	if _, err := k.App.Vendors.JoinVendor(t.Context(), person, code); testkit.FaultsAt(err)["code"] != "error.member.bad_code" {
		t.Errorf("a late code: %v", err)
	}
	limited := false
	for range 40 {
		_, err := k.App.Vendors.JoinVendor(t.Context(), person, "AAAA-BBBB-CCCC")
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
	ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
	ctx, a := t.Context(), k.App
	for who, actor := range map[string]registry.Actor{"sibling": sibling, "officer of another area": elsewhere, "stranger": stranger, "anonymous": {}} {
		for what, err := range map[string]error{
			"OwnVendor":           testkit.Second(a.Vendors.OwnVendor(ctx, actor, v.ID)),
			"VendorDesk":          testkit.Second(a.Vendors.VendorDesk(ctx, actor, v.ID)),
			"OfficeVendor":        testkit.Second(a.Vendors.OfficeVendor(ctx, actor, v.ID)),
			"OfficeProduct":       testkit.Second(a.Vendors.OfficeProduct(ctx, actor, ref)),
			"EditVendor":          a.Vendors.EditVendor(ctx, actor, v.ID, 1, vendorInput()),
			"BlockVendor":         a.Vendors.BlockVendor(ctx, actor, v.ID, "lý do"),
			"SetVendorLogo":       a.Vendors.SetVendorLogo(ctx, actor, v.ID, []byte("x")),
			"RemoveVendorLogo":    a.Vendors.RemoveVendorLogo(ctx, actor, v.ID),
			"AddMember":           a.Vendors.AddMember(ctx, actor, v.ID, "0912345678", registry.Owner),
			"RemoveMember":        a.Vendors.RemoveMember(ctx, actor, v.ID, owner.Account),
			"SetMemberRole":       a.Vendors.SetMemberRole(ctx, actor, v.ID, owner.Account, registry.Member),
			"IssueJoinCode":       testkit.Second(a.Vendors.IssueJoinCode(ctx, actor, v.ID, registry.Owner)),
			"CreateProduct":       testkit.Second(a.Vendors.CreateProduct(ctx, actor, v.ID, productInput())),
			"EditProduct":         a.Vendors.EditProduct(ctx, actor, ref, 1, productInput()),
			"AddProductPhoto":     a.Vendors.AddProductPhoto(ctx, actor, ref, []byte("x")),
			"RemoveProductPhoto":  a.Vendors.RemoveProductPhoto(ctx, actor, ref, "file"),
			"LeadProductPhoto":    a.Vendors.LeadProductPhoto(ctx, actor, ref, "file"),
			"AddRating":           a.Vendors.AddRating(ctx, actor, ref, ratingInput()),
			"RemoveRating":        a.Vendors.RemoveRating(ctx, actor, ref, "2025-01-01"),
			"ConfirmRating":       a.Vendors.ConfirmRating(ctx, actor, ref, "2025-01-01"),
			"DecideEvidence":      a.Vendors.DecideEvidence(ctx, actor, ref, 1, vendors.EvidenceInput{Evidence: "confirmed", Note: "đã xem tận nơi"}),
			"AddCertificate":      testkit.Second(a.Vendors.AddCertificate(ctx, actor, v.ID, paperInput())),
			"ReplaceCertificate":  testkit.Second(a.Vendors.ReplaceCertificate(ctx, actor, v.ID, c.ID, paperInput())),
			"WithdrawCertificate": a.Vendors.WithdrawCertificate(ctx, actor, v.ID, c.ID),
			"CheckCertificate":    a.Vendors.CheckCertificate(ctx, actor, v.ID, c.ID),
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
	ref := vendors.ProductRef{Vendor: one.ID, Product: k.Product(two).ID}
	c := k.Certificate(two)
	foreign := paperInput()
	foreign.Product = string(ref.Product)
	ctx, a := t.Context(), k.App
	for what, err := range map[string]error{
		"EditProduct":         a.Vendors.EditProduct(ctx, owner, ref, 1, productInput()),
		"AddRating":           a.Vendors.AddRating(ctx, owner, ref, ratingInput()),
		"OfficeProduct":       testkit.Second(a.Vendors.OfficeProduct(ctx, reviewer, ref)),
		"DecideEvidence":      a.Vendors.DecideEvidence(ctx, reviewer, ref, 1, vendors.EvidenceInput{Evidence: "confirmed", Note: "đã xem tận nơi"}),
		"ReplaceCertificate":  testkit.Second(a.Vendors.ReplaceCertificate(ctx, owner, one.ID, c.ID, paperInput())),
		"WithdrawCertificate": a.Vendors.WithdrawCertificate(ctx, owner, one.ID, c.ID),
		"CheckCertificate":    a.Vendors.CheckCertificate(ctx, reviewer, one.ID, c.ID),
	} {
		if registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s: %v, want not found", what, err)
		}
	}
	if _, err := a.Vendors.AddCertificate(ctx, owner, one.ID, foreign); testkit.FaultsAt(err)["product"] == "" {
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
	if _, err := k.App.Vendors.CreateVendor(t.Context(), actor, vendorInput()); testkit.FaultsAt(err)[""] != "error.vendor.too_many" {
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
	if _, err := k.App.Vendors.CreateProduct(t.Context(), k.ActorOf(actor.Account), v.ID, productInput()); testkit.FaultsAt(err)[""] != "error.product.too_many" {
		t.Errorf("the 201st product: %v", err)
	}
}
