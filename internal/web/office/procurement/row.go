package procurement

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowPage is a row of a register with what is said of it.
type rowPage struct {
	view.Base
	view.Form
	Home    view.NavItem
	Kicker  string
	Heading string
	Root    string
	Chips   []view.Chip
	Facts   []view.SummaryRow
	Vendor  string // address of the vendor of the program
	Follow  []followUp
	Version int64
	Writes  bool
	Struck  bool
	Reason  view.Field
}

// followUp is a time at which it is asked what became of a matching.
type followUp struct {
	Months  int
	Due     string
	Late    bool
	Chip    view.Chip
	Result  string
	Fields  []view.Field
	Changes bool // it was told, and may be told anew
}

// striking ends a page by which a row is struck out, or counted again.
func (p *rowPage) striking(s committee.Struck, typed string) {
	if p.Struck = s.Is(); p.Struck {
		p.Chips = append(p.Chips, view.Chip{Class: "off", Icon: "x", Label: p.T("communication.state.struck")})
		p.Facts = append(p.Facts, view.SummaryRow{Label: p.T("communication.field.struck"), Value: p.T("register.struck_by", s.By, view.ShowTime(s.At), s.Why)})
	}
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("communication.field.reason"), Hint: p.T("procurement.field.strike_row.hint"), Value: typed,
		Max: committee.MaxSupportReason, Required: true})
}

// factAdder adds facts of a concept that are said.
func (p *rowPage) factAdder(concept string) func(name, value string) {
	return func(name, value string) {
		if value != "" {
			p.Facts = append(p.Facts, view.SummaryRow{Label: p.T(concept + ".field." + name), Value: value})
		}
	}
}

// showSupport shows support.
func (s *Door) showSupport(c *fiber.Ctx) error { return s.supportPage(c, "", nil) }

func (s *Door) supportPage(c *fiber.Ctx, typed string, fault error) error {
	f, err := s.App.Procurement.Support(c.UserContext(), frame.Actor(c), supportParam(c))
	if err != nil {
		return err
	}
	p := rowPage{Base: s.OfficePage(c, "support.file_title", f.Producer.Name), Kicker: f.Number(), Root: supportHref(f.ID), Version: f.Version, Writes: f.Writes}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Home = view.NavItem{Href: supportRoot, Label: p.T("support.title")}
	p.Heading = p.T("support.said", f.Producer.Name, p.T("support.kind."+string(f.Kind)))
	if f.Producer.Vendor != "" {
		p.Vendor = view.VendorFile(f.Producer.Vendor)
	}
	if f.Result == "" && f.Over(s.App.Today()) && !f.Struck.Is() {
		p.Chips = append(p.Chips, view.Chip{Class: "wait", Icon: "clock", Label: p.T("support.no_result")})
	}
	add := p.factAdder("support")
	add("producer", f.Producer.Name)
	add("area", s.UnitName(f.Area, f.From))
	add("kind", p.T("support.kind."+string(f.Kind)))
	add("provider", f.BodyName+f.Provider)
	add("what", f.What)
	if f.Amount > 0 {
		add("amount", vn.Dong(f.Amount))
	}
	add("days", supportDays(p.Base, f.SupportGiven))
	add("result", f.Result)
	add("paper", f.Paper)
	add("entered", p.T("register.entered", f.Entered.As, view.ShowTime(f.Entered.At)))
	p.striking(f.Struck, typed)
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/row", p)
}

// strikeForm strikes a row out, or counts it again.
type strikeForm struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
}

// strikeSupport strikes support out, or counts it again.
func (s *Door) strikeSupport(restore bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form strikeForm
		err := frame.Bind(c, &form)
		if err == nil {
			err = s.App.Procurement.StrikeSupport(c.UserContext(), frame.Actor(c), supportParam(c),
				procurement.StrikeInput{Version: form.Version, Reason: form.Reason, Restore: restore})
		}
		if err != nil {
			return s.supportPage(c, form.Reason, err)
		}
		frame.Flash(c, strikeFlash(restore))
		return c.Redirect(supportHref(supportParam(c)), fiber.StatusSeeOther)
	}
}

func strikeFlash(restore bool) string {
	if restore {
		return "communication.flash.restored"
	}
	return "communication.flash.struck"
}
