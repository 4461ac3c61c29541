package floorplans

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// mergePage asks whose change is kept of what two people changed.
type mergePage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Root    string
	Ref     refForm
	Seen    refForm // the plan of the other
	Layout  string
	Asked   []asked
	Heading string
}

// asked is an object that two people changed.
type asked struct {
	ID, Name, Theirs, Mine string
	Chosen                 floorplan.Choice
}

// ask shows the question.
func (s *Door) ask(c *fiber.Ctx, ref refForm, saved floorplans.Saved, fault error) error {
	d, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := mergePage{Base: s.OfficePage(c, "floor_plan.title", d.Event.Title), Root: root(d.Event.ID), Ref: ref, Layout: floorplan.Encode(saved.Mine),
		Seen: refForm{saved.Plan.N, saved.Plan.Version}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head, p.Heading = s.EventHead(c, p.Base, d.Event), p.T("floor_plan.merge.heading", saved.By, len(saved.Open))
	for _, conflict := range saved.Open {
		a := asked{ID: conflict.ID, Chosen: conflict.Chosen, Theirs: p.said(conflict.Theirs), Mine: p.said(conflict.Mine)}
		if conflict.ID == floorplan.Ground {
			a.Name, a.Theirs, a.Mine = p.T("floor_plan.tool.ground"), p.groundSaid(saved.Plan.Layout), p.groundSaid(saved.Mine)
		} else if o := cmp.Or(conflict.Theirs, conflict.Mine); o != nil {
			a.Name = strings.TrimSpace(kindName(p.Base, o.Kind) + " " + o.Name())
		}
		p.Asked = append(p.Asked, a)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "floorplans/merge", p)
}

// said is an object in words.
func (p *mergePage) said(o *floorplan.Object) string {
	if o == nil {
		return p.T("floor_plan.merge.gone")
	}
	t := floorplans.TypedOf(*o)
	return p.T("floor_plan.merge.object", cmp.Or(o.Name(), "–"), t.X, t.Y, t.W, t.H, o.Turn)
}

func (p *mergePage) groundSaid(l floorplan.Layout) string {
	b := floorplans.BareOf(l)
	return p.T("floor_plan.merge.ground", b.W, b.H, b.Lane, len(l.Edge))
}

// saveFields are what the form of a whole plan has.
var saveFields = []string{"n", "version", "layout", "keep", "seen_n", "seen_version"}

// save keeps a whole plan, with what was chosen where two people changed one object.
func (s *Door) save(c *fiber.Ctx) error {
	if _, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c)); err != nil {
		return err
	}
	values, _, err := frame.FormValues(c) // by hand: a plan is longer than a field of a form
	if err != nil {
		return err
	}
	for name := range values {
		if !slices.Contains(saveFields, name) && !strings.HasPrefix(name, "_") {
			return registry.E(registry.Malformed, "error.unknown_field", name)
		}
	}
	ref, err := readRef(values)
	if err != nil {
		return err
	}
	l, err := floorplans.Read([]byte(values.Get("layout")))
	if err != nil {
		if registry.KindOf(err) == registry.Invalid {
			return s.desk(c, beginForm{}, err)
		}
		return registry.E(registry.Malformed, "error.malformed")
	}
	in := floorplans.Input{Layout: l, Chosen: map[string]floorplan.Choice{}, Ref: ref.ref(c)}
	if values.Has("seen_n") {
		seen, err := readRef(url.Values{"n": values["seen_n"], "version": values["seen_version"]})
		if err != nil {
			return err
		}
		in.Seen = seen.ref(c)
	}
	for _, keep := range values["keep"] {
		if id, choice, ok := strings.Cut(keep, ":"); ok {
			in.Chosen[id] = floorplan.Choice(choice)
		}
	}
	saved, err := s.App.FloorPlans.Save(c.UserContext(), frame.Actor(c), in)
	return s.saved(c, edition{ref: ref, flash: "floor_plan.flash.saved", again: func(err error) error { return s.desk(c, beginForm{}, err) }}, saved, err)
}
