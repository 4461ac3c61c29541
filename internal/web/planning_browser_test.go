package web_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserSeries plans sessions by the days of a market, at a desk and on a phone.
func TestBrowserSeries(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	pattern, base := k.Event(testkit.InState(registry.Draft)), k.Serve()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	for _, size := range []struct {
		name string
		set  func()
	}{{"desk", b.Desktop}, {"phone", b.Phone}} {
		size.set()
		b.Open(base + newSeries + "?mau=" + string(pattern.ID) + "&chu-ky=5%E2%80%9310")
		b.Accessible()
		b.FitsWidth()
		b.Follow(`button[value="xem"]`)
		b.Accessible()
		b.FitsWidth()
		b.Screenshot("series/" + size.name)
	}
	if status := b.Follow(`button[value="tao"]`); status != 200 {
		t.Fatalf("created: %d", status)
	}
	b.Accessible()
	b.FitsWidth()
	b.Screenshot("series/made-phone")
}
