package web_test

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// countVisitors taps on the poster's page and clicks three at the gate.
func (j *mainJob) countVisitors() {
	j.open(j.office, "/quan-ly/su-kien/"+string(j.event.ID)+"/cong")
	poster := testkit.Get(j.office, chromedp.Evaluate[string](`document.querySelector('main a[href^="/c/"]').getAttribute("href")`))
	visitor := testkit.NewBrowser(j.t, testkit.BrowserOptions{})
	j.open(visitor, poster)
	if page := visitor.Page().In("main").Text(); !strings.Contains(page, "HTX Tài Hoan") {
		j.t.Errorf("the poster's page does not name the vendors: %.300s", page)
	}
	j.follow(visitor, "main form .btn")
	b := j.clicker
	b.Click("#next")
	b.Click("#open-count")
	for range 2 { // opening the clicker counts one already
		b.Click(`[data-count="1"][data-who="person"]`)
	}
	for range 50 {
		if j.visits() == 4 {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	v, err := j.k.App.Admission.Visits(j.t.Context(), j.event.ID)
	j.t.Errorf("visits %+v, %v; want one tap and three clicks", v, err)
}

// visits is the figure as the office sees it.
func (j *mainJob) visits() int {
	v, err := j.k.App.Admission.Visits(j.t.Context(), j.event.ID)
	if err != nil {
		j.t.Fatal(err)
	}
	return v.Total.Total
}

func (j *mainJob) fileSales() {
	j.office.Do(chromedp.Navigate("about:blank")) // its live page would ask on without a session
	j.k.Clock.Set(testkit.MachineNow().Add(5 * 24 * time.Hour))
	if _, err := j.k.App.Lifecycle.AdvanceEvents(j.t.Context()); err != nil {
		j.t.Fatal(err)
	}
	j.vendorAgain()
	b := j.stall
	j.open(b, "/gian-hang/"+string(j.vendor)+"/doanh-thu/"+string(j.event.ID))
	sales := map[string]any{}
	for _, field := range b.Page().In("main").Find("input").Each() {
		if name := field.Attr("name"); strings.HasPrefix(name, "amount") {
			sales[name] = "4.500.000"
		}
	}
	fillFields(b, sales)
	j.follow(b, "main form .actions .btn")
	_, j.officer = j.k.Officer(registry.Organiser, "19")
	j.signIn(j.office, j.officer)
	j.open(j.office, "/quan-ly/su-kien/"+string(j.event.ID)+"/doanh-thu")
	if page := j.office.Page().In("main").Text(); !strings.Contains(page, "HTX Tài Hoan") {
		j.t.Errorf("the office does not see who has filed: %.300s", page)
	}
}

// closeEvent reads the report, opens the rows behind its visits, and closes the
// event; all files of the report and the public page then say the same figures.
func (j *mainJob) closeEvent() {
	b, root := j.office, "/quan-ly/su-kien/"+string(j.event.ID)
	j.open(b, root)
	j.follow(b, `main a.btn[href$="/bao-cao"]`)
	b.Page().In(".tiles").HasText("khách tự bấm 1").HasText("đếm tay 3")
	j.follow(b, `main .tiles a[href$="so=visits"]`)
	b.Page().In("table.report tbody tr").HasCount(2)
	j.open(b, root+"/bao-cao")
	j.follow(b, `form[action$="/chot"] button`)
	if j.refresh(); j.event.State != registry.Reported {
		j.t.Fatalf("the closed event is %s", j.event.State)
	}
	desk := testkit.NewClient(j.t, j.base)
	desk.SignInAs(j.officer)
	page := tableRows(testkit.Page(j.t, desk.Get(root+"/bao-cao").Body))
	if text := docxRows(j.t, desk.Get(root+"/bao-cao/tep/docx").Body); !slices.EqualFunc(page, text, slices.Equal) {
		j.t.Errorf("the page says\n%q\nthe text\n%q", page, text)
	}
	for form, begins := range map[string]string{"pdf": "%PDF-", "xlsx": "PK"} {
		if got := desk.Get(root + "/bao-cao/tep/" + form); got.Status != 200 || !strings.HasPrefix(got.Body, begins) {
			j.t.Errorf("%s: status %d, begins with %.5q", form, got.Status, got.Body)
		}
	}
	visitor := testkit.NewClient(j.t, j.base)
	testkit.Page(j.t, visitor.Get("/su-kien/"+j.event.Slug).Body).In("dl.facts").HasText("khách tự bấm")
}

// vendorAgain signs the vendor in again: the days between have ended its session.
func (j *mainJob) vendorAgain() {
	j.open(j.stall, "/dang-nhap")
	if j.stall.Page().Find("[name=password]").Count() > 0 {
		fillFields(j.stall, map[string]any{"login": "0912 345 678", "password": "mien dong phoi nang"})
		j.follow(j.stall, "main form .btn")
	}
}

func (j *mainJob) reportFake() {
	visitor := testkit.NewBrowser(j.t, testkit.BrowserOptions{NoScript: true})
	j.open(visitor, "/t/"+j.pass(registry.BoothPass).Code)
	page := visitor.Page().In("main").Text()
	for _, want := range []string{"HTX Tài Hoan", "A05", "Miến dong Tài Hoan", "5 sao OCOP", "Na Rì", "Thẻ gian hàng thật"} {
		if !strings.Contains(page, want) {
			j.t.Errorf("the sign does not say %q: %.300s", want, page)
		}
	}
	j.follow(visitor, `main a[href^="/phan-anh"]`)
	form := visitor.Page().In("main").Find("form").Each()[0]
	if form.Find("[name=name]").Count() > 0 {
		j.t.Error("the form asks for a name")
	}
	visitor.Click(`main [name=kind][value=counterfeit]`)
	visitor.Type(`main [name=text]`, "Gói miến bán ở gian bên có nhãn giống nhưng sai chữ.")
	j.follow(visitor, "main form .actions .btn")
	if code := regexp.MustCompile(`/phan-anh/(\d+)`).FindStringSubmatch(j.at(visitor)); code == nil {
		j.t.Errorf("no tracking code at %s", j.at(visitor))
	}
}
