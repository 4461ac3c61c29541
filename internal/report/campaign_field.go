package report

import (
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/docxtemplate"
	"hoicho/internal/period"
	"hoicho/internal/vn"
)

// Field is a value of a paper by the name under which a template asks for it.
type Field struct{ Name, Label, Value string }

// FieldList is a list of a paper by its name. A row has the fields of Fields, whose values are
// those of the first row.
type FieldList struct {
	Name, Label string
	Fields      []Field
	Rows        []docxtemplate.Data
}

// Fields are all that a template can ask a paper for. The names are small letters without
// marks; those of figures are "xa.sessions": the form and the code of the figure in it.
func (p CampaignPaper) Fields() (fields []Field, lists []FieldList) {
	t := texts("vi")
	d := p.Document()
	fields = slices.Concat(p.headFields(t, d), p.standingFields(t), p.wordFields(t), p.figureFields(t))
	lists = append(lists, contentList(t, d), p.figureList(t), p.missingList(t))
	for _, u := range p.Units {
		lists = append(lists, u.list(t))
	}
	for i := range lists {
		lists[i].show()
	}
	return fields, lists
}

// fieldOf is a field with its label.
func fieldOf(t texts, name, value string) Field {
	return Field{name, t.T("template.field." + name), value}
}

// headFields are what stands around the text.
func (p CampaignPaper) headFields(t texts, d Document) []Field {
	h := d.Letterhead()
	recipients := make([]string, len(h.Recipients))
	for i, r := range h.Recipients {
		recipients[i] = "- " + r
	}
	return []Field{
		fieldOf(t, "co_quan_chu_quan", h.Authority), fieldOf(t, "co_quan", h.Issuer), fieldOf(t, "so_ky_hieu", h.Number),
		fieldOf(t, "ngay_thang", h.PlaceDate), fieldOf(t, "trich_yeu", d.Subject), fieldOf(t, "kinh_gui", strings.Join(p.To, "; ")),
		fieldOf(t, "noi_nhan", strings.Join(recipients, "\n")), fieldOf(t, "chuc_vu", h.SignerTitle), fieldOf(t, "nguoi_ky", h.SignerName),
		fieldOf(t, "du_thao", d.Draft),
	}
}

// standingFields are what the paper is of, and who has reported.
func (p CampaignPaper) standingFields(t texts) []Field {
	missing := slices.Concat(p.Communes.Missing, p.Bodies.Missing)
	return []Field{
		fieldOf(t, "ky", p.periodName(t)), fieldOf(t, "nam", fmt.Sprint(p.Period.Year)), fieldOf(t, "tinh", p.Province),
		fieldOf(t, "den_ngay", vn.ShowDate(p.Until)), fieldOf(t, "xa_da_gui", fmt.Sprint(p.Communes.Filed)), fieldOf(t, "xa_tong", fmt.Sprint(p.Communes.All)),
		fieldOf(t, "nganh_da_gui", fmt.Sprint(p.Bodies.Filed)), fieldOf(t, "nganh_tong", fmt.Sprint(p.Bodies.All)),
		fieldOf(t, "so_chua_gui", fmt.Sprint(len(missing))),
	}
}

// topicFields are the names of what is said of a topic.
var topicFields = map[period.Topic]string{period.Advantages: "thuan_loi", period.Limits: "han_che", period.Causes: "nguyen_nhan", period.Proposals: "kien_nghi"}

// wordFields are what the committee and the units say, topic by topic.
func (p CampaignPaper) wordFields(t texts) (list []Field) {
	for _, topic := range period.Topics {
		var lines []string
		for _, s := range p.Words {
			for _, said := range s.of(topic) {
				lines = append(lines, said.String())
			}
		}
		list = append(list, fieldOf(t, topicFields[topic], strings.Join(lines, "\n")))
	}
	return list
}

// The parts of a figure that a template can ask for beside its result.
const (
	partGoal   = "ke_hoach"
	partResult = "ket_qua"
	partBefore = "nam_truoc"
	partChange = "thay_doi"
)

// figureFields are the figures, each as the table of the paper says it.
func (p CampaignPaper) figureFields(t texts) (list []Field) {
	for _, f := range p.Figures {
		name := string(f.Form) + "." + string(f.Code)
		list = append(list, Field{name, f.label(t), f.cell(t, f.Now, f.Known).String()},
			Field{name + "." + partGoal, t.T("template.part."+partGoal, f.label(t)), f.goal()},
			Field{name + "." + partBefore, t.T("template.part."+partBefore, f.label(t)), f.cell(t, f.Before, f.KnownBefore).String()},
			Field{name + "." + partChange, t.T("template.part."+partChange, f.label(t)), f.change(t)})
	}
	return list
}

// goal is the goal of the plan, as people read it.
func (f Reported) goal() string {
	if f.Goal == 0 {
		return nothing
	}
	return vn.Count(f.Goal)
}

func rowField(t texts, name string) Field {
	return Field{Name: name, Label: t.T("template.row." + name)}
}

func rowOf(pairs ...string) docxtemplate.Data {
	row := docxtemplate.Data{Texts: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		row.Texts[pairs[i]] = pairs[i+1]
	}
	return row
}

