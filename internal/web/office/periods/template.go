package periods

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// templatePage is the Word document into which a province has its papers written.
type templatePage struct {
	view.Base
	view.Form
	Back    view.NavItem
	Action  string
	Version int64
	Upload  view.Field
	Used    []view.SummaryRow // the one in use; none if there is none
	Using   string            // where it is taken from
	Sample  string
	Drop    string
	Marks   []markTable
}

// markTable are the names that a template may use, with what they say for the period.
type markTable struct {
	ID, Title, Text string
	Rows            []markRow
}

type markRow struct{ Mark, Label, Value string }

func (s *Door) showTemplate(c *fiber.Ctx) error { return s.templateForm(c, nil) }

func (s *Door) templateForm(c *fiber.Ctx, fault error) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	sheet, err := s.App.Periods.TemplateSheet(c.UserContext(), frame.Actor(c), q)
	if err != nil {
		return err
	}
	province := sheet.Paper.Communes.Province
	own, tail := paperRoot+"/"+q.Period.String()+"/mau", view.Query("", "tinh", province.String())
	p := templatePage{Base: s.OfficePage(c, "template.title"), Action: own + tail, Version: sheet.Template.Version, Sample: own + "/goi-y" + tail}
	p.Back = view.NavItem{Href: paperHref(q.Period, province), Label: view.SaidLine(p.T("paper.title"), periodName(p.Base, q.Period))}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Upload = p.TakeOne(view.Field{Name: "file", Type: "file", Label: p.T("template.field.file"), Hint: p.T("template.field.file.hint"), Accept: ".docx", Required: true})
	if t := sheet.Template; t.Is() {
		p.Used = []view.SummaryRow{{Label: p.T("template.used"), Value: t.FileName},
			{Label: p.T("template.saved"), Value: view.SaidLine(view.ShowTime(t.SavedAt), t.SavedBy)}}
		p.Using, p.Drop = own+"/dang-dung"+tail, own+"/bo"+tail
	}
	p.marks(sheet)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/template", p)
}

// marks lists the names of fields and lists.
func (p *templatePage) marks(sheet periods.TemplateSheet) {
	rows := func(fields []periods.TemplateField) (list []markRow) {
		for _, f := range fields {
			list = append(list, markRow{"{{" + f.Name + "}}", f.Label, f.Value})
		}
		return list
	}
	p.Marks = append(p.Marks, markTable{"truong", p.T("template.fields"), p.T("template.fields_text"), rows(sheet.Fields)})
	for _, l := range sheet.Lists {
		title := "{{#" + l.Name + "}} … {{/" + l.Name + "}}"
		p.Marks = append(p.Marks, markTable{"ds-" + l.Name, title, p.T("template.rows", l.Label, len(l.Rows)), rows(l.Fields)})
	}
}

// saveTemplate makes an uploaded document the template of the province.
func (s *Door) saveTemplate(c *fiber.Ctx) error {
	var form struct {
		File    *multipart.FileHeader `form:"file"`
		Version int64                 `form:"version"`
	}
	data, err := frame.Upload(c, &form, func() *multipart.FileHeader { return form.File })
	if err != nil {
		return s.templateForm(c, err)
	}
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	in := periods.TemplateInput{Data: data, Version: form.Version}
	if form.File != nil {
		in.FileName = form.File.Filename
	}
	if err := s.App.Periods.SaveTemplate(c.UserContext(), frame.Actor(c), q, in); err != nil {
		return s.templateForm(c, err)
	}
	return flashAnd(c, "template.flash.saved", templateHref(c, q))
}

// templateHref is the page of the template, as it was asked for.
func templateHref(c *fiber.Ctx, q periods.Query) string {
	return view.Query(paperRoot+"/"+q.Period.String()+"/mau", "tinh", c.Query("tinh"))
}

// dropTemplate takes the template out of use.
func (s *Door) dropTemplate(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.templateForm(c, err)
	}
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	if err := s.App.Periods.DropTemplate(c.UserContext(), frame.Actor(c), q, form.Version); err != nil {
		return s.templateForm(c, err)
	}
	return flashAnd(c, "template.flash.dropped", templateHref(c, q))
}

// templateFile sends the template in use.
func (s *Door) templateFile(c *fiber.Ctx) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	f, err := s.App.Periods.TemplateFile(c.UserContext(), frame.Actor(c), q)
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// sampleTemplate sends a paper with marks, to begin with.
func (s *Door) sampleTemplate(c *fiber.Ctx) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	f, err := s.App.Periods.SampleTemplate(c.UserContext(), frame.Actor(c), q)
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
