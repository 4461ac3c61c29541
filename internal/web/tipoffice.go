package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
)

// tipTones and tipIcons are how a state looks.
var (
	tipTones = map[registry.TipState]string{registry.TipReceived: "stop", registry.TipSorted: "wait", registry.TipHandedOver: "wait",
		registry.TipChecked: "go", registry.TipClosed: "off"}
	tipIcons = map[registry.TipState]string{registry.TipReceived: "inbox", registry.TipSorted: "eye", registry.TipHandedOver: "arrow-right",
		registry.TipChecked: "circle-check", registry.TipClosed: "check"}
)

func tipChip(b base, s registry.TipState) Chip {
	return Chip{Class: tipTones[s], Icon: tipIcons[s], Label: b.T("tip.state." + string(s))}
}

// tipsPage is the office's list of tips.
type tipsPage struct {
	base
	Tabs  []tipTab
	Rows  []tipLine
	Empty Empty
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
	Chip     Chip
}

// showTips lists the tips that wait for the officer, or those of a state.
func (s *Server) showTips(c *fiber.Ctx) error {
	f := registry.TipFilter{Before: registry.TipID(c.Query("truoc")), Event: registry.EventID(c.Query("su-kien")), States: openTips}
	tab := oneOf(c, "trang-thai", append([]string{"tat-ca"}, tipTabNames()...)...)
	switch {
	case tab == "tat-ca":
		f.States = nil
	case tab != "":
		f.States = []registry.TipState{registry.TipState(tab)}
	}
	desk, err := s.app.Tips.Tips(c.UserContext(), actor(c), f)
	if err != nil {
		return err
	}
	leadsNowhere(c, "truoc", len(desk.Rows))
	if _, err := s.app.Events.Event(c.UserContext(), actor(c), f.Event); f.Event != "" && err != nil {
		cannotRead(c, "su-kien")
	}
	p := tipsPage{base: s.officePage(c, "tip.desk_title")}
	p.Tabs = tipTabs(p.base, desk.Counts, tab, f.Event)
	p.Empty = Empty{Icon: "circle-check", Title: p.T("tip.none"), Text: p.T("tip.none_text")}
	for _, row := range desk.Rows {
		p.Rows = append(p.Rows, tipLine{row, passes.ShowPassCode(row.Code), showInstant(row.ReceivedAt), tipChip(p.base, row.State)})
	}
	if desk.More {
		p.Next = tipsHref(tab, f.Event) + "&truoc=" + queryEscape(string(desk.Rows[len(desk.Rows)-1].ID))
	}
	return s.render(c, layoutOffice, "tips", p)
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
	return "/quan-ly/phan-anh?trang-thai=" + queryEscape(tab) + "&su-kien=" + queryEscape(string(event))
}

func tipTabs(b base, counts map[registry.TipState]int, current string, event registry.EventID) []tipTab {
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
	base
	Tip      tips.TipFile
	CodeText string
	On       string
	WipedOn  string // day on which the contacts were destroyed
	Chip     Chip
	Steps    []tipTurn
	Fields   []Field
	Faults   []FieldFault
	Contacts []string // unsealed; only right after they were opened
}

