package web_test

import (
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// thumb does a job on a phone and counts its taps: each touch of a link, a button, a
// choice, a suggestion, or a field to be typed into is one, also where the browser would
// have put the cursor there by itself. Typing and scrolling are none.
type thumb struct {
	*testkit.Browser
	t    *testing.T
	taps int
	seen []string // the pages, by their headings
}

// tap touches what does not lead to another page.
func (th *thumb) tap(selector string) { th.t.Helper(); th.taps++; th.Click(selector) }

// typed touches a field and types.
func (th *thumb) typed(selector, text string) { th.t.Helper(); th.taps++; th.Type(selector, text) }

// follow touches what leads to another page, and wants a good one that names what it is for.
func (th *thumb) follow(selector, names string) {
	th.t.Helper()
	th.taps++
	if status := th.Follow(selector); status >= 400 {
		th.t.Fatalf("%s leads to status %d: %.400s", selector, status, th.Page().In("main").Text())
	}
	page := th.Page()
	th.seen = append(th.seen, strings.Join(strings.Fields(page.In("h1").Text()), " "))
	if !strings.Contains(page.In("body").Text(), names) {
		th.t.Errorf("page %d (%s) does not name %q", len(th.seen), th.seen[len(th.seen)-1], names)
	}
	th.FitsWidth()
	th.Accessible()
}

// TestBrowserTapsToAnApplication is the way of somebody new from the page of an event to
// an application that is sent, with the least that has to be typed.
func TestBrowserTapsToAnApplication(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	th := &thumb{Browser: testkit.NewBrowser(t, testkit.BrowserOptions{}), t: t}
	th.Open(f.base + "/su-kien/" + f.event.Slug)
	title := f.event.Title
	th.follow(`main a[href$="/dang-ky"]`, title)
	th.Screenshot("apply/1-start")
	th.follow(`main a[href^="/dang-ky?"]`, title)
	th.typed("#f-login", "0977000123")
	th.typed("#f-password", "mien dong phoi nang")
	th.tap("label[for=f-consent]")
	th.Screenshot("apply/2-account")
	th.follow("main form .actions .btn", title)
	th.typed("#f-name", "Măng khô Bản Lạp")
	th.tap("label[for=f-kind]")
	th.typed("#f-area", "xa ba be")
	th.Wait("[role=option]")
	th.tap("[role=option]")
	th.Screenshot("apply/3-vendor")
	th.follow("main form .actions .btn", title)
	th.typed("#f-name", "Măng khô")
	th.Screenshot("apply/4-goods")
	th.follow("main form .actions .btn", title)
	th.WaitFor(`document.querySelectorAll("input[name=days]:checked").length === ` + strconv.Itoa(len(f.event.Days)))
	th.Screenshot("apply/5-days")
	th.follow(`button[name=next][value=check]`, title)
	th.Page().In("#con-thieu").HasText("an toàn") // told before it is sent
	th.Page().In("dl.summary").HasText("Măng khô").HasText("Thực phẩm")
	th.WaitFor(`!document.querySelector("#f-pledge").checked`)
	th.Screenshot("apply/6-check")
	th.tap("label[for=f-pledge]")
	th.follow("main form .actions .btn", title)
	th.Page().In(".panel").HasText("Đã gửi đơn")
	th.Screenshot("apply/7-sent")
	t.Logf("%d taps on %d pages: %s", th.taps, len(th.seen)+1, strings.Join(th.seen, " · "))
	if th.taps > 16 {
		t.Errorf("%d taps from the page of the event to an application that is sent, at most 16", th.taps)
	}
	f.sentBy("Măng khô Bản Lạp")
}

// sentBy wants one application of a vendor of that name with the office.
func (f *fair) sentBy(name string) {
	f.t.Helper()
	var rows []registry.ApplicationRow
	f.Read(func(tx *store.Tx) (err error) {
		rows, err = tx.ApplicationRows(f.t.Context(), registry.ApplicationFilter{Event: f.event.ID, States: []registry.ApplicationState{registry.AppSubmitted}})
		return err
	})
	if len(rows) != 1 || rows[0].VendorName != name || len(f.read(rows[0].ID).Days) != len(f.event.Days) || len(rows[0].Goods) != 1 {
		f.t.Errorf("sent: %+v", rows)
	}
}

// TestBrowserTapsToASalesReturn is the way from the vendor's first page to the sales of
// a day that are handed in.
func TestBrowserTapsToASalesReturn(t *testing.T) {
	t.Parallel()
	h := newHarvest(t)
	th := &thumb{Browser: testkit.NewBrowser(t, testkit.BrowserOptions{}), t: t}
	th.SignInAs(h.base, h.token)
	th.Open(h.base + "/gian-hang")
	th.follow(`main .tasks a[href*="/doanh-thu/"]`, h.event.Title)
	th.typed(`[id="f-amount-`+h.event.Days[0].Day+`"]`, "4500000")
	th.follow("main form .actions .btn", h.event.Title)
	th.Page().In("main").HasText("Đã lưu doanh thu")
	if th.taps > 3 {
		t.Errorf("%d taps, at most 3", th.taps)
	}
}

// TestBrowserAskedThingsLeadToTheirFields: an officer ticks a field, and on a phone of 360 px
// the vendor's first link opens the form with that very field in focus.
func TestBrowserAskedThingsLeadToTheirFields(t *testing.T) {
	t.Parallel()
	f := newFair(t)
	mine := f.applied(registry.AppSubmitted)
	desk := testkit.NewBrowser(t, testkit.BrowserOptions{})
	desk.Desktop()
	desk.SignInAs(f.base, f.desk)
	desk.Open(f.base + reviewOf(mine))
	desk.Click(`input[value=needs_info]`)
	for _, thing := range []string{"application:staff_n", "vendor:about"} {
		desk.Click(`.asks details:has(input[value="` + thing + `"]) summary`)
		desk.Click(`.asks input[value="` + thing + `"]`)
	}
	desk.Follow(approve)
	if got := f.read(mine.ID); got.State != registry.AppNeedsInfo || len(got.Asks) != 2 {
		t.Fatalf("it is %s and asks for %+v", got.State, got.Asks)
	}
	phone := testkit.NewBrowser(t, testkit.BrowserOptions{})
	phone.Phone()
	phone.SignInAs(f.base, f.token)
	for i, want := range []string{"staff_n", "about"} {
		phone.Open(f.base + door(mine))
		phone.Follow(`#can-bo-sung li:nth-child(` + strconv.Itoa(i+1) + `) a`)
		phone.WaitFor("document.activeElement.name === '" + want + "'")
	}
}
