package events

import (
	"cmp"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// programme reads the rows of the programme and puts them in order of time.
func (r *eventReader) programme() {
	r.e.Items = nil
	for i, row := range r.in.Items {
		if row.Title == "" && row.StartsAt == "" {
			continue
		}
		r.e.Items = append(r.e.Items, r.item(i+1, row))
	}
	r.Faults.Check(len(r.e.Items) <= eventItemsMost, "items", "event.fault.items_many", eventItemsMost)
	slices.SortStableFunc(r.e.Items, func(a, b registry.ProgrammeItem) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.StartsAt, b.StartsAt))
	})
	r.noItemTwice()
}

// item reads the row with a number, which its faults name.
func (r *eventReader) item(n int, row ItemInput) registry.ProgrammeItem {
	p := registry.ProgrammeItem{Day: r.Date("items", row.Day), StartsAt: r.Clock("items", row.StartsAt, 0),
		EndsAt: r.Clock("items", row.EndsAt, 0), Title: r.Line("items", row.Title, 200), Place: r.Line("items", row.Place, 100)}
	if row.Day == "" && len(r.e.Days) > 0 {
		p.Day = r.e.Days[0].Day
	}
	r.Faults.Check(p.Title != "", "items", "event.fault.item_title", n)
	r.Faults.Check(row.StartsAt != "", "items", "event.fault.item_hour", n)
	r.Faults.Check(p.EndsAt == 0 || p.EndsAt > p.StartsAt, "items", "event.fault.item_hours", n)
	r.Faults.Check(len(r.e.Days) == 0 || p.Day == "" || r.e.HasDay(p.Day), "items", "event.fault.item_day", n, vn.ShowDate(p.Day))
	if day, ok := r.e.Day(p.Day); ok && day.OpensAt < day.ClosesAt && row.StartsAt != "" && !r.in.Carried {
		within := p.StartsAt >= day.OpensAt && p.StartsAt < day.ClosesAt && p.EndsAt <= day.ClosesAt
		r.Faults.Check(within, "items", "event.fault.item_out", n, vn.ShowDate(day.Day), vn.ShowClock(day.OpensAt)+"–"+vn.ShowClock(day.ClosesAt))
	}
	return p
}

func (r *eventReader) noItemTwice() {
	seen := map[registry.ProgrammeItem]bool{}
	for _, p := range r.e.Items {
		key := registry.ProgrammeItem{Day: p.Day, StartsAt: p.StartsAt, Title: vn.Fold(p.Title)}
		r.Faults.Check(!seen[key], "items", "event.fault.item_twice", p.Title, vn.ShowClock(p.StartsAt))
		seen[key] = true
	}
}
