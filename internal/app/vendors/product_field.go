package vendors

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/field"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// ProductInput is what the form of a product holds, each field under the name that
// it has in the form, in ProductFields and in faults.
type ProductInput struct {
	Name        string `form:"name"`
	Group       string `form:"group"`
	Brand       string `form:"brand"`
	Origin      string `form:"origin"`
	OriginPlace string `form:"origin_place"`
	Label       string `form:"label"`
	Description string `form:"description" lines:"many"`
	Price       string `form:"price"` // as typed; empty: not told
	PriceUnit   string `form:"price_unit"`
	GTIN        string `form:"gtin"`
	Hidden      bool   `form:"hidden"`
}

// ProductField is one field of a product.
type ProductField = field.Field[ProductInput, registry.Product]

// maxBrand is how many letters a brand has.
const maxBrand = 80

// maxPriceDong is the greatest price of a product.
const maxPriceDong = 100_000_000_000

// ProductFields are all fields of a product in the order of its form. The form, the
// audit log and the public view follow from this table.
var ProductFields = field.List[ProductInput, registry.Product]{
	{Name: "name", Kind: field.Line, Max: 120, Required: true, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Name, &p.Name }},
	{Name: "group", Kind: field.Pick, Codes: field.Codes(registry.ProductGroups), Texts: fact.ProductGroup, Required: true, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Group, &p.Group }},
	{Name: "brand", Kind: field.Line, Max: maxBrand, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Brand, &p.Brand }},
	{Name: "origin", Kind: field.Choice, Codes: field.Codes(registry.Origins), Texts: fact.Origin, Required: true, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Origin, &p.Origin }},
	{Name: "origin_place", Kind: field.Line, Max: maxLine, Required: true, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.OriginPlace, &p.OriginPlace }},
	{Name: "label", Kind: field.Pick, Codes: field.Codes(registry.Labels), Texts: fact.Label, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Label, &p.Label }},
	{Name: "description", Kind: field.Text, Max: 2000, Public: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Description, &p.Description }},
	{Name: "price", Kind: field.Money, Max: maxPriceDong, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Price, &p.PriceDong }},
	{Name: "price_unit", Kind: field.Line, Max: 40, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.PriceUnit, &p.PriceUnit }},
	{Name: "gtin", Kind: field.GTIN, Max: 20, Public: true, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.GTIN, &p.GTIN }},
	{Name: "hidden", Kind: field.Tick, Quoted: true,
		At: func(in *ProductInput, p *registry.Product) (any, any) { return &in.Hidden, &p.Hidden }},
}

// ProductInputOf is a stored product as its form takes it.
func ProductInputOf(p registry.Product) ProductInput { return ProductFields.Input(p) }

// checkProduct fills a product from its form, or returns all faults at once.
func checkProduct(in ProductInput, p *registry.Product) error {
	var r core.Input
	ProductFields.Read(&r, in, p)
	r.Faults.Check(!p.Label.Valid() || !p.Group.Valid() || p.Label.Fits(p.Group), "label", "error.product.label")
	r.Faults.Check(p.PriceDong == 0 || p.PriceUnit != "", "price_unit", "error.product.unit")
	return r.Faults.Err()
}

// publicProduct is what the public sees of a product: what its page is made of, the
// rank in force, and the fields that are Public.
func (a *Service) publicProduct(p registry.Product) registry.Product {
	shown := registry.Product{ID: p.ID, Vendor: p.Vendor, Slug: p.Slug, Photos: p.Photos, Evidence: p.Evidence, EvidenceAt: p.EvidenceAt,
		EvidenceUntil: p.EvidenceUntil, EvidenceNote: p.EvidenceNote, UpdatedAt: p.UpdatedAt}
	ProductFields.Public(&shown, &p)
	if best, ok := p.Stars(a.Today()); ok {
		shown.Ratings = []registry.Rating{best}
	}
	return shown
}
