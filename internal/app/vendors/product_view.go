package vendors

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ProductPage is what the public sees of a product.
type ProductPage struct {
	Product registry.Product // only ranks in force, nobody's name
	Vendor  registry.Vendor  // without what is private
	Stops   []registry.Stop
	More    []registry.ProductCard // of the same vendor
}

// moreProducts is how many products of the same vendor a page shows.
const moreProducts = 4

// ProductPage returns the public page of a product. One that is hidden or of a
// blocked vendor is NotFound; one that is excluded is shown with the reason.
func (a *Service) ProductPage(ctx context.Context, slug string) (p ProductPage, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if p.Product, err = tx.ProductBySlug(ctx, slug); err != nil {
			return err
		}
		if p.Vendor, err = tx.Vendor(ctx, p.Product.Vendor); err != nil {
			return err
		}
		if p.Product.Hidden || !p.Vendor.State.Public() {
			return registry.E(registry.NotFound, "error.not_found")
		}
		if p.Stops, err = tx.Stops(ctx, p.Vendor.ID, a.Today()); err != nil {
			return err
		}
		others, _, err := tx.Products(ctx, registry.ProductFilter{Vendor: p.Vendor.ID, Public: true, Limit: moreProducts + 1})
		for _, o := range others {
			if o.ID != p.Product.ID && len(p.More) < moreProducts {
				o.Product = a.publicProduct(o.Product)
				p.More = append(p.More, o)
			}
		}
		return err
	})
	p.Vendor, p.Product = publicVendor(p.Vendor), a.publicProduct(p.Product)
	return p, err
}

// ProductList is a page of a list of products.
type ProductList struct {
	Products []registry.ProductCard
	Total    int  // that fit at all
	More     bool // follow
	Areas    []registry.AreaCount
}

// PublicProducts returns a page of the products that the public sees. Stars count
// as of today.
func (a *Service) PublicProducts(ctx context.Context, f registry.ProductFilter) (l ProductList, err error) {
	f.Public, f.Day = true, a.Today()
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if l.Areas, err = tx.BusyAreas(ctx, listAreas); err != nil {
			return err
		}
		return l.read(ctx, tx, f)
	})
	for i := range l.Products {
		l.Products[i].Product = a.publicProduct(l.Products[i].Product)
	}
	return l, err
}

// PublicCards returns those of some products that the public sees, in Vietnamese order.
func (a *Service) PublicCards(ctx context.Context, ids []registry.ProductID) (cards []registry.ProductCard, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		cards, _, err = tx.Products(ctx, registry.ProductFilter{IDs: ids, Public: true, Limit: len(ids)})
		return err
	})
	for i := range cards {
		cards[i].Product = a.publicProduct(cards[i].Product)
	}
	return cards, err
}

func (l *ProductList) read(ctx context.Context, tx *store.Tx, f registry.ProductFilter) (err error) {
	if l.Total, err = tx.CountProducts(ctx, f); err != nil {
		return err
	}
	l.Products, l.More, err = tx.Products(ctx, f)
	return err
}

// OfficeProducts returns a page of the products in the areas whose office the actor
// sees, for deciding on their evidence.
func (a *Service) OfficeProducts(ctx context.Context, actor registry.Actor, f registry.ProductFilter) (l ProductList, err error) {
	if codes, all := actor.Reach(registry.ViewOffice); !all {
		f.Reach = append([]string{}, codes...)
	}
	f.Day = a.Today()
	err = a.DB.Read(ctx, func(tx *store.Tx) error { return l.read(ctx, tx, f) })
	return l, err
}

// OwnProduct returns a product with its vendor to the vendor's members and to
// officers with ManageVendors in its area.
func (a *Service) OwnProduct(ctx context.Context, actor registry.Actor, ref ProductRef) (v registry.Vendor, p registry.Product, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		v, p, err = a.ownProduct(ctx, tx, actor, ref)
		return err
	})
	return v, p, err
}

// ProductFile is what the office holds on a product.
type ProductFile struct {
	Vendor  registry.Vendor
	Product registry.Product
	Papers  []registry.Certificate // that cover it, without scans unless the actor reviews
	History []registry.AuditEntry  // newest first
}

// OfficeProduct returns the file of a product to whoever sees the office of its
// vendor's area.
func (a *Service) OfficeProduct(ctx context.Context, actor registry.Actor, ref ProductRef) (f ProductFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Vendor, err = a.officeVendorFor(ctx, tx, actor, registry.ViewOffice, ref.Vendor); err != nil {
			return err
		}
		if f.Product, err = productOf(ctx, tx, ref); err != nil {
			return err
		}
		papers, err := tx.Certificates(ctx, ref.Vendor)
		if err != nil {
			return err
		}
		f.Papers = coverings(papers, ref.Product, mayReview(actor, a.Areas.Scope(f.Vendor.Area)))
		f.History, err = tx.AuditLines(ctx, store.AuditQuery{Object: "product", ID: string(ref.Product), Limit: 50, Everywhere: true})
		return err
	})
	f.Vendor = a.maskVendor(actor, f.Vendor)
	return f, err
}

// coverings picks the papers that cover a product.
func coverings(papers []registry.Certificate, id registry.ProductID, scans bool) []registry.Certificate {
	var found []registry.Certificate
	for _, c := range papers {
		if !c.Covers(id) {
			continue
		}
		if !scans {
			c.File = ""
		}
		found = append(found, c)
	}
	return found
}
