package report

import (
	"cmp"
	"strings"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// fewest is from how many vendors on a sum of sales is told to whoever may not
// see single ones: out of less, each could work out the other's.
const fewest = 3

// Reader is for whom a report is made.
type Reader struct {
	Lang  string
	Sales bool // may see single vendors' sales
}

// withheld reports whether the reader is not told a figure, because it would give
// away a single vendor's sales.
func (r Reader) withheld(s *Snapshot, key Key) bool {
	rule, ok := ruleOf(key)
	return ok && rule.secret && !r.Sales && s.N("sales_filed") < fewest
}

// Rows returns the rows behind a figure, as far as the reader may see them: the
// sums of each day where single vendors' sales are not for them. It is false if
// there is no such figure.
func Rows(f *registry.ResultFacts, key Key, r Reader) (Table, bool) {
	rule, ok := ruleOf(key)
	if !ok {
		return Table{}, false
	}
	t := texts(r.Lang)
	if rule.secret && !r.Sales {
		return salesDays(t, salesTotals(f), r), true
	}
	table := rule.rows(t, f)
	table.Caption = t.T("report.figure." + string(key))
	return table, true
}

// annexes are the rows of every group, for the sheets of a spreadsheet.
func annexes(f *registry.ResultFacts, r Reader) []Table {
	t := texts(r.Lang)
	tables := []Table{boothTable(t, boothFigures.of(f)), vendorTable(t, f.Vendors), productTable(t, f.Products), visitTable(t, f.Visits)}
	if r.Sales {
		tables = append(tables, salesTable(t, salesFigures.of(f)))
	}
	return append(tables, measureTable(t, f.Measures), offerTable(t, f.Offers), voucherFactTable(t, f.Vouchers), filedTable(t, f.Sales), tipTable(t, f.Tips), passTable(t, f.Passes))
}

// name is a value of an enumeration in words.
func (t texts) name(prefix string, value string) Cell { return text(t.T(prefix + value)) }

func boothTable(t texts, booths []registry.BoothFact) Table {
	table := Table{Name: t.T("report.group.booths"), Columns: t.columns([]float64{1, 1, 1.6, -1.4, 1.6, 4, 2.4},
		"report.col.booth", "report.col.zone", "report.col.kind", "report.col.fee", "report.col.state", "report.col.vendor", "report.col.no_show")}
	for _, b := range booths {
		table.Rows = append(table.Rows, Row{Cells: []Cell{code(b.Code), code(b.Zone), t.name("booth.kind.", string(b.Kind)),
			number(b.FeeDong), t.name("booth.state.", string(b.State)), text(b.VendorName), text(showDays(b.NoShow))}})
	}
	return table
}

// showDays joins days as people read them.
func showDays(days []string) string {
	shown := make([]string, len(days))
	for i, d := range days {
		shown[i] = vn.ShowDate(d)
	}
	return strings.Join(shown, ", ")
}

func vendorTable(t texts, vendors []registry.VendorFact) Table {
	table := Table{Name: t.T("report.group.vendors"), Columns: t.columns([]float64{4, 2, 4, 1.8, -1, 1.6},
		"report.col.vendor", "report.col.kind", "report.col.area", "report.col.from", "report.col.days", "report.col.booths")}
	for _, v := range vendors {
		from := "report.out_of_province"
		if v.InProvince {
			from = "report.in_province"
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(v.Name), t.name("vendor.kind.", string(v.Kind)), text(v.AreaName),
			text(t.T(from)), number(int64(v.Days)), code(strings.Join(v.Booths, ", "))}})
	}
	return table
}

func productTable(t texts, products []registry.ProductFact) Table {
	table := Table{Name: t.T("report.group.products"), Columns: t.columns([]float64{4, 4, 2, 3, 2, -1, 2.2},
		"report.col.product", "report.col.vendor", "report.col.group", "report.col.origin", "report.col.evidence", "report.col.stars", "report.col.gtin")}
	for _, p := range products {
		stars := text("")
		if p.Stars > 0 {
			stars = number(int64(p.Stars))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(p.Name), text(p.VendorName), t.name("product.group.", string(p.Group)),
			text(t.T("product.origin_phrase."+string(p.Origin), cmp.Or(p.Place, "…"))), t.name("product.evidence.", string(p.Evidence)), stars, code(p.GTIN)}})
	}
	return table
}

