package periods

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// figureLine is a figure of a report.
type figureLine struct {
	Group string // heading of the group that begins here
	Name  string
	Now   string
	Href  string // its rows
	Typed bool
	Filed string // as it was handed in; "" before
	Moved bool   // it is not any more as it was handed in
	Doubt string
	Code  string
	Field *view.Field // it may be typed
}

// changeLine is a row that came, went or counts otherwise since a report was handed in.
type changeLine struct {
	Href, Label, Day, What string
}

// act is a form beside the report that asks for a reason and perhaps a day.
type act struct {
	ID, Title, Text, Action, Button string
	Danger                          bool
	Open                            bool
	Version                         int64
	Fields                          []view.Field
}

// reportPage is a report.
type reportPage struct {
	view.Base
	view.Form
	Crumb    view.NavItem
	Kicker   string
	Heading  string
	Chips    []view.Chip
	Why      string // why it takes nothing, for whoever files it
	Root     string
	Version  int64
	Writes   bool
	Filed    bool // it has figures that were handed in
	Lines    []figureLine
	Doubts   int
	Held     []changeLine // events in whose phones scans wait
	Sure     view.Field
	Stale    *view.Stale
	Lost     []view.SummaryRow // what was typed and not taken
	Said     []view.SummaryRow
	Changes  []changeLine
	Acts     []act
	Pick     string // accepts this report
	Batch    string
	Province string
	End      string // ends the exception
	Later    []later
	Secret   bool              // some sum of sales is withheld
	Write    []view.Field      // what is said beside the figures
	Words    []view.SummaryRow // the same, as it was handed in
}

// again is what the page of a report says when it is shown again.
type again struct {
	input  *periods.Input
	which  string // the form beside the report that was sent
	reason string
	until  string
	fault  error
}

func (s *Door) showReport(c *fiber.Ctx) error { return s.report(c, again{}) }

func (s *Door) report(c *fiber.Ctx, x again) error {
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	f, err := s.App.Periods.Report(c.UserContext(), frame.Actor(c), k)
	if err != nil {
		return err
	}
	state := f.Gate.Standing()
	p := reportPage{Base: s.OfficePage(c, "period.report_title", f.Unit.Name), Root: href(k), Version: f.Version, Writes: f.Writes(), Filed: f.Values != nil,
		Province: f.Province.String()}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, x.fault)
	if err != nil {
		return err
	}
	p.Crumb = view.NavItem{Href: overviewHref(k, f.Province), Label: periodName(p.Base, k.Period)}
	p.Kicker = view.SaidLine(p.T("period.form."+string(k.Form)), periodName(p.Base, k.Period), p.T("period.due", vn.ShowDate(f.Gate.Calendar.Due)))
	p.Heading, p.Chips = f.Unit.Name, []view.Chip{stateChip(p.Base, state)}
	if e := f.Gate.Exception; e != nil {
		p.Chips = append(p.Chips, view.Chip{Class: "wait", Icon: "clock", Label: p.T("period.excepted", vn.ShowDate(e.Until))})
	}
	if why := f.Gate.Write(); why != nil && f.Files && x.fault == nil {
		p.Why = p.T(view.First(why).Key, view.First(why).Args...)
	}
	p.figures(s, f, x)
	p.held(frame.Actor(c), f)
	p.said(f)
	p.changes(frame.Actor(c), f)
	p.acts(s, f, x)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/report", p)
}

// typedIn is what the form holds for a figure: what was sent, else what is stored.
func typedIn(f periods.File, x again, code period.Code) string {
	if x.input != nil {
		for i, c := range x.input.Codes {
			if period.Code(c) == code && i < len(x.input.Typed) {
				return x.input.Typed[i]
			}
		}
		return ""
	}
	if n, ok := f.Typed[code]; ok {
		return vn.Count(n)
	}
	return ""
}

