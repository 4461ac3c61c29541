package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// ListRows is how many rows a page of a public list has.
const ListRows = 24

// VendorQuery is the filters of the list of vendors as its address writes them.
type VendorQuery struct {
	Text  string // q
	Kind  string // loai
	Group string // nhom
	Area  string // dia-ban: code of a commune of today
	After string // tu: slug of the last one shown
}

// ReadVendorQuery reads the filters. What makes no sense is said on the page and
// counts as not there, so that an old or mistyped link still shows a list.
func (s *Server) ReadVendorQuery(c *fiber.Ctx) VendorQuery {
	return VendorQuery{Text: AskedText(c, "q"), Kind: string(OneOf(c, "loai", registry.VendorKinds...)),
		Group: string(OneOf(c, "nhom", registry.ProductGroups...)),
		Area:  AskedIf(c, "dia-ban", s.KnownArea(c.Query("dia-ban"))), After: c.Query("tu")}
}

// KnownArea reports whether a code names a unit of today.
func (s *Server) KnownArea(code string) bool {
	_, ok := s.App.Areas.Lookup(TodaysUnit(code))
	return ok
}

// Href is the address of the list with these filters.
func (q VendorQuery) Href() string {
	return view.Query("/doanh-nghiep", "q", q.Text, "loai", q.Kind, "nhom", q.Group, "dia-ban", q.Area, "tu", q.After)
}

// With returns the address of the list with a change, on its first page.
func (q VendorQuery) With(change func(*VendorQuery)) string {
	q.After = ""
	change(&q)
	return q.Href()
}

// Filter turns the query into a filter of vendors.
func (q VendorQuery) Filter() registry.VendorFilter {
	f := registry.VendorFilter{Text: q.Text, Kind: registry.VendorKind(q.Kind), Group: registry.ProductGroup(q.Group), After: q.After, Limit: ListRows}
	if q.Area != "" {
		f.Areas = []string{q.Area}
	}
	return f
}

// TodaysUnit names a unit of today by its code.
func TodaysUnit(code string) registry.AreaRef {
	return registry.AreaRef{Edition: registry.Edition2025, Code: code}
}

// AreaFilters makes a row of links to communes, the chosen one among them even if
// it is not one of the largest.
func (s *Server) AreaFilters(b view.Base, areas []registry.AreaCount, chosen string, href func(string) string) []view.FilterLink {
	links := []view.FilterLink{{Href: href(""), Label: b.T("vendor.list.all"), Current: chosen == ""}}
	seen := chosen == ""
	for _, a := range areas {
		seen = seen || a.Code == chosen
		links = append(links, view.FilterLink{Href: href(a.Code), Label: s.PlaceName(TodaysUnit(a.Code)), Lang: b.Foreign(), Current: a.Code == chosen})
	}
	if !seen {
		links = append(links, view.FilterLink{Href: href(chosen), Label: s.PlaceName(TodaysUnit(chosen)), Lang: b.Foreign(), Current: true})
	}
	return links
}
