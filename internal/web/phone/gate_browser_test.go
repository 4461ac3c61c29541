package phone_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// symbolOf is the picture of a pass's symbol as it is printed.
func symbolOf(t *testing.T, k *testkit.Kit, event registry.Event, row registry.PassRow) string {
	t.Helper()
	owner := registry.Actor{Account: "owner", Members: []registry.Membership{{Vendor: row.Vendor, Role: registry.Owner}}}
	file, err := k.App.Passes.VendorPaper(t.Context(), owner, row.Vendor, passes.PaperInput{Event: event.ID, Paper: passes.PaperPasses, Sheet: passes.SheetA6, Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	text := pass.Text(k.App.BaseURL, row.Code, row.Proof)
	for _, page := range testkit.PDFPages(t, file.Data, 150) {
		if texts := testkit.ReadQR(t, page); strings.Join(texts, "") == text {
			return testkit.CutQR(t, page, text)
		}
	}
	t.Fatalf("no page shows %s", row.Code)
	return ""
}

// pairingToken is what the gate chief shows a phone that is to work at gates.
func pairingToken(t *testing.T, k *testkit.Kit, event registry.EventID, gates ...int) string {
	t.Helper()
	pairing, err := k.App.Admission.NewPairing(t.Context(), registry.SystemActor("t"), event, admission.PairInput{Gates: gates, Role: registry.Steward})
	if err != nil {
		t.Fatal(err)
	}
	return pairing.Token
}

// pairIn pairs a browser by typing a token.
func pairIn(b *testkit.Browser, base, token string) {
	b.Open(base + "/cong")
	b.Wait("#pair")
	b.Type("#pair-name", "Điện thoại của Lan")
	b.Type("#pair-token", token)
	b.Click("#pair button:not([type])")
}

func TestBrowserGateScansAPrintedPass(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running))
	k.Gates(event.ID, 2)
	staff := testkit.PassesOfKind(k.Stall(event, 5), registry.StaffPass)[0]
	base := k.Serve()
	film := testkit.CameraFilm(t, 2, symbolOf(t, k, event, staff))

	a := testkit.NewBrowser(t, testkit.BrowserOptions{Camera: film})
	pairIn(a, base, pairingToken(t, k, event.ID, 1))
	testkit.PageShows(t, a, "ok", "Mời vào")
	a.Screenshot("gate-ok")

	b := testkit.NewBrowser(t, testkit.BrowserOptions{Camera: film})
	pairIn(b, base, pairingToken(t, k, event.ID, 2))
	testkit.PageShows(t, b, "no", "Đang ở trong")
	if text := b.Text("#v-text"); !strings.Contains(text, "Cổng A") {
		t.Errorf("the second gate says %q", text)
	}
	b.Screenshot("gate-already-inside")
}

// gateWalk is a phone paired by hand, without a camera.
type gateWalk struct {
	*testkit.Browser
	t     *testing.T
	k     *testkit.Kit
	base  string
	event registry.Event
	rows  []registry.PassRow
	staff []registry.PassRow
}

// roundTheClock opens an event all day, from today on.
func roundTheClock(e *registry.Event) {
	today := vn.DateOf(testkit.MachineNow())
	e.Days = nil
	for i := range 3 {
		e.Days = append(e.Days, registry.EventDay{Day: vn.AddDays(today, i), OpensAt: 0, ClosesAt: 24 * 60})
	}
}

func newGateWalk(t *testing.T) *gateWalk {
	t.Helper()
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow()) // the phone's clock must not look wrong
	w := &gateWalk{t: t, k: k, event: k.Event(testkit.InState(registry.Running), roundTheClock)}
	k.Gates(w.event.ID, 2)
	w.rows = k.Stall(w.event, 5)
	w.staff = testkit.PassesOfKind(w.rows, registry.StaffPass)
	w.base = k.Serve()
	w.Browser = testkit.NewBrowser(t, testkit.BrowserOptions{})
	pairIn(w.Browser, w.base, pairingToken(t, k, w.event.ID, 1, 2))
	w.WaitFor(`document.body.dataset.now === "scan" && document.querySelector("#net-text").textContent.includes("dữ liệu mới")`)
	return w
}

// typeCode types a pass's digits in.
func (w *gateWalk) typeCode(row registry.PassRow) {
	w.t.Helper()
	w.WaitFor(`document.body.dataset.now === "scan"`)
	w.Click("#open-type")
	w.Type("#type-code", row.Code)
	w.Click("#type button:not([type])")
}

// phoneHeight is that of the window in pixels.
const phoneHeight = 740

// looked takes a picture of what is shown and checks it: nothing wider than the
// phone, nothing that axe minds, every button at least 56 px high, every text at
// least 20 px.
func (w *gateWalk) looked(name string) {
	w.t.Helper()
	w.FitsWidth()
	for _, v := range w.Axe() {
		w.t.Errorf("%s: %s", name, v)
	}
	if small := testkit.Get(w.Browser, chromedp.Evaluate[string](smallThings)); small != "" {
		w.t.Errorf("%s: too small: %s", name, small)
	}
	w.Screenshot("gate-" + name)
}

