package web

import (
	"strings"
	"unicode/utf8"

	"hoicho/internal/registry"
)

// vendorKind names a kind of vendor.
func (b base) vendorKind(k registry.VendorKind) string { return b.T("vendor.kind." + string(k)) }

// paperName names a kind of paper.
func (b base) paperName(k registry.CertificateKind) string {
	return b.T("certificate.kind." + string(k))
}

// initial is the first letter of the last word of a name that begins with one.
func initial(name string) string {
	words := strings.Fields(name)
	for i := len(words) - 1; i >= 0; i-- {
		if r, _ := utf8.DecodeRuneInString(words[i]); r != utf8.RuneError {
			return strings.ToUpper(string(r))
		}
	}
	return "?"
}
