package report

import (
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// PassTable lists the passes of an event. Of their codes it tells the end alone: with the
// whole one whoever gets the file could enter.
func PassTable(lang string, rows []registry.PassRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.passes"), Columns: t.columns([]float64{1.4, 2, 1.4, 2, 1, 4, 1.6, 1.6, 2, 3, 2, 1.2},
		"list.col.code_end", "list.col.kind", "list.col.booth", "list.col.label", "list.col.ordinal", "list.col.vendor", "list.col.first_day", "list.col.last_day",
		"list.col.standing", "list.col.reason", "list.col.issued_at", "list.col.test")}
	for _, p := range rows {
		ordinal := ""
		if p.Ordinal > 0 {
			ordinal = vn.Count(int64(p.Ordinal)) + "/" + vn.Count(int64(p.OrdinalOf))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{code(masked(p.Code)), t.name("pass.kind.", string(p.Kind)), code(p.BoothCode), code(p.Label), code(ordinal),
			text(p.VendorName), day(p.FirstDay), day(p.LastDay()), t.name("pass.state.", string(p.State)), text(t.passReason(p.StateReason)),
			instant(p.IssuedAt), t.yes(p.Test)}})
	}
	return table
}

// passReason is why a pass does not hold: as an officer wrote it, or the words of a reason
// that the program gives.
func (t texts) passReason(reason string) string {
	if key := "pass.reason." + reason; i18n.Has(key) {
		return t.T(key)
	}
	return reason
}

// HourRow is what went through a gate in an hour.
type HourRow struct {
	registry.GateHour
	GateName string // "" counts at no single gate
}

// HourTable lists what was counted at the gates of an event.
func HourTable(lang string, rows []HourRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.visits"), Columns: t.columns([]float64{2, 2, 3, 3, -1.4},
		"list.col.from", "list.col.until", "list.col.gate", "list.col.figure", "list.col.n")}
	for _, h := range rows {
		gate, figure := h.GateName, "visit.by."+string(h.Figure)
		if gate == "" {
			gate = t.T("visit.all_gates")
		}
		if h.Figure == registry.FigureIn || h.Figure == registry.FigureOut {
			figure = "list.figure." + string(h.Figure)
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{instant(h.HourAt), instant(h.HourAt + registry.HourMS), text(gate), text(t.T(figure)), number(int64(h.N))}})
	}
	return table
}

// SalesRow is what a vendor told of its sales, as a list has it.
type SalesRow struct {
	registry.SalesDue
	Return registry.SalesReturn // the zero one while nothing is filed, and for whoever sees no single return
	Best   []string             // names of its best sellers
}

// SalesTable lists who has told its sales; with figures what was sold too.
func SalesTable(lang string, figures bool, rows []SalesRow) Table {
	t := texts(lang)
	weights := []float64{4, 1.6, 2, -1, -1, 3, 2, 1.2, 1.8, 2}
	keys := []string{"list.col.vendor", "list.col.booth_codes", "list.col.standing", "list.col.days", "list.col.days_told", "list.col.days_untold",
		"list.col.filed_at", "list.col.on_paper", "list.col.phone", "list.col.reminded_at"}
	if figures {
		weights = append(weights, -1.8, -1.8, -1.2, -1.8, 4)
		keys = append(keys, "list.col.sold", "list.col.estimated", "list.col.contracts", "list.col.contracts_dong", "list.col.best")
	}
	table := Table{Name: t.T("list.sales"), Columns: t.columns(weights, keys...)}
	for _, s := range rows {
		cells := []Cell{text(s.VendorName), code(strings.Join(s.Booths, ", ")), text(t.dueState(s.SalesDue)), number(int64(len(s.Days))), number(int64(len(s.Told))),
			text(showDays(s.Missing(""))), instant(s.FiledAt), t.yes(s.OnPaper), code(s.Phone), instant(s.RemindedAt)}
		if figures {
			cells = append(cells, s.figures()...)
		}
		table.Rows = append(table.Rows, Row{Cells: cells})
	}
	return table
}

