package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const surveyColumns = `s.id, s.title, s.question, s.method, s.method_note, s.sample, s.population, s.area_edition, s.area_code, s.from_on,
	s.until_on, s.carried_by, s.source, s.link, s.share, s.issued_on, s.public, s.entered_by, s.entered_as, s.entered_at, s.struck_at,
	s.struck_as, s.struck_why, s.version`

func scanSurvey(row scanner) (s committee.Survey, err error) {
	err = row.Scan(&s.ID, &s.Title, &s.Question, &s.Method, &s.MethodNote, &s.Sample, &s.Population, &s.Area.Edition, &s.Area.Code, &s.From,
		&s.Until, &s.By, &s.Source, &s.Link, &s.Share, &s.IssuedOn, &s.Public, &s.EnteredBy, &s.EnteredAs, &s.EnteredAt, &s.StruckAt,
		&s.StruckAs, &s.StruckWhy, &s.Version)
	return s, err
}

// InsertSurvey stores a new survey, found under the units of its scope. EnteredBy and
// EnteredAs say who enters it.
func (tx *Tx) InsertSurvey(ctx context.Context, s *committee.Survey, scope registry.Scope) error {
	if s.ID == "" {
		s.ID = NewID[registry.SurveyID]()
	}
	s.EnteredAt, s.Version = tx.NowMS(), 1
	_, err := tx.exec(ctx, `
		INSERT INTO surveys (id, title, question, method, method_note, sample, population, area_edition, area_code, from_on, until_on,
			carried_by, source, link, share, issued_on, public, entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, '', '', 1)`,
		string(s.ID), s.Title, s.Question, string(s.Method), s.MethodNote, s.Sample, s.Population, string(s.Area.Edition), s.Area.Code,
		s.From, s.Until, s.By, s.Source, s.Link, s.Share, s.IssuedOn, flag(s.Public), string(s.EnteredBy), s.EnteredAs, s.EnteredAt)
	if err != nil {
		return err
	}
	return tx.saveCodes(ctx, "survey_areas", "survey_id", string(s.ID), scope)
}

// SaveSurvey stores a survey that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveSurvey(ctx context.Context, s *committee.Survey, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE surveys
		SET title = $3, question = $4, method = $5, method_note = $6, sample = $7, population = $8, area_edition = $9, area_code = $10,
			from_on = $11, until_on = $12, carried_by = $13, source = $14, link = $15, share = $16, issued_on = $17, public = $18,
			version = version + 1
		WHERE id = $1 AND version = $2`,
		string(s.ID), s.Version, s.Title, s.Question, string(s.Method), s.MethodNote, s.Sample, s.Population, string(s.Area.Edition),
		s.Area.Code, s.From, s.Until, s.By, s.Source, s.Link, s.Share, s.IssuedOn, flag(s.Public))
	if err != nil {
		return err
	}
	s.Version++
	return tx.saveCodes(ctx, "survey_areas", "survey_id", string(s.ID), scope)
}

// StrikeSurvey strikes out a survey that was read, or with an empty reason takes that
// back. It is a Conflict if it has changed since.
func (tx *Tx) StrikeSurvey(ctx context.Context, s *committee.Survey, as, why string) error {
	s.StruckAt, s.StruckAs, s.StruckWhy = 0, "", why
	if why != "" {
		s.StruckAt, s.StruckAs = tx.NowMS(), as
	}
	err := tx.must(ctx, errStale(), `
		UPDATE surveys SET struck_at = $3, struck_as = $4, struck_why = $5, version = version + 1
		WHERE id = $1 AND version = $2`, string(s.ID), s.Version, s.StruckAt, s.StruckAs, s.StruckWhy)
	if err == nil {
		s.Version++
	}
	return err
}

// Survey returns a survey, or NotFound.
func (tx *Tx) Survey(ctx context.Context, id registry.SurveyID) (committee.Survey, error) {
	return one(ctx, tx, scanSurvey, `SELECT `+surveyColumns+` FROM surveys s WHERE s.id = $1`, string(id))
}

// Surveys returns the surveys that fit, the newest first.
func (tx *Tx) Surveys(ctx context.Context, f committee.SurveyFilter) ([]committee.Survey, error) {
	w := &where{}
	if f.Codes != nil {
		under(w, "survey_areas", "survey_id = s.id", f.Codes)
	}
	if f.Year != "" {
		w.add("s.until_on >= ? AND s.until_on <= ?", f.Year+"-01-01", f.Year+"-12-31")
	}
	if f.Public {
		w.add("s.public = 1")
	}
	if f.Public || f.Stands {
		w.add("s.struck_at = 0")
	}
	return collect(ctx, tx, scanSurvey, `SELECT `+surveyColumns+` FROM surveys s`+w.String()+` ORDER BY s.until_on DESC, s.id DESC`, w.args...)
}
