package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/config"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web"
)

// watched returns what Prometheus gets.
func watched(s *web.Server) string {
	rec := httptest.NewRecorder()
	s.Metrics().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	return rec.Body.String()
}

func TestMetricsTellRoutesNotAddresses(t *testing.T) {
	k := testkit.NewApp(t)
	s, base := site.Of(k)
	c := testkit.NewClient(t, base)
	c.Get("/tep/0192-secret-id")
	body := watched(s)
	if !strings.Contains(body, `route="/tep/:id/:size?",status="404"`) {
		t.Errorf("no line for the route:\n%s", body)
	}
	if strings.Contains(body, "secret-id") {
		t.Error("a path with an id is in the metrics")
	}
}

// TestMetricsTellWhatHappens lets one of each happen and looks for its figure, and
// for none when the database is gone.
func TestMetricsTellWhatHappens(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running))
	k.Gates(event.ID, 1)
	s, base := site.Of(k)
	phone, staff := k.Phone(event.ID, registry.Steward, 1), k.Issued(event, registry.OfficialPass, 1)[0]
	batch := phone.Batch(phone.Scan(staff))
	for range 2 { // the second time it is known
		if _, err := k.App.Admission.Scan(t.Context(), phone.Device, batch); err != nil {
			t.Fatal(err)
		}
	}
	c := testkit.NewClient(t, base)
	for range 11 {
		c.Post("/dang-nhap", url.Values{"login": {"khong-co@vi-du.vn"}, "password": {"khong-co"}})
	}
	k.Write(func(tx *store.Tx) error {
		if err := tx.Notify(t.Context(), registry.Message{To: "a@vi-du.vn", Key: "x"}); err != nil {
			return err
		}
		return tx.InsertJob(t.Context(), registry.Job{ID: "j", Kind: "x"})
	})
	want := []string{`hoicho_build_info{engine="` + k.DB.Engine() + `",go="go1.`, `version="test"} 1`,
		`hoicho_scans_total{verdict="ok"} 1`, `hoicho_scans_total{verdict="forged"} 0`,
		`hoicho_sign_in_failures_total{step="password"} `, `hoicho_limited_total `,
		`hoicho_mail{state="waiting"} 1`, `hoicho_mail{state="given_up"} 0`, `hoicho_jobs{state="waiting"} 1`, `hoicho_jobs{state="failed"} 0`,
		"hoicho_backup_failed 0", "hoicho_database_bytes ", "hoicho_database_up 1"}
	if k.DB.Path() != "" {
		dir := t.TempDir()
		for range 2 { // of the second round no copy is made, and none is needed
			k.Clock.Add(15 * time.Minute)
			if err := k.App.BackupTo(t.Context(), dir); err != nil {
				t.Fatal(err)
			}
		}
		k.Clock.Add(90 * 1e9)
		if got := c.Get("/readyz").Body; !strings.Contains(got, "last backup 20") || !strings.Contains(got, "nothing changed since then until 20") {
			t.Errorf("readyz says %q", got)
		}
		want = append(want, "hoicho_backup_age_seconds 90", "hoicho_backup_made_seconds ", "hoicho_wal_bytes ")
	}
	body := watched(s)
	for _, line := range want {
		if !strings.Contains(body, line) {
			t.Errorf("no %s in\n%s", line, body)
		}
	}
	for _, none := range []string{"password\"} 0\n", "hoicho_limited_total 0\n", "hoicho_database_bytes 0\n", "vi-du.vn"} {
		if strings.Contains(body, none) {
			t.Errorf("there is %q in\n%s", none, body)
		}
	}
	if err := k.DB.Close(); err != nil {
		t.Fatal(err)
	}
	body = watched(s)
	if !strings.Contains(body, "hoicho_database_up 0") || strings.Contains(body, "hoicho_mail") || !strings.Contains(body, "hoicho_scans_total") {
		t.Error("without a database the other figures should stay")
	}
}

// TestMetricsAreBounded has strangers choose methods, paths and hosts: the number of
// lines does not follow.
func TestMetricsAreBounded(t *testing.T) {
	k := testkit.NewApp(t)
	s, base := site.Of(k)
	ask := func(n int) int {
		for i := range n {
			for _, method := range []string{"GET", fmt.Sprintf("BREW%d", i)} {
				req, err := http.NewRequest(method, fmt.Sprintf("%s/x%d/%d?q=%d", base, i, i, i), nil)
				if err != nil {
					t.Fatal(err)
				}
				req.Host = fmt.Sprintf("h%d.vn", i)
				res, err := http.DefaultClient.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				res.Body.Close()
			}
		}
		return strings.Count(watched(s), "\nhoicho_")
	}
	if few, many := ask(1), ask(20); many > few {
		t.Errorf("%d lines after one request, %d after twenty more:\n%s", few, many, watched(s))
	}
}

// logBuffer takes a log that the server writes while a test reads.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.b.Reset()
	return l.b.String()
}

// TestFailedSignInIsLoggedWithoutItsAddress unless that was asked for; the sample for
// fail2ban finds it then. Behind a proxy it is the stranger's.
func TestFailedSignInIsLoggedWithoutItsAddress(t *testing.T) {
	file, err := os.ReadFile("../../data/deploy/fail2ban-hoicho.conf")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^failregex = (.*)$`).FindSubmatch(file)
	sample := regexp.MustCompile(strings.Replace(string(line[1]), "<HOST>", `(\S+?)`, 1))
	k := testkit.NewApp(t)
	var log logBuffer
	k.LogTo(&log)
	d := k.Door()
	for name, test := range map[string]struct {
		set  config.Config
		want string
	}{
		"as it is":  {config.Config{TrustedProxies: []string{"127.0.0.1"}}, ""},
		"asked for": {config.Config{TrustedProxies: []string{"127.0.0.1"}, LogSignInIP: true}, "203.0.113.77"},
	} {
		d.Shut()
		d.Open(test.set)
		log.take()
		c := testkit.NewClient(t, d.Base)
		req := c.Request("POST", "/dang-nhap", "application/x-www-form-urlencoded", strings.NewReader("login=0912345678&password=khong-co"))
		req.Header.Set("X-Forwarded-For", "198.51.100.9, 203.0.113.77")
		c.Send(req)
		said, found := log.take(), ""
		for line := range strings.Lines(said) {
			if m := sample.FindStringSubmatch(line); m != nil {
				found = m[1]
			}
		}
		if found != test.want || !strings.Contains(said, "sign-in failed") || !strings.Contains(said, "203.0.113.0/24") {
			t.Errorf("%s: found %q in %s", name, found, said)
		}
		if strings.Contains(said, "203.0.113.77") != (test.want != "") || strings.Contains(said, "0912345678") {
			t.Errorf("%s: it tells too much: %s", name, said)
		}
	}
}
