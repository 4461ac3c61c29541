package web_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// mainJob is the story of the product, told once: from the plan of a session to
// the report of its results, in real browsers on real pages.
type mainJob struct {
	t     *testing.T
	k     *testkit.Kit
	base  string
	today string // the day on which the session begins

	office  *testkit.Browser // of the organiser
	stall   *testkit.Browser // the vendor's phone
	clicker *testkit.Browser // the phone at gate B

	event   registry.Event
	officer string // the organiser's session at the end
	vendor  registry.VendorID
	passes  []registry.PassRow
	pdf     []byte
}

// TestBrowserMainJob does the eight steps one after the other.
func TestBrowserMainJob(t *testing.T) {
	t.Parallel()
	j := &mainJob{t: t, k: testkit.NewApp(t), today: vn.DateOf(testkit.MachineNow())}
	j.k.Clock.Set(testkit.MachineNow().Add(-48 * time.Hour)) // two days before
	j.base = j.k.Serve()
	j.office = testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	j.stall = testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"1 an organiser creates the session", j.createSession},
		{"2 a vendor signs up and applies", j.signUpAndApply},
		{"3 a reviewer asks, approves, gives booth A05", j.review},
		{"4 passes are issued and printed", j.printPasses},
		{"5 two gates scan a printed pass", j.scanAtGates},
		{"6 visitors are counted", j.countVisitors},
		{"7 a visitor scans the sign and reports a fake", j.reportFake},
		{"8 the vendor files its sales", j.fileSales},
		{"8 the organiser closes the event", j.closeEvent},
	} {
		t.Log(step.name)
		step.do()
		if t.Failed() {
			t.FailNow()
		}
	}
}

// fillFields sets the fields of the page by name, as typing and ticking would, and
// opens what is folded. Names that the page does not have are left out.
func fillFields(b *testkit.Browser, values map[string]any) {
	raw, _ := json.Marshal(values) // strings, numbers and lists always marshal
	b.Do(chromedp.Evaluate[chromedp.Void](`(() => { document.querySelectorAll("main details").forEach(d => d.open = true);
		for (const [name, v] of Object.entries(` + string(raw) + `))
		for (const el of document.querySelectorAll('main [name="' + name + '"]')) {
			if (el.type === "radio" || el.type === "checkbox") el.checked = [].concat(v).includes(el.value) || v === true;
			else if (el.type !== "hidden") el.value = v;
			el.dispatchEvent(new Event("input", {bubbles: true})); el.dispatchEvent(new Event("change", {bubbles: true}));
		} })()`))
}

// follow presses a button or link and expects a page without fault.
func (j *mainJob) follow(b *testkit.Browser, selector string) {
	j.t.Helper()
	if status := b.Follow(selector); status >= 400 {
		b.Screenshot("mainjob-fault")
		j.t.Fatalf("%s at %s: status %d: %s", selector, j.at(b), status, strings.Join(strings.Fields(b.Page().In("main").Text()), " ")[:300])
	}
}

func (j *mainJob) open(b *testkit.Browser, path string) {
	j.t.Helper()
	if status := b.Open(j.base + path); status != 200 {
		j.t.Fatalf("%s: status %d", path, status)
	}
}

// at is the path on which a browser stands.
func (j *mainJob) at(b *testkit.Browser) string {
	u, err := url.Parse(testkit.Get(b, chromedp.Location()))
	if err != nil {
		j.t.Fatal(err)
	}
	return u.Path
}

func (j *mainJob) signIn(b *testkit.Browser, token string) {
	signInBrowser(j.t, b, j.base, map[string]string{"s": token})
}

// refresh reads the event as it is now.
func (j *mainJob) refresh() {
	j.k.Read(func(tx *store.Tx) (err error) {
		j.event, err = tx.Event(j.t.Context(), j.event.ID)
		return err
	})
}

