package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/config"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestPagesNameTheirOtherLanguage(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Open))
	visitor := testkit.NewClient(t, k.Serve())
	address := k.App.BaseURL + "/su-kien/" + e.Slug
	t.Run("the plain address is Vietnamese", func(t *testing.T) {
		page := testkit.Page(t, visitor.Get("/su-kien/"+e.Slug).Body)
		page.In("link[rel=canonical]").HasAttr("href", address)
		page.In("link[hreflang=en]").HasAttr("href", address+"?lang=en")
		page.In("link[hreflang=x-default]").HasAttr("href", address)
		page.None("h1[lang]")
	})
	t.Run("an address that names English is English, its content Vietnamese", func(t *testing.T) {
		got := visitor.Get("/su-kien/" + e.Slug + "?lang=en")
		page := testkit.Page(t, got.Body)
		page.In("html").HasAttr("lang", "en")
		page.In("link[rel=canonical]").HasAttr("href", address+"?lang=en")
		page.In("h1").HasAttr("lang", "vi")
		if !strings.Contains(got.Header.Get("Set-Cookie"), "lang=en") {
			t.Errorf("the choice is not kept: %v", got.Header)
		}
	})
	t.Run("a page that is somebody's names none", func(t *testing.T) {
		testkit.Page(t, visitor.Get("/tim?q=mien").Body).None("link[rel=canonical]")
	})
}

func TestPostponedDaysAreStruckThrough(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Postponed))
	visitor := testkit.NewClient(t, k.Serve())
	testkit.In(t, visitor.Get("/su-kien/"+e.Slug).Body, ".event-top").HasText("chưa có ngày mới")
	testkit.Page(t, visitor.Get("/su-kien/"+e.Slug).Body).In(".event-top s").HasCount(1)
	testkit.In(t, visitor.Get("/su-kien").Body, ".ev.off").HasText("chưa có ngày mới")
}

// TestBrowserPostponedDaysFit opens what is struck through with a word beside it in the
// narrowest window.
func TestBrowserPostponedDaysFit(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Postponed))
	base := k.Serve()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, path := range []string{"/su-kien", "/su-kien/" + e.Slug} {
		b.Open(base + path)
		b.Wait("main s")
		b.FitsNarrow()
	}
}

func TestSearchSaysWhyEachHitIsThere(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, "")
	for q, want := range map[string][2]string{
		"mien dong": {".hit", "đúng tên hàng"}, "mieng dong": {".banner", "Đang hiện “miến dong”"}, "4 sao": {".hit", "từ 4 sao OCOP còn hạn"},
		"tai hoan": {".hit", "đúng tên cơ sở"}, "zzz": {".hit", "Hàng 4–5 sao OCOP"}} {
		testkit.In(t, wantStatus(t, c.Get("/tim?q="+url.QueryEscape(q)), 200).Body, want[0]).HasText(want[1])
	}
	exact := wantStatus(t, c.Get("/tim?q=mieng+dong&dung=1"), 200)
	testkit.In(t, exact.Body, "main").HasText("Không tìm thấy “mieng dong”")
}

func TestWorkerOfPublicPagesCanBeTakenOut(t *testing.T) {
	t.Parallel()
	d := testkit.NewApp(t).Door()
	on := testkit.NewClient(t, d.Base)
	if got := answers(t, on.Get("/sw.js"), 200); !strings.Contains(got.Body, "hoicho-public-") || got.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the worker: %.200s (%s)", got.Body, got.Header.Get("Cache-Control"))
	}
	d.Shut()
	d.Open(config.Config{GateOnlineOnly: true})
	t.Cleanup(d.Shut)
	off := testkit.NewClient(t, d.Base)
	if got := answers(t, off.Get("/sw.js"), 200).Body; !strings.Contains(got, "unregister()") || strings.Contains(got, "self.site") {
		t.Errorf("the worker that ends it: %.200s", got)
	}
}
