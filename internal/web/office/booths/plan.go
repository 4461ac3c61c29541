package booths

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/stall"
	"hoicho/internal/web/view"
)

// boothsPage is the office's page of an event's booths.
type boothsPage struct {
	view.Base
	view.Form
	booths.BoothDesk
	Reviews bool // the reader decides on applications here
	Head    frame.EventHead
	Root    string
	Draws   string // address of the public draws
	Plan    frame.PlanView
	Shown   *openBooth
	Rows    []boothRow
	Tiles   []boothTile
	None    view.Empty
	Short   int  // booths promised that are not there
	OnDay   bool // today is a day of the event

	Last   *booths.Undo // booths that were given together last, if they can still be taken back together
	LastOn string       // when that was
	Papers []view.FilterLink
	Many   []view.Option // what can be done with several booths

	Unticked, Ungiven string // that no booth was ticked, that no vendor was chosen
	Unsaid            string // that a reason is missing
	Undone            string // that nothing was chosen to be done with several booths
}

// boothTile is a figure above the plan.
type boothTile struct {
	Label string
	Value int
}

// openBooth is the booth looked at with what can be done with it.
type openBooth struct {
	registry.Booth
	Vendor registry.BoothVendor
	Facts  string
	Held   string
	Seen   registry.BoothDayState
	Others []registry.Booth // assigned booths to swap with
	Free   []registry.Booth // free booths to move to
	Passes *boothPasses     // nil for who does not handle passes
	Leave  *boothLeave      // it is asked whether to take the booth back
}

// boothPasses are the passes of a booth as far as a move concerns them.
type boothPasses struct {
	Href      string
	Unprinted int
	Dead      []frame.PassRow // those that died with a move from here
}

// boothPasses reads the passes of the booth that is open.
func (s *Door) boothPasses(c *fiber.Ctx, p *boothsPage) error {
	if p.Shown == nil || !frame.Actor(c).Can(registry.ManagePasses, s.App.Areas.Scope(p.Event.Area)) {
		return nil
	}
	_, dead, _, err := s.App.Passes.EventPasses(c.UserContext(), frame.Actor(c), registry.PassFilter{Event: p.Event.ID, Booth: p.Shown.ID, State: registry.PassRevoked})
	if err != nil {
		return err
	}
	_, _, fresh, err := s.App.Passes.EventPasses(c.UserContext(), frame.Actor(c),
		registry.PassFilter{Event: p.Event.ID, Stall: p.Shown.ID, State: registry.PassValid, Unprinted: true, Limit: 1})
	p.Shown.Passes = &boothPasses{Href: view.PassRoot(p.Event.ID) + "?gian=" + view.QueryEscape(p.Shown.Code), Unprinted: fresh}
	for _, r := range frame.ShowPassRows(p.Base, dead) {
		if r.StateReason == "booth_moved" {
			p.Shown.Passes.Dead = append(p.Shown.Passes.Dead, r)
		}
	}
	return err
}

// boothRow is a booth in the table under the plan.
type boothRow struct {
	registry.Booth
	Name  string
	Facts string
	Chip  view.Chip
	Mark  view.Chip // what was seen today
}

func (s *Door) showBooths(c *fiber.Ctx) error { return s.booths(c, c.Query("gian"), nil) }

