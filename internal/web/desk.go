package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// How many lines of each list the desk shows.
const (
	deskQueue = 6
	deskAhead = 6
)

// deskPage is the first page of the office: what waits, and the figures of today.
type deskPage struct {
	base
	Today   string
	Heading string
	// Province is asked for until there is one; nil then, and for whoever may not set it.
	Province *Field
	Tiles    []deskTile
	Queue    []queueLine
	Waiting  int
	Todo     []todoLine
	Sales    []todoLine // events that are over and whose sales are missing
	Running  []officeEventRow
	Ahead    []officeEventRow
	MayAdd   bool
	None     Empty
}

// queueLine is an application that waits.
type queueLine struct {
	Href, Vendor, Goods, Event, Days, Since string
	Late                                    bool
}

// showDesk shows the desk of an officer.
func (s *Server) showDesk(c *fiber.Ctx) error {
	d, err := s.app.Lifecycle.Desk(c.UserContext(), actor(c))
	if err != nil {
		return err
	}
	today := s.app.Today()
	p := deskPage{base: s.officePage(c, "desk.title"), Waiting: d.Queue.Waiting, MayAdd: actor(c).CanSomewhere(registry.ManageEvents)}
	p.Today = vn.Weekday(today, p.Lang) + " " + vn.ShowDate(today) + " · " + p.lunarRange(today, today)
	p.Heading = p.deskHeading(d)
	for i, item := range p.Nav {
		p.Nav[i].Count = map[string]int{"/quan-ly/don": d.Queue.Waiting, "/quan-ly/phan-anh": d.Tips}[item.Href]
	}
	p.Tiles = p.deskTiles(d)
	for _, r := range d.Queue.Rows[:min(deskQueue, len(d.Queue.Rows))] {
		p.Queue = append(p.Queue, p.newQueueLine(r))
	}
	if err := s.askProvince(c, &p); err != nil {
		return err
	}
	if d.NewVendors > 0 {
		p.Todo = append(p.Todo, todoLine{Href: "/quan-ly/co-so?tinh-trang=" + string(registry.VendorNew), Event: p.T("desk.new_vendors", d.NewVendors), Text: p.T("desk.new_vendors_text")})
	}
	if d.Mail > 0 {
		p.Todo = append(p.Todo, todoLine{Href: "/quan-ly/thu", Event: p.T("desk.mail_n", d.Mail), Text: p.T("desk.mail_text")})
	}
	for _, x := range d.Calls {
		p.Todo = append(p.Todo, todoLine{Href: eventRoot(x.Event.ID) + "/goi", Event: x.Event.Title, Text: p.T("call.desk", x.N)})
	}
	p.Todo = append(p.Todo, p.gateTodo(d.Gates)...)
	for _, t := range d.Todo {
		p.Todo = append(p.Todo, todoLine{Href: eventRoot(t.Event.ID), Event: t.Event.Title, Text: p.T(t.Key, t.Args...)})
	}
	if p.Sales, err = s.salesToChase(c, p.base); err != nil {
		return err
	}
	if p.Running, err = s.officeEventRows(c, p.base, d.Running); err != nil {
		return err
	}
	if p.Ahead, err = s.officeEventRows(c, p.base, d.Ahead[:min(deskAhead, len(d.Ahead))]); err != nil {
		return err
	}
	p.None = Empty{Icon: "calendar-days", Title: p.T("desk.none"), Text: p.T("event.office.none_text")}
	if p.MayAdd {
		p.None.Href, p.None.Action = "/quan-ly/su-kien/moi", p.T("event.office.add")
	}
	return s.render(c, layoutOffice, "desk", p)
}

// askProvince asks for the province of a new installation, whoever may set it.
func (s *Server) askProvince(c *fiber.Ctx, p *deskPage) error {
	province, err := s.app.Events.Province(c.UserContext())
	if err != nil || province.Ref.Code != "" || !actor(c).Can(registry.ManageSettings, nil) {
		return err
	}
	p.Province = &Field{Name: "province", Type: "select", Label: p.T("setting.province"), Hint: p.T("setting.province_hint"),
		Options: []Option{{Label: p.T("setting.province_choose"), Selected: true}}}
	for _, area := range s.app.Areas.Provinces(s.app.Today()) {
		p.Province.Options = append(p.Province.Options, Option{Value: area.Ref.Code, Label: area.FullName()})
	}
	return nil
}

