package report

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

var everything = Reader{Lang: i18n.Vietnamese, Sales: true}

// TestFiguresCountTheirRows checks each figure by hand: the fixture has a known
// number of rows of every kind, and a blocked booth that counts nowhere.
func TestFiguresCountTheirRows(t *testing.T) {
	s := Count(facts(), "xã Ba Bể")
	want := map[Key]int64{
		"booths": 4, "booths_standard": 2, "booths_special": 1, "booths_common": 1, "booths_no_fee": 3, "booths_given": 3,
		"booths_empty": 1, "booths_no_show": 1, "vendors": 3, "vendors_in": 2, "vendors_out": 1, "products": 3, "ocop": 2,
		"ocop_5": 1, "ocop_4": 0, "ocop_3": 1, "visits": 5000, "visits_scan": 0, "visits_tap": 1540, "visits_clicker": 3010,
		"visits_paper": 450, "visits_estimated": 0, "sales_filed": 2, "sales_missing": 1, "sales_dong": 10_300_000,
		"sales_banded": 2_000_000, "contracts": 1, "contracts_dong": 60_000_000, "tips": 1, "tips_open": 1, "measures": 2, "measures_dong": 36_000_000, "offers": 2, "offer_vendors": 1, "vouchers": 300, "vouchers_spent": 150, "vouchers_dong": 7_500_000, "passes": 2, "passes_revoked": 1,
	}
	for _, key := range Keys() {
		n, ok := want[key]
		if !ok {
			t.Errorf("no expectation for %s", key)
		}
		if got := s.N(key); got != n {
			t.Errorf("%s is %d, want %d", key, got, n)
		}
	}
	if len(want) != len(Keys()) {
		t.Errorf("%d figures, want %d", len(Keys()), len(want))
	}
}

// TestFigureOpensItsRows checks that a counted figure shows as many rows, and that
// one that sums shows rows with that sum.
func TestFigureOpensItsRows(t *testing.T) {
	f := facts()
	s := Count(f, "")
	for _, key := range Keys() {
		table, ok := Rows(f, key, everything)
		if !ok {
			t.Fatalf("no rows for %s", key)
		}
		rule, _ := ruleOf(key)
		var got int64
		switch {
		case rule.group == "visits":
			got = columnSum(table, 3)
		case key == "sales_dong":
			got = columnSum(table, 1)
		case key == "sales_banded":
			got = columnSum(table, 2)
		case key == "contracts":
			got = columnSum(table, 3)
		case key == "contracts_dong" || key == "measures_dong":
			got = columnSum(table, 4)
		case key == "vouchers":
			got = columnSum(table, 3)
		case key == "vouchers_spent":
			got = columnSum(table, 5)
		case key == "vouchers_dong":
			got = columnSum(table, 6)
		default:
			got = int64(len(table.Rows))
		}
		if got != s.N(key) {
			t.Errorf("%s is %d but its rows make %d", key, s.N(key), got)
		}
	}
	if _, ok := Rows(f, "khong_co", everything); ok {
		t.Error("an unknown figure has rows")
	}
}

func columnSum(table Table, column int) (sum int64) {
	for _, r := range table.Rows {
		sum += r.Cells[column].N
	}
	return sum
}

// TestSingleSalesStayHidden looks for the takings of single vendors in all that a
// reader without the right is given, and finds them where the right is held.
func TestSingleSalesStayHidden(t *testing.T) {
	r := result()
	private := []string{"8.300.000", "60.000.000", "Miến dong; ", "5.100.000", "10.300.000"}
	other := Reader{Lang: i18n.Vietnamese}
	for _, key := range Keys() {
		table, _ := Rows(r.Facts, key, other)
		for _, secret := range private {
			if strings.Contains(said(table), secret) {
				t.Errorf("the rows of %s tell %s", key, secret)
			}
		}
	}
	d := r.Document(other)
	all := said(append(tables(d), d.Annexes...)...)
	for _, secret := range private {
		if strings.Contains(all, secret) {
			t.Errorf("the document tells %s", secret)
		}
	}
	if !strings.Contains(all, "Không nêu khi có dưới 3 cơ sở kê khai") {
		t.Error("the document does not say why a sum is missing")
	}
	control, _ := Rows(r.Facts, "sales_dong", everything)
	if !strings.Contains(said(control), "8.300.000") {
		t.Error("control: the holder of the right does not see single sales")
	}
	third := r.Facts
	third.Sales[2].Version, third.Sales[2].Days = 1, []registry.SalesDay{{Day: "2026-11-06", Dong: 1_000_000}}
	r.Now = Count(third, "")
	if d := r.Document(other); !strings.Contains(said(tables(d)...), "11.300.000") {
		t.Error("the sum of three vendors is told to nobody")
	}
}

// TestHeadingsNameNoUnitThatRowsDeny looks through each table of figures, whose rows name their own units:
// above booths and visits no heading says that they are đồng.
func TestHeadingsNameNoUnitThatRowsDeny(t *testing.T) {
	for _, lang := range []string{i18n.Vietnamese, i18n.English} {
		tr, seen := texts(lang), 0
		d := result().Document(Reader{Lang: lang, Sales: true})
		for _, table := range append(tables(d), d.Annexes...) {
			if table.Columns[0].Label != tr.T("report.col.figure") {
				continue
			}
			seen++
			for _, c := range table.Columns {
				if strings.Contains(c.Label, "đồng") {
					t.Errorf("%s, %s: a column of figures of many units is headed %q", lang, table.Name, c.Label)
				}
			}
		}
		if seen == 0 {
			t.Errorf("%s: no table of figures", lang)
		}
	}
}

