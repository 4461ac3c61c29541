package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hoicho/internal/registry"
	"hoicho/internal/report/fields"
	"hoicho/internal/vn"
)

// Result is all that the result report of an event is made of.
type Result struct {
	Then     *Snapshot // as closed; nil: the event is not reported yet
	Now      Snapshot
	ClosedOn string // date of Then
	Facts    *registry.ResultFacts
	Paper    registry.ResultPaper
	Addenda  []Addendum         // in the order of their numbers
	Log      registry.AuditHead // where the audit log ended when the report was closed, or ends now
}

// Figures is the snapshot that counts: the closed one, else that of now.
func (r *Result) Figures() *Snapshot {
	if r.Then != nil {
		return r.Then
	}
	return &r.Now
}

// Figure is a figure of the report; told is false where the reader is not told it.
func (r *Result) Figure(key Key, reader Reader) (n int64, told bool) {
	s := r.Figures()
	if reader.withheld(s, key) {
		return 0, false
	}
	return s.N(key), true
}

// Later lists the figures that changed after the report, or the last addendum to it,
// was closed.
func (r *Result) Later() []Difference {
	if r.Then == nil {
		return nil
	}
	return Differences(r.Latest(), &r.Now)
}

// Document writes the result report for a reader.
func (r *Result) Document(reader Reader) Document {
	t, s := texts(reader.Lang), r.Figures()
	d := Document{Lang: reader.Lang, Paper: r.Paper, Title: t.T("report.title"), Subject: t.T("report.subject", s.Event.Title)}
	d.Sections = []Section{
		{Heading: t.T("report.section.event"), Tables: []Table{eventTable(t, &s.Event)}},
		{Heading: t.T("report.section.figures"), Tables: []Table{figureTable(t, s, reader)}},
		{Heading: t.T("report.section.visits"), Paragraphs: []string{t.T("report.visits_note")}, Charts: charts(visitChart(t, s)), Tables: []Table{visitDays(t, s)}},
		{Heading: t.T("report.section.sales"), Paragraphs: []string{t.T("report.sales_note")}, Tables: salesTables(t, s, reader)},
	}
	if r.Then != nil {
		d.Sections = append(d.Sections, r.addendumSections(t, reader)...)
		if later := changeTable(t, t.T("report.sheet.later"), [2]*Snapshot{r.Latest(), &r.Now}, reader); len(later.Rows) > 0 {
			d.Sections = append(d.Sections, Section{Heading: t.T("report.section.later"), Later: true,
				Paragraphs: []string{t.T("report.later_note", vn.ShowDate(r.latestOn()))}, Tables: []Table{later}})
		}
	}
	if r.Paper.Assessment != "" {
		d.Sections = append(d.Sections, Section{Heading: t.T("report.section.assessment"), Paragraphs: strings.Split(r.Paper.Assessment, "\n")})
	}
	if r.Log.Lines > 0 {
		d.Trail = t.T("report.trail", vn.Count(r.Log.Lines), r.Log.Short())
	}
	d.Annexes = annexes(r.Facts, reader)
	return d
}

// eventTable is what is known of the event, one fact a line.
func eventTable(t texts, e *EventFacts) Table {
	table := Table{Name: t.T("report.sheet.event"), Columns: []Column{{Weight: 1}, {Weight: 3}}}
	for _, f := range eventLines(t, e) {
		if f.Value != "" {
			table.Rows = append(table.Rows, Row{Cells: []Cell{text(f.Label), text(f.Value)}})
		}
	}
	return table
}

// eventLines are the facts of an event by their names in a template; what is not known is empty.
func eventLines(t texts, e *EventFacts) []fields.Field {
	of := func(name, key, value string) fields.Field {
		return fields.Field{Name: name, Label: t.T("report.event." + key), Value: value}
	}
	return []fields.Field{
		of("su_kien", "title", e.Title), of("loai", "kind", t.T("event.kind."+string(e.Kind))),
		of("thoi_gian", "days", t.T("report.event.days_of", vn.ShowRange(e.OpensOn, e.ClosesOn), e.Days)),
		of("dia_diem", "place", joined(", ", e.Venue, e.Area)), of("don_vi_to_chuc", "organiser", e.Organiser),
		of("phoi_hop", "co_organisers", strings.Join(e.CoOrganiser, "; ")), of("chuong_trinh", "programme", e.Programme),
		of("can_cu", "legal", joined("; ", append([]string{legalBasis(t, e)}, e.LegalOthers...)...)),
	}
}

