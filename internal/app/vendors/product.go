package vendors

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// CreateProduct adds a product to a vendor, as a member or as an officer with
// ManageVendors in its area. Its evidence begins at declared, or documented where
// the vendor has papers of origin for all it sells.
func (a *Service) CreateProduct(ctx context.Context, actor registry.Actor, vendor registry.VendorID, in ProductInput) (registry.Product, error) {
	p := registry.Product{Vendor: vendor}
	inputFault := checkProduct(in, &p)
	err := a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if inputFault != nil {
			return registry.Change{}, inputFault
		}
		n, err := tx.CountProducts(ctx, registry.ProductFilter{Vendor: vendor})
		if err != nil {
			return registry.Change{}, err
		}
		if n >= maxProductsOf {
			return registry.Change{}, registry.E(registry.Conflict, "error.product.too_many", maxProductsOf)
		}
		if p.Evidence, err = ground(ctx, tx, p); err != nil {
			return registry.Change{}, err
		}
		p.EvidenceAt = tx.NowMS()
		if err := tx.InsertProduct(ctx, &p); err != nil {
			return registry.Change{}, err
		}
		return a.productChange("product.create", v, p, fact.Facts{fact.Said("product.name", p.Name),
			fact.Code("product.origin", fact.Origin, p.Origin), fact.Said("product.origin_place", p.OriginPlace)}), nil
	})
	return p, err
}

func (a *Service) productChange(action string, v registry.Vendor, p registry.Product, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "product", ID: string(p.ID), Scope: a.Areas.Scope(v.Area), Detail: facts}
}

// ownProduct reads a product of a vendor for a change by its members or officers.
// A product of another vendor is NotFound, whoever asks.
func (a *Service) ownProduct(ctx context.Context, tx *store.Tx, actor registry.Actor, ref ProductRef) (registry.Vendor, registry.Product, error) {
	v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, ref.Vendor)
	if err != nil {
		return v, registry.Product{}, err
	}
	p, err := productOf(ctx, tx, ref)
	return v, p, err
}

// ProductRef names a product together with the vendor under whose address it was
// asked for, so that no child of a sibling slips in.
type ProductRef struct {
	Vendor  registry.VendorID
	Product registry.ProductID
}

func productOf(ctx context.Context, tx *store.Tx, ref ProductRef) (registry.Product, error) {
	p, err := tx.Product(ctx, ref.Product)
	if err == nil && p.Vendor != ref.Vendor {
		return registry.Product{}, registry.E(registry.NotFound, "error.not_found")
	}
	return p, err
}

// editProduct changes a product in one transaction with its audit line.
func (a *Service) editProduct(ctx context.Context, actor registry.Actor, ref ProductRef, edit func(*store.Tx, *registry.Product) (registry.Change, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, p, err := a.ownProduct(ctx, tx, actor, ref)
		if err != nil {
			return registry.Change{}, err
		}
		c, err := edit(tx, &p)
		if err != nil {
			return registry.Change{}, err
		}
		return a.productChange(c.Action, v, p, c.Detail), tx.SaveProduct(ctx, &p)
	})
}

// EditProduct changes what the form of a product holds. It is a Conflict if the
// product is no longer at the version that the form showed. A new name or origin
// takes the evidence back to what papers alone can show: what an officer saw was
// another statement. A dispute or an exclusion stays.
func (a *Service) EditProduct(ctx context.Context, actor registry.Actor, ref ProductRef, version int64, in ProductInput) error {
	return a.editProduct(ctx, actor, ref, func(tx *store.Tx, p *registry.Product) (registry.Change, error) {
		old := *p
		if err := checkProduct(in, p); err != nil {
			return registry.Change{}, err
		}
		p.Version = version
		facts := ProductFields.Difference("product", old, *p)
		if claimChanged(old, *p) && p.Evidence.Rung() > 1 {
			if err := takeBack(ctx, tx, p); err != nil {
				return registry.Change{}, err
			}
			facts = append(facts, fact.Moved("evidence_fell", fact.Evidence, old.Evidence, p.Evidence))
		}
		return registry.Change{Action: "product.edit", Detail: facts}, nil
	})
}

// claimChanged reports whether the product now says something else of what it is
// and where it comes from.
func claimChanged(old, p registry.Product) bool {
	return old.Name != p.Name || old.Origin != p.Origin || old.OriginPlace != p.OriginPlace
}

// takeBack lets the evidence fall to what papers alone can show.
func takeBack(ctx context.Context, tx *store.Tx, p *registry.Product) (err error) {
	if p.Evidence, err = ground(ctx, tx, *p); err != nil {
		return err
	}
	p.EvidenceBy, p.EvidenceAt, p.EvidenceUntil, p.EvidenceNote = "", tx.NowMS(), "", ""
	return nil
}

// AddProductPhoto adds a photo to a product, after those it has, up to six.
func (a *Service) AddProductPhoto(ctx context.Context, actor registry.Actor, ref ProductRef, raw []byte) error {
	if err := a.maySee(ctx, actor, ref.Vendor); err != nil {
		return err
	}
	photo, err := core.PreparePhoto(ctx, "photo", raw)
	if err != nil {
		return err
	}
	photo.Public = true
	return a.editProduct(ctx, actor, ref, func(tx *store.Tx, p *registry.Product) (registry.Change, error) {
		if len(p.Photos) >= registry.MaxPhotos {
			return registry.Change{}, &registry.Error{Kind: registry.Conflict, Key: "error.product.photos", Args: []any{registry.MaxPhotos}, Field: "photo"}
		}
		id, err := tx.InsertFile(ctx, photo)
		p.Photos = append(p.Photos, id)
		return registry.Change{Action: "product.photo_add", Detail: fact.Facts{fact.Handle("file", id)}}, err
	})
}

// RemoveProductPhoto takes a photo off a product and deletes it for good.
func (a *Service) RemoveProductPhoto(ctx context.Context, actor registry.Actor, ref ProductRef, file registry.FileID) error {
	return a.dropPhoto(ctx, actor, ref, file)
}

func (a *Service) dropPhoto(ctx context.Context, actor registry.Actor, ref ProductRef, file registry.FileID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, p, err := a.ownProduct(ctx, tx, actor, ref)
		if err != nil {
			return registry.Change{}, err
		}
		i := slices.Index(p.Photos, file)
		if i < 0 {
			return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
		}
		p.Photos = slices.Delete(p.Photos, i, i+1)
		if err := tx.SaveProduct(ctx, &p); err != nil {
			return registry.Change{}, err
		}
		return a.productChange("product.photo_remove", v, p, fact.Facts{fact.Handle("file", file)}), tx.DeleteFile(ctx, file)
	})
}

// LeadProductPhoto makes a photo the first one, which lists show.
func (a *Service) LeadProductPhoto(ctx context.Context, actor registry.Actor, ref ProductRef, file registry.FileID) error {
	return a.editProduct(ctx, actor, ref, func(_ *store.Tx, p *registry.Product) (registry.Change, error) {
		i := slices.Index(p.Photos, file)
		if i < 0 {
			return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
		}
		p.Photos = slices.Insert(slices.Delete(p.Photos, i, i+1), 0, file)
		return registry.Change{Action: "product.photo_lead", Detail: fact.Facts{fact.Handle("file", file)}}, nil
	})
}
