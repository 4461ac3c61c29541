package procurement

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// reportForm is the form of a report as it is sent.
type reportForm struct {
	procurement.Input
	Over int64 `form:"over"`
}

// formPage is the form of a report, or of its correction.
type formPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	Lead    string // what is being corrected
	Version int64
	New     bool
	Of      []view.Field // whose report it is, of what: of a new one alone
	Fields  []view.Field
	Small   string // the photo that it has
	Twin    view.NavItem
	Stale   *view.Stale
}

// shown is what a page of the form shows: the report that it corrects, what was typed and
// what is wrong with it.
type shown struct {
	form reportForm
	file *procurement.Report
	twin committee.Purchase // that is there already
	err  error
}

// readForm reads the form with its photo, whatever becomes of which the words are kept.
func (s *Door) readForm(c *fiber.Ctx, share *frame.Share) (x shown) {
	x.form.Photo, x.err = s.ReadPhotoForm(c, share, &x.form)
	x.form.Version = view.ReadAt(x.form.Version, x.form.Over)
	return x
}

// reshow shows a form again that was not stored; what cannot stand on it is answered by
// itself.
func (s *Door) reshow(c *fiber.Ctx, x shown) error {
	p := formPage{Base: s.OfficePage(c, "procurement.enter_title"), Action: enterRoot, Back: root, New: true, Version: x.form.Version}
	if x.file != nil {
		p.Base = s.OfficePage(c, "procurement.fix_title", x.file.Number())
		p.Action, p.Back, p.New = reportHref(x.file.ID)+"/sua", reportHref(x.file.ID), false
		p.Lead = view.SaidLine(x.file.BodyName, periodName(p.Base, x.file.Period), groupName(p.Base, x.file.Group))
	}
	status, err := frame.NoteFaultOfPhoto(c, &p.Base, &p.Form, x.err, x.form.Photo)
	if err != nil {
		return err
	}
	if p.New {
		ch, err := s.App.Procurement.Choices(c.UserContext(), frame.Actor(c))
		if err != nil {
			return err
		}
		p.of(x.form, ch)
	}
	p.draw(x)
	if x.twin.ID != "" {
		p.Twin = view.NavItem{Href: reportHref(x.twin.ID), Label: p.T("procurement.open_twin", x.twin.Number(), periodName(p.Base, x.twin.Period))}
	}
	if view.IsStale(x.err) && x.file != nil {
		theirs := formPage{Base: p.Base}
		theirs.draw(shown{form: reportForm{Input: procurement.InputOf(x.file.Purchase)}, file: x.file})
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, theirs.Fields)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/form", p)
}

// of draws whose report it is, for which period and goods.
func (p *formPage) of(f reportForm, ch procurement.Choices) {
	label := func(name string) string { return p.T("procurement.field." + name) }
	bodies := make([]view.Option, 0, len(ch.Bodies)+1)
	if len(ch.Bodies) != 1 {
		bodies = append(bodies, view.Option{Label: p.T("procurement.choose_body")})
	}
	for _, b := range ch.Bodies {
		bodies = append(bodies, view.Option{Value: string(b.ID), Label: b.Name, Selected: string(b.ID) == f.Body})
	}
	groups := []view.Option{{Label: p.T("procurement.choose_group")}}
	for _, g := range ch.Groups {
		groups = append(groups, view.Option{Value: string(g.ID), Label: groupName(p.Base, g), Selected: string(g.ID) == f.Group})
	}
	p.Of = p.Take(
		view.Field{Name: "body", Type: "select", Label: label("body"), Options: bodies},
		view.Field{Name: "part", Type: "select", Label: label("part"), Options: view.Options(p.Base, "period.part.", committee.Parts, f.Part)},
		view.Field{Name: "year", Type: "number", Label: label("year"), Value: f.Year, Required: true},
		view.Field{Name: "group", Type: "select", Label: label("group"), Options: groups})
}

