package personal

import (
	"fmt"
	"testing"
)

func TestDueByRulesOfTheirDays(t *testing.T) {
	shorter := []KeepRule{{From: "2026-01-01", Days: 90}, {From: "2027-01-01", Days: 30}}
	longer := []KeepRule{{From: "2026-01-01", Days: 30}, {From: "2027-01-01", Days: 90}}
	for _, c := range []struct {
		what  string
		rules []KeepRule
		day   string
		want  []Span
	}{
		{"one rule", shorter[:1], "2026-12-31", []Span{{"", "2026-10-03"}}},
		{"the day before the next", shorter, "2026-12-31", []Span{{"", "2026-10-03"}}},
		{"a shorter rule holds for everything", shorter, "2027-01-01", []Span{{"", "2026-12-03"}}},
		{"and for what is closed later", shorter, "2027-02-15", []Span{{"", "2027-01-01"}, {"2027-01-01", "2027-01-17"}}},
		{"a longer rule leaves the promise of the old one", longer, "2027-01-20", []Span{{"", "2026-12-22"}}},
		{"and holds for what is closed later", longer, "2027-04-15", []Span{{"", "2027-01-01"}, {"2027-01-01", "2027-01-16"}}},
		{"before the first rule", shorter[1:], "2026-06-30", []Span{{"", "2026-06-01"}}},
	} {
		if got := Due(c.rules, c.day); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: on %s %v are due, want %v", c.what, c.day, got, c.want)
		}
	}
}

func TestEveryKindHasItsRule(t *testing.T) {
	rules := DefaultKeepRules()
	for _, kind := range KeepKinds {
		if len(rules[kind]) != 1 || rules[kind][0].Days < 1 {
			t.Errorf("%s is kept by %v", kind, rules[kind])
		}
	}
	if len(rules) != len(KeepKinds) || KeepKind("names").Valid() {
		t.Errorf("rules of %d kinds, %d are known", len(rules), len(KeepKinds))
	}
}
