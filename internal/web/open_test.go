package web_test

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// reported makes an event that is over with visits that were counted, and closes its report.
func reported(t *testing.T, k *testkit.Kit, visits int, options ...testkit.EventOption) registry.Event {
	t.Helper()
	actor := registry.SystemActor("test")
	e := k.Event(append([]testkit.EventOption{testkit.InState(registry.Ended)}, options...)...)
	testkit.Works(t, k.App.Admission.AddTally(t.Context(), actor, e.ID, admission.TallyInput{Day: vn.ShowDate(e.OpensOn), Hour: 9, Method: registry.CountPaper, N: visits}))
	testkit.Works(t, k.App.Lifecycle.StepEvent(t.Context(), actor, e.ID, lifecycle.StepInput{To: registry.Reported, Version: e.Version}))
	return e
}

func TestOpenFiguresOnThePageAndInFiles(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := reported(t, k, 1234, testkit.Titled(`=cmd|' </script>"Ba Bể`))
	old := reported(t, k, 700, testkit.OnDays("2024-03-01", 2))
	waits := k.Event(testkit.InState(registry.Ended))
	off := k.Event(testkit.InState(registry.Cancelled))
	c := testkit.NewClient(t, k.Serve())
	year := e.OpensOn[:4]
	t.Run("the page begins with the latest year", func(t *testing.T) {
		page := testkit.Page(t, c.Get("/so-lieu").Body)
		page.In("h1").HasText("Năm " + year + ": 2 phiên chợ, 1.234 lượt khách")
		page.In(".seg a[aria-current]").HasText(year)
		page.HasText("1 sự kiện chưa chốt báo cáo")
		page.HasText(waits.Title)
		if body := c.Get("/so-lieu").Body; strings.Contains(body, off.Title) || strings.Contains(body, old.Title) {
			t.Error("an event of another year, or one that was cancelled, stands on the page")
		}
		if linked := linkedOf(t, c.Get("/so-lieu").Body); linked["@type"] != "Dataset" {
			t.Errorf("it says %v", linked)
		}
	})
	t.Run("another year, a commune, all", func(t *testing.T) {
		testkit.In(t, c.Get("/so-lieu?nam=2024").Body, "h1").HasText("700 lượt khách")
		testkit.In(t, c.Get("/so-lieu?nam=tat-ca").Body, "h1").HasText("3 phiên chợ, 1.934 lượt khách")
		testkit.In(t, c.Get("/so-lieu?dia-ban="+testkit.BaBe.Code).Body, "h1").HasText("tất cả các năm: 3 phiên chợ")
		testkit.In(t, c.Get("/so-lieu?lang=en&nam=tat-ca").Body, "h1").HasText("3 market sessions, 1,934 visits")
	})
	t.Run("what cannot be read", func(t *testing.T) {
		for _, query := range []string{"?nam=hai", "?dia-ban=1", "?nam=1066"} {
			if got := c.Get("/so-lieu" + query); got.Status != http.StatusOK || !strings.Contains(got.Body, strings.SplitN(query, "=", 2)[1]) {
				t.Errorf("%s: %d, it does not say what it passed over", query, got.Status)
			}
			for _, file := range []string{".csv", ".json", "/theo-xa.csv", "/theo-nam.csv"} {
				if got := c.Get("/so-lieu" + file + query); got.Status != http.StatusBadRequest {
					t.Errorf("%s%s answers %d", file, query, got.Status)
				}
			}
		}
	})
	t.Run("files say the same", func(t *testing.T) {
		var file struct {
			Total  map[string]int64 `json:"total"`
			Fields []struct{ Name string }
			Events []struct {
				Title   string
				Figures map[string]int64
			}
		}
		if err := json.Unmarshal([]byte(c.Get("/so-lieu.json").Body), &file); err != nil || file.Total["visits"] != 1934 || len(file.Events) != 3 {
			t.Fatalf("%+v, %v", file, err)
		}
		for path, lines := range map[string]int{"/so-lieu.csv": 3, "/so-lieu/theo-xa.csv": 2, "/so-lieu/theo-nam.csv": 2} {
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.Get(path).Body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) != lines+1 {
				t.Fatalf("%s: %d lines, %v", path, len(rows), err)
			}
			var visits int64
			for _, row := range rows[1:] {
				for i, name := range rows[0] {
					if strings.HasPrefix(row[i], "=") {
						t.Errorf("%s: a formula: %s", path, row[i])
					}
					if name == "visits" && row[i] != "" {
						var n int64
						fmt.Sscan(row[i], &n)
						visits += n
					}
				}
			}
			if visits != 1934 {
				t.Errorf("%s comes to %d visits", path, visits)
			}
		}
	})
	t.Run("the catalogue leads to the files", func(t *testing.T) {
		var doc struct {
			Graph []map[string]any `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(c.Get("/so-lieu/danh-muc.jsonld").Body), &doc); err != nil || len(doc.Graph) != 3 {
			t.Fatal(doc, err)
		}
		for _, d := range doc.Graph[1]["dcat:distribution"].([]any) {
			address := d.(map[string]any)["dcat:downloadURL"].(map[string]any)["@id"].(string)
			if got := c.Get(strings.TrimPrefix(address, k.App.BaseURL)); got.Status != http.StatusOK {
				t.Errorf("%s answers %d", address, got.Status)
			}
		}
		if body := c.Get("/sitemap.xml").Body; !strings.Contains(body, "/so-lieu<") {
			t.Error("the page is not in the sitemap")
		}
		testkit.Page(t, c.Get("/").Body).In(`footer a[href="/so-lieu"]`).HasCount(1)
	})
}

func TestOpenFiguresBeforeAnyEvent(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	testkit.In(t, c.Get("/so-lieu").Body, ".empty").HasText("Chưa có số liệu")
	for _, path := range []string{"/so-lieu?nam=tat-ca", "/so-lieu.json", "/so-lieu.csv", "/so-lieu/danh-muc.jsonld"} {
		if got := c.Get(path); got.Status != http.StatusOK {
			t.Errorf("%s answers %d", path, got.Status)
		}
	}
}

// openMost is what the page of open figures may weigh, in bytes as sent.
const openMost = 50_000

// TestOpenFiguresOfAThousandEvents: the page stays small, and neither it nor a file takes
// more statements for more events.
func TestOpenFiguresOfAThousandEvents(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	communes := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	c := testkit.NewClient(t, k.Serve())
	paths := []string{"/so-lieu", "/so-lieu?nam=tat-ca", "/so-lieu.json", "/so-lieu.csv"}
	taken := func() (counts []int64) {
		for _, path := range paths {
			var n int64
			for range 2 { // what is read once alone is left out
				k.Write(func(tx *store.Tx) error {
					return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.do", Object: "test"})
				})
				before := k.DB.Statements()
				c.Get(path)
				n = k.DB.Statements() - before
			}
			counts = append(counts, n)
		}
		return counts
	}
	reported(t, k, 100)
	few := taken()
	for i := range 20 {
		reported(t, k, 100+i, testkit.InArea(communes[i].Ref))
	}
	for i := range 980 {
		k.Event(testkit.InState(registry.Ended), testkit.InArea(communes[i%len(communes)].Ref))
	}
	many := taken()
	if fmt.Sprint(few) != fmt.Sprint(many) || many[0] > statementsMost {
		t.Errorf("%v statements with one event, %v with a thousand", few, many)
	}
	for _, path := range paths[:2] {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, c.Base+path, nil)
		req.Header.Set("Accept-Encoding", "gzip")
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if _, err := gzip.NewReader(strings.NewReader(string(raw))); err != nil || len(raw) > openMost {
			t.Errorf("%s weighs %d bytes (%v), at most %d", path, len(raw), err, openMost)
		}
		t.Logf("%s: %d bytes, %v statements", path, len(raw), many)
	}
}

// TestBrowserOpenFigures looks at the page with figures in both languages: a page without any,
// which the walk over all pages sees, has no tables.
func TestBrowserOpenFigures(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	for i := range 14 {
		reported(t, k, 1234+i, testkit.OnDays(fmt.Sprintf("2026-%02d-03", 1+i%10), 2))
	}
	k.Event(testkit.InState(registry.Ended))
	v := newViewer(t, k.Serve())
	for _, lang := range []string{"vi", "en"} {
		v.Open(v.base + "/ngon-ngu/" + lang)
		v.see("open-figures-"+lang, "/so-lieu")
		v.see("open-figures-all-"+lang, "/so-lieu?nam=tat-ca")
	}
}
