package draws

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/draw"
	"hoicho/internal/i18n"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// deskPage is the office's page of the draws of an event, on the desk and on the big screen of the hall.
type deskPage struct {
	view.Base
	view.Form
	appdraw.Desk
	Shown   *draw.Record // the open draw, else the latest that is over
	List    draw.List    // of Shown, or as it would be locked
	Head    frame.EventHead
	Root    string
	Public  string // address of the page for everybody
	Heading string
	Lead    string
	Refusal string   // why nothing can be locked
	Notes   []string // on Shown
	Fields  formFields
	Minutes []turnRow
	Hall    hallPart
}

// formFields are the fields of the forms of a draw.
type formFields struct {
	Prepare, Call, Mend, Source, Stop []view.Field
}

// turnRow is a draw that is over.
type turnRow struct {
	Label, Href, Note string
	Give              string // where its booths are assigned, "" where another one counts or the page leads there already
	Chip              view.Chip
}

func (s *Door) showDesk(c *fiber.Ctx) error { return s.show(c, stepForm{}, nil) }

func (s *Door) showHall(c *fiber.Ctx) error { return s.show(c, stepForm{Hall: true}, nil) }

// show shows the draws of an event with what was typed and what went wrong.
func (s *Door) show(c *fiber.Ctx, f stepForm, fault error) error {
	d, err := s.App.Draws.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := deskPage{Base: s.OfficePage(c, "draw.title", d.Event.Title), Desk: d, Root: view.DrawRoot(d.Event.ID), Public: view.DrawHref(d.Event.Slug)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, d.Event)
	if p.Shown = d.Open; p.Shown == nil {
		p.Shown = d.Last
	}
	if p.List = d.Lots; p.Shown != nil && p.Shown.State != draw.Prepared {
		p.List = p.Shown.List()
	}
	if d.Refused != nil {
		p.Refusal = p.ErrorText(d.Refused)
	}
	p.Heading, p.Lead = p.answer()
	p.Notes = view.DrawNotes(p.Base, d.Notes)
	p.fields(f)
	for _, r := range d.Past {
		p.Minutes = append(p.Minutes, p.turn(r))
	}
	if f.Hall {
		p.OwnStyles = []string{"css/draw.css"}
		p.hall(c)
		return s.RenderStatus(c, status, frame.LayoutHall, "draws/hall", &p)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "draws/desk", &p)
}

// State is the step at which the page stands, "" before there was a draw.
func (p *deskPage) State() draw.State {
	if p.Shown == nil {
		return ""
	}
	return p.Shown.State
}

// answer is the heading of the page, and a sentence on what comes next.
func (p *deskPage) answer() (heading, lead string) {
	lots, booths := len(p.List.Entries), len(p.List.Booths)
	switch p.State() {
	case draw.Prepared:
		if p.Refused != nil {
			return p.T("draw.desk.not_yet"), ""
		}
		return p.T("draw.desk.ready", lots, booths), p.T("draw.desk.ready_lead")
	case draw.Locked:
		at := view.ShowClock(p.Shown.LockedAt)
		if p.SourceWaits() {
			return p.T("draw.desk.source", p.Shown.Callers), p.T("draw.desk.source_lead", p.Shown.Source)
		}
		if p.Shown.Called() {
			return p.T("draw.desk.all_called", p.Shown.Callers), p.T("draw.desk.all_called_lead")
		}
		return p.T("draw.desk.next_call", len(p.Shown.Log.Calls)+1), p.T("draw.desk.next_call_lead", at, p.Shown.Callers, draw.MostNumber)
	case draw.Revealed:
		return p.T("draw.desk.revealed", len(p.Shown.Log.Result)), p.T("draw.desk.revealed_lead", view.ShowTime(p.Shown.EndedAt))
	case draw.Void:
		return p.T("draw.desk.void", p.Shown.N), p.T("draw.desk.void_lead", view.ShowTime(p.Shown.EndedAt), p.Shown.Reason)
	}
	return p.T("draw.desk.none", lots, booths), p.T("draw.desk.none_lead")
}

// fields are those of the forms that the state of the draw has.
func (p *deskPage) fields(f stepForm) {
	field := func(name, kind, value string, most int, needed bool) view.Field {
		hint := ""
		if key := "draw.field." + name + ".hint"; i18n.Has(key) {
			hint = p.T(key)
		}
		return p.TakeOne(view.Field{Name: name, Type: kind, Label: p.T("draw.field." + name), Hint: hint, Value: value, Max: most, Required: needed})
	}
	switch {
	case !p.MayStop:
	case p.Open != nil && p.Open.State == draw.Locked:
		p.lockedFields(f, field)
	case !p.MayEdit:
	default:
		in := p.typed(f.Input)
		p.Fields.Prepare = []view.Field{field("place", "text", in.Place, appdraw.MaxPlace, true), field("callers", "number", in.Callers, 0, true),
			field("source", "text", in.Source, appdraw.MaxPlace, false)}
		if p.Desk.Again {
			p.Fields.Prepare = append(p.Fields.Prepare, field("again", "text", in.Again, appdraw.MaxReason, true))
		}
	}
}

