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

// TestEventFoldsWhatIsLongAndSaysHowMuch: whoever wants to know where and when is not led
// past the papers; what is folded away is all there, and its line says how much it is.
func TestEventFoldsWhatIsLongAndSaysHowMuch(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Running), testkit.OnDays(k.App.Today(), 2), func(e *registry.Event) {
		e.CoOrganiser = []string{"UBND xã Ba Bể", "Hội Nông dân"}
		e.LegalOthers = []string{"Chỉ thị 28/CT-TTg"}
		e.Directions, e.Body = "Rẽ vào đường hồ 600 m.", "Mọi gian đều có bảng tên."
	})
	for n := range 10 {
		k.Stall(e, n+1)
	}
	page := testkit.Page(t, testkit.NewClient(t, k.Serve()).Get("/su-kien/"+e.Slug).Body)
	page.In("#gian .list .v").HasCount(10)
	page.In("#gian details .v").HasCount(4)
	page.In("#gian summary").HasText("Xem thêm 4 cơ sở")
	told := page.Find(".told").Each()
	if len(told) != 3 {
		t.Fatalf("%d folds about the event", len(told))
	}
	told[0].HasText("Đường đến").HasText("Rẽ vào đường hồ 600 m.")
	told[1].HasText("Giới thiệu").HasText("Mọi gian đều có bảng tên.")
	told[2].In("summary").HasText("2 đơn vị phối hợp, 2 văn bản căn cứ")
	told[2].HasText("Hội Nông dân").HasText("Chỉ thị 28/CT-TTg")
	page.None("#so-do .plan .s") // the list below names the vendors
	page.In("#so-do .plan a.assigned").HasCount(10)
}
