package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/static"
)

// boothsOf returns an event's booths by code.
func (f *fair) boothsOf(event registry.EventID) map[string]registry.Booth {
	f.t.Helper()
	byCode := map[string]registry.Booth{}
	f.Read(func(tx *store.Tx) error {
		list, err := tx.Booths(f.t.Context(), event)
		for _, b := range list {
			byCode[b.Code] = b
		}
		return err
	})
	return byCode
}

func (f *fair) deskRoot() string { return "/quan-ly/su-kien/" + string(f.event.ID) + "/gian" }

func TestGridIsPreviewedThenMade(t *testing.T) {
	f := newFair(t)
	add := f.deskRoot() + "/them"
	testkit.In(t, answers(t, f.office.Get(f.deskRoot()), 200).Body, ".empty a").HasAttr("href", add)
	form := testkit.Page(t, answers(t, f.office.Get(add), 200).Body).Form(add)
	if form.Fields.Get("zone") != "A" || form.Fields.Get("to") != "20" {
		t.Errorf("proposed %v", form.Fields)
	}
	preview := testkit.Page(t, answers(t, f.office.Post(add, pressed(t, form, "next", "preview").Fields), 200).Body)
	preview.In("svg .new").HasCount(20)
	if n := len(f.boothsOf(f.event.ID)); n != 0 {
		t.Errorf("a preview made %d booths", n)
	}
	making := pressed(t, preview.Form(add), "next", "add")
	answers(t, f.office.Post(add, making.Fields), 303)
	if b := f.boothsOf(f.event.ID); len(b) != 20 || b["A20"].Row != 2 {
		t.Errorf("%d booths, A20 in row %d", len(b), b["A20"].Row)
	}
	twice := answers(t, f.office.Post(add, making.Fields), 422)
	testkit.In(t, twice.Body, "#faults a").HasAttr("href", "#f-from").HasText("A01, A02, A03, A04, A05, …")
	for name, bad := range map[string]string{"to": "10001", "from": "-1", "columns": "hai", "width": "0", "zone": "🎪", "kind": "x", "fee": "abc"} {
		page := answers(t, f.office.Post(add, making.Set(name, bad).Fields), 422)
		testkit.In(t, page.Body, "#faults")
	}
	all := making.Set("from", "10").Set("to", "1").Set("columns", "hai").Set("fee", "-1")
	page := testkit.Page(t, answers(t, f.office.Post(add, all.Fields), 422).Body)
	for _, name := range []string{"to", "columns", "fee"} {
		page.In(`#faults a[href="#f-` + name + `"]`)
	}
	if back := page.Form(add).Fields; back.Get("from") != "10" || back.Get("columns") != "hai" || back.Get("fee") != "-1" {
		t.Errorf("the grid came back as %v", back)
	}
	if n := len(f.boothsOf(f.event.ID)); n != 20 {
		t.Errorf("bad grids left %d booths, want 20", n)
	}
}

func TestBoothsAreGivenOnThePlanWithoutScript(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 4)
	mine, rival := f.applied(registry.AppApproved), f.rival("HTX Nhung Lũy", registry.AppApproved)
	desk := f.deskRoot()
	b := f.boothsOf(f.event.ID)
	open := func(code string) testkit.Doc {
		t.Helper()
		return testkit.Page(t, answers(t, f.office.Get(desk+"?gian="+code), 200).Body)
	}
	act := func(code, what string) string { return desk + "/" + string(b[code].ID) + "/" + what }
	give := open("A01").Form(act("A01", "xep"))
	answers(t, f.office.Post(give.Action, give.Set("application", string(mine.ID)).Fields), 303)
	lost := testkit.Page(t, answers(t, f.office.Post(give.Action, give.Set("application", string(rival.ID)).Fields), 409).Body)
	lost.In("#faults").HasText("vừa có người chọn trước").LacksText("Tài Hoan")
	answers(t, f.office.Post(act("A02", "xep"), url.Values{}), 422)
	answers(t, f.office.Post(act("A02", "xep"), url.Values{"application": {string(rival.ID)}}), 303)
	swap := open("A01").Form(act("A01", "doi"))
	answers(t, f.office.Post(swap.Action, swap.Fields), 303)
	move := open("A02").Form(act("A02", "chuyen"))
	answers(t, f.office.Post(move.Action, move.Set("with", string(b["A03"].ID)).Fields), 303)
	now := f.boothsOf(f.event.ID)
	if now["A01"].Application != rival.ID || now["A03"].Application != mine.ID || now["A02"].State != registry.BoothFree {
		t.Errorf("after swap and move: A01 of %s, A03 of %s, A02 %s", now["A01"].Application, now["A03"].Application, now["A02"].State)
	}
	answers(t, f.office.Post(swap.Action, swap.Fields), 409) // A01 has changed hands since it was shown
	answers(t, f.office.Post(act("A03", "tra"), url.Values{}), 409)
	other := testkit.Page(t, answers(t, f.office.Post(act("A03", "tra"), url.Values{"shown": {string(rival.ID)}}), 409).Body)
	other.In("#faults").HasText("Gian A03 vừa đổi chủ")
	answers(t, f.office.Post(act("A03", "tra"), url.Values{"shown": {string(mine.ID)}}), 303)
	answers(t, f.office.Post(act("A04", "khoa"), url.Values{}), 303)
	open("A04").In("#gian").HasText("không xếp")
	answers(t, f.office.Post(act("A04", "mo"), url.Values{}), 303)
	answers(t, f.office.Post(desk+"/xoa", url.Values{"booths": {string(b["A01"].ID)}}), 409)
	answers(t, f.office.Post(desk+"/xoa", url.Values{}), 422)
	answers(t, f.office.Post(desk+"/xoa", url.Values{"booths": {string(b["A04"].ID)}}), 303)
	if n := len(f.boothsOf(f.event.ID)); n != 3 {
		t.Errorf("%d booths left, want 3", n)
	}
}

