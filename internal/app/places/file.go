package places

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// File writes the places that a filter chooses, all of them, as a file in a language. The
// person in charge stands in it where the actor may read that; then the audit log has a line.
// NotFound for whoever reads
// no plan, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, f committee.PlaceFilter, form, lang string) (file registry.File, err error) {
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
	if file, err = report.PlaceTable(lang, rows).File("diem-ban", form); err != nil || persons == 0 {
		return file, err
	}
	codes, _ := actor.Reach(registry.ViewPersonal) // of everywhere it is none, and so is the scope
	return file, a.DB.Write(ctx, func(tx *store.Tx) error {
		return tx.AuditUnseen(ctx, actor, registry.Change{Action: "place.export", Object: "place", Scope: registry.Scope(codes),
			Detail: fact.Facts{fact.Said("export_form", form), fact.Count("export_rows", len(rows))}})
	})
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
