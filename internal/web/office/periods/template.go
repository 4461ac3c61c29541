package periods

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/templates"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// templatePath follows the address of a paper: the Word document into which its owner has papers of
// this kind written.
const templatePath = view.TemplatePath

// templated is a paper with its address, for the pages of its template.
type templated struct {
	templates.Paper
	root  string   // address of the paper
	query []string // what belongs to the address of the paper
	label string   // what the paper is of
}

// href is an address below the template, of an owner.
func (t templated) href(path, owner string) string {
	return view.Query(t.root+templatePath+path, append([]string{"cua", owner}, t.query...)...)
}

// templateHandler answers for the paper that an address names.
type templateHandler func(c *fiber.Ctx, t templated) error

// templateRoutes are the pages of the template of a kind of paper. Whoever reads the paper has it in
// the template; whoever writes it has the template.
func (s *Door) templateRoutes(root string, reads, writes frame.Policy, find func(*fiber.Ctx) (templated, error)) []frame.Route {
	of := func(h templateHandler) fiber.Handler {
		return func(c *fiber.Ctx) error {
			t, err := find(c)
			if err != nil {
				return err
			}
			return h(c, t)
		}
	}
	own := root + templatePath
	return []frame.Route{
		frame.Get(own, writes, of(s.showTemplate)),
		frame.Post(own, writes, of(s.saveTemplate)),
		frame.Post(own+"/bo", writes, of(s.dropTemplate)),
		frame.Get(own+"/dang-dung", writes, of(s.templateFile)),
		frame.Get(own+"/goi-y", writes, of(s.sampleTemplate)),
		frame.Get(own+view.FilledPath, reads, of(s.filledTemplate)),
	}
}

// allTemplateRoutes are the pages of the templates of all kinds of paper.
func (s *Door) allTemplateRoutes(own frame.Policy) (list []frame.Route) {
	plans, events := frame.Office(registry.ManagePlan), frame.Office(registry.ManageEvents)
	figures := frame.Office(registry.ViewFigures)
	list = append(list, s.templateRoutes(paperRoot+"/:period", own, plans, s.templatedPeriod)...)
	list = append(list, s.templateRoutes(root+"/:sheet/:period/:unit"+unitPaperPath, own, own, s.templatedUnit)...)
	list = append(list, s.templateRoutes(seriesRoot, figures, events, s.templatedSeries)...)
	return append(list, s.templateRoutes(view.EventRoot(":id")+view.EventReport, figures, events, s.templatedEvent)...)
}

func (s *Door) templatedPeriod(c *fiber.Ctx) (t templated, err error) {
	q, err := askedPaper(c)
	if err != nil {
		return t, err
	}
	t.root, t.query = paperRoot+"/"+q.Period.String(), []string{"tinh", c.Query("tinh")}
	b := s.Page(c, "paper.title")
	t.label = view.SaidLine(b.T("paper.title"), periodName(b, q.Period))
	t.Paper, err = s.App.Periods.TemplatePaper(c.UserContext(), frame.Actor(c), q)
	return t, err
}

func (s *Door) templatedUnit(c *fiber.Ctx) (t templated, err error) {
	k, err := keyOf(c)
	if err != nil {
		return t, err
	}
	t.root = href(k) + unitPaperPath
	b := s.Page(c, "paper.unit_title")
	t.label = view.SaidLine(b.T("paper.unit_title"), periodName(b, k.Period))
	t.Paper, err = s.App.Periods.UnitTemplatePaper(c.UserContext(), frame.Actor(c), k)
	return t, err
}

func (s *Door) templatedSeries(c *fiber.Ctx) (t templated, err error) {
	t.root, t.label = view.SeriesHref(string(seriesParam(c)))+view.SeriesPaper, s.Page(c, "series.title").T("series.title")
	t.Paper, err = s.App.SeriesPaper.TemplatePaper(c.UserContext(), frame.Actor(c), seriesParam(c), frame.Lang(c))
	return t, err
}

func (s *Door) templatedEvent(c *fiber.Ctx) (t templated, err error) {
	t.root, t.label = view.EventRoot(frame.EventParam(c))+view.EventReport, s.Page(c, "report.page_title").T("report.page_title")
	t.Paper, err = s.App.Reports.TemplatePaper(c.UserContext(), frame.Actor(c), frame.EventParam(c), frame.Lang(c))
	return t, err
}

// templatePage is the Word document into which an owner has its papers of a kind written.
type templatePage struct {
	view.Base
	view.Form
	Back    view.NavItem
	Whose   string // whose template it is, and for which papers
	InUse   string // whose template is used where this owner has none; "" where nobody's is
	Others  []view.NavItem
	Action  string
	Version int64
	Upload  view.Field
	Used    []view.SummaryRow // the one in use; none if there is none
	Using   string            // where it is taken from
	Sample  string
	Drop    string
	Marks   []markTable
}

// markTable are the names that a template may use, with what they say in the paper.
type markTable struct {
	ID, Title, Text string
	Rows            []markRow
}

type markRow struct{ Mark, Label, Value string }