// dueState is how far a return is.
func (t texts) dueState(d registry.SalesDue) string {
	switch {
	case d.Complete():
		return t.T("sales.complete")
	case d.FiledAt > 0:
		return t.T("sales.partly", len(d.Days)-len(d.Missing("")), len(d.Days))
	}
	return t.T("sales.not_filed")
}

// figures are the sums of a return, empty while nothing is filed.
func (s SalesRow) figures() []Cell {
	if s.Return.Version == 0 {
		return []Cell{text(""), text(""), text(""), text(""), text("")}
	}
	return []Cell{number(s.Return.Dong()), number(s.Return.Estimated()), number(int64(s.Return.ContractsN)), number(s.Return.ContractsDong), text(strings.Join(s.Best, "; "))}
}

// FairRow is an event in the history of a vendor, as a list has it.
type FairRow struct {
	registry.VendorFair
	Place                   string // its unit as it was called on the first day
	Records, Findings, Open int    // inspections of the vendor there, what they found, what of it is not settled
}

// FairTable lists the events of one vendor with what it sold there, up to a day.
func FairTable(lang, today string, rows []FairRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.fairs"), Columns: t.columns([]float64{4, 1.6, 1.6, 3, 3, 2, 2, 1.6, -1, 3, -1.8, -1.8, -1.2, -1.8, 1.2, -1, -1, -1},
		"list.col.event", "list.col.first_day", "list.col.last_day", "list.col.area", "list.col.venue", "list.col.event_standing", "list.col.application_standing",
		"list.col.booth_codes", "list.col.days", "list.col.days_untold", "list.col.sold", "list.col.estimated", "list.col.contracts", "list.col.contracts_dong",
		"list.col.on_paper", "list.col.records", "list.col.findings", "list.col.findings_open")}
	for _, f := range rows {
		cells := []Cell{text(f.Title), day(f.OpensOn), day(f.ClosesOn), text(f.Place), text(f.Venue), t.name("event.state.", string(f.EventState)),
			t.name("application.state.", string(f.State)), code(strings.Join(f.Booths, ", ")), number(int64(len(f.Days)))}
		untold := ""
		if f.Held() {
			untold = showDays(f.Untold(today))
		}
		sales := SalesRow{Return: f.Sales}.figures()
		cells = append(append(cells, text(untold)), sales[:len(sales)-1]...)
		table.Rows = append(table.Rows, Row{Cells: append(cells, t.yes(f.Sales.OnPaper), number(int64(f.Records)), number(int64(f.Findings)), number(int64(f.Open)))})
	}
	return table
}

// TipTable lists tips without a word of their senders: neither what they wrote nor how they
// are reached.
func TipTable(lang string, rows []registry.TipRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.tips"), Columns: t.columns([]float64{1.4, 2, 2, 2.4, 4, 1.2, 4, 4, -1, 1.4, 1.8, 2},
		"list.col.tip", "list.col.received_at", "list.col.tip_kind", "list.col.standing", "list.col.event", "list.col.booth", "list.col.vendor", "list.col.product",
		"list.col.sent_n", "list.col.joined_to", "list.col.answer_due", "list.col.state_at")}
	for _, p := range rows {
		lead := ""
		if p.Lead != "" {
			lead = p.LeadNumber()
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{code(p.Number()), instant(p.ReceivedAt), t.name("tip.kind.", string(p.Kind)), t.name("tip.state.", string(p.State)),
			text(p.EventTitle), code(p.BoothCode), text(p.VendorName), text(p.ProductName), number(int64(p.SentN)), code(lead), dayOrNone(p.AnswerDueOn),
			instant(p.StateAt)}})
	}
	return table
}

// LogRow is a line of the audit log in words.
type LogRow struct {
	N, At                       int64 // At in unix ms
	Who, Action, Thing, Details string
}

// LogTable lists lines of the audit log.
func LogTable(lang string, rows []LogRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.log"), Columns: t.columns([]float64{-1, 2, 3, 3, 4, 6},
		"list.col.line", "list.col.at", "list.col.who", "list.col.action", "list.col.thing", "list.col.details")}
	for _, r := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(r.N), instant(r.At), text(r.Who), text(r.Action), text(r.Thing), text(r.Details)}})
	}
	return table
}