// Fields are all that a template can ask the report of an event for, as far as its reader is told.
// The names of figures are "so.visits". What is there does not depend on the reader, what it says does.
func (r *Result) Fields(reader Reader) (all fields.Paper) {
	t, s, d := texts(reader.Lang), r.Figures(), r.Document(reader)
	all.Party = d.Paper.Style == registry.PartyStyle
	all.Fields = slices.Concat(HeadFields(d), eventLines(t, &s.Event), []fields.Field{fieldOf(t, "danh_gia", r.Paper.Assessment), fieldOf(t, "vet", d.Trail)})
	for _, rule := range rules {
		all.Fields = append(all.Fields, fields.Field{Name: FigurePrefix + string(rule.key), Label: t.T("report.figure." + string(rule.key)), Value: s.cell(rule.key, reader).String()})
	}
	best, added := ListOf(reader.Lang, "nhom_hang", bestTable(t, s), "ten", "so_lan"), r.addedList(t, reader)
	vendors, products := ListOf(reader.Lang, "co_so", vendorTable(t, r.Facts.Vendors), "ten", "loai", "dia_chi", "trong_tinh", "so_ngay", "gian"),
		ListOf(reader.Lang, "san_pham", productTable(t, r.Facts.Products), "ten", "co_so", "nhom", "xuat_xu", "bang_chung", "sao", "ma_vach")
	for _, l := range []*fields.List{&best, &added, &vendors, &products} {
		l.Sample = fields.Table{} // an event may have none of these
	}
	all.Lists = []fields.List{ContentList(d), ListOf(reader.Lang, "thong_tin", eventTable(t, &s.Event), "ten", "noi_dung"),
		ListOf(reader.Lang, "so_lieu", figureTable(t, s, reader), "ten", "don_vi", "gia_tri", "ghi_chu"), dayList(t, s),
		ListOf(reader.Lang, "doanh_thu", salesDays(t, s.Sales, reader), "ngay", "co_so", "dong", "khoang"), best, added, vendors, products}
	return all
}

// FigurePrefix begins the name of a figure of an event or a series in a template.
const FigurePrefix = "so."

// dayList is the visits of each day with their sum, and by every way of counting.
func dayList(t texts, s *Snapshot) fields.List {
	columns := []string{"ngay"}
	for _, m := range registry.CountMethods {
		columns = append(columns, string(m))
	}
	list := ListOf(string(t), "luot_khach", visitSums(t, s, registry.CountMethods), append(columns, "tong")...)
	last := len(list.Fields) - 1
	list.Fields = slices.Insert(list.Fields[:last], 1, list.Fields[last])
	list.Sample.Weights = []float64{2, -2} // the ways that were not used would stand empty
	return list
}

// addedList is every figure that an addendum changed.
func (r *Result) addedList(t texts, reader Reader) fields.List {
	was, all := r.Then, addedTable(t, 0, [2]*Snapshot{r.Figures(), r.Figures()}, reader)
	for _, a := range r.closed() {
		for _, row := range addedTable(t, a.N, [2]*Snapshot{was, a.Then}, reader).Rows {
			all.Rows = append(all.Rows, Row{Cells: append([]Cell{number(int64(a.N))}, row.Cells...)})
		}
		was = a.Then
	}
	all.Columns = append([]Column{{Label: t.T("template.row.bo_sung"), Number: true, Weight: 1}}, all.Columns...)
	return ListOf(reader.Lang, "bo_sung", all, "bo_sung", "ten", "truoc", "sau", "chenh_lech")
}

func legalBasis(t texts, e *EventFacts) string {
	if e.LegalNumber == "" {
		return ""
	}
	on := ""
	if e.LegalOn != "" {
		on = t.T("report.event.legal_on", vn.ShowDate(e.LegalOn))
	}
	return joined(" ", e.LegalNumber, on, e.LegalIssuer)
}

// joined joins the parts that are not empty.
func joined(sep string, parts ...string) string {
	var full []string
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, sep)
}

// figureTable lists every figure by group.
func figureTable(t texts, s *Snapshot, reader Reader) Table {
	table := Table{Name: t.T("report.sheet.figures"), Columns: t.columns([]float64{5.4, 1.9, -2.4, 4.6},
		"report.col.figure", "report.col.unit", "report.col.result", "report.col.note")}
	group := ""
	for _, r := range rules {
		if r.group != group {
			group = r.group
			table.Rows = append(table.Rows, Row{Strong: true, Cells: []Cell{text(t.T("report.group." + group))}})
		}
		table.Rows = append(table.Rows, Row{Key: r.key, Cells: []Cell{text(t.label(r)), text(t.T(r.unit)),
			s.cell(r.key, reader), text(t.note(s, r.key, reader))}})
	}
	return table
}

// label names a figure; what is part of the one above begins with a dash.
func (t texts) label(r rule) string {
	name := t.T("report.figure." + string(r.key))
	if r.part {
		return "- " + name
	}
	return name
}

// cell is a figure, or a dash where the reader is not told it.
func (s *Snapshot) cell(key Key, reader Reader) Cell {
	if reader.withheld(s, key) {
		return text(nothing)
	}
	return number(s.N(key))
}

