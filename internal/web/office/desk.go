package office

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/office/events"
	"hoicho/internal/web/view"
)

// How many lines of each list the desk shows.
const (
	deskQueue  = 6
	deskAhead  = 6
	deskAlarms = 6
)

// deskPage is the first page of the office: what waits, and the figures of today.
type deskPage struct {
	view.Base
	Today   string
	Heading string
	// Province is asked for until there is one; nil then, and for whoever may not set it.
	Province *view.Field
	Tiles    []view.DeskTile
	Queue    []queueLine
	Waiting  int
	Todo     []view.TodoLine
	Sales    []view.TodoLine // events that are over and whose sales are missing
	Running  []events.OfficeEventRow
	Ahead    []events.OfficeEventRow
	MayAdd   bool
	None     view.Empty
}

// queueLine is an application that waits.
type queueLine struct {
	Href, Vendor, Goods, Event, Days, Since string
	Late                                    bool
}

// showDesk shows the desk of an officer.
func (s *Door) showDesk(c *fiber.Ctx) error {
	if actor := frame.Actor(c); !actor.CanSomewhere(registry.ViewOffice) { // a body's people: their tasks are all they see
		return c.Redirect("/quan-ly/nhiem-vu", fiber.StatusSeeOther)
	}
	d, err := s.App.Lifecycle.Desk(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	today := s.App.Today()
	p := deskPage{Base: s.OfficePage(c, "desk.title"), Waiting: d.Queue.Waiting, MayAdd: frame.Actor(c).CanSomewhere(registry.ManageEvents)}
	p.Today = vn.Weekday(today, p.Lang) + " " + vn.ShowDate(today) + " · " + p.LunarRange(today, today)
	p.Heading = deskHeading(p.Base, d)
	for i, item := range p.Nav {
		p.Nav[i].Count = map[string]int{"/quan-ly/don": d.Queue.Waiting, "/quan-ly/phan-anh": d.Tips}[item.Href]
	}
	p.Tiles = deskTiles(p.Base, d)
	if frame.Actor(c).CanSomewhere(registry.Communicate) {
		tile, err := s.wordsTile(c, p.Base)
		if err != nil {
			return err
		}
		p.Tiles = append(p.Tiles, tile)
	}
	if err := s.inspectionTile(c, &p); err != nil {
		return err
	}
	for _, r := range d.Queue.Rows[:min(deskQueue, len(d.Queue.Rows))] {
		p.Queue = append(p.Queue, newQueueLine(p.Base, r))
	}
	if err := s.askProvince(c, &p); err != nil {
		return err
	}
	if err := s.fillTodo(c, &p, d); err != nil {
		return err
	}
	if p.Sales, err = s.events.SalesToChase(c, p.Base); err != nil {
		return err
	}
	rows, err := s.events.OfficeEventRows(c, p.Base, slices.Concat(d.Running, d.Ahead[:min(deskAhead, len(d.Ahead))]), d.Figures)
	if err != nil {
		return err
	}
	p.Running, p.Ahead = rows[:len(d.Running)], rows[len(d.Running):]
	p.None = view.Empty{Icon: "calendar-days", Title: p.T("desk.none"), Text: p.T("event.office.none_text")}
	if p.MayAdd {
		p.None.Href, p.None.Action = "/quan-ly/su-kien/moi", p.T("event.office.add")
	}
	return s.Render(c, frame.LayoutOffice, "office/desk", p)
}

// fillTodo lists what waits for the reader.
func (s *Door) fillTodo(c *fiber.Ctx, p *deskPage, d lifecycle.Desk) error {
	if d.NewVendors > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: "/quan-ly/co-so?tinh-trang=" + string(registry.VendorNew), Event: p.T("desk.new_vendors", d.NewVendors), Text: p.T("desk.new_vendors_text")})
	}
	if d.SlipsDue > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: tipsHref(tabAwaited, ""), Event: p.T("desk.slips_n", d.SlipsDue), Text: p.T("desk.slips_text")})
	}
	if d.Mail > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: "/quan-ly/thu", Event: p.T("desk.mail_n", d.Mail), Text: p.T("desk.mail_text")})
	}
	alarms, err := s.App.Passes.OpenAlarms(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	for _, a := range alarms[:min(deskAlarms, len(alarms))] {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.PassRoot(a.Event) + "#canh-bao", Event: p.T("desk.copied", a.BoothCode, a.EventTitle),
			Text: p.AlarmWhy(a.PassAlarm)})
	}
	for _, x := range d.Calls {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.EventRoot(x.Event.ID) + "/goi", Event: x.Event.Title, Text: p.T("call.desk", x.N)})
	}
	due, err := s.App.Procurement.DueMatchings(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	if due > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: "/quan-ly/ho-tro/ket-noi?xem=den-han", Event: p.T("matching.desk", due), Text: p.T("matching.desk_text")})
	}
	late, err := s.App.Supervision.Late(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	if late > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.SupervisionRoot + "?xem=late", Event: p.T("supervision.desk", late), Text: p.T("supervision.desk_text")})
	}
	asked, err := s.App.Personal.Waiting(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	if asked.Open > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.PersonalRoot, Event: p.T("personal.inbox_heading", asked.Open, asked.Late), Text: p.T("personal.desk_text")})
	}
	p.Todo = append(p.Todo, gateTodo(p.Base, d.Gates)...)
	for _, t := range d.Todo {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.EventRoot(t.Event.ID), Event: t.Event.Title, Text: p.T(t.Key, t.Args...)})
	}
	offers, err := s.events.OffersToReview(c, p.Base)
	p.Todo = append(p.Todo, offers...)
	return err
}

