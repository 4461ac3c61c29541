package phone_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hoicho/internal/config"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/web/phone"
)

// build is the version of the app that the page runs.
func (s *gateShift) build() string {
	s.t.Helper()
	return testkit.Get(s.Browser, chromedp.Evaluate[string](`document.querySelector("#app").dataset.build`))
}

// TestBrowserGateUpdatesInMidShift: a new version waits until the steward lets it
// in, and then the queue and the pairing are still there.
func TestBrowserGateUpdatesInMidShift(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 2, testkit.BrowserOptions{})
	old := s.build()
	s.Offline(true)
	s.enter(s.guests[0])
	s.waits(1)
	s.next()
	s.door.Shut()
	defer phone.NewGateBuild()()
	s.restart() // nobody answers: the version on the phone
	if s.build() != old {
		t.Errorf("another version without a server")
	}
	s.reopen()
	s.run(`navigator.serviceWorker.getRegistration("/cong").then((r) => r.update()); 0`)
	s.WaitFor(`!document.querySelector("#update").hidden`)
	s.fits("update")
	if s.build() != old {
		t.Error("the new version did not wait")
	}
	s.Click("#open-type") // in the middle of something the button is not there
	if testkit.Get(s.Browser, chromedp.Evaluate[bool](`document.querySelector("#update").checkVisibility()`)) {
		t.Error("the button is shown while a code is typed")
	}
	s.Click("[data-screen=type] [data-back]")
	s.Click("#update")
	s.WaitFor(`document.querySelector("#app")?.dataset.build !== "` + old + `" && document.body?.dataset.now === "scan"`)
	s.sent()
	s.enter(s.guests[1])
	s.sent()
	if rows := s.rows(s.guests...); len(rows) != 2 {
		t.Errorf("the server has %+v", rows)
	}
	if n := s.count(`caches.keys().then((k) => k.filter((n) => n !== "hoicho-gate-choice").length)`); n != 1 {
		t.Errorf("%d versions are kept", n)
	}
}

// TestBrowserGateKeepsNothingElse: the service worker keeps the app in both
// languages, no answer and no other page, and one setting removes it from phones.
func TestBrowserGateKeepsNothingElse(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	s.enter(s.guests[0])
	s.sent()
	kept := testkit.Get(s.Browser, chromedp.Evaluate[string](`(async () => { const all = []; for (const n of await caches.keys()) for (const r of await (await caches.open(n)).keys()) all.push(new URL(r.url).pathname + new URL(r.url).search.replace(/v=.*/, "")); return all.join(" "); })()`, chromedp.EvalAwaitPromise))
	for _, file := range strings.Fields(kept) {
		if !strings.HasPrefix(file, "/static/") && !strings.HasPrefix(file, "/cong?lang=") && !strings.HasPrefix(file, "/cong/app.webmanifest") && file != "/cong/lang" {
			t.Errorf("the phone keeps %s", file)
		}
	}
	s.door.Shut()
	s.Open(s.base + "/cong?lang=en")
	s.WaitFor(`document.documentElement.lang === "en" && document.body?.dataset.now === "scan"`)
	s.Open(s.base + "/cong") // the language stays
	s.WaitFor(`document.documentElement.lang === "en" && document.body?.dataset.now === "scan"`)
	s.Offline(true)
	s.run(`document.querySelector("#open-type").click(); document.querySelector("#type-code").value = "` + s.guests[0].Code + `"; document.querySelector("#type").requestSubmit(); 0`)
	s.WaitFor(`document.querySelector("#verdict").classList.length === 2`)
	s.Offline(false)
	s.door.Open(config.Config{GateOnlineOnly: true})
	s.run(`navigator.serviceWorker.getRegistration("/cong").then((r) => r?.update()).catch(() => {}); 0`)
	s.WaitFor(`(globalThis.left ??= -1, navigator.serviceWorker.getRegistrations().then((r) => caches.keys().then((k) => { globalThis.left = r.length + k.filter((n) => n !== "hoicho-gate-choice").length; })), globalThis.left === 0)`)
	if n := s.kept("scans"); n != 2 {
		t.Errorf("%d scans are kept", n)
	}
	s.Kill()
	s.start()
	s.Open(s.base + "/cong")
	s.WaitFor(`document.body.dataset.now === "scan" && document.querySelector("#app").dataset.offline === ""`)
	if n := s.count(`navigator.serviceWorker.getRegistrations().then((r) => r.length)`); n != 0 {
		t.Errorf("%d service workers are back", n)
	}
}

// answerList makes the page get a list that a test has changed.
const answerList = `(change) => { const real = globalThis.realFetch ??= fetch; globalThis.asked = 0; globalThis.fetch = async (url, o) => {
	if (!String(url).includes("/snapshot")) return real(url, o);
	const json = await (await real("/api/v1/gate/snapshot", o)).json(); change(json); globalThis.asked++;
	return new Response(JSON.stringify(json), { status: 200, headers: { "Content-Type": "application/json" } }); }; }`