func (j *mainJob) createSession() {
	_, token := j.k.Officer(registry.Organiser, "19")
	b := j.office
	j.signIn(b, token)
	j.open(b, "/quan-ly/su-kien/moi")
	show := func(day string) string { return vn.ShowDate(day) }
	fillFields(b, map[string]any{
		"kind": "market_session", "level": "commune", "title": "Phiên chợ đưa hàng Việt về Ba Bể",
		"summary": "Hàng Việt về tận xã.", "area": "xã Ba Bể, Thái Nguyên", "venue": "Sân vận động xã Ba Bể",
		"place": "22.4034, 105.6166", "organiser": "Trung tâm Khuyến công và Xúc tiến thương mại",
		"first_day": show(j.today), "last_day": show(vn.AddDays(j.today, 3)), "opens_at": "0:00", "closes_at": "24:00",
		"registration": "not_needed", "legal_number": "717/QĐ-UBND", "legal_issuer": "UBND tỉnh", "legal_issued_on": "21/05/2026",
		"apply_from": show(vn.AddDays(j.today, -3)), "apply_until": show(vn.AddDays(j.today, -1)), "booths": "20", "staff_passes": "4",
	})
	j.follow(b, "main form .actions .btn")
	id := regexp.MustCompile(`/quan-ly/su-kien/([0-9a-f-]{36})`).FindStringSubmatch(j.at(b))
	if id == nil {
		j.t.Fatalf("after creating: at %s", j.at(b))
	}
	j.event.ID = registry.EventID(id[1])
	j.open(b, "/quan-ly/su-kien/"+id[1]+"/gian/them")
	fillFields(b, map[string]any{"zone": "A", "from": "1", "to": "20", "columns": "10", "width": "3", "depth": "3", "kind": "standard"})
	j.follow(b, `button[name=next][value=preview]`)
	j.follow(b, `button[name=next][value=add]`)
	j.open(b, "/quan-ly/su-kien/"+id[1])
	j.follow(b, `a[href$="den=announced"]`)
	j.follow(b, `form:has(input[name=to][value=announced]) button`)
	if _, err := j.k.App.Lifecycle.AdvanceEvents(j.t.Context()); err != nil {
		j.t.Fatal(err)
	}
	if j.refresh(); j.event.State != registry.Open {
		j.t.Fatalf("the session is %s, want open for applications", j.event.State)
	}
}

func (j *mainJob) signUpAndApply() {
	b := j.stall
	j.open(b, "/dang-ky")
	fillFields(b, map[string]any{"login": "0912 345 678", "password": "mien dong phoi nang", "consent": true})
	j.follow(b, "main form .btn")
	j.open(b, "/gian-hang/moi")
	fillFields(b, map[string]any{"kind": "cooperative", "name": "HTX Tài Hoan", "area": "xã Ba Bể, Thái Nguyên"})
	j.follow(b, "main form .actions .btn")
	id := regexp.MustCompile(`/gian-hang/([0-9a-f-]{36})`).FindStringSubmatch(j.at(b))
	if id == nil {
		j.t.Fatalf("after the profile: at %s", j.at(b))
	}
	j.vendor = registry.VendorID(id[1])
	j.addProduct()
	j.apply()
}

func (j *mainJob) addProduct() {
	b := j.stall
	j.open(b, "/gian-hang/"+string(j.vendor)+"/san-pham/moi")
	fillFields(b, map[string]any{"name": "Miến dong Tài Hoan", "group": "food", "origin": "made_in", "origin_place": "Na Rì, Bắc Kạn",
		"description": "Sợi dai, trong.", "price": "85.000", "price_unit": "kg", "gtin": "8930000000019"})
	j.follow(b, "main form .actions .btn")
	fillFields(b, map[string]any{"stars": "5", "decision": "148/QĐ-UBND", "issued_on": "01/02/2026", "valid_to": "01/02/2029"})
	j.follow(b, `form[action$="/sao"] .actions .btn`)
}

func (j *mainJob) apply() {
	b := j.stall
	j.open(b, "/su-kien/"+j.event.Slug+"/dang-ky")
	j.follow(b, "main form .btn")
	var days []string
	for _, d := range j.event.Days {
		days = append(days, d.Day)
	}
	fillFields(b, map[string]any{"days": days, "booths": "1", "staff_n": "4", "vehicles": "97C-123.45", "products": true})
	j.follow(b, `button[name=next][value=check]`)
	fillFields(b, map[string]any{"pledge": true})
	j.follow(b, "main form .actions .btn")
	if page := b.Page().In("main").Text(); !strings.Contains(page, j.event.Title) {
		j.t.Fatalf("after sending: %.300s", page)
	}
}

// application reads the vendor's application as it is now.
func (j *mainJob) application() (a registry.Application) {
	j.k.Read(func(tx *store.Tx) (err error) {
		a, err = tx.ApplicationOf(j.t.Context(), j.event.ID, j.vendor)
		return err
	})
	return a
}

