package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// unreachable makes an event with one vendor that has an address and five that have
// none, the last without a phone either.
func unreachable(t *testing.T, k *testkit.Kit) (e registry.Event, none []registry.Vendor) {
	t.Helper()
	e = k.Event()
	v, _, _ := k.OwnVendor()
	k.Application(e, v.ID, testkit.Standing(registry.AppApproved))
	for i := range 5 {
		v := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) {
			if i == 4 {
				v.Phone = ""
			}
		}))
		k.Application(e, v.ID, testkit.Standing(registry.AppApproved))
		none = append(none, v)
	}
	return e, none
}

// firstCall is the form of the first vendor to call on a page, with what came of it.
func firstCall(t *testing.T, c *testkit.Client, path, outcome string) url.Values {
	t.Helper()
	for _, f := range testkit.Forms(t, c.Get(path).Body) {
		if f.Has("up_to") {
			f.Fields.Set("outcome", outcome)
			return f.Fields
		}
	}
	t.Fatalf("nobody is to be called on %s", path)
	return nil
}

// undos are where calls of a page are taken back.
func undos(page testkit.Doc) (actions []string) {
	for _, f := range page.Forms() {
		if strings.HasSuffix(f.Action, "/bo") {
			actions = append(actions, f.Action)
		}
	}
	return actions
}

func TestPostponingSaysWhomItReached(t *testing.T) {
	k := testkit.NewApp(t)
	e, none := unreachable(t, k)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	ask := testkit.Page(t, organiser.Get(root+"/buoc?den=postponed").Body)
	ask.In("main").HasText("Đơn (6) và gian được giữ").HasText("1 cơ sở nhận thư; 5 cơ sở không có e-mail, phải gọi điện.")
	form := ask.Form(root+"/buoc").Set("reason", "Mưa lũ")
	if a := organiser.Post(form.Action, form.Fields); a.Status != http.StatusSeeOther {
		t.Fatalf("postponing answers %d", a.Status)
	}
	hub := testkit.Page(t, organiser.Get(root).Body)
	hub.In(".flash").HasText("Đã gửi thư 1; 5 cơ sở phải gọi điện.")
	hub.In(`.flash a[href="` + root + `/goi"]`)
	hub.In("#nen-lam .grave").HasText("5 cơ sở chưa ai báo: cần gọi")
	page := testkit.Page(t, organiser.Get(root+"/goi").Body)
	page.In("main").HasText("5 cơ sở chưa ai báo: cần gọi").HasText("không có số điện thoại").HasText("Thư đang gửi · 1")
	page.In("aside").HasText(e.Title).HasText("tạm hoãn").HasText("Mưa lũ")
	page.Find(".calls tbody th[scope=row]").HasCount(5)
	page.In(".calls .about").HasText("sự kiện tạm hoãn").HasText("5")
	page.In(".calls").LacksText(e.Title).LacksText("Mưa lũ")     // said once, above
	page.Find(`a[href="tel:` + none[0].Phone + `"]`).HasCount(2) // the first one stands on top too
	for i := range 5 {
		outcome := []string{"spoken", "texted", "passed_on", "spoken", "spoken"}[i]
		if a := organiser.Post(root+"/goi", firstCall(t, organiser, root+"/goi", outcome)); a.Status != http.StatusSeeOther {
			t.Fatalf("noting a call answers %d", a.Status)
		}
	}
	done := testkit.Page(t, organiser.Get(root+"/goi").Body)
	done.In("main").HasText("Không phải gọi ai; 1 thư đang gửi").HasText("Đã gọi, đã nhắn · 5").HasText("đã nói chuyện")
	if hub := organiser.Get(root); strings.Contains(hub.Body, "chưa ai báo") {
		t.Error("the event still asks for calls")
	}
	undo := undos(done)
	if a := organiser.Post(undo[0], url.Values{}); len(undo) != 5 || a.Status != http.StatusSeeOther {
		t.Errorf("%d calls to take back, the first answers %d", len(undo), a.Status)
	}
	testkit.In(t, organiser.Get(root+"/goi").Body, "main").HasText("1 cơ sở chưa ai báo").HasText("lại ở danh sách cần gọi")
}

func TestTwoOfficersDoNotCallTwice(t *testing.T) {
	k := testkit.NewApp(t)
	e, none := unreachable(t, k)
	actor, token := k.Officer(registry.Organiser, "19")
	if err := k.App.Lifecycle.StepEvent(t.Context(), actor, e.ID, lifecycle.StepInput{To: registry.Cancelled, Reason: "Bão", Version: e.Version}); err != nil {
		t.Fatal(err)
	}
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	root := "/quan-ly/su-kien/" + string(e.ID) + "/goi"
	form := firstCall(t, c, root, "spoken")
	c.Post(root, form)
	again := c.Post(root, form)
	testkit.In(t, again.Body, `[role="alert"]`).HasText("đã có người báo")
	if again.Status != http.StatusConflict || len(none) != 5 {
		t.Errorf("the second call answers %d", again.Status)
	}
	if a := c.Post(root, firstCall(t, c, root, "x")); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("an outcome that is none answers %d", a.Status)
	}
}

func TestVendorWithoutAnAddressIsCalledFromItsFile(t *testing.T) {
	k := testkit.NewApp(t)
	v := k.Vendor()
	c := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	file := "/quan-ly/co-so/" + string(v.ID)
	c.Post(file+"/chan", url.Values{"reason": {"Bán hàng giả"}})
	page := testkit.Page(t, c.Get(file).Body)
	page.In(".flash").HasText("1 cơ sở phải gọi điện")
	page.In(".banner.stop").HasText("cần gọi").HasText("Lý do: Bán hàng giả")
	if a := c.Post(file+"/goi", firstCall(t, c, file, "spoken")); a.Status != http.StatusSeeOther {
		t.Fatalf("noting the call answers %d", a.Status)
	}
	page = testkit.Page(t, c.Get(file).Body)
	page.In("main").HasText("đã nói chuyện").LacksText("cần gọi")
	c.Post(undos(page)[0], url.Values{})
	testkit.In(t, c.Get(file).Body, ".banner.stop").HasText("cần gọi")
}
