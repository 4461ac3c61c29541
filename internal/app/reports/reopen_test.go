package reports_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
)

// reopen opens the closed report again as an actor does.
func (h *harvest) reopen(actor registry.Actor, reason string) error {
	return h.App.Lifecycle.StepEvent(h.T.Context(), actor, h.Fair.ID, lifecycle.StepInput{To: registry.Ended, Reason: reason, Version: h.version()})
}

// earn stores what the vendor told of its first day.
func (h *harvest) earn(dong string) {
	h.T.Helper()
	in := h.told(dong, "0", "0")
	in.Version = h.stored().Version
	testkit.Works(h.T, h.file(h.seller.Owner, in))
}

// TestReportWithoutNumberIsOpenedPlainly closes a report, opens it again and closes it
// with other figures: they are the report then.
func TestReportWithoutNumberIsOpenedPlainly(t *testing.T) {
	h := newHarvest(t)
	reporter, _ := h.Officer(registry.Reporter, "19")
	h.earn("1.000.000")
	testkit.Works(t, h.close())
	for name, c := range map[string]struct {
		actor  registry.Actor
		reason string
		want   registry.Kind
	}{
		"without a reason": {h.Reviewer, " ", registry.Invalid}, "a reporter": {reporter, "Sửa", registry.Forbidden},
		"the vendor": {h.seller.Owner, "Sửa", registry.NotFound}, "nobody": {registry.Actor{}, "Sửa", registry.NotFound},
	} {
		if err := h.reopen(c.actor, c.reason); registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	x, err := h.App.Reports.ReopenEffect(t.Context(), h.Reviewer, h.Fair.ID)
	if err != nil || x.Next != 0 || x.Figures == 0 || x.Public == 0 {
		t.Errorf("what opening touches: %+v, %v", x, err)
	}
	testkit.Works(t, h.reopen(h.Reviewer, "Thiếu phiếu"))
	if r := h.report(reporter); r.Closed() || r.Event.State != registry.Ended || len(r.Stored.Addenda) != 0 {
		t.Errorf("opened: closed %t, %s, %d addenda", r.Closed(), r.Event.State, len(r.Stored.Addenda))
	}
	if lines, _, err := h.App.Reports.PublicResults(t.Context(), h.Fair.ID, "vi"); err != nil || lines != nil {
		t.Errorf("the public is told %v of an open report, %v", lines, err)
	}
	h.earn("3.000.000")
	testkit.Works(t, h.close())
	r := h.report(reporter)
	if n, _ := r.Figure("sales_dong"); n != 3_000_000 {
		t.Errorf("the report says %d đồng", n)
	}
}

// TestReportWithNumberGetsAnAddendum adds twice to a report that is out: its own
// figures stay, and each addendum has the old ones beside the new.
func TestReportWithNumberGetsAnAddendum(t *testing.T) {
	h := newHarvest(t)
	reporter, _ := h.Officer(registry.Reporter, "19")
	h.earn("1.000.000")
	testkit.Works(t, h.close())
	testkit.Works(t, h.App.Reports.NumberReport(t.Context(), h.Reviewer, h.Fair.ID, "15/BC-XTTM", "10/11/2026"))
	first := h.report(reporter).Stored.Figures
	testkit.Works(t, h.reopen(h.Reviewer, "Thiếu phiếu của ngày đầu"))
	if err := h.App.Reports.SaveReportPaper(t.Context(), h.Reviewer, h.Fair.ID, reports.ReportPaperInput{ResultPaper: registry.ResultPaper{Issuer: "x"}, Version: 2}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("the paper that is out was changed: %v", err)
	}
	h.earn("3.000.000")
	if r := h.report(reporter); !r.Reopened() || len(r.Result.Later()) != 1 {
		t.Errorf("while it is open: reopened %t, later %v", r.Reopened(), r.Result.Later())
	}
	testkit.Works(t, h.close())
	testkit.Works(t, h.reopen(h.Reviewer, "Nhầm dấu chấm")) // without a number the same addendum is opened again
	h.earn("4.000.000")
	testkit.Works(t, h.close())
	testkit.Works(t, h.App.Reports.NumberReport(t.Context(), h.Reviewer, h.Fair.ID, "21/BC-XTTM", "20/11/2026"))
	if err := h.App.Reports.NumberReport(t.Context(), h.Reviewer, h.Fair.ID, "22/BC-XTTM", "20/11/2026"); registry.KindOf(err) != registry.Conflict {
		t.Errorf("numbered twice: %v", err)
	}
	testkit.Works(t, h.reopen(h.Reviewer, "Cơ sở báo lại"))
	h.earn("5.000.000")
	testkit.Works(t, h.close())

	r := h.report(reporter)
	if r.Stored.Figures != first || r.Stored.Paper.Number != "15/BC-XTTM" || len(r.Stored.Addenda) != 2 || len(r.Result.Later()) != 0 {
		t.Errorf("figures kept: %t, number %s, %d addenda, later %v", r.Stored.Figures == first, r.Stored.Paper.Number, len(r.Stored.Addenda), r.Result.Later())
	}
	if n, _ := r.Figure("sales_dong"); n != 1_000_000 {
		t.Errorf("the report that is out says %d đồng", n)
	}
	for n, want := range map[int][]string{1: {"15/BC-XTTM", "Nhầm dấu chấm", "1.000.000", "4.000.000"}, 2: {"15/BC-XTTM", "Cơ sở báo lại", "4.000.000", "5.000.000"}} {
		d, ok := r.Result.AddendumDocument(readerOf(r), n)
		said := d.Title + allOf(d)
		if missing := slices.DeleteFunc(want, func(w string) bool { return strings.Contains(said, w) }); !ok || len(missing) > 0 {
			t.Errorf("addendum %d does not say %v: %s", n, missing, said)
		}
	}
	if d, _ := r.Result.AddendumDocument(readerOf(r), 1); d.Paper.Number != "21/BC-XTTM" {
		t.Errorf("addendum 1 has the number %q", d.Paper.Number)
	}
	f, err := h.App.Reports.ReportFile(t.Context(), reporter, h.Fair.ID, reports.FileAsked{Form: reports.ReportPDF, Lang: "vi", Addendum: 2})
	if err != nil || !strings.HasPrefix(f.Name, "bao-cao-bo-sung-2-") || len(f.Data) == 0 {
		t.Errorf("file %q of %d bytes, %v", f.Name, len(f.Data), err)
	}
	if _, err := h.App.Reports.ReportFile(t.Context(), reporter, h.Fair.ID, reports.FileAsked{Form: reports.ReportPDF, Lang: "vi", Addendum: 3}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an addendum that is not there: %v", err)
	}
}

func readerOf(r reports.EventReport) report.Reader { return report.Reader{Lang: "vi", Sales: r.Sees} }

// allOf is all that the sections of a document say.
func allOf(d reports.Document) string {
	var b strings.Builder
	for _, s := range d.Sections {
		b.WriteString(strings.Join(s.Paragraphs, "\n"))
		for _, table := range s.Tables {
			for _, row := range table.Rows {
				for _, c := range row.Cells {
					b.WriteString(" " + c.String())
				}
			}
		}
	}
	return b.String()
}
