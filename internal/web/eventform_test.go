package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestEventFormProposes: a new event begins with what the organiser's last one had, and
// is named after its kind and unit.
func TestEventFormProposes(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	actor, token := k.Officer(registry.Organiser, "19")
	base := k.Serve()
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	legal := registry.LegalBasis{Registration: registry.RegistrationNotNeeded, Number: "112/KH-UBND", Issuer: "UBND tỉnh", IssuedOn: "2026-01-05"}
	t.Run("nothing without an event", func(t *testing.T) {
		page := testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien/moi"), 200).Body)
		if got := page.In("#f-organiser").Attr("value"); got != "" || strings.Contains(page.In("main").Text(), "điền sẵn") {
			t.Errorf("proposes %q", got)
		}
	})
	k.Event(testkit.OnDays(registry.AddDays(k.App.Today(), 300), 2), func(e *registry.Event) { e.Organiser = "Đơn vị khác" })
	last := k.Event(testkit.Titled("Phiên chợ cũ"), func(e *registry.Event) {
		e.CreatedBy, e.Organiser, e.Phone, e.Legal = actor.Account, "Trung tâm XTTM", "0912345678", legal
	})
	page := testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien/moi"), 200).Body)
	t.Run("of the reader's own last event", func(t *testing.T) {
		page.In("main").HasText("điền sẵn theo “" + last.Title + "”")
		for field, want := range map[string]string{"organiser": "Trung tâm XTTM", "legal_number": "112/KH-UBND", "legal_issuer": "UBND tỉnh", "legal_issued_on": "05/01/2026"} {
			page.In("#f-"+field).HasAttr("value", want)
		}
	})
	t.Run("not the paper of one that was registered", func(t *testing.T) {
		k.Event(testkit.OnDays(registry.AddDays(k.App.Today(), 200), 2), func(e *registry.Event) {
			e.CreatedBy = actor.Account
			e.Legal = registry.LegalBasis{Registration: registry.RegistrationConfirmed, Number: "9/XN-SCT", FiledOn: k.App.Today()}
		})
		page := testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien/moi"), 200).Body)
		if got := page.In("#f-legal_number").Attr("value"); got != "" {
			t.Errorf("proposes the number %q", got)
		}
	})
	form := page.Form("/quan-ly/su-kien/moi").Set("first_day", "27/11/2027").Set("area", "ba be").Set("venue", "Sân vận động")
	t.Run("a title from kind and unit", func(t *testing.T) {
		made := sendForm(t, c, form.Action, form.Fields, nil)
		if made.Status != 303 {
			t.Fatalf("answers %d: %s", made.Status, testkit.Page(t, made.Body).Find(".faults").Text())
		}
		testkit.In(t, c.Get(made.Location).Body, "h1").HasText("Phiên chợ hàng Việt về Ba Bể")
	})
	t.Run("no title without a unit", func(t *testing.T) {
		a := sendForm(t, c, form.Action, form.Set("area", "").Fields, nil)
		testkit.Page(t, answers(t, a, 422).Body).In(`.faults a[href="#f-title"]`)
	})
	t.Run("what has to be filled in comes first", func(t *testing.T) {
		main := page.In("main").Text()
		for _, label := range []string{"Tên sự kiện", "Ngày đầu", "Nơi tổ chức", "Đơn vị tổ chức"} {
			if at := strings.Index(main, label); at < 0 || at > strings.Index(main, "Từ đây trở xuống ghi sau cũng được") {
				t.Errorf("%s stands at %d", label, at)
			}
		}
	})
}

// TestProgrammeKeepsToTheHours: an entry outside the hours of its day is refused with both.
func TestProgrammeKeepsToTheHours(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	c := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	form := testkit.Page(t, c.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi").
		Set("title", "Phiên chợ").Set("first_day", "27/11/2026").Set("area", "ba be").Set("venue", "Sân").Set("organiser", "Xã").
		Set("opens_at", "7h30").Set("closes_at", "17h").Set("item_title", "Hát then", "", "")
	for _, x := range []struct {
		starts, ends string
		ok           bool
	}{{"7h30", "17h", true}, {"16h30", "", true}, {"7h", "", false}, {"17h", "", false}, {"16h", "17h30", false}} {
		a := sendForm(t, c, form.Action, form.Set("item_starts", x.starts, "", "").Set("item_ends", x.ends, "", "").Fields, nil)
		if ok := a.Status == 303; ok != x.ok {
			t.Errorf("%s to %s answers %d", x.starts, x.ends, a.Status)
		}
		if !x.ok {
			testkit.In(t, a.Body, `.faults a[href="#f-items"]`).HasText("27/11/2026 mở cửa 07:30–17:00")
		}
	}
}
