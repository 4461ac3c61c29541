package registry

import "testing"

func TestPaperInForce(t *testing.T) {
	t.Parallel()
	p := Certificate{IssuedOn: "2026-01-10", ValidTo: "2026-11-22"}
	replaced := p
	replaced.ReplacedAt = 1
	claims(t, map[string]bool{
		"not on the day before it was issued": !p.Holds("2026-01-09"),
		"on the day it was issued":            p.Holds("2026-01-10"),
		"on its last day":                     p.Holds("2026-11-22"),
		"not on the day after it":             !p.Holds("2026-11-23"),
		"without an end it goes on":           Certificate{IssuedOn: "2026-01-10"}.Holds("2099-01-01"),
		"without a beginning it always was":   Certificate{ValidTo: "2026-11-22"}.Holds("2000-01-01"),
		"a replaced one is not":               !replaced.Holds("2026-06-01"),
	})
}

func TestPaperThatDocumentsTheOrigin(t *testing.T) {
	t.Parallel()
	holdsFor(t, "origin papers, indications and declarations speak of origin", CertificateKinds, CertificateKind.SpeaksOfOrigin,
		SelfDeclaration, OriginPaper, GeoIndication)
	p := Certificate{Kind: OriginPaper, File: "scan", Product: "tea"}
	with := func(change func(*Certificate)) Certificate { c := p; change(&c); return c }
	claims(t, map[string]bool{
		"its scan documents the product":   p.Documents("tea"),
		"not another product":              !p.Documents("noodles"),
		"a paper of the vendor covers all": with(func(c *Certificate) { c.Product = "" }).Documents("noodles"),
		"without a scan it does not":       !with(func(c *Certificate) { c.File = "" }).Documents("tea"),
		"a replaced one does not":          !with(func(c *Certificate) { c.ReplacedAt = 1 }).Documents("tea"),
		"a food certificate does not":      !with(func(c *Certificate) { c.Kind = FoodSafety }).Documents("tea"),
	})
}
