package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// salesDeskPage is who has filed sales at an event.
type salesDeskPage struct {
	base
	reports.SalesDesk
	Head    eventHead
	Root    string
	Filed   int
	Chase   bool    // somebody owes the sales of a day that is over
	Done    *Notice // what became of a reminder
	Rows    []salesDue
	Nothing Empty
}

// salesDue is a line of the desk.
type salesDue struct {
	registry.SalesDue
	BoothsText string
	Chip       Chip
	On         string
	Untold     string // days that are over and not told
	PhoneText  string
	Tel        string // empty: the phone is not shown in full
	Reminded   string
	Href       string // empty where the officer may not open it
	Do         string
}

// showSalesDesk lists who has filed and who has not.
func (s *Server) showSalesDesk(c *fiber.Ctx) error { return s.salesDesk(c, nil) }

func (s *Server) salesDesk(c *fiber.Ctx, reminded *reports.Reminded) error {
	p, err := s.readSalesDesk(c)
	if err != nil {
		return err
	}
	p.Head = s.eventHead(c, p.base, p.Event)
	p.Nothing = Empty{Icon: "store", Title: p.T("sales.no_vendors"), Text: p.T("sales.no_vendors_text")}
	if reminded != nil {
		p.Done = p.remindedNotice(*reminded)
	}
	return s.render(c, layoutOffice, "salesdesk", p)
}

// readSalesDesk reads who has filed and who has not, those who owe first.
func (s *Server) readSalesDesk(c *fiber.Ctx) (salesDeskPage, error) {
	desk, err := s.app.Reports.MissingSales(c.UserContext(), actor(c), eventParam(c))
	p := salesDeskPage{base: s.officePage(c, "sales.desk_title"), SalesDesk: desk, Root: eventRoot(desk.Event.ID) + "/doanh-thu"}
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
func (s *Server) remindSales(c *fiber.Ctx) error {
	done, err := s.app.Reports.RemindSales(c.UserContext(), actor(c), eventParam(c))
	if err != nil {
		return err
	}
	return s.salesDesk(c, &done)
}

// remindedNotice says who was written to, who had been a short while ago, and who
// has no address.
func (b base) remindedNotice(done reports.Reminded) *Notice {
	n := &Notice{Class: "go", Icon: "mail", Title: b.T("sales.reminded", len(done.Written))}
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
func (s *Server) showSalesChase(c *fiber.Ctx) error {
	p, err := s.readSalesDesk(c)
	if err != nil {
		return err
	}
	p.Title = p.T("sales.chase_list")
	p.Head = eventHead{Title: p.Event.Title, Line: s.whereLine(p.Event) + " · " + vn.ShowRange(p.Event.OpensOn, p.Event.ClosesOn)}
	p.Rows = slices.DeleteFunc(p.Rows, func(line salesDue) bool { return line.Untold == "" })
	p.Nothing = Empty{Icon: "circle-check", Title: p.T("sales.chase_none")}
	return s.render(c, layoutOffice, "saleschase", p)
}

func (p *salesDeskPage) line(d registry.SalesDue) salesDue {
	line := salesDue{SalesDue: d, BoothsText: strings.Join(d.Booths, ", "), Chip: dueChip(p.base, d)}
	if d.FiledAt > 0 {
		line.On = showInstant(d.FiledAt)
	}
	if d.RemindedAt > 0 {
		line.Reminded = p.T("sales.reminded_on", showInstant(d.RemindedAt))
	}
	line.Untold = p.untold(d)
	if line.PhoneText = vn.ShowPhone(d.Phone); !strings.Contains(d.Phone, "*") {
		line.Tel = d.Phone
	}
	href := eventRoot(d.Event) + "/doanh-thu/" + string(d.Vendor)
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
		days = append(days, shortDate(day))
	}
	return strings.Join(days, ", ")
}

// dueChip is how far a return is.
func dueChip(b base, d registry.SalesDue) Chip {
	switch {
	case d.Complete():
		return Chip{Class: "go", Icon: "check", Label: b.T("sales.complete")}
	case d.FiledAt > 0:
		return Chip{Class: "wait", Icon: "clock", Label: b.T("sales.partly", len(d.Days)-len(d.Missing("")), len(d.Days))}
	}
	return Chip{Class: "stop", Icon: "clock", Label: b.T("sales.not_filed")}
}

// salesToChase lists the events that are over and whose sales are missing, for the
// desk of an officer.
func (s *Server) salesToChase(c *fiber.Ctx, b base) (lines []todoLine, err error) {
	chases, err := s.app.Reports.SalesChases(c.UserContext(), actor(c))
	for _, chase := range chases {
		lines = append(lines, todoLine{Href: eventRoot(chase.Event.ID) + "/doanh-thu", Event: chase.Event.Title, Text: b.T("sales.chase", chase.Missing)})
	}
	return lines, err
}
