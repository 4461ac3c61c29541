package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestAuditPageShowsOwnAreaOnly(t *testing.T) {
	k := testkit.NewApp(t)
	for _, code := range []string{"01843", "00001"} {
		write(t, k, func(tx *store.Tx) error {
			return tx.Audit(t.Context(), registry.SystemActor("test"),
				registry.Change{Action: "event.test" + code, Object: "event", ID: "e" + code, Scope: registry.Scope{code, "x"}})
		})
	}
	_, token := k.Officer(registry.Admin, "01843")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	page := c.Get("/quan-ly/nhat-ky")
	if page.Status != 200 || !strings.Contains(page.Body, "event.test01843") || strings.Contains(page.Body, "event.test00001") {
		t.Errorf("status %d: want the own area's line and no other", page.Status)
	}
	if got := c.Get("/quan-ly/nhat-ky?loai=booth"); strings.Contains(got.Body, "event.test01843") {
		t.Error("the filter lets another object through")
	}
}

// auditReader is an administrator of the whole country, signed in.
func auditReader(t *testing.T, k *testkit.Kit) *testkit.Client {
	t.Helper()
	return officeClient(t, k, k.Serve(), registry.Admin, "")
}

// wordsOf is what the page says of its lines, with single spaces.
func wordsOf(t *testing.T, c *testkit.Client, query string) string {
	t.Helper()
	page := c.Get("/quan-ly/nhat-ky?" + query)
	if page.Status != 200 {
		t.Fatalf("%s: status %d", query, page.Status)
	}
	return strings.Join(strings.Fields(testkit.Page(t, page.Body).In("ol").Text()), " ")
}

