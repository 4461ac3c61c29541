package stimulus

import (
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// tetDays is for how many days before the lunar New Year prices may be cut beyond the
// ceiling (39/2025/TT-BCT).
const tetDays = 30

// LookBack is for how many days before an offer its regular price must have stood.
const LookBack = 30

// Barred is where it stands that some goods are never promoted: spirits, and beside
// them lottery tickets, tobacco, breast-milk substitutes and prescription drugs, for
// which there is no group of products.
var Barred = registry.Cite("Điều 5", "81/2018/NĐ-CP")

// BasisHolds reports whether days and goods are such as a basis is about, as far as
// that can be seen from them. Whether a programme is concentrated, goods are
// stabilised or a shop is cleared out, they do not show.
func BasisHolds(basis registry.PromotionBasis, days []string, goods []registry.ProductGroup) bool {
	everyDay := func(fits func(string) bool) bool {
		return !slices.ContainsFunc(days, func(day string) bool { return !fits(day) })
	}
	switch basis {
	case registry.PromotionBeforeTet:
		return everyDay(func(day string) bool { n := vn.DaysToTet(day); return n >= 1 && n <= tetDays })
	case registry.PromotionHoliday:
		return everyDay(vn.Holiday)
	case registry.PromotionFresh:
		return !slices.ContainsFunc(goods, func(g registry.ProductGroup) bool { return g != registry.FreshGroup })
	}
	return basis.Valid()
}

// Faults says what is wrong with the terms of an offer of goods on the days of the
// event on which its vendor comes. Fields: product, before, here, unit, from, to, basis.
func (t Terms) Faults(group registry.ProductGroup, comes []string) registry.Faults {
	var f registry.Faults
	f.Check(group.Promotable(), "product", "offer.error.barred", Barred)
	for _, price := range []struct {
		field string
		dong  int64
	}{{"before", t.BeforeDong}, {"here", t.HereDong}} {
		f.Check(price.dong >= MinPriceDong && price.dong <= MaxPriceDong, price.field, "offer.error.price",
			vn.Dong(MinPriceDong), vn.Dong(MaxPriceDong))
	}
	f.Check(len(f) > 0 || t.HereDong < t.BeforeDong, "here", "offer.error.not_less", vn.Dong(t.BeforeDong))
	f.Check(t.Unit != "", "unit", "error.required")
	f.Check(slices.Contains(comes, t.From), "from", "offer.error.day")
	f.Check(slices.Contains(comes, t.To), "to", "offer.error.day")
	f.Check(t.From <= t.To, "to", "error.date_order")
	f.Check(t.Basis.Valid(), "basis", "error.choose")
	if len(f) == 0 {
		t.checkCut(&f, group, t.Within(comes))
	}
	return f
}

// checkCut compares the cut with the ceiling of each day.
func (t Terms) checkCut(f *registry.Faults, group registry.ProductGroup, days []string) {
	for _, day := range days {
		rule, ok := registry.PromotionRuleOn(day)
		if !ok {
			continue
		}
		switch {
		case t.Basis == registry.PromotionPlain && t.Above(rule.Percent):
			f.Add("here", "offer.error.ceiling", t.Percent(), rule.Percent, rule.Law)
		case t.Basis == registry.PromotionPlain:
			continue
		case !slices.Contains(rule.Bases, t.Basis):
			f.Add("basis", "offer.error.basis_unknown", vn.ShowDate(day), rule.Law)
		case !BasisHolds(t.Basis, []string{day}, []registry.ProductGroup{group}):
			f.Add("basis", "offer.basis_fails."+string(t.Basis), vn.ShowDate(day), rule.Law)
		default:
			continue
		}
		return
	}
}

// RegularPrice is what a product cost, as its vendor told the public, from a day to
// another.
type RegularPrice struct {
	Dong   int64
	Unit   string
	From   string // YYYY-MM-DD
	Until  string // YYYY-MM-DD; "" is to this day
	Listed bool   // on the page of the product; else before an offer
}

// Earlier finds the lowest regular price of the same unit that stood below the one
// that the offer names, within the last LookBack days before it. Where there is one,
// the price before may never have been, and the vendor has to explain.
func (t Terms) Earlier(prices []RegularPrice) (lowest RegularPrice, found bool) {
	since := vn.AddDays(t.From, -LookBack)
	for _, p := range prices {
		inTime := p.From <= t.From && (p.Until == "" || p.Until >= since)
		if !inTime || p.Dong >= t.BeforeDong || !sameUnit(p.Unit, t.Unit) {
			continue
		}
		if !found || p.Dong < lowest.Dong {
			lowest, found = p, true
		}
	}
	return lowest, found
}

// sameUnit reports whether two units are one: "kg" is "1 kg".
func sameUnit(a, b string) bool { return plainUnit(a) == plainUnit(b) }

func plainUnit(unit string) string {
	folded := vn.Fold(unit)
	if len(folded) > 2 && folded[:2] == "1 " {
		return folded[2:]
	}
	return folded
}
