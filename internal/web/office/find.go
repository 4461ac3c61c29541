package office

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// findPage is the answer to one question over all that the office keeps.
type findPage struct {
	view.Base
	Groups []findGroup
	Lead   string // what may be typed; "" beside an answer
	Empty  *view.Empty
}

// findGroup is what was found of one sort.
type findGroup struct {
	Label string
	N     int
	Rows  []findRow
	All   string // address of the list with all of them; "" where all are shown
}

// findRow is a thing with why it was found.
type findRow struct {
	Href, Title, Line string
	Chip              view.Chip
	Why               string
}

// showFind looks for a text in all that the reader may see.
func (s *Door) showFind(c *fiber.Ctx) error {
	text := frame.AskedText(c, "q")
	f, err := s.App.Lists.Find(c.UserContext(), frame.Actor(c), text)
	if err != nil {
		return err
	}
	p := findPage{Base: s.OfficePage(c, "seek.title")}
	p.Sought = text
	if text != "" {
		p.Title = p.T("seek.title_of", text)
	}
	sorts := p.sortNames(f.Sorts)
	switch {
	case text == "":
		p.Lead = p.T("seek.lead", sorts)
	case lists.TooShort(text):
		p.Lead = p.T("seek.short")
	case f.Empty():
		p.Empty = &view.Empty{Icon: "search", Title: p.T("seek.none", text), Text: p.T("seek.none_text", sorts)}
	}
	for _, sort := range f.Sorts {
		if g := s.findGroup(p.Base, sort, f); g.N > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return s.Render(c, frame.LayoutOffice, "office/find", p)
}

// sortNames lists what was looked through.
func (p findPage) sortNames(sorts []lists.Sort) string {
	names := make([]string, len(sorts))
	for i, sort := range sorts {
		names[i] = p.T("seek.in." + string(sort))
	}
	return strings.Join(names, ", ")
}

// findGroup draws what was found of one sort.
func (s *Door) findGroup(b view.Base, sort lists.Sort, f lists.Findings) findGroup {
	g := findGroup{Label: b.T("seek.sort." + string(sort)), N: f.N[sort]}
	switch sort {
	case lists.Events:
		g.Rows = rowsOf(b, f.Events, s.foundEvent)
		g.All = view.Query("/quan-ly/su-kien", "xem", "tat-ca", "q", b.Sought)
	case lists.Vendors:
		g.Rows = rowsOf(b, f.Vendors, s.foundVendor)
		g.All = view.Query("/quan-ly/co-so", "q", b.Sought)
	case lists.Products:
		g.Rows = rowsOf(b, f.Products, s.foundProduct)
		g.All = view.Query("/quan-ly/co-so/san-pham", "viec", "tat-ca", "q", b.Sought)
	case lists.Applications:
		g.Rows = rowsOf(b, f.Applications, s.foundApplication)
	case lists.Passes:
		g.Rows = rowsOf(b, f.Passes, s.foundPass)
	case lists.Tips:
		g.Rows = rowsOf(b, f.Tips, s.foundTip)
	}
	if g.N <= len(g.Rows) {
		g.All = ""
	}
	return g
}

// rowsOf draws things with why they were found.
func rowsOf[T any](b view.Base, found []lists.Found[T], draw func(view.Base, T) findRow) (rows []findRow) {
	for _, f := range found {
		row := draw(b, f.Thing)
		row.Why = b.T("seek.why."+string(f.Why), b.Sought, f.Where)
		rows = append(rows, row)
	}
	return rows
}

func (s *Door) foundEvent(b view.Base, e registry.Event) findRow {
	return findRow{Href: view.EventRoot(e.ID), Title: e.Title, Line: s.WhereLine(e) + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn), Chip: b.StateChip(e.State)}
}

func (s *Door) foundVendor(b view.Base, v registry.Vendor) findRow {
	return findRow{Href: view.VendorFile(v.ID), Title: v.Name, Line: b.VendorKind(v.Kind) + " · " + view.SaidLine(v.Village, s.PlaceName(v.Area)), Chip: vendorState(b, v)}
}

func (s *Door) foundProduct(b view.Base, p registry.ProductCard) findRow {
	return findRow{Href: view.ProductFile(p.Vendor, p.ID), Title: p.Name, Line: p.VendorName + " · " + b.GroupName(p.Group), Chip: b.EvidenceChip(p.EvidenceOn(s.App.Today()))}
}

func (s *Door) foundApplication(b view.Base, a registry.ApplicationRow) findRow {
	return findRow{Href: view.ReviewRoot(a.ID), Title: b.T("seek.application", a.Number, a.VendorName),
		Line: a.EventTitle + " · " + vn.ShowRange(a.OpensOn, a.ClosesOn), Chip: b.ApplicationChip(a.State)}
}

func (s *Door) foundPass(b view.Base, p registry.FoundPass) findRow {
	return findRow{Href: view.Query(view.PassRoot(p.Event), "ma", p.Code), Title: b.T("seek.pass", b.T("pass.kind."+string(p.Kind)), p.Code),
		Line: view.SaidLine(p.VendorName, p.BoothCode, p.Label, p.EventTitle), Chip: frame.PassChip(b, p.State)}
}

func (s *Door) foundTip(b view.Base, t registry.TipRow) findRow {
	return findRow{Href: "/quan-ly/phan-anh/" + string(t.ID), Title: t.Number() + " · " + b.T("tip.kind."+string(t.Kind)),
		Line: view.SaidLine(t.VendorName, t.EventTitle), Chip: tipChip(b, t.State)}
}
