package inspections

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

var stateClass = map[inspection.FindingState]string{inspection.Open: "stop", inspection.Remedied: "wait", inspection.Escalated: "stop", inspection.HandedOver: "wait",
	inspection.Closed: "go"}

// findingChips say how a finding is, and what makes it press.
func findingChips(b view.Base, f inspection.Finding, late bool) []view.Chip {
	chips := []view.Chip{{Class: stateClass[f.State], Label: b.T("inspection.finding_state." + string(f.State))}}
	if late {
		chips = append(chips, view.Chip{Class: "stop", Icon: "clock", Label: b.T("inspection.late")})
	}
	if f.Safety {
		chips = append(chips, view.Chip{Class: "wait", Icon: "shield-alert", Label: b.T("inspection.safety")})
	}
	if f.Holds && !f.State.Settled() {
		chips = append(chips, view.Chip{Class: "stop", Icon: "lock", Label: b.T("inspection.holds")})
	}
	return chips
}

// finding writes a finding as its record shows it.
func (s *Door) finding(b view.Base, f inspections.File, x inspections.Trace) findingView {
	v := findingView{ID: string(x.ID), Title: b.T("inspection.finding_n", x.N), Words: x.Words, Remedy: x.Remedy, Due: due(b, x.Finding, f.On)}
	if item, ok := f.List.Item(x.Item); ok {
		v.Title = b.T("inspection.finding_of", x.N, item.Text(b.Lang))
	}
	v.Chips = findingChips(b, x.Finding, x.Late(f.On, s.App.Today()))
	if h := x.Handover; h.On != "" {
		add := func(name, value string) {
			if value != "" {
				v.Handover = append(v.Handover, view.SummaryRow{Label: b.T("inspection.field." + name), Value: value})
			}
		}
		add("handed_on", vn.ShowDate(h.On))
		add("handed_to", h.To)
		add("dossier", h.Dossier)
		add("answer_due", dayOrNone(h.DueOn))
		outcome := h.Outcome
		if outcome == "" {
			outcome = b.T("inspection.no_outcome")
		}
		add("outcome", outcome)
	}
	for _, st := range x.Steps {
		v.Steps = append(v.Steps, view.SummaryRow{Label: view.ShowTime(st.At), Value: view.SaidLine(b.T("inspection.finding_state."+string(st.State)), st.Text, st.By)})
	}
	if f.Writes {
		for _, next := range steps(x.State) {
			v.Next = append(v.Next, view.NavItem{Href: stepHref(f.ID, x.ID, next), Label: b.T("inspection.to." + string(next))})
		}
	}
	return v
}

func stepHref(id registry.InspectionID, finding registry.FindingID, next inspection.FindingState) string {
	return view.Query(view.InspectionHref(id)+"/dieu/"+string(finding), "buoc", string(next))
}

// steps are the states that a finding may take next; one that is handed over may say what
// came of it.
func steps(from inspection.FindingState) (next []inspection.FindingState) {
	for _, s := range inspection.FindingStates {
		if from.CanBecome(s) || from == inspection.HandedOver && s == from {
			next = append(next, s)
		}
	}
	return next
}

// due says by when a finding is to be mended.
func due(b view.Base, f inspection.Finding, found string) string {
	if f.DueOn == "" {
		return b.T("inspection.at_once")
	}
	return b.T("inspection.due_on", vn.ShowDate(f.Due(found)))
}

func dayOrNone(day string) string {
	if day == "" {
		return ""
	}
	return vn.ShowDate(day)
}

// stepPage is the form of a step of a finding.
type stepPage struct {
	view.Base
	view.Form
	Back    view.NavItem
	Heading string
	Lead    string
	Effect  string
	Action  string
	State   string
	Version int64
	Fields  []view.Field
	Danger  bool
}

// stepForm is a step as it is sent.
type stepForm struct{ inspections.StepInput }

// showStep asks what becomes of a finding.
func (s *Door) showStep(c *fiber.Ctx) error {
	return s.stepPage(c, stepForm{inspections.StepInput{State: string(frame.OneOf(c, "buoc", inspection.FindingStates...))}}, nil)
}

