package events

import (
	"mime/multipart"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventForm is the form of an event as it is sent. Days, quotas and the programme
// come as columns of their tables.
type eventForm struct {
	Kind          string                `form:"kind"`
	Level         string                `form:"level"`
	Title         string                `form:"title"`
	Summary       string                `form:"summary"`
	Body          string                `form:"body" lines:"many"`
	FirstDay      string                `form:"first_day"`
	LastDay       string                `form:"last_day"`
	OpensAt       string                `form:"opens_at"`
	ClosesAt      string                `form:"closes_at"`
	DayOn         []string              `form:"day_on" lines:"row"`
	DayOpens      []string              `form:"day_opens" lines:"row"`
	DayCloses     []string              `form:"day_closes" lines:"row"`
	DayNote       []string              `form:"day_note" lines:"row"`
	DayOut        []string              `form:"day_out"`
	Area          string                `form:"area"`
	AreaRef       string                `form:"area_ref"`
	Venue         string                `form:"venue"`
	Place         string                `form:"place"`
	Directions    string                `form:"directions" lines:"many"`
	Organiser     string                `form:"organiser"`
	CoOrganisers  string                `form:"co_organisers" lines:"many"`
	Phone         string                `form:"phone"`
	Programme     string                `form:"programme"`
	Registration  string                `form:"registration"`
	LegalNumber   string                `form:"legal_number"`
	LegalIssuedOn string                `form:"legal_issued_on"`
	LegalIssuer   string                `form:"legal_issuer"`
	LegalFiledOn  string                `form:"legal_filed_on"`
	ApplyFrom     string                `form:"apply_from"`
	ApplyUntil    string                `form:"apply_until"`
	Booths        view.Number           `form:"booths"`
	StaffPasses   view.Number           `form:"staff_passes"`
	Capacity      view.Number           `form:"capacity"`
	SelfPick      bool                  `form:"self_pick"`
	QuotaGroup    []string              `form:"quota_group" lines:"row"`
	QuotaMax      []string              `form:"quota_max" lines:"row"`
	ItemDay       []string              `form:"item_day" lines:"row"`
	ItemStarts    []string              `form:"item_starts" lines:"row"`
	ItemEnds      []string              `form:"item_ends" lines:"row"`
	ItemTitle     []string              `form:"item_title" lines:"row"`
	ItemPlace     []string              `form:"item_place" lines:"row"`
	Cover         *multipart.FileHeader `form:"cover"`
	DropCover     bool                  `form:"drop_cover"`
	None          []string              `form:"none"`
	Version       int64                 `form:"version"`
	Over          int64                 `form:"over"`
}

// blankItems is how many empty rows the programme offers.
const blankItems = 3

// input turns the form into what app reads. Columns of unequal length were not
// made by the form: Malformed.
func (f *eventForm) input(area registry.AreaRef) (events.EventInput, error) {
	in := events.EventInput{Kind: f.Kind, Level: f.Level, Title: f.Title, Summary: f.Summary, Body: f.Body,
		Area: area.String(), Venue: f.Venue, Place: f.Place, Directions: f.Directions,
		Organiser: f.Organiser, CoOrganisers: f.CoOrganisers, Phone: f.Phone, Programme: f.Programme,
		Registration: f.Registration, LegalNumber: f.LegalNumber, LegalIssuedOn: f.LegalIssuedOn, LegalIssuer: f.LegalIssuer,
		LegalFiledOn: f.LegalFiledOn, FirstDay: f.FirstDay, LastDay: f.LastDay, OpensAt: f.OpensAt, ClosesAt: f.ClosesAt,
		ApplyFrom: f.ApplyFrom, ApplyUntil: f.ApplyUntil, SelfPick: f.SelfPick, Booths: f.Booths.N, StaffPasses: f.StaffPasses.N,
		Capacity: f.Capacity.N, DropCover: f.DropCover, None: f.None, Version: view.ReadAt(f.Version, f.Over)}
	if !sameLength(f.DayOn, f.DayOpens, f.DayCloses, f.DayNote) || !sameLength(f.QuotaGroup, f.QuotaMax) ||
		!sameLength(f.ItemDay, f.ItemStarts, f.ItemEnds, f.ItemTitle, f.ItemPlace) {
		return in, registry.E(registry.Malformed, "error.malformed")
	}
	for i, day := range f.DayOn {
		in.Days = append(in.Days, events.DayInput{Day: day, OpensAt: f.DayOpens[i], ClosesAt: f.DayCloses[i],
			Note: f.DayNote[i], Out: slices.Contains(f.DayOut, day)})
	}
	for i := range f.ItemTitle {
		in.Items = append(in.Items, events.ItemInput{Day: f.ItemDay[i], StartsAt: f.ItemStarts[i], EndsAt: f.ItemEnds[i],
			Title: f.ItemTitle[i], Place: f.ItemPlace[i]})
	}
	in.Quotas, in.Unread = f.quotas()
	var err error
	in.Cover, err = frame.ReadUpload(f.Cover)
	return in, err
}

func sameLength(columns ...[]string) bool {
	return !slices.ContainsFunc(columns, func(c []string) bool { return len(c) != len(columns[0]) })
}

// quotas reads the rows that have a number.
func (f *eventForm) quotas() (quotas []registry.Quota, unread registry.Faults) {
	for i, text := range f.QuotaMax {
		if text == "" {
			continue
		}
		n, err := vn.ParseCount(text)
		if err != nil || n > 1_000_000 {
			unread.Add("quotas", "error.number")
			continue
		}
		quotas = append(quotas, registry.Quota{Group: registry.ProductGroup(f.QuotaGroup[i]), Max: int(n)})
	}
	return quotas, unread
}

// formOf fills the form with an event, or with what a new one begins with.
func (s *Door) formOf(in events.EventInput, area string) eventForm {
	f := eventForm{Kind: in.Kind, Level: in.Level, Title: in.Title, Summary: in.Summary, Body: in.Body, FirstDay: in.FirstDay,
		LastDay: in.LastDay, OpensAt: in.OpensAt, ClosesAt: in.ClosesAt, Area: area, AreaRef: in.Area, Venue: in.Venue, Place: in.Place,
		Directions: in.Directions, Organiser: in.Organiser, CoOrganisers: in.CoOrganisers, Phone: in.Phone, Programme: in.Programme,
		Registration: in.Registration, LegalNumber: in.LegalNumber, LegalIssuedOn: in.LegalIssuedOn, LegalIssuer: in.LegalIssuer,
		LegalFiledOn: in.LegalFiledOn, ApplyFrom: in.ApplyFrom, ApplyUntil: in.ApplyUntil, Booths: view.NumberIfAny(in.Booths),
		StaffPasses: view.NumberOf(in.StaffPasses), Capacity: view.NumberIfAny(in.Capacity), SelfPick: in.SelfPick, Version: in.Version}
	for _, d := range in.Days {
		f.DayOn, f.DayOpens = append(f.DayOn, d.Day), append(f.DayOpens, d.OpensAt)
		f.DayCloses, f.DayNote = append(f.DayCloses, d.ClosesAt), append(f.DayNote, d.Note)
		if d.Out {
			f.DayOut = append(f.DayOut, d.Day)
		}
	}
	for _, q := range in.Quotas {
		f.QuotaGroup, f.QuotaMax = append(f.QuotaGroup, string(q.Group)), append(f.QuotaMax, strconv.Itoa(q.Max))
	}
	for _, p := range in.Items {
		f.ItemDay, f.ItemStarts, f.ItemEnds = append(f.ItemDay, p.Day), append(f.ItemStarts, p.StartsAt), append(f.ItemEnds, p.EndsAt)
		f.ItemTitle, f.ItemPlace = append(f.ItemTitle, p.Title), append(f.ItemPlace, p.Place)
	}
	return f
}

// eventFormPage is the form of a new or an old event.
type eventFormPage struct {
	view.Base
	Head    *frame.EventHead // of an old event
	Action  string
	Back    string
	Faults  []view.FieldFault
	Groups  []fieldGroup
	Days    []dayRow
	Quotas  []quotaRow
	Items   []itemRow
	Cover   string
	Version int64
	Stale   *view.Stale
	Error   map[string]string
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

// fields makes the groups of the form.
func (p *eventFormPage) fill(f eventForm) {
	b := p.Base
	p.Version = f.Version
	field := func(name, kind, value string) view.Field {
		return field(b, name, kind, value, p.Error[name])
	}
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
		p.Groups = append(p.Groups, fieldGroup{Name: name, Label: b.T("event.group." + name), Fields: fields})
	}
	group("what", kinds, field("title", "text", f.Title), field("summary", "text", f.Summary), levels)
	group("when", field("first_day", "date", f.FirstDay), field("last_day", "date", f.LastDay),
		field("opens_at", "clock", f.OpensAt), field("closes_at", "clock", f.ClosesAt))
	group("where", area, field("venue", "text", f.Venue), field("place", "text", f.Place), field("directions", "textarea", f.Directions))
	group("who", field("organiser", "text", f.Organiser), field("co_organisers", "textarea", f.CoOrganisers),
		field("phone", "tel", f.Phone), field("programme", "text", f.Programme))
	group("legal", registration, field("legal_number", "text", f.LegalNumber), field("legal_issued_on", "date", f.LegalIssuedOn),
		field("legal_issuer", "text", f.LegalIssuer), field("legal_filed_on", "date", f.LegalFiledOn))
	group("booths", field("apply_from", "date", f.ApplyFrom), field("apply_until", "date", f.ApplyUntil),
		field("booths", "number", f.Booths.Typed), field("staff_passes", "number", f.StaffPasses.Typed),
		field("capacity", "number", f.Capacity.Typed), selfPick)
	group("programme")
	group("about", field("body", "textarea", f.Body), cover)
	p.None = f.None
	p.askFields(p.Asked)
	p.fillRows(f)
}

// neededFields are what an event must have to be saved; the lead of the form names
// them, and the hints of all others say that they may wait.
var neededFields = []string{"title", "first_day", "area", "venue", "organiser"}

// field makes a field of an event with its words.
func field(b view.Base, name, kind, value, fault string) view.Field {
	f := view.Field{Name: name, Type: kind, Value: value, Label: b.T("event.field." + name), Error: fault, Required: slices.Contains(neededFields, name)}
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

// fieldOrder is the order of the fields in the summary of faults.
var fieldOrder = []string{"reason", "kind", "title", "summary", "level", "first_day", "last_day", "opens_at", "closes_at", "days", "area", "venue",
	"place", "directions", "organiser", "co_organisers", "phone", "programme", "registration", "legal_number", "legal_issued_on",
	"legal_issuer", "legal_filed_on", "apply_from", "apply_until", "booths", "staff_passes", "capacity", "quotas", "items", "body", "cover"}

// showNewEvent shows the empty form.
func (s *Door) showNewEvent(c *fiber.Ctx) error {
	p := eventFormPage{Base: s.OfficePage(c, "event.office.add"), Action: "/quan-ly/su-kien/moi", Back: "/quan-ly/su-kien"}
	p.fill(eventForm{Kind: string(registry.MarketSession), Level: string(registry.CommuneLevel), OpensAt: "07:30", ClosesAt: "17:00",
		Registration: string(registry.RegistrationNotNeeded), StaffPasses: view.NumberOf(4)})
	return s.Render(c, frame.LayoutOffice, "events/edit", p)
}

// createEvent makes a draft.
func (s *Door) createEvent(c *fiber.Ctx) error {
	p := eventFormPage{Base: s.OfficePage(c, "event.office.add"), Action: "/quan-ly/su-kien/moi", Back: "/quan-ly/su-kien"}
	return s.takeEventForm(c, p, func(in events.EventInput) (registry.Event, string, error) {
		e, err := s.App.Events.CreateEvent(c.UserContext(), frame.Actor(c), in)
		return e, "event.flash.created", err
	})
}

// showEditEvent shows the form of an event.
func (s *Door) showEditEvent(c *fiber.Ctx) error {
	p, e, err := s.editPage(c)
	if err != nil {
		return err
	}
	in := events.EventInputOf(e)
	p.fill(s.formOf(in, s.App.Events.EventPlace(e).Name))
	return s.Render(c, frame.LayoutOffice, "events/edit", p)
}

// editEvent saves an event.
func (s *Door) editEvent(c *fiber.Ctx) error {
	p, e, err := s.editPage(c)
	if err != nil {
		return err
	}
	return s.takeEventForm(c, p, func(in events.EventInput) (registry.Event, string, error) {
		saved, err := s.App.Events.EditEvent(c.UserContext(), frame.Actor(c), e.ID, in)
		return saved, "event.flash.saved", err
	})
}

func (s *Door) editPage(c *fiber.Ctx) (eventFormPage, registry.Event, error) {
	e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ManageEvents, frame.EventParam(c))
	if err != nil {
		return eventFormPage{}, e, err
	}
	p := eventFormPage{Base: s.OfficePage(c, "event.office.edit", e.Title), Action: view.EventRoot(e.ID) + "/sua", Back: view.EventRoot(e.ID)}
	if e.Cover != "" {
		p.Cover = "/tep/" + string(e.Cover) + "/nho"
	}
	head := s.EventHead(c, p.Base, e)
	p.Head = &head
	if p.Tells, err = s.changeTells(c, p.Base, e); err != nil {
		return p, e, err
	}
	p.Asked, err = s.askedParts(c, p.Base, e)
	return p, e, err
}

// takeEventForm reads the form and saves; a fault shows the form again as it was
// filled in.
func (s *Door) takeEventForm(c *fiber.Ctx, p eventFormPage, save func(events.EventInput) (registry.Event, string, error)) error {
	var form eventForm
	var place *registry.Error
	var e registry.Event
	unread, err := frame.BindOpen(c, &form)
	if err == nil {
		var in events.EventInput
		var done string
		if in, place, err = s.eventInput(&form); err == nil {
			in.Unread = append(unread, in.Unread...)
			e, done, err = save(in)
		}
		if err == nil {
			frame.Flash(c, done)
			return c.Redirect(view.EventRoot(e.ID), fiber.StatusSeeOther)
		}
	}
	texts, ok := view.FaultTexts(p.Base, err)
	if !ok {
		return err
	}
	if place != nil {
		texts["area"] = p.T(place.Key, place.Args...)
	}
	view.TellLostFile(p.Base, texts, "cover", form.Cover)
	p.HasError, p.Error = true, texts
	p.Faults = view.Summary(p.Base, texts, fieldOrder...)
	p.fill(form)
	if view.IsStale(err) && e.Version > 0 {
		p.Stale = s.staleEvent(p, e)
	}
	return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutOffice, "events/edit", p)
}

