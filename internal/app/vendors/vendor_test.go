package vendors_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/app/passes"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// naRi is another commune of the province of testkit.BaBe.
var naRi = registry.AreaRef{Edition: "2025", Code: "02155"}

func vendorInput() vendors.VendorInput {
	return vendors.VendorInput{Kind: "cooperative", Name: "HTX Nông sản Ba Bể", TaxCode: "4799999013", Phone: "0912 345 678",
		Area: testkit.BaBe.String(), Village: "thôn Pác Ngòi", About: "Bí xanh thơm, gạo nếp."}
}

func TestCreateVendorMakesTheActorItsOwner(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	v, err := k.App.Vendors.CreateVendor(t.Context(), actor, vendorInput())
	if err != nil {
		t.Fatal(err)
	}
	if v.Phone != "0912345678" || v.State != registry.VendorNew || v.Slug != "htx-nong-san-ba-be" {
		t.Errorf("stored %+v", v)
	}
	if !k.ActorOf(actor.Account).OwnerOf(v.ID) {
		t.Error("the actor does not own what it registered")
	}
	_, err = k.App.Vendors.CreateVendor(t.Context(), registry.Actor{}, vendorInput())
	if registry.KindOf(err) != registry.Unauthenticated {
		t.Errorf("nobody registered a vendor: %v", err)
	}
}

func TestVendorFormSaysAllThatIsWrong(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	long := strings.Repeat("ạ", 10000)
	for name, c := range map[string]struct {
		change func(*vendors.VendorInput)
		want   map[string]string
	}{
		"empty": {func(in *vendors.VendorInput) { *in = vendors.VendorInput{} },
			map[string]string{"kind": "error.choose", "name": "error.required", "area": "error.required"}},
		"ten thousand characters everywhere": {func(in *vendors.VendorInput) {
			in.Name, in.Representative, in.Village, in.About = long, long, long, long
		}, map[string]string{"name": "error.too_long", "representative": "error.too_long", "village": "error.too_long", "about": "error.too_long"}},
		"check digit":        {func(in *vendors.VendorInput) { in.TaxCode = "0100047515" }, map[string]string{"tax_code": "error.tax_code_check"}},
		"no such tax code":   {func(in *vendors.VendorInput) { in.TaxCode = "4799999060" }, map[string]string{"tax_code": "error.tax_code_check"}},
		"branch 000":         {func(in *vendors.VendorInput) { in.TaxCode = "0100047516-000" }, map[string]string{"tax_code": "error.tax_code_branch"}},
		"eleven digits":      {func(in *vendors.VendorInput) { in.TaxCode = "01000475160" }, map[string]string{"tax_code": "error.tax_code_length"}},
		"phone":              {func(in *vendors.VendorInput) { in.Phone = "0123" }, map[string]string{"phone": "error.phone"}},
		"e-mail":             {func(in *vendors.VendorInput) { in.Email = "a@@b" }, map[string]string{"email": "error.vendor.email"}},
		"kind":               {func(in *vendors.VendorInput) { in.Kind = "bank" }, map[string]string{"kind": "error.choose"}},
		"a province":         {func(in *vendors.VendorInput) { in.Area = "2025:19" }, map[string]string{"area": "error.vendor.area"}},
		"an old commune":     {func(in *vendors.VendorInput) { in.Area = "2025-before:01906" }, map[string]string{"area": "error.vendor.area"}},
		"no such commune":    {func(in *vendors.VendorInput) { in.Area = "2025:99999" }, map[string]string{"area": "error.vendor.area"}},
		"text for a commune": {func(in *vendors.VendorInput) { in.Area = "ba be" }, map[string]string{"area": "error.vendor.area"}},
	} {
		in := vendorInput()
		c.change(&in)
		_, err := k.App.Vendors.CreateVendor(t.Context(), actor, in)
		got := testkit.FaultsAt(err)
		if len(got) != len(c.want) {
			t.Errorf("%s: faults %v, want %v", name, got, c.want)
		}
		for field, key := range c.want {
			if got[field] != key {
				t.Errorf("%s: %s says %q, want %q", name, field, got[field], key)
			}
		}
	}
	if l, err := k.App.Vendors.PublicVendors(t.Context(), registry.VendorFilter{}); err != nil || l.Total > 0 {
		t.Errorf("wrong forms left %d vendors behind (%v)", l.Total, err)
	}
}

