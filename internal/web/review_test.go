package web_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func reviewOf(a registry.Application) string { return "/quan-ly/don/" + string(a.ID) }

func TestQueuePageShowsWhatIsMissing(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	late := f.applied(registry.AppSubmitted)
	f.Clock.Add(6 * 24 * time.Hour)
	_, later := f.Officer(registry.Reviewer, "19")
	f.office = f.as(later)
	ok := f.rival("HTX Đủ Giấy", registry.AppSubmitted)
	f.Certificate(registry.Vendor{ID: ok.Vendor})
	f.Certificate(registry.Vendor{ID: ok.Vendor}, func(c *registry.Certificate) { c.Kind, c.Product = registry.SelfDeclaration, ok.Products[0] })
	lapses := f.rival("HTX Sắp Hết Hạn", registry.AppSubmitted)
	f.Certificate(registry.Vendor{ID: lapses.Vendor}, func(c *registry.Certificate) { c.ValidTo = "2026-11-28" })
	page := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body)
	page.In("h1").HasText("3 đơn chờ duyệt, 1 đơn quá hạn")
	rows := page.In("tbody tr").HasCount(3).Each()
	rows[0].HasText("HTX Tài Hoan").HasText("quá hạn 2 ngày").HasText("Thiếu giấy ATTP")
	rows[1].HasText("Đủ đến hết 29/11").HasText("hôm nay")
	rows[2].HasText("Hết hạn 28/11, trước ngày cuối: giấy ATTP")
	if link := rows[0].In("a").Attr("href"); link != reviewOf(late) {
		t.Errorf("the first row opens %s", link)
	}
	other := f.Event()
	testkit.Page(t, answers(t, f.office.Get("/quan-ly/don?event="+string(other.ID)), 200).Body).None("tbody tr")
	for _, query := range []string{"?state=xxx", "?after=%27", "?event=none", "?state=draft"} {
		answers(t, f.office.Get("/quan-ly/don"+query), 200)
	}
}

func TestBatchApproval(t *testing.T) {
	f := newFair(t)
	one, two := f.applied(registry.AppSubmitted), f.rival("HTX Hai", registry.AppSubmitted)
	page := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body)
	form := page.Form("/quan-ly/don/duyet")
	none := answers(t, f.office.Post(form.Action, form.Fields), 422)
	testkit.In(t, none.Body, "#faults").HasText("Hãy chọn ít nhất một đơn")
	choice := func(a registry.Application) string { return string(a.ID) + ":" + strconv.FormatInt(a.Version, 10) }
	some := answers(t, f.office.Post(form.Action, form.Set("choice", choice(one), string(two.ID)+":99").Fields), 409)
	testkit.In(t, some.Body, "#faults").HasText("Đã duyệt 1 đơn; 1 đơn chưa duyệt được")
	answers(t, f.office.Post(form.Action, form.Set("choice", choice(two)).Fields), 303)
	for _, a := range []registry.Application{one, two} {
		if got := f.read(a.ID).State; got != registry.AppApproved {
			t.Errorf("application %d is %s", a.Number, got)
		}
	}
	answers(t, f.office.Post(form.Action, form.Set("choice", "x").Fields), 400)
}

