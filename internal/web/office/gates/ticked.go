package gates

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// extraRows are the lines for passes that are not on the list.
const extraRows = 3

// paperHead is what the pages share on which papers of a gate and day are typed in.
type paperHead struct {
	GateHead
	Here   string // address of the page without its query
	Days   []view.Option
	Gates  []view.Option
	Query  string // of the day and gate shown
	DayOf  string
	GateOf string
}

func (s *Door) paperHead(c *fiber.Ctx, l *admission.GateList, title, page string) paperHead {
	p := paperHead{GateHead: s.gateHead(c, l.Event, title)}
	p.Here, p.DayOf, p.GateOf = p.Root+page, vn.Weekday(l.Day, p.Lang)+" "+vn.ShowDate(l.Day), l.GateName()
	at := func(day string, gate int) string { return "?ngay=" + day + "&cong=" + strconv.Itoa(gate) }
	p.Query = at(l.Day, l.Gate)
	for _, d := range l.Days {
		p.Days = append(p.Days, view.Option{Value: p.Here + at(d, l.Gate), Label: vn.WeekdayShort(d, p.Lang) + " " + vn.ShowDate(d)[:5], Selected: d == l.Day})
	}
	for _, g := range l.Gates {
		p.Gates = append(p.Gates, view.Option{Value: p.Here + at(l.Day, g.Number), Label: g.Name, Selected: g.Number == l.Gate})
	}
	return p
}

// tickedPage is a page of a gate list as it is typed in.
type tickedPage struct {
	paperHead
	admission.TickedList
	Asked  string // what is searched for, as typed
	Lines  []tickedLine
	Extra  []tickedLine
	Others []tickedScan
	Pager  []view.Option
	NoGate bool
	Next   bool
}

// tickedLine is a pass with what was typed beside it.
type tickedLine struct {
	admission.TickedPass
	Code, Short           string
	What                  string
	Blocked               bool
	In, Out               string
	CodeAt, InAt, OutAt   string // names of the fields in the page
	CodeErr, InErr, OutEr string
	Marks                 []tickedScan
}

// tickedScan is an entry or exit that is stored.
type tickedScan struct {
	ID    registry.ScanID
	Text  string // "vào 08:12"
	Said  string // why the rules would have refused; empty where they would not
	Typed bool   // typed in, so it can be taken back
	By    string
	Code  string
}

// tickedForm is the form of a page. The columns go row by row.
type tickedForm struct {
	Day  string   `form:"day"`
	Gate int      `form:"gate"`
	Code []string `form:"code" lines:"row"`
	In   []string `form:"in" lines:"row"`
	Out  []string `form:"out" lines:"row"`
	Then string   `form:"then"`
}

func (f *tickedForm) input() (admission.TickedInput, error) {
	in := admission.TickedInput{Day: f.Day, Gate: f.Gate}
	if len(f.Code) != len(f.In) || len(f.Code) != len(f.Out) {
		return in, registry.E(registry.Malformed, "error.malformed")
	}
	for i := range f.Code {
		in.Rows = append(in.Rows, admission.TickedRow{Code: f.Code[i], In: f.In[i], Out: f.Out[i]})
	}
	return in, nil
}

// showTicked shows a page of a gate list to type in.
func (s *Door) showTicked(c *fiber.Ctx) error { return s.ticked(c, tickedForm{}, nil) }

