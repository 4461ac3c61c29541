package web

import (
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/static"
)

// base is what every page knows. Typed page structs embed it.
type base struct {
	Lang        string
	Title       string
	Path        string
	Nav         []navItem
	User        *user
	Site        site
	Flash       string
	FlashCalls  string // address of the call list of whom the change did not reach
	RequestID   string
	OtherLang   string
	Description string
	HasError    bool
	VendorHead  *vendorHead // set on the pages of one vendor
	passedOver  *unread     // filters of the address that could not be read
	laws        registry.LawPapers
	Goal        *draftLink // the application that the reader was on the way to
}

// lawText cites the papers of a rule, "" without any.
func (b base) lawText(c registry.Citation) string {
	if len(c.Numbers) == 0 {
		return ""
	}
	return b.T("certificate.law", b.cited(c))
}

// cited is a citation, with a word about what nobody has verified.
func (b base) cited(c registry.Citation) string {
	if b.laws.Unverified(c) {
		return b.T("certificate.unverified", b.laws.Cited(c))
	}
	return b.laws.Cited(c)
}

// T looks up a text in the language of the page.
func (b base) T(key string, args ...any) string { return i18n.T(b.Lang, key, args...) }

// Asset is the address of a static file, with its content in the address so
// that it may be kept for ever.
func (b base) Asset(name string) string { return static.URL(name) }

// OtherLangHref switches the language and comes back to this page.
func (b base) OtherLangHref() string {
	return "/ngon-ngu/" + b.OtherLang + "?next=" + queryEscape(b.Path)
}

// user is who is signed in, as the header shows it.
type user struct {
	Name   string
	Office bool
	Vendor bool
}

// navItem is a link of the navigation.
type navItem struct {
	Href    string
	Label   string
	Icon    string
	Current bool
	Count   int
}

// site is the name and logo of the installation.
type site struct {
	Name     string
	Province string
	Logo     string
	BaseURL  string
}

// vendorHead is the head of the pages of one vendor, which its members see and officers
// who work on its behalf.
type vendorHead struct {
	Name     string
	Href     string
	Tabs     []navItem
	OnBehalf bool   // an officer is doing this for the vendor
	Office   string // where that officer came from
	Blocked  string // reason, if the vendor is blocked
}

// draftLink leads back to an application that has been begun.
type draftLink struct{ Href, Event string }

// unread are the filters in an address that say nothing to the page. The page shows
// what it shows without them, and says so: no list ignores what it was asked.
type unread struct{ values []string }

// Unread says which filters of the address could not be read, or nothing.
func (b base) Unread() string {
	if b.passedOver == nil || len(b.passedOver.values) == 0 {
		return ""
	}
	return b.T("list.unread", "“"+strings.Join(b.passedOver.values, "”, “")+"”")
}

// errorText is the text of an error that may be shown.
func (b base) errorText(err error) string {
	e := first(err)
	return b.T(e.Key, e.Args...)
}
