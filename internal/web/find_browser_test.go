package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserSearchOfTheOffice: "/" leads to the box from anywhere but a field; what was found
// is read by everybody, at every width, in both languages.
func TestBrowserSearchOfTheOffice(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	_, token := s.k.Officer(registry.Admin, "")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(s.base, token)
	b.Desktop()
	b.Open(s.base + "/quan-ly/co-so")
	b.Keys("/")
	b.WaitFor(`document.activeElement.matches(".office-search input")`)
	b.Keys("ba be\r")
	b.WaitFor(`location.pathname === "/quan-ly/tim" && document.querySelector(".found")`)
	if text := b.Text(".found"); !strings.Contains(text, s.event.Title) {
		t.Errorf("found %s", text)
	}
	b.Open(s.base + "/quan-ly/co-so")
	b.Type("main form.search input[name=q]", "a/b")
	b.WaitFor(`document.querySelector("main form.search:not(.office-search) input[name=q]").value === "a/b"`)
	for _, lang := range []string{"vi", "en"} {
		for _, path := range []string{"/quan-ly/tim?q=ba+be", "/quan-ly/tim?q=qzxk", "/quan-ly/co-so"} {
			b.Open(s.base + "/ngon-ngu/" + lang + "?next=" + strings.ReplaceAll(path, "?", "%3F"))
			b.Accessible()
			b.FitsNarrow()
			b.Desktop()
			b.Accessible()
		}
	}
}
