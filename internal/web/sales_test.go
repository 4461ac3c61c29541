package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// harvest is an event that is over, with vendors that owe their sales.
type harvest struct {
	k       *testkit.Kit
	event   registry.Event
	vendor  registry.Vendor
	product registry.Product
	base    string
	owner   *testkit.Client
	token   string // of the vendor's owner
	office  *testkit.Client
	desk    string // token of the organiser
}

func newHarvest(t *testing.T, more ...string) *harvest {
	t.Helper()
	h := &harvest{k: testkit.NewApp(t)}
	h.event = h.k.Event(testkit.InState(registry.Ended), testkit.Titled("Phiên chợ đưa hàng Việt về Ba Bể"))
	h.vendor, _, h.token = h.k.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = "HTX Tài Hoan" }))
	h.product = h.k.Product(h.vendor)
	booths := h.k.Booths(h.event.ID, "A", 12)
	h.k.Assign(booths[4], h.k.Application(h.event, h.vendor.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(h.product, h.k.Product(h.vendor))))
	for i, name := range more {
		v := h.k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = name }))
		h.k.Assign(booths[5+i], h.k.Application(h.event, v.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(h.k.Product(v))))
	}
	_, h.desk = h.k.Officer(registry.Organiser, "19")
	h.base = h.k.Serve()
	h.owner, h.office = testkit.NewClient(t, h.base), testkit.NewClient(t, h.base)
	h.owner.SignInAs(h.token)
	h.office.SignInAs(h.desk)
	return h
}

func (h *harvest) own() string {
	return "/gian-hang/" + string(h.vendor.ID) + "/doanh-thu/" + string(h.event.ID)
}

func (h *harvest) list() string { return "/quan-ly/su-kien/" + string(h.event.ID) + "/doanh-thu" }

func (h *harvest) paper() string { return h.list() + "/" + string(h.vendor.ID) }

// amounts fills the days of a sales form in turn.
func amounts(f testkit.Form, values ...string) url.Values {
	return f.Set("amount", values...).Fields
}

