package demo

import (
	"context"
	"fmt"
	"slices"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// What some vendors lack, so that a reviewer has something to find.
const (
	withoutLicence = "Hộ rượu men lá Nà Tẩu"              // sells spirits, has no licence
	lapsingSafety  = "Tổ hợp tác bánh khẩu thuy Khuổi Nà" // commitment ends before the open session does
)

// paperIssuer is who signs most papers of the demo.
const paperIssuer = "Chi cục Quản lý chất lượng nông, lâm sản và thủy sản"

// collectPapers keeps the papers of all vendors; most have been compared by an
// officer.
func (f *filler) collectPapers(ctx context.Context) error {
	for n, s := range f.order {
		f.clock.tick()
		for _, paper := range f.papersOf(n, s) {
			c, err := f.app.Vendors.AddCertificate(ctx, s.actor, s.vendor.ID, paper)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", s.form.Name, paper.Kind, err)
			}
			if n%7 == 6 || len(paper.Scan) == 0 {
				continue
			}
			if err := f.app.Vendors.CheckCertificate(ctx, f.officers[registry.Reviewer], s.vendor.ID, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// papersOf lists what the n-th vendor holds by what it sells.
func (f *filler) papersOf(n int, s *stall) []vendors.CertificateInput {
	paper := func(kind registry.CertificateKind, number string, validDays int) vendors.CertificateInput {
		in := vendors.CertificateInput{Kind: string(kind), Number: fmt.Sprintf("%02d/%s", n+1, number), Issuer: paperIssuer,
			IssuedOn: vn.ShowDate(vn.AddDays(f.app.Today(), -20-n))}
		if validDays > 0 {
			in.ValidTo = vn.ShowDate(f.day(validDays))
		}
		return in
	}
	var papers []vendors.CertificateInput
	if s.sells(registry.FoodGroup, registry.FreshGroup, registry.DrinkGroup) {
		papers = append(papers, f.foodSafety(s, paper))
	}
	if s.sells(registry.FoodGroup, registry.DrinkGroup) {
		papers = append(papers, paper(registry.SelfDeclaration, "TCB-BK", 0))
	}
	if s.sells(registry.SpiritGroup) && s.form.Name != withoutLicence {
		papers = append(papers, paper(registry.SpiritLicence, "GP-UBND", 620))
	}
	if slices.ContainsFunc(s.goods, func(g *good) bool { return g.row["evidence"] == string(registry.Documented) }) {
		origin := paper(registry.OriginPaper, "HĐ-BK", 0)
		origin.Issuer, origin.Scan = s.form.Name, f.pictures.document
		papers = append(papers, origin)
	}
	if s.form.Name == "HTX Tài Hoan" {
		papers = append(papers, paper(registry.GeoIndication, "CDĐL", 1500))
	}
	return papers
}

// foodSafety is the certificate of a firm, or the commitment of a small producer.
func (f *filler) foodSafety(s *stall, paper func(registry.CertificateKind, string, int) vendors.CertificateInput) vendors.CertificateInput {
	switch kind := registry.VendorKind(s.form.Kind); {
	case s.form.Name == lapsingSafety:
		return paper(registry.FoodCommitment, "CK-ATTP", 19)
	case kind == registry.Household || kind == registry.CoopGroup || kind == registry.Producer:
		return paper(registry.FoodCommitment, "CK-ATTP", 700)
	}
	in := paper(registry.FoodSafety, "2025/NNPTNT-TN", 650)
	in.Scan = f.pictures.document
	return in
}

// sells reports whether any of the goods is of one of the groups.
func (s *stall) sells(groups ...registry.ProductGroup) bool {
	return slices.ContainsFunc(s.goods, func(g *good) bool { return slices.Contains(groups, g.product.Group) })
}
