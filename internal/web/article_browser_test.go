package web_test

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// pick chooses an option of a select.
func pick(b *testkit.Browser, selector, value string) {
	b.WaitFor(fmt.Sprintf(`(() => { const s = document.querySelector(%q); s.value = %q; s.dispatchEvent(new Event("change", { bubbles: true })); return s.value === %q; })()`,
		selector, value, value))
}

// TestBrowserArticleInAColumnOfTheArea writes an article in the language of the area, in
// a column of its own, and reads it on a phone and as a reader of feeds does. The words
// are a stand-in: what is tested is that they are marked as Tày.
func TestBrowserArticleInAColumnOfTheArea(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	_, token := k.Officer(registry.Communicator, "19")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.SignInAs(base, token)

	b.Open(base + "/quan-ly/bai-viet/chuyen-muc")
	b.Type("#f-name", "Tiểng Tày")
	pick(b, "#f-column_lang", "tyz")
	b.Follow(`form.card .actions .btn`)

	b.Open(base + "/quan-ly/bai-viet/moi")
	b.Type("#f-title", "Háng Ba Bể")
	b.Type("#f-lead", "Pây háng nặm cúa.")
	b.Type("#f-text", "Pi noọng pây háng.\n\n## Mì lăng\n\n<script>alert(1)</script>")
	b.WaitFor(`document.querySelector("#f-column").options.length > 1`)
	pick(b, "#f-column", "tieng-tay")
	pick(b, "#f-article_lang", "tyz")
	b.Accessible()
	b.Screenshot("article-form")
	b.Follow(`form[data-draft] > .actions .btn`)
	b.Page().In("#faults").HasText("<script>")
	b.WaitFor(`(document.querySelector("#f-text").value = "Pi noọng pây háng.\n\n## Mì lăng", true)`)
	b.Follow(`form[data-draft] > .actions .btn`)
	b.Accessible()
	b.FitsWidth()
	b.Screenshot("article-office")
	b.Follow(`form:has(input[name=to][value=published]) .actions .btn`)

	reader := testkit.NewBrowser(t, testkit.BrowserOptions{})
	reader.Open(base + "/chuyen-trang/muc/tieng-tay")
	reader.Accessible()
	reader.Follow(".page main a[href='/chuyen-trang/hang-ba-be'], main a[href='/chuyen-trang/hang-ba-be']")
	reader.Accessible()
	reader.FitsWidth()
	reader.Screenshot("article-phone")
	page := reader.Page()
	page.In("h1[lang=tyz]").HasText("Háng Ba Bể")
	page.In(".words[lang=tyz]").HasText("Pi noọng pây háng.")
	reader.Wait("[data-print]:not([hidden])")

	feed := readFeed(t, testkit.NewClient(t, base))
	if len(feed.Entries) != 1 || feed.Entries[0].Title != "Háng Ba Bể" || !strings.HasSuffix(feed.Entries[0].Links[0].Href, "/chuyen-trang/hang-ba-be") {
		t.Errorf("the feed has %+v", feed.Entries)
	}
}

// TestBrowserTextsOfAnEventThatMoved takes the loudspeaker's text of an event, moves the
// event, and finds that the text now says so, and who holds the old one.
func TestBrowserTextsOfAnEventThatMoved(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Announced))
	base := k.Serve()
	organiser, token := k.Officer(registry.Organiser, "19")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.SignInAs(base, token)
	texts := base + "/quan-ly/su-kien/" + string(event.ID) + "/bai-soan"
	b.Open(texts)
	b.Accessible()
	b.FitsWidth()
	before := b.Page().In("#f-text_script").Text()
	if _, err := k.App.Articles.Take(t.Context(), organiser, event.ID, committee.ScriptText); err != nil {
		t.Fatal(err)
	}
	b.Open(texts)
	b.Page().None("#ban-cu")

	testkit.StepEvent(t, k, organiser, &event, registry.Postponed)
	b.Open(texts)
	b.Screenshot("texts-moved")
	page := b.Page()
	page.In("#ban-cu").HasText("1")
	if after := page.In("#f-text_script").Text(); after == before || !strings.Contains(after, event.Title) {
		t.Errorf("the text of an event that was put off is %q", after)
	}
}
