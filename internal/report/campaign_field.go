package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report/fields"
	"hoicho/internal/vn"
)

// Fields are all that a template can ask a paper for. The names are small letters without
// marks; those of figures are "xa.sessions": the form and the code of the figure in it.
func (p CampaignPaper) Fields() (all fields.Paper) {
	all.Party = p.Paper.Style == registry.PartyStyle
	t := texts("vi")
	d := p.Document()
	all.Fields = slices.Concat(HeadFields(d), []fields.Field{DraftField(d)}, p.standingFields(t), p.wordFields(t), p.figureFields(t))
	main := p.mainFigures(t)
	all.Lists = append(all.Lists, ContentList(d), ListOf("vi", "chi_tieu", main, "ten", partGoal, partResult, partBefore, partChange), p.missingList(t))
	for _, u := range p.Units {
		all.Lists = append(all.Lists, u.list(t))
	}
	return all
}

// Fields are all that a template can ask the paper of a unit for. Figures are called as in the paper
// of the committee.
func (p UnitPaper) Fields() (all fields.Paper) {
	all.Party = p.Paper.Style == registry.PartyStyle
	t := texts("vi")
	d := p.Document()
	c := CampaignPaper{Period: p.Period, Figures: p.Figures, Words: []Spoken{{Words: p.Words}}}
	standing := []fields.Field{fieldOf(t, "ky", c.periodName(t)), fieldOf(t, "nam", fmt.Sprint(p.Period.Year)), fieldOf(t, "ten_don_vi", p.Unit),
		fieldOf(t, "den_ngay", vn.ShowDate(p.Until))}
	figures := slices.DeleteFunc(c.figureFields(t), func(f fields.Field) bool { return strings.HasSuffix(f.Name, "."+partGoal) })
	all.Fields = slices.Concat(HeadFields(d), []fields.Field{DraftField(d)}, standing, c.wordFields(t), figures)
	all.Lists = []fields.List{ContentList(d), ListOf("vi", "chi_tieu", p.figureTable(t), "ten", partResult, partBefore, partChange)}
	return all
}

// fieldOf is a field with its label.
func fieldOf(t texts, name, value string) fields.Field {
	return fields.Field{Name: name, Label: t.T("template.field." + name), Value: value}
}

// HeadFields are what stands around the text of a paper.
func HeadFields(d Document) []fields.Field {
	h, t := d.Letterhead(), texts(d.Lang)
	recipients := make([]string, len(h.Recipients))
	for i, r := range h.Recipients {
		recipients[i] = "- " + r
	}
	return []fields.Field{
		fieldOf(t, "co_quan_chu_quan", h.Authority), fieldOf(t, "co_quan", h.Issuer), fieldOf(t, "so_ky_hieu", h.Number),
		fieldOf(t, "ngay_thang", h.PlaceDate), fieldOf(t, "trich_yeu", d.Subject), fieldOf(t, "kinh_gui", strings.Join(d.To, "; ")),
		fieldOf(t, "dong_kinh_gui", strings.Join(h.To, "\n")), fieldOf(t, "noi_nhan", strings.Join(recipients, "\n")),
		fieldOf(t, "chuc_vu", h.SignerTitle), fieldOf(t, "nguoi_ky", h.SignerName),
	}
}

// DraftField says that a paper is a draft, while it is one.
func DraftField(d Document) fields.Field { return fieldOf(texts(d.Lang), "du_thao", d.Draft) }

// standingFields are what the paper is of, and who has reported.
func (p CampaignPaper) standingFields(t texts) []fields.Field {
	missing := slices.Concat(p.Communes.Missing, p.Bodies.Missing)
	return []fields.Field{
		fieldOf(t, "ky", p.periodName(t)), fieldOf(t, "nam", fmt.Sprint(p.Period.Year)), fieldOf(t, "tinh", p.Province),
		fieldOf(t, "den_ngay", vn.ShowDate(p.Until)), fieldOf(t, "xa_da_gui", fmt.Sprint(p.Communes.Filed)), fieldOf(t, "xa_tong", fmt.Sprint(p.Communes.All)),
		fieldOf(t, "nganh_da_gui", fmt.Sprint(p.Bodies.Filed)), fieldOf(t, "nganh_tong", fmt.Sprint(p.Bodies.All)),
		fieldOf(t, "so_chua_gui", fmt.Sprint(len(missing))),
	}
}

// topicFields are the names of what is said of a topic.
var topicFields = map[period.Topic]string{period.Advantages: "thuan_loi", period.Limits: "han_che", period.Causes: "nguyen_nhan", period.Proposals: "kien_nghi"}

