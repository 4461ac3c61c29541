package web_test

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/static"
)

// TestPublicPlanIsAsDrawn: once a drawn plan is published, visitors see booths where they stand; a draft shows nobody anything.
func TestPublicPlanIsAsDrawn(t *testing.T) {
	f := newFair(t)
	list := f.Booths(f.event.ID, "A", 6)
	f.Assign(list[1], f.applied(registry.AppApproved))
	visitor, plan := testkit.NewClient(t, f.base), "/su-kien/"+f.event.Slug+"/so-do"
	get := func(query string) testkit.Doc { return testkit.Page(t, answers(t, visitor.Get(plan+query), 200).Body) }
	before := answers(t, visitor.Get(plan), 200).Body
	l := f.Drawn(f.event.ID, floorplan.Street, 8, false)
	if answers(t, visitor.Get(plan), 200).Body != before {
		t.Error("a draft is seen")
	}
	f.Drawn(f.event.ID, floorplan.Street, 8, true)
	page := get("")
	page.In(".plan svg a.b").HasCount(8)
	page.In(".plan svg .fire").HasText("Lối cứu hỏa")
	page.In(".plan svg .gate").HasText("Cổng")
	page.In(".plan svg").HasAttr("viewBox", fmt.Sprintf("-4 -4 %d %d", floorplan.Units(l.W)+8, floorplan.Units(l.H)+8))
	page.In("svg title").HasText("A02: HTX Tài Hoan").HasText("A08: còn trống")
	near := get("?gian=A02")
	near.In(".plan svg .hit").HasCount(1).HasText("A02")
	near.In("#gian .near .hit").HasCount(1).HasText("A02")
	near.In("#gian .whole .here").HasCount(1)
	near.In("#gian").HasText("m theo đường thẳng")
	get("?q=mien").In(".plan svg .hit").HasCount(1).HasText("A02")
	get("?gian=Z99").None("#gian").None("svg .hit")
	more := f.Booths(f.event.ID, "B", 1)
	f.Assign(more[0], f.rival("HTX Bản Cuôn", registry.AppApproved)) // after it was published
	testkit.Page(t, answers(t, f.office.Get(f.deskRoot()), 200).Body).In(".plan-undrawn").HasText("B01")
	for name, size := range map[string]string{booths.PaperPlan: "/MediaBox [0 0 595.28 841.89]", booths.PaperPlanA3: "/MediaBox [0 0 841.89 1190.55]"} {
		paper := answers(t, f.office.Get(f.deskRoot()+"/in/"+name), 200).Body
		if !strings.Contains(paper, size) || strings.Count(paper, "/Type /Page\n") != 1 {
			t.Errorf("%s is no single sheet of the size %s", name, size)
		}
		if text := pdfText(t, paper); !strings.Contains(text, "A08") || !strings.Contains(text, "Lối cứu hỏa") || !strings.Contains(text, "10 m") {
			t.Errorf("%s says %q", name, text)
		}
	}
}

// TestDrawnPlanOfAHundredBoothsIsLight is TestPlanOfAHundredBoothsIsLight of a drawn plan.
func TestDrawnPlanOfAHundredBoothsIsLight(t *testing.T) {
	f := newFair(t)
	for i, b := range f.Booths(f.event.ID, "A", 100) {
		f.Assign(b, f.rival(fmt.Sprintf("Hợp tác xã nông nghiệp Bản Cuôn %d", i), registry.AppApproved))
	}
	f.Drawn(f.event.ID, floorplan.DoubleRow, 100, true)
	page := answers(t, testkit.NewClient(t, f.base).Get("/su-kien/"+f.event.Slug+"/so-do"), 200)
	at, end := strings.Index(page.Body, "<svg viewBox=\"-4"), strings.LastIndex(page.Body, "</svg>")
	t.Logf("the page has %d bytes, the drawing %d", len(page.Body)-len(static.Style("css/app.css")), strings.Index(page.Body[at:end+6], "</svg>")+6)
	if drawing := strings.Index(page.Body[at:end+6], "</svg>") + 6; drawing > 40_000 {
		t.Errorf("the drawing of 100 booths weighs %d bytes, at most 40,000", drawing)
	}
}

// ground is the page of the plan of the fair.
func (f *fair) ground() string { return "/quan-ly/su-kien/" + string(f.event.ID) + "/mat-bang" }

// plan is the page of the plan as the office sees it.
func (f *fair) plan() testkit.Doc {
	f.t.Helper()
	return testkit.Page(f.t, answers(f.t, f.office.Get(f.ground()), 200).Body)
}