// draw draws the figures and what bears them out.
func (p *formPage) draw(x shown) {
	f := x.form
	label := func(name string) string { return p.T("procurement.field." + name) }
	hint := func(name string) string { return p.T("procurement.field." + name + ".hint") }
	p.Fields = p.Take(
		view.Field{Name: "total", Type: "money", Label: label("total"), Hint: hint("total"), Value: f.Total, Required: true},
		view.Field{Name: "domestic", Type: "money", Label: label("domestic"), Hint: hint("domestic"), Value: f.Domestic, Required: true},
		view.Field{Name: "paper", Label: label("paper"), Hint: hint("paper"), Value: f.Paper, Max: committee.MaxProcurementPaper},
		view.PhotoField(p.Base, "photo", "procurement.field.photo"))
	if x.file != nil && x.file.Photo != "" {
		p.Small = reportHref(x.file.ID) + "/anh/nho"
		p.Fields = append(p.Fields, p.TakeOne(view.Field{Name: "drop_photo", Type: "checkbox", Label: label("drop_photo"), Value: view.Ticked(f.DropPhoto)}))
	}
	p.Fields = append(p.Fields, p.TakeOne(view.Field{Name: "note", Type: "textarea", Label: label("note"), Value: f.Note, Rows: 2, Max: committee.MaxProcurementNote}))
	if x.file != nil {
		p.Fields = append(p.Fields, p.TakeOne(view.Field{Name: "reason", Label: label("reason"), Hint: hint("reason"), Value: f.Reason,
			Max: committee.MaxProcurementReason, Required: true}))
	}
}

// showEnter shows the form of a new report: of the quarter that is over, of the only body.
func (s *Door) showEnter(c *fiber.Ctx) error {
	over := committee.QuarterOver(s.App.Today())
	f := reportForm{Input: procurement.Input{Year: yearText(over.Year), Part: string(over.Part), Body: c.Query("co-quan")}}
	if year := s.askedYear(c); c.Query("nam") != "" && year != over.Year { // a year that is over is reported whole
		f.Year, f.Part = yearText(year), string(committee.WholeYear)
	}
	if part := frame.OneOf(c, "ky", committee.Parts...); part != "" {
		f.Part = string(part)
	}
	return s.reshow(c, shown{form: f})
}

