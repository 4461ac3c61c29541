package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// offerDesk is a running session with a vendor that has a place and proven goods there.
type offerDesk struct {
	*testkit.Stage
	vendor  registry.Vendor
	product registry.Product
	own     *testkit.Client
	office  *testkit.Client
}

func newOfferDesk(t *testing.T) *offerDesk {
	t.Helper()
	d := &offerDesk{Stage: testkit.NewStage(t, testkit.InState(registry.Running))}
	var token string
	d.vendor, _, token = d.OwnVendor()
	d.product = d.Product(d.vendor, testkit.Proven)
	d.Application(d.Fair, d.vendor.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(d.product))
	base := d.Serve()
	d.own, d.office = testkit.NewClient(t, base), testkit.NewClient(t, base)
	d.own.SignInAs(token)
	_, officer := d.Officer(registry.Admin, "")
	d.office.SignInAs(officer)
	return d
}

func (d *offerDesk) newForm() string {
	return "/gian-hang/" + string(d.vendor.ID) + "/uu-dai/moi/" + string(d.Fair.ID) + "?san-pham=" + string(d.product.ID)
}

// fill sends the form of a page.
func (d *offerDesk) fill(c *testkit.Client, path string, fields map[string]string) testkit.Answer {
	d.T.Helper()
	page := c.Get(path)
	if page.Status != 200 {
		d.T.Fatalf("%s: %d", path, page.Status)
	}
	action, _, _ := strings.Cut(path, "?")
	return send(c, page, action, fields)
}

func TestVendorHandsInAnOfferAndOfficerAcceptsIt(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	if got := d.fill(d.own, d.newForm(), map[string]string{"here": "68.000"}); got.Status != 303 {
		t.Fatalf("handed in: %d %s", got.Status, got.Body)
	}
	own := d.own.Get("/gian-hang/" + string(d.vendor.ID) + "/uu-dai")
	testkit.Page(t, own.Body).In("h1").HasText("0 ưu đãi khách đang thấy, 1 chờ duyệt")
	root := "/quan-ly/su-kien/" + string(d.Fair.ID) + "/kich-cau"
	list := testkit.Page(t, d.office.Get(root).Body)
	list.In("h2").HasText("0 ưu đãi đã duyệt, 1 chờ duyệt")
	next := list.In("a.btn").Attr("href")
	if got := d.fill(d.office, next, map[string]string{"verdict": "accepted"}); got.Status != 303 || got.Location != root {
		t.Fatalf("decided: %d %s", got.Status, got.Location)
	}
	testkit.Page(t, d.own.Get("/gian-hang/"+string(d.vendor.ID)+"/uu-dai").Body).In("h1").HasText("1 ưu đãi khách đang thấy, 0 chờ duyệt")
}

func TestRefusalOnTheVendorsPageNamesThePaper(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	for name, c := range map[string]struct {
		fields map[string]string
		want   string
	}{
		"above the ceiling":  {map[string]string{"here": "30.000"}, "Giảm 64 % là quá mức tối đa 50 % theo Thông tư 39/2025/TT-BCT (chưa kiểm chứng)"},
		"a price never told": {map[string]string{"before": "120.000", "here": "100.000"}, "giá đã ghi là 85.000 ₫/kg"},
	} {
		t.Run(name, func(t *testing.T) {
			got := d.fill(d.own, d.newForm(), c.fields)
			if got.Status != 422 {
				t.Fatalf("%d", got.Status)
			}
			testkit.Page(t, got.Body).In("#faults").HasText(c.want)
		})
	}
}

func TestPublicPagesShowTheOldPriceStruckThrough(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	s.k.Write(func(tx *store.Tx) error {
		p, err := tx.Product(t.Context(), s.product.ID)
		if testkit.Proven(&p); err != nil {
			return err
		}
		return tx.SaveProduct(t.Context(), &p)
	})
	nobody := testkit.NewClient(t, s.base)
	pages := map[string]string{"event": "/su-kien/" + s.event.Slug, "all offers": "/su-kien/" + s.event.Slug + "/uu-dai",
		"stall": "/t/" + s.pass(registry.BoothPass).Code, "product": "/san-pham/" + s.product.Slug}
	for name, path := range pages {
		t.Run("submitted: "+name, func(t *testing.T) {
			if got := nobody.Get(path); got.Status != 200 || strings.Contains(got.Body, "<del") {
				t.Errorf("%d, or the page shows what nobody accepted", got.Status)
			}
		})
	}
	s.k.Write(func(tx *store.Tx) error {
		row, err := tx.Offer(t.Context(), s.offer)
		if err != nil {
			return err
		}
		o := row.Offer
		o.State, o.DecidedAt, o.Condition = stimulus.Accepted, 1, "mua từ 2 kg"
		return tx.SaveOffer(t.Context(), &o)
	})
	for name, path := range pages {
		t.Run("accepted: "+name, func(t *testing.T) {
			page := testkit.Page(t, nobody.Get(path+"?lan=2").Body)
			page.In("del").HasText("85.000")
			page.In("ins").HasText("68.000")
			page.In("main").HasText("Giá trước").HasText("mua từ 2 kg").HasText("đến hết ngày")
		})
	}
	testkit.Page(t, nobody.Get("/su-kien/"+s.event.Slug+"?ban=uu-dai").Body).In("#gian").HasText("Có ưu đãi (1)").HasText(s.vendor.Name)
	s.k.Write(func(tx *store.Tx) error {
		e, err := tx.Event(t.Context(), s.event.ID)
		if err != nil {
			return err
		}
		e.State, e.StateReason = registry.Cancelled, "Mưa lũ"
		return tx.SaveEvent(t.Context(), &e, s.k.App.Areas.Scope(e.Area))
	})
	for name, path := range pages {
		t.Run("cancelled: "+name, func(t *testing.T) {
			if got := nobody.Get(path + "?lan=3"); strings.Contains(got.Body, "<del") {
				t.Error("the page shows a price of an event that is off")
			}
		})
	}
}

