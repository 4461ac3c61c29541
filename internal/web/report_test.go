package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func (h *harvest) report() string {
	return "/quan-ly/su-kien/" + string(h.event.ID) + "/bao-cao"
}

// count types in visits from paper.
func (h *harvest) count(t *testing.T, n ...int) {
	t.Helper()
	chief, _ := h.k.Officer(registry.GateChief, "19")
	h.k.Gates(h.event.ID, 1)
	for i, d := range h.event.Days {
		method := []registry.CountMethod{registry.CountPaper, registry.CountEstimated}[i%2]
		err := h.k.App.Admission.AddTally(t.Context(), chief, h.event.ID, admission.TallyInput{Day: d.Day[8:] + "/" + d.Day[5:7] + "/" + d.Day[:4], Hour: 9, Method: method, N: n[i]})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// tell files the vendor's sales.
func (h *harvest) tell(t *testing.T, values ...string) {
	t.Helper()
	form := testkit.Page(t, h.owner.Get(h.own()).Body).Form(h.own())
	if got := h.owner.Post(h.own(), amounts(form.Set("best", string(h.product.ID)), values...)); got.Status != http.StatusSeeOther {
		t.Fatalf("sales: %d", got.Status)
	}
}

func (h *harvest) reporter(t *testing.T) *testkit.Client {
	t.Helper()
	_, token := h.k.Officer(registry.Reporter, "19")
	c := testkit.NewClient(t, h.base)
	c.SignInAs(token)
	return c
}

// tableRows lists the rows of the report's tables as the page says them.
func tableRows(page testkit.Doc) (rows [][]string) {
	for _, tr := range page.In("table.report tr").Each() {
		var row []string
		for _, cell := range append(tr.Find("th").Each(), tr.Find("td").Each()...) {
			row = append(row, cell.Text())
		}
		rows = append(rows, row)
	}
	return rows
}

// docxRows lists the rows of the tables of a DOCX but those of head and foot.
func docxRows(t *testing.T, raw string) (rows [][]string) {
	t.Helper()
	zr, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := zr.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Tables []struct {
			Rows []struct {
				Cells []struct {
					Texts []string `xml:"p>r>t"`
				} `xml:"tc"`
			} `xml:"tr"`
		} `xml:"body>tbl"`
	}
	if err := xml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for _, table := range doc.Tables[1 : len(doc.Tables)-1] {
		for _, r := range table.Rows {
			var row []string
			for _, c := range r.Cells {
				row = append(row, strings.Join(c.Texts, ""))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// TestFilesEqualThePage loads the report as page, DOCX and XLSX and compares all
// their tables, for a reader of single sales and for one of sums.
func TestFilesEqualThePage(t *testing.T) {
	h := newHarvest(t, "=HYPERLINK(\"http://evil\")", "Hộ bà Nông Thị Sim")
	h.count(t, 2100, 900, 1450)
	h.tell(t, "3.200.000", "", "1.050.000")
	for name, c := range map[string]*testkit.Client{"reporter": h.reporter(t), "organiser": h.office} {
		whole := testkit.Page(t, c.Get(h.report()).Body)
		if n := len(whole.Find(".paper-chart svg path").Each()); n < 5 {
			t.Errorf("%s: the chart of visits has %d parts", name, n)
		}
		page := tableRows(whole)
		if docx := docxRows(t, c.Get(h.report()+"/tep/docx").Body); !slices.EqualFunc(page, docx, slices.Equal) {
			t.Errorf("%s: the page says\n%q\nthe text\n%q", name, page, docx)
		}
		f, err := excelize.OpenReader(bytes.NewReader([]byte(c.Get(h.report() + "/tep/xlsx").Body)))
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := f.GetRows(f.GetSheetList()[0])
		if err != nil {
			t.Fatal(err)
		}
		line := 0
		for _, row := range page {
			want := withoutMarks(row)
			for line < len(sheet) && !slices.Equal(withoutMarks(sheet[line]), want) {
				line++
			}
			if line == len(sheet) {
				t.Fatalf("%s: the workbook lacks %q after what came before", name, row)
			}
		}
		secret := slices.ContainsFunc(f.GetSheetList(), func(s string) bool { return s == "Doanh thu" })
		if secret != (name == "reporter") {
			t.Errorf("%s: sheets %q", name, f.GetSheetList())
		}
	}
}

// withoutMarks takes the marks of thousands out of a row, which the sheet leaves to
// its reader, and empty cells off its end.
func withoutMarks(row []string) (out []string) {
	for _, cell := range row {
		out = append(out, strings.NewReplacer(".", "", ",", "").Replace(cell))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// TestReportFromEndToSignature closes an event without JavaScript: the rows behind
// a figure, the paper, closing, the number, and what comes later.
func TestReportFromEndToSignature(t *testing.T) {
	testkit.NamesDays(t)
	h := newHarvest(t, "Hộ bà Nông Thị Sim")
	h.count(t, 2100, 900, 1450)
	h.tell(t, "3.200.000", "2.000.000", "1.050.000")
	testkit.Page(t, h.office.Get("/quan-ly/su-kien/"+string(h.event.ID)).Body).In(".acts a.first").HasAttr("href", h.report())
	page := testkit.Page(t, h.office.Get(h.report()).Body)
	page.In(".tiles").HasText("4.450")
	page.In(".queue").HasText("1 trên 2 cơ sở chưa kê")
	var figure string
	for _, a := range page.In("table.report a").Each() {
		if strings.HasSuffix(a.Attr("href"), "so=visits") {
			figure = a.Attr("href")
		}
	}
	rows := testkit.Page(t, h.office.Get(figure).Body)
	rows.In("table.report tbody tr").HasCount(3)
	rows.In("table.report").HasText("phiếu giấy").HasText("2.100")
	if got := h.office.Get(h.report() + "?so=khong-co"); got.Status != http.StatusNotFound {
		t.Errorf("unknown figure: %d", got.Status)
	}
	if said := h.office.Get(h.report() + "?so=sales_dong").Body; strings.Contains(said, "6.250.000") || strings.Contains(said, "3.200.000") {
		t.Error("the organiser is told the sales of the only vendor that filed")
	}
	testkit.Page(t, h.reporter(t).Get(h.report()+"?so=sales_dong").Body).In("table.report").HasText("6.250.000")

	page.In(".a4-head").HasText("Độc lập - Tự do - Hạnh phúc")
	form := page.Form(h.report()+"/van-ban").Set("style", "party").Set("authority", "Sở Công Thương").Set("signer_title", "Giám đốc").Set("assessment", "An toàn.\n<script>alert(1)</script>")
	if got := h.office.Post(h.report()+"/van-ban", form.Fields); got.Status != http.StatusSeeOther {
		t.Fatalf("paper: %d", got.Status)
	}
	bad := h.office.Post(h.report()+"/van-ban", url.Values{"issuer": {""}, "signed_on": {"31/02/2026"}, "version": {"1"}})
	if doc := testkit.Page(t, bad.Body); bad.Status != http.StatusUnprocessableEntity || doc.In(".faults a").Count() != 2 || doc.Find("details[open]").Count() == 0 {
		t.Errorf("faults: %d", bad.Status)
	}
	page = testkit.Page(t, h.office.Get(h.report()).Body)
	if got := h.office.Post(h.report()+"/chot", page.Form(h.report()+"/chot").Fields); got.Status != http.StatusSeeOther {
		t.Fatalf("closing: %d %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	page = testkit.Page(t, h.office.Get(h.report()).Body)
	page.In(".banner.go").HasText("Đã chốt")
	page.In(".a4-head").HasText("ĐẢNG CỘNG SẢN VIỆT NAM").LacksText("Độc lập")
	if text := pdfText(t, h.office.Get(h.report()+"/tep/pdf").Body); !strings.Contains(text, "ĐẢNG CỘNG SẢN VIỆT NAM") || strings.Contains(text, "Độc lập") {
		t.Errorf("the PDF of a paper of the Party: %s", text)
	}
	page.In(".report-sec").HasText("<script>alert(1)</script>")
	if got := h.office.Post(h.report()+"/so", page.Form(h.report()+"/so").Set("number", "15/BC-XTTM").Set("signed_on", "2/12/2026").Fields); got.Status != http.StatusSeeOther {
		t.Errorf("number: %d", got.Status)
	}
	h.count(t, 30, 0+1, 1)
	page = testkit.Page(t, h.office.Get(h.report()).Body)
	page.In(".tiles").HasText("4.450")
	page.In("#sau-chot").HasText("4.482").HasText("32")
	public := testkit.Page(t, testkit.NewClient(t, h.base).Get("/su-kien/"+h.event.Slug).Body).In("dl.facts")
	public.HasText("4.450").HasText("phiếu giấy, ước tính").LacksText("6.250.000")
	if got := h.office.Post(h.report()+"/chot", url.Values{"version": {"1"}}); got.Status != http.StatusConflict {
		t.Errorf("closed twice: %d", got.Status)
	}
	h.addTo(t)
}

// addTo adds to the report that has its number, from the question to the number of
// the addendum.
func (h *harvest) addTo(t *testing.T) {
	t.Helper()
	page := testkit.Page(t, h.office.Get(h.report()).Body)
	hub := strings.TrimSuffix(h.report(), "/bao-cao")
	page.In(`.banner.go a[href="` + hub + `/buoc?den=ended"]`)
	ask := testkit.Page(t, h.office.Get(hub+"/buoc?den=ended").Body)
	ask.In("main").HasText("Lập bổ sung 1").HasText("15/BC-XTTM").HasText("Hiện 3 chỉ tiêu đã khác").HasText("in trong bổ sung")
	form := ask.Form(hub + "/buoc")
	if got := h.office.Post(form.Action, form.Fields); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("opened without a reason: %d", got.Status)
	}
	if got := h.office.Post(form.Action, form.Set("reason", "Thiếu phiếu đếm").Fields); got.Status != http.StatusSeeOther {
		t.Fatalf("opening again: %d", got.Status)
	}
	page = testkit.Page(t, h.office.Get(h.report()).Body)
	page.In(".banner.wait").HasText("Đang lập bổ sung 1").HasText("Thiếu phiếu đếm")
	page.In(".tiles").HasText("4.450")
	public := func() testkit.Doc {
		return testkit.Page(t, testkit.NewClient(t, h.base).Get("/su-kien/"+h.event.Slug).Body).In("dl.facts")
	}
	public().HasText("4.450")
	if got := h.office.Post(h.report()+"/chot", page.Form(h.report()+"/chot").Fields); got.Status != http.StatusSeeOther {
		t.Fatalf("closing the addendum: %d", got.Status)
	}
	page = testkit.Page(t, h.office.Get(h.report()).Body)
	page.In(".tiles").HasText("4.450")
	page.In("main").HasText("Bổ sung 1, chưa có số").HasText("4.482")
	public().HasText("4.482")
	if got := h.office.Post(h.report()+"/so", page.Form(h.report()+"/so").Set("number", "21/BC-XTTM").Set("signed_on", "9/12/2026").Fields); got.Status != http.StatusSeeOther {
		t.Errorf("number of the addendum: %d", got.Status)
	}
	testkit.In(t, h.office.Get(h.report()).Body, "main").HasText("Bổ sung 1, số 21/BC-XTTM")
	for _, form := range []string{"pdf", "docx", "xlsx"} {
		if got := h.office.Get(h.report() + "/tep/" + form + "?bs=1"); got.Status != http.StatusOK || len(got.Body) == 0 {
			t.Errorf("the addendum as %s: %d", form, got.Status)
		}
	}
	for _, n := range []string{"2", "0", "x"} {
		if got := h.office.Get(h.report() + "/tep/pdf?bs=" + n); got.Status != http.StatusNotFound {
			t.Errorf("addendum %s: %d", n, got.Status)
		}
	}
}

func TestReportIsClosedToOthers(t *testing.T) {
	h := newHarvest(t)
	_, elsewhere := h.k.Officer(registry.Organiser, "01")
	_, viewer := h.k.Officer(registry.Viewer, "19")
	_, inspector := h.k.Officer(registry.Inspector, "19")
	for name, c := range map[string]struct {
		token       string
		read, write int
	}{"anonymous": {"", 401, 401}, "vendor": {h.token, 404, 404}, "other area": {elsewhere, 404, 404}, "viewer": {viewer, 404, 404}, "inspector": {inspector, 200, 404}} {
		client := testkit.NewClient(t, h.base)
		if c.token != "" {
			client.SignInAs(c.token)
		}
		for _, path := range []string{"", "?so=visits", "/tep/pdf", "/tep/docx", "/tep/xlsx"} {
			if got := client.Get(h.report() + path); got.Status != c.read {
				t.Errorf("%s reads %s: %d, want %d", name, path, got.Status, c.read)
			}
		}
		for _, path := range []string{"/van-ban", "/chot", "/so"} {
			if got := client.Post(h.report()+path, url.Values{"version": {"1"}}); got.Status != c.write {
				t.Errorf("%s writes %s: %d, want %d", name, path, got.Status, c.write)
			}
		}
	}
}

// TestBrowserReport looks at the report before, at and after its closing.
func TestBrowserReport(t *testing.T) {
	t.Parallel()
	h := newHarvest(t, "Công ty TNHH nhà máy Curcumin Bắc Hà", "HTX Nhung Lũy", "Hộ bà Nông Thị Sim")
	h.count(t, 2100, 900, 1450)
	h.tell(t, "3.200.000", "2.000.000", "1.050.000")
	open := h.k.Event()
	v := newViewer(t, h.base)
	v.as(h.desk).see("report-early", "/quan-ly/su-kien/"+string(open.ID)+"/bao-cao")
	v.see("report", h.report())
	v.see("report-rows", h.report()+"?so=vendors")
	v.see("report-rows-sales", h.report()+"?so=sales_dong")
	v.Open(h.base + h.report())
	v.Click("details summary")
	v.look("report-paper")
	v.Follow("form[action$='/chot'] button")
	v.look("report-closed")
	h.count(t, 30, 1, 1)
	v.Open(h.base + "/ngon-ngu/en?next=" + url.QueryEscape(h.report()))
	v.look("report-later-en")
	v.see("event-results-en", "/su-kien/"+h.event.Slug)
}

// TestAReportInItsOwnTemplate: uploaded on the page of the report, offered beside its files, and
// refused at its field where it cannot be filled.
func TestAReportInItsOwnTemplate(t *testing.T) {
	t.Parallel()
	h := newHarvest(t)
	testkit.Page(t, h.office.Get(h.report()).Body).HasText("Mẫu văn bản riêng").LacksText("DOCX theo mẫu riêng")
	root := h.report() + "/mau"
	page := testkit.Page(t, h.office.Get(root).Body).HasText("{{so.visits}}").HasText("cho báo cáo kết quả các sự kiện tại địa bàn này")
	upload := func(data string) testkit.Answer {
		kind, body := filesForm(t, url.Values{"version": {page.In("input[name=version]").Attr("value")}}, map[string]string{"a.docx": data})
		return h.office.Do(http.MethodPost, root, kind, body)
	}
	if got := upload("%PDF-1.7"); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a PDF: %d", got.Status)
	}
	if got := h.office.Get(root + "/da-dien"); got.Status != http.StatusNotFound {
		t.Errorf("without a template: %d", got.Status)
	}
	sample := h.office.Get(root + "/goi-y").Body
	if got := upload(sample); got.Status != http.StatusSeeOther {
		t.Fatalf("the sample: %d", got.Status)
	}
	testkit.Page(t, h.office.Get(h.report()).Body).HasText("DOCX theo mẫu riêng")
	reporter := h.reporter(t)
	if got := reporter.Get(root + "/da-dien"); got.Status != http.StatusOK || !strings.HasPrefix(got.Body, "PK") || got.Body == sample {
		t.Errorf("whoever reads the report has it in the template: %d", got.Status)
	}
	for _, path := range []string{"", "/dang-dung", "/goi-y"} {
		if got := reporter.Get(root + path); got.Status != http.StatusForbidden && got.Status != http.StatusNotFound {
			t.Errorf("a reporter opens %q: %d", path, got.Status)
		}
	}
	if got := h.office.Get(root + "?cua=01"); got.Status != http.StatusNotFound {
		t.Errorf("the template of another province: %d", got.Status)
	}
}
