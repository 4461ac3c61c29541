package floorplans

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// deskPage is the plan that an office works on.
type deskPage struct {
	view.Base
	view.Form
	Head     frame.EventHead
	Root     string
	Event    registry.Event
	Plan     *floorplans.Plan // nil before there is any
	Draft    bool
	MayEdit  bool
	Over     bool
	Answer   string
	Saved    string
	Stops    int
	Found    int
	Stale    bool // the draft is checked
	Findings []finding
	More     []finding // beyond the first ones
	Unlisted int       // findings beyond those
	Rows     []row
	Drawing  drawing
	Versions []version
	Ref      refForm
	Back     string // what taking back the last change takes back; "" nothing
	Fields   []view.Field
	None     view.Empty
}

// finding is something that is wrong, as the list has it.
type finding struct {
	Key   string
	Chip  view.Chip
	Text  string
	Why   string
	Href  string // where it is mended by hand; "" nowhere
	Place string // what stands there
	Do    string // what the program can do about it; "" nothing
}

// shownFindings is how many findings stand above the drawing unfolded.
const shownFindings = 6

// listedFindings is how many are listed at all.
const listedFindings = floorplan.Ways

// row is an object as the table has it.
type row struct {
	Name, Kind, Place, Size, Turn, Who, Href string
	At                                       bool
}

// version is a version of the plan as its list has it.
type version struct {
	N     int
	Chip  view.Chip
	Line  string
	Href  string
	Takes bool // it can be taken up
}

// showDesk shows the plan.
func (s *Door) showDesk(c *fiber.Ctx) error { return s.desk(c, beginForm{}, nil) }

func (s *Door) desk(c *fiber.Ctx, form beginForm, fault error) error {
	d, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := deskPage{Base: s.OfficePage(c, "floor_plan.title", d.Event.Title), Event: d.Event, Root: root(d.Event.ID), Plan: d.Shown(), Draft: d.Working != nil,
		MayEdit: d.MayEdit, Over: d.Over}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, d.Event)
	p.versions(d)
	if p.Plan == nil {
		p.empty(d, form)
		return s.RenderStatus(c, status, frame.LayoutOffice, "floorplans/desk", p)
	}
	object := frame.AskedText(c, "vat")
	if p.Plan.Layout.Find(object) < 0 && object != "" {
		frame.CannotRead(c, "vat")
	}
	p.fill(d, object)
	return s.RenderStatus(c, status, frame.LayoutOffice, "floorplans/desk", p)
}

// empty offers templates.
func (p *deskPage) empty(d floorplans.Desk, form beginForm) {
	p.Answer = p.T("floor_plan.none")
	p.None = view.Empty{Icon: "grid-3x3", Title: p.T("floor_plan.none"), Text: p.T("floor_plan.none_text")}
	if form.Count.Typed == "" && !p.HasError {
		form = beginForm{Template: floorplan.DoubleRow, Count: view.NumberOf(max(len(d.Booths), d.Event.BoothsN, 20))}
	}
	choice := view.Field{Name: "template", Type: "radios", Label: p.T("floor_plan.template"),
		Options: view.WithHints(p.Base, view.Options(p.Base, "floor_plan.template.", floorplan.Templates, string(form.Template)), "floor_plan.template_about.")}
	count := view.Field{Name: "count", Type: "number", Label: p.T("floor_plan.count"), Value: form.Count.Typed, Hint: p.T("floor_plan.field.count.hint", len(d.Booths))}
	p.Fields = p.Take(choice, count)
}

// fill shows the plan that there is.
func (p *deskPage) fill(d floorplans.Desk, object string) {
	l := p.Plan.Layout
	p.Ref = refForm{p.Plan.N, p.Plan.Version}
	p.Found, p.Stops, p.Stale = len(d.Findings), len(floorplan.Stops(d.Findings)), p.Plan.State == floorplans.Checked
	if d.Undo != nil {
		p.Back = p.T("floor_plan.step_back", d.Undo.By, p.differences(d.Undo.Layout, l))
	}
	p.Answer = p.T("floor_plan.answer."+string(p.Plan.State), p.Plan.N, l.Count(floorplan.Booth), p.Stops, len(d.Findings)-p.Stops)
	p.Saved = p.T("floor_plan.saved", p.Plan.SavedAs, view.ShowTime(p.Plan.SavedAt))
	for _, f := range d.Findings[:min(p.Found, listedFindings)] {
		p.Findings = append(p.Findings, p.finding(f))
	}
	p.Unlisted = p.Found - len(p.Findings)
	if len(p.Findings) > shownFindings {
		p.Findings, p.More = p.Findings[:shownFindings], p.Findings[shownFindings:]
	}
	for _, o := range l.Objects {
		p.Rows = append(p.Rows, p.row(d, o, object))
	}
	p.Drawing = drawn(p.Base, d, l, object)
}

// differences says in words what is different in a plan.
func (p *deskPage) differences(from, to floorplan.Layout) string {
	var parts []string
	added, gone, changed := floorplan.Differences(from, to)
	for _, part := range []struct {
		key string
		n   int
	}{{"added", added}, {"gone", gone}, {"changed", changed}} {
		if part.n > 0 {
			parts = append(parts, p.T("floor_plan.undo."+part.key, part.n))
		}
	}
	return strings.Join(parts, ", ")
}