// contentList is the text of the paper, a row for each heading and each paragraph.
func contentList(t texts, d Document) FieldList {
	list := FieldList{Name: "noi_dung", Label: t.T("template.list.noi_dung"), Fields: []Field{rowField(t, "muc"), rowField(t, "doan")}}
	for _, s := range d.Sections {
		if s.Heading != "" {
			list.Rows = append(list.Rows, rowOf("muc", s.Heading, "doan", ""))
		}
		for _, said := range s.Paragraphs {
			list.Rows = append(list.Rows, rowOf("muc", "", "doan", said))
		}
	}
	return list
}

// figureList is the table of the paper.
func (p CampaignPaper) figureList(t texts) FieldList {
	list := FieldList{Name: "chi_tieu", Label: t.T("template.list.chi_tieu")}
	for _, name := range []string{"ten", partGoal, partResult, partBefore, partChange} {
		list.Fields = append(list.Fields, rowField(t, name))
	}
	for _, f := range p.Figures {
		if f.main() {
			list.Rows = append(list.Rows, rowOf("ten", f.label(t), partGoal, f.goal(), partResult, f.cell(t, f.Now, f.Known).String(),
				partBefore, f.cell(t, f.Before, f.KnownBefore).String(), partChange, f.change(t)))
		}
	}
	return list
}

// missingList are the units that have not reported.
func (p CampaignPaper) missingList(t texts) FieldList {
	list := FieldList{Name: "chua_gui", Label: t.T("template.list.chua_gui"), Fields: []Field{rowField(t, "ten")}}
	for _, name := range slices.Concat(p.Communes.Missing, p.Bodies.Missing) {
		list.Rows = append(list.Rows, rowOf("ten", name))
	}
	return list
}

// unitLists are the names of the lists of units.
var unitLists = map[period.FormCode]string{period.CommuneForm: "don_vi", period.BranchForm: "nganh"}

// list is the units with their figures, each under its code.
func (u UnitRows) list(t texts) FieldList {
	name := unitLists[u.Form]
	list := FieldList{Name: name, Label: t.T("template.list." + name), Fields: []Field{rowField(t, "stt"), rowField(t, "ten"), rowField(t, "trang_thai")}}
	for _, f := range u.Figures {
		list.Fields = append(list.Fields, Field{Name: string(f.Code), Label: f.VI})
	}
	for i, r := range u.Rows {
		row := rowOf("stt", fmt.Sprint(i+1), "ten", r.Unit, "trang_thai", r.state("vi"))
		for n, f := range u.Figures {
			row.Texts[string(f.Code)] = periodCell(r.Figures[n]).String()
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}

// show gives the fields of a list the values of its first row.
func (l *FieldList) show() {
	for i := range l.Fields {
		if len(l.Rows) > 0 {
			l.Fields[i].Value = l.Rows[0].Texts[l.Fields[i].Name]
		}
	}
}

// TemplateNames are the names that a template may use, of fields and lists.
func TemplateNames(fields []Field, lists []FieldList) docxtemplate.Schema {
	names := func(fields []Field) (list []string) {
		for _, f := range fields {
			list = append(list, f.Name)
		}
		return list
	}
	s := docxtemplate.Schema{Texts: names(fields), Lists: map[string]docxtemplate.Schema{}}
	for _, l := range lists {
		s.Lists[l.Name] = docxtemplate.Schema{Texts: names(l.Fields)}
	}
	return s
}

// TemplateData are fields and lists as values for a template.
func TemplateData(fields []Field, lists []FieldList) docxtemplate.Data {
	d := docxtemplate.Data{Texts: map[string]string{}, Lists: map[string][]docxtemplate.Data{}}
	for _, f := range fields {
		d.Texts[f.Name] = f.Value
	}
	for _, l := range lists {
		d.Lists[l.Name] = l.Rows
	}
	return d
}

// SampleTemplate is a paper with marks in the place of what it says, to begin a template with.
func SampleTemplate() ([]byte, error) {
	t := texts("vi")
	mark := func(name string) string { return "{{" + name + "}}" }
	table := Table{Name: "chi_tieu", Caption: t.T("paper.caption.main"),
		Columns: t.columns([]float64{4.4, -1.7, -2.3, -2.3, -1.6}, "paper.col.figure", "paper.col.goal", "paper.col.result", "paper.col.before", "paper.col.change"),
		Rows: []Row{{Cells: []Cell{text("{{#chi_tieu}}{{ten}}"), text(mark(partGoal)), text(mark(partResult)), text(mark(partBefore)),
			text(mark(partChange) + "{{/chi_tieu}}")}}}}
	d := Document{Lang: "vi", Title: t.T("report.title"), Subject: mark("trich_yeu"), To: []string{mark("kinh_gui")},
		Draft: mark("du_thao"), Sections: []Section{sectionOf("", words("{{#noi_dung}}")), sectionOf(mark("muc"), words(mark("doan"))),
			sectionOf("", words("{{/noi_dung}}")), {Tables: []Table{table}}}}
	d.Paper.Authority, d.Paper.Issuer = mark("co_quan_chu_quan"), mark("co_quan")
	d.Paper.Number, d.Paper.Place = mark("so_ky_hieu"), mark("ngay_thang")
	d.Paper.Recipients, d.Paper.SignerTitle, d.Paper.SignerName = mark("noi_nhan"), mark("chuc_vu"), mark("nguoi_ky")
	d.marks = true
	return d.DOCX()
}