func TestAuditPageReadsAsWords(t *testing.T) {
	k := testkit.NewApp(t)
	about := func(action, object, id string, facts fact.Facts) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			return tx.Audit(t.Context(), registry.SystemActor("system: events"), registry.Change{Action: action, Object: object, ID: id, Detail: facts})
		}
	}
	c := auditReader(t, k)
	for name, line := range map[string]struct {
		action, object string
		facts          fact.Facts
		want, never    []string
	}{
		"step": {"event.step", "event", fact.Facts{fact.Said("title", "Phiên chợ Ba Bể"), fact.Moved("state", fact.EventState, "open", "closed"), fact.Said("reason", "")},
			[]string{"Tự động theo lịch", "Chuyển bước sự kiện · Phiên chợ Ba Bể", "Tình trạng Đang nhận đơn → Đã hết nhận đơn"}, []string{"Lý do", "Tên sự kiện"}},
		"edit": {"event.edit", "event", fact.Differences(
			fact.Facts{fact.Date("event.first_day", "2026-11-27"), fact.Count("event.booths", 20), fact.Place("event.area", registry.AreaRef{Edition: registry.Edition2025, Code: "01843"}), fact.Said("event.legal_issuer", "UBND tỉnh")},
			fact.Facts{fact.Date("event.first_day", "2026-12-01"), fact.Count("event.booths", 1200), fact.Place("event.area", registry.AreaRef{Edition: registry.Edition2025, Code: "02155"}), fact.Said("event.legal_issuer", "UBND tỉnh")}),
			[]string{"Ngày đầu 27/11/2026 → 01/12/2026", "Số gian dự kiến 20 → 1.200", "Địa bàn phường Bắc Kạn → xã Na Rì"}, []string{"UBND tỉnh"}},
		"field": {"vendor.edit", "vendor", fact.Facts{fact.Difference(fact.Yes("vendor.phone_public", false), fact.Yes("vendor.phone_public", true)), fact.Changed("vendor.phone"), fact.Moved("vendor.name", fact.Text, "", "HTX")},
			[]string{"không → có", "Số điện thoại của cơ sở đã sửa", "(trống) → HTX"}, nil},
		"codes": {"gate.ticked_drop", "event", fact.Facts{fact.Number("gate", 0), fact.List("line", fact.Passage, fact.Passed("540590823628", "out", 1793768400000))},
			[]string{"•••• 3628 ra 04/11/2026 12:00"}, []string{"540590823628", "Cổng 0"}},
		"lists": {"gate.edit", "event", fact.Facts{fact.Code("kinds", fact.PassKind, "staff", "vehicle"), fact.List("codes", fact.Text, strings.Fields("A1 A2 A3 A4 A5 A6 A7 A8 A9 B1 B2 B3 B4")...)},
			[]string{"Thẻ nhân viên, Thẻ xe", "Các gian 13 mục"}, nil},
		"values": {"booth.add", "event", fact.Facts{fact.Days("days", "2026-11-27", "2026-11-29"), fact.Amount("fee", 500000), fact.Instant("until", 1793768400000),
			fact.List("load_windows", fact.Period, fact.Between(1793768400000, 1793772000000)), fact.List("hours", fact.HourTally, "8 12 3"), fact.List("event.days", fact.DayHours, "2026-11-27 480 1260 Khai mạc"),
			fact.List("event.quotas", fact.GroupCount, "food 5"), fact.List("keep.rules", fact.DatedRule, "2026-01-01 90 · Luật 91/2025/QH15"), fact.List("asked", fact.EventField, "venue"),
			fact.List("lacking", fact.Finding, `{"Kind":"missing","Paper":"food_cert"}`), fact.Ref("vendor", "vendor", store.NewID[registry.VendorID]()), fact.Handle("file", "0193")},
			[]string{"27–29/11/2026", "500.000 ₫", "04/11/2026 12:00", "04/11/2026 12:00 – 04/11/2026 13:00", "08:00: 12 người lớn, 3 trẻ em", "27/11/2026 08:00–21:00 Khai mạc", ": 5", "từ 01/01/2026: 90 · Luật", "Nơi tổ chức", "Cơ sở (không còn)"},
			[]string{"food_cert", "0193", "1793768400000"}},
		"unknown": {"booth.invented", "booth", fact.Facts{fact.Said("reason", "word")}, []string{"booth.invented · Gian hàng (không còn)", "Lý do word"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			id := string(store.NewID[registry.VendorID]())
			if line.object == "event" {
				id = string(k.Event(testkit.Titled("Phiên chợ Ba Bể")).ID)
			}
			write(t, k, about(line.action, line.object, id, line.facts))
			text, _, _ := strings.Cut(wordsOf(t, c, "loai="+line.object+"&ma="+id), "Bản ghi gốc số")
			for _, want := range line.want {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in %q", want, text)
				}
			}
			for _, never := range line.never {
				if strings.Contains(text, never) {
					t.Errorf("%q is in %q", never, text)
				}
			}
		})
	}
}

func TestAuditPageEscapesWhatWasRecorded(t *testing.T) {
	k := testkit.NewApp(t)
	const hostile = `<script>alert("1")</script>`
	write(t, k, func(tx *store.Tx) error {
		return tx.Audit(t.Context(), registry.Actor{Name: hostile}, registry.Change{Action: "x." + hostile, Object: hostile, ID: hostile,
			Detail: fact.Facts{fact.Said(hostile, hostile), fact.Said("reason", hostile), fact.Ref("vendor", hostile, hostile), fact.Code("kind", fact.Kind(hostile), hostile)}})
	})
	page := auditReader(t, k).Get("/quan-ly/nhat-ky?ma=" + url.QueryEscape(hostile) + "&nguoi=&tu=")
	if strings.Contains(page.Body, "<script>alert") || !strings.Contains(page.Body, "&lt;script&gt;alert") {
		t.Error("what was recorded stands in the page as markup, or not at all")
	}
}