// enter writes a report.
func (s *Door) enter(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if x.err == nil {
		var p committee.Purchase
		if p, x.twin, x.err = s.App.Procurement.Enter(c.UserContext(), frame.Actor(c), x.form.Input); x.err == nil {
			frame.Flash(c, "procurement.flash.entered")
			return c.Redirect(reportHref(p.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshow(c, x)
}

// writable is the report that an address names, for whoever may correct it.
func (s *Door) writable(c *fiber.Ctx) (*procurement.Report, error) {
	f, err := s.App.Procurement.Report(c.UserContext(), frame.Actor(c), reportParam(c))
	return frame.Writable(f, f.Writes, err)
}

// showFix shows the form that corrects a report.
func (s *Door) showFix(c *fiber.Ctx) error {
	f, err := s.writable(c)
	if err != nil {
		return err
	}
	return s.reshow(c, shown{form: reportForm{Input: procurement.InputOf(f.Purchase)}, file: f})
}

// fix corrects a report. Where a colleague was quicker, the two are compared.
func (s *Door) fix(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if x.err == nil {
		if x.err = s.App.Procurement.Fix(c.UserContext(), frame.Actor(c), reportParam(c), x.form.Input); x.err == nil {
			frame.Flash(c, "procurement.flash.fixed")
			return c.Redirect(reportHref(reportParam(c)), fiber.StatusSeeOther)
		}
	}
	f, err := s.App.Procurement.Report(c.UserContext(), frame.Actor(c), reportParam(c))
	if err != nil {
		return err
	}
	if !f.Writes { // struck out or closed meanwhile: its page says so
		return x.err
	}
	x.file = &f
	return s.reshow(c, x)
}

// reportPage is a report with what was corrected.
type reportPage struct {
	view.Base
	view.Form
	Report procurement.Report
	Root   string
	Lead   string
	Chips  []view.Chip
	Facts  []view.SummaryRow
	Fixes  []fixLine
	Photo  string
	Next   string // address of the form for another group of the same period
	Reason view.Field
}

// fixLine is a correction in words.
type fixLine struct{ When, Text, Reason string }

// showReport shows a report.
func (s *Door) showReport(c *fiber.Ctx) error { return s.reportPage(c, "", nil) }

func (s *Door) reportPage(c *fiber.Ctx, reason string, fault error) error {
	r, err := s.App.Procurement.Report(c.UserContext(), frame.Actor(c), reportParam(c))
	if err != nil {
		return err
	}
	p := reportPage{Base: s.OfficePage(c, "procurement.file_title", r.BodyName, perCent(s.Page(c, "procurement.title"), r.Domestic, r.Total)), Report: r, Root: reportHref(r.ID)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Lead = view.SaidLine(periodName(p.Base, r.Period), groupName(p.Base, r.Group))
	switch {
	case r.Struck():
		p.Chips = append(p.Chips, view.Chip{Class: "off", Icon: "x", Label: p.T("procurement.state.struck")})
	case r.Closed:
		p.Chips = append(p.Chips, view.Chip{Class: "off", Icon: "lock", Label: p.T("procurement.state.closed")})
	}
	p.Facts = s.facts(p.Base, r)
	for _, f := range r.Fixes {
		p.Fixes = append(p.Fixes, fixLine{view.ShowInstant(f.At) + " · " + f.By, p.T("procurement.was", vn.Dong(f.Total), vn.Dong(f.Domestic)), f.Reason})
	}
	if r.Photo != "" {
		p.Photo = p.Root + "/anh"
	}
	if r.Writes {
		p.Next = view.Query(enterRoot, "co-quan", string(r.Body), "nam", yearText(r.Period.Year), "ky", string(r.Period.Part))
	}
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("procurement.field.reason"), Hint: p.T("procurement.field.strike_reason.hint"), Value: reason,
		Max: committee.MaxProcurementReason, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/report", p)
}

// facts are what is said about a report, without what is not.
func (s *Door) facts(b view.Base, r procurement.Report) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("procurement.field." + name), Value: value})
		}
	}
	add("number", r.Number())
	add("body", view.SaidLine(r.BodyName, s.AreaName(r.Area)))
	add("part", periodName(b, r.Period))
	add("group", groupName(b, r.Group))
	add("total", vn.Dong(r.Total))
	add("domestic", vn.Dong(r.Domestic))
	add("share", perCent(b, r.Domestic, r.Total))
	add("paper", r.Paper)
	add("note", r.Note)
	add("entered", b.T("register.entered", r.EnteredAs, view.ShowTime(r.EnteredAt)))
	if r.Struck() {
		add("struck", b.T("register.struck_by", r.StruckAs, view.ShowTime(r.StruckAt), r.StruckWhy))
	}
	return rows
}

// strike strikes a report out.
func (s *Door) strike(c *fiber.Ctx) error {
	var form struct {
		Version int64  `form:"version"`
		Reason  string `form:"reason"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Procurement.Strike(c.UserContext(), frame.Actor(c), reportParam(c), form.Version, form.Reason)
	}
	if err != nil {
		return s.reportPage(c, form.Reason, err)
	}
	frame.Flash(c, "procurement.flash.struck")
	return c.Redirect(reportHref(reportParam(c)), fiber.StatusSeeOther)
}

// photo sends the photo of the paper of a report.
func (s *Door) photo(c *fiber.Ctx) error {
	f, err := s.App.Procurement.Photo(c.UserContext(), frame.Actor(c), reportParam(c), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	return c.Send(f.Data)
}