func TestTaxCodesOfEveryLengthAreTaken(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	for text, want := range map[string]registry.TaxCode{"0100047516": "0100047516", "0100047516-001": "0100047516-001",
		"0100047516 002": "0100047516-002", "001 099 012 345": "001099012345", "": ""} {
		in := vendorInput()
		in.TaxCode = text
		v, err := k.App.Vendors.CreateVendor(t.Context(), actor, in)
		if err != nil || string(v.TaxCode) != string(want) {
			t.Errorf("%q is stored as %s (%v)", text, string(v.TaxCode), err)
		}
	}
	in := vendorInput()
	in.TaxCode = "0100047516"
	_, err := k.App.Vendors.CreateVendor(t.Context(), actor, in)
	if registry.KindOf(err) != registry.Conflict || testkit.FaultsAt(err)["tax_code"] != "error.vendor.tax_taken" {
		t.Errorf("a tax code was taken twice: %v", err)
	}
}

func TestPersonalNumberStaysWhenTheMaskedFormComesBack(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) { v.TaxCode = "001099012345" }))
	in := vendorInput()
	in.TaxCode = v.TaxCode.String()
	if err := k.App.Vendors.EditVendor(t.Context(), owner, v.ID, v.Version, in); err != nil {
		t.Fatal(err)
	}
	got, err := k.App.Vendors.OwnVendor(t.Context(), owner, v.ID)
	if err != nil || got.TaxCode != "001099012345" || got.Name != in.Name {
		t.Errorf("stored %s (%v)", string(got.TaxCode), err)
	}
	if err := k.App.Vendors.EditVendor(t.Context(), owner, v.ID, v.Version, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a stale form was saved: %v", err)
	}
}

func TestPersonalDataStaysOutOfTheAuditLog(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	actor, _ := k.VendorAccount()
	in := vendorInput()
	in.TaxCode, in.Representative, in.Email = "001099012345", "Nông Thị Sỹ", "sy@vi-du.vn"
	v, err := k.App.Vendors.CreateVendor(t.Context(), actor, in)
	if err != nil {
		t.Fatal(err)
	}
	actor = k.ActorOf(actor.Account)
	in.TaxCode, in.Representative, in.Phone = "001099012346", "Nông Văn Dền", "0987654321"
	if err := k.App.Vendors.EditVendor(t.Context(), actor, v.ID, v.Version, in); err != nil {
		t.Fatal(err)
	}
	lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Object: "vendor", ID: string(v.ID)})
	if err != nil || len(lines) != 2 {
		t.Fatalf("%d lines (%v)", len(lines), err)
	}
	raw, _ := json.Marshal(lines)
	for _, secret := range []string{"001099012345", "001099012346", "Sỹ", "Dền", "0912345678", "0987654321", "sy@vi-du.vn"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("the audit log holds %s: %s", secret, raw)
		}
	}
	if !strings.Contains(lines[0].Detail, "*********346") {
		t.Errorf("the audit log does not say that the code changed: %s", lines[0].Detail)
	}
}

func TestOfficerRegistersAndHandsOver(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Organiser, "19")
	v, err := k.App.Vendors.RegisterVendor(t.Context(), officer, vendorInput())
	if err != nil {
		t.Fatal(err)
	}
	code, err := k.App.Vendors.IssueJoinCode(t.Context(), officer, v.ID, registry.Owner)
	if err != nil {
		t.Fatal(err)
	}
	person, _ := k.VendorAccount()
	joined, err := k.App.Vendors.JoinVendor(t.Context(), person, " "+strings.ToLower(strings.ReplaceAll(code, "-", " "))+" ")
	if err != nil || joined != v.ID || !k.ActorOf(person.Account).OwnerOf(v.ID) {
		t.Fatalf("joined %q: %v", joined, err)
	}
	if _, err := k.App.Vendors.JoinVendor(t.Context(), officer, code); registry.KindOf(err) != registry.Invalid {
		t.Errorf("the code worked twice: %v", err)
	}
	elsewhere, _ := k.Officer(registry.Organiser, "02155")
	if _, err := k.App.Vendors.RegisterVendor(t.Context(), elsewhere, vendorInput()); testkit.FaultsAt(err)["area"] != "error.vendor.outside" {
		t.Errorf("an officer registered a vendor outside their area: %v", err)
	}
	if _, err := k.App.Vendors.RegisterVendor(t.Context(), person, vendorInput()); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a vendor registered on behalf: %v", err)
	}
}

