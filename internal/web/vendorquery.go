package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// listRows is how many rows a page of a public list has.
const listRows = 24

// vendorQuery is the filters of the list of vendors as its address writes them.
type vendorQuery struct {
	Text  string // q
	Kind  string // loai
	Group string // nhom
	Area  string // dia-ban: code of a commune of today
	After string // tu: slug of the last one shown
}

// readVendorQuery reads the filters. What makes no sense is said on the page and
// counts as not there, so that an old or mistyped link still shows a list.
func (s *Server) readVendorQuery(c *fiber.Ctx) vendorQuery {
	return vendorQuery{Text: askedText(c, "q"), Kind: string(oneOf(c, "loai", registry.VendorKinds...)),
		Group: string(oneOf(c, "nhom", registry.ProductGroups...)),
		Area:  askedIf(c, "dia-ban", s.knownArea(c.Query("dia-ban"))), After: c.Query("tu")}
}

// knownArea reports whether a code names a unit of today.
func (s *Server) knownArea(code string) bool {
	_, ok := s.app.Areas.Lookup(todaysUnit(code))
	return ok
}

// href is the address of the list with these filters.
func (q vendorQuery) href() string {
	return query("/doanh-nghiep", "q", q.Text, "loai", q.Kind, "nhom", q.Group, "dia-ban", q.Area, "tu", q.After)
}

// with returns the address of the list with a change, on its first page.
func (q vendorQuery) with(change func(*vendorQuery)) string {
	q.After = ""
	change(&q)
	return q.href()
}

// filter turns the query into a filter of vendors.
func (q vendorQuery) filter() registry.VendorFilter {
	f := registry.VendorFilter{Text: q.Text, Kind: registry.VendorKind(q.Kind), Group: registry.ProductGroup(q.Group), After: q.After, Limit: listRows}
	if q.Area != "" {
		f.Areas = []string{q.Area}
	}
	return f
}

// todaysUnit names a unit of today by its code.
func todaysUnit(code string) registry.AreaRef {
	return registry.AreaRef{Edition: registry.Edition2025, Code: code}
}

// areaFilters makes a row of links to communes, the chosen one among them even if
// it is not one of the largest.
func (s *Server) areaFilters(b base, areas []registry.AreaCount, chosen string, href func(string) string) []filterLink {
	links := []filterLink{{Href: href(""), Label: b.T("vendor.list.all"), Current: chosen == ""}}
	seen := chosen == ""
	for _, a := range areas {
		seen = seen || a.Code == chosen
		links = append(links, filterLink{Href: href(a.Code), Label: s.placeName(todaysUnit(a.Code)), Current: a.Code == chosen})
	}
	if !seen {
		links = append(links, filterLink{Href: href(chosen), Label: s.placeName(todaysUnit(chosen)), Current: true})
	}
	return links
}