// TestBoothsOfAnEventThatIsOverAreOnlyRead looks at the plan of events in every state:
// where no booth can be given any more, nothing is offered.
func TestBoothsOfAnEventThatIsOverAreOnlyRead(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	organiser := officeClient(t, k, base, registry.Organiser, "19")
	for state, over := range map[registry.EventState]bool{registry.Draft: false, registry.Open: false, registry.Running: false, registry.Postponed: false,
		registry.Ended: true, registry.Reported: true, registry.Cancelled: true} {
		e := k.Event(testkit.InState(state))
		k.Booths(e.ID, "A", 2)
		page := testkit.Page(t, answers(t, organiser.Get("/quan-ly/su-kien/"+string(e.ID)+"/gian?gian=A01"), 200).Body).In("main")
		offered := page.Find("#gian form").Count() + page.Find("button").Count() - page.Find(".office-search button").Count() + page.Find(`a[href="/quan-ly/su-kien/`+string(e.ID)+`/gian/them"]`).Count()
		if (offered == 0) != over {
			t.Errorf("%s: %d actions are offered", state, offered)
		}
		if over {
			page.HasText("chỉ để xem")
		}
	}
}

// TestTakingABoothBackNamesThePassesThatDie takes back the one booth of two, then the
// last one, with which the passes of vehicles die too. What was named is what died.
func TestTakingABoothBackNamesThePassesThatDie(t *testing.T) {
	f := newFair(t)
	a := f.applied(registry.AppApproved, func(a *registry.Application) { a.Booths, a.Granted, a.Vehicles = 2, 2, []string{"97C12345"} })
	for _, b := range f.Booths(f.event.ID, "A", 2) {
		answers(t, f.office.Post(f.deskRoot()+"/"+string(b.ID)+"/xep", url.Values{"application": {string(a.ID)}}), 303)
	}
	for _, code := range []string{"A01", "A02"} {
		b := f.boothsOf(f.event.ID)[code]
		plain := testkit.Page(t, answers(t, f.office.Get(f.deskRoot()+"?gian="+code), 200).Body)
		path := f.deskRoot() + "/" + string(b.ID) + "/tra"
		plain.None(`form[action="` + path + `"]`)
		ask := testkit.Page(t, answers(t, f.office.Get(strings.Split(plain.In(`#gian a.danger`).Attr("href"), "#")[0]), 200).Body)
		was := f.valid()
		answers(t, f.office.Post(path, ask.Form(path).Fields), 303)
		died := 0
		for pass, kind := range was {
			if f.valid()[pass] != "" {
				continue
			}
			died++
			ask.In("#tra .list").HasText(passes.ShowPassCode(pass))
			if kind == registry.VehiclePass && code == "A01" {
				t.Error("vehicles lost their passes with the first of two booths")
			}
		}
		ask.In("#tra").HasText("HTX Tài Hoan không còn gian này, còn " + map[string]string{"A01": "1", "A02": "0"}[code] + " gian khác").
			HasText(strconv.Itoa(died) + " thẻ hết giá trị").HasText("1 cơ sở nhận thư")
		ask.In("#tra .list").Find("li").HasCount(died)
	}
	if n := len(f.valid()); n != 0 {
		t.Errorf("%d passes live on", n)
	}
	_, viewer := f.Officer(registry.Viewer, "19")
	testkit.Page(t, answers(t, f.as(viewer).Get(f.deskRoot()+"?gian=A01&tra=1"), 200).Body).None("#tra")
}

