package periods

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/seriespaper"
	"hoicho/internal/period"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// seriesRoot is the paper of a series of sessions.
const seriesRoot = view.SeriesRoot + "/:series" + view.SeriesPaper

// seriesRoutes are the pages of the paper of a series.
func (s *Door) seriesRoutes() []frame.Route {
	reads, manages := frame.Office(registry.ViewFigures), frame.Office(registry.ManageEvents)
	return []frame.Route{
		frame.Get(seriesRoot, reads, s.showSeries),
		frame.Get(seriesRoot+"/sua", manages, s.editSeriesCover),
		frame.Post(seriesRoot+"/sua", manages, s.saveSeriesCover),
		frame.Get(seriesRoot+"/tep/:form", reads, s.seriesFile),
		frame.Get(seriesRoot+"/so/:figure", reads, s.showSeriesFigure),
	}
}

func seriesParam(c *fiber.Ctx) recurrence.SeriesID { return recurrence.SeriesID(c.Params("series")) }

// showSeries shows what a series came to, as it will be printed.
func (s *Door) showSeries(c *fiber.Ctx) error {
	id := seriesParam(c)
	paper, err := s.App.SeriesPaper.Paper(c.UserContext(), frame.Actor(c), id, frame.Lang(c))
	if err != nil {
		return err
	}
	own := view.SeriesHref(string(id)) + view.SeriesPaper
	p := paperPage{Base: s.OfficePage(c, "series.title"), Doc: paper.Document(frame.Lang(c)), Result: 1, At: seriesAt(own)}
	p.Head, p.Text = p.Doc.Letterhead(), p.T("series.page_text")
	p.Crumb = seriesCrumb(p.Base, frame.Actor(c), paper, view.SeriesHref(string(id)))
	p.Chip = view.Chip{Class: "wait", Icon: "pencil", Label: p.T("series.page_draft")}
	if !paper.Draft() {
		p.Chip = view.Chip{Class: "go", Icon: "circle-check", Label: p.T("series.page_final")}
	}
	if paper.Cover.Signed() && !paper.Draft() {
		p.Chip.Label = p.T("paper.page_signed", paper.Cover.Number, vn.ShowDate(paper.Cover.SignedOn))
	}
	reported, all := paper.Figure("sessions_reported"), paper.Figure("sessions")
	p.Said = view.SaidLine(paper.Title, p.T("series.said", reported.N, all.N))
	p.Empty = emptyFields(p.Base, paper)
	p.files(own, "")
	p.templates(own, "", paper.Filled, paper.Owners.Writes())
	if paper.Writes {
		p.Edit = view.NavItem{Href: own + "/sua", Label: p.T("paper.unit_edit")}
	}
	return s.Render(c, frame.LayoutOffice, "periods/paper", p)
}

// seriesCrumb is the way back: to the series for whoever sees it, else to the list of events.
func seriesCrumb(b view.Base, actor registry.Actor, paper seriespaper.Paper, series string) view.NavItem {
	if actor.CanSomewhere(registry.ViewOffice) {
		return view.NavItem{Href: series, Label: paper.Pattern.Title}
	}
	return view.NavItem{Href: "/quan-ly/su-kien", Label: b.T("series.events")}
}

// seriesAt tells where the rows of a figure are, and the report of a session.
func seriesAt(own string) func(ref string) string {
	return func(ref string) string {
		if event, is := seriespaper.SessionOf(ref); is {
			return view.EventRoot(event) + view.EventReport
		}
		if ref == "" {
			return ""
		}
		return own + "/so/" + ref
	}
}

// emptyFields says what the cover of a paper leaves open; "" where it is whole.
func emptyFields(b view.Base, paper seriespaper.Paper) string {
	var names []string
	for _, name := range paper.Empty() {
		names = append(names, b.T("series.blank."+name))
	}
	if len(names) == 0 {
		return ""
	}
	return b.T("series.empty", strings.Join(names, ", "))
}