func (s *Door) stepPage(c *fiber.Ctx, form stepForm, fault error) error {
	f, err := s.App.Inspections.File(c.UserContext(), frame.Actor(c), recordParam(c))
	if err != nil {
		return err
	}
	x, ok := findingOf(f, registry.FindingID(c.Params("finding")))
	if !ok || !f.Writes {
		return registry.E(registry.NotFound, "error.not_found")
	}
	next := inspection.FindingState(form.State)
	if may := steps(x.State); form.State == "" && len(may) > 0 {
		next = may[0]
	}
	p := stepPage{Base: s.OfficePage(c, "inspection.to."+string(next)), Back: view.NavItem{Href: view.InspectionHref(f.ID), Label: view.SaidLine(f.Number(), f.Subject.Name)},
		Action: view.InspectionHref(f.ID) + "/dieu/" + string(x.ID), State: string(next), Version: x.Version, Lead: x.Words,
		Danger: next == inspection.HandedOver || next == inspection.Escalated}
	p.Heading, p.Effect = p.Title, s.effect(p.Base, f, x, next)
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if fault == nil && form.On == "" && next == inspection.HandedOver {
		h := x.Handover
		form.StepInput = inspections.StepInput{On: dayOrNone(h.On), To: h.To, Dossier: h.Dossier, Answer: dayOrNone(h.DueOn), Outcome: h.Outcome}
		if h.On == "" {
			form.On = vn.ShowDate(s.App.Today())
		}
	}
	if fault != nil {
		p.Version = form.Version
	}
	p.Fields = p.Take(stepFields(p.Base, form, next)...)
	return s.RenderStatus(c, status, frame.LayoutOffice, "inspections/step", p)
}

// effect says in numbers what a step does.
func (s *Door) effect(b view.Base, f inspections.File, x inspections.Trace, next inspection.FindingState) string {
	holding := 0
	for _, o := range f.Findings {
		if o.Holds && !o.State.Settled() {
			holding++
		}
	}
	switch {
	case x.Holds && next == inspection.Closed && holding == 1:
		return b.T("inspection.effect.opens", f.Subject.Name)
	case x.Holds && next == inspection.Closed:
		return b.T("inspection.effect.still_held", f.Subject.Name, holding-1)
	case x.Holds && x.State == inspection.Closed:
		return b.T("inspection.effect.holds", f.Subject.Name)
	case next == inspection.HandedOver:
		return b.T("inspection.effect.handed_over")
	}
	return ""
}

// stepFields are the fields that a step asks for.
func stepFields(b view.Base, f stepForm, next inspection.FindingState) (fields []view.Field) {
	line := func(name, value string, needed bool) view.Field {
		return view.Field{Name: name, Label: b.T("inspection.field." + name), Value: value, Max: inspection.MaxLine, Required: needed}
	}
	day := func(name, value string, needed bool) view.Field {
		return view.Field{Name: name, Type: "date", Label: b.T("inspection.field." + name), Value: value, Shape: b.T("form.date_shape"), Required: needed}
	}
	switch next {
	case inspection.Open:
		fields = append(fields, day("due_on", f.DueOn, false))
	case inspection.HandedOver:
		fields = append(fields, day("handed_on", f.On, true), line("handed_to", f.To, true), line("dossier", f.Dossier, true), day("answer_due", f.Answer, false),
			line("outcome", f.Outcome, false))
	}
	note := line("step_note", f.Note, next != inspection.Remedied && next != inspection.HandedOver)
	note.Max, note.Hint = inspection.MaxText, b.T("inspection.field.step_note.hint")
	return append(fields, note)
}

func findingOf(f inspections.File, id registry.FindingID) (inspections.Trace, bool) {
	for _, x := range f.Findings {
		if x.ID == id {
			return x, true
		}
	}
	return inspections.Trace{}, false
}

// step moves a finding.
func (s *Door) step(c *fiber.Ctx) error {
	var form stepForm
	err := frame.Bind(c, &form)
	if err == nil {
		_, err = s.App.Inspections.StepFinding(c.UserContext(), frame.Actor(c), registry.FindingID(c.Params("finding")), form.StepInput)
	}
	if err != nil {
		return s.stepPage(c, form, err)
	}
	frame.Flash(c, "inspection.flash.stepped")
	return c.Redirect(view.InspectionHref(recordParam(c)), fiber.StatusSeeOther)
}