func TestOfficerCannotMoveAVendorOutOfTheirArea(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Reviewer, testkit.BaBe.Code)
	v := k.Vendor()
	in := vendorInput()
	in.Area = naRi.String()
	if err := k.App.Vendors.EditVendor(t.Context(), officer, v.ID, v.Version, in); testkit.FaultsAt(err)["area"] != "error.vendor.outside" {
		t.Errorf("moved: %v", err)
	}
}

func TestBlockedVendorIsHiddenFromThePublic(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Organiser, "")
	v, owner, _ := k.OwnVendor()
	p := k.Product(v)
	if err := k.App.Vendors.BlockVendor(t.Context(), officer, v.ID, ""); testkit.FaultsAt(err)["reason"] != "error.required" {
		t.Errorf("blocked without a reason: %v", err)
	}
	if err := k.App.Vendors.BlockVendor(t.Context(), owner, v.ID, "vì thích"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an owner blocked a vendor: %v", err)
	}
	if err := k.App.Vendors.BlockVendor(t.Context(), officer, v.ID, "Bán hàng giả nhãn"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.App.Vendors.VendorPage(t.Context(), v.Slug); registry.KindOf(err) != registry.NotFound {
		t.Errorf("its page: %v", err)
	}
	if _, err := k.App.Vendors.ProductPage(t.Context(), p.Slug); registry.KindOf(err) != registry.NotFound {
		t.Errorf("its product's page: %v", err)
	}
	found, err := k.App.Vendors.Search(t.Context(), p.Name)
	if err != nil || found.VendorsN+found.ProductsN > 0 {
		t.Errorf("search finds %d and %d (%v)", found.VendorsN, found.ProductsN, err)
	}
	got, err := k.App.Vendors.OwnVendor(t.Context(), owner, v.ID)
	if err != nil || got.StateReason != "Bán hàng giả nhãn" {
		t.Errorf("the owner reads %q (%v)", got.StateReason, err)
	}
	if err := k.App.Vendors.UnblockVendor(t.Context(), officer, v.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.App.Vendors.VendorPage(t.Context(), v.Slug); err != nil {
		t.Errorf("after the block: %v", err)
	}
}

// A vendor that registers itself is not shown before an officer has looked at it.
// Who is registered by an officer is shown at once.
func TestNewVendorWaitsForAnOfficerToBeShown(t *testing.T) {
	t.Parallel()
	shown := func(t *testing.T, k *testkit.Kit, v registry.Vendor, want bool) {
		t.Helper()
		_, err := k.App.Vendors.VendorPage(t.Context(), v.Slug)
		found, searchErr := k.App.Vendors.Search(t.Context(), v.Name)
		list, listErr := k.App.Vendors.PublicVendors(t.Context(), registry.VendorFilter{Text: v.Name})
		if (err == nil) != want || searchErr != nil || (found.VendorsN == 1) != want || listErr != nil || (list.Total == 1) != want {
			t.Errorf("shown is to be %v: page %v, search %d (%v), list %d (%v)", want, err, found.VendorsN, searchErr, list.Total, listErr)
		}
	}
	t.Run("published", func(t *testing.T) {
		t.Parallel()
		k := testkit.NewApp(t)
		officer, _ := k.Officer(registry.Organiser, "")
		elsewhere, _ := k.Officer(registry.Organiser, "02155")
		account, _ := k.VendorAccount()
		v, err := k.App.Vendors.CreateVendor(t.Context(), account, vendorInput())
		testkit.Works(t, err)
		owner := k.ActorOf(account.Account)
		p := k.Product(v)
		shown(t, k, v, false)
		if _, err := k.App.Vendors.ProductPage(t.Context(), p.Slug); registry.KindOf(err) != registry.NotFound {
			t.Errorf("its product's page: %v", err)
		}
		for name, who := range map[string]registry.Actor{"owner": owner, "officer of another commune": elsewhere} {
			if err := k.App.Vendors.PublishVendor(t.Context(), who, v.ID); registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s published it: %v", name, err)
			}
		}
		for _, desk := range []struct {
			who  registry.Actor
			want int
		}{{officer, 1}, {elsewhere, 0}, {owner, 0}} {
			if d, err := k.App.Lifecycle.Desk(t.Context(), desk.who); err != nil || d.NewVendors != desk.want {
				t.Errorf("%s counts %d new vendors, not %d (%v)", desk.who.Name, d.NewVendors, desk.want, err)
			}
		}
		testkit.Works(t, k.App.Vendors.PublishVendor(t.Context(), officer, v.ID))
		shown(t, k, v, true)
		testkit.Refused(t, "publishing it again", k.App.Vendors.PublishVendor(t.Context(), officer, v.ID), registry.Conflict, "error.stale")
	})
	t.Run("registered by an officer", func(t *testing.T) {
		t.Parallel()
		k := testkit.NewApp(t)
		officer, _ := k.Officer(registry.Organiser, "")
		v, err := k.App.Vendors.RegisterVendor(t.Context(), officer, vendorInput())
		testkit.Works(t, err)
		shown(t, k, v, true)
	})
	t.Run("blocked and unblocked", func(t *testing.T) {
		t.Parallel()
		k := testkit.NewApp(t)
		officer, _ := k.Officer(registry.Organiser, "")
		account, _ := k.VendorAccount()
		v, err := k.App.Vendors.CreateVendor(t.Context(), account, vendorInput())
		testkit.Works(t, err)
		testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), officer, v.ID, "trùng hồ sơ"))
		testkit.Refused(t, "publishing a blocked one", k.App.Vendors.PublishVendor(t.Context(), officer, v.ID), registry.Conflict, "error.stale")
		shown(t, k, v, false)
		testkit.Works(t, k.App.Vendors.UnblockVendor(t.Context(), officer, v.ID))
		shown(t, k, v, true)
	})
}

