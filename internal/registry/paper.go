package registry

import "slices"

// PaperRule says which paper goods of some groups need: one of AnyOf.
type PaperRule struct {
	Groups     []ProductGroup
	AnyOf      []CertificateKind // the usual one first
	PerProduct bool              // each product needs its own, else one for the vendor
	Law        string            // number of the decree, told to the vendor; may be empty
}

// PaperRules is what a vendor must hold by what it sells. Where no source names a
// duty (handicraft, textiles, tourism, herbs), there is none.
var PaperRules = []PaperRule{
	{Groups: []ProductGroup{FoodGroup, FreshGroup, DrinkGroup}, AnyOf: []CertificateKind{FoodSafety, FoodCommitment, FoodExemption},
		Law: "NĐ 15/2018/NĐ-CP; TT 17/2018/TT-BNNPTNT"},
	{Groups: []ProductGroup{FoodGroup, DrinkGroup}, AnyOf: []CertificateKind{SelfDeclaration}, PerProduct: true,
		Law: "NĐ 15/2018/NĐ-CP"},
	// Hand-made spirits for sale: licence of the commune's People's Committee.
	{Groups: []ProductGroup{SpiritGroup}, AnyOf: []CertificateKind{SpiritLicence}},
}

// FindingKind says how a paper of an applicant fails.
type FindingKind string

// The kinds of finding.
const (
	Missing FindingKind = "missing" // no such paper
	Lapses  FindingKind = "lapses"  // ends before the last day of the event
	Weak    FindingKind = "weak"    // origin does not count as Vietnamese by itself, or is disputed
)

// Finding is one thing that is missing, lapses before the last day or is weak.
type Finding struct {
	Kind     FindingKind
	Paper    CertificateKind   // for Missing and Lapses
	AnyOf    []CertificateKind // for Missing: each would do
	Product  string            // name, empty if it concerns the vendor
	On       string            // YYYY-MM-DD on which it lapses
	Origin   Origin            // for Weak by the statement on the label
	Evidence Evidence          // for Weak by a fall from the ladder
	Law      string            // for Missing and Lapses
}

// Findings compares what a vendor brings to an event with the papers it holds, as
// they stand on the event's last day. The order is that of the rules, then of the
// products.
func Findings(products []Product, papers []Certificate, lastDay string) []Finding {
	var found []Finding
	for _, rule := range PaperRules {
		found = append(found, rule.findings(products, papers, lastDay)...)
	}
	for _, p := range products {
		if f, weak := weakness(p, lastDay); weak {
			found = append(found, f)
		}
	}
	return found
}

// findings applies one rule: once for each product, or once for the vendor.
func (r PaperRule) findings(products []Product, papers []Certificate, lastDay string) []Finding {
	var found []Finding
	for _, p := range products {
		if !slices.Contains(r.Groups, p.Group) {
			continue
		}
		f, bad := r.check(p, papers, lastDay)
		if !bad {
			continue
		}
		if !r.PerProduct {
			f.Product = ""
			return []Finding{f}
		}
		found = append(found, f)
	}
	return found
}

// check looks for the paper that holds longest.
func (r PaperRule) check(p Product, papers []Certificate, lastDay string) (Finding, bool) {
	best := Finding{Kind: Missing, Paper: r.AnyOf[0], AnyOf: r.AnyOf, Product: p.Name, Law: r.Law}
	for _, c := range papers {
		if c.ReplacedAt != 0 || !slices.Contains(r.AnyOf, c.Kind) || !c.Covers(p.ID) {
			continue
		}
		if c.ValidTo == "" || c.ValidTo >= lastDay {
			return Finding{}, false
		}
		if c.ValidTo > best.On {
			best = Finding{Kind: Lapses, Paper: c.Kind, Product: p.Name, On: c.ValidTo, Law: r.Law}
		}
	}
	return best, true
}

// weakness says why a product may not count as Vietnamese goods. Packed in Viet
// Nam alone does not (NĐ 43/2017 as amended by NĐ 111/2021).
func weakness(p Product, lastDay string) (Finding, bool) {
	switch e := p.EvidenceOn(lastDay); {
	case e.Fallen():
		return Finding{Kind: Weak, Product: p.Name, Evidence: e}, true
	case !p.Origin.Vietnamese():
		return Finding{Kind: Weak, Product: p.Name, Origin: p.Origin}, true
	}
	return Finding{}, false
}