// note says beside a figure how it came about.
func (t texts) note(s *Snapshot, key Key, reader Reader) string {
	if reader.withheld(s, key) {
		return t.T("report.note.withheld", fewest)
	}
	switch key {
	case "booths_no_fee", "booths_no_show", "vendors_in", "ocop", "sales_banded":
		return t.T("report.note." + string(key))
	case "visits":
		return s.CountedBy(string(t))
	case "sales_dong":
		return t.T("report.note.of_returns", s.N("sales_filed"), s.N("vendors"))
	}
	return ""
}

// CountedBy says how the visits were counted.
func (s *Snapshot) CountedBy(lang string) string {
	return CountedBy(lang, func(m registry.CountMethod) bool { return s.N(visitsBy(m)) > 0 })
}

// CountedBy names the ways in which visits were counted.
func CountedBy(lang string, counts func(registry.CountMethod) bool) string {
	t := texts(lang)
	return t.T("report.note.counted_by", t.methods(counts))
}

// methods names the ways of counting that were used.
func (t texts) methods(counts func(registry.CountMethod) bool) string {
	var used []string
	for _, m := range registry.CountMethods {
		if counts(m) {
			used = append(used, t.T("report.method."+string(m)))
		}
	}
	if len(used) == 0 {
		return t.T("report.method.none")
	}
	return strings.Join(used, ", ")
}

// usedMethods are the ways in which visits were counted.
func (s *Snapshot) usedMethods() (methods []registry.CountMethod) {
	for _, m := range registry.CountMethods {
		if s.N(visitsBy(m)) > 0 {
			methods = append(methods, m)
		}
	}
	return methods
}

// visitDays is the visits of each day by how they were counted, with the sums.
func visitDays(t texts, s *Snapshot) Table { return visitSums(t, s, s.usedMethods()) }

// visitSums is the visits of each day by some ways of counting, with the sums.
func visitSums(t texts, s *Snapshot, methods []registry.CountMethod) Table {
	table := Table{Name: t.T("report.sheet.visit_days"), Caption: t.T("report.caption.visit_days"),
		Columns: []Column{{Label: t.T("report.col.day"), Weight: 2}}}
	for _, m := range methods {
		table.Columns = append(table.Columns, Column{Label: capital(t.T("report.method." + string(m))), Number: true, Weight: 2})
	}
	table.Columns = append(table.Columns, Column{Label: t.T("report.total"), Number: true, Weight: 2})
	for _, d := range s.days() {
		table.Rows = append(table.Rows, Row{Cells: visitCells(s, day(d), methods, func(v VisitTotal) bool { return v.Day == d })})
	}
	sum := Row{Strong: true, Cells: visitCells(s, text(t.T("report.total")), methods, func(VisitTotal) bool { return true })}
	table.Rows = append(table.Rows, sum)
	return table
}

func visitCells(s *Snapshot, head Cell, methods []registry.CountMethod, keep func(VisitTotal) bool) []Cell {
	cells, total := []Cell{head}, int64(0)
	for _, m := range methods {
		var n int64
		for _, v := range s.Visits {
			if v.Method == m && keep(v) {
				n += v.N
			}
		}
		cells, total = append(cells, number(n)), total+n
	}
	return append(cells, number(total))
}

// days lists the days on which visits were counted or sales were owed.
func (s *Snapshot) days() []string {
	seen := map[string]bool{}
	var days []string
	add := func(d string) {
		if !seen[d] {
			seen[d] = true
			days = append(days, d)
		}
	}
	for _, d := range s.Sales {
		add(d.Day)
	}
	for _, v := range s.Visits {
		add(v.Day)
	}
	return days
}

func salesTables(t texts, s *Snapshot, reader Reader) []Table {
	tables := []Table{salesDays(t, s.Sales, reader)}
	if len(s.Best) == 0 {
		return tables
	}
	return append(tables, bestTable(t, s))
}

// bestTable is the groups of goods that vendors named as selling best.
func bestTable(t texts, s *Snapshot) Table {
	best := Table{Name: t.T("report.sheet.best"), Caption: t.T("report.caption.best"),
		Columns: t.columns([]float64{4, -2}, "report.col.group", "report.col.named")}
	for _, g := range s.Best {
		best.Rows = append(best.Rows, Row{Cells: []Cell{t.name("product.group.", string(g.Group)), number(int64(g.N))}})
	}
	return best
}

// changeTable shows what is different between two snapshots, the older first.
func changeTable(t texts, name string, of [2]*Snapshot, reader Reader) Table {
	table := Table{Name: name, Columns: t.columns([]float64{6, -2, -2, -2},
		"report.col.figure", "report.col.then", "report.col.now", "report.col.difference")}
	for _, d := range Differences(of[0], of[1]) {
		if reader.withheld(of[0], d.Key) || reader.withheld(of[1], d.Key) {
			continue
		}
		table.Rows = append(table.Rows, Row{Key: d.Key, Cells: []Cell{text(t.T("report.figure." + string(d.Key))),
			number(d.Then), number(d.Now), number(d.Now - d.Then)}})
	}
	return table
}

// capital begins a text with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
