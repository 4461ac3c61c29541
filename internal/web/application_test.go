package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// begin opens a draft of the fair's vendor and returns the address of its form.
func (f *fair) begin() string {
	f.t.Helper()
	start := "/su-kien/" + f.event.Slug + "/dang-ky"
	page := answers(f.t, f.own.Get(start), 200)
	form := testkit.Page(f.t, page.Body).Form(start)
	return answers(f.t, f.own.Post(start, form.Fields), 303).Location
}

func TestVendorAppliesWithoutScript(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	edit := f.begin()
	root := strings.TrimSuffix(edit, "/sua")
	form := testkit.Page(t, answers(t, f.own.Get(edit), 200).Body).Form(edit)
	if form.Fields.Get("booths") != "1" || len(form.Fields["days"]) != len(f.event.Days) || form.Fields.Get("products") != string(f.product.ID) {
		t.Errorf("a new form is filled in with %v", form.Fields)
	}
	testkit.In(t, answers(t, f.own.Get(edit), 200).Body, "main").HasText("Thông tư 39/2025/TT-BCT (chưa kiểm chứng)")
	draft := pressed(t, form.Set("staff_n", "3"), "next", "save")
	if got := answers(t, f.own.Post(edit, draft.Fields), 303); got.Location != root {
		t.Errorf("after saving a draft: %s", got.Location)
	}
	form = testkit.Page(t, answers(t, f.own.Get(edit), 200).Body).Form(edit)
	if form.Fields.Get("staff_n") != "3" {
		t.Errorf("the draft kept %v", form.Fields)
	}
	full := pressed(t, form.Set("days", f.event.Days[0].Day, f.event.Days[2].Day).Set("products", string(f.product.ID)).Set("booths", "2").
		Set("vehicles", "97C-012.34"), "next", "check")
	check := answers(t, f.own.Post(edit, full.Fields), 303).Location
	page := testkit.Page(t, answers(t, f.own.Get(check), 200).Body)
	page.In("dl.summary").HasText("Miến dong Tài Hoan").HasText("2 gian").HasText("97C-012.34").HasText("29/11/2026")
	sending := page.Form(check)
	if sending.Fields.Has("pledge") {
		t.Error("the box of the pledge is ticked already")
	}
	refused := answers(t, f.own.Post(check, sending.Fields), 422)
	testkit.In(t, refused.Body, "#faults a").HasAttr("href", "#f-pledge").HasText("cam kết")
	sent := answers(t, f.own.Post(check, sending.Set("pledge", "1").Fields), 303)
	done := testkit.Page(t, answers(t, f.own.Get(sent.Location), 200).Body)
	done.In(".panel").HasText("Đã gửi đơn").HasText("Đơn số 1")
	done.In("main").HasText("Tiếp theo").HasText("Ban tổ chức xem đơn")
}

func TestSecondTryShowsTheFirstApplication(t *testing.T) {
	f := newFair(t)
	root := strings.TrimSuffix(f.begin(), "/sua")
	start := "/su-kien/" + f.event.Slug + "/dang-ky"
	testkit.In(t, answers(t, f.own.Get(start), 200).Body, "a.btn").HasAttr("href", root)
	again := answers(t, f.own.Post(start, url.Values{"vendor": {string(f.vendor.ID)}}), 303)
	if again.Location != root {
		t.Errorf("second try leads to %s, want %s", again.Location, root)
	}
}

