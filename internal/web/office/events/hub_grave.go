package events

import (
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// hubGrave is a step that is hard to take back, with what it touches.
type hubGrave struct {
	Href, Title, Label string
	Effects            []string
}

// hubGrave lists the steps that are hard to take back. Each leads to the page that says
// all that follows and asks why.
func (s *Door) hubGrave(c *fiber.Ctx, b view.Base, d lifecycle.EventDesk, first *hubAction) (list []hubGrave, err error) {
	e, root := d.Event, view.EventRoot(d.Event.ID)
	touched := sync.OnceValues(func() (events.Effect, error) { return s.App.Events.EventEffect(c.UserContext(), frame.Actor(c), e) })
	for _, to := range d.Steps {
		asks, _ := lifecycle.StepAsks(e.State, to)
		if !asks || to == registry.Announced {
			continue
		}
		x := hubGrave{Href: view.Query(root+"/buoc", "den", string(to)), Label: b.T("event.step." + string(e.State) + "." + string(to))}
		if x.Effects, err = s.graveEffects(c, b, d, to, touched); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	if href := root + "/doi"; d.MayMove && (first == nil || first.Href != href) {
		tells, err := s.changeTells(c, b, e)
		if err != nil {
			return nil, err
		}
		list = append(list, hubGrave{Href: href, Label: b.T("event.move.button"), Effects: []string{b.T("hub.grave.move"), tells}})
	}
	if d.MayDrop {
		x, err := s.App.Events.DeleteEffect(c.UserContext(), frame.Actor(c), e.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, hubGrave{Href: root + "/xoa", Label: b.T("event.delete.button"),
			Effects: []string{b.T("event.delete.goes", x.Booths, x.Gates, x.Items, x.Passes), b.T("hub.grave.no_way_back")}})
	}
	for i := range list {
		list[i].Title = strings.TrimSuffix(list[i].Label, "…")
	}
	return list, nil
}

// graveEffects says in numbers what a step touches; every step of an event touches the same.
func (s *Door) graveEffects(c *fiber.Ctx, b view.Base, d lifecycle.EventDesk, to registry.EventState, touched func() (events.Effect, error)) ([]string, error) {
	e := d.Event
	if e.State == registry.Reported {
		p, _, err := s.reopenPage(c, eventStepPage{Base: b}, e)
		return p.Effects, err
	}
	x, err := touched()
	if err != nil {
		return nil, err
	}
	return stepEffects(b, d, to, x, e.Lands(to, s.App.NowMS())), nil
}
