package view_test

import (
	"reflect"
	"testing"

	"hoicho/internal/web/view"
)

// TestFormFaults names and orders the faults of a form by the parts that it took.
func TestFormFaults(t *testing.T) {
	b := view.Base{Lang: "en", ReadOn: "2026-11-20"}
	form := view.NewForm(&b, map[string]string{"": "whole", "n": "few", "rows": "row", "agree": "tick", "lost": "gone", "why": "say"})
	fields := form.Take(view.Field{Name: "n", Label: "Number:"}, view.Field{Name: "fine", Label: "Fine"})
	fault := form.Part("rows", "Rows")
	form.Take(view.Field{Name: "agree", Type: "checkbox", Label: "I agree."}, view.Field{Name: "why", Label: "Why?"})
	if fault != "row" || fields[0].Error != "few" || fields[1].Error != "" {
		t.Errorf("part %q, fields %q and %q", fault, fields[0].Error, fields[1].Error)
	}
	var got [][2]string
	for _, f := range form.Faults() {
		got = append(got, [2]string{f.Name, f.Text})
	}
	want := [][2]string{{"", "whole"}, {"n", "Number: few"}, {"rows", "Rows: row"}, {"agree", "tick"}, {"why", "Why? say"}, {"", "gone"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !b.HasError {
		t.Error("the page does not know of the faults")
	}
}

// TestFormLeadsToThePartThatWasSent leads the summary to one of several forms that
// have a field of the same name.
func TestFormLeadsToThePartThatWasSent(t *testing.T) {
	b := view.Base{Lang: "en", ReadOn: "2026-11-20"}
	form := view.NewForm(&b, map[string]string{"reason": "say"})
	if fault := form.PartAt("reason", "Why", "reason-decline"); fault != "say" {
		t.Errorf("the part has the fault %q", fault)
	}
	if got := form.Faults(); len(got) != 1 || got[0].Name != "reason-decline" || got[0].Text != "Why: say" {
		t.Errorf("the summary is %v", got)
	}
}

// TestFormShowsWhatWasRead writes dates and amounts out in a form with faults, and
// leaves them alone in one without.
func TestFormShowsWhatWasRead(t *testing.T) {
	typed := []view.Field{{Name: "first_day", Type: "date", Value: "5/2"}, {Name: "fee", Type: "money", Value: "1000000"},
		{Name: "until", Type: "date", Value: "soon"}, {Name: "name", Value: "5/2"}}
	for name, one := range map[string]struct {
		faults map[string]string
		want   [4]string
	}{
		"without faults": {nil, [4]string{"5/2", "1000000", "soon", "5/2"}},
		"with one":       {map[string]string{"name": "no"}, [4]string{"05/02/2027", "1.000.000", "soon", "5/2"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := view.Base{Lang: "en", ReadOn: "2026-11-20"}
			form := view.NewForm(&b, one.faults)
			for i, f := range form.Take(append([]view.Field{}, typed...)...) {
				if f.Value != one.want[i] {
					t.Errorf("%s: got %q, want %q", f.Name, f.Value, one.want[i])
				}
			}
		})
	}
}
