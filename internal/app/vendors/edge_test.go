package vendors_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestMostThatAProductTakes(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	for name, c := range map[string]struct {
		change func(*vendors.ProductInput)
		field  string
	}{
		"the longest name":   {func(in *vendors.ProductInput) { in.Name = strings.Repeat("ạ", 120) }, ""},
		"a letter more":      {func(in *vendors.ProductInput) { in.Name = strings.Repeat("ạ", 121) }, "name"},
		"the greatest price": {func(in *vendors.ProductInput) { in.Price = "100.000.000.000" }, ""},
		"a đồng more":        {func(in *vendors.ProductInput) { in.Price = "100.000.000.001" }, "price"},
	} {
		in := productInput()
		c.change(&in)
		_, err := k.App.Vendors.CreateProduct(t.Context(), owner, v.ID, in)
		if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field {
			t.Errorf("%s: refused at %q, want %q", name, got, c.field)
		}
	}
}

func TestEdgesOfARating(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t) // 22/11/2026
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	for name, c := range map[string]struct {
		change func(*vendors.RatingInput)
		field  string
	}{
		"three stars":              {func(in *vendors.RatingInput) { in.Stars = 3 }, ""},
		"two":                      {func(in *vendors.RatingInput) { in.Stars = 2 }, "stars"},
		"five":                     {func(in *vendors.RatingInput) { in.Stars = 5 }, ""},
		"six":                      {func(in *vendors.RatingInput) { in.Stars = 6 }, "stars"},
		"decided today":            {func(in *vendors.RatingInput) { in.IssuedOn = "22/11/2026" }, ""},
		"decided tomorrow":         {func(in *vendors.RatingInput) { in.IssuedOn = "23/11/2026" }, "issued_on"},
		"for one day":              {func(in *vendors.RatingInput) { in.IssuedOn, in.ValidTo = "1/11/2026", "1/11/2026" }, ""},
		"over before it began":     {func(in *vendors.RatingInput) { in.IssuedOn, in.ValidTo = "1/11/2026", "31/10/2026" }, "valid_to"},
		"for five years at most":   {func(in *vendors.RatingInput) { in.IssuedOn, in.ValidTo = "1/11/2025", "5/11/2030" }, ""},
		"for a day more than that": {func(in *vendors.RatingInput) { in.IssuedOn, in.ValidTo = "1/11/2025", "6/11/2030" }, "valid_to"},
	} {
		ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
		in := ratingInput()
		c.change(&in)
		if got := strings.Join(testkit.FieldsOf(k.App.Vendors.AddRating(t.Context(), owner, ref, in)), " "); got != c.field {
			t.Errorf("%s: refused at %q, want %q", name, got, c.field)
		}
	}
}

func TestRatingIsTakenOff(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	days := []string{"15/12/2024", "16/12/2024", "17/12/2024"}
	for _, day := range days {
		in := ratingInput()
		in.IssuedOn = day
		testkit.Works(t, k.App.Vendors.AddRating(t.Context(), owner, ref, in))
	}
	testkit.Works(t, k.App.Vendors.RemoveRating(t.Context(), owner, ref, "2024-12-15"))
	testkit.Refused(t, "once more", k.App.Vendors.RemoveRating(t.Context(), owner, ref, "2024-12-15"), registry.NotFound, "error.not_found")
	if left := evidenceOf(t, k, ref).Ratings; len(left) != 2 || left[0].IssuedOn == "2024-12-15" || left[1].IssuedOn == "2024-12-15" {
		t.Errorf("left %+v", left)
	}
}

func TestAProductHasSoManyRatings(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	for n := range 30 {
		in := ratingInput()
		in.IssuedOn = fmt.Sprintf("%d/11/2025", n+1)
		if err := k.App.Vendors.AddRating(t.Context(), owner, ref, in); err != nil {
			testkit.Refused(t, "one too many", err, registry.Conflict, "error.rating.too_many")
			faults, _ := err.(*registry.Error)
			if stored := len(evidenceOf(t, k, ref).Ratings); faults == nil || faults.Args[0] != stored || n != stored {
				t.Errorf("refused %v after %d", err, stored)
			}
			return
		}
	}
	t.Error("thirty ratings were taken")
}

