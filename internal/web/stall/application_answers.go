package stall

import (
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// applicationFields are the fields of the form in their order.
var applicationFields = []string{"days", "products", "booths", "zone", "needs_power", "staff_n", "vehicles", "promo_percent", "promo_basis", "note"}

// Answers lists what an application asks for, in the order of the form; change is
// the address of the form, empty where nothing can be changed.
func Answers(b view.Base, v booths.ApplicationView, change string) []view.SummaryRow {
	var days, goods []string
	for _, d := range v.Days {
		days = append(days, vn.Weekday(d, b.Lang)+" "+vn.ShowDate(d))
	}
	for _, p := range v.Products {
		goods = append(goods, p.Name+" · "+b.GroupName(p.Group))
	}
	power := b.T("application.power.no")
	if v.NeedsPower {
		power = b.T("application.power.yes")
	}
	values := map[string]string{
		"days": strings.Join(days, "\n"), "products": strings.Join(goods, "\n"), "booths": b.T("application.booths_n", v.Booths),
		"zone": view.ZoneName(b, v.Zone), "needs_power": power, "staff_n": b.T("application.people", v.StaffN),
		"promo_percent": promotionText(b, v),
		"vehicles":      strings.Join(v.Vehicles, "\n"), "note": v.Note,
	}
	names := slices.DeleteFunc(slices.Clone(applicationFields), func(name string) bool { return name == "promo_basis" })
	rows := make([]view.SummaryRow, len(names))
	for i, name := range names {
		rows[i] = view.SummaryRow{Label: b.T("application.label." + name), Value: values[name]}
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
func promotionText(b view.Base, v booths.ApplicationView) string {
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

// StoryLine is a step of an application as it is told.
type StoryLine struct {
	At       string
	What     string
	Author   string
	Text     string
	Internal bool
	Chip     view.Chip
}

// Story tells the steps of an application, latest first. Vendors read what
// happened but not which officer did it.
func Story(b view.Base, v booths.ApplicationView, office bool) []StoryLine {
	lines := make([]StoryLine, 0, len(v.Story))
	for _, n := range slices.Backward(v.Story) {
		line := StoryLine{At: view.ShowTime(n.At), Text: n.Text, Internal: n.Internal}
		if n.State == registry.AppNeedsInfo {
			line.Text = strings.TrimSpace(askedLines(b, n.Asks) + n.Text)
		}
		if office {
			line.Author = n.Author
		}
		switch {
		case n.Internal:
			line.Chip = view.Chip{Label: b.T("application.story.internal"), Class: "off", Icon: "lock"}
		case n.State == registry.AppWithdrawn && n.AuthorID == "":
			line.Chip, line.Author = view.Chip{Label: b.T("application.story.lapsed"), Class: "off", Icon: "clock"}, ""
		default:
			line.Chip = b.ApplicationChip(n.State)
		}
		lines = append(lines, line)
	}
	return lines
}

// QuotaLine is a quota of the event as forms and reviewers see it.
type QuotaLine struct {
	Text string
	Full bool
}

// Quotas lists how full the groups of an event are; only is nil for all.
func Quotas(b view.Base, uses []booths.QuotaUse, only func(booths.QuotaUse) bool) []QuotaLine {
	var lines []QuotaLine
	for _, q := range uses {
		if only == nil || only(q) {
			lines = append(lines, QuotaLine{b.T("application.quota", b.T("product.group."+string(q.Group)), q.Used, q.Max), q.Full()})
		}
	}
	return lines
}
