package registry

import "slices"

// PaperRule says which paper goods of some groups need: one of AnyOf.
type PaperRule struct {
	Groups     []ProductGroup
	AnyOf      []CertificateKind // the usual one first
	PerProduct bool              // each product needs its own, else one for the vendor
	PackedOnly bool              // only goods that are packed beforehand need it
	Law        Citation          // told to the vendor; may be empty
}

// PaperRules is what a vendor must hold by what it sells. Where no source names a
// duty (handicraft, textiles, tourism, herbs), there is none.
var PaperRules = []PaperRule{
	{Groups: []ProductGroup{FoodGroup, FreshGroup, DrinkGroup}, AnyOf: []CertificateKind{FoodSafety, FoodCommitment, FoodExemption},
		Law: Cite("", "15/2018/NĐ-CP", "17/2018/TT-BNNPTNT")},
	{Groups: []ProductGroup{FoodGroup, DrinkGroup}, AnyOf: []CertificateKind{SelfDeclaration}, PerProduct: true, PackedOnly: true,
		Law: Cite("", "15/2018/NĐ-CP")},
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

	LabelOver   FindingKind = "label_over"   // the label may no longer be used
	OverCeiling FindingKind = "over_ceiling" // a price cut beyond the ceiling without a basis for it
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
	Label    Label             // for LabelOver
	Percent  int               // for OverCeiling: what the vendor means to cut
	Ceiling  int               // for OverCeiling
	Law      Citation          // for all but Weak
}

// Need is a paper that the law asks of an applicant, with the one that it holds
// longest.
type Need struct {
	AnyOf   []CertificateKind // each would do, the usual one first
	Product string            // name, empty if one paper does for all
	Law     Citation
	Paper   Certificate // without a kind: there is none
}

// Holds reports whether the need is met on a day.
func (n Need) Holds(day string) bool { return n.Paper.Kind != "" && n.Paper.holdsUntil(day) }

func (c Certificate) holdsUntil(day string) bool { return c.ValidTo == "" || day <= c.ValidTo }

// finding is what is wrong with the need, if anything, as it stands on a day.
func (n Need) finding(lastDay string) (Finding, bool) {
	switch {
	case n.Paper.Kind == "":
		return Finding{Kind: Missing, Paper: n.AnyOf[0], AnyOf: n.AnyOf, Product: n.Product, Law: n.Law}, true
	case !n.Holds(lastDay):
		return Finding{Kind: Lapses, Paper: n.Paper.Kind, Product: n.Product, On: n.Paper.ValidTo, Law: n.Law}, true
	}
	return Finding{}, false
}

// Needs lists the papers that a vendor must hold for what it brings, in the order
// of the rules and then of the products.
func Needs(products []Product, papers []Certificate) []Need {
	var needs []Need
	for _, rule := range PaperRules {
		needs = append(needs, rule.needs(products, papers)...)
	}
	return needs
}

// needs applies one rule: once for each product, or once for the vendor, then as
// its worst product stands.
func (r PaperRule) needs(products []Product, papers []Certificate) []Need {
	var needs []Need
	for _, p := range products {
		if !slices.Contains(r.Groups, p.Group) || r.PackedOnly && !p.Label.Packed() {
			continue
		}
		n := Need{AnyOf: r.AnyOf, Product: p.Name, Law: r.Law, Paper: r.longest(p, papers)}
		switch {
		case r.PerProduct:
			needs = append(needs, n)
		case len(needs) == 0:
			n.Product = ""
			needs = append(needs, n)
		case needs[0].Paper.outlasts(n.Paper):
			needs[0].Paper = n.Paper
		}
	}
	return needs
}

// longest is the paper for a product that is in force longest.
func (r PaperRule) longest(p Product, papers []Certificate) (best Certificate) {
	for _, c := range papers {
		if c.ReplacedAt == 0 && slices.Contains(r.AnyOf, c.Kind) && c.Covers(p.ID) && c.outlasts(best) {
			best = c
		}
	}
	return best
}

// outlasts reports whether the paper is in force longer than another, which may be
// none.
func (c Certificate) outlasts(d Certificate) bool {
	switch {
	case c.Kind == "":
		return false
	case d.Kind == "":
		return true
	}
	return d.ValidTo != "" && (c.ValidTo == "" || c.ValidTo > d.ValidTo)
}

// Findings compares what a vendor brings to an event with the papers it holds, as
// they stand on the event's last day. The order is that of the rules, then of the
// products.
func Findings(products []Product, papers []Certificate, lastDay string) []Finding {
	var found []Finding
	for _, n := range Needs(products, papers) {
		if f, bad := n.finding(lastDay); bad {
			found = append(found, f)
		}
	}
	for _, p := range products {
		if f, over := labelFinding(p, lastDay); over {
			found = append(found, f)
		}
		if f, weak := weakness(p, lastDay); weak {
			found = append(found, f)
		}
	}
	return found
}

// FindingsOf adds to the findings on goods and papers what an application itself
// says: a price cut beyond the ceiling.
func FindingsOf(a *Application, products []Product, papers []Certificate, lastDay string) []Finding {
	found := Findings(products, papers, lastDay)
	if f, over := a.Promotion.finding(lastDay); over {
		found = append(found, f)
	}
	return found
}

// Lacking picks the findings about what the law asks for: with one of them an
// application is approved only for a reason that is kept. Whether goods are
// Vietnamese enough is for the reviewer to judge.
func Lacking(findings []Finding) []Finding {
	var lacking []Finding
	for _, f := range findings {
		if f.Kind != Weak {
			lacking = append(lacking, f)
		}
	}
	return lacking
}

// weakness says why a product may not count as Vietnamese goods. Packed in Viet
// Nam alone does not (37/2026/NĐ-CP, Điều 47).
func weakness(p Product, lastDay string) (Finding, bool) {
	switch e := p.EvidenceOn(lastDay); {
	case e.Fallen():
		return Finding{Kind: Weak, Product: p.Name, Evidence: e}, true
	case !p.Origin.Vietnamese():
		return Finding{Kind: Weak, Product: p.Name, Origin: p.Origin}, true
	}
	return Finding{}, false
}
