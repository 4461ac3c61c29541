package vendors

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// VendorPage is what the public sees of a vendor.
type VendorPage struct {
	Vendor   registry.Vendor // without what is private
	Products []registry.ProductCard
	Stops    []registry.Stop
	Papers   []registry.Certificate // in force today and compared by an officer
}

// VendorPage returns the public page of a vendor. One that is blocked, or that no
// officer has seen yet, is NotFound.
func (a *Service) VendorPage(ctx context.Context, slug string) (p VendorPage, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if p.Vendor, err = tx.VendorBySlug(ctx, slug); err != nil {
			return err
		}
		if !p.Vendor.State.Public() {
			return registry.E(registry.NotFound, "error.not_found")
		}
		if p.Products, _, err = tx.Products(ctx, registry.ProductFilter{Vendor: p.Vendor.ID, Public: true, Limit: maxProductsOf}); err != nil {
			return err
		}
		if p.Papers, err = a.publicPapers(ctx, tx, p.Vendor.ID); err != nil {
			return err
		}
		p.Stops, err = tx.Stops(ctx, p.Vendor.ID, a.Today())
		return err
	})
	p.Vendor = publicVendor(p.Vendor)
	for i := range p.Products {
		p.Products[i].Product = a.publicProduct(p.Products[i].Product)
	}
	return p, err
}

// publicVendor is what the public sees of a vendor: its address and picture, and
// the fields that are Public. Of these a personal number, and a phone that the
// vendor keeps to itself, stay away.
func publicVendor(v registry.Vendor) registry.Vendor {
	p := registry.Vendor{ID: v.ID, Slug: v.Slug, State: v.State, Logo: v.Logo}
	Fields.Public(&p, &v)
	p.TaxCode = registry.TaxCode(p.TaxCode.Public())
	if !v.PhonePublic {
		p.Phone = ""
	}
	return p
}

// maskVendor is what an officer sees of a vendor: all of it to those who may see what
// is personal, else what the office itself keeps of it and the fields that are Public.
// A personal number masks itself.
func (a *Service) maskVendor(actor registry.Actor, v registry.Vendor) registry.Vendor {
	if a.SeesPersonal(actor, v) {
		return v
	}
	m := registry.Vendor{ID: v.ID, Slug: v.Slug, State: v.State, StateReason: v.StateReason, Logo: v.Logo,
		CreatedBy: v.CreatedBy, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt, Version: v.Version}
	Fields.Public(&m, &v)
	m.Phone = v.MaskedPhone()
	return m
}

// publicPapers returns the papers in force today that an officer has compared,
// without their numbers and scans.
func (a *Service) publicPapers(ctx context.Context, tx *store.Tx, id registry.VendorID) ([]registry.Certificate, error) {
	all, err := tx.Certificates(ctx, id)
	var shown []registry.Certificate
	for _, c := range all {
		if c.Holds(a.Today()) && c.CheckedAt != 0 {
			c.File, c.Number, c.Note, c.CheckedBy = "", "", "", ""
			shown = append(shown, c)
		}
	}
	return shown, err
}

// VendorList is a page of a list of vendors.
type VendorList struct {
	Vendors []registry.Vendor
	Total   int  // that fit at all
	More    bool // follow
	Counts  map[registry.VendorID]registry.ProductCount
	Areas   []registry.AreaCount // communes with the most vendors
}

// listAreas is how many communes a list names for filtering.
const listAreas = 12

// PublicVendors returns a page of the vendors that the public sees.
func (a *Service) PublicVendors(ctx context.Context, f registry.VendorFilter) (l VendorList, err error) {
	f.Public = true
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if l.Areas, err = tx.BusyAreas(ctx, listAreas); err != nil {
			return err
		}
		return l.read(ctx, tx, f, a.Today())
	})
	for i := range l.Vendors {
		l.Vendors[i] = publicVendor(l.Vendors[i])
	}
	return l, err
}

// PublicSlugs returns the slugs of all products and vendors that the public sees, in
// Vietnamese order.
func (a *Service) PublicSlugs(ctx context.Context) (products, vendors []string, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if products, err = tx.ProductSlugs(ctx, registry.ProductFilter{Public: true, Day: a.Today()}); err != nil {
			return err
		}
		vendors, err = tx.VendorSlugs(ctx, registry.VendorFilter{Public: true})
		return err
	})
	return products, vendors, err
}

func (l *VendorList) read(ctx context.Context, tx *store.Tx, f registry.VendorFilter, day string) (err error) {
	if l.Total, err = tx.CountVendors(ctx, f); err != nil {
		return err
	}
	if l.Vendors, l.More, err = tx.Vendors(ctx, f); err != nil {
		return err
	}
	ids := make([]registry.VendorID, len(l.Vendors))
	for i, v := range l.Vendors {
		ids[i] = v.ID
	}
	l.Counts, err = tx.ProductCounts(ctx, ids, day)
	return err
}

// OfficeVendors returns a page of the vendors in the areas whose office the actor
// sees. Phones and names of persons are masked where the actor lacks ViewPersonal.
func (a *Service) OfficeVendors(ctx context.Context, actor registry.Actor, f registry.VendorFilter) (l VendorList, err error) {
	if codes, all := actor.Reach(registry.ViewOffice); !all {
		f.Reach = append([]string{}, codes...)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error { return l.read(ctx, tx, f, a.Today()) })
	for i := range l.Vendors {
		l.Vendors[i] = a.maskVendor(actor, l.Vendors[i])
	}
	return l, err
}

