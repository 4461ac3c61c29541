package gates

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// visitsPage is the office's page of an event's visits: by hour, gate and method.
type visitsPage struct {
	GateHead
	admission.GateFigures
	Days    []view.Option // the event's days; Value is the address
	DayText string
	How     string // how the visits of the day were counted
	HowAll  string // and those of the event
	Chart   template.HTML
	Methods []registry.CountMethod // those that counted any on the day
	ByHour  []visitRow
	ByGate  []visitRow
	Tallies []tallyRow
	Typed   []view.Field
	Refresh string // address that the figures are asked from again
}

// visitRow is a line of figures: by method, then passes in and out.
type visitRow struct {
	Label   string
	N       []int
	Total   int
	In, Out int
}

// tallyRow is a typed-in number.
type tallyRow struct {
	registry.Tally
	When, Where, By string
}

// MethodClass is the colour of a method, for the key under the chart.
func (p visitsPage) MethodClass(m registry.CountMethod) string { return view.MethodClass(m) }

// showVisits shows the visits of a day.
func (s *Door) showVisits(c *fiber.Ctx) error { return s.visits(c, tallyForm{}, nil) }

func (s *Door) visits(c *fiber.Ctx, form tallyForm, fault error) error {
	f, err := s.App.Admission.GateFigures(c.UserContext(), frame.Actor(c), frame.EventParam(c), c.Query("ngay"))
	if err != nil {
		return err
	}
	frame.AskedIf(c, "ngay", f.Event.HasDay(c.Query("ngay")))
	p := visitsPage{GateHead: s.gateHead(c, f.Event, "visit.office.title"), GateFigures: f}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Refresh = p.Root + "/khach?ngay=" + f.Day
	p.fillDays()
	p.How, p.HowAll = visitsHow(p.GateHead.Base, f.Visits), visitsHow(p.GateHead.Base, f.Total)
	p.fillTables()
	p.fillTallies()
	p.Typed = p.Take(p.tallyFields(form)...)
	return s.RenderLive(c, status, frame.LayoutOffice, "gates/visits", p)
}

func (p *visitsPage) fillDays() {
	p.DayText = vn.Weekday(p.Day, p.Lang) + " " + vn.ShowDate(p.Day)
	for _, d := range p.Event.Days {
		p.Days = append(p.Days, view.Option{Value: p.Root + "/khach?ngay=" + d.Day, Label: vn.WeekdayShort(d.Day, p.Lang) + " " + vn.ShowDate(d.Day)[:5], Selected: d.Day == p.Day})
	}
}

// visitsHow says how visits were counted: "quét mã 148, đếm tay 164".
func visitsHow(b view.Base, v registry.Visits) string {
	if v.Total == 0 {
		return b.T("visit.none")
	}
	parts := make([]string, len(v.By))
	for i, by := range v.By {
		parts[i] = b.T("visit.by."+string(by.Method)) + " " + vn.Count(int64(by.N))
	}
	return strings.Join(parts, ", ")
}

// fillTables sums up the day's counters by hour and by gate, and draws the hours.
func (p *visitsPage) fillTables() {
	for _, by := range p.Visits.By {
		p.Methods = append(p.Methods, by.Method)
	}
	first, last := p.hours()
	var bars []view.ChartBar
	for at := first; at <= last; at += registry.HourMS {
		row := p.sum(view.HourLabel(at), func(h registry.GateHour) bool { return h.HourAt == at })
		p.ByHour = append(p.ByHour, row)
		bar := view.ChartBar{Label: row.Label}
		for i, m := range p.Methods {
			bar.Parts = append(bar.Parts, view.ChartPart{Class: view.MethodClass(m), Value: row.N[i]})
		}
		bars = append(bars, bar)
	}
	p.Chart = p.BarChart(p.T("visit.chart", p.DayText), bars)
	for _, g := range p.Gates {
		p.ByGate = append(p.ByGate, p.sum(g.Name, func(h registry.GateHour) bool { return h.Gate == g.Number }))
	}
	if slices.ContainsFunc(p.Hours, func(h registry.GateHour) bool { return h.Gate == 0 }) {
		p.ByGate = append(p.ByGate, p.sum(p.T("visit.all_gates"), func(h registry.GateHour) bool { return h.Gate == 0 }))
	}
}

