package events

import (
	"mime"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// reportPage is the result report of an event.
type reportPage struct {
	view.Base
	reports.EventReport
	view.Form
	Head        frame.EventHead
	Root        string
	EventRoot   string
	ClosedAt    string
	Later       int
	Tiles       []view.DeskTile
	Doubts      []reports.DoubtLine
	Doc         reports.Document
	Letterhead  reports.Letterhead
	FiguresName string // of the table of figures in Doc
	Fields      []view.Field
	Signing     []view.Field
	Filling     bool // the form of the paper is at fault and stands open
	Version     int64
	Stale       *view.Stale
	Early       view.Empty
	Added       []addedPaper // closed addenda
	Opened      string       // when the addendum was opened that is open
	Template    string       // the page of its template
	InTemplate  string       // the report in it
	Series      string       // the paper of the series that the event is a session of; "" for none
}

// addedPaper is a closed addendum with the query that names it in the addresses of
// its files.
type addedPaper struct{ Label, Query string }

// reportForm is what stands around the figures of a report.
type reportForm struct {
	Style       string `form:"style"`
	Authority   string `form:"authority"`
	Issuer      string `form:"issuer"`
	Number      string `form:"number"`
	Place       string `form:"place"`
	SignedOn    string `form:"signed_on"`
	Assessment  string `form:"assessment" lines:"many"`
	Recipients  string `form:"recipients" lines:"many"`
	SignerTitle string `form:"signer_title"`
	SignerName  string `form:"signer_name"`
	Version     int64  `form:"version"`
	Over        int64  `form:"over"`
}

func reportFormOf(r reports.EventReport) reportForm {
	p := r.Result.Paper
	f := reportForm{Version: r.Stored.Version, Style: string(p.Style), Authority: p.Authority, Issuer: p.Issuer, Number: p.Number, Place: p.Place, Assessment: p.Assessment,
		Recipients: p.Recipients, SignerTitle: p.SignerTitle, SignerName: p.SignerName}
	if p.SignedOn != "" {
		f.SignedOn = vn.ShowDate(p.SignedOn)
	}
	return f
}

func (f reportForm) fields(b view.Base) (fields []view.Field) {
	add := func(name, kind, value string, rows int) {
		field := view.Field{Name: name, Type: kind, Label: b.T("report.field." + name), Value: value, Rows: rows, Shape: b.T("form.date_shape")}
		if name == "number" || rows > 0 {
			field.Hint = b.T("report.hint." + name)
		}
		fields = append(fields, field)
	}
	fields = append(fields, view.PaperStyleField(b, f.Style))
	add("authority", "", f.Authority, 0)
	add("issuer", "", f.Issuer, 0)
	add("number", "", f.Number, 0)
	add("place", "", f.Place, 0)
	add("signed_on", "date", f.SignedOn, 0)
	add("assessment", "textarea", f.Assessment, 6)
	add("recipients", "textarea", f.Recipients, 4)
	add("signer_title", "", f.SignerTitle, 0)
	add("signer_name", "", f.SignerName, 0)
	return fields
}

// signing are the fields of a form that are known only when the paper is signed.
func signing(fields []view.Field) (list []view.Field) {
	for _, f := range fields {
		if f.Name == "number" || f.Name == "signed_on" {
			list = append(list, f)
		}
	}
	return list
}

// showReport shows the result report, or with ?so= the rows behind a figure.
func (s *Door) showReport(c *fiber.Ctx) error {
	r, err := s.App.Reports.EventReport(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	if key := c.Query("so"); key != "" {
		return s.showFigure(c, r, reports.FigureKey(key))
	}
	return s.reportPage(c, fiber.StatusOK, r, reportAnswer{form: reportFormOf(r)})
}

// reportAnswer is what is shown again of a form that was at fault.
type reportAnswer struct {
	form   reportForm
	faults map[string]string
	late   bool // somebody else saved first
}

func (s *Door) reportPage(c *fiber.Ctx, status int, r reports.EventReport, answer reportAnswer) error {
	p := reportPage{Base: s.OfficePage(c, "report.page_title"), EventReport: r, Root: view.EventRoot(r.Event.ID) + view.EventReport, EventRoot: view.EventRoot(r.Event.ID)}
	p.Head, p.Template, p.InTemplate = s.EventHead(c, p.Base, r.Event), p.Root+view.TemplatePath, p.Root+view.TemplatePath+view.FilledPath
	series, err := s.App.SeriesPaper.Of(c.UserContext(), frame.Actor(c), r.Event.ID)
	if err != nil {
		return err
	}
	if series != "" {
		p.Series = view.SeriesHref(string(series)) + view.SeriesPaper
	}
	p.Early = view.Empty{Icon: "clock", Title: p.T("report.early"), Text: p.T("report.early_text")}
	if !r.Begun {
		return s.RenderStatus(c, status, frame.LayoutOffice, "events/report", p)
	}
	p.Doc, p.FiguresName, p.Later = r.Document(p.Lang), p.T("report.sheet.figures"), len(r.Result.Later())
	p.Letterhead = p.Doc.Letterhead()
	if !r.Closed() {
		p.Doubts = r.Doubts(p.Lang)
	}
	p.Tiles = p.tiles()
	if r.Closed() {
		p.ClosedAt = view.ShowInstant(r.Stored.ClosedAt)
	}
	p.addenda()
	p.Form = view.NewForm(&p.Base, answer.faults)
	fields := p.Take(answer.form.fields(p.Base)...)
	p.Fields, p.Signing, p.Version = fields, signing(fields), answer.form.Version
	if r.Stored.Last() != nil && answer.faults == nil {
		p.Signing[0].Value, p.Signing[1].Value = "", "" // those of the report are not the addendum's
	}
	if answer.late {
		p.Stale = view.NewStale(p.Base, r.Stored.Version, p.Root, fields, reportFormOf(r).fields(p.Base))
	}
	p.Filling = p.HasError
	return s.RenderStatus(c, status, frame.LayoutOffice, "events/report", p)
}

// addenda lists the closed addenda, and says when the open one was opened.
func (p *reportPage) addenda() {
	for _, a := range p.Stored.Addenda {
		switch {
		case a.ClosedAt == 0:
			p.Opened = view.ShowInstant(a.OpenedAt)
		case a.Number == "":
			p.Added = append(p.Added, addedPaper{p.T("report.added", a.N), "?bs=" + strconv.Itoa(a.N)})
		default:
			p.Added = append(p.Added, addedPaper{p.T("report.added_number", a.N, a.Number), "?bs=" + strconv.Itoa(a.N)})
		}
	}
}

// reportTiles are the figures that the page begins with.
var reportTiles = []reports.FigureKey{"visits", "vendors", "ocop", "sales_dong"}

func (p *reportPage) tiles() (tiles []view.DeskTile) {
	for _, key := range reportTiles {
		tile := view.DeskTile{Label: p.T("report.figure." + string(key)), N: p.told(key), Href: p.Root + "?so=" + string(key)}
		switch key {
		case "visits":
			tile.Note = p.methods()
		case "vendors":
			tile.Note = p.T("report.tile.vendors", p.told("vendors_in"), p.told("vendors_out"))
		case "ocop":
			tile.Note = p.T("report.tile.ocop", p.told("products"))
		case "sales_dong":
			tile.Note = p.T("report.tile.of", p.told("sales_filed"), p.told("vendors"))
		}
		tiles = append(tiles, tile)
	}
	return tiles
}

// methods says how the visits were counted.
func (p *reportPage) methods() string {
	var parts []string
	for _, m := range registry.CountMethods {
		if n, _ := p.Figure(reports.FigureKey("visits_" + string(m))); n > 0 {
			parts = append(parts, p.T("report.method."+string(m))+" "+vn.Count(n))
		}
	}
	if len(parts) == 0 {
		return p.T("report.method.none")
	}
	return strings.Join(parts, " · ")
}

// told is a figure as people read it.
func (p *reportPage) told(key reports.FigureKey) string {
	n, told := p.Figure(key)
	if !told {
		return "–"
	}
	return vn.Count(n)
}

// reportRowsPage is the rows behind a figure.
type reportRowsPage struct {
	view.Base
	Head    frame.EventHead
	Root    string
	Heading string
	Table   reports.DocumentTable
	N       string
	Empty   view.Empty
}

func (s *Door) showFigure(c *fiber.Ctx, r reports.EventReport, key reports.FigureKey) error {
	p := reportRowsPage{Base: s.OfficePage(c, "report.page_title"), Root: view.EventRoot(r.Event.ID) + view.EventReport}
	table, err := r.Rows(key, p.Lang)
	if err != nil {
		return err
	}
	p.Head, p.Heading, p.N = s.EventHead(c, p.Base, r.Event), table.Caption, strconv.Itoa(len(table.Rows))
	p.Table, p.Table.Caption = table, ""
	p.Empty = view.Empty{Icon: "list", Title: p.T("report.no_rows")}
	return s.Render(c, frame.LayoutOffice, "events/report_rows", p)
}

// reportFile sends the report as a file, or with ?bs= an addendum to it.
func (s *Door) reportFile(c *fiber.Ctx) error {
	asked := reports.FileAsked{Form: c.Params("form"), Lang: frame.Lang(c)}
	if n := c.Query("bs"); n != "" {
		var err error
		if asked.Addendum, err = strconv.Atoi(n); err != nil || asked.Addendum < 1 {
			return registry.E(registry.NotFound, "error.not_found")
		}
	}
	f, err := s.App.Reports.ReportFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), asked)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	return c.Send(f.Data)
}

