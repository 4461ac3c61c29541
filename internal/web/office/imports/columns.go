package imports

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/imports"
	"hoicho/internal/store/intake"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// columnsPage asks which column is which field.
type columnsPage struct {
	view.Base
	view.Form
	Steps   []view.Step
	Crumb   view.NavItem
	Lead    string
	Action  string
	Root    string
	Version int64
	Head    view.Field
	Sheet   *view.Field
	Old     *view.Field
	OldText []string
	Rows    []columnRow
	Missing string // fields without which no row becomes new
	Why     string // what stopped it the last time
	Columns string // what is wrong with the columns
}

// columnRow is a column of the file.
type columnRow struct {
	Letter, Heading, Samples, Label string
	Options                         []view.Option
	Chip                            view.Chip
}

// columnsForm is the form of the columns as it is sent.
type columnsForm struct {
	Version int64       `form:"version"`
	Sheet   string      `form:"sheet"`
	Head    view.Number `form:"head"`
	Fields  []string    `form:"fields" lines:"row"`
	Old     bool        `form:"old"`
}

// show shows an import where it stands.
func (s *Door) show(c *fiber.Ctx) error {
	x, err := s.App.Imports.Import(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	if x.State == intake.Read {
		return s.columnsPage(c, nil, nil)
	}
	return s.runPage(c, x)
}

func (s *Door) columnsPage(c *fiber.Ctx, sent *columnsForm, fault error) error {
	f, err := s.App.Imports.File(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	x := f.Import
	p := columnsPage{Base: s.OfficePage(c, "import.columns_title", x.FileName), Root: href(x.ID), Action: href(x.ID) + "/cot", Version: x.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	typed := columnsForm{Sheet: x.Mapping.Sheet, Head: view.NumberOf(x.Mapping.Head), Fields: x.Mapping.Fields, Old: x.Mapping.Old}
	if sent != nil {
		typed = *sent
	}
	p.Steps, p.Crumb = steps(p.Base, 2), crumb(p.Base)
	p.fill(f, typed)
	if x.Fault != "" {
		p.Why = p.T("import.why", p.T(x.Fault, x.Kept))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "imports/columns", p)
}

func (p *columnsPage) fill(f imports.File, typed columnsForm) {
	p.Columns = p.Part("fields", p.T("import.columns"))
	p.Head = p.TakeOne(view.Field{Name: "head", Type: "number", Label: p.T("import.field.head"), Hint: p.T("import.field.head.hint"), Value: typed.Head.Typed})
	if len(f.Sheets) > 1 {
		sheet := p.TakeOne(view.Field{Name: "sheet", Type: "select", Label: p.T("import.field.sheet")})
		for _, name := range f.Sheets {
			sheet.Options = append(sheet.Options, view.Option{Value: name, Label: name, Selected: name == typed.Sheet})
		}
		p.Sheet = &sheet
	}
	if len(f.Old) > 0 {
		old := p.TakeOne(view.Field{Name: "old", Type: "checkbox", Label: p.T("import.field.old"), Value: view.Ticked(typed.Old)})
		p.Old = &old
		for _, o := range f.Old {
			p.OldText = append(p.OldText, p.T("import.old", o.Letter, o.N, o.Was, o.Now))
		}
	}
	p.rows(f, typed)
	p.Lead = view.SaidLine(f.Import.FileName, typed.Sheet, p.T("import.rows_n", f.Rows))
}

// rows are the columns, those that are matched counted in the heading.
func (p *columnsPage) rows(f imports.File, typed columnsForm) {
	matched, known := 0, 0
	taken := map[string]bool{}
	for col, h := range f.Heads {
		field := ""
		if col < len(typed.Fields) {
			field = typed.Fields[col]
		}
		taken[field] = true
		row := columnRow{Letter: h.Letter, Heading: h.Heading, Samples: strings.Join(h.Samples, " · "), Label: p.T("import.column_of", h.Letter),
			Options: []view.Option{{Label: p.T("import.left_out")}}, Chip: view.Chip{Class: "off", Label: p.T("import.left_out")}}
		for _, c := range f.Columns {
			row.Options = append(row.Options, view.Option{Value: c.Name, Label: p.T(c.Label), Selected: c.Name == field})
		}
		if field != "" {
			row.Chip = view.Chip{Class: "go", Icon: "check", Label: p.T("import.matched")}
			matched++
		}
		if h.Known {
			known++
		}
		p.Rows = append(p.Rows, row)
	}
	p.Title = p.T("import.columns_n", matched, known)
	var missing []string
	for _, c := range f.Columns {
		if c.Needed && !taken[c.Name] {
			missing = append(missing, p.T(c.Label))
		}
	}
	if len(missing) > 0 {
		p.Missing = p.T("import.missing", strings.Join(missing, "; "))
	}
}

// match notes which column is which field.
func (s *Door) match(c *fiber.Ctx) error {
	var f columnsForm
	err := frame.Bind(c, &f)
	anew := false
	if err == nil {
		anew, err = s.App.Imports.Map(c.UserContext(), frame.Actor(c), param(c), imports.MapInput{Version: f.Version, Sheet: f.Sheet, Head: f.Head.N, Fields: f.Fields, Old: f.Old})
	}
	switch {
	case err != nil:
		return s.columnsPage(c, &f, err)
	case anew:
		return c.Redirect(href(param(c)), fiber.StatusSeeOther)
	}
	return c.Redirect(href(param(c))+"/thu", fiber.StatusSeeOther)
}

// discard removes a file that has written nothing.
func (s *Door) discard(c *fiber.Ctx) error {
	if err := s.App.Imports.Discard(c.UserContext(), frame.Actor(c), param(c)); err != nil {
		return err
	}
	frame.Flash(c, "import.flash.discarded")
	return c.Redirect(root, fiber.StatusSeeOther)
}