// askProvince asks for the province of a new installation, whoever may set it.
func (s *Door) askProvince(c *fiber.Ctx, p *deskPage) error {
	province, err := s.App.Events.Province(c.UserContext())
	if err != nil || province.Ref.Code != "" || !frame.Actor(c).Can(registry.ManageSettings, nil) {
		return err
	}
	p.Province = &view.Field{Name: "province", Type: "select", Label: p.T("setting.province"), Hint: p.T("setting.province_hint"),
		Options: []view.Option{{Label: p.T("setting.province_choose"), Selected: true}}}
	for _, area := range s.App.Areas.Provinces(s.App.Today()) {
		p.Province.Options = append(p.Province.Options, view.Option{Value: area.Ref.Code, Label: area.FullName()})
	}
	return nil
}

// chooseProvince sets the province of a new installation. Without one the settings
// ask for it.
func (s *Door) chooseProvince(c *fiber.Ctx) error {
	var form struct {
		Province string `form:"province"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.settingsPage(c, settingsSent{}, err)
	}
	if err := s.App.ChooseProvince(c.UserContext(), frame.Actor(c), form.Province); err != nil {
		return s.settingsPage(c, settingsSent{}, err)
	}
	frame.Flash(c, "setting.flash.saved")
	return c.Redirect("/quan-ly", fiber.StatusSeeOther)
}

// deskHeading is the answer to the question of the page: what waits.
func deskHeading(b view.Base, d lifecycle.Desk) string {
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
	switch todo := len(d.Todo) + len(d.Calls) + len(gateTodo(b, d.Gates)) + min(d.NewVendors, 1) + min(d.Mail, 1); {
	case differences > 0:
		return b.T("desk.differences_n", differences)
	case todo > 0:
		return b.T("desk.todo_n", todo)
	}
	return b.T("desk.calm")
}

// gateTodo tells what waits at the gates.
func gateTodo(b view.Base, gates []admission.GateToDo) (lines []view.TodoLine) {
	for _, g := range gates {
		root := view.EventRoot(g.Event.ID) + "/cong/"
		if g.Differences > 0 {
			lines = append(lines, view.TodoLine{Href: root + "doi-chieu", Event: g.Event.Title, Text: b.T("desk.differences_n", g.Differences)})
		}
		if n := len(g.Silent); n > 0 {
			lines = append(lines, view.TodoLine{Href: root + "truc-tiep", Event: g.Event.Title, Text: b.T("desk.phones_n", n)})
		}
	}
	return lines
}

func deskTiles(b view.Base, d lifecycle.Desk) []view.DeskTile {
	tiles := []view.DeskTile{
		{Label: b.T("desk.visits"), N: vn.Count(int64(d.Visits)), Note: runningNote(b, d.Running), Href: events.RunningHref},
		{Label: b.T("desk.left"), N: vn.Count(int64(d.Left)), Note: b.T("desk.left_in", len(d.Ahead)), Href: events.AheadHref},
	}
	if d.Communes > 0 {
		tiles = append(tiles, view.DeskTile{Label: b.T("desk.uncovered"), N: strconv.Itoa(d.Uncovered), Of: "/ " + strconv.Itoa(d.Communes),
			Note: b.T("desk.uncovered_see"), Href: "/ban-do?xem=chua-co#chua-co"})
	}
	if d.Tips > 0 {
		tiles = append(tiles, view.DeskTile{Label: b.T("desk.tips"), N: strconv.Itoa(d.Tips), Note: b.T("desk.tips_see"),
			Href: tipsHref(string(registry.TipReceived), "")})
	}
	return append(tiles, view.DeskTile{Label: b.T("desk.to_report"), N: strconv.Itoa(d.ToReport), Note: b.T("desk.to_report_see"),
		Href: events.ToReportHref})
}

// wordsTile is what the year has of communications, for whoever enters them.
func (s *Door) wordsTile(c *fiber.Ctx, b view.Base) (view.DeskTile, error) {
	sum, err := s.App.Communications.Year(c.UserContext(), frame.Actor(c))
	return view.DeskTile{Label: b.T("communication.title"), N: vn.Count(sum.Times), Note: b.T("communication.tile", vn.Count(sum.People)), Href: view.WordsRoot}, err
}

// inspectionTile is what waits for whoever inspects; for whoever does little else it stands
// first.
func (s *Door) inspectionTile(c *fiber.Ctx, p *deskPage) error {
	actor := frame.Actor(c)
	if !actor.CanSomewhere(registry.Inspect) {
		return nil
	}
	w, err := s.App.Inspections.Waiting(c.UserContext(), actor)
	if err != nil {
		return err
	}
	tile := view.DeskTile{Label: p.T("inspection.tile"), N: vn.Count(int64(w.Late)), Note: p.T("inspection.tile_note", w.Twins, w.Missing),
		Href: view.InspectionsRoot + "?xem=qua-han", Late: w.Late > 0}
	if actor.CanSomewhere(registry.ManageEvents) {
		p.Tiles = append(p.Tiles, tile)
	} else {
		p.Tiles = append([]view.DeskTile{tile}, p.Tiles...)
	}
	if w.Late > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.InspectionsRoot + "?xem=qua-han", Event: p.T("inspection.late_n", w.Late), Text: p.T("inspection.late_text")})
	}
	if w.Twins > 0 {
		p.Todo = append(p.Todo, view.TodoLine{Href: view.InspectionsRoot + "?xem=cho-ghep", Event: p.T("inspection.twins_n", w.Twins), Text: p.T("inspection.twin_ask")})
	}
	return nil
}

// runningNote says where the visits of today are counted.
func runningNote(b view.Base, running []registry.Event) string {
	switch len(running) {
	case 0:
		return b.T("desk.nothing_on")
	case 1:
		return running[0].Title
	}
	return b.T("desk.left_in", len(running))
}

func newQueueLine(b view.Base, r booths.QueueRow) queueLine {
	l := queueLine{Href: view.ReviewRoot(r.ID), Vendor: r.VendorName, Goods: joined(r.Goods, 4), Event: r.EventTitle,
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
