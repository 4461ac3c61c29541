package period_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"hoicho/data"
	"hoicho/internal/period"
	"hoicho/internal/registry"
)

func forms(t *testing.T) period.Forms {
	t.Helper()
	f, err := period.ParseForms(bytes.NewReader(data.ReportForms), bytes.NewReader(data.ReportPeriods))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPeriodsHaveTheirDays(t *testing.T) {
	for text, want := range map[string][3]string{
		"2026-q1": {"2026-01-01", "2026-03-31", "2025-year"}, "2026-h1": {"2026-01-01", "2026-06-30", "2026-q1"},
		"2026-m9": {"2026-01-01", "2026-09-30", "2026-h1"}, "2024-year": {"2024-01-01", "2024-12-31", "2024-m9"},
	} {
		p, ok := period.Parse(text)
		before := p.Before(forms(t).Parts(period.CommuneForm, p.Year))
		if got := [3]string{p.FirstDay(), p.LastDay(), before.String()}; !ok || got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "2026", "2026-x", "26-q1", "2008-year", "2101-q1", "2026-q1 ", "+2026-q1"} {
		if p, ok := period.Parse(text); ok {
			t.Errorf("%q is read as %v", text, p)
		}
	}
}

// TestAFormChangesNextYear: a report asks for what the form held in its period.
func TestAFormChangesNextYear(t *testing.T) {
	const head = "forms,code,group,text_vi,text_en,unit,flags,typing,most,of,least,each,from,until\n"
	const turns = "form,part,opens_days,due_days,from_year,until_year\nxa,year,-30,10,2009,\n"
	f, err := period.ParseForms(strings.NewReader(head+"xa,a,g,A,A,number,,,,,,,2009-07-31,2026-12-31\nxa,a,g,A moi,A new,number,,,,,,,2027-01-01,\nxa,b,g,B,B,number,,,,,,,2027-01-01,\n"), strings.NewReader(turns))
	if err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int]string{2026: "A", 2027: "A moi B"} {
		var names []string
		for _, x := range f.Figures(period.CommuneForm, period.Period{Year: year, Part: period.WholeYear}) {
			names = append(names, x.VI)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%d asks for %q, want %q", year, got, want)
		}
	}
	for name, row := range map[string]string{"twice on a day": "xa,a,g,A,A,number,,,,,,,2009-07-31,\nxa,a,g,A,A,number,,,,,,,2020-01-01,\n",
		"a word that is none": "xa,a,g,A,A,number,gold,,,,,,2009-07-31,\n", "a number that is none": "xa,a,g,A,A,number,,,x,,,,2009-07-31,\n"} {
		if _, err := period.ParseForms(strings.NewReader(head+row), strings.NewReader(turns)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestFewVendorsAreWithheld(t *testing.T) {
	figures := []period.Figure{{Code: "sales_dong", Unit: period.Dong, Secret: true}, {Code: "sales_filed", Unit: period.Number}}
	all := func(period.Code) bool { return true }
	sums := map[period.Code]int64{"sales_dong": 5_000_000, "sales_filed": 2}
	few, enough := period.Of(figures, all, sums, 2), period.Of(figures, all, sums, 3)
	if few["sales_dong"] != (period.Value{Withheld: true}) || enough["sales_dong"].N != 5_000_000 || few["sales_filed"].N != 2 {
		t.Errorf("two vendors: %v, three: %v", few, enough)
	}
	if sum := period.Add(figures, []period.Values{few, enough}); sum["sales_dong"].N != 5_000_000 {
		t.Errorf("what is withheld is in the sum: %v", sum)
	}
}

func TestDoubtsAskAndDoNotRefuse(t *testing.T) {
	figures := forms(t).Figures(period.CommuneForm, period.Period{Year: 2026, Part: period.SixMonths})
	for name, c := range map[string]struct {
		values period.Values
		want   string
	}{
		"as usual":               {period.Values{"communications": {N: 44}, "comm_people": {N: 2121}}, ""},
		"more than is plausible": {period.Values{"communications": {N: 1500}, "comm_people": {N: 60000}}, "communications most, comm_people most"},
		"crowds":                 {period.Values{"communications": {N: 10}, "comm_people": {N: 4500}}, "comm_people each"},
		"nobody came":            {period.Values{"communications": {N: 10}, "comm_people": {N: 20}}, "comm_people least"},
	} {
		var got []string
		for _, d := range period.Doubts(figures, period.SixMonths, c.values) {
			got = append(got, string(d.Figure.Code)+" "+string(d.Kind))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheGateRefusesInItsOrder(t *testing.T) {
	calendar := period.Calendar{Opens: "2026-12-01", Due: "2027-01-10"}
	lock, leave := &period.Lock{}, &period.Exception{N: 1, Until: "2027-02-01"}
	for name, c := range map[string]struct {
		gate period.Gate
		want string
	}{
		"in time":              {period.Gate{Today: "2026-12-08"}, ""},
		"early":                {period.Gate{Today: "2026-11-30"}, "period.error.not_open"},
		"late":                 {period.Gate{Today: "2027-01-11"}, "period.error.late"},
		"late with leave":      {period.Gate{Today: "2027-01-11", Exception: leave}, ""},
		"handed in":            {period.Gate{Today: "2026-12-08", Report: period.Report{State: period.Submitted}}, "period.error.submitted"},
		"accepted":             {period.Gate{Today: "2027-01-11", Report: period.Report{State: period.Accepted}}, "period.error.accepted"},
		"locked":               {period.Gate{Today: "2027-01-20", Lock: lock, Report: period.Report{State: period.Accepted}}, "period.error.locked"},
		"locked, given back":   {period.Gate{Today: "2027-01-20", Lock: lock, Exception: leave, Report: period.Report{State: period.Returned}}, ""},
		"given back, no leave": {period.Gate{Today: "2027-01-20", Report: period.Report{State: period.Returned}}, "period.error.late"},
	} {
		c.gate.Calendar = calendar
		got := ""
		if e, ok := errors.AsType[*registry.Error](c.gate.Write()); ok {
			got = e.Key
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if leave.Holds("2027-02-02") || !leave.Holds("2027-02-01") || (period.Exception{N: 1, Until: "2027-02-01", EndedAt: 1}).Holds("2027-01-01") {
		t.Error("a leave holds until the end of its day, unless it was ended")
	}
}

func TestRowsThatChangedAreFound(t *testing.T) {
	line := func(id string, n int64) period.Line {
		return period.Line{Source: "event", ID: id, Adds: map[period.Code]int64{"a": n}}
	}
	got := period.Changes([]period.Line{line("same", 1), line("more", 1), line("gone", 4)}, []period.Line{line("same", 1), line("more", 3), line("new", 2)})
	said := ""
	for _, c := range got {
		said += c.ID + " "
	}
	if said != "more new gone " || got[0].Was["a"] != 1 || got[0].Is["a"] != 3 || got[1].Was != nil || got[2].Is != nil {
		t.Errorf("%s: %+v", said, got)
	}
}
