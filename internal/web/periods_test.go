package web_test

import (
	"cmp"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/app/archive"
	"hoicho/internal/app/periods"
	"hoicho/internal/app/templates"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestALockedPeriodIsAttackedByEveryDoor sends every form of a period to one that is locked: none
// of them changes what was reported.
func TestALockedPeriodIsAttackedByEveryDoor(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	year := s.k.App.Today()[:4]
	root, unit := "/quan-ly/bao-cao/xa/"+year+"-year", testkit.BaBe.Code
	day, _ := vn.InstantOf(year+"-12-08", 9*60)
	s.k.Clock.Set(day)
	c := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	page := testkit.Page(t, c.Get(root+"/"+unit).Body)
	version := page.In("input[name=version]").Attr("value")
	if got := c.Post(root+"/"+unit+"/nop", url.Values{"version": {version}, "code": {"papers"}, "typed": {"4"}, "sure": {"on"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("handing in: %d %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	again := c.Post(root+"/"+unit+"/nop", url.Values{"version": {version}, "code": {"papers"}, "typed": {"9"}})
	if again.Status != http.StatusConflict {
		t.Fatalf("handing in twice: %d", again.Status)
	}
	testkit.Page(t, again.Body).In("#da-go").HasText("9") // nothing of the second is lost
	if got := c.Post(root+"/nhan", url.Values{"pick": {unit + ":1"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("accepting: %d", got.Status)
	}
	s.k.Clock.Set(day.AddDate(0, 1, 8))
	_, token = s.k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	if got := c.Post(root+"/khoa", url.Values{"lock_reason": {"Tổng hợp."}, "sure": {"on"}, "province": {"2025:19"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("locking: %d %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	stands := func() string {
		return s.k.Look(`SELECT state || figures || lines FROM period_reports`)[0][0].(string)
	}
	was := stands()
	for path, form := range map[string]url.Values{
		root + "/" + unit + "/luu":       {"version": {"2"}, "code": {"papers"}, "typed": {"7"}},
		root + "/" + unit + "/nop":       {"version": {"2"}, "code": {"papers"}, "typed": {"7"}, "sure": {"on"}},
		root + "/" + unit + "/tra-lai":   {"version": {"2"}, "reason": {"x"}, "until": {vn.ShowDate(s.k.App.Today())}},
		root + "/" + unit + "/bo-sung":   {"reason": {"x"}},
		root + "/" + unit + "/het-phep":  {},
		root + "/nhan":                   {"pick": {unit + ":2"}},
		root + "/khoa":                   {"lock_reason": {"x"}, "sure": {"on"}, "province": {"2025:19"}},
		"/quan-ly/bao-cao/xa/khong/khoa": {},
	} {
		if got := c.Post(path, form); got.Status != http.StatusConflict && got.Status != http.StatusNotFound || stands() != was {
			t.Errorf("%s: %d, and the report is %s", path, got.Status, stands())
		}
	}
	testkit.Page(t, c.Get("/quan-ly/bao-cao?ky="+year+"-year").Body).In("#khoa").HasText("Kỳ đã khóa")
}

// TestWordsOfAReportComeBackWhereTheyAreRefused: the form is shown again with what was written, at
// its field; handed in it stands in the report, as text.
func TestWordsOfAReportComeBackWhereTheyAreRefused(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	day, _ := vn.InstantOf(s.k.App.Today()[:4]+"-12-08", 9*60)
	s.k.Clock.Set(day)
	c := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Reporter, testkit.BaBe.Code)
	c.SignInAs(token)
	root := "/quan-ly/bao-cao/xa/" + s.k.App.Today()[:4] + "-year/" + testkit.BaBe.Code
	form := url.Values{"version": {"0"}, "advantages": {strings.Repeat("ơ", 2001)}, "limits": {"<b>Ít</b> xe."}, "causes": {""}, "proposals": {"Thêm xe."}}
	for _, path := range []string{root + "/nop", root + "/luu"} {
		got := c.Post(path, form)
		page := testkit.Page(t, got.Body)
		if got.Status != http.StatusUnprocessableEntity {
			t.Fatalf("%s: %d", path, got.Status)
		}
		page.In("#f-proposals").HasText("Thêm xe.")
		page.In("#f-limits").HasText("<b>Ít</b> xe.")
		page.In("#e-advantages").HasText("2000")
	}
	form.Set("advantages", "Dân ủng hộ.")
	form.Set("sure", "on")
	if got := c.Post(root+"/nop", form); got.Status != http.StatusSeeOther {
		t.Fatalf("handing in: %d %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	testkit.Page(t, c.Get(root).Body).In("#loi-van").HasText("Dân ủng hộ.").HasText("<b>Ít</b> xe.")
	late := c.Post(root+"/luu", form)
	testkit.Page(t, late.Body).In("#da-go").HasText("Thêm xe.") // refused, and nothing of it is lost
}

// paperRows lists the rows of the tables of a paper as its page says them.
func paperRows(paper testkit.Doc) (rows [][]string) {
	for _, tr := range paper.Find("table tr").Each() {
		var row []string
		for _, cell := range append(tr.Find("th").Each(), tr.Find("td").Each()...) {
			row = append(row, cell.Text())
		}
		rows = append(rows, row)
	}
	return rows
}

// asInDOCX fails the test unless the tables and paragraphs of a paper are those of its DOCX.
func asInDOCX(t *testing.T, c *testkit.Client, root string, paper testkit.Doc) {
	t.Helper()
	docx, rows := c.Get(root+"/tep/docx").Body, paperRows(paper)
	if written := docxRows(t, docx); !slices.EqualFunc(rows, written, slices.Equal) {
		t.Errorf("the page says %q and the DOCX %q", rows, written)
	}
	said := strings.Join(strings.Fields(unpacked(docx)), " ")
	for _, p := range paper.Find("p.body").Each() {
		if !strings.Contains(said, html.EscapeString(p.Text())) {
			t.Errorf("the DOCX lacks %q", p.Text())
		}
	}
}

// opensFigures fails the test unless the figures of a paper open pages.
func opensFigures(t *testing.T, c *testkit.Client, paper testkit.Doc) {
	t.Helper()
	links := paper.Find("a").Each()
	for _, a := range links {
		if got := c.Get(a.Attr("href")); got.Status != http.StatusOK {
			t.Errorf("%s: %d", a.Attr("href"), got.Status)
		}
	}
	if len(links) < 10 {
		t.Errorf("%d figures open their rows", len(links))
	}
}

// TestThePaperOfAPeriodIsTheSameEverywhere reads the page of a paper: its paragraphs and tables are
// those of the DOCX, each figure opens its units, and only an officer of the province reads it.
func TestThePaperOfAPeriodIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	year := s.k.App.Today()[:4]
	root := "/quan-ly/bao-cao/van-ban/" + year + "-year"
	c := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Viewer, "19")
	c.SignInAs(token)
	page := testkit.Page(t, c.Get(root).Body)
	paper := page.In("article.a4")
	paper.HasText("Dự thảo").HasText("Kính gửi: Ban Chỉ đạo Trung ương").HasText("chưa gửi báo cáo")
	asInDOCX(t, c, root, paper)
	opensFigures(t, c, paper)
	for path, want := range map[string]int{root + "/tep/pdf": 200, root + "/tep/xlsx": 200, root + "/tep/odt": 404, root + "/so/xa/gold": 404, root + "?tinh=2025:99": 404,
		root + "?tinh=x": 400, "/quan-ly/bao-cao/van-ban/2026-x": 404, root + "/so/nganh/tasks_due": 200} {
		if got := c.Get(path); got.Status != want {
			t.Errorf("%s: %d, want %d", path, got.Status, want)
		}
	}
	_, token = s.k.Officer(registry.Reporter, testkit.BaBe.Code)
	c.SignInAs(token)
	for _, path := range []string{root, root + "/tep/pdf", root + "/so/xa/sessions"} {
		if got := c.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("a commune reads %s: %d", path, got.Status)
		}
	}
}

// TestBrowserPeriods looks at the overview, a report and the rows behind a figure.
func TestBrowserPeriods(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	v := newViewer(t, s.base)
	report := "/quan-ly/bao-cao/xa/" + s.k.App.Today()[:4] + "-year/" + testkit.BaBe.Code
	v.as(s.officeToken).see("periods", "/quan-ly/bao-cao")
	v.see("periods-half", "/quan-ly/bao-cao?ky="+s.k.App.Today()[:4]+"-h1&cot=tat-ca")
	v.see("period-report", report)
	v.see("period-rows", report+"/dong/sessions")
	paper := "/quan-ly/bao-cao/van-ban/" + s.k.App.Today()[:4] + "-year"
	v.see("period-paper", paper)
	v.see("period-paper-figure", paper+"/so/xa/sessions")
}

// TestTheArchiveOfAYearIsSent: refused with the reason while the year holds nothing, hidden from a
// viewer, else a ZIP that says what it is.
func TestTheArchiveOfAYearIsSent(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	c := testkit.NewClient(t, s.base)
	c.SignInAs(s.officeToken)
	year := s.k.App.Today()[:4]
	path := "/quan-ly/bao-cao/luu-tru/" + year
	testkit.Page(t, c.Get("/quan-ly/bao-cao?ky="+year+"-year").Body).HasText("Tải lưu trữ năm " + year)
	if got := c.Get(path); got.Status != http.StatusConflict || !strings.Contains(got.Body, "chưa có gì để lưu trữ") {
		t.Errorf("a year of nothing: %d %s", got.Status, got.Body)
	}
	day, _ := vn.InstantOf(year+"-12-08", 9*60)
	s.k.Clock.Set(day)
	_, token := s.k.Officer(registry.Organiser, "19")
	filer, _ := s.k.Officer(registry.Reporter, testkit.BaBe.Code)
	n, _ := strconv.Atoi(year)
	key := period.Key{Form: period.CommuneForm, Period: period.Period{Year: n, Part: period.WholeYear}, Unit: testkit.BaBe.Code}
	testkit.Works(t, s.k.App.Periods.Submit(t.Context(), filer, key, periods.Input{Sure: true}))
	c.SignInAs(token)
	got := c.Get(path)
	if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "application/zip" || !strings.Contains(got.Header.Get("Content-Disposition"), "luu-tru-"+year+".zip") {
		t.Fatalf("%d %v", got.Status, got.Header)
	}
	if n, err := archive.Verify(strings.NewReader(got.Body), int64(len(got.Body))); err != nil || n < 10 {
		t.Errorf("%d files: %v", n, err)
	}
	_, token = s.k.Officer(registry.Viewer, "19")
	c.SignInAs(token)
	if got := c.Get(path); got.Status != http.StatusNotFound && got.Status != http.StatusForbidden {
		t.Errorf("a viewer takes the archive: %d", got.Status)
	}
}

// TestWordsSentAfterTheLockComeBack: the paper was a draft when its form was opened and is final when
// it is sent; what was written is shown again, and nothing of it is stored.
func TestWordsSentAfterTheLockComeBack(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	day, _ := vn.InstantOf("2027-01-20", 9*60)
	s.k.Clock.Set(day)
	c := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	const edit = "/quan-ly/bao-cao/van-ban/2026-year/sua"
	form := url.Values{"version": {"0"}, "issuer": {"Ban Chỉ đạo"}, "place": {"Thái Nguyên"}, "limits": {"<b>Ít</b> xe."}, "proposals": {"Thêm xe."}}
	if got := c.Get(edit); got.Status != http.StatusOK {
		t.Fatalf("%d", got.Status)
	}
	actor := registry.SystemActor("test")
	for _, sheet := range period.FormCodes {
		at := periods.Query{Form: sheet, Period: period.Period{Year: 2026, Part: period.WholeYear}, Province: registry.AreaRef{Edition: registry.Edition2025, Code: "19"}}
		testkit.Works(t, s.k.App.Periods.Lock(t.Context(), actor, at, periods.LockInput{Reason: "Tổng hợp.", Sure: true}))
	}
	got := c.Post(edit, form)
	if got.Status != http.StatusConflict {
		t.Errorf("%d", got.Status)
	}
	testkit.Page(t, got.Body).In("#da-go").HasText("Thêm xe.").HasText("<b>Ít</b> xe.")
}

// yearPaper is the paper of a province for the year of the clock.
func (s *stall) yearPaper() periods.Query {
	year, _ := strconv.Atoi(s.k.App.Today()[:4])
	return periods.Query{Form: period.CommuneForm, Period: period.Period{Year: year, Part: period.WholeYear},
		Province: registry.AreaRef{Edition: registry.Edition2025, Code: "19"}}
}

// ownTemplate gives those whose papers the stall has templates of their own: the samples.
func (s *stall) ownTemplate() {
	actor, ctx := registry.SystemActor("test"), s.k.T.Context()
	p, err := s.k.App.Periods.TemplatePaper(ctx, actor, s.yearPaper())
	if err != nil {
		s.k.T.Fatal(err)
	}
	s.sampleAs(p, p.Owners[0].Key)
	k := period.Key{Form: period.CommuneForm, Period: s.yearPaper().Period, Unit: testkit.BaBe.Code}
	unit, unitErr := s.k.App.Periods.UnitTemplatePaper(ctx, actor, k)
	series, seriesErr := s.k.App.SeriesPaper.TemplatePaper(ctx, actor, s.series, "vi")
	event, eventErr := s.k.App.Reports.TemplatePaper(ctx, actor, s.event.ID, "vi")
	if err := cmp.Or(unitErr, seriesErr, eventErr); err != nil {
		s.k.T.Fatal(err)
	}
	for _, p := range []templates.Paper{unit, series, event} {
		s.sampleAs(p, p.Owners[0].Key)
	}
}

// sampleAs makes the sample of a paper the template of an owner.
func (s *stall) sampleAs(p templates.Paper, owner string) {
	sample, err := s.k.App.Templates.Sample(p)
	if err == nil {
		in := templates.Input{Owner: owner, FileName: sample.Name, Data: sample.Data}
		err = s.k.App.Templates.Save(s.k.T.Context(), registry.SystemActor("test"), p, in)
	}
	if err != nil {
		s.k.T.Fatal(err)
	}
}

// templateOffice is a province that has a template of its own, and an officer of it.
func templateOffice(t *testing.T) (s stall, c *testkit.Client) {
	t.Helper()
	s = newStall(t)
	c = testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	return s, c
}

// TestATemplateIsUploadedFilledAndDropped: by an officer of the province; one that cannot be filled
// is refused at its field and the one in use stays.
func TestATemplateIsUploadedFilledAndDropped(t *testing.T) {
	t.Parallel()
	s, c := templateOffice(t)
	root := "/quan-ly/bao-cao/van-ban/" + s.yearPaper().Period.String()
	testkit.Page(t, c.Get(root).Body).HasText("DOCX theo mẫu riêng")
	page := testkit.Page(t, c.Get(root+"/mau").Body).HasText("mau-bao-cao.docx").HasText("{{xa.sessions}}").HasText("{{#don_vi}} … {{/don_vi}}")
	version := page.In("input[name=version]").Attr("value")
	upload := func(name, data string) testkit.Answer {
		kind, body := filesForm(t, url.Values{"version": {version}}, map[string]string{name: data})
		return c.Do(http.MethodPost, root+"/mau", kind, body)
	}
	bad := upload("a.docx", "%PDF-1.7")
	if bad.Status != http.StatusUnprocessableEntity {
		t.Errorf("a PDF: %d", bad.Status)
	}
	testkit.Page(t, bad.Body).In("#e-file").HasText("không phải văn bản Word")
	sample := c.Get(root + "/mau/goi-y")
	if used := c.Get(root + "/mau/dang-dung"); used.Status != http.StatusOK || used.Body != sample.Body {
		t.Errorf("the one in use: %d, %d bytes", used.Status, len(used.Body))
	}
	if filled := c.Get(root + "/mau/da-dien"); filled.Status != http.StatusOK || !strings.HasPrefix(filled.Body, "PK") || filled.Body == sample.Body {
		t.Errorf("the paper in it: %d", filled.Status)
	}
	good := upload("Mẫu 2.docx", sample.Body)
	if good.Status != http.StatusSeeOther {
		t.Fatalf("another one: %d %s", good.Status, testkit.Page(t, good.Body).Text())
	}
	stale := upload("a.docx", sample.Body)
	if stale.Status != http.StatusConflict {
		t.Errorf("from an old page: %d", stale.Status)
	}
	again := testkit.Page(t, stale.Body).HasText("Mẫu 2.docx")
	if got := c.Post(root+"/mau/bo", url.Values{"version": {again.In("input[name=version]").Attr("value")}}); got.Status != http.StatusSeeOther {
		t.Errorf("dropping it: %d", got.Status)
	}
	if got := c.Get(root + "/mau/da-dien"); got.Status != http.StatusNotFound {
		t.Errorf("the paper without a template: %d", got.Status)
	}
}
