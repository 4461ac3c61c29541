package fact_test

import (
	"reflect"
	"strings"
	"testing"

	"hoicho/internal/fact"
)

type unit string

func (u unit) IsZero() bool   { return u == "" }
func (u unit) String() string { return string(u) }

// every has a fact of every constructor with a value.
var every = fact.Facts{
	fact.Said("reason", `Mưa "lớn" <b>`), fact.Changed("vendor.phone"), fact.Date("day", "2026-11-27"), fact.Days("days", "2026-11-27", "2026-11-29"),
	fact.Instant("at", 1793768400000), fact.Count("booths", 0), fact.Number("gate", 2), fact.Amount("fee", 500_000),
	fact.Yes("power", true), fact.Yes("hidden", false), fact.Place("area", unit("2025:01843")), fact.Ref("vendor", "vendor", "0193"),
	fact.Code("role", fact.AccountRole, "admin", "organiser"), fact.List("codes", fact.Text, "A01", "A02"),
	fact.Moved("state", fact.EventState, "open", "closed"), fact.Moved("note", fact.Text, "", "mới"), fact.Moved("note", fact.Text, "cũ", ""),
}

func TestFactsComeBackAsWritten(t *testing.T) {
	got, err := fact.Parse(every.String())
	if err != nil || len(got) != len(every) {
		t.Fatalf("%d facts of %d, %v: %s", len(got), len(every), err, every)
	}
	for i := range every {
		if !reflect.DeepEqual(got[i], every[i]) {
			t.Errorf("%+v comes back as %+v", every[i], got[i])
		}
	}
}

func TestAFactWithoutAValueIsNotWritten(t *testing.T) {
	empty := fact.Facts{fact.Said("reason", ""), fact.Instant("at", 0), fact.Number("gate", 0), fact.Amount("fee", 0),
		fact.Place("area", unit("")), fact.Ref("vendor", "vendor", ""), fact.Days("days", "", ""), fact.List[string]("codes", fact.Text)}
	for _, f := range empty {
		if got := (fact.Facts{f}).String(); got != "[]" {
			t.Errorf("%s is written: %s", f.Field, got)
		}
	}
	if got := fact.Facts(nil).String(); got != "[]" {
		t.Errorf("no facts are written as %s", got)
	}
}

func TestAHiddenValueIsNeverWritten(t *testing.T) {
	before := fact.Facts{fact.Hidden("phone", "0912345678"), fact.Hidden("email", "a@b.vn")}
	after := fact.Facts{fact.Hidden("phone", "0987654321"), fact.Hidden("email", "a@b.vn")}
	if got := fact.Differences(before, after).String(); got != `[["phone","changed"]]` {
		t.Errorf("a difference of hidden values is %s", got)
	}
	if got := before.String(); strings.Contains(got, "0912") {
		t.Errorf("hidden values are written: %s", got)
	}
}

func TestDifferencesAreWhatChangedAlone(t *testing.T) {
	before := fact.Facts{fact.Said("title", "Chợ"), fact.Count("booths", 20), fact.Date("day", "")}
	after := fact.Facts{fact.Said("title", "Chợ"), fact.Count("booths", 30), fact.Date("day", "2026-11-27")}
	if got, want := fact.Differences(before, after).String(), `[["booths","count","20","30"],["day","date",[],"2026-11-27"]]`; got != want {
		t.Errorf("the differences are %s, want %s", got, want)
	}
}

func TestOnlyFactsAreRead(t *testing.T) {
	for _, text := range []string{"", "{}", `{"a":1}`, `["A01"]`, `[["a"]]`, `[["a","text","b","c","d"]]`, `[[1,"text"]]`, `[[["a","b"],"text","c"]]`, `[["a","text",{}]]`} {
		if got, err := fact.Parse(text); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestLabelOfAFact(t *testing.T) {
	for field, want := range map[string]string{"reason": "audit.field.reason", "vendor.phone": "vendor.field.phone"} {
		if got := fact.Said(field, "x").LabelKey(); got != want {
			t.Errorf("%s is named by %s, want %s", field, got, want)
		}
	}
}
