package campaign

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

func planParam(c *fiber.Ctx) registry.PlanID { return registry.PlanID(c.Params("plan")) }

// toPlan opens this year's plan of the largest unit that the reader sees, else the list.
func (s *Door) toPlan(c *fiber.Ctx) error {
	rows, err := s.App.Campaign.Plans(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	year := s.App.Today()[:4]
	at := slices.IndexFunc(rows, func(row campaign.PlanRow) bool { return row.FirstDay()[:4] == year })
	if at < 0 {
		return s.plansPage(c, rows)
	}
	return c.Redirect(planHref(rows[at].ID), fiber.StatusSeeOther)
}

// plansPage lists plans by year.
type plansPage struct {
	view.Base
	Rows  []planLine
	Adds  bool
	Empty view.Empty
}

// planLine is a plan in the list.
type planLine struct {
	campaign.PlanRow
	Href  string
	Place string
	On    string
	Chip  view.Chip
}

var planTones = map[committee.PlanState]string{committee.PlanDraft: "wait", committee.PlanInForce: "go", committee.PlanClosed: "off"}

func planChip(b view.Base, state committee.PlanState) view.Chip {
	return view.Chip{Class: planTones[state], Label: b.T("plan.state." + string(state))}
}

// showPlans lists all plans.
func (s *Door) showPlans(c *fiber.Ctx) error {
	rows, err := s.App.Campaign.Plans(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	return s.plansPage(c, rows)
}

func (s *Door) plansPage(c *fiber.Ctx, rows []campaign.PlanRow) error {
	p := plansPage{Base: s.OfficePage(c, "plan.list_title"), Adds: frame.Actor(c).CanSomewhere(registry.ManagePlan)}
	p.Empty = view.Empty{Icon: "file-text", Title: p.T("plan.none"), Text: p.T("plan.none_text")}
	for _, row := range rows {
		p.Rows = append(p.Rows, planLine{row, planHref(row.ID), s.PlaceName(row.Area), vn.ShowDate(row.IssuedOn), planChip(p.Base, row.State)})
	}
	return s.Render(c, frame.LayoutOffice, "campaign/plans", p)
}

// planForm is what the page of a plan sends.
type planForm struct {
	campaign.PlanInput
	Ref  string `form:"area_ref"`
	Over int64  `form:"over"`
}

// planFormPage is the form of a plan.
type planFormPage struct {
	view.Base
	view.Form
	Action  string
	Version int64
	IsNew   bool
	Fields  []view.Field
	Papers  []paperLine
	Targets []targetLine
	Stale   *view.Stale
}

// paperLine is a row of the papers that a plan rests on.
type paperLine struct{ Number, Day, Title view.Field }

// Said is the row in words.
func (l paperLine) Said() string {
	return view.SaidLine(l.Number.Value, l.Day.Value, l.Title.Value)
}

// targetLine is a row of the targets.
type targetLine struct {
	Strand        string
	Measure, Goal view.Field
}

// Said is the row in words.
func (l targetLine) Said() string { return view.SaidLine(l.Strand, l.Goal.Value, l.Measure.Value) }

// planInput is the form as the use case takes it. The unit is looked for among those of
// the day on which the plan was issued, else of the first day of its year.
func (s *Door) planInput(form planForm) (campaign.PlanInput, error) {
	in, on := form.PlanInput, s.dayOf(form.IssuedOn)
	in.Version = view.ReadAt(form.Version, form.Over)
	if strings.TrimSpace(form.IssuedOn) == "" && len(form.Year) == 4 {
		on = form.Year + "-01-01"
	}
	ref, fault := s.PickedArea(form.Area, form.Ref, on)
	if fault != nil {
		fault.Field = "area"
		return in, fault
	}
	in.Area = ref.String()
	return in, nil
}

// choices are what a plan can be tied to.
type choices struct {
	bodies []campaign.BodyRow
	plans  []campaign.PlanRow
}

func (s *Door) choices(c *fiber.Ctx) (ch choices, err error) {
	if ch.bodies, err = s.App.Campaign.Bodies(c.UserContext(), frame.Actor(c)); err != nil {
		return ch, err
	}
	ch.plans, err = s.App.Campaign.Plans(c.UserContext(), frame.Actor(c))
	return ch, err
}

// fill makes the fields of the form.
func (p *planFormPage) fill(form planForm, ch choices, self registry.PlanID) {
	label := func(name string) string { return p.T("plan.field." + name) }
	hint := func(name string) string { return p.T("plan.field." + name + ".hint") }
	above := []view.Option{{Label: p.T("plan.no_parent"), Selected: form.Parent == ""}}
	for _, row := range ch.plans {
		if row.ID != self && row.Parent == "" {
			above = append(above, view.Option{Value: string(row.ID), Label: row.Title, Selected: string(row.ID) == form.Parent})
		}
	}
	p.Fields = p.Take(
		view.Field{Name: "year", Type: "number", Label: label("year"), Value: form.Year},
		view.Field{Name: "title", Label: label("title"), Value: form.Title, Max: 200},
		view.Field{Name: "number", Label: label("number"), Hint: hint("number"), Value: form.Number, Max: 60},
		view.Field{Name: "issued_on", Type: "date", Label: label("issued_on"), Value: form.IssuedOn},
		view.Field{Name: "area", Type: "area", Label: label("area"), Hint: hint("area"), Value: form.Area, Ref: form.Ref, On: "issued_on"},
		view.Field{Name: "issuer", Type: "select", Label: label("issuer"), Options: bodyOptions(p.Base, ch.bodies, form.Issuer, "")},
		view.Field{Name: "standing", Type: "select", Label: label("standing"), Hint: hint("standing"), Options: bodyOptions(p.Base, ch.bodies, form.Standing, "")},
		view.Field{Name: "parent", Type: "select", Label: label("parent"), Hint: hint("parent"), Options: above},
		view.Field{Name: "objectives", Type: "textarea", Label: label("objectives"), Value: form.Objectives, Rows: 6, Max: 8000})
	p.Papers, p.Targets = p.paperLines(form), p.targetLines(form)
}

// blankPapers is how many empty rows of papers a form has.
const blankPapers = 2

func (p *planFormPage) paperLines(form planForm) (lines []paperLine) {
	for i := range len(form.Papers) + blankPapers {
		n := strconv.Itoa(i)
		lines = append(lines, paperLine{
			p.TakeOne(view.Field{Name: "paper." + n, Label: p.T("plan.field.paper"), Value: rowOf(form.Papers, i), Max: 60}),
			p.TakeOne(view.Field{Name: "paper_on." + n, Type: "date", Label: p.T("plan.field.paper_on"), Value: rowOf(form.PaperDays, i)}),
			p.TakeOne(view.Field{Name: "paper_title." + n, Label: p.T("plan.field.paper_title"), Value: rowOf(form.PaperNames, i), Max: 300})})
	}
	return lines
}

func (p *planFormPage) targetLines(form planForm) (lines []targetLine) {
	for i, strand := range committee.Strands {
		name := p.T("plan.strand." + string(strand))
		lines = append(lines, targetLine{name,
			p.TakeOne(view.Field{Name: "measure." + string(strand), Label: name + ", " + p.T("plan.field.measure"), Value: rowOf(form.Measures, i), Max: 60}),
			p.TakeOne(view.Field{Name: "goal." + string(strand), Label: name + ", " + p.T("plan.field.goal"), Value: rowOf(form.Goals, i)})})
	}
	return lines
}

// rowOf is a cell of a column, "" beyond its end.
func rowOf(column []string, i int) string {
	if i < len(column) {
		return column[i]
	}
	return ""
}

// showNewPlan asks for a new plan: this year's, of the reader's unit, with the standing
// body that the rules of the campaign name.
func (s *Door) showNewPlan(c *fiber.Ctx) error {
	form := planForm{PlanInput: campaign.PlanInput{Year: s.App.Today()[:4]}}
	ch, err := s.choices(c)
	if err != nil {
		return err
	}
	codes, all := frame.Actor(c).Reach(registry.ManagePlan)
	if !all && len(codes) > 0 {
		ref := registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}
		form.Area, form.Ref = s.AreaName(ref), ref.String()
	}
	for _, b := range ch.bodies {
		switch {
		case !b.Stands:
		case b.Kind == committee.SteeringCommittee && form.Issuer == "":
			form.Issuer = string(b.ID)
		case b.Kind == committee.StandingBody && form.Standing == "":
			form.Standing = string(b.ID)
		}
	}
	return s.reshowNewPlan(c, form, nil)
}

func (s *Door) reshowNewPlan(c *fiber.Ctx, form planForm, fault error) error {
	p := planFormPage{Base: s.OfficePage(c, "plan.new_title"), Action: planRoot + "/moi", IsNew: true}
	ch, err := s.choices(c)
	if err != nil {
		return err
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(form, ch, "")
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/plan_form", p)
}

// createPlan begins a plan.
func (s *Door) createPlan(c *fiber.Ctx) error {
	var form planForm
	if err := frame.Bind(c, &form); err != nil {
		return s.reshowNewPlan(c, form, err)
	}
	in, err := s.planInput(form)
	if err != nil {
		return s.reshowNewPlan(c, form, err)
	}
	plan, err := s.App.Campaign.CreatePlan(c.UserContext(), frame.Actor(c), in)
	if err != nil {
		return s.reshowNewPlan(c, form, err)
	}
	frame.Flash(c, "plan.flash.created")
	return c.Redirect(planHref(plan.ID), fiber.StatusSeeOther)
}

// showPlanForm shows the form of a plan.
func (s *Door) showPlanForm(c *fiber.Ctx) error { return s.reshowPlan(c, nil, nil) }

func (s *Door) reshowPlan(c *fiber.Ctx, sent *planForm, fault error) error {
	row, err := s.App.Campaign.Plan(c.UserContext(), frame.Actor(c), planParam(c))
	if err != nil {
		return err
	}
	if !row.Manages {
		return registry.E(registry.NotFound, "error.not_found")
	}
	ch, err := s.choices(c)
	if err != nil {
		return err
	}
	p := planFormPage{Base: s.OfficePage(c, "plan.edit_title", row.Title), Action: planHref(row.ID) + "/sua", Version: row.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	stored := planForm{PlanInput: campaign.PlanInputOf(row.Plan), Ref: row.Area.String()}
	stored.Area = s.AreaName(row.Area)
	form := stored
	if sent != nil {
		form, p.Version = *sent, sent.Version
	}
	p.fill(form, ch, row.ID)
	if view.IsStale(fault) {
		theirs := planFormPage{Base: p.Base}
		theirs.fill(stored, ch, row.ID)
		p.Stale = view.NewStale(p.Base, row.Version, p.Action, p.Fields, theirs.Fields)
		p.Stale.Compare(p.T("plan.papers"), view.RowsSaid(p.Papers), view.RowsSaid(theirs.Papers))
		p.Stale.Compare(p.T("plan.targets"), view.RowsSaid(p.Targets), view.RowsSaid(theirs.Targets))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "campaign/plan_form", p)
}

// savePlan changes a plan.
func (s *Door) savePlan(c *fiber.Ctx) error {
	var form planForm
	if err := frame.Bind(c, &form); err != nil {
		return s.reshowPlan(c, &form, err)
	}
	in, err := s.planInput(form)
	if err == nil {
		err = s.App.Campaign.SavePlan(c.UserContext(), frame.Actor(c), planParam(c), in)
	}
	if err != nil {
		return s.reshowPlan(c, &form, err)
	}
	frame.Flash(c, "plan.flash.saved")
	return c.Redirect(planHref(planParam(c)), fiber.StatusSeeOther)
}