func (s *Door) showTemplate(c *fiber.Ctx, t templated) error { return s.templateForm(c, t, nil) }

func (s *Door) templateForm(c *fiber.Ctx, t templated, fault error) error {
	sheet, err := s.App.Templates.Sheet(c.UserContext(), t.Paper, c.Query("cua"))
	if err != nil {
		return err
	}
	p := templatePage{Base: s.OfficePage(c, "template.title"), Action: t.href("", sheet.Owner.Key), Version: sheet.Template.Version, Sample: t.href("/goi-y", sheet.Owner.Key)}
	p.Back = view.NavItem{Href: view.Query(t.root, t.query...), Label: t.label}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Upload = p.TakeOne(view.Field{Name: "file", Type: "file", Label: p.T("template.field.file"), Hint: p.T("template.field.file.hint"), Accept: ".docx", Required: true})
	p.whose(sheet, t)
	if u := sheet.Template; u.Is() {
		p.Used = []view.SummaryRow{{Label: p.T("template.used"), Value: u.FileName},
			{Label: p.T("template.saved"), Value: view.SaidLine(view.ShowTime(u.SavedAt), u.SavedBy)}}
		p.Using, p.Drop = t.href("/dang-dung", sheet.Owner.Key), t.href("/bo", sheet.Owner.Key)
	}
	p.marks(sheet)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/template", p)
}

// whose says of whom the template is, and leads to those of others that its reader manages.
func (p *templatePage) whose(sheet templates.Sheet, t templated) {
	p.Whose = p.T(forKey(sheet, sheet.Owner), sheet.Owner.Name)
	if !sheet.Template.Is() && sheet.Used.Key != "" {
		p.InUse = p.T("template.in_use", sheet.Used.Name)
	}
	for _, o := range sheet.Owners {
		if o.Writes && o.Key != sheet.Owner.Key {
			p.Others = append(p.Others, view.NavItem{Href: t.href("", o.Key), Label: p.T("template.of", o.Name)})
		}
	}
}

// forKey is the text that says for which papers the template of an owner is.
func forKey(sheet templates.Sheet, o templates.Owner) string {
	if o.All {
		return "template.for_all." + string(sheet.Kind)
	}
	return "template.for." + string(sheet.Kind)
}

// marks lists the names of fields and lists.
func (p *templatePage) marks(sheet templates.Sheet) {
	rows := func(fields []templates.Field) (list []markRow) {
		for _, f := range fields {
			list = append(list, markRow{"{{" + f.Name + "}}", f.Label, f.Value})
		}
		return list
	}
	p.Marks = append(p.Marks, markTable{"truong", p.T("template.fields"), p.T("template.fields_text"), rows(sheet.Fields.Fields)})
	for _, l := range sheet.Fields.Lists {
		title := "{{#" + l.Name + "}} … {{/" + l.Name + "}}"
		p.Marks = append(p.Marks, markTable{"ds-" + l.Name, title, p.T("template.rows", l.Label, len(l.Rows)), rows(l.Fields)})
	}
}

// templateSent is what is sent from the page of a template.
type templateSent struct {
	File    *multipart.FileHeader `form:"file"`
	Version int64                 `form:"version"`
}

// saveTemplate makes an uploaded document the template of an owner.
func (s *Door) saveTemplate(c *fiber.Ctx, t templated) error {
	var form templateSent
	data, err := frame.Upload(c, &form, func() *multipart.FileHeader { return form.File })
	if err != nil {
		return s.templateForm(c, t, err)
	}
	in := templates.Input{Owner: c.Query("cua"), Data: data, Version: form.Version}
	if form.File != nil {
		in.FileName = form.File.Filename
	}
	if err := s.App.Templates.Save(c.UserContext(), frame.Actor(c), t.Paper, in); err != nil {
		return s.templateForm(c, t, err)
	}
	return flashAnd(c, "template.flash.saved", t.href("", in.Owner))
}

// dropTemplate takes the template of an owner out of use.
func (s *Door) dropTemplate(c *fiber.Ctx, t templated) error {
	var form templateSent
	if err := frame.Bind(c, &form); err != nil {
		return s.templateForm(c, t, err)
	}
	in := templates.Input{Owner: c.Query("cua"), Version: form.Version}
	if err := s.App.Templates.Drop(c.UserContext(), frame.Actor(c), t.Paper, in); err != nil {
		return s.templateForm(c, t, err)
	}
	return flashAnd(c, "template.flash.dropped", t.href("", in.Owner))
}

// templateFile sends the template as it was uploaded.
func (s *Door) templateFile(c *fiber.Ctx, t templated) error {
	f, err := s.App.Templates.File(c.UserContext(), t.Paper, c.Query("cua"))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// sampleTemplate sends a paper with marks, to begin a template with.
func (s *Door) sampleTemplate(c *fiber.Ctx, t templated) error {
	f, err := s.App.Templates.Sample(t.Paper)
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// filledTemplate sends the paper in the template of the nearest owner that has one.
func (s *Door) filledTemplate(c *fiber.Ctx, t templated) error {
	f, err := s.App.Templates.Filled(c.UserContext(), t.Paper)
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
