package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func photoJPEG(t *testing.T) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestTipFromStallSignToOutcome goes the whole way without JavaScript: the button
// of the stall page, the form, the code, the office, the outcome.
func TestTipFromStallSignToOutcome(t *testing.T) {
	s := newStall(t)
	visitor := testkit.NewClient(t, s.base)
	stall := testkit.Page(t, visitor.Get("/t/"+s.pass(registry.BoothPass).Code).Body)
	form := testkit.Page(t, visitor.Get(stall.In("a.full").Attr("href")).Body)
	form.In(".card-about").HasText("Gian A05").HasText(s.vendor.Name)
	filled := form.Form("/phan-anh").Set("kind", "imitation").Set("text", "Nhãn mờ <script>alert(1)</script>\nkhông mã vạch.").Set("contact", "0987 654 321")
	contentType, body := testkit.MultipartForm(t, filled.Fields, map[string][]byte{"photo": photoJPEG(t)})
	sent := visitor.Do(http.MethodPost, "/phan-anh", contentType, body)
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", sent.Status, testkit.Page(t, sent.Body).Text())
	}
	thanks := testkit.Page(t, visitor.Get(sent.Location).Body)
	code := strings.ReplaceAll(thanks.In(".panel b").Text(), " ", "")
	thanks.In(".track li[aria-current]").HasText("Đã nhận")
	thanks.In(".qr svg")
	receipt := visitor.Get(thanks.In(".receipt a.btn").Attr("href"))
	if receipt.Status != 200 || receipt.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("receipt: %d %s", receipt.Status, receipt.Header.Get("Content-Type"))
	}
	if later := visitor.Get("/phan-anh/" + code); strings.Contains(testkit.Page(t, later.Body).Text(), code[:5]+" "+code[5:10]) {
		t.Error("the code is shown again")
	}

	desk := testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body)
	href := desk.In("tbody a").Attr("href")
	page := s.organiserWeb.Get(href)
	if strings.Contains(page.Body, "<script>alert") || strings.Contains(page.Body, "0987 654") || strings.Contains(page.Body, "987654321") {
		t.Error("the page holds a script of the sender, or the sealed contact")
	}
	file := testkit.Page(t, page.Body)
	file.In(".pre").HasText("Nhãn mờ <script>alert(1)</script>")
	if photo := s.organiserWeb.Get(file.In("a.ph img").Attr("src")); photo.Status != 200 || photo.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("photo: %d %s", photo.Status, photo.Header.Get("Content-Type"))
	}
	testkit.Page(t, s.organiserWeb.Post(href+"/lien-he", nil).Body).In("dl.facts").HasText("0987 654 321")
	for _, step := range []url.Values{{"to": {"sorted"}}, {"to": {"handed_over"}, "body": {"Đội QLTT số 3"}, "due_on": {vn.ShowDate(registry.AddDays(s.k.App.Today(), 9))}},
		{"to": {"checked"}, "told": {"Tạm giữ 12 gói."}, "answered_on": {vn.ShowDate(s.k.App.Today())}, "answer_paper": {"12/QLTT"}}, {"to": {"closed"}, "told": {"Đã xử phạt."}}} {
		step.Set("version", testkit.Page(t, s.organiserWeb.Get(href).Body).In("input[name=version]").Attr("value"))
		if got := s.organiserWeb.Post(href, step); got.Status != http.StatusSeeOther {
			t.Fatalf("step %v: %d %s", step, got.Status, testkit.Page(t, got.Body).Text())
		}
	}
	if slip := s.organiserWeb.Get(testkit.Page(t, s.organiserWeb.Get(href).Body).In("#phieu a.btn").Attr("href")); slip.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("slip: %d %s", slip.Status, slip.Header.Get("Content-Type"))
	}
	outcome := testkit.Page(t, visitor.Get("/phan-anh/"+code).Body)
	outcome.In(".track").HasText("Đội QLTT số 3").HasText("Phiếu chuyển số 01/").HasText("Đã có trả lời").HasText("Tạm giữ 12 gói.").HasText("Đã xử phạt.").LacksText("Nhãn mờ")
	outcome.In(".track li[aria-current]").HasText("Đã xử lý xong")
	if got := visitor.Get("/phan-anh/tra-cuu?ma=" + url.QueryEscape(code[:5]+" "+code[5:10]+"-"+code[10:])); got.Location != "/phan-anh/"+code {
		t.Errorf("a typed code leads to %q (%d)", got.Location, got.Status)
	}
	testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body).In(".empty")
}

