package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestAPlaceIsEnteredEndedAndReopenedInTheOffice(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Communicator, testkit.BaBe.Code)
	c.SignInAs(token)
	form := testkit.Page(t, c.Get("/quan-ly/diem-ban/moi").Body).Forms()[0]
	for _, f := range testkit.Page(t, c.Get("/quan-ly/diem-ban/moi").Body).Forms() {
		if f.Has("keeper") {
			form = f
		}
	}
	typed := url.Values{"version": {"0"}, "kind": {"ocop"}, "name": {"Điểm OCOP hồ Ba Bể"}, "area": {"Ba Bể"}, "since_on": {"01/11/2025"}, "keeper": {"Nông Thị Hạnh"},
		"phone": {"0912345678"}, "group": {"food"}, "goods": {"miến dong"}}
	if !form.Has("area") {
		t.Fatal("the page has no form of a place")
	}
	page := c.Post("/quan-ly/diem-ban/moi", typed)
	if page.Status != 303 {
		t.Fatalf("entering gives %d: %s", page.Status, testkit.Page(t, page.Body).In("main").Text())
	}
	at := page.Header.Get("Location")
	testkit.Page(t, c.Get("/quan-ly/diem-ban").Body).Find("h1").HasText("1 điểm đang bán, 0 đã thôi")
	t.Run("the public reads it without the person in charge", func(t *testing.T) {
		everybody := testkit.NewClient(t, k.Serve())
		list, one := everybody.Get("/diem-ban"), everybody.Get("/diem-ban/diem-ocop-ho-ba-be")
		testkit.Page(t, list.Body).In("main").HasText("Điểm OCOP hồ Ba Bể")
		for _, body := range []string{list.Body, one.Body} {
			if strings.Contains(body, "Hạnh") || strings.Contains(body, "912345678") || strings.Contains(body, "912 345") {
				t.Error("the public page names the person in charge")
			}
		}
	})
	t.Run("it ends with a reason and is reopened", func(t *testing.T) {
		if page := c.Post(at+"/thoi", url.Values{"version": {"1"}, "ended_on": {""}, "reason": {""}}); page.Status != 422 {
			t.Errorf("without a reason: %d", page.Status)
		}
		if page := c.Post(at+"/thoi", url.Values{"version": {"1"}, "ended_on": {"02/11/2025"}, "reason": {"hết hợp đồng"}}); page.Status != 303 {
			t.Errorf("ending gives %d", page.Status)
		}
		testkit.Page(t, c.Get("/quan-ly/diem-ban").Body).Find("h1").HasText("0 điểm đang bán, 1 đã thôi")
		testkit.Page(t, c.Get("/quan-ly/diem-ban?ngay=02/11/2025").Body).Find("h1").HasText("1 điểm đang bán, 0 đã thôi")
		testkit.Page(t, testkit.NewClient(t, k.Serve()).Get("/diem-ban/diem-ocop-ho-ba-be").Body).In("main").HasText("đã thôi bán")
		if page := c.Post(at+"/mo-lai", url.Values{"version": {"2"}}); page.Status != 303 {
			t.Errorf("reopening gives %d", page.Status)
		}
	})
}

func TestABadPlaceComesBackAsItWasTyped(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Communicator, "19")
	c.SignInAs(token)
	page := c.Post("/quan-ly/diem-ban/moi", url.Values{"kind": {"ocop"}, "name": {""}, "area": {"Ba Bể"}, "since_on": {"32/13/2026"}, "goods": {"mật ong"}})
	if page.Status != 422 {
		t.Fatalf("a bad form gives %d", page.Status)
	}
	doc := testkit.Page(t, page.Body)
	doc.Find("#e-name").HasCount(1)
	doc.Find("#e-since_on").HasCount(1)
	doc.Find("textarea[name=goods]").HasText("mật ong")
}

func TestTheBoardCountsThePlacesThatItsListShows(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	actor, token := k.Officer(registry.Admin, "")
	c.SignInAs(token)
	task := k.Task()
	k.Place()
	k.Place(func(in *places.Input) { in.Name, in.Area = "Bắc Kạn", "2025:01843" })
	ended := k.Place(func(in *places.Input) { in.Name = "Đã thôi" })
	testkit.Works(t, k.App.Places.End(t.Context(), actor, ended.ID, places.EndInput{Day: vn.ShowDate(ended.From), Reason: "hết hợp đồng", Version: 1}))
	board, err := k.App.Campaign.Board(t.Context(), actor, task.Plan)
	if err != nil {
		t.Fatal(err)
	}
	row := rowOfStrand(t, board, committee.Outlets)
	if row.Progress.Done != 2 || !row.Counted {
		t.Errorf("the board counts %+v, want 2 places", row.Progress)
	}
	links := 0
	for _, a := range testkit.Page(t, c.Get("/quan-ly/ke-hoach/"+string(task.Plan)).Body).Find(".strands a").Each() {
		if strings.HasPrefix(a.Attr("href"), "/quan-ly/diem-ban?") {
			links++
			testkit.Page(t, c.Get(a.Attr("href")).Body).Find("h1").HasText("2 điểm đang bán, 1 đã thôi")
		}
	}
	if links != 1 {
		t.Errorf("%d links lead to the places behind the figure", links)
	}
}

func rowOfStrand(t *testing.T, b campaign.Board, s committee.Strand) campaign.StrandRow {
	t.Helper()
	for _, row := range b.Strands {
		if row.Strand == s {
			return row
		}
	}
	t.Fatalf("the board has no strand %s", s)
	return campaign.StrandRow{}
}

func TestSurveysStandInABlockOfTheirOwn(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Admin, "")
	c.SignInAs(token)
	k.Survey()
	plan := k.Task().Plan
	for who, page := range map[string]string{"the plan": c.Get("/quan-ly/ke-hoach/" + string(plan)).Body, "everybody": testkit.NewClient(t, k.Serve()).Get("/chuyen-trang").Body} {
		t.Run(who, func(t *testing.T) {
			main := testkit.Page(t, page).In("main")
			for _, words := range []string{"Số liệu khảo sát (không đếm)", "83,4 %", "Hỏi trực tiếp, 1.200 người", "Báo cáo khảo sát của Ban Chỉ đạo", "công bố"} {
				main.HasText(words)
			}
		})
	}
	if strings.Contains(testkit.NewClient(t, k.Serve()).Get("/chuyen-trang").Body, "/quan-ly/khao-sat") {
		t.Error("the public page leads into the office")
	}
}
