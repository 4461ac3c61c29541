package testkit

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"hoicho/internal/testkit/need"
)

const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

const goodPage = `<!doctype html><html lang="vi"><head><title>Phiên chợ Ba Bể</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><script src="/app.js" defer></script></head>
<body><main><h1>Phiên chợ Ba Bể</h1><p id="said">chưa có mã lệnh</p>
<form action="/tim"><label>Tìm <input name="q"></label><button>Tìm</button></form></main></body></html>`

const badPage = `<!doctype html><html><head><title>x</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>x</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><input name="q">
<p><span id="wide">` + "chợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợchợ" + `</span></p></main></body></html>`

// fairServer is a little site with our content policy.
func fairServer(t *testing.T) *httptest.Server {
	pages := map[string]string{
		"/": goodPage, "/bad": badPage,
		"/broken": strings.Replace(goodPage, "/app.js", "/broken.js", 1),
		"/abroad": strings.Replace(goodPage, "</main>", `<img alt="" src="http://nowhere.invalid/x.png"></main>`, 1),
	}
	scripts := map[string]string{
		"/app.js": `document.getElementById("said").textContent = "mã lệnh đã chạy"`,
		"/broken.js": `console.error("lost booth", "A05"); 
			fetch("/gone").then(() => { document.getElementById("said").textContent = "hỏng" });
			throw new Error("no verdict")`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strictPolicy)
		if script, ok := scripts[r.URL.Path]; ok {
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			fmt.Fprint(w, script)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page, ok := pages[r.URL.Path]
		switch {
		case r.URL.Path == "/tim":
			page = strings.Replace(goodPage, "chưa có mã lệnh", "tìm "+r.FormValue("q"), 1)
			page = strings.Replace(page, "/app.js", "/none.js", 1)
			w.WriteHeader(http.StatusUnprocessableEntity)
		case !ok:
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprint(w, page)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestBrowserOpensAGoodPageWithoutFault(t *testing.T) {
	server := fairServer(t)
	b := NewBrowser(t, BrowserOptions{})
	if status := b.Open(server.URL + "/"); status != http.StatusOK {
		t.Errorf("status is %d", status)
	}
	b.WaitFor(`document.getElementById("said").textContent === "mã lệnh đã chạy"`)
	b.Accessible()
	b.FitsWidth()
	b.Allow("/none.js")
	b.Type("input", "miến dong")
	if status := b.Follow("button"); status != http.StatusUnprocessableEntity {
		t.Errorf("the form answers %d", status)
	}
	b.Page().In("#said").HasText("tìm miến dong")
	if faults := b.Faults(); len(faults) > 0 {
		t.Errorf("a good page has faults: %q", faults)
	}
}

func TestBrowserWithoutScriptSubmitsForms(t *testing.T) {
	server := fairServer(t)
	b := NewBrowser(t, BrowserOptions{NoScript: true})
	b.Open(server.URL + "/")
	if got := b.Text("#said"); got != "chưa có mã lệnh" {
		t.Errorf("the page says %q, so its script ran", got)
	}
	b.Type("input", "mật ong")
	b.Follow("button")
	b.Page().In("#said").HasText("tìm mật ong")
}

func TestBrowserReportsWhatPagesDoWrong(t *testing.T) {
	server := fairServer(t)
	b := NewBrowser(t, BrowserOptions{Wide: true})
	b.Open(server.URL + "/broken")
	b.WaitFor(`document.getElementById("said").textContent === "hỏng"`)
	b.Open(server.URL + "/abroad")
	faults := strings.Join(b.Faults(), "\n")
	for _, want := range []string{"lost booth A05", "no verdict", "404 for " + server.URL + "/gone", "request to another host: http://nowhere.invalid"} {
		if !strings.Contains(faults, want) {
			t.Errorf("no fault says %q:\n%s", want, faults)
		}
	}
	b.Open(server.URL + "/bad")
	b.Phone()
	rules := map[string]bool{}
	for _, v := range b.Axe() {
		rules[v.Rule] = v.String() != "" && len(v.Nodes) > 0
	}
	for _, want := range []string{"html-has-lang", "image-alt", "label"} {
		if !rules[want] {
			t.Errorf("axe does not find %s, only %v", want, rules)
		}
	}
	e := need.EndingOf(t, func(tb testing.TB) { (&Browser{t: tb, ctx: b.ctx, faults: b.faults}).FitsWidth() })
	if e.How != "failed" || !strings.Contains(e.Why, "wide") {
		t.Errorf("a page that is too wide %s: %s", e.How, e.Why)
	}
}

func TestBrowserTakesScreenshotsOfBothSizes(t *testing.T) {
	server := fairServer(t)
	shots := t.TempDir()
	t.Setenv("HOICHO_SHOTS", shots)
	b := NewBrowser(t, BrowserOptions{})
	b.Open(server.URL + "/")
	b.Screenshot("home-360")
	b.Desktop()
	b.Screenshot("pages/home-1280")
	for name, width := range map[string]int{"home-360.png": 360, "pages/home-1280.png": 1280} {
		file, err := os.Open(shots + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(file)
		if err := file.Close(); err != nil {
			t.Error(err)
		}
		if err != nil || picture.Bounds().Dx() != width {
			t.Errorf("%s: %v, want a width of %d", name, err, width)
		}
	}
}
