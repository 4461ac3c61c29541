package registry

import (
	"fmt"
	"slices"
	"testing"
)

// told writes a finding in short.
func told(f Finding) string {
	return fmt.Sprintf("%s %s %s %s%s%s", f.Kind, f.Paper, f.Product, f.On, f.Origin, f.Evidence)
}

func TestFindings(t *testing.T) {
	t.Parallel()
	const last = "2026-11-25"
	noodles := Product{ID: "1", Name: "Miến", Group: FoodGroup, Origin: MadeIn, Evidence: Declared}
	tea := Product{ID: "2", Name: "Chè", Group: DrinkGroup, Origin: MadeIn, Evidence: Declared}
	spirit := Product{ID: "3", Name: "Rượu", Group: SpiritGroup, Origin: MadeIn, Evidence: Declared}
	cloth := Product{ID: "4", Name: "Thổ cẩm", Group: TextileGroup, Origin: MadeIn, Evidence: Declared}
	paper := func(kind CertificateKind, product ProductID, validTo string) Certificate {
		return Certificate{Kind: kind, Product: product, ValidTo: validTo}
	}
	with := func(p Product, change func(*Product)) Product { change(&p); return p }
	replaced := paper(FoodSafety, "", "")
	replaced.ReplacedAt = 1
	for name, c := range map[string]struct {
		products []Product
		papers   []Certificate
		want     []string
	}{
		"cloth needs nothing": {[]Product{cloth}, nil, nil},
		"food certificate is asked once, self-declaration for each": {[]Product{noodles, tea}, nil,
			[]string{"missing food_cert  ", "missing self_declaration Miến ", "missing self_declaration Chè "}},
		"a commitment does as well": {[]Product{noodles}, []Certificate{paper(FoodCommitment, "", last), paper(SelfDeclaration, "", "")}, nil},
		"the paper of one product does not cover another": {[]Product{noodles, tea},
			[]Certificate{paper(FoodSafety, "", ""), paper(SelfDeclaration, "1", "")}, []string{"missing self_declaration Chè "}},
		"good to the day before the last": {[]Product{spirit}, []Certificate{paper(SpiritLicence, "", "2026-11-24"), paper(SpiritLicence, "", "2020-01-01")},
			[]string{"lapses spirit_licence  2026-11-24"}},
		"the paper good longest counts, whatever the order": {[]Product{spirit}, []Certificate{paper(SpiritLicence, "", "2020-01-01"), paper(SpiritLicence, "", "2026-11-24")},
			[]string{"lapses spirit_licence  2026-11-24"}},
		"one without an end is good longest":  {[]Product{spirit}, []Certificate{paper(SpiritLicence, "", "2020-01-01"), paper(SpiritLicence, "", "")}, nil},
		"and stays so behind one with an end": {[]Product{spirit}, []Certificate{paper(SpiritLicence, "", ""), paper(SpiritLicence, "", "2020-01-01")}, nil},
		"a replaced paper does not count": {[]Product{with(noodles, func(p *Product) { p.Group = FreshGroup })}, []Certificate{replaced},
			[]string{"missing food_cert  "}},
		"packed in Viet Nam alone is weak": {[]Product{with(cloth, func(p *Product) { p.Origin = PackedIn })}, nil, []string{"weak  Thổ cẩm packed_in"}},
		"another origin is weak":           {[]Product{with(cloth, func(p *Product) { p.Origin = OriginOther })}, nil, []string{"weak  Thổ cẩm other"}},
		"disputed is weak":                 {[]Product{with(cloth, func(p *Product) { p.Evidence = Disputed })}, nil, []string{"weak  Thổ cẩm disputed"}},
		"excluded is weak":                 {[]Product{with(cloth, func(p *Product) { p.Evidence = Excluded })}, nil, []string{"weak  Thổ cẩm excluded"}},
	} {
		var got []string
		for _, f := range Findings(c.products, c.papers, last) {
			got = append(got, told(f))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestEveryRuleNamesKnownGroupsAndPapers(t *testing.T) {
	t.Parallel()
	for _, r := range PaperRules {
		if len(r.Groups) == 0 || len(r.AnyOf) == 0 || slices.ContainsFunc(r.Groups, func(g ProductGroup) bool { return !g.Valid() }) ||
			slices.ContainsFunc(r.AnyOf, func(k CertificateKind) bool { return !k.Valid() }) {
			t.Errorf("rule %+v", r)
		}
	}
}
