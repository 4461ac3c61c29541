package communications

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// severalRows is how many rows the page of several entries begins with.
const severalRows = 10

// severalForm is rows of entries, cell by cell, with the body that did them all.
type severalForm struct {
	Body     string   `form:"body"`
	Clients  []string `form:"client" lines:"row"`
	Channels []string `form:"channel" lines:"row"`
	Times    []string `form:"times" lines:"row"`
	People   []string `form:"people" lines:"row"`
	Days     []string `form:"day" lines:"row"`
	Areas    []string `form:"area" lines:"row"`
	Villages []string `form:"village" lines:"row"`
	Topics   []string `form:"topic" lines:"row"`
	Confirm  []string `form:"confirm"` // rows whose figures are right, by number
}

// cellAt is a cell of a column, "" beyond its end.
func cellAt(column []string, i int) string {
	if i < len(column) {
		return strings.TrimSpace(column[i])
	}
	return ""
}

// rows is how many rows were sent.
func (f severalForm) rows() int {
	return max(len(f.Clients), len(f.Channels), len(f.Times), len(f.People), len(f.Days), len(f.Areas), len(f.Villages), len(f.Topics))
}

// blank reports whether nothing was typed in a row.
func (f severalForm) blank(i int) bool {
	for _, column := range [][]string{f.Channels, f.Times, f.People, f.Days, f.Areas, f.Villages, f.Topics} {
		if cellAt(column, i) != "" {
			return false
		}
	}
	return true
}

// like fills empty cells of a column with those above, in the rows that have something: the
// page says so.
func (f severalForm) like(column []string) []string {
	filled, above := make([]string, f.rows()), ""
	for i := range filled {
		if filled[i] = cellAt(column, i); f.blank(i) {
			continue
		}
		if filled[i] == "" {
			filled[i] = above
		}
		above = filled[i]
	}
	return filled
}

// severalLine is a row of the page.
type severalLine struct {
	N        int
	Client   string
	Channel  view.Field
	Cells    []severalCell
	Asked    []string // what is asked back about it
	Question bool     // it was asked back, or confirmed
	Right    bool
}

// Row is the number of the row as the form sends it.
func (l severalLine) Row() int { return l.N - 1 }

// severalCell is a cell with the name of its column.
type severalCell struct {
	Name, Class string
	Field       view.Field
}

// severalPage is the page on which several entries are typed at once.
type severalPage struct {
	view.Base
	view.Form
	Body  []view.Field // one, or none
	Heads []string
	Lines []severalLine
	Asks  bool
}

// severalSent is how rows fared that were not written.
type severalSent struct {
	faults map[string]string
	asked  []communications.Question // by the rows of the page
	status int
}

// showSeveral shows empty rows; the first has what is most likely filled in.
func (s *Door) showSeveral(c *fiber.Ctx) error {
	ch, err := s.App.Communications.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	f := severalForm{Body: string(ch.Body), Channels: []string{string(ch.Channel)}, Days: []string{vn.ShowDate(s.App.Today())}}
	if !ch.Area.IsZero() {
		f.Areas = []string{s.AreaName(ch.Area)}
	}
	return s.reshowSeveral(c, f, severalSent{status: fiber.StatusOK})
}

func (s *Door) reshowSeveral(c *fiber.Ctx, f severalForm, x severalSent) error {
	ch, err := s.App.Communications.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := severalPage{Base: s.OfficePage(c, "communication.several_title"), Asks: len(x.asked) > 0}
	p.Form = view.NewForm(&p.Base, x.faults)
	if len(ch.Bodies) > 0 {
		p.Body = p.Take(view.Field{Name: "body", Type: "select", Label: p.T("communication.field.body"), Options: bodyOptions(p.Base, ch, f.Body)})
	}
	for _, name := range []string{"channel", "times", "people", "day", "area", "village", "topic"} {
		p.Heads = append(p.Heads, p.T("communication.field."+name))
	}
	for i := range min(max(severalRows, f.rows()+2), communications.MaxRows) {
		p.Lines = append(p.Lines, p.line(f, x, i, ch))
	}
	return s.RenderStatus(c, x.status, frame.LayoutOffice, "communications/several", p)
}

