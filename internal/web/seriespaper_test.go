package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
	"hoicho/internal/vn"
)

// soldSeries makes a series of sessions that were held and reported, each with as many vendors that
// filed their sales, one session that is still to come, and others.
func soldSeries(k *testkit.Kit, sessions, sellers int, others ...registry.Event) string {
	admin := registry.SystemActor("test")
	pattern := k.Event(testkit.InState(registry.Draft), testkit.Titled("Phiên chợ Ba Bể"))
	var vendors []registry.VendorID
	for range sellers {
		vendors = append(vendors, k.Vendor().ID)
	}
	events := append(others, k.Event(testkit.InState(registry.Planned)))
	for i := range sessions {
		e := k.Event(testkit.InState(registry.Ended), testkit.OnDays(vn.AddDays(k.App.Today(), -3*(i+1)), 1))
		for n, v := range vendors {
			k.Application(e, v, testkit.Standing(registry.AppApproved))
			k.Write(func(tx *store.Tx) error {
				return tx.SaveSales(k.T.Context(), &registry.SalesReturn{Event: e.ID, Vendor: v, FiledBy: admin.Account,
					Days: []registry.SalesDay{{Day: e.OpensOn, Dong: int64(1_000_000 + 1000*i + n), By: admin.Account}}})
			})
		}
		k.Gates(e.ID, 1)
		tally := admission.TallyInput{Day: vn.ShowDate(e.OpensOn), Hour: 9, Method: registry.CountPaper, N: 100 * (i + 1)}
		if err := k.App.Admission.AddTally(k.T.Context(), admin, e.ID, tally); err != nil {
			k.T.Fatal(err)
		}
		events = append(events, reportedWith(k, e, fmt.Sprintf("Phiên thứ %d: bà con đến đông, hàng OCOP bán chạy. Đề nghị giữ ngày họp.", i+1)))
	}
	return "/quan-ly/lich-nam/loat/" + string(k.Series(pattern, events...)) + "/bao-cao"
}

// reportedWith closes the report of an event that says something.
func reportedWith(k *testkit.Kit, e registry.Event, assessment string) registry.Event {
	k.Write(func(tx *store.Tx) error {
		return tx.SaveReportPaper(k.T.Context(), e.ID, registry.ResultPaper{Issuer: e.Organiser, Assessment: assessment}, 0)
	})
	in := lifecycle.StepInput{To: registry.Reported, Version: e.Version}
	if err := k.App.Lifecycle.StepEvent(k.T.Context(), registry.SystemActor("test"), e.ID, in); err != nil {
		k.T.Fatal(err)
	}
	return e
}

// officerAt is an officer who has signed in.
func officerAt(t *testing.T, k *testkit.Kit, base string, role registry.Role) *testkit.Client {
	t.Helper()
	_, token := k.Officer(role, "19")
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	return c
}

// paperPage is the paper at an address.
func paperPage(t *testing.T, c *testkit.Client, root string) testkit.Doc {
	t.Helper()
	got := c.Get(root)
	if got.Status != http.StatusOK {
		t.Fatalf("%s: %d", root, got.Status)
	}
	return testkit.Page(t, got.Body)
}

// TestThePaperOfASeriesIsTheSameEverywhere: the page, DOCX, PDF, XLSX and JSON say the same figures.
func TestThePaperOfASeriesIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	root := soldSeries(k, 3, 4)
	for _, lang := range []string{"vi", "en"} {
		c := officerAt(t, k, base, registry.Reporter)
		c.Get("/ngon-ngu/" + lang)
		paper := paperPage(t, c, root).In("article.a4")
		asInDOCX(t, c, root, paper)
		opensFigures(t, c, paper)
		if n := len(paper.Find(".paper-chart svg path").Each()); n < 5 {
			t.Errorf("the chart of visits has %d parts", n)
		}
		rows, pdf := paperRows(paper), strings.Join(strings.Fields(pdfText(t, c.Get(root+"/tep/pdf").Body)), " ")
		sheet := firstSheet(t, c.Get(root+"/tep/xlsx").Body)
		for _, row := range rows {
			if !slices.ContainsFunc(sheet, func(line []string) bool { return slices.Equal(withoutMarks(line), withoutMarks(row)) }) {
				t.Errorf("%s: the workbook lacks %q", lang, row)
			}
			if len(row) > 1 && !strings.Contains(pdf, row[1]) {
				t.Errorf("%s: the PDF lacks %q", lang, row[1])
			}
		}
		for _, p := range paper.Find("p.body").Each() {
			if !strings.Contains(pdf, p.Text()) {
				t.Errorf("the PDF lacks %q", p.Text())
			}
		}
	}
	asInJSON(t, k, base, root)
}

func firstSheet(t *testing.T, raw string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader([]byte(raw)))
	testkit.Works(t, err)
	rows, err := f.GetRows(f.GetSheetList()[0])
	testkit.Works(t, err)
	return rows
}

