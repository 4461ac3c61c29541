package phone_test

import (
	"cmp"
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/config"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	_ "hoicho/internal/testkit/site"
)

// gateShift is a phone through a day at a gate: its browser can be killed and
// started again, and its server shut.
type gateShift struct {
	*gateWalk
	door    *testkit.Door
	options testkit.BrowserOptions
	guests  []registry.PassRow
}

// newGateShift pairs a phone with two gates of an event that has n official
// passes, and waits until the phone could do without the network.
func newGateShift(t *testing.T, n int, o testkit.BrowserOptions) *gateShift {
	t.Helper()
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	s := &gateShift{gateWalk: &gateWalk{t: t, k: k, event: k.Event(testkit.InState(registry.Running), roundTheClock)}, options: o}
	k.Gates(s.event.ID, 2)
	s.guests = k.Issued(s.event, registry.OfficialPass, n)
	s.door = k.Door()
	s.base, s.options.Profile = s.door.Base, t.TempDir()
	s.start()
	s.pair(registry.Steward)
	return s
}

// pair pairs the phone and waits until it has the list and the app.
func (s *gateShift) pair(role registry.DeviceRole) {
	s.t.Helper()
	pairing, err := s.k.App.Admission.NewPairing(s.t.Context(), registry.SystemActor("t"), s.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: role})
	if err != nil {
		s.t.Fatal(err)
	}
	s.Open(s.base + "/cong")
	s.Wait("#pair")
	s.Type("#pair-token", pairing.Token)
	s.Click("#pair button:not([type])")
	s.ready()
}

// ready waits until the phone has its list and could start without the network.
func (s *gateShift) ready() {
	s.t.Helper()
	s.WaitFor(`!document.querySelector("#head").hidden && document.querySelector("#net-text").textContent.includes("dữ liệu mới")`)
	s.WaitFor(`navigator.serviceWorker.controller`)
}

// start opens the phone's browser.
func (s *gateShift) start() {
	s.t.Helper()
	s.Browser = testkit.NewBrowser(s.t, s.options)
	s.Allow("not loaded", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET")
}

// restart kills the browser and opens the app anew.
func (s *gateShift) restart() {
	s.t.Helper()
	s.Kill()
	s.start()
	s.Open(s.base + "/cong")
	s.WaitFor(`document.body.dataset.now === "scan"`)
}

// enter types a pass's digits in and waits for the verdict.
func (s *gateShift) enter(row registry.PassRow) {
	s.t.Helper()
	s.run(`document.querySelector("#next").click(); document.querySelector("#open-type").click();
		document.querySelector("#type-code").value = "` + row.Code + `"; document.querySelector("#type").requestSubmit(); 0`)
	s.WaitFor(`document.body.dataset.now === "verdict" && document.querySelector("#verdict").classList.length === 2`)
}

// run runs a script in the page.
func (s *gateShift) run(script string) {
	testkit.Get(s.Browser, chromedp.Evaluate[chromedp.Void](script))
}

// count is the number that a script promises.
func (s *gateShift) count(script string) int {
	s.t.Helper()
	return testkit.Get(s.Browser, chromedp.Evaluate[int](script, chromedp.EvalAwaitPromise))
}

// kept counts what the phone keeps of a kind.
func (s *gateShift) kept(kind string) int {
	s.t.Helper()
	return s.count(`new Promise((done) => { indexedDB.open("hoicho-gate").onsuccess = (e) => { const db = e.target.result;
		db.transaction("` + kind + `").objectStore("` + kind + `").count().onsuccess = (c) => { db.close(); done(c.target.result); }; }; })`)
}

// sent waits until nothing waits any more.
func (s *gateShift) sent() {
	s.t.Helper()
	s.run(`dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`document.querySelector("#net-text").textContent.includes("đã gửi hết")`)
}

// listed waits until the phone has asked for its list once more.
func (s *gateShift) listed() {
	s.t.Helper()
	s.run(`performance.clearResourceTimings(); dispatchEvent(new Event("online")); 0`)
	s.WaitFor(`performance.getEntriesByType("resource").some((e) => e.name.endsWith("/stats"))`)
	s.WaitFor(`document.querySelector("#net-text").textContent.includes("Đang nối mạng")`)
}

// waits waits until the phone shows that so many scans wait.
func (s *gateShift) waits(n int) {
	s.t.Helper()
	s.WaitFor(`document.querySelector("#net-text").textContent.includes("· ` + strconv.Itoa(n) + ` lượt chờ gửi")`)
}

// rows are the server's scans of the passes, in the order of the phone's numbers.
func (s *gateShift) rows(passes ...registry.PassRow) (rows []registry.Scan) {
	s.t.Helper()
	for _, p := range passes {
		rows = append(rows, scansOf(s.k, p)...)
	}
	return rows
}

// reopen starts the server again.
func (s *gateShift) reopen() { s.door.Open(config.Config{}) }

// scansOf are the server's scans of a pass in the order of time, those that count for
// nothing too.
func scansOf(k *testkit.Kit, row registry.PassRow) (scans []registry.Scan) {
	k.T.Helper()
	var ids []registry.ScanID
	for _, found := range k.Look(`SELECT s.id FROM scans s JOIN passes p ON p.n = s.pass_n WHERE p.id = $1`, string(row.ID)) {
		id, err := uuid.FromBytes(found[0].([]byte))
		if err != nil {
			k.T.Fatal(err)
		}
		ids = append(ids, registry.ScanID(id.String()))
	}
	k.Read(func(tx *store.Tx) (err error) {
		scans, err = tx.ScansByID(k.T.Context(), ids)
		return err
	})
	slices.SortFunc(scans, func(a, b registry.Scan) int {
		return cmp.Or(cmp.Compare(a.CorrectedAt, b.CorrectedAt), cmp.Compare(a.Device, b.Device), cmp.Compare(a.Seq, b.Seq))
	})
	return scans
}
