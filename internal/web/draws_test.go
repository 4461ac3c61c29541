package web_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// drawRoot is where the office's pages of the draws of the fair's event stand.
func (f *fair) drawRoot() string { return "/quan-ly/su-kien/" + string(f.event.ID) + "/boc-tham" }

// drawStep sends a form of the desk as it stands there, with what is typed in, and returns the answer.
func (f *fair) drawStep(t *testing.T, action string, typed url.Values, want int) testkit.Answer {
	t.Helper()
	form := testkit.Page(t, answers(t, f.office.Get(f.drawRoot()), 200).Body).Form(f.drawRoot() + action)
	for name, values := range typed {
		form.Fields[name] = values
	}
	return answers(t, f.office.Post(form.Action, form.Fields), want)
}

// lockedDraw prepares and locks a draw through the pages.
func (f *fair) lockedDraw(t *testing.T, source string) {
	t.Helper()
	f.drawStep(t, "", url.Values{"place": {"hội trường UBND xã"}, "callers": {"3"}, "source": {source}}, 303)
	f.drawStep(t, "/khoa", nil, 303)
}

func (f *fair) callThree(t *testing.T) {
	t.Helper()
	for _, x := range [][2]string{{"Hoàng Văn Thành", "27"}, {"Nông Thị Mai", "405"}, {"Lường Thị Duyên", "8"}} {
		f.drawStep(t, "/goi", url.Values{"name": {x[0]}, "number": {x[1]}}, 303)
	}
}

// drawPages are the pages and answers that tell of a draw, for its office and for anybody.
func (f *fair) drawPages(t *testing.T) (all string) {
	t.Helper()
	for _, path := range []string{f.drawRoot(), f.drawRoot() + "/man-hinh", f.deskRoot()} {
		all += answers(t, f.office.Get(path), 200).Body
	}
	for _, path := range []string{"/su-kien/" + f.event.Slug + "/boc-tham", "/su-kien/" + f.event.Slug, "/api/v1/events/" + f.event.Slug + "/draws",
		"/api/v1/events/" + f.event.Slug + "/draws/1"} {
		all += answers(t, testkit.NewClient(t, f.base).Get(path), 200).Body
	}
	_, admin := f.Officer(registry.Admin, "")
	log := answers(t, f.as(admin).Get("/quan-ly/nhat-ky"), 200).Body
	testkit.Page(t, log).In("main").HasText("Khóa danh sách bốc thăm")
	return all + log
}

func (f *fair) drawLog(t *testing.T, n string) draw.Log {
	t.Helper()
	g, err := draw.Read([]byte(answers(t, testkit.NewClient(t, f.base).Get("/api/v1/events/"+f.event.Slug+"/draws/"+n), 200).Body))
	testkit.Works(t, err)
	return g
}

