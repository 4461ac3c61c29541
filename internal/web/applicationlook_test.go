package web_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// crowd fills the fair: booths in two zones and vendors at some of them.
func (f *fair) crowd() []registry.Booth {
	f.t.Helper()
	booths := append(f.Booths(f.event.ID, "A", 20), f.Booths(f.event.ID, "B", 10)...)
	for i, name := range []string{"HTX Nhung Lũy", "Hộ kinh doanh rượu men lá Bằng Phúc", "Công ty TNHH nhà máy Curcumin Bắc Hà",
		"Gạo Khẩu Nua Lếch", "HTX Hương Ngàn", "Tổ hợp tác chè Shan tuyết Bằng Phúc"} {
		f.Assign(booths[i*3], f.rival(name, registry.AppApproved))
	}
	return booths
}

// TestBrowserApplications looks at every page of applications and booths on a
// phone and on a desk, in both languages.
func TestBrowserApplications(t *testing.T) {
	t.Parallel()
	f := newFair(t, selfPick, func(e *registry.Event) {
		e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 6}, {Group: registry.SpiritGroup, Max: 3}}
	})
	booths := f.crowd()
	mine := f.applied(registry.AppApproved, testkit.Wishing(2))
	f.Assign(booths[4], mine)
	for _, s := range []registry.ApplicationState{registry.AppSubmitted, registry.AppSubmitted, registry.AppWaitlisted} {
		f.rival(fmt.Sprintf("HTX %s", s), s)
	}
	sent := f.rival("Hộ bà Triệu Thị Mai", registry.AppSubmitted, testkit.Wishing(3))
	f.Gates(f.event.ID, 2)
	look := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, p := range []struct{ name, token, path string }{
		{"plan", "", "/su-kien/" + f.event.Slug + "/so-do?gian=A05"},
		{"own-list", f.token, "/gian-hang/" + string(f.vendor.ID) + "/don"},
		{"own", f.token, door(mine)},
		{"pick", f.token, door(mine) + "/gian?gian=A02"},
		{"doorway", f.token, "/su-kien/" + f.event.Slug + "/dang-ky"},
		{"queue", f.desk, "/quan-ly/don"},
		{"queue-event", f.desk, "/quan-ly/su-kien/" + string(f.event.ID) + "/don"},
		{"event", "", "/su-kien/" + f.event.Slug},
		{"review", f.desk, "/quan-ly/don/" + string(sent.ID)},
		{"paper", f.desk, "/quan-ly/don/moi?q=htx"},
		{"desk", f.desk, "/quan-ly/su-kien/" + string(f.event.ID) + "/gian?gian=A05"},
		{"grid", f.desk, "/quan-ly/su-kien/" + string(f.event.ID) + "/gian/them"},
	} {
		f.look(look, p.name, p.token, p.path)
	}
}

// look opens a page as whoever holds a token, on a phone and on a desk and in both
// languages: it must fit the window and keep the rules of access.
func (f *fair) look(b *testkit.Browser, name, token, path string) {
	f.t.Helper()
	b.Open(f.base + "/dang-nhap")
	b.Do(chromedp.Evaluate[chromedp.Void]("document.cookie = 's=" + token + "; path=/'; 0"))
	for _, lang := range []string{"vi", "en"} {
		b.Do(chromedp.Evaluate[chromedp.Void]("document.cookie = 'lang=" + lang + "; path=/'; 0"))
		for size, fit := range map[string]func(){"360": b.Phone, "1280": b.Desktop} {
			fit()
			if status := b.Open(f.base + path); status != 200 {
				f.t.Errorf("%s: status %d", path, status)
			}
			b.FitsWidth()
			b.Accessible()
			b.Screenshot(name + "-" + size + "-" + lang)
		}
	}
}

// TestBrowserApplicationStates looks at the form, the check before sending and the
// page of every state.
func TestBrowserApplicationStates(t *testing.T) {
	t.Parallel()
	f := newFair(t, func(e *registry.Event) {
		e.Quotas = []registry.Quota{{Group: registry.FoodGroup, Max: 1}}
	})
	f.crowd()
	for _, name := range []string{"Bột dong riềng", "Trà bí xanh thơm"} {
		f.Product(f.vendor, func(p *registry.Product) { p.Name = name })
	}
	look := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, state := range registry.ApplicationStates {
		f.event = f.Event(testkit.Titled("Phiên chợ " + string(state)))
		mine := f.applied(state, func(a *registry.Application) {
			a.Reason, a.OfferUntil = "Gửi thêm ảnh nhãn và giấy xác nhận an toàn thực phẩm.", testkit.Start.Add(48*time.Hour).UnixMilli()
			a.Vehicles, a.Note = []string{"97C-012.34"}, "Xin gian gần cổng chính"
		})
		f.look(look, "state-"+string(state), f.token, door(mine))
		if state == registry.AppDraft {
			f.look(look, "form", f.token, door(mine)+"/sua")
			f.look(look, "check", f.token, door(mine)+"/kiem-tra")
		}
	}
}

// TestBrowserPlanPrintsOnOneSheet prints the plan of the largest fair found, 350
// booths, and finds every booth on the first sheet, which the drawing fills.
func TestBrowserPlanPrintsOnOneSheet(t *testing.T) {
	t.Parallel()
	pdftotext := need.Program(t, "pdftotext")
	f := newFair(t)
	f.Booths(f.event.ID, "A", 200)
	f.Booths(f.event.ID, "B", 150)
	f.Gates(f.event.ID, 2)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.Open(f.base + "/su-kien/" + f.event.Slug + "/so-do")
	printed, err := chromedp.Call(b.Context(), page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, PreferCSSPageSize: new(true), PrintBackground: new(true)})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "plan.pdf")
	if err := os.WriteFile(path, printed.Data, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(pdftotext, "-l", "1", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"A01", "A200", "B01", "B150", "Cổng A"} {
		if !strings.Contains(string(text), code) {
			t.Errorf("%s is not on the first sheet", code)
		}
	}
	if sheets := testkit.PDFPages(t, printed.Data, 10); len(sheets) != 2 {
		t.Errorf("%d sheets, want the drawing's and that of who is where", len(sheets))
	}
}
