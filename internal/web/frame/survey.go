package frame

import (
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// SurveyUnit is the unit of a survey as it was called on its first day.
func (s *Server) SurveyUnit(x committee.Survey) string {
	if unit, ok := s.App.Areas.At(x.Area, x.From); ok {
		return s.App.Areas.LongName(unit, x.From)
	}
	return s.AreaName(x.Area)
}

// SurveyRow puts a survey into words, with what it is compared with or why it is not. It
// leads to the page of the office.
func (s *Server) SurveyRow(b view.Base, f committee.SurveyFigure) view.SurveyRow {
	row := view.SurveyRow{Href: view.SurveyHref(f.ID), Share: committee.ShowShare(f.Share), Title: f.Title, Question: f.Question,
		How:   b.T("survey.how", b.T("survey.method."+string(f.Method)), vn.Count(int64(f.Sample))),
		Where: view.SaidLine(f.Population, s.SurveyUnit(f.Survey)), When: vn.ShowRange(f.From, f.Until), By: f.By, Source: f.Source, Link: f.Link}
	if f.IssuedOn != "" {
		row.Published = b.T("survey.published", vn.ShowDate(f.IssuedOn))
	}
	if f.Compared {
		row.Compared = compared(b, f)
	}
	return row
}

// compared says how a survey stands beside the one of an earlier year.
func compared(b view.Base, f committee.SurveyFigure) string {
	year, then := f.With.Year(), committee.ShowShare(f.With.Share)
	switch {
	case f.Why != committee.Comparable:
		return b.T("survey.not_compared."+string(f.Why), year)
	case f.Change > 0:
		return b.T("survey.more", year, then, points(f.Change))
	case f.Change < 0:
		return b.T("survey.less", year, then, points(-f.Change))
	}
	return b.T("survey.same", year, then)
}

// points are tenths of a percentage point as people read them: "3,4".
func points(tenths int) string {
	text := committee.ShowShare(tenths)
	return text[:len(text)-len(" %")]
}

// SurveyRows are several surveys, for a block beside counted figures. Public ones lead
// nowhere.
func (s *Server) SurveyRows(b view.Base, figures []committee.SurveyFigure, public bool) (rows []view.SurveyRow) {
	for _, f := range figures {
		row := s.SurveyRow(b, f)
		if public {
			row.Href = ""
		}
		rows = append(rows, row)
	}
	return rows
}