func TestReviewPageDecides(t *testing.T) {
	f := newFair(t, func(e *registry.Event) { e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 1}} })
	f.rival("HTX Đầy", registry.AppApproved)
	mine := f.applied(registry.AppSubmitted, testkit.Wishing(3))
	root := reviewOf(mine)
	page := testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	page.In("main").HasText("HTX Tài Hoan").HasText("Miến dong Tài Hoan").HasText("1/1 gian")
	empty := answers(t, f.office.Post(root+"/hoi-them", page.Form(root+"/hoi-them").Fields), 422)
	testkit.In(t, empty.Body, "#faults").HasText("Hãy viết lý do")
	testkit.In(t, empty.Body, "details[open]").HasText("Hỏi thêm")
	answers(t, f.office.Post(root+"/hoi-them", page.Form(root+"/hoi-them").Set("reason", "Gửi ảnh nhãn").Fields), 303)
	stale := answers(t, f.office.Post(root+"/duyet", page.Form(root+"/duyet").Fields), 409)
	testkit.In(t, stale.Body, "#faults").HasText("Có người vừa sửa")
	testkit.In(t, answers(t, f.own.Get(door(mine)), 200).Body, ".banner").HasText("Gửi ảnh nhãn")
	page = testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	answers(t, f.office.Post(root+"/duyet", page.Form(root+"/duyet").Set("granted", "9").Fields), 422)
	answers(t, f.office.Post(root+"/duyet", page.Form(root+"/duyet").Set("granted", "2").Fields), 303)
	if a := f.read(mine.ID); a.State != registry.AppApproved || a.Granted != 2 {
		t.Errorf("approved as %s with %d booths", a.State, a.Granted)
	}
	page = testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	answers(t, f.office.Post(root+"/tu-choi", page.Form(root+"/tu-choi").Set("reason", "Hàng giả nhãn").Fields), 303)
	page = testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	page.None("form[action=" + root + "/duyet]")
	page.In(".story").HasText("Hàng giả nhãn").HasText("Gửi ảnh nhãn")
}

func TestWaitlistFromThePage(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	root := reviewOf(mine)
	page := testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	answers(t, f.office.Post(root+"/cho", page.Form(root+"/cho").Fields), 303)
	testkit.In(t, answers(t, f.office.Get("/quan-ly/don?state=waitlisted"), 200).Body, "tbody").HasText("HTX Tài Hoan")
}

func TestInternalNotesAreForTheOffice(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	answers(t, f.office.Post(reviewOf(mine)+"/ghi-chu", url.Values{"note": {"Nghi hàng <b>nhập</b>"}}), 303)
	testkit.In(t, answers(t, f.office.Get(reviewOf(mine)), 200).Body, ".story .internal").HasText("Nghi hàng <b>nhập</b>")
	if body := answers(t, f.own.Get(door(mine)), 200).Body; strings.Contains(body, "Nghi hàng") {
		t.Error("the vendor reads an internal note")
	}
	answers(t, f.office.Post(reviewOf(mine)+"/ghi-chu", url.Values{}), 422)
	answers(t, f.office.Post(reviewOf(mine)+"/ghi-chu", url.Values{"note": {strings.Repeat("x", 10000)}}), 422)
}

func TestReviewIsForItsArea(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	_, elsewhere := f.Officer(registry.Organiser, "01")
	_, viewer := f.Officer(registry.Viewer, "19")
	for who, token := range map[string]string{"elsewhere": elsewhere, "viewer": viewer, "vendor": f.token} {
		c := f.as(token)
		for _, path := range []string{"", "/sua", "/kiem-tra"} {
			if got := c.Get(reviewOf(mine) + path); got.Status != 404 {
				t.Errorf("%s reads %s: %d", who, path, got.Status)
			}
		}
		for _, path := range []string{"/duyet", "/hoi-them", "/cho", "/tu-choi", "/ghi-chu", "/sua", "/kiem-tra"} {
			if got := c.Post(reviewOf(mine)+path, url.Values{}); got.Status != 404 {
				t.Errorf("%s posts %s: %d", who, path, got.Status)
			}
		}
	}
	if got := f.read(mine.ID); got.Version != mine.Version {
		t.Error("somebody without the right changed the application")
	}
}

func TestQueueOfOneEvent(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	other := f.Event()
	here, there := "/quan-ly/su-kien/"+string(f.event.ID)+"/don", "/quan-ly/su-kien/"+string(other.ID)+"/don"
	page := testkit.Page(t, answers(t, f.office.Get(here), 200).Body)
	page.In("h1").HasText(f.event.Title)
	page.In("tbody").HasText("HTX Tài Hoan")
	testkit.Page(t, answers(t, f.office.Get(there), 200).Body).None("tbody tr")
	form := page.Form(here + "/duyet")
	answers(t, f.office.Post(form.Action, form.Fields), 422)
	done := answers(t, f.office.Post(form.Action, form.Set("choice", string(mine.ID)+":1").Fields), 303)
	if done.Location != here {
		t.Errorf("goes on to %s, want %s", done.Location, here)
	}
	answers(t, f.office.Get("/quan-ly/su-kien/khong-co/don"), 404)
}