func TestTipFormSaysWhatIsWrong(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	send := func(fields url.Values, files map[string][]byte) testkit.Answer {
		contentType, body := testkit.MultipartForm(t, fields, files)
		return c.Do(http.MethodPost, "/phan-anh", contentType, body)
	}
	good := url.Values{"kind": {"price"}, "place": {"chợ Ba Bể"}, "text": {"Không niêm yết giá."}}
	again := send(url.Values{"kind": {"price"}, "text": {"Không niêm yết giá."}, "the": {"4829 1730"}}, nil)
	doc := testkit.Page(t, again.Body)
	if again.Status != http.StatusUnprocessableEntity {
		t.Errorf("no place: %d", again.Status)
	}
	doc.In(".faults a").HasAttr("href", "#f-place")
	doc.In("textarea").HasText("Không niêm yết giá.")
	doc.In("input[name=kind][checked]").HasAttr("value", "price")
	doc.In(".banner").HasText("4829 1730 không có trong sổ thẻ")
	if got := send(good, map[string][]byte{"photo": []byte("%PDF-1.4")}); got.Status != http.StatusSeeOther || !strings.HasSuffix(got.Location, "anh=photo_format") {
		t.Errorf("a PDF as photo: %d to %s", got.Status, got.Location)
	}
	lost := send(url.Values{"kind": {"price"}, "text": {"Không niêm yết giá."}}, map[string][]byte{"photo": photoJPEG(t)})
	testkit.In(t, lost.Body, "#e-photo").HasText("chọn lại ảnh")
	if strings.Contains(again.Body, "e-photo") {
		t.Error("who chose no photo is told to choose it again")
	}
	if got := send(good, map[string][]byte{"video": photoJPEG(t)}); got.Status != http.StatusBadRequest {
		t.Errorf("a file nobody asked for: %d", got.Status)
	}
	if got := send(url.Values{"kind": {"price"}, "place": {"\xff\xfe"}, "text": {"x"}}, nil); got.Status != http.StatusBadRequest {
		t.Errorf("text that is not UTF-8: %d", got.Status)
	}
	if got := c.Get("/phan-anh/123456789012"); got.Status != http.StatusNotFound {
		t.Errorf("unknown tracking code: %d", got.Status)
	}
	if got := c.Get("/phan-anh/tra-cuu?ma=abc"); got.Status != http.StatusNotFound {
		t.Errorf("no tracking code: %d", got.Status)
	}
	if got := send(good, nil); got.Status != http.StatusSeeOther {
		t.Errorf("control: %d", got.Status)
	}
}

