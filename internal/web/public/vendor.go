package public

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// vendorsPage is the public list of vendors.
type vendorsPage struct {
	view.Base
	Query  frame.VendorQuery
	Count  string
	Rows   []view.VendorRow
	Kinds  []view.FilterLink
	Groups []view.FilterLink
	Areas  []view.FilterLink
	Clear  string // address without filters, empty if there are none
	Picked bool   // a filter is chosen of those that are folded away
	More   string
	First  string // address of the first page, empty on it
	Empty  view.Empty
}

// showVendors lists the vendors that the public sees.
func (s *Door) showVendors(c *fiber.Ctx) error {
	q := s.ReadVendorQuery(c)
	l, err := s.App.Vendors.PublicVendors(c.UserContext(), q.Filter())
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "tu", len(l.Vendors))
	p := vendorsPage{Base: s.PublicNav(c, s.Page(c, "vendor.list.title")), Query: q}
	p.Description = p.T("vendor.list.lead")
	p.Count = p.T("vendor.list.count", l.Total)
	for _, v := range l.Vendors {
		p.Rows = append(p.Rows, s.VendorRow(p.Base, v, l.Counts[v.ID]))
	}
	p.Empty = view.Empty{Icon: "store", Title: p.T("vendor.list.none"), Text: p.T("search.hint"), Href: "/doanh-nghiep", Action: p.T("vendor.list.clear")}
	s.vendorFilters(&p, l)
	if l.More {
		q.After = l.Vendors[len(l.Vendors)-1].Slug
		p.More = q.Href()
	}
	return s.Render(c, frame.LayoutPublic, "public/vendors", p)
}

func (s *Door) vendorFilters(p *vendorsPage, l vendors.VendorList) {
	q := p.Query
	p.Kinds = view.Choose(p.Base, "vendor.kind.", registry.VendorKinds, q.Kind, func(k string) string {
		return q.With(func(q *frame.VendorQuery) { q.Kind = k })
	})
	p.Groups = view.Choose(p.Base, "product.group.", registry.ProductGroups, q.Group, func(g string) string {
		return q.With(func(q *frame.VendorQuery) { q.Group = g })
	})
	p.Areas = s.AreaFilters(p.Base, l.Areas, q.Area, func(a string) string {
		return q.With(func(q *frame.VendorQuery) { q.Area = a })
	})
	if q.With(func(*frame.VendorQuery) {}) != "/doanh-nghiep" {
		p.Clear = "/doanh-nghiep"
	}
	p.Picked = q.Kind+q.Area != ""
	if q.After != "" {
		p.First = q.With(func(*frame.VendorQuery) {})
	}
}

// vendorShow is the public page of a vendor.
type vendorShow struct {
	view.Base
	Vendor  registry.Vendor
	Logo    string
	Initial string
	Kind    string
	Place   string
	Phone   string
	Dial    string
	TaxCode string
	Stops   []view.EventCard
	Cards   []view.ProductCard
	Empty   view.Empty // where there are no products
	Papers  []string   // "Giấy … : còn hạn đến 30/06/2027"
}

// showVendor shows a vendor: who, where, what it sells and where it will be next.
func (s *Door) showVendor(c *fiber.Ctx) error {
	v, err := s.App.Vendors.VendorPage(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	p := vendorShow{Base: s.PublicNav(c, s.Titled(c, v.Vendor.Name)), Vendor: v.Vendor, Place: s.LongPlace(v.Vendor),
		Initial: view.Initial(v.Vendor.Name), TaxCode: v.Vendor.TaxCode.Public()}
	p.Description = p.T("vendor.page.description", v.Vendor.Name, p.Place)
	p.Kind = p.VendorKind(v.Vendor.Kind)
	if v.Vendor.Logo != "" {
		p.Logo = view.StampPhoto(v.Vendor.Logo)
	}
	if v.Vendor.Phone != "" {
		p.Phone, p.Dial = vn.ShowPhone(v.Vendor.Phone), vn.DialPhone(v.Vendor.Phone)
	}
	p.Stops = s.StopCards(p.Base, v.Stops)
	p.Empty = view.Empty{Icon: "package", Title: p.T("vendor.page.no_products")}
	p.Cards = s.ProductCards(p.Base, v.Products)
	for i := range p.Cards {
		p.Cards[i].Maker = p.PriceText(v.Products[i].Product) // whose it is, the page says
	}
	for _, c := range v.Papers {
		p.Papers = append(p.Papers, paperLine(p.Base, c))
	}
	return s.Render(c, frame.LayoutPublic, "public/vendor", p)
}

// paperLine says which paper is in force and until when.
func paperLine(b view.Base, c registry.Certificate) string {
	if c.ValidTo == "" {
		return b.T("certificate.line_endless", b.PaperName(c.Kind))
	}
	return b.T("certificate.line", b.PaperName(c.Kind), vn.ShowDate(c.ValidTo))
}
