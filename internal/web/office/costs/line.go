package costs

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/costs"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// lineForm is the form of a line as it is sent.
type lineForm struct {
	costs.Input
	Over int64 `form:"over"`
}

// formPage is the form of a line, new or stored.
type formPage struct {
	view.Base
	view.Form
	Action  string
	Back    view.NavItem
	Version int64
	New     bool
	Fields  []view.Field
	Shares  []shareRow
	Shared  bool   // some event has a part, or a part is at fault
	Fault   string // of the shares
	Photo   []view.Field
	Small   string
	Stale   *view.Stale
}

// shareRow is an event with its parts of a line of a plan.
type shareRow struct{ Event, Label, Days, Parts string }

// shown is what a page of the form shows.
type shown struct {
	owner costs.Owner
	form  lineForm
	file  *costs.LineFile
	err   error
}

// readForm reads the form with its photo, whatever becomes of which the words are kept.
func (s *Door) readForm(c *fiber.Ctx, share *frame.Share) (x shown) {
	x.form.Photo, x.err = s.ReadPhotoForm(c, share, &x.form)
	x.form.Version = view.ReadAt(x.form.Version, x.form.Over)
	return x
}

// reshow shows a form again that was not stored; what cannot stand on it is answered by itself.
func (s *Door) reshow(c *fiber.Ctx, x shown) error {
	title, events, err := s.App.Costs.Choices(c.UserContext(), frame.Actor(c), x.owner)
	if err != nil {
		return err
	}
	p := formPage{Base: s.OfficePage(c, "cost.enter_title", title), Action: bookHref(x.owner) + "/ghi", Back: view.NavItem{Href: bookHref(x.owner), Label: title}, New: true,
		Version: x.form.Version}
	if x.file != nil {
		p.Base = s.OfficePage(c, "cost.edit_title", x.file.Number())
		p.Action, p.Back, p.New = writeHref(x.file.Cost)+"/chinh-sua", view.NavItem{Href: lineHref(x.file.ID), Label: x.file.Title}, false
	}
	status, err := frame.NoteFaultOfPhoto(c, &p.Base, &p.Form, x.err, x.form.Photo)
	if err != nil {
		return err
	}
	p.draw(x, events)
	if view.IsStale(x.err) && x.file != nil {
		theirs := formPage{Base: p.Base}
		theirs.draw(shown{form: lineForm{Input: costs.InputOf(x.file.Cost)}, file: x.file}, events)
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, theirs.Fields)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "costs/form", p)
}

// draw puts a form into the page.
func (p *formPage) draw(x shown, events []registry.Event) {
	f := x.form
	label := func(name string) string { return p.T("cost.field." + name) }
	hint := func(name string) string { return p.T("cost.field." + name + ".hint") }
	p.Fields = p.Take(
		view.Field{Name: "title", Label: label("title"), Hint: hint("title"), Value: f.Title, Max: committee.MaxCostLine, Required: true},
		view.Field{Name: "kind", Type: "select", Label: label("kind"), Options: append([]view.Option{{Label: p.T("cost.choose_kind")}},
			view.Options(p.Base, "cost.kind.", committee.CostKinds, f.Kind)...)},
		view.Field{Name: "source", Type: "radios", Label: label("source"), Options: view.Options(p.Base, "cost.source.", committee.CostSources, f.Source)},
		view.Field{Name: "estimate", Type: "money", Label: label("estimate"), Value: f.Estimate},
		view.Field{Name: "spent", Type: "money", Label: label("spent"), Hint: hint("spent"), Value: f.Spent},
		view.Field{Name: "paper", Label: label("paper"), Hint: hint("paper"), Value: f.Paper, Max: committee.MaxCostLine},
		view.Field{Name: "issued_on", Type: "date", Label: label("issued_on"), Value: f.PaperOn, Shape: p.T("form.date_shape")})
	parts := map[string]string{}
	for i, id := range f.Events {
		if i < len(f.Parts) {
			parts[id] = f.Parts[i]
		}
	}
	for _, e := range events {
		p.Shares = append(p.Shares, shareRow{string(e.ID), e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), parts[string(e.ID)]})
		delete(parts, string(e.ID))
	}
	if x.file != nil { // events that have left the plan's year stay in the line
		for _, s := range x.file.Shares {
			if typed, left := parts[string(s.Event)]; left {
				p.Shares = append(p.Shares, shareRow{string(s.Event), x.file.Events[s.Event], "", typed})
			}
		}
	}
	if len(p.Shares) > 0 {
		p.Fault = p.Part("shares", label("shares"))
	}
	p.Shared = p.Fault != ""
	for _, row := range p.Shares {
		p.Shared = p.Shared || row.Parts != ""
	}
	photo := view.PhotoField(p.Base, "photo", "cost.field.photo")
	p.Photo = p.Take(photo)
	if x.file != nil && x.file.Photo != "" {
		p.Small = lineHref(x.file.ID) + "/anh/nho"
		p.Photo = append(p.Photo, p.TakeOne(view.Field{Name: "drop_photo", Type: "checkbox", Label: label("drop_photo"), Value: view.Ticked(f.DropPhoto)}))
	}
}

// showEnter shows the form of a new line.
func (s *Door) showEnter(c *fiber.Ctx) error {
	return s.reshow(c, shown{owner: ownerParam(c), form: lineForm{Input: costs.Input{Source: string(committee.SourceBudget)}}})
}