// TestTipWithAHugePhoto sends what a phone without JavaScript may send: the words are
// kept, the page asks for the photo again, and a smaller one follows by the code.
func TestTipWithAHugePhoto(t *testing.T) {
	s := newStall(t)
	c := testkit.NewClient(t, s.base)
	testkit.In(t, c.Get("/phan-anh").Body, "#h-photo").HasText("tối đa 12 MB")
	fields := url.Values{"kind": {"price"}, "the": {s.pass(registry.BoothPass).Code}, "text": {"Không niêm yết giá."}, "contact": {"0987 654 321"}}
	contentType, body := testkit.MultipartForm(t, fields, map[string][]byte{"photo": make([]byte, 13<<20)})
	got := c.Do(http.MethodPost, "/phan-anh", contentType, body)
	if got.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	page := testkit.Page(t, c.Get(got.Location).Body)
	page.In(".banner").HasText("chưa nhận được ảnh").HasText("nặng hơn 12 MB")
	code := strings.ReplaceAll(page.In(".panel b").Text(), " ", "")
	address := page.In("#anh form").Attr("action")
	add := func(photo []byte) testkit.Answer {
		contentType, body := testkit.MultipartForm(t, nil, map[string][]byte{"photo": photo})
		return c.Do(http.MethodPost, address, contentType, body)
	}
	for name, wrong := range map[string]struct {
		photo []byte
		text  string
	}{"again too large": {make([]byte, 13<<20), "nặng hơn 12 MB"}, "no picture": {[]byte("%PDF-1.4"), "Chỉ nhận ảnh"}, "nothing": {nil, "chọn một ảnh"},
		"costly": {testkit.CostlyJPEG(900), "quá tốn công"}} {
		if again := add(wrong.photo); again.Status != http.StatusUnprocessableEntity || !strings.Contains(testkit.In(t, again.Body, "#e-photo").Text(), wrong.text) {
			t.Errorf("%s: %d", name, again.Status)
		}
	}
	if got := add(photoJPEG(t)); got.Status != http.StatusSeeOther || got.Location != "/phan-anh/"+code {
		t.Fatalf("a photo that follows: %d to %q", got.Status, got.Location)
	}
	testkit.In(t, c.Get("/phan-anh/"+code).Body, "#anh").HasText("Đã nhận 1 ảnh")
	file := testkit.Page(t, s.organiserWeb.Get(testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body).In("tbody a").Attr("href")).Body)
	file.In(".pre").HasText("Không niêm yết giá.")
	file.In("a.ph img")
}

// TestTipOfElevenMegabytes keeps a photo as cameras make them, whole.
func TestTipOfElevenMegabytes(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	photo := append(photoJPEG(t), make([]byte, 11<<20)...)
	contentType, body := testkit.MultipartForm(t, url.Values{"kind": {"price"}, "place": {"chợ"}, "text": {"Không niêm yết giá."}}, map[string][]byte{"photo": photo})
	got := c.Do(http.MethodPost, "/phan-anh", contentType, body)
	if got.Status != http.StatusSeeOther || strings.Contains(got.Location, "anh=") {
		t.Fatalf("%d to %q", got.Status, got.Location)
	}
	testkit.In(t, c.Get(got.Location).Body, "#anh").HasText("Đã nhận 1 ảnh")
}

// TestTipFormsThatAreNone sends multipart bodies that no browser sends.
func TestTipFormsThatAreNone(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	part := func(head, body string) string {
		return "--x\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n"
	}
	for name, body := range map[string]string{
		"no end":                part(`name="kind"`, "price"),
		"a field of a megabyte": part(`name="text"`, strings.Repeat("a", 1<<20)) + "--x--",
		"a head of a megabyte":  part(`name="text"; x="`+strings.Repeat("a", 1<<20)+`"`, "a") + "--x--",
		"a thousand fields":     strings.Repeat(part(`name="kind"`, "price"), 1000) + "--x--",
		"a thousand names":      manyParts(part, 1000) + "--x--",
		"two photos":            part(`name="photo"; filename="a"`, "a") + part(`name="photo"; filename="a"`, "a") + "--x--",
		"a field nobody knows":  part(`name="admin"`, "1") + "--x--",
		"nothing at all":        "",
	} {
		if got := c.Do(http.MethodPost, "/phan-anh", "multipart/form-data; boundary=x", strings.NewReader(body)); got.Status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, got.Status)
		}
	}
	if got := c.Do(http.MethodPost, "/phan-anh/123456789012/anh", "multipart/form-data; boundary=x", strings.NewReader("--x--")); got.Status != http.StatusNotFound {
		t.Errorf("a photo for nothing: %d", got.Status)
	}
}

func manyParts(part func(head, body string) string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(fmt.Sprintf("name=%q", fmt.Sprint("_", i)), "a"))
	}
	return b.String()
}