func (j *mainJob) review() {
	_, token := j.k.Officer(registry.Organiser, "19")
	b := j.office
	j.signIn(b, token)
	j.open(b, "/quan-ly/don")
	queue := b.Page().In("main").Text()
	if !strings.Contains(queue, "HTX Tài Hoan") || !strings.Contains(queue, "Thiếu") {
		j.t.Fatalf("the queue does not say what is missing: %.400s", queue)
	}
	a := j.application()
	j.open(b, "/quan-ly/don/"+string(a.ID))
	j.decide(b, map[string]any{"decision": "needs_info", "reason": "Cần giấy an toàn thực phẩm còn hạn đến hết phiên chợ."})
	j.answerQuestion()
	j.open(b, "/quan-ly/don/"+string(a.ID))
	j.decide(b, map[string]any{"decision": "approved", "granted": "1", "anyway": true, "reason": "Ảnh nhãn nộp trong ngày mở chợ."})
	if a = j.application(); a.State != registry.AppApproved {
		j.t.Fatalf("the application is %s, want approved", a.State)
	}
	j.open(b, "/quan-ly/su-kien/"+string(j.event.ID)+"/gian?gian=A05")
	fillFields(b, map[string]any{"application": string(a.ID)})
	j.follow(b, `form[action$="/xep"] .btn`)
	j.confirmStars()
	j.signIn(b, token)
}

// decide opens a decision and sends it.
func (j *mainJob) decide(b *testkit.Browser, values map[string]any) {
	j.t.Helper()
	fillFields(b, values)
	j.follow(b, `form[action$="/quyet-dinh"] .btn.full`)
}

// answerQuestion hands in the paper that was asked for and sends the application
// again.
func (j *mainJob) answerQuestion() {
	b := j.stall
	a := j.application()
	j.open(b, "/gian-hang/"+string(j.vendor)+"/don/"+string(a.ID))
	if page := b.Page().In("main").Text(); !strings.Contains(page, "an toàn thực phẩm") {
		j.t.Fatalf("the vendor is not told what is missing: %.300s", page)
	}
	j.open(b, "/gian-hang/"+string(j.vendor)+"/giay-to/moi")
	fillFields(b, map[string]any{"kind": "food_cert", "number": "12/2026/ATTP", "issuer": "Chi cục ATTP", "issued_on": "01/01/2026",
		"valid_to": vn.ShowDate(vn.AddDays(j.today, 400))})
	j.follow(b, "main form .actions .btn")
	j.open(b, "/gian-hang/"+string(j.vendor)+"/don/"+string(a.ID)+"/sua")
	j.follow(b, `button[name=next][value=check]`)
	fillFields(b, map[string]any{"pledge": true})
	j.follow(b, "main form .actions .btn")
}

// confirmStars lets the office check the stars that the vendor claimed.
func (j *mainJob) confirmStars() {
	var products []registry.Product
	j.k.Read(func(tx *store.Tx) (err error) {
		products, err = tx.VendorProducts(j.t.Context(), j.vendor)
		return err
	})
	_, token := j.k.Officer(registry.Reviewer, "19")
	j.signIn(j.office, token)
	j.open(j.office, "/quan-ly/co-so/"+string(j.vendor)+"/san-pham/"+string(products[0].ID))
	j.follow(j.office, `form[action*="/sao/"] button`)
}

func (j *mainJob) printPasses() {
	j.k.Read(func(tx *store.Tx) (err error) {
		j.passes, err = tx.Passes(j.t.Context(), registry.PassFilter{Event: j.event.ID})
		return err
	})
	if got := countByKind(j.passes); got[registry.BoothPass] != 1 || got[registry.StaffPass] != 4 || got[registry.VehiclePass] != 1 {
		j.t.Fatalf("passes %v, want one booth, four staff, one vehicle", got)
	}
	b := j.stall
	j.open(b, "/gian-hang/"+string(j.vendor)+"/the")
	link := b.Page().In(`main details a.btn[href="/gian-hang/` + string(j.vendor) + `/the/` + string(j.event.ID) + `"]`).Attr("href")
	j.pdf = []byte(j.vendorClient().Get(link).Body)
	if pages := testkit.PDFPages(j.t, j.pdf, 150); len(pages) != 6 {
		j.t.Errorf("the vendor prints %d pages, want 6", len(pages))
	}
	j.open(j.office, "/quan-ly/su-kien/"+string(j.event.ID)+"/the")
	j.office.Click("#in-doi button")
	j.office.WaitFor(`location.pathname.startsWith("/tep/")`) // the paper itself: there are few
}

