package campaign

import (
	"context"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// PlanInput is what the form of a plan holds. The rows of papers lie side by side, and
// so do those of the targets, one for each of committee.Strands.
type PlanInput struct {
	Year       string   `form:"year"`
	Area       string   `form:"area"` // text form of a unit
	Title      string   `form:"title"`
	Number     string   `form:"number"`
	IssuedOn   string   `form:"issued_on"`
	Issuer     string   `form:"issuer"`
	Standing   string   `form:"standing"`
	Parent     string   `form:"parent"`
	Objectives string   `form:"objectives" lines:"many"`
	Papers     []string `form:"paper" lines:"row"`
	PaperDays  []string `form:"paper_on" lines:"row"`
	PaperNames []string `form:"paper_title" lines:"row"`
	Measures   []string `form:"measure" lines:"row"`
	Goals      []string `form:"goal" lines:"row"`
	Version    int64    `form:"version"`
}

// maxPapers bounds the papers that a plan rests on.
const maxPapers = 12

// PlanInputOf is a plan as its form takes it, with room for two more papers.
func PlanInputOf(p committee.Plan) PlanInput {
	in := PlanInput{Year: strconv.Itoa(p.Year), Area: p.Area.String(), Title: p.Title, Number: p.Number, IssuedOn: vn.ShowDate(p.IssuedOn),
		Issuer: string(p.Issuer), Standing: string(p.Standing), Parent: string(p.Parent), Objectives: p.Objectives, Version: p.Version}
	for _, paper := range p.Papers {
		in.Papers, in.PaperNames = append(in.Papers, paper.Number), append(in.PaperNames, paper.Title)
		in.PaperDays = append(in.PaperDays, vn.ShowDate(paper.IssuedOn))
	}
	for _, strand := range committee.Strands {
		t := p.Target(strand)
		in.Measures = append(in.Measures, t.Measure)
		if t.Goal > 0 {
			in.Goals = append(in.Goals, strconv.FormatInt(t.Goal, 10))
		} else {
			in.Goals = append(in.Goals, "")
		}
	}
	return in
}

// at is the text of a row, "" beyond the last one.
func at(rows []string, i int) string {
	if i < len(rows) {
		return strings.TrimSpace(rows[i])
	}
	return ""
}

// checkPlan fills a plan from its form, or returns all faults at once. A unit is taken
// as it was in the year of the plan.
func (a *Service) checkPlan(actor registry.Actor, in PlanInput, p *committee.Plan) error {
	r := core.Input{Today: a.Today()}
	year, err := strconv.Atoi(strings.TrimSpace(in.Year))
	r.Faults.Check(err == nil && year >= 2009 && year <= 2100, "year", "plan.error.year")
	p.Year, p.Title, p.Number = year, r.Needed("title", in.Title, 200), r.Line("number", in.Number, 60)
	p.Area = a.area(&r, actor, registry.ManagePlan, "area", in.Area)
	p.IssuedOn, p.Objectives = r.Date("issued_on", in.IssuedOn), r.Text("objectives", in.Objectives, 8000)
	p.Issuer, p.Standing, p.Parent = registry.BodyID(in.Issuer), registry.BodyID(in.Standing), registry.PlanID(in.Parent)
	r.Faults.Check(p.Issuer != "", "issuer", "error.choose")
	r.Faults.Check(p.Parent == "" || p.Parent != p.ID, "parent", "body.error.self")
	p.Papers, p.Targets = a.checkPapers(&r, in), checkTargets(&r, in)
	return r.Faults.Err()
}

// checkPapers reads the rows of papers. One that the product knows needs no title.
func (a *Service) checkPapers(r *core.Input, in PlanInput) (papers []committee.Paper) {
	for i := range max(len(in.Papers), len(in.PaperDays), len(in.PaperNames)) {
		row := strconv.Itoa(i)
		paper := committee.Paper{Number: r.Line("paper."+row, at(in.Papers, i), 60), IssuedOn: r.Date("paper_on."+row, at(in.PaperDays, i)),
			Title: r.Line("paper_title."+row, at(in.PaperNames, i), 300)}
		if paper == (committee.Paper{}) {
			continue
		}
		r.Faults.Check(paper.Number != "", "paper."+row, "plan.error.paper_number")
		if known, ok := a.Laws.Paper(paper.Number); ok && paper.Title == "" {
			paper.Title = known.Title
		}
		papers = append(papers, paper)
	}
	r.Faults.Check(len(papers) <= maxPapers, "paper.0", "plan.error.papers", maxPapers)
	return papers
}

// checkTargets reads the rows of targets; an empty row is none.
func checkTargets(r *core.Input, in PlanInput) (targets []committee.Target) {
	for i, strand := range committee.Strands {
		measure, typed := r.Line("measure."+string(strand), at(in.Measures, i), 60), at(in.Goals, i)
		field := "goal." + string(strand)
		switch goal, err := strconv.ParseInt(strings.ReplaceAll(typed, ".", ""), 10, 64); {
		case typed == "":
			r.Faults.Check(measure == "", field, "plan.error.no_goal")
		case err != nil || goal < 1 || goal > committee.MaxGoal:
			r.Faults.Add(field, "plan.error.goal", committee.MaxGoal)
		default:
			r.Faults.Check(measure != "", "measure."+string(strand), "plan.error.measure")
			targets = append(targets, committee.Target{Strand: strand, Measure: measure, Goal: goal})
		}
	}
	return targets
}

// PlanRow is a plan as lists show it.
type PlanRow struct {
	committee.Plan
	IssuerName string
	Manages    bool // the actor may change it
}

// Plans lists the plans in the areas of whoever reads them, the newest year first.
// NotFound without ViewPlan anywhere.
func (a *Service) Plans(ctx context.Context, actor registry.Actor) (rows []PlanRow, err error) {
	codes, err := reach(actor, registry.ViewPlan)
	if err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		plans, err := tx.Plans(ctx, codes)
		if err != nil {
			return err
		}
		for _, p := range plans {
			issuer, err := tx.Body(ctx, p.Issuer)
			if err != nil {
				return err
			}
			rows = append(rows, PlanRow{p, issuer.Name, actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area))})
		}
		return nil
	})
	return rows, err
}

