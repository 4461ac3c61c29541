package phone_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// filmOf plays the passes before the camera, each for so many seconds.
func filmOf(t *testing.T, k *testkit.Kit, seconds float64, event registry.Event, kinds ...registry.PassKind) (string, []registry.PassRow) {
	t.Helper()
	var pictures []string
	var shown []registry.PassRow
	for n, kind := range kinds {
		row := testkit.PassesOfKind(k.Stall(event, 40+n), kind)[0]
		pictures, shown = append(pictures, symbolOf(t, k, event, row)), append(shown, row)
	}
	return testkit.CameraFilm(t, seconds, pictures...), shown
}

// TestBrowserGateOffline is a gate without a network: scans by typed code and by
// camera, a phone that dies on the way and starts again, and the truth afterwards.
func TestBrowserGateOffline(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 47, testkit.BrowserOptions{})
	film, filmed := filmOf(t, s.k, 3, s.event, registry.StaffPass, registry.StaffPass, registry.StaffPass)
	s.run(`dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`document.querySelector("#net-text").textContent.includes("đã gửi hết")`)
	s.Click("#open-menu")
	s.Click("#send-now")
	s.WaitFor(`/ ([0-9]+) thẻ trong danh sách/.exec(document.querySelector("#about").textContent)?.[1] > 47`)
	s.Offline(true) // the server still answers, the network does not carry
	for _, row := range s.guests[:10] {
		s.enter(row)
		testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	}
	s.waits(10)
	s.door.Shut()
	s.options.Camera = film
	s.restart() // from the service worker: nobody answers
	for range filmed {
		testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
		s.run(`document.querySelector("#next").click()`)
		s.WaitFor(`document.body.dataset.now === "scan"`)
	}
	s.options.Camera = ""
	s.run(`document.querySelector("#open-type").click()`)
	s.restart()
	s.waits(13)
	for _, row := range s.guests[10:] {
		s.enter(row)
		testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	}
	s.waits(50)
	s.fits("verdict-fifty-waiting")
	s.enter(s.guests[0]) // control: the phone remembers over its restarts whom it let in
	testkit.PageShows(t, s.Browser, "no", "Đang ở trong")
	s.reopen()
	s.sent()
	s.checkArrived(51, append(filmed, s.guests...))
}

// checkArrived compares the server's rows with what the phone scanned.
func (s *gateShift) checkArrived(scans int, passes []registry.PassRow) {
	s.t.Helper()
	rows := s.rows(passes...)
	ids, seqs := map[registry.ScanID]bool{}, map[int64]bool{}
	moves := map[registry.PassID]int{}
	for _, r := range rows {
		ids[r.ID], seqs[r.Seq] = true, true
		if r.Moves {
			moves[r.Pass]++
		}
		if r.Mode == registry.Offline && (r.DeviceVerdict == "" || r.Verdict == "") {
			s.t.Errorf("scan %d has the verdicts %q and %q", r.Seq, r.DeviceVerdict, r.Verdict)
		}
	}
	if len(rows) != scans || len(ids) != scans || len(seqs) != scans {
		s.t.Errorf("%d rows, %d ids, %d numbers; the phone made %d scans", len(rows), len(ids), len(seqs), scans)
	}
	for n := range int64(scans) {
		if !seqs[n+1] {
			s.t.Errorf("number %d is missing", n+1)
		}
	}
	for _, p := range passes {
		if moves[p.ID] != 1 {
			s.t.Errorf("pass %s went in %d times", p.Code, moves[p.ID])
		}
	}
	s.t.Logf("%d scans of %d passes arrived", len(rows), len(passes))
}

// TestBrowserGateKilledInMidWrite kills the phone while it scans as fast as it can:
// what it showed is kept, and no number is left out or given twice.
func TestBrowserGateKilledInMidWrite(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 200, testkit.BrowserOptions{})
	s.door.Shut()
	codes := make([]string, len(s.guests))
	for i, row := range s.guests {
		codes[i] = row.Code
	}
	s.run(`globalThis.shown = 0; (async () => { for (const code of "` + strings.Join(codes, " ") + `".split(" ")) {
		document.querySelector("#next").click();
		document.querySelector("#type-code").value = code; document.querySelector("#type").requestSubmit();
		while (document.querySelector("#verdict").classList.length !== 2) await new Promise((r) => setTimeout(r, 1));
		globalThis.shown++; document.querySelector("#verdict").className = "verdict"; } })(); 0`)
	s.WaitFor(`globalThis.shown > 12`)
	shown := s.count(`globalThis.shown`)
	s.restart()
	scans := s.kept("scans")
	if scans < shown {
		t.Errorf("%d scans kept, %d were shown as received", scans, shown)
	}
	s.reopen()
	s.sent()
	s.enter(s.guests[199])
	s.sent()
	s.checkArrived(scans+1, append(slices.Clone(s.guests[:scans]), s.guests[199]))
}

// TestBrowserGateFullPhone: a phone that cannot store a scan says so in red, and
// neither shows nor sends it, nor skips its number.
func TestBrowserGateFullPhone(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 4, testkit.BrowserOptions{})
	s.enter(s.guests[0])
	testkit.PageShows(t, s.Browser, "ok", "Mời vào")
	s.run(`globalThis.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...a) {
		if (this.name === "scans" || this.name === "counts") throw new DOMException("full", "QuotaExceededError"); return globalThis.put.apply(this, a); }; 0`)
	s.enter(s.guests[1])
	testkit.PageShows(t, s.Browser, "no", "Chưa ghi được")
	if text := s.Text("#v-text"); !strings.Contains(text, "Bộ nhớ của máy đã đầy") {
		t.Errorf("the phone says %q", text)
	}
	s.fits("verdict-not-kept")
	s.Offline(true)
	s.enter(s.guests[2])
	testkit.PageShows(t, s.Browser, "no", "Chưa ghi được")
	s.next()
	s.Click("#open-count")
	s.WaitFor(`document.querySelector("[data-screen=count] [data-fault]").textContent.includes("chưa tính")`)
	s.Click("[data-screen=count] [data-back]")
	s.run(`IDBObjectStore.prototype.put = globalThis.put; 0`)
	s.Offline(false)
	s.enter(s.guests[3])
	s.sent()
	rows := s.rows(s.guests...)
	if len(rows) != 2 || rows[0].Seq+rows[1].Seq != 3 || s.kept("counts") != 0 {
		t.Errorf("the server has %+v", rows)
	}
}

// TestBrowserGateExpired: a phone whose time is over keeps its queue and sends it
// when it is paired again.
func TestBrowserGateExpired(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 3, testkit.BrowserOptions{})
	s.Allow("401")
	s.enter(s.guests[0])
	s.Offline(true)
	s.enter(s.guests[1])
	s.enter(s.guests[2])
	s.waits(2)
	now := s.k.Clock.Now()
	s.k.Clock.Add(10 * 24 * time.Hour)
	s.Offline(false)
	s.run(`dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`document.body.dataset.now === "gone"`)
	if text := s.Text("#gone-text"); !strings.Contains(text, "Còn 2 lượt chưa gửi") {
		t.Errorf("the phone says %q", text)
	}
	s.fits("gone-queue")
	s.k.Clock.Set(now)
	s.pair(registry.Steward)
	s.sent()
	rows := s.rows(s.guests...)
	if len(rows) != 3 || rows[1].Device == rows[0].Device || rows[1].DeviceVerdict == "" {
		t.Errorf("the server has %+v", rows)
	}
}

