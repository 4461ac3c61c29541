package openfigures_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/openfigures"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// market is an event that is over, with its vendors.
type market struct {
	*testkit.Stage
	vendors []testkit.Applicant
}

// hold makes an event that is over with vendors, each with a booth, and visits that were
// counted on paper.
func hold(s *testkit.Stage, vendors, visits int, options ...testkit.EventOption) *market {
	s.T.Helper()
	stage := *s
	stage.Fair = s.Event(append([]testkit.EventOption{testkit.InState(registry.Ended)}, options...)...)
	m := &market{Stage: &stage}
	stalls := s.Booths(m.Fair.ID, "A", vendors+1)
	for i := range vendors {
		v := m.Applied(registry.AppApproved)
		m.Assign(stalls[i], m.StoredApplication(v.ID))
		m.vendors = append(m.vendors, v)
	}
	if visits > 0 {
		testkit.Works(s.T, s.App.Admission.AddTally(s.T.Context(), m.Reviewer, m.Fair.ID, admission.TallyInput{Day: vn.ShowDate(m.Fair.OpensOn), Hour: 9,
			Method: registry.CountPaper, N: visits}))
	}
	return m
}

// earn lets the first vendors tell what they sold on the first day.
func (m *market) earn(amounts ...string) *market {
	m.T.Helper()
	for i, amount := range amounts {
		var was registry.SalesReturn
		m.Read(func(tx *store.Tx) (err error) {
			was, err = tx.Sales(m.T.Context(), m.Fair.ID, m.vendors[i].Vendor.ID)
			return err
		})
		testkit.Works(m.T, m.App.Reports.FileSales(m.T.Context(), m.vendors[i].Owner, m.vendors[i].Vendor.ID, m.Fair.ID,
			reports.SalesInput{Version: was.Version, Days: []reports.SalesDayInput{{Day: m.Fair.OpensOn, Amount: amount}}}))
	}
	return m
}

// close closes the report of the event.
func (m *market) close() *market {
	m.T.Helper()
	m.Clock.Add(time.Minute)
	e, err := m.App.Events.OfficeEvent(m.T.Context(), m.Reviewer, registry.ManageEvents, m.Fair.ID)
	testkit.Works(m.T, err)
	testkit.Works(m.T, m.App.Lifecycle.StepEvent(m.T.Context(), m.Reviewer, m.Fair.ID, lifecycle.StepInput{To: registry.Reported, Version: e.Version}))
	return m
}

func open(s *testkit.Stage, q openfigures.Query) openfigures.Figures {
	s.T.Helper()
	f, err := s.App.OpenFigures.Open(s.T.Context(), q)
	testkit.Works(s.T, err)
	return f
}

