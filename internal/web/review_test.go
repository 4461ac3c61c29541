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

func choiceOf(a registry.Application) string {
	return string(a.ID) + ":" + strconv.FormatInt(a.Version, 10)
}

// sureOf sends a batch and answers the question that comes back.
func (f *fair) sureOf(form testkit.Form, to string, choices ...string) testkit.Form {
	f.t.Helper()
	asked := answers(f.t, f.office.Post(form.Action, pressed(f.t, form.Set("choice", choices...), "to", to).Fields), 200)
	return testkit.Page(f.t, asked.Body).Form(form.Action)
}

func TestBatchApproval(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 3)
	one, two := f.applied(registry.AppSubmitted), f.rival("HTX Hai", registry.AppSubmitted)
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body).Form("/quan-ly/don/loat")
	t.Run("of nothing is refused", func(t *testing.T) {
		none := answers(t, f.office.Post(form.Action, pressed(t, form, "to", "approved").Fields), 422)
		testkit.In(t, none.Body, "#faults").HasText("Hãy chọn ít nhất một đơn")
	})
	t.Run("asks first, with its effects in numbers", func(t *testing.T) {
		asked := answers(t, f.office.Post(form.Action, pressed(t, form.Set("choice", choiceOf(one), string(two.ID)+":99"), "to", "approved").Fields), 200)
		testkit.In(t, asked.Body, "main").HasText("Duyệt 1 đơn?").HasText("Hứa 1 gian").HasText("đang còn 3 gian, sau khi duyệt còn 2").HasText("1 cơ sở được báo qua thư")
		testkit.In(t, asked.Body, "#bo-qua").HasText("Bỏ qua 1 đơn").HasText("HTX Hai").HasText("Có người vừa sửa")
		if f.read(one.ID).State != registry.AppSubmitted {
			t.Error("approved before the question was answered")
		}
	})
	t.Run("says what it did and what it left", func(t *testing.T) {
		sure := f.sureOf(form, "approved", choiceOf(one), string(two.ID)+":99")
		some := answers(t, f.office.Post(sure.Action, sure.Fields), 409)
		testkit.In(t, some.Body, "#con-lai").HasText("Đã duyệt 1, bỏ qua 1: Có người vừa sửa").HasText("HTX Hai")
	})
	t.Run("says how many", func(t *testing.T) {
		sure := f.sureOf(form, "approved", choiceOf(two))
		answers(t, f.office.Post(sure.Action, sure.Fields), 303)
		testkit.In(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body, ".flash").HasText("Đã duyệt 1 đơn")
	})
	for _, a := range []registry.Application{one, two} {
		if got := f.read(a.ID).State; got != registry.AppApproved {
			t.Errorf("application %d is %s", a.Number, got)
		}
	}
	t.Run("of nonsense is refused", func(t *testing.T) {
		answers(t, f.office.Post(form.Action, pressed(t, form.Set("choice", "x"), "to", "approved").Fields), 400)
		answers(t, f.office.Post(form.Action, url.Values{"to": {"declined"}, "choice": {choiceOf(one)}}), 422)
	})
	t.Run("that can approve none offers no button", func(t *testing.T) {
		asked := answers(t, f.office.Post(form.Action, pressed(t, form.Set("choice", choiceOf(one)), "to", "approved").Fields), 200)
		testkit.In(t, asked.Body, "h1").HasText("Không duyệt được đơn nào")
		testkit.Page(t, asked.Body).None("form[action=/quan-ly/don/loat]")
	})
}

func TestBatchAsksForMore(t *testing.T) {
	f := newFair(t)
	one, two := f.applied(registry.AppSubmitted), f.bare("HTX Tay Không", registry.AppSubmitted)
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body).Form("/quan-ly/don/loat")
	sure := f.sureOf(form, "needs_info", choiceOf(one), choiceOf(two))
	empty := answers(t, f.office.Post(sure.Action, sure.Set("ask").Fields), 422)
	testkit.In(t, empty.Body, `.faults a[href="#f-reason"]`).HasText("Chưa hỏi việc gì")
	answers(t, f.office.Post(sure.Action, sure.Set("reason", "Gửi ảnh nhãn").Fields), 303)
	for _, a := range []registry.Application{one, two} {
		if got := f.read(a.ID); got.State != registry.AppNeedsInfo || got.Reason != "Gửi ảnh nhãn" {
			t.Errorf("application %d is %s, told %q", a.Number, got.State, got.Reason)
		}
	}
	form = testkit.Page(t, answers(t, f.office.Get("/quan-ly/don?state=needs_info"), 200).Body).Form("/quan-ly/don/loat")
	sure = f.sureOf(form, "waitlisted", choiceOf(f.read(one.ID)), choiceOf(f.read(two.ID)))
	done := answers(t, f.office.Post(sure.Action, sure.Fields), 303)
	if !strings.HasPrefix(done.Location, "/quan-ly/don?state=needs_info&loat=waitlisted.") || f.read(two.ID).State != registry.AppWaitlisted {
		t.Errorf("it leads to %s, the application is %s", done.Location, f.read(two.ID).State)
	}
}

