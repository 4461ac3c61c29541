package inspections

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// roundsPage is the rounds of a year.
type roundsPage struct {
	view.Base
	Enters bool
	Years  []view.FilterLink
	Rows   []roundLine
	Empty  view.Empty
}

type roundLine struct {
	Href, Title, Note, Kind, Days string
	Struck                        bool
}

func (s *Door) roundFilter(c *fiber.Ctx) inspection.RoundFilter {
	year := view.SmallNumber(c.Query("nam"), 2100)
	if year < 2009 {
		frame.AskedIf(c, "nam", false)
		year = s.thisYear()
	}
	return inspection.RoundFilter{Year: year}
}

// showRounds shows the rounds of a year.
func (s *Door) showRounds(c *fiber.Ctx) error {
	f := s.roundFilter(c)
	rounds, err := s.App.Inspections.Rounds(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	p := roundsPage{Base: s.OfficePage(c, "round.title"), Enters: frame.Actor(c).CanSomewhere(registry.Inspect)}
	for _, step := range []int{-1, 0, 1} {
		p.Years = append(p.Years, view.FilterLink{Href: view.Query(roundRoot, "nam", strconv.Itoa(f.Year+step)), Label: strconv.Itoa(f.Year + step), Current: step == 0})
	}
	for _, r := range rounds {
		p.Rows = append(p.Rows, roundLine{Href: roundHref(r.ID), Title: r.Title, Note: view.SaidLine(r.Number, s.UnitName(r.Area, r.From)), Kind: p.T("inspection.kind." + string(r.Kind)),
			Days: vn.ShowRange(r.From, r.Until), Struck: r.StruckAt > 0})
	}
	p.Empty = view.Empty{Icon: "users", Title: p.T("round.none"), Text: p.T("round.none_text")}
	return s.Render(c, frame.LayoutOffice, "inspections/rounds", p)
}

func (s *Door) exportRounds(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Inspections.RoundTable(c.UserContext(), frame.Actor(c), s.roundFilter(c), ask.Form, ask.Lang)
	})
}

// roundPage is a round with what is done and what is missing.
type roundPage struct {
	view.Base
	view.Form
	Heading string
	Kicker  string
	Root    string
	Chips   []view.Chip
	Facts   []view.SummaryRow
	Goals   []goalLine
	Records []recordLine
	All     string
	Enter   string
	Writes  bool
	Struck  bool
	Version int64
	Reason  view.Field
	Event   view.NavItem
}

// goalLine is something that the round is to look at.
type goalLine struct {
	Name, Href, Said, Class string
}

// showRound shows a round.
func (s *Door) showRound(c *fiber.Ctx) error { return s.roundPage(c, "", nil) }

func (s *Door) roundPage(c *fiber.Ctx, typed string, fault error) error {
	f, err := s.App.Inspections.Round(c.UserContext(), frame.Actor(c), roundParam(c))
	if err != nil {
		return err
	}
	p := roundPage{Base: s.OfficePage(c, "round.file_title", f.Title), Root: roundHref(f.ID), Kicker: f.Number, Writes: f.Writes, Struck: f.StruckAt > 0, Version: f.Version,
		All: view.Query(root, "dot", string(f.ID))}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Heading = f.Title
	if len(f.Goals) > 0 {
		p.Heading = p.T("round.heading", f.Title, f.Done, len(f.Goals))
	}
	s.roundFacts(&p, f)
	for _, g := range f.Goals {
		p.Goals = append(p.Goals, s.goal(p.Base, f, g))
	}
	for _, r := range f.Records {
		p.Records = append(p.Records, s.line(p.Base, r, f.EventTitle, ""))
	}
	if f.Writes && !p.Struck {
		p.Enter = view.Query(enterRoot, "dot", string(f.ID), "loai", string(f.Kind), "su-kien", string(f.Event))
	}
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("communication.field.reason"), Hint: p.T("round.field.reason.hint"), Value: typed, Max: inspection.MaxLine, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "inspections/round", p)
}

func (s *Door) goal(b view.Base, f inspections.RoundFile, g inspections.Goal) goalLine {
	line := goalLine{Name: g.Name, Said: b.T("round.not_done"), Class: "off"}
	switch {
	case g.Record != nil:
		line.Href, line.Class = view.InspectionHref(g.Record.ID), "go"
		if g.Record.Bad > 0 {
			line.Class = "wait"
		}
		line.Said = view.SaidLine(numberOf(b, g.Record.Record), result(b, g.Record.Record))
	case f.Writes && g.Booth != "":
		line.Href = view.Query(enterRoot, "dot", string(f.ID), "loai", string(f.Kind), "ve", string(inspection.OfBooth), "su-kien", string(f.Event), "gian", string(g.Booth))
	case f.Writes && g.Body != "":
		line.Href = view.Query(enterRoot, "dot", string(f.ID), "loai", string(f.Kind), "ve", string(inspection.OfBody), "co-quan", string(g.Body))
	}
	return line
}

