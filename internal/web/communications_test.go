package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web"
)

const wordsRoot = "/quan-ly/tuyen-truyen"

// wordsDesk is a communicator of phường Đức Xuân at the register.
func wordsDesk(t *testing.T) (k *testkit.Kit, base string, c *testkit.Client) {
	t.Helper()
	k = testkit.NewApp(t)
	base = k.Serve()
	c = testkit.NewClient(t, base)
	_, token := k.Officer(registry.Communicator, "01840")
	c.SignInAs(token)
	return k, base, c
}

// writeWords fills in the form as it is offered, with one number, and sends it.
func writeWords(t *testing.T, c *testkit.Client, people string) testkit.Answer {
	t.Helper()
	form := testkit.Page(t, c.Get(wordsRoot+"/ghi").Body).Form(wordsRoot + "/ghi")
	return c.Post(wordsRoot+"/ghi", form.Set("people", people).Fields)
}

func TestAnEntryIsWrittenWithOneNumber(t *testing.T) {
	_, _, c := wordsDesk(t)
	sent := writeWords(t, c, "45")
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", sent.Status, testkit.Page(t, sent.Body).Text())
	}
	testkit.Page(t, c.Get(sent.Location).Body).In("h1").HasText("Họp thôn, bản: 1 cuộc, 45 lượt người")
	testkit.Page(t, c.Get(wordsRoot).Body).In("h1").HasText("1 cuộc, 45 lượt người")
}

func TestAFaultyEntryIsShownAsItWasFilledIn(t *testing.T) {
	_, _, c := wordsDesk(t)
	form := testkit.Page(t, c.Get(wordsRoot+"/ghi").Body).Form(wordsRoot + "/ghi")
	got := c.Post(wordsRoot+"/ghi", form.Set("people", "nhiều").Set("village", "Nà Khằn").Set("link", "http://a.vn").Fields)
	if got.Status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", got.Status)
	}
	page := testkit.Page(t, got.Body)
	page.In("#faults").HasText("Số người").HasText("https://")
	if again := page.Form(wordsRoot + "/ghi").Fields; again.Get("village") != "Nà Khằn" || again.Get("people") != "nhiều" {
		t.Errorf("the form came back with %v", again)
	}
}

func TestAnEntryThatIsHardlyPossibleIsAskedBack(t *testing.T) {
	_, _, c := wordsDesk(t)
	asked := writeWords(t, c, "450")
	page := testkit.Page(t, asked.Body)
	page.In("#asked").HasText("450 người")
	fields := page.Form(wordsRoot + "/ghi").Fields
	fields.Set("confirm", "1") // as its button sends it
	sent := c.Post(wordsRoot+"/ghi", fields)
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("confirmed: %d", sent.Status)
	}
	testkit.Page(t, c.Get(wordsRoot+"?xem=da-hoi").Body).In("tbody th .chip").HasText("đã hỏi lại")
}

func TestTwoOfficersCorrectAnEntry(t *testing.T) {
	_, _, c := wordsDesk(t)
	entry := writeWords(t, c, "45").Location
	first := testkit.Page(t, c.Get(entry+"/sua").Body).Form(entry + "/sua")
	second := testkit.Page(t, c.Get(entry+"/sua").Body).Form(entry + "/sua")
	if got := c.Post(entry+"/sua", first.Set("people", "54").Fields); got.Status != http.StatusSeeOther {
		t.Fatalf("the first: %d", got.Status)
	}
	late := c.Post(entry+"/sua", second.Set("people", "55").Fields)
	if late.Status != http.StatusConflict {
		t.Fatalf("the second: %d", late.Status)
	}
	page := testkit.Page(t, late.Body)
	page.In("#stale").HasText("54").HasText("55")
}

