package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/config"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// gateDesk is a running event with its office and two gates.
type gateDesk struct {
	*stall
	t    *testing.T
	root string
	c    *testkit.Client
}

func newGateDesk(t *testing.T) *gateDesk {
	t.Helper()
	s := newStall(t)
	return &gateDesk{stall: &s, t: t, root: "/quan-ly/su-kien/" + string(s.event.ID) + "/cong", c: s.organiserWeb}
}

// submit fills a form of a page and sends it.
func (d *gateDesk) submit(page, action string, fields url.Values) testkit.Answer {
	d.t.Helper()
	form := testkit.Page(d.t, d.c.Get(page).Body).In("main").Form(action)
	for name, values := range fields {
		form = form.Set(name, values...)
	}
	return d.c.Post(form.Action, form.Fields)
}

func TestChiefAddsAndChangesGates(t *testing.T) {
	d := newGateDesk(t)
	answers(t, d.submit(d.root, d.root, url.Values{"name": {"Cổng xe"}}), 303)
	answers(t, d.submit(d.root, d.root+"/3", url.Values{"kinds": {"vehicle"}}), 303)
	page := testkit.Page(t, d.c.Get(d.root).Body)
	page.In("main").HasText("Cổng xe").HasText("Thẻ gian hàng, Thẻ xe").HasText("Đã lưu cổng.")
	if got := d.submit(d.root, d.root, url.Values{"name": {""}}); got.Status != 422 || !strings.Contains(got.Body, "Hãy điền ô này") {
		t.Errorf("no name: %d", got.Status)
	}
	if got := d.c.Post(d.root+"/99", url.Values{"name": {"x"}}); got.Status != 404 {
		t.Errorf("gate 99: %d", got.Status)
	}
	poster := answers(t, d.c.Get(d.root+"/ap-phich"), 200)
	if !strings.HasPrefix(poster.Body, "%PDF") || !strings.Contains(poster.Header.Get("Content-Disposition"), "cong-") {
		t.Errorf("posters: %s %q", poster.Header.Get("Content-Disposition"), poster.Body[:20])
	}
	if picture := testkit.PDFPages(t, []byte(poster.Body), 100)[0]; testkit.ReadQR(t, picture)[0] != d.base+"/c/"+d.gate.Code {
		t.Errorf("the poster leads to %v", testkit.ReadQR(t, picture))
	}
}

func TestChiefPairsAndRemovesPhones(t *testing.T) {
	d := newGateDesk(t)
	page := answers(t, d.submit(d.root, d.root+"/ghep", url.Values{"gates": {"1", "2"}, "role": {"supervisor"}}), 200)
	shown := testkit.Page(t, page.Body)
	shown.In("main").HasText("Tổ trưởng").HasText("Cổng A, Cổng B").HasText("/cong")
	token := strings.Join(strings.Fields(shown.In("#token").Text()), "")
	if page.Header.Get("Cache-Control") != "no-store" || len(token) != 12 {
		t.Errorf("token %q, %s", token, page.Header.Get("Cache-Control"))
	}
	status, body := contract.Call(t, "", "POST", d.base+"/api/v1/gate/pair", `{"token":"`+token+`","name":"Máy của Lan"}`)
	if status != 200 || !strings.Contains(body, `"role":"supervisor"`) {
		t.Fatalf("pair: %d %s", status, body)
	}
	list := testkit.Page(t, d.c.Get(d.root).Body)
	list.In("#phones table").HasText("Máy của Lan").HasText("Đang nối")
	remove := list.In("#phones").Forms()[0]
	answers(t, d.c.Post(remove.Action, url.Values{}), 303)
	answers(t, d.c.Post(remove.Action, url.Values{}), 409)
	testkit.Page(t, d.c.Get(d.root).Body).In("#phones").HasText("Đã gỡ").None("form")
	t.Run("a pairing without a gate comes back as it was ticked", func(t *testing.T) {
		got := answers(t, d.submit(d.root, d.root+"/ghep", url.Values{"gates": {}, "role": {"supervisor"}}), 422)
		if form := testkit.Page(t, got.Body).Form(d.root + "/ghep"); form.Fields.Has("gates") || form.Fields.Get("role") != "supervisor" {
			t.Errorf("the form shows %v", form.Fields)
		}
	})
	if got := d.c.Post(d.root+"/ghep", url.Values{"gates": {"7"}, "role": {"king"}}); got.Status != 422 {
		t.Errorf("a gate and a role that are none: %d", got.Status)
	}
}

