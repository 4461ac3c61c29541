package events

import (
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// cloneEvery is how many days after an event its copy is proposed: a week later,
// or today if that has passed.
const cloneEvery = 7

// cloneShown is how many rows of the form are open; the others are folded.
const cloneShown = 5

// eventCloneRow is a row of the form: what is different about one copy.
type eventCloneRow struct {
	Area     string `form:"area"`
	AreaRef  string `form:"area_ref"`
	FirstDay string `form:"first_day"`
	LastDay  string `form:"last_day"`
	Title    string `form:"title"`
}

// eventClonePage is the form that copies an event, a row for each copy.
type eventClonePage struct {
	view.Base
	view.Form
	Head   frame.EventHead
	Root   string
	Rows   []cloneRow
	More   []cloneRow // folded
	Open   bool       // whether More is needed at once
	Copied string
	Made   []OfficeEventRow // copies that there are
}

// cloneRow is a row with its fields in the order of the columns.
type cloneRow struct {
	N      int
	Fields []view.Field
}

// showCloneEvent shows the form of a copy.
func (s *Door) showCloneEvent(c *fiber.Ctx) error {
	p, e, err := s.clonePage(c)
	if err != nil {
		return err
	}
	on := max(vn.AddDays(e.OpensOn, cloneEvery), s.App.Today())
	f := eventCloneRow{FirstDay: vn.ShowDate(on)}
	if a, ok := s.App.Areas.Lookup(s.App.AreaFor(e.Area, on)); ok {
		f.Area, f.AreaRef = s.App.Areas.LongName(a, on), a.Ref.String()
	}
	p.fill([]eventCloneRow{f})
	return s.Render(c, frame.LayoutOffice, "events/clone", p)
}

func (s *Door) clonePage(c *fiber.Ctx) (eventClonePage, registry.Event, error) {
	x, err := s.App.Events.CloneDesk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return eventClonePage{}, x.Event, err
	}
	e := x.Event
	p := eventClonePage{Base: s.OfficePage(c, "event.clone.title", e.Title), Root: view.EventRoot(e.ID)}
	p.Head, p.Copied = s.EventHead(c, p.Base, e), p.T("event.clone.copied", x.Booths, x.Gates, len(e.Items))
	p.Made, err = s.eventRows(c, p.Base, x.Copies)
	return p, e, err
}

// fill makes the rows of the form: those given, and empty ones up to the most.
func (p *eventClonePage) fill(rows []eventCloneRow) {
	for i := range events.ClonesMost {
		row := cloneRow{N: i + 1}
		var f eventCloneRow
		if i < len(rows) {
			f = rows[i]
		}
		in := eventForm{EventInput: events.EventInput{Area: f.Area, FirstDay: f.FirstDay, LastDay: f.LastDay, Title: f.Title}, AreaRef: f.AreaRef}
		for _, name := range []string{"area", "first_day", "last_day", "title"} {
			x := fieldNamed(p.Base, in, name)
			x.Name, x.Hint, x.Required = name+"-"+strconv.Itoa(row.N), "", false
			x.Label = p.T("event.clone.field."+name, row.N)
			if x.On != "" {
				x.On += "-" + strconv.Itoa(row.N)
			}
			row.Fields = append(row.Fields, p.TakeOne(x))
		}
		if i < cloneShown {
			p.Rows = append(p.Rows, row)
			continue
		}
		p.More = append(p.More, row)
		p.Open = p.Open || f != eventCloneRow{}
	}
}

// cloneEvent makes the copies and opens the one, or lists them.
func (s *Door) cloneEvent(c *fiber.Ctx) error {
	p, e, err := s.clonePage(c)
	if err != nil {
		return err
	}
	rows, err := cloneRows(c)
	if rows == nil {
		return err
	}
	asked, places := s.cloneInput(rows)
	var made []registry.Event
	if err == nil {
		made, err = s.App.Events.CloneEvents(c.UserContext(), frame.Actor(c), e.ID, asked)
	}
	switch {
	case err == nil && len(made) == 1:
		frame.Flash(c, "event.flash.cloned")
		return c.Redirect(view.EventRoot(made[0].ID), fiber.StatusSeeOther)
	case err == nil:
		frame.Flash(c, "event.flash.cloned_many")
		return c.Redirect(p.Root+"/nhan-ban#ban-sao", fiber.StatusSeeOther)
	}
	texts, ok := view.FaultTexts(p.Base, err)
	if !ok {
		return err
	}
	for at, fault := range places {
		texts[at] = p.T(fault.Key, fault.Args...)
	}
	p.Form = view.NewForm(&p.Base, texts)
	p.fill(rows)
	return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutOffice, "events/clone", p)
}

// cloneInput finds the units of the rows. A typed unit that is none, or several,
// comes back as a fault at its field; its row is then read without one.
func (s *Door) cloneInput(rows []eventCloneRow) (asked []events.CloneRow, places map[string]*registry.Error) {
	places = map[string]*registry.Error{}
	for i, f := range rows {
		row := events.CloneRow{Title: f.Title, FirstDay: f.FirstDay, LastDay: f.LastDay}
		area, fault := s.PickedArea(f.Area, f.AreaRef, s.dayTyped(f.FirstDay))
		if !area.IsZero() {
			row.Area = area.String()
		}
		if fault != nil {
			row.Area = f.Area // no unit: the row is refused with all that is wrong with it
			places["area-"+strconv.Itoa(i+1)] = fault
		}
		asked = append(asked, row)
	}
	return asked, places
}

// rowName takes the name of a field in a row apart: "area-3_ref" is area_ref of 3.
var rowName = regexp.MustCompile(`^([a-z_]+)-([1-9][0-9]?)(_ref)?$`)

// cloneRows reads the form. Rows beyond the most, and names that are no field of a
// row, were not made by the form: Malformed, without rows. What cannot be read is
// Invalid at the field of its row.
func cloneRows(c *fiber.Ctx) ([]eventCloneRow, error) {
	values, files, err := frame.FormValues(c)
	if err != nil {
		return nil, err
	}
	parts := make([]url.Values, events.ClonesMost)
	for name, value := range values {
		if strings.HasPrefix(name, "_") {
			continue
		}
		m := rowName.FindStringSubmatch(name)
		if m == nil {
			return nil, registry.E(registry.Malformed, "error.unknown_field", name)
		}
		n, _ := strconv.Atoi(m[2])
		if n > len(parts) {
			return nil, registry.E(registry.Malformed, "error.unknown_field", name)
		}
		if parts[n-1] == nil {
			parts[n-1] = url.Values{}
		}
		parts[n-1][m[1]+m[3]] = value
	}
	var faults registry.Faults
	rows := make([]eventCloneRow, len(parts))
	for i := range parts {
		err := frame.BindValues(parts[i], files, &rows[i])
		unread, ok := errors.AsType[registry.Faults](err)
		if err != nil && !ok {
			return nil, err
		}
		for _, f := range unread {
			f.Field += "-" + strconv.Itoa(i+1)
		}
		faults = append(faults, unread...)
	}
	return rows, faults.Err()
}
