package report

import "hoicho/internal/i18n"

// SupervisionRow is a supervision as a file lists it.
type SupervisionRow struct {
	Number, HeldOn, By, Content, Subject, Event, Area, Code string // HeldOn is YYYY-MM-DD
	Recommendation, DueOn, Paper                            string
	State                                                   string // a code of "supervision.state."
	Answer, AnsweredOn, AnswerPaper, EnteredBy, Struck      string // Struck is the reason; "" counts
}

// SupervisionTable lists supervisions under the labels of their form.
func SupervisionTable(lang string, rows []SupervisionRow) Table {
	t := fieldTable(lang, "supervision.title", "supervision", []column{{"number", false, 1}, {"day", false, 1}, {"body", false, 3}, {"content", false, 4},
		{"subject", false, 3}, {"event", false, 2}, {"area", false, 2}, {"area_code", false, 1}, {"recommendation", false, 4}, {"due_on", false, 1},
		{"paper", false, 2}, {"state", false, 1}, {"answer", false, 4}, {"answered_on", false, 1}, {"answer_paper", false, 2}, {"entered", false, 2},
		{"struck", false, 2}})
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Cells: []Cell{code(r.Number), day(r.HeldOn), text(r.By), text(r.Content), text(r.Subject), text(r.Event), text(r.Area),
			code(r.Code), text(r.Recommendation), dayOrNone(r.DueOn), text(r.Paper), text(i18n.T(lang, "supervision.state."+r.State)), text(r.Answer),
			dayOrNone(r.AnsweredOn), text(r.AnswerPaper), text(r.EnteredBy), text(r.Struck)}})
	}
	return t
}