// line draws a row.
func (p *severalPage) line(f severalForm, x severalSent, i int, ch communications.Choices) severalLine {
	n := strconv.Itoa(i)
	l := severalLine{N: i + 1, Client: cellAt(f.Clients, i), Right: slices.Contains(f.Confirm, n)}
	if l.Client == "" {
		l.Client = uuid.NewString()
	}
	label := func(name string) string { return p.T("communication.row_cell", i+1, p.T("communication.field."+name)) }
	options := append([]view.Option{{Label: p.T("communication.row_none")}}, channelOptions(p.Base, ch.Channels, cellAt(f.Channels, i))...)
	l.Channel = p.TakeOne(view.Field{Name: "channel." + n, Label: label("channel"), Options: options})
	for _, cell := range []struct {
		name, class, kind string
		column            []string
		most              int
	}{
		{"times", "num", "", f.Times, 12}, {"people", "num", "", f.People, 12}, {"day", "num", "date", f.Days, 30}, {"area", "wide-cell", "", f.Areas, 120},
		{"village", "", "", f.Villages, committee.MaxCommPlace}, {"topic", "wide-cell", "", f.Topics, committee.MaxCommTopic},
	} {
		l.Cells = append(l.Cells, severalCell{cell.name, cell.class, p.TakeOne(view.Field{Name: cell.name + "." + n, Type: cell.kind, Label: label(cell.name),
			Value: cellAt(cell.column, i), Max: cell.most})})
	}
	for _, q := range x.asked {
		if q.Row == i {
			l.Asked = append(l.Asked, questions(p.Base, []communications.Question{q})...)
		}
	}
	l.Question = len(l.Asked) > 0 || l.Right
	return l
}

// enterSeveral writes all rows into the register, or none: what is wrong stands at its
// cell, what is hardly possible is asked back.
func (s *Door) enterSeveral(c *fiber.Ctx) error {
	var f severalForm
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	f.Channels, f.Days, f.Areas = f.like(f.Channels), f.like(f.Days), f.like(f.Areas)
	inputs, at, places := s.severalInputs(f)
	b := s.Page(c, "communication.several_title")
	if len(inputs) == 0 {
		return s.reshowSeveral(c, f, severalSent{faults: map[string]string{"times.0": b.T("communication.error.no_rows")}, status: fiber.StatusUnprocessableEntity})
	}
	_, asked, err := s.App.Communications.Enter(c.UserContext(), frame.Actor(c), inputs)
	if err == nil && len(asked) == 0 {
		frame.Flash(c, "communication.flash.several")
		return c.Redirect(root, fiber.StatusSeeOther)
	}
	x := severalSent{status: fiber.StatusOK}
	for _, q := range asked {
		q.Row = at[q.Row]
		x.asked = append(x.asked, q)
	}
	if err != nil {
		texts, ok := view.FaultTexts(b, err)
		if !ok {
			return err
		}
		x.status, x.faults = frame.FaultStatus(c, err), severalFaults(b, texts, at, places)
	}
	return s.reshowSeveral(c, f, x)
}

// severalInputs are the rows that have something, which rows of the page they are, and what
// is wrong with their units.
func (s *Door) severalInputs(f severalForm) (inputs []communications.EntryInput, at []int, places map[int]*registry.Error) {
	places = map[int]*registry.Error{}
	for i := range f.rows() {
		if f.blank(i) {
			continue
		}
		in := communications.EntryInput{Client: cellAt(f.Clients, i), Channel: f.Channels[i], Times: cellAt(f.Times, i), People: cellAt(f.People, i),
			Day: f.Days[i], Village: cellAt(f.Villages, i), Topic: cellAt(f.Topics, i), Body: f.Body, Confirm: slices.Contains(f.Confirm, strconv.Itoa(i))}
		ref, fault := s.PickedArea(f.Areas[i], "", s.PastDayTyped(in.Day))
		if !ref.IsZero() {
			in.Area = ref.String()
		}
		if fault != nil {
			places[i] = fault
		}
		inputs, at = append(inputs, in), append(at, i)
	}
	return inputs, at, places
}

// severalFaults puts faults at the rows of the page. A body is chosen once for all.
func severalFaults(b view.Base, texts map[string]string, at []int, places map[int]*registry.Error) map[string]string {
	moved := map[string]string{}
	for name, text := range texts {
		field, row, has := strings.Cut(name, ".")
		n := 0
		if has {
			n, _ = strconv.Atoi(row) // made from a number
		}
		switch {
		case field == "" || field == "body" || n >= len(at):
			moved[field] = text
		default:
			moved[fmt.Sprintf("%s.%d", field, at[n])] = text
		}
	}
	for row, fault := range places {
		moved[fmt.Sprintf("area.%d", row)] = b.T(fault.Key, fault.Args...)
	}
	return moved
}
