package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// phoneOnly is a vendor whose owner has a phone and no e-mail, signed in on it, with an
// application that waits.
func phoneOnly(t *testing.T, k *testkit.Kit) (in *testkit.Client, e registry.Event, a registry.Application) {
	t.Helper()
	owner, token := k.SignedIn(k.PhoneOnly())
	v := k.Vendor(testkit.OwnedBy(owner), testkit.WithVendor(func(v *registry.Vendor) { v.Email = "" }))
	e = k.Event()
	a = k.Application(e, v.ID, testkit.Standing(registry.AppSubmitted))
	in = testkit.NewClient(t, k.Serve())
	in.SignInAs(token)
	return in, e, a
}

func ownApplication(a registry.Application) string {
	return "/gian-hang/" + string(a.Vendor) + "/don/" + string(a.ID)
}

// subscribed turns notifications on with what the page of an application offers.
func subscribed(t *testing.T, s *testkit.PushService, c *testkit.Client, page string) *testkit.PushPhone {
	t.Helper()
	phone := s.Phone(testkit.In(t, c.Get(page).Body, "[data-push]").Attr("data-push"))
	if a := c.Post("/tai-khoan/bao-tin", pushForm(phone)); a.Status != http.StatusCreated {
		t.Fatalf("subscribing answers %d: %s", a.Status, a.Body)
	}
	return phone
}

func pushForm(p *testkit.PushPhone) url.Values {
	in := p.Input()
	return url.Values{"endpoint": {in.Endpoint}, "p256dh": {in.P256dh}, "auth": {in.Auth}, "key": {in.Key}}
}

