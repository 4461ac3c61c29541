package places

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowsShown is how many places a page of the list has.
const rowsShown = 50

// showAll is the list without regard to the day.
const showAll = "tat-ca"

// asked is what the address of the list asks for.
type asked struct {
	text, day, kind, area, show string
	page                        int
}

// readAsked reads an address; what says nothing is told on the page.
func (s *Door) readAsked(c *fiber.Ctx) asked {
	a := asked{text: frame.AskedText(c, "q"), kind: string(frame.OneOf(c, "loai", committee.PlaceKinds...)),
		show: frame.OneOf(c, "xem", string(committee.PlaceEnded), string(committee.PlaceComing), showAll)}
	if typed := c.Query("ngay"); typed != "" {
		day, err := vn.ParsePastDate(typed, s.App.Today())
		if frame.AskedIf(c, "ngay", err == nil); err == nil {
			a.day = day
		}
	}
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("don-vi")))
	if frame.AskedIf(c, "don-vi", known); known {
		a.area = c.Query("don-vi")
	}
	return a
}

// filter is the same for the room.
func (a asked) filter() committee.PlaceFilter {
	f := committee.PlaceFilter{Text: a.text, On: a.day, Kind: committee.PlaceKind(a.kind), Area: a.area, State: committee.PlaceState(a.show),
		Skip: a.page * rowsShown, Limit: rowsShown}
	switch a.show {
	case "":
		f.State = committee.PlaceSelling
	case showAll:
		f.State = ""
	}
	return f
}

// href is the address that asks for it.
func (a asked) href() string {
	return view.Query(root, "q", a.text, "ngay", a.day, "loai", a.kind, "don-vi", a.area, "xem", a.show, "trang", strconv.Itoa(a.page))
}

// with is the address that asks for something else too, from its first page on.
func (a asked) with(change func(*asked)) string {
	a.page = 0
	change(&a)
	return a.href()
}

// listPage is the list of places.
type listPage struct {
	view.Base
	view.Form
	Kicker   string
	Enter    bool
	Filter   []view.Field
	Hold     []view.Option // filters that the form does not hold
	Shows    []showLink
	Narrowed []view.FilterLink
	Rows     []rowLine
	Map      *communeMap
	Empty    view.Empty
	Prev     string
	Next     string
}

// showLink is a list with how many places it has.
type showLink struct {
	view.FilterLink
	N string
}

// rowLine is a place as the list shows it.
type rowLine struct{ Href, Name, Kind, Where, Organisation, Days, Goods, Body, Hours, Chip, State string }

// communeMap is the communes of the province by how many places they have.
type communeMap struct {
	SVG  template.HTML
	Key  []view.ShadeKey
	Some []communeLine
	Bare []communeLine
}

// communeLine is a commune with how many places it has.
type communeLine struct{ Label, Href, N string }

// shades are the least numbers of places of each shade of a map.
var shades = view.Shades{1, 2, 4, 8}

// showList shows the list of places.
func (s *Door) showList(c *fiber.Ctx) error {
	a := s.readAsked(c)
	l, err := s.App.Places.List(c.UserContext(), frame.Actor(c), a.filter())
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(l.Rows))
	day := a.day
	if day == "" {
		day = s.App.Today()
	}
	p := listPage{Base: s.OfficePage(c, "place.heading", l.Counts[committee.PlaceSelling], l.Counts[committee.PlaceEnded]), Enter: l.Keeps}
	p.Kicker = p.T("place.on", vn.ShowDate(day))
	p.filters(a, l, s.AreaName(frame.TodaysUnit(a.area)))
	for _, row := range l.Rows {
		p.Rows = append(p.Rows, s.rowLine(p.Base, row, l.Names[row.Body], day))
	}
	if p.Map, err = s.communeMap(c, p.Base, a, l); err != nil {
		return err
	}
	p.Empty = view.Empty{Icon: "store", Title: p.T("place.none"), Text: p.T("place.none_text")}
	if a.page > 0 {
		before := a
		before.page--
		p.Prev = before.href()
	}
	if a.page*rowsShown+len(l.Rows) < l.N {
		after := a
		after.page++
		p.Next = after.href()
	}
	return s.Render(c, frame.LayoutOffice, "places/list", p)
}

