package frame

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// officeItem is a link of the office rail with the rights any of which opens it.
type officeItem struct {
	rights []registry.Right
	item   view.NavItem
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
	{rights: []registry.Right{registry.ViewOffice}, item: view.NavItem{Href: "/quan-ly", Label: "nav.today", Icon: "inbox"}},
	{rights: []registry.Right{registry.ViewOffice}, item: view.NavItem{Href: "/quan-ly/su-kien", Label: "nav.events", Icon: "calendar-days"}},
	{rights: []registry.Right{registry.ReviewApplications}, item: view.NavItem{Href: "/quan-ly/don", Label: "nav.applications", Icon: "file-text"}},
	{rights: []registry.Right{registry.ManageVendors, registry.ReviewEvidence}, item: view.NavItem{Href: "/quan-ly/co-so", Label: "nav.vendor_register", Icon: "store"}},
	{rights: []registry.Right{registry.ManageTips}, item: view.NavItem{Href: "/quan-ly/phan-anh", Label: "nav.tips", Icon: "shield-alert"}},
	{rights: []registry.Right{registry.ViewPlan}, item: view.NavItem{Href: "/quan-ly/ke-hoach", Label: "nav.plan", Icon: "flag"}},
	{rights: []registry.Right{registry.ViewTasks}, item: view.NavItem{Href: "/quan-ly/nhiem-vu", Label: "nav.tasks", Icon: "list"}},
	{rights: []registry.Right{registry.ViewPlan, registry.Communicate}, item: view.NavItem{Href: "/quan-ly/tuyen-truyen", Label: "nav.communications", Icon: "megaphone"}},
	{rights: []registry.Right{registry.ViewPlan}, item: view.NavItem{Href: "/quan-ly/diem-ban", Label: "nav.places", Icon: "store"}},
	{rights: []registry.Right{registry.ViewPlan}, item: view.NavItem{Href: view.SurveysRoot, Label: "nav.surveys", Icon: "chart-column"}},
	{rights: []registry.Right{registry.ViewTasks}, item: view.NavItem{Href: view.InspectionsRoot, Label: "nav.inspections", Icon: "shield-check"}},
	{rights: []registry.Right{registry.ViewTasks}, item: view.NavItem{Href: view.SupervisionRoot, Label: "nav.supervision", Icon: "eye"}},
	{rights: []registry.Right{registry.ViewTasks}, item: view.NavItem{Href: "/quan-ly/mua-sam", Label: "nav.procurement", Icon: "package"}},
	{rights: []registry.Right{registry.ViewPlan}, item: view.NavItem{Href: "/quan-ly/ho-tro", Label: "nav.support", Icon: "hand-coins"}},
	{rights: []registry.Right{registry.ViewTasks}, item: view.NavItem{Href: view.PeriodsRoot, Label: "nav.periods", Icon: "chart-column"}},
	{rights: []registry.Right{registry.ViewPlan}, item: view.NavItem{Href: "/quan-ly/bai-viet", Label: "nav.article_office", Icon: "file-text"}},
	{rights: []registry.Right{registry.ManageUsers}, item: view.NavItem{Href: "/quan-ly/nguoi-dung", Label: "nav.users", Icon: "users"}},
	{rights: []registry.Right{registry.ManageKeys}, item: view.NavItem{Href: "/quan-ly/khoa", Label: "nav.keys", Icon: "key"}, site: true},
	{rights: []registry.Right{registry.ManageSettings}, item: view.NavItem{Href: "/quan-ly/cai-dat", Label: "nav.settings", Icon: "settings"}, site: true},
	{rights: []registry.Right{registry.ManageSettings}, item: view.NavItem{Href: "/quan-ly/thu", Label: "nav.outbox", Icon: "mail"}, site: true},
	{rights: []registry.Right{registry.ManageSettings}, item: view.NavItem{Href: view.PersonalRoot, Label: "personal.inbox", Icon: "lock"}, site: true},
	{rights: []registry.Right{registry.ManageSettings}, item: view.NavItem{Href: view.KeepRoot, Label: "keep.title", Icon: "clock"}, site: true},
	{rights: []registry.Right{registry.ViewAudit}, item: view.NavItem{Href: "/quan-ly/nhat-ky", Label: "nav.audit", Icon: "scroll-text"}},
}

// OfficePage makes the base of an office page whose title is an i18n key.
func (s *Server) OfficePage(c *fiber.Ctx, titleKey string, args ...any) view.Base {
	return s.OfficeNav(c, s.Page(c, titleKey, args...))
}

// OfficeNav gives a page the navigation of the office: what the reader may open.
func (s *Server) OfficeNav(c *fiber.Ctx, b view.Base) view.Base {
	var items []view.NavItem
	for _, o := range officeItems {
		if o.opens(Actor(c)) {
			items = append(items, o.item)
		}
	}
	b.Nav = s.Nav(c, b.Lang, items)
	b.ListFiles, b.Seeks = s.ListFiles(c), Actor(c).CanSomewhere(registry.ViewOffice)
	for i := range b.Nav {
		if b.Nav[i].Href == "/quan-ly" { // every office page lies below it
			b.Nav[i].Current = c.Path() == "/quan-ly"
		}
	}
	return b
}

// EventHead is the head that all office pages of one event share; the partial
// "event-head" draws it.
type EventHead struct {
	Title string
	Line  string // where and when
	Chips []view.Chip
	Tabs  []view.NavItem
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
	{[]registry.Right{registry.ViewOffice}, "/kich-cau", "event.tab.stimulus"},
	{[]registry.Right{registry.ManagePasses}, "/the", "event.tab.passes"},
	{[]registry.Right{registry.ManageGate, registry.ViewFigures}, "/cong", "event.tab.gate"},
	{[]registry.Right{registry.ViewFigures}, "/phieu", "event.tab.vouchers"},
	{[]registry.Right{registry.FileSales}, "/doanh-thu", "event.tab.sales"},
	{[]registry.Right{registry.Communicate}, "/bai-soan", "event.tab.texts"},
	{[]registry.Right{registry.ViewPlan}, "/kinh-phi", "event.tab.cost"},
	{[]registry.Right{registry.ViewFigures}, view.EventReport, "event.tab.report"},
}

// EventHead makes the head of an office page of an event, with the tabs that the
// reader may open in its area.
func (s *Server) EventHead(c *fiber.Ctx, b view.Base, e registry.Event) EventHead {
	scope := s.App.Areas.Scope(e.Area)
	h := EventHead{Title: e.Title, Line: s.WhereLine(e) + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn),
		Chips: s.EventChips(b, e, registry.EventFigures{})}
	for _, t := range eventTabs {
		if !slices.ContainsFunc(t.rights, func(r registry.Right) bool { return Actor(c).Can(r, scope) }) {
			continue
		}
		item := view.NavItem{Href: view.EventRoot(e.ID) + t.href, Label: b.T(t.label)}
		item.Current = c.Path() == item.Href || t.href != "" && view.Within(c.Path(), item.Href) ||
			t.href == "/gian" && (view.Within(c.Path(), view.DrawRoot(e.ID)) || // booths are drawn,
				view.Within(c.Path(), view.EventRoot(e.ID)+"/mat-bang")) // and stand on a plan
		h.Tabs = append(h.Tabs, item)
	}
	return h
}
