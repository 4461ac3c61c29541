package web_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/valyala/fasthttp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// packedAnswer asks for a page with headers, and gives its coding and what it unpacks to.
func packedAnswer(t *testing.T, c *testkit.Client, path string, headers map[string]string) (coding, body string) {
	t.Helper()
	req := c.Request(http.MethodGet, path, "", nil)
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	got := c.Send(req)
	coding = got.Header.Get("Content-Encoding")
	var out []byte
	var err error
	switch coding {
	case "br":
		out, err = fasthttp.AppendUnbrotliBytes(nil, []byte(got.Body))
	case "gzip":
		out, err = fasthttp.AppendGunzipBytes(nil, []byte(got.Body))
	default:
		out, err = io.ReadAll(bytes.NewBufferString(got.Body))
	}
	if err != nil {
		t.Errorf("%s as %s: %v", path, coding, err)
	}
	return coding, string(out)
}

// TestAnswersArePackedUnlessAnotherSiteAskedForThem: every page goes packed, but one with a
// session that another site may have asked for (BREACH).
func TestAnswersArePackedUnlessAnotherSiteAskedForThem(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Open))
	base := k.Serve()
	nobody, officer := testkit.NewClient(t, base), testkit.NewClient(t, base)
	_, token := k.Officer(registry.Admin, "")
	officer.SignInAs(token)
	for _, c := range []struct {
		name       string
		who        *testkit.Client
		path       string
		takes      string
		site       string
		want, text string
	}{
		{"a page from the cache", nobody, "/su-kien/" + e.Slug, "gzip, deflate, br", "none", "br", e.Title},
		{"a page from the cache for who takes gzip", nobody, "/su-kien/" + e.Slug, "gzip", "none", "gzip", e.Title},
		{"a page from the cache for who takes nothing", nobody, "/su-kien/" + e.Slug, "br;q=0, identity", "none", "", e.Title},
		{"a page that is made each time", nobody, "/tim?q=zzz", "br", "cross-site", "br", "zzz"},
		{"the page of an error", nobody, "/khong-co", "br", "cross-site", "br", "</html>"},
		{"a style sheet", nobody, "/static/css/app.css", "br", "same-origin", "br", "@font-face"},
		{"a typeface", nobody, "/static/fonts/bvp-400.woff2", "br", "same-origin", "", "wOF2"},
		{"a page of the office from the office", officer, "/quan-ly", "br", "same-origin", "br", "</html>"},
		{"a page of the office by hand", officer, "/quan-ly", "gzip", "none", "gzip", "</html>"},
		{"a page of the office from another site", officer, "/quan-ly", "br", "cross-site", "", "</html>"},
		{"a page of the office from a browser that does not say", officer, "/quan-ly", "br", "", "", "</html>"},
		{"a public page with a session from another site", officer, "/tim?q=zzz", "br", "cross-site", "", "zzz"},
	} {
		t.Run(c.name, func(t *testing.T) {
			headers := map[string]string{"Accept-Encoding": c.takes, "Sec-Fetch-Site": c.site}
			coding, body := packedAnswer(t, c.who, c.path, headers)
			if coding != c.want {
				t.Errorf("packed as %q, want %q", coding, c.want)
			}
			if !bytes.Contains([]byte(body), []byte(c.text)) {
				t.Errorf("it does not hold %q: %.200s", c.text, body)
			}
		})
	}
}
