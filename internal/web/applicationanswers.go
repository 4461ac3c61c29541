package web

import (
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// answers lists what an application asks for, in the order of the form; change is
// the address of the form, empty where nothing can be changed.
func (b base) answers(v booths.ApplicationView, change string) []SummaryRow {
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
func (b base) promotionText(v booths.ApplicationView) string {
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
func (b base) story(v booths.ApplicationView, office bool) []storyLine {
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
func (b base) quotas(uses []booths.QuotaUse, only func(booths.QuotaUse) bool) []quotaLine {
	var lines []quotaLine
	for _, q := range uses {
		if only == nil || only(q) {
			lines = append(lines, quotaLine{b.T("application.quota", b.T("product.group."+string(q.Group)), q.Used, q.Max), q.Full()})
		}
	}
	return lines
}
