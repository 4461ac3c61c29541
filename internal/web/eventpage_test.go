package web_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestEventBeginsWithTheProgrammeOfToday: what is on today stands first, the other days are
// folded away, and the parts of a long page are named above them.
func TestEventBeginsWithTheProgrammeOfToday(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	today := k.App.Today()
	e := k.Event(testkit.InState(registry.Running), testkit.OnDays(vn.AddDays(today, -1), 4), func(e *registry.Event) {
		for i, title := range []string{"Khai mạc", "Kéo co", "Hát then", "Bốc thăm"} {
			e.Items = append(e.Items, registry.ProgrammeItem{Day: vn.AddDays(today, i-1), StartsAt: 9 * 60, Title: title})
		}
	})
	k.Stall(e, 2)
	page := testkit.Page(t, testkit.NewClient(t, k.Serve()).Get("/su-kien/"+e.Slug).Body)
	page.Find("#lich .card").Each()[0].HasText("Kéo co").LacksText("Khai mạc").LacksText("Hát then")
	folded := page.In("#lich details")
	folded.In("summary").HasText("Lịch 3 ngày khác")
	folded.HasText("Khai mạc").HasText("Hát then").HasText("Bốc thăm").LacksText("Kéo co")
	for _, part := range []string{"lich", "so-do", "gian"} {
		page.In("#" + part)
		page.In(`.pick-row a[href="#` + part + `"]`)
	}
}