// lockedFields are those of a draw whose list is locked: once the event is over it can only be stopped.
func (p *deskPage) lockedFields(f stepForm, field func(name, kind, value string, most int, needed bool) view.Field) {
	p.Fields.Stop = []view.Field{field("reason", "text", f.Reason, appdraw.MaxReason, true)}
	if !p.MayEdit {
		return
	}
	switch {
	case !p.Open.Called():
		p.Fields.Call = []view.Field{field("name", "text", f.Name, appdraw.MaxName, true), field("role", "text", f.Role, appdraw.MaxName, false),
			field("number", "number", f.CallInput.Number, 0, true)}
	case p.SourceWaits():
		p.Fields.Source = []view.Field{field("digits", "text", f.Digits, draw.MostSource*2, true)}
	}
	which := field("call", "select", "", 0, true)
	for i, x := range p.Open.Log.Calls {
		n := strconv.Itoa(i + 1)
		which.Options = append(which.Options, view.Option{Value: n + " number", Label: p.T("draw.desk.call_of", i+1, x.Name, strconv.Itoa(x.Number))},
			view.Option{Value: n + " name", Label: p.T("draw.desk.name_of", i+1, x.Name)}, view.Option{Value: n + " role", Label: p.T("draw.desk.role_of", i+1, x.Role)})
	}
	if p.Open.Log.Source != "" {
		which.Options = append(which.Options, view.Option{Value: "0 source", Label: p.T("draw.desk.source_of", p.Open.Log.Source)})
	}
	if len(which.Options) == 0 {
		return
	}
	for i := range which.Options {
		which.Options[i].Selected = which.Options[i].Value == f.What
	}
	p.Fields.Mend = []view.Field{which, field("now", "text", f.Now, appdraw.MaxName, false), field("why", "text", f.MendInput.Reason, appdraw.MaxReason, true)}
}

// typed is how the draw is to be held: as it was typed where that was at fault, else as it is stored.
func (p *deskPage) typed(in appdraw.Input) appdraw.Input {
	switch {
	case p.Faulty("place") || p.Faulty("callers") || p.Faulty("source") || p.Faulty("again"):
		return in
	case p.Open != nil:
		return appdraw.Input{Place: p.Open.Place, Callers: strconv.Itoa(p.Open.Callers), Source: p.Open.Source, Again: p.Open.Again}
	}
	return appdraw.Input{Place: p.Event.Venue, Callers: strconv.Itoa(draw.LeastCallers)}
}

// turn is a line of the draws that are over.
func (p *deskPage) turn(r draw.Record) turnRow {
	row := turnRow{Label: p.T("draw.turn", r.N), Href: p.Root + "/" + strconv.Itoa(r.N), Note: view.ShowTime(r.EndedAt), Chip: chipOf(p.Base, r.State)}
	if p.MayEdit && p.Counts != nil && p.Counts.N == r.N && p.Shown.N != r.N {
		row.Give = row.Href + "/xep"
	}
	if r.State == draw.Void {
		row.Note += " · " + r.Reason
	}
	return row
}

// chipOf shows a state.
func chipOf(b view.Base, state draw.State) view.Chip {
	class := map[draw.State]string{draw.Locked: "wait", draw.Revealed: "go", draw.Void: "stop"}[state]
	return view.Chip{Class: class, Label: b.T("draw.state." + string(state))}
}

// minutes sends the minutes of a draw.
func (s *Door) minutes(c *fiber.Ctx) error {
	f, err := s.App.Draws.Minutes(c.UserContext(), frame.Actor(c), frame.EventParam(c), turnParam(c), frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// LockedClock is when the list was locked.
func (p *deskPage) LockedClock() string { return view.ShowClock(p.Shown.LockedAt) }

// Nth counts from 1 what stands at i.
func (p *deskPage) Nth(i int) string { return strconv.Itoa(i + 1) }

// Grouped writes a code in groups of eight digits, which people can read aloud.
func (p *deskPage) Grouped(code string) []string { return draw.Groups(code) }

// Mended says what was put right.
func (p *deskPage) Mended() []string { return view.DrawMends(p.Base, p.Shown.Log) }

// SourceWaits reports whether the digits of the public source are the next step.
func (p *deskPage) SourceWaits() bool { return p.Open != nil && p.Open.Called() && !p.Open.Ready() }

// Opened says what a draw that was stopped tells of its secret.
func (p *deskPage) Opened() string { return p.T(view.DrawVoidKey(p.Shown.Log)) }
