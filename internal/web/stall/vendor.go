package stall

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// vendorTabs are the pages of a vendor below its address that it opens most.
var vendorTabs = []view.NavItem{
	{Href: "", Label: "vendor.tab.home", Icon: "house"},
	{Href: "/the", Label: "vendor.tab.passes", Icon: "qr-code"},
	{Href: "/don", Label: "vendor.tab.applications", Icon: "file-text"},
	{Href: "/san-pham", Label: "vendor.tab.products", Icon: "package"},
}

// vendorMore are the others, behind one more.
var vendorMore = []view.NavItem{
	{Href: "/giay-to", Label: "vendor.tab.papers"},
	{Href: "/uu-dai", Label: "vendor.tab.offers"},
	{Href: "/lich-su", Label: "vendor.tab.history"},
	{Href: "/ho-so", Label: "vendor.tab.profile"},
	{Href: "/thanh-vien", Label: "vendor.tab.members"},
}

// mended are the pages where a vendor mends what an application lacks.
var mended = []string{"/san-pham", "/giay-to", "/ho-so"}

// membersOnly are the pages that open to members alone: officers have the queue of
// applications, and the passes, offers and sales of an event.
var membersOnly = map[string]bool{"/don": true, "/the": true, "/uu-dai": true, "/lich-su": true}

// vendorPage makes the base of a page of one vendor: for LayoutVendor, with the
// vendor's name and tabs. The title is an i18n key.
func (s *Door) vendorPage(c *fiber.Ctx, v registry.Vendor, titleKey string, args ...any) view.Base {
	b := s.PublicNav(c, s.Page(c, titleKey, args...))
	b.Title += " · " + v.Name
	home := view.StallRoot(v.ID)
	h := &view.VendorHead{Name: v.Name, Href: home, OnBehalf: !frame.Actor(c).Owns(v.ID), Office: view.VendorFile(v.ID)}
	if v.State == registry.VendorBlocked {
		h.Blocked = v.StateReason
	}
	h.Tabs = s.vendorNav(c, b.Lang, h, vendorTabs)
	h.Tabs[0].Current = c.Path() == home // every page of the vendor lies below it
	h.More = s.vendorNav(c, b.Lang, h, vendorMore)
	h.InMore = slices.ContainsFunc(h.More, func(t view.NavItem) bool { return t.Current })
	b.VendorHead, b.ListFiles = h, s.ListFiles(c)
	if !view.Within(c.Path(), home+"/don") { // there the way is at its end
		b.Goal = s.Goal(c)
		h.OnTheWay = b.Goal != nil && b.Goal.First
	}
	if slices.ContainsFunc(mended, func(tab string) bool { return view.Within(c.Path(), home+tab) }) {
		b.Awaits = s.waitsFor(c, b, v.ID)
	}
	return b
}

// vendorNav are the pages of a vendor that the reader may open.
func (s *Door) vendorNav(c *fiber.Ctx, lang string, h *view.VendorHead, pages []view.NavItem) []view.NavItem {
	var open []view.NavItem
	for _, t := range pages {
		if h.OnBehalf && membersOnly[t.Href] {
			continue
		}
		t.Href = h.Href + t.Href
		open = append(open, t)
	}
	return s.Nav(c, lang, open)
}

// startPage is where somebody begins who acts for no vendor yet, or chooses among
// several.
type startPage struct {
	view.Base
	Vendors []view.VendorRow
}

// showOwnVendors leads to the vendor of the reader, lets them choose among several,
// or begin.
func (s *Door) showOwnVendors(c *fiber.Ctx) error {
	list, err := s.App.Vendors.OwnVendors(c.UserContext(), frame.Actor(c))
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
	p := startPage{Base: s.PublicNav(c, s.Page(c, key))}
	for _, v := range list {
		row := s.VendorRow(p.Base, v, registry.ProductCount{})
		row.Href = view.StallRoot(v.ID)
		p.Vendors = append(p.Vendors, row)
	}
	return s.Render(c, frame.LayoutVendor, "stall/vendors", p)
}

