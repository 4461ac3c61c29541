package vendors

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Found is the answer to one question over everything that is public. Each list
// has the first few hits; N counts all of them.
type Found struct {
	Areas     []FoundArea
	Events    []registry.Event // on or to come, the soonest first
	Past      []registry.Event // latest first
	Vendors   []registry.Vendor
	Counts    map[registry.VendorID]registry.ProductCount // of the vendors
	Products  []registry.ProductCard                      // those sold today first
	EventsN   int
	PastN     int
	VendorsN  int
	ProductsN int
	// Read is what was looked for instead of what was typed, as it is written in names; ""
	// where what was typed was found.
	Read string
}

// FoundArea is a unit of today with how much there is in it.
type FoundArea struct {
	registry.Area
	EventsN  int
	VendorsN int
	Was      string // the old unit by whose name it was found
	Away     bool   // it lies in another province than that of the installation
}

// Empty reports whether nothing was found.
func (f Found) Empty() bool {
	return len(f.Areas)+f.EventsN+f.PastN+f.VendorsN+f.ProductsN == 0
}

// searchHits is how many hits of each sort a search shows.
const searchHits = 6

// Search looks for a text as it stands among communes, events, vendors and products.
func (a *Service) Search(ctx context.Context, text string) (Found, error) {
	return a.SearchFor(ctx, SearchAsk{Asked: text, Text: text, Exact: true})
}

// SearchFor looks among communes, events, vendors and products, without regard to case and
// diacritics. Where nothing is found, words that stand in no public name are read as the
// likest that do and by which something is found, unless that is not wanted. Units come with how many events and vendors lie
// in them.
func (a *Service) SearchFor(ctx context.Context, q SearchAsk) (f Found, err error) {
	if q.Empty() {
		return f, nil
	}
	if q.home, err = a.Events.Province(ctx); err != nil {
		return f, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f, err = a.search(ctx, tx, q); err != nil || !f.Empty() || q.Exact || vn.Fold(q.Text) == "" {
			return err
		}
		readings, err := a.respell(ctx, tx, q)
		for _, read := range readings {
			q.Text = read
			if f, err = a.search(ctx, tx, q); err != nil || !f.Empty() {
				f.Read = read
				break
			}
		}
		return err
	})
	for i := range f.Vendors {
		f.Vendors[i] = publicVendor(f.Vendors[i])
	}
	for i := range f.Products {
		f.Products[i].Product = a.publicProduct(f.Products[i].Product)
	}
	return f, err
}

// search looks for a text once.
func (a *Service) search(ctx context.Context, tx *store.Tx, q SearchAsk) (f Found, err error) {
	if err := a.searchProducts(ctx, tx, q, &f); err != nil {
		return f, err
	}
	if vn.Fold(q.Text) == "" {
		return f, nil
	}
	if err := a.searchAreas(ctx, tx, q, &f); err != nil {
		return f, err
	}
	if err := a.searchEvents(ctx, tx, q.Text, &f); err != nil || q.Stars > 0 {
		return f, err
	}
	var l VendorList
	err = l.read(ctx, tx, registry.VendorFilter{Text: q.Text, Public: true, Limit: searchHits}, a.Today())
	f.Vendors, f.VendorsN, f.Counts = l.Vendors, l.Total, l.Counts
	return f, err
}

// searchProducts finds products, those sold today first; of "hôm nay" only those.
func (a *Service) searchProducts(ctx context.Context, tx *store.Tx, q SearchAsk, f *Found) error {
	filter := registry.ProductFilter{Text: q.Text, Stars: q.Stars, Day: a.Today(), Public: true, Limit: searchHits}
	sold := filter
	if sold.IDs = q.Sold; len(q.Sold) > 0 || q.Today {
		if sold.IDs == nil {
			sold.IDs = []registry.ProductID{}
		}
		var first ProductList
		if err := first.read(ctx, tx, sold); err != nil {
			return err
		}
		f.Products, f.ProductsN = first.Products, first.Total
	}
	if q.Today {
		return nil
	}
	var all ProductList
	err := all.read(ctx, tx, filter)
	f.ProductsN = all.Total
	for _, p := range all.Products {
		known := slices.ContainsFunc(f.Products, func(x registry.ProductCard) bool { return x.ID == p.ID })
		if !known && len(f.Products) < searchHits {
			f.Products = append(f.Products, p)
		}
	}
	return err
}

// searchEvents finds public events by title: those on and to come, the soonest first, and
// those that are over, the latest first.
func (a *Service) searchEvents(ctx context.Context, tx *store.Tx, text string, f *Found) (err error) {
	ahead := registry.EventFilter{Text: text, Public: true, States: events.PublicStates, From: a.Today(), Limit: searchHits}
	if f.EventsN, err = tx.CountEvents(ctx, ahead); err != nil {
		return err
	}
	if f.Events, _, err = tx.Events(ctx, ahead); err != nil {
		return err
	}
	all := registry.EventFilter{Text: text, Public: true, States: events.PublicStates, Latest: true, Limit: 2 * searchHits}
	n, err := tx.CountEvents(ctx, all)
	if f.PastN = n - f.EventsN; err != nil || f.PastN == 0 {
		return err
	}
	all.To = vn.AddDays(a.Today(), -1) // one that has opened and is still on is left out below
	past, _, err := tx.Events(ctx, all)
	past = slices.DeleteFunc(past, func(e registry.Event) bool { return e.ClosesOn >= a.Today() })
	f.Past = past[:min(len(past), searchHits)]
	return err
}

// searchAreas finds units of today and counts what is in them.
func (a *Service) searchAreas(ctx context.Context, tx *store.Tx, q SearchAsk, f *Found) error {
	for _, area := range a.Areas.Search(q.Text, a.Today(), 2*searchHits) {
		found, code := FoundArea{Area: area, Was: a.foundAs(area, q.Text)}, []string{area.Ref.Code}
		if in, ok := a.Areas.Province(area.Ref); ok && q.home.Ref.Code != "" {
			found.Away = in.Ref != q.home.Ref
		}
		var err error
		if found.EventsN, err = tx.CountEvents(ctx, registry.EventFilter{Area: area.Ref.Code, Public: true, States: events.PublicStates}); err != nil {
			return err
		}
		if found.VendorsN, err = tx.CountVendors(ctx, registry.VendorFilter{Areas: code, Public: true}); err != nil {
			return err
		}
		f.Areas = append(f.Areas, found)
	}
	return nil
}

// foundAs is the old unit by whose name a unit of today was found, "" where its own name
// fits.
func (a *Service) foundAs(area registry.Area, text string) string {
	first, _, _ := strings.Cut(vn.Fold(text), " ")
	if strings.Contains(vn.Fold(a.Areas.LongName(area, a.Today())), first) {
		return ""
	}
	for _, was := range a.Areas.Predecessors(area.Ref) {
		if old, ok := a.Areas.Lookup(was.Ref); ok && strings.Contains(vn.Fold(old.Name), first) {
			return a.Areas.FullName(old, "2025-06-30") + ", " + a.Areas.ParentName(old, "2025-06-30")
		}
	}
	return ""
}
