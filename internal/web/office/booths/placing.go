package booths

import (
	"mime"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// placingPage shows which booths would be given to whom, and why, before they are.
type placingPage struct {
	view.Base
	view.Form
	booths.Placing
	Head     frame.EventHead
	Root     string
	Answer   string
	Placed   []placingRow
	Unplaced []placingRow
	Plan     frame.PlanView // with the booths that would be given
}

// placingRow is an application with the booth proposed to it, or why there is none.
type placingRow struct {
	Vendor, Code, Facts, Wish, Why string
	Application                    registry.ApplicationID
	Booth                          registry.BoothID
	Out                            bool // it was left out when the page was sent
}

// showPlacing previews the giving of booths by wishes.
func (s *Door) showPlacing(c *fiber.Ctx) error { return s.placing(c, nil, nil) }

// placing shows the proposal, with what was left out of it and what went wrong.
func (s *Door) placing(c *fiber.Ctx, out []registry.BoothID, fault error) error {
	x, err := s.App.Booths.PreviewPlacing(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := placingPage{Base: s.OfficePage(c, "placing.title", x.Event.Title), Placing: x, Root: view.BoothRoot(x.Event.ID)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, x.Event)
	switch {
	case len(x.Placed) > 0:
		p.Answer = p.T("placing.answer", len(x.Placed), x.Vendors)
	case len(x.Unplaced) > 0:
		p.Answer = p.T("placing.answer_none")
	default:
		p.Answer = p.T("placing.all_done")
	}
	for _, y := range x.Placed {
		p.Placed = append(p.Placed, placingRow{Vendor: y.Vendor, Application: y.Application, Code: y.Booth.Code, Wish: p.wish(y.Wish), Why: p.why(y.Why),
			Booth: y.Booth.ID, Out: slices.Contains(out, y.Booth.ID)})
	}
	for _, y := range x.Unplaced {
		p.Unplaced = append(p.Unplaced, placingRow{Vendor: y.Vendor, Application: y.Application, Facts: p.T("placing.owed", y.Left), Wish: p.wish(y.Wish),
			Why: p.T("placing.reason." + string(y.Why))})
	}
	if len(x.Placed) > 0 {
		if err := s.drawPlacing(c, &p); err != nil {
			return err
		}
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/placing", p)
}

// drawPlacing draws the plan with the proposed booths marked; each leads to its row.
func (s *Door) drawPlacing(c *fiber.Ctx, p *placingPage) error {
	d, err := s.App.Booths.BoothDesk(c.UserContext(), frame.Actor(c), p.Event.ID)
	if err != nil {
		return err
	}
	proposed := func(b registry.Booth) bool {
		return slices.ContainsFunc(p.Placed, func(r placingRow) bool { return r.Booth == b.ID })
	}
	drawing := frame.PlanDrawing{Base: p.Base, Plan: d.Plan, Hit: proposed, Href: func(b registry.Booth) string {
		if !proposed(b) {
			return p.Root + "?gian=" + b.Code + "#gian"
		}
		return "#xep-" + b.Code
	}}
	p.Plan = drawing.Draw()
	return nil
}

// wish says what an application asked for.
func (p *placingPage) wish(w booths.Wish) string {
	var said []string
	if w.Zone != "" {
		said = append(said, p.T("placing.wish_zone", w.Zone))
	}
	if w.Power {
		said = append(said, p.T("placing.wish_power"))
	}
	if len(said) == 0 {
		return p.T("placing.no_wish")
	}
	return strings.Join(said, ", ")
}

// why says why a booth was chosen.
func (p *placingPage) why(reasons []booths.PlacingReason) string {
	said := make([]string, len(reasons))
	for i, r := range reasons {
		said[i] = p.T("placing.reason." + string(r))
	}
	return strings.Join(said, "; ")
}

// placeAll gives the booths that were proposed.
func (s *Door) placeAll(c *fiber.Ctx) error {
	var form struct {
		Mark string             `form:"mark"`
		Out  []registry.BoothID `form:"out"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	event := frame.EventParam(c)
	if _, err := s.App.Booths.PlaceAll(c.UserContext(), frame.Actor(c), event, form.Mark, form.Out...); err != nil {
		return s.placing(c, form.Out, err)
	}
	if frame.Flash(c, "placing.flash.placed"); len(form.Out) > 0 {
		frame.FlashCount(c, "placing.flash.left_out", len(form.Out))
	}
	return c.Redirect(view.BoothRoot(event), fiber.StatusSeeOther)
}

// askPage asks before several booths are changed, with the effects in numbers.
type askPage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Root    string
	Ask     string
	Effects []string
	Refused string
	Action  string // where the form goes
	Hidden  []view.Option
	Do      string
	Keep    string
}

// askUndo asks whether to take back the booths that were given together last.
func (s *Door) askUndo(c *fiber.Ctx) error { return s.undo(c, nil) }

func (s *Door) undo(c *fiber.Ctx, fault error) error {
	event := frame.EventParam(c)
	u, ok, err := s.App.Booths.PreviewUndo(c.UserContext(), frame.Actor(c), event)
	if err == nil && !ok {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	root := view.BoothRoot(event)
	p := askPage{Base: s.OfficePage(c, "placing.title", u.Event.Title), Root: root, Action: root + "/hoan-tac", Hidden: []view.Option{{Label: "batch", Value: u.Batch.ID}}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, u.Event)
	n := len(u.Batch.Items)
	codes := make([]string, n)
	for i, item := range u.Batch.Items {
		codes[i] = item.Code
	}
	p.Ask, p.Do, p.Keep = p.T("placing.undo_ask", n), p.T("placing.undo_do", n), p.T("placing.undo_keep")
	if u.Refused != nil {
		p.Refused = p.ErrorText(u.Refused)
	} else {
		p.Effects = []string{p.T("placing.undo_codes", strings.Join(codes, ", ")), p.T("placing.undo_passes", u.Passes), p.T("placing.undo_told", u.Vendors)}
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/ask", p)
}

// undoPlacing takes them back.
func (s *Door) undoPlacing(c *fiber.Ctx) error {
	var form struct {
		Batch string `form:"batch"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	event := frame.EventParam(c)
	if _, err := s.App.Booths.UndoPlacing(c.UserContext(), frame.Actor(c), event, form.Batch); err != nil {
		return s.undo(c, err)
	}
	frame.Flash(c, "placing.flash.undone")
	return c.Redirect(view.BoothRoot(event), fiber.StatusSeeOther)
}

// changeMany asks before the booths that were ticked are changed, then changes them.
func (s *Door) changeMany(c *fiber.Ctx) error {
	var form struct {
		Booths []registry.BoothID `form:"booths"`
		Do     booths.ManyDo      `form:"do"`
		Sure   bool               `form:"sure"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	in := booths.ManyInput{Event: frame.EventParam(c), Booths: form.Booths, Do: form.Do}
	if form.Sure {
		if _, err := s.App.Booths.ChangeMany(c.UserContext(), frame.Actor(c), in); err != nil {
			return s.booths(c, "", err)
		}
		frame.Flash(c, "placing.flash.batch")
		return c.Redirect(view.BoothRoot(in.Event), fiber.StatusSeeOther)
	}
	m, err := s.App.Booths.PreviewMany(c.UserContext(), frame.Actor(c), in)
	if err != nil {
		return s.booths(c, "", err)
	}
	return s.askMany(c, in, m)
}

// askMany shows what a change of several booths would do.
func (s *Door) askMany(c *fiber.Ctx, in booths.ManyInput, m booths.Many) error {
	d, err := s.App.Booths.BoothDesk(c.UserContext(), frame.Actor(c), in.Event)
	if err != nil {
		return err
	}
	root := view.BoothRoot(in.Event)
	p := askPage{Base: s.OfficePage(c, "booth.desk.title", d.Event.Title), Root: root, Action: root + "/nhieu",
		Hidden: []view.Option{{Label: "do", Value: string(in.Do)}, {Label: "sure", Value: "1"}}}
	p.Head = s.EventHead(c, p.Base, d.Event)
	what, n := p.T("placing.batch."+string(in.Do)), len(m.Change)
	p.Ask, p.Do, p.Keep = p.T("placing.batch.ask", what, n), p.T("placing.batch.do", n), p.T("placing.batch.keep")
	for _, b := range m.Change {
		p.Hidden = append(p.Hidden, view.Option{Label: "booths", Value: string(b.ID)})
	}
	for _, part := range []struct {
		key  string
		list []registry.Booth
	}{{"changes", m.Change}, {"same", m.Same}, {"had", m.Had}, {"lose", m.Lose}} {
		if len(part.list) > 0 {
			p.Effects = append(p.Effects, p.T("placing.batch."+part.key, len(part.list), booths.Codes(part.list)))
		}
	}
	if in.Do == booths.ManyBlock || in.Do == booths.ManyUnblock {
		p.Effects = append(p.Effects, p.T("placing.batch.places", m.Places.Booths, m.Places.Promised))
	}
	return s.Render(c, frame.LayoutOffice, "booths/ask", p)
}

// boothPaper writes a paper of the booths, to be looked at and printed.
func (s *Door) boothPaper(paper string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, err := s.App.Booths.Paper(c.UserContext(), frame.Actor(c), frame.EventParam(c), paper, frame.Lang(c))
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, f.ContentType)
		c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": f.Name}))
		return c.Send(f.Data)
	}
}