// saveReportPaper stores what stands around the figures.
func (s *Door) saveReportPaper(c *fiber.Ctx) error {
	var form reportForm
	if err := frame.Bind(c, &form); err != nil {
		return s.answerReport(c, err, reportSent{&form, true}, "")
	}
	id := frame.EventParam(c)
	err := s.App.Reports.SaveReportPaper(c.UserContext(), frame.Actor(c), id, reports.ReportPaperInput{Version: view.ReadAt(form.Version, form.Over), ResultPaper: registry.ResultPaper{
		Style: registry.PaperStyle(form.Style), Authority: form.Authority, Issuer: form.Issuer, Number: form.Number, Place: form.Place, SignedOn: form.SignedOn,
		Assessment: form.Assessment, Recipients: form.Recipients, SignerTitle: form.SignerTitle, SignerName: form.SignerName}})
	return s.answerReport(c, err, reportSent{&form, true}, "report.flash.saved")
}

// numberReport enters number and date of a closed report.
func (s *Door) numberReport(c *fiber.Ctx) error {
	var form reportForm
	if err := frame.Bind(c, &form); err != nil {
		return s.answerReport(c, err, reportSent{&form, false}, "")
	}
	err := s.App.Reports.NumberReport(c.UserContext(), frame.Actor(c), frame.EventParam(c), form.Number, form.SignedOn)
	return s.answerReport(c, err, reportSent{&form, false}, "report.flash.numbered")
}

