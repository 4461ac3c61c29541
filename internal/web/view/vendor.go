package view

import (
	"strings"
	"unicode/utf8"

	"hoicho/internal/registry"
)

// VendorKind names a kind of vendor.
func (b Base) VendorKind(k registry.VendorKind) string { return b.T("vendor.kind." + string(k)) }

// PaperName names a kind of paper.
func (b Base) PaperName(k registry.CertificateKind) string {
	return b.T("certificate.kind." + string(k))
}

// Initial is the first letter of the last word of a name that begins with one.
func Initial(name string) string {
	words := strings.Fields(name)
	for i := len(words) - 1; i >= 0; i-- {
		if r, _ := utf8.DecodeRuneInString(words[i]); r != utf8.RuneError {
			return strings.ToUpper(string(r))
		}
	}
	return "?"
}