// TestADrawIsHeldOnThePages goes from the preparation to the booths, with what is typed wrong on the way.
func TestADrawIsHeldOnThePages(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 3)
	f.applied(registry.AppApproved)
	f.rival("HTX Nhung Lũy", registry.AppApproved)
	page := func() testkit.Doc {
		t.Helper()
		return testkit.Page(t, answers(t, f.office.Get(f.drawRoot()), 200).Body)
	}
	page().In("main").HasText("có 2 thăm cho 3 gian trống")
	testkit.Page(t, f.drawStep(t, "", url.Values{"callers": {"2"}}, 422).Body).In("#faults").HasText("từ 3 đến 9 người")
	f.drawStep(t, "", url.Values{"place": {"hội trường UBND xã"}, "source": {"xổ số miền Bắc"}}, 303)
	page().In("main").HasText("Sẵn sàng khóa: 2 thăm, 3 gian").HasText("HTX Nhung Lũy").HasText("lượt này thành lượt bỏ")
	before := page().Form(f.drawRoot() + "/khoa")
	f.Booths(f.event.ID, "B", 1)
	testkit.Page(t, answers(t, f.office.Post(before.Action, before.Fields), 409).Body).In("#faults").HasText("Danh sách vừa thay đổi")
	f.drawStep(t, "/khoa", nil, 303)
	page().In("main").HasText("Mời người thứ 1 gọi một số")
	testkit.Page(t, f.drawStep(t, "/goi", url.Values{"name": {"Nông Thị Mai"}, "number": {"1000"}}, 422).Body).In("#faults").HasText("từ 0 đến 999")
	f.callThree(t)
	again := page().Form(f.drawRoot() + "/sua-so")
	testkit.Page(t, f.drawStep(t, "/sua-so", url.Values{"call": {"2 number"}, "now": {"406"}}, 422).Body).In("#faults").HasText("Lý do")
	f.drawStep(t, "/sua-so", url.Values{"call": {"2 number"}, "now": {"406"}, "why": {"nghe nhầm"}}, 303)
	testkit.Page(t, answers(t, f.office.Post(again.Action, url.Values{"draw": again.Fields["draw"], "version": again.Fields["version"], "call": {"1 number"}, "now": {"5"},
		"why": {"x"}}), 409).Body).In("#faults")
	testkit.Page(t, f.drawStep(t, "/nguon", url.Values{"digits": {"4x"}}, 422).Body).In("#faults").HasText("chữ số")
	f.drawStep(t, "/nguon", url.Values{"digits": {"04212"}}, 303)
	f.drawStep(t, "/sua-so", url.Values{"call": {"0 source"}, "now": {"04213"}, "why": {"gõ nhầm"}}, 303)
	hall := testkit.Page(t, answers(t, f.office.Get(f.drawRoot()+"/man-hinh"), 200).Body)
	hall.In("main").HasText("Đủ 3 số").HasText("04213").HasText("gõ nhầm").HasText("406").HasText("Lường Thị Duyên")
	shown := f.drawPages(t)
	f.drawStep(t, "/mo", nil, 303)
	g := f.drawLog(t, "1")
	if strings.Contains(shown, g.Secret) {
		t.Error("a page or answer had the secret before it was opened")
	}
	if !g.Verify().OK() || len(g.Result) != 2 || len(g.Spare) != 2 || len(g.Mends) != 2 {
		t.Fatalf("%v of %+v", g.Verify(), g)
	}
	public := testkit.Page(t, answers(t, testkit.NewClient(t, f.base).Get("/su-kien/"+f.event.Slug+"/boc-tham"), 200).Body)
	public.In("h1").HasText("Đúng: tính lại ra cùng kết quả cho cả 2 gian")
	public.In("main").HasText("hoicho draw verify").HasText("406 (Nông Thị Mai)").HasText("nghe nhầm").HasText("xổ số miền Bắc: 04213")
	if phone := f.vendor.Phone; phone != "" && strings.Contains(public.In("main").Text(), phone) {
		t.Error("the public page has a phone number")
	}
	page().In("main").HasText("Đã bốc thăm 2 gian").HasText("Lượt 1")
	testkit.Page(t, answers(t, f.office.Get(f.drawRoot()+"/man-hinh"), 200).Body).In("h1").HasText(g.Result[0].Booth)
	give := testkit.Page(t, answers(t, f.office.Get(f.drawRoot()+"/1/xep"), 200).Body)
	give.In("main").HasText("Xếp được 2 gian cho 2 cơ sở")
	form := give.Form("")
	answers(t, f.office.Post(f.drawRoot()+"/1/xep", form.Fields), 303)
	for _, r := range g.Result {
		if b := f.boothsOf(f.event.ID)[r.Booth]; b.State != registry.BoothAssigned {
			t.Errorf("%s is %s", r.Booth, b.State)
		}
	}
	booths := f.boothsOf(f.event.ID)
	from, to := booths[g.Result[0].Booth], booths["B01"]
	desk := testkit.Page(t, answers(t, f.office.Get(f.deskRoot()+"?gian="+from.Code), 200).Body)
	move := desk.Form(f.deskRoot() + "/" + string(from.ID) + "/chuyen")
	move.Fields.Set("with", string(to.ID))
	testkit.Page(t, answers(t, f.office.Post(move.Action, move.Fields), 422).Body).In("#faults").HasText("bốc thăm công khai")
	move.Fields.Set("why", "cột điện chắn cửa gian")
	answers(t, f.office.Post(move.Action, move.Fields), 303)
	if moved := f.Audited("booth.move"); len(moved) != 1 || !strings.Contains(moved[0].Detail, "cột điện") {
		t.Errorf("the log of the move: %+v", moved)
	}
	if again := f.drawLog(t, "1"); again.RecordCode != g.RecordCode {
		t.Error("a move changed the result")
	}
	late := answers(t, f.office.Post(f.drawRoot()+"/1/xep", form.Fields), 409)
	testkit.Page(t, late.Body).In("main").HasText("Không còn gian nào xếp theo kết quả này")
	if pdf := answers(t, f.office.Get(f.drawRoot()+"/1/bien-ban.pdf"), 200); !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Errorf("minutes: %.20q", pdf.Body)
	}
	for _, n := range []string{"2", "0", "x"} {
		answers(t, f.office.Get(f.drawRoot()+"/"+n+"/bien-ban.pdf"), 404)
		answers(t, f.office.Get(f.drawRoot()+"/"+n+"/xep"), 404)
	}
}

