package phone_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/config"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// inspectWalk is the phone of somebody who inspects, whose browser can be killed and whose
// server shut.
type inspectWalk struct {
	*testkit.Browser
	t       *testing.T
	k       *testkit.Kit
	door    *testkit.Door
	event   registry.Event
	stalls  [][]registry.PassRow
	token   string
	options testkit.BrowserOptions
}

func newInspectWalk(t *testing.T) *inspectWalk {
	t.Helper()
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	w := &inspectWalk{t: t, k: k, event: k.Event(testkit.InState(registry.Running), roundTheClock), options: testkit.BrowserOptions{Profile: t.TempDir()}}
	w.stalls = [][]registry.PassRow{k.Stall(w.event, 1), k.Stall(w.event, 2)}
	_, w.token = k.Officer(registry.Inspector, "19")
	w.door = k.Door()
	w.start()
	w.SignInAs(w.door.Base, w.token)
	w.open()
	w.WaitFor(`document.querySelectorAll("#stalls li").length === 2 && navigator.serviceWorker.controller`)
	return w
}

// start opens the phone's browser.
func (w *inspectWalk) start() {
	w.t.Helper()
	w.Browser = testkit.NewBrowser(w.t, w.options)
	w.Allow("not loaded", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "401", "422")
}

// open opens the app.
func (w *inspectWalk) open() {
	w.t.Helper()
	w.Open(w.door.Base + "/kiem-tra")
	w.WaitFor(`document.body.dataset.now === "list"`)
}

// run runs a script in the page.
func (w *inspectWalk) run(script string) {
	testkit.Get(w.Browser, chromedp.Evaluate[chromedp.Void](script))
}

// text is the text of an element.
func (w *inspectWalk) shows(screen, words string) {
	w.t.Helper()
	w.WaitFor(`document.body.dataset.now === "` + screen + `" && document.querySelector('[data-screen="` + screen + `"]').textContent.includes(` + strconv.Quote(words) + `)`)
}

// begin opens a new record of a stall.
func (w *inspectWalk) begin(n int) {
	w.t.Helper()
	w.run(`document.querySelectorAll("#stalls button")[` + strconv.Itoa(n) + `].click()`)
	w.WaitFor(`document.body.dataset.now === "form" || document.querySelector("#choose").open`)
	w.run(`document.querySelector("#choose").open && document.querySelector("#choose-acts button:last-child").click()`)
	w.WaitFor(`document.body.dataset.now === "form"`)
}

// fill answers every item: the labels are not as they should be, which photos show.
func (w *inspectWalk) fill(photos ...string) {
	w.t.Helper()
	w.run(`for (const li of document.querySelectorAll("#items > li")) li.querySelector("input[value=" + (li.id === "item-label" ? "not_ok" : "ok") + "]").click()`)
	w.WaitFor(`!document.querySelector("#item-label [data-part=bad]").hidden`)
	w.run(`const note = document.querySelector("#item-label [data-part=note]"); note.value = "2 túi miến không ghi địa chỉ"; note.dispatchEvent(new Event("change"))`)
	for n, photo := range photos {
		w.Do(chromedp.SetUploadFiles(chromedp.CSS("#item-label input[type=file]"), []string{photo}, chromedp.NodeReady))
		w.WaitFor(`document.querySelectorAll("#item-label [data-part=photos] img").length === ` + strconv.Itoa(n+1))
	}
}

// sign goes to the review, names who was there and signs.
func (w *inspectWalk) sign() {
	w.t.Helper()
	w.run(`document.querySelector("#next-item").click()`)
	w.WaitFor(`document.body.dataset.now === "review"`)
	w.run(`{
		const set = (el, value) => { el.value = value; el.dispatchEvent(new Event("input", { bubbles: true })); el.dispatchEvent(new Event("change")); };
		set(document.querySelector("#people [data-part=name]"), "Nông Văn A");
		set(document.querySelector("#present"), "Nguyễn Thị C");
		document.querySelector("#read").click();
		const pad = document.querySelector("#pad"), box = pad.getBoundingClientRect();
		pad.setPointerCapture = () => {};
		const at = (type, i) => pad.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX: box.left + 30 + i * 12, clientY: box.top + 40 + 20 * Math.sin(i), cancelable: true }));
		at("pointerdown", 0);
		for (let i = 1; i < 15; i++) at("pointermove", i);
		at("pointerup", 15);
	}`)
}

