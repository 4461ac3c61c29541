package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/web/frame"
)

// carriedStyle finds the style sheets that a page carries.
var carriedStyle = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// TestStrangersGetThePageWithItsStyle: whoever opens a page by a code or a search gets it in
// one piece, with a style that the policy allows; who is signed in, and the worker that
// keeps pages, gets the names of the files. Nobody gets the other's from the cache.
func TestStrangersGetThePageWithItsStyle(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Open))
	base := k.Serve()
	nobody, vendor := testkit.NewClient(t, base), testkit.NewClient(t, base)
	_, token := k.VendorAccount()
	vendor.SignInAs(token)
	for _, path := range []string{"/", "/su-kien/" + e.Slug, "/phan-anh", "/dang-nhap"} {
		for _, c := range []struct {
			name    string
			who     *testkit.Client
			dest    string
			carries bool
		}{
			{"a stranger", nobody, "document", true},
			{"a script", nobody, "empty", false},
			{"a stranger once more", nobody, "document", true},
			{"a script once more", nobody, "empty", false},
			{"a browser that does not say what for", nobody, "", true},
			{"a vendor", vendor, "document", false},
		} {
			if path == "/dang-nhap" && c.who == vendor {
				continue // leads on
			}
			t.Run(path+" for "+c.name, func(t *testing.T) {
				req := c.who.Request(http.MethodGet, path, "", nil)
				req.Header.Set("Sec-Fetch-Dest", c.dest)
				got := c.who.Send(req)
				sheets := carriedStyle.FindAllStringSubmatch(got.Body, -1)
				if links := strings.Contains(got.Body, `<link rel="stylesheet"`); links == c.carries || c.carries != (len(sheets) > 0) {
					t.Errorf("links %v, %d sheets in the page; carries them: want %v", links, len(sheets), c.carries)
				}
				for _, sheet := range sheets {
					sum := sha256.Sum256([]byte(sheet[1]))
					if source := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(got.Header.Get("Content-Security-Policy"), source) {
						t.Errorf("the policy does not allow %.40s…", sheet[1])
					}
				}
			})
		}
	}
}

// TestARefusalNamesItsStyle: an address that is not there costs little to answer.
func TestARefusalNamesItsStyle(t *testing.T) {
	t.Parallel()
	got := testkit.NewClient(t, testkit.NewApp(t).Serve()).Get("/khong-co-trang-nay")
	if got.Status != 404 || carriedStyle.MatchString(got.Body) || !strings.Contains(got.Body, `<link rel="stylesheet"`) {
		t.Errorf("%d, %d bytes", got.Status, len(got.Body))
	}
}

// TestFilesOfTheLookSayLittle: a worker is bound by the policy of its own file; what is drawn,
// and a typeface, may do nothing and says no more than that.
func TestFilesOfTheLookSayLittle(t *testing.T) {
	t.Parallel()
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	for path, policy := range map[string]string{
		"/static/js/gateworker.js": frame.ContentPolicy(), "/static/js/public.js": frame.ContentPolicy(),
		"/static/icons.svg": "default-src 'none'; frame-ancestors 'none'", "/static/fonts/bvp-400.woff2": "default-src 'none'; frame-ancestors 'none'",
		"/static/css/app.css": "default-src 'none'; frame-ancestors 'none'", "/static/mark-180.png": "default-src 'none'; frame-ancestors 'none'",
		"/static/khong-co.css": frame.ContentPolicy(),
	} {
		got := c.Get(path)
		if got.Header.Get("Content-Security-Policy") != policy || got.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %q, %q", path, got.Header.Get("Content-Security-Policy"), got.Header.Get("X-Content-Type-Options"))
		}
		size := 0
		for name, values := range got.Header {
			size += len(name) + len(values[0]) + 4
		}
		if policy != frame.ContentPolicy() && size > 420 {
			t.Errorf("%s: %d bytes of header", path, size)
		}
	}
}
