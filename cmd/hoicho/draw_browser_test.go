package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// hallOf is an event with so many approved vendors and booths, its office in a browser.
type hallOf struct {
	*testkit.Stage
	b          *testkit.Browser
	base, root string
}

func newHallOf(t *testing.T, lots, booths int) *hallOf {
	t.Helper()
	h := &hallOf{Stage: testkit.NewStage(t)}
	for range lots {
		h.Applied(registry.AppApproved)
	}
	h.Booths(h.Fair.ID, "A", booths)
	h.b, h.base, h.root = testkit.NewBrowser(t, testkit.BrowserOptions{}), h.Serve(), "/quan-ly/su-kien/"+string(h.Fair.ID)+"/boc-tham"
	_, token := h.Officer(registry.Organiser, "19")
	h.b.SignInAs(h.base, token)
	return h
}

// look opens a page at a desk and on a phone, and leaves a picture of each.
func (h *hallOf) look(name, path string) {
	h.T.Helper()
	for size, set := range map[string]func(){"phone": h.b.Phone, "desk": h.b.Desktop} {
		set()
		if status := h.b.Open(h.base + path); status != 200 {
			h.T.Fatalf("%s: status %d", path, status)
		}
		h.b.Accessible()
		h.b.FitsWidth()
		h.b.Screenshot("draw/" + name + "-" + size)
	}
	h.b.Desktop()
}

// send follows the button of a form of the page that is open.
func (h *hallOf) send(action string) {
	h.T.Helper()
	if status := h.b.Follow(`form[action="` + h.root + action + `"] button`); status != 200 {
		h.T.Fatalf("%s: status %d", action, status)
	}
}

// call takes down a number on the big screen; status is that of the answer.
func (h *hallOf) call(name, number string, status int) {
	h.T.Helper()
	h.b.Type("[name=name]", name)
	h.b.Type("[name=number]", number)
	if got := h.b.Follow(`form[action="` + h.root + `/goi"] button`); got != status {
		h.T.Fatalf("%s calls %s: status %d, want %d", name, number, got, status)
	}
}

// dropped gives the page a file and returns what it says of it.
func (h *hallOf) dropped(raw string) (tone, text string) {
	h.T.Helper()
	testkit.Get(h.b, chromedp.Evaluate[any](`(() => { delete document.querySelector("[data-draw]").dataset.file;
		const files = new DataTransfer(); files.items.add(new File([`+strconv.Quote(raw)+`], "a.json"));
		document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: files })); return true; })()`))
	h.b.WaitFor(`!!document.querySelector("[data-draw]").dataset.file`)
	return testkit.Get(h.b, chromedp.Evaluate[string](`document.querySelector("[data-draw]").dataset.file`)), h.b.Text("[data-found]")
}

// TestBrowserADrawIsHeldAndChecked holds a draw whole through its pages. What comes out is confirmed by the command and
// by the page in the reader's browser; a log that was changed, and one that was made wholly anew, are refused by both.
func TestBrowserADrawIsHeldAndChecked(t *testing.T) {
	h := newHallOf(t, 5, 4)
	public := "/su-kien/" + h.Fair.Slug + "/boc-tham"
	h.look("none", public)
	h.look("prepare", h.root)
	h.send("")
	h.look("prepared", h.root)
	h.send("/khoa")
	h.look("locked", h.root)
	h.look("hall-1", h.root+"/man-hinh")
	h.look("public-locked", public)
	h.b.WaitFor(`document.querySelector("[data-draw]").dataset.done === "right"`)
	locked := testkit.NewClient(t, h.base).Get("/api/v1/events/" + h.Fair.Slug + "/draws/1").Body
	h.b.Open(h.base + h.root + "/man-hinh?buoc=2")
	h.call("Hoàng Văn Thành", "1000", 422)
	h.b.Page().In("#faults").HasText("từ 0 đến 999")
	h.call("Hoàng Văn Thành", "27", 200)
	h.call("Hoàng Văn Thành", "28", 422)
	h.b.Page().In("#faults").HasText("Mỗi người chỉ gọi một số")
	h.call("Nông Thị Mai", "405", 200)
	h.look("hall-2", h.root+"/man-hinh")
	h.call("Lường Thị Duyên", "8", 200)
	h.look("called", h.root)
	h.b.Open(h.base + h.root + "/man-hinh")
	h.send("/mo")
	h.look("hall-3", h.root+"/man-hinh?mo=3")
	h.look("revealed", h.root)
	h.look("give", h.root+"/1/xep")
	h.look("public", public)
	h.b.WaitFor(`document.querySelector("[data-draw]").dataset.done === "right"`)
	h.b.Page().In("h1").HasText("Đúng: tính lại ra cùng kết quả cho cả 4 gian")
	if tone, text := h.dropped(locked); tone != "go" || !strings.Contains(text, "bản ghi lấy trước đó của chính lượt này") {
		t.Errorf("the file that was taken when the list was locked: %s, %s", tone, text)
	}
	h.checked(public)
}

