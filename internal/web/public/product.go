package public

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// productQuery is the filters of the list of products as its address writes them.
type productQuery struct {
	Text  string // q
	Group string // nhom
	Sort  string // loai: goods or services
	Brand bool   // nhan-hieu: with a brand alone
	Stars int    // sao: at least so many in force
	Area  string // dia-ban: code of a commune of today
	After string // tu: slug of the last one shown
}

// readProductQuery reads the filters. What makes no sense is said on the page and
// counts as not there.
func (s *Door) readProductQuery(c *fiber.Ctx) productQuery {
	return productQuery{Text: frame.AskedText(c, "q"), Group: string(frame.OneOf(c, "nhom", registry.ProductGroups...)),
		Sort: string(frame.OneOf(c, "loai", registry.Natures...)), Brand: frame.OneOf(c, "nhan-hieu", "co") != "",
		Stars: view.SmallNumber(frame.OneOf(c, "sao", "0", "1", "2", "3", "4", "5"), 5),
		Area:  frame.AskedIf(c, "dia-ban", s.KnownArea(c.Query("dia-ban"))), After: c.Query("tu")}
}

func (q productQuery) href() string {
	brand := ""
	if q.Brand {
		brand = "co"
	}
	return view.Query("/san-pham", "q", q.Text, "nhom", q.Group, "loai", q.Sort, "nhan-hieu", brand, "sao", strconv.Itoa(q.Stars), "dia-ban", q.Area, "tu", q.After)
}

// with returns the address of the list with a change, on its first page.
func (q productQuery) with(change func(*productQuery)) string {
	q.After = ""
	change(&q)
	return q.href()
}

func (q productQuery) filter() registry.ProductFilter {
	f := registry.ProductFilter{Text: q.Text, Group: registry.ProductGroup(q.Group), Nature: registry.Nature(q.Sort), Branded: q.Brand,
		Stars: q.Stars, After: q.After, Limit: frame.ListRows}
	if q.Area != "" {
		f.Areas = []string{q.Area}
	}
	return f
}

// productsPage is the public list of products.
type productsPage struct {
	view.Base
	Query  productQuery
	Count  string
	Cards  []view.ProductCard
	Groups []view.FilterLink
	Sorts  []view.FilterLink
	Brands []view.FilterLink
	Stars  []view.FilterLink
	Areas  []view.FilterLink
	Clear  string
	Picked bool // a filter is chosen of those that are folded away
	More   string
	First  string
	Empty  view.Empty
}

// showProducts lists the products that the public sees.
func (s *Door) showProducts(c *fiber.Ctx) error {
	q := s.readProductQuery(c)
	l, err := s.App.Vendors.PublicProducts(c.UserContext(), q.filter())
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "tu", len(l.Products))
	p := productsPage{Base: s.PublicNav(c, s.Page(c, "product.list.title")), Query: q}
	p.Description = p.T("product.list.lead")
	p.Count = p.T("product.list.count", l.Total)
	p.Cards = s.ProductCards(p.Base, l.Products)
	p.Groups = view.Choose(p.Base, "product.group.", registry.ProductGroups, q.Group, func(g string) string {
		return q.with(func(q *productQuery) { q.Group = g })
	})
	p.Sorts = view.Choose(p.Base, "product.nature.", registry.Natures, q.Sort, func(n string) string {
		return q.with(func(q *productQuery) { q.Sort = n })
	})
	p.Brands = []view.FilterLink{{Href: q.with(func(q *productQuery) { q.Brand = false }), Label: p.T("vendor.list.all"), Current: !q.Brand},
		{Href: q.with(func(q *productQuery) { q.Brand = true }), Label: p.T("product.list.branded"), Current: q.Brand}}
	p.Stars = starFilters(p.Base, q)
	p.Empty = view.Empty{Icon: "package", Title: p.T("product.list.none"), Text: p.T("search.hint"), Href: "/san-pham", Action: p.T("vendor.list.clear")}
	p.Areas = s.AreaFilters(p.Base, l.Areas, q.Area, func(a string) string {
		return q.with(func(q *productQuery) { q.Area = a })
	})
	if q.with(func(*productQuery) {}) != "/san-pham" {
		p.Clear = "/san-pham"
	}
	p.Picked = q.Stars > 0 || q.Area != "" || q.Brand
	if q.After != "" {
		p.First = q.with(func(*productQuery) {})
	}
	if l.More {
		q.After = l.Products[len(l.Products)-1].Slug
		p.More = q.href()
	}
	return s.Render(c, frame.LayoutPublic, "public/products", p)
}

// starFilters are the links to what has stars in force.
func starFilters(b view.Base, q productQuery) []view.FilterLink {
	links := []view.FilterLink{{Href: q.with(func(q *productQuery) { q.Stars = 0 }), Label: b.T("vendor.list.all"), Current: q.Stars == 0}}
	for _, n := range []int{3, 4, 5} {
		label := b.T("product.list.stars", n)
		if n == 5 {
			label = b.T("product.list.five_stars")
		}
		links = append(links, view.FilterLink{Href: q.with(func(q *productQuery) { q.Stars = n }), Label: label, Current: q.Stars == n})
	}
	return links
}

// productShow is the public page of a product.
type productShow struct {
	view.Base
	Product  registry.Product
	Vendor   view.VendorRow
	Photos   []string
	Group    string
	Origin   string
	Proof    view.Proof
	Rungs    []string // names of the rungs, lowest first
	At       int      // the one the product stands on, -1 if it has fallen
	Stars    view.Stars
	Decision string
	Price    string
	GTIN     string
	GTIN893  bool
	Offers   []productOffer
	Stops    []view.EventCard
	More     []view.ProductCard
}

// showProduct shows a product: what it is, why it is Vietnamese, and where it is
// sold next.
func (s *Door) showProduct(c *fiber.Ctx) error {
	found, err := s.App.Vendors.ProductPage(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	product, today := found.Product, s.App.Today()
	p := productShow{Base: s.PublicNav(c, s.Titled(c, product.Name)), Product: product, GTIN: product.GTIN,
		GTIN893: vn.GTINLicensedByVietnam(product.GTIN)}
	p.Vendor = s.VendorRow(p.Base, found.Vendor, registry.ProductCount{})
	p.Description = p.T("product.page.description", product.Name, found.Vendor.Name)
	p.Share, p.Linked = shareProduct(p.Base, product), linkedProduct(p.Base, product, found.Vendor.Name)
	p.Group, p.Origin, p.Price = p.GroupName(product.Group), p.OriginPhrase(product), p.PriceText(product)
	p.Proof, p.Stars = p.ProofOn(product, today), p.StarsOn(product, today)
	if p.Stars.N > 0 {
		r := product.Ratings[0]
		p.Decision = p.T("product.decision", r.Decision, vn.ShowDate(r.IssuedOn), vn.ShowDate(r.ValidTo))
	}
	for _, e := range registry.EvidenceLadder {
		p.Rungs = append(p.Rungs, p.T("product.evidence."+string(e)))
	}
	p.At = p.Proof.Step - 1
	for _, id := range product.Photos {
		p.Photos = append(p.Photos, view.Photo(id))
	}
	if p.Offers, err = s.productOffers(c, p.Base, product.ID); err != nil {
		return err
	}
	p.Stops = s.StopCards(p.Base, found.Stops)
	p.More = s.ProductCards(p.Base, found.More)
	return s.Render(c, frame.LayoutPublic, "public/product", p)
}