func TestVendorSendsSalesWithoutScript(t *testing.T) {
	h := newHarvest(t)
	page := testkit.Page(t, h.owner.Get(h.own()).Body)
	page.In(".kicker").HasText(h.event.Title)
	form := page.Form(h.own())
	filled := amounts(form.Set("best", string(h.product.ID)), "3.200.000", "", "0")
	if got := h.owner.Post(h.own(), filled); got.Status != http.StatusSeeOther || got.Location != h.own() {
		t.Fatalf("sent: %d %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	again := testkit.Page(t, h.owner.Get(h.own()).Body)
	again.In(".flash").HasText("Đã lưu doanh thu")
	form = again.Form(h.own())
	if got := strings.Join(form.Fields["amount"], "|"); got != "3.200.000||0" {
		t.Errorf("the form comes back with %q", got)
	}
	if got := form.Fields["best"]; len(got) != 1 || got[0] != string(h.product.ID) {
		t.Errorf("best sellers come back as %q", got)
	}
	form.Fields["band"][1] = "3_5"
	if got := h.owner.Post(h.own(), form.Fields); got.Status != http.StatusSeeOther {
		t.Errorf("mended: %d", got.Status)
	}
	testkit.Page(t, h.office.Get(h.list()).Body).In("h2").HasText("1 trên 1 cơ sở đã kê đủ")
}

func TestSalesFormAsks(t *testing.T) {
	h := newHarvest(t)
	form := testkit.Page(t, h.owner.Get(h.own()).Body).Form(h.own())
	asked := h.owner.Post(h.own(), amounts(form, "320.000.000", "2.000.000", "500"))
	page := testkit.Page(t, asked.Body)
	if asked.Status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", asked.Status)
	}
	page.In(".banner.wait").HasText("gấp 80 lần").HasText("theo nghìn đồng")
	sure := page.In("input[name=sure]").Attr("value")
	if got := h.owner.Post(h.own(), page.Form(h.own()).Set("sure", sure).Fields); got.Status != http.StatusSeeOther {
		t.Errorf("answered: %d %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	bad := h.owner.Post(h.own(), amounts(form, "-5", "ba triệu", ""))
	page = testkit.Page(t, bad.Body)
	if bad.Status != http.StatusUnprocessableEntity || page.In(".faults a").Count() != 2 {
		t.Errorf("negative: %d with %d faults", bad.Status, page.Find(".faults a").Count())
	}
	if got := page.Form(h.own()).Fields["amount"]; strings.Join(got, "|") != "-5|ba triệu|" {
		t.Errorf("what was typed comes back as %q", got)
	}
}

func TestPaperSalesAreTypedAndMended(t *testing.T) {
	h := newHarvest(t, "Hộ bà Nông Thị Sim")
	list := testkit.Page(t, h.office.Get(h.list()).Body)
	list.In("h2").HasText("0 trên 2")
	testkit.Page(t, h.office.Get("/quan-ly").Body).In("main").HasText("còn 2 cơ sở chưa kê đủ doanh thu")
	form := testkit.Page(t, h.office.Get(h.paper()).Body).Form(h.paper())
	if got := h.office.Post(h.paper(), amounts(form, "2.000.000", "1.000.000", "1.234.000")); got.Status != http.StatusSeeOther || got.Location != h.list() {
		t.Fatalf("typed in: %d to %q", got.Status, got.Location)
	}
	again := testkit.Page(t, h.office.Get(h.paper()).Body).Form(h.paper())
	if got := again.Fields["amount"]; len(got) != 3 || got[2] != "1.234.000" {
		t.Errorf("whoever typed it mends %v", got)
	}
	if got := h.office.Post(h.paper(), amounts(form, "9.000.000", "0", "0")); got.Status != http.StatusConflict {
		t.Errorf("typed in from an old form: %d", got.Status)
	}
	if got := h.office.Post(h.paper(), amounts(again, "2.000.000", "1.000.000", "1.300.000")); got.Status != http.StatusSeeOther {
		t.Errorf("mended: %d", got.Status)
	}
	_, token := h.k.Officer(registry.Organiser, "19")
	colleague := testkit.NewClient(t, h.base)
	colleague.SignInAs(token)
	closed := colleague.Get(h.paper())
	if strings.Contains(closed.Body, "1.300.000") || strings.Contains(closed.Body, "<fieldset") {
		t.Error("a colleague sees the figures, or may change them")
	}
	testkit.Page(t, closed.Body).In(".banner").HasText("Cơ sở này đã gửi doanh thu")
	if strings.Contains(h.office.Get(h.list()).Body, "1.234.000") {
		t.Error("the list of who has filed tells amounts")
	}
}

func TestSalesPagesAreClosedToOthers(t *testing.T) {
	testkit.NamesDays(t)
	h := newHarvest(t)
	_, sibling := h.k.VendorAccount()
	_, elsewhere := h.k.Officer(registry.Organiser, "01")
	_, inspector := h.k.Officer(registry.Inspector, "19")
	for name, c := range map[string]struct {
		token     string
		own, desk int
	}{"anonymous": {"", 401, 401}, "sibling vendor": {sibling, 404, 404}, "other area": {elsewhere, 404, 404}, "inspector": {inspector, 404, 404}, "owner": {h.token, 200, 404}} {
		client := testkit.NewClient(t, h.base)
		if c.token != "" {
			client.SignInAs(c.token)
		}
		form := url.Values{"day": {"2026-11-08"}, "amount": {"1"}, "band": {""}}
		for path, want := range map[string]int{h.own(): c.own, h.list(): c.desk, h.paper(): c.desk} {
			if got := client.Get(path); got.Status != want {
				t.Errorf("%s: %s answers %d, want %d", name, path, got.Status, want)
			}
		}
		if got := client.Post(h.own(), form); c.own != 200 && got.Status != c.own {
			t.Errorf("%s files: %d", name, got.Status)
		}
		if got := client.Post(h.paper(), form); got.Status != c.desk {
			t.Errorf("%s types in: %d", name, got.Status)
		}
	}
}

// TestBrowserSales sends a return from a phone in a few taps, looking at every page.
func TestBrowserSales(t *testing.T) {
	t.Parallel()
	h := newHarvest(t, "Công ty TNHH nhà máy Curcumin Bắc Hà", "HTX Nhung Lũy", "Hộ bà Nông Thị Sim")
	v := newViewer(t, h.base)
	v.Allow("422")
	v.as(h.token).see("sales", h.own())
	days := testkit.Page(t, h.owner.Get(h.own()).Body).In("input[name=day]").Each()
	v.Type("#f-amount-"+days[0].Attr("value"), "3200000")
	v.Type("#f-amount-"+days[1].Attr("value"), "51000000")
	v.Click("label[for=f-best]")
	v.Follow("main form .btn:not([type=button])")
	v.look("sales-asked")
	v.Click("label[for=f-sure]")
	v.Follow("main form .btn:not([type=button])")
	v.look("sales-sent")
	v.Open(h.base + "/ngon-ngu/en?next=" + url.QueryEscape(h.own()))
	v.look("sales-en")
	v.Open(h.base + "/ngon-ngu/vi")
	v.as(h.desk).see("sales-desk", h.list())
	v.see("sales-hidden", h.paper())
}

// The desk names phone and missing days, reminds, and prints whom to call.
func TestSalesDeskChases(t *testing.T) {
	h := newHarvest(t, "Hộ bà Nông Thị Sim")
	desk := testkit.Page(t, h.office.Get(h.list()).Body)
	desk.In("tbody").HasText("HTX Tài Hoan").HasText("Chưa kê: ")
	if tel := desk.In("tbody a").Attr("href"); !strings.HasPrefix(tel, "tel:0") {
		t.Errorf("calls %q", tel)
	}
	form := desk.Form(h.list() + "/nhac")
	told := testkit.In(t, h.office.Post(form.Action, form.Fields).Body, "#da-nhac")
	told.HasText("Đã gửi thư nhắc 1 cơ sở").HasText("1 cơ sở không có địa chỉ thư, phải gọi điện: Hộ bà Nông Thị Sim")
	again := testkit.In(t, h.office.Post(form.Action, form.Fields).Body, "#da-nhac")
	again.HasText("Đã gửi thư nhắc 0 cơ sở").HasText("vừa được nhắc trong ngày: HTX Tài Hoan")
	page := testkit.Page(t, h.office.Get(h.list()+"/can-goi").Body)
	page.In(".chase tbody tr").HasCount(2)
	page.In(".chase").HasText("HTX Tài Hoan").HasText("Đã nhắc")
	page.In("button[data-print]")
	sheet := testkit.Page(t, h.office.Get(h.paper()).Body).Form(h.paper())
	h.office.Post(h.paper(), amounts(sheet, "2.000.000", "1.000.000", "0"))
	testkit.Page(t, h.office.Get(h.list()+"/can-goi").Body).In(".chase tbody tr").HasCount(1)
}
