package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestSupervisionFromEntryToAnswer enters a supervision with a paper, answers it with one, and
// finds it in the register, its files, at its event and on the desk.
func TestSupervisionFromEntryToAnswer(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	front := s.k.Front()
	c := s.organiserWeb
	day, due := vn.AddDays(s.k.App.Today(), -9), vn.AddDays(s.k.App.Today(), -2)
	fields := url.Values{"body": {string(front.ID)}, "day": {vn.ShowDate(day)}, "area": {"Ba Bể"}, "area_ref": {testkit.BaBe.String()},
		"content": {"Việc niêm yết giá tại phiên chợ."}, "event": {string(s.event.ID)}, "recommendation": {"Niêm yết giá bằng chữ to."}, "due_on": {""}}
	paper := map[string][]byte{"file": photoJPEG(t)}
	post := func(path string, fields url.Values, files map[string][]byte) testkit.Answer {
		contentType, body := testkit.MultipartForm(t, fields, files)
		return c.Do(http.MethodPost, path, contentType, body)
	}
	again := post("/quan-ly/giam-sat/ghi", fields, paper)
	if again.Status != http.StatusUnprocessableEntity {
		t.Fatalf("without a day for the answer: %d", again.Status)
	}
	doc := testkit.Page(t, again.Body)
	doc.In("#e-due_on").HasText("ngày cần trả lời")
	doc.In("#e-file").HasText("chọn lại")
	doc.In("textarea[name=content]").HasText("Việc niêm yết giá")
	fields.Set("due_on", vn.ShowDate(due))
	made := post("/quan-ly/giam-sat/ghi", fields, paper)
	if made.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", made.Status, testkit.Page(t, made.Body).Text())
	}
	testkit.Page(t, c.Get("/quan-ly").Body).In("#todo").HasText("1 kiến nghị giám sát quá hạn trả lời")
	page := testkit.Page(t, c.Get(made.Location).Body)
	page.In(".chip.stop").HasText("Quá hạn trả lời")
	if got := c.Get(made.Location + "/tep/giam-sat"); got.Status != http.StatusOK || got.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("its paper: %d %s", got.Status, got.Header.Get("Content-Type"))
	}
	answer := url.Values{"version": {page.In("#tra-loi input[name=version]").Attr("value")}, "answer": {"Đã niêm yết ở mọi gian."}, "answered_on": {vn.ShowDate(s.k.App.Today())}}
	if got := post(made.Location+"/tra-loi", url.Values{"version": answer["version"]}, nil); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("an empty answer: %d", got.Status)
	}
	if got := post(made.Location+"/tra-loi", answer, paper); got.Status != http.StatusSeeOther {
		t.Fatalf("the answer: %d %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	testkit.Page(t, c.Get(made.Location).Body).In("#tra-loi").HasText("Đã niêm yết ở mọi gian.")
	if got := c.Get(made.Location + "/tep/tra-loi"); got.Status != http.StatusOK {
		t.Errorf("the paper of the answer: %d", got.Status)
	}
	testkit.Page(t, c.Get("/quan-ly/su-kien/"+string(s.event.ID)).Body).In("#giam-sat").HasText("1 cuộc giám sát")
	list := testkit.Page(t, c.Get("/quan-ly/giam-sat?xem=answered").Body)
	list.In("tbody").HasText("Việc niêm yết giá").HasText(front.Name).HasText("Đã trả lời")
	list.In("h1").HasText("1 kiến nghị đã trả lời")
	csv := c.Get("/quan-ly/giam-sat/xuat/csv?nam=" + s.k.App.Today()[:4]).Body
	if !strings.Contains(csv, "Niêm yết giá bằng chữ to.") || !strings.Contains(csv, "Đã niêm yết ở mọi gian.") {
		t.Errorf("the file says %s", csv)
	}
	c.Get("/ngon-ngu/en")
	testkit.Page(t, c.Get(made.Location).Body).In(".chip.go").HasText("Answered")
}

// TestBrowserSupervision looks at the register, the form and a page with its answer.
func TestBrowserSupervision(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	v := newViewer(t, s.base)
	v.as(s.officeToken).see("supervisions", "/quan-ly/giam-sat")
	v.see("supervision-form", "/quan-ly/giam-sat/ghi")
	v.see("supervision", "/quan-ly/giam-sat/"+string(s.supervision))
	_, token := s.k.Officer(registry.Viewer, "19")
	v.as(token).see("supervision-viewer", "/quan-ly/giam-sat/"+string(s.supervision))
}
