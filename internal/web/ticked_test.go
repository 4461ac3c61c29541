package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// sheet is the form of a page on which a paper is typed in.
func (d *gateDesk) sheet(page string) testkit.Form {
	d.t.Helper()
	for _, f := range testkit.Page(d.t, d.c.Get(page).Body).In("main").Forms() {
		if strings.HasPrefix(f.Action, page+"?ngay=") {
			return f
		}
	}
	d.t.Fatalf("%s has no form", page)
	return testkit.Form{}
}

// ticked is the form of the list's page with times for the n-th line.
func (d *gateDesk) ticked(n int, in, out string) url.Values {
	fields := d.sheet(d.root + "/danh-sach").Fields
	fields["in"][n], fields["out"][n] = in, out
	return fields
}

// TestChiefTypesInATickedList: without JavaScript, many lines at once, with faults at
// their fields and what was typed kept; a line can be taken back.
func TestChiefTypesInATickedList(t *testing.T) {
	d := newGateDesk(t)
	page := d.root + "/danh-sach"
	testkit.Page(t, d.c.Get(page).Body).In("main").HasText("A05").HasText("Thẻ nhân viên 1/")
	form := d.sheet(page)
	fields := d.ticked(0, "trưa", "")
	fields["in"][1] = "0700"
	bad := answers(t, d.c.Post(form.Action, fields), 422)
	if !strings.Contains(bad.Body, `value="trưa"`) || !strings.Contains(bad.Body, `href="#f-in-0"`) || !strings.Contains(bad.Body, "Dòng 1: ") || !strings.Contains(bad.Body, `value="0700"`) {
		t.Error("the fault is not at its field, or what was typed is gone")
	}
	saved := answers(t, d.c.Post(form.Action, d.ticked(0, "0700, 7:20", "7h10")), 303)
	answers(t, d.c.Post(form.Action, d.ticked(0, "0700, 7:20", "7h10")), 303)
	shown := answers(t, d.c.Get(saved.Location), 200)
	if n := strings.Count(shown.Body, "vào 07:00"); n != 2 { // once for the eye, once for the name of the button
		t.Errorf("the entry stands there %d times", n)
	}
	at := strings.Index(shown.Body, page+"/")
	drop := shown.Body[at:]
	drop = strings.ReplaceAll(drop[:strings.Index(drop, `"`)], "&amp;", "&")
	answers(t, d.c.Post(drop, nil), 303)
	if after := d.c.Get(saved.Location); strings.Count(after.Body, "vào 07:00") != 0 || !strings.Contains(after.Body, "ra 07:10") {
		t.Error("the line was not taken back, or another was")
	}
	if got := d.c.Get(page + "?q=" + url.QueryEscape("không có ai")); strings.Contains(got.Body, "A05") || got.Status != 200 {
		t.Error("a search finds what it should not")
	}
	testkit.Page(t, d.c.Get(page+"?q=a05").Body).In("main").HasText("A05")
	for name, change := range map[string]func(url.Values){
		"short column": func(v url.Values) { v["in"] = v["in"][1:] },
		"other field":  func(v url.Values) { v.Set("verdict", "ok") },
	} {
		v := d.ticked(0, "0700", "")
		change(v)
		if got := d.c.Post(form.Action, v); got.Status != 400 {
			t.Errorf("%s: %d", name, got.Status)
		}
	}
	for _, query := range []string{"?cong=9", "?cong=x", "?cong=-1"} {
		if got := d.c.Get(page + ".pdf" + query); got.Status != 404 {
			t.Errorf("list of %s: %d", query, got.Status)
		}
	}
	pdf := answers(t, d.c.Get(page+".pdf?cong=1"), 200)
	if !strings.HasPrefix(pdf.Body, "%PDF") || pdf.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("list %s", pdf.Header.Get("Content-Type"))
	}
}

// TestChiefTypesInATallySheet: the whole sheet, shown again as it is stored.
// TestTheListShowsAScanOfAReplacedPass: whoever came in with a pass and has another one since
// stands on the list with that entry.
func TestTheListShowsAScanOfAReplacedPass(t *testing.T) {
	d := newGateDesk(t)
	staff, phone := d.pass(registry.StaffPass), d.k.Phone(d.event.ID, registry.Steward, 1)
	if _, err := d.k.App.Admission.Scan(t.Context(), phone.Device, phone.Batch(phone.Scan(staff))); err != nil {
		t.Fatal(err)
	}
	if _, err := d.k.App.Passes.ReissuePass(t.Context(), d.organiser, staff.ID, "Rách thẻ."); err != nil {
		t.Fatal(err)
	}
	page := answers(t, d.c.Get(d.root+"/danh-sach"), 200)
	if !strings.Contains(page.Body, "vào "+vn.ClockOf(d.k.Clock.Now())) {
		t.Error("the entry with the pass before is not on the list")
	}
}

func TestChiefTypesInATallySheet(t *testing.T) {
	d := newGateDesk(t)
	page := d.root + "/phieu-dem"
	fill := func(value string) testkit.Answer {
		form := d.sheet(page)
		fields := form.Fields
		fields["adults"] = append([]string{value}, fields["adults"][1:]...)
		fields["children"] = append([]string{"3"}, fields["children"][1:]...)
		return d.c.Post(form.Action, fields)
	}
	if got := fill("nhiều"); got.Status != 422 || !strings.Contains(got.Body, `value="nhiều"`) {
		t.Errorf("no number: %d", got.Status)
	}
	answers(t, fill("1.210"), 303)
	answers(t, fill("1210"), 303)
	body := d.c.Get(page).Body
	if !strings.Contains(body, `value="1210"`) || !strings.Contains(body, "<b>1.210</b>") {
		t.Error("the sheet does not show what was typed in")
	}
	testkit.Page(t, d.c.Get(d.root+"/khach").Body).In("main").HasText("phiếu giấy 1.213").HasText("có 3 trẻ em")
	if pdf := answers(t, d.c.Get(page+".pdf"), 200); !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Error("no PDF")
	}
}

// TestGatePapersNeedTheChief: whoever may only look, and chiefs of other areas.
func TestGatePapersNeedTheChief(t *testing.T) {
	d := newGateDesk(t)
	_, elsewhere := d.k.Officer(registry.GateChief, "2020:006")
	_, viewer := d.k.Officer(registry.Viewer, "")
	for name, c := range map[string]struct {
		token  string
		status int
	}{"other area": {elsewhere, 404}, "viewer": {viewer, 404}} {
		client := testkit.NewClient(t, d.base)
		client.SignInAs(c.token)
		for _, path := range []string{"/danh-sach", "/danh-sach.pdf", "/phieu-dem", "/phieu-dem.pdf"} {
			if got := client.Get(d.root + path); got.Status != c.status {
				t.Errorf("%s %s: %d, want %d", name, path, got.Status, c.status)
			}
		}
		if got := client.Post(d.root+"/danh-sach", url.Values{"code": {""}, "in": {""}, "out": {""}}); got.Status != c.status {
			t.Errorf("%s types: %d", name, got.Status)
		}
	}
}
