package report

import "hoicho/internal/i18n"

// TakingRow is a voucher taken at a booth as a file lists it.
type TakingRow struct {
	Vendor, Booth, Code, Device string
	Pack, Serial, Dong          int64
	At                          int64 // unix ms
	Paid                        bool
	Verdict                     string // why it is not paid, a code of "gate.app.verdict."
}

// takingColumns are the columns in their order.
var takingColumns = []struct {
	key    string
	number bool
	weight float64
}{
	{"vendor", false, 3}, {"booth", false, 1}, {"pack", true, 1}, {"serial", true, 1}, {"code", false, 2}, {"value", true, 1},
	{"at", false, 2}, {"phone", false, 2}, {"paid", true, 1}, {"why", false, 2},
}

// TakingTable lists takings with what is paid for each, by the ends of their codes: a voucher
// whose taking does not count can still be spent.
func TakingTable(lang string, rows []TakingRow) Table {
	t := Table{Name: i18n.T(lang, "voucher.settle.sheet")}
	for _, c := range takingColumns {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, "voucher.taking."+c.key), Number: c.number, Weight: c.weight})
	}
	for _, r := range rows {
		paid, why := r.Dong, ""
		if !r.Paid {
			paid, why = 0, i18n.T(lang, "gate.app.verdict."+r.Verdict)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{text(r.Vendor), code(r.Booth), number(r.Pack), number(r.Serial), code(masked(r.Code)), number(r.Dong),
			instant(r.At), text(r.Device), number(paid), text(why)}})
	}
	return t
}
