package view

import (
	"net/url"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// PersonalRoot is the inbox of what people ask about their own data.
const PersonalRoot = "/quan-ly/du-lieu-ca-nhan"

// KeepRoot is the page of how long personal data is kept.
const KeepRoot = "/quan-ly/luu-giu"

// PersonalHref is the office's page of a request.
func PersonalHref(id personal.ID) string { return PersonalRoot + "/" + string(id) }

// TextHref is the page of a version of a text that people agree to.
func TextHref(text personal.Text, version string) string {
	return "/du-lieu-ca-nhan/loi/" + string(text) + "/" + url.PathEscape(version)
}

// PersonalChip says where a request stands on a day.
func PersonalChip(b Base, r personal.Request, today string) Chip {
	switch {
	case r.Late(today):
		return Chip{Class: "stop", Icon: "triangle-alert", Label: b.T("personal.late")}
	case r.Unconfirmed(today):
		return Chip{Class: "stop", Icon: "clock", Label: b.T("personal.unconfirmed")}
	}
	look := map[personal.State]Chip{personal.Received: {Class: "wait", Icon: "inbox"}, personal.Confirmed: {Class: "wait", Icon: "clock"},
		personal.Done: {Class: "go", Icon: "circle-check"}, personal.Refused: {Class: "off", Icon: "ban"}}[r.State]
	look.Label = b.T("personal.state." + string(r.State))
	return look
}

// PersonalLaw says within what time what comes on a day is answered, and by what paper.
func PersonalLaw(b Base, day string) string {
	c := personal.ClockOn(day)
	paper := b.Laws.Cited(registry.Citation{Numbers: []string{c.Basis}})
	if !c.Checked {
		paper = b.T("personal.unchecked", paper)
	}
	return b.T("personal.clock", c.ConfirmDays, c.DoDays, c.MoreDays, paper)
}

// PersonalFacts are what whoever sent a request and the office both read of it.
func PersonalFacts(b Base, r personal.Request) (rows []SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, SummaryRow{Label: b.T("personal.field." + name), Value: value})
		}
	}
	add("kind", b.T("personal.ask."+string(r.Kind)))
	add("received", ShowTime(r.ReceivedAt))
	if r.ConfirmedAt > 0 {
		add("confirmed", ShowTime(r.ConfirmedAt))
	} else if r.State.Open() {
		add("confirm_by", vn.ShowDate(r.ConfirmBy))
	}
	if r.State.Open() {
		add("due_on", vn.ShowDate(r.DueOn))
	}
	add("extended_why", r.ExtendedWhy)
	if r.ClosedAt > 0 {
		add("closed", ShowTime(r.ClosedAt))
	}
	if r.Ground != "" {
		add("ground", b.T("personal.ground."+string(r.Ground)))
	}
	add("answer", r.Answer)
	if r.WipedAt > 0 {
		add("answer", b.T("personal.wiped", ShowTime(r.WipedAt)))
	}
	return rows
}