// photoFile is a photo as a camera makes it, of one shade.
func photoFile(t *testing.T, shade uint8) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 2000, 1500))
	for i := range img.Pix {
		img.Pix[i] = shade + uint8(i%7)
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "anh.jpg")
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// records are what the server has of the event.
func (w *inspectWalk) records() []inspection.Row {
	w.t.Helper()
	list, err := w.k.App.Inspections.Register(w.t.Context(), registry.SystemActor("t"), inspection.Filter{Event: w.event.ID})
	if err != nil {
		w.t.Fatal(err)
	}
	return list.Rows
}

// TestBrowserInspectsWithoutNetwork looks at a stall without a network: with photos and a
// signature, through a death of the browser in the middle. The draft is there again with
// its pictures; it is handed in when the network is back, and has its number only then.
func TestBrowserInspectsWithoutNetwork(t *testing.T) {
	t.Parallel()
	w := newInspectWalk(t)
	w.door.Shut()
	w.begin(0)
	w.fill(photoFile(t, 80), photoFile(t, 160))
	w.Screenshot("inspect-form")
	w.FitsNarrow()
	w.Kill()
	w.start()
	w.open() // from the service worker: nobody answers
	w.shows("list", "đang dở")
	w.run(`document.querySelector("#stalls button").click()`)
	w.WaitFor(`document.querySelectorAll("#item-label [data-part=photos] img").length === 2`)
	if note := w.Text("#form-title"); !strings.Contains(note, "A01") {
		t.Errorf("the draft is of %q", note)
	}
	w.sign()
	w.Screenshot("inspect-review")
	w.FitsNarrow()
	w.WaitFor(`!document.querySelector("#pad-label").closest("[hidden]")`)
	w.run(`document.querySelector("#hand-in").click()`)
	w.shows("sending", "Chưa nộp xong")
	if n := len(w.records()); n != 0 {
		t.Fatalf("the server has %d records before there is a network", n)
	}
	w.door.Open(config.Config{})
	w.run(`document.querySelector("#send-now").click()`) // the session ended with the browser
	w.WaitFor(`!document.querySelector("#signin").hidden`)
	w.SignInAs(w.door.Base, w.token)
	w.run(`document.querySelector("#send-now").click()`)
	w.Wait("#sending-box.go")
	w.Screenshot("inspect-done")
	w.FitsNarrow()
	rows := w.records()
	if len(rows) != 1 || rows[0].State != inspection.HandedIn || rows[0].Missing() != 0 || rows[0].Bad != 1 || !strings.Contains(w.Text("#sending-title"), rows[0].Number()) {
		t.Errorf("the server has %+v, the phone says %q", rows, w.Text("#sending-title"))
	}
	for _, v := range w.Axe() {
		t.Error(v)
	}
	minutes := testkit.Get(w.Browser, chromedp.Evaluate[string](`fetch(document.querySelector('#sending-acts a[href$=".pdf"]').href)
		.then(async (r) => r.status + " " + r.headers.get("Content-Type") + " " + (await r.text()).slice(0, 5))`, chromedp.EvalAwaitPromise))
	if minutes != "200 application/pdf %PDF-" {
		t.Errorf("the minutes answer %s", minutes)
	}
}

// TestBrowserTwoInspectionsOfOneStallAreBothKept inspects a stall that another team has
// inspected since the list was fetched: the phone says so, and the server has both.
func TestBrowserTwoInspectionsOfOneStallAreBothKept(t *testing.T) {
	t.Parallel()
	w := newInspectWalk(t)
	other := w.k.HandedIn(w.k.TypedInspection(w.stalls[0][0]))
	w.begin(0)
	w.fill(photoFile(t, 80))
	w.sign()
	w.run(`document.querySelector("#hand-in").click()`)
	w.Wait("#sending-box.go")
	w.shows("sending", "cũng đã kiểm tra gian này")
	rows := w.records()
	if len(rows) != 2 || rows[0].Twin != inspection.TwinOpen || rows[1].Twin != inspection.TwinOpen || rows[0].Number() == rows[1].Number() {
		t.Errorf("beside %s the server has %+v", other.Number(), rows)
	}
	w.Open(w.door.Base + "/quan-ly/kiem-tra/" + string(other.ID))
	w.run(`window.confirm = () => true`)
	w.Follow(`form[action$="/ghep"] .btn`)
	w.FitsNarrow()
	counting := 0
	for _, r := range w.records() {
		if r.Counts() {
			counting++
		}
	}
	if counting != 1 {
		t.Errorf("joined by a person, %d of two records count", counting)
	}
}

