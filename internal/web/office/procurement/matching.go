package procurement

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

func matchingHref(id registry.MatchingID) string { return matchingRoot + "/" + string(id) }

func matchingParam(c *fiber.Ctx) registry.MatchingID {
	return registry.MatchingID(c.Params("matching"))
}

// matchingsPage is the buyers and producers brought together in a year.
type matchingsPage struct {
	listFrame
	Rows []matchingLine
}

// matchingLine is a matching as the list shows it.
type matchingLine struct {
	Href, Buyer, Producer, Note, Product, Volume, Memo, Next string
	Chip                                                     view.Chip
	Struck                                                   bool
}

func (s *Door) matchingFilter(a askedList) committee.MatchingFilter {
	f := committee.MatchingFilter{Area: a.area, Year: a.year, Skip: a.page * rowsShown, Limit: rowsShown}
	if a.show == showDue { // of every year: what is due now began before
		f.Year, f.DueBy = 0, s.App.Procurement.DueBy()
	}
	return f
}

// showMatchings shows the matchings of a year.
func (s *Door) showMatchings(c *fiber.Ctx) error {
	a := s.readList(c, matchingRoot, showDue)
	l, err := s.App.Procurement.Matchings(c.UserContext(), frame.Actor(c), s.matchingFilter(a))
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(l.Rows))
	p := matchingsPage{listFrame: s.frameOf(c, a, "matching.title", l.Enters)}
	p.Heading = p.T("matching.heading", vn.Count(int64(l.All)), vn.Count(int64(l.Memos)), vn.Count(int64(l.Due)))
	if a.show == showDue {
		p.Heading, p.Kicker = p.T("matching.heading_due", vn.Count(int64(l.Due))), p.T("matching.title")
	}
	p.show(a, showDue, p.T("matching.due_n", l.Due))
	for _, m := range l.Rows {
		p.Rows = append(p.Rows, s.matchingLine(p.Base, m))
	}
	p.Empty = view.Empty{Icon: "truck", Title: p.T("matching.none"), Text: p.T("matching.none_text")}
	p.pages(a, len(l.Rows), l.N)
	return s.Render(c, frame.LayoutOffice, "procurement/matchings", p)
}

func (s *Door) matchingLine(b view.Base, m committee.Matching) matchingLine {
	l := matchingLine{Href: matchingHref(m.ID), Buyer: m.Buyer, Producer: m.Producer.Name, Note: view.SaidLine(m.Number(), vn.ShowDate(m.HeldOn), m.Meeting),
		Product: m.Product, Volume: m.Volume, Memo: memo(b, m), Struck: m.Struck.Is()}
	var told committee.Outcome
	for _, f := range m.FollowUps {
		if f.Outcome != committee.OutcomeOpen {
			told = f.Outcome
		}
	}
	l.Chip = outcomeChip(b, told)
	if due := m.DueOn(); due != "" && !m.Struck.Is() {
		l.Next = b.T("matching.ask_on", vn.ShowDate(due))
		if due <= s.App.Today() {
			l.Next = b.T("matching.ask_late", vn.ShowDate(due))
		}
	}
	return l
}

// outcomeChip is what became of a matching.
func outcomeChip(b view.Base, o committee.Outcome) view.Chip {
	switch o {
	case committee.OutcomeTrading:
		return view.Chip{Class: "go", Icon: "circle-check", Label: b.T("matching.outcome." + string(o))}
	case committee.OutcomePartly:
		return view.Chip{Class: "wait", Icon: "clock", Label: b.T("matching.outcome." + string(o))}
	case committee.OutcomeNothing:
		return view.Chip{Class: "off", Icon: "x", Label: b.T("matching.outcome." + string(o))}
	}
	return view.Chip{Label: b.T("matching.not_asked")}
}

