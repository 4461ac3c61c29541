package phone_test

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// foreignAnswer is what somebody says who stands between a phone and its server.
type foreignAnswer struct {
	Name     string `json:"name"`
	Status   int    `json:"status"`
	Type     string `json:"type"`
	Location string `json:"location"`
	Body     string `json:"body"`
}

// short stands for the server's own answer without its last result.
const short = "SHORT"

// foreignAnswers are those of the file and a few that look more like ours.
func foreignAnswers(t *testing.T) []foreignAnswer {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "answers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []foreignAnswer
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	const ours = "application/json"
	return append(all,
		foreignAnswer{Name: "another program's 401", Status: 401, Type: ours, Body: `{"status":401,"error":"Unauthorized","message":"No","path":"/"}`},
		foreignAnswer{Name: "our word alone", Status: 401, Type: ours, Body: `{"error":"device_revoked"}`},
		foreignAnswer{Name: "our word as a page", Status: 401, Type: "text/html", Body: `{"error":"device_revoked","message":"x","request_id":"y"}`},
		foreignAnswer{Name: "our word with another status", Status: 403, Type: ours, Body: `{"error":"device_revoked","message":"x","request_id":"y"}`},
		foreignAnswer{Name: "our own 404", Status: 404, Type: ours, Body: `{"error":"not_found","message":"x","request_id":"y"}`},
		foreignAnswer{Name: "endless numbers", Status: 200, Type: ours, Body: `{"server_time":1e999,"acked_seq":1e999,"backed_up_seq":0,"results":[],"inside":1e999}`},
		foreignAnswer{Name: "no content", Status: 204},
		foreignAnswer{Name: "too large for a proxy", Status: 413, Type: "text/html", Body: "<h1>413</h1>"},
		foreignAnswer{Name: "not modified", Status: 304})
}

// stranger stands before a server. For the call that /stranger?call=NAME&n=N names
// it gives the foreign answer N; all else it hands through.
type stranger struct {
	answers []foreignAnswer
	home    http.Handler

	mu   sync.Mutex
	call string
	n    int
}

