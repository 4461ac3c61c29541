package period

import (
	"slices"

	"hoicho/internal/period"
)

// add is what a row of a register adds to a figure.
type add struct {
	code period.Code
	expr string
}

// source is a register: which of its rows count in a period, and for what. {from} and {until}
// are the days of the period, {from_ms} and {until_ms} its moments, {year}, {first} and {last} its
// year and months.
type source struct {
	name   string // of period.Line.Source
	from   string // the row is x
	areas  string // join to today's units u, under which rows are found
	then   string // columns of edition and code of the unit as it was; "" is not kept
	level  string // which of the units u a row counts for: its commune, or else its province
	body   string // column of the body that reports the row; "" is none
	where  string
	id     string
	label  string
	day    string // YYYY-MM-DD, or unix ms
	figure []add
}

// atLevel keeps a row that lies in a commune to its communes, and every other to its province.
const atLevel = "(LENGTH(x.area_code) = 5) = (LENGTH(u.code) = 5)"

// approved keeps what vendors told to those that took part.
const approved = ` AND EXISTS (SELECT 1 FROM applications a WHERE a.event_id = s.event_id AND a.vendor_id = s.vendor_id AND a.state = 'approved')`

// heldEvents are the events that took place, or do so now, by their first day.
const heldEvents = "x.state IN ('running', 'ended', 'reported') AND x.opens_on BETWEEN {from} AND {until}"

func visitsBy(figure string) string {
	return "(SELECT COALESCE(SUM(g.n), 0) FROM gate_hours g WHERE g.event_n = x.number AND g.figure = '" + figure + "')"
}

func countOf(table, cond string) string {
	return "(SELECT COUNT(*) FROM " + table + " s WHERE s.event_id = x.id" + cond + ")"
}

func when(cond string) string { return "CASE WHEN " + cond + " THEN 1 ELSE 0 END" }