// memo is the memorandum in words.
func memo(b view.Base, m committee.Matching) string {
	switch {
	case m.MemoNumber != "":
		return b.T("matching.memo", m.MemoNumber, vn.ShowDate(m.MemoOn))
	case m.MemoOn != "":
		return b.T("matching.memo_day", vn.ShowDate(m.MemoOn))
	}
	return b.T("matching.no_memo")
}

// exportMatchings sends what the address asks for as a file.
func (s *Door) exportMatchings(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Procurement.MatchingTable(c.UserContext(), frame.Actor(c), s.matchingFilter(s.readList(c, matchingRoot, showDue)), ask.Form, ask.Lang)
	})
}

// matchingForm is the form of a matching as it is sent.
type matchingForm struct {
	procurement.MatchingInput
	AreaText string `form:"area"`
	Over     int64  `form:"over"`
}

// sentMatching is a form of a matching that was not stored.
type sentMatching struct {
	form  matchingForm
	file  *procurement.MatchingFile
	place *registry.Error
	err   error
}

func (s *Door) reshowMatching(c *fiber.Ctx, x sentMatching) error {
	p := rowForm{Base: s.OfficePage(c, "matching.enter_title"), Action: matchingRoot + "/ghi", Back: matchingRoot, Version: x.form.Version, Submit: "matching.enter"}
	if x.file != nil {
		p.Base = s.OfficePage(c, "matching.edit_title", x.file.Number())
		p.Action, p.Back, p.Submit = matchingHref(x.file.ID)+"/sua", matchingHref(x.file.ID), "register.save"
	}
	p.Home = view.NavItem{Href: matchingRoot, Label: p.T("matching.title")}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, frame.AtArea(x.err, x.place))
	if err != nil {
		return err
	}
	ch, err := s.App.Procurement.RegisterChoices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p.Fields = p.Take(matchingFields(p.Base, x.form, ch, x.file)...)
	if view.IsStale(x.err) && x.file != nil {
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, matchingFields(p.Base, s.matchingFormOf(x.file.Matching), ch, x.file))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/row_form", p)
}

// matchingFields are the fields of the form.
func matchingFields(b view.Base, f matchingForm, ch procurement.RegisterChoices, file *procurement.MatchingFile) []view.Field {
	label := func(name string) string { return b.T("matching.field." + name) }
	hint := func(name string) string { return b.T("matching.field." + name + ".hint") }
	events, offered := []view.Option{{Label: b.T("register.no_event")}}, f.Event == ""
	for _, e := range ch.Events {
		events = append(events, view.Option{Value: string(e.ID), Label: e.Title, Selected: string(e.ID) == f.Event})
		offered = offered || string(e.ID) == f.Event
	}
	if !offered && file != nil && string(file.Event) == f.Event {
		events = append(events, view.Option{Value: f.Event, Label: file.EventTitle, Selected: true})
	}
	return []view.Field{
		{Name: "buyer", Label: label("buyer"), Hint: hint("buyer"), Value: f.Buyer, Max: committee.MaxSupportLine, Required: true},
		{Name: "producer", Label: label("producer"), Hint: hint("producer"), Value: f.Producer, Max: committee.MaxSupportLine, Required: true},
		{Name: "area", Type: "area", Label: label("area"), Value: f.AreaText, Ref: f.Area, On: "day", Required: true},
		{Name: "product", Label: label("product"), Value: f.Product, Max: committee.MaxSupportLine, Required: true},
		{Name: "volume", Label: label("volume"), Hint: hint("volume"), Value: f.Volume, Max: committee.MaxSupportLine},
		{Name: "day", Type: "date", Label: label("day"), Value: f.HeldOn, Shape: b.T("form.date_shape"), Required: true},
		{Name: "meeting", Label: label("meeting"), Hint: hint("meeting"), Value: f.Meeting, Max: committee.MaxSupportLine},
		{Name: "event", Type: "select", Label: label("event"), Options: events},
		{Name: "memo_number", Label: label("memo_number"), Hint: hint("memo_number"), Value: f.MemoNumber, Max: committee.MaxSupportLine},
		{Name: "signed_on", Type: "date", Label: label("signed_on"), Hint: hint("signed_on"), Value: f.MemoOn, Shape: b.T("form.date_shape")},
	}
}

