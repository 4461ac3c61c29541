package personal

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// keepPage is for how long personal data is kept, and what was destroyed.
type keepPage struct {
	view.Base
	Version int64
	Rows    []keepRow
	Runs    []keepRun
	Empty   view.Empty
}

// keepRow is the rule of a kind.
type keepRow struct {
	Href, Kind, Days, Since, Basis, Due string
	Coming                              []comingRule
}

// comingRule is a rule whose day has not come.
type comingRule struct{ From, Said, Drop string }

// keepRun is once that a rule was carried out.
type keepRun struct{ At, Kind, Rule, Gone string }

// showKeeping shows the rules and their last runs.
func (s *Door) showKeeping(c *fiber.Ctx) error {
	board, err := s.App.Personal.KeepBoard(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := keepPage{Base: s.OfficePage(c, "keep.title"), Version: board.Version}
	for _, k := range board.Kinds {
		p.Rows = append(p.Rows, newKeepRow(p.Base, k))
	}
	for _, r := range board.Runs {
		p.Runs = append(p.Runs, keepRun{view.ShowTime(r.At), p.T("keep.kind." + string(r.Kind)), p.T("keep.run", r.Days, vn.ShowDate(r.From)), vn.Count(int64(r.Gone))})
	}
	p.Empty = view.Empty{Icon: "clock", Title: p.T("keep.no_runs"), Text: p.T("keep.no_runs_text")}
	return s.Render(c, frame.LayoutOffice, "personal/keeping", p)
}

func newKeepRow(b view.Base, k apppersonal.Keeping) keepRow {
	row := keepRow{Href: keepHref(k.Kind), Kind: b.T("keep.kind." + string(k.Kind)), Days: b.T("keep.days", k.Rule.Days), Since: b.T("keep.since." + string(k.Kind)),
		Basis: basis(b, k.Rule), Due: b.T("keep.due", k.Due, vn.ShowDate(k.Next))}
	for _, r := range k.Coming {
		row.Coming = append(row.Coming, comingRule{From: r.From, Said: b.T("keep.coming", vn.ShowDate(r.From), r.Days), Drop: b.T("keep.drop_of", r.Days, vn.ShowDate(r.From))})
	}
	return row
}

func keepHref(kind personal.KeepKind) string { return view.KeepRoot + "/" + string(kind) }

// basis is the paper of a rule, or that there is none.
func basis(b view.Base, r personal.KeepRule) string {
	if r.Basis == "" {
		return b.T("keep.own")
	}
	return r.Basis
}

func keepKind(c *fiber.Ctx) personal.KeepKind { return personal.KeepKind(c.Params("kind")) }

// rulePage is the form of a new rule, or what it would do.
type rulePage struct {
	view.Base
	view.Form
	Href, Since, Lead string
	Typed             apppersonal.RuleInput
	Fields            []view.Field
	Effect            []string // what follows; nothing while it is filled in
}

// showRule shows the form of a new rule of a kind.
func (s *Door) showRule(c *fiber.Ctx) error {
	board, err := s.App.Personal.KeepBoard(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	for _, k := range board.Kinds {
		if k.Kind == keepKind(c) {
			return s.rulePage(c, apppersonal.RuleInput{Days: strconv.Itoa(k.Rule.Days), Basis: k.Rule.Basis, Version: board.Version}, nil, nil)
		}
	}
	return registry.E(registry.NotFound, "error.not_found")
}

// rulePage shows the form, with what was wrong, or with what the rule would do.
func (s *Door) rulePage(c *fiber.Ctx, in apppersonal.RuleInput, e *apppersonal.RuleEffect, fault error) error {
	kind, within := keepKind(c), registry.KeepDaysRange
	p := rulePage{Base: s.OfficePage(c, "keep.kind."+string(kind)), Href: keepHref(kind), Since: "keep.since." + string(kind), Typed: in}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Lead = p.T(p.Since)
	if e != nil {
		p.Effect = effect(p.Base, *e, s.App.Today())
	}
	p.Fields = p.Take(
		view.Field{Name: "from", Type: "date", Label: p.T("keep.field.from"), Hint: p.T("keep.field.from.hint"), Value: in.From, Required: true},
		view.Field{Name: "days", Type: "number", Label: p.T("keep.field.days"), Hint: p.T("keep.field.days.hint", within.Least, within.Most), Value: in.Days, Required: true},
		view.Field{Name: "basis", Type: "text", Label: p.T("keep.field.basis"), Hint: p.T("keep.field.basis.hint"), Value: in.Basis, Max: 200})
	return s.RenderStatus(c, status, frame.LayoutOffice, "personal/rule", p)
}

// effect says what a rule does: its heading, what goes, and whether it can be taken back.
func effect(b view.Base, e apppersonal.RuleEffect, today string) []string {
	back := b.T("keep.effect_back")
	if e.From <= today {
		back = b.T("keep.effect_now")
	}
	on := vn.ShowDate(e.From)
	return []string{b.T("keep.effect", e.Days, on), b.T("keep.effect_gone", vn.ShowDate(e.Until), vn.Count(int64(e.Gone)), vn.Count(int64(e.Otherwise))), back}
}

// setRule first says what a rule would do, then makes it hold.
func (s *Door) setRule(c *fiber.Ctx) error {
	var form struct {
		apppersonal.RuleInput
		Sure   string `form:"sure"`
		Change string `form:"change"`
	}
	if !keepKind(c).Valid() {
		return registry.E(registry.NotFound, "error.not_found")
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.rulePage(c, form.RuleInput, nil, err)
	}
	if form.Change != "" {
		return s.rulePage(c, form.RuleInput, nil, nil)
	}
	e, err := s.App.Personal.PlanRule(c.UserContext(), frame.Actor(c), keepKind(c), form.RuleInput)
	if err == nil && form.Sure == "" {
		return s.rulePage(c, form.RuleInput, &e, nil)
	}
	if err == nil {
		err = s.App.Personal.SetRule(c.UserContext(), frame.Actor(c), keepKind(c), form.RuleInput)
	}
	if view.IsStale(err) { // what is sent again is sent over what holds now
		if board, unread := s.App.Personal.KeepBoard(c.UserContext(), frame.Actor(c)); unread == nil {
			form.Version = board.Version
		}
	}
	if err != nil {
		return s.rulePage(c, form.RuleInput, nil, err)
	}
	frame.Flash(c, "keep.flash.saved")
	return c.Redirect(view.KeepRoot, fiber.StatusSeeOther)
}

// dropRule takes back a rule whose day has not come.
func (s *Door) dropRule(c *fiber.Ctx) error {
	var form struct {
		From    string `form:"from"`
		Version int64  `form:"version"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Personal.DropRule(c.UserContext(), frame.Actor(c), keepKind(c), form.From, form.Version)
	}
	if err != nil {
		return err
	}
	frame.Flash(c, "keep.flash.dropped")
	return c.Redirect(view.KeepRoot, fiber.StatusSeeOther)
}