// A vendor that was approved before it was blocked gets no booth, and its passes
// open no gate until the block is lifted.
func TestBlockedVendorLosesItsPlaceAtTheGate(t *testing.T) {
	k, event, organiser, passList := testkit.StallOf(t)
	officer, _ := k.Officer(registry.Organiser, "")
	stolen := passList[1]
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, stolen.ID, registry.PassBlocked, "mất thẻ"))
	testkit.Works(t, k.App.Passes.IssuePasses(t.Context(), organiser, event.ID,
		passes.IssueInput{Kind: registry.OfficialPass, Count: 1, FirstDay: event.OpensOn, Days: 1}))
	vendor, mine := passList[0].Vendor, len(passList)-1
	testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), officer, vendor, "Hàng giả"))
	count := func(reason string) (n int) {
		for _, p := range testkit.AllPasses(t, k, organiser, event.ID) {
			if p.State == registry.PassBlocked && p.StateReason == reason {
				n++
			}
		}
		return n
	}
	if n := count("vendor_blocked"); n != mine || count("mất thẻ") != 1 {
		t.Errorf("%d of %d passes are blocked with the vendor, %d for a loss", n, mine, count("mất thẻ"))
	}
	for _, id := range []registry.PassID{passList[0].ID, stolen.ID} {
		err := k.App.Passes.StepPass(t.Context(), organiser, id, registry.PassValid, "")
		testkit.Refused(t, "unblocking a pass", err, registry.Conflict, "error.booth.vendor_blocked")
	}
	var boothList []registry.Booth
	k.Read(func(tx *store.Tx) (err error) {
		boothList, err = tx.Booths(t.Context(), event.ID)
		return err
	})
	free := booths.BoothRef{Event: event.ID, Booth: boothList[0].ID}
	err := k.App.Booths.MoveBooth(t.Context(), organiser, booths.BoothRef{Event: event.ID, Booth: passList[0].Booth}, free.Booth)
	testkit.Refused(t, "moving its booth", err, registry.Conflict, "error.booth.vendor_blocked")
	testkit.Works(t, k.App.Booths.ReleaseBooth(t.Context(), organiser, booths.BoothRef{Event: event.ID, Booth: passList[0].Booth}))
	err = k.App.Booths.AssignBooth(t.Context(), organiser, free, passList[0].Application)
	testkit.Refused(t, "a booth", err, registry.Conflict, "error.booth.vendor_blocked")
}