// TestMarketBehindOneAddress sends a hundred honest tips from one address, then
// floods: the flood is told to wait and keeps what was typed.
func TestMarketBehindOneAddress(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	send := func(n int) testkit.Answer {
		return c.Post("/phan-anh", url.Values{"kind": {"price"}, "place": {"chợ Ba Bể"}, "text": {fmt.Sprintf("Gian số %d không niêm yết giá.", n)}})
	}
	for n := range 100 {
		if got := send(n); got.Status != http.StatusSeeOther {
			t.Fatalf("honest tip %d: %d", n, got.Status)
		}
	}
	var last testkit.Answer
	for n := 100; n < 200; n++ {
		last = send(n)
	}
	if last.Status != http.StatusTooManyRequests {
		t.Fatalf("tip 200 in a row: %d", last.Status)
	}
	doc := testkit.Page(t, last.Body)
	doc.In(".faults").HasText("giây rồi thử lại")
	doc.In("textarea").HasText("Gian số 199")
	doc.In("#toll").HasText("Hãy đợi")
	doc.In("input[name=toll]")
}

// TestTipFormIsLight counts what a first visit loads, compressed.
func TestTipFormIsLight(t *testing.T) {
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	page := c.Get("/phan-anh")
	total := gzipped(page.Body)
	doc := testkit.Page(t, page.Body)
	for _, part := range append(doc.Find("link[rel=stylesheet]").Each(), doc.Find("script[src]").Each()...) {
		address := part.Attr("href") + part.Attr("src")
		total += gzipped(c.Get(address).Body)
	}
	if total > 30_000 {
		t.Errorf("the form weighs %d bytes, want at most 30,000", total)
	}
}

func gzipped(s string) int {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write([]byte(s))
	w.Close()
	return buf.Len()
}

func TestTipDeskInEnglish(t *testing.T) {
	s := newStall(t)
	visitor := testkit.NewClient(t, s.base)
	visitor.Get("/ngon-ngu/en")
	testkit.Page(t, visitor.Get("/phan-anh").Body).In("h1").HasText("Report fake or poor goods")
	visitor.Post("/phan-anh", url.Values{"kind": {"price"}, "the": {s.pass(registry.BoothPass).Code}, "text": {"No price shown."}})
	s.organiserWeb.Get("/ngon-ngu/en")
	page := testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body)
	page.In("h1").HasText("Citizens' tips")
	page.In("tbody").HasText("Wrong price")
	testkit.Page(t, s.organiserWeb.Get(page.In("tbody a").Attr("href")).Body).In("h2").HasText("Next step")
}

// TestTipDeskIsClosed tries every page of the desk as those who may not see it.
func TestTipDeskIsClosed(t *testing.T) {
	s := newStall(t)
	visitor := testkit.NewClient(t, s.base)
	visitor.Post("/phan-anh", url.Values{"kind": {"price"}, "the": {s.pass(registry.BoothPass).Code}, "text": {"Không niêm yết giá."}})
	href := testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body).In("tbody a").Attr("href")
	vendor := testkit.NewClient(t, s.base)
	vendor.SignInAs(s.vendorToken)
	_, token := s.k.Officer(registry.Organiser, "01")
	elsewhere := testkit.NewClient(t, s.base)
	elsewhere.SignInAs(token)
	_, token = s.k.Officer(registry.Reporter, "19")
	reporter := testkit.NewClient(t, s.base)
	reporter.SignInAs(token)
	for name, c := range map[string]struct {
		client *testkit.Client
		want   int
	}{"anonymous": {visitor, 401}, "vendor": {vendor, 404}, "other province": {elsewhere, 404}, "reporter": {reporter, 404}} {
		for _, got := range []testkit.Answer{c.client.Get(href), c.client.Get(href + "/anh/x"), c.client.Post(href, url.Values{"to": {"sorted"}, "version": {"1"}}), c.client.Post(href+"/lien-he", nil)} {
			if got.Status != c.want {
				t.Errorf("%s: %d, want %d", name, got.Status, c.want)
			}
		}
	}
}