// filters are the form above the list, the lists beside each other, and what narrows them.
func (p *listPage) filters(a asked, l places.List, unit string) {
	p.Form = view.NewForm(&p.Base, nil)
	kinds := append([]view.Option{{Label: p.T("place.any_kind")}}, view.Options(p.Base, "place.kind.", committee.PlaceKinds, a.kind)...)
	p.Filter = p.Take(
		view.Field{Name: "q", Label: p.T("place.search"), Value: a.text, Max: 100},
		view.Field{Name: "loai", Type: "select", Label: p.T("place.field.kind"), Options: kinds},
		view.Field{Name: "ngay", Type: "date", Label: p.T("place.on_day"), Value: vn.ShowDate(a.day), Shape: p.T("form.date_shape")})
	for name, value := range map[string]string{"don-vi": a.area, "xem": a.show} {
		if value != "" {
			p.Hold = append(p.Hold, view.Option{Value: value, Label: name})
		}
	}
	slices.SortFunc(p.Hold, func(x, y view.Option) int { return strings.Compare(x.Label, y.Label) })
	all := 0
	for _, state := range committee.PlaceStates {
		show := string(state)
		if state == committee.PlaceSelling {
			show = ""
		}
		p.Shows = append(p.Shows, showLink{view.FilterLink{Href: a.with(func(a *asked) { a.show = show }), Label: p.T("place.state." + string(state)),
			Current: a.show == show}, vn.Count(int64(l.Counts[state]))})
		all += l.Counts[state]
	}
	p.Shows = append(p.Shows, showLink{view.FilterLink{Href: a.with(func(a *asked) { a.show = showAll }), Label: p.T("place.all"),
		Current: a.show == showAll}, vn.Count(int64(all))})
	if a.area != "" {
		p.Narrowed = append(p.Narrowed, view.FilterLink{Href: a.with(func(a *asked) { a.area = "" }), Label: unit, Current: true})
	}
}

// stateLook is how a state looks.
var stateLook = map[committee.PlaceState]view.Chip{
	committee.PlaceSelling: {Class: "go", Icon: "circle-check"}, committee.PlaceComing: {Class: "wait", Icon: "clock"}, committee.PlaceEnded: {Class: "off", Icon: "x"},
}

// stateChip is whether a place sells on a day.
func stateChip(b view.Base, p committee.Place, day string) view.Chip {
	chip := stateLook[p.StateOn(day)]
	chip.Label = b.T("place.state." + string(p.StateOn(day)))
	return chip
}

// days are the days of a place as people read them.
func days(b view.Base, p committee.Place) string {
	if p.Until == "" {
		return b.T("place.since", vn.ShowDate(p.From))
	}
	return vn.ShowRange(p.From, p.Until)
}

func (s *Door) rowLine(b view.Base, p committee.Place, body, day string) rowLine {
	chip := stateChip(b, p, day)
	return rowLine{Href: href(p.ID), Name: p.Name, Kind: b.T("place.kind." + string(p.Kind)), Where: view.SaidLine(s.UnitName(p.Area, p.From), p.Address),
		Organisation: p.Organisation, Days: days(b, p), Goods: view.PlaceGoods(b, p.Groups, p.Goods), Body: body, Hours: p.Hours, Chip: chip.Class, State: chip.Label}
}

// communeMap draws the map for whoever reads the plans of the whole province; nil for
// everybody else, and without a province.
func (s *Door) communeMap(c *fiber.Ctx, b view.Base, a asked, l places.List) (*communeMap, error) {
	communes, box, err := s.App.Events.OnMap(c.UserContext(), l.Units)
	if err != nil || len(communes) == 0 {
		return nil, err
	}
	province, _ := s.App.Areas.Province(communes[0].Area.Ref)
	if !frame.Actor(c).Can(registry.ViewPlan, registry.Scope{province.Ref.Code}) {
		return nil, nil
	}
	m, shapes := &communeMap{Key: shades.Key(b.T("place.from_n", shades[len(shades)-1]))}, []view.MapShape(nil)
	for _, commune := range communes {
		link := communeLine{commune.Area.FullName(), a.with(func(a *asked) { a.area = commune.Area.Ref.Code }), vn.Count(int64(commune.N))}
		shapes = append(shapes, view.MapShape{Href: link.Href, Class: shades.Class(int64(commune.N)), Path: commune.Outline.Path,
			Title: b.T("place.commune_n", link.Label, commune.N)})
		if commune.N > 0 {
			m.Some = append(m.Some, link)
		} else {
			m.Bare = append(m.Bare, link)
		}
	}
	m.SVG = view.DrawMap(box, shapes)
	return m, nil
}

// export sends what the address asks for as a file.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Places.File(c.UserContext(), frame.Actor(c), s.readAsked(c).filter(), ask.Form, ask.Lang)
	})
}
