package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const supervisionColumns = `s.id, s.n, s.content, s.by_id, s.held_on, s.area_edition, s.area_code, COALESCE(s.subject_id, ''), s.subject,
	COALESCE(s.event_id, ''), s.recommendation, s.due_on, s.paper, COALESCE(s.evidence, ''), s.answer, s.answered_on, s.answer_paper,
	COALESCE(s.answer_file, ''), s.answered_as, s.entered_by, s.entered_as, s.entered_at, s.struck_at, s.struck_as, s.struck_why, s.version`

func scanSupervision(row scanner) (s committee.SupervisionHeld, err error) {
	err = row.Scan(&s.ID, &s.N, &s.Content, &s.By, &s.HeldOn, &s.Area.Edition, &s.Area.Code, &s.Subject, &s.SubjectName,
		&s.Event, &s.Recommendation, &s.DueOn, &s.Paper, &s.Evidence, &s.Answer, &s.AnsweredOn, &s.AnswerPaper,
		&s.AnswerFile, &s.AnsweredAs, &s.Entered.By, &s.Entered.As, &s.Entered.At, &s.Struck.At, &s.Struck.By, &s.Struck.Why, &s.Version)
	return s, err
}

// supervisionCounter gives supervisions their numbers.
const supervisionCounter = "supervisions"

// InsertSupervision stores a new supervision under the next number of the register, found under
// the units of its scope.
func (tx *Tx) InsertSupervision(ctx context.Context, s *committee.SupervisionHeld, scope registry.Scope) (err error) {
	if s.ID == "" {
		s.ID = NewID[registry.SupervisionID]()
	}
	if s.N, err = tx.NextNumber(ctx, supervisionCounter); err != nil {
		return err
	}
	s.Entered.At, s.Version = tx.NowMS(), 1
	_, err = tx.exec(ctx, `
		INSERT INTO supervisions (id, n, content, by_id, held_on, area_edition, area_code, subject_id, subject, event_id, recommendation,
			due_on, paper, evidence, answer, answered_on, answer_paper, answer_file, answered_as, entered_by, entered_as, entered_at,
			struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '', '', NULL, '', $15, $16, $17, 0, '', '', 1)`,
		string(s.ID), s.N, s.Content, string(s.By), s.HeldOn, string(s.Area.Edition), s.Area.Code, null(s.Subject), s.SubjectName, null(s.Event),
		s.Recommendation, s.DueOn, s.Paper, null(s.Evidence), string(s.Entered.By), s.Entered.As, s.Entered.At)
	if err != nil {
		return err
	}
	return tx.saveSupervisionParts(ctx, s, scope)
}

// SaveSupervision stores a supervision that was read, its answer too. It is a Conflict if it has
// changed since.
func (tx *Tx) SaveSupervision(ctx context.Context, s *committee.SupervisionHeld, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE supervisions
		SET content = $3, by_id = $4, held_on = $5, area_edition = $6, area_code = $7, subject_id = $8, subject = $9, event_id = $10,
			recommendation = $11, due_on = $12, paper = $13, evidence = $14, answer = $15, answered_on = $16, answer_paper = $17,
			answer_file = $18, answered_as = $19, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(s.ID), s.Version, s.Content, string(s.By), s.HeldOn, string(s.Area.Edition), s.Area.Code, null(s.Subject), s.SubjectName,
		null(s.Event), s.Recommendation, s.DueOn, s.Paper, null(s.Evidence), s.Answer, s.AnsweredOn, s.AnswerPaper, null(s.AnswerFile),
		s.AnsweredAs)
	if err != nil {
		return err
	}
	s.Version++
	return tx.saveSupervisionParts(ctx, s, scope)
}

