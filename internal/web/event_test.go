package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// showcase is a kit with an event of every public state and its server.
func showcase(t *testing.T) (k *testkit.Kit, byState map[registry.EventState]registry.Event, base string) {
	t.Helper()
	k, byState = testkit.NewApp(t), map[registry.EventState]registry.Event{}
	for _, state := range registry.EventStates {
		byState[state] = k.Event(testkit.InState(state), testkit.Titled("Phiên chợ "+string(state)))
	}
	return k, byState, k.Serve()
}

func TestPublicSeesPublicEventsOnly(t *testing.T) {
	testkit.NamesDays(t)
	_, events, base := showcase(t)
	visitor := testkit.NewClient(t, base)
	for state, e := range events {
		want := http.StatusOK
		if !state.Public() {
			want = http.StatusNotFound
		}
		for _, path := range []string{"/su-kien/" + e.Slug, "/su-kien/" + e.Slug + ".ics"} {
			if got := visitor.Get(path).Status; got != want {
				t.Errorf("%s answers %d, want %d", path, got, want)
			}
		}
		shown := false
		for _, list := range []string{"/su-kien", "/su-kien?luc=da-qua", "/su-kien?xem=lich&thang=2026-11", "/", "/lich.ics"} {
			shown = strings.Contains(visitor.Get(list).Body, "/su-kien/"+e.Slug) || shown
		}
		if shown != state.Public() {
			t.Errorf("a list shows the %s event: %t", state, shown)
		}
	}
}

// TestFeedsAreLinkedWhereTheyAre: only the pages of articles name the feed of articles, and by
// its name.
func TestFeedsAreLinkedWhereTheyAre(t *testing.T) {
	_, _, base := showcase(t)
	visitor := testkit.NewClient(t, base)
	for path, named := range map[string]bool{"/": false, "/su-kien": false, "/su-kien?xem=lich&thang=2026-11": false, "/chuyen-trang": true} {
		page := testkit.Page(t, visitor.Get(path).Body)
		if !named {
			page.None(`link[type="application/atom+xml"]`)
			continue
		}
		page.In(`link[type="application/atom+xml"][title="Nguồn tin của chuyên trang (Atom)"][href="/chuyen-trang.atom"]`)
	}
}

func TestEventPageSaysWhatMatters(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Running), func(e *registry.Event) {
		e.CoOrganiser = []string{"UBND xã Ba Bể"}
		e.Body = "<b>chợ</b>"
		e.Days[3].ClosesAt, e.Days[3].Note = 17*60, "bế mạc sớm"
		e.Items = []registry.ProgrammeItem{{Day: "2026-11-22", StartsAt: 480, EndsAt: 510, Title: "Khai mạc", Place: "sân khấu"}}
	})
	v := k.Vendor()
	k.Assign(k.Booths(e.ID, "A", 3)[1], k.Application(e, v.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(k.Product(v))))
	visitor := testkit.NewClient(t, k.Serve())
	page := testkit.Page(t, visitor.Get("/su-kien/"+e.Slug).Body)
	main := page.In("main")
	for _, words := range []string{"Đang diễn ra · mở cửa đến 21:00", "22–25/11/2026", "14–17 tháng 10 âm lịch", "Thứ tư 25/11/2026: 08:00–17:00 (bế mạc sớm)",
		"Sân vận động xã Ba Bể", "xã Ba Bể, Thái Nguyên", "trước 7/2025: xã Cao Thượng", "Phối hợp: UBND xã Ba Bể", "0209 3870 123",
		"717/QĐ-UBND của UBND tỉnh, ngày 21/05/2026 (không phải đăng ký)", "<b>chợ</b>", "Khai mạc", "đến 08:30 · sân khấu", v.Name, "A02", "3 gian hàng", "1 cơ sở", "1 sản phẩm"} {
		main.HasText(words)
	}
	page.In(`a[href="https://www.google.com/maps/dir/?api=1&destination=22.4034,105.6166"]`)
	page.In(`a[href="geo:22.4034,105.6166"]`)
	page.In(".prod").HasCount(1).HasText("gian A02")
	k.Clock.Add(13 * time.Hour) // 22:00
	if _, err := k.App.Lifecycle.AdvanceEvents(t.Context()); err != nil {
		t.Fatal(err)
	}
	visitor.HTTP.Jar = nil
	english := testkit.NewClient(t, visitor.Base)
	english.Get("/ngon-ngu/en")
	testkit.In(t, english.Get("/su-kien/"+e.Slug).Body, "main").HasText("On now · closed for today").HasText("before July 2025").
		HasText("14th–17th days of the 10th lunar month")
}