// figures are the lines of the report, with fields where figures may be typed.
func (p *reportPage) figures(s *Door, f periods.File, x again) {
	doubts := map[period.Code]period.Doubt{}
	for _, d := range f.Doubts {
		doubts[d.Figure.Code] = d
	}
	var mine, theirs []view.Field
	group := ""
	for _, figure := range f.Figures {
		l := figureLine{Name: figure.Text(p.Lang), Now: shown(p.Base, figure, f.Now), Typed: f.Now[figure.Code].Typed, Code: string(figure.Code)}
		if figure.Group != group {
			group, l.Group = figure.Group, p.T("period.group."+figure.Group)
		}
		if value, known := f.Counted[figure.Code]; known && value.N != 0 {
			l.Href = p.Root + "/dong/" + string(figure.Code)
		}
		if f.Values != nil {
			l.Filed, l.Moved = shown(p.Base, figure, f.Values), f.Values[figure.Code] != f.Now[figure.Code]
			if figure.Secret && l.Moved && !f.Sales {
				l.Now = p.T("period.secret_moved")
			}
			l.Typed = l.Typed || f.Values[figure.Code].Typed
		}
		p.Secret = p.Secret || f.Now[figure.Code].Withheld
		if d, ok := doubts[figure.Code]; ok && (p.Writes || f.Above) {
			l.Doubt, p.Doubts = p.T("period.doubt."+string(d.Kind), vn.Count(d.N), vn.Count(d.Bound)), p.Doubts+1
		}
		if p.Writes && figure.MayType(f.Counted) {
			field := p.TakeOne(view.Field{Name: periods.Field(figure.Code), Label: p.T("period.typed_of", l.Name), Value: typedIn(f, x, figure.Code), Max: 15})
			stored := field
			stored.Value = typedIn(f, again{}, figure.Code)
			l.Field, mine, theirs = &field, append(mine, field), append(theirs, stored)
		}
		p.Lines = append(p.Lines, l)
	}
	words, kept := wordFields(p.Base, f, x)
	mine, theirs = append(mine, words...), append(theirs, kept...)
	if p.Writes {
		p.Write = p.Take(words...)
	}
	p.Sure = p.TakeOne(view.Field{Name: "sure", Type: "checkbox", Label: p.T("period.field.sure"), Value: view.Ticked(x.input != nil && x.input.Sure)})
	switch {
	case view.IsStale(x.fault) && x.input != nil && p.Writes:
		p.Stale = view.NewStale(p.Base, f.Version, p.Root+"/luu", mine, theirs)
	case x.input != nil && !p.Writes:
		p.lost(f, x)
	}
}

// held are the events in whose phones scans wait, which the report would leave out.
func (p *reportPage) held(reader registry.Actor, f periods.File) {
	for _, h := range f.Held {
		at := rowHref(reader, period.Line{Source: "event", ID: string(h.Event)})
		p.Held = append(p.Held, changeLine{Href: at, Label: h.Title, What: p.T("period.held_line", vn.Count(int64(h.Phones)), vn.Count(h.Scans))})
	}
	p.Doubts += len(p.Held)
}

// lost shows what was typed into a report that takes nothing any more.
func (p *reportPage) lost(f periods.File, x again) {
	for _, figure := range f.Figures {
		if typed := typedIn(f, x, figure.Code); typed != "" {
			p.Lost = append(p.Lost, view.SummaryRow{Label: figure.Text(p.Lang), Value: typed})
		}
	}
	p.Lost = append(p.Lost, lostWords(p.Base, x.input.WordsInput)...)
}

// wordFields are the fields of what is said, as they were sent and as they are stored.
func wordFields(b view.Base, f periods.File, x again) (sent, stored []view.Field) {
	for _, topic := range period.Topics {
		field := view.Field{Name: string(topic), Type: "textarea", Label: b.T("period.field." + string(topic)), Value: f.Report.Words[topic], Rows: 3, Max: period.MaxWords}
		stored = append(stored, field)
		if x.input != nil {
			field.Value = x.input.Of(topic)
		}
		sent = append(sent, field)
	}
	return sent, stored
}

