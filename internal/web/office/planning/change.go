package planning

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/recurrence"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// changeView says what a change does beside the days that are ticked.
type changeView struct {
	Says []string
	Gone []dayRow // sessions that are removed
	Stay []stayRow
}

// stayRow is a session that stays beside the rule, and why.
type stayRow struct {
	dayRow
	Why string
}

func changeHref(id recurrence.SeriesID) kindHref {
	return func(kind recurrence.Kind, cycle string) string {
		return view.Query(href(id)+"/doi", "kieu", string(kind), "chu-ky", cycle)
	}
}

// showChange shows the form of the rule of a series, from today on, a year ahead.
func (s *Door) showChange(c *fiber.Ctx) error {
	x, err := s.App.Planning.Series(c.UserContext(), frame.Actor(c), seriesParam(c))
	if err != nil {
		return err
	}
	first := max(x.Rule.First, s.App.Today())
	f := seriesForm{Input: planning.InputOf(x.Pattern.ID, x.Rule), Version: x.Series.Version}
	if kind := frame.OneOf(c, "kieu", recurrence.Kinds...); kind != "" && kind != x.Rule.Kind {
		f.Input = emptyRule(kind, first)
	}
	if days := cycleDays(c); days != "" {
		f.Days = days
	}
	f.First, f.Last = vn.ShowDate(first), vn.ShowDate(planning.YearFrom(first))
	return s.changePage(c, x, f, nil, nil)
}

// sendChange shows what a rule would change, or changes it. A rule that was changed after its
// days were shown is shown again first.
func (s *Door) sendChange(c *fiber.Ctx) error {
	var f seriesForm
	bad := frame.Bind(c, &f)
	x, err := s.App.Planning.Series(c.UserContext(), frame.Actor(c), seriesParam(c))
	if err != nil {
		return err
	}
	if bad != nil {
		return s.changePage(c, x, f, nil, bad)
	}
	f.Pattern = string(x.Pattern.ID)
	plan, err := s.App.Planning.PreviewChange(c.UserContext(), frame.Actor(c), x.Series.ID, f.Input)
	if err != nil {
		return s.changePage(c, x, f, nil, err)
	}
	if f.Do != doCreate || f.Shown != plan.After.Rule.Encode() {
		return s.changePage(c, x, f, &plan, nil)
	}
	if plan.Nothing(f.Keys) {
		frame.Flash(c, "planning.flash.nothing")
		return c.Redirect(href(x.Series.ID), fiber.StatusSeeOther)
	}
	done, err := s.App.Planning.ApplyChange(c.UserContext(), frame.Actor(c), planning.Chosen{Series: x.Series.ID, Version: f.Version, Keys: f.Keys}, f.Input)
	if err != nil {
		return s.changePage(c, x, f, &plan, err)
	}
	if done.Gone > 0 {
		frame.FlashCount(c, "planning.flash.changed_gone", done.Gone)
	} else {
		frame.FlashCount(c, "planning.flash.changed", done.Made)
	}
	return c.Redirect(href(done.Series), fiber.StatusSeeOther)
}

// changePage shows the form with what it would change, if that is known.
func (s *Door) changePage(c *fiber.Ctx, x planning.File, f seriesForm, plan *planning.Change, fault error) error {
	if !recurrence.Kind(f.Kind).Valid() {
		f.Kind = string(x.Rule.Kind)
	}
	p := rulePage{Base: s.OfficePage(c, "planning.change", x.Pattern.Title), Pattern: x.Pattern, Kind: f.Kind, Version: f.Version,
		Action: href(x.Series.ID) + "/doi", Back: pick{Href: href(x.Series.ID)}, Change: &changeView{}}
	p.Lead, p.Back.Title = p.T("planning.change_lead"), x.Rule.Sentence(p.Lang)
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(f, changeHref(x.Series.ID))
	if plan != nil {
		p.show(f, plan.After, plan.Clear())
		p.Change = newChangeView(p.Base, *plan)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/new", p)
}

func newChangeView(b view.Base, x planning.Change) *changeView {
	v := &changeView{Says: []string{b.T("planning.change.before", x.Before), b.T("planning.change.kept", x.Kept), b.T("planning.change.gone", len(x.Gone))}}
	for _, r := range x.Gone {
		v.Gone = append(v.Gone, newRow(b, r, false))
	}
	for _, r := range x.Stay {
		v.Stay = append(v.Stay, stayRow{newRow(b, r.Row, false), b.T(r.Why.Key, r.Why.Args...)})
	}
	return v
}
