package registry

import "slices"

// PromotionBasis is why a vendor may cut prices by more than the ceiling.
type PromotionBasis string

// The bases.
const (
	PromotionPlain        PromotionBasis = ""             // none: the ceiling holds
	PromotionConcentrated PromotionBasis = "concentrated" // chương trình khuyến mại tập trung of a State body
	PromotionBeforeTet    PromotionBasis = "before_tet"   // the 30 days before the lunar New Year
	PromotionHoliday      PromotionBasis = "holiday"      // public holidays
	PromotionFresh        PromotionBasis = "fresh"        // fresh food
	PromotionStabilised   PromotionBasis = "stabilised"   // hàng bình ổn giá
	PromotionClearance    PromotionBasis = "clearance"    // closing down, moving
)

// PromotionBases lists the bases in the order shown to people.
var PromotionBases = []PromotionBasis{PromotionConcentrated, PromotionBeforeTet, PromotionHoliday, PromotionFresh, PromotionStabilised, PromotionClearance}

// Valid reports whether b is a basis, or none.
func (b PromotionBasis) Valid() bool {
	return b == PromotionPlain || slices.Contains(PromotionBases, b)
}

// PromotionRule is how far prices may be cut from a day on, until the next rule.
type PromotionRule struct {
	From    string // YYYY-MM-DD
	Percent int    // of the price just before
	Bases   []PromotionBasis
	Law     Citation
}

// PromotionRules are the rules known at release. Điều 6-7 of 81/2018 ended with
// 25/06/2026; whether the circular was changed since is not verified.
var PromotionRules = []PromotionRule{
	{From: "2018-07-15", Percent: 50, Bases: []PromotionBasis{PromotionConcentrated}, Law: Cite("", "81/2018/NĐ-CP")},
	{From: "2025-07-01", Percent: 50, Bases: PromotionBases, Law: Cite("", "39/2025/TT-BCT").Doubted()},
}

// PromotionRuleOn returns the rule of a day; false if none is known.
func PromotionRuleOn(day string) (rule PromotionRule, ok bool) {
	for _, r := range PromotionRules {
		if r.From <= day {
			rule, ok = r, true
		}
	}
	return rule, ok
}

// Promotable reports whether goods of the group may be promoted at all: spirits
// never (NĐ 81/2018/NĐ-CP, Điều 5).
func (g ProductGroup) Promotable() bool { return g != SpiritGroup }

// Promotion is what a vendor means to cut off its prices at an event.
type Promotion struct {
	Percent int // at most, 0 = nothing, 100 = goods given away
	Basis   PromotionBasis
}

// finding says whether a promotion goes beyond the ceiling of a day.
func (p Promotion) finding(day string) (Finding, bool) {
	rule, ok := PromotionRuleOn(day)
	if !ok || p.Percent <= rule.Percent || slices.Contains(rule.Bases, p.Basis) {
		return Finding{}, false
	}
	return Finding{Kind: OverCeiling, Percent: p.Percent, Ceiling: rule.Percent, Law: rule.Law}, true
}
