package public

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// placesShown is how many places a page of the list has.
const placesShown = 40

// placeShades are the least numbers of places of each shade of the map.
var placeShades = view.Shades{1, 2, 4, 8}

// placeQuery is what the address of the list asks for.
type placeQuery struct {
	Text, Kind, Area string
	page             int
}

// href is the address that asks for it.
func (q placeQuery) href() string {
	n := ""
	if q.page > 1 {
		n = vn.Count(int64(q.page))
	}
	return view.Query(view.PlacesRoot, "q", q.Text, "loai", q.Kind, "dia-ban", q.Area, "trang", n)
}

// with is the address that asks for something else too, from its first page on.
func (q placeQuery) with(change func(*placeQuery)) string {
	q.page = 0
	change(&q)
	return q.href()
}

// placesPage lists the places of sale, with a map.
type placesPage struct {
	view.Base
	Query    placeQuery
	Kinds    []view.FilterLink
	Narrowed string // the commune that is asked for
	Clear    string
	Rows     []placeCard
	Map      *placeMap
	Empty    view.Empty
	Prev     string
	Next     string
}

// placeCard is a place as lists show it.
type placeCard struct{ Href, Name, Kind, Where, Hours, Goods, Photo string }

// placeMap is the communes of the province by how many places they have.
type placeMap struct {
	SVG  template.HTML
	Key  []view.ShadeKey
	Some []areaLink
}

// readPlaceQuery reads an address; what says nothing is told on the page.
func (s *Door) readPlaceQuery(c *fiber.Ctx) placeQuery {
	q := placeQuery{Text: frame.AskedText(c, "q"), Kind: string(frame.OneOf(c, "loai", committee.PlaceKinds...)), page: askedPage(c)}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("dia-ban")))
	if frame.AskedIf(c, "dia-ban", known); known {
		q.Area = c.Query("dia-ban")
	}
	return q
}

// showPlaces lists the places that sell today.
func (s *Door) showPlaces(c *fiber.Ctx) error {
	q := s.readPlaceQuery(c)
	l, err := s.App.Places.Public(c.UserContext(), committee.PlaceFilter{Text: q.Text, Kind: committee.PlaceKind(q.Kind), Area: q.Area,
		Skip: (q.page - 1) * placesShown, Limit: placesShown})
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(l.Rows))
	p := placesPage{Base: s.PublicNav(c, s.Page(c, "place.public.heading", l.N)), Query: q}
	p.Description = p.T("place.public.lead")
	p.Kinds = view.Choose(p.Base, "place.kind.", committee.PlaceKinds, q.Kind, func(k string) string {
		return q.with(func(q *placeQuery) { q.Kind = k })
	})
	if q.Area != "" {
		p.Narrowed = s.AreaName(frame.TodaysUnit(q.Area))
	}
	if q.with(func(*placeQuery) {}) != view.PlacesRoot {
		p.Clear = view.PlacesRoot
	}
	for _, row := range l.Rows {
		p.Rows = append(p.Rows, s.placeCard(p.Base, row))
	}
	p.Empty = view.Empty{Icon: "store", Title: p.T("place.public.none"), Text: p.T("place.public.none_text")}
	if p.Map, err = s.placeMap(c, p.Base, q, l.Units); err != nil {
		return err
	}
	if q.page > 1 {
		before := q
		before.page--
		p.Prev = before.href()
	}
	if (q.page-1)*placesShown+len(l.Rows) < l.N {
		after := q
		after.page++
		p.Next = after.href()
	}
	return s.Render(c, frame.LayoutPublic, "public/places", p)
}

// placeCard is a place as lists show it.
func (s *Door) placeCard(b view.Base, p committee.Place) placeCard {
	card := placeCard{Href: view.PlaceHref(p.Slug), Name: p.Name, Kind: b.T("place.kind." + string(p.Kind)), Where: s.placeWhere(p), Hours: p.Hours,
		Goods: view.PlaceGoods(b, p.Groups, p.Goods)}
	if p.Photo != "" {
		card.Photo = view.SmallPhoto(p.Photo)
	}
	return card
}

// placeWhere is where a place is, by the name that its commune has today.
func (s *Door) placeWhere(p committee.Place) string {
	ref := s.App.AreaFor(p.Area, s.App.Today())
	if ref.IsZero() {
		ref = p.Area
	}
	return view.SaidLine(p.Address, s.AreaName(ref))
}

// placeMap draws the communes of the province; nil without one.
func (s *Door) placeMap(c *fiber.Ctx, b view.Base, q placeQuery, units map[string]int) (*placeMap, error) {
	communes, box, err := s.App.Events.OnMap(c.UserContext(), units)
	if err != nil || len(communes) == 0 {
		return nil, err
	}
	m, shapes := &placeMap{Key: placeShades.Key(b.T("place.from_n", placeShades[len(placeShades)-1]))}, []view.MapShape(nil)
	for _, commune := range communes {
		shape := view.MapShape{Class: placeShades.Class(int64(commune.N)), Path: commune.Outline.Path, Title: b.T("place.commune_n", commune.Area.FullName(), commune.N)}
		if commune.N > 0 {
			shape.Href = q.with(func(q *placeQuery) { q.Area = commune.Area.Ref.Code })
			m.Some = append(m.Some, areaLink{Href: shape.Href, Name: commune.Area.FullName(), N: commune.N})
		}
		shapes = append(shapes, shape)
	}
	m.SVG = view.DrawMap(box, shapes)
	return m, nil
}

// placePage is a place of sale.
type placePage struct {
	view.Base
	Place committee.Place
	Kind  string
	Where string
	Goods string
	Since string
	Photo string
	Phone string
	Dial  string
	Gone  *view.Notice // it does not sell today
	Other string       // address of the places of the commune
}

// showPlace shows a place of sale: where, when, what. One that gave up says so.
func (s *Door) showPlace(c *fiber.Ctx) error {
	place, err := s.App.Places.PublicPlace(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	p := placePage{Base: s.PublicNav(c, s.Titled(c, place.Name)), Place: place, Where: s.placeWhere(place), Since: vn.ShowDate(place.From)}
	p.Kind, p.Goods = p.T("place.kind."+string(place.Kind)), view.PlaceGoods(p.Base, place.Groups, place.Goods)
	p.Description = view.SaidLine(place.Name, p.Kind, p.Where)
	if place.Photo != "" {
		p.Photo = view.Photo(place.Photo)
	}
	if place.Phone != "" {
		p.Phone, p.Dial = vn.ShowPhone(place.Phone), vn.DialPhone(place.Phone)
	}
	switch place.StateOn(s.App.Today()) {
	case committee.PlaceEnded:
		p.Gone = &view.Notice{Class: "stop", Icon: "ban", Title: p.T("place.public.ended", vn.ShowDate(place.Until)), Text: p.T("place.public.ended_text")}
	case committee.PlaceComing:
		p.Gone = &view.Notice{Class: "wait", Icon: "clock", Title: p.T("place.public.coming", vn.ShowDate(place.From))}
	}
	if codes := s.App.Areas.Scope(place.Area); len(codes) > 0 {
		p.Other = view.Query(view.PlacesRoot, "dia-ban", codes[0])
	}
	return s.Render(c, frame.LayoutPublic, "public/place", p)
}
