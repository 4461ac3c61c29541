package floorplans

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// objectForm is an object as it is typed.
type objectForm struct {
	refForm
	Kind  floorplan.Kind `form:"kind"`
	Code  string         `form:"code"`
	Label string         `form:"label"`
	X     string         `form:"x"`
	Y     string         `form:"y"`
	W     string         `form:"w"`
	H     string         `form:"h"`
	Turn  string         `form:"turn"`
}

func (f objectForm) typed() floorplans.Typed {
	return floorplans.Typed{Kind: f.Kind, Code: f.Code, Label: f.Label, X: f.X, Y: f.Y, W: f.W, H: f.H, Turn: f.Turn}
}

// objectTool adds an object, or changes one.
func objectTool(there bool) toolOf[objectForm] {
	t := toolOf[objectForm]{path: "/vat/moi", flash: "floor_plan.flash.added", ref: func(f objectForm) refForm { return f.refForm },
		head: func(p *toolPage) string { return p.T("floor_plan.tool.add") }, start: newObject, fields: objectFields,
		edit: func(_ *fiber.Ctx, f objectForm) (floorplans.Edit, string) {
			return floorplans.Add(f.typed())
		}}
	if !there {
		return t
	}
	t.path, t.flash, t.start = "/vat/:object", "floor_plan.flash.set", knownObject
	t.head = func(p *toolPage) string { return p.T("floor_plan.tool.set") }
	t.fields = func(p *toolPage, f objectForm) {
		p.Object = p.lastOfPath()
		p.known(f)
	}
	t.edit = func(c *fiber.Ctx, f objectForm) (floorplans.Edit, string) {
		return floorplans.Set(c.Params("object"), f.typed()), c.Params("object")
	}
	return t
}

// sizes are how large a new object is, in metres.
var sizes = map[floorplan.Kind][2]string{floorplan.Booth: {"3", "3"}, floorplan.Zone: {"12", "9"}, floorplan.Table: {"4", "3"}, floorplan.Path: {"12", "4"},
	floorplan.Fire: {"12", "4"}, floorplan.Gate: {"4", "1"}, floorplan.Power: {"1", "1"}, floorplan.WC: {"4", "3"}, floorplan.Aid: {"3", "3"}, floorplan.Text: {"4", "1"}}

// newObject proposes an object of the kind that was asked for.
func newObject(c *fiber.Ctx, _ floorplans.Desk) (objectForm, error) {
	kind := floorplan.Kind(c.Query("loai"))
	if !slices.Contains(floorplan.Kinds, kind) {
		if kind != "" {
			frame.CannotRead(c, "loai")
		}
		kind = floorplan.Booth
	}
	return objectForm{Kind: kind, X: "0", Y: "0", W: sizes[kind][0], H: sizes[kind][1], Turn: "0"}, nil
}

// knownObject is an object as it stands.
func knownObject(c *fiber.Ctx, d floorplans.Desk) (f objectForm, err error) {
	l := d.Shown().Layout
	i := l.Find(c.Params("object"))
	if i < 0 {
		return f, registry.E(registry.NotFound, "error.not_found")
	}
	t := floorplans.TypedOf(l.Objects[i])
	return objectForm{Kind: t.Kind, Code: t.Code, Label: t.Label, X: t.X, Y: t.Y, W: t.W, H: t.H, Turn: t.Turn}, nil
}

// objectFields draws the form of a new object.
func objectFields(p *toolPage, f objectForm) {
	kind := p.text("kind", "select", "")
	kind.Options = view.Options(p.Base, "floor_plan.kind.", floorplan.Kinds, string(f.Kind))
	p.Short = p.Take(kind)
	p.numbers(f, true, true)
}

// numbers draws what every object has.
func (p *toolPage) numbers(f objectForm, code, label bool) {
	p.Intro = p.T("floor_plan.tool.object_about")
	if code {
		field := p.text("code", "text", f.Code)
		field.Hint = p.T("floor_plan.field.code.hint")
		p.Short = append(p.Short, p.TakeOne(field))
	}
	if label {
		field := p.text("label", "text", f.Label)
		field.Max, field.Hint = floorplan.MaxLabel, p.T("floor_plan.field.label.hint")
		p.Fields = append(p.Fields, p.TakeOne(field))
	}
	p.Short = append(p.Short, p.Take(p.text("x", "metres", f.X), p.text("y", "metres", f.Y), p.text("w", "metres", f.W), p.text("h", "metres", f.H),
		p.text("turn", "number", f.Turn))...)
}

// known draws the form of an object that stands in the plan, with what is wrong with it.
func (p *toolPage) known(f objectForm) {
	l := p.desk.Shown().Layout
	i := l.Find(p.Object)
	if i < 0 { // deleted meanwhile: the fault says so
		p.Object = ""
		p.numbers(f, f.Code != "", f.Code == "")
		return
	}
	o := l.Objects[i]
	booth := o.Kind == floorplan.Booth
	p.Heading += " · " + cmp.Or(o.Name(), kindName(p.Base, o.Kind))
	p.numbers(f, booth, !booth)
	p.Effect = p.T("floor_plan.delete.effect")
	if owner := p.desk.Vendors[registry.BoothID(o.Booth)].Name; booth && owner != "" {
		p.Effect = p.T("floor_plan.delete.owned", o.Code, owner)
	}
	list := deskPage{Base: p.Base, Root: p.Root, MayEdit: true}
	for _, found := range p.desk.Findings {
		if (found.Object == o.ID || found.Other == o.ID) && len(p.Findings) < listedFindings {
			p.Findings = append(p.Findings, list.findingAt(found, o.ID))
		}
	}
}

// lastOfPath is the object that the address of the page names.
func (p *toolPage) lastOfPath() string { return p.Action[len(p.Root)+len("/vat/"):] }
