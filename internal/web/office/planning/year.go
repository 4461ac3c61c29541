package planning

import (
	"fmt"
	"html/template"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/internal/yearplan"
)

// yearPage is the year of a province, commune by commune.
type yearPage struct {
	view.Base
	Number          int
	Prev, Next      view.NavItem
	Figures         []yearFigure
	Months          []yearMonth
	HasUnits, Cut   bool
	Bare, More      []yearRow // communes without an event: those that have waited longest, and the others
	BareN           int
	Rest            []yearRow // communes with events
	Beside          []yearBar // of the whole province
	Findings        []yearFinding
	Agenda          []agendaMonth // the same by months, for narrow screens
	Map             template.HTML
	Key             []view.ShadeKey
	Creates, Series string
	Paste, Quick    string // where sessions are made; "" for whoever makes none
	Empty           view.Empty
}

// yearFigure is a figure of the year with what the plan asks for.
type yearFigure struct {
	Label, N, Of string
	Href         string
	Under        bool // less than the plan asks for
}

// yearMonth is the head of a column.
type yearMonth struct{ Name, Lunar string }

// yearRow is a commune with its events by month.
type yearRow struct {
	Name, Last string
	Href       string // its events
	N          int
	Code       string
	Months     [12]yearCell
}

// yearCell is a month of a commune.
type yearCell struct {
	Name string
	N    int
	Bars []yearBar
}

// yearBar is an event on the board.
type yearBar struct {
	Href, Day, Title, Class, Sign string
}

// agendaMonth is a month with its events, one a line.
type agendaMonth struct {
	Title string
	Lines []agendaLine
}

type agendaLine struct {
	yearBar
	Where, Days, Lunar string
	Chip               view.Chip
}

// yearFinding is what stands in the way of an event.
type yearFinding struct {
	Href, Open, Title, Text, Why, Class, Icon, Label string
	Other                                            *pick
	Ways                                             []string
}

// eventsRoot is the list of events, new ones below it.
const eventsRoot = "/quan-ly/su-kien"

// bareShown is how many communes without an event stand above the board unfolded.
const bareShown = 8

// yearHref is the page of a year.
func yearHref(number int) string { return view.Query(view.YearRoot, "nam", strconv.Itoa(number)) }

// yearLink leads to a year; nowhere for one that is not planned.
func yearLink(number int) view.NavItem {
	if number < planning.FirstYear || number > planning.LastYear {
		return view.NavItem{}
	}
	return view.NavItem{Href: yearHref(number), Label: strconv.Itoa(number)}
}

// showYear shows the year that the address asks for, this one without it.
func (s *Door) showYear(c *fiber.Ctx) error {
	number, err := strconv.Atoi(s.App.Today()[:4])
	if err != nil {
		return err
	}
	if asked := c.Query("nam"); asked != "" {
		if number, err = strconv.Atoi(asked); err != nil {
			return registry.E(registry.NotFound, "error.not_found")
		}
	}
	board, err := s.App.Planning.Year(c.UserContext(), frame.Actor(c), number)
	if err != nil {
		return err
	}
	held := len(board.Units) - board.Bare()
	p := yearPage{Base: s.OfficePage(c, "year.answer", len(board.Sessions), held, board.Bare()), Number: number}
	p.Prev, p.Next = yearLink(number-1), yearLink(number+1)
	p.Months = yearMonths(p.Base, number)
	p.figures(board)
	for _, u := range board.Units {
		row := p.row(u)
		switch {
		case row.N > 0:
			p.Rest = append(p.Rest, row)
		case len(p.Bare) < bareShown:
			p.Bare = append(p.Bare, row)
		default:
			p.More = append(p.More, row)
		}
	}
	p.HasUnits, p.BareN = len(board.Units)+len(board.Beside) > 0, board.Bare()
	for _, x := range board.Beside {
		p.Beside = append(p.Beside, p.bar(x))
	}
	actor := frame.Actor(c)
	for _, f := range board.Findings {
		p.Findings = append(p.Findings, p.finding(f, actor.Can(registry.ManageEvents, s.App.Areas.Scope(f.Session.Area))))
	}
	p.Cut = board.More
	p.agenda(s, board)
	if p.Map, p.Key, err = s.yearMap(c, p.Base, board); err != nil {
		return err
	}
	if actor.CanSomewhere(registry.ManageEvents) {
		p.Creates, p.Series = eventsRoot+"/moi", root+"/moi"
		p.Paste, p.Quick = view.Query(pasteRoot, "nam", strconv.Itoa(number)), view.Query(quickRoot, "nam", strconv.Itoa(number))
	}
	p.Empty = view.Empty{Icon: "calendar-days", Title: p.T("year.none"), Text: p.T("year.none_text")}
	return s.Render(c, frame.LayoutOffice, "planning/year", p)
}

// yearMonths are the heads of the months, each with the lunar day on which it begins.
func yearMonths(b view.Base, number int) (list []yearMonth) {
	for m := 1; m <= 12; m++ {
		list = append(list, yearMonth{b.T("year.month", m), b.LunarShort(fmt.Sprintf("%d-%02d-01", number, m))})
	}
	return list
}