func TestEventPageTellsWhyItDoesNotTakePlace(t *testing.T) {
	testkit.NamesDays(t)
	k, events, base := showcase(t)
	visitor := testkit.NewClient(t, base)
	for state, words := range map[registry.EventState]string{registry.Cancelled: "Sự kiện đã hủy", registry.Postponed: "Sự kiện tạm hoãn", registry.Moved: "Đã dời"} {
		main := testkit.In(t, visitor.Get("/su-kien/"+events[state].Slug).Body, "main").HasText(words)
		if state != registry.Moved {
			main.HasText("Mưa lũ, đường vào chợ bị sạt").LacksText("Nhận đơn đến")
		}
	}
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := events[registry.Open]
	if _, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, e.ID, lifecycle.MoveInput{FirstDay: "10/12/2026", Area: "2025:01906", Venue: "Nhà văn hóa",
		ApplyFrom: "1/11/2026", ApplyUntil: "5/12/2026", Reason: "Sân đang sửa", Version: e.Version}); err != nil {
		t.Fatal(err)
	}
	testkit.In(t, visitor.Get("/su-kien/"+e.Slug).Body, "main").HasText("Sân đang sửa").
		HasText("Kế hoạch cũ: 27–29/11/2026, Sân vận động xã Ba Bể.").HasText("Nhận đơn đến hết ngày 05/12/2026")
}

func TestEventPageSaysHowVisitsWereCounted(t *testing.T) {
	k := testkit.NewApp(t)
	on, over := k.Event(testkit.InState(registry.Running)), k.Event(testkit.InState(registry.Ended))
	soon := k.Event()
	hour := func(e registry.Event, at int64, method registry.CountMethod, n int) registry.GateHour {
		return registry.GateHour{Event: e.ID, HourAt: at, Gate: 1, Figure: registry.FigureOf(method), N: n}
	}
	k.Write(func(tx *store.Tx) error {
		return tx.AddGateHours(t.Context(), []registry.GateHour{
			hour(on, on.BeginsAt+8*registry.HourMS, registry.CountScan, 148), hour(on, on.BeginsAt+8*registry.HourMS, registry.CountClicker, 1164),
			hour(over, over.BeginsAt, registry.CountTap, 20), hour(over, over.EndsAt-registry.HourMS, registry.CountPaper, 30), hour(soon, soon.BeginsAt, registry.CountTap, 5)})
	})
	visitor := testkit.NewClient(t, k.Serve())
	testkit.In(t, visitor.Get("/su-kien/"+on.Slug).Body, "main").HasText("Hôm nay đã có 1.312 lượt khách (quét mã 148, đếm tay 1.164)")
	testkit.In(t, visitor.Get("/su-kien/"+over.Slug).Body, "main").HasText("50 lượt khách (khách tự bấm 20, phiếu giấy 30)")
	testkit.In(t, visitor.Get("/su-kien/"+soon.Slug).Body, "main").LacksText("lượt khách")
}

func TestOldEventShowsBothUnits(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Ended), testkit.OnDays("2024-11-14", 2),
		testkit.InArea(registry.AreaRef{Edition: registry.Edition2025Before, Code: "01888"}))
	visitor := testkit.NewClient(t, k.Serve())
	testkit.In(t, visitor.Get("/su-kien/"+e.Slug).Body, "main").HasText("thị trấn Chợ Rã, huyện Ba Bể, Bắc Kạn").HasText("nay là xã Chợ Rã, Thái Nguyên")
	for query, there := range map[string]bool{"dia-ban=01912": true, "dia-ban=19": true, "dia-ban=01906": false} {
		list := visitor.Get("/su-kien?luc=da-qua&" + query)
		if strings.Contains(list.Body, e.Slug) != there {
			t.Errorf("%s shows the event: %t", query, !there)
		}
	}
}

