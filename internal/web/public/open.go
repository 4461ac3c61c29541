package public

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/openfigures"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// openRoot is the page of open figures.
const openRoot = "/so-lieu"

// How many lines of a table the page shows before it folds, or leaves them to the files.
const (
	openCommunesShown  = 15
	openEventsUnfolded = 10
	openEventsShown    = 40
)

// openStyles are those of the page of open figures.
var openStyles = []string{"css/open.css"}

// openPage is what closed reports tell, by month or year, way of counting, commune and event.
type openPage struct {
	view.Base
	Heading   string
	Lead      string
	Waiting   string // events whose reports are not closed
	Years     []view.FilterLink
	Whole     string // address without the commune
	Files     []view.FilterLink
	Tiles     []view.DeskTile
	Chart     template.HTML
	ByWhen    string // what the chart is by
	When      []openLine
	Band      template.HTML
	Methods   []openMethod
	Communes  []openLine
	Folded    []openLine // communes folded away
	Events    []openLine
	Earlier   []openLine        // events folded away
	EventsOf  string            // how many of them are shown
	How       []string          // the figures come about
	Addresses []view.FilterLink // of the files, for ever
	Fields    []openField
	Empty     view.Empty // in the place of all, where nothing was held
}

// openLine is a line of a table: an event, a commune, a month or a year.
type openLine struct {
	Href, Label, Note string
	Events, Visits    string
	Sales             string
	Share             int    // of 100, beside the most visits
	Lang              string // of the label, where it is not that of the page
}

// openMethod is the visits counted one way.
type openMethod struct{ Class, Label, N, Share string }

// openField is a column of the files and what it means.
type openField struct{ Key, Label, Means string }

// everAsked is the year of an address that asks for all years.
const everAsked = "tat-ca"

// openQuery reads what of the figures is asked for: nam is a year or tat-ca, dia-ban a
// commune of today. What makes no sense is said on the page, and refused for a file, which
// cannot say it.
func (s *Door) openQuery(c *fiber.Ctx) (q openfigures.Query) {
	commune := frame.TodaysUnit(c.Query("dia-ban"))
	q.Commune = frame.AskedIf(c, "dia-ban", commune.IsCommune() && s.KnownArea(commune.Code))
	if year := c.Query("nam"); year != everAsked {
		q.Year = frame.AskedIf(c, "nam", isMonth(year+"-01"))
	}
	return q
}

// openHref is the address of a file of open figures.
func openHref(path string, q openfigures.Query) string {
	return view.Query(path, "nam", q.Year, "dia-ban", q.Commune)
}

// openPageHref is the address of their page, which without a year or a commune is that of the
// latest year.
func openPageHref(q openfigures.Query) string {
	if q.Year == "" && q.Commune == "" {
		q.Year = everAsked
	}
	return openHref(openRoot, q)
}

// showOpen shows open figures: of the latest year, of another, of all, of a commune.
func (s *Door) showOpen(c *fiber.Ctx) error {
	q := s.openQuery(c)
	q.Latest = q.Year == "" && q.Commune == "" && c.Query("nam") != everAsked
	f, err := s.App.OpenFigures.Open(c.UserContext(), q)
	if err != nil {
		return err
	}
	p := openPage{Base: s.PublicNav(c, s.Page(c, "open.title"))}
	p.OwnStyles, p.Description = openStyles, p.T("open.description")
	if len(f.Years) == 0 {
		p.Empty = view.Empty{Icon: "chart-column", Title: p.T("open.none"), Text: p.T("open.none_text"), Href: "/su-kien", Action: p.T("nav.events")}
		return s.Render(c, frame.LayoutPublic, "public/open", p)
	}
	p.fillHead(f)
	p.fillTiles(f)
	p.fillWhen(f)
	p.fillMethods(f)
	p.fillCommunes(f)
	p.fillEvents(f)
	p.How, p.Fields, p.Linked = openHow(p.Base), openFieldsOf(p.Base), s.dataset(p.Base, f)
	for _, file := range openFiles {
		p.Addresses = append(p.Addresses, view.FilterLink{Href: file.path, Label: p.T(file.label)})
	}
	p.Addresses = append(p.Addresses, view.FilterLink{Href: openRoot + "/danh-muc.jsonld", Label: p.T("open.file.catalogue")})
	return s.Render(c, frame.LayoutPublic, "public/open", p)
}