// sources are the registers that figures are counted from.
var sources = []source{
	{name: "event", from: "events x", areas: "event_areas u ON u.event_id = x.id", then: "x.", level: atLevel, where: heldEvents,
		id: "x.id", label: "x.title", day: "x.opens_on",
		figure: []add{{"sessions", when("x.kind = 'market_session'")}, {"fairs", when("x.kind = 'fair'")},
			{"event_days", countOf("event_days", "")}, {"booths", countOf("booths", " AND s.state <> 'blocked'")},
			{"booths_taken", countOf("booths", " AND s.state = 'assigned'")}, {"vendors", countOf("applications", " AND s.state = 'approved'")},
			{"products", `(SELECT COUNT(DISTINCT p.product_id) FROM application_products p JOIN applications s ON s.id = p.application_id
				WHERE s.event_id = x.id AND s.state = 'approved')`},
			{"stimulus", when("EXISTS (SELECT 1 FROM measures m WHERE m.event_id = x.id AND m.dropped_at = 0) OR EXISTS (SELECT 1 FROM offers o WHERE o.event_id = x.id AND o.state = 'accepted')")},
			{"measures", countOf("measures", " AND s.dropped_at = 0")}, {"offers", countOf("offers", " AND s.state = 'accepted'")},
			{"visits", "(SELECT COALESCE(SUM(g.n), 0) FROM gate_hours g WHERE g.event_n = x.number AND g.figure IN ('scan', 'tap', 'clicker', 'paper', 'estimated'))"},
			{"visits_scan", visitsBy("scan")}, {"visits_tap", visitsBy("tap")}, {"visits_clicker", visitsBy("clicker")},
			{"visits_paper", visitsBy("paper")}, {"visits_estimated", visitsBy("estimated")},
			{"sales_filed", countOf("sales_returns", approved)},
			{"sales_dong", "(SELECT COALESCE(SUM(s.dong), 0) FROM sales_days s WHERE s.event_id = x.id" + approved + ")"},
			{"sales_banded", "(SELECT COALESCE(SUM(s.dong), 0) FROM sales_days s WHERE s.event_id = x.id AND s.band <> ''" + approved + ")"},
			{"contracts", "(SELECT COALESCE(SUM(s.contracts_n), 0) FROM sales_returns s WHERE s.event_id = x.id" + approved + ")"},
			{"contracts_dong", "(SELECT COALESCE(SUM(s.contracts_dong), 0) FROM sales_returns s WHERE s.event_id = x.id" + approved + ")"},
			{"costs_dong", "(SELECT COALESCE(SUM(c.spent_dong), 0) FROM costs c WHERE c.event_id = x.id AND c.struck_at = 0)"}}},
	{name: "communication", from: "communications x", areas: "communication_areas u ON u.communication_id = x.id", then: "x.", level: atLevel, body: "x.body_id",
		where: "x.struck_at = 0 AND x.from_on BETWEEN {from} AND {until}", id: "x.id", label: "x.topic", day: "x.from_on",
		figure: []add{{"communications", "x.times"}, {"comm_people", "COALESCE(x.people, 0)"}}},
	{name: "inspection", from: "inspections x", areas: "inspection_areas u ON u.inspection_id = x.id", then: "x.", level: atLevel, body: "x.issuer_id",
		where: "x.state = 'handed_in' AND x.lead_id IS NULL AND x.day_on BETWEEN {from} AND {until}", id: "x.id", label: "x.subject_name", day: "x.day_on",
		figure: []add{{"inspections", when("x.kind IN ('inspection', 'joint_check')")}, {"self_checks", when("x.kind IN ('self_inspection', 'vendor_check')")},
			{"findings", "(SELECT COUNT(*) FROM findings f WHERE f.inspection_id = x.id)"},
			{"findings_open", "(SELECT COUNT(*) FROM findings f WHERE f.inspection_id = x.id AND f.state IN ('open', 'escalated'))"}}},
	{name: "tip", from: "tips x", areas: "tip_areas u ON u.tip_id = x.id",
		level: "(LENGTH(u.code) = 5 OR NOT EXISTS (SELECT 1 FROM tip_areas c WHERE c.tip_id = x.id AND LENGTH(c.code) = 5))",
		where: "x.lead_id IS NULL AND x.received_at BETWEEN {from_ms} AND {until_ms}", id: "x.id", label: "'PA-' || CAST(x.n AS TEXT)", day: "CAST(x.received_at AS TEXT)",
		figure: []add{{"tips", "1"}, {"tips_closed", when("x.state = 'closed'")}}},
	{name: "supervision", from: "supervisions x", areas: "supervision_areas u ON u.supervision_id = x.id", then: "x.", level: atLevel, body: "x.by_id",
		where: "x.struck_at = 0 AND x.held_on BETWEEN {from} AND {until}", id: "x.id", label: "'GS-' || CAST(x.n AS TEXT)", day: "x.held_on",
		figure: []add{{"supervisions", "1"}, {"recommendations", when("x.recommendation <> ''")}, {"answered", when("x.answered_on <> ''")}}},
	{name: "support", from: "supports x", areas: "support_areas u ON u.support_id = x.id", then: "x.", level: atLevel, body: "x.body_id",
		where: "x.struck_at = 0 AND x.from_on BETWEEN {from} AND {until}", id: "x.id", label: "x.producer", day: "x.from_on",
		figure: []add{{"supports", "1"}, {"support_dong", "x.amount_dong"}}},
	{name: "matching", from: "matchings x", areas: "matching_areas u ON u.matching_id = x.id", then: "x.", level: atLevel,
		where: "x.struck_at = 0 AND x.held_on BETWEEN {from} AND {until}", id: "x.id", label: "x.producer || ' – ' || x.buyer", day: "x.held_on",
		figure: []add{{"matchings", "1"}, {"memos", when("x.memo_number <> ''")}}},
	{name: "procurement", from: "procurements r JOIN bodies x ON x.id = r.body_id", areas: "body_areas u ON u.body_id = x.id", then: "x.", level: atLevel, body: "x.id",
		where: "r.struck_at = 0 AND r.year = {year}" + withinMonths, id: "r.id", label: "x.name", day: "''",
		figure: []add{{"procurement_total", "r.total_dong"}, {"procurement_domestic", "r.domestic_dong"}}},
	{name: "place", from: "places x", areas: "place_areas u ON u.place_id = x.id", then: "x.", level: atLevel,
		where: "x.from_on <= {until} AND (x.until_on = '' OR x.until_on >= {until})", id: "x.id", label: "x.name", day: "x.from_on",
		figure: []add{{"outlets", "1"}}},
	{name: "task", from: "task_bodies b JOIN tasks x ON x.id = b.task_id", body: "b.body_id",
		where: "b.part = 'lead' AND x.state <> 'dropped' AND x.due_on BETWEEN {from} AND {until}", id: "x.id", label: "x.title", day: "x.due_on",
		figure: []add{{"tasks_due", "1"}, {"tasks_done", when("x.state = 'done'")}}},
}

// withinMonths keeps reports on what was bought whose part of the year lies in the period.
const withinMonths = ` AND CASE r.part WHEN 'q2' THEN 4 WHEN 'q3' THEN 7 WHEN 'q4' THEN 10 WHEN 'h2' THEN 7 ELSE 1 END >= {first}
	AND CASE r.part WHEN 'q1' THEN 3 WHEN 'q2' THEN 6 WHEN 'h1' THEN 6 WHEN 'q3' THEN 9 ELSE 12 END <= {last}`

// Registers are the figures that each register counts, by its name.
func Registers() map[string][]period.Code {
	registers := map[string][]period.Code{}
	for _, s := range sources {
		for _, a := range s.figure {
			registers[s.name] = append(registers[s.name], a.code)
		}
	}
	return registers
}

// Counts reports whether some register knows the rows of a figure of a form.
func Counts(form period.FormCode, code period.Code) bool {
	return slices.ContainsFunc(sources, func(s source) bool {
		return s.serves(form) && slices.ContainsFunc(s.figure, func(a add) bool { return a.code == code })
	})
}

func (s source) serves(form period.FormCode) bool {
	if form == period.BranchForm {
		return s.body != ""
	}
	return s.areas != ""
}

// RegistersOf names the registers that count a figure, in their order.
func RegistersOf(code period.Code) (names []string) {
	for _, s := range sources {
		if slices.ContainsFunc(s.figure, func(a add) bool { return a.code == code }) {
			names = append(names, s.name)
		}
	}
	return names
}