func TestPlaceOfTheListIsTyped(t *testing.T) {
	k := testkit.NewApp(t)
	k.Event()
	visitor := testkit.NewClient(t, k.Serve())
	if got := visitor.Get("/su-kien?loai=phien-cho&noi=Ba+Be").Location; got != "/su-kien?loai=phien-cho&dia-ban=01906" {
		t.Errorf("ba be leads to %q", got)
	}
	testkit.In(t, visitor.Get("/su-kien?noi=binh").Body, ".banner a")
	testkit.In(t, visitor.Get("/su-kien?noi=zz+top").Body, ".banner").HasText("Không tìm thấy nơi nào tên “zz top”")
	testkit.In(t, visitor.Get("/su-kien?dia-ban=01906").Body, "h1").HasText("Hội chợ, phiên chợ ở xã Ba Bể")
}

func TestSenselessFiltersStillShowAList(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event()
	visitor := testkit.NewClient(t, k.Serve())
	for _, query := range []string{"loai=x", "dia-ban=99999", "tu=x", "tu=2026-02-31.x", "thang=2026-13", "luc=mai", "dia-ban=%27+OR+1%3D1", "noi_ref=2025%3A99"} {
		if a := visitor.Get("/su-kien?" + query); a.Status != http.StatusOK || !strings.Contains(a.Body, e.Slug) {
			t.Errorf("%s answers %d without the event", query, a.Status)
		}
	}
	for _, month := range []string{"", "2000-01", "2099-12", "1999-12", "2100-01", "0000-00", "2026-02-01"} {
		if a := visitor.Get("/su-kien?xem=lich&thang=" + month); a.Status != http.StatusOK {
			t.Errorf("month %q answers %d", month, a.Status)
		}
	}
	if a := visitor.Get("/su-kien?noi=%FF"); a.Status != http.StatusBadRequest {
		t.Errorf("broken text answers %d", a.Status)
	}
}

func TestListGoesOnByCursor(t *testing.T) {
	k := testkit.NewApp(t)
	for range 45 {
		k.Event()
	}
	visitor := testkit.NewClient(t, k.Serve())
	seen, path := map[string]bool{}, "/su-kien"
	for range 3 {
		page := testkit.Page(t, visitor.Get(path).Body)
		for _, card := range page.Find(".ev h3 a").Each() {
			if href := card.Attr("href"); seen[href] {
				t.Errorf("%s is shown twice", href)
			} else {
				seen[href] = true
			}
		}
		path = page.Find(`a[rel=next]`).Attr("href")
	}
	if len(seen) != 45 || path != "" {
		t.Errorf("%d events on three pages, then %q", len(seen), path)
	}
}

func TestMonthShowsEveryDayWithItsLunarDay(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event(testkit.OnDays("2026-11-29", 3))
	visitor := testkit.NewClient(t, k.Serve())
	page := testkit.Page(t, visitor.Get("/su-kien?xem=lich&thang=2026-11").Body)
	page.In(".month tbody td").HasCount(42)
	page.In(".month td.today").HasCount(1).HasText("22 14")
	page.In(`.month td a[href="/su-kien/` + e.Slug + `"]`).HasCount(2) // 29 and 30; 1 December is another month
	page.In(".month-agenda section").HasCount(2).HasText("Chủ nhật 29/11/2026 21/10 âm")
	page.In(`a[rel=prev][href="/su-kien?xem=lich&thang=2026-10"]`)
	page.In(`a[rel=next][href="/su-kien?xem=lich&thang=2026-12"]`)
}

func TestPagesAreLightAndCached(t *testing.T) {
	k, events, base := showcase(t)
	visitor := testkit.NewClient(t, base)
	for _, path := range []string{"/", "/su-kien", "/su-kien/" + events[registry.Running].Slug, "/su-kien?xem=lich", "/ban-do", "/tro-giup", "/tro-giup/co-so"} {
		first := visitor.Get(path)
		var packed bytes.Buffer
		zw := gzip.NewWriter(&packed)
		zw.Write([]byte(first.Body))
		zw.Close()
		if packed.Len() > 20_000 || first.Header.Get("ETag") == "" || first.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d bytes packed, ETag %q", path, packed.Len(), first.Header.Get("ETag"))
		}
		sound(t, path, first.Body)
	}
	slug := events[registry.Open].Slug
	before := visitor.Get("/su-kien/" + slug)
	organiser, _ := k.Officer(registry.Organiser, "19")
	if err := k.App.Lifecycle.StepEvent(t.Context(), organiser, events[registry.Open].ID, lifecycle.StepInput{To: registry.Cancelled, Reason: "Bão số 9", Version: 1}); err != nil {
		t.Fatal(err)
	}
	after := visitor.Get("/su-kien/" + slug)
	if before.Body == after.Body || !strings.Contains(after.Body, "Bão số 9") {
		t.Error("the cached page outlived the change")
	}
}

