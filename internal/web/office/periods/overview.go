package periods

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// asked is what the address of the overview asks for.
type asked struct {
	periods.Query
	state period.State
	all   bool // every figure, not the short table
}

// allColumns and byToday are the values of the address.
const (
	allColumns = "tat-ca"
	byToday    = "hom-nay"
)

// read reads the address; what says nothing is told on the page.
func (s *Door) read(c *fiber.Ctx) (a asked) {
	actor := frame.Actor(c)
	a.Form = frame.OneOf(c, "bieu", period.FormCodes...)
	if a.Form == "" {
		if a.Form = period.CommuneForm; !actor.CanSomewhere(registry.ViewPlan) {
			a.Form = period.BranchForm
		}
	}
	p, ok := period.Parse(c.Query("ky"))
	if _, known := s.App.Periods.Forms.Calendar(a.Form, p); ok && known {
		a.Period = p
	} else {
		frame.AskedIf(c, "ky", false)
	}
	if ref, err := registry.ParseAreaRef(c.Query("tinh")); err == nil {
		unit, known := s.App.Areas.Lookup(ref)
		if known && ref.IsProvince() && a.Period != (period.Period{}) && ref.Edition == a.Period.Edition() && unit.Name != "" {
			a.Province = ref
		}
	}
	frame.AskedIf(c, "tinh", !a.Province.IsZero())
	a.Against = frame.OneOf(c, "so-voi", periods.AgainstAll...)
	a.state = frame.OneOf(c, "xem", period.States...)
	a.all = frame.OneOf(c, "cot", allColumns) != ""
	a.Today = frame.OneOf(c, "don-vi", byToday) != ""
	return a
}

func (a asked) href(change func(*asked)) string {
	change(&a)
	ky, all, today := "", "", ""
	if a.Period != (period.Period{}) {
		ky = a.Period.String()
	}
	if a.all {
		all = allColumns
	}
	if a.Today {
		today = byToday
	}
	return view.Query(root, "bieu", string(a.Form), "ky", ky, "tinh", a.Province.String(), "so-voi", string(a.Against), "xem", string(a.state), "cot", all, "don-vi", today)
}

// turnLink is a period of the year.
type turnLink struct {
	view.FilterLink
	Locked bool
}

// tile is how many reports are in a state.
type tile struct {
	Href, Icon, Label, Class string
	N                        string
	Current                  bool
}

// column is a figure of the matrix.
type column struct {
	Label string
	Full  string
}

// cell is a figure of a unit.
type cell struct {
	Text  string
	Href  string
	Delta string
	Class string
	Typed bool
}

// line is a unit of the matrix.
type line struct {
	Href, Name, Note string
	Chip             view.Chip
	Pick             string
	Live             bool // not handed in: the figures are those of the registers
	Cells            []cell
	Late             bool
}

// overviewPage is a period with its matrix.
type overviewPage struct {
	view.Base
	view.Form
	Kicker    string
	Heading   string
	Forms     []view.FilterLink
	Years     []view.FilterLink
	Turns     []turnLink
	Provinces []view.FilterLink
	Units     []view.FilterLink
	Against   []view.FilterLink
	Columns   []view.FilterLink
	Tiles     []tile
	Of        string
	Head      []column
	Sum       *line
	Own       *line
	Rows      []line
	PickFault string // nothing is picked
	Batch     string // address that accepts what is picked; "" for whoever may not
	Waiting   bool
	Key       string
	Empty     view.Empty
	Chase     *chaseBox
	Lock      *lockBox
	Later     []later
	Drop      string
	Province  string
	Archive   view.NavItem // of the year; none for whoever does not manage the plans of the province
	Paper     string       // the paper of the period; "" for whoever does not read the whole province
}

func (s *Door) showOverview(c *fiber.Ctx) error { return s.overview(c, s.read(c), sent{}) }

// sent is what a form of the overview sent that was not done.
type sent struct {
	which  string // the form: "nhan", "khoa", "cho-nop"
	reason string
	until  string
	sure   bool
	units  []string
	fault  error
}

func (s *Door) overview(c *fiber.Ctx, a asked, x sent) error {
	o, err := s.App.Periods.Overview(c.UserContext(), frame.Actor(c), a.Query)
	if err != nil {
		return err
	}
	a.Query = o.Query
	p := overviewPage{Base: s.OfficePage(c, "period.title")}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, x.fault)
	if err != nil {
		return err
	}
	p.Kicker = view.SaidLine(p.T("period.form."+string(o.Query.Form)), periodName(p.Base, o.Query.Period),
		p.T("period.until", vn.ShowDate(o.Query.Period.LastDay())), p.T("period.due", vn.ShowDate(o.Due)))
	p.Heading, p.Province = p.heading(o), o.Province.String()
	if o.Whole {
		p.Paper = paperHref(o.Query.Period, o.Province)
	}
	if year := fmt.Sprint(o.Query.Period.Year); o.Above {
		p.Archive = view.NavItem{Href: archiveRoot + "/" + year, Label: p.T("archive.download", year)}
	}
	p.links(s, a, o)
	p.tiles(a, o)
	p.matrix(s, a, o)
	p.Chase = s.chaseBox(&p, o, x)
	p.Lock = s.lockBox(&p, o, x)
	p.later(o)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/overview", p)
}

