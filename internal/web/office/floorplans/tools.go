package floorplans

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tool is a form that changes the plan.
type tool struct {
	path       string // after that of the plan
	show, send fiber.Handler
}

// toolOf is a tool whose form is an F.
type toolOf[F any] struct {
	path   string
	head   func(p *toolPage) string
	start  func(c *fiber.Ctx, d floorplans.Desk) (F, error)               // what the form says first
	fields func(p *toolPage, form F)                                      // draws it
	ref    func(F) refForm                                                // from which change somebody edits
	edit   func(c *fiber.Ctx, form F) (change floorplans.Edit, to string) // what it does, and the object where that is seen
	flash  string
}

// tools are all tools.
func (s *Door) tools() []tool {
	return []tool{handlers(s, objectTool(false)), handlers(s, objectTool(true)), handlers(s, rowTool()), handlers(s, numberTool()), handlers(s, shiftTool()),
		handlers(s, groundTool())}
}

// toolPage is the page of a tool.
type toolPage struct {
	view.Base
	view.Form
	Head     frame.EventHead
	Root     string
	Action   string
	Heading  string
	Intro    string
	Ref      refForm
	Short    []view.Field // of a few letters each
	Fields   []view.Field
	Object   string // that can be deleted
	Effect   string // of deleting it
	Findings []finding
	Drawing  drawing
	Button   string

	desk floorplans.Desk
}

// handlers makes the two requests of a tool.
func handlers[F any](s *Door, t toolOf[F]) tool {
	return tool{t.path,
		func(c *fiber.Ctx) error { return page(s, c, t, nil, nil) },
		func(c *fiber.Ctx) error {
			form := new(F)
			unread, err := frame.BindOpen(c, form)
			if err != nil {
				return err
			}
			if len(unread) > 0 {
				return page(s, c, t, form, unread)
			}
			change, to := t.edit(c, *form)
			return s.edit(c, edition{ref: t.ref(*form), change: change, to: to, flash: t.flash, again: func(err error) error { return page(s, c, t, form, err) }})
		}}
}

// page shows a tool, with what was sent if it was.
func page[F any](s *Door, c *fiber.Ctx, t toolOf[F], sent *F, fault error) error {
	d, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	switch {
	case fault != nil && d.Shown() == nil: // it was put aside meanwhile
		return s.desk(c, beginForm{}, fault)
	case !d.MayEdit || d.Shown() == nil:
		return back(c, "") // which says why
	}
	p := toolPage{Base: s.OfficePage(c, "floor_plan.title", d.Event.Title), Root: root(d.Event.ID), Action: c.Path(), Button: "floor_plan.save", desk: d}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	form := sent
	if form == nil {
		first, err := t.start(c, d)
		if err != nil {
			return err
		}
		form = &first
	}
	p.Ref = refForm{d.Ref().N, d.Ref().Version}
	if sent != nil && !floorplans.Lost(fault) { // else it is sent again on what is shown now
		p.Ref = t.ref(*sent)
	}
	p.Heading = t.head(&p)
	t.fields(&p, *form)
	p.Head = s.EventHead(c, p.Base, d.Event)
	p.Drawing = drawn(p.Base, d, d.Shown().Layout, p.Object)
	return s.RenderStatus(c, status, frame.LayoutOffice, "floorplans/tool", p)
}

// text is a field of a few letters.
func (p *toolPage) text(name, kind, value string) view.Field {
	f := view.Field{Name: name, Type: kind, Value: value, Label: p.T("floor_plan.field." + name)}
	if kind == "metres" {
		f.Type, f.InputMode = "text", "decimal"
	}
	return f
}

// rowForm adds a row of booths.
type rowForm struct {
	refForm
	Zone   string      `form:"zone"`
	First  view.Number `form:"first"`
	Count  view.Number `form:"count"`
	X      string      `form:"x"`
	Y      string      `form:"y"`
	W      string      `form:"w"`
	H      string      `form:"h"`
	Across string      `form:"way"`
}

func rowTool() toolOf[rowForm] {
	return toolOf[rowForm]{path: "/hang", flash: "floor_plan.flash.row", ref: func(f rowForm) refForm { return f.refForm },
		head: func(p *toolPage) string { return p.T("floor_plan.tool.row") },
		start: func(_ *fiber.Ctx, d floorplans.Desk) (rowForm, error) {
			code := d.Shown().Layout.NextCode()
			zone, n, _ := floorplan.SplitCode(code)
			return rowForm{Zone: zone, First: view.NumberOf(n), Count: view.NumberOf(10), X: "3", Y: "3", W: "3", H: "3", Across: "right"}, nil
		},
		fields: func(p *toolPage, f rowForm) {
			p.Intro = p.T("floor_plan.tool.row_about")
			p.Short = p.Take(p.text("zone", "text", f.Zone), p.text("first", "number", f.First.Typed), p.text("count", "number", f.Count.Typed),
				p.text("x", "metres", f.X), p.text("y", "metres", f.Y), p.text("w", "metres", f.W), p.text("h", "metres", f.H))
			way := p.text("way", "radios", "")
			way.Options = view.Options(p.Base, "floor_plan.way_of.", []string{"right", "down"}, f.Across)
			p.Fields = p.Take(way)
		},
		edit: func(_ *fiber.Ctx, f rowForm) (floorplans.Edit, string) {
			return floorplans.AddRow(floorplans.Row{Zone: f.Zone, First: f.First.N, Count: f.Count.N, Across: f.Across != "down",
				Typed: floorplans.Typed{X: f.X, Y: f.Y, W: f.W, H: f.H}}), ""
		}}
}

