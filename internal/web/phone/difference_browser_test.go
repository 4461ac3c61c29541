package phone_test

import (
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserTwoGatesWithoutNetwork: two phones are cut off and let the same pass
// in. When they are back, the live page tells the organiser within five seconds
// and without a reload, the reconciliation page names both gates, and the chief
// closes the line with a word.
func TestBrowserTwoGatesWithoutNetwork(t *testing.T) {
	t.Parallel()
	w := newGateWalk(t)
	second := *w
	second.Browser = testkit.NewBrowser(t, testkit.BrowserOptions{})
	pairIn(second.Browser, w.base, pairingToken(t, w.k, w.event.ID, 2))
	second.WaitFor(`document.body.dataset.now === "scan"`)
	office := testkit.NewBrowser(t, testkit.BrowserOptions{Wide: true})
	_, token := w.k.Officer(registry.Organiser, "19")
	office.SignInAs(w.base, token)
	root := w.base + "/quan-ly/su-kien/" + string(w.event.ID) + "/cong"
	office.Open(root + "/truc-tiep")
	office.WaitFor(`document.querySelector("#live") && !document.querySelector("#waiting")`)

	phones := []*gateWalk{w, &second}
	for _, p := range phones {
		p.Allow("not loaded", "ERR_INTERNET_DISCONNECTED")
		p.Offline(true)
	}
	for _, p := range phones {
		p.typeCode(w.staff[0])
		testkit.PageShows(t, p.Browser, "wait", "Mời vào · chờ đồng bộ")
		time.Sleep(time.Second) // the scans have times of their own
	}
	for _, p := range phones {
		p.next()
		p.Offline(false)
		p.WaitFor(`!document.querySelector("#net").textContent.includes("chờ gửi")`)
	}
	office.WaitFor(`document.querySelector("#waiting")`)
	office.Screenshot("gate-live-alert")
	office.Follow("#waiting a")
	main := office.Text("main")
	for _, want := range []string{"đã vào hai lần", "Cổng A", "Cổng B", "mất mạng"} {
		if !strings.Contains(main, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	office.Screenshot("gate-difference")
	office.Click(".differences details summary")
	office.Type(`.differences input[name=note]`, "hai anh em đi chung thẻ")
	office.WaitFor(`(document.querySelector(".differences select[name=word]").value = "wrongly_let_in") && true`)
	office.Follow(".differences details button")
	office.WaitFor(`document.querySelector("main").innerText.includes("0 dòng chờ xem, 1 dòng đã kết luận")`)
}