// TestBrowserTip sends a tip from a phone and follows it, looking at every page.
func TestBrowserTip(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	v := newViewer(t, s.base)
	v.Allow("422")
	v.Open(s.base + "/t/" + s.pass(registry.BoothPass).Code) // what the sign at the stall opens
	if status := v.Follow("main a.full"); status != 200 {
		t.Fatalf("from the sign to the form: %d", status)
	}
	v.look("tip-form")
	v.Click("#f-kind-1")
	v.Type("#f-text", "Nhãn ghi miến dong Na Rì nhưng bao bì in mờ, không có mã vạch, mua sáng nay ở gian này.")
	if status := v.Follow("main form[method=post] button"); status != 200 {
		t.Fatalf("sent: %d", status)
	}
	v.look("tip-thanks")
	receipt := testkit.NewClient(t, s.base).Get(v.Page().In(".receipt a.btn").Attr("href"))
	code := strings.ReplaceAll(v.Text(".panel b"), " ", "")
	v.Open(s.base + "/phan-anh?the=482917306654")
	v.Follow("main form[method=post] button")
	v.look("tip-faults")
	visitor := testkit.NewClient(t, s.base)
	visitor.Post("/phan-anh", url.Values{"kind": {"counterfeit"}, "place": {"chợ Ba Bể, gian không biển"}, "text": {"Bán thuốc lá giả nhãn."}})
	contentType, body := testkit.MultipartForm(t, url.Values{"kind": {"price"}, "the": {s.pass(registry.BoothPass).Code}, "text": {"Không niêm yết giá."},
		"contact": {"0987 654 321"}}, map[string][]byte{"photo": photoJPEG(t)})
	visitor.Do(http.MethodPost, "/phan-anh", contentType, body)

	v.as(s.officeToken).see("tip-desk", "/quan-ly/phan-anh")
	rows := testkit.Page(t, s.organiserWeb.Get("/quan-ly/phan-anh").Body).In("tbody").Find("a").Each()
	v.see("tip-placing", rows[1].Attr("href"))
	first := rows[2].Attr("href")
	v.see("tip-sorting", rows[0].Attr("href"))
	v.Open(s.base + first)
	v.Type("#f-note", "Gian mới, xem kỹ nhãn.")
	v.Follow("form.card .actions .btn")
	v.Type("#f-body", "Đội Quản lý thị trường số 3")
	v.Type("#f-told", "Đã chuyển đội quản lý thị trường kiểm tra nhãn và nguồn gốc.")
	v.Follow("form.card .actions .btn")
	v.look("tip-handed")
	if text := pdfText(t, receipt.Body); !strings.Contains(text, code[:5]+" "+code[5:10]) {
		t.Errorf("the receipt says %s", text)
	}
	if text := pdfText(t, s.organiserWeb.Get(first+"/phieu-chuyen").Body); !strings.Contains(text, "Đội Quản lý thị trường số 3") {
		t.Errorf("the slip says %s", text)
	}
	v.see("tip-track", "/phan-anh/"+code)
	v.as(s.officeToken).Open(s.base + first)
	v.Click("#f-to-1") // settled
	v.Type("#f-answered_on", vn.ShowDate(s.k.App.Today()))
	v.Type("#f-told", "Đã xử phạt người bán, hàng bị tiêu hủy.")
	v.Follow("form.card .actions .btn")
	v.see("tip-outcome", "/phan-anh/"+code)
	v.Page().In(".track").HasText("Đã có trả lời").HasText("Đã xử phạt người bán")
	v.as(s.officeToken).see("tip-alike", rows[0].Attr("href"))
	v.Open(s.base + "/ngon-ngu/en?next=" + url.QueryEscape(first))
	v.look("tip-handed-en")
	v.see("tip-form-en", "/phan-anh")
}

// TestBrowserTipFormIsLight counts all that a phone loads that opens the form from a sign and has
// been here never before.
func TestBrowserTipFormIsLight(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	total := 0
	for _, load := range b.FirstVisit(s.base + "/phan-anh?the=" + s.pass(registry.BoothPass).Code) {
		total += load.Bytes
		t.Logf("%6d %s", load.Bytes, load.Name)
	}
	if total == 0 || total > 30_000 {
		t.Errorf("the form weighs %d bytes, want at most 30,000", total)
	}
}