func TestBatchApprovalKeepsTheEvent(t *testing.T) {
	f := newFair(t)
	one, query := f.applied(registry.AppSubmitted), "?event="+string(f.event.ID)
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"+query), 200).Body).Form("/quan-ly/don/loat")
	t.Run("when nothing was ticked", func(t *testing.T) {
		none := testkit.Page(t, answers(t, f.office.Post(form.Action, pressed(t, form, "to", "approved").Fields), 422).Body)
		if chosen := none.In(`#f-event option[selected]`).Attr("value"); chosen != string(f.event.ID) {
			t.Errorf("the list is narrowed to %q", chosen)
		}
	})
	t.Run("when all went well", func(t *testing.T) {
		sure := f.sureOf(form, "approved", choiceOf(one))
		done := f.office.Post(sure.Action, sure.Fields)
		if done.Status != 303 || !strings.HasPrefix(done.Location, "/quan-ly/don?state=submitted&event="+string(f.event.ID)+"&loat=approved.") {
			t.Errorf("it leads to %q with %d", done.Location, done.Status)
		}
	})
}

// decisionOn is the form of an application's decision.
func (f *fair) decisionOn(a registry.Application, decision string) testkit.Form {
	f.t.Helper()
	page := testkit.Page(f.t, answers(f.t, f.office.Get(reviewOf(a)), 200).Body)
	return page.Form(reviewOf(a)+"/quyet-dinh").Set("decision", decision)
}

func TestReviewPageDecides(t *testing.T) {
	f := newFair(t, func(e *registry.Event) { e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 1}} })
	f.rival("HTX Đầy", registry.AppApproved)
	mine := f.applied(registry.AppSubmitted, testkit.Wishing(3))
	root := reviewOf(mine)
	page := testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	page.In("main").HasText("HTX Tài Hoan").HasText("Miến dong Tài Hoan").HasText("1/1 gian")
	page.In("h1").HasText("HTX Tài Hoan: đủ giấy tờ")
	ask := f.decisionOn(mine, "needs_info")
	empty := answers(t, f.office.Post(ask.Action, ask.Fields), 422)
	testkit.In(t, empty.Body, `.faults a[href="#f-reason"]`).HasText("Chưa hỏi việc gì")
	testkit.In(t, empty.Body, "input[value=needs_info][checked]")
	none := answers(t, f.office.Post(ask.Action, ask.Set("decision", "xxx").Fields), 422)
	testkit.In(t, none.Body, `.faults a[href="#f-decision"]`).HasText("Hãy chọn một quyết định")
	answers(t, f.office.Post(ask.Action, ask.Set("reason", "Gửi ảnh nhãn").Set("papers_by", "").Fields), 303)
	stale := answers(t, f.office.Post(ask.Action, ask.Set("decision", "approved").Fields), 409)
	testkit.In(t, stale.Body, "#faults").HasText("Có người vừa sửa")
	testkit.In(t, answers(t, f.own.Get(door(mine)), 200).Body, ".banner").HasText("Gửi ảnh nhãn")
	yes := f.decisionOn(mine, "approved")
	answers(t, f.office.Post(yes.Action, yes.Set("granted", "9").Fields), 422)
	answers(t, f.office.Post(yes.Action, yes.Set("granted", "2").Fields), 303)
	if a := f.read(mine.ID); a.State != registry.AppApproved || a.Granted != 2 {
		t.Errorf("approved as %s with %d booths", a.State, a.Granted)
	}
	no := f.decisionOn(mine, "declined")
	answers(t, f.office.Post(no.Action, no.Set("reason", "Hàng giả nhãn").Fields), 303)
	page = testkit.Page(t, answers(t, f.office.Get(root), 200).Body)
	page.None("form[action=" + root + "/quyet-dinh]")
	page.In(".story").HasText("Hàng giả nhãn").HasText("Gửi ảnh nhãn")
}