func TestCalendarIsGolden(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event(testkit.Titled(`Chợ phiên "Ba Bể"; miến, gạo \ rượu men lá`), func(e *registry.Event) {
		e.ID = "01900000-0000-7000-8000-000000000001"
		e.Days = e.Days[:2]
		e.Summary = "Dòng một,\nhai; " + strings.Repeat("ườ", 60)
		e.Days[1].Note = "đóng cửa sớm"
	})
	off := k.Event(testkit.InState(registry.Cancelled), testkit.Titled("Phiên đã hủy"), func(e *registry.Event) {
		e.ID, e.Days, e.LatE6, e.LonE6 = "01900000-0000-7000-8000-000000000002", e.Days[:1], 0, 0
	})
	base := k.Serve()
	visitor := testkit.NewClient(t, base)
	got := visitor.Get("/lich.ics")
	if ct := got.Header.Get("Content-Type"); ct != "text/calendar; charset=utf-8" {
		t.Errorf("content type %q", ct)
	}
	golden(t, "calendar.ics", strings.ReplaceAll(got.Body, base, "https://hoicho.example.vn"))
	for line := range strings.SplitSeq(strings.TrimSuffix(got.Body, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("the line %q has %d octets", line, len(line))
		}
	}
	cal, err := ics.ParseCalendar(strings.NewReader(got.Body))
	if err != nil {
		t.Fatal(err)
	}
	entries := cal.Events()
	if len(entries) != 3 || strings.Contains(got.Body, "VALARM") {
		t.Fatalf("%d entries", len(entries))
	}
	first := entries[0]
	at, _ := first.GetStartAt()
	if at.UTC().Format(time.RFC3339) != "2026-11-27T01:00:00Z" || first.GetProperty(ics.ComponentPropertySummary).Value != e.Title ||
		!strings.Contains(first.GetProperty(ics.ComponentPropertyDescription).Value, e.Summary) {
		t.Errorf("parsed back: %s, %v", at, first)
	}
	status := map[string]string{}
	for _, v := range entries {
		status[v.Id()] = v.GetProperty(ics.ComponentPropertyStatus).Value
	}
	want := map[string]string{string(e.ID) + "-1@hoicho": "CONFIRMED", string(e.ID) + "-2@hoicho": "CONFIRMED", string(off.ID) + "-1@hoicho": "CANCELLED"}
	if diff := cmp.Diff(want, status); diff != "" {
		t.Error(diff)
	}
}

// bareKey is an i18n key that a page shows because it is in no catalog.
var bareKey = regexp.MustCompile(`>\s*(event|home|map|help|nav|part)\.[a-z_.]+\s*<`)

// sound checks what holds for every page.
func sound(t *testing.T, where, body string) {
	t.Helper()
	page := testkit.Page(t, body)
	page.In("h1").HasCount(1)
	page.In("html[lang]")
	page.None("[style]")
	ids := map[string]bool{}
	for _, n := range page.Find("[id]").Each() {
		if ids[n.Attr("id")] {
			t.Errorf("%s has the id %s twice", where, n.Attr("id"))
		}
		ids[n.Attr("id")] = true
	}
	if m := bareKey.FindString(body); m != "" || strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "%!") {
		t.Errorf("%s shows %q or a fault of its template", where, m)
	}
}

// golden compares with a file of testdata; HOICHO_GOLDEN=1 writes it anew.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("HOICHO_GOLDEN") == "1" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs: %s", path, diff)
	}
}

func TestCalendarFollowsTheEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event()
	visitor := testkit.NewClient(t, k.Serve())
	uid := "UID:" + string(e.ID) + "-1@hoicho\r\n"
	if _, err := k.App.Lifecycle.MoveEvent(t.Context(), organiser, e.ID, lifecycle.MoveInput{FirstDay: "10/12/2026", Area: "2025:01906", Venue: "Nhà văn hóa", Reason: "x", Version: 1}); err != nil {
		t.Fatal(err)
	}
	moved := visitor.Get("/su-kien/" + e.Slug + ".ics").Body
	if !strings.Contains(moved, uid) || !strings.Contains(moved, "SEQUENCE:1\r\n") || !strings.Contains(moved, "DTSTART:20261210T010000Z\r\n") {
		t.Errorf("after the move: %s", moved)
	}
	for path, there := range map[string]bool{"/lich/01906.ics": true, "/lich/19.ics": true, "/lich/01840.ics": false} {
		if got := visitor.Get(path); got.Status != http.StatusOK || strings.Contains(got.Body, uid) != there {
			t.Errorf("%s answers %d, has the event: %t", path, got.Status, !there)
		}
	}
	for _, path := range []string{"/lich/99999.ics", "/lich/061.ics", "/su-kien/khong-co.ics"} {
		if got := visitor.Get(path).Status; got != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got)
		}
	}
}

func TestHomeShowsWhatIsOnAndNext(t *testing.T) {
	testkit.WithinADay(t)
	k := testkit.NewApp(t)
	on := k.Event(testkit.InState(registry.Running))
	next, off := k.Event(), k.Event(testkit.InState(registry.Cancelled))
	visitor := testkit.NewClient(t, k.Serve())
	page := testkit.Page(t, visitor.Get("/").Body)
	page.In(".now").HasCount(1).HasText(on.Title).HasText("ngày thứ 1 trên 4").HasText("mở cửa đến 21:00")
	page.In(".ev").HasCount(1).HasText(next.Title).LacksText(off.Title)
	page.In(`.hero a[href="/su-kien?dia-ban=01906"]`).HasText("xã Ba Bể (2)")
	page.In(`form[action="/tim"] input[name=q]`)
}

func TestHomeWithoutEventsLeadsToThePast(t *testing.T) {
	visitor := testkit.NewClient(t, testkit.NewApp(t).Serve())
	page := testkit.Page(t, visitor.Get("/").Body)
	page.In(".empty").HasText("Chưa có sự kiện nào được công bố")
	page.In(`.empty a[href="/su-kien?luc=da-qua"]`)
	page.None(".now").None(".hero .chip")
}

func TestMapAndListSayTheSame(t *testing.T) {
	k := testkit.NewApp(t)
	in := func(code string) testkit.EventOption {
		return testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: code})
	}
	for range 5 {
		k.Event(testkit.InState(registry.Ended), in("01906"))
	}
	k.Event(testkit.InState(registry.Running), in("01912"))
	k.Event(testkit.InState(registry.Ended), in("01912"), testkit.OnDays("2024-01-01", 1))
	k.Event(in("01840"))
	k.Event(testkit.InState(registry.Ended), in("19")) // at no single commune
	visitor := testkit.NewClient(t, k.Serve())
	page := testkit.Page(t, visitor.Get("/ban-do").Body)
	page.In("main").HasText("2 trên 92 xã, phường").HasText("tất cả 6 sự kiện").HasText("90 xã, phường chưa có")
	page.In("tbody tr").HasCount(2).HasText("xã Ba Bể 5 xã Chợ Rã 1")
	page.In(".map path").HasCount(92)
	page.In(".map a path").HasCount(2)
	page.In(`.map a[href="/su-kien?dia-ban=01906&luc=da-qua"] path.q4`)
	page.In(`.map a[href="/su-kien?dia-ban=01912&luc=da-qua"] path.q1`)
	page.In(".key li").HasCount(5)
	testkit.In(t, visitor.Get("/ban-do?nam=tat-ca").Body, "tbody tr").HasText("xã Chợ Rã 2")
}

func TestHelpIsThereInBothLanguages(t *testing.T) {
	k := testkit.NewApp(t)
	visitor := testkit.NewClient(t, k.Serve())
	for _, lang := range []string{"vi", "en"} {
		visitor.Get("/ngon-ngu/" + lang)
		links := testkit.In(t, visitor.Get("/tro-giup").Body, ".list a").HasCount(7)
		for _, l := range links.Each() {
			a := visitor.Get(l.Attr("href"))
			sound(t, l.Attr("href"), a.Body)
			if n := testkit.In(t, a.Body, "main section").Count(); n < 5 {
				t.Errorf("%s has %d answers in %s", l.Attr("href"), n, lang)
			}
		}
	}
	if got := visitor.Get("/tro-giup/khac").Status; got != http.StatusNotFound {
		t.Errorf("an unknown topic answers %d", got)
	}
}
