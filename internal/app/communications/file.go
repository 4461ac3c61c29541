package communications

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/report"
)

// File writes what a query asks for as a file in a language, with all rows and those
// struck out. NotFound for whoever reads none of the register, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, q Query, form, lang string) (f report.ListFile, err error) {
	rows, err := a.All(ctx, actor, q)
	if err != nil {
		return f, err
	}
	listed := make([]report.CommunicationRow, len(rows))
	for i, r := range rows {
		listed[i] = a.listed(r)
	}
	return report.CommunicationTable(lang, listed).List("tuyen-truyen", form, registry.Change{Action: "communication.export", Object: "communication", Scope: actor.Scope(registry.ViewTasks)})
}

// listed is an entry as a file lists it.
func (a *Service) listed(r Row) report.CommunicationRow {
	out := report.CommunicationRow{Number: r.Number(), Channel: string(r.Channel), Counted: r.Counted, Times: int64(r.Times), People: int64(r.People),
		Edition: string(r.Area.Edition), Code: r.Area.Code, Village: r.Village, Place: r.Place, From: r.From, Until: r.Until, Topic: r.Topic,
		Quantity: int64(r.Quantity), Minutes: int64(r.Minutes), Cost: r.Cost, Body: r.BodyName, Link: r.Link, Photos: int64(len(r.Photos)),
		Asked: r.Asked, EnteredBy: r.EnteredAs, Struck: r.StruckWhy}
	if !r.ChannelIs.BuiltIn() {
		out.Channel, out.Own = r.ChannelIs.Name, true
	}
	if unit, ok := a.Areas.At(r.Area, r.From); ok {
		out.Area = unit.FullName()
	}
	for _, x := range r.Audiences {
		out.Audiences = append(out.Audiences, string(x))
	}
	return out
}
