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

// Where the pages of support and of matchings stand.
const (
	supportRoot  = "/quan-ly/ho-tro"
	matchingRoot = supportRoot + "/ket-noi"
)

func supportHref(id registry.SupportID) string { return supportRoot + "/" + string(id) }

func supportParam(c *fiber.Ctx) registry.SupportID { return registry.SupportID(c.Params("support")) }

// supportPage is the support of a year.
type supportPage struct {
	listFrame
	Kinds []kindLine
	Rows  []supportLine
}

// kindLine is a kind of support with its figures in words.
type kindLine struct{ Name, Href, Rows, Producers, Amount string }

// supportLine is support as the list shows it.
type supportLine struct {
	Href, Producer, Note, Kind, Provider, Days, Amount, Result string
	Struck                                                     bool
}

func (s *Door) supportFilter(a askedList) committee.SupportFilter {
	f := committee.SupportFilter{Area: a.area, Year: a.year, Kind: committee.SupportKind(a.kind), Skip: a.page * rowsShown, Limit: rowsShown}
	if a.show == showNoResult {
		f.NoResult = s.App.Today()
	}
	return f
}

// showSupports shows the support of a year.
func (s *Door) showSupports(c *fiber.Ctx) error {
	a := s.readList(c, supportRoot, showNoResult)
	l, err := s.App.Procurement.Supports(c.UserContext(), frame.Actor(c), s.supportFilter(a))
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(l.Rows))
	p := supportPage{listFrame: s.frameOf(c, a, "support.title", l.Enters)}
	all := l.Sums[""]
	p.Heading = p.T("support.heading", vn.Count(all.Producers), vn.Dong(all.Amount))
	p.show(a, showNoResult, p.T("support.no_result_n", l.NoResult))
	for _, k := range committee.SupportKinds {
		if sum, ok := l.Sums[k]; ok {
			p.Kinds = append(p.Kinds, kindLine{p.T("support.kind." + string(k)), a.with(func(a *askedList) { a.kind = string(k) }), vn.Count(sum.Rows),
				vn.Count(sum.Producers), vn.Dong(sum.Amount)})
		}
	}
	for _, row := range l.Rows {
		p.Rows = append(p.Rows, s.supportLine(p.Base, row, l.Names[row.Body]))
	}
	p.Empty = view.Empty{Icon: "hand-coins", Title: p.T("support.none"), Text: p.T("support.none_text")}
	p.pages(a, len(l.Rows), l.N)
	return s.Render(c, frame.LayoutOffice, "procurement/supports", p)
}

func (s *Door) supportLine(b view.Base, g committee.SupportGiven, body string) supportLine {
	l := supportLine{Href: supportHref(g.ID), Producer: g.Producer.Name, Note: view.SaidLine(g.Number(), s.UnitName(g.Area, g.From)), Kind: b.T("support.kind." + string(g.Kind)),
		Provider: body + g.Provider, Days: supportDays(b, g), Amount: "–", Result: g.Result, Struck: g.Struck.Is()}
	if g.Amount > 0 {
		l.Amount = vn.Dong(g.Amount)
	}
	if g.Result == "" && g.Over(s.App.Today()) {
		l.Result = b.T("support.no_result")
	}
	return l
}

func supportDays(b view.Base, g committee.SupportGiven) string {
	if g.Until == "" {
		return b.T("register.since", vn.ShowDate(g.From))
	}
	return vn.ShowRange(g.From, g.Until)
}

// exportSupports sends what the address asks for as a file.
func (s *Door) exportSupports(c *fiber.Ctx) error {
	a := s.readList(c, supportRoot, showNoResult)
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Procurement.SupportTable(c.UserContext(), frame.Actor(c), s.supportFilter(a), ask.Form, ask.Lang)
	})
}

// supportForm is the form of support as it is sent.
type supportForm struct {
	procurement.SupportInput
	AreaText string `form:"area"`
	Over     int64  `form:"over"`
}

// rowForm is a page with the form of a row of a register.
type rowForm struct {
	view.Base
	view.Form
	Action  string
	Back    string
	Home    view.NavItem
	Version int64
	Fields  []view.Field
	Stale   *view.Stale
	Submit  string
}

// sentSupport is a form of support that was not stored: the one that it changes, what was
// typed, what is wrong with it.
type sentSupport struct {
	form  supportForm
	file  *procurement.SupportFile
	place *registry.Error
	err   error
}

func (s *Door) reshowSupport(c *fiber.Ctx, x sentSupport) error {
	p := rowForm{Base: s.OfficePage(c, "support.enter_title"), Action: supportRoot + "/ghi", Back: supportRoot, Version: x.form.Version, Submit: "support.enter"}
	if x.file != nil {
		p.Base = s.OfficePage(c, "support.edit_title", x.file.Number())
		p.Action, p.Back, p.Submit = supportHref(x.file.ID)+"/sua", supportHref(x.file.ID), "register.save"
	}
	p.Home = view.NavItem{Href: supportRoot, Label: p.T("support.title")}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, frame.AtArea(x.err, x.place))
	if err != nil {
		return err
	}
	ch, err := s.App.Procurement.RegisterChoices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p.Fields = p.Take(supportFields(p.Base, x.form, ch, x.file)...)
	if view.IsStale(x.err) && x.file != nil {
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, supportFields(p.Base, s.supportFormOf(x.file.SupportGiven), ch, x.file))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/row_form", p)
}