// valid are the kinds of the event's passes in force, by code.
func (f *fair) valid() map[string]registry.PassKind {
	f.t.Helper()
	kinds := map[string]registry.PassKind{}
	f.Read(func(tx *store.Tx) error {
		rows, err := tx.Passes(f.t.Context(), registry.PassFilter{Event: f.event.ID, State: registry.PassValid})
		for _, r := range rows {
			kinds[r.Code] = r.Kind
		}
		return err
	})
	return kinds
}

func TestMarksOfTheDayOnThePage(t *testing.T) {
	f := newFair(t, testkit.InState(registry.Running))
	b := f.Booths(f.event.ID, "A", 2)
	f.Assign(b[0], f.applied(registry.AppApproved))
	mark := f.deskRoot() + "/" + string(b[0].ID) + "/hom-nay"
	testkit.Page(t, answers(t, f.office.Get(f.deskRoot()+"?gian=A01"), 200).Body).Form(mark)
	answers(t, f.office.Post(mark, url.Values{"state": {"no_show"}}), 303)
	testkit.In(t, answers(t, f.office.Get(f.deskRoot()), 200).Body, "tbody tr").HasText("Vắng mặt")
	answers(t, f.office.Post(mark, url.Values{"state": {"burnt"}}), 422)
	answers(t, f.office.Post(mark, url.Values{"state": {""}}), 303)
	testkit.In(t, answers(t, f.office.Get(f.deskRoot()), 200).Body, "table").LacksText("Vắng mặt")
}

func TestBoothsOfAnotherEventAreNotFound(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 1)
	other := f.Event()
	theirs := f.Booths(other.ID, "A", 1)[0]
	for _, what := range []string{"xep", "chuyen", "doi", "tra", "khoa", "mo", "hom-nay"} {
		answers(t, f.office.Post(f.deskRoot()+"/"+string(theirs.ID)+"/"+what, url.Values{"application": {"x"}, "with": {string(theirs.ID)}}), 404)
	}
	answers(t, f.office.Post(f.deskRoot()+"/xoa", url.Values{"booths": {string(theirs.ID)}}), 404)
	_, elsewhere := f.Officer(registry.Organiser, "01")
	c := f.as(elsewhere)
	for _, path := range []string{"", "/them"} {
		answers(t, c.Get(f.deskRoot()+path), 404)
		answers(t, f.own.Get(f.deskRoot()+path), 404)
		answers(t, testkit.NewClient(t, f.base).Get(f.deskRoot()+path), 401)
	}
}

func TestViewersSeeThePlanWithoutForms(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 2)
	_, viewer := f.Officer(registry.Viewer, "19")
	page := testkit.Page(t, answers(t, f.as(viewer).Get(f.deskRoot()+"?gian=A01"), 200).Body)
	page.In("#gian").HasText("A01")
	page.None("#gian form").None("input[name=booths]")
	answers(t, f.as(viewer).Post(f.deskRoot()+"/them", url.Values{}), 404)
}

func TestPublicPlanFindsVendorsGoodsAndBooths(t *testing.T) {
	f := newFair(t)
	b := f.Booths(f.event.ID, "A", 6)
	f.Assign(b[4], f.applied(registry.AppApproved))
	f.Assign(b[1], f.rival(`HTX "Ngô & Sắn" <b>`, registry.AppApproved))
	visitor := testkit.NewClient(t, f.base)
	plan := "/su-kien/" + f.event.Slug + "/so-do"
	get := func(query string) testkit.Doc { return testkit.Page(t, answers(t, visitor.Get(plan+query), 200).Body) }
	page := get("")
	page.In("svg a").HasCount(6)
	page.None("svg .hit").None("svg b")
	page.In("svg title").HasText("A05: HTX Tài Hoan").HasText("A01: còn trống").HasText(`A02: HTX "Ngô & Sắn" <b>`)
	page.In("table tbody").HasText("Miến dong Tài Hoan")
	for query, code := range map[string]string{"?gian=A05": "A05", "?gian=a05": "A05", "?q=tai+hoan": "A05", "?q=MI%E1%BA%BEN": "A05", "?q=ngo+san": "A02"} {
		get(query).In(".plan svg .hit").HasCount(1).HasText(code)
	}
	get("?q=khong+co").None("svg .hit").In("main").HasText("Không có cơ sở nào khớp")
	get("?gian=Z99").None("svg .hit").None("#gian")
	get("?gian=A01").In("#gian").HasText("Gian này còn trống")
	near := get("?gian=A05")
	near.In("#gian .near .hit").HasCount(1).HasText("A05")
	near.In("#gian .near").HasAttr("viewBox", "232 0 400 132")
	near.In("#gian .whole .here").HasCount(1)
	near.None("#gian .near a")
	answers(t, visitor.Get("/su-kien/khong-co/so-do"), 404)
	answers(t, visitor.Get("/su-kien/"+f.Event(testkit.InState(registry.Draft)).Slug+"/so-do"), 404)
	none := f.Event()
	testkit.In(t, answers(t, visitor.Get("/su-kien/"+none.Slug+"/so-do"), 200).Body, "main").HasText("chưa công bố sơ đồ")
}