// hours are the first and the last hour shown: those of opening, and any hour with
// a figure.
func (p *visitsPage) hours() (first, last int64) {
	start, _ := vn.StartOf(p.Day)
	d, _ := p.Event.Day(p.Day)
	first = start.UnixMilli() + int64(d.OpensAt/60)*registry.HourMS
	last = start.UnixMilli() + int64((d.ClosesAt-1)/60)*registry.HourMS
	for _, h := range p.Hours {
		first, last = min(first, h.HourAt), max(last, h.HourAt)
	}
	return first, last
}

func (p *visitsPage) sum(label string, picks func(registry.GateHour) bool) visitRow {
	r := visitRow{Label: label, N: make([]int, len(p.Methods))}
	for _, h := range p.Hours {
		if !picks(h) {
			continue
		}
		switch h.Figure {
		case registry.FigureIn:
			r.In += h.N
		case registry.FigureOut:
			r.Out += h.N
		default:
			if i := slices.Index(p.Methods, registry.CountMethod(h.Figure)); i >= 0 {
				r.N[i] += h.N
				r.Total += h.N
			}
		}
	}
	return r
}

func (p *visitsPage) fillTallies() {
	for _, t := range p.GateFigures.Tallies {
		r := tallyRow{Tally: t, When: view.ShowDay(t.HourAt) + " " + view.HourLabel(t.HourAt), Where: p.T("visit.all_gates"),
			By: t.EnteredBy + ", " + view.ShowTime(t.EnteredAt)}
		if t.Gate >= 1 && t.Gate <= len(p.Gates) {
			r.Where = p.Gates[t.Gate-1].Name
		}
		p.Tallies = append(p.Tallies, r)
	}
}

// tallyForm is the form of a typed-in number.
type tallyForm struct {
	Day    string      `form:"day"`
	Hour   int         `form:"hour"`
	Gate   int         `form:"gate"`
	Method string      `form:"method"`
	N      view.Number `form:"n"`
	Note   string      `form:"note"`
}

func (p *visitsPage) tallyFields(f tallyForm) []view.Field {
	if f.Day == "" {
		f.Day, f.Hour, f.Method = vn.ShowDate(p.Day), 8, string(registry.CountPaper)
	}
	hours := make([]view.Option, 24)
	for h := range hours {
		hours[h] = view.Option{Value: strconv.Itoa(h), Label: p.T("visit.tally.from_to", h, h+1), Selected: h == f.Hour}
	}
	gates := []view.Option{{Value: "0", Label: p.T("visit.all_gates"), Selected: f.Gate == 0}}
	for _, g := range p.Gates {
		gates = append(gates, view.Option{Value: strconv.Itoa(g.Number), Label: g.Name, Selected: f.Gate == g.Number})
	}
	return []view.Field{
		{Name: "day", Type: "date", Shape: p.T("form.date_shape"), Label: p.T("visit.tally.day"), Value: f.Day},
		{Name: "hour", Type: "select", Label: p.T("visit.tally.hour"), Options: hours},
		{Name: "gate", Type: "select", Label: p.T("gate.gate"), Options: gates},
		{Name: "method", Type: "radios", Label: p.T("visit.tally.method"), Options: view.Options(p.Base, "visit.by.",
			[]registry.CountMethod{registry.CountPaper, registry.CountEstimated}, f.Method)},
		{Name: "n", Type: "number", Label: p.T("visit.tally.n"), Value: f.N.Typed},
		{Name: "note", Label: p.T("visit.tally.note"), Hint: p.T("visit.tally.note_hint"), Value: f.Note, Max: 200},
	}
}

// addTally stores a typed-in number.
func (s *Door) addTally(c *fiber.Ctx) error {
	var form tallyForm
	unread, err := frame.BindOpen(c, &form)
	if err == nil {
		err = s.App.Admission.AddTally(c.UserContext(), frame.Actor(c), frame.EventParam(c), admission.TallyInput{Day: form.Day, Hour: form.Hour,
			Gate: form.Gate, Method: registry.CountMethod(form.Method), N: form.N.N, Unread: unread, Note: form.Note})
	}
	if err != nil {
		return s.visits(c, form, err)
	}
	frame.Flash(c, "visit.flash.tally")
	return c.Redirect(view.GateRoot(frame.EventParam(c))+"/khach", fiber.StatusSeeOther)
}

// dropTally takes a typed-in number back.
func (s *Door) dropTally(c *fiber.Ctx) error {
	id := frame.EventParam(c)
	if err := s.App.Admission.DropTally(c.UserContext(), frame.Actor(c), id, registry.TallyID(c.Params("tally"))); err != nil {
		return err
	}
	frame.Flash(c, "visit.flash.dropped")
	return c.Redirect(view.GateRoot(id)+"/khach", fiber.StatusSeeOther)
}
