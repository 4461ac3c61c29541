package report_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/report"
)

var listedRows = []report.CommunicationRow{
	{Number: "TT-1", Channel: "village_meeting", Counted: true, Times: 1, People: 45, Edition: "2025", Code: "01840", Area: "phường Đức Xuân", From: "2026-11-20",
		Until: "2026-11-20", Topic: `=HYPERLINK("http://a.vn")`, Audiences: []string{"people"}, EnteredBy: "@Lan"},
	{Number: "TT-2", Channel: "Tờ gấp", Own: true, Times: 1200, Edition: "2025-before", Code: "01840", Area: "phường Đức Xuân", From: "2020-09-15", Struck: "+ nhầm"},
}

func TestTheRegisterAsCSVHasNoFormula(t *testing.T) {
	raw, err := report.CommunicationTable(i18n.Vietnamese, listedRows).CSV()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF")))).ReadAll()
	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for _, line := range lines[1:] {
		for _, cell := range line {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") {
				t.Errorf("a cell begins like a formula: %s", cell)
			}
		}
	}
	if !slices.Contains(lines[1], "45") || !slices.Contains(lines[2], "không đếm") || !slices.Contains(lines[2], "2025-before:01840") {
		t.Errorf("the lines are %q", lines[1:])
	}
}

func TestTheRegisterAsWorkbookKeepsTypes(t *testing.T) {
	raw, err := report.CommunicationTable(i18n.English, listedRows).XLSX()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetList()[0]
	for cell, want := range map[string]string{"A2": "TT-1", "C3": "1,200", "D3": "not counted", "F2": "2025:01840", "K2": `=HYPERLINK("http://a.vn")`} {
		if got, err := book.GetCellValue(sheet, cell); err != nil || got != want {
			t.Errorf("%s holds %q, %v, want %q", cell, got, err, want)
		}
		if formula, _ := book.GetCellFormula(sheet, cell); formula != "" {
			t.Errorf("%s is the formula %s", cell, formula)
		}
	}
}
