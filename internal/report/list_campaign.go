package report

import "strings"

// ArticleRow is an article as a list has it. State and Lang are codes of "article.state." and
// "article.lang.".
type ArticleRow struct {
	Title, Column, State, Lang, Author, Area, Reason string
	PublishAt, UpdatedAt                             int64 // unix ms
}

// ArticleTable lists articles without their text.
func ArticleTable(lang string, rows []ArticleRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.articles"), Columns: t.columns([]float64{5, 3, 2, 2, 3, 3, 2, 2, 3},
		"article.field.title", "article.field.column", "list.col.standing", "list.col.lang", "list.col.author", "list.col.area", "list.col.published_at",
		"list.col.last_word_at", "list.col.reason")}
	for _, a := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(a.Title), text(a.Column), t.name("article.state.", a.State), t.name("article.lang.", a.Lang),
			text(a.Author), text(a.Area), instant(a.PublishAt), instant(a.UpdatedAt), text(a.Reason)}})
	}
	return table
}

// SurveyRow is a survey as a list has it: totals alone, nobody who was asked. Method is a code
// of "survey.method.".
type SurveyRow struct {
	Title, Question, Method, MethodNote, Population, Area, From, Until, By, Source, Link, IssuedOn, EnteredBy, Struck string
	Tenths, Sample                                                                                                    int64 // Tenths of a percent
	Public                                                                                                            bool
}

// SurveyTable lists surveys under the labels of their form.
func SurveyTable(lang string, rows []SurveyRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.surveys"), Columns: t.columns([]float64{4, 4, 1.4, 2, 3, -1.2, 3, 3, 1.6, 1.6, 3, 4, 3, 1.6, 1.2, 2, 3},
		"survey.field.title", "survey.field.question", "survey.field.share", "survey.field.method", "survey.field.method_note", "survey.field.sample",
		"survey.field.population", "survey.field.area", "survey.field.since_on", "survey.field.ended_on", "survey.field.carried_by", "survey.field.source",
		"survey.field.link", "survey.field.issued_on", "survey.field.public", "survey.field.entered", "survey.field.struck")}
	for _, s := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(s.Title), text(s.Question), text(t.T("procurement.per_cent", s.Tenths/10, s.Tenths%10)), t.name("survey.method.", s.Method), text(s.MethodNote),
			number(s.Sample), text(s.Population), text(s.Area), day(s.From), day(s.Until), text(s.By), text(s.Source), text(s.Link), dayOrNone(s.IssuedOn),
			t.yes(s.Public), text(s.EnteredBy), text(s.Struck)}})
	}
	return table
}

// BodyRow is a body of the campaign as a list has it. Kind is a code of "body.kind.".
type BodyRow struct {
	Name, Kind, Area, AreaCode, Parent, Phone, Email, From, Until, Successor string
	Gone                                                                     bool
}

// BodyTable lists bodies under the labels of their form.
func BodyTable(lang string, rows []BodyRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.bodies"), Columns: t.columns([]float64{4, 3, 3, 1.4, 4, 2, 3, 1.6, 1.6, 4, 1.4},
		"body.field.name", "body.field.kind", "body.field.area", "list.col.area_code", "body.field.parent", "body.field.phone", "body.field.email",
		"body.field.from", "body.field.until", "body.field.successor", "list.col.gone")}
	for _, b := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(b.Name), t.name("body.kind.", b.Kind), text(b.Area), code(b.AreaCode), text(b.Parent), code(b.Phone),
			text(b.Email), dayOrNone(b.From), dayOrNone(b.Until), text(b.Successor), t.yes(b.Gone)}})
	}
	return table
}

// FindingRow is a finding of an inspection as a list has it. State is a code of
// "inspection.finding_state.".
type FindingRow struct {
	DueOn, FoundOn, State, Words, Remedy, Subject, Area, Event, Issuer, Record string
	HandedOn, HandedTo, Dossier, AnswerDue, Outcome                            string
	MovedAt                                                                    int64 // unix ms
	Late, Safety, Holds                                                        bool
}

// FindingTable lists findings, those due first at the top.
func FindingTable(lang string, rows []FindingRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.findings"), Columns: t.columns([]float64{1.6, 1.2, 2, 5, 4, 3, 3, 3, 3, 1.6, 1.6, 1.2, 1.2, 1.6, 3, 2, 1.6, 3, 2},
		"list.col.due_on", "list.col.late", "list.col.standing", "list.col.found", "inspection.field.remedy", "list.col.inspected", "list.col.area", "list.col.event",
		"list.col.issuer", "list.col.record", "list.col.found_on", "list.col.safety", "list.col.holds", "inspection.field.handed_on", "inspection.field.handed_to",
		"inspection.field.dossier", "inspection.field.answer_due", "inspection.field.outcome", "list.col.state_at")}
	for _, f := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{day(f.DueOn), t.yes(f.Late), t.name("inspection.finding_state.", f.State), text(f.Words), text(f.Remedy),
			text(f.Subject), text(f.Area), text(f.Event), text(f.Issuer), code(f.Record), day(f.FoundOn), t.yes(f.Safety), t.yes(f.Holds), dayOrNone(f.HandedOn),
			text(f.HandedTo), code(f.Dossier), dayOrNone(f.AnswerDue), text(f.Outcome), instant(f.MovedAt)}})
	}
	return table
}

// OfferRow is an offer of a vendor at an event as a list has it. State is a code of
// "offer.state.", Obstacle one of "offer.obstacle.short.", "" where nothing is in the way.
type OfferRow struct {
	Vendor, Product, State, Obstacle, Unit, From, To, Condition, Basis, Explained, Reason string
	Booths                                                                                []string
	BeforeDong, HereDong, Percent, Quantity, SubmittedAt, DecidedAt                       int64
	OnPaper                                                                               bool
}

// OfferTable lists offers.
func OfferTable(lang string, rows []OfferRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.offers"), Columns: t.columns([]float64{4, 1.4, 4, 2, 2, -1.4, -1.4, -1, 1.4, 1.6, 1.6, -1, 3, 3, 3, 1.2, 2, 2, 3},
		"list.col.vendor", "list.col.booth_codes", "list.col.product", "list.col.standing", "list.col.obstacle", "list.col.before_dong", "list.col.here_dong",
		"offer.percent", "list.col.unit", "list.col.first_day", "list.col.last_day", "offer.field.quantity", "offer.field.condition", "offer.field.basis",
		"offer.field.explained", "list.col.on_paper", "list.col.sent_at", "list.col.decided_at", "list.col.reason")}
	for _, o := range rows {
		obstacle, basis := text(""), text("")
		if o.Obstacle != "" {
			obstacle = t.name("offer.obstacle.short.", o.Obstacle)
		}
		if o.Basis != "" {
			basis = t.name("application.promo.", o.Basis)
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(o.Vendor), code(strings.Join(o.Booths, ", ")), text(o.Product), t.name("offer.state.", o.State), obstacle,
			number(o.BeforeDong), number(o.HereDong), number(o.Percent), text(o.Unit), day(o.From), day(o.To), unlessZero(o.Quantity), text(o.Condition), basis,
			text(o.Explained), t.yes(o.OnPaper), instant(o.SubmittedAt), instant(o.DecidedAt), text(o.Reason)}})
	}
	return table
}
