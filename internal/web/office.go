package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// officeItem is a link of the office rail with the rights any of which opens it.
type officeItem struct {
	rights []registry.Right
	item   navItem
}

// officeItems are the pages of the office in the order of the rail.
var officeItems = []officeItem{
	{[]registry.Right{registry.ViewOffice}, navItem{Href: "/quan-ly", Label: "nav.today", Icon: "inbox"}},
	{[]registry.Right{registry.ViewOffice}, navItem{Href: "/quan-ly/su-kien", Label: "nav.events", Icon: "calendar-days"}},
	{[]registry.Right{registry.ReviewApplications}, navItem{Href: "/quan-ly/don", Label: "nav.applications", Icon: "file-text"}},
	{[]registry.Right{registry.ManageVendors, registry.ReviewEvidence}, navItem{Href: "/quan-ly/co-so", Label: "nav.vendor_register", Icon: "store"}},
	{[]registry.Right{registry.ReviewEvidence}, navItem{Href: "/quan-ly/phan-anh", Label: "nav.tips", Icon: "shield-alert"}},
	{[]registry.Right{registry.ManageUsers}, navItem{Href: "/quan-ly/nguoi-dung", Label: "nav.users", Icon: "users"}},
	{[]registry.Right{registry.ManageKeys}, navItem{Href: "/quan-ly/khoa", Label: "nav.keys", Icon: "key"}},
	{[]registry.Right{registry.ViewAudit}, navItem{Href: "/quan-ly/nhat-ky", Label: "nav.audit", Icon: "scroll-text"}},
}

// officePage makes the base of an office page whose title is an i18n key.
func (s *Server) officePage(c *fiber.Ctx, titleKey string, args ...any) base {
	return s.officeNav(c, s.page(c, titleKey, args...))
}

// officeNav gives a page the navigation of the office: what the reader may open.
func (s *Server) officeNav(c *fiber.Ctx, b base) base {
	var items []navItem
	for _, o := range officeItems {
		if slices.ContainsFunc(o.rights, actor(c).CanSomewhere) {
			items = append(items, o.item)
		}
	}
	b.Nav = s.nav(c, b.Lang, items)
	for i := range b.Nav {
		if b.Nav[i].Href == "/quan-ly" { // every office page lies below it
			b.Nav[i].Current = c.Path() == "/quan-ly"
		}
	}
	return b
}
