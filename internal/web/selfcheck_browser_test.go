package web_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestBrowserAVendorsOwnCheckMakesItsPassValid holds the booth of an event that asks for a
// check by the vendor: its sign says so, until the vendor has looked and handed in on a
// phone; something that it says is not as it should be keeps it shut.
func TestBrowserAVendorsOwnCheckMakesItsPassValid(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running), func(e *registry.Event) { e.SelfCheck = true })
	stall := k.Stall(event, 1)
	sign := testkit.PassesOfKind(stall, registry.BoothPass)[0]
	owner, token := k.VendorAccount()
	var application registry.ApplicationID
	k.Write(func(tx *store.Tx) error {
		if err := tx.InsertMember(t.Context(), sign.Vendor, owner.Account, registry.Owner, owner.Account); err != nil {
			return err
		}
		live, err := tx.LiveApplications(t.Context(), event.ID)
		application = live[0].ID
		return err
	})
	base := k.Serve()
	visitor := testkit.NewClient(t, base)
	stands := func(when string, open bool) {
		t.Helper()
		body := visitor.Get("/t/" + sign.Code).Body
		if held := testkit.Page(t, body).Find(".seal.wait").Count() > 0; held == open {
			t.Errorf("%s: held is %v", when, held)
		}
	}
	stands("before anybody looked", false)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	check := func(label string) {
		t.Helper()
		b.Open(base + "/gian-hang/" + string(sign.Vendor) + "/don/" + string(application) + "/tu-kiem-tra")
		b.FitsNarrow()
		b.Accessible()
		b.WaitFor(`(() => { for (const s of document.querySelectorAll("select[name=answer]")) s.value = "ok"; return true; })()`)
		if label != "ok" {
			b.WaitFor(`(() => { const s = document.querySelector("select[name=answer]"); s.value = "` + label + `";
				document.querySelector("input[name=item_note]").value = "Thiếu giấy"; return true; })()`)
		}
		b.WaitFor(`(document.querySelector("#f-present").value = "Hoàng Thị Hoan", true)`)
		b.Follow("form[data-draft] .actions .btn")
	}
	check("not_ok")
	stands("something is amiss", false)
	check("ok")
	b.Screenshot("self-check-done")
	stands("all is as it should be", true)
}