func TestBadFormsComeBackFilled(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	edit := f.begin()
	sibling := f.Product(f.Vendor())
	form := pressed(t, testkit.Page(t, answers(t, f.own.Get(edit), 200).Body).Form(edit).
		Set("days", f.event.Days[0].Day).Set("products", string(f.product.ID)).Set("note", "Gần cổng"), "next", "check")
	for what, c := range map[string]struct {
		name, value string
		status      int
		at          string
	}{
		"letters for a number": {"staff_n", "ba", 422, "#f-staff_n"},
		"negative":             {"staff_n", "-4", 422, "#f-staff_n"},
		"foreign day":          {"days", "2026-12-24", 422, "#f-days"},
		"sibling's product":    {"products", string(sibling.ID), 422, "#f-products"},
		"10,000 letters":       {"note", strings.Repeat("ă", 10000), 422, "#f-note"},
		"stale":                {"version", "0", 409, ""},
	} {
		page := f.own.Post(edit, form.Set(c.name, c.value).Fields)
		if page.Status != c.status {
			t.Errorf("%s: status %d, want %d", what, page.Status, c.status)
			continue
		}
		if c.at != "" {
			testkit.In(t, page.Body, "#faults a").HasAttr("href", c.at)
		}
		if c.name != "note" {
			testkit.In(t, page.Body, "#f-note").HasText("Gần cổng")
		}
	}
	both := testkit.Page(t, answers(t, f.own.Post(edit, form.Set("staff_n", "ba").Set("vehicles", "x").Fields), 422).Body)
	both.In(`#faults a[href="#f-staff_n"]`)
	both.In(`#faults a[href="#f-vehicles"]`)
	both.In("#f-staff_n").HasAttr("value", "ba")
	broken := form.Fields
	broken.Set("price", "1")
	answers(t, f.own.Post(edit, broken), 400)
}

func TestIncompleteDraftIsSavedAndSaysWhatIsMissing(t *testing.T) {
	f := newFair(t)
	edit := f.begin()
	form := pressed(t, testkit.Page(t, answers(t, f.own.Get(edit), 200).Body).Form(edit).Set("note", "Nhớ hỏi điện").Set("days").Set("products"), "next", "check")
	page := testkit.Page(t, answers(t, f.own.Post(edit, form.Fields), 422).Body)
	page.In("#faults").HasText("ít nhất một ngày").HasText("ít nhất một sản phẩm")
	testkit.In(t, answers(t, f.own.Get(edit), 200).Body, "#f-note").HasText("Nhớ hỏi điện")
	full := page.Form(edit).Set("days", f.event.Days[0].Day).Set("products", string(f.product.ID))
	answers(t, f.own.Post(edit, pressed(t, full, "next", "check").Fields), 303)
}

// A vendor without products adds one on the way, and finds in the form what it had
// filled in.
func TestProductIsAddedOnTheWay(t *testing.T) {
	f := newFair(t)
	vendor, _, token := f.OwnVendor(named("Cơ sở Mới"))
	f.vendor, f.own = vendor, f.as(token)
	edit, add := f.begin(), "/gian-hang/"+string(vendor.ID)+"/san-pham/moi"
	form := testkit.Page(t, answers(t, f.own.Get(edit), 200).Body).Form(edit).Set("days", f.event.Days[1].Day).Set("note", "Gần cổng")
	if got := answers(t, f.own.Post(edit, pressed(t, form, "next", "product").Fields), 303); got.Location != add {
		t.Fatalf("adding a product leads to %s", got.Location)
	}
	page := testkit.Page(t, answers(t, f.own.Get(add), 200).Body)
	page.In(".banner a").HasAttr("href", edit)
	made := answers(t, f.own.Post(add, page.Form(add).Set("name", "Bánh khẩu sli").Set("group", string(registry.FoodGroup)).Fields), 303).Location
	made, _, _ = strings.Cut(made, "#")
	testkit.In(t, answers(t, f.own.Get(made), 200).Body, ".banner a").HasAttr("href", edit)
	form = testkit.Page(t, answers(t, f.own.Get(edit), 200).Body).Form(edit)
	if form.Fields.Get("days") != f.event.Days[1].Day || form.Fields.Get("note") != "Gần cổng" {
		t.Errorf("on return the form holds %v", form.Fields)
	}
	form.Set("products", made[strings.LastIndex(made, "/")+1:])
	testkit.In(t, answers(t, f.own.Get("/gian-hang/"+string(vendor.ID)+"/don"), 200).Body, "main").HasText("Bản nháp")
}

