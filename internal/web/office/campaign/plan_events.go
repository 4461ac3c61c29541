package campaign

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// planEventsPage is the events that make the figure of a strand.
type planEventsPage struct {
	view.Base
	Back   string
	Plan   string
	Groups []eventGroup
	Empty  view.Empty
}

// eventGroup is those that took place, or those that are still to.
type eventGroup struct {
	Title string
	Lines []tiedLine
}

// showPlanEvents lists the events that make the figure of a strand of a plan.
func (s *Door) showPlanEvents(c *fiber.Ctx) error {
	strand := frame.OneOf(c, "mang", committee.Sessions, committee.Fairs)
	if strand == "" {
		strand = committee.Sessions
	}
	plan, err := s.App.Campaign.Plan(c.UserContext(), frame.Actor(c), planParam(c))
	if err != nil {
		return err
	}
	events, err := s.App.Campaign.PlanEvents(c.UserContext(), frame.Actor(c), plan.ID, strand)
	if err != nil {
		return err
	}
	tallies, err := s.App.Stimulus.Tallies(c.UserContext(), frame.Actor(c), events)
	if err != nil {
		return err
	}
	done := slices.DeleteFunc(slices.Clone(events), func(e registry.Event) bool { return !slices.Contains(committee.DoneEvents, e.State) })
	ahead := slices.DeleteFunc(slices.Clone(events), func(e registry.Event) bool { return slices.Contains(committee.DoneEvents, e.State) })
	p := planEventsPage{Base: s.OfficePage(c, "plan.events."+string(strand), len(done), len(ahead)), Back: planHref(plan.ID), Plan: plan.Title}
	p.Empty = view.Empty{Icon: "calendar-days", Title: p.T("plan.events.none"), Text: p.T("plan.events.none_text")}
	for _, group := range []struct {
		key    string
		events []registry.Event
	}{{"plan.events.done", done}, {"plan.events.ahead", ahead}} {
		if len(group.events) > 0 {
			lines := s.tiedLines(p.Base, group.events)
			for i, e := range group.events {
				if tallies[e.ID].Stimulates() {
					lines[i].Chips = append(lines[i].Chips, view.Chip{Label: p.T("measure.chip"), Class: "star"})
				}
			}
			p.Groups = append(p.Groups, eventGroup{p.T(group.key, len(group.events)), lines})
		}
	}
	return s.Render(c, frame.LayoutOffice, "campaign/plan_events", p)
}

// tiedLines are events as the pages of plans and tasks list them.
func (s *Door) tiedLines(b view.Base, events []registry.Event) (lines []tiedLine) {
	for _, e := range events {
		lines = append(lines, tiedLine{e.ID, e.Title, s.WhereLine(e), vn.ShowRange(e.OpensOn, e.ClosesOn), s.EventChips(b, e, registry.EventFigures{})})
	}
	return lines
}
