package procurement

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// registerPage is what bodies bought in a period, and who has not reported.
type registerPage struct {
	view.Base
	view.Form
	Kicker   string
	Heading  string
	Enter    string // address of the form; "" for whoever enters nothing
	Manages  bool
	Spans    []view.FilterLink
	Narrowed []view.FilterLink // filters in force; each leads to the register without it
	Across   int
	Groups   []groupLine
	Sum      groupLine
	Missing  []missingLine
	Chase    string // text to send to those who have not reported
	Rows     []rowLine
	Empty    view.Empty
	Prev     string
	Next     string
	Close    *closing
}

// groupLine is a group of goods with its figures in words.
type groupLine struct{ Name, Href, Total, Domestic, Share, Before string }

// missingLine is a body that has not reported.
type missingLine struct{ Name, Href, Phone, Tel, Enter string }

// rowLine is a report as the register shows it.
type rowLine struct {
	Href, Number, Body, Period, Group, Total, Domestic, Share string
	Struck                                                    bool
}

// closing closes the period of the page, or opens it again.
type closing struct {
	Area, Year, Part string
	Closed           string // when, by whom and why; "" is open
	Effect           string
	Fields           []view.Field
}

// showRegister shows the register of a period.
func (s *Door) showRegister(c *fiber.Ctx) error {
	return s.register(c, s.readAsked(c), procurement.CloseInput{}, nil)
}

func (s *Door) register(c *fiber.Ctx, a asked, sent procurement.CloseInput, fault error) error {
	r, err := s.App.Procurement.Register(c.UserContext(), frame.Actor(c), a.query())
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(r.Rows))
	p := registerPage{Base: s.OfficePage(c, "procurement.title"), Manages: r.Manages}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	narrowed := a
	if p.Narrowed = s.narrowed(c, p.Base, &narrowed, r); narrowed != a { // a filter that names nothing counts as none
		a = narrowed
		if r, err = s.App.Procurement.Register(c.UserContext(), frame.Actor(c), a.query()); err != nil {
			return err
		}
	}
	p.Kicker, p.Heading = kicker(p.Base, a, s.App.Today()), heading(p.Base, r)
	if r.Enters {
		p.Enter = view.Query(enterRoot, "nam", yearText(a.year), "ky", a.part, "co-quan", a.body)
	}
	p.Spans, p.Across = spans(p.Base, a), r.Across
	p.figures(a, r)
	p.missing(a, r)
	for _, row := range r.Rows {
		p.Rows = append(p.Rows, newRow(p.Base, row, r.All))
	}
	p.Empty = view.Empty{Icon: "package", Title: p.T("procurement.none"), Text: p.T("procurement.none_text")}
	p.pages(a, len(r.Rows), r.N)
	p.closing(a, r, sent, s.App.Today())
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/register", p)
}

// heading is the answer of the page: the share of domestic goods, and how many reported.
func heading(b view.Base, r procurement.Register) string {
	share, ok := r.Total.Share()
	said := b.T("procurement.no_share")
	if ok {
		said = b.T("procurement.share_of", b.T("procurement.per_cent", share/10, share%10))
	}
	if r.Due == 0 {
		return said
	}
	return b.T("procurement.heading", said, r.Sent(), r.Due)
}

func kicker(b view.Base, a asked, today string) string {
	text := b.T("procurement.title") + " · " + periodName(b, a.period())
	if p := a.period(); p.FirstDay() <= today && today <= p.LastDay() {
		text += ", " + b.T("communication.until", view.ShortDate(today))
	}
	return text
}

// figures are the groups of goods with their shares, and all together.
func (p *registerPage) figures(a asked, r procurement.Register) {
	line := func(name, href string, sum, before committee.ProcurementSum) groupLine {
		return groupLine{name, href, vn.Dong(sum.Total), vn.Dong(sum.Domestic), perCent(p.Base, sum.Domestic, sum.Total), perCent(p.Base, before.Domestic, before.Total)}
	}
	for _, g := range r.Groups {
		p.Groups = append(p.Groups, line(groupName(p.Base, g.GoodsGroup), a.with(func(a *asked) { a.group = string(g.ID) }), g.Sum, g.Before))
	}
	p.Sum = line("", "", r.Total, r.Before)
}

// missing are the bodies that have not reported, and the text that reminds them.
func (p *registerPage) missing(a asked, r procurement.Register) {
	for _, b := range r.Missing {
		line := missingLine{Name: b.Name, Phone: vn.ShowPhone(b.Phone)}
		if b.Phone != "" {
			line.Tel = "tel:" + b.Phone
		}
		if b.Writes {
			line.Enter = view.Query(enterRoot, "co-quan", string(b.ID), "nam", yearText(a.year), "ky", a.part)
		}
		p.Missing = append(p.Missing, line)
	}
	p.Chase = p.T("procurement.chase_text", strings.ToLower(periodName(p.Base, a.period())))
}

