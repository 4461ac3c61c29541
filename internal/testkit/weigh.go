package testkit

import (
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Load is one thing that a page made the browser load.
type Load struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"` // of the body as sent, compressed
	// Blocking is a part without which the browser does not paint.
	Blocking bool `json:"blocking"`
}

// loads asks the page what came with it, itself first.
const loads = `[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
	.map((e) => ({name: new URL(e.name).pathname, bytes: e.encodedBodySize, blocking: e.renderBlockingStatus === "blocking" && e.entryType === "resource"}))`

// FirstVisit opens a page with an empty cache and returns all that Chromium loads
// for it before the reader scrolls: a lazy picture counts when it is fetched.
func (b *Browser) FirstVisit(address string) []Load {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCache, cdp.Empty{}); err != nil {
		b.t.Fatal(err)
	}
	if status := b.Open(address); status != 200 {
		b.t.Fatalf("%s: status %d", address, status)
	}
	var all []Load
	for quiet := 0; quiet < 3; quiet++ {
		time.Sleep(100 * time.Millisecond)
		now := Get(b, chromedp.Evaluate[[]Load](loads))
		if len(now) != len(all) {
			all, quiet = now, 0
		}
	}
	return all
}

// Sheets prints the page on A4 and returns how many sheets it takes.
func (b *Browser) Sheets() int {
	b.t.Helper()
	const a4Width, a4Height = 8.27, 11.69 // inches
	printed, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: a4Width, PaperHeight: a4Height, PreferCSSPageSize: new(true)})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(PDFPages(b.t, printed.Data, 10))
}
