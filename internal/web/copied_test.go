package web_test

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/testkit/site"
	"hoicho/internal/vn"
)

// TestCopiedSignIsToldOfOnTheDesk opens the page of a sign as a hundred phones do, most of them
// from the cache, and lets an officer look into it.
func TestCopiedSignIsToldOfOnTheDesk(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	sign := s.pass(registry.BoothPass)
	visitor := testkit.NewClient(t, s.base)
	for range registry.AlarmOpens {
		if got := visitor.Get("/t/" + sign.Code); got.Status != http.StatusOK {
			t.Fatalf("%d", got.Status)
		}
	}
	visitor.Get("/t/123456789012") // no pass: watched by nobody
	if n, err := s.k.App.Passes.RaiseAlarms(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d alarms, %v", n, err)
	}
	testkit.Page(t, s.organiserWeb.Get("/quan-ly").Body).In("#todo").HasText("A05 nghi bị sao chép").HasText("100 lượt trong một giờ")
	list := "/quan-ly/su-kien/" + string(s.event.ID) + "/the"
	page := testkit.Page(t, s.organiserWeb.Get(list).Body)
	page.In("#canh-bao").HasText("100 lượt trong một giờ").HasText(s.vendor.Name)
	page.In("a.chip.stop").HasText("Nghi bị sao chép")
	answer := url.Values{"note": {"Gian đông khách."}, "word": {"normal"}, "kind": {page.In("#canh-bao input[name=kind]").Attr("value")},
		"day": {page.In("#canh-bao input[name=day]").Attr("value")}}
	if got := s.organiserWeb.Post(list+"/"+string(sign.ID)+"/canh-bao", answer); got.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	testkit.Page(t, s.organiserWeb.Get(list).Body).In("#canh-bao").HasText("Bình thường").HasText("Gian đông khách.")
	if strings.Contains(s.organiserWeb.Get("/quan-ly").Body, "nghi bị sao chép") {
		t.Error("the desk tells of it still")
	}
}

// TestTipsTellNobody sends a tip whose words hold numbers of persons, and takes it the whole
// way: neither they nor its contact nor its code stand in any export, paper, log or audit line.
func TestTipsTellNobody(t *testing.T) {
	t.Parallel()
	var serverLog logBuffer
	s := newStall(t)
	s.k.LogTo(&serverLog)
	_, s.base = site.Of(s.k) // another server of the same database, which tells all that it does
	s.organiserWeb = testkit.NewClient(t, s.base)
	s.organiserWeb.SignInAs(s.officeToken)
	visitor := testkit.NewClient(t, s.base)
	sent := visitor.Post("/phan-anh", url.Values{"kind": {"price"}, "the": {s.pass(registry.BoothPass).Code}, "contact": {"0987 654 321, lan@vi-du.vn"},
		"text": {"Chủ gian Lan, CCCD 006080001234, điện thoại 0912345678, không niêm yết giá."}})
	code := strings.TrimSuffix(strings.TrimPrefix(sent.Location, "/phan-anh/"), "?moi=1")
	href := testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body).In("tbody a").Attr("href")
	for _, step := range []url.Values{{"to": {"sorted"}, "note": {"Gọi 0912345678, CCCD 006080001234."}},
		{"to": {"handed_over"}, "body": {"Đội QLTT số 3, 0912345678"}, "ask": {"Gọi 0912345678."}, "due_on": {vn.ShowDate(registry.AddDays(s.k.App.Today(), 9))}},
		{"to": {"closed"}, "told": {"Đã nhắc 006080001234."}}} {
		step.Set("version", testkit.Page(t, s.organiserWeb.Get(href).Body).In("input[name=version]").Attr("value"))
		if got := s.organiserWeb.Post(href, step); got.Status != http.StatusSeeOther {
			t.Fatalf("%d", got.Status)
		}
	}
	s.organiserWeb.Post(href+"/lien-he", nil)
	visitor.Get("/phan-anh/" + code)
	found := map[string]string{"the server's log": serverLog.take(), "the slip": pdfText(t, s.organiserWeb.Get(href+"/phieu-chuyen").Body),
		"the receipt": pdfText(t, visitor.Get("/phan-anh/"+code+"/giay-hen").Body)}
	s.k.Clock.Add(10 * 24 * time.Hour)
	testkit.Works(t, testkit.Second(s.k.App.Lifecycle.AdvanceEvents(t.Context())))
	_, token := s.k.Officer(registry.Admin, "")
	admin := testkit.NewClient(t, s.base)
	admin.SignInAs(token)
	found["the page of the log"] = admin.Get("/quan-ly/nhat-ky").Body
	for _, form := range []string{"xlsx", "docx", "pdf"} {
		got := admin.Get("/quan-ly/su-kien/" + string(s.event.ID) + "/bao-cao/tep/" + form)
		if got.Status != http.StatusOK {
			t.Fatalf("report as %s: %d", form, got.Status)
		}
		found["the report as "+form] = unpacked(got.Body)
		if form == "pdf" {
			found["the report as "+form] = pdfText(t, got.Body)
		}
	}
	lines, err := s.k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{})
	testkit.Works(t, err)
	for _, l := range lines {
		found["the audit log"] += l.Detail + "\n"
	}
	for where, text := range found {
		for _, secret := range []string{"006080001234", "0912345678", "0987", "lan@vi-du.vn", code} {
			if strings.Contains(strings.ReplaceAll(text, " ", ""), secret) && (where != "the receipt" || secret != code) {
				t.Errorf("%s tells %s", where, secret)
			}
		}
	}
	if !strings.Contains(found["the slip"], "không niêm yết giá") || !strings.Contains(found["the server's log"], "/phan-anh/:code") {
		t.Error("the test looks at nothing")
	}
}

func pdfText(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	testkit.Works(t, os.WriteFile(path, []byte(body), 0o600))
	out, err := exec.Command(need.Program(t, "pdftotext"), path, "-").Output()
	testkit.Works(t, err)
	return strings.Join(strings.Fields(string(out)), " ")
}

// TestBrowserCopied looks at what an officer sees of a sign that may have been copied.
func TestBrowserCopied(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	for n := range registry.AlarmOpens {
		s.k.App.Passes.Opened(s.pass(registry.BoothPass).Code, string(rune('a'+n%7)))
	}
	testkit.Works(t, testkit.Second(s.k.App.Passes.RaiseAlarms(t.Context())))
	v := newViewer(t, s.base)
	v.as(s.officeToken).see("pass-alarm", "/quan-ly/su-kien/"+string(s.event.ID)+"/the")
	v.see("pass-alarm-desk", "/quan-ly")
}
