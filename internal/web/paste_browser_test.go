package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserPlansAYearByPaste: two organisers on one planner. One pastes 300 rows, 7 of them wrong, and
// mends them; the other adds a session of one of those rows meanwhile. Nothing is made that was not
// shown, nothing twice, and the same plan as a file makes nothing more.
func TestBrowserPlansAYearByPaste(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	_, first := k.Officer(registry.Organiser, "19")
	_, second := k.Officer(registry.Organiser, "19")
	k.Event(testkit.InState(registry.Draft))
	base, text := k.Serve(), yearText(k, 300)
	planner := fmt.Sprintf("%s?nam=%d", base+"/quan-ly/lich-nam", nextYear(k))

	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.SignInAs(base, first)
	b.Open(planner)
	b.Follow(`main a[href^="` + pasteAt + `"]`)
	b.Accessible()
	b.FitsWidth()
	b.Phone()
	b.FitsNarrow()
	b.Desktop()
	fillFields(b, map[string]any{"rows": text})
	b.Follow("main form .actions .btn")
	if got := b.Text("main h1"); got != "293 dòng được, 0 dòng hỏi lại, 7 dòng sai" {
		t.Fatalf("the trial says %q", got)
	}
	b.Accessible()
	b.FitsWidth()
	b.Screenshot("paste/trial-desk")
	mend := `(() => { const at = [...document.querySelectorAll('[name="fix_at"]')], to = document.querySelectorAll('[name="fix"]');
		at.forEach((x, i) => { const f = x.value.split("|")[1]; const y = to[i];
			y.value = f === "commune" ? "Ba Bể" : f === "date" ? (i + 1) + "/11" : "20"; }); return at.length; })()`
	if n := testkit.Get(b, chromedp.Evaluate[int](mend)); n != 7 {
		t.Fatalf("%d cells to mend", n)
	}
	b.Follow(`button[value="xem"]`)
	if got := b.Text("main h1"); got != "300 dòng được, 0 dòng hỏi lại, 0 dòng sai" {
		t.Fatalf("after mending the trial says %q", got)
	}

	phone := testkit.NewBrowser(t, testkit.BrowserOptions{})
	phone.Phone()
	phone.SignInAs(base, second)
	phone.Open(planner)
	phone.Accessible()
	phone.FitsWidth()
	taken := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})[0]
	phone.Open(base + fmt.Sprintf("/quan-ly/lich-nam/them?nam=%d&xa=%s&thang=3", nextYear(k), taken.Ref.Code))
	phone.Accessible()
	phone.FitsWidth()
	fillFields(phone, map[string]any{"date": "1"})
	phone.Follow("main form .actions .btn")
	phone.Accessible()
	phone.FitsWidth()
	phone.Screenshot("paste/quick-phone")
	if status := phone.Follow(`button[value="tao"]`); status != 200 || phone.Text("main h1") != "1 phiên nháp đã tạo từ lịch dán, còn 1" {
		t.Fatalf("a session of %s added quickly: %d %s", taken.FullName(), status, phone.Text("main h1"))
	}

	b.Allow("409")
	if status := b.Follow(`button[value="tao"]`); status != 409 || !strings.Contains(b.Text("#faults"), "đã có thay đổi") {
		t.Fatalf("made although %s has a session since: %d %s", taken.FullName(), status, b.Text("main h1"))
	}
	b.Follow(`button[value="tao"]`)
	b.Accessible()
	if got := b.Text("main h1"); got != "299 phiên nháp đã tạo từ lịch dán, còn 299" {
		t.Fatalf("made: %s", got)
	}
	file := filepath.Join(t.TempDir(), "lich.csv")
	testkit.Works(t, os.WriteFile(file, []byte(text), 0o600))
	b.Open(base + pasteAt)
	b.Do(chromedp.SetUploadFiles(chromedp.CSS(`input[name="file"]`), []string{file}))
	b.Follow("main form .actions .btn")
	if got := b.Text("main"); !strings.Contains(got, "Đã có trong lịch, không tạo nữa: 293 dòng") {
		t.Errorf("the same plan as a file: %s", b.Text("main h1"))
	}
	b.Open(base + pasteAt)
	b.Follow(`main section a`)
	b.Click("main details summary")
	b.Accessible()
	b.Follow("main details form .btn.danger")
	if got := b.Text("main h1"); !strings.HasSuffix(got, "phiên đã xóa") {
		t.Errorf("taken back: %s", got)
	}
}