func TestClosedWindowSaysSo(t *testing.T) {
	f := newFair(t, testkit.InState(registry.Closed))
	start := "/su-kien/" + f.event.Slug + "/dang-ky"
	page := testkit.Page(t, answers(t, f.own.Get(start), 200).Body)
	page.In(".banner").HasText("Đã hết hạn nhận đơn")
	page.None(`form[action="` + start + `"]`)
	late := answers(t, f.own.Post(start, url.Values{"vendor": {string(f.vendor.ID)}}), 409)
	testkit.In(t, late.Body, "#faults").HasText("Đã hết hạn nhận đơn")
}

func TestApplicationBehindAnotherDoorIsNotFound(t *testing.T) {
	f := newFair(t, selfPick)
	mine := f.applied(registry.AppApproved)
	sibling, _, token := f.OwnVendor()
	theirs := f.as(token)
	for _, path := range []string{"", "/sua", "/kiem-tra", "/gian"} {
		for _, vendor := range []registry.VendorID{f.vendor.ID, sibling.ID} {
			address := "/gian-hang/" + string(vendor) + "/don/" + string(mine.ID) + path
			answers(t, theirs.Get(address), 404)
			if vendor == sibling.ID {
				answers(t, f.own.Get(address), 404)
			}
		}
	}
	for _, path := range []string{"/sua", "/kiem-tra", "/rut", "/nhan", "/gian/giu", "/gian/nhan", "/gian/bo"} {
		answers(t, theirs.Post(door(mine)+path, url.Values{}), 404)
	}
	answers(t, theirs.Get("/gian-hang/"+string(f.vendor.ID)+"/don"), 404)
	answers(t, testkit.NewClient(t, f.base).Get(door(mine)), 401)
}

func TestEveryStateHasItsPage(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	for state, want := range map[registry.ApplicationState]string{
		registry.AppDraft: "Đơn chưa gửi", registry.AppSubmitted: "Đã gửi đơn", registry.AppNeedsInfo: "cần anh/chị bổ sung",
		registry.AppApproved: "Đơn đã được duyệt: 1 gian", registry.AppWaitlisted: "đứng đầu danh sách chờ",
		registry.AppOffered: "Hạn trả lời: 10:00 23/11/2026", registry.AppDeclined: "Đơn không được duyệt",
		registry.AppWithdrawn: "Đơn đã rút", registry.AppCancelled: "Sự kiện đã hủy",
	} {
		f.event = f.Event()
		mine := f.applied(state, func(a *registry.Application) { a.OfferUntil = testkit.Written.Add(25 * time.Hour).UnixMilli() })
		testkit.In(t, answers(t, f.own.Get(door(mine)), 200).Body, "main").HasText(want)
	}
	list := testkit.Page(t, answers(t, f.own.Get("/gian-hang/"+string(f.vendor.ID)+"/don"), 200).Body)
	list.In("ul.card li").HasCount(len(registry.ApplicationStates))
}

func TestOfferIsAnsweredOnThePage(t *testing.T) {
	f := newFair(t)
	offer := func(a *registry.Application) { a.OfferUntil = testkit.Start.Add(time.Hour).UnixMilli() }
	mine := f.applied(registry.AppOffered, offer)
	page := testkit.Page(t, answers(t, f.own.Get(door(mine)), 200).Body)
	answers(t, f.own.Post(page.Form(door(mine)+"/nhan").Action, url.Values{}), 303)
	if got := f.read(mine.ID).State; got != registry.AppApproved {
		t.Errorf("accepted, but %s", got)
	}
	late := answers(t, f.own.Post(door(mine)+"/nhan", url.Values{}), 409)
	testkit.In(t, late.Body, "#faults").HasText("Lời mời đã hết hạn hoặc đã được trả lời")
	answers(t, f.own.Post(door(mine)+"/rut", url.Values{}), 303)
	testkit.In(t, answers(t, f.own.Get(door(mine)), 200).Body, "main").HasText("Đã rút đơn.")
}