func TestAnEntryIsStruckOutOnThePage(t *testing.T) {
	_, _, c := wordsDesk(t)
	entry := writeWords(t, c, "45").Location
	form := testkit.Page(t, c.Get(entry).Body).Form(entry + "/gach")
	if got := c.Post(entry+"/gach", form.Fields); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", got.Status)
	}
	if got := c.Post(entry+"/gach", form.Set("reason", "ghi nhầm xã").Fields); got.Status != http.StatusSeeOther {
		t.Fatalf("with a reason: %d", got.Status)
	}
	testkit.Page(t, c.Get(entry).Body).In("main").HasText("ghi nhầm xã").HasText("đã gạch")
	testkit.Page(t, c.Get(wordsRoot).Body).In("h1").HasText("0 cuộc, 0 lượt người")
}

func TestWhatAPhoneSendsTwiceIsWrittenOnce(t *testing.T) {
	k, _, c := wordsDesk(t)
	fields := testkit.Page(t, c.Get(wordsRoot+"/ghi").Body).Form(wordsRoot+"/ghi").Set("people", "45").Set("client", uuid.NewString()).Fields
	for range 2 {
		if got := c.Post(wordsRoot+"/gui", fields); got.Status != 200 || !strings.Contains(got.Body, `"state":"written","number":"TT-1"`) {
			t.Fatalf("%d %s", got.Status, got.Body)
		}
	}
	k.Read(func(tx *store.Tx) error {
		if n, err := tx.CountCommunications(t.Context(), committee.CommunicationFilter{}); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
		return nil
	})
	fields.Set("client", uuid.NewString())
	fields.Set("people", "")
	if got := c.Post(wordsRoot+"/gui", fields); got.Status != 200 || !strings.Contains(got.Body, `"state":"look"`) || !strings.Contains(got.Body, "Số người") {
		t.Errorf("a faulty one: %d %s", got.Status, got.Body)
	}
}

