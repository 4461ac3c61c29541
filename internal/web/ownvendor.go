package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

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

// membersOnly are the pages that open to members alone: officers have the queue of
// applications and the passes of an event.
var membersOnly = map[string]bool{"/don": true, "/the": true}

// vendorPage makes the base of a page of one vendor: for layoutVendor, with the
// vendor's name and tabs. The title is an i18n key.
func (s *Server) vendorPage(c *fiber.Ctx, v registry.Vendor, titleKey string, args ...any) base {
	b := s.publicNav(c, s.page(c, titleKey, args...))
	b.Title += " · " + v.Name
	home := stallRoot(v.ID)
	h := &vendorHead{Name: v.Name, Href: home, OnBehalf: !actor(c).Owns(v.ID), Office: vendorFile(v.ID)}
	if v.State == registry.VendorBlocked {
		h.Blocked = v.StateReason
	}
	for _, t := range vendorTabs {
		if h.OnBehalf && membersOnly[t.Href] {
			continue
		}
		t.Href = home + t.Href
		h.Tabs = append(h.Tabs, t)
	}
	h.Tabs = s.nav(c, b.Lang, h.Tabs)
	h.Tabs[0].Current = c.Path() == home // every page of the vendor lies below it
	b.VendorHead = h
	if !within(c.Path(), home+"/don") { // there the way is at its end
		b.Goal = s.goal(c)
	}
	return b
}

// startPage is where somebody begins who acts for no vendor yet, or chooses among
// several.
type startPage struct {
	base
	Vendors []VendorRow
	Drafted bool
}

// showOwnVendors leads to the vendor of the reader, lets them choose among several,
// or begin.
func (s *Server) showOwnVendors(c *fiber.Ctx) error {
	list, err := s.app.Vendors.OwnVendors(c.UserContext(), actor(c))
	if err != nil {
		return err
	}
	if len(list) == 1 {
		return c.Redirect("/gian-hang/"+string(list[0].ID), fiber.StatusSeeOther)
	}
	key := "vendor.start.title"
	if len(list) > 1 {
		key = "vendor.start.choose"
	}
	p := startPage{base: s.publicNav(c, s.page(c, key))}
	for _, v := range list {
		row := s.vendorRow(p.base, v, registry.ProductCount{})
		row.Href = stallRoot(v.ID)
		p.Vendors = append(p.Vendors, row)
	}
	draft, err := s.app.Vendors.VendorDraft(c.UserContext(), actor(c))
	p.Drafted = draft.Name != ""
	if err != nil {
		return err
	}
	return s.render(c, layoutVendor, "own-vendors", p)
}

// ownDeskPage is the home of a vendor: what to do next, and how things stand.
type ownDeskPage struct {
	base
	Vendor   registry.Vendor
	Public   string
	Todo     []Task
	Stops    []EventCard
	Products int
	Papers   int
	Lapsing  int
	Running  int // applications under way
	Home     string
}

// showOwnDesk shows the home of a vendor.
func (s *Server) showOwnDesk(c *fiber.Ctx) error {
	d, err := s.app.Vendors.VendorDesk(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	p := ownDeskPage{base: s.vendorPage(c, d.Vendor, "vendor.tab.home"), Vendor: d.Vendor, Public: vendorHref(d.Vendor.Slug),
		Products: len(d.Products), Home: stallRoot(d.Vendor.ID)}
	for _, paper := range d.Papers {
		if paper.ReplacedAt == 0 {
			p.Papers++
		}
	}
	for _, a := range d.Applications {
		if underWay[a.State] && a.ClosesOn >= s.app.Today() {
			p.Running++
		}
	}
	p.Lapsing = len(d.Lapsing)
	if p.Todo, err = s.salesTasks(c, p.base, d.Vendor.ID); err != nil {
		return err
	}
	p.Todo = append(p.Todo, s.todo(p.base, p.Home, d)...)
	for i, t := range p.Todo {
		if p.VendorHead.OnBehalf && (strings.HasPrefix(t.Href, p.Home+"/don") || t.Href == p.Home+"/the") {
			p.Todo[i].Href = "" // for the vendor to do
		}
	}
	p.Stops = s.stopCards(p.base, d.Stops)
	return s.render(c, layoutVendor, "own-desk", p)
}

// underWay are the states of applications that have not come to nothing.
var underWay = map[registry.ApplicationState]bool{registry.AppDraft: true, registry.AppSubmitted: true, registry.AppNeedsInfo: true,
	registry.AppWaitlisted: true, registry.AppOffered: true, registry.AppApproved: true}

// joinPage takes a join code.
type joinPage struct {
	base
	Field  Field
	Faults []FieldFault
}

// showJoin asks for a join code.
func (s *Server) showJoin(c *fiber.Ctx) error { return s.joinForm(c, fiber.StatusOK, "", nil) }

func (s *Server) joinForm(c *fiber.Ctx, status int, code string, faults map[string]string) error {
	p := joinPage{base: s.publicNav(c, s.page(c, "vendor.join.title")), Faults: nil}
	p.Field = Field{Name: "code", Label: p.T("vendor.join.code"), Hint: p.T("vendor.join.code_hint"), Value: code, Error: faults["code"], Max: 40, Autocomplete: "off"}
	p.Faults = summary(p.base, faults, "code")
	p.HasError = len(faults) > 0
	return s.renderStatus(c, status, layoutForm, "join", p)
}

// join makes the reader a member of the vendor that a code opens.
func (s *Server) join(c *fiber.Ctx) error {
	var f struct {
		Code string `form:"code"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	vendor, err := s.app.Vendors.JoinVendor(c.UserContext(), actor(c), f.Code)
	if err != nil {
		texts, ok := faultTexts(s.page(c, "vendor.join.title"), err)
		if !ok {
			return err
		}
		return s.joinForm(c, fiber.StatusUnprocessableEntity, f.Code, texts)
	}
	flash(c, "vendor.joined")
	return c.Redirect(stallRoot(vendor), fiber.StatusSeeOther)
}
