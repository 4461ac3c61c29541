package web

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// productForm is what the form of a product sends.
type productForm struct {
	Version     int64  `form:"version"`
	Over        int64  `form:"over"`
	Name        string `form:"name"`
	Group       string `form:"group"`
	Description string `form:"description" lines:"many"`
	Origin      string `form:"origin"`
	OriginPlace string `form:"origin_place"`
	Label       string `form:"label"`
	GTIN        string `form:"gtin"`
	Price       string `form:"price"`
	PriceUnit   string `form:"price_unit"`
	Hidden      bool   `form:"hidden"`

	late bool // somebody else saved the product first
}

func (f productForm) input() vendors.ProductInput {
	return vendors.ProductInput{Name: f.Name, Group: f.Group, Description: f.Description, Origin: f.Origin, OriginPlace: f.OriginPlace,
		Label: f.Label, GTIN: f.GTIN, Price: f.Price, PriceUnit: f.PriceUnit, Hidden: f.Hidden}
}

// productFormOf is the form as it shows a stored product.
func productFormOf(p registry.Product) productForm {
	f := productForm{Version: p.Version, Name: p.Name, Group: string(p.Group), Description: p.Description, Origin: string(p.Origin),
		OriginPlace: p.OriginPlace, Label: string(p.Label), GTIN: p.GTIN, PriceUnit: p.PriceUnit, Hidden: p.Hidden}
	if p.PriceDong > 0 {
		f.Price = vn.Count(p.PriceDong)
	}
	return f
}

var productFields = []string{"name", "group", "origin", "origin_place", "label", "description", "price", "price_unit", "gtin", "hidden"}

// fields draws the form of a product.
func (f productForm) fields(b base, faults map[string]string) []Field {
	fields := []Field{
		{Name: "name", Label: b.T("product.field.name"), Hint: b.T("product.field.name_hint"), Value: f.Name, Max: 120},
		{Name: "group", Type: "select", Label: b.T("product.field.group"), Options: append([]Option{{Label: b.T("product.field.choose")}}, options(b, "product.group.", registry.ProductGroups, f.Group)...)},
		{Name: "origin", Type: "radios", Label: b.T("product.field.origin"), Hint: b.T("product.field.origin_hint"), Options: withHints(b, options(b, "product.origin.", registry.Origins, f.Origin), "product.origin_hint.")},
		{Name: "origin_place", Label: b.T("product.field.origin_place"), Hint: b.T("product.field.origin_place_hint"), Value: f.OriginPlace, Max: 120},
		{Name: "label", Type: "select", Label: b.T("product.field.label"), Hint: b.T("product.field.label_hint"), Options: append([]Option{{Label: b.T("product.label.untold")}}, options(b, "product.label.", registry.Labels, f.Label)...)},
		{Name: "description", Type: "textarea", Label: b.T("product.field.description"), Hint: b.T("product.field.description_hint"), Value: f.Description, Rows: 4, Max: 2000},
		{Name: "price", Type: "money", Label: b.T("product.field.price"), Hint: b.T("product.field.price_hint"), Value: f.Price},
		{Name: "price_unit", Label: b.T("product.field.price_unit"), Hint: b.T("product.field.price_unit_hint"), Value: f.PriceUnit, Max: 40},
		{Name: "gtin", Label: b.T("product.field.gtin"), Hint: b.T("product.field.gtin_hint"), Value: f.GTIN, InputMode: "numeric", Max: 20},
		{Name: "hidden", Type: "checkbox", Label: b.T("product.field.hidden"), Hint: b.T("product.field.hidden_hint"), Value: ticked(f.Hidden)},
	}
	for i := range fields {
		fields[i].Error = faults[fields[i].Name]
	}
	return fields
}

// ownProductsPage is the list of a vendor's products.
type ownProductsPage struct {
	base
	Home  string
	Rows  []ownProduct
	Draft *draftLink
	None  Empty
}

// ownProduct is a product in the list of its vendor.
type ownProduct struct {
	Href   string
	Photo  string
	Name   string
	Line   string
	Proof  Ladder
	Stars  Stars
	Chips  []Chip
	Hidden bool
}