// roundFacts are what is said about a round, without what is not.
func (s *Door) roundFacts(p *roundPage, f inspections.RoundFile) {
	add := func(name, value string) {
		if value != "" {
			p.Facts = append(p.Facts, view.SummaryRow{Label: p.T("round.field." + name), Value: value})
		}
	}
	add("number", f.Number)
	add("issued_on", dayOrNone(f.IssuedOn))
	add("kind", p.T("inspection.kind."+string(f.Kind)))
	add("body", f.BodyName)
	add("area", s.UnitName(f.Area, f.From))
	add("days", vn.ShowRange(f.From, f.Until))
	add("event", f.EventTitle)
	add("task", f.TaskTitle)
	for _, person := range f.Team {
		add("team", view.SaidLine(person.Name, person.Body))
	}
	add("note", f.Note)
	add("entered", p.T("register.entered", f.EnterAs, view.ShowTime(f.EnterAt)))
	if p.Struck {
		p.Chips = append(p.Chips, view.Chip{Class: "off", Icon: "x", Label: p.T("communication.state.struck")})
		add("struck", p.T("register.struck_by", f.StruckAs, view.ShowTime(f.StruckAt), f.StruckBy))
	}
}

// roundForm is the form of a round as it is sent.
type roundForm struct {
	inspections.RoundInput
	AreaText string `form:"area"`
	Sent     int64  `form:"version"`
	Over     int64  `form:"over"`
}

// roundFormPage is the form of a round, new or stored.
type roundFormPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	Version int64
	New     bool
	Fields  []view.Field
	Stale   *view.Stale
}

// sentRound is a form that was not stored.
type sentRound struct {
	form  roundForm
	file  *inspections.RoundFile
	place *registry.Error
	err   error
}

func (s *Door) reshowRound(c *fiber.Ctx, x sentRound) error {
	ch, err := s.App.Inspections.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := roundFormPage{Base: s.OfficePage(c, "round.enter_title"), Action: roundRoot + "/ghi", Back: roundRoot, New: true, Version: x.form.Sent}
	if x.file != nil {
		p.Base = s.OfficePage(c, "round.edit_title", x.file.Title)
		p.Action, p.Back, p.New = roundHref(x.file.ID)+"/sua", roundHref(x.file.ID), false
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, frame.AtArea(x.err, x.place))
	if err != nil {
		return err
	}
	p.Fields = p.Take(roundFields(p.Base, x.form, ch, x.file)...)
	if view.IsStale(x.err) && x.file != nil {
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.Fields, roundFields(p.Base, s.roundFormOf(x.file.Round), ch, x.file))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "inspections/round_form", p)
}

func (s *Door) roundFormOf(r inspection.Round) roundForm {
	in := inspections.RoundInputOf(r, dayOrNone)
	return roundForm{RoundInput: in, AreaText: s.AreaText(r.Area.String(), r.From), Sent: r.Version}
}

// roundFields are the fields of the form.
func roundFields(b view.Base, f roundForm, ch inspections.Choices, file *inspections.RoundFile) []view.Field {
	label := func(name string) string { return b.T("round.field." + name) }
	hint := func(name string) string { return b.T("round.field." + name + ".hint") }
	bodies, named := []view.Option{{Label: b.T("register.unsaid")}}, []view.Option{}
	chosen := map[string]bool{}
	for _, id := range f.Bodies {
		chosen[id] = true
	}
	for _, x := range ch.Bodies {
		bodies = append(bodies, view.Option{Value: string(x.ID), Label: x.Name, Selected: string(x.ID) == f.Body})
		named = append(named, view.Option{Value: string(x.ID), Label: x.Name, Selected: chosen[string(x.ID)]})
	}
	events, tasks := []view.Option{{Label: b.T("register.no_event")}}, []view.Option{{Label: b.T("round.no_task")}}
	for _, e := range ch.Events {
		events = append(events, view.Option{Value: string(e.ID), Label: view.SaidLine(e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn)), Selected: string(e.ID) == f.Event})
	}
	for _, t := range ch.Tasks {
		tasks = append(tasks, view.Option{Value: string(t.ID), Label: t.Title, Selected: string(t.ID) == f.Task})
	}
	if file != nil { // what is no longer offered stays chosen
		events = keep(events, f.Event, file.EventTitle)
		tasks = keep(tasks, f.Task, file.TaskTitle)
		bodies = keep(bodies, f.Body, file.BodyName)
	}
	fields := []view.Field{
		{Name: "title", Label: label("title"), Hint: hint("title"), Value: f.Title, Max: inspection.MaxLine, Required: true},
		{Name: "kind", Type: "radios", Label: label("kind"), Options: view.Options(b, "inspection.kind.", []inspection.Kind{inspection.Inspection, inspection.Self, inspection.Joint}, f.Kind)},
		{Name: "number", Label: label("number"), Value: f.Number, Max: inspection.MaxLine},
		{Name: "issued_on", Type: "date", Label: label("issued_on"), Value: f.IssuedOn, Shape: b.T("form.date_shape")},
		{Name: "body", Type: "select", Label: label("body"), Options: bodies},
		{Name: "area", Type: "area", Label: label("area"), Value: f.AreaText, Ref: f.Area, On: "from_on", Required: true},
		{Name: "from_on", Type: "date", Label: label("from_on"), Value: f.From, Shape: b.T("form.date_shape"), Required: true},
		{Name: "until_on", Type: "date", Label: label("until_on"), Value: f.Until, Shape: b.T("form.date_shape")},
		{Name: "event", Type: "select", Label: label("event"), Hint: hint("event"), Options: events},
		{Name: "task", Type: "select", Label: label("task"), Hint: hint("task"), Options: tasks},
		{Name: "team", Type: "textarea", Rows: 4, Label: label("team"), Hint: hint("team"), Value: f.Team},
		{Name: "note", Type: "textarea", Rows: 2, Label: label("note"), Value: f.Note, Max: inspection.MaxText},
	}
	if len(named) > 0 {
		fields = append(fields, view.Field{Name: "bodies", Type: "checkboxes", Label: label("bodies"), Hint: hint("bodies"), Options: named})
	}
	return fields
}

