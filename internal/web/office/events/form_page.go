package events

import (
	"slices"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventFormPage is the form of a new or an old event.
type eventFormPage struct {
	view.Base
	view.Form
	Head    *frame.EventHead // of an old event
	Action  string
	Back    string
	Groups  []fieldGroup
	Days    []dayRow
	Quotas  []quotaRow
	Items   []itemRow
	Cover   string
	Version int64
	Stale   *view.Stale
	Asked   []askedPart // of a copy
	None    []string    // of them, those that are said to be none
	AskNone *view.Field
	Tells   string // whom a change of what vendors rely on would reach; "" while nobody is told
}

// fieldGroup is a part of the form under a heading of its own.
type fieldGroup struct {
	Name   string
	Label  string
	Hint   string
	Fields []view.Field
}

type dayRow struct {
	Day, Label, Opens, Closes, Note string
	Out                             bool
}

type quotaRow struct{ Group, Label, Max string }

type itemRow struct {
	N                               int
	Day, Starts, Ends, Title, Place string
}

// fill makes the groups of the form.
func (p *eventFormPage) fill(f eventForm) {
	b := p.Base
	p.Version = f.Version
	field := func(name, kind, value string) view.Field { return field(b, name, kind, value) }
	kinds, levels := field("kind", "radios", ""), field("level", "select", "")
	kinds.Options, levels.Options = view.Options(b, "event.kind.", registry.EventKinds, f.Kind), view.Options(b, "event.level.", registry.EventLevels, f.Level)
	registration := field("registration", "radios", "")
	registration.Options = view.Options(b, "event.registration.", registry.Registrations, f.Registration)
	area := field("area", "area", f.Area)
	area.Ref, area.On = f.AreaRef, "first_day"
	cover := field("cover", "file", "")
	cover.Accept, cover.Photo = "image/jpeg,image/png", true
	selfPick := field("self_pick", "checkbox", "")
	if f.SelfPick {
		selfPick.Value = "1"
	}
	group := func(name string, fields ...view.Field) {
		p.Groups = append(p.Groups, fieldGroup{Name: name, Label: b.T("event.group." + name), Fields: p.Take(fields...)})
	}
	group("what", kinds, field("title", "text", f.Title), field("summary", "text", f.Summary), levels)
	group("when", field("first_day", "date", f.FirstDay), field("last_day", "date", f.LastDay),
		field("opens_at", "clock", f.OpensAt), field("closes_at", "clock", f.ClosesAt))
	p.Part("days", b.T("event.field.days"))
	group("where", area, field("venue", "text", f.Venue), field("place", "text", f.Place), field("directions", "textarea", f.Directions))
	group("who", field("organiser", "text", f.Organiser), field("co_organisers", "textarea", f.CoOrganisers),
		field("phone", "tel", f.Phone), field("programme", "text", f.Programme))
	group("legal", registration, field("legal_number", "text", f.LegalNumber), field("legal_issued_on", "date", f.LegalIssuedOn),
		field("legal_issuer", "text", f.LegalIssuer), field("legal_filed_on", "date", f.LegalFiledOn))
	group("booths", field("apply_from", "date", f.ApplyFrom), field("apply_until", "date", f.ApplyUntil),
		field("booths", "number", f.Booths.Typed), field("staff_passes", "number", f.StaffPasses.Typed),
		field("capacity", "number", f.Capacity.Typed), selfPick)
	p.Part("quotas", b.T("event.field.quotas"))
	group("programme")
	p.Part("items", "")
	group("about", field("body", "textarea", f.Body), cover)
	p.None = f.None
	p.askFields(p.Asked)
	p.fillRows(f)
}

// neededFields are what an event must have to be saved; the lead of the form names
// them, and the hints of all others say that they may wait.
var neededFields = []string{"title", "first_day", "area", "venue", "organiser"}

// field makes a field of an event with its words.
func field(b view.Base, name, kind, value string) view.Field {
	f := view.Field{Name: name, Type: kind, Value: value, Label: b.T("event.field." + name), Required: slices.Contains(neededFields, name)}
	if key := "event.hint." + name; i18n.Has(key) {
		f.Hint = b.T(key)
	}
	if kind == "date" {
		f.Shape = b.T("form.date_shape")
	}
	if kind == "clock" {
		f.Type, f.InputMode = "text", "numeric"
	}
	if kind == "textarea" {
		f.Rows = 3
	}
	return f
}

func (p *eventFormPage) fillRows(f eventForm) {
	for i, day := range f.DayOn {
		label := day
		if date, err := vn.ParseDate(day, ""); err == nil {
			label = vn.WeekdayShort(date, p.Lang) + " " + day
		}
		p.Days = append(p.Days, dayRow{day, label, f.DayOpens[i], f.DayCloses[i], f.DayNote[i], slices.Contains(f.DayOut, day)})
	}
	for _, g := range registry.ProductGroups {
		row := quotaRow{Group: string(g), Label: p.T("product.group." + string(g))}
		if i := slices.Index(f.QuotaGroup, string(g)); i >= 0 {
			row.Max = f.QuotaMax[i]
		}
		p.Quotas = append(p.Quotas, row)
	}
	for i := range f.ItemTitle {
		if f.ItemTitle[i] != "" || f.ItemStarts[i] != "" {
			p.Items = append(p.Items, itemRow{len(p.Items) + 1, f.ItemDay[i], f.ItemStarts[i], f.ItemEnds[i], f.ItemTitle[i], f.ItemPlace[i]})
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
	return view.SaidLine(r.Label, r.Opens, r.Closes, r.Note, out)
}

func (r quotaRow) Said() string {
	if r.Max == "" {
		return ""
	}
	return r.Label + ": " + r.Max
}

func (r itemRow) Said() string { return view.SaidLine(r.Day, r.Starts, r.Ends, r.Title, r.Place) }