func TestWaitlistFromThePage(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	form := f.decisionOn(mine, "waitlisted")
	answers(t, f.office.Post(form.Action, form.Fields), 303)
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
		for _, path := range []string{"/quyet-dinh", "/hoan-tac", "/giay-to/x/doi-chieu", "/ghi-chu", "/sua", "/kiem-tra"} {
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
	form := page.Form(here + "/loat")
	answers(t, f.office.Post(form.Action, pressed(t, form, "to", "approved").Fields), 422)
	sure := f.sureOf(form, "approved", choiceOf(mine))
	done := answers(t, f.office.Post(sure.Action, sure.Fields), 303)
	if !strings.HasPrefix(done.Location, here+"?state=submitted&loat=approved.") {
		t.Errorf("goes on to %s, want the list of %s with the way back from the batch", done.Location, here)
	}
	answers(t, f.office.Get("/quan-ly/su-kien/khong-co/don"), 404)
}

// A batch passes over who lacks papers, names it and says what is missing; the page
// of the application shows the papers and asks why it is approved all the same.
func TestBatchLeavesWhoLacksPapers(t *testing.T) {
	f := newFair(t)
	bare := f.bare("HTX Tay Không", registry.AppSubmitted)
	full := f.rival("HTX Đủ Giấy", registry.AppSubmitted)
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body).Form("/quan-ly/don/loat")
	sure := f.sureOf(form, "approved", string(bare.ID)+":1", string(full.ID)+":1")
	some := answers(t, f.office.Post(sure.Action, sure.Fields), 409)
	left := testkit.In(t, some.Body, "#con-lai").HasText("Đã duyệt 1, bỏ qua 1: Thiếu giấy ATTP").HasText("HTX Tay Không").HasText("Thiếu bản tự công bố")
	left.In("li").HasCount(1)
	if href := left.In("a").Attr("href"); href != reviewOf(bare) {
		t.Errorf("the line leads to %s", href)
	}
	if a, b := f.read(bare.ID).State, f.read(full.ID).State; a != registry.AppSubmitted || b != registry.AppApproved {
		t.Errorf("they are %s and %s", a, b)
	}
}

// TestBatchPassesOverWhoLacksNothing: asking for what the program found is no question to
// whom it found complete, and nothing is said of approvals, which a batch may not give to
// whom something lacks.
func TestBatchPassesOverWhoLacksNothing(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 3)
	whole := f.bare("HTX Đủ Giấy", registry.AppSubmitted)
	f.Certificate(registry.Vendor{ID: whole.Vendor})
	f.Certificate(registry.Vendor{ID: whole.Vendor}, func(c *registry.Certificate) { c.Kind, c.Product = registry.SelfDeclaration, whole.Products[0] })
	bare := f.bare("HTX Tay Không", registry.AppSubmitted)
	testkit.In(t, answers(t, f.office.Get(reviewOf(whole)), 200).Body, ".asks").HasText("không thấy đơn này thiếu gì").None(".choice .hint")
	testkit.In(t, answers(t, f.office.Get(reviewOf(bare)), 200).Body, ".asks").HasText("Đã đánh dấu sẵn").In(".choice .hint").HasText("Nghị định 15/2018/NĐ-CP")
	form := testkit.Page(t, answers(t, f.office.Get("/quan-ly/don"), 200).Body).Form("/quan-ly/don/loat")
	const rule = "không duyệt theo loạt"
	approve := f.sureOf(form, "approved", choiceOf(whole), choiceOf(bare))
	sure := answers(t, f.office.Post(form.Action, pressed(t, form.Set("choice", choiceOf(whole), choiceOf(bare)), "to", "needs_info").Fields), 200)
	testkit.In(t, sure.Body, "main").HasText("Hỏi thêm nhiều nhất 2 đơn?").HasText("Gửi yêu cầu cho nhiều nhất 2 đơn").HasText("1 đơn có mục chưa đủ").LacksText("không thấy đơn này thiếu gì")
	ask := testkit.Page(t, sure.Body).Form(form.Action)
	asked := answers(t, f.office.Post(ask.Action, ask.Fields), 409)
	testkit.In(t, asked.Body, "#con-lai").HasText("Đã hỏi thêm 1, bỏ qua 1: Hệ thống không thấy đơn này thiếu gì").HasText("HTX Đủ Giấy")
	if strings.Contains(asked.Body, rule) {
		t.Error("a batch that asks tells how approvals go")
	}
	if a, b := f.read(whole.ID).State, f.read(bare.ID).State; a != registry.AppSubmitted || b != registry.AppNeedsInfo {
		t.Errorf("they are %s and %s", a, b)
	}
	approve = approve.Set("choice", choiceOf(whole), choiceOf(f.read(bare.ID)))
	testkit.In(t, answers(t, f.office.Post(approve.Action, approve.Fields), 409).Body, "#con-lai").HasText("HTX Tay Không").HasText(rule)
}

