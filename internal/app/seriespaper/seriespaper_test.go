package seriespaper_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/seriespaper"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/report/series"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// year is a series with a session in each standing, the earlier two of them reported.
type year struct {
	*testkit.Kit
	organiser, reporter registry.Actor
	pattern             registry.Event
	id                  recurrence.SeriesID
	big, small          registry.Event // four and two vendors filed their sales
	missing, off        registry.Event
}

func newYear(t *testing.T) *year {
	y := &year{Kit: testkit.NewApp(t)}
	y.organiser, _ = y.Officer(registry.Organiser, "19")
	y.reporter, _ = y.Officer(registry.Reporter, "19")
	y.pattern = y.Event(testkit.InState(registry.Draft), testkit.Titled("Phiên chợ Ba Bể"))
	y.big, y.small, y.missing = y.held(-60), y.held(-40), y.held(-20)
	y.off = y.Event(testkit.InState(registry.Cancelled), testkit.OnDays(vn.AddDays(y.App.Today(), -10), 1))
	y.id = y.Series(y.pattern, y.missing, y.off, y.small, y.big, y.Event(testkit.InState(registry.Running)), y.Event(testkit.InState(registry.Planned)),
		y.Event(testkit.InState(registry.Postponed)))
	often := y.Vendor()
	y.sold(y.big, 1_111_111, often.ID, y.Vendor().ID, y.Vendor().ID, y.Vendor().ID)
	y.sold(y.small, 7_777_777, often.ID, y.Vendor().ID)
	y.sold(y.missing, 5_555_555, often.ID, y.Vendor().ID, y.Vendor().ID)
	y.close(&y.big, &y.small)
	return y
}

// held is an event that ended some days ago.
func (y *year) held(days int) registry.Event {
	return y.Event(testkit.InState(registry.Ended), testkit.OnDays(vn.AddDays(y.App.Today(), days), 2))
}

// sold lets vendors take part in an event and file as much, each on the first day.
func (y *year) sold(e registry.Event, dong int64, vendors ...registry.VendorID) {
	y.T.Helper()
	for _, v := range vendors {
		y.Application(e, v, testkit.Standing(registry.AppApproved))
		y.Write(func(tx *store.Tx) error {
			return tx.SaveSales(y.T.Context(), &registry.SalesReturn{Event: e.ID, Vendor: v, FiledBy: y.organiser.Account,
				Days: []registry.SalesDay{{Day: e.Days[0].Day, Dong: dong, By: y.organiser.Account}}})
		})
	}
}

func (y *year) close(events ...*registry.Event) {
	y.T.Helper()
	for _, e := range events {
		y.step(e, registry.Reported)
	}
}

func (y *year) step(e *registry.Event, to registry.EventState) {
	y.T.Helper()
	*e = testkit.RereadEvent(testingT(y), y.Kit, e.ID)
	in := lifecycle.StepInput{To: to, Version: e.Version, Reason: "Mở lại để bổ sung"}
	if err := y.App.Lifecycle.StepEvent(y.T.Context(), y.organiser, e.ID, in); err != nil {
		y.T.Fatal(err)
	}
}

func testingT(y *year) *testing.T { return y.T.(*testing.T) }

func (y *year) paper() *seriespaper.Paper {
	y.T.Helper()
	p, err := y.App.SeriesPaper.Paper(y.T.Context(), y.reporter, y.id, "vi")
	if err != nil {
		y.T.Fatal(err)
	}
	return &p
}

// said is all that a paper says, with every figure opened.
func said(p *seriespaper.Paper) string {
	var b strings.Builder
	d := p.Document("vi")
	tables := slices.Clone(d.Annexes)
	for _, s := range d.Sections {
		b.WriteString(s.Heading + "\n" + strings.Join(s.Paragraphs, "\n") + "\n")
		tables = append(tables, s.Tables...)
	}
	for _, t := range tables {
		for _, row := range t.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.String() + "\n")
			}
		}
	}
	return b.String()
}