// booths shows the plan of the office with the booth of a code open, and what
// went wrong.
func (s *Door) booths(c *fiber.Ctx, code string, fault error) error {
	d, err := s.App.Booths.BoothDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := boothsPage{Base: s.OfficePage(c, "booth.desk.title", d.Event.Title), BoothDesk: d, Root: view.BoothRoot(d.Event.ID), Draws: view.DrawRoot(d.Event.ID),
		Short: max(-d.Places.Left(), 0), OnDay: d.Event.HasDay(d.Today),
		Reviews: frame.Actor(c).Can(registry.ReviewApplications, s.App.Areas.Scope(d.Event.Area))}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Unticked, p.Ungiven = p.Part("booths", p.T("booth.desk.table")), p.Part("application", p.T("booth.desk.give_to"))
	p.Undone, p.Unsaid = p.Part("do", p.T("placing.batch")), p.Part("why", p.T("draw.moved_why"))
	p.Head = s.EventHead(c, p.Base, d.Event)
	if err := s.boothTools(c, &p); err != nil {
		return err
	}
	if p.show(code); code != "" && p.Shown == nil {
		frame.CannotRead(c, "gian")
	}
	if err := s.boothPasses(c, &p); err != nil {
		return err
	}
	if frame.OneOf(c, "tra", "1") != "" {
		if err := s.askLeave(c, &p); err != nil {
			return err
		}
	}
	p.None = view.Empty{Icon: "grid-3x3", Title: p.T("booth.desk.none"), Text: p.T("booth.desk.none_text")}
	if d.MayEdit {
		p.None.Href, p.None.Action = p.Root+"/them", p.T("booth.grid.heading")
	}
	p.Tiles = []boothTile{{p.T("booth.state.assigned"), d.Count(registry.BoothAssigned)}, {p.T("booth.state.free"), d.Count(registry.BoothFree)},
		{p.T("booth.desk.left"), max(d.Places.Left(), 0)}, {p.T("booth.desk.waiting"), d.Waiting}}
	for _, b := range d.Booths {
		p.Rows = append(p.Rows, p.row(b))
	}
	drawing := frame.PlanDrawing{Base: p.Base, Plan: d.Plan,
		Href: func(b registry.Booth) string { return p.Root + "?gian=" + b.Code + "#gian" },
		Hit:  func(b registry.Booth) bool { return p.Shown != nil && p.Shown.ID == b.ID }}
	p.Plan = drawing.Draw()
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/plan", p)
}

// boothTools fills in what can be done with all booths: papers, changes of several, the undo.
func (s *Door) boothTools(c *fiber.Ctx, p *boothsPage) error {
	for _, paper := range []struct{ name, key string }{{booths.PaperPlan, "plan"}, {booths.PaperPlanA3, "plan_a3"}, {booths.PaperBooths, "list"}, {booths.PaperLoadIn, "load_in"}} {
		if paper.name != booths.PaperLoadIn || frame.Actor(c).Can(registry.ManageBooths, s.App.Areas.Scope(p.Event.Area)) {
			p.Papers = append(p.Papers, view.FilterLink{Href: p.Root + "/in/" + paper.name, Label: p.T("placing.paper." + paper.key)})
		}
	}
	if !p.MayEdit {
		return nil
	}
	p.Many = view.Options(p.Base, "placing.batch.", booths.ManyDos, "")
	u, ok, err := s.App.Booths.PreviewUndo(c.UserContext(), frame.Actor(c), p.Event.ID)
	if ok && u.Refused == nil {
		p.Last, p.LastOn = &u, view.ShowTime(u.Batch.At)
	}
	return err
}

// show opens a booth.
func (p *boothsPage) show(code string) {
	b, ok := p.Find(code)
	if !ok {
		return
	}
	p.Shown = &openBooth{Booth: b, Vendor: p.Vendors[b.ID], Facts: stall.BoothFacts(p.Base, b), Seen: p.Seen[b.ID]}
	if b.State == registry.BoothHeld {
		p.Shown.Held = view.ShowTime(b.HeldUntil)
	}
	for _, other := range p.Booths {
		switch {
		case other.ID == b.ID:
		case other.State == registry.BoothAssigned:
			p.Shown.Others = append(p.Shown.Others, other)
		case other.State == registry.BoothFree:
			p.Shown.Free = append(p.Shown.Free, other)
		}
	}
}

var (
	boothTones = map[registry.BoothState]string{registry.BoothFree: "go", registry.BoothHeld: "wait", registry.BoothBlocked: "off"}
	seenTones  = map[registry.BoothDayState]string{registry.BoothOccupied: "go", registry.BoothNoShow: "stop"}
)

func (p *boothsPage) row(b registry.Booth) boothRow {
	r := boothRow{Booth: b, Name: p.Vendors[b.ID].Name, Facts: stall.BoothFacts(p.Base, b), Chip: view.Chip{Label: p.T("booth.state." + string(b.State)), Class: boothTones[b.State]}}
	if seen := p.Seen[b.ID]; seen != registry.BoothUnseen {
		r.Mark = view.Chip{Label: p.T("booth.seen." + string(seen)), Class: seenTones[seen]}
	}
	return r
}

