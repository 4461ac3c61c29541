package web_test

import (
	"net/url"
	"testing"

	"hoicho/internal/app/costs"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestAnEventSaysWhatItCosts(t *testing.T) {
	k := testkit.NewApp(t)
	plan := k.Task().Plan
	e := k.Event(testkit.InState(registry.Ended))
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	at := "/quan-ly/su-kien/" + string(e.ID)
	typed := url.Values{"version": {"0"}, "kind": {"transport"}, "source": {"budget"}, "title": {"Xe chở hàng"}, "estimate": {""}, "spent": {""}}
	got := c.Post(at+"/kinh-phi/ghi", typed)
	testkit.Page(t, got.Body).In("#e-estimate").HasText("dự toán hoặc số đã chi")
	typed.Set("estimate", "20tr")
	if got = c.Post(at+"/kinh-phi/ghi", typed); got.Status != 303 {
		t.Fatalf("%d: %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	t.Run("a line of the plan is shared with it", func(t *testing.T) {
		page := testkit.Page(t, c.Get("/quan-ly/ke-hoach/"+string(plan)+"/kinh-phi/ghi").Body)
		page.In("#f-shares").HasText(e.Title)
		shared := url.Values{"version": {"0"}, "kind": {"booths"}, "source": {"budget"}, "title": {"Gian hàng"}, "estimate": {"30tr"}, "spent": {"10tr"},
			"share_event": {string(e.ID)}, "share_parts": {"1"}}
		if got := c.Post("/quan-ly/ke-hoach/"+string(plan)+"/kinh-phi/ghi", shared); got.Status != 303 {
			t.Errorf("%d: %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
		}
	})
	testkit.Page(t, c.Get(at).Body).In("#cost").HasText("Dự toán 50.000.000 ₫, đã chi 10.000.000 ₫")
	testkit.Page(t, c.Get(at+"/kinh-phi").Body).In("main").HasText("phần của sự kiện này trong khoản chung 30.000.000 ₫")
	testkit.Page(t, c.Get("/quan-ly/ke-hoach/"+string(plan)+"/kinh-phi").Body).Find("h1").HasText("Dự toán 50.000.000 ₫, đã chi 10.000.000 ₫")
	t.Run("a viewer reads and does not write", func(t *testing.T) {
		line := k.Cost(costs.Owner{Event: e.ID})
		viewer := testkit.NewClient(t, k.Serve())
		_, token := k.Officer(registry.Viewer, "19")
		viewer.SignInAs(token)
		if got := viewer.Get("/quan-ly/kinh-phi/" + string(line.ID)); got.Status != 200 {
			t.Errorf("reading gives %d", got.Status)
		}
		if got := viewer.Get(at + "/kinh-phi/" + string(line.ID) + "/chinh-sua"); got.Status != 404 {
			t.Errorf("the form gives %d", got.Status)
		}
	})
}
