package store

import (
	"context"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

// inspectionWhere turns a filter into conditions.
func inspectionWhere(f inspection.Filter) *where {
	w := &where{}
	switch {
	case f.Codes != nil:
		under(w, "inspection_areas", "inspection_id = i.id", f.Codes)
	case f.Bodies != nil:
		in(w, "i.body_id", f.Bodies)
	}
	w.inYear("i.day_on", f.Year)
	for _, c := range []struct{ cond, value string }{
		{"i.vendor_id = ?", string(f.Vendor)},
		{"i.kind = ?", string(f.Kind)},
		{"i.subject = ?", string(f.Subject)},
		{"i.event_id = ?", string(f.Event)},
		{"i.booth_id = ?", string(f.Booth)},
		{"i.body_id = ?", string(f.Body)},
		{"i.round_id = ?", string(f.Round)},
		{"EXISTS (SELECT 1 FROM inspection_areas x WHERE x.inspection_id = i.id AND x.code = ?)", f.Area},
		{"EXISTS (SELECT 1 FROM task_inspections x WHERE x.inspection_id = i.id AND x.task_id = ?)", string(f.Task)},
		{"EXISTS (SELECT 1 FROM findings x WHERE x.inspection_id = i.id AND x.state = ?)", string(f.Finding)},
		{`EXISTS (SELECT 1 FROM findings x WHERE x.inspection_id = i.id AND x.state IN ('open', 'escalated')
			AND CASE WHEN x.due_on = '' THEN i.day_on ELSE x.due_on END < ?)`, f.Late},
	} {
		if c.value != "" {
			w.add(c.cond, c.value)
		}
	}
	if f.Twins {
		w.add("i.twin = 'open'")
	}
	if f.Missing {
		w.add("i.state = 'received'")
	}
	if f.HandedIn {
		w.add("i.state = 'handed_in'")
	}
	if f.Counts {
		w.add("i.state = 'handed_in' AND i.lead_id IS NULL AND i.kind <> 'vendor_check'")
	}
	return w
}

// Inspections returns the records that fit, the latest day first, without answers, photos
// and tasks.
func (tx *Tx) Inspections(ctx context.Context, f inspection.Filter) ([]inspection.Row, error) {
	w := inspectionWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	rows, err := collect(ctx, tx, func(row scanner) (r inspection.Row, err error) {
		r.Record, err = scanInspection(row)
		return r, err
	}, `SELECT `+inspectionColumns+` FROM inspections i`+w.String()+` ORDER BY i.day_on DESC, i.received_at DESC, i.id`+page, w.args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows, tx.countFindings(ctx, rows)
}

// countFindings counts the findings of records, and those that are not settled.
func (tx *Tx) countFindings(ctx context.Context, rows []inspection.Row) error {
	for from := 0; from < len(rows); from += fillBatch {
		part, at, w := rows[from:min(from+fillBatch, len(rows))], map[registry.InspectionID]*inspection.Row{}, &where{}
		ids := make([]registry.InspectionID, len(part))
		for i := range part {
			ids[i], at[part[i].ID] = part[i].ID, &part[i]
		}
		in(w, "inspection_id", ids)
		err := each(ctx, tx, func(row scanner) error {
			var id registry.InspectionID
			var all, open int
			if err := row.Scan(&id, &all, &open); err != nil {
				return err
			}
			at[id].Findings, at[id].Open = all, open
			return nil
		}, `
			SELECT inspection_id, COUNT(*), SUM(CASE WHEN state = 'closed' THEN 0 ELSE 1 END)
			FROM findings`+w.String()+` GROUP BY inspection_id`, w.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// CountInspections counts the records that fit.
func (tx *Tx) CountInspections(ctx context.Context, f inspection.Filter) (int, error) {
	w := inspectionWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM inspections i`+w.String(), w.args...)
}

// CountInspected counts the records that fit, and their findings by state.
func (tx *Tx) CountInspected(ctx context.Context, f inspection.Filter) (n int, by map[inspection.FindingState]int, err error) {
	w := inspectionWhere(f)
	by = map[inspection.FindingState]int{}
	err = each(ctx, tx, func(row scanner) error {
		var state inspection.FindingState
		var of int
		err := row.Scan(&state, &of)
		if by[state] = of; state == "" {
			n = of
			delete(by, state)
		}
		return err
	}, `SELECT '', COUNT(*) FROM inspections i`+w.String()+`
		UNION ALL SELECT f.state, COUNT(*) FROM findings f JOIN inspections i ON i.id = f.inspection_id`+w.String()+` GROUP BY f.state`, w.args...)
	return n, by, err
}

// CountFindings counts the findings of the records that fit, by state.
func (tx *Tx) CountFindings(ctx context.Context, f inspection.Filter) (map[inspection.FindingState]int, error) {
	w, by := inspectionWhere(f), map[inspection.FindingState]int{}
	err := each(ctx, tx, func(row scanner) error {
		var state inspection.FindingState
		var n int
		err := row.Scan(&state, &n)
		by[state] = n
		return err
	}, `SELECT f.state, COUNT(*) FROM findings f JOIN inspections i ON i.id = f.inspection_id`+w.String()+` GROUP BY f.state`, w.args...)
	return by, err
}

const findingColumns = `f.id, f.inspection_id, f.n, f.item, f.words, f.remedy, f.due_on, f.safety, f.holds, f.state, f.handed_on, f.handed_to,
	f.dossier, f.answer_due_on, f.outcome, f.moved_at, f.version`

func scanFinding(row scanner) (f inspection.Finding, err error) {
	err = row.Scan(&f.ID, &f.Record, &f.N, &f.Item, &f.Words, &f.Remedy, &f.DueOn, &f.Safety, &f.Holds, &f.State, &f.Handover.On, &f.Handover.To,
		&f.Handover.Dossier, &f.Handover.DueOn, &f.Handover.Outcome, &f.MovedAt, &f.Version)
	return f, err
}

// InsertFindings stores what a record found: all of it open.
func (tx *Tx) InsertFindings(ctx context.Context, found []inspection.Finding, by string) error {
	var rows, steps []any
	for i := range found {
		f := &found[i]
		if f.ID == "" {
			f.ID = NewID[registry.FindingID]()
		}
		f.N, f.State, f.MovedAt, f.Version = i+1, inspection.Open, tx.NowMS(), 1
		rows = append(rows, string(f.ID), string(f.Record), f.N, f.Item, f.Words, f.Remedy, f.DueOn, flag(f.Safety), flag(f.Holds), string(f.State),
			"", "", "", "", "", f.MovedAt, f.Version)
		steps = append(steps, string(f.ID), 1, f.MovedAt, by, string(f.State), f.Words, nil)
	}
	err := tx.insertRows(ctx, `
		INSERT INTO findings (id, inspection_id, n, item, words, remedy, due_on, safety, holds, state, handed_on, handed_to, dossier,
			answer_due_on, outcome, moved_at, version)
		VALUES `, 17, rows)
	if err != nil {
		return err
	}
	return tx.insertRows(ctx, `INSERT INTO finding_steps (finding_id, n, at, by_name, state, text, inspection_id) VALUES `, 7, steps)
}

// StepFinding stores a finding that was read, with a line of its log. It is a Conflict if it
// has changed since.
func (tx *Tx) StepFinding(ctx context.Context, f *inspection.Finding, s inspection.FindingStep) error {
	f.MovedAt = tx.NowMS()
	err := tx.must(ctx, errStale(), `
		UPDATE findings
		SET state = $3, due_on = $4, handed_on = $5, handed_to = $6, dossier = $7, answer_due_on = $8, outcome = $9, moved_at = $10,
			version = version + 1
		WHERE id = $1 AND version = $2`, string(f.ID), f.Version, string(f.State), f.DueOn, f.Handover.On, f.Handover.To, f.Handover.Dossier,
		f.Handover.DueOn, f.Handover.Outcome, f.MovedAt)
	if err != nil {
		return err
	}
	f.Version++
	n, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM finding_steps WHERE finding_id = $1`, string(f.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO finding_steps (finding_id, n, at, by_name, state, text, inspection_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(f.ID), n+1, f.MovedAt, s.By, string(f.State), s.Text, null(s.Record))
	return err
}

// Finding returns a finding, or NotFound.
func (tx *Tx) Finding(ctx context.Context, id registry.FindingID) (inspection.Finding, error) {
	return one(ctx, tx, scanFinding, `SELECT `+findingColumns+` FROM findings f WHERE f.id = $1`, string(id))
}

// Findings returns what records found, in the order of each.
func (tx *Tx) Findings(ctx context.Context, ids ...registry.InspectionID) ([]inspection.Finding, error) {
	w := &where{}
	in(w, "f.inspection_id", ids)
	return collect(ctx, tx, scanFinding, `SELECT `+findingColumns+` FROM findings f`+w.String()+` ORDER BY f.inspection_id, f.n`, w.args...)
}

// FindingSteps returns the log of a finding in its order.
func (tx *Tx) FindingSteps(ctx context.Context, id registry.FindingID) ([]inspection.FindingStep, error) {
	return collect(ctx, tx, func(row scanner) (s inspection.FindingStep, err error) {
		err = row.Scan(&s.N, &s.At, &s.By, &s.State, &s.Text, &s.Record)
		return s, err
	}, `SELECT n, at, by_name, state, text, COALESCE(inspection_id, '') FROM finding_steps WHERE finding_id = $1 ORDER BY n`, string(id))
}

// findingWhere turns a filter into conditions. A record that follows another one says nothing
// of its own.
func findingWhere(f inspection.FindingFilter) *where {
	w := inspectionWhere(inspection.Filter{Codes: f.Codes, Bodies: f.Bodies, Area: f.Area})
	w.add("i.state = 'handed_in' AND i.lead_id IS NULL")
	if f.Issuer != "" {
		w.add("i.issuer_id = ?", string(f.Issuer))
	}
	if f.State != "" {
		w.add("f.state = ?", string(f.State))
	} else if !f.Settled {
		w.add("f.state <> 'closed'")
	}
	if f.Late != "" {
		w.add("f.state IN ('open', 'escalated') AND "+findingDue+" < ?", f.Late)
	}
	return w
}

// findingDue is the last day on which a finding may be mended.
const findingDue = `CASE WHEN f.due_on = '' THEN i.day_on ELSE f.due_on END`

// FindingRows returns the findings that fit with their records, those due first at the top.
func (tx *Tx) FindingRows(ctx context.Context, f inspection.FindingFilter) ([]inspection.FindingRow, error) {
	w, page := findingWhere(f), ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	return collect(ctx, tx, func(row scanner) (r inspection.FindingRow, err error) {
		f, i := &r.Finding, &r.In
		err = row.Scan(&f.ID, &f.Record, &f.N, &f.Item, &f.Words, &f.Remedy, &f.DueOn, &f.Safety, &f.Holds, &f.State, &f.Handover.On, &f.Handover.To,
			&f.Handover.Dossier, &f.Handover.DueOn, &f.Handover.Outcome, &f.MovedAt, &f.Version, &i.ID, &i.Kind, &i.N, &i.On, &i.Subject.Kind, &i.Subject.Name,
			&i.Subject.Event, &i.Issuer, &i.Area.Edition, &i.Area.Code)
		return r, err
	}, `
		SELECT `+findingColumns+`, i.id, i.kind, COALESCE(i.n, 0), i.day_on, i.subject, i.subject_name, COALESCE(i.event_id, ''), COALESCE(i.issuer_id, ''),
			i.area_edition, i.area_code
		FROM findings f JOIN inspections i ON i.id = f.inspection_id`+w.String()+`
		ORDER BY `+findingDue+`, i.day_on, f.inspection_id, f.n`+page, w.args...)
}

// CountFindingRows counts the findings that fit.
func (tx *Tx) CountFindingRows(ctx context.Context, f inspection.FindingFilter) (int, error) {
	w := findingWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM findings f JOIN inspections i ON i.id = f.inspection_id`+w.String(), w.args...)
}

// FindingAreas returns the codes of today's units in which there are findings that fit.
func (tx *Tx) FindingAreas(ctx context.Context, f inspection.FindingFilter) ([]string, error) {
	w := findingWhere(f)
	return collect(ctx, tx, column[string], `
		SELECT DISTINCT x.code FROM findings f JOIN inspections i ON i.id = f.inspection_id
		JOIN inspection_areas x ON x.inspection_id = i.id`+w.String()+` ORDER BY x.code`, w.args...)
}