func newStranger(t *testing.T, base string) (*stranger, string) {
	t.Helper()
	home, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	s := &stranger{answers: foreignAnswers(t), home: httputil.NewSingleHostReverseProxy(home)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

func (s *stranger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.URL.Path == "/stranger":
		s.call = r.URL.Query().Get("call")
		s.n, _ = strconv.Atoi(r.URL.Query().Get("n"))
	case s.call != "" && r.URL.Path == "/api/v1/gate/"+s.call:
		s.answer(w, r)
	default:
		s.home.ServeHTTP(w, r)
	}
}

func (s *stranger) answer(w http.ResponseWriter, r *http.Request) {
	a := s.answers[s.n]
	if a.Body == short && (s.call == "scans" || s.call == "counts") {
		a.Body = s.withoutLast(r)
	}
	for name, value := range map[string]string{"Content-Type": a.Type, "Location": a.Location} {
		if value != "" {
			w.Header().Set(name, value)
		}
	}
	w.WriteHeader(a.Status)
	io.WriteString(w, a.Body)
}

// withoutLast lets the server answer and takes the last result off.
func (s *stranger) withoutLast(r *http.Request) string {
	answered := httptest.NewRecorder()
	s.home.ServeHTTP(answered, r)
	var answer map[string]any
	if json.Unmarshal(answered.Body.Bytes(), &answer) != nil {
		return short
	}
	if results, ok := answer["results"].([]any); ok {
		answer["results"] = results[:len(results)-1]
	}
	body, _ := json.Marshal(answer)
	return string(body)
}

// foreignWalk is the script that walks one call over every foreign answer and gives
// what the phone did wrong.
const foreignWalk = `(async () => {
	const $ = (q) => document.querySelector(q), faults = [];
	const until = async (what, is) => { for (let i = 0; i < 600; i++) { if (is()) return; await new Promise((r) => setTimeout(r, 10)); } throw new Error(what + ": " + document.body.dataset.now + " / " + $("#net-text").textContent + " / " + $("#v-title").textContent); };
	const meta = (key) => new Promise((done) => { indexedDB.open("hoicho-gate").onsuccess = (e) => { const db = e.target.result;
		db.transaction("meta").objectStore("meta").get(key).onsuccess = (g) => { db.close(); done(g.target.result); }; }; });
	const set = (call, n) => fetch("/stranger?call=" + call + "&n=" + n);
	const back = async () => { await set("", 0); dispatchEvent(new Event("online")); await until("back", () => /Đang nối mạng.*đã gửi hết/.test($("#net-text").textContent)); };
	const typed = async (code) => { $("#next").click(); $("#open-type").click(); $("#type-code").value = code; $("#type").requestSubmit();
		await until("verdict", () => document.body.dataset.now === "verdict" && $("#verdict").classList.length === 2); };
	const walks = {
		pair: async (n) => { $("#pair-token").value = "PAIR"; $("#pair").requestSubmit();
			await until("fault", () => /Không nối được|^x$/.test($("[data-screen=pair] [data-fault]").textContent)); }, // x is a word of ours
		scans: async (n) => { await typed(CODES[n]);
			if (!$("#v-title").textContent.includes("chờ đồng bộ")) faults.push(NAMES[n] + ": " + $("#v-title").textContent); },
		counts: async (n) => { $("#open-count").click(); await until("counted", () => $("#clicked").textContent === String(n + 1)); $("[data-screen=count] [data-back]").click(); },
		snapshot: async () => { dispatchEvent(new Event("online")); },
		stats: async () => { dispatchEvent(new Event("online")); },
	};
	const right = (call, n) => call === "snapshot" && NAMES[n] === "not modified"; // nothing has changed indeed
	for (const call of CALLS) for (let n = 0; n < NAMES.length; n++) try {
		await set(call, n);
		await walks[call](n);
		if (call === "pair") {
			if (await meta("device")) faults.push(NAMES[n] + ": it is paired");
			continue;
		}
		if (!right(call, n)) await until("offline", () => $("#net-text").textContent.includes("Mất mạng"));
		if ($("#net-text").textContent.includes("NaN")) faults.push(NAMES[n] + ": " + $("#net-text").textContent);
		if (!(await meta("device"))?.token) faults.push(NAMES[n] + ": not paired any more");
		await back();
	} catch (e) { faults.push(call + ", " + NAMES[n] + ": " + e.message); }
	await set("", 0);
	return JSON.stringify(faults);
})()`

// walk walks calls over every foreign answer in the page.
func (s *stranger) walk(t *testing.T, b *testkit.Browser, codes []string, token string, calls ...string) {
	t.Helper()
	var names []string
	for _, a := range s.answers {
		names = append(names, a.Name)
	}
	script := foreignWalk
	for word, value := range map[string]any{"CALLS": calls, "NAMES": names, "CODES": codes, `"PAIR"`: token} {
		raw, _ := json.Marshal(value)
		script = strings.ReplaceAll(script, word, string(raw))
	}
	ctx, cancel := context.WithTimeout(b.Context(), 2*time.Minute)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	var faults []string
	if err = cmp.Or(err, json.Unmarshal([]byte(found), &faults)); err != nil {
		t.Fatalf("%v: %v", calls, err)
	}
	for _, f := range faults {
		t.Errorf("%v: %s", calls, f)
	}
}

// TestBrowserGateForeignAnswers walks every call of a phone over every answer that
// is not its server's: to the phone each is no network. Nothing is lost, nothing
// is stored of it, and the phone stays paired.
func TestBrowserGateForeignAnswers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	k.Clock.Set(testkit.MachineNow())
	event := k.Event(testkit.InState(registry.Running), roundTheClock)
	k.Gates(event.ID, 1)
	s, base := newStranger(t, k.Serve())
	guests := k.Issued(event, registry.OfficialPass, len(s.answers))
	codes := make([]string, len(guests))
	for i, g := range guests {
		codes[i] = g.Code
	}
	pairing, err := k.App.Admission.NewPairing(t.Context(), registry.SystemActor("t"), event.ID, admission.PairInput{Gates: []int{1}, Role: registry.Steward})
	if err != nil {
		t.Fatal(err)
	}
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Allow("401 for", "403 for", "404 for", "413 for", "502 for", "503 for", "not loaded")
	b.Open(base + "/cong")
	b.Wait("#pair")
	s.walk(t, b, codes, pairing.Token, "pair")
	b.Click("#pair button:not([type])")
	b.WaitFor(`document.querySelector("#net-text").textContent.includes("dữ liệu mới")`)
	s.walk(t, b, codes, "", "scans", "counts", "snapshot", "stats")
	checkNothingLost(t, k, event, guests)
	for _, device := range []string{`{name: "Máy của Lan"}`, `null`, `[]`, `"x"`, `{device_id: "x", token: "y", gates: []}`} {
		testkit.Get(b, chromedp.Evaluate[bool](`new Promise((done) => { indexedDB.open("hoicho-gate").onsuccess = (e) => { const db = e.target.result, tx = db.transaction("meta", "readwrite");
			tx.objectStore("meta").put(`+device+`, "device"); tx.objectStore("meta").put(NaN, "offset"); tx.oncomplete = () => { db.close(); done(true); }; }; })`, chromedp.EvalAwaitPromise))
		b.Open(base + "/cong")
		b.Wait("#pair") // a device that cannot be used leads back to pairing
	}
}

// checkNothingLost looks at what the server has of a walk.
func checkNothingLost(t *testing.T, k *testkit.Kit, event registry.Event, guests []registry.PassRow) {
	t.Helper()
	stats, err := k.App.Admission.Visits(t.Context(), event.ID)
	if err != nil || stats.Today.Total != len(guests) {
		t.Errorf("the server counted %+v, %v; the phone %d", stats.Today, err, len(guests))
	}
	live, err := k.App.Admission.GateLive(t.Context(), registry.SystemActor("t"), event.ID)
	if err != nil || live.Inside != len(guests) {
		t.Errorf("%d are inside, %v; the phone let in %d", live.Inside, err, len(guests))
	}
}