// heading is the answer of the page.
func (p *overviewPage) heading(o periods.Overview) string {
	switch {
	case len(o.Rows) == 0:
		return p.T("period.none")
	case o.Lock != nil:
		return p.T("period.heading_locked", periodName(p.Base, o.Query.Period), o.Counts[period.Accepted], len(o.Names))
	case o.Counts[period.Accepted] == len(o.Names):
		return p.T("period.heading_all", len(o.Names))
	}
	return p.T("period.heading", o.Counts[period.Open], o.Counts[period.Submitted], o.Counts[period.Returned])
}

// links are the ways to other periods, units and comparisons.
func (p *overviewPage) links(s *Door, a asked, o periods.Overview) {
	for _, form := range period.FormCodes {
		p.Forms = append(p.Forms, view.FilterLink{Href: asked{Query: periods.Query{Form: form}}.href(func(*asked) {}), Label: p.T("period.form." + string(form)), Current: form == a.Form})
	}
	for _, step := range []int{-1, 0, 1} {
		year := a.Period.Year + step
		if parts := s.App.Periods.Forms.Parts(a.Form, year); len(parts) > 0 && year >= period.FirstYear && strconv.Itoa(year) <= s.App.Today()[:4] {
			next := asked{Query: periods.Query{Form: a.Form, Period: period.Period{Year: year, Part: a.Period.Part}}}
			p.Years = append(p.Years, view.FilterLink{Href: next.href(func(*asked) {}), Label: strconv.Itoa(year), Current: step == 0})
		}
	}
	for _, t := range o.Turns {
		p.Turns = append(p.Turns, turnLink{view.FilterLink{Href: a.href(func(a *asked) {
			a.Period, a.state = t.Period, ""
			if t.Edition() != o.Query.Period.Edition() {
				a.Province = registry.AreaRef{}
			}
		}), Label: p.T("period.part." + string(t.Part)), Current: t.Period == a.Period}, t.Locked})
	}
	for _, unit := range o.Provinces {
		p.Provinces = append(p.Provinces, view.FilterLink{Href: a.href(func(a *asked) { a.Province = unit.Ref }), Label: unit.FullName(), Current: unit.Ref == o.Province})
	}
	if len(o.Provinces) > 0 && a.Form == period.CommuneForm {
		p.Units = []view.FilterLink{{Href: a.href(func(a *asked) { a.Today = false }), Label: p.T("period.units_then"), Current: !a.Today},
			{Href: a.href(func(a *asked) { a.Today = true }), Label: p.T("period.units_today"), Current: a.Today}}
	}
	for _, against := range periods.AgainstAll {
		if against == periods.Goals && !o.Whole {
			continue
		}
		p.Against = append(p.Against, view.FilterLink{Href: a.href(func(a *asked) { a.Against = against }), Label: p.T(againstKeys[against]), Current: a.Against == against})
	}
	p.Columns = []view.FilterLink{{Href: a.href(func(a *asked) { a.all = false }), Label: p.T("period.columns_key"), Current: !a.all},
		{Href: a.href(func(a *asked) { a.all = true }), Label: p.T("period.columns_all", len(o.Figures)), Current: a.all}}
	if a.state != "" {
		p.Drop = a.href(func(a *asked) { a.state = "" })
	}
}

// againstKeys are the texts of what figures are compared with.
var againstKeys = map[periods.Against]string{periods.LastYear: "period.against.last_year", periods.LastPeriod: "period.against.last_period",
	periods.Goals: "period.against.goals"}

// tiles count the reports by state.
func (p *overviewPage) tiles(a asked, o periods.Overview) {
	classes := map[period.State]string{period.Open: "red", period.Returned: "amber", period.Accepted: "green"}
	for _, state := range []period.State{period.Open, period.Submitted, period.Returned, period.Accepted} {
		n := o.Counts[state]
		t := tile{Href: a.href(func(a *asked) { a.state = state }), Icon: stateIcons[state], Label: p.T("period.state." + string(state)), N: strconv.Itoa(n), Current: a.state == state}
		if n > 0 {
			t.Class = classes[state]
		}
		p.Tiles = append(p.Tiles, t)
	}
	p.Of = p.T("period.units_n."+string(o.Query.Form), len(o.Names))
}

// order is in which order the states stand in the matrix: what waits for the reader first.
var order = []period.State{period.Submitted, period.Returned, period.Open, period.Accepted, period.Locked}