// smallThings names what is hard to hit or to read outdoors.
const smallThings = `[...document.querySelectorAll("#app *")].filter((e) => e.checkVisibility() && !e.closest(".vh, svg") &&
	(e.matches("button, input:not([type=radio], [type=checkbox]), label:has(input)") && e.getBoundingClientRect().height < 56 ||
	[...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 20))
	.map((e) => e.tagName + "#" + e.id + " " + e.textContent.slice(0, 20)).join(", ")`

// fits is looked for a screen that must be seen whole.
func (w *gateWalk) fits(name string) {
	w.t.Helper()
	if height := testkit.Get(w.Browser, chromedp.Evaluate[int](`document.querySelector("#app").scrollHeight`)); height > phoneHeight {
		w.t.Errorf("%s is %d px long, the phone %d", name, height, phoneHeight)
	}
	w.looked(name)
}

// next goes back to scanning; after a welcome the phone does so by itself.
func (w *gateWalk) next() {
	w.t.Helper()
	testkit.Get(w.Browser, chromedp.Evaluate[bool](`document.body.dataset.now === "scan" || !document.querySelector("#next").click()`))
	w.WaitFor(`document.body.dataset.now === "scan"`)
}

func TestBrowserGateScreens(t *testing.T) {
	t.Parallel()
	w := newGateWalk(t)
	w.fits("scan")
	w.Click("#open-type")
	w.fits("type")
	w.Type("#type-code", "123456789013")
	w.Click("#type button:not([type])")
	w.WaitFor(`!document.querySelector("[data-screen=type] [data-fault]").hidden`)
	w.fits("type-wrong")
	w.Click("[data-screen=type] [data-back]")
	w.Click("#open-count")
	w.WaitFor(`document.querySelector("#clicked").textContent === "1"`)
	w.Click("[data-who=child]")
	w.Type("#count-n", "12")
	w.Click("#count button")
	w.WaitFor(`document.querySelector("#clicked").textContent === "14"`)
	w.WaitFor(`document.querySelector("#undo-text").textContent.includes("+12")`)
	w.Click("#undo")
	w.WaitFor(`document.querySelector("#clicked").textContent === "2"`)
	w.fits("count")
	w.Click("[data-screen=count] [data-back]")
	w.typeCode(w.staff[0])
	testkit.PageShows(t, w.Browser, "ok", "Mời vào")
	w.next()
	w.Click("#open-menu")
	w.looked("menu")
	w.Click("#recent button")
	w.WaitFor(`document.querySelector("#recent").textContent.includes("đã bỏ")`)
	w.Click("#set-training + *, #set-training")
	w.Click("[data-screen=menu] [data-back]")
	w.WaitFor(`!document.querySelector("#training").hidden`)
	w.typeCode(w.staff[1])
	testkit.PageShows(t, w.Browser, "ok", "Mời vào")
	w.fits("training")
	live, err := w.k.App.Admission.GateLive(t.Context(), registry.SystemActor("t"), w.event.ID)
	if told := live.Tellings[w.device().ID]; err != nil || told.App != testkit.Get(w.Browser, chromedp.Evaluate[string](`document.querySelector("#app").dataset.build`)) {
		t.Errorf("the phone told %+v, %v", told, err)
	}
	counted, err := w.k.App.Admission.Visits(t.Context(), w.event.ID)
	if err != nil || counted.Today.Total != 2 {
		t.Errorf("visits %+v, %v", counted, err)
	}
}