// ref is from which change of the plan a form begins.
func (f *fair) ref(more url.Values) url.Values {
	f.t.Helper()
	d, err := f.App.FloorPlans.Desk(f.t.Context(), registry.SystemActor("test"), f.event.ID)
	testkit.Works(f.t, err)
	values := url.Values{"n": {strconv.Itoa(d.Ref().N)}, "version": {strconv.FormatInt(d.Ref().Version, 10)}}
	maps.Copy(values, more)
	return values
}

// layout is the plan that is worked on.
func (f *fair) layout() floorplan.Layout {
	f.t.Helper()
	d, err := f.App.FloorPlans.Desk(f.t.Context(), registry.SystemActor("test"), f.event.ID)
	testkit.Works(f.t, err)
	return d.Shown().Layout
}

// sends posts a form of the plan, which has to be taken.
func (f *fair) sends(path string, form url.Values) {
	f.t.Helper()
	answers(f.t, f.office.Post(f.ground()+path, f.ref(form)), 303)
}

// seen is what the page of publishing says that it would do.
func (f *fair) seen() url.Values {
	f.t.Helper()
	return url.Values{"seen": {testkit.Page(f.t, answers(f.t, f.office.Get(f.ground()+"/cong-bo"), 200).Body).In("input[name=seen]").Attr("value")}}
}