// fillHead says in one line what was asked for comes to, and where else to go.
func (p *openPage) fillHead(f openfigures.Figures) {
	scope := p.T("open.ever")
	switch year, commune := f.Query.Year, f.Commune.FullName(); {
	case f.Query.Commune != "" && year != "":
		scope = p.T("open.year_of", commune, year)
	case f.Query.Commune != "":
		scope = p.T("open.ever_of", commune)
	case year != "":
		scope = p.T("open.year", year)
	}
	if f.Query.Commune != "" {
		p.Whole = openPageHref(openfigures.Query{Year: f.Query.Year})
	}
	p.Heading = p.T("open.heading", scope, p.held(f.Total), p.Count(f.Total["visits"]))
	p.Title = p.Heading
	p.Lead = p.T("open.lead", vn.ShowDate(f.Today))
	if n := f.Total["events"] - f.Total["events_reported"]; n > 0 {
		p.Waiting = p.T("open.waiting", p.Count(n))
	}
	for _, year := range f.Years[:min(len(f.Years), 6)] {
		p.Years = append(p.Years, view.FilterLink{Href: openPageHref(openfigures.Query{Year: year, Commune: f.Query.Commune}), Label: year, Current: year == f.Query.Year})
	}
	p.Years = append(p.Years, view.FilterLink{Href: openPageHref(openfigures.Query{Commune: f.Query.Commune}), Label: p.T("open.ever"), Current: f.Query.Year == ""})
	for _, file := range []struct{ path, label string }{{openRoot + ".csv", "CSV"}, {openRoot + ".json", "JSON"}} {
		p.Files = append(p.Files, view.FilterLink{Href: openHref(file.path, f.Query), Label: file.label})
	}
}

// fillTiles shows the totals.
func (p *openPage) fillTiles(f openfigures.Figures) {
	t := f.Total
	tile := func(n, label, note string) { p.Tiles = append(p.Tiles, view.DeskTile{N: n, Label: label, Note: note}) }
	if t["market_sessions"] > 0 {
		tile(p.Count(t["market_sessions"]), p.T("open.tile.sessions"), "")
	}
	if t["fairs"] > 0 {
		tile(p.Count(t["fairs"]), p.T("open.tile.fairs"), "")
	}
	tile(p.Count(t["booths"]), p.T("open.tile.booths"), p.T("open.tile.vendors", p.Count(t["vendors"])))
	if n := len(f.CommunesHeld()); f.Communes > 0 && f.Query.Commune == "" {
		tile(p.T("open.tile.of", n, f.Communes), p.T("open.tile.communes"), "")
	}
	if dong, told := t["sales_dong"]; told {
		tile(p.Dong(dong), p.T("open.tile.sales"), p.T("open.tile.filed", p.Count(t["sales_filed"]), p.Count(t["events_with_sales"])))
	}
}

// sales is a sum of sales, or that it is not told.
func (p *openPage) sales(sum openfigures.Sum) string {
	if dong, told := sum["sales_dong"]; told {
		return p.Dong(dong)
	}
	return "–"
}

// line is a line of sums.
func (p *openPage) line(label string, sum openfigures.Sum, most int64) openLine {
	l := openLine{Label: label, Events: p.Count(sum["events"]), Visits: p.Count(sum["visits"]), Sales: p.sales(sum)}
	if sum["events_reported"] == 0 {
		l.Visits = "–"
	}
	if most > 0 {
		l.Share = int(100 * sum["visits"] / most)
	}
	return l
}

