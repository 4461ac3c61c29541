package stall

import (
	"mime/multipart"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// productForm is what the form of a product sends.
type productForm struct {
	vendors.ProductInput
	Version int64  `form:"version"`
	Over    int64  `form:"over"`
	Next    string `form:"next"` // "more": one more after this one

	late bool // somebody else saved the product first
}

// productFormOf is the form as it shows a stored product.
func productFormOf(p registry.Product) productForm {
	return productForm{ProductInput: vendors.ProductInputOf(p), Version: p.Version}
}

// fields draws the form of a product.
func (f productForm) fields(b view.Base) []view.Field {
	fields := make([]view.Field, len(vendors.ProductFields))
	for i, x := range vendors.ProductFields {
		fields[i] = frame.FieldOf(b, "product", x, f.ProductInput)
	}
	return fields
}

// ownProductsPage is the list of a vendor's products.
type ownProductsPage struct {
	view.Base
	Home string
	Rows []ownProduct
	None view.Empty
}

// ownProduct is a product in the list of its vendor.
type ownProduct struct {
	Href   string
	Photo  string
	Name   string
	Line   string
	Proof  view.Ladder
	Stars  view.Stars
	Chips  []view.Chip
	Hidden bool
}

// showOwnProducts lists all products of a vendor.
func (s *Door) showOwnProducts(c *fiber.Ctx) error {
	d, err := s.App.Vendors.VendorDesk(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	home := view.StallRoot(d.Vendor.ID)
	p := ownProductsPage{Base: s.vendorPage(c, d.Vendor, "vendor.tab.products"), Home: home}
	p.None = view.Empty{Icon: "package", Title: p.T("product.own.none"), Text: p.T("product.own.none_text"), Href: home + "/san-pham/moi", Action: p.T("product.own.add")}
	for _, x := range d.Products {
		p.Rows = append(p.Rows, s.ownProductRow(p.Base, home, x))
	}
	return s.Render(c, frame.LayoutVendor, "stall/products", p)
}

func (s *Door) ownProductRow(b view.Base, home string, p registry.Product) ownProduct {
	row := ownProduct{Href: home + "/san-pham/" + string(p.ID), Name: p.Name, Line: b.GroupName(p.Group), Proof: b.ProofOn(p, s.App.Today()).Ladder,
		Stars: b.StarsOn(p, s.App.Today()), Hidden: p.Hidden}
	if price := b.PriceText(p); price != "" {
		row.Line += " · " + price
	}
	if len(p.Photos) > 0 {
		row.Photo = view.SmallPhoto(p.Photos[0])
	} else {
		row.Chips = append(row.Chips, view.Chip{Class: "wait", Icon: "camera", Label: b.T("product.own.no_photo")})
	}
	if p.Hidden {
		row.Chips = append(row.Chips, view.Chip{Class: "off", Label: b.T("product.own.hidden")})
	}
	return row
}

// productEditPage is a product as a form with its photos and ranks.
type productEditPage struct {
	view.Base
	view.Form
	Action     string // of the form; the parts of the product lie below it
	New        bool
	Version    int64
	Stale      *view.Stale
	Fields     []view.Field
	Folds      []fold // of a new product: what most leave as it is
	Stage      string // of the way to an application
	Proof      view.Proof
	Origin     string
	Warning    string // what an edit would do to the evidence
	Photos     []editPhoto
	Upload     view.Field
	Full       bool // no more photos
	Ratings    []RatingRow
	Rating     []view.Field
	RatingOpen bool // show the form of a rank: something in it is wrong, or there is none yet
	Public     string
	Papers     string // address of the form for a paper of origin
	Products   string
}

type editPhoto struct {
	ID    registry.FileID
	N     int // from 1
	Small string
	First bool
}

// RatingRow is an OCOP rank as its vendor and the office see it, in force or not.
type RatingRow struct {
	IssuedOn string // as stored: names the rank
	Text     string
	State    view.Chip
	Claimed  bool
}

// ProductRef is the product that the address of a page names.
func ProductRef(c *fiber.Ctx) vendors.ProductRef {
	return vendors.ProductRef{Vendor: frame.VendorParam(c), Product: registry.ProductID(c.Params("product"))}
}

// showOwnProduct shows a product as a form.
func (s *Door) showOwnProduct(c *fiber.Ctx) error {
	return s.ownProductPage(c, fiber.StatusOK, nil, ratingForm{}, nil)
}

// ownProductPage shows a product as a form: as stored, or as it was filled in when
// something in it was wrong.
func (s *Door) ownProductPage(c *fiber.Ctx, status int, filled *productForm, r ratingForm, faults map[string]string) error {
	v, product, err := s.App.Vendors.OwnProduct(c.UserContext(), frame.Actor(c), ProductRef(c))
	if err != nil {
		return err
	}
	f := productFormOf(product)
	if filled != nil {
		f = *filled
	}
	home := view.StallRoot(v.ID)
	p := productEditPage{Base: s.vendorPage(c, v, "product.own.edit", product.Name), Action: home + "/san-pham/" + string(product.ID), Version: f.Version,
		Proof: s.Page(c, "product.own.edit").ProofOn(product, s.App.Today()), Full: len(product.Photos) >= registry.MaxPhotos,
		Papers: home + "/giay-to/moi?loai=origin_paper&san-pham=" + string(product.ID), Products: home + "/san-pham"}
	if !product.Hidden && v.State.Public() {
		p.Public = view.ProductHref(product.Slug)
	}
	p.Origin = p.OriginPhrase(product)
	if p.Proof.Step > 2 {
		p.Warning = p.T("product.own.falls_back")
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(f.fields(p.Base)...)
	if f.late {
		p.Stale = view.NewStale(p.Base, product.Version, p.Action, p.Fields, productFormOf(product).fields(p.Base))
	}
	for i, id := range product.Photos {
		p.Photos = append(p.Photos, editPhoto{ID: id, N: i + 1, Small: view.SmallPhoto(id), First: i == 0})
	}
	p.Upload = p.TakeOne(view.PhotoField(p.Base, "photo", "product.own.photo"))
	p.Ratings, p.Rating = RatingRows(p.Base, product, s.App.Today()), p.Take(r.fields(p.Base)...)
	p.RatingOpen = slices.ContainsFunc(p.Rating, func(f view.Field) bool { return f.Error != "" })
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/product_edit", p)
}

// RatingRows tells each rank of a product and whether it is shown.
func RatingRows(b view.Base, p registry.Product, today string) []RatingRow {
	var rows []RatingRow
	for _, r := range p.Ratings {
		row := RatingRow{IssuedOn: r.IssuedOn, Claimed: r.Claimed,
			Text:  b.RatingText(r),
			State: view.Chip{Class: "go", Icon: "check", Label: b.T("product.rating.shown")}}
		switch {
		case r.ValidTo < today:
			row.State = view.Chip{Class: "off", Label: b.T("product.rating.lapsed")}
		case r.Claimed:
			row.State = view.Chip{Class: "wait", Icon: "clock", Label: b.T("product.rating.claimed")}
		}
		rows = append(rows, row)
	}
	return rows
}

// again shows the page of a product with what was wrong, if a form can show it.
func (s *Door) productAgain(c *fiber.Ctx, err error, f *productForm, r ratingForm) error {
	texts, ok := view.FaultTexts(s.Page(c, "product.own.edit"), err)
	if !ok {
		return err
	}
	return s.ownProductPage(c, fiber.StatusUnprocessableEntity, f, r, texts)
}

// backToProduct goes back to a product after a change.
func (s *Door) backToProduct(c *fiber.Ctx, done, anchor string) error {
	frame.Flash(c, done)
	return c.Redirect(view.StallRoot(frame.VendorParam(c))+"/san-pham/"+c.Params("product")+anchor, fiber.StatusSeeOther)
}

// saveProduct saves the form of a product.
func (s *Door) saveProduct(c *fiber.Ctx) error {
	var f productForm
	err := frame.Bind(c, &f)
	if err == nil {
		err = s.App.Vendors.EditProduct(c.UserContext(), frame.Actor(c), ProductRef(c), view.ReadAt(f.Version, f.Over), f.ProductInput)
	}
	if err != nil {
		f.late = view.IsStale(err)
		return s.productAgain(c, err, &f, ratingForm{})
	}
	return s.backToProduct(c, "product.own.saved", "")
}

// addProductPhoto takes a photo of a product.
func (s *Door) addProductPhoto(c *fiber.Ctx) error {
	var f struct {
		Photo *multipart.FileHeader `form:"photo"`
	}
	raw, err := frame.Upload(c, &f, func() *multipart.FileHeader { return f.Photo })
	if err == nil {
		err = s.App.Vendors.AddProductPhoto(c.UserContext(), frame.Actor(c), ProductRef(c), raw)
	}
	if err != nil {
		return s.productAgain(c, err, nil, ratingForm{})
	}
	return s.backToProduct(c, "product.own.photo_added", "#anh")
}

// removeProductPhoto takes a photo off a product.
func (s *Door) removeProductPhoto(c *fiber.Ctx) error {
	if err := s.App.Vendors.RemoveProductPhoto(c.UserContext(), frame.Actor(c), ProductRef(c), registry.FileID(c.Params("file"))); err != nil {
		return err
	}
	return s.backToProduct(c, "product.own.photo_removed", "#anh")
}

// leadProductPhoto makes a photo the first one.
func (s *Door) leadProductPhoto(c *fiber.Ctx) error {
	if err := s.App.Vendors.LeadProductPhoto(c.UserContext(), frame.Actor(c), ProductRef(c), registry.FileID(c.Params("file"))); err != nil {
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

func (f ratingForm) fields(b view.Base) []view.Field {
	stars := []view.Option{{Label: b.T("form.choose")}}
	for _, n := range []string{"3", "4", "5"} {
		stars = append(stars, view.Option{Value: n, Label: b.T("product.stars", n), Selected: n == string(rune('0'+f.Stars))})
	}
	return []view.Field{
		{Name: "stars", Type: "select", Label: b.T("product.rating.stars"), Options: stars},
		{Name: "decision", Label: b.T("product.rating.decision"), Hint: b.T("product.rating.decision_hint"), Value: f.Decision, Max: 120},
		{Name: "issued_on", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("product.rating.issued_on"), Value: f.IssuedOn},
		{Name: "valid_to", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("product.rating.valid_to"), Hint: b.T("product.rating.valid_to_hint"), Value: f.ValidTo},
	}
}

// addRating notes an OCOP rank of a product.
func (s *Door) addRating(c *fiber.Ctx) error {
	var f ratingForm
	err := frame.Bind(c, &f)
	if err == nil {
		err = s.App.Vendors.AddRating(c.UserContext(), frame.Actor(c), ProductRef(c), vendors.RatingInput{Stars: f.Stars, Decision: f.Decision, IssuedOn: f.IssuedOn, ValidTo: f.ValidTo})
	}
	if err != nil {
		return s.productAgain(c, err, nil, f)
	}
	return s.backToProduct(c, "product.rating.added", "#ocop")
}

// removeRating takes an OCOP rank off a product.
func (s *Door) removeRating(c *fiber.Ctx) error {
	if err := s.App.Vendors.RemoveRating(c.UserContext(), frame.Actor(c), ProductRef(c), c.Params("issued")); err != nil {
		return err
	}
	return s.backToProduct(c, "product.rating.removed", "#ocop")
}
