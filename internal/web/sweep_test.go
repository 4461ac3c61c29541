package web_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// oddValues stand where something else was expected: quotes and wildcards of SQL,
// markup, numbers out of range, dates that are none, other writings, long text.
var oddValues = []string{
	`'" OR 1=1 --`, `%_\`, `<script>alert(1)</script>`, "-1", "99999999999999999999", "0", "NaN", "2026-02-31", "31/02/2026", "2026-13",
	"Hòa e\u0302 🎉", "\u202eABC", "../../etc/passwd", "null", "{{.}}", strings.Repeat("ạ", 300),
}

// longestQuery is about what an address may be long, in bytes of values.
const longestQuery = 8000

// requestID is how an answer names the request.
var requestID = regexp.MustCompile(`request_id":"[0-9a-f]{12,}"|<p class="tiny muted">[^<]* [0-9a-f]{12,}`)

var queryName = regexp.MustCompile(`c\.Query\("([a-z_-]+)"`)

// queryNames are the names of all parameters that pages and the API read.
func queryNames(t *testing.T) (names []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, file := range testkit.GoFiles(t, ".", "../api") {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range queryName.FindAllSubmatch(source, -1) {
			if name := string(m[1]); !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	if len(names) < 20 {
		t.Fatalf("only %d parameters found", len(names))
	}
	return names
}

// readersOf are an admin, a vendor and nobody, by the names that visitsOf uses.
func readersOf(t *testing.T, s *stall) map[string]*testkit.Client {
	t.Helper()
	_, token := s.k.Officer(registry.Admin, "")
	readers := map[string]*testkit.Client{}
	for who, token := range map[string]string{"": "", "admin": token, "vendor": s.vendorToken} {
		readers[who] = testkit.NewClient(t, s.base)
		if token != "" {
			readers[who].SignInAs(token)
		}
	}
	return readers
}

// wellAnswered fails the test on a fault of the server, and on an answer without
// the headers that every answer has.
func wellAnswered(t *testing.T, what string, got testkit.Answer) {
	t.Helper()
	if got.Status >= 500 {
		t.Errorf("%s: %d", what, got.Status)
	}
	if got.Header.Get("Content-Security-Policy") != frame.ContentPolicy() || got.Header.Get("X-Content-Type-Options") != "nosniff" ||
		got.Header.Get("Referrer-Policy") != "same-origin" || got.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" ||
		!strings.Contains(got.Header.Get("Permissions-Policy"), "geolocation=(self)") {
		t.Errorf("%s: headers are missing: %v", what, got.Header)
	}
	for name := range got.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s: other sites are let in by %s", what, name)
		}
	}
}

// TestLongOddQueriesAreNoFault asks every page with every parameter at an odd value:
// it shows a list or says that nothing is there.
func TestLongOddQueriesAreNoFault(t *testing.T) {
	need.Long(t)
	t.Parallel()
	s := newStall(t)
	readers, names := readersOf(t, &s), queryNames(t)
	visits := visitsOf(&s, web.Policies(s.server))
	for i, v := range visits { // each page meets a share of the values, all pages together each value many times
		path, _, _ := strings.Cut(v.path, "?")
		value := oddValues[i%len(oddValues)]
		for few := range slices.Chunk(names, max(1, longestQuery/len(url.QueryEscape(value)))) {
			query := url.Values{}
			for _, name := range few {
				query.Set(name, value)
			}
			wellAnswered(t, path+" with "+value, readers[v.who].Get(path+"?"+query.Encode()))
		}
	}
	for i, path := range []string{"/san-pham", "/doanh-nghiep", "/su-kien", "/tim", "/api/v1/events"} {
		for n, name := range names {
			value := oddValues[(i+n)%len(oddValues)]
			wellAnswered(t, path+" "+name+"="+value, readers[""].Get(path+"?"+name+"="+url.QueryEscape(value)))
		}
	}
}

// TestOddAddressesAreNotFound puts odd values in the place of every object of
// every address: nothing is there, for whoever asks with whatever method.
func TestOddAddressesAreNotFound(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	readers := readersOf(t, &s)
	for i, r := range web.Policies(s.server) {
		if !strings.Contains(r.Path, ":") || strings.HasPrefix(r.Path, "/api/v1/gate") {
			continue
		}
		who := "admin"
		if strings.HasPrefix(r.Path, "/gian-hang") {
			who = "vendor"
		}
		for n := range 2 {
			value := url.PathEscape(oddValues[(2*i+n)%len(oddValues)])
			at := strings.LastIndex(r.Path, "/:")
			path := fill(&s, r.Path[:at]+"/") + testkit.RouteParam.ReplaceAllString(r.Path[at+1:], strings.ReplaceAll(value, "$", ""))
			got := ask(readers[who], r.Method, path)
			wellAnswered(t, r.Method+" "+path, got)
			if got.Status == 200 && r.Method != fiber.MethodGet {
				t.Errorf("%s %s: %d", r.Method, path, got.Status)
			}
		}
	}
}

// TestLongBrokenStorageTellsNothing closes the database under the server: every route
// fails closed, names the request and nothing of what went wrong.
func TestLongBrokenStorageTellsNothing(t *testing.T) {
	need.Long(t)
	t.Parallel()
	s := newStall(t)
	readers, failed := readersOf(t, &s), 0
	if err := s.k.DB.Close(); err != nil {
		t.Fatal(err)
	}
	for _, r := range web.Policies(s.server) {
		if strings.HasPrefix(r.Path, "/static/") || r.Path == "/healthz" {
			continue
		}
		for who, c := range readers {
			got := ask(c, r.Method, fill(&s, r.Path))
			if who != "" && !strings.HasPrefix(r.Path, "/api/") && got.Status < 500 {
				t.Errorf("%s %s as %s: %d while nobody can be known", r.Method, r.Path, who, got.Status)
			}
			for _, secret := range []string{"sql:", "closed", "goroutine", ".go:", "SELECT", "/root/", "store."} {
				if strings.Contains(got.Body, secret) && got.Status >= 500 {
					t.Errorf("%s %s: the answer says %q: %.200s", r.Method, r.Path, secret, got.Body)
				}
			}
			if got.Status >= 500 {
				failed++
				if r.Path != "/readyz" && !requestID.MatchString(got.Body) {
					t.Errorf("%s %s: no request id in the answer", r.Method, r.Path)
				}
			}
		}
	}
	if failed < 100 {
		t.Errorf("only %d answers failed: the test does not bite", failed)
	}
}

// TestCrossSiteMatrix tries every mix of method, Sec-Fetch-Site, Origin and what
// the request is known by against the rule, told a second time.
func TestCrossSiteMatrix(t *testing.T) {
	t.Parallel()
	base := testkit.NewApp(t).Serve()
	cells := 0
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		for _, site := range []string{"", "same-origin", "none", "same-site", "cross-site"} {
			for _, origin := range []string{"", base, "https://evil.example", "null"} {
				for _, known := range []string{"", "Cookie", "Authorization"} {
					allowed := method == "GET" || site == "same-origin" || site == "none" ||
						site == "" && (origin == base || origin == "" && known != "Cookie")
					req, err := http.NewRequest(method, base+"/khong-co", strings.NewReader("a=1"))
					if err != nil {
						t.Fatal(err)
					}
					for name, value := range map[string]string{"Sec-Fetch-Site": site, "Origin": origin, known: "s=x"} {
						if name != "" && value != "" {
							req.Header.Set(name, value)
						}
					}
					res, err := http.DefaultClient.Do(req)
					if err != nil {
						t.Fatal(err)
					}
					res.Body.Close()
					if cells++; (res.StatusCode != 403) != allowed {
						t.Errorf("%s site=%q origin=%q known by %q: %d", method, site, origin, known, res.StatusCode)
					}
				}
			}
		}
	}
	if cells < 60 {
		t.Errorf("only %d cells", cells)
	}
}