func TestChiefSetsTheRules(t *testing.T) {
	testkit.NamesDays(t)
	d := newGateDesk(t)
	rules := d.root + "/quy-dinh"
	set := url.Values{"max_inside": {"6"}, "visitor_rule": {"daily"}, "load_day": {"21/11/2026", "", "", ""}, "load_from": {"18:00", "", "", ""}, "load_until": {"24h", "", "", ""}}
	answers(t, d.submit(rules, rules, set), 303)
	page := testkit.Page(t, d.c.Get(rules).Body).In("main")
	page.HasText("Đã lưu quy định")
	form := page.Form(rules)
	if form.Fields.Get("max_inside") != "6" || form.Fields.Get("visitor_rule") != "daily" || form.Fields["load_until"][0] != "24:00" {
		t.Errorf("the form shows %v", form.Fields)
	}
	stale := form.Fields
	answers(t, d.c.Post(rules, stale), 303)
	if got := d.c.Post(rules, stale); got.Status != 409 || !strings.Contains(got.Body, "Có người vừa sửa") {
		t.Errorf("an older form: %d", got.Status)
	}
	for name, bad := range map[string]url.Values{
		"people": {"max_inside": {"100"}}, "minutes": {"setup_minutes": {"-1"}}, "no number": {"max_inside": {"nhiều"}},
		"line": {"load_day": {"21/11/2026"}, "load_from": {""}, "load_until": {"9:00"}},
		"back": {"load_day": {"21/11/2026"}, "load_from": {"9:00"}, "load_until": {"8:00"}}, "date": {"load_day": {"31/02/2026"}, "load_from": {"7:00"}, "load_until": {"8:00"}},
	} {
		if got := d.submit(rules, rules, bad); got.Status != 422 || !strings.Contains(got.Body, `class="fault`) {
			t.Errorf("%s: %d", name, got.Status)
		}
	}
	all := d.submit(rules, rules, url.Values{"max_inside": {"nhiều"}, "setup_minutes": {"-1"}, "load_day": {"31/02/2026"}, "load_from": {"7:00"}, "load_until": {"8:00"}})
	for _, name := range []string{"max_inside", "setup_minutes", "load_windows"} {
		testkit.In(t, all.Body, `#faults a[href="#f-`+name+`"]`)
	}
	testkit.In(t, all.Body, "#f-max_inside").HasAttr("value", "nhiều")
	pin := d.root + "/ma-to-truong"
	if got := d.submit(rules, pin, url.Values{"pin": {"123456"}}); got.Status != 422 {
		t.Errorf("an easy PIN: %d", got.Status)
	}
	answers(t, d.submit(rules, pin, url.Values{"pin": {"280593"}}), 303)
	if body := d.c.Get(rules).Body; !strings.Contains(body, "Đã đặt mã") || strings.Contains(body, "280593") {
		t.Error("the PIN is not set, or shown")
	}
}