// TestOfficeDrawsAPlanWithoutAScript goes the whole way by forms: a template, a row, an object, new numbers, what is found and how it
// is mended, publishing with its effects, and the way back.
func TestOfficeDrawsAPlanWithoutAScript(t *testing.T) {
	f := newFair(t)
	list := f.Booths(f.event.ID, "A", 4)
	f.Assign(list[0], f.applied(registry.AppApproved))
	f.plan().In("main").HasText("Chưa vẽ mặt bằng").HasText("Hàng đôi")
	answers(t, f.office.Post(f.ground()+"/mau", url.Values{"template": {"castle"}, "count": {"9999"}}), 422)
	answers(t, f.office.Post(f.ground()+"/mau", url.Values{"template": {"street"}, "count": {"4"}}), 303)
	f.plan().In("main").HasText("Bản nháp 1, 4 gian: 0 điều ngăn công bố").HasText("HTX Tài Hoan")
	answers(t, f.office.Post(f.ground()+"/mau", url.Values{"template": {"street"}, "count": {"4"}}), 409)

	row := url.Values{"zone": {"b"}, "first": {"1"}, "count": {"3"}, "x": {"3"}, "y": {"4,5"}, "w": {"3"}, "h": {"3"}, "way": {"right"}}
	f.sends("/hang", row)
	page := f.plan()
	page.In("main").HasText("7 gian").HasText("B01 lấn vào").HasText("Gian B01 chồng lên gian A01").HasText("điều ngăn công bố")
	page.None(`a[href="` + f.ground() + `/cong-bo"]`).None(`form[action="` + f.ground() + `/soat"]`)
	if got := answers(t, f.office.Post(f.ground()+"/hang", f.ref(row)), 422); !strings.Contains(got.Body, "Số B01 đã có") {
		t.Error("a number that is taken is not told")
	}
	answers(t, f.office.Post(f.ground()+"/soat", f.ref(nil)), 409)
	f.sends("/doi", url.Values{"from": {"B"}, "x": {"0"}, "y": {"-4,5"}})
	page = f.plan()
	page.In("main").HasText("0 điều ngăn công bố")

	// what is found can be mended by the program, or by hand where it is
	l := f.layout()
	id := l.Objects[l.Find(l.Booths()[4].ID)].ID
	others := testkit.Page(t, answers(t, f.office.Get(f.ground()+"/vat/"+l.Booths()[0].ID), 200).Body)
	others.None(`main .item a[href="` + f.ground() + "/vat/" + l.Booths()[0].ID + `"]`) // no way to where one is
	form := url.Values{"code": {"B01"}, "x": {"3"}, "y": {"1"}, "w": {"3"}, "h": {"3"}, "turn": {"0"}}
	object := testkit.Page(t, answers(t, f.office.Get(f.ground()+"/vat/"+id), 200).Body)
	object.In("main").HasText("B01")
	f.sends("/vat/"+id, form)
	key := f.plan().In(`form[action="` + f.ground() + `/sua"] input[name=key]`).Attr("value")
	f.sends("/sua", url.Values{"key": {key}})
	f.plan().In("main").HasText("0 điều ngăn công bố")
	answers(t, f.office.Post(f.ground()+"/sua", f.ref(url.Values{"key": {key}})), 409)
	for field, bad := range map[string]string{"x": "xa", "w": "0", "turn": "400", "code": "gian 1"} {
		odd := maps.Clone(form)
		odd.Set(field, bad)
		testkit.Page(t, answers(t, f.office.Post(f.ground()+"/vat/"+id, f.ref(odd)), 422).Body).In(".faults a").HasAttr("href", "#f-"+field)
	}
	f.sends("/vat/moi", url.Values{"kind": {"wc"}, "code": {""}, "label": {"WC nam"}, "x": {"0"}, "y": {"0"}, "w": {"2"}, "h": {"2"}, "turn": {"0"}})
	f.plan().In("table").HasText("WC nam")
	f.sends("/lui", nil)
	if f.layout().Count(floorplan.WC) != 0 {
		t.Error("the change was not taken back")
	}
	f.sends("/dat", url.Values{"w": {"60"}, "h": {"40"}, "lane": {"4"}, "edge": {"0; 0\n60; 0\n60; 40\n0; 40"}})
	f.sends("/danh-so", url.Values{"from": {"B"}, "zone": {"C"}, "first": {"5"}, "direction": {"left"}})
	f.plan().In("table").HasText("C05").HasText("C07")

	// without the booth that somebody has it cannot be published; without one that nobody has it can
	l = f.layout()
	f.sends("/vat/"+l.Booths()[0].ID+"/xoa", nil)
	f.plan().In("main").HasText("Gian A01 đã có chủ mà không có trên mặt bằng: HTX Tài Hoan")
	f.sends("/lui", nil)
	f.sends("/vat/"+l.Booths()[3].ID+"/xoa", nil)
	ask := func() testkit.Doc { return testkit.Page(t, answers(t, f.office.Get(f.ground()+"/cong-bo"), 200).Body) }
	ask().In(".banner.stop").HasText("chưa được soát")
	answers(t, f.office.Post(f.ground()+"/cong-bo", f.ref(nil)), 409)
	f.sends("/soat", nil)
	ask().In("main").HasText("Thêm 3 gian, với phí và điện ghi dưới đây: C05, C06, C07").HasText("Bỏ 1 gian chưa ai nhận: A04").HasText("Lùi lại")
	answers(t, f.office.Post(f.ground()+"/cong-bo", f.ref(url.Values{"seen": {"else"}})), 409)
	terms := f.seen()
	terms.Set("fee_C", "nửa triệu")
	faulty := testkit.Page(t, answers(t, f.office.Post(f.ground()+"/cong-bo", f.ref(terms)), 422).Body)
	faulty.In(".faults a").HasAttr("href", "#f-fee_C")
	terms.Set("fee_C", "500.000")
	terms.Set("power_C", "1")
	answers(t, f.office.Post(f.ground()+"/cong-bo", f.ref(url.Values{"seen": terms["seen"], "roof": {"1"}})), 400)
	f.sends("/cong-bo", terms)
	if d, err := f.App.FloorPlans.Desk(t.Context(), registry.SystemActor("test"), f.event.ID); err != nil || d.Booths[len(d.Booths)-1].FeeDong != 500_000 || !d.Booths[len(d.Booths)-1].Power {
		t.Errorf("new booths are %+v, %v", d.Booths, err)
	}
	f.plan().In("main").HasText("Bản 1 đang công bố, 6 gian")
	testkit.Page(t, answers(t, f.office.Get("/su-kien/"+f.event.Slug+"/so-do"), 200).Body).In(".plan").HasText("C05")
	answers(t, f.office.Get(f.ground()+"/cong-bo"), 303)

	// and back
	f.sends("/vat/"+f.layout().Booths()[5].ID+"/xoa", nil)
	f.sends("/soat", nil)
	f.sends("/cong-bo", f.seen())
	testkit.Page(t, answers(t, f.office.Get(f.ground()+"/ban/1"), 200).Body).In("main").HasText("Lấy lại bản 1")
	answers(t, f.office.Get(f.ground()+"/ban/9"), 404)
	f.sends("/lay", url.Values{"from": {"1"}})
	f.plan().In("main").HasText("Bản nháp 3, 6 gian")
	f.sends("/cat", nil)
	f.plan().In("main").HasText("Bản 2 đang công bố, 5 gian")
}