func TestChannelsAndGoalsOnTheirPages(t *testing.T) {
	k, base, _ := wordsDesk(t)
	c := testkit.NewClient(t, base)
	_, token := k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	if got := c.Post(wordsRoot+"/kenh", url.Values{"name": {"Tờ gấp"}, "unit": {"tờ"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("adding a channel: %d", got.Status)
	}
	page := testkit.Page(t, c.Get(wordsRoot+"/kenh").Body)
	page.In("main").HasText("Tờ gấp")
	plan := planOf(t, k)
	root := wordsRoot + "/chi-tieu/" + string(plan.ID)
	if got := c.Post(root, url.Values{"channel": {"banner", "class"}, "goal": {"160", "x"}}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a goal that is no number: %d", got.Status)
	}
	if got := c.Post(root, url.Values{"channel": {"banner", "class"}, "goal": {"160", ""}}); got.Status != http.StatusSeeOther {
		t.Fatalf("setting goals: %d", got.Status)
	}
	testkit.Page(t, c.Get(fmt.Sprintf("%s?nam=%d", wordsRoot, plan.Year)).Body).In("table").HasText("160")
}

func TestTheRegisterGoesOutAsAFile(t *testing.T) {
	_, _, c := wordsDesk(t)
	writeWords(t, c, "45")
	if got := c.Get(wordsRoot + "/xuat/csv?kenh=village_meeting"); got.Status != 200 || !strings.Contains(got.Body, "TT-1,") || !strings.Contains(got.Body, ",45,") {
		t.Errorf("csv: %d %s", got.Status, got.Body)
	}
	if got := c.Get(wordsRoot + "/xuat/csv?kenh=banner"); strings.Contains(got.Body, "TT-1") {
		t.Error("the file has what was filtered out")
	}
	if got := c.Get(wordsRoot + "/xuat/xlsx"); got.Status != 200 || !strings.HasPrefix(got.Body, "PK") {
		t.Errorf("xlsx: %d", got.Status)
	}
	if got := c.Get(wordsRoot + "/phieu.pdf"); got.Status != 200 || !strings.HasPrefix(got.Body, "%PDF") {
		t.Errorf("the blank sheet: %d", got.Status)
	}
	if got := c.Get(wordsRoot + "/xuat/pdf"); got.Status != 404 {
		t.Errorf("another form: %d", got.Status)
	}
}

func TestAnEventShowsItsCommunications(t *testing.T) {
	k, _, _ := wordsDesk(t)
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	event := k.Event()
	hub := testkit.Page(t, c.Get("/quan-ly/su-kien/"+string(event.ID)).Body)
	form := testkit.Page(t, c.Get(hub.In("#words a").Attr("href")).Body).Form(wordsRoot + "/ghi")
	if form.Fields.Get("event") != string(event.ID) {
		t.Fatalf("the event is not filled in: %v", form.Fields)
	}
	fields := form.Set("people", "45").Fields
	fields.Set("area", "phường Đức Xuân")
	fields.Set("area_ref", "2025:01840")
	if sent := c.Post(wordsRoot+"/ghi", fields); sent.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", sent.Status, testkit.Page(t, sent.Body).Text())
	}
	testkit.Page(t, c.Get("/quan-ly/su-kien/"+string(event.ID)).Body).In("#words").HasText("Họp thôn, bản").HasText("phường Đức Xuân")
}

// planOf stores the plan of the province for the year of today.
func planOf(t *testing.T, k *testkit.Kit) (p committee.Plan) {
	t.Helper()
	area := registry.AreaRef{Edition: registry.Edition2025, Code: "19"}
	k.Write(func(tx *store.Tx) error {
		b := committee.Body{Kind: committee.SteeringCommittee, Area: area, Name: "Ban Chỉ đạo tỉnh"}
		if err := tx.InsertBody(t.Context(), &b, k.App.Areas.Scope(area)); err != nil {
			return err
		}
		p = committee.Plan{Year: k.App.DB.Now().Year(), Area: area, Issuer: b.ID, Title: "Kế hoạch", State: committee.PlanInForce,
			Targets: []committee.Target{{Strand: committee.Communications, Measure: "cuộc", Goal: 1200}}}
		return tx.InsertPlan(t.Context(), &p, k.App.Areas.Scope(area), "")
	})
	return p
}

// TestWhoOpensTheRegister asks for every route of the register in every role, in the
// ward of an entry and in another one.
func TestWhoOpensTheRegister(t *testing.T) {
	k := testkit.NewApp(t)
	server, base := site.Of(k)
	keeper := testkit.NewClient(t, base)
	_, token := k.Officer(registry.Communicator, "01840")
	keeper.SignInAs(token)
	entry := strings.TrimPrefix(writeWords(t, keeper, "45").Location, wordsRoot+"/")
	plan := planOf(t, k)
	full := []registry.Role{registry.Admin, registry.Organiser, registry.Communicator}
	reads := append([]registry.Role{registry.Reviewer, registry.Inspector, registry.Reporter, registry.Viewer}, full...)
	may := func(r web.PolicyRoute, role registry.Role, near bool) bool {
		switch {
		case strings.Contains(r.Path, ":file"), strings.Contains(r.Path, ":channel"), strings.Contains(r.Path, ":plan"):
			return false // no such photo, no channel of one's own, and the plan is the province's
		case strings.Contains(r.Path, ":entry") && r.Right == registry.ViewTasks:
			return near && slices.Contains(reads, role)
		case strings.Contains(r.Path, ":entry"):
			return near && slices.Contains(full, role)
		case strings.HasSuffix(r.Path, "/kenh"):
			return slices.Contains(full, role)
		case r.Right == registry.Communicate:
			return slices.Contains(full, role) || role == registry.Branch
		}
		return slices.Contains(reads, role) || role == registry.Branch
	}
	for _, role := range registry.Roles {
		for _, area := range []string{"01840", "01843"} {
			c := testkit.NewClient(t, base)
			_, token := k.Officer(role, area)
			c.SignInAs(token)
			for _, r := range web.Policies(server) {
				if r.Path != wordsRoot && !strings.HasPrefix(r.Path, wordsRoot+"/") {
					continue
				}
				path := strings.NewReplacer(":entry", entry, ":plan", string(plan.ID), ":channel", "x", ":file", "x", "/:size?", "", ":form", "csv").Replace(r.Path)
				got := c.Get
				if r.Method == http.MethodPost {
					got = func(path string) testkit.Answer { return c.Post(path, url.Values{}) }
				}
				if status := got(path).Status; (status != 404) != may(r, role, area == "01840") || status >= 500 {
					t.Errorf("%s in %s: %s %s gives %d", role, area, r.Method, r.Path, status)
				}
			}
		}
	}
}

// TestBrowserEntryWithoutNetwork counts the taps of an entry on a phone of 360 pixels
// without network, and finds it in the register once the network is back, once.
func TestBrowserEntryWithoutNetwork(t *testing.T) {
	k, base, _ := wordsDesk(t)
	_, token := k.Officer(registry.Communicator, "01840")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	b.Open(base + wordsRoot + "/ghi")
	b.Accessible()
	b.FitsWidth()
	b.Screenshot("words-phone")
	b.Allow("not loaded", "ERR_INTERNET_DISCONNECTED", "Failed to load resource")
	b.Offline(true)
	taps := 0
	tap := func(selector string) { b.Click(selector); taps++ }
	tap(`label[for="f-channel"]`)
	b.Type("#f-people", "45")
	taps++ // into the field; the number itself is typed
	tap("form.words > p.actions .btn")
	b.WaitFor(`document.querySelector("[data-kept-list] li").dataset.state === "waiting"`)
	b.Screenshot("words-phone-waiting")
	if taps > 8 {
		t.Errorf("an entry takes %d taps", taps)
	}
	t.Logf("an entry takes %d taps and one number", taps)
	b.Offline(false)
	b.WaitFor(`document.querySelector("[data-kept-list] li").dataset.state === "written"`)
	b.Open(base + wordsRoot)
	b.Accessible()
	b.FitsWidth()
	b.Screenshot("words-register-phone")
	b.Page().In("h1").HasText("1 cuộc, 45 lượt người")
}

// TestBrowserRegisterOfAProvince looks at the register, an entry and the forms beside
// it, on a desk and on narrow phones.
func TestBrowserRegisterOfAProvince(t *testing.T) {
	k, base, ward := wordsDesk(t)
	plan := planOf(t, k)
	k.Write(func(tx *store.Tx) error {
		return tx.SaveChannelGoals(t.Context(), plan.ID, []committee.ChannelGoal{{Channel: committee.VillageMeeting, Goal: 620}, {Channel: committee.Banner, Goal: 160}})
	})
	for _, people := range []string{"45", "62", "38", "450"} {
		writeWords(t, ward, people)
	}
	entry := writeWords(t, ward, "51").Location
	_, token := k.Officer(registry.Organiser, "19")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	b.SignInAs(base, token)
	for name, path := range map[string]string{"register": wordsRoot, "entry": entry, "form": wordsRoot + "/ghi", "channels": wordsRoot + "/kenh"} {
		b.Desktop()
		b.Open(base + path)
		b.Accessible()
		b.FitsWidth()
		b.Screenshot("words-" + name + "-1280")
		b.Do(chromedp.EmulateViewport(320, 700, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
		b.FitsWidth()
		b.Screenshot("words-" + name + "-320")
	}
}

func TestTheDeskOfACommunicatorLeadsToTheRegister(t *testing.T) {
	_, _, c := wordsDesk(t)
	writeWords(t, c, "45")
	testkit.Page(t, c.Get("/quan-ly").Body).In(`a.tile[href="` + wordsRoot + `"]`).HasText("1").HasText("45 lượt người")
}

func TestTheFormBeginsWithTheChannelAskedFor(t *testing.T) {
	_, _, c := wordsDesk(t)
	for asked, want := range map[string]string{"banner": "banner", "commune_radio": "commune_radio", "": "village_meeting", "khong-co": "village_meeting"} {
		form := testkit.Page(t, c.Get(wordsRoot+"/ghi?kenh="+asked).Body).Form(wordsRoot + "/ghi")
		if got := form.Fields.Get("channel"); got != want {
			t.Errorf("asked for %q, it begins with %q", asked, got)
		}
	}
}