// closeReport closes the event: its figures are kept from now on.
func (s *Door) closeReport(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.answerReport(c, err, reportSent{}, "")
	}
	err := s.App.Lifecycle.StepEvent(c.UserContext(), frame.Actor(c), frame.EventParam(c), lifecycle.StepInput{To: registry.Reported, Version: form.Version})
	return s.answerReport(c, err, reportSent{}, "report.flash.closed")
}

// reportSent is what was sent from the page of a report.
type reportSent struct {
	form     *reportForm // nil: none, the button that closes it
	compares bool        // with what somebody else has saved first
}

// answerReport goes back to the report, or shows it with what is wrong.
func (s *Door) answerReport(c *fiber.Ctx, err error, sent reportSent, done string) error {
	if err == nil {
		frame.Flash(c, done)
		return c.Redirect(view.EventRoot(frame.EventParam(c))+view.EventReport, fiber.StatusSeeOther)
	}
	texts, ok := view.FaultTexts(s.Page(c, "report.page_title"), err)
	if !ok {
		return err
	}
	r, readErr := s.App.Reports.EventReport(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if readErr != nil {
		return readErr
	}
	form := reportFormOf(r)
	if sent.form != nil {
		form = *sent.form
	}
	return s.reportPage(c, frame.FaultStatus(c, err), r, reportAnswer{form, texts, sent.compares && view.IsStale(err)})
}