// chooseProvince sets the province of a new installation. Without one the settings
// ask for it.
func (s *Server) chooseProvince(c *fiber.Ctx) error {
	var form struct {
		Province string `form:"province"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if err := s.app.ChooseProvince(c.UserContext(), actor(c), form.Province); err != nil {
		return s.settingsPage(c, settingsSent{}, err)
	}
	flash(c, "setting.flash.saved")
	return c.Redirect("/quan-ly", fiber.StatusSeeOther)
}

// deskHeading is the answer to the question of the page: what waits.
func (b base) deskHeading(d lifecycle.Desk) string {
	switch {
	case d.Queue.Overdue > 0:
		return b.T("desk.waiting_late", d.Queue.Waiting, d.Queue.Overdue)
	case d.Queue.Waiting > 0:
		return b.T("desk.waiting", d.Queue.Waiting)
	case d.Tips > 0:
		return b.T("desk.tips_n", d.Tips)
	}
	differences := 0
	for _, g := range d.Gates {
		differences += g.Differences
	}
	switch todo := len(d.Todo) + len(d.Calls) + len(b.gateTodo(d.Gates)) + min(d.NewVendors, 1) + min(d.Mail, 1); {
	case differences > 0:
		return b.T("desk.differences_n", differences)
	case todo > 0:
		return b.T("desk.todo_n", todo)
	}
	return b.T("desk.calm")
}

// gateTodo tells what waits at the gates.
func (b base) gateTodo(gates []admission.GateToDo) (lines []todoLine) {
	for _, g := range gates {
		root := eventRoot(g.Event.ID) + "/cong/"
		if g.Differences > 0 {
			lines = append(lines, todoLine{Href: root + "doi-chieu", Event: g.Event.Title, Text: b.T("desk.differences_n", g.Differences)})
		}
		if g.Phones > 0 {
			lines = append(lines, todoLine{Href: root + "truc-tiep", Event: g.Event.Title, Text: b.T("desk.phones_n", g.Phones)})
		}
	}
	return lines
}

func (b base) deskTiles(d lifecycle.Desk) []deskTile {
	tiles := []deskTile{
		{Label: b.T("desk.visits"), N: vn.Count(int64(d.Visits)), Note: b.runningNote(d.Running), Href: "/quan-ly/su-kien"},
		{Label: b.T("desk.left"), N: vn.Count(int64(d.Left)), Note: b.T("desk.left_in", len(d.Ahead)), Href: "/quan-ly/su-kien"},
	}
	if d.Communes > 0 {
		tiles = append(tiles, deskTile{Label: b.T("desk.uncovered"), N: strconv.Itoa(d.Uncovered), Of: "/ " + strconv.Itoa(d.Communes),
			Note: b.T("desk.uncovered_see"), Href: "/ban-do"})
	}
	if d.Tips > 0 {
		tiles = append(tiles, deskTile{Label: b.T("desk.tips"), N: strconv.Itoa(d.Tips), Note: b.T("desk.tips_see"), Href: "/quan-ly/phan-anh"})
	}
	return append(tiles, deskTile{Label: b.T("desk.to_report"), N: strconv.Itoa(d.ToReport), Note: b.T("desk.to_report_see"),
		Href: "/quan-ly/su-kien?xem=da-qua"})
}

// runningNote says where the visits of today are counted.
func (b base) runningNote(running []registry.Event) string {
	switch len(running) {
	case 0:
		return b.T("desk.nothing_on")
	case 1:
		return running[0].Title
	}
	return b.T("desk.left_in", len(running))
}

func (b base) newQueueLine(r booths.QueueRow) queueLine {
	l := queueLine{Href: reviewRoot(r.ID), Vendor: r.VendorName, Goods: joined(r.Goods, 4), Event: r.EventTitle,
		Days: vn.ShowRange(r.OpensOn, r.ClosesOn), Late: r.Overdue > 0}
	switch {
	case r.Overdue > 0:
		l.Since = b.T("desk.overdue", r.Overdue)
	case r.Waits == 0:
		l.Since = b.T("desk.today")
	default:
		l.Since = b.T("desk.days_ago", r.Waits)
	}
	return l
}

// joined writes the first of some names.
func joined(names []string, most int) string {
	text := strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		text += "…"
	}
	return text
}
