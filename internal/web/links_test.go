package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// TestLongNoLinkIsDead follows every link of every page that a reader reaches from the
// first pages, for each role, for a vendor and for nobody: whoever is shown a link
// may open it.
func TestLongNoLinkIsDead(t *testing.T) {
	need.Long(t)
	t.Parallel()
	s := newStall(t)
	far, _, _ := s.k.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) { v.Area = registry.AreaRef{Edition: registry.Edition2025, Code: "00004"} }))
	s.k.Application(s.event, far.ID) // from another province
	if _, err := s.k.App.Tips.SendTip(t.Context(), tips.TipInput{Kind: registry.WrongPrice, Text: "Không niêm yết giá", PassCode: s.pass(registry.BoothPass).Code}); err != nil {
		t.Fatal(err)
	}
	readers := map[string]*testkit.Client{"nobody": testkit.NewClient(t, s.base), "vendor": testkit.NewClient(t, s.base)}
	readers["vendor"].SignInAs(s.vendorToken)
	for _, role := range registry.Roles {
		readers[string(role)], _ = officer(t, s.k, s.base, role, "19")
	}
	readers["organiser of the commune"], _ = officer(t, s.k, s.base, registry.Organiser, testkit.BaBe.Code)
	for who, c := range readers {
		t.Run(who, func(t *testing.T) {
			if seen := follow(t, c, []string{"/", "/su-kien", "/tai-khoan", "/quan-ly", "/gian-hang/" + string(s.vendor.ID)}); seen < 15 {
				t.Errorf("only %d pages", seen)
			}
		})
	}
}

// mostLinks bounds a walk: the months of the calendar have no end.
const mostLinks = 150

// follow walks from the starts, of which some may be closed to the reader, and
// returns how many pages it opened.
func follow(t *testing.T, c *testkit.Client, starts []string) int {
	t.Helper()
	from, queue := map[string]string{}, starts
	for i := 0; i < len(queue) && i < mostLinks; i++ {
		got := c.Get(queue[i])
		if got.Status >= 400 && got.Status != 401 && i >= len(starts) { // 401 asks to sign in
			t.Errorf("%s leads to %s: %d", from[queue[i]], queue[i], got.Status)
		}
		if got.Status != 200 || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
			continue
		}
		noBlankCells(t, queue[i], got.Body)
		for _, a := range testkit.Page(t, got.Body).Find("a").Each() {
			href, _, _ := strings.Cut(a.Attr("href"), "#")
			leads := strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "/ngon-ngu/") && !strings.Contains(href, "thang=") && !strings.Contains(href, "ngay=")
			if _, known := from[href]; leads && !known {
				from[href] = queue[i]
				queue = append(queue, href)
			}
		}
	}
	return min(len(queue), mostLinks)
}
