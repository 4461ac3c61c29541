package web_test

import (
	"fmt"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserTitleIsProposed: while kind and commune of a new event are chosen its title is
// proposed, and follows them until somebody writes another.
func TestBrowserTitleIsProposed(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	_, token := k.Officer(registry.Organiser, "19")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	b.Open(base + "/quan-ly/su-kien/moi")
	is := func(title string) {
		t.Helper()
		b.WaitFor(fmt.Sprintf(`document.querySelector("[name=title]").value === %q`, title))
	}
	pick := func(commune string) {
		b.Type("#f-area", commune)
		b.Wait(".combo li")
		b.Click(".combo li")
	}
	b.Click("[name=kind][value=market_session]")
	is("") // without a commune there is nothing to say
	pick("xa ba be")
	is("Phiên chợ hàng Việt về Ba Bể")
	b.Click("[name=kind][value=fair]")
	is("Hội chợ hàng Việt Ba Bể")
	b.Type("[name=title]", "Hội chợ của chúng tôi")
	b.Click("[name=kind][value=market_session]")
	pick("xa cho ra")
	is("Hội chợ của chúng tôi")
}
