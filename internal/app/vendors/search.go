package vendors

import (
	"context"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Found is the answer to one question over everything that is public. Each list
// has the first few hits; N counts all of them.
type Found struct {
	Areas     []FoundArea
	Events    []registry.Event
	Vendors   []registry.Vendor
	Counts    map[registry.VendorID]registry.ProductCount // of the vendors
	Products  []registry.ProductCard
	EventsN   int
	VendorsN  int
	ProductsN int
}

// FoundArea is a unit of today with how much there is in it.
type FoundArea struct {
	registry.Area
	EventsN  int
	VendorsN int
}

// Empty reports whether nothing was found.
func (f Found) Empty() bool { return len(f.Areas)+f.EventsN+f.VendorsN+f.ProductsN == 0 }

// searchHits is how many hits of each sort a search shows.
const searchHits = 6

// Search looks for a text among communes, events, vendors and products, without
// regard to case and diacritics. Units come with how many events and vendors lie
// in them.
func (a *Service) Search(ctx context.Context, text string) (f Found, err error) {
	if vn.Fold(text) == "" {
		return f, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := a.searchAreas(ctx, tx, text, &f); err != nil {
			return err
		}
		if err := a.searchEvents(ctx, tx, text, &f); err != nil {
			return err
		}
		var l VendorList
		if err := l.read(ctx, tx, registry.VendorFilter{Text: text, Public: true, Limit: searchHits}, a.Today()); err != nil {
			return err
		}
		f.Vendors, f.VendorsN, f.Counts = l.Vendors, l.Total, l.Counts
		var p ProductList
		err := p.read(ctx, tx, registry.ProductFilter{Text: text, Public: true, Limit: searchHits})
		f.Products, f.ProductsN = p.Products, p.Total
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

// searchEvents finds public events by title, latest first.
func (a *Service) searchEvents(ctx context.Context, tx *store.Tx, text string, f *Found) (err error) {
	events := registry.EventFilter{Text: text, Public: true, States: events.PublicStates, Latest: true, Limit: searchHits}
	if f.EventsN, err = tx.CountEvents(ctx, events); err != nil {
		return err
	}
	f.Events, _, err = tx.Events(ctx, events)
	return err
}

// searchAreas finds units of today and counts what is in them.
func (a *Service) searchAreas(ctx context.Context, tx *store.Tx, text string, f *Found) error {
	for _, area := range a.Areas.Search(text, a.Today(), searchHits) {
		found, code := FoundArea{Area: area}, []string{area.Ref.Code}
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
