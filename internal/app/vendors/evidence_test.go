package vendors_test

import (
	"testing"
	"time"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func evidenceOf(t *testing.T, k *testkit.Kit, ref vendors.ProductRef) registry.Product {
	t.Helper()
	_, p, err := k.App.Vendors.OwnProduct(t.Context(), registry.SystemActor("test"), ref)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEvidenceClimbsByPapersAndOfficers(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	decide := func(e, note string) error {
		p := evidenceOf(t, k, ref)
		return k.App.Vendors.DecideEvidence(t.Context(), reviewer, ref, p.Version, vendors.EvidenceInput{Evidence: e, Note: note, Until: "30/6/2027"})
	}
	if err := decide("documented", ""); testkit.FaultsAt(err)["evidence"] != "error.evidence.no_papers" {
		t.Errorf("documented without papers: %v", err)
	}
	in := paperInput()
	in.Kind, in.Product = "origin_paper", string(ref.Product)
	if _, err := k.App.Vendors.AddCertificate(t.Context(), owner, v.ID, in); err != nil {
		t.Fatal(err)
	}
	if got := evidenceOf(t, k, ref).Evidence; got != registry.Declared {
		t.Errorf("a paper without a scan made it %s", got)
	}
	in.Scan = testkit.PictureOf(t, 60, 80)
	if _, err := k.App.Vendors.AddCertificate(t.Context(), owner, v.ID, in); err != nil {
		t.Fatal(err)
	}
	if got := evidenceOf(t, k, ref).Evidence; got != registry.Documented {
		t.Errorf("a scanned paper made it %s", got)
	}
	for name, c := range map[string]struct{ e, note, field, want string }{
		"no reason":    {"confirmed", "tốt", "note", "error.evidence.note"},
		"unknown rung": {"gold", "đã xem tận nơi", "evidence", "error.choose"},
	} {
		if err := decide(c.e, c.note); testkit.FaultsAt(err)[c.field] != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := decide("confirmed", "Đã xem xưởng và nhãn"); err != nil {
		t.Fatal(err)
	}
	p := evidenceOf(t, k, ref)
	if p.Evidence != registry.Confirmed || p.EvidenceBy != reviewer.Account || p.EvidenceUntil != "2027-06-30" || p.EvidenceNote == "" {
		t.Errorf("after the decision: %+v", p)
	}
	if err := k.App.Vendors.DecideEvidence(t.Context(), reviewer, ref, p.Version-1, vendors.EvidenceInput{Evidence: "excluded", Note: "Hàng nhập, dán nhãn lại"}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a stale decision was taken: %v", err)
	}
}

func TestNewNameOrOriginTakesTheEvidenceBack(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	for name, c := range map[string]struct {
		before, after registry.Evidence
		papers        bool
		change        func(*vendors.ProductInput)
	}{
		"price":              {registry.Confirmed, registry.Confirmed, false, func(in *vendors.ProductInput) { in.Price = "1.000" }},
		"name":               {registry.Confirmed, registry.Declared, false, func(in *vendors.ProductInput) { in.Name = "Rượu" }},
		"origin":             {registry.Checked, registry.Documented, true, func(in *vendors.ProductInput) { in.Origin = "packed_in" }},
		"place":              {registry.Checked, registry.Declared, false, func(in *vendors.ProductInput) { in.OriginPlace = "Lạng Sơn" }},
		"a dispute stays":    {registry.Disputed, registry.Disputed, true, func(in *vendors.ProductInput) { in.Name = "Tên khác" }},
		"an exclusion stays": {registry.Excluded, registry.Excluded, false, func(in *vendors.ProductInput) { in.OriginPlace = "Nơi khác" }},
	} {
		p := k.Product(v, func(p *registry.Product) {
			p.Name, p.OriginPlace = "Miến dong Tài Hoan", "Côn Minh, Na Rì"
			p.Evidence, p.EvidenceBy, p.EvidenceNote, p.EvidenceUntil = c.before, "officer", "Đã xem", "2027-01-01"
		})
		if c.papers {
			k.Certificate(v, func(x *registry.Certificate) { x.Kind, x.Product, x.File = registry.OriginPaper, p.ID, "scan" })
		}
		ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
		in := productInput()
		c.change(&in)
		if err := k.App.Vendors.EditProduct(t.Context(), owner, ref, p.Version, in); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := evidenceOf(t, k, ref)
		if got.Evidence != c.after {
			t.Errorf("%s: %s became %s, want %s", name, c.before, got.Evidence, c.after)
		}
		if fell := c.before != c.after; fell != (got.EvidenceNote == "") || fell != (got.EvidenceUntil == "") {
			t.Errorf("%s: the note %q and the end %q", name, got.EvidenceNote, got.EvidenceUntil)
		}
	}
}

func TestOfficersDoNotJudgeTheirOwnGoods(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	reviewer, _ := k.Officer(registry.Reviewer, "")
	v := k.Vendor(testkit.OwnedBy(reviewer))
	p, c := k.Product(v), k.Certificate(v)
	reviewer = k.ActorOf(reviewer.Account)
	ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
	for what, err := range map[string]error{
		"evidence": k.App.Vendors.DecideEvidence(t.Context(), reviewer, ref, p.Version, vendors.EvidenceInput{Evidence: "confirmed", Note: "Đã xem tận nơi"}),
		"paper":    k.App.Vendors.CheckCertificate(t.Context(), reviewer, v.ID, c.ID),
		"block":    k.App.Vendors.BlockVendor(t.Context(), reviewer, v.ID, "lý do"),
	} {
		if registry.KindOf(err) != registry.Forbidden {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := k.App.Vendors.AddRating(t.Context(), reviewer, ref, ratingInput()); err != nil || !evidenceOf(t, k, ref).Ratings[0].Claimed {
		t.Errorf("a star of their own goods is taken as compared: %v", err)
	}
}

func TestHistoryOfEvidenceIsKept(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	p := k.Product(v)
	ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	if err := k.App.Vendors.DecideEvidence(t.Context(), reviewer, ref, p.Version, vendors.EvidenceInput{Evidence: "checked", Note: "Đã đối chiếu nhãn"}); err != nil {
		t.Fatal(err)
	}
	if err := k.App.Vendors.EditProduct(t.Context(), owner, ref, p.Version+1, productInput()); err != nil {
		t.Fatal(err)
	}
	f, err := k.App.Vendors.OfficeProduct(t.Context(), reviewer, ref)
	if err != nil || len(f.History) != 2 || f.History[0].Action != "product.edit" || f.History[1].Action != "product.evidence" {
		t.Errorf("history %+v (%v)", f.History, err)
	}
}

func TestPapersAreReplacedAndKept(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	old := k.Certificate(v)
	if _, err := k.App.Vendors.ReplaceCertificate(t.Context(), owner, v.ID, old.ID, paperInput()); err != nil {
		t.Fatal(err)
	}
	if _, err := k.App.Vendors.ReplaceCertificate(t.Context(), owner, v.ID, old.ID, paperInput()); registry.KindOf(err) != registry.Conflict {
		t.Errorf("replaced twice: %v", err)
	}
	f, err := k.App.Vendors.VendorDesk(t.Context(), owner, v.ID)
	if err != nil || len(f.Papers) != 2 || f.Papers[0].ReplacedAt != 0 || f.Papers[1].ID != old.ID || f.Papers[1].ReplacedAt == 0 {
		t.Errorf("papers %+v (%v)", f.Papers, err)
	}
}

func TestPaperFormSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	for name, c := range map[string]struct {
		change      func(*vendors.CertificateInput)
		field, want string
	}{
		"kind":                    {func(in *vendors.CertificateInput) { in.Kind = "x" }, "kind", "error.choose"},
		"neither number nor scan": {func(in *vendors.CertificateInput) { in.Number = "" }, "number", "error.certificate.number"},
		"exempt without why":      {func(in *vendors.CertificateInput) { in.Kind = "food_exempt" }, "note", "error.certificate.note"},
		"31 February":             {func(in *vendors.CertificateInput) { in.ValidTo = "31/02/2027" }, "valid_to", "error.date"},
		"ends before":             {func(in *vendors.CertificateInput) { in.ValidTo = "1/1/2024" }, "valid_to", "error.date_order"},
		"in the future":           {func(in *vendors.CertificateInput) { in.IssuedOn = "1/12/2026" }, "issued_on", "error.rating.future"},
		"scan":                    {func(in *vendors.CertificateInput) { in.Scan = []byte("%PDF-1.7") }, "scan", "error.photo_format"},
	} {
		in := paperInput()
		c.change(&in)
		if _, err := k.App.Vendors.AddCertificate(t.Context(), owner, v.ID, in); testkit.FaultsAt(err)[c.field] != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestScansAreForMembersAndReviewersOfTheArea(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	in := paperInput()
	in.Scan = testkit.PictureOf(t, 60, 80)
	c, err := k.App.Vendors.AddCertificate(t.Context(), owner, v.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	_, sibling, _ := k.OwnVendor()
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	elsewhere, _ := k.Officer(registry.Reviewer, naRi.Code)
	viewer, _ := k.Officer(registry.Viewer, "19")
	for who, c2 := range map[string]struct {
		actor registry.Actor
		may   bool
	}{"owner": {owner, true}, "reviewer": {reviewer, true}, "sibling": {sibling, false}, "reviewer of another area": {elsewhere, false},
		"viewer": {viewer, false}, "anonymous": {registry.Actor{}, false}} {
		_, err := k.App.File(t.Context(), c2.actor, c.File, registry.PhotoWhole)
		if c2.may != (err == nil) || !c2.may && registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s: %v", who, err)
		}
	}
	event := k.Event(testkit.InArea(naRi))
	k.Application(event, v.ID)
	if _, err := k.App.File(t.Context(), elsewhere, c.File, registry.PhotoWhole); err != nil {
		t.Errorf("the reviewer of an event that the vendor applies to: %v", err)
	}
}

func TestPublicReadsOnlyComparedPapersInForce(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v := k.Vendor()
	c := k.Certificate(v)
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	papers := func() []registry.Certificate {
		p, err := k.App.Vendors.VendorPage(t.Context(), v.Slug)
		if err != nil {
			t.Fatal(err)
		}
		return p.Papers
	}
	if got := papers(); len(got) > 0 {
		t.Errorf("a paper nobody has seen is shown: %v", got)
	}
	if err := k.App.Vendors.CheckCertificate(t.Context(), reviewer, v.ID, c.ID); err != nil {
		t.Fatal(err)
	}
	if got := papers(); len(got) != 1 || got[0].Number != "" {
		t.Errorf("papers %+v", got)
	}
	k.Clock.Set(time.Date(2027, 7, 1, 2, 0, 0, 0, time.UTC))
	if got := papers(); len(got) > 0 {
		t.Errorf("a lapsed paper is shown: %v", got)
	}
}
