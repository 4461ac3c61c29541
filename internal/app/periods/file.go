package periods

import (
	"context"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
)

// File writes the overview that a query chooses as a file in a language: every unit with every
// figure. NotFound as Overview, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, q Query, form, lang string) (report.ListFile, error) {
	o, err := a.Overview(ctx, actor, q)
	if err != nil {
		return report.ListFile{}, err
	}
	labels := make([]string, len(o.Figures))
	for i, f := range o.Figures {
		labels[i] = f.Text(lang)
	}
	rows := fileRows(o, o.Rows)
	change := registry.Change{Action: "period.export", Object: "period", Scope: actor.Scope(registry.ViewTasks)}
	return report.PeriodTable(lang, labels, rows).List("bao-cao-ky", form, change)
}

// fileRows are rows of an overview as a file lists them.
func fileRows(o Overview, rows []Row) []report.PeriodRow {
	list := make([]report.PeriodRow, len(rows))
	for i, row := range rows {
		list[i] = report.PeriodRow{Unit: row.Name, Code: row.Ref.String(), Period: o.Query.Period.String(), State: string(row.State), Filed: row.Filed,
			Figures: cellsOf(o.Figures, row.Values), SubmittedAt: row.Report.SubmittedAt, SubmittedBy: row.Report.SubmittedBy}
	}
	return list
}

// cellsOf are the figures of a row in the order of the form.
func cellsOf(figures []period.Figure, values period.Values) []report.PeriodFigure {
	cells := make([]report.PeriodFigure, len(figures))
	for i, f := range figures {
		v, known := values[f.Code]
		cells[i] = report.PeriodFigure{N: v.N, Known: known && !v.Withheld, Share: f.Unit == period.Share}
	}
	return cells
}