func newRow(b view.Base, r procurement.Row, groups []committee.GoodsGroup) rowLine {
	g, _ := committee.GoodsGroupByID(groups, r.Group)
	return rowLine{Href: reportHref(r.ID), Number: r.Number(), Body: r.BodyName, Period: periodName(b, r.Period), Group: groupName(b, g), Total: vn.Dong(r.Total),
		Domestic: vn.Dong(r.Domestic), Share: perCent(b, r.Domestic, r.Total), Struck: r.Struck()}
}

// pages links the pages before and after.
func (p *registerPage) pages(a asked, rows, n int) {
	if a.page > 0 {
		before := a
		before.page--
		p.Prev = before.href()
	}
	if a.page*rowsShown+rows < n {
		after := a
		after.page++
		p.Next = after.href()
	}
}

// closing offers to close the period to whoever manages its unit, with what that does.
func (p *registerPage) closing(a asked, r procurement.Register, sent procurement.CloseInput, today string) {
	if !r.Manages || r.FirstDay() > today {
		return
	}
	p.Close = &closing{Area: r.Unit, Year: yearText(a.year), Part: string(r.Part)}
	if c := r.Closing; c != nil {
		p.Close.Closed = p.T("procurement.closed_on", vn.ShowDate(vn.DateOf(time.UnixMilli(c.At))), c.By, c.Reason)
		if c.Period.Part != r.Part || c.Area != r.Unit { // closed with more: it is opened there
			p.Close.Part = ""
		}
		return
	}
	p.Close.Effect = p.T("procurement.close_effect", len(r.Missing), r.Total.Rows)
	p.Close.Fields = p.Take(
		view.Field{Name: "reason", Label: p.T("procurement.field.close_reason"), Hint: p.T("procurement.field.close_reason.hint"), Value: sent.Reason,
			Max: committee.MaxProcurementReason, Required: true},
		view.Field{Name: "sure", Type: "checkbox", Label: p.T("procurement.field.sure"), Value: view.Ticked(sent.Sure)})
}

// spans are the years and the parts of the year as links.
func spans(b view.Base, a asked) []view.FilterLink {
	links := []view.FilterLink{
		{Href: a.with(func(a *asked) { a.year--; a.part = "" }), Label: yearText(a.year - 1)},
		{Href: a.with(func(a *asked) { a.part = "" }), Label: b.T("register.whole_year", yearText(a.year)), Current: a.part == ""},
	}
	for _, part := range committee.Parts[:len(committee.Parts)-1] {
		links = append(links, view.FilterLink{Href: a.with(func(a *asked) { a.part = string(part) }), Label: b.T("period.part." + string(part)), Current: a.part == string(part)})
	}
	return append(links, view.FilterLink{Href: a.with(func(a *asked) { a.year++; a.part = "" }), Label: yearText(a.year + 1)})
}

// narrowed are the filters in force. One that names nothing is told as not understood, and
// taken out of what is asked.
func (s *Door) narrowed(c *fiber.Ctx, b view.Base, a *asked, r procurement.Register) (links []view.FilterLink) {
	add := func(name, label string, without func(*asked)) {
		if label == "" {
			frame.CannotRead(c, name)
			without(a)
			return
		}
		links = append(links, view.FilterLink{Href: a.with(without), Label: label, Current: true})
	}
	if a.group != "" {
		label := ""
		if g, ok := committee.GoodsGroupByID(r.All, committee.GoodsGroupID(a.group)); ok {
			label = groupName(b, g)
		}
		add("nhom", label, func(a *asked) { a.group = "" })
	}
	if a.body != "" {
		label := ""
		for _, body := range r.Bodies {
			if string(body.ID) == a.body {
				label = body.Name
			}
		}
		add("co-quan", label, func(a *asked) { a.body = "" })
	}
	if a.area != "" {
		add("don-vi", s.AreaName(frame.TodaysUnit(a.area)), func(a *asked) { a.area = "" })
	}
	return links
}

// export sends what the address asks for as a file.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Procurement.File(c.UserContext(), frame.Actor(c), s.readAsked(c).query(), ask.Form, ask.Lang)
	})
}

// closePeriod closes a period.
func (s *Door) closePeriod(c *fiber.Ctx) error {
	var in procurement.CloseInput
	err := frame.Bind(c, &in)
	if err == nil {
		err = s.App.Procurement.Close(c.UserContext(), frame.Actor(c), in)
	}
	return s.moved(c, in, err, "procurement.flash.closed")
}

// reopenPeriod opens a period again.
func (s *Door) reopenPeriod(c *fiber.Ctx) error {
	var in procurement.CloseInput
	err := frame.Bind(c, &in)
	if err == nil {
		err = s.App.Procurement.Reopen(c.UserContext(), frame.Actor(c), in)
	}
	return s.moved(c, in, err, "procurement.flash.reopened")
}

// moved leads back to the register of the period, or shows on it what was wrong.
func (s *Door) moved(c *fiber.Ctx, in procurement.CloseInput, err error, flash string) error {
	a := asked{year: in.Year, part: in.Part, area: in.Area}
	if in.Part == string(committee.WholeYear) {
		a.part = ""
	}
	if err != nil {
		return s.register(c, a, in, err)
	}
	frame.Flash(c, flash)
	return c.Redirect(a.href(), fiber.StatusSeeOther)
}