func TestPriceSignsGoToWhomTheyBelong(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	own := "/gian-hang/" + string(d.vendor.ID) + "/uu-dai/bien-gia/" + string(d.Fair.ID)
	if got := d.own.Get(own); got.Status != 404 {
		t.Errorf("signs without an offer: %d", got.Status)
	}
	d.Offer(d.Fair, d.product)
	stranger := testkit.NewClient(t, d.own.Base)
	_, _, token := d.OwnVendor()
	stranger.SignInAs(token)
	for name, got := range map[string]testkit.Answer{"own": d.own.Get(own), "large": d.own.Get(own + "?kho=a5"), "office": d.office.Get("/quan-ly/su-kien/" + string(d.Fair.ID) + "/kich-cau/bien-gia")} {
		if got.Status != 200 || !strings.HasPrefix(got.Body, "%PDF") {
			t.Errorf("%s: %d %.20q", name, got.Status, got.Body)
		}
	}
	if got := stranger.Get(own); got.Status != 404 {
		t.Errorf("another vendor: %d", got.Status)
	}
}

func TestReadyTextsNameTheOffers(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	d.Offer(d.Fair, d.product)
	page := testkit.Page(t, d.office.Get("/quan-ly/su-kien/"+string(d.Fair.ID)+"/bai-soan").Body)
	page.In("#f-text_post").HasText(d.product.Name + ": từ 85.000 ₫ còn 68.000 ₫/kg")
	page.In("#f-text_script").HasText("giá trước 85.000 đồng, tại chợ còn 68.000 đồng mỗi kg")
}

func TestReturnedOfferIsAmongWhatTheVendorHasToDo(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	o := d.Offer(d.Fair, d.product, testkit.OfferIn(stimulus.Returned))
	home := testkit.Page(t, d.own.Get("/gian-hang/"+string(d.vendor.ID)).Body)
	home.In(".tasks").HasText("Sửa ưu đãi bị trả lại").HasText(o.Reason)
}

func TestOfficerTypesAMeasure(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	root := "/quan-ly/su-kien/" + string(d.Fair.ID) + "/kich-cau"
	got := d.fill(d.office, root+"/bien-phap/moi", map[string]string{"kind": "gifts", "text": "100 phần quà cho khách mua đầu tiên", "provider": "Sở Công Thương", "value": "5 triệu"})
	if got.Status != 303 {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	page := testkit.Page(t, d.office.Get(root).Body)
	page.In("#bien-phap").HasText("100 phần quà").HasText("5.000.000 ₫").HasText("Sở Công Thương hỗ trợ")
}

func TestOfferIsInTheAPIOnceAccepted(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	path := "/api/v1/events/" + d.Fair.Slug + "/offers"
	d.Offer(d.Fair, d.product, testkit.OfferIn(stimulus.Submitted))
	if got := d.own.Get(path); got.Status != 200 || !strings.Contains(got.Body, `"offers":[]`) {
		t.Errorf("submitted: %d %s", got.Status, got.Body)
	}
	d.Offer(d.Fair, d.product)
	if got := d.own.Get(path); !strings.Contains(got.Body, `"before_dong":85000,"here_dong":68000,"unit":"kg"`) || !strings.Contains(got.Body, d.vendor.Slug) {
		t.Errorf("accepted: %s", got.Body)
	}
	if got := d.own.Get("/api/v1/events/khong-co/offers"); got.Status != 404 {
		t.Errorf("of no event: %d", got.Status)
	}
}

func TestOfficeTellsAStimulusSession(t *testing.T) {
	t.Parallel()
	d := newOfferDesk(t)
	hub, list := "/quan-ly/su-kien/"+string(d.Fair.ID), "/quan-ly/su-kien"
	testkit.Page(t, d.office.Get(list).Body).In("main").LacksText("Kích cầu")
	testkit.Page(t, d.office.Get(hub).Body).In("#kich-cau").HasText("0 ưu đãi, 0 chờ duyệt; 0 biện pháp")
	d.Offer(d.Fair, d.product)
	d.Offer(d.Fair, d.product, testkit.OfferIn(stimulus.Submitted))
	testkit.Page(t, d.office.Get(list).Body).In("main").HasText("Kích cầu")
	testkit.Page(t, d.office.Get(hub).Body).In("#kich-cau").HasText("2 ưu đãi, 1 chờ duyệt; 0 biện pháp")
}
