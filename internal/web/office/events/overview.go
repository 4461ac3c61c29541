package events

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// officeEventsPerPage is how many events a page of the office list shows.
const officeEventsPerPage = 40

// officeStates are the groups of states that the office list is narrowed to.
var officeStates = []struct {
	slug   string
	key    string
	states []registry.EventState
	latest bool
}{
	{"", "event.office.current", []registry.EventState{registry.Draft, registry.Planned, registry.Announced, registry.Open, registry.Closed, registry.Running, registry.Moved, registry.Postponed}, false},
	{"nhap", "event.office.drafts", []registry.EventState{registry.Draft, registry.Planned}, false},
	{"da-qua", "event.office.over", []registry.EventState{registry.Ended}, true},
	{"tat-ca", "event.office.all", nil, true},
}

// boosted stands among the kinds of the list's filter for stimulus sessions of any kind.
const boosted registry.EventKind = "kich-cau"

// officeEventsPage is the office list of events.
type officeEventsPage struct {
	view.Base
	Tabs   []view.NavItem
	State  string
	Kind   string
	Query  string
	Kinds  []view.Option
	Rows   []OfficeEventRow
	Next   string
	None   view.Empty
	MayAdd bool
}

// OfficeEventRow is an event in the office list.
type OfficeEventRow struct {
	Href  string
	Title string
	Place string
	When  string
	Lunar string
	Chips []view.Chip
	registry.EventFigures
}

