package report_test

import (
	"strings"
	"testing"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/report"
)

func TestAListThatIsTooLongIsRefusedAndNeverCut(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Label: "x"}}, Rows: make([]report.Row, report.MaxRows)}
	if f, err := table.File("x", report.FormCSV); err != nil || strings.Count(string(f.Data), "\n") != report.MaxRows+1 {
		t.Errorf("%d lines, %v", strings.Count(string(f.Data), "\n"), err)
	}
	table.Rows = append(table.Rows, report.Row{})
	for _, form := range []string{report.FormCSV, report.FormXLSX} {
		if f, err := table.File("x", form); registry.KindOf(err) != registry.TooLarge || f.Data != nil {
			t.Errorf("%s: %v", form, err)
		}
	}
}

// TestOnlyTextIsGuardedInCSV: what could begin a formula has an apostrophe before it, however
// it is hidden; numbers below zero stay numbers.
func TestOnlyTextIsGuardedInCSV(t *testing.T) {
	for _, c := range []struct {
		name string
		cell report.Cell
		want string
	}{
		{"a formula", report.Cell{Text: "=1+1"}, "'=1+1"},
		{"behind blanks", report.Cell{Text: " \u00a0+84"}, "' \u00a0+84"},
		{"of a wide keyboard", report.Cell{Text: "\uff1dA1"}, "'\uff1dA1"},
		{"behind a tab", report.Cell{Text: "\t=A1"}, "'\t=A1"},
		{"a code", report.Cell{Kind: report.CodeCell, Text: "@A1"}, "'@A1"},
		{"a number below zero", report.Cell{Kind: report.NumberCell, N: -5}, "-5"},
		{"a code with zeros", report.Cell{Kind: report.CodeCell, Text: "0900000201"}, "0900000201"},
		{"a moment", report.Cell{Kind: report.TimeCell, Text: "2026-12-01 08:30"}, "01/12/2026 08:30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw, err := report.Table{Columns: []report.Column{{Label: "x"}}, Rows: []report.Row{{Cells: []report.Cell{c.cell}}}}.CSV()
			if got := strings.TrimSuffix(strings.TrimPrefix(string(raw), "\ufeffx\n"), "\n"); err != nil || strings.Trim(got, `"`) != c.want {
				t.Errorf("%q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestPassesAreListedByTheEndOfTheirCodes(t *testing.T) {
	row := registry.PassRow{Pass: registry.Pass{Code: "123456789012", Kind: registry.StaffPass, State: registry.PassValid, FirstDay: "2026-12-01", Days: 1}}
	raw, err := report.PassTable(i18n.Vietnamese, []registry.PassRow{row}).CSV()
	if err != nil || strings.Contains(string(raw), "56789012") || !strings.Contains(string(raw), "…9012") {
		t.Errorf("%s %v", raw, err)
	}
}
