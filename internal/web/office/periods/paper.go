package periods

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// paperRoot is the paper of a period, which its address names.
const paperRoot = root + "/van-ban"

// paperPage is what the committee of a province reports of a period, as it will be printed.
type paperPage struct {
	view.Base
	Crumb    view.NavItem
	Chip     view.Chip
	Said     string
	Files    []view.FilterLink
	Doc      periods.Document
	Head     periods.Letterhead
	Text     string                  // what the page says of itself
	At       func(ref string) string // where the rows of a figure are; "" for none
	Result   int                     // the column of the table whose figures open their rows
	Edit     view.NavItem            // writes what stands around it; none for whoever does not
	Template view.NavItem            // the template of its owner; none for whoever does not manage it
	Empty    string                  // what stands around it and is not written yet; "" for nothing
	Later    string                  // what came after the lock; "" for nothing
	LaterN   int
}

// askedPaper is the paper that an address asks for; NotFound for what is no period.
func askedPaper(c *fiber.Ctx) (q periods.Query, err error) {
	p, ok := period.Parse(c.Params("period"))
	if !ok {
		return q, registry.E(registry.NotFound, "error.not_found")
	}
	q = periods.Query{Form: period.CommuneForm, Period: p}
	q.Province, err = readProvince(c.Query("tinh"))
	return q, err
}

func paperHref(p period.Period, province registry.AreaRef) string {
	return view.Query(paperRoot+"/"+p.String(), "tinh", province.String())
}

func (s *Door) showPaper(c *fiber.Ctx) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	paper, err := s.App.Periods.Paper(c.UserContext(), frame.Actor(c), q)
	if err != nil {
		return err
	}
	o := paper.Communes
	own, tail := paperRoot+"/"+q.Period.String(), view.Query("", "tinh", o.Province.String())
	p := paperPage{Base: s.OfficePage(c, "paper.title"), Doc: paper.Document(), Result: 2, At: func(ref string) string {
		if ref == "" {
			return ""
		}
		return own + "/so/" + ref + tail
	}}
	p.Head, p.Text = p.Doc.Letterhead(), p.T("paper.page_text")
	p.Crumb = view.NavItem{Href: overviewHref(period.Key{Form: period.CommuneForm, Period: q.Period}, o.Province), Label: p.T("period.title")}
	p.Chip = view.Chip{Class: "wait", Icon: "pencil", Label: p.T("paper.page_draft")}
	if !paper.Draft {
		p.Chip = view.Chip{Class: "go", Icon: "lock", Label: p.T("paper.page_final")}
	}
	p.Said = view.SaidLine(periodName(p.Base, q.Period), p.T("paper.communes", o.Filed, len(o.Rows)), p.T("period.until", vn.ShowDate(q.Period.LastDay())))
	p.files(own, tail)
	p.templates(own, tail, paper.Filled, paper.Writes())
	if paper.Cover.Signed() && !paper.Draft {
		p.Chip.Label = p.T("paper.page_signed", paper.Cover.Number, vn.ShowDate(paper.Cover.SignedOn))
	}
	if paper.Writes() {
		p.Edit = view.NavItem{Href: own + "/sua" + tail, Label: p.T("paper.edit")}
	}
	if p.LaterN = len(o.Addenda); p.LaterN > 0 {
		p.Later = p.Crumb.Href + "#bo-sung"
	}
	return s.Render(c, frame.LayoutOffice, "periods/paper", p)
}

// files are the forms in which a paper is had.
func (p *paperPage) files(own, tail string) {
	for _, form := range []string{"pdf", "docx", "xlsx"} {
		p.Files = append(p.Files, view.FilterLink{Href: own + "/tep/" + form + tail, Label: strings.ToUpper(form)})
	}
}

// templates adds the paper in the template of its owner where there is one, and leads whoever
// manages templates for it to them.
func (p *paperPage) templates(own, tail string, has, manages bool) {
	if has {
		p.Files = append(p.Files, view.FilterLink{Href: own + view.TemplatePath + view.FilledPath + tail, Label: p.T("template.filled")})
	}
	if manages {
		p.Template = view.NavItem{Href: own + view.TemplatePath + tail, Label: p.T("template.title")}
	}
}

// paperFile sends the paper of a period as a file.
func (s *Door) paperFile(c *fiber.Ctx) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	f, err := s.App.Periods.PaperFile(c.UserContext(), frame.Actor(c), q, c.Params("form"))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// figurePage is a figure of a paper, unit by unit.
type figurePage struct {
	rowsPage
	Units []unitLine
}

// unitLine is what a unit has reported of a figure; Href is "" where it opens nothing.
type unitLine struct{ Href, Name, Note, N string }

func (s *Door) showPaperFigure(c *fiber.Ctx) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	q.Form = period.FormCode(c.Params("sheet"))
	f, err := s.App.Periods.PaperFigure(c.UserContext(), frame.Actor(c), q, period.Code(c.Params("figure")))
	if err != nil {
		return err
	}
	name := f.Figure.Text(frame.Lang(c))
	p := figurePage{rowsPage: rowsPage{Base: s.OfficePage(c, "paper.figure_title", name), Back: paperHref(q.Period, f.Province), Hidden: f.Hidden, Column: name}}
	p.Kicker = view.SaidLine(p.T("paper.title"), periodName(p.Base, q.Period))
	p.Heading = p.T("paper.figure_heading", name, shown(p.Base, f.Figure, f.Sum), p.T("paper.units."+string(q.Form), f.Filed, len(f.Rows)))
	if f.Own != nil {
		own := unitLine{"", p.T("period.own"), p.T("period.own_note"), shown(p.Base, f.Figure, f.Own.Values)}
		if len(f.Lines) > 0 {
			own.Href = "#cap-tinh"
		}
		p.Units = append(p.Units, own)
	}
	for _, row := range f.Rows {
		p.Units = append(p.Units, p.unit(f, row))
	}
	for _, l := range f.Lines {
		p.Lines = append(p.Lines, p.line(frame.Actor(c), periods.Rows{Figure: f.Figure, Hidden: f.Hidden}, l))
	}
	return s.Render(c, frame.LayoutOffice, "periods/paper_figure", p)
}

// unit is what a unit has reported, with a way to its rows.
func (p *figurePage) unit(f periods.PaperFigure, row periods.Row) unitLine {
	k := period.Key{Form: f.Query.Form, Period: f.Query.Period, Unit: row.Key}
	if !row.Filed {
		return unitLine{href(k), row.Name, "", p.T("paper.not_filed")}
	}
	at, note := href(k), ""
	value := row.Values[f.Figure.Code]
	if value.Typed {
		note = p.T("period.typed")
	} else if value.N != 0 {
		at += "/dong/" + string(f.Figure.Code)
	}
	return unitLine{at, row.Name, note, shown(p.Base, f.Figure, row.Values)}
}