func TestEdgesOfADecisionOnEvidence(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v := k.Vendor()
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	for name, c := range map[string]struct{ evidence, note, until, field, stored string }{
		"a reason of ten letters":  {"confirmed", "Đã xem rồi", "", "", ""},
		"of nine":                  {"confirmed", "Đã xem hà", "", "note", ""},
		"until today":              {"confirmed", "Đã xem xưởng và nhãn", "22/11/2026", "", "2026-11-22"},
		"until yesterday":          {"confirmed", "Đã xem xưởng và nhãn", "21/11/2026", "until", ""},
		"until no day":             {"confirmed", "Đã xem xưởng và nhãn", "31/2/2027", "until", ""},
		"a declaration has no end": {"declared", "", "1/1/2020", "", ""},
	} {
		p := k.Product(v)
		ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
		err := k.App.Vendors.DecideEvidence(t.Context(), reviewer, ref, p.Version, vendors.EvidenceInput{Evidence: c.evidence, Note: c.note, Until: c.until})
		if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field || evidenceOf(t, k, ref).EvidenceUntil != c.stored {
			t.Errorf("%s: refused at %q (%v), want %q; stored until %q", name, got, err, c.field, evidenceOf(t, k, ref).EvidenceUntil)
		}
	}
}

func TestEdgesOfAPaper(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	for name, c := range map[string]struct{ issued, to, field string }{
		"of today": {"22/11/2026", "30/6/2027", ""}, "of tomorrow": {"23/11/2026", "30/6/2027", "issued_on"},
		"for one day": {"1/7/2026", "1/7/2026", ""}, "over before it began": {"1/7/2026", "30/6/2026", "valid_to"}, "without an end": {"1/7/2026", "", ""},
	} {
		in := paperInput()
		in.IssuedOn, in.ValidTo = c.issued, c.to
		_, err := k.App.Vendors.AddCertificate(t.Context(), owner, v.ID, in)
		if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field {
			t.Errorf("%s: refused at %q, want %q", name, got, c.field)
		}
	}
}

func TestFileOfAVendorNamesPapersThatLapse(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	k.Product(v)
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	for number, ahead := range map[string]int{"over": -1, "soon": 45, "later": 46} {
		k.Certificate(v, func(c *registry.Certificate) { c.Number, c.ValidTo = number, registry.AddDays(k.App.Today(), ahead) })
	}
	k.Certificate(v, func(c *registry.Certificate) { c.Number, c.ValidTo = "endless", "" })
	old := k.Certificate(v, func(c *registry.Certificate) { c.Number, c.ValidTo = "replaced", registry.AddDays(k.App.Today(), 3) })
	testkit.Works(t, testkit.Second(k.App.Vendors.ReplaceCertificate(t.Context(), owner, v.ID, old.ID, paperInput())))
	k.Application(k.Event(), v.ID)
	f, err := k.App.Vendors.OfficeVendor(t.Context(), reviewer, v.ID)
	testkit.Works(t, err)
	var lapsing []string
	for _, c := range f.Lapsing {
		lapsing = append(lapsing, c.Number)
	}
	if slices.Sort(lapsing); !slices.Equal(lapsing, []string{"over", "soon"}) {
		t.Errorf("lapsing %q", lapsing)
	}
	if len(f.Products) != 1 || len(f.Papers) < 4 || len(f.Members) != 1 || len(f.Applications) != 1 || len(f.Decides) != 1 {
		t.Errorf("file of %d products, %d papers, %d members, %d applications, %d to decide", len(f.Products), len(f.Papers), len(f.Members), len(f.Applications), len(f.Decides))
	}
}

func TestPagesOfAVendorAndItsGoods(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor()
	var goods []registry.Product
	for range 6 {
		goods = append(goods, k.Product(v))
	}
	page, err := k.App.Vendors.ProductPage(t.Context(), goods[0].Slug)
	if err != nil || len(page.More) != 4 || slices.ContainsFunc(page.More, func(c registry.ProductCard) bool { return c.ID == goods[0].ID }) {
		t.Errorf("%d more goods (%v), want four others", len(page.More), err)
	}
	own, err := k.App.Vendors.VendorPage(t.Context(), v.Slug)
	if err != nil || len(own.Products) != 6 {
		t.Errorf("%d goods (%v)", len(own.Products), err)
	}
}

func TestListOfVendorsCountsItsGoods(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor()
	k.Product(v)
	k.Product(v)
	l, err := k.App.Vendors.PublicVendors(t.Context(), registry.VendorFilter{Limit: 10})
	if err != nil || l.Total != 1 || len(l.Vendors) != 1 || fmt.Sprint(l.Counts[v.ID]) == fmt.Sprint(l.Counts["none"]) {
		t.Errorf("%d vendors, goods %v (%v)", l.Total, l.Counts, err)
	}
}

