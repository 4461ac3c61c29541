package events

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// hubStep is something to do next, and where it is done.
type hubStep struct {
	Icon, Title, Why string
	Href, Label      string    // the way out
	Grave            bool      // late or wrong already; the others are worth a look
	Calls            []hubCall // whom it names, as far as they have a telephone
}

// hubSteps gathers what has to be done before the event can be announced, and what is
// best done next. A reader sees what he can do something about.
func (s *Door) hubSteps(c *fiber.Ctx, p *eventHubPage) error {
	d := p.Desk
	if d.MayEdit {
		asked, err := s.askedParts(c, p.Base, d.Event)
		if err != nil {
			return err
		}
		p.needs(asked)
	}
	calls, err := s.hubCalls(c, d)
	if err != nil {
		return err
	}
	steps := slices.Concat(p.gateSteps(s.App.NowMS()), p.applicationSteps(calls), p.placeSteps(), p.adviceSteps())
	if frame.Actor(c).Can(registry.ReviewApplications, s.App.Areas.Scope(d.Event.Area)) {
		steps = append(steps, p.offerSteps()...)
	}
	slices.SortStableFunc(steps, func(x, y hubStep) int { // what is late first
		switch {
		case x.Grave == y.Grave:
			return 0
		case x.Grave:
			return -1
		}
		return 1
	})
	n := min(hubStepsShown, len(steps))
	p.Next, p.Later = steps[:n], steps[n:]
	return nil
}

// needs lists what keeps a draft from being announced.
func (p *eventHubPage) needs(asked []askedPart) {
	if !slices.Contains(p.Desk.Steps, registry.Announced) {
		return
	}
	for _, part := range asked {
		step := hubStep{Icon: "pencil", Title: p.T("hub.need.asked", part.Label), Href: part.Href, Label: p.T("hub.need.write"), Grave: true}
		if part.Former != "" {
			step.Why = p.T("event.asked.was", part.Former)
		}
		p.Needs = append(p.Needs, step)
	}
	for _, fault := range p.Desk.Blocked {
		switch fault.Key {
		case "event.fault.asked": // each part is listed
		case "event.fault.refused":
			p.Needs = append(p.Needs, hubStep{Icon: "scroll-text", Title: p.T("event.advice.refused"), Href: p.Root + "/sua#g-legal", Label: p.T("hub.do.legal"), Grave: true})
		default:
			p.Needs = append(p.Needs, hubStep{Icon: "calendar-days", Title: p.T(fault.Key, fault.Args...), Href: p.Root + "/doi", Label: p.T("event.move.button"), Grave: true})
		}
	}
}

// gateSteps are what waits at the gates of a running event, and booths that nobody has
// seen open.
func (p *eventHubPage) gateSteps(now int64) (steps []hubStep) {
	t := p.Desk.Today
	if t == nil {
		return nil
	}
	if n := len(t.Silent); n > 0 {
		step := hubStep{Icon: "wifi-off", Grave: true, Title: p.T("desk.phones_n", n), Href: p.Root + "/cong/truc-tiep", Label: p.T("hub.do.live")}
		var names []string
		for _, d := range t.Silent {
			names = append(names, d.Name+" ("+ageText(p.Base, now-d.LastSeenAt)+")")
		}
		step.Why = p.T("hub.why.silent", someOf(names))
		steps = append(steps, step)
	}
	if t.Gates && t.Differences > 0 {
		steps = append(steps, hubStep{Icon: "triangle-alert", Grave: true, Title: p.T("desk.differences_n", t.Differences), Why: p.T("hub.why.differences"),
			Href: p.Root + "/cong/doi-chieu", Label: p.T("hub.do.differences")})
	}
	if !p.Desk.MayBooth || t.Day == 0 || len(t.Unopened) == 0 {
		return steps
	}
	step := hubStep{Icon: "store", Title: p.T("hub.step.unopened", someOf(t.Unopened)), Href: p.Root + "/gian", Label: p.T("hub.do.booths")}
	if !t.Seen {
		step.Title = p.T("hub.step.unseen", len(t.Unopened))
	}
	return append(steps, step)
}

