package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// hubOf is the office page of an event as a role of the province reads it.
func hubOf(t *testing.T, k *testkit.Kit, base string, role registry.Role, e registry.Event) testkit.Doc {
	t.Helper()
	return testkit.Page(t, answers(t, officeClient(t, k, base, role, "19").Get("/quan-ly/su-kien/"+string(e.ID)), 200).Body)
}

func TestHubHasOneThingToDoFirst(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	for state, want := range map[registry.EventState]struct{ label, path string }{
		registry.Draft:     {"Công bố", "/buoc?den=announced"},
		registry.Planned:   {"Công bố", "/buoc?den=announced"},
		registry.Announced: {"Xem đơn", "/don"},
		registry.Open:      {"Xem đơn", "/don"},
		registry.Closed:    {"In thẻ", "/the"},
		registry.Running:   {"Theo dõi trực tiếp", "/cong/truc-tiep"},
		registry.Ended:     {"Lập báo cáo", "/bao-cao"},
		registry.Reported:  {"Xem báo cáo", "/bao-cao"},
		registry.Postponed: {"Tổ chức theo lịch cũ", "/buoc?den=announced"},
	} {
		t.Run(string(state), func(t *testing.T) {
			e := k.Event(testkit.InState(state))
			page := hubOf(t, k, base, registry.Organiser, e)
			page.Find(".acts .first").HasCount(1).HasText(want.label)
			page.In(".acts a.first").HasAttr("href", "/quan-ly/su-kien/"+string(e.ID)+want.path)
		})
	}
	t.Run("nothing of a called off event", func(t *testing.T) {
		e := k.Event(testkit.InState(registry.Cancelled))
		hubOf(t, k, base, registry.Organiser, e).None(".acts .first")
	})
	t.Run("nothing for who may only look", func(t *testing.T) {
		e := k.Event(testkit.InState(registry.Open))
		page := hubOf(t, k, base, registry.Viewer, e)
		page.None(".acts .first")
		page.None("#kho-quay-lai")
		page.None("#nen-lam")
		page.None(`main form[method="post"]`)
	})
}

func TestHubSaysWhatKeepsADraftBack(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Draft), func(e *registry.Event) {
		e.PublishedAt, e.Legal.Registration, e.Asked = 0, registry.RegistrationRefused, []string{"directions"}
	})
	page := hubOf(t, k, k.Serve(), registry.Organiser, e)
	root := "/quan-ly/su-kien/" + string(e.ID)
	page.In("h1 .answer").HasText("còn 2 điều nữa là công bố được")
	page.In(".acts button.first").HasText("Công bố").HasAttr("aria-describedby", "can-co")
	page.In("#can-co").HasText("Còn 2 điều nữa là công bố được")
	page.In(`#can-co a[href="` + root + `/sua#f-directions"]`)
	page.In(`#can-co a[href="` + root + `/sua#g-legal"]`)
	page.None(`a[href="` + root + `/buoc?den=announced"]`)
}

