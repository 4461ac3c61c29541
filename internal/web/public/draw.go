package public

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/draw"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// drawPage is a draw of an event's booths as anybody checks it.
type drawPage struct {
	view.Base
	appdraw.View
	List    draw.List
	Heading string
	Lead    string
	Chip    view.Chip
	Checks  []drawCheck
	Turns   []view.FilterLink // all draws, where there are several
	Said    []string          // notes on the draw
	Mended  []string          // what was put right
	Opened  string            // what a stopped draw tells of its secret
	Log     string            // address of the log
	Logs    string            // of all draws as JSON, for the script: id, href
	Texts   string            // sentences of the script as JSON
}

// drawCheck is one of the five checks as the server has computed it.
type drawCheck struct {
	Name, Title, Said string
	Codes             []string
	Class             string // "" is right, bad, wait
	Chip              view.Chip
}

// drawStyles are those of the page of a draw.
var drawStyles = []string{"css/draw.css"}

// showDraw shows the latest draw of an event, or the one of ?luot=.
func (s *Door) showDraw(c *fiber.Ctx) error {
	n, err := strconv.Atoi(c.Query("luot"))
	frame.AskedIf(c, "luot", err == nil && n > 0)
	v, err := s.App.Draws.Public(c.UserContext(), frame.Actor(c), c.Params("slug"), max(n, 0))
	if err != nil {
		return err
	}
	p := drawPage{Base: s.PublicNav(c, s.Page(c, "draw.title", v.Event.Title)), View: v}
	p.OwnStyles, p.Description = drawStyles, p.T("draw.public.description", v.Event.Title)
	p.Heading, p.Lead, p.Texts = p.T("draw.public.none"), p.T("draw.public.none_lead"), drawTexts(p.Base)
	if v.Shown != nil {
		p.fill()
	}
	return s.Render(c, frame.LayoutPublic, "public/draw", &p)
}

// fill says what the page knows of its draw.
func (p *drawPage) fill() {
	r := p.Shown
	p.List = r.List()
	p.Log = view.DrawLogHref(p.Event.Slug, r.N)
	p.Chip = view.Chip{Label: p.T("draw.state." + string(r.State)), Class: map[draw.State]string{draw.Locked: "wait", draw.Revealed: "go", draw.Void: "stop"}[r.State]}
	switch {
	case r.State == draw.Locked:
		p.Heading, p.Lead = p.T("draw.public.locked", len(p.List.Entries), len(p.List.Booths)), p.T("draw.public.locked_lead", view.ShowTime(r.LockedAt))
	case r.State == draw.Void:
		p.Heading, p.Lead = p.T("draw.desk.void", r.N), p.T("draw.desk.void_lead", view.ShowTime(r.EndedAt), r.Reason)
		p.Opened = p.T(view.DrawVoidKey(r.Log))
	case p.Report.OK():
		p.Heading, p.Lead = p.T("draw.verdict.good", len(r.Log.Result)), p.T("draw.public.good_lead")
	default:
		p.Heading, p.Lead = p.T("draw.verdict.bad", p.Report.Bad()), p.T("draw.public.bad_lead")
	}
	for _, f := range p.Report.Findings {
		p.Checks = append(p.Checks, p.check(f))
	}
	p.Said, p.Mended = view.DrawNotes(p.Base, p.Notes), view.DrawMends(p.Base, r.Log)
	logs := []map[string]string{}
	for _, x := range append([]draw.Record{*r}, p.Others...) {
		logs = append(logs, map[string]string{"id": string(x.ID), "href": view.DrawLogHref(p.Event.Slug, x.N)})
		p.Turns = append(p.Turns, view.FilterLink{Href: view.DrawHref(p.Event.Slug) + "?luot=" + strconv.Itoa(x.N), Current: x.N == r.N,
			Label: p.T("draw.turn", x.N) + ": " + p.T("draw.state."+string(x.State))})
	}
	p.Logs = asJSON(logs)
}

// Nth counts from 1 what stands at i.
func (p *drawPage) Nth(i int) string { return strconv.Itoa(i + 1) }

// Phone is the organiser's number as people write it.
func (p *drawPage) Phone() string { return vn.ShowPhone(p.Event.Phone) }

// check shows the answer to one check, with the codes that it is about.
func (p *drawPage) check(f draw.Finding) drawCheck {
	g := p.Shown.Log
	x := drawCheck{Name: string(f.Check), Title: p.T("draw.check." + string(f.Check)), Chip: view.Chip{Class: "go", Icon: "check", Label: p.T("draw.public.same")}}
	switch f.Check {
	case draw.CheckList:
		x.Codes = []string{g.ListCode}
	case draw.CheckSecret:
		x.Codes = []string{g.Commitment}
		if g.Secret != "" {
			x.Codes = []string{g.Secret, "→ " + g.Commitment}
		}
	case draw.CheckNumbers:
		x.Said = p.called()
	case draw.CheckSeed:
		x.Codes = []string{g.Seed}
	case draw.CheckResult:
		x.Codes = []string{g.RecordCode}
	}
	switch {
	case f.Waits:
		x.Class, x.Chip = "wait", view.Chip{Class: "wait", Icon: "clock", Label: p.T("draw.public.waits")}
	case f.Fault != "":
		x.Class, x.Chip, x.Said = "bad", view.Chip{Class: "stop", Icon: "octagon-x", Label: p.T("draw.public.differs")}, p.T("draw.fault."+f.Fault, f.Args...)
	}
	return x
}

// called says who called which number.
func (p *drawPage) called() string {
	said := make([]string, len(p.Shown.Log.Calls))
	for i, x := range p.Shown.Log.Calls {
		said[i] = strconv.Itoa(x.Number) + " (" + x.Name
		if x.Role != "" {
			said[i] += ", " + x.Role
		}
		said[i] += ")"
	}
	if p.Shown.Log.Source != "" {
		said = append(said, p.List.Source+": "+p.Shown.Log.Source)
	}
	return strings.Join(said, " · ")
}

// drawTexts are the sentences of the script; {0}, {1} and {2} stand for what it finds.
func drawTexts(b view.Base) string {
	texts := map[string]string{}
	add := func(key string) { texts[strings.TrimPrefix(key, "draw.")] = b.T(key, "{0}", "{1}", "{2}") }
	for _, f := range draw.Faults {
		add("draw.fault." + f)
	}
	for _, f := range draw.Checks {
		add("draw.check." + string(f))
	}
	for _, key := range []string{"draw.verdict.good", "draw.verdict.bad", "draw.verdict.locked", "draw.verdict.stopped", "draw.differs.line", "draw.differs.part", "draw.error.no_log", "draw.public.ran",
		"draw.public.no_crypto", "draw.public.no_log", "draw.public.running", "draw.public.same", "draw.public.differs", "draw.public.waits", "draw.public.foreign",
		"draw.public.as_published", "draw.public.forged", "draw.public.earlier", "draw.public.earlier_next"} {
		add(key)
	}
	return asJSON(texts)
}

// asJSON writes a value of texts, which cannot fail.
func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(raw)
}
