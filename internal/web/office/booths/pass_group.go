package booths

import (
	"fmt"
	"strings"
	"time"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// passGroup is the passes of a booth as the list shows them.
type passGroup struct {
	Code    string // of the booth
	Name    string // whose they are
	What    string // "1 thẻ gian, 2 người"
	State   view.Chip
	Quiet   string // state without a chip
	Lines   []passLine
	Notes   []string // why passes of it are new
	Open    bool
	Print   int               // passes in force
	IDs     []registry.PassID // of a group without a booth, which has no filter of its own
	Pressed string            // what its button says to those who do not see where it stands
}

// groups shows the passes of the page, one of them with the form that was sent.
func (p *passesPage) groups(sent stepForm, alarms map[registry.PassID]bool) {
	few := p.Query != (passQuery{}) && len(p.PassBook.Groups) <= 4
	shown := false // a group with changes is open
	for i := range p.PassBook.Groups {
		g := &p.PassBook.Groups[i]
		view := p.group(g)
		view.Open = few || len(g.Changes) > 0 && !shown
		shown = shown || view.Open
		for _, r := range frame.ShowPassRows(p.Base, g.Rows) {
			l := p.line(r, alarms)
			if r.ID == sent.Pass {
				l.Open, l.Typed, l.Fault, view.Open = true, sent.Reason, p.PartAt("reason", p.T("pass.reason"), "reason-"+string(r.ID)), true
			}
			view.Lines = append(view.Lines, l)
		}
		p.Groups = append(p.Groups, view)
	}
}

func (p *passesPage) line(r frame.PassRow, alarms map[registry.PassID]bool) passLine {
	l := passLine{PassRow: r, What: p.T("pass.kind." + string(r.Kind)), Alarm: alarms[r.ID], Issued: shortTime(r.IssuedAt)}
	if r.Ordinal > 0 {
		l.What += fmt.Sprintf(" %d/%d", r.Ordinal, r.OrdinalOf)
	}
	if r.Kind == registry.VehiclePass {
		l.What += " · " + r.Label
	}
	if r.PrintedAt > 0 {
		l.Printed = shortTime(r.PrintedAt)
	}
	cut := max(len(r.CodeText)-4, 0)
	l.First, l.Last = strings.TrimSpace(r.CodeText[:cut]), r.CodeText[cut:]
	return l
}

// shortDay is a day without its year.
func shortDay(ms int64) string { return view.ShortDate(vn.DateOf(time.UnixMilli(ms))) }

// shortTime is a day without its year and the time.
func shortTime(ms int64) string {
	return shortDay(ms) + " " + view.ShowClock(ms)
}

// group shows a group without its passes.
func (p *passesPage) group(g *registry.PassGroup) passGroup {
	v := passGroup{Code: g.Code, Name: g.Vendor, Print: g.Count(func(r *registry.PassRow) bool { return r.State == registry.PassValid })}
	if g.Booth == "" {
		v.Name = strings.TrimSuffix(p.T("pass.kind."+string(g.Kind))+" · "+g.Label, " · ")
		if g.Part > 0 {
			v.Name += " · " + p.T("book.part", g.Part)
		}
		for i := range g.Rows {
			if g.Rows[i].State == registry.PassValid {
				v.IDs = append(v.IDs, g.Rows[i].ID)
			}
		}
	}
	v.Pressed = p.T("book.print.group_label", v.Print, strings.TrimPrefix(v.Code+" · "+v.Name, " · "))
	var parts []string
	for _, kind := range registry.PassKinds {
		if n := g.Count(func(r *registry.PassRow) bool { return r.Kind == kind }); n > 0 {
			parts = append(parts, p.T("book.what."+string(kind), n))
		}
	}
	v.What = strings.Join(parts, ", ")
	p.stateOf(g, &v)
	for _, c := range g.Changes {
		v.Notes = append(v.Notes, p.changeText(g, c))
	}
	return v
}

// stateOf says what there is to do with a group: the gravest first.
func (p *passesPage) stateOf(g *registry.PassGroup, v *passGroup) {
	count := func(state registry.PassState) int {
		return g.Count(func(r *registry.PassRow) bool { return r.State == state })
	}
	switch toPrint := g.Count((*registry.PassRow).ToPrint); {
	case toPrint > 0:
		v.State = view.Chip{Class: "wait", Icon: "printer", Label: p.T("book.state.to_print", toPrint)}
	case count(registry.PassBlocked) > 0:
		v.State = view.Chip{Class: "stop", Icon: "lock", Label: p.T("book.state.blocked", count(registry.PassBlocked))}
	case v.Print == 0:
		v.State = view.Chip{Class: "off", Label: p.T("book.state.dead", count(registry.PassRevoked))}
	default:
		v.Quiet = p.T("book.state.printed", shortDay(g.PrintedAt()))
	}
}

// changeText says why passes of a group are to be printed, and what is to be collected.
func (p *passesPage) changeText(g *registry.PassGroup, c registry.PassChange) string {
	why := frame.PassReason(p.Base, c.Reason)
	switch {
	case c.Swapped:
		why = p.T("book.why.swapped", g.Code, c.From)
	case c.From != "":
		why = p.T("book.why.moved", g.Code, c.From)
	case c.Former != "":
		why = p.T("book.why.released", c.Former)
	}
	text := p.T("book.why", c.Passes, view.ShowTime(c.At), why) + " "
	if c.Collect == 0 {
		return text + p.T("book.collect.none")
	}
	return text + p.T("book.collect", c.Collect)
}

// printChoice is something that can be printed, with how much it is.
type printChoice struct {
	Label string
	Much  string
	Paper string // passes.pdf or signs.pdf
	Sheet string
	Asked passQuery
	Href  string // a page instead
}

// choices are the main button and the menu beside it, which ends with everything.
func (p *passesPage) choices() {
	add := func(label string, n int, paper, sheet string, q passQuery) {
		if n == 0 {
			return
		}
		c := printChoice{Label: label, Paper: paper, Sheet: sheet, Asked: q}
		switch {
		case sheet == passes.SheetA4:
			c.Much = p.T("book.sheets_n", n, Sheets(n))
		case paper == passes.PaperPasses:
			c.Much = p.T("book.passes_n", n)
		default:
			c.Much = fmt.Sprint(n)
		}
		p.Menu = append(p.Menu, c)
	}
	all, changed := p.All, passQuery{Unprinted: true}
	if all.ToPrint > 0 {
		key := "book.print.changed"
		if p.Last == 0 {
			key = "book.print.first"
		}
		p.Main = &printChoice{Label: p.T(key, all.ToPrint), Paper: passes.PaperPasses, Sheet: passes.SheetA4, Asked: changed}
	}
	if p.Query != (passQuery{}) && p.Query != changed && p.Found.Passes > 0 {
		add(p.T("book.print.filtered"), p.Found.Live, passes.PaperPasses, passes.SheetA4, p.Query)
	}
	add(p.T("book.print.a6"), all.ToPrint, passes.PaperPasses, passes.SheetA6, changed)
	add(p.T("book.print.vehicles"), all.Vehicles, passes.PaperPasses, passes.SheetA4, passQuery{Kind: registry.VehiclePass})
	add(p.T("book.print.signs"), all.Signs, passes.PaperSigns, "", passQuery{})
	if all.Live > 0 {
		p.Menu = append(p.Menu, printChoice{Label: p.T("book.print.gate_list"), Href: view.EventRoot(p.Event.ID) + "/cong/danh-sach"})
	}
	add(p.T("book.print.a6_all"), all.Live, passes.PaperPasses, passes.SheetA6, passQuery{})
	add(p.T("book.print.all"), all.Live, passes.PaperPasses, passes.SheetA4, passQuery{})
}

// Sheets is how many A4 sheets so many passes take, eight on a sheet.
func Sheets(passes int) int { return (passes + 7) / 8 }

// ListSheets is how many sheets the passes take that the filter leaves.
func (p passesPage) ListSheets() int { return Sheets(p.Found.Live) }

// AskedOf is the filter of the list narrowed to a booth.
func (p passesPage) AskedOf(booth string) passQuery {
	q := p.Query
	q.Booth = booth
	return q
}

// CodeText groups a code for reading.
func (p passesPage) CodeText(code string) string { return passes.ShowPassCode(code) }
