package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"hoicho/internal/committee"
	"hoicho/internal/testkit"
)

// TestBrowserABodySendsItsReturnFromAPhone sends the figures of a quarter with a photo of
// their paper: what cannot be is refused at its field and nothing typed is lost, what is sent
// stands in the register with the share that was computed.
func TestBrowserABodySendsItsReturnFromAPhone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base, body := k.Serve(), k.Body()
	_, token := k.ActsFor(body)
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(base, token)
	b.Open(base + "/quan-ly/mua-sam")
	b.Follow(`.actions.reg a.btn[href*="/mua-sam/"]:first-child`)
	b.Accessible()
	b.FitsNarrow()
	over := string(committee.QuarterOver(k.App.Today()).Part)
	b.WaitFor(`document.querySelector("#f-part").value === "` + over + `"`)
	pick(b, "#f-group", "office_equipment")
	b.Type("#f-total", "100tr")
	b.Type("#f-domestic", "120tr")
	photo := filepath.Join(t.TempDir(), "van-ban.png")
	if err := os.WriteFile(photo, testkit.PhotoPNG(t), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Follow("form[data-draft] .actions .btn")
	b.Page().In("#faults a").HasText("không thể lớn hơn tổng giá trị")
	b.WaitFor(`document.querySelector("#f-total").value.includes("100") && (document.querySelector("#f-domestic").value = "72tr", true)`)
	b.Do(chromedp.SetUploadFiles(chromedp.CSS("#f-photo"), []string{photo}, chromedp.NodeReady))
	b.WaitFor(`document.querySelector("#f-photo").files.length === 1`)
	b.Follow("form[data-draft] .actions .btn")
	b.Accessible()
	b.FitsNarrow()
	b.Screenshot("procurement-phone")
	b.Page().In("h1").HasText("72,0 %")
	rows := k.Look(`SELECT total_dong, domestic_dong FROM procurements`)
	if len(rows) != 1 {
		t.Fatalf("the register has %d rows", len(rows))
	}
}
