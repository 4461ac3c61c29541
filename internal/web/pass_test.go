package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/costs"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/app/inspections"
	"hoicho/internal/committee"
	"hoicho/internal/floorplan"
	"hoicho/internal/personal"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
	stored "hoicho/internal/store/yearplan"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web"
)

// stall is an event with booth A05 given to a vendor whose owner is signed in.
type stall struct {
	k            *testkit.Kit
	event        registry.Event
	vendor       registry.Vendor
	product      registry.Product
	organiser    registry.Actor
	officeToken  string
	vendorToken  string
	base         string
	server       *web.Server
	passes       []registry.PassRow
	organiserWeb *testkit.Client
	gate         registry.Gate
	task         committee.Task
	entry        registry.CommunicationID
	place        committee.Place
	survey       registry.SurveyID
	series       recurrence.SeriesID
	pasted       stored.PasteID
	bought       committee.Purchase
	support      registry.SupportID
	supervision  registry.SupervisionID
	listed       intake.ID
	request      personal.ID
	matching     registry.MatchingID
	cost         registry.CostID
	planCost     registry.CostID
	record       registry.InspectionID
	finding      registry.FindingID
	round        registry.RoundID
	article      committee.Article
	tip          registry.TipID   // of those who plant one
	offer        registry.OfferID // waits to be looked at
	measure      registry.MeasureID
	drawn        string // a booth of the drawn plan, which stands beyond the ground
}

// inspected hands an inspection of the stall in, with a round of its unit.
func (s *stall) inspected(in inspections.HandIn) {
	s.k.T.Helper()
	s.record = s.k.HandedIn(in).ID
	s.k.Read(func(tx *store.Tx) error {
		found, err := tx.Findings(s.k.T.Context(), s.record)
		s.finding = found[0].ID
		return err
	})
	r, err := s.k.App.Inspections.EnterRound(s.k.T.Context(), registry.SystemActor("test"), inspections.RoundInput{Title: "Kiểm tra phiên chợ", Kind: "inspection",
		Area: "2025:19", From: s.k.App.Today(), Event: string(s.event.ID), Team: "Nông Văn A, Sở Công Thương"})
	if err != nil {
		s.k.T.Fatal(err)
	}
	s.round = r.ID
}

func newStall(t *testing.T) stall {
	t.Helper()
	s := stall{k: testkit.NewApp(t)}
	s.event = s.k.Event(testkit.InState(registry.Running))
	s.organiser, s.officeToken = s.k.Officer(registry.Organiser, "19")
	s.vendor, _, s.vendorToken = s.k.OwnVendor()
	s.product = s.k.Product(s.vendor)
	s.task, s.entry, s.place = s.k.Task(), s.k.Communication(), s.k.Place()
	s.survey = s.k.Survey().ID
	s.series = seriesFrom(t, s.k, s.organiser)
	s.pasted = pastedBy(t, s.k, s.organiser)
	s.bought = s.k.Reported(s.k.Body())
	s.listed = s.k.Listed().ID
	s.supervision, s.request = s.k.Supervised().ID, s.k.PersonalRequest().ID
	s.ownTemplate()
	s.support, s.matching = s.k.Supported().ID, s.k.Matched().ID
	s.cost, s.planCost = s.k.Cost(costs.Owner{Event: s.event.ID}).ID, s.k.Cost(costs.Owner{Plan: s.task.Plan}).ID
	application := s.k.Application(s.event, s.vendor.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(s.product))
	booth := s.k.Booths(s.event.ID, "A", 5)[4]
	if err := s.k.App.Booths.AssignBooth(t.Context(), s.organiser, booths.BoothRef{Event: s.event.ID, Booth: booth.ID}, application.ID); err != nil {
		t.Fatal(err)
	}
	s.drawn = s.k.Drawn(s.event.ID, floorplan.UShape, 6, false).Objects[0].ID
	testkit.Works(t, testkit.Second(s.k.App.FloorPlans.Edit(t.Context(), s.organiser, floorplans.Input{Ref: floorplans.Ref{Event: s.event.ID, N: 1, Version: 1}},
		floorplans.Shift("A", "-5", "0"))))
	var err error
	if _, s.passes, _, err = s.k.App.Passes.EventPasses(t.Context(), s.organiser, registry.PassFilter{Event: s.event.ID}); err != nil {
		t.Fatal(err)
	}
	s.inspected(s.k.TypedInspection(s.pass(registry.BoothPass)))
	s.gate = s.k.Gates(s.event.ID, 2)[0]
	s.k.Pack(s.event, 20)
	s.article = s.k.Article(func(a *committee.Article) { a.Event, a.Vendors = s.event.ID, []registry.VendorID{s.vendor.ID} })
	s.offer, s.measure = s.k.Offer(s.event, s.product, testkit.OfferIn(stimulus.Submitted)).ID, s.k.Measure(s.event).ID
	s.server, s.base = site.Of(s.k)
	s.organiserWeb = testkit.NewClient(t, s.base)
	s.organiserWeb.SignInAs(s.officeToken)
	return s
}

