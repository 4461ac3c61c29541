package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// officeItem is a link of the office rail with the rights any of which opens it.
type officeItem struct {
	rights []registry.Right
	item   navItem
	site   bool // holds for every area, so the right must too
}

// opens reports whether an actor may open the page.
func (o officeItem) opens(actor registry.Actor) bool {
	return slices.ContainsFunc(o.rights, func(r registry.Right) bool {
		if o.site {
			return actor.Can(r, nil)
		}
		return actor.CanSomewhere(r)
	})
}

// officeItems are the pages of the office in the order of the rail.
var officeItems = []officeItem{
	{rights: []registry.Right{registry.ViewOffice}, item: navItem{Href: "/quan-ly", Label: "nav.today", Icon: "inbox"}},
	{rights: []registry.Right{registry.ViewOffice}, item: navItem{Href: "/quan-ly/su-kien", Label: "nav.events", Icon: "calendar-days"}},
	{rights: []registry.Right{registry.ReviewApplications}, item: navItem{Href: "/quan-ly/don", Label: "nav.applications", Icon: "file-text"}},
	{rights: []registry.Right{registry.ManageVendors, registry.ReviewEvidence}, item: navItem{Href: "/quan-ly/co-so", Label: "nav.vendor_register", Icon: "store"}},
	{rights: []registry.Right{registry.ManageTips}, item: navItem{Href: "/quan-ly/phan-anh", Label: "nav.tips", Icon: "shield-alert"}},
	{rights: []registry.Right{registry.ManageUsers}, item: navItem{Href: "/quan-ly/nguoi-dung", Label: "nav.users", Icon: "users"}},
	{rights: []registry.Right{registry.ManageKeys}, item: navItem{Href: "/quan-ly/khoa", Label: "nav.keys", Icon: "key"}, site: true},
	{rights: []registry.Right{registry.ManageSettings}, item: navItem{Href: "/quan-ly/cai-dat", Label: "nav.settings", Icon: "settings"}, site: true},
	{rights: []registry.Right{registry.ManageSettings}, item: navItem{Href: "/quan-ly/thu", Label: "nav.outbox", Icon: "mail"}, site: true},
	{rights: []registry.Right{registry.ViewAudit}, item: navItem{Href: "/quan-ly/nhat-ky", Label: "nav.audit", Icon: "scroll-text"}},
}

// officePage makes the base of an office page whose title is an i18n key.
func (s *Server) officePage(c *fiber.Ctx, titleKey string, args ...any) base {
	return s.officeNav(c, s.page(c, titleKey, args...))
}

// officeNav gives a page the navigation of the office: what the reader may open.
func (s *Server) officeNav(c *fiber.Ctx, b base) base {
	var items []navItem
	for _, o := range officeItems {
		if o.opens(actor(c)) {
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

// eventHead is the head that all office pages of one event share; the partial
// "event-head" draws it.
type eventHead struct {
	Title string
	Line  string // where and when
	Chips []Chip
	Tabs  []navItem
}

// eventTab is a tab of an event with the rights any of which opens it.
type eventTab struct {
	rights []registry.Right
	href   string // after /quan-ly/su-kien/<id>
	label  string
}

// eventTabs are the pages of one event in the order of the work.
var eventTabs = []eventTab{
	{[]registry.Right{registry.ViewOffice}, "", "event.tab.overview"},
	{[]registry.Right{registry.ReviewApplications}, "/don", "event.tab.applications"},
	{[]registry.Right{registry.ReviewApplications}, "/goi", "event.tab.calls"},
	{[]registry.Right{registry.ManageBooths}, "/gian", "event.tab.booths"},
	{[]registry.Right{registry.ManagePasses}, "/the", "event.tab.passes"},
	{[]registry.Right{registry.ManageGate, registry.ViewFigures}, "/cong", "event.tab.gate"},
	{[]registry.Right{registry.FileSales}, "/doanh-thu", "event.tab.sales"},
	{[]registry.Right{registry.ViewFigures}, "/bao-cao", "event.tab.report"},
}

// eventHead makes the head of an office page of an event, with the tabs that the
// reader may open in its area.
func (s *Server) eventHead(c *fiber.Ctx, b base, e registry.Event) eventHead {
	scope := s.app.Areas.Scope(e.Area)
	h := eventHead{Title: e.Title, Line: s.whereLine(e) + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn),
		Chips: s.eventChips(b, e, registry.EventFigures{})}
	for _, t := range eventTabs {
		if !slices.ContainsFunc(t.rights, func(r registry.Right) bool { return actor(c).Can(r, scope) }) {
			continue
		}
		item := navItem{Href: eventRoot(e.ID) + t.href, Label: b.T(t.label)}
		item.Current = c.Path() == item.Href || t.href != "" && within(c.Path(), item.Href)
		h.Tabs = append(h.Tabs, item)
	}
	return h
}