// planFor reads a plan for whoever holds a right in its area; else it is NotFound.
func (a *Service) planFor(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id registry.PlanID) (committee.Plan, error) {
	p, err := tx.Plan(ctx, id)
	if err == nil && !actor.Can(right, a.Areas.Scope(p.Area)) {
		err = core.ErrHidden()
	}
	return p, err
}

// Plan returns a plan with its papers and targets. NotFound without ViewPlan in its area.
func (a *Service) Plan(ctx context.Context, actor registry.Actor, id registry.PlanID) (row PlanRow, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err := a.planFor(ctx, tx, actor, registry.ViewPlan, id)
		if err != nil {
			return err
		}
		issuer, err := tx.Body(ctx, p.Issuer)
		row = PlanRow{p, issuer.Name, actor.Can(registry.ManagePlan, a.Areas.Scope(p.Area))}
		return err
	})
	return row, err
}

// CreatePlan begins a plan as a draft. The actor needs ManagePlan in its area. Invalid
// at a field; Conflict if its issuer has a plan of that year.
func (a *Service) CreatePlan(ctx context.Context, actor registry.Actor, in PlanInput) (p committee.Plan, err error) {
	if _, err := reach(actor, registry.ManagePlan); err != nil {
		return p, err
	}
	if err := a.checkPlan(actor, in, &p); err != nil {
		return p, err
	}
	p.State = committee.PlanDraft
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if err := a.checkPlanKin(ctx, tx, actor, p); err != nil {
			return registry.Change{}, err
		}
		if err := tx.InsertPlan(ctx, &p, a.Areas.Scope(p.Area), actor.Account); err != nil {
			return registry.Change{}, err
		}
		return a.planChange("plan.create", p, fact.Said("title", p.Title), fact.Number("plan.year", p.Year)), nil
	})
	return p, err
}