// TestHubStepsAreCountedFromRows: each figure of a next step is the number of rows of
// the page that it leads to.
func TestHubStepsAreCountedFromRows(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	e := k.Event()
	booths := k.Booths(e.ID, "A", 3)
	given := k.Application(e, k.Vendor().ID, testkit.Standing(registry.AppApproved))
	k.Assign(booths[0], given)
	k.Application(e, k.Vendor().ID, testkit.Standing(registry.AppApproved))
	k.Application(e, k.Vendor().ID)
	officer, _ := k.Officer(registry.Organiser, "19")
	passes := k.Issued(e, registry.OfficialPass, 3)
	k.Write(func(tx *store.Tx) error {
		return tx.NotePrinted(t.Context(), []registry.PassID{passes[0].ID, passes[1].ID})
	})
	if _, err := k.App.Passes.ReissuePass(t.Context(), officer, passes[0].ID, "rách"); err != nil {
		t.Fatal(err)
	}
	c := officeClient(t, k, base, registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	page := testkit.Page(t, answers(t, c.Get(root), 200).Body)
	t.Run("approved applications without a booth", func(t *testing.T) {
		page.In("#nen-lam").HasText("1 đơn đã duyệt còn thiếu gian")
		testkit.Page(t, answers(t, c.Get(root+"/gian"), 200).Body).In("main").HasText("1")
	})
	t.Run("passes that were not printed", func(t *testing.T) {
		page.In("#nen-lam").HasText("2 thẻ chưa in").HasText("1 thẻ cấp lại")
		href := root + "/the?chua-in=1&trang-thai=valid"
		page.In(`#nen-lam a[href="` + href + `"]`)
		testkit.Page(t, answers(t, c.Get(href), 200).Body).Find("tbody tr").HasCount(2)
	})
	t.Run("applications that wait", func(t *testing.T) {
		page.In("#nen-lam").HasText("1 đơn chờ duyệt")
		page.In(".tabs").HasText("1 việc chờ")
	})
	t.Run("nothing of it for who cannot do it", func(t *testing.T) {
		hubOf(t, k, base, registry.GateChief, e).In("main").LacksText("chưa in").LacksText("thiếu gian")
	})
}

// TestHubTellsToday: a figure that nothing could tell is not known, one that is old says
// how old it is.
func TestHubTellsToday(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	e := k.Event(testkit.InState(registry.Running))
	cells := func() (all []string) {
		for _, x := range hubOf(t, k, base, registry.Organiser, e).Find("#hom-nay .fig").Each() {
			all = append(all, x.Text())
		}
		return all
	}
	t.Run("unknown is not 0", func(t *testing.T) {
		for _, text := range cells() {
			if !strings.Contains(text, "chưa có số") || strings.ContainsAny(text, "0123456789") {
				t.Errorf("without a phone: %q", text)
			}
		}
	})
	k.Gates(e.ID, 1)
	phone := k.Phone(e.ID, registry.Steward, 1)
	testkit.Works(t, testkit.Second(k.App.Admission.Count(t.Context(), phone.Device, phone.Presses(2))))
	t.Run("what a phone counted", func(t *testing.T) {
		all := strings.Join(cells(), "|")
		if !strings.Contains(all, "Lượt khách 2") || !strings.Contains(all, "Máy mất liên lạc 0 / 1 máy") {
			t.Errorf("cells %s", all)
		}
		page := hubOf(t, k, base, registry.Organiser, e)
		page.Find("#theo-gio .chart svg").HasCount(1)
		page.In("#theo-gio table caption").HasText("Khách theo giờ hôm nay")
	})
	k.Clock.Add(6 * time.Minute)
	t.Run("old figures", func(t *testing.T) {
		page := hubOf(t, k, base, registry.Organiser, e)
		page.In("#hom-nay .warn").HasText("số của 6 phút trước")
		page.In("#nen-lam").HasText("1 máy ở cổng mất liên lạc")
	})
	t.Run("visits alone for who may not see the gates", func(t *testing.T) {
		page := hubOf(t, k, base, registry.Viewer, e)
		page.Find("#hom-nay .fig").HasCount(2)
		page.None("#theo-gio .chart")
		page.None(`a[href="/quan-ly/su-kien/` + string(e.ID) + `/cong/truc-tiep"]`)
	})
}

// TestBrowserRunningHubFits: with figures and a chart of today nothing but the chart and the
// tabs goes past the edge of a narrow phone, nor with large text.
func TestBrowserRunningHubFits(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	e := k.Event(testkit.InState(registry.Running))
	k.Gates(e.ID, 1)
	phone := k.Phone(e.ID, registry.Steward, 1)
	testkit.Works(t, testkit.Second(k.App.Admission.Count(t.Context(), phone.Device, phone.Presses(200))))
	_, token := k.Officer(registry.Organiser, "19")
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	b.Open(base + "/quan-ly/su-kien/" + string(e.ID))
	b.Wait("#theo-gio .chart svg")
	b.Accessible()
	b.FitsNarrow()
}

// TestHubLosesNothing: what an organiser could reach from the page is still on it, and
// what is hard to take back says what it touches.
func TestHubLosesNothing(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	e := k.Event()
	k.Application(e, k.Vendor().ID)
	root := "/quan-ly/su-kien/" + string(e.ID)
	page := hubOf(t, k, base, registry.Organiser, e)
	for _, path := range []string{"/sua", "/nhan-ban", "/doi", "/buoc?den=postponed", "/buoc?den=cancelled", "/buoc?den=draft", "/don", "/gian", "/kich-cau",
		"/the", "/cong", "/phieu", "/doanh-thu", "/kinh-phi", "/bao-cao"} {
		if page.Find(`main a[href="`+root+path+`"]`).Count() == 0 && path != "/buoc?den=draft" {
			t.Errorf("no way to %s", path)
		}
	}
	page.In(`main a[href="/su-kien/` + e.Slug + `"]`)
	page.In("#kho-quay-lai").HasText("Mọi đơn đăng ký (1) bị hủy, 0 thẻ")
	form := page.In(".menu-more").Form(root + "/buoc")
	if form.Fields.Get("to") != string(registry.Closed) {
		t.Errorf("the menu's form steps to %v", form.Fields)
	}
	c := officeClient(t, k, base, registry.Organiser, "19")
	answers(t, c.Post(form.Action, url.Values(form.Fields)), 303)
	hubOf(t, k, base, registry.Organiser, e).In("main").HasText("Đã hết nhận đơn")
	stages := []string{}
	for _, x := range page.Find(".stepper li").Each() {
		stages = append(stages, x.Text())
	}
	if len(stages) != 6 || !slices.ContainsFunc(stages, func(s string) bool { return strings.HasPrefix(s, "Nhận đơn đến") }) {
		t.Errorf("stages %q", stages)
	}
}