func TestVisitsAreShownLive(t *testing.T) {
	testkit.NamesDays(t)
	d := newGateDesk(t)
	visits := d.root + "/khach"
	p := d.k.Phone(d.event.ID, registry.Steward, 1)
	if _, err := d.k.App.Admission.Count(t.Context(), p.Device, p.Presses(7)); err != nil {
		t.Fatal(err)
	}
	answers(t, d.submit(visits, d.root+"/phieu", url.Values{"day": {"22/11"}, "hour": {"8"}, "gate": {"2"}, "method": {"paper"}, "n": {"120"}, "note": {"mất điện"}}), 303)
	d.c.Get(visits) // takes the flash
	page := d.c.Get(visits)
	doc := testkit.Page(t, page.Body)
	doc.In(".tile").HasText("127").HasText("đếm tay 7, phiếu giấy 120")
	doc.In("#figures").HasAttr("data-poll", visits+"?ngay=2026-11-22")
	doc.In(".chart svg rect").HasCount(2)
	doc.In("#figures table").HasText("08h").HasText("Cổng B")
	if again := d.get(visits, page.Header.Get("ETag")); again != 304 {
		t.Errorf("asked again while nothing changed: %d", again)
	}
	if _, err := d.k.App.Admission.Count(t.Context(), p.Device, p.Presses(1)); err != nil {
		t.Fatal(err)
	}
	if again := d.get(visits, page.Header.Get("ETag")); again != 200 {
		t.Errorf("asked again after a press: %d", again)
	}
	testkit.Page(t, testkit.NewClient(t, d.base).Get("/su-kien/"+d.event.Slug).Body).In("main").HasText("128")
	if got := d.submit(visits, d.root+"/phieu", url.Values{"day": {"1/1/2026"}, "n": {"0"}}); got.Status != 422 {
		t.Errorf("another day: %d", got.Status)
	}
	drop := testkit.Page(t, d.c.Get(visits).Body).In("main table").Forms()[0]
	answers(t, d.c.Post(drop.Action, url.Values{}), 303)
	testkit.Page(t, d.c.Get(visits).Body).In("main").HasText("đã bỏ").None("td form")
	answers(t, d.c.Post(drop.Action, url.Values{}), 404)
}