// TestBrowserGateRefusesOlderLists: a list that went back is not taken, and what
// was revoked stays so, also when a restored server has forgotten it.
func TestBrowserGateRefusesOlderLists(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 2, testkit.BrowserOptions{})
	if err := s.k.App.Passes.StepPass(t.Context(), registry.SystemActor("t"), s.guests[0].ID, registry.PassRevoked, "mất thẻ"); err != nil {
		t.Fatal(err)
	}
	s.Click("#open-menu")
	s.Click("#send-now")
	s.WaitFor(`document.querySelector("#net-text").textContent.includes("đã gửi hết")`)
	time.Sleep(500 * time.Millisecond)
	back := `for (const p of j.passes) p.state = p.code === "` + s.guests[1].Code + `" ? "blocked" : "valid"; `
	s.run(`(` + answerList + `)((j) => { j.version = 0; ` + back + ` }); dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`document.querySelector("#net-text").textContent.includes("danh sách cũ hơn")`)
	s.looked("old-list")
	s.Offline(true)
	s.enter(s.guests[1]) // control: nothing of the older list was taken
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.Offline(false)
	s.run(`(` + answerList + `)((j) => { j.version = 0; j.epoch = 77; delete j.partial; j.passes = j.passes.filter((p) => p.code !== "` + s.guests[0].Code + `"); }); dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`globalThis.asked > 0 && !document.querySelector("#net-text").textContent.includes("danh sách cũ hơn")`)
	s.run(`(` + answerList + `)((j) => { j.version = 1; j.epoch = 77; delete j.partial; for (const p of j.passes) p.state = "valid"; }); dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`globalThis.asked > 0`)
	time.Sleep(500 * time.Millisecond)
	s.Offline(true)
	s.enter(s.guests[0])
	testkit.PageShows(t, s.Browser, "no", "Thẻ đã thu hồi")
}

// TestBrowserGateSendsAgainAfterARestore: a server restored from an older backup
// gets what it lacks, and not what it has.
func TestBrowserGateSendsAgainAfterARestore(t *testing.T) {
	t.Parallel()
	if testkit.Engine() != "sqlite" {
		t.Skip("PostgreSQL brings its own backups")
	}
	s := newGateShift(t, 6, testkit.BrowserOptions{})
	for _, row := range s.guests[:2] {
		s.enter(row)
	}
	s.sent()
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := s.k.DB.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, row := range s.guests[2:5] {
		s.enter(row)
	}
	s.sent()
	before := s.rows(s.guests...)
	s.door.Shut()
	s.k.Restore(backup)
	if rows := s.rows(s.guests...); len(rows) != 2 {
		t.Fatalf("control: the restored server has %d scans", len(rows))
	}
	s.run(`globalThis.uploads = []; globalThis.realFetch = fetch; globalThis.fetch = (url, o) => { if (String(url).endsWith("/scans")) globalThis.uploads.push(...JSON.parse(o.body).scans.map((x) => x.seq)); return realFetch(url, o); }; 0`)
	s.reopen()
	s.run(`dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`globalThis.uploads.includes(5)`)
	s.sent()
	after := s.rows(s.guests...)
	if len(after) != len(before) || len(after) != 5 {
		t.Errorf("%d scans, %d before the restore", len(after), len(before))
	}
	if twice := s.count(`globalThis.uploads.filter((n) => n === 2).length`); twice != 0 {
		t.Errorf("scan 2 was sent again, though the server has it")
	}
	s.enter(s.guests[5])
	s.sent()
	s.checkArrived(6, s.guests)
}

// TestBrowserGateUnknownAfterARestore: a server restored from before the pairing
// does not know the phone; paired again, the phone sends all that it has.
func TestBrowserGateUnknownAfterARestore(t *testing.T) {
	t.Parallel()
	if testkit.Engine() != "sqlite" {
		t.Skip("PostgreSQL brings its own backups")
	}
	s := newGateShift(t, 3, testkit.BrowserOptions{})
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := s.k.DB.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	s.options.Profile = t.TempDir()
	s.start()
	s.Allow("401")
	s.pair(registry.Steward)
	s.enter(s.guests[0])
	s.sent()
	s.Offline(true)
	s.enter(s.guests[1])
	s.door.Shut()
	s.k.Restore(backup)
	s.reopen()
	s.Offline(false)
	s.run(`dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`document.body.dataset.now === "gone"`)
	s.pair(registry.Steward)
	s.sent()
	s.enter(s.guests[2])
	s.sent()
	if rows := s.rows(s.guests...); len(rows) != 3 || rows[0].Device != rows[1].Device {
		t.Errorf("the server has %+v", rows)
	}
}

// TestBrowserGateClockSetBack: the phone's clock jumps while scans wait; the server
// knows all the same when they were.
func TestBrowserGateClockSetBack(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 2, testkit.BrowserOptions{})
	s.k.DB.Now = testkit.MachineNow // the server's clock goes on
	s.listed()
	s.Offline(true)
	s.enter(s.guests[0])
	made := testkit.MachineNow()
	s.run(`const now = Date.now; Date.now = () => now() - 26 * 3600000; 0`)
	time.Sleep(gate.RepeatMS * time.Millisecond)
	s.enter(s.guests[1])
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	if text := s.Text("#net-text"); !strings.Contains(text, "đồng hồ máy này lệch giờ") {
		t.Errorf("the phone says %q", text)
	}
	s.Offline(false)
	s.sent()
	rows := s.rows(s.guests...)
	if len(rows) != 2 || rows[1].At > rows[0].At {
		t.Fatalf("control: the server has %+v", rows)
	}
	first, apart := time.UnixMilli(rows[0].CorrectedAt).Sub(made), time.Duration(rows[1].CorrectedAt-rows[0].CorrectedAt)*time.Millisecond
	if first.Abs() > 15*time.Second || apart < gate.RepeatMS*time.Millisecond-500*time.Millisecond || apart > 15*time.Second {
		t.Errorf("the first scan is off by %v, the second is %v after it", first, apart)
	}
}
