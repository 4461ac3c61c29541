package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// tapped counts the taps of a browser that leads from page to page.
type tapped struct {
	*testkit.Browser
	taps int
}

// tap presses what a selector finds and waits until the address begins with a path.
func (b *tapped) tap(selector, path string) {
	b.taps++
	b.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector(` + "`" + selector + "`" + `).click()`))
	b.WaitFor(`location.pathname.startsWith("` + path + `")`)
}

// TestBrowserPrintsTheWayOfPasses goes from the event's page to the passes of one booth on paper in two taps, and looks at
// the list of passes on a desk and on a phone.
func TestBrowserPrintsTheWayOfPasses(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	b := &tapped{Browser: testkit.NewBrowser(t, testkit.BrowserOptions{})}
	b.SignInAs(s.base, s.officeToken)
	root := "/quan-ly/su-kien/" + string(s.event.ID)
	b.Open(s.base + root)
	b.tap(`main a[href="`+root+`/the"]`, root+"/the")
	b.Wait(".pg")
	b.tap(`#gian-A05 .pr button`, "/tep/")
	if b.taps != 2 {
		t.Errorf("%d taps from the event to the paper of a booth, want 2", b.taps)
	}
	s.k.Read(func(tx *store.Tx) error {
		rows, err := tx.Passes(t.Context(), registry.PassFilter{Event: s.event.ID, Unprinted: true})
		if len(rows) != 0 {
			t.Errorf("%d passes of the booth are not noted as printed", len(rows))
		}
		return err
	})
}

// TestBrowserListOfPasses looks at the list at its widths and works its dock and keys.
func TestBrowserListOfPasses(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(s.base, s.officeToken)
	for _, query := range []string{"", "?ma=khong-co&chua-in=1", "?gian=A05"} {
		b.Desktop()
		b.Open(s.base + s.office() + query)
		b.Accessible()
		b.FitsWidth()
		b.Phone()
		b.Accessible()
		b.FitsNarrow()
	}
	b.Desktop()
	b.Do(chromedp.Evaluate[chromedp.Void](`document.documentElement.style.fontSize = "200%"`))
	b.FitsWidth()
	b.Open(s.base + s.office())
	onScreen(t, b, ".pg > details > summary", 680) // no official pass yet: the form that issues one stands on top
	for what, js := range map[string]string{
		"rows of 40 px": `document.querySelector(".pg > details > summary").offsetHeight === 40`,
		"/ finds":       `(document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true})), document.activeElement.name === "ma")`,
		"an arrow opens": `(() => { const d = document.querySelector(".pg > details"); d.open = false; const h = d.querySelector("summary"); h.focus();
			h.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true})); return d.open; })()`,
	} {
		if !testkit.Get(b, chromedp.Evaluate[bool](js)) {
			t.Error(what + ": not so")
		}
	}
	b.Do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('input[form="pick"]').forEach((c, i) => { if (i < 2) c.click(); })`))
	if said := b.Text(".dock"); !strings.Contains(said, "Đã chọn 2 thẻ") || !strings.Contains(said, "1 tờ A4") {
		t.Errorf("the dock says %q", said)
	}
	b.Do(chromedp.Evaluate[chromedp.Void](`(s => { s.value = "a6"; s.dispatchEvent(new Event("change")); })(document.querySelector("#kho"))`))
	if said := b.Text(".dock"); !strings.Contains(said, "2 trang A6") {
		t.Errorf("the dock says %q for A6", said)
	}
	b.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".dock button:not([type])").click()`))
	b.WaitFor(`location.pathname.startsWith("/tep/")`)
	s.k.Read(func(tx *store.Tx) error {
		rows, err := tx.Passes(t.Context(), registry.PassFilter{Event: s.event.ID, Unprinted: true})
		if len(rows) != len(s.passes)-2 {
			t.Errorf("%d passes left to print, want all but the two that were chosen", len(rows))
		}
		return err
	})
	s.organiserWeb.Post(s.office(), url.Values{"kind": {"official"}, "count": {"1"}, "label": {""}, "first_day": {"22/11/2026"}, "days": {"1"}})
	b.Open(s.base + s.office())
	onScreen(t, b, ".pg > details > summary", 410)
}

// onScreen checks that what a selector finds ends above a line of the first screen, in px, before anything is scrolled.
func onScreen(t *testing.T, b *testkit.Browser, selector string, line float64) {
	t.Helper()
	if end := testkit.Get(b, chromedp.Evaluate[float64](`document.querySelector("`+selector+`").getBoundingClientRect().bottom + scrollY`)); end > line {
		t.Errorf("%s ends at %.0f px, want %.0f at most", selector, end, line)
	}
}
