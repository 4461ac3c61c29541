package web

import (
	"slices"
	"strings"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// applicationTones are the colours of the states of an application.
var applicationTones = map[registry.ApplicationState]string{
	registry.AppDraft: "off", registry.AppSubmitted: "", registry.AppNeedsInfo: "wait", registry.AppApproved: "go",
	registry.AppWaitlisted: "wait", registry.AppOffered: "go", registry.AppDeclined: "stop", registry.AppWithdrawn: "off",
	registry.AppCancelled: "stop",
}

// applicationIcons say the state a second time, for who does not see colours.
var applicationIcons = map[registry.ApplicationState]string{
	registry.AppDraft: "pencil", registry.AppSubmitted: "mail", registry.AppNeedsInfo: "circle-help",
	registry.AppApproved: "circle-check", registry.AppWaitlisted: "clock", registry.AppOffered: "bell",
	registry.AppDeclined: "circle-x", registry.AppWithdrawn: "rotate-ccw", registry.AppCancelled: "ban",
}

// applicationChip is the mark of an application's state.
func (b base) applicationChip(s registry.ApplicationState) Chip {
	return Chip{Label: b.T("application.state." + string(s)), Class: applicationTones[s], Icon: applicationIcons[s]}
}

// showTime writes an instant as "17:00 25/11/2026".
func showTime(ms int64) string {
	t := time.UnixMilli(ms)
	return vn.ClockOf(t) + " " + vn.ShowDate(vn.DateOf(t))
}

// showDeadline writes the instant at which something is over; midnight is the end
// of the day before.
func showDeadline(ms int64) string {
	if t := time.UnixMilli(ms); vn.ClockOf(t) == "00:00" {
		return "24:00 " + vn.ShowDate(vn.AddDays(vn.DateOf(t), -1))
	}
	return showTime(ms)
}

// answers lists what an application asks for, in the order of the form; change is
// the address of the form, empty where nothing can be changed.
func (b base) answers(v app.ApplicationView, change string) []SummaryRow {
	var days, goods []string
	for _, d := range v.Days {
		days = append(days, vn.Weekday(d, b.Lang)+" "+vn.ShowDate(d))
	}
	for _, p := range v.Products {
		goods = append(goods, p.Name)
	}
	power := b.T("application.power.no")
	if v.NeedsPower {
		power = b.T("application.power.yes")
	}
	values := map[string]string{
		"days": strings.Join(days, "\n"), "products": strings.Join(goods, "\n"), "booths": b.T("application.booths_n", v.Booths),
		"zone": zoneName(b, v.Zone), "needs_power": power, "staff_n": b.T("application.people", v.StaffN),
		"promo_percent": b.promotionText(v),
		"vehicles":      strings.Join(v.Vehicles, "\n"), "note": v.Note,
	}
	names := slices.DeleteFunc(slices.Clone(applicationFields), func(name string) bool { return name == "promo_basis" })
	rows := make([]SummaryRow, len(names))
	for i, name := range names {
		rows[i] = SummaryRow{Label: b.T("application.label." + name), Value: values[name]}
		switch {
		case rows[i].Value != "":
		case name == "days" || name == "products":
			rows[i].Value = b.T("application.none")
		default:
			rows[i].Value = b.T("application.not_told")
		}
		if change != "" {
			rows[i].ChangeHref = change + "#f-" + name
		}
	}
	return rows
}

// promotionText says what a vendor means to cut off its prices, on what basis, and
// which of its goods are left out.
func (b base) promotionText(v app.ApplicationView) string {
	p := v.Promotion
	if p.Percent == 0 {
		return ""
	}
	lines := []string{b.T("application.promo.percent", p.Percent)}
	if p.Basis != registry.PromotionPlain {
		lines = append(lines, b.T("application.promo."+string(p.Basis)))
	}
	for _, q := range v.Products {
		if !q.Group.Promotable() {
			lines = append(lines, b.T("application.promo.never", q.Name))
		}
	}
	return strings.Join(lines, "\n")
}

func zoneName(b base, zone string) string {
	if zone == "" {
		return ""
	}
	return b.T("booth.plan.zone", zone)
}

// storyLine is a step of an application as it is told.
type storyLine struct {
	At       string
	What     string
	Author   string
	Text     string
	Internal bool
	Chip     Chip
}

// story tells the steps of an application, latest first. Vendors read what
// happened but not which officer did it.
func (b base) story(v app.ApplicationView, office bool) []storyLine {
	lines := make([]storyLine, 0, len(v.Story))
	for _, n := range slices.Backward(v.Story) {
		line := storyLine{At: showTime(n.At), Text: n.Text, Internal: n.Internal}
		if office {
			line.Author = n.Author
		}
		switch {
		case n.Internal:
			line.Chip = Chip{Label: b.T("application.story.internal"), Class: "off", Icon: "lock"}
		case n.State == registry.AppWithdrawn && n.AuthorID == "":
			line.Chip, line.Author = Chip{Label: b.T("application.story.lapsed"), Class: "off", Icon: "clock"}, ""
		default:
			line.Chip = b.applicationChip(n.State)
		}
		lines = append(lines, line)
	}
	return lines
}

// quotaLine is a quota of the event as forms and reviewers see it.
type quotaLine struct {
	Text string
	Full bool
}

// quotas lists how full the groups of an event are; only is nil for all.
func (b base) quotas(uses []app.QuotaUse, only func(app.QuotaUse) bool) []quotaLine {
	var lines []quotaLine
	for _, q := range uses {
		if only == nil || only(q) {
			lines = append(lines, quotaLine{b.T("application.quota", b.T("product.group."+string(q.Group)), q.Used, q.Max), q.Full()})
		}
	}
	return lines
}

// findingChips says what is wrong with an applicant's papers, or that all is well
// until the last day.
func (b base) findingChips(findings []registry.Finding, lastDay string) []Chip {
	if len(findings) == 0 {
		return []Chip{{Label: b.T("application.finding.none", shortDate(lastDay)), Class: "go", Icon: "check"}}
	}
	chips := make([]Chip, len(findings))
	for i, f := range findings {
		chips[i] = b.findingChip(f)
	}
	return chips
}

func (b base) findingChip(f registry.Finding) Chip {
	product := ""
	if f.Product != "" {
		product = " · " + f.Product
	}
	switch f.Kind {
	case registry.Missing:
		return Chip{Label: b.T("application.finding.missing", b.T("application.finding.paper."+string(f.Paper))) + product, Class: "stop", Icon: "circle-x"}
	case registry.Lapses:
		return Chip{Label: b.T("application.finding.lapses", b.T("application.finding.paper."+string(f.Paper)), shortDate(f.On)) + product, Class: "wait", Icon: "clock"}
	}
	switch f.Kind {
	case registry.LabelOver:
		return Chip{Label: b.T("application.finding.label_over", f.Product, shortDate(f.On)), Class: "stop", Icon: "circle-x"}
	case registry.OverCeiling:
		return Chip{Label: b.T("application.finding.over_ceiling", f.Percent, f.Ceiling), Class: "stop", Icon: "triangle-alert"}
	}
	if f.Evidence != "" {
		return Chip{Label: b.T("application.finding.evidence."+string(f.Evidence), f.Product), Class: "stop", Icon: "triangle-alert"}
	}
	return Chip{Label: b.T("application.finding.origin."+string(f.Origin), f.Product), Class: "wait", Icon: "triangle-alert"}
}

// shortDate writes a date without its year: "29/11".
func shortDate(date string) string {
	return strings.TrimSuffix(vn.ShowDate(date), "/"+date[:min(4, len(date))])
}
