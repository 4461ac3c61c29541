package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestBrowserSeriesPaper reads the paper of a series at a desk, on a phone and on a narrow one, with
// the figure that it opens and the form of what stands around it.
func TestBrowserSeriesPaper(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	root, base := soldSeries(k, 5, 4, k.Event(testkit.InState(registry.Cancelled)), k.Event(testkit.InState(registry.Postponed)), k.Event(testkit.InState(registry.Running)),
		k.Event(testkit.InState(registry.Ended), testkit.OnDays(vn.AddDays(k.App.Today(), -2), 1))), k.Serve()
	_, token := k.Officer(registry.Organiser, "19")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	narrow := func() {
		b.Do(chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
	}
	for name, set := range map[string]func(){"desk": b.Desktop, "phone": b.Phone, "narrow": narrow} {
		set()
		for page, path := range map[string]string{"paper": root, "figure": root + "/so/sales_dong", "cover": root + "/sua"} {
			if status := b.Open(base + path); status != 200 {
				t.Errorf("%s: %d", path, status)
			}
			b.Accessible()
			b.FitsWidth()
			b.Screenshot("seriespaper/" + page + "-" + name)
		}
	}
}
