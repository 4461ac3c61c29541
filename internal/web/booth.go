package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
)

// boothsPage is the office's page of an event's booths.
type boothsPage struct {
	base
	faulty
	booths.BoothDesk
	Reviews bool // the reader decides on applications here
	Head    eventHead
	Root    string
	Plan    planView
	Shown   *openBooth
	Rows    []boothRow
	Tiles   []boothTile
	None    Empty
	Short   int  // booths promised that are not there
	OnDay   bool // today is a day of the event
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
	Dead      []passRow // those that died with a move from here
}

// boothPasses reads the passes of the booth that is open.
func (s *Server) boothPasses(c *fiber.Ctx, p *boothsPage) error {
	if p.Shown == nil || !actor(c).Can(registry.ManagePasses, s.app.Areas.Scope(p.Event.Area)) {
		return nil
	}
	dead, err := s.app.Passes.PassDesk(c.UserContext(), actor(c), registry.PassFilter{Event: p.Event.ID, Booth: p.Shown.ID, State: registry.PassRevoked})
	if err != nil {
		return err
	}
	fresh, err := s.app.Passes.PassDesk(c.UserContext(), actor(c),
		registry.PassFilter{Event: p.Event.ID, Stall: p.Shown.ID, State: registry.PassValid, Unprinted: true, Limit: 1})
	p.Shown.Passes = &boothPasses{Href: passRoot(p.Event.ID) + "?gian=" + queryEscape(p.Shown.Code), Unprinted: fresh.Total}
	for _, r := range showPassRows(p.base, dead.Rows) {
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
	Chip  Chip
	Mark  Chip // what was seen today
}

func (s *Server) showBooths(c *fiber.Ctx) error { return s.booths(c, c.Query("gian"), nil) }

// booths shows the plan of the office with the booth of a code open, and what
// went wrong.
func (s *Server) booths(c *fiber.Ctx, code string, fault error) error {
	d, err := s.app.Booths.BoothDesk(c.UserContext(), actor(c), eventParam(c))
	if err != nil {
		return err
	}
	p := boothsPage{base: s.officePage(c, "booth.desk.title", d.Event.Title), BoothDesk: d, Root: boothRoot(d.Event.ID),
		Short: max(-d.Places.Left(), 0), OnDay: d.Event.HasDay(d.Today),
		Reviews: actor(c).Can(registry.ReviewApplications, s.app.Areas.Scope(d.Event.Area))}
	status, err := p.noteFault(c, &p.base, fault)
	if err != nil {
		return err
	}
	p.Head = s.eventHead(c, p.base, d.Event)
	if p.show(code); code != "" && p.Shown == nil {
		cannotRead(c, "gian")
	}
	if err := s.boothPasses(c, &p); err != nil {
		return err
	}
	if oneOf(c, "tra", "1") != "" {
		if err := s.askLeave(c, &p); err != nil {
			return err
		}
	}
	p.None = Empty{Icon: "grid-3x3", Title: p.T("booth.desk.none"), Text: p.T("booth.desk.none_text")}
	if d.MayEdit {
		p.None.Href, p.None.Action = p.Root+"/them", p.T("booth.grid.heading")
	}
	p.Tiles = []boothTile{{p.T("booth.state.assigned"), d.Count(registry.BoothAssigned)}, {p.T("booth.state.free"), d.Count(registry.BoothFree)},
		{p.T("booth.desk.left"), max(d.Places.Left(), 0)}, {p.T("booth.desk.waiting"), d.Waiting}}
	for _, b := range d.Booths {
		p.Rows = append(p.Rows, p.row(b))
	}
	drawing := planDrawing{base: p.base, plan: d.Plan,
		href: func(b registry.Booth) string { return p.Root + "?gian=" + b.Code + "#gian" },
		hit:  func(b registry.Booth) bool { return p.Shown != nil && p.Shown.ID == b.ID }}
	p.Plan = drawing.draw()
	return s.renderStatus(c, status, layoutOffice, "booths", p)
}

// show opens a booth.
func (p *boothsPage) show(code string) {
	b, ok := p.Find(code)
	if !ok {
		return
	}
	p.Shown = &openBooth{Booth: b, Vendor: p.Vendors[b.ID], Facts: p.boothFacts(b), Seen: p.Seen[b.ID]}
	if b.State == registry.BoothHeld {
		p.Shown.Held = showTime(b.HeldUntil)
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
	r := boothRow{Booth: b, Name: p.Vendors[b.ID].Name, Facts: p.boothFacts(b), Chip: Chip{Label: p.T("booth.state." + string(b.State)), Class: boothTones[b.State]}}
	if seen := p.Seen[b.ID]; seen != registry.BoothUnseen {
		r.Mark = Chip{Label: p.T("booth.seen." + string(seen)), Class: seenTones[seen]}
	}
	return r
}

// boothForm is what the forms of a booth send.
type boothForm struct {
	Application registry.ApplicationID `form:"application"`
	With        registry.BoothID       `form:"with"`
	State       registry.BoothDayState `form:"state"`
	Shown       registry.ApplicationID `form:"shown"` // who had the booth when the page was shown
}

// changeBooth handles a form of one booth and goes back to it on the plan.
func (s *Server) changeBooth(do func(*fiber.Ctx, booths.BoothRef, boothForm) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form boothForm
		if err := bind(c, &form); err != nil {
			return err
		}
		ref := booths.BoothRef{Event: eventParam(c), Booth: registry.BoothID(c.Params("booth")), Shown: form.Shown}
		code, err := s.boothCode(c, ref)
		if err != nil {
			return err
		}
		if err := do(c, ref, form); err != nil {
			return s.booths(c, code, err)
		}
		if flash(c, "booth.flash.done"); form.With != "" {
			flash(c, "booth.flash.moved")
		}
		return c.Redirect(boothRoot(ref.Event)+"?gian="+code+"#gian", fiber.StatusSeeOther)
	}
}

func (s *Server) boothCode(c *fiber.Ctx, ref booths.BoothRef) (string, error) {
	d, err := s.app.Booths.BoothDesk(c.UserContext(), actor(c), ref.Event)
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
func (s *Server) boothChanges() (routes []route) {
	a := s.app
	forms := []struct {
		path string
		do   func(*fiber.Ctx, booths.BoothRef, boothForm) error
	}{
		{"xep", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			if f.Application == "" {
				return registry.E(registry.Invalid, "error.booth.no_vendor")
			}
			return a.Booths.AssignBooth(c.UserContext(), actor(c), r, f.Application)
		}},
		{"chuyen", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			return a.Booths.MoveBooth(c.UserContext(), actor(c), r, f.With)
		}},
		{"doi", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			return a.Booths.SwapBooths(c.UserContext(), actor(c), r, f.With)
		}},
		{"tra", func(c *fiber.Ctx, r booths.BoothRef, _ boothForm) error {
			if r.Shown == "" {
				return registry.E(registry.Conflict, "error.stale")
			}
			return a.Booths.ReleaseBooth(c.UserContext(), actor(c), r)
		}},
		{"khoa", func(c *fiber.Ctx, r booths.BoothRef, _ boothForm) error {
			return a.Booths.BlockBooth(c.UserContext(), actor(c), r)
		}},
		{"mo", func(c *fiber.Ctx, r booths.BoothRef, _ boothForm) error {
			return a.Booths.UnblockBooth(c.UserContext(), actor(c), r)
		}},
		{"hom-nay", func(c *fiber.Ctx, r booths.BoothRef, f boothForm) error {
			return a.Booths.MarkBooth(c.UserContext(), actor(c), r, f.State)
		}},
	}
	for _, f := range forms {
		routes = append(routes, post(boothsPath+"/:booth/"+f.path, office(registry.ManageBooths), s.changeBooth(f.do)))
	}
	return routes
}

// deleteBooths removes the booths that were ticked.
func (s *Server) deleteBooths(c *fiber.Ctx) error {
	var form struct {
		Booths []registry.BoothID `form:"booths"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	event := eventParam(c)
	if err := s.app.Booths.DeleteBooths(c.UserContext(), actor(c), event, form.Booths); err != nil {
		return s.booths(c, "", err)
	}
	flash(c, "booth.flash.deleted")
	return c.Redirect(boothRoot(event), fiber.StatusSeeOther)
}