// TestDecisionReachesAPhoneOnlyVendor goes the whole way: offered on the page of the
// application, decided in the office, sent, opened, off the call list.
func TestDecisionReachesAPhoneOnlyVendor(t *testing.T) {
	k := testkit.NewApp(t)
	service := k.NewPushService()
	c, e, a := phoneOnly(t, k)
	testkit.In(t, c.Get(ownApplication(a)).Body, "[data-push]").HasText("Báo cho anh/chị trên điện thoại này").HasText("ban tổ chức gọi điện cho anh/chị")
	phone := subscribed(t, service, c, ownApplication(a))
	office := officeClient(t, k, c.Base, registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	approved(t, k, reviewer, a)
	sent, err := k.App.SendPushes(t.Context())
	if err != nil || sent != 1 || len(phone.Got()) != 1 {
		t.Fatalf("%d sent, %v; refused %q", sent, err, service.Refusals())
	}
	got := phone.Got()[0]
	if !strings.Contains(got.Title, "đã được duyệt") || got.Path != ownApplication(a) {
		t.Errorf("the phone shows %+v", got)
	}
	list := testkit.Page(t, office.Get(root+"/goi").Body)
	list.In("main").HasText("1 cơ sở chưa ai báo").HasText("đã báo lên điện thoại").HasText("chưa mở")
	testkit.In(t, office.Get(root+"/goi/nhat-ky").Body, "main").HasText("dịch vụ đã nhận").HasText("chưa ai biết chắc: cần gọi")
	nobody := testkit.NewClient(t, c.Base)
	for range 2 {
		if a := nobody.Post("/thong-bao/mo", url.Values{"id": {got.ID}}); a.Status != http.StatusNoContent {
			t.Fatalf("opening answers %d", a.Status)
		}
	}
	testkit.In(t, office.Get(root+"/goi").Body, "main").HasText("Ai cũng đã được báo").HasText("Đã mở trên điện thoại · 1")
	testkit.In(t, office.Get(root+"/goi/nhat-ky").Body, "main").HasText("đã mở").LacksText("cần gọi")
	if a := nobody.Post("/thong-bao/mo", url.Values{"id": {"0192f000-0000-7000-8000-000000000000"}}); a.Status != http.StatusNotFound {
		t.Errorf("opening what was never sent answers %d", a.Status)
	}
}

func TestWithoutPermissionTheCallListHasHer(t *testing.T) {
	k := testkit.NewApp(t)
	k.NewPushService()
	c, e, a := phoneOnly(t, k)
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	approved(t, k, reviewer, a)
	office := officeClient(t, k, c.Base, registry.Organiser, "19")
	testkit.In(t, office.Get("/quan-ly/su-kien/"+string(e.ID)+"/goi").Body, "main").HasText("1 cơ sở chưa ai báo").HasText("không có e-mail").LacksText("điện thoại,")
}

// TestAskBeforeAStepSaysWhoIsNotified: with its effects in numbers.
func TestAskBeforeAStepSaysWhoIsNotified(t *testing.T) {
	k := testkit.NewApp(t)
	service := k.NewPushService()
	c, e, a := phoneOnly(t, k)
	subscribed(t, service, c, ownApplication(a))
	office := officeClient(t, k, c.Base, registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	ask := testkit.Page(t, office.Get(root+"/buoc?den=postponed").Body)
	ask.In("main").HasText("1 cơ sở không có e-mail: phải gọi điện.").HasText("1 cơ sở trong số phải gọi được báo lên điện thoại")
	form := ask.Form(root+"/buoc").Set("reason", "Mưa lũ")
	office.Post(form.Action, form.Fields)
	testkit.In(t, office.Get(root).Body, ".flash").HasText("1 cơ sở trong số phải gọi được báo lên điện thoại; ai mở xem thì tự rời danh sách gọi.")
}

func TestOwnPhonesAreListedAndEnded(t *testing.T) {
	k := testkit.NewApp(t)
	service := k.NewPushService()
	c, _, a := phoneOnly(t, k)
	subscribed(t, service, c, ownApplication(a))
	page := testkit.In(t, c.Get("/tai-khoan").Body, "#may-nhan-bao").HasText("Chrome, Android").HasText("thiết bị này").HasText("127.0.0.1")
	testkit.In(t, c.Get(ownApplication(a)).Body, "[data-push-here]")
	end := page.Forms()[0].Action
	stranger, _, _ := phoneOnly(t, k)
	if a := stranger.Post(end, nil); a.Status != http.StatusNotFound {
		t.Errorf("a stranger ends it: %d", a.Status)
	}
	if a := c.Post(end, nil); a.Status != http.StatusSeeOther {
		t.Errorf("ending it answers %d", a.Status)
	}
	testkit.In(t, c.Get("/tai-khoan").Body, "#may-nhan-bao").HasText("Chưa bật trên máy nào")
	testkit.Page(t, c.Get(ownApplication(a)).Body).None("[data-push-here]")
}

func TestSubscribingIsRefusedWithAReason(t *testing.T) {
	k := testkit.NewApp(t)
	service := k.NewPushService()
	c, _, a := phoneOnly(t, k)
	key := testkit.In(t, c.Get(ownApplication(a)).Body, "[data-push]").Attr("data-push")
	for name, x := range map[string]struct {
		field, value string
		status       int
		why          string
	}{
		"inside the network": {"endpoint", "https://192.168.1.1/x", http.StatusUnprocessableEntity, "địa chỉ nhận báo"},
		"not https":          {"endpoint", "http://push.example.com/x", http.StatusUnprocessableEntity, "địa chỉ nhận báo"},
		"no address":         {"endpoint", "", http.StatusUnprocessableEntity, "địa chỉ nhận báo"},
		"no point":           {"p256dh", strings.Repeat("A", 87), http.StatusUnprocessableEntity, "địa chỉ nhận báo"},
		"short secret":       {"auth", "AAAA", http.StatusUnprocessableEntity, "địa chỉ nhận báo"},
		"another key":        {"key", "BAAA", http.StatusConflict, "vừa đổi"},
	} {
		form := pushForm(service.Phone(key))
		form.Set(x.field, x.value)
		if got := c.Post("/tai-khoan/bao-tin", form); got.Status != x.status || !strings.Contains(got.Body, x.why) {
			t.Errorf("%s answers %d: %s", name, got.Status, got.Body)
		}
	}
	nobody := testkit.NewClient(t, c.Base)
	if got := nobody.Post("/tai-khoan/bao-tin", pushForm(service.Phone(key))); got.Status != http.StatusUnauthorized {
		t.Errorf("without signing in it answers %d", got.Status)
	}
	c.Crossing = "cross-site"
	if got := c.Post("/tai-khoan/bao-tin", pushForm(service.Phone(key))); got.Status != http.StatusForbidden {
		t.Errorf("from another site it answers %d", got.Status)
	}
}

func TestKeyOfNotificationsIsRenewedByAdministrators(t *testing.T) {
	k := testkit.NewApp(t)
	service := k.NewPushService()
	c, _, a := phoneOnly(t, k)
	subscribed(t, service, c, ownApplication(a))
	admin := officeClient(t, k, c.Base, registry.Admin, "")
	testkit.In(t, admin.Get("/quan-ly/khoa").Body, "#bao-tin").HasText("Máy đang nhận báo 1")
	ask := testkit.In(t, admin.Get("/quan-ly/khoa?bao-tin=1").Body, "#bao-tin").HasText("1 máy thôi nhận báo")
	form := ask.Forms()[0]
	organiser := officeClient(t, k, c.Base, registry.Organiser, "19")
	if a := organiser.Post(form.Action, form.Fields); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden {
		t.Errorf("an organiser renews it: %d", a.Status)
	}
	if a := admin.Post(form.Action, form.Fields); a.Status != http.StatusSeeOther {
		t.Fatalf("renewing answers %d", a.Status)
	}
	testkit.In(t, admin.Get("/quan-ly/khoa").Body, "#bao-tin").HasText("Máy đang nhận báo 0")
}

func TestWorkerOfNotifications(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	if w := c.Get("/thong-bao/sw.js"); !strings.Contains(w.Body, "unregister()") || strings.Contains(w.Body, "showNotification") {
		t.Error("switched off, the worker does not end itself")
	}
	k.NewPushService()
	w := answers(t, c.Get("/thong-bao/sw.js"), http.StatusOK)
	for name, want := range map[string]string{"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache", "Service-Worker-Allowed": "/thong-bao/"} {
		if got := w.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(w.Body, "showNotification") || strings.Contains(w.Body, `"fetch"`) {
		t.Error("the worker shows nothing, or answers requests of pages")
	}
}

func TestSwitchedOffNothingIsOffered(t *testing.T) {
	k := testkit.NewApp(t)
	c, _, a := phoneOnly(t, k)
	testkit.Page(t, c.Get(ownApplication(a)).Body).None("[data-push]")
	testkit.Page(t, c.Get("/tai-khoan").Body).None("#may-nhan-bao")
}

// approved decides on an application as it stands now.
func approved(t *testing.T, k *testkit.Kit, reviewer registry.Actor, a registry.Application) {
	t.Helper()
	v, err := k.App.Booths.ReviewedApplication(t.Context(), reviewer, a.ID)
	testkit.Works(t, err)
	testkit.Works(t, k.App.Booths.ApproveApplication(t.Context(), reviewer, a.ID, booths.Decision{Granted: 1, Version: v.Version, Reason: "đủ điều kiện"}))
}
