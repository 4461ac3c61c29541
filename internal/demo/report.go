package demo

import (
	"context"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// closeReport writes the words of a session's result report, closes it, and enters
// its number.
func (f *filler) closeReport(ctx context.Context, s *session) error {
	actor := f.organiser(s)
	r, err := f.app.Reports.EventReport(ctx, actor, s.event.ID)
	if err != nil {
		return err
	}
	in := reports.ReportPaperInput{ResultPaper: r.Result.Paper, Version: r.Stored.Version}
	in.Assessment = s.Report.Assessment
	if err := f.app.Reports.SaveReportPaper(ctx, actor, s.event.ID, in); err != nil {
		return err
	}
	if err := f.step(ctx, s, registry.Reported, ""); err != nil {
		return err
	}
	return f.app.Reports.NumberReport(ctx, actor, s.event.ID, s.Report.Number, vn.ShowDate(f.app.Today()))
}
