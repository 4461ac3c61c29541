package web_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func reviewOf(a registry.Application) string { return "/quan-ly/don/" + string(a.ID) }

func TestQueuePageShowsWhatIsMissing(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	late := f.bare("HTX Tay Không", registry.AppSubmitted)
	f.Clock.Add(6 * 24 * time.Hour)
	_, later := f.Officer(registry.Reviewer, "19")
	f.office = f.as(later)
	ok := f.bare("HTX Đủ Giấy", registry.AppSubmitted)
	f.Certificate(registry.Vendor{ID: ok.Vendor})
	f.Certificate(registry.Vendor{ID: ok.Vendor}, func(c *registry.Certificate) { c.Kind, c.Product = registry.SelfDeclaration, ok.Products[0] })
	lapses := f.bare("HTX Sắp Hết Hạn", registry.AppSubmitted)
	f.Certificate(registry.Vendor{ID: lapses.Vendor}, func(c *registry.Certificate) { c.ValidTo = "2026-11-28" })
	page := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body)
	page.In("h1").HasText("3 đơn chờ duyệt, 1 đơn quá hạn")
	rows := page.In("tbody tr").HasCount(3).Each()
	rows[0].HasText("HTX Tay Không").HasText("quá hạn 2 ngày").HasText("Thiếu giấy ATTP")
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
	testkit.In(t, some.Body, "#con-lai").HasText("Đã duyệt 1 đơn, để lại 1 đơn").HasText("HTX Hai").HasText("Có người vừa sửa")
	answers(t, f.office.Post(form.Action, form.Set("choice", choice(two)).Fields), 303)
	for _, a := range []registry.Application{one, two} {
		if got := f.read(a.ID).State; got != registry.AppApproved {
			t.Errorf("application %d is %s", a.Number, got)
		}
	}
	answers(t, f.office.Post(form.Action, form.Set("choice", "x").Fields), 400)
}

func TestBatchApprovalKeepsTheEvent(t *testing.T) {
	f := newFair(t)
	one, query := f.applied(registry.AppSubmitted), "?event="+string(f.event.ID)
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"+query), 200).Body).Form("/quan-ly/don/duyet" + query)
	t.Run("when nothing was ticked", func(t *testing.T) {
		none := testkit.Page(t, answers(t, f.office.Post(form.Action, form.Fields), 422).Body)
		if chosen := none.In(`#f-event option[selected]`).Attr("value"); chosen != string(f.event.ID) {
			t.Errorf("the list is narrowed to %q", chosen)
		}
	})
	t.Run("when all went well", func(t *testing.T) {
		done := f.office.Post(form.Action, form.Set("choice", string(one.ID)+":"+strconv.FormatInt(one.Version, 10)).Fields)
		if done.Status != 303 || done.Location != "/quan-ly/don"+query {
			t.Errorf("it leads to %q with %d", done.Location, done.Status)
		}
	})
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

// A batch passes over who lacks papers, names it and says what is missing; the page
// of the application shows the papers and asks why it is approved all the same.
func TestBatchLeavesWhoLacksPapers(t *testing.T) {
	f := newFair(t)
	bare := f.bare("HTX Tay Không", registry.AppSubmitted)
	full := f.rival("HTX Đủ Giấy", registry.AppSubmitted)
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body).Form("/quan-ly/don/duyet")
	some := answers(t, f.office.Post(form.Action, form.Set("choice", string(bare.ID)+":1", string(full.ID)+":1").Fields), 409)
	left := testkit.In(t, some.Body, "#con-lai").HasText("Đã duyệt 1 đơn, để lại 1 đơn").HasText("HTX Tay Không").HasText("Thiếu giấy ATTP").HasText("Thiếu bản tự công bố")
	left.In("li").HasCount(1)
	if href := left.In("a").Attr("href"); href != reviewOf(bare) {
		t.Errorf("the line leads to %s", href)
	}
	if a, b := f.read(bare.ID).State, f.read(full.ID).State; a != registry.AppSubmitted || b != registry.AppApproved {
		t.Errorf("they are %s and %s", a, b)
	}

	root := reviewOf(bare)
	page := testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	page.In(".matrix tbody tr").HasCount(2)
	page.In(".matrix").HasText("thiếu").HasText("Nghị định 15/2018/NĐ-CP")
	page.In(".head").HasText("Đang nhận đơn")
	page.In("#giay-to").HasText("chưa nộp giấy tờ nào")
	empty := answers(t, f.office.Post(root+"/duyet", page.Form(root+"/duyet").Set("granted", "1").Fields), 422)
	testkit.In(t, empty.Body, "#faults").HasText("Muốn vẫn duyệt thì hãy ghi lý do")
	answers(t, f.office.Post(root+"/duyet", page.Form(root+"/duyet").Set("granted", "1").Set("reason", "Nộp trước 25/11").Fields), 303)
	testkit.Page(t, answers(t, f.office.Get(root), 200).Body).In(".story").HasText("Nộp trước 25/11")
}