// tables lists the tables of the sections.
func tables(d Document) (all []Table) {
	for _, s := range d.Sections {
		all = append(all, s.Tables...)
	}
	return all
}

// said is all that tables say, a cell a line.
func said(tables ...Table) string {
	var b strings.Builder
	for _, table := range tables {
		for _, r := range table.Rows {
			for _, c := range r.Cells {
				b.WriteString(c.String() + "\n")
			}
		}
	}
	return b.String()
}

func TestClosedReportKeepsItsFigures(t *testing.T) {
	r := result()
	frozen, err := r.Now.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	then, err := Thaw(frozen)
	if err != nil {
		t.Fatal(err)
	}
	r.Then, r.ClosedOn = &then, "2026-12-02"
	if later := r.Later(); len(later) > 0 {
		t.Errorf("nothing happened, yet there are differences: %v", later)
	}
	before := said(tables(r.Document(everything))...)
	r.Facts.Visits = append(r.Facts.Visits, registry.VisitFact{Day: "2026-11-08", Gate: "Cổng B", Method: registry.CountPaper, N: 70})
	r.Now = Count(r.Facts, "xã Ba Bể, Thái Nguyên")
	d := r.Document(everything)
	want := []Difference{{"visits", 5000, 5070}, {"visits_paper", 450, 520}}
	if later := r.Later(); !slices.Equal(later, want) {
		t.Errorf("differences %v, want %v", later, want)
	}
	if after := said(tables(d)...); !strings.HasPrefix(after, before) || !strings.Contains(after[len(before):], "5.070\n70\n") {
		t.Errorf("the closed figures changed, or the later ones are not told after them:\n%s", after)
	}
}

func TestDoubts(t *testing.T) {
	texts := func(change func(*registry.ResultFacts)) (found []string) {
		f := facts()
		change(f)
		s := Count(f, "")
		for _, d := range s.Doubts() {
			if !i18n.Has("report.doubt." + d.Text) {
				t.Errorf("no text for the doubt %s", d.Text)
			}
			found = append(found, d.Text)
		}
		return found
	}
	for _, c := range []struct {
		name   string
		change func(*registry.ResultFacts)
		want   string
		not    string
	}{
		{"as it is", func(*registry.ResultFacts) {}, "missing", "few_visits"},
		{"999 visits", func(f *registry.ResultFacts) { f.Visits = visits(999) }, "few_visits", "no_visits"},
		{"1,000 visits", func(f *registry.ResultFacts) { f.Visits = visits(1_000) }, "missing", "few_visits"},
		{"20,001 visits", func(f *registry.ResultFacts) { f.Visits = visits(20_001) }, "many_visits", ""},
		{"20,001 visits of a fair", func(f *registry.ResultFacts) { f.Visits, f.Event.Kind = visits(20_001), registry.Fair }, "missing", "many_visits"},
		{"no visits", func(f *registry.ResultFacts) { f.Visits = nil }, "no_visits", "few_visits"},
		{"estimated", func(f *registry.ResultFacts) { f.Visits = visits(5_000); f.Visits[0].Method = registry.CountEstimated }, "estimated", ""},
		{"over a billion", func(f *registry.ResultFacts) { f.Sales[0].Days[0].Dong = 1_000_000_001 }, "many_dong", ""},
		{"half a million a visit", func(f *registry.ResultFacts) { f.Visits = visits(20) }, "dong_per_visit", ""},
		{"a third stayed away", func(*registry.ResultFacts) {}, "no_show", ""},
		{"more vendors than booths", func(f *registry.ResultFacts) { f.Booths = f.Booths[:1] }, "no_booth", ""},
		{"all filed", func(f *registry.ResultFacts) { f.Sales[2].Version = 1 }, "few_dong", "missing"},
	} {
		found := texts(c.change)
		if !slices.Contains(found, c.want) || c.not != "" && slices.Contains(found, c.not) {
			t.Errorf("%s: doubts %v, want %s and not %s", c.name, found, c.want, c.not)
		}
	}
}

func visits(n int64) []registry.VisitFact {
	return []registry.VisitFact{{Day: "2026-11-06", Gate: "Cổng A", Method: registry.CountClicker, N: n}}
}

// TestPaperNamesTheHeadOfTheLog: what check-db --head takes stands at the end of the
// paper, in both forms.
func TestPaperNamesTheHeadOfTheLog(t *testing.T) {
	r := result()
	if d := r.Document(Reader{Lang: i18n.Vietnamese}); d.Trail != "" {
		t.Errorf("without a log it says %q", d.Trail)
	}
	r.Log = registry.AuditHead{Lines: 1234, Hash: strings.Repeat("0123456789abcdef", 4)}
	d := r.Document(Reader{Lang: i18n.Vietnamese})
	_, shown, _ := strings.Cut(d.Trail, "đầu chuỗi ")
	head, err := registry.ParseAuditHead("1.234: " + shown)
	if err != nil || !strings.Contains(d.Trail, "1.234 dòng") || !strings.HasPrefix(r.Log.Hash, head.Hash) {
		t.Errorf("%q: %v, %v", d.Trail, head, err)
	}
	if !strings.Contains(d.docxFoot(nil), d.Trail) {
		t.Error("DOCX does not hold the line")
	}
	d.Sections = nil // so that nothing but the line differs: how well glyphs pack depends on the rest
	short := d
	short.Trail = ""
	with, err := d.PDF()
	without, errWithout := short.PDF()
	if err != nil || errWithout != nil || len(with) <= len(without) {
		t.Errorf("PDF does not hold the line: %d and %d bytes, %v, %v", len(with), len(without), err, errWithout)
	}
}
