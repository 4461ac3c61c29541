package web_test

import (
	"testing"

	"hoicho/internal/config"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// countKept is true once the phone has kept so many public pages.
const countKept = `(globalThis.kept ??= 0, caches.open("hoicho-public-pages").then((c) => c.keys()).then((k) => { globalThis.kept = k.length; }), globalThis.kept >= 2)`

// TestBrowserEventWithoutNetwork: an event that was opened once is read at the market
// without a network, as a reader without a name gets it.
func TestBrowserEventWithoutNetwork(t *testing.T) {
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Running))
	k.Booths(e.ID, "A", 3)
	d := k.Door()
	event := d.Base + "/su-kien/" + e.Slug
	b.Phone()
	b.Open(event)
	b.WaitFor(countKept)
	d.Shut() // what is switched off for a page is not for its worker: no network is no server here
	b.Allow("503", "ERR_CONNECTION_REFUSED", "ERR_FAILED")
	for _, path := range []string{"", "/so-do?gian=A01"} {
		b.Open(event + path)
		b.Page().In("main [role=status]").HasText("Không có mạng. Đây là trang lưu lúc")
		b.Page().In("main").HasText(e.Title)
	}
	b.Open(d.Base + "/doanh-nghiep/khong-luu")
	b.Page().In("main").HasText("Những trang đã lưu trên máy")
	b.Page().In("main a").HasText(e.Title)
	d.Open(config.Config{})
	t.Cleanup(d.Shut)
	b.Open(event)
	b.Page().None("main .wait[role=status]")
}

// TestBrowserKeepsNothingOfWhoeverIsSignedIn opens an event as a vendor.
func TestBrowserKeepsNothingOfWhoeverIsSignedIn(t *testing.T) {
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Running))
	_, token := k.VendorAccount()
	base := k.Serve()
	b.SignInAs(base, token)
	b.Open(base + "/su-kien/" + e.Slug)
	b.WaitFor(`(globalThis.since ??= Date.now(), Date.now() - globalThis.since > 3000)`)
	b.WaitFor(`(globalThis.workers ??= -1, navigator.serviceWorker.getRegistrations().then((r) => { globalThis.workers = r.length; }), globalThis.workers === 0)`)
}
