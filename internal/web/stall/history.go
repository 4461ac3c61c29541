package stall

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// historyPage is what a vendor did at its events, year by year.
type historyPage struct {
	view.Base
	Lead   string
	Years  []historyYear
	Beside []view.NavItem // inspections at none of the events
	None   view.Empty
}

type historyYear struct {
	Year  string
	Sums  []view.SummaryRow
	Fairs []fairLine
}

// fairLine is an event of the vendor.
type fairLine struct {
	Title   string
	Href    string // of the application
	When    string
	Place   string
	Chips   []view.Chip
	Booths  string
	Sales   string // "" where there is nothing to tell
	Parts   string // of the sum: what is estimated, contracts, who typed it in
	Untold  string // days that are over and not told
	Return  string // address of the sales return, "" where there is none
	Open    bool   // it may still be filed or changed
	Records []view.NavItem
}

// showHistory shows the vendor its events and sales.
func (s *Door) showHistory(c *fiber.Ctx) error {
	h, err := s.App.Lists.VendorHistory(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	p := historyPage{Base: s.vendorPage(c, h.Vendor, "history.title"), None: view.Empty{Icon: "calendar-days"}}
	p.None.Title, p.None.Text = p.T("history.none"), p.T("history.none_text")
	p.None.Href, p.None.Action = "/su-kien", p.T("vendor.desk.apply")
	p.Beside = recordLinks(p.Base, h.Vendor.ID, h.Beside)
	for len(h.Fairs) > 0 {
		year := h.Fairs[0].Year()
		n := slices.IndexFunc(h.Fairs, func(f lists.Fair) bool { return f.Year() != year })
		if n < 0 {
			n = len(h.Fairs)
		}
		y := historyYear{Year: year, Sums: yearSums(p.Base, h.Fairs[:n], s.App.Today())}
		for _, f := range h.Fairs[:n] {
			y.Fairs = append(y.Fairs, fairOf(p.Base, h.Vendor.ID, f, s.App.Today()))
		}
		p.Years, h.Fairs = append(p.Years, y), h.Fairs[n:]
	}
	if len(p.Years) == 0 {
		p.ListFiles = nil
	}
	return s.Render(c, frame.LayoutVendor, "stall/history", p)
}

// sendHistory sends the vendor its events and sales as a file.
func (s *Door) sendHistory(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.HistoryFile(c.UserContext(), frame.Actor(c), frame.VendorParam(c), ask)
	})
}

// fairOf is an event of the vendor in words.
func fairOf(b view.Base, vendor registry.VendorID, f lists.Fair, today string) fairLine {
	l := fairLine{Title: f.Title, Href: view.StallApplication(vendor, f.Application), When: vn.ShowRange(f.OpensOn, f.ClosesOn),
		Place: view.SaidLine(f.Venue, f.Place), Booths: strings.Join(f.Booths, ", "), Records: recordLinks(b, vendor, f.Records)}
	l.Chips = []view.Chip{b.StateChip(f.EventState)}
	if !f.Held() {
		l.Chips = append(l.Chips, b.ApplicationChip(f.State))
		return l
	}
	l.Return, l.Open = view.StallRoot(vendor)+"/doanh-thu/"+string(f.Event), f.TakesSales()
	for i, day := range f.Untold(today) {
		if i > 0 {
			l.Untold += ", "
		}
		l.Untold += view.ShortDate(day)
	}
	if f.Sales.Version > 0 {
		l.Sales = vn.Dong(f.Sales.Dong())
		l.Parts = salesParts(b, f.Sales.Estimated(), f.Sales.ContractsN, f.Sales.ContractsDong)
		if f.Sales.OnPaper {
			l.Parts = view.SaidLine(l.Parts, b.T("history.on_paper"))
		}
	}
	return l
}

// salesParts say what a sum of sales holds beside exact takings.
func salesParts(b view.Base, estimated int64, contracts int, value int64) string {
	var parts []string
	if estimated > 0 {
		parts = append(parts, b.T("history.estimated", vn.Dong(estimated)))
	}
	if contracts > 0 {
		parts = append(parts, b.T("history.contracts", contracts, vn.Dong(value)))
	}
	return view.SaidLine(parts...)
}

// recordLinks lead to inspections, with what each found.
func recordLinks(b view.Base, vendor registry.VendorID, rows []inspection.Row) []view.NavItem {
	links := make([]view.NavItem, len(rows))
	for i, r := range rows {
		found := b.T("inspection.all_met")
		switch {
		case r.Open > 0:
			found = b.T("history.found_open", r.Findings, r.Open)
		case r.Findings > 0:
			found = b.T("history.found", r.Findings)
		case r.Bad > 0:
			found = b.T("inspection.to_remedy", r.Bad)
		}
		links[i] = view.NavItem{Href: view.StallRecord(vendor, r.ID), Label: b.T("history.record", b.T("inspection.kind."+string(r.Kind)), vn.ShowDate(r.On), found)}
	}
	return links
}

// yearSums are the figures of a year: of events that have begun, and at which the vendor was
// among those taken.
func yearSums(b view.Base, fairs []lists.Fair, today string) []view.SummaryRow {
	var held, told, contracts, untold int
	var dong, estimated, value int64
	for _, f := range fairs {
		if !f.Held() {
			continue
		}
		held++
		told, dong, estimated = told+len(f.Sales.Days), dong+f.Sales.Dong(), estimated+f.Sales.Estimated()
		contracts, value = contracts+f.Sales.ContractsN, value+f.Sales.ContractsDong
		untold += len(f.Untold(today))
	}
	if held == 0 {
		return nil
	}
	sums := []view.SummaryRow{{Label: b.T("history.held"), Value: vn.Count(int64(held))}}
	sold := b.T("history.sold", told, vn.Dong(dong))
	sums = append(sums, view.SummaryRow{Label: b.T("history.sales"), Value: view.SaidLine(sold, salesParts(b, estimated, contracts, value))})
	if untold > 0 {
		sums = append(sums, view.SummaryRow{Label: b.T("sales.untold"), Value: vn.Count(int64(untold))})
	}
	return sums
}