func TestPublicPlanIsCachedUntilABoothIsGiven(t *testing.T) {
	f := newFair(t)
	b := f.Booths(f.event.ID, "A", 2)
	mine := f.applied(registry.AppApproved)
	visitor := testkit.NewClient(t, f.base)
	plan := "/su-kien/" + f.event.Slug + "/so-do"
	first := answers(t, visitor.Get(plan), 200)
	if first.Header.Get("ETag") == "" || answers(t, visitor.Get(plan), 200).Header.Get("ETag") != first.Header.Get("ETag") {
		t.Error("the plan has no steady ETag")
	}
	give := f.deskRoot() + "/" + string(b[0].ID) + "/xep"
	answers(t, f.office.Post(give, url.Values{"application": {string(mine.ID)}}), 303)
	testkit.In(t, answers(t, visitor.Get(plan), 200).Body, "table").HasText("HTX Tài Hoan")
}

// TestPlanOfAHundredBoothsIsLight keeps the page of 100 given booths within its
// weight, compressed as browsers get it.
func TestPlanOfAHundredBoothsIsLight(t *testing.T) {
	f := newFair(t)
	booths := f.Booths(f.event.ID, "A", 100)
	for i, b := range booths {
		f.Assign(b, f.rival(fmt.Sprintf("Hợp tác xã nông nghiệp Bản Cuôn %d", i), registry.AppApproved))
	}
	page := answers(t, testkit.NewClient(t, f.base).Get("/su-kien/"+f.event.Slug+"/so-do"), 200)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write([]byte(page.Body))
	w.Close()
	t.Logf("%d bytes, %d compressed", len(page.Body), zipped.Len())
	if own := len(page.Body) - len(static.Style("css/app.css")); zipped.Len() > 40_000 || own > 80_000 {
		t.Errorf("the plan weighs %d bytes without its style, %d compressed with it; want at most 80,000 and 40,000", own, zipped.Len())
	}
	if n := strings.Count(page.Body, "<rect x="); n < 100 {
		t.Errorf("%d booths are drawn, want 100", n)
	}
}

func TestEventPageCarriesThePlan(t *testing.T) {
	f := newFair(t)
	visitor := testkit.NewClient(t, f.base)
	page := "/su-kien/" + f.event.Slug
	testkit.Page(t, answers(t, visitor.Get(page), 200).Body).None(".plan").None(`a[href="` + page + `/so-do"]`)
	b := f.Booths(f.event.ID, "A", 20)
	f.Assign(b[4], f.applied(registry.AppApproved))
	give := f.deskRoot() + "/" + string(b[7].ID) + "/khoa"
	answers(t, f.office.Post(give, url.Values{}), 303)
	doc := testkit.Page(t, answers(t, visitor.Get(page), 200).Body)
	doc.In(".plan svg a").HasCount(20)
	doc.In(".plan .assigned").HasAttr("href", page+"/so-do?gian=A05#gian")
	doc.In(".key").HasText("không xếp (1)")
	doc.In("a.btn").HasAttr("href", page+"/dang-ky")
	f.Booths(f.event.ID, "B", 150)
	answers(t, f.office.Post(give[:len(give)-len("khoa")]+"mo", url.Values{}), 303)
	testkit.Page(t, answers(t, visitor.Get(page), 200).Body).None(".plan").In(`a[href="` + page + `/so-do"]`)
}

func TestGatesAreMarkedOnThePlan(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 4)
	f.Write(func(tx *store.Tx) error {
		for n, name := range []string{"Cổng A", "Cổng <B>"} {
			g := registry.Gate{Event: f.event.ID, Number: n + 1, Name: name, Code: fmt.Sprintf("%06d", n)}
			if err := tx.InsertGate(t.Context(), g); err != nil {
				return err
			}
		}
		return nil
	})
	doc := testkit.Page(t, answers(t, testkit.NewClient(t, f.base).Get("/su-kien/"+f.event.Slug+"/so-do"), 200).Body)
	doc.In("svg .way").HasCount(2).HasText("▲ Cổng A").HasText("▲ Cổng <B>")
}