func visitTable(t texts, visits []registry.VisitFact) Table {
	table := Table{Name: t.T("report.group.visits"), Columns: t.columns([]float64{1.6, 2.4, 3, -1.6},
		"report.col.day", "report.col.gate", "report.col.method", "report.col.visits")}
	for _, v := range visits {
		gate := v.Gate
		if gate == "" {
			gate = t.T("report.all_gates")
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{day(v.Day), text(gate), text(t.T("report.method." + string(v.Method))), number(v.N)}})
	}
	return table
}

func filedTable(t texts, sales []registry.SalesFact) Table {
	table := Table{Name: t.T("report.sheet.filed"), Columns: t.columns([]float64{4, 1.8, -1.6, -1.8, 2.4, 1.6},
		"report.col.vendor", "report.col.filed_on", "report.col.days", "report.col.days_told", "report.col.days_untold", "report.col.paper")}
	for _, s := range sales {
		filedOn, how := text(t.T("report.not_filed")), ""
		if s.Version > 0 {
			filedOn, how = day(vn.DateOf(time.UnixMilli(s.FiledAt))), t.T("report.by_vendor")
		}
		if s.OnPaper {
			how = t.T("report.on_paper")
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(s.VendorName), filedOn, number(int64(s.Owed)), number(int64(len(s.Days))),
			text(showDays(s.Untold())), text(how)}})
	}
	return table
}

func salesTable(t texts, sales []registry.SalesFact) Table {
	table := Table{Name: t.T("report.group.sales"), Columns: t.columns([]float64{3.6, -2, -2, -1.2, -2, 4},
		"report.col.vendor", "report.col.dong", "report.col.banded", "report.col.contracts", "report.col.contracts_dong", "report.col.best")}
	for _, s := range sales {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(s.VendorName), number(s.Dong()), number(banded(&s)), number(int64(s.ContractsN)),
			number(s.ContractsDong), text(strings.Join(s.BestNames, "; "))}})
	}
	return table
}

// salesDays is the sums of each day. A day of few vendors is not told to whoever
// may not see single ones.
func salesDays(t texts, totals []SalesTotal, r Reader) Table {
	table := Table{Name: t.T("report.sheet.sales_days"), Caption: t.T("report.caption.sales_days"),
		Columns: t.columns([]float64{2, -2, -3, -3}, "report.col.day", "report.col.vendors", "report.col.dong", "report.col.banded")}
	for _, d := range totals {
		dong, banded := number(d.Dong), number(d.Banded)
		if !r.Sales && d.VendorN < fewest {
			dong, banded = text(nothing), text(nothing)
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{day(d.Day), number(int64(d.VendorN)), dong, banded}})
	}
	return table
}

// masked is a code of a pass of which a report tells the end alone: with the whole code
// whoever gets the report could enter.
func masked(code string) string {
	const shown = 4
	if len(code) <= shown {
		return code
	}
	return "…" + code[len(code)-shown:]
}

func tipTable(t texts, tips []registry.TipFact) Table {
	table := Table{Name: t.T("report.group.tips"), Columns: t.columns([]float64{2.2, 2.4, 2.4, 1.4, 3.6, 1.8},
		"report.col.code", "report.col.kind", "report.col.state", "report.col.booth", "report.col.vendor", "report.col.received_on")}
	for _, p := range tips {
		table.Rows = append(table.Rows, Row{Cells: []Cell{code(registry.TipNumber(p.N)), t.name("tip.kind.", string(p.Kind)), t.name("tip.state.", string(p.State)),
			code(p.BoothCode), text(p.VendorName), day(vn.DateOf(time.UnixMilli(p.ReceivedAt)))}})
	}
	return table
}

func passTable(t texts, passes []registry.PassFact) Table {
	table := Table{Name: t.T("report.group.passes"), Columns: t.columns([]float64{2.4, 2.2, 2, 3.6, 1.8, 1.8},
		"report.col.code", "report.col.kind", "report.col.label", "report.col.vendor", "report.col.state", "report.col.issued_on")}
	for _, p := range passes {
		table.Rows = append(table.Rows, Row{Cells: []Cell{code(masked(p.Code)), t.name("pass.kind.", string(p.Kind)), code(p.Label), text(p.VendorName),
			t.name("pass.state.", string(p.State)), day(vn.DateOf(time.UnixMilli(p.IssuedAt)))}})
	}
	return table
}
