package web_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"hoicho/internal/testkit"
)

// viewer looks at pages in a real browser, in both sizes and languages.
type viewer struct {
	*testkit.Browser
	t    *testing.T
	base string
}

func newViewer(t *testing.T, base string) viewer {
	t.Helper()
	return viewer{testkit.NewBrowser(t, testkit.BrowserOptions{}), t, base}
}

// as makes the viewer the holder of a session.
func (v viewer) as(token string) viewer {
	v.t.Helper()
	v.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.SetCookie, network.SetCookieParams{Name: "s", Value: token, URL: v.base})
		return err
	}))
	return v
}

// see opens a page and checks it in both sizes for whoever cannot see or use a
// mouse.
func (v viewer) see(name, path string) {
	v.t.Helper()
	if status := v.Open(v.base + path); status != 200 {
		v.t.Errorf("%s: status %d", path, status)
	}
	v.look(name)
}

// look checks the page as it is now.
func (v viewer) look(name string) {
	v.t.Helper()
	v.Phone()
	v.Accessible()
	v.FitsWidth()
	v.Screenshot("after/" + name + "-360")
	v.Desktop()
	v.Accessible()
	v.FitsWidth()
	v.Screenshot("after/" + name + "-1280")
	v.Phone()
}