// applicationSteps are what waits with the vendors of an event.
func (p *eventHubPage) applicationSteps(calls hubCalls) (steps []hubStep) {
	d := p.Desk
	add := func(n int, s hubStep) {
		if n > 0 {
			steps = append(steps, s)
		}
	}
	add(d.ToCall, hubStep{Icon: "phone", Grave: true, Title: p.T("call.hub", d.ToCall), Why: p.T("call.hub_text"), Href: p.Root + "/goi", Label: p.T("call.open"),
		Calls: calls.news})
	if p.reviews() && d.Waiting > 0 {
		step := hubStep{Icon: "inbox", Grave: d.Work.Overdue > 0, Title: p.T("desk.waiting", d.Waiting), Href: p.Root + "/don", Label: p.T("hub.do.review")}
		if d.Work.Overdue > 0 {
			step.Title = p.T("desk.waiting_late", d.Waiting, d.Work.Overdue)
		}
		steps = append(steps, step)
	}
	add(d.Work.Boothless, hubStep{Icon: "grid-3x3", Title: p.T("hub.step.boothless", d.Work.Boothless), Why: p.T("hub.why.boothless"),
		Href: p.Root + "/gian", Label: p.T("hub.do.place")})
	unprinted := hubStep{Icon: "printer", Title: p.T("hub.step.unprinted", d.Work.Unprinted), Label: p.T("hub.do.print"),
		Href: view.Query(p.Root+"/the", "trang-thai", string(registry.PassValid), "chua-in", "1")}
	if d.Work.Reissued > 0 {
		unprinted.Why = p.T("hub.why.reissued", d.Work.Reissued)
	}
	if d.Event.State != registry.Ended && d.Event.State != registry.Reported && d.Event.State != registry.Cancelled {
		add(d.Work.Unprinted, unprinted)
	}
	add(d.Work.Sales, hubStep{Icon: "hand-coins", Title: p.T("hub.step.sales", d.Work.Sales), Why: p.T("hub.why.sales"),
		Href: p.Root + "/doanh-thu/can-goi", Label: p.T("hub.do.sales"), Calls: calls.sales})
	return steps
}

// reviews reports whether the reader decides on the applications of the event.
func (p *eventHubPage) reviews() bool {
	return slices.ContainsFunc(p.Head.Tabs, func(t view.NavItem) bool { return t.Href == p.Root+"/don" })
}

// placeSteps are the booths and gates that an event that is still to be held lacks, for
// who may make them.
func (p *eventHubPage) placeSteps() (steps []hubStep) {
	d, e := p.Desk, p.Desk.Event
	switch e.State {
	case registry.Ended, registry.Reported, registry.Cancelled, registry.Postponed:
		return nil
	}
	if has := d.Figures.Booths; d.MayBooth && e.State != registry.Running && (has == 0 || has < e.BoothsN) {
		label := p.T("event.office.missing.booths", has, e.BoothsN)
		switch {
		case e.BoothsN == 0:
			label = p.T("event.office.missing.booths_any")
		case has == 0:
			label = p.T("event.office.missing.booths_none", e.BoothsN)
		}
		steps = append(steps, hubStep{Icon: "grid-3x3", Title: p.T("hub.step.booths"), Why: p.T("event.office.missing.why_booths"), Href: p.Root + "/gian/them", Label: label})
	}
	if d.MayGate && d.Gates == 0 {
		steps = append(steps, hubStep{Icon: "qr-code", Title: p.T("hub.step.gate"), Why: p.T("event.office.missing.why_gate"),
			Href: p.Root + "/cong", Label: p.T("event.office.missing.gate"), Grave: e.State == registry.Running})
	}
	return steps
}

// adviceSteps are the sentences of advice that the reader can follow.
func (p *eventHubPage) adviceSteps() (steps []hubStep) {
	for _, a := range p.Desk.Advice {
		if href, label := p.wayOut(a); href != "" {
			steps = append(steps, hubStep{Icon: "scroll-text", Grave: a.Bad, Title: p.T(a.Key, a.Args...), Href: href, Label: label})
		}
	}
	return steps
}

// wayOut is where a sentence of advice is followed; nowhere for who may not, and for
// one that only tells.
func (p *eventHubPage) wayOut(a events.Advice) (href, label string) {
	switch key := strings.TrimPrefix(a.Key, "event.advice."); {
	case key == "papers":
		return p.Root + "/don", p.T("hub.do.review")
	case !p.Desk.MayEdit || key == "refused" && len(p.Needs) > 0:
		return "", ""
	case key == "window":
		return p.Root + "/sua#g-booths", p.T("hub.do.window")
	case key == "place":
		return p.Root + "/sua#f-place", p.T("hub.do.place_on_map")
	case key == "filing.report":
		return p.Root + view.EventReport, p.T("hub.main.report")
	case !a.Bad && key != "filing.due" && key != "legal_number":
		return "", ""
	}
	return p.Root + "/sua#g-legal", p.T("hub.do.legal")
}

// offerSteps is how many offers of the event wait to be reviewed.
func (p *eventHubPage) offerSteps() []hubStep {
	if n := p.Tally.Waiting; n > 0 {
		return []hubStep{{Icon: "star", Title: p.T("hub.step.offers", n), Href: p.Root + "/kich-cau", Label: p.T("measure.open")}}
	}
	return nil
}