// figures are what the year comes to, beside what the plan asks for.
func (p *yearPage) figures(b planning.Board) {
	for _, kind := range []registry.EventKind{registry.MarketSession, registry.Fair} {
		f := yearFigure{Label: p.T("year.figure." + string(kind)), N: p.Count(int64(b.Count(kind))), Href: view.Query(eventsRoot, "xem", "tat-ca", "loai", string(kind), "nam", strconv.Itoa(p.Number))}
		if goal := b.Goals[kind]; goal > 0 && b.Whole {
			f.Of, f.Under = p.Count(goal), int64(b.Count(kind)) < goal
		}
		p.Figures = append(p.Figures, f)
	}
	held := len(b.Units) - b.Bare()
	p.Figures = append(p.Figures, yearFigure{Label: p.T("year.figure.communes"), N: p.Count(int64(held)), Of: p.Count(int64(len(b.Units)))},
		yearFigure{Label: p.T("year.figure.booths"), N: p.Count(int64(b.Booths()))},
		yearFigure{Label: p.T("year.figure.findings"), N: p.Count(int64(len(b.Findings))), Href: "#vuong", Under: len(b.Findings) > 0})
}

// row is a commune on the board.
func (p *yearPage) row(u yearplan.Unit) yearRow {
	row := yearRow{Name: u.FullName(), Code: u.Ref.Code, N: len(u.Sessions), Last: p.T("year.never"), Href: view.Query(eventsRoot, "xem", "tat-ca", "xa", u.Ref.Code)}
	if u.Last != "" {
		row.Last = p.T("year.last", vn.ShowDate(u.Last))
	}
	for m := range 12 {
		row.Months[m] = yearCell{Name: row.Name, N: m + 1}
		for _, x := range u.In(p.Number, m+1) {
			row.Months[m].Bars = append(row.Months[m].Bars, p.bar(x))
		}
	}
	return row
}

// bar is an event on the board: what it is is told by its words, not by its colour alone.
func (p *yearPage) bar(x *yearplan.Session) yearBar {
	bar := yearBar{Href: view.EventRoot(x.ID), Day: x.OpensOn[8:], Class: "plan",
		Title: view.SaidLine(x.Title, vn.ShowRange(x.OpensOn, x.ClosesOn), p.LunarRange(x.OpensOn, x.ClosesOn), p.StateChip(x.State).Label)}
	if x.PublishedAt > 0 {
		bar.Class = "known"
	}
	if x.Gravest != "" {
		bar.Class += " " + string(x.Gravest)
		bar.Sign, bar.Title = "!", view.SaidLine(bar.Title, p.T("year.severity."+string(x.Gravest)))
	}
	return bar
}

// finding says what stands in the way, on what it rests and which days would do.
func (p *yearPage) finding(f yearplan.Finding, manages bool) yearFinding {
	x := yearFinding{Href: view.EventRoot(f.Session.ID), Open: p.T("year.see"), Class: string(f.Severity), Icon: "triangle-alert", Label: p.T("year.severity." + string(f.Severity)),
		Title: view.SaidLine(f.Session.Title, vn.ShowRange(f.Session.OpensOn, f.Session.ClosesOn)), Text: p.T("year.finding." + string(f.Kind)), Why: p.T("year.why." + string(f.Kind))}
	if manages {
		x.Href, x.Open = x.Href+"/sua", p.T("year.open")
	}
	if f.Severity == yearplan.MustMend {
		x.Icon = "octagon-x"
	}
	if f.Other != nil {
		x.Other = &pick{view.EventRoot(f.Other.ID), view.SaidLine(f.Other.Title, vn.ShowRange(f.Other.OpensOn, f.Other.ClosesOn)), ""}
	}
	if f.Kind == yearplan.FilingLate {
		x.Why = p.T("year.why.filing", vn.ShowDate(f.Until), f.Rule.Basis, vn.ShowDate(f.Rule.From))
	}
	for _, day := range f.Ways {
		x.Ways = append(x.Ways, p.T("year.way", vn.WeekdayShort(day, p.Lang), vn.ShowDate(day), p.LunarShort(day)))
	}
	return x
}

// agenda lists the events of each month.
func (p *yearPage) agenda(s *Door, b planning.Board) {
	for m := 1; m <= 12; m++ {
		month := agendaMonth{}
		for _, x := range b.Sessions {
			if yearplan.MonthOf(x, p.Number) == m {
				month.Lines = append(month.Lines, agendaLine{yearBar: p.bar(x), Where: s.WhereLine(x.Event), Days: vn.ShowRange(x.OpensOn, x.ClosesOn),
					Lunar: p.LunarRange(x.OpensOn, x.ClosesOn), Chip: p.StateChip(x.State)})
				month.Lines[len(month.Lines)-1].Title = x.Title
			}
		}
		if len(month.Lines) > 0 {
			month.Title = p.T("year.month_n", m, p.Number, len(month.Lines))
			p.Agenda = append(p.Agenda, month)
		}
	}
}

// yearShades are the least events of each shade of the map.
var yearShades = view.Shades{1, 2, 3, 5}

// yearMap draws the communes by how many events each has; nothing for whoever does not see all.
func (s *Door) yearMap(c *fiber.Ctx, b view.Base, board planning.Board) (template.HTML, []view.ShadeKey, error) {
	if !board.Whole {
		return "", nil, nil
	}
	counts := map[string]int{}
	for _, u := range board.Units {
		counts[u.Ref.Code] = len(u.Sessions)
	}
	communes, box, err := s.App.Events.OnMap(c.UserContext(), counts)
	if err != nil || len(communes) == 0 {
		return "", nil, err
	}
	var shapes []view.MapShape
	for _, x := range communes {
		shapes = append(shapes, view.MapShape{Class: yearShades.Class(int64(x.N)), Path: x.Outline.Path, Title: b.T("year.commune_n", x.Area.FullName(), x.N)})
	}
	return view.DrawMap(box, shapes), yearShades.Key(b.T("year.from_n", yearShades[len(yearShades)-1])), nil
}