func TestAuditPageTakesWholeDays(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	day, _ := vn.StartOf("2026-11-20")
	for at, id := range map[time.Duration]string{-time.Millisecond: "truoc", 0: "dau", 24*time.Hour - time.Millisecond: "cuoi", 24 * time.Hour: "sau"} {
		k.Clock.Set(day.Add(at))
		write(t, k, func(tx *store.Tx) error {
			return tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "x.moc_" + id, Object: "event"})
		})
	}
	k.Clock.Set(testkit.Start)
	c := auditReader(t, k)
	for query, want := range map[string]string{
		"tu=20/11/2026&den=20/11/2026": "dau cuoi", "tu=20/11/2026": "dau cuoi sau", "den=20-11-2026": "truoc dau cuoi", "": "truoc dau cuoi sau",
	} {
		text, got := wordsOf(t, c, "loai=event&"+query), []string{}
		for _, id := range []string{"truoc", "dau", "cuoi", "sau"} {
			if strings.Contains(text, "x.moc_"+id) {
				got = append(got, id)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s shows %v, want %s", query, got, want)
		}
	}
	for query, field := range map[string]string{"tu=31/02/2026": "tu", "den=hom-qua": "den", "tu=21/11/2026&den=20/11/2026": "den"} {
		page := c.Get("/quan-ly/nhat-ky?" + query)
		if page.Status != 422 {
			t.Errorf("%s: status %d, want 422", query, page.Status)
		}
		testkit.Page(t, page.Body).In("#f-"+field).HasAttr("aria-invalid", "true")
	}
}

func TestAuditFilterKeepsAndNamesItsParts(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	event, hidden := k.Event(testkit.Titled("Phiên chợ Ba Bể")), k.Event(testkit.Titled("Phiên chợ kín"))
	reader, token := k.Officer(registry.Admin, "01843")
	for range 51 {
		write(t, k, func(tx *store.Tx) error {
			return tx.Audit(t.Context(), reader, registry.Change{Action: "event.edit", Object: "event", ID: string(event.ID), Scope: registry.Scope{"01843"}})
		})
	}
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	page := c.Get("/quan-ly/nhat-ky?loai=event&tu=22/11/2026&ma=" + string(event.ID) + "&nguoi=" + string(reader.Account))
	for _, want := range []string{"Chỉ việc: Phiên chợ Ba Bể", "Người làm: " + reader.Name,
		"loai=event&amp;ma=" + string(event.ID) + "&amp;nguoi=" + string(reader.Account) + "&amp;truoc=", "&amp;tu=22%2F11%2F2026"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	if got := c.Get("/quan-ly/nhat-ky?ma=" + string(hidden.ID)); strings.Contains(got.Body, hidden.Title) {
		t.Error("an id in the address tells the name of something without a line")
	}
}

func write(t *testing.T, k *testkit.Kit, fn func(*store.Tx) error) {
	t.Helper()
	if err := k.DB.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestJobPageIsForItsOwner(t *testing.T) {
	k := testkit.NewApp(t)
	actor, token := k.Officer(registry.Organiser, "01843")
	job := registry.Job{ID: store.NewID[registry.JobID](), Kind: "none", Payload: "{}", TotalN: 4, CreatedBy: actor.Account}
	write(t, k, func(tx *store.Tx) error { return tx.InsertJob(t.Context(), job) })
	base := k.Serve()
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	page := c.Get("/quan-ly/viec/" + string(job.ID))
	testkit.Page(t, page.Body).In("progress").HasAttr("value", "0")
	if page.Header.Get("Refresh") == "" {
		t.Error("a waiting page does not reload itself")
	}
	if ran, err := k.App.RunJob(t.Context()); !ran || err != nil {
		t.Fatalf("run: %v %v", ran, err)
	}
	if page = c.Get("/quan-ly/viec/" + string(job.ID)); !strings.Contains(page.Body, "Không làm được") {
		t.Error("a job without a worker does not say that it failed")
	}
	other := testkit.NewClient(t, base)
	_, token = k.Officer(registry.Organiser, "01843")
	other.SignInAs(token)
	if got := other.Get("/quan-ly/viec/" + string(job.ID)); got.Status != 404 {
		t.Errorf("another's job: %d, want 404", got.Status)
	}
}