// said is what became of the report.
func (p *reportPage) said(f periods.File) {
	for _, topic := range period.Topics {
		if text := f.Said[topic]; text != "" {
			p.Words = append(p.Words, view.SummaryRow{Label: p.T("period.field." + string(topic)), Value: text})
		}
	}
	add := func(name, value string) {
		p.Said = append(p.Said, view.SummaryRow{Label: p.T("period.field." + name), Value: value})
	}
	if f.SubmittedAt > 0 {
		add("submitted", p.T("register.entered", f.SubmittedBy, view.ShowTime(f.SubmittedAt)))
	}
	switch {
	case f.State == period.Accepted:
		add("accepted", p.T("register.entered", f.DecidedBy, view.ShowTime(f.DecidedAt)))
	case f.State == period.Returned:
		add("returned", p.T("register.entered", f.DecidedBy, view.ShowTime(f.DecidedAt)))
		add("reason", f.Reason)
	}
	if l := f.Gate.Lock; l != nil {
		add("locked", p.T("register.entered", l.By, view.ShowTime(l.At)))
	}
	for _, e := range f.Exceptions {
		p.Later = append(p.Later, later{"", exceptionSaid(p.Base, e), "", e.Reason})
	}
	for _, a := range f.Addenda {
		p.Later = append(p.Later, later{"", p.T("period.addendum_n", a.N), movesSaid(p.Base, f.Figures, a), p.T("period.added_by", view.ShowTime(a.At), a.By, a.Reason)})
	}
}

// changes are the rows that are not as they were handed in.
func (p *reportPage) changes(reader registry.Actor, f periods.File) {
	for _, change := range f.Changes {
		l := changeLine{Href: rowHref(reader, change.Line), Label: change.Label, Day: vn.ShowDate(change.Day)}
		for _, figure := range f.Figures {
			was, is := change.Was[figure.Code], change.Is[figure.Code]
			if was == is || figure.Unit == period.Share || figure.Secret && !f.Sales {
				continue
			}
			if l.What != "" {
				l.What += "; "
			}
			l.What += figure.Text(p.Lang) + " " + signed(figure, is-was)
		}
		if l.What == "" {
			l.What = p.T("period.secret_moved")
		}
		p.Changes = append(p.Changes, l)
	}
}

// actKeys are the texts of the forms beside a report, by where they are sent.
var actKeys = map[string]string{"bo-sung": "add", "tra-lai": "give_back", "cho-nop": "except"}

// acts are the forms beside the report.
func (p *reportPage) acts(s *Door, f periods.File, x again) {
	form := func(id string, day bool) act {
		title := p.T("period.act." + actKeys[id])
		a := act{ID: id, Title: title, Text: p.T("period.act." + actKeys[id] + "_text"), Action: p.Root + "/" + id, Button: title, Version: f.Version}
		typed := again{}
		if x.which == id {
			typed, a.Open = x, true
		}
		a.Fields = p.Take(view.Field{Name: "reason", Label: p.T("period.field.reason"), Value: typed.reason, Max: period.MaxReason, Required: true})
		if day {
			a.Fields = append(a.Fields, p.Take(view.Field{Name: "until", Type: "date", Label: p.T("period.field.until"), Value: typed.until, Shape: p.T("form.date_shape"), Required: true})...)
		}
		return a
	}
	if f.Accepts() {
		p.Pick, p.Batch = periods.Pick(f.Report), root+"/"+string(f.Form)+"/"+f.Period.String()+"/nhan"
	}
	if f.Adds() {
		p.Acts = append(p.Acts, form("bo-sung", false))
	}
	if f.Returns() {
		p.Acts = append(p.Acts, form("tra-lai", true))
	}
	if f.Excepts() {
		p.Acts = append(p.Acts, form("cho-nop", true))
	}
	if f.Above && f.Gate.Exception != nil {
		p.End = p.Root + "/het-phep"
	}
}
