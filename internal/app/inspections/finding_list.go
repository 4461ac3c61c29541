package inspections

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// FindingList is findings as far as the actor reads them, those due first at the top.
type FindingList struct {
	Rows   []inspection.FindingRow
	N      int // rows in all
	Late   int // of what was asked for, that should have been mended
	Names  map[registry.BodyID]string
	Events map[registry.EventID]string // titles
	Bodies []committee.Body            // for the filter
	Areas  []string                    // codes of units with findings, for the filter
}

// FindingList returns a page of the findings that a filter chooses. NotFound for whoever
// reads no inspections.
func (a *Service) FindingList(ctx context.Context, actor registry.Actor, f inspection.FindingFilter) (l FindingList, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		var reach inspection.Filter
		if err := narrow(ctx, tx, actor, &reach); err != nil {
			return err
		}
		f.Codes, f.Bodies = reach.Codes, reach.Bodies
		l = FindingList{}
		if l.Rows, err = tx.FindingRows(ctx, f); err != nil {
			return err
		}
		if l.N, err = tx.CountFindingRows(ctx, f); err != nil {
			return err
		}
		late := f
		late.Late = a.Today()
		if l.Late, err = tx.CountFindingRows(ctx, late); err != nil {
			return err
		}
		return a.nameFindings(ctx, tx, f, &l)
	})
	return l, err
}

// nameFindings reads the titles of events and the names of bodies that the rows refer to,
// and the bodies by which the list may be narrowed.
func (a *Service) nameFindings(ctx context.Context, tx *store.Tx, f inspection.FindingFilter, l *FindingList) error {
	r := Register{Rows: make([]inspection.Row, len(l.Rows))}
	for i, row := range l.Rows {
		r.Rows[i].Record = row.In
	}
	if err := a.names(ctx, tx, &r); err != nil {
		return err
	}
	l.Names, l.Events = r.Issuers, r.Events
	everywhere := f
	everywhere.Area = ""
	var err error
	if l.Areas, err = tx.FindingAreas(ctx, everywhere); err != nil {
		return err
	}
	if f.Bodies == nil {
		l.Bodies, err = tx.Bodies(ctx, f.Codes)
	}
	return err
}

// FindingFile writes the findings that a filter chooses as a file in a language, all rows of
// it. NotFound for whoever reads none, and for another form.
func (a *Service) FindingFile(ctx context.Context, actor registry.Actor, f inspection.FindingFilter, form, lang string) (file report.ListFile, err error) {
	f.Skip, f.Limit = 0, 0
	l, err := a.FindingList(ctx, actor, f)
	if err != nil {
		return file, err
	}
	rows := make([]report.FindingRow, len(l.Rows))
	for i, r := range l.Rows {
		h := r.Handover
		rows[i] = report.FindingRow{DueOn: r.Due(r.In.On), FoundOn: r.In.On, State: string(r.State), Words: r.Words, Remedy: r.Remedy, Subject: r.In.Subject.Name,
			Event: l.Events[r.In.Subject.Event], Issuer: l.Names[r.In.Issuer], Record: r.In.Number(), HandedOn: h.On, HandedTo: h.To, Dossier: h.Dossier,
			AnswerDue: h.DueOn, Outcome: h.Outcome, MovedAt: r.MovedAt, Late: r.Late(r.In.On, a.Today()), Safety: r.Safety, Holds: r.Holds}
		if area, ok := a.Areas.At(r.In.Area, r.In.On); ok {
			rows[i].Area = area.FullName()
		}
	}
	return report.FindingTable(lang, rows).List("dieu-can-khac-phuc", form,
		registry.Change{Action: "inspection.export_findings", Object: "inspection", Scope: actor.Scope(registry.ViewTasks)})
}