// TestTwoOrganisersAreAsked: what both have changed is asked, and nothing of either is lost.
func TestTwoOrganisersAreAsked(t *testing.T) {
	f := newFair(t)
	f.Drawn(f.event.ID, floorplan.Street, 4, false)
	_, token := f.Officer(registry.Organiser, "19")
	other := f.as(token)
	l := f.layout()
	form := func(o floorplan.Object, x string) url.Values {
		return url.Values{"code": {o.Code}, "x": {x}, "y": {"3"}, "w": {"3"}, "h": {"3"}, "turn": {"0"}}
	}
	a, b := l.Booths()[0], l.Booths()[1]
	mine, both := f.ref(form(b, "6,1")), f.ref(form(a, "3,2"))
	answers(t, other.Post(f.ground()+"/vat/"+a.ID, f.ref(form(a, "2,9"))), 303)
	answers(t, f.office.Post(f.ground()+"/vat/"+b.ID, mine), 303) // another thing: both are kept
	if l = f.layout(); l.Booths()[0].X != 290 || l.Booths()[1].X != 610 {
		t.Fatalf("merged %+v", l.Booths()[:2])
	}
	page := testkit.Page(t, answers(t, f.office.Post(f.ground()+"/vat/"+a.ID, both), 409).Body)
	page.In("table").HasText("vị trí 2,9 ; 3").HasText("vị trí 3,2 ; 3")
	send := url.Values{"n": {page.In("main input[name=n]").Attr("value")}, "version": {page.In("main input[name=version]").Attr("value")},
		"layout": {page.In("input[name=layout]").Attr("value")}, "keep": {""},
		"seen_n": {page.In("input[name=seen_n]").Attr("value")}, "seen_version": {page.In("input[name=seen_version]").Attr("value")}}
	answers(t, f.office.Post(f.ground()+"/luu", send), 409)
	send.Set("keep", a.ID+":mine")
	stale := maps.Clone(send)
	stale.Set("seen_version", "1")
	again := testkit.Page(t, answers(t, f.office.Post(f.ground()+"/luu", stale), 409).Body)
	again.In("option[selected]").HasCount(1).HasAttr("value", a.ID+":mine")
	answers(t, f.office.Post(f.ground()+"/luu", send), 303)
	if l = f.layout(); l.Booths()[0].X != 320 || l.Booths()[1].X != 610 {
		t.Errorf("after the choice %+v", l.Booths()[:2])
	}
	for name, bad := range map[string]url.Values{"no plan": {}, "a torn plan": {"n": {"1"}, "version": {"1"}, "layout": {"{"}}, "a stranger": {"roof": {"1"}}} {
		if got := f.office.Post(f.ground()+"/luu", bad).Status; got != 400 {
			t.Errorf("%s: %d", name, got)
		}
	}
}

// TestHeapOfBoothsIsALightPage: where all booths stand in one place, the page lists what is to be mended first.
func TestHeapOfBoothsIsALightPage(t *testing.T) {
	f := newFair(t)
	l := f.Drawn(f.event.ID, floorplan.Street, 400, false)
	for i := range l.Objects {
		l.Objects[i].X, l.Objects[i].Y, l.Objects[i].Turn = 300, 300, 0
	}
	at := f.ref(url.Values{"layout": {floorplan.Encode(l)}})
	answers(t, f.office.Post(f.ground()+"/luu", at), 303)
	page := f.plan()
	page.In("#soat .item").HasCount(50)
	page.In("#soat").HasText("điều chưa liệt kê")
	if size := len(answers(t, f.office.Get(f.ground()), 200).Body); size > 700_000 {
		t.Errorf("the page has %d bytes", size)
	}
}

// TestViewersSeeTheDrawnPlan: whoever may only look has no forms.
func TestViewersSeeTheDrawnPlan(t *testing.T) {
	f := newFair(t)
	_, token := f.Officer(registry.Viewer, "19")
	viewer := f.as(token)
	testkit.Page(t, answers(t, viewer.Get(f.ground()), 200).Body).In("main").HasText("Chưa vẽ mặt bằng").None("main form")
	f.Drawn(f.event.ID, floorplan.UShape, 4, false)
	testkit.Page(t, answers(t, viewer.Get(f.ground()), 200).Body).None("main form").None(".plan a")
	answers(t, viewer.Get(f.ground()+"/hang"), 404)
	answers(t, viewer.Post(f.ground()+"/soat", f.ref(nil)), 404)
}
