package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/config"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/web"
)

// TestLongHeadAnswersLikeGet asks every page both ways, as nobody and as an officer: the
// same status and the same head, and no body.
func TestLongHeadAnswersLikeGet(t *testing.T) {
	need.Long(t)
	s := newStall(t)
	visitor := testkit.NewClient(t, s.base)
	asked := 0
	for _, r := range web.Policies(s.server) {
		if r.Method != http.MethodGet {
			continue
		}
		path := fill(&s, r.Path)
		for name, c := range map[string]*testkit.Client{"nobody": visitor, "organiser": s.organiserWeb} {
			asked++
			got, head := c.Get(path), c.Do(http.MethodHead, path, "", nil)
			if head.Status != got.Status || head.Body != "" || head.Location != got.Location {
				t.Errorf("%s, %s: HEAD %d to %q, GET %d to %q", path, name, head.Status, head.Location, got.Status, got.Location)
			}
			for _, line := range []string{"Content-Type", "Cache-Control", "Vary", "Content-Security-Policy"} {
				if head.Header.Get(line) != got.Header.Get(line) {
					t.Errorf("%s, %s: %s is %q, GET says %q", path, name, line, head.Header.Get(line), got.Header.Get(line))
				}
			}
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/", "/cong"} {
		if head := visitor.Do(http.MethodHead, path, "", nil); head.Status != 200 {
			t.Errorf("HEAD %s: %d", path, head.Status)
		}
	}
	if asked < 200 {
		t.Errorf("only %d pages asked", asked)
	}
}

// TestPathsWithASlashBehind leads the addresses that people type with one more slash.
func TestPathsWithASlashBehind(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	for _, path := range []string{"/cong/", "/su-kien/", "/phan-anh/", "/dang-nhap/", "/healthz/", "/api/v1/events/"} {
		if got := c.Get(path); got.Status != 200 {
			t.Errorf("%s: %d to %q", path, got.Status, got.Location)
		}
	}
}

// TestConditionalAnswers asks again for what was answered before, with the tag in
// every form that proxies and browsers give it.
func TestConditionalAnswers(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	asset := testkit.Page(t, c.Get("/").Body).In("script[src]").Attr("src")
	for _, path := range []string{"/su-kien", asset} {
		tag := c.Get(path).Header.Get("ETag")
		for held, want := range map[string]int{tag: 304, "W/" + tag: 304, `"x", W/` + tag: 304, "*": 304, `"x"`: 200, `W/"x"`: 200, "": 200, tag[:len(tag)-2] + `"`: 200} {
			req := c.Request(http.MethodGet, path, "", nil)
			req.Header.Set("If-None-Match", held)
			if got := c.Send(req); got.Status != want {
				t.Errorf("%s, If-None-Match %s: %d, want %d", path, held, got.Status, want)
			}
		}
	}
}

// TestPackedAnswersAreAskedFor packs answers only for whoever takes them.
func TestPackedAnswersAreAskedFor(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	asset := testkit.Page(t, c.Get("/").Body).In("script[src]").Attr("src")
	c.Get("/su-kien")
	for _, path := range []string{"/su-kien", asset} {
		for offer, packed := range map[string]string{"gzip": "gzip", "GZIP": "gzip", "br, gzip;q=0.5": "br", "gzip; q=1.0, *;q=0": "gzip",
			"gzip;q=0": "", "gzip; q=0.000": "", "br, gzip ; Q=0": "br", "br;q=0, gzip": "gzip", "identity": "", "": "", "xgzip": "", "gzip;q=x": ""} {
			req := c.Request(http.MethodGet, path, "", nil)
			req.Header.Set("Accept-Encoding", offer)
			if got := c.Send(req); got.Status != 200 || got.Header.Get("Content-Encoding") != packed {
				t.Errorf("%s, Accept-Encoding %q: %d %q", path, offer, got.Status, got.Header.Get("Content-Encoding"))
			}
		}
	}
}

// TestBearerInAnyCase lets a program write the scheme as it likes.
func TestBearerInAnyCase(t *testing.T) {
	s := newStall(t)
	token, err := s.k.App.Accounts.CreateAPIToken(t.Context(), s.organiser, accounts.NewAPIToken{Name: "máy trạm", Days: 30, Scopes: registry.APIScopes})
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.NewClient(t, s.base)
	for value, want := range map[string]int{"Bearer " + token: 200, "bearer " + token: 200, "BEARER  " + token + " ": 200, "Basic " + token: 401, token: 401, "Bearer": 401, "": 401} {
		req := c.Request(http.MethodGet, "/api/v1/office/applications", "", nil)
		req.Header.Set("Authorization", value)
		if got := c.Send(req); got.Status != want {
			t.Errorf("%.12q: %d, want %d", value, got.Status, want)
		}
	}
}

// behindProxy is a server that browsers reach by another name than the one that its
// proxy writes into Host.
func behindProxy(t *testing.T, settings config.Config) (k *testkit.Kit, base string) {
	k = testkit.NewApp(t)
	d := k.Door()
	d.Shut()
	settings.TrustedProxies = []string{"127.0.0.1"}
	d.Open(settings)
	return k, d.Base
}

// TestProxyThatRewritesHost posts as a browser does that knows no Sec-Fetch-Site: the
// address of the installation is ours, whatever Host says, and no other is.
func TestProxyThatRewritesHost(t *testing.T) {
	_, base := behindProxy(t, config.Config{BaseURL: "https://Hoicho.example.vn:443"})
	c := testkit.NewClient(t, base)
	for origin, refused := range map[string]bool{"https://hoicho.example.vn": false, "https://hoicho.example.vn:8443": true, "http://hoicho.example.vn": true,
		"https://evil.hoicho.example.vn": true, "https://hoicho.example.vn.evil.example": true, "null": true, base: false} {
		for site, always := range map[string]bool{"": false, "cross-site": true, "same-site": true} {
			req := c.Request(http.MethodPost, "/dang-xuat", "application/x-www-form-urlencoded", strings.NewReader(""))
			req.Header.Del("Sec-Fetch-Site")
			if site != "" {
				req.Header.Set("Sec-Fetch-Site", site)
			}
			req.Header.Set("Origin", origin)
			req.Header.Set("Cookie", "__Host-s=x")
			if got := c.Send(req); (got.Status == 403) != (refused || always) {
				t.Errorf("Origin %s, Sec-Fetch-Site %q: %d", origin, site, got.Status)
			}
		}
	}
}

// TestTransportSecurity says for how long and for which names browsers keep to https.
func TestTransportSecurity(t *testing.T) {
	for want, settings := range map[string]config.Config{
		"max-age=31536000":                    {BaseURL: "https://hoicho.example.vn"},
		"max-age=31536000; includeSubDomains": {BaseURL: "https://hoicho.example.vn", HSTSSubdomains: true},
		"":                                    {BaseURL: "http://hoicho.example.vn", HSTSSubdomains: true},
	} {
		_, base := behindProxy(t, settings)
		for _, path := range []string{"/", "/khong-co", "/api/v1/khong-co"} {
			if got := testkit.NewClient(t, base).Get(path).Header.Get("Strict-Transport-Security"); got != want {
				t.Errorf("%s at %s: %q, want %q", path, settings.BaseURL, got, want)
			}
		}
	}
}

// TestSignOutClearsWhatTheBrowserKept clears the cache of pages, and not the storage,
// in which a gate phone holds scans.
func TestSignOutClearsWhatTheBrowserKept(t *testing.T) {
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	got := c.Post("/dang-xuat", nil)
	if cleared := got.Header.Get("Clear-Site-Data"); got.Status != 303 || cleared != `"cache"` {
		t.Errorf("%d, Clear-Site-Data %s", got.Status, cleared)
	}
	if got := c.Get("/quan-ly"); got.Status != 401 {
		t.Errorf("afterwards: %d", got.Status)
	}
}

// TestLimitsSayWhenToComeBack asks through each door that has a limit until it is used
// up: 429 comes with Retry-After, on pages that show a form again too.
func TestLimitsSayWhenToComeBack(t *testing.T) {
	s := newStall(t)
	visitor := testkit.NewClient(t, s.base)
	form := func(c *testkit.Client, path string, pairs ...string) func() testkit.Answer {
		return func() testkit.Answer {
			values := url.Values{}
			for i := 0; i < len(pairs); i += 2 {
				values.Set(pairs[i], pairs[i+1])
			}
			return c.Post(path, values)
		}
	}
	for name, ask := range map[string]func() testkit.Answer{
		"sign in": form(visitor, "/dang-nhap", "login", "0912345678", "password", "khong dung dau"),
		"reset":   form(visitor, "/quen-mat-khau", "login", "lan@example.vn"),
		"tip":     form(visitor, "/phan-anh", "kind", "price", "place", "chợ Ba Bể", "text", "Không niêm yết giá."),
		"stall":   func() testkit.Answer { return visitor.Get("/t/123456789012") },
		"pairing": func() testkit.Answer {
			return visitor.Do("POST", "/api/v1/gate/pair", "application/json", strings.NewReader(`{"token":"123456789012","name":"Máy"}`))
		},
	} {
		got := ask()
		for n := 0; n < 160 && got.Status != 429; n++ {
			got = ask()
		}
		if wait, err := strconv.Atoi(got.Header.Get("Retry-After")); got.Status != 429 || err != nil || wait < 1 {
			t.Errorf("%s: %d, Retry-After %q", name, got.Status, got.Header.Get("Retry-After"))
		}
	}
}
