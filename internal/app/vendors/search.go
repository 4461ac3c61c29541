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

// Whole reports whether everything that was found, and is not over, is there.
func (f *Found) Whole() bool {
	return f.EventsN == len(f.Events) && f.VendorsN == len(f.Vendors) && f.ProductsN == len(f.Products) && len(f.Areas) < 2*searchHits
}

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

// lookup is what a search looks for, each with how many there are.
type lookup struct {
	products, sold          registry.ProductFilter
	ahead, all              registry.EventFilter
	vendors                 registry.VendorFilter
	areas                   []FoundArea
	productsN, soldN        int
	aheadN, allN, vendorsN  int
	onlyProducts, onlyToday bool
}

// lookup says what is looked for, and counts all of it in one statement.
func (a *Service) lookup(ctx context.Context, tx *store.Tx, q SearchAsk) (l lookup, err error) {
	today := a.Today()
	l.products = registry.ProductFilter{Text: q.Text, Stars: q.Stars, Day: today, Public: true, Limit: searchHits}
	l.sold = l.products
	if l.sold.IDs = q.Sold; l.sold.IDs == nil {
		l.sold.IDs = []registry.ProductID{}
	}
	l.ahead = registry.EventFilter{Text: q.Text, Public: true, States: events.PublicStates, From: today, Limit: searchHits}
	l.all = registry.EventFilter{Text: q.Text, Public: true, States: events.PublicStates, Latest: true, Limit: 2 * searchHits}
	l.vendors = registry.VendorFilter{Text: q.Text, Public: true, Limit: searchHits}
	filters := []any{l.products, l.sold}
	l.onlyProducts, l.onlyToday = vn.Fold(q.Text) == "", q.Today
	if !l.onlyProducts {
		filters = append(filters, l.ahead, l.all, l.vendors)
		l.areas = a.searchAreas(q)
		for _, area := range l.areas {
			filters = append(filters, registry.EventFilter{Area: area.Ref.Code, Public: true, States: events.PublicStates},
				registry.VendorFilter{Areas: []string{area.Ref.Code}, Public: true})
		}
	}
	n, err := tx.CountEach(ctx, filters...)
	if err != nil {
		return l, err
	}
	if l.productsN, l.soldN = n[0], n[1]; l.onlyProducts {
		return l, nil
	}
	l.aheadN, l.allN, l.vendorsN = n[2], n[3], n[4]
	for i := range l.areas {
		l.areas[i].EventsN, l.areas[i].VendorsN = n[5+2*i], n[6+2*i]
	}
	return l, nil
}

// search looks for a text once.
func (a *Service) search(ctx context.Context, tx *store.Tx, q SearchAsk) (f Found, err error) {
	l, err := a.lookup(ctx, tx, q)
	if err != nil {
		return f, err
	}
	if err := l.readProducts(ctx, tx, &f); err != nil || l.onlyProducts {
		return f, err
	}
	f.Areas = l.areas
	if err := l.readEvents(ctx, tx, a.Today(), &f); err != nil || q.Stars > 0 || l.vendorsN == 0 {
		return f, err
	}
	f.VendorsN = l.vendorsN
	if f.Vendors, _, err = tx.Vendors(ctx, l.vendors); err != nil {
		return f, err
	}
	ids := make([]registry.VendorID, len(f.Vendors))
	for i, v := range f.Vendors {
		ids[i] = v.ID
	}
	f.Counts, err = tx.ProductCounts(ctx, ids, a.Today())
	return f, err
}

// readProducts reads products, those sold today first; of "hôm nay" only those.
func (l *lookup) readProducts(ctx context.Context, tx *store.Tx, f *Found) (err error) {
	if l.soldN > 0 {
		if f.Products, _, err = tx.Products(ctx, l.sold); err != nil {
			return err
		}
	}
	if f.ProductsN = l.soldN; l.onlyToday {
		return nil
	}
	if f.ProductsN = l.productsN; l.productsN == 0 {
		return nil
	}
	all, _, err := tx.Products(ctx, l.products)
	for _, p := range all {
		known := slices.ContainsFunc(f.Products, func(x registry.ProductCard) bool { return x.ID == p.ID })
		if !known && len(f.Products) < searchHits {
			f.Products = append(f.Products, p)
		}
	}
	return err
}

// readEvents reads public events: those on and to come, the soonest first, and those that
// are over, the latest first.
func (l *lookup) readEvents(ctx context.Context, tx *store.Tx, today string, f *Found) (err error) {
	f.EventsN, f.PastN = l.aheadN, l.allN-l.aheadN
	if f.EventsN > 0 {
		if f.Events, _, err = tx.Events(ctx, l.ahead); err != nil {
			return err
		}
	}
	if f.PastN == 0 {
		return nil
	}
	all := l.all
	all.To = vn.AddDays(today, -1) // one that has opened and is still on is left out below
	past, _, err := tx.Events(ctx, all)
	past = slices.DeleteFunc(past, func(e registry.Event) bool { return e.ClosesOn >= today })
	f.Past = past[:min(len(past), searchHits)]
	return err
}

// searchAreas finds units of today.
func (a *Service) searchAreas(q SearchAsk) (areas []FoundArea) {
	for _, area := range a.Areas.Search(q.Text, a.Today(), 2*searchHits) {
		found := FoundArea{Area: area, Was: a.foundAs(area, q.Text)}
		if in, ok := a.Areas.Province(area.Ref); ok && q.home.Ref.Code != "" {
			found.Away = in.Ref != q.home.Ref
		}
		areas = append(areas, found)
	}
	return areas
}

// foundAs is the old unit by whose name a unit of today was found, "" where its own name
// fits.
func (a *Service) foundAs(area registry.Area, text string) string {
	first, _, _ := strings.Cut(vn.Fold(text), " ")
	begins := func(name string) bool { // a word of it, and not a part of one: "yen" is not in "Nguyên"
		return strings.Contains(" "+vn.Fold(name), " "+first)
	}
	if begins(a.Areas.LongName(area, a.Today())) {
		return ""
	}
	for _, was := range a.Areas.Predecessors(area.Ref) {
		if old, ok := a.Areas.Lookup(was.Ref); ok && begins(old.Name) {
			return a.Areas.FullName(old, "2025-06-30") + ", " + a.Areas.ParentName(old, "2025-06-30")
		}
	}
	return ""
}