// SavePlan changes a plan as it was read. The actor needs ManagePlan in its area, old
// and new. Invalid at a field; Conflict where a colleague was quicker.
func (a *Service) SavePlan(ctx context.Context, actor registry.Actor, id registry.PlanID, in PlanInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, err := a.planFor(ctx, tx, actor, registry.ManagePlan, id)
		if err != nil {
			return registry.Change{}, err
		}
		p := old
		if err := a.checkPlan(actor, in, &p); err != nil {
			return registry.Change{}, err
		}
		if err := a.checkPlanKin(ctx, tx, actor, p); err != nil {
			return registry.Change{}, err
		}
		p.Version = in.Version
		if err := tx.SavePlan(ctx, &p, a.Areas.Scope(p.Area)); err != nil {
			return registry.Change{}, err
		}
		return a.planChange("plan.edit", p, fact.Differences(planFacts(old), planFacts(p))...), nil
	})
}

// checkPlanKin refuses bodies and a plan above that the actor cannot see, and one above
// that is of another year.
func (a *Service) checkPlanKin(ctx context.Context, tx *store.Tx, actor registry.Actor, p committee.Plan) error {
	var faults registry.Faults
	for field, id := range map[string]registry.BodyID{"issuer": p.Issuer, "standing": p.Standing} {
		if id == "" {
			continue
		}
		b, err := tx.Body(ctx, id)
		if err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		faults.Check(err == nil && actor.Can(registry.ViewPlan, a.Areas.Scope(b.Area)), field, "error.choose")
	}
	if p.Parent != "" {
		above, err := tx.Plan(ctx, p.Parent)
		if err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		faults.Check(err == nil && above.Year == p.Year && above.Parent == "", "parent", "plan.error.parent")
	}
	return faults.Err()
}

// StepPlan puts a plan in force, back to a draft, or closes it. The actor needs
// ManagePlan in its area. A plan without number and day cannot be in force: Invalid.
func (a *Service) StepPlan(ctx context.Context, actor registry.Actor, id registry.PlanID, to committee.PlanState, version int64) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		p, err := a.planFor(ctx, tx, actor, registry.ManagePlan, id)
		if err != nil {
			return registry.Change{}, err
		}
		was := p.State
		if p.Version != version || !was.CanBecome(to) {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		if to == committee.PlanInForce && (p.Number == "" || p.IssuedOn == "") {
			return registry.Change{}, registry.E(registry.Invalid, "plan.error.unnumbered")
		}
		p.State = to
		if err := tx.SavePlan(ctx, &p, a.Areas.Scope(p.Area)); err != nil {
			return registry.Change{}, err
		}
		return a.planChange("plan.step", p, fact.Moved("state", fact.PlanState, was, to)), nil
	})
}

// planFacts are the fields of a plan as the audit log compares them.
func planFacts(p committee.Plan) fact.Facts {
	facts := fact.Facts{fact.Said("plan.title", p.Title), fact.Number("plan.year", p.Year), fact.Place("plan.area", p.Area),
		fact.Said("plan.number", p.Number), fact.Date("plan.issued_on", p.IssuedOn), fact.Ref("plan.issuer", "body", p.Issuer),
		fact.Ref("plan.standing", "body", p.Standing), fact.Ref("plan.parent", "plan", p.Parent), fact.Hidden("plan.objectives", p.Objectives)}
	var papers []string
	for _, paper := range p.Papers {
		papers = append(papers, paper.Number)
	}
	facts = append(facts, fact.List("plan.papers", fact.Text, papers...))
	for _, strand := range committee.Strands {
		facts = append(facts, fact.Count("plan.goal_"+string(strand), p.Target(strand).Goal))
	}
	return facts
}

func (a *Service) planChange(action string, p committee.Plan, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "plan", ID: string(p.ID), Scope: a.Areas.Scope(p.Area), Detail: fact.Facts(facts)}
}