func TestLiftingABlockMakesItsPassesValid(t *testing.T) {
	k, event, organiser, passes := testkit.StallOf(t)
	officer, _ := k.Officer(registry.Organiser, "")
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, passes[1].ID, registry.PassBlocked, "mất thẻ"))
	testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), officer, passes[0].Vendor, "Hàng giả"))
	testkit.Works(t, k.App.Vendors.UnblockVendor(t.Context(), officer, passes[0].Vendor))
	for _, p := range testkit.AllPasses(t, k, organiser, event.ID) {
		want := registry.PassValid
		if p.ID == passes[1].ID {
			want = registry.PassBlocked
		}
		if p.State != want {
			t.Errorf("pass %s is %s (%s), want %s", p.ID, p.State, p.StateReason, want)
		}
	}
	k.Clock.Set(testkit.Start.AddDate(1, 0, 0))
	testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), officer, passes[0].Vendor, "Hàng giả"))
	if n := testkit.CountKinds(testkit.AllPasses(t, k, organiser, event.ID), registry.PassBlocked); len(n) != 1 {
		t.Errorf("passes of an event that is over were blocked: %v", n)
	}
}

// A vendor that picks its booth itself cannot once it is blocked, though it is
// approved.
func TestBlockedVendorPicksNoBooth(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	b := s.Booths(s.Fair.ID, "A", 2)
	p := s.Applied(registry.AppApproved)
	testkit.Works(t, testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b[0].ID)))
	officer, _ := s.Officer(registry.Organiser, "")
	testkit.Works(t, s.App.Vendors.BlockVendor(t.Context(), officer, p.Vendor.ID, "Hàng giả"))
	testkit.Refused(t, "taking", s.App.Booths.TakeBooth(t.Context(), p.Owner, p.ID, b[0].ID), registry.Conflict, "error.booth.vendor_blocked")
	testkit.Refused(t, "holding", testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, b[1].ID)), registry.Conflict, "error.booth.vendor_blocked")
}

func TestPublicSeesNothingPrivate(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) {
		v.TaxCode, v.Email = "001099012345", "sy@vi-du.vn"
	}))
	open := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.TaxCode, v.PhonePublic = "0100047516", true }))
	page, err := k.App.Vendors.VendorPage(t.Context(), v.Slug)
	if err != nil {
		t.Fatal(err)
	}
	if got := page.Vendor; string(got.TaxCode)+got.Representative+got.Email+got.Phone != "" {
		t.Errorf("the page has %s %+v", string(got.TaxCode), got)
	}
	l, err := k.App.Vendors.PublicVendors(t.Context(), registry.VendorFilter{})
	if err != nil || l.Total != 2 {
		t.Fatalf("%d vendors (%v)", l.Total, err)
	}
	list := l.Vendors
	i := slices.IndexFunc(list, func(x registry.Vendor) bool { return x.ID == open.ID })
	if got := list[1-i]; string(got.TaxCode)+got.Representative+got.Email+got.Phone != "" {
		t.Errorf("the list has %s %+v", string(got.TaxCode), got)
	}
	if got := list[i]; got.Phone == "" || got.TaxCode != "0100047516" || got.Representative != "" {
		t.Errorf("of the open vendor the list has %+v", got)
	}
}

func TestPhoneIsMaskedForOfficersWithoutTheRight(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Phone = "0912345678" }))
	k.Certificate(v, func(c *registry.Certificate) { c.File = "file" })
	viewer, _ := k.Officer(registry.Viewer, "19")
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	elsewhere, _ := k.Officer(registry.Reviewer, "02155")
	f, err := k.App.Vendors.OfficeVendor(t.Context(), viewer, v.ID)
	if err != nil || f.Vendor.Phone != "*******678" || f.Vendor.Representative != "" || f.Members != nil || f.Papers[0].File != "" {
		t.Errorf("a viewer sees %+v (%v)", f, err)
	}
	f, err = k.App.Vendors.OfficeVendor(t.Context(), reviewer, v.ID)
	if err != nil || f.Vendor.Phone != "0912345678" || f.Papers[0].File == "" {
		t.Errorf("a reviewer sees %+v (%v)", f, err)
	}
	if _, err := k.App.Vendors.OfficeVendor(t.Context(), elsewhere, v.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a reviewer of another area: %v", err)
	}
	for who, want := range map[*registry.Actor]int{&viewer: 1, &elsewhere: 0, {}: 0} {
		l, err := k.App.Vendors.OfficeVendors(t.Context(), *who, registry.VendorFilter{})
		if err != nil || l.Total != want || len(l.Vendors) != want || want > 0 && l.Vendors[0].Phone != "*******678" {
			t.Errorf("%s lists %v (%v)", who.Name, l.Vendors, err)
		}
	}
}