func TestSearchThatFindsNothingIsEmpty(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	k.Event(testkit.Titled("Phiên chợ mùa xuân"))
	k.Product(k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = "HTX Nà Mô" })), func(p *registry.Product) { p.Name = "Rượu men lá" })
	for text, want := range map[string]int{"mùa xuân": 1, "Nà Mô": 1, "men lá": 1, "Ba Bể": 1, "qwertz": 0} {
		f, err := k.App.Vendors.Search(t.Context(), text)
		if err != nil || f.Empty() != (want == 0) || len(f.Events) != f.EventsN {
			t.Errorf("%q: empty %v, %d events shown of %d (%v)", text, f.Empty(), len(f.Events), f.EventsN, err)
		}
	}
}

func TestLogoIsKeptAndTakenAway(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	logo := func() registry.FileID {
		t.Helper()
		own, err := k.App.Vendors.OwnVendor(t.Context(), owner, v.ID)
		testkit.Works(t, err)
		return own.Logo
	}
	testkit.Works(t, k.App.Vendors.SetVendorLogo(t.Context(), owner, v.ID, testkit.PictureOf(t, 60, 60)))
	first := logo()
	if f, err := k.App.File(t.Context(), registry.Actor{}, first, registry.PhotoWhole); err != nil || !f.Public {
		t.Errorf("the logo is not public: %v", err)
	}
	testkit.Works(t, k.App.Vendors.RemoveVendorLogo(t.Context(), owner, v.ID))
	if _, err := k.App.File(t.Context(), registry.Actor{}, first, registry.PhotoWhole); logo() != "" || registry.KindOf(err) != registry.NotFound {
		t.Errorf("after it was taken away: %q, %v", logo(), err)
	}
	if err := k.App.Vendors.SetVendorLogo(t.Context(), owner, v.ID, []byte("không phải ảnh")); len(testkit.FieldsOf(err)) != 1 {
		t.Errorf("words as a logo: %v", err)
	}
	_, stranger, _ := k.OwnVendor()
	testkit.Refused(t, "by another vendor", k.App.Vendors.SetVendorLogo(t.Context(), stranger, v.ID, testkit.PictureOf(t, 60, 60)), registry.NotFound, "error.not_found")
	if n := len(k.Audited("vendor.logo")); n != 2 {
		t.Errorf("%d lines in the log", n)
	}
}

func TestMembersAreReadByMembersAndOffice(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	testkit.Works(t, testkit.Second(k.App.Vendors.IssueJoinCode(t.Context(), owner, v.ID, registry.Member)))
	organiser, _ := k.Officer(registry.Organiser, "19")
	for name, actor := range map[string]registry.Actor{"the owner": owner, "an organiser": organiser} {
		members, codes, err := k.App.Vendors.Members(t.Context(), actor, v.ID)
		if err != nil || len(members) != 1 || len(codes) != 1 {
			t.Errorf("%s reads %d members, %d codes (%v)", name, len(members), len(codes), err)
		}
	}
	_, stranger, _ := k.OwnVendor()
	if _, _, err := k.App.Vendors.Members(t.Context(), stranger, v.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("another vendor: %v", err)
	}
}

func TestLinesOfACallList(t *testing.T) {
	t.Parallel()
	line := vendors.CallLine{News: []registry.Notice{{}, {Fault: "550 no such user"}}, Calls: []registry.Call{{By: "a"}, {By: "b"}}}
	if line.Fault() != "550 no such user" || line.LastCall().By != "b" || (vendors.CallLine{}).Fault() != "" || (vendors.CallLine{}).LastCall() != (registry.Call{}) {
		t.Errorf("fault %q, last call %+v", line.Fault(), line.LastCall())
	}
	one := []vendors.CallLine{line}
	if n := (vendors.CallList{ToCall: one, Called: append(one, line), Sent: one, OnWay: one}).Vendors(); n != 5 {
		t.Errorf("%d vendors", n)
	}
}

func TestDescriptionThatChangedIsLogged(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	p, err := k.App.Vendors.CreateProduct(t.Context(), owner, v.ID, productInput())
	testkit.Works(t, err)
	ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
	said := func(change func(*vendors.ProductInput)) bool {
		t.Helper()
		in := productInput()
		in.Description = evidenceOf(t, k, ref).Description
		change(&in)
		testkit.Works(t, k.App.Vendors.EditProduct(t.Context(), owner, ref, evidenceOf(t, k, ref).Version, in))
		return strings.Contains(k.Audited("product.edit")[0].Detail, "escription")
	}
	if !said(func(in *vendors.ProductInput) { in.Description = "Sợi dai" }) {
		t.Error("another description is not in the log")
	}
	if said(func(in *vendors.ProductInput) { in.Price = "1.000" }) {
		t.Error("another price is logged as another description")
	}
}