// ownDeskPage is the home of a vendor: what to do next, and how things stand.
type ownDeskPage struct {
	view.Base
	Vendor   registry.Vendor
	Public   string
	Todo     []view.Task
	Stops    []view.EventCard
	Products int
	Papers   int
	Lapsing  int
	Running  int // applications under way
	Home     string
}

// showOwnDesk shows the home of a vendor.
func (s *Door) showOwnDesk(c *fiber.Ctx) error {
	d, err := s.App.Vendors.VendorDesk(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	p := ownDeskPage{Base: s.vendorPage(c, d.Vendor, "vendor.tab.home"), Vendor: d.Vendor, Public: view.VendorHref(d.Vendor.Slug),
		Products: len(d.Products), Home: view.StallRoot(d.Vendor.ID)}
	for _, paper := range d.Papers {
		if paper.ReplacedAt == 0 {
			p.Papers++
		}
	}
	for _, a := range d.Applications {
		if underWay[a.State] && a.ClosesOn >= s.App.Today() {
			p.Running++
		}
	}
	p.Lapsing = len(d.Lapsing)
	if p.Todo, err = s.salesTasks(c, p.Base, d.Vendor.ID); err != nil {
		return err
	}
	offers, err := s.offerTasks(c, p.Base, d.Vendor.ID)
	if err != nil {
		return err
	}
	checks, err := s.checkTasks(c, p.Base, d)
	if err != nil {
		return err
	}
	p.Todo = slices.Concat(p.Todo, checks, offers, s.todo(p.Base, p.Home, d))
	for i, t := range p.Todo {
		if p.VendorHead.OnBehalf && (strings.HasPrefix(t.Href, p.Home+"/don") || t.Href == p.Home+"/the") {
			p.Todo[i].Href = "" // for the vendor to do
		}
	}
	p.Stops = s.StopCards(p.Base, d.Stops)
	return s.Render(c, frame.LayoutVendor, "stall/vendor", p)
}

// underWay are the states of applications that have not come to nothing.
var underWay = map[registry.ApplicationState]bool{registry.AppDraft: true, registry.AppSubmitted: true, registry.AppNeedsInfo: true,
	registry.AppWaitlisted: true, registry.AppOffered: true, registry.AppApproved: true}

// joinPage takes a join code.
type joinPage struct {
	view.Base
	view.Form
	Field view.Field
}

// showJoin asks for a join code.
func (s *Door) showJoin(c *fiber.Ctx) error { return s.joinForm(c, fiber.StatusOK, "", nil) }

func (s *Door) joinForm(c *fiber.Ctx, status int, code string, faults map[string]string) error {
	p := joinPage{Base: s.PublicNav(c, s.Page(c, "vendor.join.title"))}
	p.Form = view.NewForm(&p.Base, faults)
	p.Field = p.TakeOne(view.Field{Name: "code", Label: p.T("vendor.join.code"), Hint: p.T("vendor.join.code_hint"), Value: code, Max: 40, Autocomplete: "off"})
	return s.RenderStatus(c, status, frame.LayoutForm, "stall/join", p)
}

// join makes the reader a member of the vendor that a code opens.
func (s *Door) join(c *fiber.Ctx) error {
	var f struct {
		Code string `form:"code"`
	}
	var vendor registry.VendorID
	err := frame.Bind(c, &f)
	if err == nil {
		vendor, err = s.App.Vendors.JoinVendor(c.UserContext(), frame.Actor(c), f.Code)
	}
	if err != nil {
		texts, ok := view.FaultTexts(s.Page(c, "vendor.join.title"), err)
		if !ok {
			return err
		}
		return s.joinForm(c, fiber.StatusUnprocessableEntity, f.Code, texts)
	}
	frame.Flash(c, "vendor.joined")
	return c.Redirect(view.StallRoot(vendor), fiber.StatusSeeOther)
}
