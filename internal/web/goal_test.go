package web_test

import (
	"maps"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// Somebody new goes from the button on an event's page to its application without
// ever losing it: through signing up, signing in, the profile of the vendor and the
// first product.
func TestTheWayToAnApplicationIsKept(t *testing.T) {
	f := newFair(t)
	c := f.as("")
	start := "/su-kien/" + f.event.Slug + "/dang-ky"
	door := answers(t, c.Get(start), 200)
	signUp := "/dang-ky?next=" + url.QueryEscape(start)
	testkit.Page(t, door.Body).In("a[href=" + signUp + "]")
	testkit.Page(t, door.Body).In("h1").HasText(f.event.Title)
	page := answers(t, c.Get(signUp), 200)
	testkit.Page(t, page.Body).In("main").HasText("Để đăng ký gian ở “" + f.event.Title + "”")
	form := testkit.Page(t, page.Body).Form("/dang-ky")
	bad := answers(t, c.Post("/dang-ky", form.Set("login", "0912 345 678").Fields), 422)
	testkit.Page(t, bad.Body).In("main").HasText(f.event.Title)
	form = testkit.Page(t, bad.Body).Form("/dang-ky")
	in := answers(t, c.Post("/dang-ky", form.Set("login", "0912 345 678").Set("password", "một câu rất dễ nhớ 27").Set("consent", "1").Fields), 303)
	if in.Location != start {
		t.Fatalf("signing up leads to %s", in.Location)
	}
	if at := answers(t, c.Get(start), 303); at.Location != "/gian-hang/moi" {
		t.Fatalf("without a vendor the way goes to %s", at.Location)
	}
	at := answers(t, c.Get("/gian-hang/moi"), 200)
	if href := testkit.In(t, at.Body, "#dang-di").HasText(f.event.Title).In("a").Attr("href"); href != start {
		t.Errorf("the first registration leads back to %s", href)
	}
	form = testkit.Page(t, at.Body).Form("/gian-hang/moi").Set("name", "Hộ bà Sim").Set("kind", "household").Set("area", "xa ba be thai nguyen")
	made := answers(t, c.Post("/gian-hang/moi", form.Fields), 303)
	if !strings.HasSuffix(made.Location, "/san-pham/moi") {
		t.Fatalf("a new vendor goes on to %s, and not to its goods", made.Location)
	}
	testkit.In(t, answers(t, c.Get(made.Location), 200).Body, "#dang-di").HasText(f.event.Title)
	home := strings.TrimSuffix(made.Location, "/san-pham/moi")
	for _, path := range []string{"", "/san-pham", "/giay-to", "/ho-so"} {
		if a := c.Get(home + path); a.Status == 200 {
			testkit.In(t, a.Body, "#dang-di").HasText("Quay lại điền đơn")
		} else if path != "/ho-so" {
			t.Errorf("%s answers %d", path, a.Status)
		}
	}
}

// The way back leads to the draft once there is one, and ends when it was sent, when
// the event takes none any more, and where there never was one.
func TestTheWayBackEnds(t *testing.T) {
	f := newFair(t)
	home := "/gian-hang/" + string(f.vendor.ID)
	testkit.Page(t, f.own.Get(home+"/san-pham").Body).None("#dang-di")
	f.own.Get("/su-kien/" + f.event.Slug + "/dang-ky")
	testkit.In(t, f.own.Get(home+"/san-pham").Body, "#dang-di")
	draft := f.applied(registry.AppDraft)
	page := testkit.Page(t, f.own.Get(home+"/san-pham").Body)
	if href := page.In("#dang-di a").Attr("href"); href != door(draft)+"/sua" {
		t.Errorf("leads to %s", href)
	}
	if strings.Count(f.own.Get(home+"/san-pham").Body, "Quay lại điền đơn") != 1 {
		t.Error("the way back is told twice")
	}
	testkit.Page(t, f.own.Get(door(draft)+"/sua").Body).None("#dang-di")
	check := testkit.Page(t, answers(t, f.own.Get(door(draft)+"/kiem-tra"), 200).Body).Form(door(draft) + "/kiem-tra")
	answers(t, f.own.Post(check.Action, check.Set("pledge", "1").Fields), 303)
	testkit.Page(t, f.own.Get(home+"/san-pham").Body).None("#dang-di")
	for _, slug := range []string{"khong-co", "..%2f..", f.Event(testkit.InState(registry.Ended)).Slug, strings.Repeat("a", 3000)} {
		c := f.as(f.token)
		c.SetCookie("don", slug)
		testkit.Page(t, answers(t, c.Get(home+"/san-pham"), 200).Body).None("#dang-di")
	}
}

// A draft saves itself with the version that the form has; it never changes what has
// been sent, never overwrites another place, and says what keeps it from saving.
func TestDraftSavesItself(t *testing.T) {
	f := newFair(t)
	draft := f.applied(registry.AppDraft)
	path := door(draft) + "/sua"
	page := testkit.Page(t, answers(t, f.own.Get(path), 200).Body)
	page.In("form[data-autosave] [data-autosave-note]")
	form := page.Form(path).Set("note", "Gần cổng A")
	auto := func(form testkit.Form) url.Values {
		fields := maps.Clone(form.Fields)
		fields.Set("next", "auto")
		return fields
	}
	saved := answers(t, f.own.Post(path, auto(form)), 200)
	if got := f.read(draft.ID); got.Note != "Gần cổng A" || !strings.Contains(saved.Body, `"version":`+strconv.FormatInt(got.Version, 10)) {
		t.Errorf("saved %q, answered %s", got.Note, saved.Body)
	}
	if stale := answers(t, f.own.Post(path, auto(form.Set("note", "Khác"))), 409); !strings.Contains(stale.Body, `"fault"`) {
		t.Errorf("from an old form: %s", stale.Body)
	}
	version := strconv.FormatInt(f.read(draft.ID).Version, 10)
	if wrong := answers(t, f.own.Post(path, auto(form.Set("version", version).Set("staff_n", "chín"))), 422); !strings.Contains(wrong.Body, `"fault"`) {
		t.Errorf("with words for a number: %s", wrong.Body)
	}
	if got := f.read(draft.ID); got.Note != "Gần cổng A" {
		t.Errorf("the draft now says %q", got.Note)
	}
	f.Write(func(tx *store.Tx) error {
		a := f.read(draft.ID)
		a.State = registry.AppSubmitted
		return tx.SaveApplication(t.Context(), a, registry.AppDraft)
	})
	testkit.Page(t, answers(t, f.own.Get(path), 200).Body).None("form[data-autosave]")
	version = strconv.FormatInt(f.read(draft.ID).Version, 10)
	answers(t, f.own.Post(path, auto(form.Set("version", version).Set("note", "Tự đổi"))), 409)
	if got := f.read(draft.ID).Note; got != "Gần cổng A" {
		t.Errorf("what was sent now says %q", got)
	}
}