func TestVendorPicksOnThePlan(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t, selfPick)
	booths := f.Booths(f.event.ID, "A", 3)
	mine := f.applied(registry.AppApproved)
	rival := f.rival("HTX Nhung Lũy", registry.AppApproved)
	pick := door(mine) + "/gian"
	page := testkit.Page(t, answers(t, f.own.Get(pick+"?gian=A01"), 200).Body)
	f.Assign(booths[0], rival)
	taken := testkit.Page(t, answers(t, f.own.Post(pick+"/giu", page.Form(pick+"/giu").Fields), 409).Body)
	taken.In("#faults").HasText("vừa có người chọn trước").LacksText("Nhung Lũy")
	taken.In("ul.chips").HasText("A02").HasText("A03").LacksText("A01")
	answers(t, f.own.Post(pick+"/giu", url.Values{"booth": {string(booths[1].ID)}}), 303)
	held := testkit.Page(t, answers(t, f.own.Get(pick), 200).Body)
	held.In("#gian").HasText("Đang giữ gian A02").HasText("Giữ đến 09:15 22/11/2026")
	f.Clock.Add(15 * time.Minute)
	late := testkit.Page(t, answers(t, f.own.Post(pick+"/nhan", held.Form(pick+"/nhan").Fields), 409).Body)
	late.In("#faults").HasText("Thời gian giữ gian đã hết")
	answers(t, f.own.Post(pick+"/giu", url.Values{"booth": {string(booths[2].ID)}}), 303)
	answers(t, f.own.Post(pick+"/bo", url.Values{}), 303)
	answers(t, f.own.Post(pick+"/giu", url.Values{"booth": {string(booths[2].ID)}}), 303)
	answers(t, f.own.Post(pick+"/nhan", url.Values{"booth": {string(booths[2].ID)}}), 303)
	testkit.In(t, answers(t, f.own.Get(door(mine)), 200).Body, "main").HasText("A03")
	other := f.Booths(f.Event(selfPick).ID, "Z", 1)[0]
	answers(t, f.own.Post(pick+"/giu", url.Values{"booth": {string(other.ID)}}), 409)
}

func TestDoorwayIsForVendors(t *testing.T) {
	f := newFair(t)
	_, token := f.VendorAccount()
	start := "/su-kien/" + f.event.Slug + "/dang-ky"
	if to := answers(t, f.as(token).Get(start), 303).Location; to != "/gian-hang/moi" {
		t.Errorf("whoever has no vendor is led to %s", to)
	}
	answers(t, f.as(token).Post(start, url.Values{"vendor": {string(f.vendor.ID)}}), 422)
	outside := testkit.NewClient(t, f.base)
	testkit.In(t, answers(t, outside.Get(start), 200).Body, "main").HasText("Tôi mới, chưa có tài khoản").HasText("Tôi đã có tài khoản")
	answers(t, outside.Post(start, url.Values{"vendor": {string(f.vendor.ID)}}), 401)
	answers(t, f.own.Get("/su-kien/khong-co/dang-ky"), 404)
	draft := f.Event(testkit.InState(registry.Draft))
	answers(t, f.own.Get("/su-kien/"+draft.Slug+"/dang-ky"), 404)
}

// TestPaperFormThroughTheOffice types in a form on paper from the first search to
// the queue.
func TestPaperFormThroughTheOffice(t *testing.T) {
	f := newFair(t, testkit.InState(registry.Closed))
	found := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don/moi?q=tai+hoan"), 200).Body)
	found.In("label").HasText("HTX Tài Hoan")
	unchosen := answers(t, f.office.Post("/quan-ly/don/moi", url.Values{"event": {string(f.event.ID)}}), 422)
	testkit.In(t, unchosen.Body, "#faults").HasText("Hãy chọn một mục")
	choice := url.Values{"event": {string(f.event.ID)}, "vendor": {string(f.vendor.ID)}}
	edit := answers(t, f.office.Post("/quan-ly/don/moi", choice), 303).Location
	form := pressed(t, testkit.Page(t, answers(t, f.office.Get(edit), 200).Body).Form(edit).
		Set("days", f.event.Days[0].Day).Set("products", string(f.product.ID)), "next", "check")
	check := answers(t, f.office.Post(edit, form.Fields), 303).Location
	page := testkit.Page(t, answers(t, f.office.Get(check), 200).Body)
	page.In("label").HasText("đã ký cam kết này trên đơn giấy")
	answers(t, f.office.Post(check, page.Form(check).Set("pledge", "1").Fields), 303)
	testkit.In(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body, "table").HasText("HTX Tài Hoan").HasText("nhập từ đơn giấy")
	again := answers(t, f.office.Post("/quan-ly/don/moi", choice), 303)
	if want := strings.TrimSuffix(edit, "/sua"); again.Location != want {
		t.Errorf("a second form leads to %s, want %s", again.Location, want)
	}
	answers(t, f.office.Get("/quan-ly/don/moi?q=khong+co+ai"), 200)
}

