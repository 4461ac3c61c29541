package report

import "hoicho/internal/registry"

// What makes a session one that stimulates demand: measures of its organiser, offers of
// its vendors, vouchers of its visitors.
var (
	measureFigures = kindOf[registry.MeasureFact]{"stimulus", "report.unit.measure",
		func(f *registry.ResultFacts) []registry.MeasureFact { return f.Measures }, measureTable}
	offerFigures = kindOf[registry.OfferFact]{"stimulus", "report.unit.offer",
		func(f *registry.ResultFacts) []registry.OfferFact { return f.Offers }, offerTable}
	voucherFigures = kindOf[registry.VoucherFact]{"stimulus", "report.unit.voucher",
		func(f *registry.ResultFacts) []registry.VoucherFact { return f.Vouchers }, voucherFactTable}
	offeringFigures = kindOf[registry.VendorFact]{"stimulus", "report.unit.vendor", offering, vendorTable}
)

// stimulusRules are the figures of a stimulus session.
func stimulusRules() []rule {
	return []rule{
		measureFigures.counts("measures", nil),
		part(measureFigures.sums("measures_dong", "report.unit.dong", func(m *registry.MeasureFact) bool { return m.ValueDong > 0 },
			func(m *registry.MeasureFact) int64 { return m.ValueDong })),
		offerFigures.counts("offers", nil),
		part(offeringFigures.counts("offer_vendors", nil)),
		voucherFigures.sums("vouchers", voucherFigures.unit, nil, func(v *registry.VoucherFact) int64 { return int64(v.Count) }),
		part(voucherFigures.sums("vouchers_spent", voucherFigures.unit, spent, func(v *registry.VoucherFact) int64 { return int64(v.Spent) })),
		part(voucherFigures.sums("vouchers_dong", "report.unit.dong", spent, spentDong)),
	}
}

// offering are the vendors that took part and had an offer.
func offering(f *registry.ResultFacts) []registry.VendorFact {
	has := map[registry.VendorID]bool{}
	for _, o := range f.Offers {
		has[o.Vendor] = true
	}
	return kept(f.Vendors, func(v *registry.VendorFact) bool { return has[v.Vendor] })
}

func measureTable(t texts, measures []registry.MeasureFact) Table {
	table := Table{Name: t.T("report.sheet.measures"), Columns: t.columns([]float64{2, 4.4, 2.6, -1.2, -1.8, 1.6, 1.6},
		"report.col.kind", "report.col.measure", "report.col.provider", "report.col.quantity", "report.col.value", "report.col.from_day", "report.col.to_day")}
	for _, m := range measures {
		table.Rows = append(table.Rows, Row{Cells: []Cell{t.name("measure.kind.", m.Kind), text(m.Text), text(m.Provider), some(m.Quantity),
			some(m.ValueDong), day(m.From), day(m.To)}})
	}
	return table
}

func offerTable(t texts, offers []registry.OfferFact) Table {
	table := Table{Name: t.T("report.sheet.offers"), Columns: t.columns([]float64{3.4, 3.4, -1.6, -1.6, 1.6, -1, 1.6, 1.6},
		"report.col.product", "report.col.vendor", "report.col.before", "report.col.here", "report.col.unit", "report.col.percent", "report.col.from_day", "report.col.to_day")}
	for _, o := range offers {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(o.Goods), text(o.VendorName), number(o.BeforeDong), number(o.HereDong), text(o.Unit),
			number(int64(o.Percent)), day(o.From), day(o.To)}})
	}
	return table
}

func spent(v *registry.VoucherFact) bool { return v.Spent > 0 }

// spentDong is what the vouchers of a pack that were spent are worth.
func spentDong(v *registry.VoucherFact) int64 { return int64(v.Spent) * v.ValueDong }

func voucherFactTable(t texts, packs []registry.VoucherFact) Table {
	table := Table{Name: t.T("report.sheet.vouchers"), Columns: t.columns([]float64{-1, 4.4, -1.6, -1.4, -1.4, -1.4, -2, 1.6, 1.6},
		"report.col.pack", "report.col.pack_title", "report.col.each", "report.col.vouchers", "report.col.handed", "report.col.spent",
		"report.col.spent_dong", "report.col.from_day", "report.col.to_day")}
	for _, p := range packs {
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(int64(p.Pack)), text(p.Title), number(p.ValueDong), number(int64(p.Count)),
			some(int64(p.Handed)), number(int64(p.Spent)), number(spentDong(&p)), day(p.From), day(p.To)}})
	}
	return table
}

// some is a number that may not have been said.
func some(n int64) Cell {
	if n == 0 {
		return text(nothing)
	}
	return number(n)
}
