package public

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// searchPage is the answer to one question over everything that is public.
type searchPage struct {
	view.Base
	Query     string
	Areas     []areaHit
	Events    []view.EventCard
	Vendors   []view.VendorRow
	Products  []view.ProductCard
	EventsN   int
	VendorsN  int
	ProductsN int
	Nothing   bool
	Empty     view.Empty

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
func (s *Door) showSearch(c *fiber.Ctx) error {
	text := frame.AskedText(c, "q")
	found, err := s.App.Vendors.Search(c.UserContext(), text)
	if err != nil {
		return err
	}
	p := searchPage{Base: s.PublicNav(c, s.Page(c, "search.title")), Query: text, EventsN: found.EventsN,
		VendorsN: found.VendorsN, ProductsN: found.ProductsN, Nothing: text != "" && found.Empty()}
	p.Empty = view.Empty{Icon: "search", Title: p.T("search.none", text), Text: p.T("search.hint")}
	if found.VendorsN > len(found.Vendors) {
		p.AllVendors = view.Query("/doanh-nghiep", "q", text)
	}
	if found.ProductsN > len(found.Products) {
		p.AllProducts = view.Query("/san-pham", "q", text)
	}
	if text != "" {
		p.Title = p.T("search.title_of", text)
	}
	for _, a := range found.Areas {
		hit := areaHit{Name: s.App.Areas.LongName(a.Area, s.App.Today()), EventsN: a.EventsN, VendorsN: a.VendorsN}
		if a.EventsN > 0 {
			hit.Events = view.Query("/su-kien", "dia-ban", a.Ref.Code)
		}
		if a.VendorsN > 0 {
			hit.Vendors = view.Query("/doanh-nghiep", "dia-ban", a.Ref.Code)
		}
		p.Areas = append(p.Areas, hit)
	}
	p.Events = s.EventCards(p.Base, found.Events, nil)
	for _, v := range found.Vendors {
		p.Vendors = append(p.Vendors, s.VendorRow(p.Base, v, found.Counts[v.ID]))
	}
	p.Products = s.ProductCards(p.Base, found.Products)
	return s.Render(c, frame.LayoutPublic, "public/search", p)
}
