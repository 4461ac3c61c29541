package costs

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// File writes the lines of an event or plan as a file in a language, those struck out too.
// NotFound for whoever does not read them, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, o Owner, form, lang string) (f report.ListFile, err error) {
	b, err := a.Book(ctx, actor, o)
	if err != nil {
		return f, err
	}
	rows := make([]report.CostRow, len(b.Lines))
	for i, l := range b.Lines {
		rows[i] = report.CostRow{Number: l.Number(), Kind: string(l.Kind), Source: string(l.Source), Title: l.Title, Estimate: l.Estimate, Paid: l.Paid,
			Spent: l.Spent, Paper: l.Paper, PaperOn: l.PaperOn, Shared: l.Shared, EnteredBy: l.Entered.As, Struck: l.Struck.Why}
	}
	return report.CostTable(lang, rows).List("kinh-phi_"+vn.Slug(b.Title), form,
		registry.Change{Action: "cost.export", Object: "cost", Scope: a.Areas.Scope(b.Area)})
}