// TestADrawIsStoppedOnThePages: it stays as void with its reason; one that was only prepared is dropped.
func TestADrawIsStoppedOnThePages(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 1)
	f.applied(registry.AppApproved)
	f.drawStep(t, "", url.Values{"place": {"sân xã"}}, 303)
	f.drawStep(t, "/sua", url.Values{"place": {"hội trường"}, "callers": {"4"}}, 303)
	f.drawStep(t, "/bo", nil, 303)
	f.lockedDraw(t, "")
	testkit.Page(t, f.drawStep(t, "/dung", nil, 422).Body).In("#faults").HasText("Lý do")
	f.drawStep(t, "/dung", url.Values{"reason": {"mất điện"}}, 303)
	testkit.Page(t, answers(t, f.office.Get(f.drawRoot()), 200).Body).In("main").HasText("lượt bỏ").HasText("mất điện")
	answers(t, f.office.Get(f.drawRoot()+"/1/xep"), 409)
	testkit.Page(t, answers(t, f.office.Get(f.drawRoot()+"/man-hinh"), 200).Body).In("main").HasText("mất điện")
	_, viewer := f.Officer(registry.Viewer, "19")
	if body := answers(t, f.as(viewer).Get(f.drawRoot()), 200).Body; strings.Contains(body, "<form method=\"post\" action=\""+f.drawRoot()) {
		t.Error("who only looks gets a form")
	}
	answers(t, f.as(viewer).Post(f.drawRoot(), url.Values{"place": {"x"}}), 404)
}

// TestAResultKeepsItsDoor: while a next draw is only prepared, and once that was stopped, the desk still leads to the giving of the
// result that counts; a draw that is prepared when the event is over can be dropped.
func TestAResultKeepsItsDoor(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 1)
	f.applied(registry.AppApproved)
	f.lockedDraw(t, "")
	f.callThree(t)
	f.drawStep(t, "/mo", nil, 303)
	give := `a[href="` + f.drawRoot() + `/1/xep"]`
	desk := func() testkit.Doc { return testkit.Page(t, answers(t, f.office.Get(f.drawRoot()), 200).Body) }
	f.drawStep(t, "", url.Values{"place": {"sân xã"}, "callers": {"3"}, "again": {"thử"}}, 303)
	desk().In(give).HasCount(1)
	desk().In("main").HasText("Kết quả của lượt 1 vẫn là kết quả được dùng")
	f.drawStep(t, "/khoa", nil, 303)
	f.drawStep(t, "/dung", url.Values{"reason": {"mất điện"}}, 303)
	desk().In(give).HasCount(1)
	f.drawStep(t, "", url.Values{"place": {"sân xã"}, "callers": {"3"}, "again": {"thử nữa"}}, 303)
	admin, _ := f.Officer(registry.Admin, "")
	d, err := f.App.Draws.Desk(t.Context(), admin, f.event.ID)
	testkit.Works(t, err)
	testkit.Works(t, f.App.Lifecycle.StepEvent(t.Context(), admin, f.event.ID, lifecycle.StepInput{To: registry.Cancelled, Reason: "bão", Version: d.Event.Version}))
	f.drawStep(t, "/bo", nil, 303)
}

// drawAt brings a draw of an event of its own so far: prepared, or locked with so many numbers called.
func drawAt(t *testing.T, k *testkit.Kit, locked bool, calls int) registry.Event {
	t.Helper()
	e := k.Event(testkit.InState(registry.Open))
	k.Booths(e.ID, "A", 2)
	v, _, _ := k.OwnVendor()
	k.Application(e, v.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(k.Product(v)))
	officer, _ := k.Officer(registry.Organiser, "19")
	ctx := t.Context()
	desk := func() (appdraw.Desk, appdraw.Ref) {
		d, err := k.App.Draws.Desk(ctx, officer, e.ID)
		testkit.Works(t, err)
		return d, appdraw.Ref{Event: e.ID, ID: d.Open.ID, Version: d.Open.Version}
	}
	testkit.Works(t, k.App.Draws.Prepare(ctx, officer, e.ID, appdraw.Input{Place: "hội trường", Callers: "3", Source: "xổ số miền Bắc"}))
	if !locked {
		return e
	}
	d, ref := desk()
	testkit.Works(t, k.App.Draws.Lock(ctx, officer, ref, d.Mark))
	for n := range calls {
		_, ref = desk()
		testkit.Works(t, k.App.Draws.Call(ctx, officer, ref, appdraw.CallInput{Name: "Người " + strconv.Itoa(n+1), Number: strconv.Itoa(100 * n)}))
	}
	return e
}