// TestOpenFiguresAreThoseOfTheReports counts the rows by queries of their own, and holds the
// published figures of each event, commune and year against them and against the reports.
func TestOpenFiguresAreThoseOfTheReports(t *testing.T) {
	s := testkit.NewStage(t)
	communes := s.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	last := registry.AddDays(s.App.Today(), -400)
	markets := []*market{
		hold(s, 4, 1200, testkit.InArea(communes[0].Ref)).earn("1.000.000", "2.000.000", "3.500.000").close(),
		hold(s, 3, 800, testkit.InArea(communes[0].Ref), testkit.OnDays(last, 2)).earn("1.000.000", "2.000.000", "4.000.000").close(),
		hold(s, 3, 0, testkit.InArea(communes[1].Ref)).earn("7.777.000", "1.000.000").close(), // two vendors: not told
		hold(s, 1, 90, testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "19"}), func(e *registry.Event) { e.Kind, e.Level = registry.Fair, registry.ProvinceLevel }).close(),
	}
	f := open(s, openfigures.Query{})
	if len(f.Events) != len(markets) {
		t.Fatalf("%d events, want %d", len(f.Events), len(markets))
	}
	for i, m := range markets {
		var got openfigures.Sum
		for _, e := range f.Events {
			if e.Slug == m.Fair.Slug {
				got = e.OpenSum
			}
		}
		row := s.Look(`SELECT
			(SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked'), (SELECT COUNT(*) FROM applications WHERE event_id = $1 AND state = 'approved'),
			(SELECT COUNT(*) FROM application_products p JOIN applications a ON a.id = p.application_id WHERE a.event_id = $1 AND a.state = 'approved'),
			(SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM tallies WHERE event_id = $1 AND dropped_at = 0),
			(SELECT COUNT(*) FROM sales_returns WHERE event_id = $1), (SELECT CAST(COALESCE(SUM(dong), 0) AS BIGINT) FROM sales_days WHERE event_id = $1),
			(SELECT COUNT(*) FROM event_days WHERE event_id = $1)`, string(m.Fair.ID))[0]
		want := fmt.Sprint(row...)
		said := fmt.Sprint(got["booths"], got["vendors"], got["products"], got["visits"], row[4], row[5], got["days"])
		if said != want || got["visits_paper"] != got["visits"] {
			t.Errorf("event %d: %s, by its rows %s", i, said, want)
		}
		dong, told := got["sales_dong"]
		if few := fmt.Sprint(row[4]) < "3"; told == few || told && fmt.Sprint(dong, got["sales_filed"]) != fmt.Sprint(row[5], row[4]) {
			t.Errorf("event %d: sales %d told %v of %v returns that come to %v", i, dong, told, row[4], row[5])
		}
		r, err := s.App.Reports.EventReport(t.Context(), registry.SystemActor("test"), m.Fair.ID)
		if err == nil {
			for _, key := range []reports.FigureKey{"booths", "vendors", "products", "ocop", "visits"} {
				if n, _ := r.Figure(key); n != got[openField(key)] {
					t.Errorf("event %d: the report says %d %s, the open figures %d", i, n, key, got[openField(key)])
				}
			}
		}
	}
	t.Run("years and communes add up", func(t *testing.T) {
		sum, years := openfigures.Sum{}, f.ByYear()
		for _, y := range years {
			for _, g := range y.ByCommune() {
				for field, n := range g.Total {
					sum[field] += n
				}
			}
		}
		if len(years) != 2 || fmt.Sprint(sum) != fmt.Sprint(f.Total) {
			t.Errorf("%d years; the communes come to %v, all to %v", len(years), sum, f.Total)
		}
		if f.Total["sales_dong"] != 6_500_000+7_000_000 || f.Total["events_with_sales"] != 2 || f.Total["fairs"] != 1 {
			t.Errorf("in all %v", f.Total)
		}
	})
	t.Run("one year, one commune", func(t *testing.T) {
		if got := open(s, openfigures.Query{Year: last[:4]}); got.Total["visits"] != 800 || len(got.Years) != 2 {
			t.Errorf("of %s %v, years %v", last[:4], got.Total, got.Years)
		}
		if got := open(s, openfigures.Query{Commune: communes[0].Ref.Code}); got.Total["visits"] != 2000 || got.Total["events"] != 2 {
			t.Errorf("of a commune %v", got.Total)
		}
		if _, err := s.App.OpenFigures.Open(t.Context(), openfigures.Query{Commune: "99999"}); registry.KindOf(err) != registry.NotFound {
			t.Errorf("no such commune: %v", err)
		}
	})
}

func openField(key reports.FigureKey) (f openfigures.Field) { return openfigures.Field(key) }

// TestOnlyWhatWasHeldInPublicCounts: what the public never knew, or what did not take place,
// is in no figure; what is over and not reported counts as an event alone.
func TestOnlyWhatWasHeldInPublicCounts(t *testing.T) {
	s := testkit.NewStage(t)
	for _, state := range registry.EventStates {
		s.Event(testkit.InState(state), testkit.Titled("Phiên chợ "+string(state)))
	}
	f := open(s, openfigures.Query{})
	var titles []string
	for _, e := range f.Events {
		titles = append(titles, e.Title)
		if _, told := e.OpenSum["visits"]; told || e.ReportedOn != "" {
			t.Errorf("%s tells %v", e.Title, e.OpenSum)
		}
	}
	if said := strings.Join(titles, "; "); len(titles) != 2 || !strings.Contains(said, "ended") || !strings.Contains(said, "reported") {
		t.Errorf("counted: %s", said)
	}
}