// showOfficeEvents lists the events in the reader's areas.
func (s *Door) showOfficeEvents(c *fiber.Ctx) error {
	p := officeEventsPage{Base: s.OfficePage(c, "event.office.title"), MayAdd: frame.Actor(c).CanSomewhere(registry.ManageEvents)}
	p.read(c)
	p.Kinds = append([]view.Option{{Label: p.T("event.list.all_kinds")}}, view.Options(p.Base, "event.kind.", registry.EventKinds, p.Kind)...)
	p.Kinds = append(p.Kinds, view.Option{Value: string(boosted), Label: p.T("measure.filter"), Selected: p.Kind == string(boosted)})
	f := p.filter()
	for _, g := range officeStates {
		p.Tabs = append(p.Tabs, view.NavItem{Href: p.href(g.slug, ""), Label: p.T(g.key), Current: g.slug == p.State})
	}
	_, cursor := view.ReadEventCursor(c.Query("tu"))
	f.After, _ = view.ReadEventCursor(frame.AskedIf(c, "tu", cursor))
	events, more, err := s.App.Events.OfficeEvents(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	if p.Rows, err = s.OfficeEventRows(c, p.Base, events); err != nil {
		return err
	}
	if more {
		last := events[len(events)-1]
		p.Next = p.href(p.State, last.OpensOn+"."+string(last.ID))
	}
	p.None = view.Empty{Icon: "calendar-days", Title: p.T("event.office.none"), Text: p.T("event.office.none_text")}
	if p.MayAdd {
		p.None.Href, p.None.Action = "/quan-ly/su-kien/moi", p.T("event.office.add")
	}
	return s.Render(c, frame.LayoutOffice, "events/list", p)
}

// href is the address of the list in a group of states, from a cursor on.
func (p officeEventsPage) href(state, after string) string {
	query := "?xem=" + state + "&loai=" + view.QueryEscape(p.Kind) + "&q=" + view.QueryEscape(p.Query)
	if after != "" {
		query += "&tu=" + view.QueryEscape(after)
	}
	return "/quan-ly/su-kien" + query
}

// OfficeEventRows are events as the lists of the office show them.
func (s *Door) OfficeEventRows(c *fiber.Ctx, b view.Base, events []registry.Event) ([]OfficeEventRow, error) {
	figures, err := s.App.Events.EventFigures(c.UserContext(), events)
	if err != nil {
		return nil, err
	}
	tallies, err := s.App.Stimulus.Tallies(c.UserContext(), frame.Actor(c), events)
	rows := make([]OfficeEventRow, len(events))
	for i, e := range events {
		rows[i] = OfficeEventRow{Href: view.EventRoot(e.ID), Title: e.Title, Place: s.WhereLine(e), When: vn.ShowRange(e.OpensOn, e.ClosesOn),
			Lunar: b.LunarShort(e.OpensOn), Chips: []view.Chip{b.StateChip(e.State), {Label: b.KindName(e.Kind)}}, EventFigures: figures[e.ID]}
		if tallies[e.ID].Stimulates() {
			rows[i].Chips = append(rows[i].Chips, view.Chip{Label: b.T("measure.chip"), Class: "star"})
		}
		if n := len(e.Asked); n > 0 {
			rows[i].Chips = append(rows[i].Chips, view.Chip{Label: b.T("event.asked.chip", n), Class: "wait"})
		}
	}
	return rows, err
}

// eventHubPage is the first office page of an event.
type eventHubPage struct {
	view.Base
	Head    frame.EventHead
	Root    string
	Desk    lifecycle.EventDesk
	Advice  []view.Notice
	Missing []missingPart
	Asked   []askedPart // what a copy lacks before it can be announced
	Steps   []eventStep
	Facts   []view.SummaryRow
	Items   []view.ProgrammeDay
	Waiting string // link to the applications, for who decides on them
	Public  bool
	Booths  string
	Offers  string        // how many offers and measures there are
	Tips    string        // how many reports of citizens; "" for whoever does not handle them
	Cost    string        // what it costs; "" for whoever does not read it
	Looked  string        // its inspections; "" for whoever reads none
	Inspect string        // where a record of it is entered; "" for whoever inspects not there
	Watched *view.NavItem // how often it was supervised; nil: never, or for whoever does not read it
	Words   *eventWords   // nil for whoever reads none of the register
}

// eventWords is what was done to make an event known.
type eventWords struct {
	Rows []eventWord
	N    int
	All  string // address of the register
	Add  string // address of the form; "" for whoever enters nothing
}

// eventWord is an entry of the register.
type eventWord struct{ Href, Channel, Where, Day string }

// wordsShown is how many entries the page of an event lists.
const wordsShown = 5

// eventWords reads what was done to make an event known.
func (s *Door) eventWords(c *fiber.Ctx, b view.Base, e registry.Event) (*eventWords, error) {
	actor := frame.Actor(c)
	if !actor.CanSomewhere(registry.ViewPlan) && !actor.CanSomewhere(registry.Communicate) {
		return nil, nil
	}
	rows, n, err := s.App.Communications.OfEvent(c.UserContext(), actor, e.ID, wordsShown)
	if err != nil {
		return nil, err
	}
	w := &eventWords{N: n, All: view.Query(view.WordsRoot, "su-kien", string(e.ID), "nam", e.OpensOn[:min(4, len(e.OpensOn))])}
	if actor.CanSomewhere(registry.Communicate) && e.State != registry.Draft {
		w.Add = view.Query(view.WordsRoot+"/ghi", "su-kien", string(e.ID))
	}
	for _, r := range rows {
		line := eventWord{Href: view.WordsRoot + "/" + string(r.ID), Channel: r.ChannelIs.Name, Day: vn.ShowDate(r.From)}
		if r.ChannelIs.BuiltIn() {
			line.Channel = b.T("channel.name." + string(r.Channel))
		}
		if unit, ok := s.App.Areas.At(r.Area, r.From); ok {
			line.Where = unit.FullName()
		}
		w.Rows = append(w.Rows, line)
	}
	return w, nil
}

// missingPart is what an event lacks before it can be held, and where it is made.
type missingPart struct{ Href, Icon, Label, Why string }

// eventStep is a step that a person may take: at once, or on a page that asks for
// a reason.
type eventStep struct {
	To    registry.EventState
	Label string
	Class string
	Href  string // of the page that asks; empty: a button
}

// showEventHub shows where an event stands and what can be done.
func (s *Door) showEventHub(c *fiber.Ctx) error {
	desk, err := s.App.Lifecycle.EventDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	e := desk.Event
	p := eventHubPage{Base: s.OfficeNav(c, s.Titled(c, e.Title)), Root: view.EventRoot(e.ID), Desk: desk, Public: e.Public()}
	if frame.Actor(c).Can(registry.ReviewApplications, s.App.Areas.Scope(e.Area)) {
		p.Waiting = view.EventRoot(e.ID) + "/don"
	}
	p.Head = s.EventHead(c, p.Base, e)
	if desk.MayEdit {
		if p.Asked, err = s.askedParts(c, p.Base, e); err != nil {
			return err
		}
	}
	for _, a := range desk.Advice {
		n := view.Notice{Class: "wait", Icon: "info", Text: p.T(a.Key, a.Args...)}
		if a.Bad {
			n.Class, n.Icon = "stop", "triangle-alert"
		}
		p.Advice = append(p.Advice, n)
	}
	p.Missing, p.Steps = missing(p.Base, desk, p.Root), eventSteps(p.Base, desk, p.Root)
	for i := range p.Steps {
		if len(p.Missing) > 0 && p.Steps[i].Class == "" && p.Public {
			p.Steps[i].Class = "line" // what is missing comes first
		}
	}
	p.Facts = s.eventFacts(p.Base, e)
	p.Items = p.ProgrammeDays(e)
	tallies, err := s.App.Stimulus.Tallies(c.UserContext(), frame.Actor(c), []registry.Event{e})
	if err != nil {
		return err
	}
	p.Offers = p.T("offer.hub", tallies[e.ID].Offers(), tallies[e.ID].Waiting, tallies[e.ID].Measures)
	if p.Tips, err = s.tipsLine(c, p.Base, e); err != nil {
		return err
	}
	if p.Cost, err = s.costLine(c, p.Base, e.ID); err != nil {
		return err
	}
	if p.Looked, err = s.lookedLine(c, p.Base, e.ID); err != nil {
		return err
	}
	if frame.Actor(c).Can(registry.Inspect, s.App.Areas.Scope(e.Area)) {
		p.Inspect = view.Query(view.InspectionsRoot+"/ghi", "loai", "inspection", "ve", "booth", "su-kien", string(e.ID))
	}
	watched, err := s.App.Supervision.OfEvent(c.UserContext(), frame.Actor(c), e.ID)
	if err != nil {
		return err
	}
	if watched > 0 {
		p.Watched = &view.NavItem{Href: view.SupervisionRoot + "?su-kien=" + string(e.ID), Label: p.T("supervision.event_n", watched)}
	}
	if p.Words, err = s.eventWords(c, p.Base, e); err != nil {
		return err
	}
	return s.Render(c, frame.LayoutOffice, "events/overview", p)
}

// missing lists what an event that is still to be held lacks, for who may make it.
func missing(b view.Base, d lifecycle.EventDesk, root string) (list []missingPart) {
	e := d.Event
	switch e.State {
	case registry.Ended, registry.Reported, registry.Cancelled, registry.Postponed:
		return nil
	}
	if has := d.Figures.Booths; d.MayBooth && e.State != registry.Running && (has == 0 || has < e.BoothsN) {
		label := b.T("event.office.missing.booths", has, e.BoothsN)
		switch {
		case e.BoothsN == 0:
			label = b.T("event.office.missing.booths_any")
		case has == 0:
			label = b.T("event.office.missing.booths_none", e.BoothsN)
		}
		list = append(list, missingPart{root + "/gian/them", "grid-3x3", label, b.T("event.office.missing.why_booths")})
	}
	if d.MayGate && d.Gates == 0 {
		list = append(list, missingPart{root + "/cong", "qr-code", b.T("event.office.missing.gate"), b.T("event.office.missing.why_gate")})
	}
	return list
}

// forward are the steps that carry an event on; the others hold it back.
var forward = map[registry.EventState]bool{registry.Planned: true, registry.Announced: true, registry.Open: true, registry.Reported: true}

// eventSteps are the buttons of an event: the usual step in red, what needs a
// reason as links.
func eventSteps(b view.Base, d lifecycle.EventDesk, root string) []eventStep {
	var steps []eventStep
	usual := slices.IndexFunc(d.Steps, func(to registry.EventState) bool { return forward[to] })
	for i, to := range d.Steps {
		step := eventStep{To: to, Label: b.T("event.step." + string(d.Event.State) + "." + string(to)), Class: "line"}
		if i == usual {
			step.Class = ""
		}
		if asks, _ := lifecycle.StepAsks(d.Event.State, to); asks {
			step.Href = root + "/buoc?den=" + string(to)
		}
		if to.NeedsReason() {
			step.Class = "danger"
		}
		if to == registry.Reported {
			step.Href = root + "/bao-cao#chot" // where one sees what is closed
		}
		steps = append(steps, step)
	}
	return steps
}

// eventFacts is an event as its organiser reads it through.
func (s *Door) eventFacts(b view.Base, e registry.Event) []view.SummaryRow {
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
	rows := []view.SummaryRow{
		{Label: b.T("event.page.when"), Value: strings.Join(when, "\n")},
		{Label: b.T("event.page.where"), Value: strings.Join(where, "\n")},
		{Label: b.T("event.field.level"), Value: b.LevelName(e.Level)},
		{Label: b.T("event.page.organiser"), Value: strings.Join(append([]string{e.Organiser}, e.CoOrganiser...), "\n")},
		{Label: b.T("event.page.phone"), Value: vn.ShowPhone(e.Phone)},
		{Label: b.T("event.page.legal"), Value: strings.Join(append([]string{legalFacts(b, e.Legal)}, e.LegalOthers...), "\n")},
		{Label: b.T("event.page.campaign"), Value: e.Programme},
		{Label: b.T("event.office.applications"), Value: window},
		{Label: b.T("event.field.booths"), Value: count(e.BoothsN)},
		{Label: b.T("event.field.quotas"), Value: strings.Join(quotas, "\n")},
		{Label: b.T("event.field.staff_passes"), Value: count(e.StaffPasses)},
		{Label: b.T("event.field.capacity"), Value: count(e.Capacity)},
	}
	return filled(rows)
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
func filled(rows []view.SummaryRow) []view.SummaryRow {
	var out []view.SummaryRow
	for _, r := range rows {
		if r.Value != "" {
			out = append(out, r)
		}
	}
	return out
}