// row is an object of the plan.
func (p *deskPage) row(d floorplans.Desk, o floorplan.Object, object string) row {
	r := row{Name: cmp.Or(o.Name(), kindName(p.Base, o.Kind)), Kind: kindName(p.Base, o.Kind), Place: vn.ShowMetres(o.X) + " ; " + vn.ShowMetres(o.Y),
		Size: vn.ShowMetres(o.W) + " × " + vn.ShowMetres(o.H), At: o.ID == object}
	if o.Turn != 0 {
		r.Turn = p.T("floor_plan.degrees", o.Turn)
	}
	if p.MayEdit {
		r.Href = p.Root + "/vat/" + o.ID
	}
	if o.Kind == floorplan.Booth {
		for _, b := range d.Booths {
			if string(b.ID) == o.Booth {
				r.Who = cmp.Or(d.Vendors[b.ID].Name, stateName(p.Base, b, true))
			}
		}
		r.Who = cmp.Or(r.Who, p.T("floor_plan.new_booth"))
	}
	return r
}

// finding puts a finding into words.
func (p *deskPage) finding(f floorplan.Finding) finding {
	name, with := cmp.Or(f.Name, kindWord(p.Base, f.Kind)), cmp.Or(f.With, kindWord(p.Base, f.WithKind))
	args := []any{name, with, vn.ShowMetres(f.CM), f.Owner}
	out := finding{Key: f.Key(), Chip: view.Chip{Class: "wait", Icon: "info", Label: p.T("floor_plan.look")}, Place: name,
		Text: p.T("floor_plan.finding."+string(f.Why), args...), Why: p.T("floor_plan.why."+string(f.Why), args...)}
	if f.Why == floorplan.More {
		out.Text = p.T("floor_plan.finding.more", f.CM)
	}
	if f.Severity == floorplan.Must {
		out.Chip = view.Chip{Class: "stop", Icon: "triangle-alert", Label: p.T("floor_plan.must")}
	}
	if !p.MayEdit {
		return out
	}
	if f.Object != "" {
		out.Href = p.Root + "/vat/" + f.Object
	}
	switch f.Why {
	case floorplan.NoLane:
		out.Href, out.Place = p.Root+"/vat/moi?loai=fire", p.T("floor_plan.kind.fire")
	case floorplan.NoGate:
		out.Href, out.Place = p.Root+"/vat/moi?loai=gate", p.T("floor_plan.kind.gate")
	}
	switch w := f.Way; {
	case w.Booth.ID != "":
		out.Do = p.T("floor_plan.do.put", w.Booth.Code)
	case w.Code != "":
		out.Do = p.T("floor_plan.do.number", w.Code)
	case w.DX != 0 || w.DY != 0:
		out.Do = p.T("floor_plan.do.move", name, vn.ShowMetres(max(w.DX, -w.DX, w.DY, -w.DY)))
	}
	return out
}

// findingAt is a finding on the page of an object: it leads to the other of the two, if there is one.
func (p *deskPage) findingAt(f floorplan.Finding, here string) finding {
	out := p.finding(f)
	switch {
	case f.Object != here: // that is where it leads
	case f.Other == "":
		out.Href = ""
	default:
		out.Href, out.Place = p.Root+"/vat/"+f.Other, cmp.Or(f.With, kindWord(p.Base, f.WithKind))
	}
	return out
}

func kindWord(b view.Base, k floorplan.Kind) string {
	if k == "" {
		return ""
	}
	return kindName(b, k)
}

var stateClass = map[floorplans.State]string{floorplans.Draft: "wait", floorplans.Checked: "go", floorplans.Published: "go live", floorplans.Past: "off"}

// versions lists the versions of the plan.
func (p *deskPage) versions(d floorplans.Desk) {
	for _, v := range d.Versions {
		line := p.T("floor_plan.saved", v.SavedAs, view.ShowTime(v.SavedAt))
		if v.PublishedAt != 0 {
			line = p.T("floor_plan.published_at", view.ShowTime(v.PublishedAt)) + " · " + line
		}
		p.Versions = append(p.Versions, version{N: v.N, Line: line, Href: p.Root + "/ban/" + strconv.Itoa(v.N),
			Chip: view.Chip{Class: stateClass[v.State], Label: p.T("floor_plan.state." + string(v.State))}, Takes: d.MayEdit && v.State == floorplans.Past})
	}
}

// versionPage is one version of the plan.
type versionPage struct {
	view.Base
	Head    frame.EventHead
	Root    string
	Plan    floorplans.Plan
	Chip    view.Chip
	Line    string
	Drawing drawing
	Takes   bool
	Draft   bool // there is a draft, which would be put aside
	Ref     refForm
}

// showVersion shows a version as it is drawn.
func (s *Door) showVersion(c *fiber.Ctx) error {
	d, err := s.App.FloorPlans.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	v, err := s.App.FloorPlans.Version(c.UserContext(), frame.Actor(c), d.Event.ID, numberParam(c, "n"))
	if err != nil {
		return err
	}
	p := versionPage{Base: s.OfficePage(c, "floor_plan.version_title", v.N, d.Event.Title), Root: root(d.Event.ID), Plan: v, Takes: d.MayEdit && v.State == floorplans.Past,
		Draft: d.Working != nil, Chip: view.Chip{Class: stateClass[v.State]}}
	p.Chip.Label, p.Line = p.T("floor_plan.state."+string(v.State)), p.T("floor_plan.saved", v.SavedAs, view.ShowTime(v.SavedAt))
	p.Head = s.EventHead(c, p.Base, d.Event)
	p.Ref = refForm{d.Ref().N, d.Ref().Version}
	d.MayEdit, d.Findings = false, nil
	p.Drawing = drawn(p.Base, d, v.Layout, "")
	return s.Render(c, frame.LayoutOffice, "floorplans/version", p)
}
