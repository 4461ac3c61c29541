package web_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserOpenMenuFits opens the menu on a phone whose owner has made letters twice as large.
func TestBrowserOpenMenuFits(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	_, officer := k.Officer(registry.Organiser, "19")
	_, vendor := k.VendorAccount()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, c := range []struct{ name, token, path string }{{"a stranger", "", "/"}, {"a vendor", vendor, "/su-kien"}, {"an officer", officer, "/quan-ly"}} {
		t.Run(c.name, func(t *testing.T) {
			if c.token != "" {
				b.SignInAs(base, c.token)
			}
			b.Phone()
			b.Open(base + c.path)
			b.Click("details.menu > summary")
			b.FitsNarrow()
		})
	}
}
