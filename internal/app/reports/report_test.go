package reports_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func (h *harvest) report(actor registry.Actor) reports.EventReport {
	h.T.Helper()
	r, err := h.App.Reports.EventReport(h.T.Context(), actor, h.Fair.ID)
	if err != nil {
		h.T.Fatal(err)
	}
	return r
}

// close closes the event as the organiser does.
func (h *harvest) close() error {
	return h.App.Lifecycle.StepEvent(h.T.Context(), h.Reviewer, h.Fair.ID, lifecycle.StepInput{To: registry.Reported, Version: h.version()})
}

func (h *harvest) version() (v int64) {
	h.T.Helper()
	h.Read(func(tx *store.Tx) error {
		e, err := tx.Event(h.T.Context(), h.Fair.ID)
		v = e.Version
		return err
	})
	return v
}

// allSaid is all that a report says to an actor: its document, and every figure
// opened.
func allSaid(r reports.EventReport) string {
	var b strings.Builder
	table := func(t reports.DocumentTable) {
		for _, row := range t.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.String() + "\n")
			}
		}
	}
	doc := r.Document("vi")
	for _, s := range doc.Sections {
		for _, t := range s.Tables {
			table(t)
		}
	}
	for _, t := range doc.Annexes {
		table(t)
	}
	for _, f := range r.Result.Now.Figures {
		rows, err := r.Rows(f.Key, "vi")
		if err != nil {
			return err.Error()
		}
		table(rows)
	}
	return b.String()
}

// TestWhoSeesReports is the matrix of who opens the report, and whom it tells the
// sales of a single vendor.
func TestWhoSeesReports(t *testing.T) {
	h := newHarvest(t)
	sibling := h.Applied(registry.AppApproved)
	if err := h.file(h.seller.Owner, h.told("3.217.000", "1.000.000")); err != nil {
		t.Fatal(err)
	}
	officer := func(role registry.Role, area string) registry.Actor {
		actor, _ := h.Officer(role, area)
		return actor
	}
	for _, c := range []struct {
		name  string
		actor registry.Actor
		want  registry.Kind
		sees  bool
	}{
		{"organiser", h.Reviewer, registry.None, false},
		{"reporter", officer(registry.Reporter, "19"), registry.None, true},
		{"admin", officer(registry.Admin, ""), registry.None, true},
		{"inspector", officer(registry.Inspector, "19"), registry.None, false},
		{"gate chief", officer(registry.GateChief, "19"), registry.None, false},
		{"viewer", officer(registry.Viewer, "19"), registry.Forbidden, false},
		{"organiser of another area", officer(registry.Organiser, "01"), registry.NotFound, false},
		{"reporter of another area", officer(registry.Reporter, "01"), registry.NotFound, false},
		{"owner", h.seller.Owner, registry.NotFound, false},
		{"sibling vendor", sibling.Owner, registry.NotFound, false},
		{"anonymous", registry.Actor{}, registry.NotFound, false},
	} {
		r, err := h.App.Reports.EventReport(t.Context(), c.actor, h.Fair.ID)
		if registry.KindOf(err) != c.want {
			t.Errorf("%s opens the report: %v, want kind %d", c.name, err, c.want)
		}
		for _, form := range []string{reports.ReportXLSX, reports.ReportDOCX, reports.ReportPDF} {
			if _, err := h.App.Reports.ReportFile(t.Context(), c.actor, h.Fair.ID, reports.FileAsked{Form: form, Lang: "vi"}); registry.KindOf(err) != c.want {
				t.Errorf("%s loads %s: %v, want kind %d", c.name, form, err, c.want)
			}
		}
		if err != nil {
			continue
		}
		if said := strings.Contains(allSaid(r), "4.217.000"); said != c.sees {
			t.Errorf("%s is told the sales of the only vendor that filed: %v, want %v", c.name, said, c.sees)
		}
	}
}