// numberForm numbers booths anew.
type numberForm struct {
	refForm
	From      string              `form:"from"`
	Zone      string              `form:"zone"`
	First     view.Number         `form:"first"`
	Direction floorplan.Direction `form:"direction"`
}

func numberTool() toolOf[numberForm] {
	return toolOf[numberForm]{path: "/danh-so", flash: "floor_plan.flash.numbered", ref: func(f numberForm) refForm { return f.refForm },
		head: func(p *toolPage) string { return p.T("floor_plan.tool.number") },
		start: func(_ *fiber.Ctx, d floorplans.Desk) (numberForm, error) {
			f := numberForm{Zone: "A", First: view.NumberOf(1), Direction: floorplan.LeftRight}
			if zones := d.Shown().Layout.Zones(); len(zones) > 0 {
				f.From, f.Zone = zones[0], zones[0]
			}
			return f, nil
		},
		fields: func(p *toolPage, f numberForm) {
			p.Intro = p.T("floor_plan.tool.number_about")
			from, direction := p.text("from", "select", ""), p.text("direction", "radios", "")
			from.Options = p.zones(f.From, p.T("floor_plan.unnumbered"))
			direction.Options = view.Options(p.Base, "floor_plan.direction.", floorplan.Directions, string(f.Direction))
			p.Short = p.Take(from, p.text("zone", "text", f.Zone), p.text("first", "number", f.First.Typed))
			p.Fields = p.Take(direction)
		},
		edit: func(_ *fiber.Ctx, f numberForm) (floorplans.Edit, string) {
			return floorplans.Renumber(floorplan.Scheme{From: f.From, Zone: f.Zone, First: f.First.N, Direction: f.Direction}), ""
		}}
}

// zones are the choices of a field: the zones of the plan, and what has none, in words.
func (p *toolPage) zones(chosen, none string) (options []view.Option) {
	for _, zone := range p.desk.Shown().Layout.Zones() {
		options = append(options, view.Option{Value: zone, Label: view.ZoneName(p.Base, zone), Selected: zone == chosen})
	}
	return append(options, view.Option{Label: none, Selected: chosen == ""})
}

// shiftForm moves the booths of a zone.
type shiftForm struct {
	refForm
	From string `form:"from"`
	X    string `form:"x"`
	Y    string `form:"y"`
}

func shiftTool() toolOf[shiftForm] {
	return toolOf[shiftForm]{path: "/doi", flash: "floor_plan.flash.shifted", ref: func(f shiftForm) refForm { return f.refForm },
		head: func(p *toolPage) string { return p.T("floor_plan.tool.shift") },
		start: func(_ *fiber.Ctx, d floorplans.Desk) (f shiftForm, err error) {
			f.X, f.Y = "0", "0"
			if zones := d.Shown().Layout.Zones(); len(zones) > 0 {
				f.From = zones[0]
			}
			return f, nil
		},
		fields: func(p *toolPage, f shiftForm) {
			p.Intro = p.T("floor_plan.tool.shift_about")
			from, x, y := p.text("from", "select", ""), p.text("x", "metres", f.X), p.text("y", "metres", f.Y)
			from.Options, x.Label, y.Label = p.zones(f.From, p.T("floor_plan.unnumbered")), p.T("floor_plan.field.dx"), p.T("floor_plan.field.dy")
			p.Short = p.Take(from, x, y)
		},
		edit: func(_ *fiber.Ctx, f shiftForm) (floorplans.Edit, string) {
			return floorplans.Shift(f.From, f.X, f.Y), ""
		}}
}

// groundForm changes the ground.
type groundForm struct {
	refForm
	W    string `form:"w"`
	H    string `form:"h"`
	Lane string `form:"lane"`
	Edge string `form:"edge" lines:"many"`
}

func groundTool() toolOf[groundForm] {
	return toolOf[groundForm]{path: "/dat", flash: "floor_plan.flash.ground", ref: func(f groundForm) refForm { return f.refForm },
		head: func(p *toolPage) string { return p.T("floor_plan.tool.ground") },
		start: func(_ *fiber.Ctx, d floorplans.Desk) (groundForm, error) {
			b := floorplans.BareOf(d.Shown().Layout)
			return groundForm{W: b.W, H: b.H, Lane: b.Lane, Edge: b.Edge}, nil
		},
		fields: func(p *toolPage, f groundForm) {
			p.Intro = p.T("floor_plan.tool.ground_about")
			edge := p.text("edge", "textarea", f.Edge)
			edge.Hint = p.T("floor_plan.field.edge.hint")
			p.Short = p.Take(p.text("w", "metres", f.W), p.text("h", "metres", f.H), p.text("lane", "metres", f.Lane))
			p.Fields = p.Take(edge)
		},
		edit: func(_ *fiber.Ctx, f groundForm) (floorplans.Edit, string) {
			return floorplans.Ground(floorplans.Bare{W: f.W, H: f.H, Lane: f.Lane, Edge: f.Edge}), ""
		}}
}
