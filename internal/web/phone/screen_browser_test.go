package phone_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// ownerOf signs somebody in who acts for the vendor of a pass.
func ownerOf(t *testing.T, k *testkit.Kit, row registry.PassRow) (token string) {
	t.Helper()
	actor, token := k.VendorAccount()
	k.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), row.Vendor, actor.Account, registry.Owner, actor.Account)
	})
	return token
}

// TestBrowserPassFromAScreen: a vendor opens its passes once, and shows one at a gate when
// neither phone has a network. What the gate's camera sees is the vendor's screen.
func TestBrowserPassFromAScreen(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 3, testkit.BrowserOptions{})
	row := testkit.PassesOfKind(s.k.Stall(s.event, 40), registry.StaffPass)[0]
	own := testkit.NewBrowser(t, testkit.BrowserOptions{})
	own.Allow("ERR_INTERNET_DISCONNECTED", "not loaded")
	own.SignInAs(s.base, ownerOf(t, s.k, row))
	own.Open(s.base + "/gian-hang/" + string(row.Vendor) + "/the")
	own.WaitFor(`document.body.dataset.kept === "true"`)
	own.FitsWidth()
	own.Accessible()
	own.Screenshot("pass/list")
	own.WaitFor(`navigator.serviceWorker.controller !== null`)
	own.Offline(true)
	own.Follow(`a[href$="/` + string(row.ID) + `"]`)
	own.Page().In("main").HasText(pass.FormatCode(row.Code)).HasText(row.VendorName)
	own.FitsWidth()
	own.Accessible()
	own.Screenshot("pass/screen")
	text := pass.Text(s.k.App.BaseURL, row.Code, row.Proof)
	film := testkit.CameraFilm(t, 3, testkit.CutQR(t, own.Picture(), text))

	s.run(`dispatchEvent(new Event("online")); 0`)
	s.Click("#open-menu")
	s.Click("#send-now")
	s.WaitFor(`/ ([0-9]+) thẻ trong danh sách/.exec(document.querySelector("#about").textContent)?.[1] > 3`)
	s.door.Shut()
	s.options.Camera = film
	s.restart()
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	if who := s.Text("#v-who"); who == "" {
		t.Error("the gate does not say who comes")
	}
}

// TestBrowserPassesAreForgotten: what a phone kept for somebody is gone once they signed out.
func TestBrowserPassesAreForgotten(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	row := testkit.PassesOfKind(s.k.Stall(s.event, 41), registry.VehiclePass)[0]
	own := testkit.NewBrowser(t, testkit.BrowserOptions{})
	own.SignInAs(s.base, ownerOf(t, s.k, row))
	list := "/gian-hang/" + string(row.Vendor) + "/the"
	own.Open(s.base + list)
	own.WaitFor(`document.body.dataset.kept === "true"`)
	kept := `caches.keys().then(async (names) => { let n = 0; for (const name of names) if (name === "hoicho-pass") n += (await (await caches.open(name)).keys()).length;
		document.body.dataset.n = n; }); 0`
	own.Do(chromedp.Evaluate[chromedp.Void](kept))
	own.WaitFor(`Number(document.body.dataset.n) > 3`)
	own.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("form[action='/dang-xuat']").requestSubmit(); 0`))
	own.WaitFor(`location.pathname === "/" && document.readyState === "complete"`)
	own.Do(chromedp.Evaluate[chromedp.Void](kept))
	own.WaitFor(`document.body.dataset.n === "0"`)
}

// TestBrowserPassIsSent: the phone's own sheet gets the pass as a picture; a browser without
// such a sheet offers to save it.
func TestBrowserPassIsSent(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	row := testkit.PassesOfKind(s.k.Stall(s.event, 42), registry.StaffPass)[0]
	token := ownerOf(t, s.k, row)
	page := s.base + "/gian-hang/" + string(row.Vendor) + "/the/" + string(row.Event) + "/" + string(row.ID)
	own := testkit.NewBrowser(t, testkit.BrowserOptions{Script: `navigator.canShare = (d) => d.files[0].type === "image/png";
		navigator.share = async (d) => { document.body.dataset.sent = d.files[0].name + " " + (d.files[0].size > 5000) + " " + d.title; };`})
	own.SignInAs(s.base, token)
	own.Open(page)
	own.Click("[data-share]")
	own.WaitFor(`document.body.dataset.sent.startsWith("the.png true ")`)
	plain := testkit.NewBrowser(t, testkit.BrowserOptions{Script: `navigator.canShare = undefined;`})
	plain.SignInAs(s.base, token)
	plain.Open(page)
	plain.WaitFor(`document.body.dataset.kept && document.querySelector("[data-share]").hidden`)
	plain.Page().In("a[download]").HasText("Lưu ảnh")
}
