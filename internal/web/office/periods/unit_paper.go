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

// unitPaperPath follows the address of a report.
const unitPaperPath = "/van-ban"

// showUnitPaper shows the report of a unit as the paper that it signs.
func (s *Door) showUnitPaper(c *fiber.Ctx) error {
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	paper, err := s.App.Periods.UnitPaper(c.UserContext(), frame.Actor(c), k)
	if err != nil {
		return err
	}
	own := href(k) + unitPaperPath
	p := paperPage{Base: s.OfficePage(c, "paper.unit_title"), Doc: paper.Document(), Result: 1, At: rowsOf(paper.Report, k)}
	p.Head, p.Text = p.Doc.Letterhead(), p.T("paper.unit_page_text")
	p.Crumb = view.NavItem{Href: href(k), Label: paper.Report.Unit.Name}
	p.Chip = view.Chip{Class: "wait", Icon: "pencil", Label: p.T("paper.unit_page_draft")}
	if !paper.Draft {
		p.Chip = view.Chip{Class: "go", Icon: "circle-check", Label: p.T("paper.unit_page_final")}
	}
	if paper.Cover.Signed() && !paper.Draft {
		p.Chip.Label = p.T("paper.page_signed", paper.Cover.Number, vn.ShowDate(paper.Cover.SignedOn))
	}
	p.Said = view.SaidLine(periodName(p.Base, k.Period), p.T("period.until", vn.ShowDate(k.Period.LastDay())))
	p.files(own, "")
	p.templates(own, "", paper.Filled, paper.Owners.Writes())
	if paper.Writes() {
		p.Edit = view.NavItem{Href: own + "/sua", Label: p.T("paper.unit_edit")}
	}
	if p.LaterN = len(paper.Report.Addenda); p.LaterN > 0 {
		p.Later = href(k) + "#ngoai-le"
	}
	return s.Render(c, frame.LayoutOffice, "periods/paper", p)
}

// rowsOf tells where the rows of a figure are, as the page of the report does.
func rowsOf(f periods.File, k period.Key) func(ref string) string {
	return func(ref string) string {
		_, code, _ := strings.Cut(ref, "/")
		if value, known := f.Counted[period.Code(code)]; known && value.N != 0 {
			return href(k) + "/dong/" + code
		}
		return ""
	}
}

// unitPaperFile sends the paper of a report as a file.
func (s *Door) unitPaperFile(c *fiber.Ctx) error {
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	f, err := s.App.Periods.UnitPaperFile(c.UserContext(), frame.Actor(c), k, c.Params("form"))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

func (s *Door) editUnitCover(c *fiber.Ctx) error { return s.unitCoverForm(c, nil, nil) }

// unitCoverForm shows the form of what stands around the paper of a report, as it was sent where
// that was refused.
func (s *Door) unitCoverForm(c *fiber.Ctx, sent *periods.HeadInput, fault error) error {
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	paper, err := s.App.Periods.UnitPaper(c.UserContext(), frame.Actor(c), k)
	if err == nil && !paper.Writes() {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	own := href(k) + unitPaperPath
	p := coverPage{Base: s.OfficePage(c, "paper.unit_edit"), Back: own, Action: own + "/sua", Version: paper.Cover.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Kicker, p.Text = view.SaidLine(paper.Report.Unit.Name, periodName(p.Base, k.Period)), p.T("paper.unit_edit_text")
	p.fillHead(paper.Cover, sent, fault)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/cover", p)
}

// saveUnitCover stores what stands around the paper of a report.
func (s *Door) saveUnitCover(c *fiber.Ctx) error {
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	save := func(in periods.HeadInput) error {
		return s.App.Periods.SaveUnitCover(c.UserContext(), frame.Actor(c), k, in)
	}
	again := func(in *periods.HeadInput, err error) error { return s.unitCoverForm(c, in, err) }
	return saveHead(c, save, again, href(k)+unitPaperPath)
}
