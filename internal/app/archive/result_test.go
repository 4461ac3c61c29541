package archive_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// parts is all that the parts of a spreadsheet say.
func parts(t *testing.T, data []byte) (said string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	testkit.Works(t, err)
	for _, f := range z.File {
		r, err := f.Open()
		testkit.Works(t, err)
		text, err := io.ReadAll(r)
		testkit.Works(t, err)
		said += string(text)
	}
	return said
}

// TestAnArchiveTellsOfNoSingleVendor: the closed report of an event with two vendors is in the
// archive of whoever may see their sales, and their sales are not.
func TestAnArchiveTellsOfNoSingleVendor(t *testing.T) {
	s := testkit.NewStage(t)
	s.Fair = s.Event(testkit.InState(registry.Ended))
	booths := s.Booths(s.Fair.ID, "A", 2)
	for i, amount := range []string{"7.654.321", "8.765.432"} {
		v := s.Applied(registry.AppApproved)
		s.Assign(booths[i], s.StoredApplication(v.ID))
		testkit.Works(t, s.App.Reports.FileSales(t.Context(), v.Owner, v.Vendor.ID, s.Fair.ID,
			reports.SalesInput{Days: []reports.SalesDayInput{{Day: s.Fair.OpensOn, Amount: amount}}}))
	}
	s.Clock.Add(time.Minute)
	e, err := s.App.Events.OfficeEvent(t.Context(), s.Reviewer, registry.ManageEvents, s.Fair.ID)
	testkit.Works(t, err)
	testkit.Works(t, s.App.Lifecycle.StepEvent(t.Context(), s.Reviewer, s.Fair.ID, lifecycle.StepInput{To: registry.Reported, Version: e.Version}))
	above := registry.SystemActor("test")
	open, err := s.App.Reports.ReportFile(t.Context(), above, s.Fair.ID, reports.FileAsked{Form: "xlsx", Lang: "vi"})
	testkit.Works(t, err)
	year := 0
	fmt.Sscan(vn.ShowDate(s.Fair.OpensOn)[6:], &year)
	data := written(t, s.Kit, above, year)
	all := content(t, data)
	kept := parts(t, all["su-kien/"+s.Fair.Slug+".xlsx"])
	for _, sold := range []string{"7654321", "8765432", "16419753"} {
		if !strings.Contains(parts(t, open.Data), sold) {
			t.Errorf("who may see sales does not see %s", sold)
		}
		if strings.Contains(kept, sold) {
			t.Errorf("the archive tells %s", sold)
		}
	}
	if len(all["su-kien/"+s.Fair.Slug+".pdf"]) == 0 || len(all["su-kien/"+s.Fair.Slug+".docx"]) == 0 {
		t.Error("the report lacks a form")
	}
	if again := written(t, s.Kit, above, year); !bytes.Equal(again, data) {
		t.Error("the same data give other bytes")
	}
}
