package web

import "github.com/gofiber/fiber/v2"

// searchPage is the answer to one question over everything that is public.
type searchPage struct {
	base
	Query     string
	Areas     []areaHit
	Events    []EventCard
	Vendors   []VendorRow
	Products  []ProductCard
	EventsN   int
	VendorsN  int
	ProductsN int
	Nothing   bool
	Empty     Empty

	AllVendors  string // address of the whole list, empty if all are shown
	AllProducts string
}

// areaHit is a unit with the way to what is in it.
type areaHit struct {
	Name     string
	Events   string // address, empty if there are none
	EventsN  int
	Vendors  string
	VendorsN int
}

// showSearch looks for a text among communes, events, vendors and products.
func (s *Server) showSearch(c *fiber.Ctx) error {
	text := askedText(c, "q")
	found, err := s.app.Vendors.Search(c.UserContext(), text)
	if err != nil {
		return err
	}
	p := searchPage{base: s.publicNav(c, s.page(c, "search.title")), Query: text, EventsN: found.EventsN,
		VendorsN: found.VendorsN, ProductsN: found.ProductsN, Nothing: text != "" && found.Empty()}
	p.Empty = Empty{Icon: "search", Title: p.T("search.none", text), Text: p.T("search.hint")}
	if found.VendorsN > len(found.Vendors) {
		p.AllVendors = query("/doanh-nghiep", "q", text)
	}
	if found.ProductsN > len(found.Products) {
		p.AllProducts = query("/san-pham", "q", text)
	}
	if text != "" {
		p.Title = p.T("search.title_of", text)
	}
	for _, a := range found.Areas {
		hit := areaHit{Name: s.app.Areas.LongName(a.Area, s.app.Today()), EventsN: a.EventsN, VendorsN: a.VendorsN}
		if a.EventsN > 0 {
			hit.Events = query("/su-kien", "dia-ban", a.Ref.Code)
		}
		if a.VendorsN > 0 {
			hit.Vendors = query("/doanh-nghiep", "dia-ban", a.Ref.Code)
		}
		p.Areas = append(p.Areas, hit)
	}
	p.Events = s.eventCards(p.base, found.Events, nil)
	for _, v := range found.Vendors {
		p.Vendors = append(p.Vendors, s.vendorRow(p.base, v, found.Counts[v.ID]))
	}
	p.Products = s.productCards(p.base, found.Products)
	return s.render(c, layoutPublic, "search", p)
}