func keep(options []view.Option, chosen, label string) []view.Option {
	if chosen == "" || label == "" {
		return options
	}
	for _, o := range options {
		if o.Value == chosen {
			return options
		}
	}
	return append(options, view.Option{Value: chosen, Label: label, Selected: true})
}

// showEnterRound shows the form of a new round.
func (s *Door) showEnterRound(c *fiber.Ctx) error {
	ch, err := s.App.Inspections.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	f := roundForm{RoundInput: inspections.RoundInput{Kind: string(inspection.Inspection), From: vn.ShowDate(s.App.Today()), Event: c.Query("su-kien")}}
	if !ch.Area.IsZero() {
		f.Area, f.AreaText = ch.Area.String(), s.AreaName(ch.Area)
	}
	return s.reshowRound(c, sentRound{form: f})
}

// bindRound reads the form.
func (s *Door) bindRound(c *fiber.Ctx) (x sentRound) {
	x.err = frame.Bind(c, &x.form)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.From)
	x.form.Version = view.ReadAt(x.form.Sent, x.form.Over)
	return x
}

// enterRound writes a new round.
func (s *Door) enterRound(c *fiber.Ctx) error {
	x := s.bindRound(c)
	if x.err == nil {
		var r inspection.Round
		if r, x.err = s.App.Inspections.EnterRound(c.UserContext(), frame.Actor(c), x.form.RoundInput); x.err == nil {
			frame.Flash(c, "round.flash.entered")
			return c.Redirect(roundHref(r.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshowRound(c, x)
}

// writableRound is the round that an address names, for whoever may change it.
func (s *Door) writableRound(c *fiber.Ctx) (*inspections.RoundFile, error) {
	f, err := s.App.Inspections.Round(c.UserContext(), frame.Actor(c), roundParam(c))
	return frame.Writable(f, f.Writes, err)
}

// showEditRound shows the form of a round as it is stored.
func (s *Door) showEditRound(c *fiber.Ctx) error {
	f, err := s.writableRound(c)
	if err != nil {
		return err
	}
	return s.reshowRound(c, sentRound{form: s.roundFormOf(f.Round), file: f})
}

// saveRound corrects a round. Where a colleague was quicker, the two are compared.
func (s *Door) saveRound(c *fiber.Ctx) error {
	x := s.bindRound(c)
	if x.err == nil {
		if x.err = s.App.Inspections.SaveRound(c.UserContext(), frame.Actor(c), roundParam(c), x.form.RoundInput); x.err == nil {
			frame.Flash(c, "round.flash.saved")
			return c.Redirect(roundHref(roundParam(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writableRound(c); gone != nil {
		return gone
	}
	return s.reshowRound(c, x)
}

// strikeRound strikes a round out, or counts it again.
func (s *Door) strikeRound(restore bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form inspections.StrikeInput
		err := frame.Bind(c, &form)
		if err == nil {
			form.Restore = restore
			err = s.App.Inspections.StrikeRound(c.UserContext(), frame.Actor(c), roundParam(c), form)
		}
		if err != nil {
			return s.roundPage(c, form.Reason, err)
		}
		flash := "communication.flash.struck"
		if restore {
			flash = "communication.flash.restored"
		}
		frame.Flash(c, flash)
		return c.Redirect(roundHref(roundParam(c)), fiber.StatusSeeOther)
	}
}
