package store

import (
	"context"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

const roundColumns = `r.id, r.number, r.issued_on, r.title, r.kind, COALESCE(r.body_id, ''), r.area_edition, r.area_code, r.from_on, r.until_on,
	COALESCE(r.event_id, ''), COALESCE(r.task_id, ''), r.note, r.entered_by, r.entered_as, r.entered_at, r.struck_at, r.struck_as,
	r.struck_why, r.version`

func scanRound(row scanner) (r inspection.Round, err error) {
	err = row.Scan(&r.ID, &r.Number, &r.IssuedOn, &r.Title, &r.Kind, &r.Body, &r.Area.Edition, &r.Area.Code, &r.From, &r.Until,
		&r.Event, &r.Task, &r.Note, &r.Entered, &r.EnterAs, &r.EnterAt, &r.StruckAt, &r.StruckAs, &r.StruckBy, &r.Version)
	return r, err
}

// InsertRound stores a new round, found under the units of its scope.
func (tx *Tx) InsertRound(ctx context.Context, r *inspection.Round, scope registry.Scope) error {
	if r.ID == "" {
		r.ID = NewID[registry.RoundID]()
	}
	r.EnterAt, r.Version = tx.NowMS(), 1
	_, err := tx.exec(ctx, `
		INSERT INTO inspection_rounds (id, number, issued_on, title, kind, body_id, area_edition, area_code, from_on, until_on, event_id,
			task_id, note, entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, '', '', 1)`,
		string(r.ID), r.Number, r.IssuedOn, r.Title, string(r.Kind), null(r.Body), string(r.Area.Edition), r.Area.Code, r.From, r.Until,
		null(r.Event), null(r.Task), r.Note, string(r.Entered), r.EnterAs, r.EnterAt)
	if err != nil {
		return err
	}
	return tx.saveRoundParts(ctx, r, scope)
}

// SaveRound stores a round that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveRound(ctx context.Context, r *inspection.Round, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE inspection_rounds
		SET number = $3, issued_on = $4, title = $5, kind = $6, body_id = $7, area_edition = $8, area_code = $9, from_on = $10,
			until_on = $11, event_id = $12, task_id = $13, note = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(r.ID), r.Version, r.Number, r.IssuedOn, r.Title, string(r.Kind), null(r.Body), string(r.Area.Edition), r.Area.Code, r.From,
		r.Until, null(r.Event), null(r.Task), r.Note)
	if err != nil {
		return err
	}
	r.Version++
	return tx.saveRoundParts(ctx, r, scope)
}

func (tx *Tx) saveRoundParts(ctx context.Context, r *inspection.Round, scope registry.Scope) error {
	if err := tx.saveCodes(ctx, "inspection_round_areas", "round_id", string(r.ID), scope); err != nil {
		return err
	}
	for _, table := range []string{"inspection_round_people", "inspection_round_bodies"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE round_id = $1`, string(r.ID)); err != nil {
			return err
		}
	}
	var people, bodies []any
	for i, p := range r.Team {
		people = append(people, string(r.ID), i+1, p.Name, p.Body)
	}
	for _, b := range r.Bodies {
		bodies = append(bodies, string(r.ID), string(b))
	}
	if err := tx.insertRows(ctx, `INSERT INTO inspection_round_people (round_id, position, name, body) VALUES `, 4, people); err != nil {
		return err
	}
	return tx.insertRows(ctx, `INSERT INTO inspection_round_bodies (round_id, body_id) VALUES `, 2, bodies)
}

// StrikeRound strikes out a round for a reason, or with an empty one counts it again. It is a
// Conflict if it has changed since.
func (tx *Tx) StrikeRound(ctx context.Context, r *inspection.Round) error {
	r.StruckAt = 0
	if r.StruckBy != "" {
		r.StruckAt = tx.NowMS()
	}
	err := tx.must(ctx, errStale(), `
		UPDATE inspection_rounds SET struck_at = $3, struck_as = $4, struck_why = $5, version = version + 1
		WHERE id = $1 AND version = $2`, string(r.ID), r.Version, r.StruckAt, r.StruckAs, r.StruckBy)
	if err == nil {
		r.Version++
	}
	return err
}

// Round returns a round with its team and the bodies that it names, or NotFound.
func (tx *Tx) Round(ctx context.Context, id registry.RoundID) (inspection.Round, error) {
	r, err := one(ctx, tx, scanRound, `SELECT `+roundColumns+` FROM inspection_rounds r WHERE r.id = $1`, string(id))
	if err != nil {
		return r, err
	}
	r.Team, err = collect(ctx, tx, func(row scanner) (p inspection.Person, err error) {
		err = row.Scan(&p.Name, &p.Body)
		return p, err
	}, `SELECT name, body FROM inspection_round_people WHERE round_id = $1 ORDER BY position`, string(id))
	if err != nil {
		return r, err
	}
	r.Bodies, err = collect(ctx, tx, column[registry.BodyID], `SELECT body_id FROM inspection_round_bodies WHERE round_id = $1 ORDER BY body_id`, string(id))
	return r, err
}

// Rounds returns the rounds that fit without teams, the latest first.
func (tx *Tx) Rounds(ctx context.Context, f inspection.RoundFilter) ([]inspection.Round, error) {
	w := &where{}
	if f.Codes != nil {
		under(w, "inspection_round_areas", "round_id = r.id", f.Codes)
	}
	if f.Area != "" {
		w.add("EXISTS (SELECT 1 FROM inspection_round_areas x WHERE x.round_id = r.id AND x.code = ?)", f.Area)
	}
	w.inYear("r.from_on", f.Year)
	if f.Event != "" {
		w.add("r.event_id = ?", string(f.Event))
	}
	if f.On != "" {
		w.add("r.from_on <= ? AND r.until_on >= ? AND r.struck_at = 0", f.On, f.On)
	}
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	return collect(ctx, tx, scanRound, `SELECT `+roundColumns+` FROM inspection_rounds r`+w.String()+` ORDER BY r.from_on DESC, r.id`+page, w.args...)
}
