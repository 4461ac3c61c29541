package events

import (
	"slices"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// forward are the steps of an event that hurt nobody: they are taken from the menu.
var forward = map[registry.EventState]bool{registry.Planned: true, registry.Announced: true, registry.Open: true, registry.Closed: true, registry.Reported: true}

// actions finds the one thing to do first by where the event stands; the rest goes into
// the menu. What takes something away stands apart (hubGrave).
func (p *eventHubPage) actions(actor registry.Actor, scope registry.Scope) {
	d, e := p.Desk, p.Desk.Event
	may := func(right registry.Right) bool { return actor.Can(right, scope) }
	switch e.State {
	case registry.Draft, registry.Planned, registry.Postponed:
		p.announce()
	case registry.Announced, registry.Open, registry.Moved:
		p.mainIf(may(registry.ReviewApplications), "/don", "inbox", "hub.main.review")
	case registry.Closed:
		p.mainIf(d.MayBooth && d.Work.Boothless > 0, "/gian", "grid-3x3", "hub.main.booths")
		p.mainIf(may(registry.ManagePasses), "/the", "printer", "hub.main.passes")
		p.mainIf(may(registry.ReviewApplications), "/don", "inbox", "hub.main.review")
	case registry.Running:
		p.mainIf(may(registry.ViewFigures), "/cong/truc-tiep", "eye", "hub.main.live")
	case registry.Ended:
		p.mainIf(may(registry.ViewFigures), view.EventReport, "file-text", "hub.main.report")
	case registry.Reported:
		p.mainIf(may(registry.ViewFigures), view.EventReport, "file-text", "hub.main.reported")
	}
	if d.MayEdit {
		p.More = append(p.More, hubAction{Href: p.Root + "/sua", Icon: "pencil", Label: p.T("event.office.edit_do")})
	}
	if d.MayClone {
		p.More = append(p.More, hubAction{Href: p.Root + "/nhan-ban", Icon: "copy", Label: p.T("event.clone.button")},
			hubAction{Href: "/quan-ly/lich-nam/loat/moi?mau=" + string(e.ID), Icon: "calendar-days", Label: p.T("planning.repeat")})
	}
	p.stepsInMenu()
	look := hubAction{Href: "/su-kien/" + e.Slug, Icon: "eye", Label: p.T("event.office.preview")}
	if p.Public {
		look.Label = p.T("event.office.public")
	}
	p.More = append(p.More, look)
}

// mainIf makes something the one thing to do, unless there is one already.
func (p *eventHubPage) mainIf(may bool, path, icon, key string) {
	if may && p.Main == nil {
		p.Main = &hubAction{Href: p.Root + path, Icon: icon, Label: p.T(key)}
	}
}

// announce makes announcing the one thing to do. Where something keeps an event from it
// the button is off, and the list of what has to be done stands below.
func (p *eventHubPage) announce() {
	if !slices.Contains(p.Desk.Steps, registry.Announced) {
		return
	}
	p.Main = &hubAction{Href: p.stepHref(registry.Announced), Icon: "megaphone", Label: p.stepLabel(registry.Announced), Off: len(p.Needs) > 0}
}

// stepsInMenu puts the steps that take nothing away into the menu.
func (p *eventHubPage) stepsInMenu() {
	for _, to := range p.Desk.Steps {
		href := p.stepHref(to)
		switch {
		case to == registry.Reported:
			p.More = append(p.More, hubAction{Href: p.Root + "/bao-cao#chot", Icon: "check", Label: p.stepLabel(to)}) // where one sees what is closed
		case href == "":
			p.More = append(p.More, hubAction{To: to, Icon: "flag", Label: p.stepLabel(to)})
		case forward[to] && (p.Main == nil || p.Main.Href != href):
			p.More = append(p.More, hubAction{Href: href, Icon: "flag", Label: p.stepLabel(to)})
		}
	}
}

func (p *eventHubPage) stepLabel(to registry.EventState) string {
	return p.T("event.step." + string(p.Desk.Event.State) + "." + string(to))
}

// stepHref is the page that asks before a step; "" for one that is taken at once.
func (p *eventHubPage) stepHref(to registry.EventState) string {
	if asks, _ := lifecycle.StepAsks(p.Desk.Event.State, to); asks {
		return view.Query(p.Root+"/buoc", "den", string(to))
	}
	return ""
}
