package events

import (
	"github.com/gofiber/fiber/v2"

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
