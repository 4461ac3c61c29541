package web_test

import (
	"net/url"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// A vendor that was at a fair before applies again by one button, a look and a tick.
func TestVendorAppliesAgainAsLastTime(t *testing.T) {
	f := newFair(t)
	f.applied(registry.AppApproved, func(a *registry.Application) { a.Booths, a.StaffN = 2, 3 })
	next := f.Event()
	start := "/su-kien/" + next.Slug + "/dang-ky"
	page := testkit.Page(t, answers(t, f.own.Get(start), 200).Body)
	page.In("form.like").HasText("Đăng ký lại như lần trước").HasText(f.event.Title)
	like := url.Values{"vendor": {string(f.vendor.ID)}, "like": {page.In("form.like input[name=like]").Attr("value")}}
	check := answers(t, f.own.Post(start, like), 303).Location
	look := testkit.Page(t, answers(t, f.own.Get(check), 200).Body)
	look.In("dl.summary").HasText("2 gian").HasText("3 người").HasText("Miến dong Tài Hoan")
	sent := answers(t, f.own.Post(check, look.Form(check).Set("pledge", "1").Fields), 303)
	testkit.In(t, answers(t, f.own.Get(sent.Location), 200).Body, ".panel").HasText("Đã gửi đơn")
}

// What the office asks for stands where it is answered; each answer leads to its field, and
// what the vendor writes is in the story that the office reads.
func TestVendorAnswersWhatTheOfficeAsks(t *testing.T) {
	f := newFair(t)
	mine := f.applied(registry.AppNeedsInfo, func(a *registry.Application) { a.Reason = "Cho biết biển số xe." })
	page := testkit.Page(t, answers(t, f.own.Get(door(mine)), 200).Body)
	page.In(`dl.summary a[href="` + door(mine) + `/sua#f-vehicles"]`)
	check := door(mine) + "/kiem-tra"
	page.In(`a[href="` + check + `"]`).HasText("Trả lời và gửi lại")
	look := testkit.Page(t, answers(t, f.own.Get(check), 200).Body)
	look.In("main").HasText("Cho biết biển số xe.")
	form := look.Form(check).Set("answer", "Xe 97C-012.34, đã ghi vào đơn.")
	bad := testkit.Page(t, answers(t, f.own.Post(check, form.Fields), 422).Body)
	bad.In("#f-answer").HasText("97C-012.34") // nothing typed is lost
	answers(t, f.own.Post(check, form.Set("pledge", "1").Fields), 303)
	if got := f.read(mine.ID); got.State != registry.AppSubmitted || got.Reason != "" {
		t.Errorf("sent again: %+v", got)
	}
	testkit.In(t, answers(t, f.office.Get("/quan-ly/don/"+string(mine.ID)), 200).Body, "main").HasText("Xe 97C-012.34, đã ghi vào đơn.")
}