// TestVendorIsLedToWhatIsAskedFor: each thing leads to its field or form, is ticked off when it
// was changed, and what is left is said before the application is sent again.
func TestVendorIsLedToWhatIsAskedFor(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	ask := f.decisionOn(mine, "needs_info").Set("ask", "application:staff_n", "vendor:about", "paper:business_licence:missing").Set("papers_by", "")
	answers(t, f.office.Post(ask.Action, ask.Fields), 303)
	page := testkit.Page(t, answers(t, f.own.Get(door(mine)), 200).Body)
	page.In("#can-bo-sung h2").HasText("Cần bổ sung 3 việc")
	home := "/gian-hang/" + string(mine.Vendor)
	for i, want := range []string{door(mine) + "/sua#f-staff_n", home + "/ho-so#f-about", home + "/giay-to/moi?loai=business_licence#f-scan"} {
		if got := page.In("#can-bo-sung .tasks a").Each()[i].Attr("href"); got != want {
			t.Errorf("thing %d leads to %s, want %s", i+1, got, want)
		}
	}
	page.In(`a[href="` + door(mine) + `/kiem-tra"]`).HasText("Gửi lại, còn 3 việc chưa sửa")
	f.leadsBack(mine, "còn 3 việc chưa sửa")
	form := testkit.Page(t, answers(t, f.own.Get(door(mine)+"/sua"), 200).Body).Form(door(mine) + "/sua")
	answers(t, f.own.Post(form.Action, pressed(t, form.Set("staff_n", "7"), "next", "check").Fields), 303)
	check := testkit.Page(t, answers(t, f.own.Get(door(mine)+"/kiem-tra"), 200).Body)
	check.In("#con-mo").HasText("Còn 2 việc chưa sửa").HasText("Vẫn gửi lại được")
	check.In("#can-bo-sung").HasText("đã sửa").HasText("→ 7 người")
	f.leadsBack(mine, "còn 2 việc chưa sửa")
	send := check.Form(door(mine) + "/kiem-tra")
	answers(t, f.own.Post(send.Action, send.Set("pledge", "1").Set("answer", "Giấy phép đang xin").Fields), 303)
	testkit.In(t, answers(t, f.office.Get(reviewOf(mine)), 200).Body, "#da-hoi").HasText("Đã hỏi 3 việc, cơ sở đã sửa 1").HasText("→ 7 người")
	testkit.Page(t, answers(t, f.own.Get(door(mine)), 200).Body).None("#can-bo-sung")
	testkit.Page(t, answers(t, f.own.Get(home+"/giay-to"), 200).Body).None("#don-cho")
}

// leadsBack asserts that the pages on which a vendor mends what it was asked for lead back
// to the application, and say how it stands.
func (f *fair) leadsBack(a registry.Application, says string) {
	f.T.Helper()
	home := "/gian-hang/" + string(a.Vendor)
	for _, path := range []string{"/giay-to", "/giay-to/moi", "/san-pham", "/san-pham/moi", "/ho-so"} {
		page := testkit.Page(f.t, answers(f.t, f.own.Get(home+path), 200).Body)
		page.In("#don-cho").HasText(says)
		if got := page.In("#don-cho a").Attr("href"); got != door(a)+"#can-bo-sung" {
			f.t.Errorf("%s leads back to %s", path, got)
		}
	}
}
