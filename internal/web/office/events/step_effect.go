package events

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// asksNow reports whether a step that can be taken now is asked about first.
func asksNow(from, to registry.EventState) bool {
	asks, _ := lifecycle.StepAsks(from, to)
	return asks && slices.Contains(lifecycle.HandSteps(from), to)
}

// stepEffects says what follows from a step, before it is taken; after is the event
// as its dates leave it then.
func stepEffects(b view.Base, d lifecycle.EventDesk, to registry.EventState, x events.Effect, after registry.Event) []string {
	from := d.Event.State
	switch {
	case to == registry.Announced && from == registry.Postponed:
		return append(announceEffects(b, d, x, after), frame.WillTell(b, x))
	case to == registry.Announced:
		return append(announceEffects(b, d, x, after), b.T("event.ask.no_letters"), wayBack(b, x, after))
	}
	effects := []string{b.T("event.ask.effect."+string(to), x.Applications, x.Passes)}
	switch {
	case to.NeedsReason() && d.Event.PublishedAt == 0:
		effects = append(effects, b.T("event.ask.unseen"))
	case to.NeedsReason():
		effects = append(effects, frame.WillTell(b, x), b.T("event.ask.public"))
	}
	return effects
}

// announceEffects says what the public sees of an event from now on, what stands
// ready, and where its dates carry it at once.
func announceEffects(b view.Base, d lifecycle.EventDesk, x events.Effect, after registry.Event) []string {
	e := d.Event
	effects := []string{
		b.T("event.ask.effect.announced", len(e.Days), vn.ShowRange(e.OpensOn, e.ClosesOn), e.Venue),
		b.T("event.ask.ready", d.Figures.Booths, d.Gates),
		b.T("event.ask.lands."+whereItLands(after), vn.ShowDate(dateToldAt(after))),
	}
	if x.Applications > 0 || x.Passes > 0 {
		effects = append(effects, b.T("event.ask.kept", x.Applications, x.Passes))
	}
	return effects
}

// wayBack says whether an event that is announced can be withdrawn again.
func wayBack(b view.Base, x events.Effect, after registry.Event) string {
	if x.Applications > 0 || !after.State.CanBecome(registry.Draft) {
		return b.T("event.ask.no_way_back")
	}
	return b.T("event.ask.way_back")
}

// reopenPage asks before a closed report is opened again, with what follows from it.
func (s *Door) reopenPage(c *fiber.Ctx, p eventStepPage, e registry.Event) (eventStepPage, registry.Event, error) {
	x, err := s.App.Reports.ReopenEffect(c.UserContext(), frame.Actor(c), e.ID)
	if err != nil {
		return p, e, err
	}
	p.Heading, p.Button = p.T("event.ask.reopen"), p.T("event.ask.do.reopen")
	if x.Next > 0 {
		p.Heading, p.Button = p.T("event.ask.addendum", x.Next), p.T("event.ask.do.addendum", x.Next)
		p.Effects = append(p.Effects, p.T("event.ask.effect.addendum", cmp.Or(x.Number, "–"), x.Figures, x.Changed))
	} else {
		p.Effects = append(p.Effects, p.T("event.ask.effect.reopen", x.Figures, x.Changed, x.Public))
	}
	p.Effects = append(p.Effects, p.T("event.ask.sales_again", x.Missing), p.T("event.ask.no_letters_now"))
	p.Printed = x.Next > 0
	p.Reason = p.stepReason("")
	return p, e, nil
}

// changeTells says beforehand whom other days, another venue, other hours or another
// point on the map of a public event would be told to; "" where nobody is told.
func (s *Door) changeTells(c *fiber.Ctx, b view.Base, e registry.Event) (string, error) {
	if !events.TellsChanges(e) {
		return "", nil
	}
	x, err := s.App.Events.EventEffect(c.UserContext(), frame.Actor(c), e)
	return b.T("event.ask.change_tells") + " " + frame.WillTell(b, x), err
}