func TestASeriesTellsItsSessionsApart(t *testing.T) {
	y := newYear(t)
	p := y.paper()
	for key, want := range map[series.Key]int64{"sessions": 7, "sessions_held": 4, "sessions_reported": 2, "sessions_missing": 2, "sessions_ahead": 2, "sessions_cancelled": 1,
		"vendors": 6, "vendors_distinct": 5, "sales_missing": 0, "costs_dong": 0} {
		if f := p.Figure(key); f.N != want || !f.Told {
			t.Errorf("%s is %d (%v), want %d", key, f.N, f.Told, want)
		}
	}
	if !slices.IsSortedFunc(p.Sessions, func(a, b series.Session) int { return strings.Compare(a.OpensOn, b.OpensOn) }) {
		t.Error("sessions are not in the order of their days")
	}
	if all := said(p); !p.Draft() || !strings.Contains(all, "chưa chốt báo cáo, 1 phiên: "+vn.ShowDate(y.missing.OpensOn)) || !strings.Contains(all, "Mưa lũ") {
		t.Errorf("draft %v, and it does not name what is missing and why a session is off:\n%s", p.Draft(), all)
	}
	for _, s := range p.Sessions {
		if _, told := s.N("visits"); told != s.Counts() {
			t.Errorf("%s, %s tells visits: %v", s.Name(), s.Standing, told)
		}
	}
}

// TestNoVendorsSalesCanBeWorkedOut: the sum is that of the sessions that tell theirs, so that it less
// another is never that of one with fewer than three returns.
func TestNoVendorsSalesCanBeWorkedOut(t *testing.T) {
	y := newYear(t)
	p := y.paper()
	if f := p.Figure("sales_dong"); f.N != 4*1_111_111 || f.Of != 1 {
		t.Errorf("sales %+v, want those of the session with four returns", f)
	}
	hidden := []string{vn.Count(7_777_777), vn.Count(2 * 7_777_777), vn.Count(4*1_111_111 + 2*7_777_777), vn.Count(5_555_555), vn.Count(3 * 5_555_555)}
	all := said(p)
	for _, n := range hidden {
		if strings.Contains(all, n) {
			t.Errorf("the paper says %s", n)
		}
	}
	if strings.Count(all, vn.Count(4*1_111_111)) < 3 || strings.Contains(all, vn.Count(1_111_111)+"\n") {
		t.Error("the paper does not say the sum that may be said, or a single vendor's")
	}
	if o, err := y.App.SeriesPaper.Open(t.Context(), y.reporter, y.id, "sales_dong", "vi"); err != nil || len(o.Sessions) != 2 || len(o.Lines) != 0 {
		t.Errorf("sales opened: %v", err)
	}
	// the third return comes by an addendum: the sum of the two others is not to be had by the difference
	testkit.Works(t, y.App.Reports.NumberReport(t.Context(), y.organiser, y.big.ID, "12/BC", vn.ShowDate(y.App.Today())))
	y.step(&y.big, registry.Ended)
	y.sold(y.big, 9_999_999, y.Vendor().ID)
	y.close(&y.big)
	if f := y.paper().Figure("sales_dong"); f.N != 4*1_111_111 {
		t.Errorf("with one return more the sum is %d, and tells that return by the difference", f.N)
	}
	if f := y.paper().Figure("vendors"); f.N != 7 {
		t.Errorf("%d vendors after an addendum, want 7", f.N)
	}
}

func TestAReportThatWasGivenBack(t *testing.T) {
	y := newYear(t)
	y.step(&y.small, registry.Ended)
	p := y.paper()
	if f := p.Figure("sessions_reported"); f.N != 1 || p.Figure("vendors").N != 4 || p.Figure("sessions_missing").N != 3 {
		t.Errorf("a report that was opened again before it was signed counts: %+v, %d vendors", f, p.Figure("vendors").N)
	}
	testkit.Works(t, y.App.Reports.NumberReport(t.Context(), y.organiser, y.big.ID, "12/BC", vn.ShowDate(y.App.Today())))
	y.step(&y.big, registry.Ended)
	p = y.paper()
	i := slices.IndexFunc(p.Sessions, func(s series.Session) bool { return s.Event == y.big.ID })
	if s := p.Sessions[i]; s.Standing != series.SessionReopened || p.Figure("vendors").N != 4 || !p.Draft() {
		t.Errorf("a signed report with an open addendum is %s, %d vendors", s.Standing, p.Figure("vendors").N)
	}
	if !strings.Contains(said(p), "đang mở lại để bổ sung") {
		t.Error("the paper does not say that a report is open again")
	}
}

