package print_test

import (
	"bytes"
	"testing"
	"time"

	"hoicho/internal/print"
)

func TestEntrySheetIsOnePage(t *testing.T) {
	var pdf bytes.Buffer
	sheet := print.EntrySheet{Area: "phường Đức Xuân", Channels: []print.EntryChannel{{"Họp thôn, bản", true}, {"Băng rôn", false}},
		PrintedAt: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	if err := print.WriteEntrySheet(&pdf, "vi", sheet); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF")) || bytes.Count(pdf.Bytes(), []byte("/Type /Page\n")) > 1 {
		t.Errorf("the sheet is no PDF of one page, %d bytes", pdf.Len())
	}
}