// fillWhen draws the visits of each month of the year, or of each year.
func (p *openPage) fillWhen(f openfigures.Figures) {
	groups := f.ByMonth()
	if p.ByWhen = "month"; f.Query.Year == "" {
		groups, p.ByWhen = f.ByYear(), "year"
	}
	var bars []view.ChartBar
	for i := range groups {
		g := groups[i]
		if f.Query.Year == "" {
			g = groups[len(groups)-1-i] // a chart runs from left to right
		}
		bar := view.ChartBar{Label: g.Name}
		for _, m := range registry.CountMethods {
			bar.Parts = append(bar.Parts, view.ChartPart{Class: view.MethodClass(m), Value: int(g.Total[openfigures.VisitsBy(m)])})
		}
		bars = append(bars, bar)
		if len(groups[i].Events) > 0 {
			label := groups[i].Name
			if p.ByWhen == "month" {
				label = p.T("open.month", label)
			}
			line := p.line(label, groups[i].Total, 0)
			if p.ByWhen == "year" {
				line.Href = openPageHref(openfigures.Query{Year: groups[i].Name, Commune: f.Query.Commune})
			}
			p.When = append(p.When, line)
		}
	}
	p.Chart = p.BarChart(p.T("open.chart."+p.ByWhen), bars)
}

// fillMethods shows how the visits were counted.
func (p *openPage) fillMethods(f openfigures.Figures) {
	var parts []view.ChartPart
	total := f.Total["visits"]
	for _, m := range registry.CountMethods {
		n := f.Total[openfigures.VisitsBy(m)]
		if n == 0 {
			continue
		}
		parts = append(parts, view.ChartPart{Class: view.MethodClass(m), Value: int(n)})
		p.Methods = append(p.Methods, openMethod{Class: view.MethodClass(m), Label: p.T("open.method." + string(m)), N: p.Count(n),
			Share: p.T("open.percent", (200*n+total)/(2*total))})
	}
	p.Band = view.BandChart(p.T("open.chart.methods"), parts)
}

// fillCommunes lists the communes of today, most events first.
func (p *openPage) fillCommunes(f openfigures.Figures) {
	if f.Query.Commune != "" {
		return
	}
	groups, most := f.ByCommune(), int64(0)
	for _, g := range groups {
		most = max(most, g.Total["visits"])
	}
	for i, g := range groups {
		label := g.Name
		if g.Key == "" {
			label = p.T("open.no_commune")
		}
		line := p.line(label, g.Total, most)
		if g.Key != "" {
			line.Lang = p.Foreign()
			line.Href = openPageHref(openfigures.Query{Year: f.Query.Year, Commune: g.Key})
		}
		if i < openCommunesShown || len(groups) <= openCommunesShown+2 { // a fold for one or two is none
			p.Communes = append(p.Communes, line)
		} else {
			p.Folded = append(p.Folded, line)
		}
	}
}

// fillEvents lists the events, the latest first.
func (p *openPage) fillEvents(f openfigures.Figures) {
	shown := f.Events[:min(len(f.Events), openEventsShown)]
	for _, e := range shown {
		line := p.line(e.Title, e.OpenSum, 0)
		line.Href, line.Note = view.EventHref(e.Slug), vn.ShowRange(e.OpensOn, e.ClosesOn)
		if e.ReportedOn == "" {
			line.Visits = p.T("open.not_reported")
		}
		p.Events = append(p.Events, line)
	}
	if len(shown) > openEventsUnfolded+2 {
		p.Events, p.Earlier = p.Events[:openEventsUnfolded], p.Events[openEventsUnfolded:]
	}
	if len(shown) < len(f.Events) {
		p.EventsOf = p.T("open.events_of", len(shown), p.Count(int64(len(f.Events))))
	}
}

// held says how many sessions and fairs there were.
func (p *openPage) held(sum openfigures.Sum) string {
	sessions, fairs := p.T("open.sessions", int(sum["market_sessions"])), p.T("open.fairs", int(sum["fairs"]))
	switch {
	case sum["fairs"] == 0:
		return sessions
	case sum["market_sessions"] == 0:
		return fairs
	}
	return sessions + ", " + fairs
}

// openFieldsOf explains the columns of the files.
func openFieldsOf(b view.Base) (fields []openField) {
	for _, f := range openfigures.Fields {
		fields = append(fields, openField{string(f), b.T("open.field." + string(f)), b.T("open.means." + string(f))})
	}
	return fields
}
