package web_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/testkit"
	"hoicho/static"
)

// standIn is what a browser cannot do without its maker's push service: the question and
// the subscription. All else is real.
const standIn = `
	window.asked = 0;
	let said = %q;
	Object.defineProperty(Notification, "permission", { get: () => said });
	Notification.requestPermission = async () => { asked++; return (said = %q); };
	PushManager.prototype.getSubscription = async () => null;
	PushManager.prototype.subscribe = async function (o) {
		window.subscribedWith = btoa(String.fromCharCode(...o.applicationServerKey)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
		return { toJSON: () => ({ endpoint: %q, keys: { p256dh: %q, auth: %q } }) };
	};`

func TestBrowserTurnsOnNotifications(t *testing.T) {
	k := testkit.NewApp(t)
	service := k.NewPushService()
	owner, token := k.SignedIn(k.PhoneOnly())
	v := k.Vendor(testkit.OwnedBy(owner))
	a := k.Application(k.Event(), v.ID, testkit.Standing("submitted"))
	base := k.Serve()
	key, _, err := k.App.PushKey(t.Context())
	testkit.Works(t, err)
	phone := service.Phone(key.Public)
	script := func(before, answer string) string {
		return fmt.Sprintf(standIn, before, answer, phone.Address.Endpoint, phone.Address.P256dh, phone.Address.Auth)
	}
	t.Run("allowed", func(t *testing.T) {
		b := testkit.NewBrowser(t, testkit.BrowserOptions{Script: script("default", "granted")})
		b.SignInAs(base, token)
		b.Open(base + ownApplication(a))
		b.WaitFor(`!document.querySelector("[data-push-offer]").hidden`)
		if n := testkit.Get(b, chromedp.Evaluate[int]("asked")); n != 0 {
			t.Errorf("the page asked %d times by itself", n)
		}
		b.Accessible()
		b.FitsNarrow()
		b.Screenshot("push-offer")
		b.Click("[data-push-offer] button")
		b.WaitFor(`!document.querySelector("[data-push-state=on]").hidden`)
		if got := testkit.Get(b, chromedp.Evaluate[string]("subscribedWith")); got != key.Public {
			t.Errorf("subscribed with the key %s", got)
		}
		b.Accessible()
		b.Screenshot("push-on")
		b.Open(base + "/tai-khoan")
		b.Page().In("#may-nhan-bao").HasText("Chrome, Android")
		b.Accessible()
		b.FitsNarrow()
	})
	t.Run("refused", func(t *testing.T) {
		b := testkit.NewBrowser(t, testkit.BrowserOptions{Script: script("default", "denied")})
		in, token := k.SignedIn(k.PhoneOnly())
		other := k.Vendor(testkit.OwnedBy(in))
		b.SignInAs(base, token)
		b.Open(base + ownApplication(k.Application(k.Event(), other.ID, testkit.Standing("submitted"))))
		b.WaitFor(`!document.querySelector("[data-push-offer]").hidden`)
		b.Click("[data-push-offer] button")
		b.WaitFor(`!document.querySelector("[data-push-state=refused]").hidden`)
		b.Page().In("[data-push-else]").HasText("có kết quả, ban tổ chức")
		b.Screenshot("push-refused")
	})
}

// TestBrowserWorkerShowsAndOpens runs the worker on a stand-in for its own surroundings.
func TestBrowserWorkerShowsAndOpens(t *testing.T) {
	k := testkit.NewApp(t)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.Allow("favicon.ico")
	b.Open(k.Serve() + "/healthz")
	f, ok := static.Open("js/pushsw.js")
	if !ok {
		t.Fatal("no worker")
	}
	source, err := json.Marshal(string(f.Data))
	testkit.Works(t, err)
	got := testkit.Get(b, chromedp.Evaluate[string](`(async () => {
		const on = {}, done = { shown: [], opened: [], sent: [] };
		const self = { addEventListener: (n, f) => { on[n] = f; }, skipWaiting() {},
			registration: { showNotification: async (title, o) => { done.shown.push([title, o.body, o.data]); } },
			clients: { openWindow: async (p) => { done.opened.push(p); } } };
		const fetch = async (url, o) => { done.sent.push([url, String(o.body), o.credentials]); };
		new Function("self", "fetch", `+string(source)+`)(self, fetch);
		const run = (name, e) => { let p; on[name]({ ...e, waitUntil: (w) => { p = w; } }); return p; };
		await run("push", { data: { json: () => ({ id: "m1", title: "Đơn số 1", body: "Chợ", path: "/gian-hang/v" }) } });
		await run("push", { data: { json: () => { throw new Error("x"); } } });
		for (const path of ["/gian-hang/v", "//evil.example", "https://evil.example", undefined])
			await run("notificationclick", { notification: { close() {}, data: { id: "m1", path } } });
		return JSON.stringify(done);
	})()`, chromedp.EvalAwaitPromise))
	want := `{"shown":[["Đơn số 1","Chợ",{"id":"m1","path":"/gian-hang/v"}]],"opened":["/gian-hang/v","/gian-hang","/gian-hang","/gian-hang"],` +
		`"sent":[["/thong-bao/mo","id=m1","omit"],["/thong-bao/mo","id=m1","omit"],["/thong-bao/mo","id=m1","omit"],["/thong-bao/mo","id=m1","omit"]]}`
	if got != want {
		t.Errorf("the worker did %s", got)
	}
}
