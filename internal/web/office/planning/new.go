package planning

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// seriesForm is the form of a new series as it is sent.
type seriesForm struct {
	planning.Input
	Keys  []string `form:"keys"`  // days that are ticked
	Shown string   `form:"shown"` // the rule whose days were shown with the ticks
	Do    string   `form:"do"`
}

// doCreate is what the button that makes the sessions says.
const doCreate = "tao"

// choosePage asks which event is copied.
type choosePage struct {
	view.Base
	Patterns []pick
	Series   []pick
}

// pick leads on to an event or a series.
type pick struct{ Href, Title, Text string }

// newPage is the form of a series with the days that its rule gives.
type newPage struct {
	view.Base
	view.Form
	Pattern  registry.Event
	Where    string
	Of       *pick // the series that the pattern is a session of; nil: none
	Kind     string
	Kinds    []kindLink
	Cycles   []view.FilterLink
	Fields   []view.Field
	Sentence string
	Months   []month
	Count    string
	Shown    string
	Kept     []string // the ticks of days that are not on the page
	Changed  bool     // the rule, since its days were shown
	Keys     string   // what is wrong with the ticks
}

// kindLink leads to the form of a kind of rule.
type kindLink struct {
	Href, Label, Hint string
	Current           bool
}

func newHref(pattern registry.EventID, kind recurrence.Kind, cycle string) string {
	return view.Query(root+"/moi", "mau", string(pattern), "kieu", string(kind), "chu-ky", cycle)
}

// showNew shows the form for a pattern, or asks for one.
func (s *Door) showNew(c *fiber.Ctx) error {
	pattern := c.Query("mau")
	if pattern == "" {
		return s.choose(c)
	}
	kind := frame.OneOf(c, "kieu", recurrence.Kinds...)
	if kind == "" {
		kind = recurrence.LunarDays
	}
	today, _ := vn.StartOf(s.App.Today())
	f := seriesForm{Input: planning.Input{Pattern: pattern, Kind: string(kind), Short: string(recurrence.ShortSkip), Leap: string(recurrence.LeapOrdinary),
		First: vn.ShowDate(s.App.Today()), Last: vn.ShowDate(vn.DateOf(today.AddDate(0, planning.MostMonths, -1)))}}
	if kind == recurrence.Weekly {
		f.Every = "1"
	}
	var names []string
	for _, x := range recurrence.Cycles {
		names = append(names, x.Name)
	}
	cycle := frame.OneOf(c, "chu-ky", names...)
	for _, x := range recurrence.Cycles {
		if x.Name == cycle {
			f.Days = recurrence.ShowDays(x.Days)
		}
	}
	return s.reshow(c, f, nil, nil)
}

// choose lists the events that may be copied, and the series that there are.
func (s *Door) choose(c *fiber.Ctx) error {
	events, err := s.App.Planning.Patterns(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	series, err := s.App.Planning.List(c.UserContext(), frame.Actor(c))
	p := choosePage{Base: s.OfficePage(c, "planning.choose")}
	for _, e := range events {
		p.Patterns = append(p.Patterns, pick{newHref(e.ID, "", ""), e.Title, s.WhereLine(e) + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn)})
	}
	for _, x := range series {
		p.Series = append(p.Series, pick{href(x.Series.ID), x.Pattern.Title, x.Series.Rule.Sentence(p.Lang)})
	}
	if err != nil {
		return err
	}
	return s.Render(c, frame.LayoutOffice, "planning/choose", p)
}

// send shows the days of a rule, or makes a session of each that is ticked. A rule that was
// changed after its days were shown is shown again first.
func (s *Door) send(c *fiber.Ctx) error {
	var f seriesForm
	if err := frame.Bind(c, &f); err != nil {
		return s.reshow(c, f, nil, err)
	}
	plan, err := s.App.Planning.Preview(c.UserContext(), frame.Actor(c), f.Input)
	if err != nil {
		return s.reshow(c, f, nil, err)
	}
	if f.Do != doCreate || f.Shown != plan.Rule.Encode() {
		return s.reshow(c, f, &plan, nil)
	}
	made, n, err := s.App.Planning.Create(c.UserContext(), frame.Actor(c), f.Input, f.Keys)
	if err != nil {
		return s.reshow(c, f, &plan, err)
	}
	frame.FlashCount(c, "planning.flash.created", n)
	return c.Redirect(href(made.ID), fiber.StatusSeeOther)
}

// reshow shows the form with the days of a plan, if there is one.
func (s *Door) reshow(c *fiber.Ctx, f seriesForm, plan *planning.Plan, fault error) error {
	pattern, err := s.App.Planning.Pattern(c.UserContext(), frame.Actor(c), registry.EventID(f.Pattern))
	if err != nil {
		return err
	}
	if !recurrence.Kind(f.Kind).Valid() {
		f.Kind = string(recurrence.LunarDays)
	}
	p := newPage{Base: s.OfficePage(c, "planning.new", pattern.Title), Pattern: pattern, Kind: f.Kind, Where: s.WhereLine(pattern) + " · " + vn.ShowRange(pattern.OpensOn, pattern.ClosesOn)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	of, err := s.App.Planning.SeriesOf(c.UserContext(), frame.Actor(c), pattern.ID)
	if err != nil {
		return err
	}
	if of.ID != "" {
		p.Of = &pick{Href: href(of.ID), Title: of.Rule.Sentence(p.Lang)}
	}
	p.links()
	p.Fields = p.Take(fields(p.Base, f)...)
	p.Keys = p.Part("keys", p.T("planning.days"))
	p.Shown, p.Kept = f.Shown, f.Keys
	if plan != nil {
		p.show(f, *plan)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/new", p)
}

// links are the other kinds of rule, and the usual cycles of this one.
func (p *newPage) links() {
	for _, k := range recurrence.Kinds {
		key := "planning.kind." + string(k)
		p.Kinds = append(p.Kinds, kindLink{newHref(p.Pattern.ID, k, ""), p.T(key), p.T("planning.example." + string(k)), string(k) == p.Kind})
	}
	if p.Kind != string(recurrence.LunarDays) {
		return
	}
	for _, x := range recurrence.Cycles {
		p.Cycles = append(p.Cycles, view.FilterLink{Href: newHref(p.Pattern.ID, recurrence.LunarDays, x.Name), Label: x.Name})
	}
}

// show adds the days of a plan.
func (p *newPage) show(f seriesForm, plan planning.Plan) {
	p.Sentence, p.Changed = plan.Rule.Sentence(p.Lang), f.Do == doCreate && f.Shown != plan.Rule.Encode()
	if p.Months = months(p.Base, plan.Rows, ticks(f, plan)); len(p.Months) > 0 {
		p.Shown, p.Kept = plan.Rule.Encode(), nil
	}
	held := 0
	for _, r := range plan.Rows {
		if !r.Out {
			held++
		}
	}
	p.Count = strings.TrimSpace(p.T("planning.count", held, looks(p.Months)))
	p.Title = p.Count
}

// ticks says which days of a plan are ticked: those that were shown before as they were sent,
// the others where nothing is in the way.
func ticks(f seriesForm, plan planning.Plan) func(key string) bool {
	free, shown := plan.Clear(), map[string]bool{}
	if rule, err := recurrence.Decode(f.Shown); err == nil {
		for _, o := range recurrence.Held(rule.Occurrences(plan.Rule.First, plan.Rule.Last)) {
			shown[o.Key] = true
		}
	}
	return func(key string) bool {
		if shown[key] {
			return slices.Contains(f.Keys, key)
		}
		return slices.Contains(free, key)
	}
}
