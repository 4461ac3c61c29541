package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// doubled lets the same staff pass in at both gates of the desk's event while
// they are cut off, and returns its code.
func (d *gateDesk) doubled() {
	d.t.Helper()
	staff := testkit.PassesOfKind(d.k.Stall(d.event, 7), registry.StaffPass)[0]
	for _, number := range []int{1, 2} {
		p := d.k.Phone(d.event.ID, registry.Steward, number)
		d.k.Clock.Add(3 * time.Minute)
		if _, err := d.k.App.Admission.Scan(d.t.Context(), p.Device, p.Batch(p.Scan(staff, testkit.Offline(registry.VerdictOK)))); err != nil {
			d.t.Fatal(err)
		}
	}
}

// TestChiefClosesADifference: the page names both gates and both times, takes a
// word once, refuses what is none, and gives it back when it is opened again.
func TestChiefClosesADifference(t *testing.T) {
	d := newGateDesk(t)
	d.doubled()
	page := testkit.Page(t, answers(t, d.c.Get(d.root+"/doi-chieu"), 200).Body)
	page.In("main").HasText("1 dòng chờ xem, 0 dòng đã kết luận").HasText("đã vào hai lần").HasText("Cổng A").HasText("Cổng B").HasText("gian A07")
	live := testkit.Page(t, answers(t, d.c.Get(d.root+"/truc-tiep"), 200).Body)
	live.In("#waiting").HasText("1 điểm chênh lệch chờ trưởng cổng xem")
	action := d.root + "/doi-chieu?"
	bad := d.submit(d.root+"/doi-chieu", action, url.Values{"word": {"other"}, "note": {""}})
	if bad.Status != 422 || !strings.Contains(bad.Body, `id="f-note"`) || !strings.Contains(bad.Body, "<details class=\"more\" open>") {
		t.Errorf("other without a note: %d", bad.Status)
	}
	form := page.In("main").Form(action).Set("word", "right_person").Set("note", "đã gọi <b>điện</b>")
	answers(t, d.c.Post(form.Action, form.Fields), 303)
	if again := d.c.Post(form.Action, form.Fields); again.Status != 409 {
		t.Errorf("closed twice: %d", again.Status)
	}
	testkit.Page(t, d.c.Get(d.root+"/truc-tiep").Body).None("#waiting")
	closed := testkit.Page(t, answers(t, d.c.Get(d.root+"/doi-chieu?xem=dong"), 200).Body)
	closed.In("main").HasText("Đã kiểm tra, đúng người").HasText("đã gọi <b>điện</b>").HasText("0 dòng chờ xem, 1 dòng đã kết luận")
	reopen := closed.In("main").Form(d.root + "/doi-chieu/mo-lai?xem=dong")
	answers(t, d.c.Post(reopen.Action, reopen.Fields), 303)
	testkit.Page(t, d.c.Get(d.root+"/doi-chieu").Body).In("main").HasText("1 dòng chờ xem").HasText("Đã kết luận “Đã kiểm tra, đúng người”")
	paper := testkit.Page(t, answers(t, d.c.Get(d.root+"/doi-chieu?in=1&xem=ca"), 200).Body)
	paper.In(".signing").HasText("Trưởng cổng").HasText("Ban tổ chức")
	if rubbish := d.c.Get(d.root + "/doi-chieu?xem=%F0%9F%90%98&loai=x&sau=zzz"); rubbish.Status != 200 {
		t.Errorf("rubbish in the address: %d", rubbish.Status)
	}
}

// TestWhoMaySeeAndCloseDifferences: who may look at figures sees and closes nothing; the gate
// chief of another commune sees nothing.
func TestWhoMaySeeAndCloseDifferences(t *testing.T) {
	d := newGateDesk(t)
	d.doubled()
	form := testkit.Page(t, d.c.Get(d.root+"/doi-chieu").Body).In("main").Form(d.root + "/doi-chieu?")
	form = form.Set("word", "handled")
	_, readerToken := d.k.Officer(registry.Reporter, "19")
	reader := testkit.NewClient(t, d.base)
	reader.SignInAs(readerToken)
	for _, path := range []string{"/doi-chieu", "/truc-tiep", "/so-tan"} {
		page := testkit.Page(t, answers(t, reader.Get(d.root+path), 200).Body)
		page.In("main").None("form")
	}
	if got := reader.Post(form.Action, form.Fields); got.Status != 404 {
		t.Errorf("who may only read closes: %d", got.Status)
	}
	_, strangerToken := d.k.Officer(registry.GateChief, "01273")
	stranger := testkit.NewClient(t, d.base)
	stranger.SignInAs(strangerToken)
	for _, path := range []string{"/doi-chieu", "/truc-tiep", "/so-tan"} {
		answers(t, stranger.Get(d.root+path), 404)
	}
	if got := stranger.Post(form.Action, form.Fields); got.Status != 404 {
		t.Errorf("the chief of another commune closes: %d", got.Status)
	}
}

// TestLivePageShowsThePhones: what phones tell of themselves stands on the page;
// rubbish does not. While nothing happens the page is answered with 304.
func TestLivePageShowsThePhones(t *testing.T) {
	d := newGateDesk(t)
	p := d.k.Phone(d.event.ID, registry.Steward, 1)
	for _, header := range []string{"app=b2c4; queue=37; battery=15", "app=evil; queue=-1; battery=900"} {
		if status := asked(t, d.base+"/api/v1/gate/stats", map[string]string{"Authorization": "Bearer " + p.Token, gate.TellingHeader: header}); status != 200 {
			t.Fatalf("%s: %d", header, status)
		}
	}
	first := answers(t, d.c.Get(d.root+"/truc-tiep"), 200)
	row := testkit.Page(t, first.Body).In("#live .sec table")
	row.HasText("bản b2c4").HasText("37").HasText("15 %")
	if strings.Contains(first.Body, "evil") {
		t.Error("rubbish was taken")
	}
	again := map[string]string{"Cookie": "s=" + d.officeToken, "If-None-Match": first.Header.Get("ETag")}
	if status := asked(t, d.base+d.root+"/truc-tiep", again); status != 304 {
		t.Errorf("nothing happened: %d", status)
	}
}

// asked is the status of the answer to a GET with headers.
func asked(t *testing.T, address string, headers map[string]string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

// TestEvacuationSheet: booths with their people and lorries, others by kind.
func TestEvacuationSheet(t *testing.T) {
	d := newGateDesk(t)
	rows := d.k.Stall(d.event, 8)
	staff, lorry := testkit.PassesOfKind(rows, registry.StaffPass), testkit.PassesOfKind(rows, registry.VehiclePass)[0]
	p := d.k.Phone(d.event.ID, registry.Steward, 1)
	scans := []gate.SentScan{p.Scan(staff[0]), p.Scan(staff[1]), p.Scan(lorry, testkit.Offline(registry.VerdictOK)),
		p.Scan(d.k.Issued(d.event, registry.OfficialPass, 1)[0]), p.Scan(staff[1], testkit.Going)}
	if _, err := d.k.App.Admission.Scan(t.Context(), p.Device, p.Batch(scans...)); err != nil {
		t.Fatal(err)
	}
	page := testkit.Page(t, answers(t, d.c.Get(d.root+"/so-tan"), 200).Body).In("main")
	page.HasText("2 người có thẻ đang ở trong").HasText("A08").HasText("97C-008.45").HasText("Thẻ ban tổ chức")
}