// TestBrowserGateRevokedWhileAway: a pass that was taken back while the phone had
// no network is let in by the phone, which could not know, and not by the server;
// afterwards the phone knows, also of a killed key, with or without a network.
func TestBrowserGateRevokedWhileAway(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 3, testkit.BrowserOptions{})
	system := registry.SystemActor("t")
	s.Offline(true)
	if err := s.k.App.Passes.StepPass(t.Context(), system, s.guests[0].ID, registry.PassRevoked, "mất thẻ"); err != nil {
		t.Fatal(err)
	}
	s.enter(s.guests[0])
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.waits(1)
	s.Offline(false)
	s.sent()
	if r := s.rows(s.guests[0]); len(r) != 1 || r[0].DeviceVerdict != registry.VerdictOK || r[0].Verdict != registry.VerdictRevoked || !r[0].Moves {
		t.Errorf("the server has %+v", r)
	}
	s.Offline(true)
	if err := s.k.App.Passes.KillKey(t.Context(), system, 1, 1000); err != nil {
		t.Fatal(err)
	}
	text := func(row registry.PassRow) string { return pass.Text(s.base, row.Code, row.Proof) + "\r" }
	s.next()
	s.Keys(text(s.guests[1])) // control: the phone has not heard of it
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.Offline(false)
	s.sent()
	s.listed()
	time.Sleep(gate.RepeatMS * time.Millisecond)
	s.Offline(true)
	s.next()
	s.Keys(text(s.guests[2]))
	testkit.PageShows(t, s.Browser, "no", "Thẻ đã thu hồi")
	s.next()
	s.enter(s.guests[0])
	testkit.PageShows(t, s.Browser, "no", "Thẻ đã thu hồi")
}