// TestBrowserGateVerdicts shows every verdict that a steward may meet.
func TestBrowserGateVerdicts(t *testing.T) {
	t.Parallel()
	w := newGateWalk(t)
	system, ctx := registry.SystemActor("t"), t.Context()
	official := w.k.Issued(w.event, registry.OfficialPass, 1)[0]
	for _, do := range []error{
		w.k.App.Admission.SaveGatePolicy(ctx, system, w.event.ID, admission.PolicyInput{MaxInside: 1, VisitorRule: registry.VisitorOnce}), // nothing is set up before midnight: vehicles would come in then
		w.k.App.Admission.SetSupervisorPin(ctx, system, w.event.ID, "280593"),
		w.k.App.Passes.StepPass(ctx, system, w.staff[2].ID, registry.PassBlocked, "mất thẻ"),
		w.k.App.Passes.StepPass(ctx, system, w.staff[3].ID, registry.PassRevoked, "mất thẻ"),
		w.k.App.Admission.EditGate(ctx, system, w.event.ID, 1, admission.GateInput{Name: "Cổng A", Kinds: []registry.PassKind{registry.StaffPass, registry.VehiclePass}}),
	} {
		if do != nil {
			t.Fatal(do)
		}
	}
	w.Click("#open-menu")
	w.Click("#send-now")
	w.Click("[data-screen=menu] [data-back]")
	vehicle, booth := testkit.PassesOfKind(w.rows, registry.VehiclePass)[0], testkit.PassesOfKind(w.rows, registry.BoothPass)[0]
	for _, step := range []struct {
		row          registry.PassRow
		class, title string
	}{
		{w.staff[0], "ok", "Mời vào"}, {w.staff[1], "no", "Gian đã đủ người"},
		{w.staff[2], "no", "Thẻ bị khóa"}, {w.staff[3], "no", "Thẻ đã thu hồi"}, {official, "no", "Không phải cổng này"},
		{vehicle, "no", "Ngoài giờ"}, {booth, "ok", "Thẻ gian hàng đúng"}, {w.staff[0], "no", "Đang ở trong"},
	} {
		if step.title == "Đang ở trong" {
			time.Sleep(gate.RepeatMS * time.Millisecond) // sooner it would be the same scan
		}
		w.typeCode(step.row)
		testkit.PageShows(t, w.Browser, step.class, step.title)
		w.fits("verdict-" + vn.Slug(step.title))
		w.next()
	}
	w.Keys("https://example.vn/menu\r")
	testkit.PageShows(t, w.Browser, "no", "Không phải thẻ")
	w.fits("verdict-khong-phai-the")
	forged := pass.Text(w.base, w.staff[0].Code, w.staff[0].Proof)
	w.Keys(forged[:len(forged)-1] + string('0'+(forged[len(forged)-1]-'0'+1)%10) + "\r")
	testkit.PageShows(t, w.Browser, "no", "Thẻ giả")
	w.fits("verdict-the-gia")
	w.Click("#call-chief")
	w.fits("chief")
	w.Type("#chief-pin", "111111")
	w.Click("#chief button:not([type])")
	w.WaitFor(`!document.querySelector("[data-screen=chief] [data-fault]").hidden`)
	w.Type("#chief-pin", "280593")
	w.Click("#chief button:not([type])")
	testkit.PageShows(t, w.Browser, "ok", "Tổ trưởng cho vào")
	w.fits("verdict-forced")
	w.next()
	w.Keys(pass.Text(w.base, official.Code, official.Proof) + "\r")
	testkit.PageShows(t, w.Browser, "no", "Không phải cổng này")
}

// TestBrowserGateWithoutNetwork: the phone decides by itself, says so in amber,
// and everything arrives once, with both verdicts.
func TestBrowserGateWithoutNetwork(t *testing.T) {
	t.Parallel()
	w := newGateWalk(t)
	w.Allow("not loaded", "ERR_INTERNET_DISCONNECTED")
	w.Offline(true)
	w.typeCode(w.staff[0])
	testkit.PageShows(t, w.Browser, "wait", "Mời vào · chờ đồng bộ")
	w.WaitFor(`document.querySelector("#net").textContent.includes("1 lượt chờ gửi")`)
	w.fits("verdict-waiting")
	w.next()
	time.Sleep(gate.RepeatMS * time.Millisecond) // sooner it would be the same scan
	w.typeCode(w.staff[0])
	testkit.PageShows(t, w.Browser, "no", "Đang ở trong")
	w.next()
	w.Offline(false)
	w.WaitFor(`!document.querySelector("#net").textContent.includes("chờ gửi")`)
	stats, err := w.k.App.Admission.GateStats(t.Context(), w.device())
	if err != nil || stats.Inside != 1 || stats.Hours[0].In != 1 {
		t.Errorf("stats %+v, %v", stats, err)
	}
}

// device is the phone as the office sees it.
func (w *gateWalk) device() registry.Device {
	w.t.Helper()
	office, err := w.k.App.Admission.GateOffice(w.t.Context(), registry.SystemActor("t"), w.event.ID)
	if err != nil || len(office.Devices) != 1 {
		w.t.Fatalf("%d phones, %v", len(office.Devices), err)
	}
	return office.Devices[0]
}

// TestBrowserGateRevoked: a phone that is shut out forgets everything.
func TestBrowserGateRevoked(t *testing.T) {
	t.Parallel()
	w := newGateWalk(t)
	w.Allow("401")
	if err := w.k.App.Admission.RevokeDevice(t.Context(), registry.SystemActor("t"), w.event.ID, w.device().ID); err != nil {
		t.Fatal(err)
	}
	testkit.Get(w.Browser, chromedp.Evaluate[bool](`dispatchEvent(new Event("online"))`)) // it asks for its list
	w.WaitFor(`document.body.dataset.now === "gone"`)
	w.fits("gone")
	if left := testkit.Get(w.Browser, chromedp.Evaluate[int](`indexedDB.databases().then((d) => d.length)`, chromedp.EvalAwaitPromise)); left != 0 {
		t.Errorf("%d databases are left on the phone", left)
	}
}