// enter writes a line.
func (s *Door) enter(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	x.owner = ownerParam(c)
	if x.err == nil {
		if _, x.err = s.App.Costs.Enter(c.UserContext(), frame.Actor(c), x.owner, x.form.Input); x.err == nil {
			frame.Flash(c, "cost.flash.entered")
			return c.Redirect(bookHref(x.owner), fiber.StatusSeeOther)
		}
	}
	return s.reshow(c, x)
}

// writable is the line that an address names, for whoever may change it.
func (s *Door) writable(c *fiber.Ctx) (*costs.LineFile, error) {
	f, err := s.App.Costs.Line(c.UserContext(), frame.Actor(c), costParam(c))
	return frame.Writable(f, f.Writes && costs.OwnerOf(f.Cost) == ownerParam(c), err)
}

// showEdit shows the form of a line as it is stored.
func (s *Door) showEdit(c *fiber.Ctx) error {
	f, err := s.writable(c)
	if err != nil {
		return err
	}
	return s.reshow(c, shown{owner: costs.OwnerOf(f.Cost), form: lineForm{Input: costs.InputOf(f.Cost)}, file: f})
}

// save corrects a line. Where a colleague was quicker, the two are compared.
func (s *Door) save(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if _, err := s.writable(c); err != nil {
		return err
	}
	if x.err == nil {
		if x.err = s.App.Costs.Save(c.UserContext(), frame.Actor(c), costParam(c), x.form.Input); x.err == nil {
			frame.Flash(c, "cost.flash.saved")
			return c.Redirect(lineHref(costParam(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writable(c); gone != nil {
		return gone
	}
	x.owner = costs.OwnerOf(x.file.Cost)
	return s.reshow(c, x)
}

// linePage is a line with what is said of it.
type linePage struct {
	view.Base
	view.Form
	Line   costs.LineFile
	Root   string
	Write  string // address below which it is changed
	Back   view.NavItem
	Chips  []view.Chip
	Facts  []view.SummaryRow
	Shares []sumLine // events with their pieces
	Photo  string
	Struck bool
	Reason view.Field
}

// showLine shows a line.
func (s *Door) showLine(c *fiber.Ctx) error { return s.linePage(c, "", nil) }

func (s *Door) linePage(c *fiber.Ctx, typed string, fault error) error {
	f, err := s.App.Costs.Line(c.UserContext(), frame.Actor(c), costParam(c))
	if err != nil {
		return err
	}
	p := linePage{Base: s.OfficePage(c, "cost.line_title", f.Title), Line: f, Root: lineHref(f.ID), Write: writeHref(f.Cost), Back: view.NavItem{Href: bookHref(costs.OwnerOf(f.Cost)), Label: f.OwnerTitle},
		Struck: f.Struck.Is()}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.facts()
	for _, share := range f.Shares {
		piece, _ := f.For(share.Event)
		p.Shares = append(p.Shares, sumLine{p.T("cost.parts", f.Events[share.Event], share.Parts), bookHref(costs.Owner{Event: share.Event}),
			said(p.Base, piece.Estimate, piece.Estimate > 0), said(p.Base, piece.Spent, piece.Paid)})
	}
	if f.Photo != "" {
		p.Photo = p.Root + "/anh"
	}
	if p.Struck {
		p.Chips = append(p.Chips, view.Chip{Class: "off", Icon: "x", Label: p.T("communication.state.struck")})
	}
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("communication.field.reason"), Hint: p.T("cost.field.reason.hint"), Value: typed,
		Max: committee.MaxSupportReason, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "costs/line", p)
}

// facts are what is said about the line, without what is not.
func (p *linePage) facts() {
	add := func(name, value string) {
		if value != "" {
			p.Facts = append(p.Facts, view.SummaryRow{Label: p.T("cost.field." + name), Value: value})
		}
	}
	f := p.Line
	add("number", f.Number())
	add("kind", p.T("cost.kind."+string(f.Kind)))
	add("source", p.T("cost.source."+string(f.Source)))
	add("estimate", said(p.Base, f.Estimate, f.Estimate > 0))
	add("spent", said(p.Base, f.Spent, f.Paid))
	add("paper", f.Paper)
	if f.PaperOn != "" {
		add("issued_on", vn.ShowDate(f.PaperOn))
	}
	add("entered", p.T("register.entered", f.Entered.As, view.ShowTime(f.Entered.At)))
	if f.Struck.Is() {
		add("struck", p.T("register.struck_by", f.Struck.By, view.ShowTime(f.Struck.At), f.Struck.Why))
	}
}

// strike strikes a line out, or counts it again.
func (s *Door) strike(restore bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form struct {
			Version int64  `form:"version"`
			Reason  string `form:"reason"`
		}
		err := frame.Bind(c, &form)
		if _, gone := s.writable(c); gone != nil {
			return gone
		}
		if err == nil {
			err = s.App.Costs.Strike(c.UserContext(), frame.Actor(c), costParam(c), costs.StrikeInput{Version: form.Version, Reason: form.Reason, Restore: restore})
		}
		if err != nil {
			return s.linePage(c, form.Reason, err)
		}
		flash := "communication.flash.struck"
		if restore {
			flash = "communication.flash.restored"
		}
		frame.Flash(c, flash)
		return c.Redirect(lineHref(costParam(c)), fiber.StatusSeeOther)
	}
}

// photo sends the photo of the paper of a line.
func (s *Door) photo(c *fiber.Ctx) error {
	f, err := s.App.Costs.Photo(c.UserContext(), frame.Actor(c), costParam(c), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	return c.Send(f.Data)
}
