package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/testkit"
)

// firstVisitMost is what a first visit of a public page may weigh, in bytes of
// bodies as sent, with fonts, styles, scripts, icons and the pictures in sight.
const firstVisitMost = 45_000

// TestBrowserFirstVisit opens every public page of the demo on a phone with an
// empty cache. The first paint waits for nothing but the page itself, which brings its
// style; the control is the gate's page, which names it.
func TestBrowserFirstVisit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "manifest.json")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	r := launch(t, freeAddr(t), "demo", "--manifest", file)
	defer r.end()
	m := manifestAt(t, file)
	event := "/su-kien/" + m.Running()
	for _, path := range []string{"/", "/su-kien", "/su-kien?xem=lich", event, event + "/so-do", "/ban-do", "/doanh-nghiep", "/doanh-nghiep/htx-tai-hoan",
		"/san-pham", "/san-pham/mien-dong-tai-hoan", "/t/" + m.Passes[0].Code, "/c/" + m.GateCodes[0], "/phan-anh", "/tro-giup", "/tro-giup/co-so", "/tim?q=mien",
		"/chuyen-trang", "/diem-ban", "/so-lieu", "/so-lieu?nam=tat-ca", "/dang-nhap"} {
		total, most := 0, testkit.Load{}
		var blocks []string
		seen := map[string]bool{}
		for _, l := range b.FirstVisit(r.base + path) {
			if seen[l.Name] = true; l.Bytes == 0 {
				t.Errorf("%s: %s has no size", path, l.Name)
			}
			if total += l.Bytes; l.Bytes > most.Bytes {
				most = l
			}
			if l.Blocking {
				blocks = append(blocks, l.Name)
			}
		}
		t.Logf("%6d bytes in %2d parts, the largest %6d %s: %s", total, len(seen), most.Bytes, most.Name, path)
		if total > firstVisitMost {
			t.Errorf("%s: %d bytes, at most %d", path, total, firstVisitMost)
		}
		if len(blocks) > 0 {
			t.Errorf("%s: before the first paint stand %q", path, blocks)
		}
		for _, part := range []string{"/static/icons.svg", "/static/fonts/bvp-400.woff2"} {
			light := path == "/phan-anh" && strings.Contains(part, "/fonts/") // sent where the line is worst: without typefaces
			if !seen[part] && !light {
				t.Errorf("%s: %s was not weighed", path, part)
			}
		}
	}
	if !slices.ContainsFunc(b.FirstVisit(r.base+"/cong"), func(l testkit.Load) bool { return l.Blocking }) {
		t.Error("the browser does not tell what stands before the first paint")
	}
}

// TestBrowserSheetsOnPaper prints the pages that people pin to a wall, of the demo's running
// event with everything that an event has.
func TestBrowserSheetsOnPaper(t *testing.T) {
	file := filepath.Join(t.TempDir(), "manifest.json")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	r := launch(t, freeAddr(t), "demo", "--manifest", file)
	defer r.end()
	event := "/su-kien/" + manifestAt(t, file).Running()
	for path, most := range map[string]int{event: 3, event + "/so-do": 1, "/ban-do": 1} {
		b.Open(r.base + path)
		if n := b.Sheets(); n > most {
			t.Errorf("%s takes %d sheets, at most %d", path, n, most)
		}
	}
}

// longest is how long the home page and that of the demo's running event may be on a phone of
// 360 px.
const longest = 3_500

// TestBrowserEventOnAPhone: when, where and what to do about it stand on the first screen, and
// each link to a part of the page leads to its heading.
func TestBrowserEventOnAPhone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "manifest.json")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	r := launch(t, freeAddr(t), "demo", "--manifest", file)
	defer r.end()
	defer b.Open(r.base + "/tro-giup") // which has no picture that would still be on its way
	b.Phone()
	for _, path := range []string{"/", "/su-kien/" + manifestAt(t, file).Running()} {
		b.Open(r.base + path)
		if px := testkit.Get(b, chromedp.Evaluate[int](`document.documentElement.scrollHeight`)); px > longest {
			t.Errorf("%s is %d px long, at most %d", path, px, longest)
		}
	}
	const foot = `Math.round(document.querySelector(".acts").getBoundingClientRect().bottom - innerHeight)`
	if px := testkit.Get(b, chromedp.Evaluate[int](foot)); px > 0 {
		t.Errorf("what to do about it stands %d px below the first screen", px)
	}
	const astray = `[...document.querySelectorAll('.pick-row a[href^="#"]')].map(a => a.hash).filter(id => {
		location.hash = id;
		const h = document.querySelector(id + " h2")?.getBoundingClientRect();
		return !h?.height || h.top < 0 || h.bottom > innerHeight;
	}).join()`
	if ids := testkit.Get(b, chromedp.Evaluate[string](astray)); ids != "" {
		t.Errorf("out of sight after following their links: %s", ids)
	}
}
