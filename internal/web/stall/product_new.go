package stall

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// fold is a part of a form that is folded until it is wanted, or something in it is wrong.
type fold struct {
	Summary string
	Open    bool
	Fields  []view.Field
}

// newFold takes some fields of a form out of it, in their order.
func newFold(summary string, from *[]view.Field, names ...string) fold {
	f := fold{Summary: summary}
	*from = slices.DeleteFunc(*from, func(x view.Field) bool {
		if !slices.Contains(names, x.Name) {
			return false
		}
		f.Open = f.Open || x.Error != ""
		f.Fields = append(f.Fields, x)
		return true
	})
	return f
}

// showNewProduct shows an empty form of a product.
func (s *Door) showNewProduct(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	place := ""
	if a, ok := s.App.Areas.Lookup(v.Area); ok {
		place = s.App.Areas.LongName(a, s.App.Today())
	}
	return s.newProduct(c, fiber.StatusOK, v, productForm{ProductInput: vendors.ProductInput{Origin: string(registry.MadeIn), OriginPlace: place}}, nil)
}

func (s *Door) newProduct(c *fiber.Ctx, status int, v registry.Vendor, f productForm, faults map[string]string) error {
	home := view.StallRoot(v.ID)
	p := productEditPage{Base: s.vendorPage(c, v, "product.own.add"), Action: home + "/san-pham/moi", New: true, Products: home + "/san-pham"}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(f.fields(p.Base)...)
	origin := p.T("product.own.origin_open")
	if f.OriginPlace != "" {
		origin = p.OriginPhrase(registry.Product{Origin: registry.Origin(f.Origin), OriginPlace: f.OriginPlace})
	}
	p.Folds = []fold{newFold(origin, &p.Fields, "origin", "origin_place"),
		newFold(p.T("product.own.more"), &p.Fields, "brand", "label", "description", "price", "price_unit", "gtin", "hidden")}
	for i := range p.Fields {
		if p.Fields[i].Name == "group" && p.Fields[i].Error == "" {
			p.Fields[i].Hint = p.T("product.own.guess_text")
			p.Fields[i].Options[0].Label = p.T("product.own.guess")
		}
	}
	if p.Goal != nil && p.Goal.First {
		p.Stage = p.T("application.way.stage", 3)
	}
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/product_edit", p)
}

// addProduct adds a product and goes on to its photos.
func (s *Door) addProduct(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	var f productForm
	var p registry.Product
	if err = frame.Bind(c, &f); err == nil {
		if f.Group == "" {
			f.Group = string(vendors.GuessGroup(f.Name))
		}
		p, err = s.App.Vendors.CreateProduct(c.UserContext(), frame.Actor(c), v.ID, f.ProductInput)
	}
	if err != nil {
		texts, ok := view.FaultTexts(s.Page(c, "product.own.add"), err)
		if !ok {
			return err
		}
		return s.newProduct(c, fiber.StatusUnprocessableEntity, v, f, texts)
	}
	if f.Next == "more" {
		frame.Flash(c, "product.own.one_more")
		return c.Redirect(view.StallRoot(v.ID)+"/san-pham/moi", fiber.StatusSeeOther)
	}
	if goal := s.Goal(c); goal != nil && goal.First {
		return s.goOnApplying(c, v, goal)
	}
	frame.Flash(c, "product.own.added")
	return c.Redirect(view.StallRoot(v.ID)+"/san-pham/"+string(p.ID)+"#anh", fiber.StatusSeeOther)
}

// goOnApplying begins the application that a new vendor is on the way to, now that it has
// goods. Where that cannot be, the page before an application says why.
func (s *Door) goOnApplying(c *fiber.Ctx, v registry.Vendor, goal *view.DraftLink) error {
	e, err := s.App.Events.EventBySlug(c.UserContext(), frame.Actor(c), goal.Slug)
	if err != nil {
		return err
	}
	a, _, err := s.App.Booths.BeginApplication(c.UserContext(), frame.Actor(c), e.ID, v.ID, "")
	if err != nil {
		return c.Redirect(goal.Href, fiber.StatusSeeOther)
	}
	return c.Redirect(view.StallApplication(v.ID, a.ID)+"/sua", fiber.StatusSeeOther)
}