// staleEvent compares the form of an event with what somebody else has saved.
func (s *Door) staleEvent(mine eventFormPage, e registry.Event) *view.Stale {
	theirs := eventFormPage{Base: mine.Base}
	theirs.fill(s.formOf(events.EventInputOf(e), s.App.Events.EventPlace(e).Name))
	fields := func(p eventFormPage) (all []view.Field) {
		for _, g := range p.Groups {
			all = append(all, g.Fields...)
		}
		return all
	}
	st := view.NewStale(mine.Base, e.Version, mine.Action, fields(mine), fields(theirs))
	st.Compare(st.T("event.field.days"), view.RowsSaid(mine.Days), view.RowsSaid(theirs.Days))
	st.Compare(st.T("event.field.quotas"), view.RowsSaid(mine.Quotas), view.RowsSaid(theirs.Quotas))
	st.Compare(st.T("event.group.programme"), view.RowsSaid(mine.Items), view.RowsSaid(theirs.Items))
	return st
}

// said is a line of a table of the form in words; nothing for an empty one.
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

// eventInput reads the unit by the first day and the rest of the form. A typed
// unit that is none, or several, comes back as a fault of its own: the event is
// then read without a unit, so that all other faults are found too.
func (s *Door) eventInput(form *eventForm) (in events.EventInput, place *registry.Error, err error) {
	on, err := vn.ParseDate(form.FirstDay, s.App.Today())
	if err != nil {
		on = s.App.Today()
	}
	area, place := s.PickedArea(form.Area, form.AreaRef, on)
	in, err = form.input(area)
	return in, place, err
}

func (p eventFormPage) PartNames() map[string]string {
	return map[string]string{"days": p.T("event.field.days"), "quotas": p.T("event.field.quotas")}
}
