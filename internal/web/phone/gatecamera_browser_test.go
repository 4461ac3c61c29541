package phone_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// readerOf is a stand-in for the reader that some browsers bring. It answers the
// test symbol with first and every picture after it with later.
func readerOf(first, later string) string {
	return `globalThis.asked = 0; globalThis.BarcodeDetector = class {
		static async getSupportedFormats() { return ["qr_code"]; }
		async detect(canvas) { if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError("no picture");
			return [{ rawValue: globalThis.asked++ ? ` + strconv.Quote(later) + ` : ` + strconv.Quote(first) + ` }]; } };`
}

// TestBrowserGateReader: the browser's own reader is used when it reads the test
// symbol, and not when it reads something else.
func TestBrowserGateReader(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	event := k.Event(testkit.InState(registry.Running), roundTheClock)
	k.Gates(event.ID, 1)
	staff := testkit.PassesOfKind(k.Stall(event, 5), registry.StaffPass)
	film := testkit.CameraFilm(t, 2, symbolOf(t, k, event, staff[0]))
	base := k.Serve()
	told := pass.Text(base, staff[1].Code, staff[1].Proof)
	for name, c := range map[string]struct {
		script string
		row    registry.PassRow
		asked  string
	}{
		"works":     {readerOf("HOICHO", told), staff[1], "> 1"},
		"is broken": {readerOf("HOICH", told), staff[0], "=== 1"},
	} {
		b := testkit.NewBrowser(t, testkit.BrowserOptions{Camera: film, Script: c.script})
		pairIn(b, base, pairingToken(t, k, event.ID, 1))
		testkit.PageShows(t, b, "ok", "Mời vào")
		b.WaitFor(`asked ` + c.asked)
		if len(scansOf(k, c.row)) == 0 {
			t.Errorf("a reader that %s: no scan of the pass", name)
		}
	}
}

// TestBrowserGateWithoutCamera: where the browser gives no camera, the page says
// what to do and reads a photo; inside another app it names it.
func TestBrowserGateWithoutCamera(t *testing.T) {
	t.Parallel()
	const zalo = `Object.defineProperty(navigator, "userAgent", { get: () => "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/579" });`
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	event := k.Event(testkit.InState(registry.Running), roundTheClock)
	k.Gates(event.ID, 1)
	staff := testkit.PassesOfKind(k.Stall(event, 5), registry.StaffPass)[0]
	photo := symbolOf(t, k, event, staff)
	w := &gateWalk{t: t, k: k, event: event, Browser: testkit.NewBrowser(t, testkit.BrowserOptions{Script: zalo})}
	base := k.Serve()
	w.Open(base + "/cong")
	w.Wait("#pair")
	w.looked("pair-in-zalo")
	if text := w.Text("[data-screen=pair] [data-inside]"); !strings.Contains(text, "Zalo") || !strings.Contains(text, "Chrome hoặc Safari") {
		t.Errorf("the page says %q", text)
	}
	pairIn(w.Browser, base, pairingToken(t, k, event.ID, 1))
	w.Wait("#nocam")
	w.fits("no-camera-in-zalo")
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#nocam input[type=file]"), []string{photo}, chromedp.NodeReady))
	testkit.PageShows(t, w.Browser, "ok", "Mời vào")
	w.next()
	w.Click("#open-type")
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#type-photo"), []string{"../../../static/mark-180.png"}, chromedp.NodeReady))
	w.WaitFor(`document.querySelector("[data-screen=type] [data-fault]").textContent.includes("Không thấy mã QR")`)
	w.looked("photo-none")
}

// TestBrowserGateLooks takes the screens in both looks and both sizes.
func TestBrowserGateLooks(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 3, testkit.BrowserOptions{})
	for look, back := range map[string]string{"light": "rgb(223, 228, 234)", "dark": "rgb(13, 17, 23)"} {
		s.Click("#open-menu")
		s.run(`document.querySelector("#set-look").value = "` + look + `"; document.querySelector("#set-look").dispatchEvent(new Event("change")); 0`)
		s.WaitFor(`getComputedStyle(document.body).backgroundColor === "` + back + `"`)
		s.looked(look + "-menu")
		s.next()
		s.fits(look + "-scan")
		s.Click("#open-count")
		s.WaitFor(`document.querySelector("#clicked").textContent !== "0"`)
		s.fits(look + "-count")
		s.Click("[data-screen=count] [data-back]")
		s.enter(s.guests[0])
		s.fits(look + "-verdict")
		s.Desktop()
		s.looked(look + "-verdict-1280")
		s.next()
		s.looked(look + "-scan-1280")
		s.Phone()
	}
}
