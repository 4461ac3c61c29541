package report

import (
	"strings"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// MaxRows is how many rows a list has that goes out as a file. It bounds the memory that one
// takes; a longer list is refused, never cut.
const MaxRows = 20_000

// ErrTooLong says of a list that it has more rows than a file takes.
func ErrTooLong() error {
	return registry.E(registry.TooLarge, "list.error.too_long", vn.Count(MaxRows))
}

// instant is a moment in unix ms, by the clock of Vietnam; 0 is none.
func instant(ms int64) Cell {
	if ms == 0 {
		return text("")
	}
	return Cell{Kind: TimeCell, Text: time.UnixMilli(ms).In(vn.Zone).Format(minuteForm)}
}

// minuteForm is how a TimeCell holds its moment.
const minuteForm = "2006-01-02 15:04"

// EventRow is an event as a list has it.
type EventRow struct {
	registry.Event
	Place string // its unit as it was called on the first day
	registry.EventFigures
}

// EventTable lists events.
func EventTable(lang string, rows []EventRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.events"), Columns: t.columns([]float64{4, 2, 2, 1.6, 1.6, 3, 1.4, 3, -1.2, -1.2, -1.2, -1.2},
		"list.col.event", "list.col.kind", "list.col.standing", "list.col.first_day", "list.col.last_day", "list.col.area", "list.col.area_code",
		"list.col.venue", "list.col.booths", "list.col.promised", "list.col.vendors", "list.col.products")}
	for _, e := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(e.Title), t.name("event.kind.", string(e.Kind)), t.name("event.state.", string(e.State)),
			day(e.OpensOn), day(e.ClosesOn), text(e.Place), code(e.Area.Code), text(e.Venue), number(int64(e.EventFigures.Booths)),
			number(int64(e.Promised)), number(int64(e.Vendors)), number(int64(e.Products))}})
	}
	return table
}

// VendorRow is a vendor as a list has it: with what is personal only where the reader of the
// file may see it.
type VendorRow struct {
	registry.Vendor
	Place    string // its unit as it is called today
	Products int64  // that the public sees
}

// VendorTable lists vendors.
func VendorTable(lang string, rows []VendorRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.vendors"), Columns: t.columns([]float64{4, 2, 2, 1.8, 2, 1.8, 3, 3, 1.4, 2, -1.2, 1.8, 3},
		"list.col.vendor", "list.col.kind", "list.col.standing", "list.col.tax_code", "list.col.representative", "list.col.phone", "list.col.email", "list.col.area",
		"list.col.area_code", "list.col.village", "list.col.products", "list.col.registered_at", "list.col.reason")}
	for _, v := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(v.Name), t.name("vendor.kind.", string(v.Kind)), t.name("vendor.state.", string(v.State)),
			code(v.TaxCode.String()), text(v.Representative), code(v.Phone), text(v.Email), text(v.Place), code(v.Area.Code), text(v.Village),
			number(v.Products), instant(v.CreatedAt), text(v.StateReason)}})
	}
	return table
}

// ProductTable lists products with their proof as of a day.
func ProductTable(lang, today string, rows []registry.ProductCard) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.products"), Columns: t.columns([]float64{4, 4, 2, 3, 2.4, 1.8, -1, 1.8, 1.8, -1.4, 1.4, 2, 1.4},
		"list.col.product", "list.col.vendor", "list.col.group", "list.col.origin", "list.col.evidence", "list.col.evidence_until", "list.col.stars",
		"list.col.stars_until", "list.col.gtin", "list.col.price", "list.col.unit", "list.col.brand", "list.col.hidden")}
	for _, p := range rows {
		stars, until := text(""), text("")
		if r, ok := p.Stars(today); ok {
			stars, until = number(int64(r.Stars)), day(r.ValidTo)
		}
		place := p.OriginPlace
		if place == "" {
			place = "…"
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(p.Name), text(p.VendorName), t.name("product.group.", string(p.Group)),
			text(t.T("product.origin_phrase."+string(p.Origin), place)), t.name("product.evidence.", string(p.EvidenceOn(today))), dayOrNone(p.EvidenceUntil),
			stars, until, code(p.GTIN), unlessZero(p.PriceDong), text(p.PriceUnit), text(p.Brand), t.yes(p.Hidden)}})
	}
	return table
}

// yes is a word where something holds, else an empty cell.
func (t texts) yes(holds bool) Cell {
	if !holds {
		return text("")
	}
	return text(t.T("list.yes"))
}

// ApplicationRow is an application as a list has it.
type ApplicationRow struct {
	registry.ApplicationRow
	Phone string   // of the vendor; masked for whoever may not see it
	Given []string // codes of its booths
}

