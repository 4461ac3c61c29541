package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

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

// vendorTabs are the pages of a vendor below its address.
var vendorTabs = []navItem{
	{Href: "", Label: "vendor.tab.home"},
	{Href: "/don", Label: "vendor.tab.applications"},
	{Href: "/san-pham", Label: "vendor.tab.products"},
	{Href: "/giay-to", Label: "vendor.tab.papers"},
	{Href: "/the", Label: "vendor.tab.passes"},
	{Href: "/ho-so", Label: "vendor.tab.profile"},
	{Href: "/thanh-vien", Label: "vendor.tab.members"},
}

// vendorPage makes the base of a page of one vendor: for layoutVendor, with the
// vendor's name and tabs. The title is an i18n key.
func (s *Server) vendorPage(c *fiber.Ctx, v registry.Vendor, titleKey string, args ...any) base {
	b := s.publicNav(c, s.page(c, titleKey, args...))
	b.Title += " · " + v.Name
	home := "/gian-hang/" + string(v.ID)
	h := &vendorHead{Name: v.Name, Href: home, OnBehalf: !actor(c).Owns(v.ID), Office: "/quan-ly/co-so/" + string(v.ID)}
	if v.State == registry.VendorBlocked {
		h.Blocked = v.StateReason
	}
	for _, t := range vendorTabs {
		t.Href = home + t.Href
		h.Tabs = append(h.Tabs, t)
	}
	h.Tabs = s.nav(c, b.Lang, h.Tabs)
	h.Tabs[0].Current = c.Path() == home // every page of the vendor lies below it
	b.VendorHead = h
	return b
}