// maySee is the right to work on a vendor, checked before costly work is done.
func (a *Service) maySee(ctx context.Context, actor registry.Actor, id registry.VendorID) error {
	_, err := a.OwnVendor(ctx, actor, id)
	return err
}

// OwnVendor returns a vendor to its members and to officers with ManageVendors in
// its area, who work on its behalf.
func (a *Service) OwnVendor(ctx context.Context, actor registry.Actor, id registry.VendorID) (v registry.Vendor, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		v, err = a.vendorFor(ctx, tx, actor, registry.ManageVendors, id)
		return err
	})
	return v, err
}

// OwnVendors returns the vendors that the actor acts for.
func (a *Service) OwnVendors(ctx context.Context, actor registry.Actor) (list []registry.Vendor, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.VendorsOf(ctx, actor.Account)
		return err
	})
	return list, err
}

// VendorFile is all that the office holds on a vendor.
type VendorFile struct {
	Vendor       registry.Vendor // masked as the actor's rights demand
	Products     []registry.Product
	Papers       []registry.Certificate // without scans unless the actor reviews
	Members      []registry.VendorMember
	HidesMembers bool // the actor may not see them
	Applications []registry.ApplicationRow
	Decides      map[registry.ApplicationID]bool // those on which the actor decides
	Findings     []registry.Finding              // as of today, over all that it sells
	Lapsing      []registry.Certificate          // current papers that lapse within lapsesSoon days
	Stops        []registry.Stop
}

// lapsesSoon is how many days before its end a paper is spoken of.
const lapsesSoon = 45

// OfficeVendor returns the file of a vendor to whoever sees the office of its area.
// Members are there only with ViewPersonal, scans only for those who review.
func (a *Service) OfficeVendor(ctx context.Context, actor registry.Actor, id registry.VendorID) (f VendorFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		v, err := a.officeVendorFor(ctx, tx, actor, registry.ViewOffice, id)
		if err != nil {
			return err
		}
		if f, err = a.vendorFile(ctx, tx, v); err != nil {
			return err
		}
		f.Decides, err = decides(ctx, tx, actor, id)
		return err
	})
	scope := a.Areas.Scope(f.Vendor.Area)
	if !actor.Can(registry.ViewPersonal, scope) {
		f.Members, f.HidesMembers = nil, true
	}
	if !mayReview(actor, scope) {
		for i := range f.Papers {
			f.Papers[i].File = ""
		}
	}
	f.Vendor = a.maskVendor(actor, f.Vendor)
	return f, err
}

// decides are the applications of a vendor on which the actor decides: the right is
// of the area of the event, not of the vendor.
func decides(ctx context.Context, tx *store.Tx, actor registry.Actor, vendor registry.VendorID) (map[registry.ApplicationID]bool, error) {
	filter := registry.ApplicationFilter{Vendor: vendor, Office: true}
	codes, all := actor.Reach(registry.ReviewApplications)
	if !all {
		filter.Areas = append([]string{}, codes...)
	}
	rows, err := tx.ApplicationRows(ctx, filter)
	own := map[registry.ApplicationID]bool{}
	for _, r := range rows {
		own[r.ID] = true
	}
	return own, err
}

// mayReview reports whether the actor reads the papers of vendors in an area.
func mayReview(actor registry.Actor, scope registry.Scope) bool {
	return actor.Can(registry.ManageVendors, scope) || actor.Can(registry.ReviewEvidence, scope) ||
		actor.Can(registry.ReviewApplications, scope)
}

func (a *Service) vendorFile(ctx context.Context, tx *store.Tx, v registry.Vendor) (f VendorFile, err error) {
	f.Vendor = v
	if f.Products, err = tx.VendorProducts(ctx, v.ID); err != nil {
		return f, err
	}
	if f.Papers, err = tx.Certificates(ctx, v.ID); err != nil {
		return f, err
	}
	if f.Members, err = tx.Members(ctx, v.ID); err != nil {
		return f, err
	}
	if f.Applications, err = tx.ApplicationRows(ctx, registry.ApplicationFilter{Vendor: v.ID}); err != nil {
		return f, err
	}
	f.Stops, err = tx.Stops(ctx, v.ID, a.Today())
	for _, c := range f.Papers {
		if c.ReplacedAt == 0 && c.ValidTo != "" && c.ValidTo <= vn.AddDays(a.Today(), lapsesSoon) {
			f.Lapsing = append(f.Lapsing, c)
		}
	}
	f.Findings = registry.Findings(shownProducts(f.Products), f.Papers, a.Today())
	return f, err
}

// shownProducts leaves out what the vendor has hidden.
func shownProducts(all []registry.Product) []registry.Product {
	var shown []registry.Product
	for _, p := range all {
		if !p.Hidden {
			shown = append(shown, p)
		}
	}
	return shown
}

// VendorDesk returns all that its members and the officers who work on its behalf
// see of a vendor.
func (a *Service) VendorDesk(ctx context.Context, actor registry.Actor, id registry.VendorID) (f VendorFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, id)
		if err != nil {
			return err
		}
		f, err = a.vendorFile(ctx, tx, v)
		return err
	})
	return f, err
}