// seriesFile sends the paper of a series as a file.
func (s *Door) seriesFile(c *fiber.Ctx) error {
	f, err := s.App.SeriesPaper.File(c.UserContext(), frame.Actor(c), seriesParam(c), c.Params("form"), frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

func (s *Door) editSeriesCover(c *fiber.Ctx) error { return s.seriesCoverForm(c, nil, nil) }

// seriesCoverForm shows the form of what stands around the paper of a series, as it was sent where
// that was refused.
func (s *Door) seriesCoverForm(c *fiber.Ctx, sent *periods.HeadInput, fault error) error {
	id := seriesParam(c)
	paper, err := s.App.SeriesPaper.Paper(c.UserContext(), frame.Actor(c), id, frame.Lang(c))
	if err == nil && !paper.Writes {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	own := view.SeriesHref(string(id)) + view.SeriesPaper
	p := coverPage{Base: s.OfficePage(c, "paper.unit_edit"), Back: own, Action: own + "/sua", Version: paper.Cover.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Kicker, p.Text = view.SaidLine(p.T("series.title"), paper.Title), p.T("series.edit_text")
	p.fillHead(paper.Cover, sent, fault)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/cover", p)
}

// saveSeriesCover stores what stands around the paper of a series.
func (s *Door) saveSeriesCover(c *fiber.Ctx) error {
	id := seriesParam(c)
	save := func(in periods.HeadInput) error {
		return s.App.SeriesPaper.SaveCover(c.UserContext(), frame.Actor(c), id, in)
	}
	again := func(in *periods.HeadInput, err error) error { return s.seriesCoverForm(c, in, err) }
	return saveHead(c, save, again, view.SeriesHref(string(id))+view.SeriesPaper)
}

// seriesFigurePage is a figure of a series, session by session.
type seriesFigurePage struct {
	figurePage
	Note      string
	OwnColumn string // what Units are
}

func (s *Door) showSeriesFigure(c *fiber.Ctx) error {
	id := seriesParam(c)
	o, err := s.App.SeriesPaper.Open(c.UserContext(), frame.Actor(c), id, seriespaper.FigureKey(c.Params("figure")), frame.Lang(c))
	if err != nil {
		return err
	}
	p := seriesFigurePage{figurePage: figurePage{rowsPage: rowsPage{Base: s.OfficePage(c, "paper.figure_title", o.Label), Back: view.SeriesHref(string(id)) + view.SeriesPaper, Column: o.Label}}}
	p.Kicker, p.OwnColumn, p.Note = view.SaidLine(p.T("series.title"), o.Title), p.T("series.col.session"), p.T("series.figure_text")
	p.Heading = p.T("series.figure_heading", o.Label, seriesN(o, o.Figure.N, o.Figure.Told), o.Figure.Of)
	for _, v := range o.People {
		if o.Vendors {
			p.Units = append(p.Units, unitLine{"/quan-ly/co-so/" + string(v.ID), v.Name, "", vn.Count(v.Sessions)})
		}
	}
	if o.Vendors {
		p.Column, p.OwnColumn, p.Note = p.T("series.col.sessions_of"), p.T("report.col.vendor"), p.T("series.note.vendors_distinct")
	} else {
		for _, session := range o.Sessions {
			p.Units = append(p.Units, p.session(o, session))
		}
	}
	for _, l := range o.Lines {
		p.Lines = append(p.Lines, rowLine{rowHref(o.Reader, l), l.Label, p.T("period.source." + l.Source), vn.ShowDate(l.Day), seriesN(o, l.Adds[period.Code(o.Figure.Key)], true)})
	}
	p.Empty = view.Empty{Icon: "list", Title: p.T("series.no_sessions")}
	return s.Render(c, frame.LayoutOffice, "periods/series_figure", p)
}

// session is what a session tells of a figure, with a way to its rows.
func (p *seriesFigurePage) session(o seriespaper.Opened, s *seriespaper.Session) unitLine {
	at := view.EventRoot(s.Event)
	line := unitLine{at + view.EventReport, s.Name(), p.T("series.standing." + string(s.Standing)), p.T("series.standing." + string(s.Standing))}
	if o.Counts {
		line.Note = s.Reason
		return line
	}
	n, told := s.N(o.Figure.Key)
	switch line.N = seriesN(o, n, told); {
	case o.OfEvent:
		line.Href = at + view.EventReport + "?so=" + string(o.Figure.Key)
	case o.Costs:
		line.Href = at + "/kinh-phi"
	}
	return line
}

// seriesN is a number of a figure as people read it.
func seriesN(o seriespaper.Opened, n int64, told bool) string {
	switch {
	case !told:
		return "–"
	case o.Money:
		return vn.Dong(n)
	}
	return vn.Count(n)
}
