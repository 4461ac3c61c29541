package web_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// notPages are GET routes that answer with something else than a page of their
// own, or only once, and why.
var notPages = map[string]string{
	"/healthz":                      "text for probes",
	"/readyz":                       "text for probes",
	"/static/+":                     "files",
	"/tep/:id/:size?":               "files",
	"/ngon-ngu/:lang":               "redirects",
	"/di-tiep":                      "redirects",
	"/dat-lai-mat-khau/:token":      "needs a token that lives once",
	"/thiet-lap/:token":             "needs a token that lives once",
	"/tai-khoan/email/:token":       "needs a token that lives once",
	"/quan-ly/viec/:job":            "needs a job of the reader",
	"/gian-hang/:vendor/the/:event": "a PDF",
	"/gian-hang/:vendor/uu-dai/bien-gia/:event":      "a PDF",
	"/quan-ly/su-kien/:id/kich-cau/bien-gia":         "a PDF",
	"/quan-ly/su-kien/:id/kich-cau/nhap":             "redirects",
	"/quan-ly/su-kien/:id/cong/ap-phich":             "a PDF",
	"/xac-thuc":                                      "only while a second step is due",
	"/quan-ly/su-kien/:id/bao-cao/tep/:form":         "a file",
	"/quan-ly/bao-cao/van-ban/:period/tep/:form":     "a file",
	"/quan-ly/bao-cao/van-ban/:period/mau/dang-dung": "a file",
	"/quan-ly/bao-cao/van-ban/:period/mau/goi-y":     "a file",
	"/du-lieu-ca-nhan/tra-cuu":                       "redirects to a request",
	"/du-lieu-ca-nhan/:code":                         "needs a request; opened by its own tests",
	"/phan-anh/tra-cuu":                              "redirects to a tip",
	"/phan-anh/:code":                                "needs a tip; opened by the tests of tips",
	"/quan-ly/phan-anh/:tip":                         "needs a tip; opened by the tests of tips",
	"/quan-ly/phan-anh/:tip/anh/:file/:size?":        "a photo",
	"/quan-ly/phan-anh/:tip/phieu-chuyen":            "a PDF",
	"/phan-anh/:code/giay-hen":                       "a PDF",
	"/quan-ly/su-kien/:id/doi":                       "an event that runs is not moved; opened by the tests of events",
	"/quan-ly/don/:application/sua":                  "only for drafts on paper; opened by the tests of applications",
	"/quan-ly/don/:application/kiem-tra":             "only for drafts on paper; opened by the tests of applications",
	"/sw.js":                                         "a script",
	"/cong/sw.js":                                    "a script",
	"/kiem-tra/sw.js":                                "a script",
	"/thong-bao/sw.js":                               "a script",
	"/gian-hang-sw.js":                               "a script",

	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/tep/:form":     "a file",
	"/quan-ly/bao-cao/luu-tru/:year":                              "a file",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/dang-dung": "a file",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/goi-y":     "a file",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/da-dien":   "a file",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau/dang-dung":        "a file",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau/goi-y":            "a file",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau/da-dien":          "a file",
	"/quan-ly/su-kien/:id/bao-cao/mau/dang-dung":                  "a file",
	"/quan-ly/su-kien/:id/bao-cao/mau/goi-y":                      "a file",
	"/quan-ly/su-kien/:id/bao-cao/mau/da-dien":                    "a file",
	"/quan-ly/bao-cao/van-ban/:period/mau/da-dien":                "a file",
	"/quan-ly/lich-nam/loat/:series/bao-cao/tep/:form":            "a file",
	"/quan-ly/su-kien/:id/gian/hoan-tac":                          "needs booths that were given together; opened by the tests of booths",
	"/quan-ly/su-kien/:id/boc-tham/:n/xep":                        "needs a draw with a result; opened by the tests of draws",
	"/quan-ly/su-kien/:id/gian/in/so-do.pdf":                      "a PDF",
	"/quan-ly/su-kien/:id/gian/in/so-do-a3.pdf":                   "a PDF",
	"/quan-ly/su-kien/:id/gian/in/danh-sach.pdf":                  "a PDF",
	"/quan-ly/su-kien/:id/gian/in/vao-hang.pdf":                   "a PDF",
	"/quan-ly/tuyen-truyen/:entry/anh/:file/:size?":               "a photo",
	"/quan-ly/kinh-phi/:cost/anh/:size?":                          "a photo",
	"/quan-ly/kiem-tra/:record/anh/:hash/:size?":                  "a photo",
	"/gian-hang/:vendor/bien-ban/:record/anh/:hash/:size?":        "a photo",
	"/quan-ly/nhap/:import/hoan-tac":                              "redirects until the rows are written; opened by the tests of imports",
	"/quan-ly/giam-sat/:supervision/tep/:file":                    "a file",
	"/quan-ly/mua-sam/:report/anh/:size?":                         "a photo",
	"/quan-ly/nhiem-vu/:task/tep/:file":                           "a file",
	"/quan-ly/ke-hoach/:plan/tep/:file":                           "a file",
}

// files are how addresses of files end.
var files = []string{".ics", ".pdf", ".docx", ".xlsx", ".csv", ".atom", ".xml", ".txt", ".ico", ".png", ".webmanifest", ".json", ".jsonld", ".zip"}

