package office

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tipTones and tipIcons are how a state looks.
var (
	tipTones = map[registry.TipState]string{registry.TipReceived: "stop", registry.TipSorted: "wait", registry.TipHandedOver: "wait",
		registry.TipChecked: "go", registry.TipClosed: "off"}
	tipIcons = map[registry.TipState]string{registry.TipReceived: "inbox", registry.TipSorted: "eye", registry.TipHandedOver: "arrow-right",
		registry.TipChecked: "circle-check", registry.TipClosed: "check"}
)

func tipChip(b view.Base, s registry.TipState) view.Chip {
	return view.Chip{Class: tipTones[s], Icon: tipIcons[s], Label: b.T("tip.state." + string(s))}
}

// tipsPage is the office's list of tips.
type tipsPage struct {
	view.Base
	Tabs  []tipTab
	Rows  []tipLine
	Empty view.Empty
	Prev  string
	Next  string
}

// tipTab narrows the list to a state.
type tipTab struct {
	Href    string
	Label   string
	N       int
	Current bool
}

// tipLine is a tip as the list shows it.
type tipLine struct {
	registry.TipRow
	On    string
	Chip  view.Chip
	DueOn string // by when an answer is awaited
	Late  bool
}

// The tabs that are no states, as addresses write them.
const (
	tabAll     = "tat-ca"
	tabJoined  = "da-ghep"
	tabAwaited = "cho-tra-loi"
)

// showTips lists the tips that wait for the officer, or those of a state.
func (s *Door) showTips(c *fiber.Ctx) error {
	tab, f := s.readTips(c)
	desk, err := s.App.Tips.Tips(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "truoc", len(desk.Rows))
	p := tipsPage{Base: s.OfficePage(c, "tip.desk_title")}
	p.Tabs = tipTabs(p.Base, desk, tab, f.Event)
	p.Empty = view.Empty{Icon: "circle-check", Title: p.T("tip.none"), Text: p.T("tip.none_text")}
	for _, row := range desk.Rows {
		line := tipLine{TipRow: row, On: view.ShowInstant(row.ReceivedAt), Chip: tipChip(p.Base, row.State)}
		if row.AnswerDueOn != "" {
			line.DueOn, line.Late = vn.ShowDate(row.AnswerDueOn), row.AnswerDueOn < s.App.Today()
		}
		p.Rows = append(p.Rows, line)
	}
	if desk.More {
		p.Next = tipsHref(tab, f.Event) + "&truoc=" + view.QueryEscape(string(desk.Rows[len(desk.Rows)-1].ID))
	}
	return s.Render(c, frame.LayoutOffice, "office/tips", p)
}

// readTips reads which tab the address of the list asks for, and what of it.
func (s *Door) readTips(c *fiber.Ctx) (tab string, f registry.TipFilter) {
	f = registry.TipFilter{Before: registry.TipID(c.Query("truoc")), Event: registry.EventID(c.Query("su-kien")), States: openTips}
	tab = frame.OneOf(c, "trang-thai", append([]string{tabAll, tabJoined, tabAwaited}, tipTabNames()...)...)
	switch {
	case tab == tabAll:
		f.States, f.Join = nil, registry.TipsAll
	case tab == tabJoined:
		f.States, f.Join = nil, registry.TipsJoined
	case tab == tabAwaited:
		f.LateOn = registry.LastDay
	case tab != "":
		f.States = []registry.TipState{registry.TipState(tab)}
	}
	if _, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), f.Event); f.Event != "" && err != nil {
		frame.CannotRead(c, "su-kien")
	}
	return tab, f
}

// tipTabNames are the states as addresses write them.
func tipTabNames() (names []string) {
	for _, state := range registry.TipStates {
		names = append(names, string(state))
	}
	return names
}

// openTips are the states in which a tip waits for somebody.
var openTips = []registry.TipState{registry.TipReceived, registry.TipSorted, registry.TipHandedOver, registry.TipChecked}

func tipsHref(tab string, event registry.EventID) string {
	return "/quan-ly/phan-anh?trang-thai=" + view.QueryEscape(tab) + "&su-kien=" + view.QueryEscape(string(event))
}

func tipTabs(b view.Base, d tips.TipDesk, current string, event registry.EventID) []tipTab {
	open, all := 0, d.Own[registry.TipClosed]+d.Joined
	for _, state := range openTips {
		open, all = open+d.Own[state], all+d.Own[state]
	}
	tabs := []tipTab{{tipsHref("", event), b.T("tip.tab_open"), open, current == ""}}
	for _, state := range registry.TipStates {
		tabs = append(tabs, tipTab{tipsHref(string(state), event), b.T("tip.state." + string(state)), d.Own[state], current == string(state)})
	}
	return append(tabs, tipTab{tipsHref(tabAwaited, event), b.T("tip.tab_awaited"), d.Awaited, current == tabAwaited},
		tipTab{tipsHref(tabJoined, event), b.T("tip.tab_joined"), d.Joined, current == tabJoined},
		tipTab{tipsHref(tabAll, event), b.T("tip.tab_all"), all, current == tabAll})
}