func (s *stall) office() string { return "/quan-ly/su-kien/" + string(s.event.ID) + "/the" }

func (s *stall) pass(kind registry.PassKind) registry.PassRow {
	return s.passes[slices.IndexFunc(s.passes, func(r registry.PassRow) bool { return r.Kind == kind })]
}

func TestStallPageTellsWhy(t *testing.T) {
	s := newStall(t)
	c := testkit.NewClient(t, s.base)
	page := c.Get("/t/" + s.pass(registry.BoothPass).Code)
	if page.Status != 200 {
		t.Fatalf("status %d", page.Status)
	}
	doc := testkit.Page(t, page.Body)
	doc.In("h1").HasText(s.vendor.Name)
	doc.In(".seal").HasText("Thẻ gian hàng thật")
	doc.In("h2").HasText("Hàng này có giấy gì")
	doc.In(".list .item").HasText("Nhãn ghi: Sản xuất tại")
	s.k.Write(func(tx *store.Tx) error { // a label that says no more than where it was packed, and stars nobody compared
		p, err := tx.Product(t.Context(), s.product.ID)
		if err != nil {
			return err
		}
		p.Origin = registry.PackedIn
		p.Ratings = []registry.Rating{{Stars: 5, Decision: "1/QĐ", IssuedOn: "2026-01-01", ValidTo: "2029-01-01", Claimed: true}}
		return tx.SaveProduct(t.Context(), &p)
	})
	packed := testkit.Page(t, c.Get("/t/"+s.pass(registry.BoothPass).Code+"?moi").Body).In(".list .item")
	packed.HasText("Nhãn ghi: Đóng gói tại").LacksText("Sản xuất tại").LacksText("sao OCOP")
	if strings.Contains(page.Body, s.vendor.Representative) {
		t.Error("the page tells the name of a person")
	}
	staff := c.Get("/t/" + s.pass(registry.StaffPass).Code)
	if strings.Contains(staff.Body, s.vendor.Name) {
		t.Error("a staff pass tells whose it is")
	}
	if got := c.Get("/t/000000000000"); got.Status != 404 {
		t.Errorf("unknown code: %d", got.Status)
	}
}

