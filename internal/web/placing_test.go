package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestBoothsAreGivenByWishesAndUndone(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 3)
	f.applied(registry.AppApproved)
	f.rival("HTX Nhung Lũy", registry.AppApproved)
	desk := f.deskRoot()
	preview := func() testkit.Doc {
		t.Helper()
		href := testkit.Page(t, answers(t, f.office.Get(desk), 200).Body).In(`main a[href="` + desk + `/tu-xep"]`).Attr("href")
		return testkit.Page(t, answers(t, f.office.Get(href), 200).Body)
	}
	page := preview()
	page.In("main").HasText("Xếp được 2 gian cho 2 cơ sở").HasText("HTX Nhung Lũy").HasText("2 cơ sở được báo")
	form := page.Form(desk + "/tu-xep")
	answers(t, f.office.Post(desk+"/"+string(f.boothsOf(f.event.ID)["A03"].ID)+"/khoa", url.Values{}), 303)
	late := testkit.Page(t, answers(t, f.office.Post(form.Action, form.Fields), 409).Body)
	late.In("main").HasText("vừa thay đổi so với lúc xem trước").HasText("Xếp được 2 gian")
	answers(t, f.office.Post(form.Action, preview().Form(form.Action).Fields), 303)
	if b := f.boothsOf(f.event.ID); b["A01"].State != registry.BoothAssigned || b["A02"].State != registry.BoothAssigned {
		t.Fatalf("A01 %s, A02 %s", b["A01"].State, b["A02"].State)
	}
	testkit.Page(t, answers(t, f.office.Get(desk+"/tu-xep"), 200).Body).In("main").HasText("không còn gì để xếp")
	ask := testkit.Page(t, answers(t, f.office.Get(testkit.Page(t, f.office.Get(desk).Body).In(".banner a").Attr("href")), 200).Body)
	ask.In("main").HasText("Hoàn tác lượt xếp 2 gian?").HasText("A01, A02").HasText("2 cơ sở được báo lại")
	undo := ask.Form(desk + "/hoan-tac")
	answers(t, f.office.Post(undo.Action, undo.Fields), 303)
	if b := f.boothsOf(f.event.ID); b["A01"].State != registry.BoothFree || b["A02"].State != registry.BoothFree {
		t.Errorf("undone: A01 %s, A02 %s", b["A01"].State, b["A02"].State)
	}
	answers(t, f.office.Post(undo.Action, undo.Fields), 404)
	answers(t, f.office.Get(undo.Action), 404)
	_, viewer := f.Officer(registry.Viewer, "19")
	answers(t, f.as(viewer).Get(desk+"/tu-xep"), 404)
	answers(t, f.as(viewer).Post(desk+"/tu-xep", form.Fields), 404)
}

func TestSeveralBoothsAreChangedOnceItIsAsked(t *testing.T) {
	f := newFair(t)
	b := f.Booths(f.event.ID, "A", 3)
	f.Assign(b[0], f.applied(registry.AppApproved))
	many := f.deskRoot() + "/nhieu"
	ids := []string{string(b[0].ID), string(b[1].ID)}
	ask := testkit.Page(t, answers(t, f.office.Post(many, url.Values{"booths": ids, "do": {"block"}}), 200).Body)
	ask.In("main").HasText("Không xếp: 1 gian?").HasText("đang có cơ sở: A01").HasText("còn 2 gian dùng được, đã hứa 1")
	if f.boothsOf(f.event.ID)["A02"].State != registry.BoothFree {
		t.Error("the question blocked a booth")
	}
	form := ask.Form(many)
	answers(t, f.office.Post(many, form.Fields), 303)
	if f.boothsOf(f.event.ID)["A02"].State != registry.BoothBlocked {
		t.Error("A02 is not blocked")
	}
	testkit.Page(t, answers(t, f.office.Post(many, form.Fields), 422).Body).In("#faults").HasText("A02")
	testkit.Page(t, answers(t, f.office.Post(many, url.Values{"do": {"block"}}), 422).Body).In("#faults").HasText("chọn ít nhất một gian")
	answers(t, f.office.Post(many, url.Values{"do": {"paint"}, "booths": ids}), 422)
	answers(t, f.office.Post(many, url.Values{"do": {"power_on"}, "booths": ids, "sure": {"1"}}), 303)
	if now := f.boothsOf(f.event.ID); !now["A01"].Power || !now["A02"].Power || now["A03"].Power {
		t.Error("power is not as it was asked for")
	}
}

func TestPapersOfBoothsAreReadByTheOffice(t *testing.T) {
	f := newFair(t)
	b := f.Booths(f.event.ID, "A", 3)
	f.Assign(b[0], f.applied(registry.AppApproved))
	page := testkit.Page(t, answers(t, f.office.Get(f.deskRoot()), 200).Body)
	for _, paper := range []string{"so-do.pdf", "so-do-a3.pdf", "danh-sach.pdf", "vao-hang.pdf"} {
		href := page.In(`a[href="` + f.deskRoot() + `/in/` + paper + `"]`).Attr("href")
		got := answers(t, f.office.Get(href), 200)
		if !strings.HasPrefix(got.Body, "%PDF") || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "inline") {
			t.Errorf("%s: %s", paper, got.Header.Get("Content-Disposition"))
		}
		if text := pdfText(t, got.Body); !strings.Contains(text, "A01") || !strings.Contains(text, "HTX Tài Hoan") {
			t.Errorf("%s says %q", paper, text)
		}
	}
	answers(t, f.office.Get(f.deskRoot()+"/in/x.pdf"), 404)
}

// TestBrowserNamesFitTheirBooths measures what stands in the booths of the plan: letters small and large, with marks, and long
// words stay inside.
func TestBrowserNamesFitTheirBooths(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	b := f.Booths(f.event.ID, "A", 6)
	for i, name := range []string{"hộ kinh doanh bánh phở khô hoàng hải", "HỢP TÁC XÃ NÔNG NGHIỆP ƯƠM GIỐNG", "wwwwwwwwwwwwwwwwwwwwww", "Mộc mạc mmmmm mmmmmm mmm", "gian hàng chung nông sản"} {
		f.Assign(b[i], f.rival(name, registry.AppApproved))
	}
	_, token := f.Officer(registry.Organiser, "19")
	browser := testkit.NewBrowser(t, testkit.BrowserOptions{})
	browser.SignInAs(f.base, token)
	browser.Open(f.base + f.deskRoot())
	browser.Accessible()
	browser.FitsWidth()
	browser.WaitFor(`document.fonts.ready.then(() => true)`)
	out := testkit.Get(browser, chromedp.Evaluate[string](`[...document.querySelectorAll(".plan .b")].flatMap(g => { const r = g.querySelector("rect").getBBox();
		return [...g.querySelectorAll("text")].filter(t => { const b = t.getBBox(); return b.x < r.x + 2 || b.x + b.width > r.x + r.width - 2; }).map(t => t.textContent); }).join("; ")`))
	if out != "" {
		t.Errorf("stands out of its booth: %s", out)
	}
	browser.Phone()
	browser.FitsNarrow()
	browser.Open(f.base + f.deskRoot() + "/tu-xep")
	browser.Accessible()
	browser.FitsNarrow()
}