// TestBrowserPaysAToll sends a tip from a network that has sent very many: the browser works
// the sum out and sends it by itself; without JavaScript the page says how long to wait.
func TestBrowserPaysAToll(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	for n := range 401 { // from the network of the browser, in the name of others
		in := tips.TipInput{Kind: registry.WrongPrice, Place: "chợ", Text: fmt.Sprintf("Không niêm yết giá %d.", n), Net: "127.0.0.0/24", Agent: fmt.Sprint(n / 100)}
		if _, err := s.k.App.Tips.SendTip(t.Context(), in); err != nil && n < 400 {
			t.Fatal(err)
		}
	}
	fill := func(b *testkit.Browser, text string) int {
		b.Open(s.base + "/phan-anh?the=" + s.pass(registry.BoothPass).Code)
		b.Click("#f-kind-1")
		b.Type("#f-text", text)
		return b.Follow("main form[method=post] .actions button")
	}
	t.Run("with JavaScript", func(t *testing.T) {
		b := testkit.NewBrowser(t, testkit.BrowserOptions{})
		b.Allow("429")
		fill(b, "Nhãn ghi miến dong nhưng bao bì in mờ.")
		b.Wait(".receipt .qr svg")
		b.Screenshot("after/tip-toll-paid")
	})
	t.Run("without JavaScript", func(t *testing.T) {
		b := testkit.NewBrowser(t, testkit.BrowserOptions{NoScript: true})
		b.Allow("429")
		if status := fill(b, "Bao miến không có mã vạch."); status != http.StatusTooManyRequests {
			t.Fatalf("%d", status)
		}
		b.Page().In("#toll").HasText("Hãy đợi 20 giây")
		b.Screenshot("after/tip-toll-wait")
		s.k.Clock.Add(20 * time.Second)
		if status := b.Follow("main form[method=post] .actions button"); status != http.StatusOK {
			t.Errorf("after waiting: %d", status)
		}
		b.Page().In(".receipt .qr svg")
	})
}

// TestBrowserHugePhoto sends a photo of thirteen megabytes from a phone without
// JavaScript: the words are kept, and the page says why the photo is not.
func TestBrowserHugePhoto(t *testing.T) {
	t.Parallel()
	base := testkit.NewApp(t).Serve()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{NoScript: true})
	path := filepath.Join(t.TempDir(), "anh.jpg")
	if err := os.WriteFile(path, append(photoJPEG(t), make([]byte, 13<<20)...), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Open(base + "/phan-anh")
	b.Click("#f-kind")
	b.Type("#f-place", "chợ Ba Bể")
	b.Type("#f-text", "Không niêm yết giá.")
	b.Do(chromedp.SetUploadFiles(chromedp.CSS("#f-photo"), []string{path}))
	if status := b.Follow("main form[method=post] button"); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	b.Page().In(".banner").HasText("chưa nhận được ảnh").HasText("nặng hơn 12 MB")
	b.Screenshot("after/tip-photo-lost")
}

// TestHubOfAnEventCountsItsTips shows whoever handles tips how many an event has and leads to
// them; the others read nothing of tips there.
func TestHubOfAnEventCountsItsTips(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Running))
	sign := testkit.PassesOfKind(k.Stall(e, 1), registry.BoothPass)[0]
	for _, text := range []string{"Bao bì in mờ, không có mã vạch.", "Cân thiếu hai lạng."} {
		in := testkit.TipAbout(sign.Code)
		in.Text = text
		testkit.SendTip(t, k, in)
	}
	base := k.Serve()
	for role, sees := range map[registry.Role]bool{registry.Organiser: true, registry.GateChief: false} {
		_, token := k.Officer(role, "19")
		c := testkit.NewClient(t, base)
		c.SignInAs(token)
		found := testkit.Page(t, c.Get("/quan-ly/su-kien/"+string(e.ID)).Body).Find("#phan-anh")
		if found.Count() > 0 != sees {
			t.Errorf("%s: %d parts about tips", role, found.Count())
			continue
		}
		if sees {
			testkit.Page(t, c.Get("/quan-ly/su-kien/"+string(e.ID)).Body).In("#phan-anh summary").HasText("2 phản ánh, 2 chưa xong")
		}
	}
}