// tipTurn is a turn that a tip took.
type tipTurn struct {
	registry.TipStep
	When string
	Chip Chip
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
func (s *Server) showTip(c *fiber.Ctx) error {
	return s.tipFile(c, fiber.StatusOK, tipStepForm{}, tipShown{})
}

// tipShown is what a page of a tip shows beside it.
type tipShown struct {
	faults   map[string]string
	contacts []string
}

func (s *Server) tipFile(c *fiber.Ctx, status int, form tipStepForm, shown tipShown) error {
	tip, err := s.app.Tips.Tip(c.UserContext(), actor(c), registry.TipID(c.Params("tip")))
	if err != nil {
		return err
	}
	p := tipFilePage{base: s.officePage(c, "tip.file_title", passes.ShowPassCode(tip.Code)), Tip: tip, CodeText: passes.ShowPassCode(tip.Code),
		On: showInstant(tip.ReceivedAt), WipedOn: showDay(tip.WipedAt), Contacts: shown.contacts}
	p.Chip = tipChip(p.base, tip.State)
	for _, step := range tip.Steps {
		p.Steps = append(p.Steps, tipTurn{step, showInstant(step.At), tipChip(p.base, step.State)})
	}
	p.Fields = form.fields(p.base, tip, shown.faults)
	p.Faults = summary(p.base, shown.faults, "to", "body", "told", "note", "event")
	p.HasError = len(p.Faults) > 0
	return s.renderStatus(c, status, layoutOffice, "tipfile", p)
}

// fields are those of the steps that may follow; none when the tip is closed.
func (f tipStepForm) fields(b base, tip tips.TipFile, faults map[string]string) []Field {
	next := tip.State.Next()
	if len(next) == 0 {
		return nil
	}
	if f.To == "" {
		f.To = string(next[0])
	}
	fields := []Field{{Name: "to", Type: "radios", Label: b.T("tip.next"), Options: options(b, "tip.step.", next, f.To)}}
	if len(tip.Placeable) > 0 {
		places := []Option{{Label: b.T("tip.no_event")}}
		for _, e := range tip.Placeable {
			places = append(places, Option{Value: string(e.ID), Label: e.Title, Selected: string(e.ID) == f.Event})
		}
		fields = append(fields, Field{Name: "event", Type: "select", Label: b.T("tip.event"), Hint: b.T("tip.event_hint"), Options: places})
	}
	if tip.State == registry.TipSorted {
		fields = append(fields, Field{Name: "body", Label: b.T("tip.body"), Hint: b.T("tip.body_hint"), Value: f.Body, Max: 120})
	}
	fields = append(fields,
		Field{Name: "told", Type: "textarea", Label: b.T("tip.told"), Hint: b.T("tip.told_hint"), Value: f.Told, Rows: 3, Max: 1000},
		Field{Name: "note", Type: "textarea", Label: b.T("tip.note"), Hint: b.T("tip.note_hint"), Value: f.Note, Rows: 2, Max: 1000})
	for i := range fields {
		fields[i].Error = faults[fields[i].Name]
	}
	return fields
}

// stepTip gives a tip its next turn.
func (s *Server) stepTip(c *fiber.Ctx) error {
	var form tipStepForm
	if err := bind(c, &form); err != nil {
		return err
	}
	err := s.app.Tips.StepTip(c.UserContext(), actor(c), registry.TipID(c.Params("tip")), tips.TipStepInput{To: registry.TipState(form.To),
		Version: form.Version, Body: form.Body, Told: form.Told, Note: form.Note, Event: registry.EventID(form.Event)})
	if err != nil {
		if texts, ok := faultTexts(s.page(c, "tip.desk_title"), err); ok {
			return s.tipFile(c, faultStatus(c, err), form, tipShown{faults: texts})
		}
		return err
	}
	flash(c, "tip.flash_stepped")
	return c.Redirect("/quan-ly/phan-anh/"+c.Params("tip"), fiber.StatusSeeOther)
}

// openTipContacts shows how the senders can be reached, once: the page is kept
// nowhere, and the opening is in the audit log.
func (s *Server) openTipContacts(c *fiber.Ctx) error {
	contacts, err := s.app.Tips.OpenTipContacts(c.UserContext(), actor(c), registry.TipID(c.Params("tip")))
	if err != nil {
		return err
	}
	return s.tipFile(c, fiber.StatusOK, tipStepForm{}, tipShown{contacts: contacts})
}

// tipPhoto sends a photo of a tip to the office.
func (s *Server) tipPhoto(c *fiber.Ctx) error {
	f, err := s.app.Tips.TipPhoto(c.UserContext(), actor(c), registry.TipID(c.Params("tip")), registry.FileID(c.Params("file")), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	return c.Send(f.Data)
}