// checked gives the log of the draw, and changed ones, to the command and to the page.
func (h *hallOf) checked(public string) {
	h.T.Helper()
	raw := testkit.NewClient(h.T, h.base).Get("/api/v1/events/" + h.Fair.Slug + "/draws/1").Body
	good := h.file("good.json", raw)
	if out, err := hoichoWith(h.T, nil, "draw", "verify", good); err != nil || !strings.Contains(out, "Đúng: tính lại ra cùng kết quả cho cả 4 gian") {
		h.T.Errorf("the log of the draw: %v\n%s", err, out)
	}
	if tone, text := h.dropped(raw); tone != "go" || !strings.Contains(text, "Tệp giống hệt tệp mà máy chủ này đang công bố") {
		h.T.Errorf("the page says of it: %s, %s", tone, text)
	}
	name := strings.SplitN(strings.SplitN(raw, `"entry 1/1 `, 2)[1], `"`, 2)[0]
	for what, change := range map[string][2]string{"a changed vendor": {"entry 1/1 " + name, "entry 1/1 HTX Sơn Lam"}, "a changed number": {`"number": 405`, `"number": 406`},
		"another witness": {"Nông Thị Mai", "Nông Thị Mây"}} {
		changed := strings.Replace(raw, change[0], change[1], 1)
		if out, err := hoichoWith(h.T, nil, "draw", "verify", h.file("changed.json", changed)); err == nil || !strings.Contains(out, "Không đúng") {
			h.T.Errorf("%s: the command says %v\n%s", what, err, out)
		}
		if tone, text := h.dropped(changed); tone != "stop" || !strings.Contains(text, "Khác ở") {
			h.T.Errorf("%s: the page says %s, %s", what, tone, text)
		}
	}
	h.b.Screenshot("draw/public-changed")
	forged, err := os.ReadFile("../../internal/draw/testdata/waiting.json")
	testkit.Works(h.T, err)
	if _, err := hoichoWith(h.T, nil, "draw", "verify", h.file("forged.json", string(forged)), "--against", good); err == nil {
		h.T.Error("a log of another draw is the published one to the command")
	}
	if tone, text := h.dropped(string(forged)); tone != "stop" || !strings.Contains(text, "không phải của lượt bốc thăm nào") {
		h.T.Errorf("a log of another draw: the page says %s, %s", tone, text)
	}
	if tone, text := h.dropped("{}"); tone != "stop" || !strings.Contains(text, "không phải tệp bốc thăm") {
		h.T.Errorf("no log: the page says %s, %s", tone, text)
	}
	h.b.Phone()
	h.b.Accessible()
	h.b.FitsWidth()
	if faults := h.b.Faults(); len(faults) > 0 {
		h.T.Errorf("%s: %v", public, faults)
	}
}

func (h *hallOf) file(name, raw string) string {
	h.T.Helper()
	path := filepath.Join(h.T.TempDir(), name)
	testkit.Works(h.T, os.WriteFile(path, []byte(raw), 0o600))
	return path
}