// TestBrowserGateTwoPages: one page at a time is the gate of a phone.
func TestBrowserGateTwoPages(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 2, testkit.BrowserOptions{})
	s.enter(s.guests[0])
	s.sent()
	byHand := func(p *runtime.EvaluateParams) { p.UserGesture = &[]bool{true}[0] }
	testkit.Get(s.Browser, chromedp.Evaluate[chromedp.Void](`(() => { const other = open("about:blank");
		other.navigator.locks.request("hoicho-gate", { steal: true }, () => new Promise(() => {})); })(); 0`, byHand))
	s.Front()
	s.WaitFor(`document.body.dataset.now === "lost"`)
	s.fits("lost")
	s.Click("#open-again")
	s.WaitFor(`document.body?.dataset.now === "other"`)
	s.fits("other")
	s.Click("#use-here")
	s.WaitFor(`document.body.dataset.now === "scan"`)
	s.enter(s.guests[1])
	s.sent()
	if rows := s.rows(s.guests...); len(rows) != 2 || rows[0].Seq+rows[1].Seq != 3 {
		t.Errorf("the server has %+v", rows)
	}
}

// TestBrowserGateSupervisor: the chief's own phone finds passes by booth and has the
// evacuation sheet, without a network too.
func TestBrowserGateSupervisor(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	s.rowsOfBooth()
	s.Kill()
	s.options.Profile = t.TempDir()
	s.start()
	s.pair(registry.Supervisor)
	s.door.Shut()
	s.Click("#open-menu")
	s.Click("#open-search")
	s.Type("#search-text", "a05")
	s.WaitFor(`document.querySelectorAll("#found li").length >= 5`)
	s.looked("search")
	s.run(`[...document.querySelectorAll("#found li")].find((li) => li.textContent.includes("nhân viên")).querySelector("button").click(); 0`)
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.next()
	s.Click("#open-menu")
	s.looked("menu-supervisor")
	s.Click("#open-inside")
	s.WaitFor(`document.querySelector("#inside-title").textContent.startsWith("1 người")`)
	s.looked("inside")
	if text := s.Text("#inside-list"); !strings.Contains(text, "A05") {
		t.Errorf("the sheet says %q", text)
	}
	s.Desktop()
	s.Screenshot("gate-inside-1280")
}

// rowsOfBooth gives the event a booth A05 with its passes.
func (s *gateShift) rowsOfBooth() { s.gateWalk.rows = s.k.Stall(s.event, 5) }

// TestBrowserGateMeasures prints how long a verdict takes from the frame that shows
// the pass. It holds no limit: the machine of a test is not a phone.
func TestBrowserGateMeasures(t *testing.T) {
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	event := k.Event(testkit.InState(registry.Running), roundTheClock)
	k.Gates(event.ID, 1)
	film, _ := filmOf(t, k, 1.2, event, registry.StaffPass, registry.VehiclePass, registry.BoothPass, registry.StaffPass)
	base := k.Serve()
	for _, offline := range []bool{false, true} {
		b := testkit.NewBrowser(t, testkit.BrowserOptions{Camera: film})
		b.Allow("not loaded", "ERR_INTERNET_DISCONNECTED")
		pairIn(b, base, pairingToken(t, k, event.ID, 1))
		b.WaitFor(`document.body.dataset.now === "verdict"`)
		b.Offline(offline)
		testkit.Get(b, chromedp.Evaluate[chromedp.Void](`performance.clearMeasures(); setInterval(() => document.querySelector("#next").click(), 400); 0`))
		b.WaitFor(`performance.getEntriesByName("frame-to-verdict").length >= 8`)
		took := testkit.Get(b, chromedp.Evaluate[[]float64](`performance.getEntriesByName("frame-to-verdict").map((e) => e.duration)`))
		slices.Sort(took)
		t.Logf("frame to verdict, offline %v: median %.0f ms of %d, from %.0f to %.0f", offline, took[len(took)/2], len(took), took[0], took[len(took)-1])
	}
}
