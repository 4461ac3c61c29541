package booths

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// gridForm is what the form of a booth grid sends.
type gridForm struct {
	Zone    string             `form:"zone"`
	From    view.Number        `form:"from"`
	To      view.Number        `form:"to"`
	Columns view.Number        `form:"columns"`
	Width   string             `form:"width"`
	Depth   string             `form:"depth"`
	Kind    registry.BoothKind `form:"kind"`
	Power   bool               `form:"power"`
	Fee     string             `form:"fee"`
	Next    string             `form:"next"` // "preview" or "add"
}

func (f gridForm) grid(unread registry.Faults) booths.BoothGrid {
	return booths.BoothGrid{Zone: f.Zone, From: f.From.N, To: f.To.N, Columns: f.Columns.N, Width: f.Width, Depth: f.Depth,
		Kind: f.Kind, Power: f.Power, Fee: f.Fee, Unread: unread}
}

// gridPage lays out booths: the form, and the plan as it would be.
type gridPage struct {
	view.Base
	view.Form
	Head   frame.EventHead
	Root   string
	Short  []view.Field // of a few letters each
	Fields []view.Field
	Added  int
	Hint   view.Empty
	Plan   frame.PlanView
}

// showGrid proposes the next free zone with what a standard booth is like.
func (s *Door) showGrid(c *fiber.Ctx) error {
	d, err := s.App.Booths.BoothDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	form := gridForm{Zone: nextZone(d.Booths), From: view.NumberOf(1), To: view.NumberOf(20), Columns: view.NumberOf(10), Width: "3", Depth: "3", Kind: registry.StandardBooth}
	if d.Event.BoothsN > 0 && len(d.Booths) == 0 {
		form.To = view.NumberOf(min(d.Event.BoothsN, 999))
	}
	return s.grid(c, form, nil, nil)
}

// nextZone is the letter after the last zone.
func nextZone(booths []registry.Booth) string {
	if len(booths) == 0 {
		return "A"
	}
	last := booths[len(booths)-1].Zone
	if len(last) == 1 && last < "Z" {
		return string(last[0] + 1)
	}
	return ""
}

func (s *Door) grid(c *fiber.Ctx, form gridForm, added []registry.Booth, fault error) error {
	d, err := s.App.Booths.BoothDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := gridPage{Base: s.OfficePage(c, "booth.grid.title", d.Event.Title), Root: view.BoothRoot(d.Event.ID), Added: len(added)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fields(form)
	p.Head = s.EventHead(c, p.Base, d.Event)
	p.Hint = view.Empty{Icon: "grid-3x3", Title: p.T("booth.grid.empty"), Text: p.T("booth.grid.empty_text")}
	for i := range added {
		added[i].State = frame.PreviewBooth
	}
	d.Booths = append(d.Booths, added...)
	slices.SortFunc(d.Booths, func(x, y registry.Booth) int {
		if x.Zone != y.Zone {
			return strings.Compare(x.Zone, y.Zone)
		}
		return (x.Row-y.Row)*1000 + x.Col - y.Col
	})
	d.Layout = nil // new rows are shown below the rows that there are
	drawing := frame.PlanDrawing{Base: p.Base, Plan: d.Plan}
	p.Plan = drawing.Draw()
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/grid", p)
}

func (p *gridPage) fields(form gridForm) {
	field := func(name, kind, value string) view.Field {
		return view.Field{Name: name, Type: kind, Value: value, Label: p.T("booth.field." + name), Hint: p.T("booth.hint." + name)}
	}
	kind := field("kind", "radios", "")
	kind.Options = view.Options(p.Base, "booth.kind.", registry.BoothKinds, string(form.Kind))
	power := field("power", "checkbox", "")
	if form.Power {
		power.Value = "1"
	}
	p.Short = p.Take(field("zone", "text", form.Zone), field("from", "number", form.From.Typed), field("to", "number", form.To.Typed),
		field("columns", "number", form.Columns.Typed), field("width", "text", form.Width), field("depth", "text", form.Depth),
		field("fee", "money", form.Fee))
	p.Short[0].Max = 2
	for i := 4; i < 6; i++ {
		p.Short[i].InputMode = "decimal"
	}
	p.Fields = p.Take(kind, power)
}

// addBooths previews a grid, or makes it.
func (s *Door) addBooths(c *fiber.Ctx) error {
	var form gridForm
	unread, err := frame.BindOpen(c, &form)
	if err != nil {
		return s.grid(c, form, nil, err)
	}
	grid := form.grid(unread)
	event := frame.EventParam(c)
	if form.Next != "add" {
		added, err := s.App.Booths.PreviewBooths(c.UserContext(), frame.Actor(c), event, grid)
		return s.grid(c, form, added, err)
	}
	if _, err := s.App.Booths.AddBooths(c.UserContext(), frame.Actor(c), event, grid); err != nil {
		return s.grid(c, form, nil, err)
	}
	frame.Flash(c, "booth.flash.added")
	return c.Redirect(view.BoothRoot(event), fiber.StatusSeeOther)
}
