package registry

import "slices"

// Label is what a vendor says of the label on its goods (nhãn hàng hóa).
type Label string

// The kinds of label, and the reasons for which none is needed.
const (
	LabelUntold     Label = ""
	LabelFull       Label = "full"        // with all that is asked for now
	LabelElectronic Label = "electronic"  // nhãn điện tử, opens at once by its code
	LabelOldAddress Label = "old_address" // with an address that a change of boundaries made old
	LabelOldLaw     Label = "old_law"     // printed before 23/01/2026 by the rules of that time
	LabelFresh      Label = "fresh"       // none needed: fresh food sold directly
	LabelUnpacked   Label = "unpacked"    // none needed: food or farm goods without packing, sold directly
	LabelService    Label = "service"     // none: a service
)

// LabelRule says for which goods a kind of label may stand and until when.
type LabelRule struct {
	Label  Label
	Needed bool
	Groups []ProductGroup // empty: any
	Until  string         // last day, YYYY-MM-DD; empty: no end
	Law    Citation
}

// LabelRules are the rules known at release. Labels with old addresses end two
// years after the decision that changed them took effect. Resolution 1683 did so
// on 16/06/2025 and the new communes began to work on 01/07/2025: the earlier day
// is the one to keep to.
var LabelRules = []LabelRule{
	{Label: LabelFull, Needed: true, Law: Cite("Điều 42", "37/2026/NĐ-CP")},
	{Label: LabelElectronic, Needed: true, Law: Cite("Điều 52-53", "37/2026/NĐ-CP")},
	{Label: LabelOldAddress, Needed: true, Until: "2027-06-16", Law: Cite("Điều 98", "37/2026/NĐ-CP", "1683/NQ-UBTVQH15")},
	{Label: LabelOldLaw, Needed: true, Until: "2028-01-23", Law: Cite("Điều 98", "37/2026/NĐ-CP")},
	{Label: LabelFresh, Groups: []ProductGroup{FreshGroup}, Law: Cite("Điều 35.2e", "37/2026/NĐ-CP")},
	{Label: LabelUnpacked, Groups: []ProductGroup{FoodGroup, FreshGroup, DrinkGroup, HerbGroup}, Law: Cite("Điều 35.2e, 35.2g", "37/2026/NĐ-CP")},
	{Label: LabelService, Groups: []ProductGroup{TourismGroup}},
}

// Labels lists the kinds in the order shown to people.
var Labels = []Label{LabelFull, LabelElectronic, LabelOldAddress, LabelOldLaw, LabelFresh, LabelUnpacked, LabelService}

// Valid reports whether l is a known kind, or not told yet.
func (l Label) Valid() bool { return l == LabelUntold || slices.Contains(Labels, l) }

// Rule is what the law says of the kind; the zero rule where nothing is told.
func (l Label) Rule() LabelRule {
	for _, r := range LabelRules {
		if r.Label == l {
			return r
		}
	}
	return LabelRule{Needed: true}
}

// Fits reports whether goods of a group may be told to have such a label.
func (l Label) Fits(g ProductGroup) bool {
	groups := l.Rule().Groups
	return len(groups) == 0 || slices.Contains(groups, g)
}

// Packed reports whether the goods are packed beforehand, as far as is told.
func (l Label) Packed() bool { return l != LabelFresh && l != LabelUnpacked && l != LabelService }

// labelFinding says whether a product's label may no longer be used on a day.
func labelFinding(p Product, day string) (Finding, bool) {
	r := p.Label.Rule()
	if r.Until == "" || day <= r.Until {
		return Finding{}, false
	}
	return Finding{Kind: LabelOver, Product: p.Name, On: r.Until, Label: p.Label, Law: r.Law}, true
}