// TestReviewPageOfWhoLacksPapers says what is missing, asks for just that, and lets it be
// approved only with a tick, a day and a reason.
func TestReviewPageOfWhoLacksPapers(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	bare := f.bare("HTX Tay Không", registry.AppSubmitted)
	page := testkit.Page(t, answers(t, f.office.Get(reviewOf(bare)), 200).Body)
	t.Run("says what is wrong", func(t *testing.T) {
		page.In("h1").HasText("HTX Tay Không: thiếu 2 giấy")
		page.In(".matrix tbody tr").HasCount(2)
		page.In(".matrix").HasText("thiếu").HasText("Nghị định 15/2018/NĐ-CP")
		page.In(".head").HasText("Đang nhận đơn").HasText("xin 1 gian")
		page.In("#giay-to").HasText("chưa nộp giấy tờ nào")
		page.In("input[value=needs_info][checked]")
	})
	yes := f.decisionOn(bare, "approved").Set("papers_by", "")
	t.Run("is not approved by the way", func(t *testing.T) {
		empty := answers(t, f.office.Post(yes.Action, yes.Fields), 422)
		faults := testkit.In(t, empty.Body, "#faults").HasText("Muốn vẫn duyệt thì hãy ghi lý do")
		for _, name := range []string{"anyway", "papers_by", "reason"} {
			faults.In(`a[href="#f-` + name + `"]`)
		}
		for name, form := range map[string]testkit.Form{
			"without a tick":   yes.Set("reason", "Hẹn nộp").Set("papers_by", "25/11/2026"),
			"without a day":    yes.Set("reason", "Hẹn nộp").Set("anyway", "1"),
			"without a reason": yes.Set("papers_by", "25/11/2026").Set("anyway", "1"),
			"a day long past":  yes.Set("reason", "Hẹn nộp").Set("anyway", "1").Set("papers_by", "25/11/2020"),
			"a day too late":   yes.Set("reason", "Hẹn nộp").Set("anyway", "1").Set("papers_by", "25/12/2026"),
		} {
			refused := answers(t, f.office.Post(form.Action, form.Fields), 422)
			testkit.In(t, refused.Body, "#faults")
			if got := f.read(bare.ID).State; got != registry.AppSubmitted {
				t.Errorf("%s: it is %s", name, got)
			}
		}
	})
	t.Run("is asked for what is missing, and by when", func(t *testing.T) {
		ask := f.decisionOn(bare, "needs_info").Set("reason", "Anh chị chụp gửi lại giúp.").Set("papers_by", "25/11/2026")
		answers(t, f.office.Post(ask.Action, ask.Fields), 303)
		got := f.read(bare.ID)
		if want := "Bổ sung trước ngày 25/11/2026.\nAnh chị chụp gửi lại giúp."; got.Reason != want || len(got.Asks) == 0 || got.Asks[0].Key() != "paper:food_cert:missing" {
			t.Errorf("the vendor is told %q and asked for %+v", got.Reason, got.Asks)
		}
		page := testkit.Page(t, answers(t, f.office.Get(reviewOf(bare)), 200).Body)
		page.In("#da-hoi").HasText("cơ sở đã sửa 0").HasText("chưa sửa")
		page.In(".story").HasText("– Thiếu giấy: Giấy chứng nhận đủ điều kiện an toàn thực phẩm")
	})
	t.Run("is not asked for what it was never told", func(t *testing.T) {
		bad := f.bare("HTX Khác", registry.AppSubmitted)
		ask := f.decisionOn(bad, "needs_info").Set("ask", "paper:passport:missing")
		refused := answers(t, f.office.Post(ask.Action, ask.Fields), 422)
		testkit.In(t, refused.Body, `.faults a[href="#f-ask"]`).HasText("Không có mục “paper:passport:missi…”")
	})
	t.Run("is approved for a reason that is kept", func(t *testing.T) {
		yes := f.decisionOn(bare, "approved").Set("anyway", "1").Set("reason", "Đã hẹn nộp").Set("papers_by", "25/11")
		answers(t, f.office.Post(yes.Action, yes.Fields), 303)
		story := testkit.Page(t, answers(t, f.office.Get(reviewOf(bare)), 200).Body).In(".story")
		story.HasText("Đã hẹn nộp").HasText("Bổ sung trước ngày 25/11/2026.")
	})
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
