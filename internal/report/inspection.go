package report

import "hoicho/internal/i18n"

// InspectionRow is an inspection as a file lists it. It names nobody who was there.
type InspectionRow struct {
	Number, Day, Kind, Subject, Name string // Kind and Subject are codes of "inspection.kind.", "inspection.subject."
	Event, Area, Issuer              string
	Bad, Findings, Open              int64
	State                            string // code of "inspection.state."
	Joined                           bool   // it follows another one and counts no more
}

// InspectionTable lists inspections under the labels of their pages.
func InspectionTable(lang string, rows []InspectionRow) Table {
	t := Table{Name: i18n.T(lang, "inspection.title")}
	for _, c := range []column{{"number", false, 2}, {"day", false, 1}, {"kind", false, 2}, {"subject", false, 2},
		{"name", false, 4}, {"event", false, 4}, {"area", false, 3}, {"issuer", false, 3}, {"bad", true, 1}, {"findings", true, 1}, {"open", true, 1},
		{"state", false, 2}, {"joined", false, 1}} {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, "inspection.field."+c.key), Number: c.number, Weight: c.weight})
	}
	for _, r := range rows {
		joined := ""
		if r.Joined {
			joined = i18n.T(lang, "inspection.joined")
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{code(r.Number), day(r.Day), text(i18n.T(lang, "inspection.kind."+r.Kind)),
			text(i18n.T(lang, "inspection.subject."+r.Subject)), text(r.Name), text(r.Event), text(r.Area), text(r.Issuer), number(r.Bad), number(r.Findings),
			number(r.Open), text(i18n.T(lang, "inspection.state."+r.State)), text(joined)}})
	}
	return t
}

// RoundRow is a round of inspections as a file lists it. Of the team it says how many.
type RoundRow struct {
	Number, IssuedOn, Title, Kind, Body, Area, From, Until, Event, Task string
	Team, Bodies                                                        int64
}

// RoundTable lists rounds under the labels of their form.
func RoundTable(lang string, rows []RoundRow) Table {
	t := Table{Name: i18n.T(lang, "round.title")}
	for _, c := range []column{{"number", false, 2}, {"issued_on", false, 1}, {"title", false, 4}, {"kind", false, 2}, {"body", false, 3}, {"area", false, 3},
		{"from_on", false, 1}, {"until_on", false, 1}, {"event", false, 3}, {"task", false, 3}, {"team", true, 1}, {"bodies", true, 1}} {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, "round.field."+c.key), Number: c.number, Weight: c.weight})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Cells: []Cell{code(r.Number), dayOrNone(r.IssuedOn), text(r.Title), text(i18n.T(lang, "inspection.kind."+r.Kind)), text(r.Body),
			text(r.Area), day(r.From), day(r.Until), text(r.Event), text(r.Task), number(r.Team), number(r.Bodies)}})
	}
	return t
}