// TestBrowserPhoneKeepsWhatTheServerRefuses hands in for somebody who may no longer
// inspect: the phone says why and keeps the record, until its owner drops it.
func TestBrowserPhoneKeepsWhatTheServerRefuses(t *testing.T) {
	t.Parallel()
	w := newInspectWalk(t)
	w.Allow("404")
	w.begin(1)
	w.fill(photoFile(t, 80))
	w.sign()
	_, nobody := w.k.Officer(registry.Viewer, "19")
	w.SignInAs(w.door.Base, nobody)
	w.run(`document.querySelector("#hand-in").click()`)
	w.Wait("#sending-box.stop")
	if n := len(w.records()); n != 0 {
		t.Fatalf("the server took %d records", n)
	}
	w.run(`document.querySelector("#next-stall").click()`)
	w.shows("list", "cần xem lại")
	w.SignInAs(w.door.Base, w.token)
	w.run(`document.querySelector("#queue button").click()`)
	w.WaitFor(`document.body.dataset.now === "sending"`)
	w.run(`document.querySelector("#sending-acts").querySelectorAll("button")[1].click()`) // again
	w.Wait("#sending-box.go")
	if n := len(w.records()); n != 1 {
		t.Errorf("the server has %d records", n)
	}
}

// TestBrowserPhoneSaysWhenItsDiskIsFull lets the disk of the phone refuse to write: the line
// of state says so, a record names no photo and no signature that is not there, nothing is
// handed in, and when there is room again nothing that was typed is lost.
func TestBrowserPhoneSaysWhenItsDiskIsFull(t *testing.T) {
	t.Parallel()
	w := newInspectWalk(t)
	w.Allow("QuotaExceededError")
	full := func(n int) {
		w.run(`window.writes ||= IDBObjectStore.prototype.put; window.refused = 0;
			IDBObjectStore.prototype.put = ` + strconv.Itoa(n) + ` ? () => { window.refused++; throw new DOMException("full", "QuotaExceededError"); } : window.writes`)
	}
	w.begin(1)
	full(1)
	w.fill()
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#item-label input[type=file]"), []string{photoFile(t, 90)}, chromedp.NodeReady))
	w.WaitFor(`document.querySelector("#net.bad")?.textContent.includes("không ghi được") && document.querySelector("#item-label input[type=file]").value === ""`)
	if testkit.Get(w.Browser, chromedp.Evaluate[bool](`document.querySelector("#item-label [data-part=photos] li") !== null`)) {
		t.Error("a photo that was not kept stands in the record")
	}
	w.sign()
	refused := testkit.Get(w.Browser, chromedp.Evaluate[int](`window.refused`))
	w.WaitFor(`window.refused > ` + strconv.Itoa(refused-1))
	w.run(`document.querySelector("#hand-in").click()`)
	w.shows("review", "chữ ký")
	full(0)
	w.run(`document.querySelector("#back-to-form").click()`)
	w.WaitFor(`document.body.dataset.now === "form"`)
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#item-label input[type=file]"), []string{photoFile(t, 90)}, chromedp.NodeReady))
	w.WaitFor(`document.querySelectorAll("#item-label [data-part=photos] img").length === 1 && !document.querySelector("#net.bad")`)
	w.sign()
	w.run(`document.querySelector("#read").checked || document.querySelector("#read").click()`)
	w.run(`document.querySelector("#hand-in").click()`)
	w.Wait("#sending-box.go")
	rows := w.records()
	if len(rows) != 1 || rows[0].Bad != 1 {
		t.Errorf("the server has %+v", rows)
	}
}

// TestBrowserSigningInLeadsBackToTheInspection follows the link of somebody whose session
// has run out.
func TestBrowserSigningInLeadsBackToTheInspection(t *testing.T) {
	t.Parallel()
	w := newInspectWalk(t)
	w.SignInAs(w.door.Base, "nobody")
	w.run(`document.querySelector("#refresh").click()`)
	w.WaitFor(`!document.querySelector("#signin").hidden`)
	w.run(`document.querySelector("#signin a").click()`)
	w.WaitFor(`location.pathname === "/dang-nhap" && document.querySelector("input[name=_next]").value === "/kiem-tra"`)
}
