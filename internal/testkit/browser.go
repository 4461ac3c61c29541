package testkit

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// BrowserOptions says how a browser differs from a phone with JavaScript.
type BrowserOptions struct {
	// Wide opens 1,280 x 900 px instead of a phone's 360 x 740.
	Wide bool
	// NoScript switches JavaScript off for the pages.
	NoScript bool
	// Camera is a film made by CameraFilm; it plays in a loop as the camera.
	Camera string
	// Profile is a folder that keeps what the browser knows, so that another one can
	// go on with it. A fresh one is used when it is empty.
	Profile string
	// Script runs in every page before its own.
	Script string
	// Host is a name that leads to this machine. Unlike localhost, pages under it
	// are no secure context without https.
	Host string
	// Language is that of the browser, Vietnamese when it is empty.
	Language string
}

// Browser is a real Chromium with a fresh profile and one tab. What a page does
// wrong fails the test at its end: an error in the console, an exception, a
// part of a page that does not load, a request to a host that was not opened.
type Browser struct {
	t      testing.TB
	ctx    context.Context
	faults *faultLog
	end    func() // closes it; once
}

// waitLimit is how long one step in the browser may take.
const waitLimit = 30 * time.Second

// NewBrowser starts a browser that is closed at the end of the test. It needs
// HOICHO_BROWSER=1, which cmd/check sets, so that ordinary runs stay quick;
// tests that call it are named TestBrowser….
func NewBrowser(t testing.TB, o BrowserOptions) *Browser {
	t.Helper()
	if os.Getenv("HOICHO_BROWSER") != "1" {
		Missing(t, "HOICHO_BROWSER is not 1")
	}
	b := &Browser{t: t, faults: newFaultLog()}
	allocated, release := chromedp.NewExecAllocator(context.Background(), flags(t, o)...)
	ctx, cancel := chromedp.NewContext(allocated,
		chromedp.WithListener(b.faults.hear), chromedp.WithErrorf(func(string, ...any) {}))
	b.ctx = ctx
	b.end = sync.OnceFunc(func() {
		for _, fault := range b.faults.take() {
			t.Errorf("the page is at fault: %s", fault)
		}
		cancel()
		release()
	})
	t.Cleanup(func() {
		settle(ctx)
		b.end()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	if o.Wide {
		b.Desktop()
	} else {
		b.Phone()
	}
	if o.Script != "" {
		b.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: o.Script})
			return err
		}))
	}
	if o.NoScript {
		b.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled,
				emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		}))
	}
	return b
}

// settle lets the page finish what it was about to say. A tab that is closed
// already has nothing to say.
func settle(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, _ = chromedp.Run(ctx, chromedp.Evaluate[bool]("true"))
}

// flags returns chromedp's own options with ours behind them.
func flags(t testing.TB, o BrowserOptions) []chromedp.ExecAllocatorOption {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)),
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", cmp.Or(o.Language, "vi")),
		chromedp.Flag("accept-lang", cmp.Or(o.Language, "vi")),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	if o.Host != "" {
		options = append(options, chromedp.Flag("host-resolver-rules", "MAP "+o.Host+" 127.0.0.1"))
	}
	if o.Profile != "" {
		options = append(options, chromedp.UserDataDir(o.Profile))
	}
	if o.Camera != "" {
		options = append(options,
			chromedp.Flag("use-fake-ui-for-media-stream", true),
			chromedp.Flag("use-fake-device-for-media-stream", true),
			chromedp.Flag("use-file-for-fake-video-capture", o.Camera))
	}
	return options
}

func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return Need(t, "chromium")
}

// Context is the tab for chromedp.Run and chromedp.Do.
func (b *Browser) Context() context.Context { return b.ctx }

// Do runs chromedp actions one after the other and fails the test at the first
// that fails or takes longer than half a minute.
func (b *Browser) Do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, action := range actions {
		Get(b, action)
	}
}

// Get runs a chromedp action and returns its value. It fails the test like Do.
func Get[T any](b *Browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, waitLimit)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		b.Screenshot(b.t.Name() + "-failed")
		b.t.Fatalf("in the browser: %v", err)
	}
	return value
}

// Phone makes the window 360 x 740 px, with touch.
func (b *Browser) Phone() {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
}

// LargeText makes all pages show text twice as large, as the settings of browsers do.
func (b *Browser) LargeText() {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 32, Fixed: 26}})
		return err
	}))
}

// Desktop makes the window 1,280 x 900 px.
func (b *Browser) Desktop() {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(1280, 900))
}

// Open goes to the address, waits until the page is loaded and returns the
// status of the answer. Its host is one that pages may load from.
func (b *Browser) Open(address string) int {
	b.t.Helper()
	b.faults.allowHost(address)
	return int(Get(b, chromedp.NavigateResponse(address)).Status)
}

// Click clicks the first element of the CSS selector when it is visible. For a
// click that leads to another page use Follow, which waits for it.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	b.Do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Follow clicks a link or a button, waits for the page that it leads to and
// returns the status of the answer.
func (b *Browser) Follow(selector string) int {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, waitLimit)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
	if err != nil {
		b.Screenshot(b.t.Name() + "-failed")
		b.t.Fatalf("follow %s: %v", selector, err)
	}
	return int(answer.Status)
}