// asking is the query without which a page has nothing to show.
var asking = map[string]string{"/quan-ly/su-kien/:id/buoc": "?den=postponed", "/quan-ly/khoa": "?doi=1",
	"/quan-ly/kiem-tra/:record/dieu/:finding": "?buoc=handed_over", "/quan-ly/kiem-tra/ghi": "?loai=self_inspection&ve=body"}

// visit is a page as one reader sees it.
type visit struct {
	path string
	who  string // key of tokens, "" = nobody
}

// visitsOf lists every page with a reader who may open it.
func visitsOf(s *stall, routes []web.PolicyRoute) []visit {
	var out []visit
	for _, r := range routes {
		if r.Method != fiber.MethodGet || strings.HasPrefix(r.Path, "/api/") || notPages[r.Path] != "" || frame.ListPage(r.Path) != "" ||
			slices.Contains(files, path.Ext(r.Path)) {
			continue
		}
		who := ""
		switch {
		case r.Right != "" || r.Path == "/kiem-tra": // which asks at once for what its reader takes along
			who = "admin"
		case strings.HasPrefix(r.Path, "/gian-hang"):
			who = "vendor"
		case !r.Public:
			who = "admin"
		}
		out = append(out, visit{fill(s, r.Path) + asking[r.Path], who})
	}
	return out
}

// signInBrowser gives the browser a session, or none.
func signInBrowser(t *testing.T, b *testkit.Browser, base string, cookies map[string]string) {
	t.Helper()
	if _, err := chromedp.Call(b.Context(), network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	for name, value := range cookies {
		if value == "" {
			continue
		}
		if _, err := chromedp.Call(b.Context(), network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: base}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBrowserEveryPage opens every page on a phone in both languages: no axe
// violation, no console error, nothing wider than the screen.
func TestBrowserEveryPage(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	_, admin := s.k.Officer(registry.Admin, "")
	tokens := map[string]string{"": "", "admin": admin, "vendor": s.vendorToken}
	visits := visitsOf(&s, web.Policies(s.server))
	if len(visits) < 15 {
		t.Fatalf("only %d pages", len(visits))
	}
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := testkit.NewBrowser(t, testkit.BrowserOptions{})
			for who, token := range tokens {
				signInBrowser(t, b, s.base, map[string]string{"s": token, "lang": lang})
				for _, v := range visits {
					if v.who == who {
						openPage(t, b, s.base+v.path)
					}
				}
			}
		})
	}
}

// TestBrowserLargeText shows pages with the widest forms and tables in text of twice the size on a wide screen: they are laid out as on a
// narrow one, and nothing is wider than the screen.
func TestBrowserLargeText(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	_, admin := s.k.Officer(registry.Admin, "")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.LargeText()
	b.SignInAs(s.base, admin)
	event := "/quan-ly/su-kien/" + string(s.event.ID)
	for _, path := range []string{"/", "/san-pham", "/quan-ly", "/quan-ly/co-so", "/quan-ly/su-kien", "/quan-ly/don", "/quan-ly/lich-nam", event, event + "/sua", event + "/gian"} {
		b.Open(s.base + path)
		b.FitsWidth()
	}
	if size := testkit.Get(b, chromedp.Evaluate[string](`getComputedStyle(document.documentElement).fontSize`)); size != "32px" {
		t.Errorf("text is of %s", size)
	}
}

func openPage(t *testing.T, b *testkit.Browser, address string) {
	t.Helper()
	if status := b.Open(address); status != 200 {
		t.Errorf("%s: status %d", address, status)
		return
	}
	for _, v := range b.Axe() {
		t.Errorf("%s: %s", address, v)
	}
	b.FitsWidth()
	b.Dressed()
	b.FitsNarrow()
	for _, fault := range b.Faults() {
		t.Errorf("%s: %s", address, fault)
	}
}

// TestBrowserWithoutScript opens the public pages and the forms of vendors with
// JavaScript off: each shows its heading, and its forms send to this server.
func TestBrowserWithoutScript(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{NoScript: true})
	for _, who := range []string{"", "vendor"} {
		token := ""
		if who == "vendor" {
			token = s.vendorToken
		}
		signInBrowser(t, b, s.base, map[string]string{"s": token})
		for _, v := range visitsOf(&s, web.Policies(s.server)) {
			if v.who != who || v.path == "/cong" { // the scanner is a program
				continue
			}
			if status := b.Open(s.base + v.path); status != 200 {
				t.Errorf("%s: status %d", v.path, status)
				continue
			}
			if b.Page().In("h1").Text() == "" {
				t.Errorf("%s has no heading", v.path)
			}
			for _, form := range b.Page().Forms() {
				if !strings.HasPrefix(form.Action, "/") && form.Action != "" {
					t.Errorf("%s sends a form to %q", v.path, form.Action)
				}
			}
		}
	}
	signInBrowser(t, b, s.base, nil)
	b.Open(s.base + "/dang-nhap")
	b.Type("[name=login]", "0912345678")
	b.Type("[name=password]", "khong-dung-dau")
	if status := b.Follow("main form button"); status != 422 {
		t.Errorf("a wrong password without JavaScript: %d", status)
	}
}