// TestClosedReportStays closes an event and lets something happen afterwards: the
// report keeps its figures and shows the difference, returns are refused.
func TestClosedReportStays(t *testing.T) {
	h := newHarvest(t)
	reporter, _ := h.Officer(registry.Reporter, "19")
	if err := h.file(h.seller.Owner, h.told("3.200.000", "1.000.000", "0")); err != nil {
		t.Fatal(err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	before := h.report(reporter)
	if !before.Closed() || before.Stored.ClosedBy != h.Reviewer.Name || before.Event.State != registry.Reported || len(before.Result.Later()) != 0 {
		t.Fatalf("closed by %q in state %s with %v", before.Stored.ClosedBy, before.Event.State, before.Result.Later())
	}
	in := h.told("9.000.000", "1.000.000", "0")
	in.Version = h.stored().Version
	if err := h.file(h.seller.Owner, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("sales were changed after closing: %v", err)
	}
	chief, _ := h.Officer(registry.GateChief, "19")
	h.Gates(h.Fair.ID, 1)
	day := h.Fair.OpensOn
	if err := h.App.Admission.AddTally(t.Context(), chief, h.Fair.ID, admission.TallyInput{Day: day[8:10] + "/" + day[5:7] + "/" + day[:4], Hour: 9, Method: registry.CountPaper, N: 640}); err != nil {
		t.Fatal(err)
	}
	after := h.report(reporter)
	if n, _ := after.Figure("visits"); n != 0 {
		t.Errorf("the closed report counts %d visits that came later", n)
	}
	later := after.Result.Later()
	if len(later) != 2 || later[0].Key != "visits" || later[0].Now != 640 {
		t.Errorf("later %v", later)
	}
	if err := h.close(); registry.KindOf(err) != registry.Conflict {
		t.Errorf("closed twice: %v", err)
	}
}

// TestClosingAgainstFiling closes an event while its vendors file. Whatever is
// told before is in the report, whatever comes after is refused: the closed sum is
// the stored sum.
func TestClosingAgainstFiling(t *testing.T) {
	h := newHarvest(t)
	sellers := []testkit.Applicant{h.seller}
	for range 5 {
		sellers = append(sellers, h.Applied(registry.AppApproved))
	}
	var wg sync.WaitGroup
	for i, s := range sellers {
		wg.Go(func() {
			err := h.App.Reports.FileSales(t.Context(), s.Owner, s.Vendor.ID, h.Fair.ID, h.told("1.000.000"))
			if err != nil && registry.KindOf(err) != registry.Conflict {
				t.Errorf("vendor %d: %v", i, err)
			}
		})
		if i == 2 {
			wg.Go(func() {
				if err := h.close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	admin, _ := h.Officer(registry.Admin, "")
	r := h.report(admin)
	closed, _ := r.Figure("sales_dong")
	if stored := r.Result.Now.N("sales_dong"); closed != stored || !r.Closed() {
		t.Errorf("closed at %d đồng, stored %d", closed, stored)
	}
}

func TestReportPaper(t *testing.T) {
	h := newHarvest(t)
	reporter, _ := h.Officer(registry.Reporter, "19")
	first := h.report(h.Reviewer)
	if p := first.Result.Paper; p.Issuer != h.Fair.Organiser || p.Place != "Thái Nguyên" {
		t.Errorf("a first paper begins with %+v", p)
	}
	paper := registry.ResultPaper{Style: registry.PartyStyle, Authority: "Sở Công Thương", Issuer: h.Fair.Organiser, Place: "Thái Nguyên", Assessment: "Tốt.\nMở thêm cổng.",
		Recipients: "Sở Công Thương;\nLưu: VT.", SignerTitle: "Giám đốc", SignerName: "Hoàng Thị Minh"}
	save := func(actor registry.Actor, p registry.ResultPaper, version int64) error {
		return h.App.Reports.SaveReportPaper(t.Context(), actor, h.Fair.ID, reports.ReportPaperInput{ResultPaper: p, Version: version})
	}
	if err := save(reporter, paper, 0); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a reporter writes the paper: %v", err)
	}
	if err := save(h.Reviewer, paper, 0); err != nil {
		t.Fatal(err)
	}
	if err := save(h.Reviewer, paper, 0); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old version was taken: %v", err)
	}
	bad := paper
	bad.Issuer, bad.SignedOn = "", "31/02/2026"
	if err := save(h.Reviewer, bad, 1); registry.KindOf(err) != registry.Invalid {
		t.Errorf("no issuer and no such day: %v", err)
	}
	bad = paper
	if bad.Style = "royal"; registry.KindOf(save(h.Reviewer, bad, 1)) != registry.Invalid {
		t.Error("another style was taken")
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if err := save(h.Reviewer, paper, 2); registry.KindOf(err) != registry.Conflict {
		t.Errorf("the paper was changed after closing: %v", err)
	}
	number := func(actor registry.Actor) error {
		return h.App.Reports.NumberReport(t.Context(), actor, h.Fair.ID, "15/BC-XTTM", "02/12/2026")
	}
	if err := number(reporter); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a reporter numbers the report: %v", err)
	}
	if err := number(h.Reviewer); err != nil {
		t.Fatal(err)
	}
	if err := number(h.Reviewer); registry.KindOf(err) != registry.Conflict {
		t.Errorf("numbered twice: %v", err)
	}
	if p := h.report(h.Reviewer).Result.Paper; p.Number != "15/BC-XTTM" || p.SignedOn != "2026-12-02" || p.Assessment != paper.Assessment || p.Style != registry.PartyStyle {
		t.Errorf("paper %+v", p)
	}
	next := newHarvestOn(h)
	if p := next.report(next.Reviewer).Result.Paper; p.SignerName != paper.SignerName || p.Style != registry.PartyStyle || p.Number != "" || p.Assessment != "" {
		t.Errorf("the next report begins with %+v", p)
	}
}

// newHarvestOn is another event of the same office.
func newHarvestOn(h *harvest) *harvest {
	next := *h
	s := *h.Stage
	s.Fair = h.Event(inEnded)
	next.Stage = &s
	return &next
}

func inEnded(e *registry.Event) {
	e.State = registry.Ended
	for i := range e.Days {
		e.Days[i].Day = registry.AddDays(e.Days[i].Day, -20)
	}
}

func TestReportFiles(t *testing.T) {
	h := newHarvest(t)
	for form, magic := range map[string]string{reports.ReportXLSX: "PK", reports.ReportDOCX: "PK", reports.ReportPDF: "%PDF"} {
		f, err := h.App.Reports.ReportFile(t.Context(), h.Reviewer, h.Fair.ID, reports.FileAsked{Form: form, Lang: "vi"})
		if err != nil || !bytes.HasPrefix(f.Data, []byte(magic)) || f.Name != "bao-cao-"+h.Fair.Slug+"."+form {
			t.Errorf("%s: %q, %d bytes, %v", form, f.Name, len(f.Data), err)
		}
	}
	if _, err := h.App.Reports.ReportFile(t.Context(), h.Reviewer, h.Fair.ID, reports.FileAsked{Form: "exe", Lang: "vi"}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("another form: %v", err)
	}
	open := h.Event()
	if _, err := h.App.Reports.ReportFile(t.Context(), h.Reviewer, open.ID, reports.FileAsked{Form: reports.ReportPDF, Lang: "vi"}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("before its end: %v", err)
	}
	if r, err := h.App.Reports.EventReport(t.Context(), h.Reviewer, open.ID); err != nil || r.Begun || r.Over {
		t.Errorf("before it begins: %v, %v", r.Begun, err)
	}
}
