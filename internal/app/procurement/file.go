package procurement

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// File writes the reports that a query chooses as a file in a language, with all rows and
// those struck out. NotFound for whoever reads none of them, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, q Query, form, lang string) (report.ListFile, error) {
	var rows []Row
	var groups []committee.GoodsGroup
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if err := narrow(ctx, tx, actor, &q.Filter); err != nil {
			return err
		}
		f := q.filter()
		f.Skip, f.Limit = 0, 0
		if groups, err = tx.GoodsGroups(ctx); err != nil {
			return err
		}
		rows, err = named(ctx, tx, f)
		return err
	})
	if err != nil {
		return report.ListFile{}, err
	}
	listed := make([]report.ProcurementRow, len(rows))
	for i, r := range rows {
		listed[i] = report.ProcurementRow{Number: r.Number(), Body: r.BodyName, Year: int64(r.Period.Year), Part: string(r.Period.Part), Group: string(r.Group),
			Total: r.Total, Domestic: r.Domestic, Paper: r.Paper, Note: r.Note, EnteredBy: r.EnteredAs, Struck: r.StruckWhy}
		if g, ok := committee.GoodsGroupByID(groups, r.Group); ok && !g.BuiltIn() {
			listed[i].Group, listed[i].Own = g.Name, true
		}
		listed[i].Share, listed[i].Shared = committee.Share(r.Domestic, r.Total)
	}
	return report.ProcurementTable(lang, listed).List("mua-sam", form, registry.Change{Action: "procurement.export", Object: "procurement", Scope: actor.Scope(registry.ViewTasks)})
}

// SupportTable writes the support that a filter chooses as a file in a language. NotFound for
// whoever reads no plan, and for another form.
func (a *Service) SupportTable(ctx context.Context, actor registry.Actor, f committee.SupportFilter, form, lang string) (report.ListFile, error) {
	f.Skip, f.Limit = 0, 0
	l, err := a.Supports(ctx, actor, f)
	if err != nil {
		return report.ListFile{}, err
	}
	rows := make([]report.SupportRow, len(l.Rows))
	for i, s := range l.Rows {
		provider := s.Provider
		if s.Body != "" {
			provider = l.Names[s.Body]
		}
		rows[i] = report.SupportRow{Number: s.Number(), Kind: string(s.Kind), Producer: s.Producer.Name, Area: a.areaName(s.Area, s.From),
			Code: s.Area.String(), Provider: provider, What: s.What, Amount: s.Amount, From: s.From, Until: s.Until, Result: s.Result, Paper: s.Paper,
			EnteredBy: s.Entered.As, Struck: s.Struck.Why}
	}
	return report.SupportTable(lang, rows).List("ho-tro", form, registry.Change{Action: "support.export", Object: "support", Scope: actor.Scope(registry.ViewPlan)})
}

// MatchingTable writes the matchings that a filter chooses as a file in a language. NotFound
// for whoever reads no plan, and for another form.
func (a *Service) MatchingTable(ctx context.Context, actor registry.Actor, f committee.MatchingFilter, form, lang string) (report.ListFile, error) {
	f.Skip, f.Limit = 0, 0
	l, err := a.Matchings(ctx, actor, f)
	if err != nil {
		return report.ListFile{}, err
	}
	rows := make([]report.MatchingRow, len(l.Rows))
	for i, m := range l.Rows {
		rows[i] = report.MatchingRow{Number: m.Number(), HeldOn: m.HeldOn, Meeting: m.Meeting, Buyer: m.Buyer, Producer: m.Producer.Name,
			Area: a.areaName(m.Area, m.HeldOn), Code: m.Area.String(), Product: m.Product, Volume: m.Volume, MemoNumber: m.MemoNumber, MemoOn: m.MemoOn,
			EnteredBy: m.Entered.As, Struck: m.Struck.Why}
		for _, f := range m.FollowUps {
			rows[i].FollowUps = append(rows[i].FollowUps, report.FollowUpCell{DueOn: f.DueOn, Outcome: string(f.Outcome), Result: f.Result})
		}
	}
	return report.MatchingTable(lang, rows).List("ket-noi-cung-cau", form, registry.Change{Action: "matching.export", Object: "matching", Scope: actor.Scope(registry.ViewPlan)})
}

// areaName is a unit as it was called on a day.
func (a *Service) areaName(ref registry.AreaRef, day string) string {
	unit, _ := a.Areas.At(ref, day)
	if unit.Name == "" {
		return ""
	}
	return unit.FullName()
}
