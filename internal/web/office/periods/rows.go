package periods

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowsPage are the rows behind a figure.
type rowsPage struct {
	view.Base
	Back    string
	Kicker  string
	Heading string
	Column  string
	Lines   []rowLine
	Hidden  bool
	Empty   view.Empty
}

// rowLine is a row behind a figure.
type rowLine struct{ Href, Label, Source, Day, N string }

func (s *Door) showRows(c *fiber.Ctx) error {
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	r, err := s.App.Periods.Rows(c.UserContext(), frame.Actor(c), k, period.Code(c.Params("figure")))
	if err != nil {
		return err
	}
	p := rowsPage{Base: s.OfficePage(c, "period.rows_title", r.Figure.Text(frame.Lang(c))), Back: href(k), Hidden: r.Hidden, Column: r.Figure.Text(frame.Lang(c))}
	p.Kicker = view.SaidLine(r.Unit.Name, periodName(p.Base, k.Period))
	p.Heading = p.T("period.rows_heading", r.Figure.Text(p.Lang), shown(p.Base, r.Figure, period.Values{r.Figure.Code: r.Sum}), len(r.Lines))
	for _, l := range r.Lines {
		p.Lines = append(p.Lines, p.line(frame.Actor(c), r, l))
	}
	p.Empty = view.Empty{Icon: "list", Title: p.T("period.no_rows"), Text: p.T("period.no_rows_text")}
	return s.Render(c, frame.LayoutOffice, "periods/rows", p)
}

// line is a row behind a figure.
func (p *rowsPage) line(reader registry.Actor, r periods.Rows, l period.Line) rowLine {
	row := rowLine{Href: rowHref(reader, l), Label: l.Label, Source: p.T("period.source." + l.Source), N: p.rowSays(r, l)}
	if l.Day != "" {
		row.Day = vn.ShowDate(l.Day)
	}
	return row
}

// rowSays is what a row adds; of a share the part and the whole.
func (p *rowsPage) rowSays(r periods.Rows, l period.Line) string {
	f := r.Figure
	switch {
	case r.Hidden:
		return "–"
	case f.Unit == period.Share:
		return vn.Dong(l.Adds[f.Part]) + " / " + vn.Dong(l.Adds[f.Of])
	case f.Unit == period.Dong:
		return vn.Dong(l.Adds[f.Code])
	}
	return vn.Count(l.Adds[f.Code])
}

// rowPages are the pages of rows, by the register that they are of, and who may open them.
var rowPages = map[string]struct {
	right  registry.Right
	before string
}{
	"event": {registry.ViewOffice, "/quan-ly/su-kien/"}, "communication": {registry.ViewTasks, "/quan-ly/tuyen-truyen/"},
	"inspection": {registry.ViewTasks, view.InspectionsRoot + "/"}, "tip": {registry.ManageTips, "/quan-ly/phan-anh/"},
	"supervision": {registry.ViewTasks, view.SupervisionRoot + "/"}, "support": {registry.ViewPlan, "/quan-ly/ho-tro/"},
	"matching": {registry.ViewPlan, "/quan-ly/ho-tro/ket-noi/"}, "procurement": {registry.ViewTasks, "/quan-ly/mua-sam/"},
	"place": {registry.ViewPlan, "/quan-ly/diem-ban/"}, "task": {registry.ViewTasks, "/quan-ly/nhiem-vu/"},
}

// rowHref is the page of a row; "" for whoever may not open it.
func rowHref(reader registry.Actor, l period.Line) string {
	if at := rowPages[l.Source]; reader.CanSomewhere(at.right) {
		return at.before + view.QueryEscape(l.ID)
	}
	return ""
}