// ApplicationTable lists applications.
func ApplicationTable(lang string, rows []ApplicationRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.applications"), Columns: t.columns([]float64{-1, 2, 4, 2, 1.8, 4, 1.6, 1.6, 1.6, -1, -1, 1.4, 1, 1.2, -1, 2, 4, 1.2, 2, 2, 3},
		"list.col.application", "list.col.standing", "list.col.vendor", "list.col.kind", "list.col.phone", "list.col.event", "list.col.first_day", "list.col.last_day",
		"list.col.comes_until", "list.col.booths_wanted", "list.col.booths_granted", "list.col.booth_codes", "list.col.zone", "list.col.power", "list.col.staff",
		"list.col.vehicles", "list.col.goods", "list.col.on_paper", "list.col.sent_at", "list.col.decided_at", "list.col.reason")}
	for _, a := range rows {
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(a.Number), t.name("application.state.", string(a.State)), text(a.VendorName),
			t.name("vendor.kind.", string(a.VendorKind)), code(a.Phone), text(a.EventTitle), day(a.OpensOn), day(a.ClosesOn), dayOrNone(a.ComesUntil),
			number(int64(a.Booths)), number(int64(a.Granted)), code(strings.Join(a.Given, ", ")), code(a.Zone), t.yes(a.NeedsPower), number(int64(a.StaffN)),
			code(strings.Join(a.Vehicles, ", ")), text(strings.Join(a.Goods, ", ")), t.yes(a.OnPaper), instant(a.SubmittedAt), instant(a.DecidedAt), text(a.Reason)}})
	}
	return table
}

// TaskRow is a task of a plan as a list has it. Strand, Kind, Source and State are codes.
type TaskRow struct {
	N                                                   int64
	Title, Strand, Kind, Source, State, Measure, Result string
	Lead, Supporting, Watching, AssignedOn, DueOn       string
	Counted                                             bool // Done and Scheduled say something
	Goal, Done, Scheduled, Percent, UpdatedAt/* unix ms */ int64
}

// TaskTable lists tasks.
func TaskTable(lang string, rows []TaskRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.tasks"), Columns: t.columns([]float64{-1, 4, 2, 1.6, 1.6, 3, 3, 3, 1.6, 1.6, 3, 1.6, -1.2, -1.2, -1.2, -1.2, 4, 2},
		"list.col.task", "task.field.title", "task.field.strand", "task.field.kind", "list.col.standing", "task.field.lead", "task.field.supporting", "task.field.watching",
		"list.col.assigned_on", "task.field.due_on", "task.field.source", "task.field.measure", "task.field.goal", "list.col.done", "list.col.scheduled", "list.col.percent",
		"task.field.result", "list.col.last_word_at")}
	for _, r := range rows {
		done, scheduled, percent := text(""), text(""), unlessZero(r.Percent)
		if r.Counted {
			done, scheduled, percent = number(r.Done), number(r.Scheduled), text("")
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(r.N), text(r.Title), t.name("plan.strand.", r.Strand), t.name("task.kind.", r.Kind),
			t.name("task.state.", r.State), text(r.Lead), text(r.Supporting), text(r.Watching), dayOrNone(r.AssignedOn), dayOrNone(r.DueOn),
			t.name("task.source.", r.Source), text(r.Measure), unlessZero(r.Goal), done, scheduled, percent, text(r.Result), instant(r.UpdatedAt)}})
	}
	return table
}

// BoothRow is a booth as a list has it.
type BoothRow struct {
	registry.Booth
	Vendor string
	Goods  []string
	Seen   registry.BoothDayState // on the day of the list
}

// BoothTable lists the booths of an event.
func BoothTable(lang string, rows []BoothRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.booths"), Columns: t.columns([]float64{1.4, 1, 2, 2, -1.2, -1.2, 1.2, -1.4, 4, 4, 2, 2},
		"list.col.booth", "list.col.zone", "list.col.kind", "list.col.standing", "list.col.width_cm", "list.col.depth_cm", "list.col.power", "list.col.fee",
		"list.col.vendor", "list.col.goods", "list.col.assigned_at", "list.col.seen_today")}
	for _, b := range rows {
		seen := text("")
		if b.Seen != registry.BoothUnseen {
			seen = t.name("booth.seen.", string(b.Seen))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{code(b.Code), code(b.Zone), t.name("booth.kind.", string(b.Kind)), t.name("booth.state.", string(b.State)),
			number(int64(b.WidthCM)), number(int64(b.DepthCM)), t.yes(b.Power), number(b.FeeDong), text(b.Vendor), text(strings.Join(b.Goods, ", ")),
			instant(b.AssignedAt), seen}})
	}
	return table
}
