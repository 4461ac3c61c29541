package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestAMarketIsFollowedAsAWhole: the page of a session names the next ones, and a calendar holds each once,
// under an identity that stays, with those of a later series of the same market; none that the public
// does not know, and no rule that a phone would work out by itself.
func TestAMarketIsFollowedAsAWhole(t *testing.T) {
	k := testkit.NewApp(t)
	on := func(day string, state registry.EventState) registry.Event {
		return k.Event(testkit.InState(state), testkit.OnDays(day, 1), testkit.Titled("Phiên chợ "+day))
	}
	pattern := k.Event(testkit.InState(registry.Draft))
	first, second, draft := on("2026-12-05", registry.Announced), on("2026-12-10", registry.Announced), on("2026-12-15", registry.Draft)
	later, off, other := on("2027-01-05", registry.Announced), on("2026-12-20", registry.Cancelled), on("2026-12-06", registry.Announced)
	k.Series(pattern, first, second, draft, off)
	k.Series(pattern, later)
	visitor := testkit.NewClient(t, k.Serve())
	if got := visitor.Get("/su-kien/" + draft.Slug + "/cac-phien.ics").Status; got != http.StatusNotFound {
		t.Errorf("the calendar of a draft: %d", got)
	}
	page := visitor.Get("/su-kien/" + first.Slug).Body
	for e, want := range map[*registry.Event]bool{&second: true, &later: true, &draft: false, &off: false, &other: false} {
		if got := strings.Contains(page, `href="/su-kien/`+e.Slug+`"`); got != want {
			t.Errorf("%s is named: %v", e.Title, got)
		}
	}
	follow := "/su-kien/" + first.Slug + "/cac-phien.ics"
	if !strings.Contains(page, follow) {
		t.Error("the page does not lead to the calendar")
	}
	if page := visitor.Get("/su-kien/" + other.Slug).Body; strings.Contains(page, "cac-phien") {
		t.Error("an event of no series has other sessions")
	}
	ids := func(from string) string {
		got := visitor.Get(from)
		cal, err := ics.ParseCalendar(strings.NewReader(got.Body))
		if err != nil || got.Status != http.StatusOK {
			t.Fatal(got.Status, err)
		}
		var list []string
		for _, v := range cal.Events() {
			list = append(list, v.Id()+" "+v.GetProperty(ics.ComponentPropertyStatus).Value)
			if v.GetProperty(ics.ComponentPropertyRrule) != nil {
				t.Errorf("%s has a rule", v.Id())
			}
		}
		return strings.Join(list, "\n")
	}
	want := fmt.Sprintf("%s-1@hoicho CONFIRMED\n%s-1@hoicho CONFIRMED\n%s-1@hoicho CANCELLED\n%s-1@hoicho CONFIRMED", first.ID, second.ID, off.ID, later.ID)
	if got := ids(follow); got != want {
		t.Errorf("the calendar holds\n%s\nwant\n%s", got, want)
	}
	if ids("/su-kien/"+later.Slug+"/cac-phien.ics") != want {
		t.Error("the calendar of a later session is another")
	}
	organiser, _ := k.Officer(registry.Organiser, "19")
	testkit.Works(t, k.App.Lifecycle.StepEvent(t.Context(), organiser, draft.ID, lifecycle.StepInput{To: registry.Announced, Version: draft.Version}))
	if page := visitor.Get("/su-kien/" + first.Slug).Body; !strings.Contains(page, "/su-kien/"+draft.Slug+`"`) || !strings.Contains(ids(follow), string(draft.ID)) {
		t.Error("a session that was announced since is not there: the page was kept too long")
	}
	for path, status := range map[string]int{"/su-kien/khong-co/cac-phien.ics": 404, "/su-kien/" + other.Slug + "/cac-phien.ics": 200} {
		if got := visitor.Get(path).Status; got != status {
			t.Errorf("%s: %d, want %d", path, got, status)
		}
	}
}

// TestBrowserNextSessions looks at the next sessions on the page of one.
func TestBrowserNextSessions(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	var sessions []registry.Event
	for _, day := range []string{"2026-12-05", "2026-12-10", "2026-12-15", "2026-12-20"} {
		sessions = append(sessions, k.Event(testkit.InState(registry.Announced), testkit.OnDays(day, 2), testkit.Titled("Phiên chợ đưa hàng Việt về xã Ba Bể "+day)))
	}
	k.Series(k.Event(testkit.InState(registry.Draft)), sessions...)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	for _, size := range []struct {
		name string
		set  func()
	}{{"desk", b.Desktop}, {"phone", b.Phone}} {
		size.set()
		b.Open(k.Serve() + "/su-kien/" + sessions[0].Slug)
		b.Accessible()
		b.FitsWidth()
		b.Screenshot("sessions/" + size.name)
	}
	b.FitsNarrow()
}