// boothForm is what the forms of a booth send.
type boothForm struct {
	Application registry.ApplicationID `form:"application"`
	With        registry.BoothID       `form:"with"`
	State       registry.BoothDayState `form:"state"`
	Why         string                 `form:"why"`
	Shown       registry.ApplicationID `form:"shown"` // who had the booth when the page was shown
}

// changeBooth handles a form of one booth and goes back to it on the plan.
func (s *Door) changeBooth(do func(*fiber.Ctx, booths.BoothRef, boothForm) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form boothForm
		if err := frame.Bind(c, &form); err != nil {
			return err
		}
		ref := booths.BoothRef{Event: frame.EventParam(c), Booth: registry.BoothID(c.Params("booth")), Shown: form.Shown, Why: form.Why}
		code, err := s.boothCode(c, ref)
		if err != nil {
			return err
		}
		if err := do(c, ref, form); err != nil {
			return s.booths(c, code, err)
		}
		if frame.Flash(c, "booth.flash.done"); form.With != "" {
			frame.Flash(c, "booth.flash.moved")
		}
		return c.Redirect(view.BoothRoot(ref.Event)+"?gian="+code+"#gian", fiber.StatusSeeOther)
	}
}

func (s *Door) boothCode(c *fiber.Ctx, ref booths.BoothRef) (string, error) {
	d, err := s.App.Booths.BoothDesk(c.UserContext(), frame.Actor(c), ref.Event)
	i := slices.IndexFunc(d.Booths, func(b registry.Booth) bool { return b.ID == ref.Booth })
	if err == nil && i < 0 {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return "", err
	}
	return d.Booths[i].Code, nil
}

// boothsPath is where the booths of an event lie.
const boothsPath = "/quan-ly/su-kien/:id/gian"

// boothChanges are the forms of one booth.
func (s *Door) boothChanges() (routes []frame.Route) {
	a := s.App
	forms := []struct {
		path string
		do   func(*fiber.Ctx, booths.BoothRef, boothForm) error
	}{
		{"xep", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			if f.Application == "" {
				return registry.At("application", "error.booth.no_vendor")
			}
			return a.Booths.AssignBooth(c.UserContext(), frame.Actor(c), r, f.Application)
		}},
		{"chuyen", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			return a.Booths.MoveBooth(c.UserContext(), frame.Actor(c), r, f.With)
		}},
		{"doi", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			return a.Booths.SwapBooths(c.UserContext(), frame.Actor(c), r, f.With)
		}},
		{"tra", func(c *fiber.Ctx, r booths.BoothRef, _ boothForm) error {
			if r.Shown == "" {
				return registry.E(registry.Conflict, "error.stale")
			}
			return a.Booths.ReleaseBooth(c.UserContext(), frame.Actor(c), r)
		}},
		{"khoa", func(c *fiber.Ctx, r booths.BoothRef, _ boothForm) error {
			return a.Booths.BlockBooth(c.UserContext(), frame.Actor(c), r)
		}},
		{"mo", func(c *fiber.Ctx, r booths.BoothRef, _ boothForm) error {
			return a.Booths.UnblockBooth(c.UserContext(), frame.Actor(c), r)
		}},
		{"hom-nay", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			return a.Booths.MarkBooth(c.UserContext(), frame.Actor(c), r, f.State)
		}},
	}
	for _, f := range forms {
		routes = append(routes, frame.Post(boothsPath+"/:booth/"+f.path, frame.Office(registry.ManageBooths), s.changeBooth(f.do)))
	}
	return routes
}

// deleteBooths removes the booths that were ticked.
func (s *Door) deleteBooths(c *fiber.Ctx) error {
	var form struct {
		Booths []registry.BoothID `form:"booths"`
		Do     booths.ManyDo      `form:"do"` // of the other button of the form
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.booths(c, "", err)
	}
	event := frame.EventParam(c)
	if err := s.App.Booths.DeleteBooths(c.UserContext(), frame.Actor(c), event, form.Booths); err != nil {
		return s.booths(c, "", err)
	}
	frame.Flash(c, "booth.flash.deleted")
	return c.Redirect(view.BoothRoot(event), fiber.StatusSeeOther)
}
