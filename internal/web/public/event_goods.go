package public

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// How many products the page of an event and the home page show.
const (
	eventGoods = 8
	homeGoods  = 4
)

// goodsCards are the cards of the products that vendors bring to an event, with
// the booth of each: those with stars in force first.
func (s *Door) goodsCards(ctx context.Context, b view.Base, vendors []booths.Exhibitor, most int) ([]view.ProductCard, error) {
	booths := map[registry.ProductID]string{}
	var ids []registry.ProductID
	for _, v := range vendors {
		for _, p := range v.Products {
			ids = append(ids, p.ID)
			booths[p.ID] = strings.Join(v.Booths, ", ")
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	products, err := s.App.Vendors.PublicCards(ctx, ids)
	if err != nil {
		return nil, err
	}
	today := s.App.Today()
	slices.SortStableFunc(products, func(x, y registry.ProductCard) int {
		sx, _ := x.Stars(today)
		sy, _ := y.Stars(today)
		return cmp.Compare(sy.Stars, sx.Stars)
	})
	shown := varied(products, most)
	cards := s.ProductCards(b, shown)
	for i, p := range shown {
		if booths[p.ID] != "" {
			cards[i].Maker += " · " + b.T("event.card.booth", booths[p.ID])
		}
	}
	return cards, nil
}

// varied picks the first of each group, then the first of what is left.
func varied(products []registry.ProductCard, most int) []registry.ProductCard {
	var first, rest []registry.ProductCard
	seen := map[registry.ProductGroup]bool{}
	for _, p := range products {
		if seen[p.Group] {
			rest = append(rest, p)
			continue
		}
		seen[p.Group] = true
		first = append(first, p)
	}
	all := append(first, rest...)
	return all[:min(most, len(all))]
}