// matrix are the units with their figures.
func (p *overviewPage) matrix(s *Door, a asked, o periods.Overview) {
	figures := slices.DeleteFunc(slices.Clone(o.Figures), func(f period.Figure) bool { return !a.all && !f.Key })
	for _, f := range figures {
		p.Head = append(p.Head, column{f.Text(p.Lang), p.T("period.group." + f.Group)})
	}
	rows := slices.Clone(o.Rows)
	slices.SortStableFunc(rows, func(x, y periods.Row) int { return slices.Index(order, x.State) - slices.Index(order, y.State) })
	summed := a.Today && len(o.Provinces) > 0 && a.Form == period.CommuneForm
	late := s.App.Today() > o.Due
	for _, row := range rows {
		if stands := row.Report.Standing(false, false); a.state != "" && a.state != stands && a.state != row.State {
			continue
		}
		l := line{Name: row.Name, Chip: stateChip(p.Base, row.State), Live: !row.Filed, Late: late && row.State == period.Open && row.Exception == nil}
		if !summed {
			l.Href = href(period.Key{Form: a.Form, Period: a.Period, Unit: row.Key})
		}
		l.Note = p.rowNote(row)
		if o.Above && row.State == period.Submitted && !summed {
			l.Pick, p.Waiting = periods.Pick(row.Report), true
		}
		l.Cells = p.cells(figures, row, o, l.Href)
		p.Rows = append(p.Rows, l)
	}
	if o.Whole && len(o.Rows) > 0 {
		sum := line{Name: p.T("period.sum", o.Filed, len(o.Names)), Cells: p.sumCells(figures, o)}
		p.Sum = &sum
	}
	if o.Own != nil {
		p.Own = &line{Name: p.T("period.own"), Note: p.T("period.own_note"), Cells: p.cells(figures, *o.Own, o, "")}
	}
	if p.Waiting {
		p.PickFault = p.Part("pick", p.T("period.field.unit"))
		p.Batch = root + "/" + string(a.Form) + "/" + a.Period.String() + "/nhan"
	}
	p.Key = p.T("period.key", p.T(againstKeys[a.Against]))
	p.Empty = view.Empty{Icon: "chart-column", Title: p.T("period.none"), Text: p.T("period.none_text")}
}

// rowNote is what is said of a unit under its name.
func (p *overviewPage) rowNote(row periods.Row) string {
	note := ""
	switch {
	case row.Exception != nil:
		note = p.T("period.excepted", vn.ShowDate(row.Exception.Until))
	case row.State == period.Returned:
		note = row.Report.Reason
	}
	added := ""
	if row.Moved > 0 {
		added = p.T("period.addenda_n", row.Moved)
	}
	of := ""
	if len(row.Of) > 0 {
		of = p.T("period.made_of", fmt.Sprint(len(row.Of)))
	}
	return view.SaidLine(note, added, of)
}

// cells are the figures of a unit, each with a way to its rows and with the difference.
func (p *overviewPage) cells(figures []period.Figure, row periods.Row, o periods.Overview, at string) (cells []cell) {
	for _, f := range figures {
		value, known := row.Values[f.Code]
		x := cell{Text: shown(p.Base, f, row.Values), Typed: value.Typed}
		if at != "" && known && !value.Typed && !value.Withheld && value.N != 0 {
			x.Href = at + "/dong/" + string(f.Code)
		}
		if o.Against != periods.Goals {
			x.Delta = delta(f, row.Values, row.Before)
		}
		if !known || value.N == 0 {
			x.Class = "none"
		}
		cells = append(cells, x)
	}
	return cells
}

// sumCells are the sums, with the difference or the goal of the year.
func (p *overviewPage) sumCells(figures []period.Figure, o periods.Overview) (cells []cell) {
	for _, f := range figures {
		value := o.Sum[f.Code]
		x := cell{Text: shown(p.Base, f, o.Sum), Typed: value.Typed, Delta: delta(f, o.Sum, o.SumBefore)}
		if o.Against == periods.Goals {
			if x.Delta = ""; o.Goals[f.Code] > 0 {
				x.Delta = p.T("period.of_goal", vn.Count(o.Goals[f.Code]), fmt.Sprint(value.N*100/o.Goals[f.Code]))
			}
		}
		cells = append(cells, x)
	}
	return cells
}

// delta is the difference from what is compared with, in percent; "" where there is nothing to
// compare.
func delta(f period.Figure, now, before period.Values) string {
	was, known := before[f.Code]
	is, there := now[f.Code]
	switch {
	case !known || !there || was.Withheld || is.Withheld || was.N == 0:
		return ""
	case f.Unit == period.Share:
		return fmt.Sprintf("%+d,%d", (is.N-was.N)/10, max(is.N-was.N, was.N-is.N)%10)
	}
	return fmt.Sprintf("%+d %%", (is.N-was.N)*100/was.N)
}