// The papers of an applicant are shown where it is decided on, with the scan of each
// and a mark on each day on which one is out of force.
func TestReviewPageShowsThePapers(t *testing.T) {
	f := newFair(t)
	lapses := f.bare("HTX Sắp Hết Hạn", registry.AppSubmitted)
	scan := f.photoFile(lapses.Vendor)
	f.Certificate(registry.Vendor{ID: lapses.Vendor}, func(c *registry.Certificate) { c.ValidTo, c.File = f.event.OpensOn, scan })
	page := testkit.Page(t, answers(t, f.office.Get(reviewOf(lapses)), 200).Body)
	safety := page.In(".matrix tbody tr").Each()[0]
	safety.In("td").HasCount(len(f.event.Days))
	safety.In("td.x").HasCount(len(f.event.Days) - 1)
	safety.In("td.x").HasText("hết hạn")
	if src := page.In("#giay-to img").Attr("src"); src != "/tep/"+string(scan)+"/nho" {
		t.Errorf("the scan shown is %s", src)
	}
	page.In("#giay-to").HasText("12/2024/NNPTNT-BK")
}

// The vendor reads what it lacks before it sends its application, while it waits
// and once it is approved, each with the way to add it.
func TestVendorIsToldWhatItLacks(t *testing.T) {
	f := newFair(t)
	other := f.Product(f.vendor, func(p *registry.Product) { p.Group = registry.SpiritGroup })
	for _, state := range []registry.ApplicationState{registry.AppDraft, registry.AppSubmitted, registry.AppNeedsInfo, registry.AppWaitlisted, registry.AppOffered, registry.AppApproved} {
		event := f.Event()
		a := f.Application(event, f.vendor.ID, testkit.Standing(state), testkit.Bringing(other), func(a *registry.Application) { a.OfferUntil = f.App.NowMS() + registry.HourMS })
		part := testkit.In(t, answers(t, f.own.Get(door(a)), 200).Body, "#con-thieu").HasText("Giấy phép sản xuất rượu thủ công")
		if href := part.In("a").Attr("href"); href != "/gian-hang/"+string(f.vendor.ID)+"/giay-to/moi?loai=spirit_licence" {
			t.Errorf("%s: the task leads to %s", state, href)
		}
		if state == registry.AppDraft {
			testkit.In(t, answers(t, f.own.Get(door(a)+"/kiem-tra"), 200).Body, "#con-thieu").HasText("Vẫn gửi đơn được")
		}
		if state == registry.AppOffered {
			taken := answers(t, f.own.Post(door(a)+"/nhan", nil), 409)
			testkit.In(t, taken.Body, "#faults").HasText("Chưa nhận gian được")
		}
	}
}

// photoFile stores a scan of a vendor, for its people and reviewers alone.
func (f *fair) photoFile(vendor registry.VendorID) (id registry.FileID) {
	f.t.Helper()
	f.Write(func(tx *store.Tx) (err error) {
		id, err = tx.InsertFile(f.t.Context(), registry.File{ContentType: "image/jpeg", Name: "giay.jpg", Data: photoJPEG(f.t), Owner: vendor})
		return err
	})
	return id
}

// TestApprovedGoesBackByForm asks before an approved application goes back to the
// queue: booth and passes are named, the reason is needed.
func TestApprovedGoesBackByForm(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	a := f.applied(registry.AppApproved)
	b := f.Booths(f.event.ID, "A", 1)
	if err := f.App.Booths.AssignBooth(t.Context(), registry.SystemActor("test"), booths.BoothRef{Event: f.event.ID, Booth: b[0].ID}, a.ID); err != nil {
		t.Fatal(err)
	}
	testkit.In(t, answers(t, f.office.Get(reviewOf(a)), 200).Body, `a[href="`+reviewOf(a)+`/tra-lai"]`)
	ask := testkit.Page(t, answers(t, f.office.Get(reviewOf(a)+"/tra-lai"), 200).Body)
	ask.In("main").HasText("Gian được lấy lại: A01").HasText("Đơn giữ thứ tự")
	if ask.Find("ul.list li").Count() == 0 {
		t.Error("no pass is named")
	}
	form := ask.Form(reviewOf(a) + "/tra-lai")
	testkit.In(t, answers(t, f.office.Post(form.Action, form.Fields), 422).Body, `.faults a[href="#f-reason"]`)
	answers(t, f.office.Post(form.Action, form.Set("reason", "Giấy tờ bị thu hồi").Fields), 303)
	if got := f.read(a.ID); got.State != registry.AppSubmitted {
		t.Errorf("the application is %s", got.State)
	}
	answers(t, f.office.Get(reviewOf(a)+"/tra-lai"), 409)
	testkit.Page(t, answers(t, f.office.Get(reviewOf(a)), 200).Body).None(`a[href="` + reviewOf(a) + `/tra-lai"]`)
}
