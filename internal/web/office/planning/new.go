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
	Keys    []string `form:"keys"`  // days that are ticked
	Shown   string   `form:"shown"` // the rule whose days were shown with the ticks
	Do      string   `form:"do"`
	Version int64    `form:"version"` // of a series whose rule is changed
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

// rulePage is the form of a rule with the days that it gives: of a new series, or of one that
// is changed.
type rulePage struct {
	view.Base
	view.Form
	Pattern  registry.Event
	Lead     string
	Back     pick
	Action   string // where the form is sent
	Of       *pick  // the series that the pattern is a session of; nil: none
	Change   *changeView
	Version  int64 // of the series that is changed
	Kind     string
	Kinds    []kindLink
	Cycles   []view.FilterLink
	Fields   []view.Field
	Sentence string
	Months   []month
	Count    string
	Shown    string
	Kept     []string // the ticks of days that are not on the page
	Saves    bool     // there is something to save
	Changed  bool     // the rule, since its days were shown
	Keys     string   // what is wrong with the ticks
}

// kindLink leads to the form of a kind of rule.
type kindLink struct {
	Href, Label, Hint string
	Current           bool
}

// kindHref leads to the form for another kind of rule, or a usual cycle.
type kindHref func(kind recurrence.Kind, cycle string) string

func newHref(pattern registry.EventID) kindHref {
	return func(kind recurrence.Kind, cycle string) string {
		return view.Query(root+"/moi", "mau", string(pattern), "kieu", string(kind), "chu-ky", cycle)
	}
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
	f := seriesForm{Input: emptyRule(kind, s.App.Today())}
	f.Pattern, f.Days = pattern, cycleDays(c)
	return s.reshow(c, f, nil, nil)
}

// emptyRule is a rule of a kind before anything is typed: of a year from a day on.
func emptyRule(kind recurrence.Kind, first string) planning.Input {
	in := planning.Input{Kind: string(kind), Short: string(recurrence.ShortSkip), Leap: string(recurrence.LeapOrdinary), First: vn.ShowDate(first),
		Last: vn.ShowDate(planning.YearFrom(first))}
	if kind == recurrence.Weekly {
		in.Every = "1"
	}
	return in
}

// cycleDays are the days of the usual cycle that the address asks for, "" for none.
func cycleDays(c *fiber.Ctx) string {
	var names []string
	for _, x := range recurrence.Cycles {
		names = append(names, x.Name)
	}
	cycle := frame.OneOf(c, "chu-ky", names...)
	for _, x := range recurrence.Cycles {
		if x.Name == cycle {
			return recurrence.ShowDays(x.Days)
		}
	}
	return ""
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
		p.Patterns = append(p.Patterns, pick{newHref(e.ID)("", ""), e.Title, s.WhereLine(e) + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn)})
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
	p := rulePage{Base: s.OfficePage(c, "planning.new", pattern.Title), Pattern: pattern, Kind: f.Kind, Action: root + "/moi",
		Back: pick{Href: view.EventRoot(pattern.ID), Title: pattern.Title}}
	p.Lead = p.T("planning.copies", pattern.Title, s.WhereLine(pattern)+" · "+vn.ShowRange(pattern.OpensOn, pattern.ClosesOn))
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
	p.fill(f, newHref(pattern.ID))
	if plan != nil {
		p.show(f, *plan, plan.Clear())
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/new", p)
}

// fill takes in what was sent.
func (p *rulePage) fill(f seriesForm, to kindHref) {
	p.links(to)
	p.Fields = p.Take(fields(p.Base, f)...)
	p.Keys = p.Part("keys", p.T("planning.days"))
	p.Shown, p.Kept = f.Shown, f.Keys
}

// links are the other kinds of rule, and the usual cycles of this one.
func (p *rulePage) links(to kindHref) {
	for _, k := range recurrence.Kinds {
		key := "planning.kind." + string(k)
		p.Kinds = append(p.Kinds, kindLink{to(k, ""), p.T(key), p.T("planning.example." + string(k)), string(k) == p.Kind})
	}
	if p.Kind != string(recurrence.LunarDays) {
		return
	}
	for _, x := range recurrence.Cycles {
		p.Cycles = append(p.Cycles, view.FilterLink{Href: to(recurrence.LunarDays, x.Name), Label: x.Name})
	}
}

// show adds the days of a plan; free are those that are ticked at first.
func (p *rulePage) show(f seriesForm, plan planning.Plan, free []string) {
	p.Sentence, p.Changed = plan.Rule.Sentence(p.Lang), f.Do == doCreate && f.Shown != plan.Rule.Encode()
	p.Months = months(p.Base, plan.Rows, ticks(f, plan, free))
	if p.Saves = p.Change != nil || len(p.Months) > 0; p.Saves {
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
// the others if they are free.
func ticks(f seriesForm, plan planning.Plan, free []string) func(key string) bool {
	shown := map[string]bool{}
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
