package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserPhoneAtARelayWithoutHTTPS: a phone that opens the relay by plain http
// has no camera and no WebCrypto. It pairs and checks typed codes all the same;
// the relay's own page stands up to the browser too.
func TestBrowserPhoneAtARelayWithoutHTTPS(t *testing.T) {
	t.Parallel()
	r := newRelayed(t)
	guest := r.server.Issued(r.event, registry.VisitorPass, 1)[0]
	r.sync()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Host: "tram.test"})
	b.Open(r.base + "/")
	b.Wait("#link")
	if found := b.Axe(); len(found) > 0 {
		t.Errorf("the relay's page: %v", found)
	}
	b.Screenshot("relay-360")
	paired, err := r.relay.App.Admission.PairWithRelay(t.Context(), admission.PairInput{Gates: []int{1}, Role: registry.Steward})
	if err != nil {
		t.Fatal(err)
	}
	b.Allow("Cross-Origin-Opener-Policy header has been ignored") // what https alone can have
	b.Open(strings.Replace(r.base, "localhost", "tram.test", 1) + "/cong")
	b.WaitFor("!window.isSecureContext")
	b.Wait("#pair")
	b.Type("#pair-token", paired.Token)
	b.Click("#pair button:not([type])")
	b.Wait("[data-type]")
	b.Screenshot("relay-phone")
	b.Click("[data-screen=scan] [data-type]")
	b.Type("#type-code", guest.Code)
	b.Click("#type button:not([type])")
	testkit.PageShows(t, b, "ok", "Mời vào")
}