// TestNoVendorCanBeWorkedOut goes over every published sum, also as it was before an
// addendum: no sum of sales, and no difference of two, is that of fewer than three vendors.
func TestNoVendorCanBeWorkedOut(t *testing.T) {
	s := testkit.NewStage(t)
	commune := testkit.InArea(testkit.BaBe)
	hold(s, 2, 10, commune).earn("111.000", "222.000").close()
	m := hold(s, 7, 10, commune).earn("1.000.000", "2.000.000", "4.000.000").close()
	sales := func() int64 { return open(s, openfigures.Query{}).Total["sales_dong"] }
	if n := sales(); n != 7_000_000 {
		t.Fatalf("the sum is %d", n)
	}
	again := func(number string) {
		t.Helper()
		testkit.Works(t, s.App.Reports.NumberReport(t.Context(), s.Reviewer, m.Fair.ID, number, vn.ShowDate(s.App.Today())))
		m.reopen("Thiếu phiếu")
	}
	again("15/BC")
	m.earn("1.000.000", "2.000.000", "4.000.000", "9.000.000").close()
	if n := sales(); n != 7_000_000 {
		t.Errorf("with the return of one vendor more the sum became %d: its own can be worked out", n)
	}
	lines, _, err := s.App.Reports.PublicResults(t.Context(), m.Fair.ID, "vi")
	if said := fmt.Sprint(lines); err != nil || !strings.Contains(said, "sales_dong 7000000") {
		t.Errorf("the page of the event says %s (%v)", said, err)
	}
	again("16/BC")
	m.earn("1.000.000", "2.000.000", "4.000.000", "9.000.000", "1.000.000", "1.000.000").close()
	f := open(s, openfigures.Query{})
	if n := f.Total["sales_dong"]; n != 18_000_000 || f.Total["sales_filed"] != 6 || f.Total["events_with_sales"] != 1 {
		t.Errorf("with three more it is %v", f.Total)
	}
	for _, g := range append(f.ByYear(), f.ByCommune()...) {
		var each int64
		for _, e := range g.Events {
			each += e.OpenSum["sales_dong"]
		}
		if g.Total["sales_dong"] != each {
			t.Errorf("%s: the sum is %d, its events come to %d", g.Name, g.Total["sales_dong"], each)
		}
	}
}

// reopen opens the report again, so that an addendum is made.
func (m *market) reopen(reason string) {
	m.T.Helper()
	e, err := m.App.Events.OfficeEvent(m.T.Context(), m.Reviewer, registry.ManageEvents, m.Fair.ID)
	testkit.Works(m.T, err)
	testkit.Works(m.T, m.App.Lifecycle.StepEvent(m.T.Context(), m.Reviewer, m.Fair.ID, lifecycle.StepInput{To: registry.Ended, Version: e.Version, Reason: reason}))
}

// TestOpenedReportIsNotPublished: figures that were kept in memory go with the report.
func TestOpenedReportIsNotPublished(t *testing.T) {
	s := testkit.NewStage(t)
	m := hold(s, 3, 500).close()
	if f := open(s, openfigures.Query{}); f.Total["visits"] != 500 {
		t.Fatalf("closed: %v", f.Total)
	}
	m.reopen("Nhầm")
	if f := open(s, openfigures.Query{}); f.Total["visits"] != 0 || f.Total["events_reported"] != 0 || f.Total["events"] != 1 {
		t.Errorf("opened again: %v", f.Total)
	}
	testkit.Works(t, s.App.Admission.AddTally(t.Context(), m.Reviewer, m.Fair.ID, admission.TallyInput{Day: vn.ShowDate(m.Fair.OpensOn), Hour: 10, Method: registry.CountPaper, N: 7}))
	m.close()
	if f := open(s, openfigures.Query{}); f.Total["visits"] != 507 {
		t.Errorf("closed again: %v", f.Total)
	}
}

// TestOldCommuneCountsWhereAllOfItWent: an event of before July 2025 is one of a commune of
// today if the whole of its unit went there.
func TestOldCommuneCountsWhereAllOfItWent(t *testing.T) {
	s := testkit.NewStage(t)
	whole, split := 0, 0
	province := registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"}
	for _, c := range s.App.Areas.Communes(province)[:25] {
		s.Event(testkit.InState(registry.Ended), testkit.InArea(c.Ref), testkit.OnDays("2024-03-01", 1))
		if n := len(s.App.Areas.Successors(c.Ref)); n == 1 {
			whole++
		} else {
			split++
		}
	}
	f := open(s, openfigures.Query{})
	in, none := 0, 0
	for _, e := range f.Events {
		if e.Commune == "" {
			none++
		} else {
			in++
		}
	}
	if in != whole || none != split || whole == 0 {
		t.Errorf("%d in a commune of today, %d in none; want %d and %d", in, none, whole, split)
	}
}
