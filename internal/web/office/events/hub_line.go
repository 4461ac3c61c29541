package events

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// lookedLine is how often an event was inspected and what is open, in a line; "" for whoever
// reads none.
func (s *Door) lookedLine(c *fiber.Ctx, b view.Base, id registry.EventID) (string, error) {
	n, found, reads, err := s.App.Inspections.OfEvent(c.UserContext(), frame.Actor(c), id)
	if err != nil || !reads {
		return "", err
	}
	open := 0
	for state, of := range found {
		if !state.Settled() {
			open += of
		}
	}
	return b.T("inspection.hub", n, open), nil
}

// tipsLine is how many reports of citizens an event has and how many wait, in a line; "" for
// whoever does not handle them there.
func (s *Door) tipsLine(c *fiber.Ctx, b view.Base, e registry.Event) (string, error) {
	if !frame.Actor(c).Can(registry.ManageTips, s.App.Areas.Scope(e.Area)) {
		return "", nil
	}
	counts, err := s.App.Tips.Count(c.UserContext(), frame.Actor(c), e.ID)
	all, waiting := counts.Joined, 0
	for state, n := range counts.Own {
		if all += n; state != registry.TipClosed {
			waiting += n
		}
	}
	return b.T("tip.hub", all, waiting), err
}

// costLine is what an event costs, in a line; "" for whoever does not read it.
func (s *Door) costLine(c *fiber.Ctx, b view.Base, e registry.Event) (string, error) {
	sum, reads, err := s.App.Costs.EventSum(c.UserContext(), frame.Actor(c), e)
	switch {
	case err != nil || !reads:
		return "", err
	case sum.Rows == 0:
		return b.T("cost.none"), nil
	}
	estimate, spent := b.T("cost.unsaid"), b.T("cost.unsaid")
	if sum.Estimate > 0 {
		estimate = vn.Dong(sum.Estimate)
	}
	if sum.Spent > 0 || sum.Unpaid < sum.Rows {
		spent = vn.Dong(sum.Spent)
	}
	return b.T("cost.heading", estimate, spent), nil
}

// eventWords is what was done to make an event known.
type eventWords struct {
	Rows []eventWord
	N    int
	All  string // address of the register
	Add  string // address of the form; "" for whoever enters nothing
}

// eventWord is an entry of the register.
type eventWord struct{ Href, Channel, Where, Day string }

// wordsShown is how many entries the page of an event lists.
const wordsShown = 5

// eventWords reads what was done to make an event known.
func (s *Door) eventWords(c *fiber.Ctx, b view.Base, e registry.Event) (*eventWords, error) {
	actor := frame.Actor(c)
	if !actor.CanSomewhere(registry.ViewPlan) && !actor.CanSomewhere(registry.Communicate) {
		return nil, nil
	}
	rows, n, err := s.App.Communications.OfEvent(c.UserContext(), actor, e.ID, wordsShown)
	if err != nil {
		return nil, err
	}
	w := &eventWords{N: n, All: view.Query(view.WordsRoot, "su-kien", string(e.ID), "nam", e.OpensOn[:min(4, len(e.OpensOn))])}
	if actor.CanSomewhere(registry.Communicate) && e.State != registry.Draft {
		w.Add = view.Query(view.WordsRoot+"/ghi", "su-kien", string(e.ID))
	}
	for _, r := range rows {
		line := eventWord{Href: view.WordsRoot + "/" + string(r.ID), Channel: r.ChannelIs.Name, Day: vn.ShowDate(r.From)}
		if r.ChannelIs.BuiltIn() {
			line.Channel = b.T("channel.name." + string(r.Channel))
		}
		if unit, ok := s.App.Areas.At(r.Area, r.From); ok {
			line.Where = unit.FullName()
		}
		w.Rows = append(w.Rows, line)
	}
	return w, nil
}