// wordFields are what the committee and the units say, topic by topic.
func (p CampaignPaper) wordFields(t texts) (list []fields.Field) {
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
func (p CampaignPaper) figureFields(t texts) (list []fields.Field) {
	for _, f := range p.Figures {
		name := string(f.Form) + "." + string(f.Code)
		part := func(part, value string) fields.Field {
			return fields.Field{Name: name + "." + part, Label: t.T("template.part."+part, f.label(t)), Value: value}
		}
		list = append(list, fields.Field{Name: name, Label: f.label(t), Value: f.cell(t, f.Now, f.Known).String()}, part(partGoal, f.goal()),
			part(partBefore, f.cell(t, f.Before, f.KnownBefore).String()), part(partChange, f.change(t)))
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

func rowField(t texts, name string) fields.Field {
	return fields.Field{Name: name, Label: t.T("template.row." + name)}
}

// ContentList is the text of a paper, a row for each heading and each paragraph.
func ContentList(d Document) fields.List {
	t := texts(d.Lang)
	list := fields.List{Name: contentName, Label: t.T("template.list." + contentName), Fields: []fields.Field{rowField(t, "muc"), rowField(t, "doan")}}
	for _, s := range d.Sections {
		if s.Heading != "" {
			list.Rows = append(list.Rows, fields.Row("muc", s.Heading, "doan", ""))
		}
		for _, said := range s.Paragraphs {
			list.Rows = append(list.Rows, fields.Row("muc", "", "doan", said))
		}
	}
	list.Show()
	return list
}

// contentName is the list of a paper's text.
const contentName = "noi_dung"

// ListOf is a table of a paper as a list, in a language, with names for its columns; in the sample
// of a template it stands as in the paper. A heading within the table is a row of its first column.
func ListOf(lang, name string, table Table, columns ...string) fields.List {
	list := fields.List{Name: name, Label: texts(lang).T("template.list." + name), Sample: fields.Table{Caption: cmp.Or(table.Caption, table.Name)}}
	for i, c := range columns {
		list.Fields = append(list.Fields, fields.Field{Name: c, Label: cmp.Or(table.Columns[i].Label, texts(lang).T("template.row."+c))})
		weight := table.Columns[i].Weight
		if table.Columns[i].Number {
			weight = -weight
		}
		list.Sample.Weights = append(list.Sample.Weights, weight)
	}
	for _, r := range table.Rows {
		row := fields.Row()
		for i, c := range columns {
			row.Texts[c] = ""
			if i < len(r.Cells) {
				row.Texts[c] = r.Cells[i].String()
			}
		}
		list.Rows = append(list.Rows, row)
	}
	list.Show()
	return list
}

// missingList are the units that have not reported.
func (p CampaignPaper) missingList(t texts) fields.List {
	list := fields.List{Name: "chua_gui", Label: t.T("template.list.chua_gui"), Fields: []fields.Field{rowField(t, "ten")}}
	for _, name := range slices.Concat(p.Communes.Missing, p.Bodies.Missing) {
		list.Rows = append(list.Rows, fields.Row("ten", name))
	}
	return list
}

// unitLists are the names of the lists of units.
var unitLists = map[period.FormCode]string{period.CommuneForm: "don_vi", period.BranchForm: "nganh"}

// list is the units with their figures, each under its code.
func (u UnitRows) list(t texts) fields.List {
	name := unitLists[u.Form]
	list := fields.List{Name: name, Label: t.T("template.list." + name), Fields: []fields.Field{rowField(t, "stt"), rowField(t, "ten"), rowField(t, "trang_thai")}}
	for _, f := range u.Figures {
		list.Fields = append(list.Fields, fields.Field{Name: string(f.Code), Label: f.VI})
	}
	for i, r := range u.Rows {
		row := fields.Row("stt", fmt.Sprint(i+1), "ten", r.Unit, "trang_thai", r.state("vi"))
		for n, f := range u.Figures {
			row.Texts[string(f.Code)] = periodCell(r.Figures[n]).String()
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}

// Sample is a paper with marks in the place of what it says, to begin a template with.
func Sample(lang string, p fields.Paper) ([]byte, error) {
	t := texts(lang)
	mark := func(name string) string { return "{{" + name + "}}" }
	d := Document{Lang: lang, Title: t.T("report.title"), Subject: mark("trich_yeu"), To: []string{mark("dong_kinh_gui")},
		Sections: []Section{sectionOf("", words("{{#"+contentName+"}}")), sectionOf(mark("muc"), words(mark("doan"))), sectionOf("", words("{{/"+contentName+"}}"))}}
	for _, l := range p.Lists {
		if len(l.Sample.Weights) > 0 {
			d.Sections = append(d.Sections, Section{Tables: []Table{sampleTable(l)}})
		}
	}
	d.Paper.Authority, d.Paper.Issuer = mark("co_quan_chu_quan"), mark("co_quan")
	d.Paper.Number, d.Paper.Place = mark("so_ky_hieu"), mark("ngay_thang")
	d.Paper.Recipients, d.Paper.SignerTitle, d.Paper.SignerName = mark("noi_nhan"), mark("chuc_vu"), mark("nguoi_ky")
	if p.Party {
		d.Paper.Style = registry.PartyStyle
	}
	if p.Has("du_thao") {
		d.Draft = mark("du_thao")
	}
	d.marks = true
	return d.DOCX()
}

// sampleTable is a list in the sample of a template: its head, and a row that is repeated.
func sampleTable(l fields.List) Table {
	table := Table{Name: l.Name, Caption: l.Sample.Caption}
	var row Row
	for i, w := range l.Sample.Weights {
		table.Columns = append(table.Columns, Column{Label: l.Fields[i].Label, Weight: max(w, -w), Number: w < 0})
		row.Cells = append(row.Cells, text("{{"+l.Fields[i].Name+"}}"))
	}
	first, last := &row.Cells[0], &row.Cells[len(row.Cells)-1]
	first.Text = "{{#" + l.Name + "}}" + first.Text
	last.Text += "{{/" + l.Name + "}}"
	table.Rows = []Row{row}
	return table
}