// Type empties a field and types into it.
func (b *Browser) Type(selector, text string) {
	b.t.Helper()
	field := chromedp.CSS(selector)
	empty := "(() => { const f = document.querySelector(" + strconv.Quote(selector) + `); f.value = ""; f.dispatchEvent(new Event("input", {bubbles: true})); })(); 0`
	b.Do(chromedp.WaitVisible(field), chromedp.Evaluate[chromedp.Void](empty), chromedp.SendKeys(field, text))
}

// Wait waits until an element of the CSS selector is visible.
func (b *Browser) Wait(selector string) {
	b.t.Helper()
	b.Do(chromedp.WaitVisible(chromedp.CSS(selector)))
}

// WaitFor waits until the JavaScript expression is true.
func (b *Browser) WaitFor(expression string) {
	b.t.Helper()
	// A page that is still coming has not yet what the expression asks for, or ends while
	// it is asked: an exception is no answer, and told only when none comes.
	ask := chromedp.Evaluate[string]("(() => { try { return (" + expression + ") ? 'yes' : 'no' } catch (e) { return String(e) } })()")
	last := ""
	for end := MachineNow().Add(waitLimit); MachineNow().Before(end); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, waitLimit)
		said, err := chromedp.Run(ctx, ask)
		cancel()
		if err != nil {
			said = err.Error()
		}
		if last = said; last == "yes" {
			return
		}
	}
	b.Screenshot(b.t.Name() + "-failed")
	b.t.Fatalf("in the browser: %s did not come true (%s); the page says %.500s", expression, last, b.Page().Text())
}

// Text returns the visible text of the first element of the CSS selector.
func (b *Browser) Text(selector string) string {
	b.t.Helper()
	return Get(b, chromedp.Text(chromedp.CSS(selector), chromedp.NodeVisible))
}

// networkRule is the command's parameters with the switch in both places:
// Chromium before 150 asks for it beside the conditions, later ones read it in
// them. Either leaves alone what it does not know.
type networkRule struct {
	Offline    bool                  `json:"offline"`
	Conditions []*network.Conditions `json:"matchedNetworkConditions"`
}

var emulateNetwork = cdp.Command[networkRule, network.EmulateNetworkConditionsByRuleResult]{
	Method: network.CommandEmulateNetworkConditionsByRule}

// Offline cuts the pages' network off, or gives it back.
func (b *Browser) Offline(off bool) {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulateNetwork, networkRule{Offline: off,
			Conditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}}})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
		return err
	}))
}

// Front brings the tab before the others: one that is behind is not painted.
func (b *Browser) Front() {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.BringToFront, cdp.Empty{})
		return err
	}))
}

// Kill ends the browser as a phone ends whose battery is taken out: nothing that
// is not on the disk by now is ever written.
func (b *Browser) Kill() {
	b.t.Helper()
	process := chromedp.FromContext(b.ctx).Browser.Process()
	if err := process.Kill(); err != nil {
		b.t.Fatalf("kill the browser: %v", err)
	}
	b.end()
}

// Keys presses keys as a scanner does that acts as a keyboard: for the page one comes
// a millisecond after the other, however long a busy machine takes.
func (b *Browser) Keys(text string) {
	b.t.Helper()
	at := float64(MachineNow().UnixMilli()) / 1000
	b.Do(chromedp.KeyEvent(text, func(key *input.DispatchKeyEventParams) {
		at += 0.001
		key.Timestamp = input.TimeSinceEpoch(at)
	}))
}

// Page returns the page as it is now for the checks of Doc.
func (b *Browser) Page() Doc {
	b.t.Helper()
	return Page(b.t, Get(b, chromedp.Evaluate[string]("document.documentElement.outerHTML")))
}

// Allow expects faults that contain one of the texts, such as the 404 of a part
// that a test took away.
func (b *Browser) Allow(texts ...string) { b.faults.allow(texts) }

// Faults returns what the pages did wrong since the start or the last call, and
// forgets it.
func (b *Browser) Faults() []string { return b.faults.take() }

// Screenshot writes the whole page as NAME.png into the folder that
// HOICHO_SHOTS names; without one it does nothing.
func (b *Browser) Screenshot(name string) {
	b.t.Helper()
	folder := os.Getenv("HOICHO_SHOTS")
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, waitLimit)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		path := filepath.Join(folder, filepath.FromSlash(name)+".png")
		if err = os.MkdirAll(filepath.Dir(path), 0o755); err == nil {
			err = os.WriteFile(path, png, 0o644)
		}
	}
	if err != nil {
		b.t.Errorf("screenshot %s: %v", name, err)
	}
}

// Picture writes what the screen shows, the whole page, and returns the PNG file.
func (b *Browser) Picture() string {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "screen.png")
	if err := os.WriteFile(file, Get(b, chromedp.FullScreenshot(100)), 0o644); err != nil {
		b.t.Fatal(err)
	}
	return file
}

// SignInAs makes the browser the holder of a session on a site.
func (b *Browser) SignInAs(base, token string) {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.SetCookie, network.SetCookieParams{Name: "s", Value: token, URL: base})
		return err
	}))
}

// PageShows waits until the phone shows a verdict.
func PageShows(t *testing.T, b *Browser, class, title string) {
	t.Helper()
	b.WaitFor(`document.querySelector("#verdict.` + class + `") && !document.querySelector("[data-screen=verdict]").hidden && document.querySelector("#v-title").textContent === "` + title + `"`)
}