// showOwnProducts lists all products of a vendor.
func (s *Server) showOwnProducts(c *fiber.Ctx) error {
	d, err := s.app.Vendors.VendorDesk(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	home := stallRoot(d.Vendor.ID)
	p := ownProductsPage{base: s.vendorPage(c, d.Vendor, "vendor.tab.products"), Home: home}
	if p.Draft, err = s.draftOf(c, d.Vendor.ID); err != nil {
		return err
	}
	p.None = Empty{Icon: "package", Title: p.T("product.own.none"), Text: p.T("product.own.none_text"), Href: home + "/san-pham/moi", Action: p.T("product.own.add")}
	for _, x := range d.Products {
		p.Rows = append(p.Rows, s.ownProductRow(p.base, home, x))
	}
	return s.render(c, layoutVendor, "own-products", p)
}

func (s *Server) ownProductRow(b base, home string, p registry.Product) ownProduct {
	row := ownProduct{Href: home + "/san-pham/" + string(p.ID), Name: p.Name, Line: b.groupName(p.Group), Proof: b.proofOn(p, s.app.Today()).Ladder,
		Stars: b.starsOn(p, s.app.Today()), Hidden: p.Hidden}
	if price := b.priceText(p); price != "" {
		row.Line += " · " + price
	}
	if len(p.Photos) > 0 {
		row.Photo = smallPhoto(p.Photos[0])
	} else {
		row.Chips = append(row.Chips, Chip{Class: "wait", Icon: "camera", Label: b.T("product.own.no_photo")})
	}
	if p.Hidden {
		row.Chips = append(row.Chips, Chip{Class: "off", Label: b.T("product.own.hidden")})
	}
	return row
}

// productEditPage is a product as a form with its photos and ranks.
type productEditPage struct {
	base
	Action     string // of the form; the parts of the product lie below it
	New        bool
	Version    int64
	Stale      *stale
	Fields     []Field
	Faults     []FieldFault
	Proof      proof
	Origin     string
	Warning    string // what an edit would do to the evidence
	Photos     []editPhoto
	Upload     Field
	Full       bool // no more photos
	Ratings    []ratingRow
	Rating     []Field
	RatingOpen bool // show the form of a rank: something in it is wrong, or there is none yet
	Public     string
	Papers     string // address of the form for a paper of origin
	Products   string
	Draft      *draftLink
}

type editPhoto struct {
	ID    registry.FileID
	N     int // from 1
	Small string
	First bool
}

// ratingRow is an OCOP rank as its vendor and the office see it, in force or not.
type ratingRow struct {
	IssuedOn string // as stored: names the rank
	Text     string
	State    Chip
	Claimed  bool
}

// showNewProduct shows an empty form of a product.
func (s *Server) showNewProduct(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	place := ""
	if a, ok := s.app.Areas.Lookup(v.Area); ok {
		place = s.app.Areas.LongName(a, s.app.Today())
	}
	return s.newProduct(c, fiber.StatusOK, v, productForm{Origin: string(registry.MadeIn), OriginPlace: place}, nil)
}

func (s *Server) newProduct(c *fiber.Ctx, status int, v registry.Vendor, f productForm, faults map[string]string) error {
	home := stallRoot(v.ID)
	p := productEditPage{base: s.vendorPage(c, v, "product.own.add"), Action: home + "/san-pham/moi", New: true, Products: home + "/san-pham"}
	p.Fields, p.Faults = f.fields(p.base, faults), summary(p.base, faults, productFields...)
	p.HasError = len(faults) > 0
	var err error
	if p.Draft, err = s.draftOf(c, v.ID); err != nil {
		return err
	}
	return s.renderStatus(c, status, layoutVendor, "own-product", p)
}

// addProduct adds a product and goes on to its photos.
func (s *Server) addProduct(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	var f productForm
	var p registry.Product
	if err = bind(c, &f); err == nil {
		p, err = s.app.Vendors.CreateProduct(c.UserContext(), actor(c), v.ID, f.input())
	}
	if err != nil {
		texts, ok := faultTexts(s.page(c, "product.own.add"), err)
		if !ok {
			return err
		}
		return s.newProduct(c, fiber.StatusUnprocessableEntity, v, f, texts)
	}
	flash(c, "product.own.added")
	return c.Redirect(stallRoot(v.ID)+"/san-pham/"+string(p.ID)+"#anh", fiber.StatusSeeOther)
}

// productRef is the product that the address of a page names.
func productRef(c *fiber.Ctx) vendors.ProductRef {
	return vendors.ProductRef{Vendor: vendorParam(c), Product: registry.ProductID(c.Params("product"))}
}

// showOwnProduct shows a product as a form.
func (s *Server) showOwnProduct(c *fiber.Ctx) error {
	return s.ownProductPage(c, fiber.StatusOK, nil, ratingForm{}, nil)
}

// ownProductPage shows a product as a form: as stored, or as it was filled in when
// something in it was wrong.
func (s *Server) ownProductPage(c *fiber.Ctx, status int, filled *productForm, r ratingForm, faults map[string]string) error {
	v, product, err := s.app.Vendors.OwnProduct(c.UserContext(), actor(c), productRef(c))
	if err != nil {
		return err
	}
	f := productFormOf(product)
	if filled != nil {
		f = *filled
	}
	home := stallRoot(v.ID)
	p := productEditPage{base: s.vendorPage(c, v, "product.own.edit", product.Name), Action: home + "/san-pham/" + string(product.ID), Version: f.Version,
		Proof: s.page(c, "product.own.edit").proofOn(product, s.app.Today()), Full: len(product.Photos) >= registry.MaxPhotos,
		Papers: home + "/giay-to/moi?loai=origin_paper&san-pham=" + string(product.ID), Products: home + "/san-pham"}
	if !product.Hidden && v.State.Public() {
		p.Public = productHref(product.Slug)
	}
	p.Origin = p.originPhrase(product)
	if p.Proof.Step > 2 {
		p.Warning = p.T("product.own.falls_back")
	}
	p.Fields, p.Faults = f.fields(p.base, faults), summary(p.base, faults, append(productFields, "photo", "stars", "decision", "issued_on", "valid_to")...)
	p.HasError = len(faults) > 0
	if f.late {
		p.Stale = newStale(p.base, product.Version, p.Action, p.Fields, productFormOf(product).fields(p.base, nil))
	}
	for i, id := range product.Photos {
		p.Photos = append(p.Photos, editPhoto{ID: id, N: i + 1, Small: smallPhoto(id), First: i == 0})
	}
	p.Upload = photoField(p.base, "photo", "product.own.photo", faults)
	p.Ratings, p.Rating = p.ratingRows(product, s.app.Today()), r.fields(p.base, faults)
	p.RatingOpen = faults["stars"]+faults["decision"]+faults["issued_on"]+faults["valid_to"] != ""
	if p.Draft, err = s.draftOf(c, v.ID); err != nil {
		return err
	}
	return s.renderStatus(c, status, layoutVendor, "own-product", p)
}

// ratingRows tells each rank of a product and whether it is shown.
func (b base) ratingRows(p registry.Product, today string) []ratingRow {
	var rows []ratingRow
	for _, r := range p.Ratings {
		row := ratingRow{IssuedOn: r.IssuedOn, Claimed: r.Claimed,
			Text:  b.ratingText(r),
			State: Chip{Class: "go", Icon: "check", Label: b.T("product.rating.shown")}}
		switch {
		case r.ValidTo < today:
			row.State = Chip{Class: "off", Label: b.T("product.rating.lapsed")}
		case r.Claimed:
			row.State = Chip{Class: "wait", Icon: "clock", Label: b.T("product.rating.claimed")}
		}
		rows = append(rows, row)
	}
	return rows
}

// again shows the page of a product with what was wrong, if a form can show it.
func (s *Server) productAgain(c *fiber.Ctx, err error, f *productForm, r ratingForm) error {
	texts, ok := faultTexts(s.page(c, "product.own.edit"), err)
	if !ok {
		return err
	}
	return s.ownProductPage(c, fiber.StatusUnprocessableEntity, f, r, texts)
}

// backToProduct goes back to a product after a change.
func (s *Server) backToProduct(c *fiber.Ctx, done, anchor string) error {
	flash(c, done)
	return c.Redirect(stallRoot(vendorParam(c))+"/san-pham/"+c.Params("product")+anchor, fiber.StatusSeeOther)
}

// saveProduct saves the form of a product.
func (s *Server) saveProduct(c *fiber.Ctx) error {
	var f productForm
	err := bind(c, &f)
	if err == nil {
		err = s.app.Vendors.EditProduct(c.UserContext(), actor(c), productRef(c), readAt(f.Version, f.Over), f.input())
	}
	if err != nil {
		f.late = isStale(err)
		return s.productAgain(c, err, &f, ratingForm{})
	}
	return s.backToProduct(c, "product.own.saved", "")
}

// addProductPhoto takes a photo of a product.
func (s *Server) addProductPhoto(c *fiber.Ctx) error {
	var f struct {
		Photo *multipart.FileHeader `form:"photo"`
	}
	raw, err := upload(c, &f, func() *multipart.FileHeader { return f.Photo })
	if err == nil {
		err = s.app.Vendors.AddProductPhoto(c.UserContext(), actor(c), productRef(c), raw)
	}
	if err != nil {
		return s.productAgain(c, err, nil, ratingForm{})
	}
	return s.backToProduct(c, "product.own.photo_added", "#anh")
}

// removeProductPhoto takes a photo off a product.
func (s *Server) removeProductPhoto(c *fiber.Ctx) error {
	if err := s.app.Vendors.RemoveProductPhoto(c.UserContext(), actor(c), productRef(c), registry.FileID(c.Params("file"))); err != nil {
		return err
	}
	return s.backToProduct(c, "product.own.photo_removed", "#anh")
}

// leadProductPhoto makes a photo the first one.
func (s *Server) leadProductPhoto(c *fiber.Ctx) error {
	if err := s.app.Vendors.LeadProductPhoto(c.UserContext(), actor(c), productRef(c), registry.FileID(c.Params("file"))); err != nil {
		return err
	}
	return s.backToProduct(c, "product.own.photo_first", "#anh")
}

// ratingForm is what the form of an OCOP rank sends.
type ratingForm struct {
	Stars    int    `form:"stars"`
	Decision string `form:"decision"`
	IssuedOn string `form:"issued_on"`
	ValidTo  string `form:"valid_to"`
}

func (f ratingForm) fields(b base, faults map[string]string) []Field {
	stars := []Option{{Label: b.T("product.field.choose")}}
	for _, n := range []string{"3", "4", "5"} {
		stars = append(stars, Option{Value: n, Label: b.T("product.stars", n), Selected: n == string(rune('0'+f.Stars))})
	}
	fields := []Field{
		{Name: "stars", Type: "select", Label: b.T("product.rating.stars"), Options: stars},
		{Name: "decision", Label: b.T("product.rating.decision"), Hint: b.T("product.rating.decision_hint"), Value: f.Decision, Max: 120},
		{Name: "issued_on", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("product.rating.issued_on"), Value: f.IssuedOn},
		{Name: "valid_to", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("product.rating.valid_to"), Hint: b.T("product.rating.valid_to_hint"), Value: f.ValidTo},
	}
	for i := range fields {
		fields[i].Error = faults[fields[i].Name]
	}
	return fields
}

// addRating notes an OCOP rank of a product.
func (s *Server) addRating(c *fiber.Ctx) error {
	var f ratingForm
	err := bind(c, &f)
	if err == nil {
		err = s.app.Vendors.AddRating(c.UserContext(), actor(c), productRef(c), vendors.RatingInput{Stars: f.Stars, Decision: f.Decision, IssuedOn: f.IssuedOn, ValidTo: f.ValidTo})
	}
	if err != nil {
		return s.productAgain(c, err, nil, f)
	}
	return s.backToProduct(c, "product.rating.added", "#ocop")
}

// removeRating takes an OCOP rank off a product.
func (s *Server) removeRating(c *fiber.Ctx) error {
	if err := s.app.Vendors.RemoveRating(c.UserContext(), actor(c), productRef(c), c.Params("issued")); err != nil {
		return err
	}
	return s.backToProduct(c, "product.rating.removed", "#ocop")
}
