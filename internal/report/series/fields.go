package series

import (
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/report/fields"
	"hoicho/internal/vn"
)

// Fields are all that a template can ask the paper of a series for. The names of figures are
// "so.visits", as in the report of an event.
func (p *Result) Fields(lang string) (all fields.Paper) {
	t, d := texts(lang), p.Document(lang)
	all.Party = d.Paper.Style == registry.PartyStyle
	of := func(name, value string) fields.Field {
		return fields.Field{Name: name, Label: t.T("template.field." + name), Value: value}
	}
	all.Fields = slices.Concat(report.HeadFields(d), []fields.Field{report.DraftField(d), of("loat", p.Title), of("lich", p.Rule), of("den_ngay", vn.ShowDate(p.Until))})
	for _, key := range Keys() {
		all.Fields = append(all.Fields, fields.Field{Name: report.FigurePrefix + string(key), Label: Label(lang, key), Value: p.Figure(key).cell().String()})
	}
	halves, outcomes, every := report.ListOf(lang, "hai_nua", p.halves(t), "ten", "nua_sau", "nua_dau", "thay_doi"),
		report.ListOf(lang, "phien_ket_qua", p.outcomes(t, p.counted()), "ngay", "noi", "sales_dong", "costs_dong", "tips", "findings", "comm_people"), p.everySession(t)
	halves.Sample, every.Sample = fields.Table{}, fields.Table{} // a series of one has no halves, and a page no room for every figure
	all.Lists = []fields.List{report.ContentList(d), report.ListOf(lang, "so_lieu", p.figureTable(t), "ten", "gia_tri", "don_vi", "ghi_chu"),
		report.ListOf(lang, "phien", p.standings(t), "ngay", "noi", "tinh_trang", "booths_given", "vendors", "visits"), outcomes,
		report.ListOf(lang, "ke_hoach", p.planned(t), "ten", "ket_qua", "ke_hoach", "ty_le"), halves, every}
	return all
}

// everySession is each session with every figure.
func (p *Result) everySession(t texts) fields.List {
	names := []string{"ngay", "ten", "noi", "tinh_trang"}
	for _, key := range SessionKeys() {
		names = append(names, string(key))
	}
	return report.ListOf(string(t), "phien_day_du", p.annex(t), names...)
}