func TestASeriesIsFinalOnceAllIsReported(t *testing.T) {
	y := newYear(t)
	y.id = y.Series(y.pattern, y.held(-5), y.Event(testkit.InState(registry.Cancelled)))
	if p := y.paper(); !p.Draft() || p.Figure("visits").Told {
		t.Error("a series without a report is final, or tells visits")
	}
	y.id = y.Series(y.pattern)
	p := y.paper()
	if d := p.Document("vi"); len(d.Sections) != 2 || d.Draft == "" || !strings.Contains(d.Sections[0].Paragraphs[0], "chưa có phiên nào") {
		t.Errorf("an empty series says %+v", d.Sections)
	}
	for _, form := range []string{"pdf", "docx", "xlsx"} {
		testkit.Works(t, testkit.Second(y.App.SeriesPaper.File(t.Context(), y.reporter, y.id, form, "en")))
	}
	done := y.held(-6)
	y.close(&done)
	y.id = y.Series(y.pattern, done, y.Event(testkit.InState(registry.Cancelled)))
	if p := y.paper(); p.Draft() || p.Document("vi").Draft != "" {
		t.Error("all that was held is reported, and the paper is a draft")
	}
}

func TestWhoReadsThePaperOfASeries(t *testing.T) {
	y := newYear(t)
	far := y.Event(testkit.InState(registry.Ended), testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "04"}))
	wide := y.Series(y.pattern, y.held(-3), far)
	commune := testkit.BaBe.Code
	for _, c := range []struct {
		role       registry.Role
		area       string
		own, both  bool
		writes     bool
		registered bool
	}{
		{registry.Organiser, "19", true, false, true, true}, {registry.Reporter, "19", true, false, false, true}, {registry.GateChief, "19", true, false, false, false},
		{registry.Viewer, "19", false, false, false, false}, {registry.Reporter, commune, true, false, false, true}, {registry.Reporter, "04", false, false, false, false},
		{registry.Admin, "", true, true, true, true},
	} {
		actor, _ := y.Officer(c.role, c.area)
		p, err := y.App.SeriesPaper.Paper(t.Context(), actor, y.id, "vi")
		if (err == nil) != c.own || err != nil && registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s of %q: %v", c.role, c.area, err)
		}
		if err == nil && (p.Writes != c.writes || p.Figure("costs_dong").Told != c.registered) {
			t.Errorf("%s writes: %v, is told costs: %v", c.role, p.Writes, p.Figure("costs_dong").Told)
		}
		if _, err := y.App.SeriesPaper.Paper(t.Context(), actor, wide, "vi"); (err == nil) != c.both {
			t.Errorf("%s of %q reads a series that reaches further: %v", c.role, c.area, err)
		}
		reads, err := y.App.SeriesPaper.Reads(t.Context(), actor, wide)
		of, fault := y.App.SeriesPaper.Of(t.Context(), actor, far.ID)
		if reads != c.both || err != nil || (of == wide) != c.both || fault != nil {
			t.Errorf("%s: reads %v %v, leads to %q %v", c.role, reads, err, of, fault)
		}
		_, err = y.App.SeriesPaper.Open(t.Context(), actor, wide, "visits", "vi")
		if _, gone := y.App.SeriesPaper.File(t.Context(), actor, wide, "pdf", "vi"); (err == nil) != c.both || (gone == nil) != c.both {
			t.Errorf("%s opens a figure: %v, a file: %v", c.role, err, gone)
		}
	}
	for _, key := range []series.Key{"", "doanh-thu", "visits_", "phien/x"} {
		if _, err := y.App.SeriesPaper.Open(t.Context(), y.reporter, y.id, key, "vi"); registry.KindOf(err) != registry.NotFound {
			t.Errorf("the figure %q: %v", key, err)
		}
	}
	for _, key := range series.Keys() {
		if _, err := y.App.SeriesPaper.Open(t.Context(), y.reporter, y.id, key, "en"); err != nil {
			t.Errorf("the figure %s: %v", key, err)
		}
	}
	if _, err := y.App.SeriesPaper.Paper(t.Context(), y.reporter, "khong-co", "vi"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a series that there is not: %v", err)
	}
}

func TestAssessmentsStandUnderTheirSessions(t *testing.T) {
	y := newYear(t)
	e := y.held(-7)
	in := reportsInput("Bà con hài lòng.\n\nĐề nghị thêm gian hàng.")
	testkit.Works(t, y.App.Reports.SaveReportPaper(t.Context(), y.organiser, e.ID, in))
	y.close(&e)
	y.id = y.Series(y.pattern, e, y.held(-3))
	d := y.paper().Document("vi")
	i := slices.IndexFunc(d.Sections, func(s report.Section) bool {
		return strings.HasPrefix(s.Heading, "1. Phiên ngày "+vn.ShowDate(e.OpensOn))
	})
	if i < 0 || fmt.Sprint(d.Sections[i].Paragraphs) != "[Bà con hài lòng. Đề nghị thêm gian hàng.]" {
		t.Errorf("section %d of %+v", i, d.Sections)
	}
}
