package web_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserOpenMenuFits opens the menus on a narrow phone, and on one whose owner has made
// letters twice as large.
func TestBrowserOpenMenuFits(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	_, officer := k.Officer(registry.Organiser, "19")
	_, _, vendor := k.OwnVendor()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, lang := range []string{"vi", "en"} {
		for _, c := range []struct{ name, token, path, open string }{{"a stranger", "", "/", ".menu"}, {"a vendor", vendor, "/su-kien", ".menu"},
			{"a vendor at home", vendor, "/gian-hang", ".own-nav details"}, {"an officer", officer, "/quan-ly", ".menu"}} {
			t.Run(c.name+" in "+lang, func(t *testing.T) {
				signInBrowser(t, b, base, map[string]string{"s": c.token, "lang": lang})
				b.Phone()
				b.Open(base + c.path)
				b.FitsNarrow()
				b.Click(c.open + " > summary")
				b.FitsNarrow()
			})
		}
	}
}
