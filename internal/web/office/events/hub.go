package events

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventHubPage is the first office page of an event: where it stands, what goes on, what
// to do next, and one thing to do first.
type eventHubPage struct {
	view.Base
	Head   frame.EventHead
	Root   string
	Desk   lifecycle.EventDesk
	Answer string // where it stands, in a line under its name
	Stages []hubStage
	Main   *hubAction // nil where the reader has nothing to do
	More   []hubAction
	Today  *hubToday // of a running event
	Needs  []hubStep // what has to be done before it can be announced
	Next   []hubStep // the best next steps
	Later  []hubStep // those beyond the first
	Folds  []hubFold
	Grave  []hubGrave
	Tally  stimulus.Tally
	Public bool
}

// hubAction is something to do, a link or a form that is sent at once.
type hubAction struct {
	Href, Icon, Label string
	To                registry.EventState // the step that a form takes; empty: a link
	Off               bool                // it cannot be done yet; the page says why
}

// hubStepsShown is how many next steps are open.
const hubStepsShown = 5

// showEventHub shows where an event stands and what can be done.
func (s *Door) showEventHub(c *fiber.Ctx) error {
	desk, err := s.App.Lifecycle.EventDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	e := desk.Event
	p := eventHubPage{Base: s.OfficeNav(c, s.Titled(c, e.Title)), Root: view.EventRoot(e.ID), Desk: desk, Public: e.Public()}
	p.Head = s.EventHead(c, p.Base, e)
	p.countTabs()
	p.Today = s.hubToday(p.Base, desk, p.Root)
	tallies, err := s.App.Stimulus.Tallies(c.UserContext(), frame.Actor(c), []registry.Event{e})
	if err != nil {
		return err
	}
	p.Tally = tallies[e.ID]
	if err := s.hubSteps(c, &p); err != nil {
		return err
	}
	p.Stages = hubStages(p.Base, desk, s.App.NowMS())
	p.Answer = p.answer(s.App.Today())
	p.actions(frame.Actor(c), s.App.Areas.Scope(e.Area))
	if err := s.hubFolds(c, &p); err != nil {
		return err
	}
	if p.Grave, err = s.hubGrave(c, p.Base, desk, p.Main); err != nil {
		return err
	}
	return s.Render(c, frame.LayoutOffice, "events/overview", p)
}

// countTabs says at the tabs how much work waits behind them.
func (p *eventHubPage) countTabs() {
	d := p.Desk
	counts := map[string]int{"/don": d.Waiting, "/goi": d.ToCall, "/gian": d.Work.Boothless, "/the": d.Work.Unprinted, "/doanh-thu": d.Work.Sales}
	if d.Today != nil && d.Today.Gates {
		counts["/cong"] = d.Today.Differences + len(d.Today.Silent)
	}
	for i := range p.Head.Tabs {
		p.Head.Tabs[i].Count = counts[p.Head.Tabs[i].Href[len(p.Root):]]
	}
}

// answer says where the event stands and how much is to be done.
func (p *eventHubPage) answer(today string) string {
	e, d := p.Desk.Event, p.Desk
	text := ""
	switch e.State {
	case registry.Draft, registry.Planned:
		text = p.T("hub.answer.ready")
		if n := len(p.Needs); n > 0 {
			return p.T("hub.answer.needs", n)
		}
	case registry.Announced, registry.Open, registry.Moved, registry.Closed:
		text = p.T("hub.answer.begins", max(0, vn.DaysBetween(today, e.OpensOn)))
		if d.Waiting > 0 {
			text = p.T("hub.answer.waiting", d.Waiting, max(0, vn.DaysBetween(today, e.OpensOn)))
		}
	case registry.Running:
		text = p.T("hub.answer.closed_today")
		if d.Today != nil && d.Today.Day > 0 {
			text = p.T("hub.answer.day", d.Today.Day, len(e.Days))
		}
	case registry.Ended:
		text = p.T("hub.answer.to_report")
	case registry.Reported:
		text = p.T("hub.answer.reported", view.ShowDay(e.StateAt))
	default: // postponed, cancelled
		return e.StateReason
	}
	if n := len(p.Next) + len(p.Later); n > 0 {
		text += p.T("hub.answer.todo", n)
	}
	return text
}
