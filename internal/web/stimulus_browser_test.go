package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserOfferFromThePhoneToTheStallPage follows one price: typed on the phone of a
// vendor, refused above the ceiling, mended, accepted in the office, struck through on
// the page that a visitor opens from the sign.
func TestBrowserOfferFromThePhoneToTheStallPage(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running))
	organiser, office := k.Officer(registry.Organiser, "19")
	vendor, _, token := k.OwnVendor()
	product := k.Product(vendor, testkit.Proven)
	application := k.Application(event, vendor.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(product))
	booth := k.Booths(event.ID, "A", 1)[0]
	testkit.Works(t, k.App.Booths.AssignBooth(t.Context(), organiser, booths.BoothRef{Event: event.ID, Booth: booth.ID}, application.ID))
	_, passes, _, err := k.App.Passes.EventPasses(t.Context(), organiser, registry.PassFilter{Event: event.ID, Kind: registry.BoothPass})
	if err != nil || len(passes) != 1 {
		t.Fatalf("%d passes (%v)", len(passes), err)
	}
	base := k.Serve()

	phone := testkit.NewBrowser(t, testkit.BrowserOptions{})
	phone.Phone()
	phone.SignInAs(base, token)
	phone.Open(base + "/gian-hang/" + string(vendor.ID) + "/uu-dai")
	phone.Follow("main .actions .btn")
	phone.Follow(`main a.item`)
	phone.FitsWidth()
	phone.Accessible()
	fillFields(phone, map[string]any{"here": "30.000", "condition": "mua từ 2 kg"})
	phone.Allow("422")
	if status := phone.Follow("main form .actions .btn"); status != 422 || !strings.Contains(phone.Text("#faults"), "39/2025/TT-BCT") {
		t.Fatalf("above the ceiling: %d %s", status, phone.Text("main"))
	}
	phone.FitsWidth()
	fillFields(phone, map[string]any{"here": "68.000"})
	phone.Follow("main form .actions .btn")
	if got := phone.Text("main h1"); got != "0 ưu đãi khách đang thấy, 1 chờ duyệt" {
		t.Fatalf("handed in: %s", got)
	}

	desk := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	desk.SignInAs(base, office)
	desk.Open(base + "/quan-ly/su-kien/" + string(event.ID) + "/kich-cau")
	desk.Accessible()
	desk.Follow("main .actions a.btn")
	desk.Accessible()
	fillFields(desk, map[string]any{"verdict": "accepted"})
	desk.Follow("main form .actions .btn")

	visitor := testkit.NewBrowser(t, testkit.BrowserOptions{})
	visitor.Phone()
	visitor.Open(base + "/t/" + passes[0].Code)
	visitor.FitsWidth()
	visitor.Accessible()
	if before, here := visitor.Text("main del"), visitor.Text("main ins"); before != "85.000 ₫" || !strings.Contains(here, "68.000 ₫") {
		t.Errorf("the stall page says %q and %q", before, here)
	}
	if line := testkit.Get(visitor, chromedp.Evaluate[string](`getComputedStyle(document.querySelector("main del")).textDecorationLine`)); line != "line-through" {
		t.Errorf("the old price is drawn %q", line)
	}
}
