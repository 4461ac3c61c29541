package office

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
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
	CodeText string
	On       string
	Chip     view.Chip
}

// showTips lists the tips that wait for the officer, or those of a state.
func (s *Door) showTips(c *fiber.Ctx) error {
	f := registry.TipFilter{Before: registry.TipID(c.Query("truoc")), Event: registry.EventID(c.Query("su-kien")), States: openTips}
	tab := frame.OneOf(c, "trang-thai", append([]string{"tat-ca"}, tipTabNames()...)...)
	switch {
	case tab == "tat-ca":
		f.States = nil
	case tab != "":
		f.States = []registry.TipState{registry.TipState(tab)}
	}
	desk, err := s.App.Tips.Tips(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "truoc", len(desk.Rows))
	if _, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), f.Event); f.Event != "" && err != nil {
		frame.CannotRead(c, "su-kien")
	}
	p := tipsPage{Base: s.OfficePage(c, "tip.desk_title")}
	p.Tabs = tipTabs(p.Base, desk.Counts, tab, f.Event)
	p.Empty = view.Empty{Icon: "circle-check", Title: p.T("tip.none"), Text: p.T("tip.none_text")}
	for _, row := range desk.Rows {
		p.Rows = append(p.Rows, tipLine{row, passes.ShowPassCode(row.Code), view.ShowInstant(row.ReceivedAt), tipChip(p.Base, row.State)})
	}
	if desk.More {
		p.Next = tipsHref(tab, f.Event) + "&truoc=" + view.QueryEscape(string(desk.Rows[len(desk.Rows)-1].ID))
	}
	return s.Render(c, frame.LayoutOffice, "office/tips", p)
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

func tipTabs(b view.Base, counts map[registry.TipState]int, current string, event registry.EventID) []tipTab {
	open, all := 0, counts[registry.TipClosed]
	for _, state := range openTips {
		open, all = open+counts[state], all+counts[state]
	}
	tabs := []tipTab{{tipsHref("", event), b.T("tip.tab_open"), open, current == ""}}
	for _, state := range registry.TipStates {
		tabs = append(tabs, tipTab{tipsHref(string(state), event), b.T("tip.state." + string(state)), counts[state], current == string(state)})
	}
	return append(tabs, tipTab{tipsHref("tat-ca", event), b.T("tip.tab_all"), all, current == "tat-ca"})
}

// tipFilePage is a tip with what may be done about it.
type tipFilePage struct {
	view.Base
	view.Form
	Tip      tips.TipFile
	CodeText string
	On       string
	WipedOn  string // day on which the contacts were destroyed
	Chip     view.Chip
	Steps    []tipTurn
	Fields   []view.Field
	Contacts []string // unsealed; only right after they were opened
}

// tipTurn is a turn that a tip took.
type tipTurn struct {
	registry.TipStep
	When string
	Chip view.Chip
}

// tipStepForm gives a tip its next turn.
type tipStepForm struct {
	To      string `form:"to"`
	Version int64  `form:"version"`
	Body    string `form:"body"`
	Told    string `form:"told" lines:"many"`
	Note    string `form:"note" lines:"many"`
	Event   string `form:"event"`
}

// showTip shows a tip to the office.
func (s *Door) showTip(c *fiber.Ctx) error {
	return s.tipFile(c, fiber.StatusOK, tipStepForm{}, tipShown{})
}

// tipShown is what a page of a tip shows beside it.
type tipShown struct {
	faults   map[string]string
	contacts []string
}

func (s *Door) tipFile(c *fiber.Ctx, status int, form tipStepForm, shown tipShown) error {
	tip, err := s.App.Tips.Tip(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")))
	if err != nil {
		return err
	}
	p := tipFilePage{Base: s.OfficePage(c, "tip.file_title", passes.ShowPassCode(tip.Code)), Tip: tip, CodeText: passes.ShowPassCode(tip.Code),
		On: view.ShowInstant(tip.ReceivedAt), WipedOn: view.ShowDay(tip.WipedAt), Contacts: shown.contacts}
	p.Chip = tipChip(p.Base, tip.State)
	for _, step := range tip.Steps {
		p.Steps = append(p.Steps, tipTurn{step, view.ShowInstant(step.At), tipChip(p.Base, step.State)})
	}
	p.Form = view.NewForm(&p.Base, shown.faults)
	p.Fields = p.Take(form.fields(p.Base, tip)...)
	return s.RenderStatus(c, status, frame.LayoutOffice, "office/tip", p)
}

// fields are those of the steps that may follow; none when the tip is closed.
func (f tipStepForm) fields(b view.Base, tip tips.TipFile) []view.Field {
	next := tip.State.Next()
	if len(next) == 0 {
		return nil
	}
	if f.To == "" {
		f.To = string(next[0])
	}
	fields := []view.Field{{Name: "to", Type: "radios", Label: b.T("tip.next"), Options: view.Options(b, "tip.step.", next, f.To)}}
	if len(tip.Placeable) > 0 {
		places := []view.Option{{Label: b.T("tip.no_event")}}
		for _, e := range tip.Placeable {
			places = append(places, view.Option{Value: string(e.ID), Label: e.Title, Selected: string(e.ID) == f.Event})
		}
		fields = append(fields, view.Field{Name: "event", Type: "select", Label: b.T("tip.event"), Hint: b.T("tip.event_hint"), Options: places})
	}
	if tip.State == registry.TipSorted {
		fields = append(fields, view.Field{Name: "body", Label: b.T("tip.body"), Hint: b.T("tip.body_hint"), Value: f.Body, Max: 120})
	}
	return append(fields,
		view.Field{Name: "told", Type: "textarea", Label: b.T("tip.told"), Hint: b.T("tip.told_hint"), Value: f.Told, Rows: 3, Max: 1000},
		view.Field{Name: "note", Type: "textarea", Label: b.T("tip.note"), Hint: b.T("tip.note_hint"), Value: f.Note, Rows: 2, Max: 1000})
}

// stepTip gives a tip its next turn.
func (s *Door) stepTip(c *fiber.Ctx) error {
	var form tipStepForm
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	err := s.App.Tips.StepTip(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), tips.TipStepInput{To: registry.TipState(form.To),
		Version: form.Version, Body: form.Body, Told: form.Told, Note: form.Note, Event: registry.EventID(form.Event)})
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "tip.desk_title"), err); ok {
			return s.tipFile(c, frame.FaultStatus(c, err), form, tipShown{faults: texts})
		}
		return err
	}
	frame.Flash(c, "tip.flash_stepped")
	return c.Redirect("/quan-ly/phan-anh/"+c.Params("tip"), fiber.StatusSeeOther)
}

// openTipContacts shows how the senders can be reached, once: the page is kept
// nowhere, and the opening is in the audit log.
func (s *Door) openTipContacts(c *fiber.Ctx) error {
	contacts, err := s.App.Tips.OpenTipContacts(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")))
	if err != nil {
		return err
	}
	return s.tipFile(c, fiber.StatusOK, tipStepForm{}, tipShown{contacts: contacts})
}

// tipPhoto sends a photo of a tip to the office.
func (s *Door) tipPhoto(c *fiber.Ctx) error {
	f, err := s.App.Tips.TipPhoto(c.UserContext(), frame.Actor(c), registry.TipID(c.Params("tip")), registry.FileID(c.Params("file")), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	return c.Send(f.Data)
}
