package web_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// counted reads a number as a page writes it; the first one of a text.
func counted(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(strings.Fields(text + " x")[0], ".", ""))
	if err != nil {
		t.Fatalf("%q begins with no number", text)
	}
	return n
}

// TestDeskTilesLeadToWhatTheyCount: the number of each tile is what the rows of its page
// come to, be it their number or the sum of their column.
func TestDeskTilesLeadToWhatTheyCount(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	inspected := k.Event(testkit.InState(registry.Running))
	k.Gates(inspected.ID, 1)
	stall := testkit.PassesOfKind(k.Stall(inspected, 1), registry.BoothPass)[0]
	k.HandedIn(k.TypedJoint(stall, "label"))
	k.Clock.Add(48 * time.Hour) // what was found has not been mended in time
	phone := k.Phone(inspected.ID, registry.Steward, 1)
	testkit.Works(t, testkit.Second(k.App.Admission.Count(t.Context(), phone.Device, phone.Presses(3))))
	k.Booths(k.Event().ID, "A", 4)
	k.Booths(k.Event(testkit.InState(registry.Draft)).ID, "A", 3)
	k.Event(testkit.OnDays(registry.AddDays(k.App.Today(), 40), 2)) // not within 30 days
	k.Event(testkit.InState(registry.Ended))
	k.Event(testkit.InState(registry.Ended))
	k.Event(testkit.InState(registry.Reported))
	in := testkit.TipAbout("")
	in.Place = "chợ Ba Bể"
	testkit.SendTip(t, k, in)
	k.Communication()

	sum := func(label string) func(testkit.Doc) int {
		return func(page testkit.Doc) (n int) {
			for _, cell := range page.Find(`td[data-label="` + label + `"]`).Each() {
				n += counted(t, strings.ReplaceAll(cell.Text(), "–", "0"))
			}
			return n
		}
	}
	rows := func(selector string) func(testkit.Doc) int {
		return func(page testkit.Doc) int { return page.Find(selector).Count() }
	}
	count := map[string]func(testkit.Doc) int{
		"Lượt khách hôm nay":           sum("Lượt khách hôm nay"),
		"Gian còn trống, 30 ngày tới":  sum("Gian trống"),
		"Xã chưa có phiên nào năm nay": rows("#chua-co li"),
		"Phản ánh mới":                 rows("main tbody tr"),
		"Sự kiện chờ báo cáo":          rows("main tbody tr"),
		"Kiểm tra: quá hạn khắc phục":  rows("main tbody tr"),
		"Tuyên truyền":                 func(page testkit.Doc) int { return counted(t, page.In("h1").Text()) },
	}
	c := officeClient(t, k, base, registry.Organiser, "19")
	tiles := testkit.Page(t, answers(t, c.Get("/quan-ly"), 200).Body).Find(".tiles .tile").Each()
	if len(tiles) < 7 {
		t.Errorf("the desk has %d tiles", len(tiles))
	}
	for _, tile := range tiles {
		label := tile.In(".small").Text()
		t.Run(label, func(t *testing.T) {
			of := count[label]
			if of == nil {
				t.Fatal("nothing says what its page has to come to")
			}
			page := testkit.Page(t, answers(t, c.Get(tile.Attr("href")), 200).Body)
			if want, got := counted(t, tile.In("b").Text()), of(page); got != want || want == 0 {
				t.Errorf("%s: the tile says %d, the page has %d", tile.Attr("href"), want, got)
			}
		})
	}
}

// TestOfficeListIsNarrowed: each filter keeps the events that it names.
func TestOfficeListIsNarrowed(t *testing.T) {
	k := testkit.NewApp(t)
	keeper := k.Account("Hà Văn Quyết")
	ours := k.Event(testkit.Titled("Phiên chợ Ba Bể"), testkit.InArea(testkit.BaBe))
	other := k.Event(testkit.Titled("Phiên chợ Đức Xuân"), testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "01840"}),
		func(e *registry.Event) { e.CreatedBy = keeper.ID })
	later := k.Event(testkit.Titled("Phiên chợ năm sau"), testkit.OnDays(registry.AddDays(k.App.Today(), 400), 2))
	over := k.Event(testkit.Titled("Phiên chợ đã xong"), testkit.InState(registry.Ended))
	c := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	all := []registry.Event{ours, other, later, over}
	for query, want := range map[string][]registry.Event{
		"?xem=tat-ca":                                        all,
		"?xem=tat-ca&xa=01840":                               {other},
		"?xem=tat-ca&nguoi=" + string(keeper.ID):             {other},
		"?xem=tat-ca&nam=" + later.OpensOn[:4]:               {later},
		"?xem=tat-ca&trang-thai=ended":                       {over},
		"?xem=da-qua&trang-thai=open":                        {},
		"?xem=30-ngay":                                       {ours, other},
		"?xem=dang-dien-ra":                                  {},
		"?xem=tat-ca&xa=x&nam=1900&nguoi=ai&trang-thai=gi":   all, // said on the page
		"?xem=tat-ca&nguoi=" + string(keeper.ID) + "&q=xong": {},
	} {
		t.Run(query, func(t *testing.T) {
			page := testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien"+query), 200).Body)
			rows := page.Find("main tbody tr")
			page.In("h1").HasText(strconv.Itoa(len(want)) + " sự kiện")
			if rows.Count() != len(want) {
				t.Errorf("%d events, want %d", rows.Count(), len(want))
			}
			for _, e := range want {
				rows.HasText(e.Title)
			}
		})
	}
	t.Run("a typed place leads to its unit", func(t *testing.T) {
		a := c.Get("/quan-ly/su-kien?xem=tat-ca&noi=duc+xuan")
		if a.Status != 303 || a.Location != "/quan-ly/su-kien?xa=01840&xem=tat-ca" {
			t.Errorf("answers %d to %s", a.Status, a.Location)
		}
		page := testkit.Page(t, answers(t, c.Get(a.Location), 200).Body)
		page.In(`a[href="/quan-ly/su-kien?xem=tat-ca"]`).HasText("Bỏ lọc phường Đức Xuân")
	})
	t.Run("a typed place that is none is said", func(t *testing.T) {
		testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien?noi=khong+co"), 200).Body).In(".banner.wait").HasText("khong co")
	})
	t.Run("compact rows are kept", func(t *testing.T) {
		page := testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien?nam="+later.OpensOn[:4]+"&dang=gon"), 200).Body)
		page.In(".card.dense")
		testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien"), 200).Body).In(".card.dense")
		answers(t, c.Get("/quan-ly/su-kien?dang=thoang"), 200)
		testkit.Page(t, answers(t, c.Get("/quan-ly/su-kien"), 200).Body).None(".card.dense")
	})
}
