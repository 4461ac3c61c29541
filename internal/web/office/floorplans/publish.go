package floorplans

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// publishPage says what publishing would do, before it is done.
type publishPage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Root    string
	Ref     refForm
	Heading string
	Refused string // why it cannot be
	Effects []string
	Seen    string // digest of them
	Fields  []view.Field
	Way     string // back
	Button  string
}

// askPublish shows what publishing would do.
func (s *Door) askPublish(c *fiber.Ctx) error { return s.publishing(c, nil, nil) }

// publishing shows what publishing would do, and what was said of new booths.
func (s *Door) publishing(c *fiber.Ctx, said map[string]booths.Terms, fault error) error {
	x, err := s.App.FloorPlans.Effect(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if registry.KindOf(err) == registry.NotFound && fault == nil { // there is no draft to publish
		if _, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c)); err != nil {
			return err
		}
		return back(c, "")
	}
	if err != nil {
		return err
	}
	p := publishPage{Base: s.OfficePage(c, "floor_plan.title", x.Event.Title), Root: root(x.Event.ID), Ref: refForm{x.Plan.N, x.Plan.Version}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, x.Event)
	p.Heading, p.Button = p.T("floor_plan.publish.ask", x.Plan.N), p.T("floor_plan.publish.do", x.Plan.N)
	p.effects(x)
	p.Seen = x.Digest()
	p.terms(x.New, said)
	switch refused := cmp.Or(x.Refuse, x.Barred); {
	case refused != nil:
		texts, _ := view.FaultTexts(p.Base, refused)
		p.Refused = texts[""]
	case len(x.Stops) > 0:
		p.Refused = p.T("floor_plan.error.stops", len(x.Stops))
	case x.Plan.State != floorplans.Checked:
		p.Refused = p.T("floor_plan.error.unchecked")
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "floorplans/publish", p)
}

// effects says in numbers what publishing does.
func (p *publishPage) effects(x floorplans.Effect) {
	add := func(n int, key string, args ...any) {
		if n > 0 {
			p.Effects = append(p.Effects, p.T("floor_plan.publish."+key, append([]any{n}, args...)...))
		}
	}
	var renamed []string
	for _, r := range x.Renamed {
		renamed = append(renamed, r.Code+" → "+r.To)
	}
	for _, z := range x.New {
		add(len(z.Codes), "added", strings.Join(z.Codes, ", "))
	}
	add(len(x.Restored), "restored", strings.Join(x.Restored, ", "))
	add(len(x.RestoredBlocked), "restored_blocked", strings.Join(x.RestoredBlocked, ", "))
	add(len(x.Removed), "removed", strings.Join(x.Removed, ", "))
	add(len(x.RemovedBlocked), "removed_blocked", strings.Join(x.RemovedBlocked, ", "))
	add(len(x.Renamed), "renamed", strings.Join(renamed, ", "))
	var resized []string
	for _, r := range x.Resized {
		resized = append(resized, r.Code+" "+vn.ShowSize(r.WidthCM, r.DepthCM)+" → "+vn.ShowSize(r.WidthTo, r.DepthTo))
	}
	add(len(x.Resized), "resized", strings.Join(resized, ", "))
	var moved []string
	for _, b := range x.Moved {
		moved = append(moved, b.Code)
	}
	add(len(x.Moved), "moved", strings.Join(moved, ", "))
	add(x.Passes, "passes")
	if x.Today {
		add(x.Holders, "today", x.Passes)
	}
	add(x.Vendors, "vendors")
	add(x.Offered, "offered")
	if x.Nothing() {
		p.Effects = append(p.Effects, p.T("floor_plan.publish.same"))
	}
	p.Effects = append(p.Effects, p.T("floor_plan.publish.seen"))
	p.Way = p.T("floor_plan.publish.way")
	if x.First {
		p.Way = p.T("floor_plan.publish.way_first")
	}
}

// terms asks for the fee and power of new booths, zone by zone.
func (p *publishPage) terms(list []floorplans.NewBooths, said map[string]booths.Terms) {
	for _, z := range list {
		t, ok := said[z.Zone]
		if !ok {
			t = booths.Terms{Power: z.Power}
			if z.FeeDong > 0 {
				t.Fee = booths.ShowFee(z.FeeDong)
			}
		}
		fee := view.Field{Name: "fee_" + z.Zone, Type: "money", Label: p.T("floor_plan.field.fee", z.Zone), Hint: p.T("booth.hint.fee"), Value: t.Fee}
		power := view.Field{Name: "power_" + z.Zone, Type: "checkbox", Label: p.T("floor_plan.field.power", z.Zone)}
		if t.Power {
			power.Value = "1"
		}
		p.Fields = append(p.Fields, p.Take(fee, power)...)
	}
}

// publishFields are what the form has beside the terms of each zone.
var publishFields = []string{"n", "version", "seen"}

// publish puts the draft in force.
func (s *Door) publish(c *fiber.Ctx) error {
	values, _, err := frame.FormValues(c) // by hand: it has fields for each zone
	if err != nil {
		return err
	}
	said := map[string]booths.Terms{}
	for name := range values {
		kind, zone, _ := strings.Cut(name, "_")
		switch {
		case kind == "fee":
			said[zone] = booths.Terms{Fee: values.Get(name), Power: values.Get("power_"+zone) == "1"}
		case kind != "power" && kind != "" && !slices.Contains(publishFields, name):
			return registry.E(registry.Malformed, "error.unknown_field", name)
		}
	}
	ref, err := readRef(values)
	if err != nil {
		return err
	}
	in := floorplans.Publication{Ref: ref.ref(c), Seen: values.Get("seen"), New: said}
	if err := s.App.FloorPlans.Publish(c.UserContext(), frame.Actor(c), in); err != nil {
		return s.publishing(c, said, err)
	}
	frame.Flash(c, "floor_plan.flash.published")
	return back(c, "")
}

// readRef reads from which version and change somebody edits, 0 where a form says nothing of it, as in other forms.
func readRef(values url.Values) (refForm, error) {
	n, errN := strconv.Atoi(cmp.Or(values.Get("n"), "0"))
	version, errV := strconv.ParseInt(cmp.Or(values.Get("version"), "0"), 10, 64)
	if errN != nil || errV != nil {
		return refForm{}, registry.E(registry.Malformed, "error.malformed")
	}
	return refForm{n, version}, nil
}
