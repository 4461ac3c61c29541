package events

import (
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// eventFacts is an event as its organiser reads it through, part by part.
type eventFacts struct{ where, legal, who, booths []view.SummaryRow }

func (s *Door) eventFacts(b view.Base, e registry.Event) eventFacts {
	place := s.App.Events.EventPlace(e)
	when := []string{vn.ShowRange(e.OpensOn, e.ClosesOn) + " (" + b.LunarRange(e.OpensOn, e.ClosesOn) + ")"}
	for _, d := range e.Days {
		line := vn.WeekdayShort(d.Day, b.Lang) + " " + vn.ShowDate(d.Day) + ": " + view.HoursLine(d)
		if d.Note != "" {
			line += " (" + d.Note + ")"
		}
		when = append(when, line)
	}
	window := b.T("event.office.no_window")
	if e.ApplyUntil > 0 {
		window = b.T("event.office.window", view.ShowDay(e.ApplyFrom), view.ShowDay(e.ApplyUntil-1))
	}
	where := []string{place.Name}
	if e.Venue != "" {
		where = []string{e.Venue, place.Name}
	}
	if place.Old && place.Other != "" {
		where = append(where, b.T("event.page.now_is", place.Other))
	}
	var quotas []string
	for _, q := range e.Quotas {
		quotas = append(quotas, b.T("product.group."+string(q.Group))+": "+vn.Count(int64(q.Max)))
	}
	return eventFacts{
		where: filled(view.SummaryRow{Label: b.T("event.page.when"), Value: strings.Join(when, "\n")},
			view.SummaryRow{Label: b.T("event.page.where"), Value: strings.Join(where, "\n")},
			view.SummaryRow{Label: b.T("event.field.level"), Value: b.LevelName(e.Level)}),
		legal: filled(view.SummaryRow{Label: b.T("event.page.legal"), Value: strings.Join(append([]string{legalFacts(b, e.Legal)}, e.LegalOthers...), "\n")},
			view.SummaryRow{Label: b.T("event.page.campaign"), Value: e.Programme}),
		who: filled(view.SummaryRow{Label: b.T("event.page.organiser"), Value: strings.Join(append([]string{e.Organiser}, e.CoOrganiser...), "\n")},
			view.SummaryRow{Label: b.T("event.page.phone"), Value: vn.ShowPhone(e.Phone)}),
		booths: filled(view.SummaryRow{Label: b.T("event.office.applications"), Value: window},
			view.SummaryRow{Label: b.T("event.field.booths"), Value: count(e.BoothsN)},
			view.SummaryRow{Label: b.T("event.field.quotas"), Value: strings.Join(quotas, "\n")},
			view.SummaryRow{Label: b.T("event.field.staff_passes"), Value: count(e.StaffPasses)},
			view.SummaryRow{Label: b.T("event.field.capacity"), Value: count(e.Capacity)}),
	}
}

// legalFacts is the paper that an event rests on and where its registration stands,
// each said once.
func legalFacts(b view.Base, l registry.LegalBasis) string {
	if l.Registration == registry.RegistrationNotNeeded {
		return b.LegalLine(l)
	}
	return b.RegistrationName(l.Registration) + "\n" + b.LegalLine(l)
}

// count writes a number, nothing for zero.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return vn.Count(int64(n))
}

// filled leaves out rows without a value.
func filled(rows ...view.SummaryRow) []view.SummaryRow {
	var out []view.SummaryRow
	for _, r := range rows {
		if r.Value != "" {
			out = append(out, r)
		}
	}
	return out
}