func countByKind(rows []registry.PassRow) map[registry.PassKind]int {
	n := map[registry.PassKind]int{}
	for _, r := range rows {
		n[r.Kind]++
	}
	return n
}

// vendorClient is the vendor's session outside the browser, for downloads.
func (j *mainJob) vendorClient() *testkit.Client {
	var members []registry.VendorMember
	j.k.Read(func(tx *store.Tx) (err error) {
		members, err = tx.Members(j.t.Context(), j.vendor)
		return err
	})
	_, token := j.k.SignedIn(registry.Account{ID: members[0].Account})
	c := testkit.NewClient(j.t, j.base)
	c.SignInAs(token)
	return c
}

func (j *mainJob) pass(kind registry.PassKind) registry.PassRow {
	for _, p := range j.passes {
		if p.Kind == kind {
			return p
		}
	}
	j.t.Fatalf("no %s pass", kind)
	return registry.PassRow{}
}

// gatePhone pairs a browser with a gate of the event by the digits under the
// chief's symbol. Its camera shows the film.
func (j *mainJob) gatePhone(gate, film string) *testkit.Browser {
	j.t.Helper()
	root := "/quan-ly/su-kien/" + string(j.event.ID) + "/cong"
	j.open(j.office, root)
	fillFields(j.office, map[string]any{"gates": []string{gate}, "role": "steward"})
	j.follow(j.office, `form[action$="/ghep"] .actions .btn`)
	token := strings.Join(strings.Fields(j.office.Page().In("#token").Text()), "")
	phone := testkit.NewBrowser(j.t, testkit.BrowserOptions{Camera: film})
	j.open(phone, "/cong")
	phone.Wait("#pair-token")
	phone.Type("#pair-token", token)
	phone.Click("form#pair button:not([type=button])")
	phone.Allow("401") // its pairing ends with the event, and the clock goes on to the report
	return phone
}

// scanAtGates shows the staff pass printed in step 4 to the cameras of two gates.
func (j *mainJob) scanAtGates() {
	j.k.Clock.Set(testkit.MachineNow())
	if _, err := j.k.App.Lifecycle.AdvanceEvents(j.t.Context()); err != nil {
		j.t.Fatal(err)
	}
	if j.refresh(); j.event.State != registry.Running {
		j.t.Fatalf("the session is %s, want running", j.event.State)
	}
	_, token := j.k.Officer(registry.Organiser, "19") // the days between have ended the session
	j.signIn(j.office, token)
	root := "/quan-ly/su-kien/" + string(j.event.ID) + "/cong"
	for _, name := range []string{"Cổng A", "Cổng B"} {
		j.open(j.office, root)
		if page := j.office.Page().In("main").Text(); !strings.Contains(page, name) {
			fillFields(j.office, map[string]any{"name": name})
			j.follow(j.office, `form.add-line button`)
		}
	}
	film := testkit.CameraFilm(j.t, 3, j.printedPass())
	a := j.gatePhone("1", film)
	a.WaitFor(`document.querySelector("#verdict.ok") !== null && !document.querySelector("[data-screen=verdict]").hidden`)
	if who := a.Text("#v-who"); !strings.Contains(who, "A05") || !strings.Contains(who, "HTX Tài Hoan") {
		j.t.Errorf("gate A says %q, want A05 and the vendor", who)
	}
	a.Screenshot("mainjob-gate-a")
	b := j.gatePhone("2", film)
	b.WaitFor(`document.querySelector("#verdict.no") !== null && !document.querySelector("[data-screen=verdict]").hidden`)
	b.Screenshot("mainjob-gate-b")
	if title, text := b.Text("#v-title"), b.Text("#v-text"); !strings.Contains(strings.ToLower(title), "ở trong") || !strings.Contains(text, "Cổng A") {
		j.t.Errorf("gate B says %q, %q; want already inside, and where", title, text)
	}
	j.clicker = b
}

// printedPass is the picture of a staff pass, cut out of the page that the vendor
// printed.
func (j *mainJob) printedPass() string {
	staff := j.pass(registry.StaffPass)
	for _, page := range testkit.PDFPages(j.t, j.pdf, 150) {
		for _, text := range testkit.ReadQR(j.t, page) {
			if strings.Contains(text, staff.Code) {
				return testkit.CutQR(j.t, page, text)
			}
		}
	}
	j.t.Fatal("the staff pass is on no page of the PDF")
	return ""
}
