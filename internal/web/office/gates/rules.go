package gates

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// gateRulesPage is where the chief sets the rules at the gates.
type gateRulesPage struct {
	GateHead
	Fields  []view.Field
	Windows []loadLine
	Fault   string // of the load windows
	Pin     view.Field
	HasPin  bool
	Version int64
	Stale   *view.Stale

	capacityHint string
}

// loadLine is a time window for vehicles in the form.
type loadLine struct{ Day, From, Until string }

// loadLines is how many lines for windows the form has at least.
const loadLines = 4

// rulesForm is the form of the rules.
type rulesForm struct {
	MaxInside view.Number `form:"max_inside"`
	Setup     view.Number `form:"setup_minutes"`
	Visitor   string      `form:"visitor_rule"`
	Typed     bool        `form:"typed_supervised"`
	Capacity  view.Number `form:"capacity"`
	Days      []string    `form:"load_day"`
	From      []string    `form:"load_from"`
	Until     []string    `form:"load_until"`
	Version   int64       `form:"version"`
	Over      int64       `form:"over"`
}

// showGateRules shows the rules as they stand.
func (s *Door) showGateRules(c *fiber.Ctx) error { return s.gateRules(c, nil, nil) }

// gateRules shows the rules, or what was sent, with what went wrong.
func (s *Door) gateRules(c *fiber.Ctx, sent *rulesForm, fault error) error {
	o, err := s.App.Admission.GateOffice(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := gateRulesPage{GateHead: s.gateHead(c, o.Event, "gate.rules.title"), HasPin: o.Settings.Pin != nil, Version: o.Settings.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.capacityHint = p.T("gate.rules.capacity_hint")
	if o.Event.Capacity > 0 {
		p.capacityHint = p.T("gate.rules.capacity_event", vn.Count(int64(o.Event.Capacity)))
	}
	form := rulesOf(o.Settings.Policy)
	if sent != nil {
		form = *sent
		p.Version = sent.Version
	}
	p.fill(form)
	if view.IsStale(fault) {
		theirs := gateRulesPage{GateHead: GateHead{Base: p.Base}, capacityHint: p.capacityHint}
		theirs.fill(rulesOf(o.Settings.Policy))
		p.Stale = view.NewStale(p.Base, o.Settings.Version, c.Path(), p.Fields, theirs.Fields)
		p.Stale.Compare(p.T("gate.rules.load"), windowsSaid(p.Windows), windowsSaid(theirs.Windows))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "gates/rules", p)
}

// rulesOf fills the form from a policy.
func rulesOf(policy registry.GatePolicy) rulesForm {
	f := rulesForm{MaxInside: view.NumberOf(policy.MaxInside), Setup: view.NumberOf(policy.SetupMinutes), Visitor: string(policy.VisitorRule), Typed: policy.TypedSupervised, Capacity: view.NumberOf(policy.Capacity)}
	for _, w := range policy.LoadWindows {
		from, until := time.UnixMilli(w.FromAt), time.UnixMilli(w.UntilAt)
		f.Days = append(f.Days, vn.ShowDate(vn.DateOf(from)))
		f.From = append(f.From, vn.ClockOf(from))
		f.Until = append(f.Until, endClock(from, until))
	}
	return f
}

// windowsSaid are the windows in words, without the lines left empty.
func windowsSaid(lines []loadLine) string {
	var said []string
	for _, l := range lines {
		if l != (loadLine{}) {
			said = append(said, l.Day+" "+l.From+"–"+l.Until)
		}
	}
	return strings.Join(said, "\n")
}

// endClock is the end of a window on its own day: midnight is its 24:00.
func endClock(from, until time.Time) string {
	if vn.DateOf(from) != vn.DateOf(until) {
		return "24:00"
	}
	return vn.ClockOf(until)
}

func (p *gateRulesPage) fill(f rulesForm) {
	typed := ""
	if f.Typed {
		typed = "1"
	}
	p.Fields = p.Take([]view.Field{
		{Name: "max_inside", Type: "number", Label: p.T("gate.rules.max_inside"), Hint: p.T("gate.rules.max_inside_hint"), Value: f.MaxInside.Typed},
		{Name: "setup_minutes", Type: "number", Label: p.T("gate.rules.setup"), Hint: p.T("gate.rules.setup_hint"), Value: f.Setup.Typed},
		{Name: "capacity", Type: "number", Label: p.T("gate.rules.capacity"), Hint: p.capacityHint, Value: f.Capacity.Typed},
		{Name: "visitor_rule", Type: "radios", Label: p.T("gate.rules.visitor"), Options: view.Options(p.Base, "gate.rules.visitor.",
			[]registry.VisitorRule{registry.VisitorOnce, registry.VisitorDaily}, f.Visitor)},
		{Name: "typed_supervised", Type: "checkbox", Label: p.T("gate.rules.typed"), Hint: p.T("gate.rules.typed_hint"), Value: typed},
	}...)
	p.Fault = p.Part("load_windows", p.T("gate.rules.load"))
	for i := range max(loadLines, len(f.Days)+1) {
		line := loadLine{}
		if i < len(f.Days) && i < len(f.From) && i < len(f.Until) {
			line = loadLine{f.Days[i], f.From[i], f.Until[i]}
		}
		p.Windows = append(p.Windows, line)
	}
	p.Pin = p.TakeOne(view.Field{Name: "pin", Type: "password", InputMode: "numeric", Autocomplete: "new-password", Max: 6,
		Label: p.T("gate.pin.label"), Hint: p.T("gate.pin.hint")})
}

// saveGateRules stores the rules.
func (s *Door) saveGateRules(c *fiber.Ctx) error {
	var form rulesForm
	unread, err := frame.BindOpen(c, &form)
	if err == nil {
		err = s.App.Admission.SaveGatePolicy(c.UserContext(), frame.Actor(c), frame.EventParam(c), admission.PolicyInput{
			MaxInside: form.MaxInside.N, SetupMinutes: form.Setup.N, VisitorRule: registry.VisitorRule(form.Visitor), TypedSupervised: form.Typed, Capacity: form.Capacity.N, Unread: unread,
			LoadDays: form.Days, LoadFrom: form.From, LoadUntil: form.Until, Version: view.ReadAt(form.Version, form.Over)})
	}
	if err != nil {
		return s.gateRules(c, &form, err)
	}
	frame.Flash(c, "gate.flash.rules")
	return c.Redirect(view.GateRoot(frame.EventParam(c))+"/quy-dinh", fiber.StatusSeeOther)
}

// saveGatePin sets the supervisor's PIN or takes it away.
func (s *Door) saveGatePin(c *fiber.Ctx) error {
	var form struct {
		Pin string `form:"pin"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.gateRules(c, nil, err)
	}
	if err := s.App.Admission.SetSupervisorPin(c.UserContext(), frame.Actor(c), frame.EventParam(c), form.Pin); err != nil {
		return s.gateRules(c, nil, err)
	}
	frame.Flash(c, "gate.flash.pin")
	return c.Redirect(view.GateRoot(frame.EventParam(c))+"/quy-dinh", fiber.StatusSeeOther)
}
