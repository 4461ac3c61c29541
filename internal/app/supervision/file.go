package supervision

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// File writes the supervisions that a filter chooses as a file in a language, with all rows and
// those struck out. NotFound for whoever reads none, and for another form.
func (a *Service) File(ctx context.Context, actor registry.Actor, f committee.SupervisionFilter, form, lang string) (report.ListFile, error) {
	f.Skip, f.Limit = 0, 0
	l, err := a.Register(ctx, actor, f)
	if err != nil {
		return report.ListFile{}, err
	}
	titles := map[registry.EventID]string{}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		for _, s := range l.Rows {
			if s.Event == "" || titles[s.Event] != "" {
				continue
			}
			e, err := tx.Event(ctx, s.Event)
			if err != nil {
				return err
			}
			titles[s.Event] = e.Title
		}
		return nil
	})
	rows := make([]report.SupervisionRow, len(l.Rows))
	for i, s := range l.Rows {
		rows[i] = report.SupervisionRow{Number: s.Number(), HeldOn: s.HeldOn, By: l.Names[s.By], Content: s.Content, Subject: l.Names[s.Subject] + s.SubjectName,
			Event: titles[s.Event], Area: a.areaName(s.Area, s.HeldOn), Code: s.Area.String(), Recommendation: s.Recommendation, DueOn: s.DueOn, Paper: s.Paper,
			State: string(s.State(a.Today())), Answer: s.Answer, AnsweredOn: s.AnsweredOn, AnswerPaper: s.AnswerPaper, EnteredBy: s.Entered.As, Struck: s.Struck.Why}
	}
	if err != nil {
		return report.ListFile{}, err
	}
	return report.SupervisionTable(lang, rows).List("giam-sat", form, registry.Change{Action: "supervision.export", Object: "supervision", Scope: actor.Scope(registry.ViewTasks)})
}

// areaName is a unit as it was called on a day.
func (a *Service) areaName(ref registry.AreaRef, day string) string {
	unit, _ := a.Areas.At(ref, day)
	if unit.Name == "" {
		return ""
	}
	return unit.FullName()
}