// supportFields are the fields of the form.
func supportFields(b view.Base, f supportForm, ch procurement.RegisterChoices, file *procurement.SupportFile) []view.Field {
	label := func(name string) string { return b.T("support.field." + name) }
	hint := func(name string) string { return b.T("support.field." + name + ".hint") }
	bodies, offered := []view.Option{{Label: b.T("support.no_body")}}, f.Body == ""
	for _, body := range ch.Bodies {
		bodies = append(bodies, view.Option{Value: string(body.ID), Label: body.Name, Selected: string(body.ID) == f.Body})
		offered = offered || string(body.ID) == f.Body
	}
	if !offered && file != nil && string(file.Body) == f.Body {
		bodies = append(bodies, view.Option{Value: f.Body, Label: file.BodyName, Selected: true})
	}
	return []view.Field{
		{Name: "kind", Type: "radios", Label: label("kind"), Options: view.Options(b, "support.kind.", committee.SupportKinds, f.Kind)},
		{Name: "producer", Label: label("producer"), Hint: hint("producer"), Value: f.Producer, Max: committee.MaxSupportLine, Required: true},
		{Name: "area", Type: "area", Label: label("area"), Value: f.AreaText, Ref: f.Area, On: "since_on", Required: true},
		{Name: "body", Type: "select", Label: label("body"), Options: bodies},
		{Name: "provider", Label: label("provider"), Hint: hint("provider"), Value: f.Provider, Max: committee.MaxSupportLine},
		{Name: "what", Label: label("what"), Hint: hint("what"), Value: f.What, Max: committee.MaxSupportLine},
		{Name: "amount", Type: "money", Label: label("amount"), Hint: hint("amount"), Value: f.Amount},
		{Name: "since_on", Type: "date", Label: label("since_on"), Value: f.Since, Shape: b.T("form.date_shape"), Required: true},
		{Name: "ended_on", Type: "date", Label: label("ended_on"), Hint: hint("ended_on"), Value: f.Ended, Shape: b.T("form.date_shape")},
		{Name: "result", Type: "textarea", Label: label("result"), Hint: hint("result"), Value: f.Result, Rows: 3, Max: committee.MaxSupportText},
		{Name: "paper", Label: label("paper"), Hint: hint("paper"), Value: f.Paper, Max: committee.MaxSupportLine},
	}
}

// supportFormOf fills the form with what is stored.
func (s *Door) supportFormOf(g committee.SupportGiven) supportForm {
	return supportForm{SupportInput: procurement.SupportInputOf(g), AreaText: s.AreaText(g.Area.String(), g.From)}
}

// showEnterSupport shows the form of new support.
func (s *Door) showEnterSupport(c *fiber.Ctx) error {
	ch, err := s.App.Procurement.RegisterChoices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	f := supportForm{SupportInput: procurement.SupportInput{Since: vn.ShowDate(s.App.Today())}}
	if !ch.Area.IsZero() {
		f.Area, f.AreaText = ch.Area.String(), s.AreaName(ch.Area)
	}
	return s.reshowSupport(c, sentSupport{form: f})
}

// enterSupport writes new support.
func (s *Door) enterSupport(c *fiber.Ctx) error {
	var x sentSupport
	x.err = frame.Bind(c, &x.form)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.Since)
	if x.err == nil {
		var g committee.SupportGiven
		if g, x.err = s.App.Procurement.EnterSupport(c.UserContext(), frame.Actor(c), x.form.SupportInput); x.err == nil {
			frame.Flash(c, "support.flash.entered")
			return c.Redirect(supportHref(g.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshowSupport(c, x)
}

// writableSupport is the support that an address names, for whoever may change it.
func (s *Door) writableSupport(c *fiber.Ctx) (*procurement.SupportFile, error) {
	f, err := s.App.Procurement.Support(c.UserContext(), frame.Actor(c), supportParam(c))
	return frame.Writable(f, f.Writes, err)
}

// showEditSupport shows the form of support as it is stored.
func (s *Door) showEditSupport(c *fiber.Ctx) error {
	f, err := s.writableSupport(c)
	if err != nil {
		return err
	}
	return s.reshowSupport(c, sentSupport{form: s.supportFormOf(f.SupportGiven), file: f})
}

// saveSupport corrects support. Where a colleague was quicker, the two are compared.
func (s *Door) saveSupport(c *fiber.Ctx) error {
	var x sentSupport
	x.err = frame.Bind(c, &x.form)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.Since)
	if x.err == nil {
		in := x.form.SupportInput
		in.Version = view.ReadAt(x.form.Version, x.form.Over)
		if x.err = s.App.Procurement.SaveSupport(c.UserContext(), frame.Actor(c), supportParam(c), in); x.err == nil {
			frame.Flash(c, "support.flash.saved")
			return c.Redirect(supportHref(supportParam(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writableSupport(c); gone != nil {
		return gone
	}
	return s.reshowSupport(c, x)
}
