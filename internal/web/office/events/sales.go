package events

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// salesDeskPage is who has filed sales at an event.
type salesDeskPage struct {
	view.Base
	reports.SalesDesk
	Head    frame.EventHead
	Root    string
	Filed   int
	Chase   bool         // somebody owes the sales of a day that is over
	Done    *view.Notice // what became of a reminder
	Rows    []salesDue
	Nothing view.Empty
}

// salesDue is a line of the desk.
type salesDue struct {
	registry.SalesDue
	BoothsText string
	Chip       view.Chip
	On         string
	Untold     string // days that are over and not told
	PhoneText  string
	Tel        string // empty: the phone is not shown in full
	Reminded   string
	Href       string // empty where the officer may not open it
	Do         string
}

// showSalesDesk lists who has filed and who has not.
func (s *Door) showSalesDesk(c *fiber.Ctx) error { return s.salesDesk(c, nil) }

func (s *Door) salesDesk(c *fiber.Ctx, reminded *reports.Reminded) error {
	p, err := s.readSalesDesk(c)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, p.Event)
	p.Nothing = view.Empty{Icon: "store", Title: p.T("sales.no_vendors"), Text: p.T("sales.no_vendors_text")}
	if reminded != nil {
		p.Done = remindedNotice(p.Base, *reminded)
	}
	return s.Render(c, frame.LayoutOffice, "events/sales", p)
}

// readSalesDesk reads who has filed and who has not, those who owe first.
func (s *Door) readSalesDesk(c *fiber.Ctx) (salesDeskPage, error) {
	desk, err := s.App.Reports.MissingSales(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	p := salesDeskPage{Base: s.OfficePage(c, "sales.desk_title"), SalesDesk: desk, Root: view.EventRoot(desk.Event.ID) + "/doanh-thu"}
	p.Filed = len(desk.Dues) - len(desk.Missing())
	for _, d := range append(desk.Missing(), slices.DeleteFunc(slices.Clone(desk.Dues), func(d registry.SalesDue) bool { return !d.Complete() })...) {
		line := p.line(d)
		p.Chase = p.Chase || p.Open && line.Untold != ""
		p.Rows = append(p.Rows, line)
	}
	return p, err
}

// remindSales writes to the vendors that have not told their sales and says whom
// that reached.
func (s *Door) remindSales(c *fiber.Ctx) error {
	done, err := s.App.Reports.RemindSales(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	return s.salesDesk(c, &done)
}

// remindedNotice says who was written to, who had been a short while ago, and who
// has no address.
func remindedNotice(b view.Base, done reports.Reminded) *view.Notice {
	n := &view.Notice{Class: "go", Icon: "mail", Title: b.T("sales.reminded", len(done.Written))}
	var lines []string
	if len(done.Lately) > 0 {
		lines = append(lines, b.T("sales.reminded_lately", len(done.Lately), strings.Join(done.Lately, ", ")))
	}
	if len(done.ToCall) > 0 {
		n.Class = "wait"
		lines = append(lines, b.T("sales.reminded_call", len(done.ToCall), strings.Join(done.ToCall, ", ")))
	}
	n.Text = strings.Join(lines, " ")
	return n
}

// showSalesChase lists on paper whom to call about sales: who has not told the sales
// of a day that is over.
func (s *Door) showSalesChase(c *fiber.Ctx) error {
	p, err := s.readSalesDesk(c)
	if err != nil {
		return err
	}
	p.Title = p.T("sales.chase_list")
	p.Head = frame.EventHead{Title: p.Event.Title, Line: s.WhereLine(p.Event) + " · " + vn.ShowRange(p.Event.OpensOn, p.Event.ClosesOn)}
	p.Rows = slices.DeleteFunc(p.Rows, func(line salesDue) bool { return line.Untold == "" })
	p.Nothing = view.Empty{Icon: "circle-check", Title: p.T("sales.chase_none")}
	return s.Render(c, frame.LayoutOffice, "events/sales_calls", p)
}

func (p *salesDeskPage) line(d registry.SalesDue) salesDue {
	line := salesDue{SalesDue: d, BoothsText: strings.Join(d.Booths, ", "), Chip: dueChip(p.Base, d)}
	if d.FiledAt > 0 {
		line.On = view.ShowInstant(d.FiledAt)
	}
	if d.RemindedAt > 0 {
		line.Reminded = p.T("sales.reminded_on", view.ShowInstant(d.RemindedAt))
	}
	line.Untold = p.untold(d)
	if line.PhoneText = vn.ShowPhone(d.Phone); !strings.Contains(d.Phone, "*") {
		line.Tel = d.Phone
	}
	href := view.EventRoot(d.Event) + "/doanh-thu/" + string(d.Vendor)
	switch {
	case p.Open && d.FiledAt == 0:
		line.Href, line.Do = href, p.T("sales.type_in")
	case p.Open && !d.Complete():
		line.Href, line.Do = href, p.T("sales.type_rest")
	case p.Open && d.Mine:
		line.Href, line.Do = href, p.T("sales.mend")
	case p.Sees && d.FiledAt > 0:
		line.Href, line.Do = href, p.T("sales.open")
	}
	return line
}

// untold lists the days that are over and of which a vendor has told no sales.
func (p *salesDeskPage) untold(d registry.SalesDue) string {
	var days []string
	for _, day := range d.Missing(p.Today) {
		days = append(days, view.ShortDate(day))
	}
	return strings.Join(days, ", ")
}

// dueChip is how far a return is.
func dueChip(b view.Base, d registry.SalesDue) view.Chip {
	switch {
	case d.Complete():
		return view.Chip{Class: "go", Icon: "check", Label: b.T("sales.complete")}
	case d.FiledAt > 0:
		return view.Chip{Class: "wait", Icon: "clock", Label: b.T("sales.partly", len(d.Days)-len(d.Missing("")), len(d.Days))}
	}
	return view.Chip{Class: "stop", Icon: "clock", Label: b.T("sales.not_filed")}
}

// SalesToChase lists the events that are over and whose sales are missing, for the
// desk of an officer.
func (s *Door) SalesToChase(c *fiber.Ctx, b view.Base) (lines []view.TodoLine, err error) {
	chases, err := s.App.Reports.SalesChases(c.UserContext(), frame.Actor(c))
	for _, chase := range chases {
		lines = append(lines, view.TodoLine{Href: view.EventRoot(chase.Event.ID) + "/doanh-thu", Event: chase.Event.Title, Text: b.T("sales.chase", chase.Missing)})
	}
	return lines, err
}
