package places

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// File writes the places that a filter chooses, all of them, as a file in a language. The
// person in charge stands in it where the actor may read that. NotFound for whoever reads no plan,
// and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, f committee.PlaceFilter, form, lang string) (file report.ListFile, err error) {
	f.Skip, f.Limit = 0, 0
	if f.On == "" {
		f.On = a.Today()
	}
	l, err := a.List(ctx, actor, f)
	if err != nil {
		return file, err
	}
	rows, persons := make([]report.PlaceRow, len(l.Rows)), 0
	for i, p := range l.Rows {
		rows[i] = a.listed(p, l.Names[p.Body], f.On)
		if p.Keeper != "" || p.Phone != "" {
			persons++
		}
	}
	return report.PlaceTable(lang, rows).List("diem-ban", form, registry.Change{Action: "place.export", Object: "place", Scope: actor.Scope(registry.ViewPlan),
		Detail: fact.Facts{fact.Count("export_personal", persons)}})
}

// listed is a place as a file lists it.
func (a *Service) listed(p committee.Place, body, day string) report.PlaceRow {
	row := report.PlaceRow{Kind: string(p.Kind), Name: p.Name, Address: p.Address, Edition: string(p.Area.Edition), Code: p.Area.Code,
		Organisation: p.Organisation, Keeper: p.Keeper, Goods: p.Goods, Hours: p.Hours, From: p.From, Until: p.Until, Reason: p.EndReason,
		Paper: p.Paper, Body: body, State: string(p.StateOn(day))}
	if p.Phone != "" {
		row.Phone = vn.ShowPhone(p.Phone)
	}
	if unit, ok := a.Areas.At(p.Area, p.From); ok {
		row.Area = unit.FullName()
	}
	for _, g := range p.Groups {
		row.Groups = append(row.Groups, string(g))
	}
	return row
}
