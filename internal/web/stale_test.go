package web_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestSecondSaveAsksFirst saves each form twice from two windows: the second save
// shows what differs, saves nothing while its sender has not chosen, and then
// what was chosen.
func TestSecondSaveAsksFirst(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, _, token := k.OwnVendor()
	product := k.Product(v)
	event := k.Event()
	draft := k.Application(event, v.ID, func(a *registry.Application) { a.State = registry.AppDraft })
	base := k.Serve()
	vendor := testkit.NewClient(t, base)
	vendor.SignInAs(token)
	admin, _ := officer(t, k, base, registry.Admin, "")
	home := "/gian-hang/" + string(v.ID)
	for _, c := range []struct {
		client            *testkit.Client
		path, field       string
		first, second     string
		theirs, mineShown string
	}{
		{vendor, home + "/ho-so", "name", "HTX Thứ Nhất", "HTX Thứ Hai", "HTX Thứ Nhất", "HTX Thứ Hai"},
		{vendor, home + "/san-pham/" + string(product.ID), "name", "Miến thứ nhất", "Miến thứ hai", "Miến thứ nhất", "Miến thứ hai"},
		{vendor, home + "/don/" + string(draft.ID) + "/sua", "note", "Lời thứ nhất", "Lời thứ hai", "Lời thứ nhất", "Lời thứ hai"},
		{admin, "/quan-ly/su-kien/" + string(event.ID) + "/cong/quy-dinh", "max_inside", "5", "6", "5", "6"},
		{admin, "/quan-ly/cai-dat", "hold_minutes", "20", "25", "20", "25"},
	} {
		t.Run(c.path, func(t *testing.T) {
			page := wantStatus(t, c.client.Get(c.path), 200)
			form := testkit.Page(t, page.Body).Form(c.path)
			if a := c.client.Post(c.path, form.Set(c.field, c.first).Fields); a.Status != 303 && a.Status != 200 {
				t.Fatalf("the first save: %d", a.Status)
			}
			late := c.client.Post(c.path, form.Set(c.field, c.second).Fields)
			if late.Status != 409 && late.Status != 422 {
				t.Fatalf("the second save: %d", late.Status)
			}
			shown := testkit.Page(t, late.Body)
			shown.In("#stale tbody").HasText(c.theirs).HasText(c.mineShown)
			again := shown.Form(c.path)
			if got := c.client.Post(c.path, again.Fields); got.Status != late.Status {
				t.Errorf("saving without choosing: %d", got.Status)
			}
			if got := testkit.Page(t, c.client.Get(c.path).Body).Form(c.path).Fields.Get(c.field); got != c.first {
				t.Errorf("stored %q, want what the first saved", got)
			}
			if got := c.client.Post(c.path, again.Set("over", shown.In("#f-over").Attr("value")).Fields); got.Status != 303 {
				t.Errorf("saving what was chosen: %d %s", got.Status, testkit.Page(t, got.Body).Find(".faults").Text())
			}
			if got := testkit.Page(t, c.client.Get(c.path).Body).Form(c.path).Fields.Get(c.field); got != c.second {
				t.Errorf("stored %q, want what was chosen", got)
			}
		})
	}
}

// TestSecondReturnAsksFirst does the same with the sales of a vendor and the words
// of a report, which are begun before anything is stored.
func TestSecondReturnAsksFirst(t *testing.T) {
	t.Parallel()
	h := newHarvest(t)
	paper := h.report() + "/van-ban"
	for _, c := range []struct {
		client            *testkit.Client
		page, path, field string
		first, second     string
	}{
		{h.owner, h.own(), h.own(), "contracts", "1", "2"},
		{h.office, h.report(), paper, "assessment", "Lời thứ nhất", "Lời thứ hai"},
	} {
		form := testkit.Page(t, wantStatus(t, c.client.Get(c.page), 200).Body).Form(c.path)
		if c.path == h.own() {
			form.Fields = amounts(form, "3.200.000", "2.000.000", "1.050.000")
			form = form.Set("contracts_dong", "5.000.000")
		}
		if a := c.client.Post(c.path, form.Set(c.field, c.first).Fields); a.Status != 303 {
			t.Fatalf("%s: the first save: %d %s", c.path, a.Status, testkit.Page(t, a.Body).Find(".faults").Text())
		}
		late := wantStatus(t, c.client.Post(c.path, form.Set(c.field, c.second).Fields), 409)
		shown := testkit.Page(t, late.Body)
		shown.In("#stale tbody").HasText(c.first).HasText(c.second)
		again := shown.Form(c.path)
		wantStatus(t, c.client.Post(c.path, again.Fields), 409)
		if got := c.client.Post(c.path, again.Set("over", shown.In("#f-over").Attr("value")).Fields); got.Status != 303 {
			t.Errorf("%s: saving what was chosen: %d", c.path, got.Status)
		}
	}
}