// asInJSON fails the test unless the API tells each figure as the page that opens it does.
func asInJSON(t *testing.T, k *testkit.Kit, base, root string) {
	t.Helper()
	admin, session := k.Officer(registry.Admin, "")
	token, err := k.App.Accounts.CreateAPIToken(t.Context(), admin, accounts.NewAPIToken{Name: "thử", Days: 30, Scopes: []registry.APIScope{registry.ScopeReports}})
	testkit.Works(t, err)
	id := strings.Split(root, "/")[4]
	status, body := contract.Call(t, token, "GET", base+"/api/v1/office/series/"+id+"/report", "")
	var said struct {
		Draft   bool
		Figures []struct {
			Key         string
			N, Sessions int64
		}
		Sessions []struct{ Standing string }
	}
	if err := json.Unmarshal([]byte(body), &said); err != nil || status != 200 || !said.Draft || len(said.Sessions) != 4 || len(said.Figures) < 50 {
		t.Fatalf("%d %v: %s", status, err, body)
	}
	c := testkit.NewClient(t, base)
	c.SignInAs(session)
	money := 0
	for _, f := range said.Figures {
		n := vn.Count(f.N)
		if strings.HasSuffix(f.Key, "_dong") || f.Key == "sales_banded" || f.Key == "costs_estimate" {
			n, money = vn.Dong(f.N), money+1
		}
		testkit.Page(t, c.Get(root+"/so/"+f.Key).Body).In("h1").HasText(fmt.Sprintf(": %s (%d phiên)", n, f.Sessions))
	}
	if money < 5 {
		t.Errorf("%d sums of money among the figures", money)
	}
}

// TestTheCoverOfASeriesIsWritten writes number and day from the page, with a fault first, and leads
// from the series and from a session to the paper.
func TestTheCoverOfASeriesIsWritten(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	root := soldSeries(k, 1, 1)
	base := k.Serve()
	organiser := officerAt(t, k, base, registry.Organiser)
	form := testkit.Page(t, organiser.Get(root+"/sua").Body).Form(root + "/sua")
	bad := organiser.Post(root+"/sua", form.Set("signed_on", "31/02/2027").Set("issuer", "").Fields)
	if bad.Status != http.StatusUnprocessableEntity || !strings.Contains(bad.Body, "f-issuer") {
		t.Errorf("at fault: %d", bad.Status)
	}
	if got := organiser.Post(root+"/sua", url.Values{"strange": {"1"}}); got.Status != http.StatusBadRequest {
		t.Errorf("a field of nobody: %d", got.Status)
	}
	form = form.Set("signed_on", vn.ShowDate(k.App.Today())).Set("issuer", "Trung tâm XTTM").Set("number", "31/BC-XTTM")
	if got := organiser.Post(root+"/sua", form.Fields); got.Status != http.StatusSeeOther || got.Location != root {
		t.Errorf("written: %d %s", got.Status, got.Location)
	}
	page := paperPage(t, organiser, root)
	page.In("article.a4").HasText("31/BC-XTTM").HasText("Dự thảo").HasText("bà con đến đông")
	page.In(".paper-bar").HasText("1/2 phiên đã chốt báo cáo")
	if got := organiser.Post(root+"/sua", form.Fields); got.Status != http.StatusConflict {
		t.Errorf("written over: %d", got.Status)
	}
	series := organiser.Get(strings.TrimSuffix(root, "/bao-cao"))
	session := fmt.Sprint(k.Look(`SELECT event_id FROM reports`)[0][0])
	for name, body := range map[string]string{"the series": series.Body, "the report of a session": organiser.Get("/quan-ly/su-kien/" + session + "/bao-cao").Body} {
		if !strings.Contains(body, `href="`+root+`"`) {
			t.Errorf("%s does not lead to the paper", name)
		}
	}
	viewer := officerAt(t, k, base, registry.Viewer)
	if got := viewer.Get(root); got.Status != http.StatusNotFound {
		t.Errorf("a viewer reads it: %d", got.Status)
	}
	if got := viewer.Get(strings.TrimSuffix(root, "/bao-cao")); strings.Contains(got.Body, root) {
		t.Error("a viewer is led to a paper that is not for viewers")
	}
	for path, want := range map[string]int{"/tep/odt": 404, "/so/vang": 404, "/so/visits": 200} {
		if got := organiser.Get(root + path); got.Status != want {
			t.Errorf("%s: %d, want %d", path, got.Status, want)
		}
	}
}

// TestALongSeriesIsAPaperOfSaneLength: a year of sixty sessions with words of their own is printed on
// a dozen or two of pages.
func TestALongSeriesIsAPaperOfSaneLength(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	root := soldSeries(k, 60, 3)
	got := officerAt(t, k, base, registry.Reporter).Get(root + "/tep/pdf")
	if pages := strings.Count(got.Body, "/Type /Page\n"); pages < 6 || pages > 25 {
		t.Errorf("%d: %d pages of %d kB", got.Status, pages, len(got.Body)/1000)
	}
	text := pdfText(t, got.Body)
	if n := strings.Count(text, "bà con đến đông"); n != 60 {
		t.Errorf("%d of 60 sessions say what they found", n)
	}
}

// BenchmarkSeriesPaper opens the paper of sixty sessions and writes its PDF, over HTTP, nothing kept.
func BenchmarkSeriesPaper(b *testing.B) {
	k := testkit.NewApp(b)
	root := soldSeries(k, 60, 3)
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(b, k.Serve())
	c.SignInAs(token)
	for name, path := range map[string]string{"page": root, "figure": root + "/so/visits", "pdf": root + "/tep/pdf"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got := c.Get(path); got.Status != 200 {
					b.Fatalf("%s: %d", path, got.Status)
				}
			}
		})
	}
}
