package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// vendorsPage is the public list of vendors.
type vendorsPage struct {
	base
	Query  vendorQuery
	Count  string
	Rows   []VendorRow
	Kinds  []filterLink
	Groups []filterLink
	Areas  []filterLink
	Clear  string // address without filters, empty if there are none
	Picked bool   // a filter is chosen of those that are folded away
	More   string
	First  string // address of the first page, empty on it
	Empty  Empty
}

// showVendors lists the vendors that the public sees.
func (s *Server) showVendors(c *fiber.Ctx) error {
	q := s.readVendorQuery(c)
	l, err := s.app.Vendors.PublicVendors(c.UserContext(), q.filter())
	if err != nil {
		return err
	}
	leadsNowhere(c, "tu", len(l.Vendors))
	p := vendorsPage{base: s.publicNav(c, s.page(c, "vendor.list.title")), Query: q}
	p.Description = p.T("vendor.list.lead")
	p.Count = p.T("vendor.list.count", l.Total)
	for _, v := range l.Vendors {
		p.Rows = append(p.Rows, s.vendorRow(p.base, v, l.Counts[v.ID]))
	}
	p.Empty = Empty{Icon: "store", Title: p.T("vendor.list.none"), Text: p.T("search.hint"), Href: "/doanh-nghiep", Action: p.T("vendor.list.clear")}
	s.vendorFilters(&p, l)
	if l.More {
		q.After = l.Vendors[len(l.Vendors)-1].Slug
		p.More = q.href()
	}
	return s.render(c, layoutPublic, "vendors", p)
}

func (s *Server) vendorFilters(p *vendorsPage, l vendors.VendorList) {
	q := p.Query
	p.Kinds = choose(p.base, "vendor.kind.", registry.VendorKinds, q.Kind, func(k string) string {
		return q.with(func(q *vendorQuery) { q.Kind = k })
	})
	p.Groups = choose(p.base, "product.group.", registry.ProductGroups, q.Group, func(g string) string {
		return q.with(func(q *vendorQuery) { q.Group = g })
	})
	p.Areas = s.areaFilters(p.base, l.Areas, q.Area, func(a string) string {
		return q.with(func(q *vendorQuery) { q.Area = a })
	})
	if q.with(func(*vendorQuery) {}) != "/doanh-nghiep" {
		p.Clear = "/doanh-nghiep"
	}
	p.Picked = q.Kind+q.Area != ""
	if q.After != "" {
		p.First = q.with(func(*vendorQuery) {})
	}
}

// vendorShow is the public page of a vendor.
type vendorShow struct {
	base
	Vendor  registry.Vendor
	Logo    string
	Initial string
	Kind    string
	Place   string
	Phone   string
	Dial    string
	TaxCode string
	Stops   []EventCard
	Cards   []ProductCard
	Empty   Empty    // where there are no products
	Papers  []string // "Giấy … : còn hạn đến 30/06/2027"
}

// showVendor shows a vendor: who, where, what it sells and where it will be next.
func (s *Server) showVendor(c *fiber.Ctx) error {
	v, err := s.app.Vendors.VendorPage(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	p := vendorShow{base: s.publicNav(c, s.titled(c, v.Vendor.Name)), Vendor: v.Vendor, Place: s.longPlace(v.Vendor),
		Initial: initial(v.Vendor.Name), TaxCode: v.Vendor.TaxCode.Public()}
	p.Description = p.T("vendor.page.description", v.Vendor.Name, p.Place)
	p.Kind = p.vendorKind(v.Vendor.Kind)
	if v.Vendor.Logo != "" {
		p.Logo = stampPhoto(v.Vendor.Logo)
	}
	if v.Vendor.Phone != "" {
		p.Phone, p.Dial = vn.ShowPhone(v.Vendor.Phone), vn.DialPhone(v.Vendor.Phone)
	}
	p.Stops = s.stopCards(p.base, v.Stops)
	p.Empty = Empty{Icon: "package", Title: p.T("vendor.page.no_products")}
	p.Cards = s.productCards(p.base, v.Products)
	for i := range p.Cards {
		p.Cards[i].Maker = p.priceText(v.Products[i].Product) // whose it is, the page says
	}
	for _, c := range v.Papers {
		p.Papers = append(p.Papers, p.paperLine(c))
	}
	return s.render(c, layoutPublic, "vendor", p)
}

// paperLine says which paper is in force and until when.
func (b base) paperLine(c registry.Certificate) string {
	if c.ValidTo == "" {
		return b.T("certificate.line_endless", b.paperName(c.Kind))
	}
	return b.T("certificate.line", b.paperName(c.Kind), vn.ShowDate(c.ValidTo))
}