// saveSupervisionParts stores under which units it is found, and for which tasks it counts.
func (tx *Tx) saveSupervisionParts(ctx context.Context, s *committee.SupervisionHeld, scope registry.Scope) error {
	if err := tx.saveCodes(ctx, "supervision_areas", "supervision_id", string(s.ID), scope); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM task_supervisions WHERE supervision_id = $1`, string(s.ID)); err != nil {
		return err
	}
	var args []any
	for _, t := range s.Tasks {
		args = append(args, string(t), string(s.ID))
	}
	return tx.insertRows(ctx, `INSERT INTO task_supervisions (task_id, supervision_id) VALUES `, 2, args)
}

// StrikeSupervision strikes a supervision out as its Struck says, or counts it again. It is a
// Conflict if it has changed since.
func (tx *Tx) StrikeSupervision(ctx context.Context, s *committee.SupervisionHeld) error {
	return tx.strike(ctx, "supervisions", string(s.ID), &s.Version, &s.Struck)
}

// Supervision returns a supervision with its tasks, or NotFound.
func (tx *Tx) Supervision(ctx context.Context, id registry.SupervisionID) (s committee.SupervisionHeld, err error) {
	if s, err = one(ctx, tx, scanSupervision, `SELECT `+supervisionColumns+` FROM supervisions s WHERE s.id = $1`, string(id)); err != nil {
		return s, err
	}
	s.Tasks, err = collect(ctx, tx, column[registry.TaskID], `SELECT task_id FROM task_supervisions WHERE supervision_id = $1 ORDER BY task_id`, string(id))
	return s, err
}

// supervisionStates are the conditions of the states; the day stands for ?.
var supervisionStates = map[committee.SupervisionState]string{
	committee.SupervisionNoted:    "s.recommendation = '' AND ? <> ''",
	committee.SupervisionAnswered: "s.recommendation <> '' AND s.answered_on <> '' AND ? <> ''",
	committee.SupervisionLate:     "s.recommendation <> '' AND s.answered_on = '' AND s.due_on < ?",
	committee.SupervisionAwaiting: "s.recommendation <> '' AND s.answered_on = '' AND s.due_on >= ?",
}

func supervisionWhere(f committee.SupervisionFilter) *where {
	w := &where{}
	if f.Codes != nil {
		under(w, "supervision_areas", "supervision_id = s.id", f.Codes)
	}
	if f.Bodies != nil {
		in(w, "s.by_id", f.Bodies)
		in(w, "s.subject_id", f.Bodies)
		last := len(w.conds) - 1
		w.conds[last-1] = "(" + w.conds[last-1] + " OR " + w.conds[last] + ")"
		w.conds = w.conds[:last]
	}
	for _, c := range []struct{ cond, value string }{
		{"EXISTS (SELECT 1 FROM supervision_areas x WHERE x.supervision_id = s.id AND x.code = ?)", f.Area},
		{"EXISTS (SELECT 1 FROM task_supervisions x WHERE x.supervision_id = s.id AND x.task_id = ?)", string(f.Task)},
		{"s.by_id = ?", string(f.By)}, {"s.event_id = ?", string(f.Event)},
	} {
		if c.value != "" {
			w.add(c.cond, c.value)
		}
	}
	w.inYear("s.held_on", f.Year)
	if cond := supervisionStates[f.State]; cond != "" {
		w.add(cond, f.Today)
	}
	if f.Counts {
		w.add("s.struck_at = 0")
	}
	return w
}

// Supervisions returns the supervisions that fit, the latest day first, without their tasks.
func (tx *Tx) Supervisions(ctx context.Context, f committee.SupervisionFilter) ([]committee.SupervisionHeld, error) {
	w, page := supervisionWhere(f), ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	return collect(ctx, tx, scanSupervision, `SELECT `+supervisionColumns+` FROM supervisions s`+w.String()+` ORDER BY s.held_on DESC, s.n DESC`+page, w.args...)
}

// CountSupervisions counts the supervisions that fit.
func (tx *Tx) CountSupervisions(ctx context.Context, f committee.SupervisionFilter) (int, error) {
	w := supervisionWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM supervisions s`+w.String(), w.args...)
}