func TestOfficeHandlesPasses(t *testing.T) {
	testkit.NamesDays(t)
	s := newStall(t)
	c := s.organiserWeb
	list := c.Get(s.office())
	testkit.Page(t, list.Body).In("tbody").Find("tr").HasCount(len(s.passes))
	staff := s.pass(registry.StaffPass)
	got := c.Post(s.office()+"/"+string(staff.ID), url.Values{"do": {"block"}, "reason": {"mất thẻ"}})
	if got.Status != 303 {
		t.Fatalf("block: %d %s", got.Status, got.Body)
	}
	if page := c.Get(s.office() + "?trang-thai=blocked"); !strings.Contains(page.Body, "mất thẻ") {
		t.Error("the blocked pass is not in the filtered list")
	}
	bad := c.Post(s.office(), url.Values{"kind": {"official"}, "count": {"-5"}, "label": {""}, "first_day": {"31/02/2026"}, "days": {"1"}})
	if bad.Status != 422 {
		t.Errorf("negative count: %d", bad.Status)
	}
	testkit.Page(t, bad.Body).In("#e-count").HasText("từ 1 đến 1000")
	issued := c.Post(s.office(), url.Values{"kind": {"official"}, "count": {"3"}, "label": {"UBND xã Ƀă, 漢 đoàn"}, "first_day": {"22/11/2026"}, "days": {"1"}})
	if issued.Status != 303 {
		t.Errorf("issue: %d", issued.Status)
	}
	job := c.Post(s.office()+"/in", url.Values{"paper": {"passes.pdf"}, "sheet": {"a4x8"}})
	if job.Status != 303 || !strings.HasPrefix(job.Location, "/quan-ly/viec/") {
		t.Fatalf("print: %d %s", job.Status, job.Location)
	}
	if _, err := s.k.App.RunJob(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := c.Get(job.Location)
	testkit.In(t, done.Body, "#lacking").HasText("không có: 漢 Trên giấy")
	link := testkit.Page(t, done.Body).In("a.btn").Attr("href")
	if pdf := c.Get(link); pdf.Status != 200 || !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Errorf("download: %d", pdf.Status)
	}
}

func TestVendorPrintsOwnPassesOnly(t *testing.T) {
	s := newStall(t)
	own := testkit.NewClient(t, s.base)
	own.SignInAs(s.vendorToken)
	path := "/gian-hang/" + string(s.vendor.ID) + "/the"
	testkit.Page(t, own.Get(path).Body).In("main").HasText("A05")
	if pdf := own.Get(path + "/" + string(s.event.ID)); pdf.Status != 200 || !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Errorf("own passes: %d", pdf.Status)
	}
	sibling := testkit.NewClient(t, s.base)
	_, _, token := s.k.OwnVendor()
	sibling.SignInAs(token)
	for _, p := range []string{path, path + "/" + string(s.event.ID)} {
		if got := sibling.Get(p); got.Status != 404 {
			t.Errorf("%s by a sibling vendor: %d", p, got.Status)
		}
	}
}

func TestKeysPageAsksBeforeKilling(t *testing.T) {
	s := newStall(t)
	admin := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	page := admin.Get("/quan-ly/khoa?huy=1")
	form := testkit.Page(t, page.Body).Form("/quan-ly/khoa/huy")
	keys := testkit.Page(t, admin.Get("/quan-ly/khoa").Body)
	keys.None(`form[action="/quan-ly/khoa/xoay"]`)
	ask := testkit.Page(t, admin.Get(keys.In(`main a[href="/quan-ly/khoa?doi=1"]`).Attr("href")).Body)
	ask.In(".banner").HasText("Thẻ đã in theo khóa 1 vẫn dùng được: 3 thẻ").HasText("20 phiếu")
	if got := admin.Post("/quan-ly/khoa/xoay", ask.Form("/quan-ly/khoa/xoay").Fields); got.Status != 303 {
		t.Errorf("rotate: %d", got.Status)
	}
	if got := admin.Post("/quan-ly/khoa/huy", form.Fields); got.Status != 303 {
		t.Errorf("kill: %d", got.Status)
	}
	if got := admin.Get("/t/" + s.pass(registry.BoothPass).Code); !strings.Contains(got.Body, "không còn giá trị") {
		t.Error("the page of a pass does not say that its key is dead")
	}
	if got := s.organiserWeb.Get("/quan-ly/khoa"); got.Status != 404 {
		t.Errorf("keys for an organiser: %d", got.Status)
	}
}
