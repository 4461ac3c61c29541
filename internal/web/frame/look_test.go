package frame_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hoicho/internal/testkit"
	"hoicho/internal/web/frame"
	"hoicho/static"
)

// sampleSite serves the page of all parts under the real policy, and remembers
// what was sent to it.
type sampleSite struct {
	*httptest.Server
	mu    sync.Mutex
	areas []string // queries of the area picker
	forms []string // bodies of sent forms
}

func newSampleSite(t *testing.T, layout string) *sampleSite {
	t.Helper()
	s := &sampleSite{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		page, err := frame.SamplePage(layout, r.URL.Query().Get("sai") != "0")
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Security-Policy", frame.ContentPolicy())
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	})
	mux.HandleFunc("GET /static/{name...}", serveStatic)
	mux.HandleFunc("GET /api/v1/areas", s.answerAreas)
	mux.HandleFunc("POST /gui", s.takeForm)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func serveStatic(w http.ResponseWriter, r *http.Request) {
	f, ok := static.Open(r.PathValue("name"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.ContentType)
	w.Write(f.Data)
}

func (s *sampleSite) answerAreas(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.areas = append(s.areas, r.URL.Query().Get("q")+" "+r.URL.Query().Get("on"))
	w.Header().Set("Content-Type", "application/json")
	if strings.HasPrefix(r.URL.Query().Get("q"), "zz") {
		fmt.Fprint(w, `{"areas":[]}`)
		return
	}
	fmt.Fprint(w, `{"areas":[{"ref":"2025:01879","name":"xã Ba Bể","parent":"Thái Nguyên"},{"ref":"2025:01843","name":"phường Bắc Kạn","parent":"Thái Nguyên"}]}`)
}

func (s *sampleSite) takeForm(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forms = append(s.forms, string(body))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!doctype html><html lang="vi"><title>Xong</title><link rel="icon" href="/static/mark.svg"><p id="xong">Đã nhận</p>`)
}

func js[T any](b *testkit.Browser, expression string, options ...chromedp.EvaluateOption) T {
	return testkit.Get(b, chromedp.Evaluate[T](expression, options...))
}

func TestBrowserPartsAreAccessibleAndFit(t *testing.T) {
	t.Parallel()
	for _, layout := range []string{"form", "vendor", "office"} {
		t.Run(layout, func(t *testing.T) {
			site := newSampleSite(t, layout)
			b := testkit.NewBrowser(t, testkit.BrowserOptions{})
			b.Open(site.URL)
			b.Accessible()
			b.FitsWidth()
			b.Screenshot("parts-" + layout + "-360")
			b.Click("details.menu summary")
			b.Accessible()
			b.Desktop()
			b.Open(site.URL)
			b.Accessible()
			b.FitsWidth()
			b.Screenshot("parts-" + layout + "-1280")
		})
	}
}

func TestBrowserPartsWithoutScript(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "form")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{NoScript: true})
	b.Open(site.URL)
	b.Click("details.menu summary")
	b.Wait("details.menu nav a")
	if b.Page().Find("[data-draft-note][hidden]").Count() != 1 {
		t.Error("the note on drafts is seen without a draft")
	}
}

// TestBrowserAreaPicker types, walks and picks with the keyboard, and sees the
// reference go and come.
func TestBrowserAreaPicker(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "form")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.Open(site.URL)
	b.Type("#f-tu", "22112019")
	b.Type("#f-xa", "ba be")
	b.WaitFor(`document.querySelectorAll("#f-xa-list li").length === 2`)
	b.Accessible()
	b.Do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	if got := js[string](b, `document.getElementById(document.querySelector("#f-xa").getAttribute("aria-activedescendant")).textContent`); got != "phường Bắc KạnThái Nguyên" {
		t.Errorf("the second arrow marks %q", got)
	}
	// the debugger would send the character of Enter even where the page keeps the key
	js[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}))`)
	if got := js[string](b, `document.querySelector("#f-xa").value + "|" + document.querySelector("[name=xa_ref]").value`); got != "phường Bắc Kạn, Thái Nguyên|2025:01843" {
		t.Errorf("picked %q", got)
	}
	b.Do(chromedp.SendKeys(chromedp.CSS("#f-xa"), "x"))
	if got := js[string](b, `document.querySelector("[name=xa_ref]").value`); got != "" {
		t.Errorf("the reference %q stays though the text has changed", got)
	}
	b.Type("#f-xa", "zzz")
	b.WaitFor(`document.querySelector(".combo [role=status]").textContent !== ""`)
	site.mu.Lock()
	defer site.mu.Unlock()
	if len(site.areas) == 0 || site.areas[0] != "ba be 2019-11-22" {
		t.Errorf("asked %q, want the text with the day of the form", site.areas)
	}
}

// TestBrowserMoneyIsLeftAloneWhileTyping types in the middle of a figure: nothing is
// put right before the field is left.
func TestBrowserMoneyIsLeftAloneWhileTyping(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "form")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Open(site.URL)
	b.Do(chromedp.Focus(chromedp.CSS("#f-gia")), chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-gia").setSelectionRange(1, 1); 0`),
		chromedp.KeyEvent("1"), chromedp.KeyEvent("2"))
	if got := js[string](b, `document.querySelector("#f-gia").value + "@" + document.querySelector("#f-gia").selectionStart`); got != "8125000@3" {
		t.Errorf("after typing 12 behind the 8 of 85.000: %s", got)
	}
}

