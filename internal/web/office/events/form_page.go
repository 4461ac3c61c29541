package events

import (
	"slices"

	"hoicho/internal/app/events"
	"hoicho/internal/app/field"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventFormPage is the form of a new or an old event.
type eventFormPage struct {
	view.Base
	view.Form
	Head                               *frame.EventHead // of an old event
	Action                             string
	Back                               string
	Groups                             []fieldGroup
	Days                               []dayRow
	Quotas                             []quotaRow
	Items                              []itemRow
	DaysFault, QuotasFault, ItemsFault string // what is wrong in the tables
	Cover                              string
	Version                            int64
	Stale                              *view.Stale
	Asked                              []askedPart // of a copy
	None                               []string    // of them, those that are said to be none
	AskNone                            *view.Field
	Proposed                           string        // which event the form was filled in from; "" for none
	Titles                             []view.Option // of a new one: what a title is made of, by kind
	Tells                              string        // whom a change of what vendors rely on would reach; "" while nobody is told
}

// fieldGroup is a part of the form under a heading of its own.
type fieldGroup struct {
	Name   string
	Label  string
	Later  bool // nothing from here on has to be filled in
	Fields []view.Field
}

// The rows of the tables of the form.
type (
	dayRow struct {
		events.DayInput
		Label string
	}
	quotaRow struct {
		events.QuotaInput
		Label string
	}
	itemRow struct {
		events.ItemInput
		N int
	}
)

// fill makes the groups of the form.
func (p *eventFormPage) fill(f eventForm) {
	p.Version, p.None = f.Version, f.None
	if p.Head == nil {
		p.Titles = proposedTitles(p.Base)
	}
	for _, section := range events.FieldGroups {
		g := fieldGroup{Name: string(section), Label: p.T("event.group." + string(section)), Later: section == events.LaterSection}
		for _, x := range events.Fields.On(section) {
			if x.Kind != field.Rows {
				d := eventField(p.Base, f, x)
				if x.Name == "title" && p.Head == nil {
					d.Required, d.Hint = false, p.T("event.office.title_proposed")
				}
				g.Fields = append(g.Fields, p.TakeOne(d))
			}
		}
		p.Groups = append(p.Groups, g)
	}
	p.DaysFault, p.QuotasFault = p.Part("days", p.T("event.field.days")), p.Part("quotas", p.T("event.field.quotas"))
	p.ItemsFault = p.Part("items", p.T("event.group.programme"))
	p.askFields(p.Asked)
	p.fillRows(f)
}

// eventField draws a field of an event.
func eventField(b view.Base, f eventForm, x events.Field) view.Field {
	d := frame.FieldOf(b, "event", x, f.EventInput)
	switch x.Kind {
	case field.Area:
		d.Ref, d.On = f.AreaRef, "first_day"
	case field.File:
		d.Value, d.Accept, d.Photo = "", "image/jpeg,image/png", true
	}
	return d
}

// fieldNamed is eventField by the name of the field.
func fieldNamed(b view.Base, f eventForm, name string) view.Field {
	i := slices.IndexFunc(events.Fields, func(x events.Field) bool { return x.Name == name })
	return eventField(b, f, events.Fields[i])
}

func (p *eventFormPage) fillRows(f eventForm) {
	for _, d := range f.Days {
		label := d.Day
		if date, err := vn.ParseDate(d.Day, ""); err == nil {
			label = vn.WeekdayShort(date, p.Lang) + " " + d.Day
		}
		p.Days = append(p.Days, dayRow{d, label})
	}
	for _, g := range registry.ProductGroups {
		row := quotaRow{QuotaInput: events.QuotaInput{Group: string(g)}, Label: p.T("product.group." + string(g))}
		if i := slices.IndexFunc(f.Quotas, func(q events.QuotaInput) bool { return q.Group == row.Group }); i >= 0 {
			row.Max = f.Quotas[i].Max
		}
		p.Quotas = append(p.Quotas, row)
	}
	for _, item := range f.Items {
		if item.Title != "" || item.StartsAt != "" {
			p.Items = append(p.Items, itemRow{item, len(p.Items) + 1})
		}
	}
	for range blankItems {
		p.Items = append(p.Items, itemRow{N: len(p.Items) + 1})
	}
}

// Said is a line of a table of the form in words; nothing for an empty one.
func (r dayRow) Said() string {
	out := ""
	if r.Out {
		out = "×"
	}
	return view.SaidLine(r.Label, r.OpensAt, r.ClosesAt, r.Note, out)
}

// Said is the row in words; nothing for an empty one.
func (r quotaRow) Said() string {
	if r.Max == "" {
		return ""
	}
	return r.Label + ": " + r.Max
}

// Said is the row in words; nothing for an empty one.
func (r itemRow) Said() string { return view.SaidLine(r.Day, r.StartsAt, r.EndsAt, r.Title, r.Place) }