func (s *Door) ticked(c *fiber.Ctx, form tickedForm, fault error) error {
	q := admission.TickedQuery{GateQuery: gateQuery(c), Search: frame.AskedText(c, "q")}
	q.Page, _ = strconv.Atoi(c.Query("trang")) // what is no number is the first page
	office, err := s.App.Admission.GateOffice(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	if len(office.Gates) == 0 {
		return s.Render(c, frame.LayoutOffice, "gates/ticked", tickedPage{paperHead: paperHead{GateHead: s.gateHead(c, office.Event, "ticked.title")}, NoGate: true})
	}
	l, err := s.App.Admission.TickedList(c.UserContext(), frame.Actor(c), frame.EventParam(c), q)
	if err != nil {
		return err
	}
	frame.AskedIf(c, "ngay", slices.Contains(l.Days, c.Query("ngay")))
	frame.AskedIf(c, "trang", strconv.Itoa(l.Page) == c.Query("trang"))
	p := tickedPage{paperHead: s.paperHead(c, &l.GateList, "ticked.title", "/danh-sach"), TickedList: l, Asked: q.Search}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(&form)
	return s.RenderStatus(c, status, frame.LayoutOffice, "gates/ticked", p)
}

// note adds the fields of a line to the form, under the name of the line.
func (p *tickedPage) note(l *tickedLine) {
	name := p.lineName(l)
	l.CodeErr, l.InErr, l.OutEr = p.Part(l.CodeAt, name), p.Part(l.InAt, name), p.Part(l.OutAt, name)
}

func (p *tickedPage) lineName(l *tickedLine) string {
	if l.N == 0 {
		return p.T("ticked.extra")
	}
	return p.T("ticked.line", l.N)
}

// fill makes the lines, with what was typed and is wrong.
func (p *tickedPage) fill(form *tickedForm) {
	typed := form.byCode()
	for i := range p.Rows {
		l := p.line(typed.take(p.Rows[i].Code), form)
		l.TickedPass, l.Code, l.Blocked = p.Rows[i], p.Rows[i].Code, p.Rows[i].State == registry.PassBlocked
		l.Short, l.What = l.Code[8:], p.what(&p.Rows[i].PassRow)
		for _, s := range p.Rows[i].Scans {
			l.Marks = append(l.Marks, p.mark(&s))
		}
		p.note(&l)
		p.Lines = append(p.Lines, l)
	}
	for _, at := range typed.extra() {
		l := p.line(at, form)
		if at < len(form.Code) {
			l.Code = form.Code[at]
		}
		p.note(&l)
		p.Extra = append(p.Extra, l)
	}
	for _, s := range p.TickedList.Others {
		p.Others = append(p.Others, p.mark(&s))
	}
	for n := range p.Pages {
		p.Pager = append(p.Pager, view.Option{Value: p.Here + p.Query + "&trang=" + strconv.Itoa(n+1), Label: strconv.Itoa(n + 1), Selected: n+1 == p.Page})
	}
	p.Next = p.Page < p.Pages
}

// typedRows finds the rows of a form by their codes: a pass that was issued or killed
// meanwhile moves the lines of the list.
type typedRows struct {
	form *tickedForm
	next int // a row that the form does not have
	used map[int]bool
}

func (f *tickedForm) byCode() typedRows { return typedRows{f, len(f.Code), map[int]bool{}} }

// take is the row with a code that has not been taken; a new one where there is none.
func (t *typedRows) take(code string) int {
	for i := range t.form.Code {
		if !t.used[i] && t.form.Code[i] == code {
			t.used[i] = true
			return i
		}
	}
	t.next++
	return t.next - 1
}

// extra are the rows for passes that are not on the list: those in which something
// was typed, and blank ones.
func (t *typedRows) extra() (rows []int) {
	f := t.form
	for i := range f.Code {
		if !t.used[i] && i < len(f.In) && i < len(f.Out) && f.In[i]+f.Out[i] != "" {
			rows = append(rows, i)
		}
	}
	for len(rows) < extraRows {
		rows = append(rows, t.take(""))
	}
	return rows
}

// line is what was typed in a row of the form.
func (p *tickedPage) line(i int, form *tickedForm) tickedLine {
	n := strconv.Itoa(i)
	l := tickedLine{CodeAt: "code-" + n, InAt: "in-" + n, OutAt: "out-" + n}
	if i < len(form.In) && i < len(form.Out) {
		l.In, l.Out = form.In[i], form.Out[i]
	}
	return l
}

// what says which pass a line is.
func (p *tickedPage) what(r *registry.PassRow) string {
	text := p.T("pass.kind." + string(r.Kind))
	if r.Ordinal > 0 {
		text += " " + strconv.Itoa(r.Ordinal) + "/" + strconv.Itoa(r.OrdinalOf)
	}
	if label := admission.ListedLabel(r); label != "" {
		text += " · " + label
	}
	return text
}

// mark shows a stored entry or exit.
func (p *tickedPage) mark(s *registry.Scan) tickedScan {
	m := tickedScan{ID: s.ID, Text: p.T("ticked."+string(s.Direction), view.ShowClock(s.CorrectedAt)), Typed: s.Mode == registry.Paper,
		Code: passes.ShowPassCode(s.Code)}
	if m.Typed {
		m.By = s.Boot
	}
	if !s.Verdict.Admits() {
		m.Said = p.T("gate.app.verdict." + string(s.Verdict))
	}
	return m
}

// enterTicked stores what was typed.
func (s *Door) enterTicked(c *fiber.Ctx) error {
	var form tickedForm
	if err := frame.Bind(c, &form); err != nil {
		return s.ticked(c, form, err)
	}
	in, err := form.input()
	if err != nil {
		return err
	}
	done, err := s.App.Admission.EnterTicked(c.UserContext(), frame.Actor(c), frame.EventParam(c), in)
	if err != nil {
		return s.ticked(c, form, err)
	}
	switch {
	case done.New == 0:
		frame.Flash(c, "ticked.flash.known")
	case done.Differ > 0:
		frame.Flash(c, "ticked.flash.differ")
	default:
		frame.Flash(c, "ticked.flash.saved")
	}
	page, _ := strconv.Atoi(c.Query("trang"))
	if form.Then == "next" {
		page = max(page, 1) + 1
	}
	return c.Redirect(tickedAt(c, page), fiber.StatusSeeOther)
}

// tickedAt is the address of a page of the list that a request was about.
func tickedAt(c *fiber.Ctx, page int) string {
	to := view.GateRoot(frame.EventParam(c)) + "/danh-sach?ngay=" + view.QueryEscape(c.Query("ngay")) + "&cong=" + view.QueryEscape(c.Query("cong"))
	if page > 1 {
		to += "&trang=" + strconv.Itoa(page)
	}
	if q := c.Query("q"); q != "" {
		to += "&q=" + view.QueryEscape(q)
	}
	return to
}

// dropTicked takes a typed-in entry or exit back.
func (s *Door) dropTicked(c *fiber.Ctx) error {
	id := frame.EventParam(c)
	reason := s.Page(c, "ticked.drop_reason").Title
	if err := s.App.Admission.DropTicked(c.UserContext(), frame.Actor(c), id, registry.ScanID(c.Params("scan")), reason); err != nil {
		return err
	}
	frame.Flash(c, "ticked.flash.dropped")
	page, _ := strconv.Atoi(c.Query("trang"))
	return c.Redirect(tickedAt(c, page), fiber.StatusSeeOther)
}