// get asks for a page with the ETag of the last answer.
func (d *gateDesk) get(path, etag string) int {
	d.t.Helper()
	req, err := http.NewRequest(http.MethodGet, d.base+path, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("If-None-Match", etag)
	res, err := d.c.HTTP.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func TestReportersSeeFiguresOnly(t *testing.T) {
	d := newGateDesk(t)
	_, token := d.k.Officer(registry.Reporter, "19")
	c := testkit.NewClient(t, d.base)
	c.SignInAs(token)
	if got := c.Get(d.root); got.Status != 303 || got.Location != d.root+"/khach" {
		t.Errorf("chief's page: %d to %q", got.Status, got.Location)
	}
	testkit.Page(t, answers(t, c.Get(d.root+"/khach"), 200).Body).In("main").None("form")
	for _, path := range []string{d.root + "/quy-dinh", d.root + "/ap-phich"} {
		if got := c.Get(path); got.Status != 404 {
			t.Errorf("%s: %d", path, got.Status)
		}
	}
}

// TestVisitorTaps: the button works without JavaScript, counts once, and the phone
// keeps its value under /c alone.
func TestVisitorTaps(t *testing.T) {
	d := newGateDesk(t)
	c := testkit.NewClient(t, d.base)
	page := answers(t, c.Get("/c/"+d.gate.Code), 200)
	doc := testkit.Page(t, page.Body)
	doc.In("h1").HasText(d.event.Title)
	doc.In("main").HasText("Tôi đã đến").HasText(d.vendor.Name).HasText("A05")
	if page.Header.Get("Set-Cookie") != "" || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("cookie %q before the tap, %s", page.Header.Get("Set-Cookie"), page.Header.Get("Cache-Control"))
	}
	form := doc.In("main").Form("/c/" + d.gate.Code)
	for range 2 { // a second press of the same page
		tapped := answers(t, c.Post(form.Action, form.Fields), 303)
		if cookie := tapped.Header.Get("Set-Cookie"); !strings.Contains(cookie, "path=/c;") || !strings.Contains(cookie, "HttpOnly") {
			t.Errorf("cookie %q", cookie)
		}
	}
	testkit.Page(t, c.Get("/c/"+d.gate.Code).Body).In("main").HasText("đã được tính").None("form")
	v, err := d.k.App.Admission.Visits(t.Context(), d.event.ID)
	if err != nil || v.Today.Total != 1 {
		t.Errorf("visits %+v, %v", v, err)
	}
	for path, want := range map[string]int{"/c/00000000": 404, "/c/x": 404, "/c/" + d.gate.Code + "1": 404} {
		if got := c.Get(path); got.Status != want {
			t.Errorf("%s: %d", path, got.Status)
		}
	}
	if got := testkit.NewClient(t, d.base).Post(form.Action, url.Values{"phone": {"lan"}}); got.Status != 400 {
		t.Errorf("a value of no page: %d", got.Status)
	}
}

func TestVisitorOfAStoppedEvent(t *testing.T) {
	k := testkit.NewApp(t)
	postponed := k.Event(testkit.InState(registry.Postponed))
	c := testkit.NewClient(t, k.Serve())
	page := answers(t, c.Get("/c/"+k.Gates(postponed.ID, 1)[0].Code), 200)
	testkit.Page(t, page.Body).In("main").HasText("Mưa lũ").None("form")
	later := k.Event()
	testkit.Page(t, c.Get("/c/"+k.Gates(later.ID, 1)[0].Code).Body).In("main").HasText("Hôm nay sự kiện không mở cửa").None("form")
}

// TestGateAppSaysEverything: the page carries every text that its script shows, in
// its language, and no text of a person or an event.
func TestGateAppSaysEverything(t *testing.T) {
	d := newGateDesk(t)
	c := testkit.NewClient(t, d.base)
	for lang, want := range map[string]string{"vi": "Đang ở trong", "en": "Already inside"} {
		c.Get("/ngon-ngu/" + lang)
		page := testkit.Page(t, answers(t, c.Get("/cong"), 200).Body)
		if texts := page.In("#app").Attr("data-texts"); !strings.Contains(texts, want) {
			t.Errorf("%s: no %q in %.100s", lang, want, texts)
		}
		page.In("body.gate").LacksText(d.event.Title)
	}
}

// TestGateAppIsKeptByHash compares what the service worker is told to keep with
// what the server really sends.
func TestGateAppIsKeptByHash(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	c := testkit.NewClient(t, base)
	worker := answers(t, c.Get("/cong/sw.js"), 200)
	for name, want := range map[string]string{"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache", "Service-Worker-Allowed": "/cong"} {
		if got := worker.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	head, _, _ := strings.Cut(strings.TrimPrefix(worker.Body, "self.appShell="), ";\n")
	var shell struct {
		Build string
		Files []struct{ URL, Integrity string }
	}
	if err := json.Unmarshal([]byte(head), &shell); err != nil || len(shell.Files) < 10 {
		t.Fatalf("%v, %d files in %.200s", err, len(shell.Files), head)
	}
	for _, f := range shell.Files {
		got := answers(t, c.Get(f.URL), 200)
		sum := sha256.Sum256([]byte(got.Body))
		if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); f.Integrity != want {
			t.Errorf("%s: %s, sent is %s", f.URL, f.Integrity, want)
		}
		if strings.HasPrefix(f.URL, "/cong?") && !strings.Contains(got.Body, `data-build="`+shell.Build+`"`) {
			t.Errorf("%s is not of version %s", f.URL, shell.Build)
		}
	}
	english := answers(t, c.Get("/cong/app.webmanifest?lang=en"), 200)
	var manifest map[string]any
	if err := json.Unmarshal([]byte(english.Body), &manifest); err != nil || manifest["start_url"] != "/cong?lang=en" || manifest["scope"] != "/cong" {
		t.Errorf("%v in %s", err, english.Body)
	}
	if other := answers(t, testkit.NewClient(t, base).Get("/cong?lang=xx"), 200); !strings.Contains(other.Body, `<html lang="vi">`) {
		t.Error("a language that there is not")
	}
}

// TestGateAppCanBeTakenBack: one setting replaces the service worker on all phones.
func TestGateAppCanBeTakenBack(t *testing.T) {
	d := testkit.NewApp(t).Door()
	d.Shut()
	d.Open(config.Config{GateOnlineOnly: true})
	t.Cleanup(d.Shut)
	c := testkit.NewClient(t, d.Base)
	if worker := answers(t, c.Get("/cong/sw.js"), 200).Body; !strings.Contains(worker, "unregister()") || strings.Contains(worker, "appShell") {
		t.Errorf("the worker is %.200s", worker)
	}
	if page := answers(t, c.Get("/cong"), 200).Body; !strings.Contains(page, `data-offline=""`) {
		t.Error("the page still asks for a service worker")
	}
}
