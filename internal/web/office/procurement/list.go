package procurement

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// What the lists show beside all rows.
const (
	showNoResult = "thieu-ket-qua"
	showDue      = "den-han"
)

// askedList is what the address of a list of support or of matchings asks for.
type askedList struct {
	root             string
	year             int
	kind, area, show string
	page             int
}

// readList reads the address of a list; what says nothing is told on the page.
func (s *Door) readList(c *fiber.Ctx, root, show string) askedList {
	a := askedList{root: root, year: s.askedYear(c), show: frame.OneOf(c, "xem", show)}
	if root == supportRoot {
		a.kind = string(frame.OneOf(c, "loai", committee.SupportKinds...))
	}
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("don-vi")))
	a.area = frame.AskedIf(c, "don-vi", known)
	return a
}

func (a askedList) href() string {
	page := ""
	if a.page > 0 {
		page = yearText(a.page)
	}
	return view.Query(a.root, "nam", yearText(a.year), "loai", a.kind, "don-vi", a.area, "xem", a.show, "trang", page)
}

func (a askedList) with(change func(*askedList)) string {
	a.page = 0
	change(&a)
	return a.href()
}

// listFrame is what lists of support and of matchings share.
type listFrame struct {
	view.Base
	Kicker   string
	Heading  string
	Tabs     []view.NavItem
	Enter    string
	Years    []view.FilterLink
	Shows    []view.FilterLink
	Narrowed []view.FilterLink
	Empty    view.Empty
	Prev     string
	Next     string
}

// frameOf begins a list: tabs, years, filters in force, files.
func (s *Door) frameOf(c *fiber.Ctx, a askedList, title string, enters bool) listFrame {
	f := listFrame{Base: s.OfficePage(c, title)}
	f.Kicker = f.T("procurement.year", yearText(a.year))
	for _, tab := range []struct{ href, label string }{{supportRoot, "support.title"}, {matchingRoot, "matching.title"}} {
		f.Tabs = append(f.Tabs, view.NavItem{Href: tab.href, Label: f.T(tab.label), Current: tab.href == a.root})
	}
	if enters {
		f.Enter = a.root + "/ghi"
	}
	for _, step := range []int{-1, 0, 1} {
		f.Years = append(f.Years, view.FilterLink{Href: a.with(func(a *askedList) { a.year += step }), Label: yearText(a.year + step), Current: step == 0})
	}
	if a.kind != "" {
		f.Narrowed = append(f.Narrowed, view.FilterLink{Href: a.with(func(a *askedList) { a.kind = "" }), Label: f.T("support.kind." + a.kind)})
	}
	if a.area != "" {
		f.Narrowed = append(f.Narrowed, view.FilterLink{Href: a.with(func(a *askedList) { a.area = "" }), Label: s.AreaName(frame.TodaysUnit(a.area))})
	}
	return f
}

// pages links the pages before and after.
func (f *listFrame) pages(a askedList, rows, n int) {
	if a.page > 0 {
		before := a
		before.page--
		f.Prev = before.href()
	}
	if a.page*rowsShown+rows < n {
		after := a
		after.page++
		f.Next = after.href()
	}
}

// show adds a list beside the one of all rows.
func (f *listFrame) show(a askedList, show, label string) {
	f.Shows = []view.FilterLink{{Href: a.with(func(a *askedList) { a.show = "" }), Label: f.T("procurement.show_all"), Current: a.show == ""},
		{Href: a.with(func(a *askedList) { a.show = show }), Label: label, Current: a.show == show}}
}
