package public

import (
	"fmt"
	"html/template"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// mapPage is the communes of the province by the events that they have had.
type mapPage struct {
	view.Base
	Year     string
	Views    []view.FilterLink
	Lead     string
	Key      []view.ShadeKey
	SVG      template.HTML
	Held     []heldRow
	Without  []areaLink
	Open     bool // those without are asked for
	Province string
	Unset    view.Empty // in the place of all, until a province is chosen
}

// heldRow is a commune with its count.
type heldRow struct {
	areaLink
	Class string
}

// showMap shows the map and the same figures as a list.
func (s *Door) showMap(c *fiber.Ctx) error {
	ever := frame.OneOf(c, "nam", "tat-ca") != ""
	m, err := s.App.Events.EventsHeld(c.UserContext(), ever)
	if err != nil {
		return err
	}
	p := mapPage{Base: s.PublicNav(c, s.Page(c, "map.title")), Year: s.App.Today()[:4]}
	if m.Province.Ref.Code == "" {
		p.Unset = view.Empty{Icon: "map", Title: p.T("map.unset"), Text: p.T("map.unset_text")}
		return s.Render(c, frame.LayoutPublic, "public/map", p)
	}
	p.Province, p.Open = m.Province.FullName(), frame.OneOf(c, "xem", "chua-co") != ""
	p.Views = []view.FilterLink{{Href: "/ban-do", Label: p.T("map.this_year", p.Year), Current: !ever},
		{Href: "/ban-do?nam=tat-ca", Label: p.T("map.ever"), Current: ever}}
	p.Lead = p.T("map.lead", p.Province, len(m.Communes)-m.Without, len(m.Communes), m.Total)
	p.Key = shadeKeys(p.Base, m)
	p.SVG = drawMap(p.Base, m)
	for _, commune := range m.Communes {
		link := areaLink{Href: mapHref(commune), Name: commune.Area.FullName(), N: commune.N}
		if commune.N == 0 {
			p.Without = append(p.Without, link)
			continue
		}
		p.Held = append(p.Held, heldRow{link, shadeClass(m.Shade(commune.N))})
	}
	return s.Render(c, frame.LayoutPublic, "public/map", p)
}

// mapHref leads to the past events of a commune.
func mapHref(c events.MapCommune) string {
	return eventQuery{Area: c.Area.Ref.Code, Past: true}.href()
}

func shadeClass(shade int) string { return fmt.Sprintf("q%d", shade) }

// shadeKeys is the legend: none, then each shade with its counts.
func shadeKeys(b view.Base, m events.HeldMap) []view.ShadeKey {
	keys := []view.ShadeKey{{Class: shadeClass(0), Label: b.T("map.none")}}
	for i, least := range m.Steps {
		most := m.Communes[0].N
		if i+1 < len(m.Steps) {
			most = m.Steps[i+1] - 1
		}
		label := b.Count(int64(least))
		if most > least {
			label += "–" + b.Count(int64(most))
		}
		keys = append(keys, view.ShadeKey{Class: shadeClass(i + 1), Label: label})
	}
	return keys
}

// drawMap draws the communes, those with most events on top.
func drawMap(b view.Base, m events.HeldMap) template.HTML {
	var shapes []view.MapShape
	for _, c := range slices.Backward(m.Communes) {
		shape := view.MapShape{Class: shadeClass(m.Shade(c.N)), Path: c.Outline.Path, Title: b.T("map.commune", c.Area.FullName(), c.N)}
		if c.N > 0 {
			shape.Href = mapHref(c)
		}
		shapes = append(shapes, shape)
	}
	return view.DrawMap(m.Box, shapes)
}