// TestBrowserDraftComesBack loses a form by opening its page anew, gets it back,
// and is rid of it after it was sent.
func TestBrowserDraftComesBack(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "form")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Open(site.URL + "/?sai=0")
	b.Type("#f-ten", "HTX Tài Hoan")
	b.Click("#f-kieu-1")
	b.Open(site.URL)
	if got := js[string](b, `document.querySelector("#f-ten").value`); got != "" {
		t.Errorf("a form that the server gave back was overwritten with %q", got)
	}
	b.Open(site.URL + "/?sai=0")
	b.Wait("[data-draft-note]")
	if got := js[string](b, `document.querySelector("#f-ten").value + document.querySelector("#f-kieu-1").checked`); got != "HTX Tài Hoantrue" {
		t.Errorf("came back as %q", got)
	}
	b.Follow("form[data-draft] .btn:not([type=button])")
	b.Open(site.URL + "/?sai=0")
	if got := js[string](b, `document.querySelector("#f-ten").value + localStorage.length`); got != "0" {
		t.Errorf("after sending %q is left", got)
	}
}

// TestBrowserDraftIsForgotten discards a draft, and leaves none behind at
// sign-out.
func TestBrowserDraftIsForgotten(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "office")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.Open(site.URL + "/?sai=0")
	b.Type("#f-ten", "HTX Tài Hoan")
	b.Open(site.URL + "/?sai=0")
	b.Click("[data-draft-clear]")
	if got := js[string](b, `document.querySelector("#f-ten").value + localStorage.length`); got != "0" {
		t.Errorf("after discarding %q is left", got)
	}
	b.Type("#f-ten", "HTX Tài Hoan")
	b.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".rail form[action='/dang-xuat']").addEventListener("submit", (e) => e.preventDefault()); 0`))
	b.Click(".rail form[action='/dang-xuat'] button")
	if n := js[int](b, `localStorage.length`); n != 0 {
		t.Errorf("%d drafts are left after sign-out", n)
	}
}

// TestBrowserPhotoIsShrunk takes a photo of 12 megapixels and finds one of at most
// 1,600 pixels and 900 kB in the form.
func TestBrowserPhotoIsShrunk(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "vendor")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Open(site.URL + "/?sai=0")
	photo := filepath.Join(t.TempDir(), "anh.png")
	if err := os.WriteFile(photo, noise(t, 4000, 3000), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.SetUploadFiles(chromedp.CSS("#f-anh"), []string{photo}))
	b.Wait(".thumbs canvas")
	b.WaitFor(`document.querySelector("#f-anh").files[0].type === "image/jpeg"`)
	size := js[[]int](b, `createImageBitmap(document.querySelector("#f-anh").files[0]).then(p => [p.width, p.height, document.querySelector("#f-anh").files[0].size])`, chromedp.EvalAwaitPromise)
	if size[0] > 1600 || size[0]*3 != size[1]*4 || size[2] > 900*1024 {
		t.Errorf("%d x %d pixels, %d bytes", size[0], size[1], size[2])
	}
}

// noise is a picture that compresses badly.
func noise(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	rand.NewChaCha8([32]byte{1}).Read(img.Pix)
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestBrowserSendsOnce taps twice and sends once.
func TestBrowserSendsOnce(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "form")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Open(site.URL + "/?sai=0")
	b.Do(chromedp.Evaluate[chromedp.Void](`(() => { const f = document.querySelector("form[data-draft]"); f.requestSubmit(); f.requestSubmit(); })(); 0`))
	b.Wait("#xong")
	site.mu.Lock()
	defer site.mu.Unlock()
	if len(site.forms) != 1 {
		t.Errorf("sent %d times", len(site.forms))
	}
}

// TestBrowserChoosesRows chooses with the mouse, with Shift and with the keyboard.
func TestBrowserChoosesRows(t *testing.T) {
	t.Parallel()
	site := newSampleSite(t, "office")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.Open(site.URL + "/?sai=0")
	state := `[...document.querySelectorAll("[name=id]")].map(x => Number(x.checked)).join("") + document.querySelector("[data-picked]").textContent + document.querySelector("[data-picked]").disabled`
	for _, step := range []struct {
		do   chromedp.Action[chromedp.Void]
		want string
	}{
		{chromedp.Click(chromedp.CSS("[data-all]")), "111Duyệt (3)false"},
		{chromedp.Click(chromedp.CSS("[data-all]")), "000Duyệttrue"},
		{chromedp.Click(chromedp.CSS("[name=id][value='0']")), "100Duyệt (1)false"},
		{chromedp.KeyEvent("jj"), "100Duyệt (1)false"},
		{chromedp.KeyEvent("x"), "101Duyệt (2)false"},
		{chromedp.KeyEvent("kx"), "111Duyệt (3)false"},
	} {
		b.Do(step.do)
		if got := js[string](b, state); got != step.want {
			t.Errorf("%q, want %q", got, step.want)
		}
	}
}