// matchingFormOf fills the form with what is stored.
func (s *Door) matchingFormOf(m committee.Matching) matchingForm {
	return matchingForm{MatchingInput: procurement.MatchingInputOf(m), AreaText: s.AreaText(m.Area.String(), m.HeldOn)}
}

// showEnterMatching shows the form of a new matching.
func (s *Door) showEnterMatching(c *fiber.Ctx) error {
	ch, err := s.App.Procurement.RegisterChoices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	f := matchingForm{MatchingInput: procurement.MatchingInput{HeldOn: vn.ShowDate(s.App.Today())}}
	if !ch.Area.IsZero() {
		f.Area, f.AreaText = ch.Area.String(), s.AreaName(ch.Area)
	}
	return s.reshowMatching(c, sentMatching{form: f})
}

// enterMatching writes a new matching.
func (s *Door) enterMatching(c *fiber.Ctx) error {
	var x sentMatching
	x.err = frame.Bind(c, &x.form)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.HeldOn)
	if x.err == nil {
		var m committee.Matching
		if m, x.err = s.App.Procurement.EnterMatching(c.UserContext(), frame.Actor(c), x.form.MatchingInput); x.err == nil {
			frame.Flash(c, "matching.flash.entered")
			return c.Redirect(matchingHref(m.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshowMatching(c, x)
}

// writableMatching is the matching that an address names, for whoever may change it.
func (s *Door) writableMatching(c *fiber.Ctx) (*procurement.MatchingFile, error) {
	f, err := s.App.Procurement.Matching(c.UserContext(), frame.Actor(c), matchingParam(c))
	return frame.Writable(f, f.Writes, err)
}

// showEditMatching shows the form of a matching as it is stored.
func (s *Door) showEditMatching(c *fiber.Ctx) error {
	f, err := s.writableMatching(c)
	if err != nil {
		return err
	}
	return s.reshowMatching(c, sentMatching{form: s.matchingFormOf(f.Matching), file: f})
}

// saveMatching corrects a matching. Where a colleague was quicker, the two are compared.
func (s *Door) saveMatching(c *fiber.Ctx) error {
	var x sentMatching
	x.err = frame.Bind(c, &x.form)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.HeldOn)
	if x.err == nil {
		in := x.form.MatchingInput
		in.Version = view.ReadAt(x.form.Version, x.form.Over)
		if x.err = s.App.Procurement.SaveMatching(c.UserContext(), frame.Actor(c), matchingParam(c), in); x.err == nil {
			frame.Flash(c, "matching.flash.saved")
			return c.Redirect(matchingHref(matchingParam(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writableMatching(c); gone != nil {
		return gone
	}
	return s.reshowMatching(c, x)
}

// toldForm is what was told of a matching after some months.
type toldForm struct {
	Version  int64  `form:"version"`
	Outcome3 string `form:"outcome_3"`
	Result3  string `form:"result_3" lines:"many"`
	Outcome6 string `form:"outcome_6"`
	Result6  string `form:"result_6" lines:"many"`
}

// of are the outcome and the words of the months.
func (f toldForm) of(months int) (outcome, result string) {
	if months == committee.FollowUpMonths[0] {
		return f.Outcome3, f.Result3
	}
	return f.Outcome6, f.Result6
}

// showMatching shows a matching.
func (s *Door) showMatching(c *fiber.Ctx) error {
	return s.matchingPage(c, toldForm{}, "", nil)
}

func (s *Door) matchingPage(c *fiber.Ctx, told toldForm, typed string, fault error) error {
	f, err := s.App.Procurement.Matching(c.UserContext(), frame.Actor(c), matchingParam(c))
	if err != nil {
		return err
	}
	p := rowPage{Base: s.OfficePage(c, "matching.file_title", f.Buyer, f.Producer.Name), Kicker: f.Number(), Root: matchingHref(f.ID), Version: f.Version, Writes: f.Writes}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Home, p.Heading = view.NavItem{Href: matchingRoot, Label: p.T("matching.title")}, p.Title
	if f.Producer.Vendor != "" {
		p.Vendor = view.VendorFile(f.Producer.Vendor)
	}
	add := p.factAdder("matching")
	add("buyer", f.Buyer)
	add("producer", view.SaidLine(f.Producer.Name, s.UnitName(f.Area, f.HeldOn)))
	add("product", f.Product)
	add("volume", f.Volume)
	add("day", vn.ShowDate(f.HeldOn))
	add("meeting", f.Meeting)
	add("event", f.EventTitle)
	add("memo", memo(p.Base, f.Matching))
	add("entered", p.T("register.entered", f.Entered.As, view.ShowTime(f.Entered.At)))
	for _, x := range f.FollowUps {
		p.Follow = append(p.Follow, s.followUp(&p, x, told))
	}
	p.striking(f.Struck, typed)
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/row", p)
}

// followUp is a time at which it is asked, with the form in which the answer is written.
func (s *Door) followUp(p *rowPage, f committee.FollowUp, told toldForm) followUp {
	line := followUp{Months: f.Months, Due: p.T("matching.due_on", vn.ShowDate(f.DueOn)), Late: f.Due(s.App.Today()), Result: f.Result}
	if f.Outcome != committee.OutcomeOpen {
		line.Chip, line.Changes = outcomeChip(p.Base, f.Outcome), true
		line.Due = p.T("matching.told_on", vn.ShowDate(f.DoneOn), f.By)
	}
	tail := "_" + strconv.Itoa(f.Months)
	outcome, result := told.of(f.Months)
	line.Fields = p.Take(
		view.Field{Name: "outcome" + tail, Type: "radios", Label: p.T("matching.field.outcome"), Options: view.Options(p.Base, "matching.outcome.", committee.Outcomes, outcome)},
		view.Field{Name: "result" + tail, Type: "textarea", Label: p.T("matching.field.result"), Hint: p.T("matching.field.result.hint"), Value: result, Rows: 2,
			Max: committee.MaxSupportText, Required: true})
	return line
}

// tell writes what became of a matching.
func (s *Door) tell(c *fiber.Ctx) error {
	var form toldForm
	months, err := strconv.Atoi(c.Params("months"))
	if err != nil {
		return registry.E(registry.NotFound, "error.not_found")
	}
	if err = frame.Bind(c, &form); err == nil {
		outcome, result := form.of(months)
		err = s.App.Procurement.FollowUp(c.UserContext(), frame.Actor(c), matchingParam(c),
			procurement.FollowUpInput{Months: months, Outcome: outcome, Result: result, Version: form.Version})
	}
	if err != nil {
		return s.matchingPage(c, form, "", err)
	}
	frame.Flash(c, "matching.flash.told")
	return c.Redirect(matchingHref(matchingParam(c)), fiber.StatusSeeOther)
}

// strikeMatching strikes a matching out, or counts it again.
func (s *Door) strikeMatching(restore bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form strikeForm
		err := frame.Bind(c, &form)
		if err == nil {
			err = s.App.Procurement.StrikeMatching(c.UserContext(), frame.Actor(c), matchingParam(c),
				procurement.StrikeInput{Version: form.Version, Reason: form.Reason, Restore: restore})
		}
		if err != nil {
			return s.matchingPage(c, toldForm{}, form.Reason, err)
		}
		frame.Flash(c, strikeFlash(restore))
		return c.Redirect(matchingHref(matchingParam(c)), fiber.StatusSeeOther)
	}
}
